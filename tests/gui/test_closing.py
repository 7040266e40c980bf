"""Closing with unsaved work asks, and each answer does what it says; what is deleted is saved too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.app import Program
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.errors import NotAllowed, NotDicom
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import ObjectHead, Presentation
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.ui.dialogs import Question
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import run_program, until
from tests.gui.test_study_objects import _grab, _open, _stored, _study


def _draw(viewer: ViewerModel, kind: AnnotationKind = AnnotationKind.LENGTH) -> Annotation:
    frame = viewer.active.frame
    assert frame is not None
    one = Annotation(viewer.annotations.new_key(), kind, frame.ref, ((10.5, 20.25), (130.0, 40.0)))
    viewer.annotations.put(one, frame)
    return one


async def _opened(program: Program, files: list[Path]) -> ViewerModel:
    viewer = await _open(program, _study(files[0]))
    await until(lambda: viewer.active.frame is not None and viewer.work.is_read, "the image, and what is stored")
    return viewer


async def _answer(program: Program, answer: str) -> None:
    await until(lambda: program.window.findChild(Question) is not None, "the question")
    program.window.findChild(Question).buttons[answer].click()
    await until(lambda: program.window.findChild(Question) is None, "the end of the question")


@pytest.fixture
def files(samples: Path) -> list[Path]:
    return sorted((samples / "ct-abdomen").glob("*.dcm"))[:2]


def test_a_tab_asks_when_something_is_at_risk(qapp: QApplication, tmp_path: Path, files: list[Path]) -> None:
    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewers = program.models.workspace
        viewer = await _opened(program, files)
        program.window.close_tab()
        assert viewers.viewers == (), "nothing to ask about"

        viewer = await _opened(program, files)
        drawn = _draw(viewer)
        viewer.work.toggle_key_image()
        marked = viewer.work.key_images
        program.window.close_tab()
        said = " ".join(one.text() for one in program.window.findChild(Question).findChildren(QLabel))
        assert viewer.title in said, "whose work it is"
        _grab(program.window.findChild(Question), "closing")
        await _answer(program, "stay")
        assert viewers.viewers == (viewer,)
        program.window.close_tab()
        await _answer(program, "keep")
        await until(lambda: viewers.viewers == (), "the tab closed")
        assert len(list((tmp_path / "data" / "work").rglob("*.dcm"))) == 2

        again = await _opened(program, files)
        assert [(one.kind, one.points) for one in again.annotations.items] == [(drawn.kind, drawn.points)]
        assert again.work.key_images == marked
        assert again.work.is_unsaved
        assert not again.work.is_at_risk, "it lies on this computer"
        again.work.toggle_key_image()
        _draw(again)
        program.window.close_tab()
        await _answer(program, "discard")
        assert viewers.viewers == ()
        third = await _opened(program, files)
        assert [(one.kind, one.points) for one in third.annotations.items] == [(drawn.kind, drawn.points)]
        assert third.work.key_images == marked
        _draw(third)
        program.window.close_tab()
        await _answer(program, "save")
        await until(lambda: viewers.viewers == (), "the tab closed")
        assert list((tmp_path / "data" / "work").rglob("*.dcm")) == []

    run_program(qapp, tmp_path, scenario)


def test_kept_work_that_is_damaged_hides_nothing_of_the_rest_and_is_told(
    qapp: QApplication, tmp_path: Path, files: list[Path]
) -> None:
    def kept(kind: str) -> Path:
        (found,) = (tmp_path / "data" / "work").rglob(f"{kind}-*.dcm")
        return found

    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _opened(program, files)
        _draw(viewer)
        viewer.work.toggle_key_image()
        marked = viewer.work.key_images
        viewer.work.keep()
        await until(lambda: not viewer.work.busy and not viewer.work.is_at_risk, "the work on this computer")
        program.models.workspace.close(viewer)

        kept("SR").write_bytes(b"torn")
        again = await _opened(program, files)
        assert (again.work.key_images, again.annotations.items) == (marked, ())
        program.models.workspace.close(again)

        kept("KO").write_bytes(b"torn")
        third = await _opened(program, files)
        assert third.work.key_images == () and not third.work.is_unsaved
        assert program.models.notices.items[-1].text == NotDicom.default_text
        assert kept("SR").exists() and kept("KO").exists(), "nothing is thrown away"

    run_program(qapp, tmp_path, scenario)


def test_quitting_asks_and_a_refusal_keeps_the_work(
    qapp: QApplication, tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _opened(program, files)
        _draw(viewer)

        async def refuse(*_: object, **__: object) -> None:
            raise NotAllowed("You may not store here.", status=403)

        monkeypatch.setattr(DicomWebClient, "store", refuse)
        closed: list[bool] = []
        program.window.closed.connect(lambda: closed.append(True))
        assert not program.window.close()
        await _answer(program, "stay")
        assert not closed
        assert not program.window.close()
        await _answer(program, "save")
        await until(lambda: closed, "the end: what the archive refused lies on this computer")
        assert len(list((tmp_path / "data" / "work").rglob("*.dcm"))) == 1

    qapp.setQuitOnLastWindowClosed(False)           # as the program itself does
    try:
        run_program(qapp, tmp_path, scenario)
    finally:
        qapp.setQuitOnLastWindowClosed(True)


def test_a_disk_that_takes_nothing_keeps_the_tab_open(
    qapp: QApplication, tmp_path: Path, files: list[Path]
) -> None:
    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _opened(program, files)
        drawn = _draw(viewer)
        (tmp_path / "data" / "work").write_text("a file stands where the folder should be")
        program.window.close_tab()
        await _answer(program, "keep")
        await until(lambda: any("not saved" in one.text for one in program.models.notices.items), "what went wrong")
        assert program.models.workspace.viewers == (viewer,)
        assert viewer.annotations.items == (drawn,)

    run_program(qapp, tmp_path, scenario)


def test_deleting_everything_is_saved_too(qapp: QApplication, tmp_path: Path, files: list[Path]) -> None:
    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _opened(program, files)
        _draw(viewer)
        _draw(viewer, AnnotationKind.ARROW)
        viewer.work.toggle_key_image()
        viewer.work.save()
        await until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, "the first report")
        program.models.workspace.close(viewer)

        again = await _opened(program, files)
        assert len(again.annotations.items) == 2
        again.annotations.put_back(())
        again.work.toggle_key_image()
        assert again.work.key_images == ()
        assert again.work.is_at_risk
        again.work.save()
        await until(lambda: not again.work.busy and not again.work.is_unsaved, "the empty report")
        said = [notice.text for notice in program.models.notices.items]
        assert any("without any key image cannot be stored" in text for text in said), "honest about the key object"
        program.models.workspace.close(again)

        third = await _opened(program, files)
        assert third.annotations.items == ()
        assert len(third.work.key_images) == 1, "as it was said"

    run_program(qapp, tmp_path, scenario)


def test_pointers_out_of_the_study_are_said(qapp: QApplication, tmp_path: Path, files: list[Path]) -> None:
    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _opened(program, files)
        away = FrameRef("1.2.3", "1.2.3.4", "1.2.3.4.5")
        before = viewer.active.state
        head = ObjectHead(FrameRef("1.2.3", "1.2.3.9", "1.2.3.9.1"), modality="PR")

        def said() -> str:
            return str(program.models.notices.items[-1].text)

        viewer.work.apply(Presentation(head, (away,)))
        assert "for images that are not in this study" in said()
        assert viewer.active.state == before
        assert viewer.work.applied is None
        shown = viewer.active.display_set
        viewer.work.show_only((away,), "Key images")
        assert "not in the study that the archive lists" in said()
        assert viewer.active.display_set is shown
        here = shown.frames[0]
        viewer.work.show_only((here, away), "Key images")
        assert viewer.active.expected == 1, "what is there is shown"
        viewer.work.go_to(away)
        assert "points to is not in the study" in said()

    run_program(qapp, tmp_path, scenario)
