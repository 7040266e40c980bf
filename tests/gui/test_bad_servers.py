"""Servers that are down, answer nonsense or say no: a sentence where it happened, and everything else goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.app import Program
from desktop_app.core.store import Store
from desktop_app.viewmodels.archives import ArchiveState
from tests.gui.program import run_program, until
from tests.support.misbehaving import Answer, MisbehavingServer

STUDY = "1.2.3.4.5"
STUDIES = [{"0020000D": {"vr": "UI", "Value": [STUDY]}, "00080020": {"vr": "DA", "Value": ["20260101"]}}]
SERIES = [{"0020000E": {"vr": "UI", "Value": ["1.2.3.4.5.6"]}, "00080060": {"vr": "CS", "Value": ["CT"]}}]
INSTANCES = [{"00080018": {"vr": "UI", "Value": ["1.2.3.4.5.6.7"]}, "00280010": {"vr": "US", "Value": [4]}}]

REFUSALS = [
    pytest.param(Answer.html(), "does not answer as a DICOMweb archive", id="html with 200"),
    pytest.param(Answer.refuses(401), "sign in", id="401"),
    pytest.param(Answer.refuses(403), "may not", id="403"),
    pytest.param(Answer.refuses(404), "", id="404"),
    pytest.param(Answer.refuses(500), "failed", id="500"),
    pytest.param(Answer(200, json.dumps(STUDIES * 50).encode()).cut(), "broke off", id="cut body"),
    pytest.param(Answer.wrong_content(), "", id="wrong content"),
]


def shows(program: Program, sentence: str) -> bool:
    labels = program.window.worklist_page.findChildren(QLabel)
    return any(sentence in label.text() for label in labels if label.isVisible())


async def the_local_archive_still_works(program: Program) -> None:
    models = program.models
    models.archives.select(Store.local())
    await until(lambda: models.worklist.store.is_local and not models.worklist.busy, "the local archive's list")
    assert models.worklist.error is None


@pytest.mark.parametrize(("answer", "words"), REFUSALS)
def test_a_search_that_fails_says_why_in_the_worklist(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer, answer: Answer, words: str
) -> None:
    misbehaving.script(answer)

    async def scenario(program: Program) -> None:
        worklist = program.models.worklist
        assert program.models.archives.add(misbehaving.url, "Bad archive") == ""
        await until(lambda: worklist.error is not None, "an error in the worklist")
        assert worklist.error is not None
        assert words.casefold() in worklist.error.user_text.casefold()
        assert worklist.error.user_text.endswith("."), "a sentence, not a code"
        await until(lambda: shows(program, worklist.error.user_text), "the sentence on the page")
        await the_local_archive_still_works(program)

    run_program(qapp, tmp_path, scenario)


def test_a_server_that_is_down(qapp: QApplication, tmp_path: Path, refused_url: str) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(refused_url, "Switched off")
        await until(lambda: models.worklist.error is not None, "an error in the worklist")
        assert models.worklist.error is not None and "Nothing answers" in models.worklist.error.user_text
        await until(lambda: models.archives.rows[1].state is ArchiveState.FAILED, "the archive's state")
        await the_local_archive_still_works(program)

    run_program(qapp, tmp_path, scenario)


EMPTY = [Answer.empty_list(), Answer.nothing(), Answer(200, b"")]


@pytest.mark.parametrize("answer", EMPTY, ids=["[]", "204", "no body"])
def test_an_empty_list_is_no_error(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer, answer: Answer
) -> None:
    misbehaving.script(answer)

    async def scenario(program: Program) -> None:
        worklist = program.models.worklist
        program.models.archives.add(misbehaving.url, "Empty archive")
        await until(lambda: "no studies" in worklist.status, "a sentence about the empty list")
        assert worklist.error is None

    run_program(qapp, tmp_path, scenario)


def test_a_study_without_images_and_a_series_that_cannot_be_listed(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer
) -> None:
    misbehaving.on("/studies", Answer.of_json(STUDIES))
    misbehaving.on(f"/studies/{STUDY}/series", Answer.empty_list())

    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(misbehaving.url, "Odd archive")
        await until(lambda: models.worklist.table.studies, "the study")
        study, store = models.worklist.table.studies[0], models.worklist.store
        viewer = models.workspace.open(study, store)
        await until(lambda: viewer.error is not None, "a sentence about the empty study")
        assert viewer.error is not None and "no series" in viewer.error.user_text
        models.workspace.close(viewer)

        misbehaving.on(f"/studies/{STUDY}/series", Answer.of_json(SERIES))
        misbehaving.on(f"/studies/{STUDY}/series/1.2.3.4.5.6/instances", Answer.refuses(500))
        viewer = models.workspace.open(study, store)
        await until(lambda: viewer.rail.cards and viewer.rail.cards[0].warning, "a warning on the card")

    run_program(qapp, tmp_path, scenario)


def test_an_image_that_cannot_be_had_says_why_in_the_viewport(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer
) -> None:
    misbehaving.on("/studies", Answer.of_json(STUDIES))
    misbehaving.on(f"/studies/{STUDY}/series", Answer.of_json(SERIES))
    misbehaving.on(f"/studies/{STUDY}/series/1.2.3.4.5.6/instances", Answer.of_json(INSTANCES))
    misbehaving.on(
        f"/studies/{STUDY}/series/1.2.3.4.5.6/instances/1.2.3.4.5.6.7", Answer(200, b"not DICOM", "application/dicom")
    )

    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(misbehaving.url, "Odd archive")
        await until(lambda: models.worklist.table.studies, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: viewer.active.error is not None, "an error in the viewport")
        assert viewer.active.error is not None and viewer.active.error.user_text.endswith(".")
        await until(lambda: viewer.rail.cards[0].failed == 1, "the card counts the image that failed")
        assert not viewer.rail.cards[0].complete

    run_program(qapp, tmp_path, scenario)
