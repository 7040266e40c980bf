"""Measuring with a hand: drags, clicks, handles, undo; the results beside the drawing and in the panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.annotation import AnnotationKind
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
