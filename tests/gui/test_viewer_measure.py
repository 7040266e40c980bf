"""Measuring with a hand: drags, clicks, handles, undo; the results beside the drawing and in the panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.frame_ref import FrameRef
from desktop_app.ui.copy_range_dialog import CopyRangeDialog
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import run_program, until


@pytest.fixture
def ct(tmp_path: Path, samples: Path) -> Iterator[Path]:
    """A folder with three CT slices."""
    folder = tmp_path / "ct"
    folder.mkdir()
    for file in sorted((samples / "ct-abdomen").glob("*.dcm"))[:3]:
        (folder / file.name).write_bytes(file.read_bytes())
    yield folder


async def opened(program: Program) -> tuple[ViewerModel, ViewportCanvas]:
    models = program.models
    await program.network.call(lambda backend: backend.samples_are_there())
    models.worklist.search_now()
    await until(lambda: models.worklist.table.studies, "the study")
    viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
    await until(lambda: viewer.active.frame is not None, "the first image")
    page = program.window.page_of(viewer)
    assert page is not None
    return viewer, page.active_canvas


def test_a_length_is_drawn_moved_by_its_handle_undone_and_deleted(qapp: QApplication, tmp_path: Path, ct: Path) -> None:
    async def scenario(program: Program) -> None:
        viewer, canvas = await opened(program)
        annotations, middle = viewer.annotations, hand.centre(canvas)
        hand.key(canvas, "L")
        QApplication.processEvents()                # the panel takes its room before anything is drawn
        middle = hand.centre(canvas)
        hand.drag(canvas, middle, middle + QPoint(100, 0))
        (line,) = annotations.items
        first = annotations.measurement(line)
        transform, frame = viewer.active.transform(), viewer.active.frame
        assert first is not None and transform is not None and frame is not None and frame.facts.spacing_mm is not None
        assert first.value == pytest.approx(100 / transform.scale * frame.facts.spacing_mm[1], rel=0.01)
        assert line.kind is AnnotationKind.LENGTH and line.ref == frame.ref

        hand.key(canvas, "W")
        hand.drag(canvas, middle + QPoint(100, 0), middle + QPoint(200, 0))
        second = annotations.measurement(annotations.items[0])
        assert second is not None and second.value == pytest.approx(2 * first.value, rel=0.02)
        assert viewer.active.state.window is None, "taking hold of a handle is no window/level"

        hand.key(canvas, "Ctrl+Z")
        assert annotations.measurement(annotations.items[0]) == first
        hand.key(canvas, "Ctrl+Y")
        hand.click(canvas, middle + QPoint(200, 0))
        hand.key(canvas, "Del")
        assert annotations.items == ()
        hand.key(canvas, "Ctrl+Z")
        assert annotations.measurement(annotations.items[0]) == second

    run_program(qapp, tmp_path / "home", scenario, ct)


def test_an_angle_by_clicks_and_a_cancelled_drawing(qapp: QApplication, tmp_path: Path, ct: Path) -> None:
    async def scenario(program: Program) -> None:
        viewer, canvas = await opened(program)
        annotations, middle = viewer.annotations, hand.centre(canvas)
        hand.key(canvas, "A")
        for place in (QPoint(100, 0), QPoint(0, 0), QPoint(0, 100)):
            hand.move(canvas, middle + place)
            hand.click(canvas, middle + place)
        result = annotations.measurement(annotations.items[0])
        assert result is not None and result.value == pytest.approx(90, abs=0.5)

        hand.key(canvas, "L")
        hand.press(canvas, middle + QPoint(-100, -100))
        hand.move(canvas, middle + QPoint(-150, -150), Qt.MouseButton.LeftButton)
        hand.key(canvas, "Esc")
        hand.release(canvas, middle + QPoint(-150, -150))
        assert len(annotations.items) == 1, "Esc leaves everything as it was"
        hand.click(canvas, middle + QPoint(-100, -100))
        hand.wheel(canvas, 1)
        assert viewer.active.pen.shown == (), "a drawing does not wander to another image"

    run_program(qapp, tmp_path / "home", scenario, ct)


def test_the_panel_lists_the_results_and_leads_to_the_image(qapp: QApplication, tmp_path: Path, ct: Path) -> None:
    async def scenario(program: Program) -> None:
        viewer, canvas = await opened(program)
        page, middle = program.window.page_of(viewer), hand.centre(canvas)
        assert page is not None and not page.panel.isVisible()
        hand.key(canvas, "E")
        hand.drag(canvas, middle, middle + QPoint(80, 60))
        assert page.panel.isVisible()
        (row,) = page.panel.rows
        assert "HU" in row.accessibleName() and "image 2" in row.accessibleName()
        hand.key(canvas, "Home")
        assert viewer.active.state.index == 0
        hand.click(row)
        assert viewer.active.state.index == 1

    run_program(qapp, tmp_path / "home", scenario, ct)


def test_a_drawing_is_copied_to_other_images_and_measured_there(
    qapp: QApplication, tmp_path: Path, ct: Path
) -> None:
    async def scenario(program: Program) -> None:
        viewer, canvas = await opened(program)
        await until(lambda: viewer.active.loaded.count(1) == 3, "all three images")
        annotations, page = viewer.annotations, program.window.page_of(viewer)
        assert page is not None
        hand.key(canvas, "E")
        QApplication.processEvents()
        middle = hand.centre(canvas)
        hand.drag(canvas, middle, middle + QPoint(80, 60))
        hand.key(canvas, "Ctrl+D")
        assert viewer.active.state.index == 2 and len(annotations.items) == 2
        first, second = annotations.items
        assert (second.points, annotations.selected) == (first.points, second.key)
        await until(lambda: annotations.measurement(second), "the copy's result")
        here, there = annotations.measurement(first), annotations.measurement(second)
        assert here is not None and there is not None and here.sizes == there.sizes
        assert here.statistics != there.statistics, "another image has other values"
        hand.key(canvas, "Ctrl+Z")
        assert annotations.items == (first,)

        annotations.select(first.key)
        page._actions.run("copy_to_range")
        dialog = program.window.findChild(CopyRangeDialog)
        assert dialog is not None
        dialog.first.setValue(1)
        hand.click(dialog.copy)
        assert len(annotations.items) == 3 and {item.ref for item in annotations.items} == set(
            viewer.active.display_set.frames)  # type: ignore[union-attr]
        await until(lambda: all(annotations.measurement(item) for item in annotations.items), "every result")
        hand.key(canvas, "Ctrl+Z")
        assert annotations.items == (first,), "a range is one step"

        hand.click(page.panel.copy_csv_button)
        table = QApplication.clipboard().text()
        assert "ellipse,area," in table and ",HU," in table and "pixel spacing" in table
        hand.key(canvas, "Ctrl+Shift+C")
        assert QApplication.clipboard().text().startswith(viewer.active.display_set.title)  # type: ignore[union-attr]

    run_program(qapp, tmp_path / "home", scenario, ct)


def test_drawings_of_a_series_that_is_gone_are_kept_and_named(qapp: QApplication, tmp_path: Path, ct: Path) -> None:
    async def scenario(program: Program) -> None:
        viewer, _canvas = await opened(program)
        gone = FrameRef(viewer.study.study_instance_uid, "1.2.3.4", "1.2.3.4.5")
        viewer.annotations.restore([
            Annotation(9, AnnotationKind.LENGTH, gone, ((1, 1), (5, 5))),
            Annotation(9, AnnotationKind.TEXT, gone, ((1, 1),), "seen before"),
        ])
        page = program.window.page_of(viewer)
        assert page is not None and len({item.key for item in viewer.annotations.items}) == 2
        await until(lambda: not viewer.annotations._missing.running, "the attempt to measure")
        row, words = page.panel.rows
        assert "not in this study any more" in row.accessibleName() and "seen before" in words.accessibleName()
        shown = viewer.active.frame
        hand.click(row)
        assert viewer.active.frame is shown, "there is no image to go to"
        assert "seen before" in viewer.measurements.text

    run_program(qapp, tmp_path / "home", scenario, ct)
