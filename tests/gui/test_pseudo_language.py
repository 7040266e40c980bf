"""The whole program in a language that nobody speaks: nothing is left in English, nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.app import Program
from desktop_app.resources import resource_path
from desktop_app.ui.actions import ACTIONS
from desktop_app.viewmodels.launch import Launch
from tests.gui.program import run_program, until
from tests.gui.pseudo import clipped, pseudo, spoken, texts_of, untranslated


@pytest.mark.parametrize(("text", "left"), [
    ("⟦Ópéñ ~⟧", ""), ("⟦%s ⟦Ópéñ ~⟧ ~~⟧", ""), ("Open", "Open"), ("⟦Ópéñ ~⟧ and close", "and close"),
    ("30 images", "images"), ("CT · 512 × 512", ""), ("Lightbox", ""), ("HERLITZ · ⟦šéríéš ~⟧", ""),
])
def test_what_was_not_given_to_the_translators_is_seen(text: str, left: str) -> None:
    assert untranslated(text, frozenset({"HERLITZ"})) == left


def test_every_text_grows_by_a_third_and_keeps_what_is_filled_in() -> None:
    assert pseudo("{count} studies in %s").count("{count}") == 1
    assert "%s" in pseudo("{count} studies in %s")
    assert len(pseudo("Search in all studies")) >= 1.35 * len("Search in all studies")


def test_nothing_is_left_in_english_and_nothing_is_cut_off(qapp: QApplication, tmp_path: Path) -> None:
    left: dict[str, str] = {}
    short: list[str] = []
    data: set[str] = set()

    def note(where: str, text: str) -> None:
        if found := untranslated(text, frozenset(data)):
            left.setdefault(f"{where}: {text!r}"[:200], found)

    def look(root: QWidget) -> None:
        for where, text in texts_of(root):
            note(where, text)
        short.extend(f"{text}" for text in clipped(root) if text not in short)

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        window.resize(1440, 900)
        Launch(program.network, models, window).go()
        await until(lambda: len(models.worklist.table.studies) == 5, "the samples")
        for study in models.worklist.table.studies:
            data.update(filter(None, (
                study.patient_name.display, study.patient_id, study.description, study.accession_number,
                study.referring_physician.display, study.patient_sex)))
        window.worklist_page.table.selectRow(3)
        await until(lambda: window.worklist_page.preview.open_button.isVisible(), "the preview")
        look(window)
        window.worklist_page.table.selectRow(4)
        window.open_selected_study()
        viewer = models.workspace.viewers[0]
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "the images")
        await until(lambda: viewer.rail.cards and viewer.rail.cards[0].complete, "all images")
        data.update(card.display_set.series.description for card in viewer.rail.cards if card.display_set is not None)
        look(window)
        for card in viewer.rail.cards:
            note("a card of the series", f"{card.title} {card.subtitle} {card.warning}")
        for action in ACTIONS.values():
            for text in (action.title, action.short_title, action.tooltip):
                note(f"action {action.id}", text)

    with spoken(qapp):
        run_program(qapp, tmp_path, scenario, resource_path("samples"))
    assert (left, short) == ({}, []), (
        "give the first to the translators (self.tr, or say and t of core/words) and run `make translations`, or name "
        "them as data here; give the second more room, or let them wrap")
