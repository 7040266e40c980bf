"""Whatever an action opens names each of its controls, as a reader of the screen says them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QScrollBar, QWidget

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.ui.actions import ACTIONS
from tests.gui.program import run_program, until
from tests.gui.test_main_window import nameless

# These open something of ours; others with "…" ask the system: for a file, a folder, a printer.
_OPEN = ("copy_to_range", "type_window", "choose_layout", "tags", "export", "delete_series", "delete_image",
         "add_archive", "choose_google", "keys", "change_keys", "settings", "loading_times", "test_pattern", "about",
         "delete_study")
_SYSTEM = {"open_files", "open_folder", "open_archive_folder", "print"}


def test_whatever_an_action_opens_names_its_controls(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    async def scenario(program: Program) -> None:
        window, models = program.window, program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the study")
        listed = models.worklist.table.studies[0]
        viewer = models.workspace.open(listed, models.worklist.store)
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "the study, read")
        page = window.page_of(viewer)
        assert page is not None
        viewer.set_tool("length")
        hand.drag(page.active_canvas, hand.centre(page.active_canvas), hand.centre(page.active_canvas) + QPoint(50, 9))
        for name in _OPEN:
            if name == "delete_study":
                window.show_worklist()
                window.worklist_page.table.setFocus()
                hand.key(window.worklist_page.table, "Home")
            before = _in_sight()
            window.actions_set.run(name)
            await until(lambda before=before: _in_sight() - before, name)       # type: ignore[misc]
            for opened in _in_sight() - before:
                assert nameless(opened) + _values_without_name(opened) == [], name
                opened.close()
            await asyncio.sleep(0)
        assert _values_without_name(window) == []

    run_program(qapp, tmp_path / "home", scenario, samples / "ct-abdomen")


def test_every_action_that_promises_a_dialog_is_walked() -> None:
    promising = {row.id for row in ACTIONS.values() if row.text.endswith("…")}
    assert promising - _SYSTEM <= set(_OPEN)


def _in_sight() -> set[QWidget]:
    return {one for one in QApplication.topLevelWidgets() if one.isVisible()}


def _values_without_name(root: QWidget) -> list[str]:
    """Sliders and number fields, which say a number and nothing else."""
    parts: list[QWidget] = [*root.findChildren(QAbstractSlider), *root.findChildren(QAbstractSpinBox)]
    return [f"{type(part).__name__} in {type(part.parentWidget()).__name__}" for part in parts
            if not isinstance(part, QScrollBar) and not part.accessibleName()]
