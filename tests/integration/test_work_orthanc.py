"""A reader's work goes into a real archive and comes back on another computer with the same numbers."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.measure import Measurement
from desktop_app.core.store import Store
from desktop_app.core.study_object import KeyImages, Presentation, Report
from desktop_app.core.window import Window
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import run_program, until
from tests.support.orthanc import Orthanc, missing

_KINDS = AnnotationKind
_DRAWN = (
    (_KINDS.LENGTH, ((100.25, 100.5), (300.0, 140.0)), ""),
    (_KINDS.ANGLE, ((100.0, 100.0), (140.5, 160.0), (200.0, 120.25)), ""),
    (_KINDS.BIDIRECTIONAL, ((210.0, 210.0), (250.0, 215.0), (230.0, 200.0), (232.0, 225.0)), ""),
    (_KINDS.ELLIPSE, ((200.0, 200.0), (260.0, 240.0)), ""),
    (_KINDS.RECTANGLE, ((120.0, 200.0), (160.0, 260.0)), ""),
    (_KINDS.FREEHAND, ((150.0, 150.0), (190.0, 152.0), (185.0, 190.0), (149.0, 180.0)), ""),
    (_KINDS.PROBE, ((180.5, 220.5),), ""),
    (_KINDS.ARROW, ((50.0, 60.0), (80.0, 90.0)), "here"),
)


async def _open(program: Program, store: Store, files: list[Path]) -> ViewerModel:
    uid = str(pydicom.dcmread(files[0], stop_before_pixels=True).StudyInstanceUID)
    study = await program.network.call(lambda backend: backend.find_study(store, study_instance_uid=uid))
    viewer = program.models.workspace.open(study, store)
    await until(lambda: not viewer.busy and viewer.rail.cards, "the study's series")
    await until(lambda: viewer.active.frame is not None, "the first image")
    await until(lambda: viewer.work.is_read, "what is kept of the study")
    return viewer


async def _upload(program: Program, store: Store, files: list[Path]) -> None:
    async def go(backend: object) -> int:
        uploader = backend.connection(store).uploader        # type: ignore[attr-defined]
        return len([item async for event in uploader.upload(files) for item in event.judged])

    assert await program.network.call(go) == len(files)


def _draw(viewer: ViewerModel) -> dict[AnnotationKind, Measurement | None]:
    """Draws one of each; what they measure."""
    frame = viewer.active.frame
    assert frame is not None
    for kind, points, text in _DRAWN:
        viewer.annotations.put(Annotation(viewer.annotations.new_key(), kind, frame.ref, points, text), frame)
    return _numbers(viewer)


def _numbers(viewer: ViewerModel) -> dict[AnnotationKind, Measurement | None]:
    return {one.kind: viewer.annotations.measurement(one) for one in viewer.annotations.items}


@pytest.fixture
def archive(tmp_path: Path) -> Orthanc:
    if reason := missing():
        pytest.skip(reason)
    return Orthanc(tmp_path / "orthanc")


def test_the_same_numbers_on_another_computer(
    qapp: QApplication, tmp_path: Path, samples: Path, empty_orthanc: Orthanc
) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:3]
    measured: dict[AnnotationKind, Measurement | None] = {}

    store = Store("Orthanc", empty_orthanc.url)

    async def first(program: Program) -> None:
        await _upload(program, store, files)
        viewer = await _open(program, store, files)
        measured.update(_draw(viewer))
        viewer.work.toggle_key_image()
        viewer.active.set_window(Window(50.5, 350.0))
        viewer.work.save()
        await until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, "everything stored")
        await until(lambda: len(viewer.rail.cards) == 4, "report, presentation state and key object in the strip")

    async def second(program: Program) -> None:
        viewer = await _open(program, store, files)
        await until(lambda: len(viewer.annotations.items) == len(_DRAWN), "the drawings of the other computer")
        ref = viewer.active.frame.ref
        await until(lambda: all(one is not None for kind, one in _numbers(viewer).items()
                                if measured[kind] is not None), "their numbers")
        assert _numbers(viewer) == measured
        back = {one.kind: (one.points, one.text, one.ref) for one in viewer.annotations.items}
        assert back == {kind: (points, text, ref) for kind, points, text in _DRAWN}
        assert viewer.work.key_images == (ref,)
        assert not viewer.work.is_unsaved
        kinds = {type(one) for one in viewer.work.objects}
        assert kinds == {Report, Presentation, KeyImages}
        viewer.work.apply(next(one for one in viewer.work.objects if isinstance(one, Presentation)))
        await until(lambda: viewer.active.state.window is not None, "the window of the presentation state")
        assert (viewer.active.state.window.center, viewer.active.state.window.width) == (50.5, 350.0)

    run_program(qapp, tmp_path / "here", first)
    run_program(qapp, tmp_path / "there", second)


def test_an_archive_that_is_away_takes_the_work_later(
    qapp: QApplication, tmp_path: Path, samples: Path, archive: Orthanc
) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:1]
    kept = tmp_path / "here" / "data" / "work"

    with archive:
        store = Store("Orthanc", archive.url)

        async def away(program: Program) -> None:
            await _upload(program, store, files)
            viewer = await _open(program, store, files)
            _draw(viewer)
            viewer.work.keep()
            await until(lambda: not viewer.work.busy and not viewer.work.is_at_risk, "kept on this computer")
            archive.stop()
            viewer.work.send_again()
            await until(lambda: not viewer.work.busy, "the end of sending")
            assert "It is kept on this computer" in program.models.notices.items[-1].text
            assert viewer.work.is_unsaved
            assert len(viewer.annotations.items) == len(_DRAWN)
            assert list(kept.rglob("*.dcm"))
            archive.start()

        async def again(program: Program) -> None:
            viewer = await _open(program, store, files)
            assert len(viewer.annotations.items) == len(_DRAWN), "given back from this computer"
            notice = program.models.notices.items[-1]
            assert "still on this computer" in notice.text
            notice.action()
            await until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, "sent again")
            assert not list(kept.rglob("*.dcm"))
            await until(lambda: len(viewer.rail.cards) == 3, "report and presentation state in the strip")

        run_program(qapp, tmp_path / "here", away)
        run_program(qapp, tmp_path / "here", again)
