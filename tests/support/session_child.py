"""The program in a process of its own: opens the first study, draws and arranges, says so two seconds later, and waits.

`python -m tests.support.session_child HOME SAMPLES KEYCHAIN`
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.window import Window
from tests.gui.program import run_program, until

LOST_AT_MOST_S = 2.0            # what a crash may cost
DONE = "drawn and arranged"


class FileKeychain:
    """A keychain for tests: secrets as files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def get(self, name: str) -> str:
        path = self._folder / name
        return path.read_text() if path.exists() else ""

    def set(self, name: str, secret: str) -> bool:
        (self._folder / name).write_text(secret)
        return True

    def delete(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)


async def _draw_and_arrange(program: Program) -> None:
    program.keeper.start()
    models = program.models
    await program.network.call(lambda backend: backend.samples_are_there())
    models.worklist.search_now()
    await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the study")
    viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
    await until(lambda: not viewer.busy and viewer.active.frame is not None, "the image")
    viewer.set_layout(2, 1)
    viewer.active.set_window(Window(77.0, 333.0))
    viewer.set_tool("length")
    page = program.window.page_of(viewer)
    assert page is not None
    await asyncio.sleep(0)
    canvas = page.active_canvas
    hand.drag(canvas, hand.centre(canvas) - QPoint(40, 20), hand.centre(canvas) + QPoint(40, 20))
    assert len(viewer.annotations.items) == 1, "nothing was drawn"
    await asyncio.sleep(LOST_AT_MOST_S)
    print(DONE, repr(viewer.annotations.items[0].points), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    home, samples, keys = (Path(argument) for argument in sys.argv[1:])
    run_program(QApplication([]), home, _draw_and_arrange, samples, keychain=FileKeychain(keys))
