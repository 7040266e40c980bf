"""An enhanced object in the whole program: split, drawn on and stored; every reference names the frame of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.store import Store
from desktop_app.core.study_object import KeyImages, Presentation, Report
from desktop_app.core.window import Window
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import run_program, until
from tests.support.enhanced import INSTANCE, SERIES, STUDY, diffusion, enhanced

SECOND = f"{SERIES}/{INSTANCE}/b 1000"
SECOND_FRAMES = (6, 2, 8, 4, 10)                # of `diffusion`, by place
PICTURES = Path("/tmp/enhanced-pictures")       # looked at by hand, when it is there


async def _upload(backend: object, file: Path) -> int:
    uploader = backend.connection(Store.local()).uploader        # type: ignore[attr-defined]
    return len([item async for event in uploader.upload([file]) for item in event.judged])


async def _open(program: Program) -> ViewerModel:
    study = await program.network.call(lambda backend: backend.find_study(Store.local(), study_instance_uid=STUDY))
    viewer = program.models.workspace.open(study, Store.local())
    await until(lambda: not viewer.busy and viewer.active.frame is not None, "the first image")
    return viewer


def test_what_is_stored_of_a_part_names_the_frames_of_the_file(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "enhanced.dcm"
    file.write_bytes(enhanced(diffusion(), edge=128))

    async def scenario(program: Program) -> None:
        program.window.resize(1200, 800)
        assert await program.network.call(lambda backend: _upload(backend, file)) == 1
        viewer = await _open(program)
        assert [card.title for card in viewer.rail.cards] == ["5 · Enhanced (b 0)", "5 · Enhanced (b 1000)"]
        assert viewer.active.state.index == 2, "a volume opens in its middle"
        viewer.show(SECOND)
        await until(lambda: viewer.active.frame is not None, "the other b-value")
        viewer.active.go_to(3)
        await until(lambda: viewer.active.frame is not None, "its fourth place")
        frame = viewer.active.frame
        assert frame.ref.frame_number == 4
        assert int(frame.pixels[0, 0]) == 40
        drawn = Annotation(viewer.annotations.new_key(), AnnotationKind.LENGTH, frame.ref, ((10.0, 10.0), (40.0, 50.0)))
        arrow = Annotation(viewer.annotations.new_key(), AnnotationKind.ARROW, frame.ref, ((5.0, 6.0), (8.0, 9.0)), "x")
        viewer.annotations.put(drawn, frame)
        viewer.annotations.put(arrow, frame)
        viewer.work.toggle_key_image()
        viewer.active.set_window(Window(40.0, 100.0))
        _picture(program, "drawn")
        viewer.work.save()
        await until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, "everything stored")
        program.models.workspace.close(viewer)

        again = await _open(program)
        await until(lambda: len(again.work.objects) == 3, "the objects of before")
        await until(lambda: len(again.annotations.items) == 2, "the drawings of before")
        assert {item.ref for item in again.annotations.items} == {frame.ref}
        report = next(one for one in again.work.objects if isinstance(one, Report))
        assert {ref.frame_number for graphic in report.graphics for ref in graphic.refs} == {4}
        assert {ref.frame_number for line in report.lines for ref in line.refs} == {4}
        keys = next(one for one in again.work.objects if isinstance(one, KeyImages))
        assert [ref.frame_number for ref in keys.refs] == [4]
        state = next(one for one in again.work.objects if isinstance(one, Presentation))
        assert sorted(ref.frame_number for ref in state.refs) == sorted(SECOND_FRAMES)
        assert {ref.frame_number for graphic in state.graphics for ref in graphic.refs} == {4}
        again.work.go_to(frame.ref)
        await until(lambda: again.active.frame is not None and again.active.frame.ref == frame.ref, "that frame again")
        assert (again.active.display_set.key, again.active.state.index) == (SECOND, 3)
        again.work.apply(state)
        await until(lambda: again.active.state.window == Window(40.0, 100.0), "the window of the presentation state")
        assert again.active.frame.ref == frame.ref
        _picture(program, "again")

    run_program(qapp, tmp_path / "home", scenario)


def test_a_free_angle_that_is_not_stored_is_told(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "enhanced.dcm"
    file.write_bytes(enhanced(diffusion(), edge=64))

    async def scenario(program: Program) -> None:
        assert await program.network.call(lambda backend: _upload(backend, file)) == 1
        viewer = await _open(program)
        viewer.active.set_state(replace(viewer.active.state, tilt=12.5))
        assert not viewer.work.is_unsaved, "there is nothing that could be stored of it"
        viewer.active.set_window(Window(40.0, 100.0))
        viewer.work.save()
        await until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, "the view stored")
        assert any("free angle" in notice.text for notice in program.models.notices.items)
        assert viewer.active.state.tilt == 12.5, "what is looked at stays"

    run_program(qapp, tmp_path / "home", scenario)


def _picture(program: Program, name: str) -> None:
    if PICTURES.is_dir():
        program.window.grab().save(str(PICTURES / f"{name}.png"))
