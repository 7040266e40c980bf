"""Everything that can be opened, in a language that nobody speaks and in German: nothing English, nothing cut off."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.app import Program
from desktop_app.core.upload_choices import StorageClass
from desktop_app.resources import resource_path
from desktop_app.viewmodels.launch import Launch
from tests.gui.openings import Stage, classes_of_dialogs, walk
from tests.gui.program import run_program, until
from tests.gui.pseudo import clipped, german, painted, spoken, texts_of, untranslated

# Of systems, of classes of the standard, of what nobody translates.
_NAMES = ("dcm4chee-arc 5", "Azure DICOM service", "VL Photographic Image", "Secondary Capture", "Encapsulated PDF")
LANGUAGES = {"pseudo": spoken, "German": german}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dialog_is_in_the_table_and_speaks_the_language_and_has_the_room(
    qapp: QApplication, tmp_path: Path, language: str,
) -> None:
    left: dict[str, str] = {}
    short: dict[str, str] = {}
    data = {"HERLITZ", str(tmp_path / "up" / "HERLITZ.dat"), *_NAMES, *(one.value.capitalize() for one in StorageClass),
            *(QLocale().monthName(month) for month in range(1, 13)), platform.system(), platform.release(),
            platform.machine(), platform.python_version()}
    seen: set[str] = set()

    def look(name: str, root: QWidget) -> None:
        if language == "pseudo":
            for where, text in texts_of(root):
                if found := untranslated(text, frozenset(data)):
                    left.setdefault(f"{name}, {where}: {text!r}"[:240], found)
        for text in clipped(root):
            short.setdefault(text, name)

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        window.resize(1440, 900)
        Launch(program.network, models, window).go()
        await until(lambda: len(models.worklist.table.studies) == 5, "the samples")
        studies = models.worklist.table.studies
        opened = next(one for one in studies if "CT" in one.modalities and "PT" not in one.modalities)
        for study in studies:
            data.update(filter(None, (
                study.patient_name.display, study.patient_id, study.description, study.accession_number,
                study.referring_physician.display, study.patient_sex)))
        viewer = models.workspace.open(opened, models.worklist.store)
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "the images")
        await until(lambda: viewer.rail.cards and viewer.rail.cards[0].complete, "all images")
        data.update(card.display_set.series.description for card in viewer.rail.cards if card.display_set is not None)
        seen.update(await walk(Stage(program, viewer, opened, tmp_path), look))

    speaking: Callable[[QApplication], AbstractContextManager[None]] = LANGUAGES[language]
    with speaking(qapp), painted() as written:
        run_program(qapp, tmp_path / "home", scenario, resource_path("samples"))
    if language == "pseudo":
        for text in written:
            if found := untranslated(text, frozenset(data)):
                left.setdefault(f"painted: {text!r}", found)
    assert classes_of_dialogs() - seen == set(), "give each an entry in tests/gui/openings.py"
    assert (left, short) == ({}, {}), (
        "give the first to the translators (self.tr, or say and t of core/words) and run `make translations`; give the "
        "second more room, or let them wrap")
