"""A study is read without a mouse: found in the list, opened, laid out, windowed, scrolled, measured, closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from tests.gui.program import run_program, until


def test_from_the_worklist_to_a_measurement(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    async def scenario(program: Program) -> None:
        window, models = program.window, program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        hand.key(window, "F5")
        worklist = models.worklist
        await until(lambda: worklist.table.studies and not worklist.busy, "the list")
        table = window.worklist_page.table
        table.setFocus()                                # where the program begins
        hand.key(table, "Home")
        hand.key(table, "Down")
        hand.key(table, "Up")
        assert worklist.selected is not None
        hand.key(table, "Return")
        await until(lambda: window.active_viewer is not None, "the study")
        viewer, page = window.active_viewer, window.active_page
        assert viewer is not None and page is not None
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "its image")

        hand.key(page.active_canvas, "F3")
        hand.key(page.active_canvas, "Tab")
        hand.key(page.active_canvas, "Return")
        assert viewer.alone is viewer.active
        hand.key(page.active_canvas, "F2")
        before = viewer.active.state.index
        hand.key(page.active_canvas, "Down")
        assert viewer.active.state.index == before + 1
        await until(lambda: viewer.active.frame is not None, "the next image")
        hand.key(page.active_canvas, "7")
        assert viewer.active.window.center == -600

        hand.key(page.active_canvas, "L")
        canvas = page.active_canvas
        hand.key(canvas, "Alt+Return")
        for _ in range(5):
            hand.key(canvas, "Alt+Right")
        hand.key(canvas, "Alt+Shift+Right")
        hand.key(canvas, "Alt+Return")
        [line] = viewer.annotations.items
        result = viewer.annotations.measurement(line)
        transform, frame = viewer.active.transform(), viewer.active.frame
        assert result is not None and transform is not None and frame is not None and frame.plane is not None
        expected = 81 / transform.scale * frame.plane.column_spacing_mm
        assert result.headline.startswith(f"{expected:.1f}"), result.headline
        hand.key(canvas, "Esc")
        assert viewer.active.keys.place is None
        hand.key(canvas, "Ctrl+Z")
        assert viewer.annotations.items == ()
        hand.key(canvas, "Ctrl+W")
        assert window.active_viewer is None and models.workspace.viewers == ()

    run_program(qapp, tmp_path / "home", scenario, samples / "ct-abdomen")
