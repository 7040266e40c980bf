"""The whole program in a test: its own folders, a real window off-screen, its own loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program, build
from desktop_app.core.settings import Settings
from desktop_app.services.folders import Folders
from desktop_app.ui.theme import apply_theme

PATIENCE_S = 20.0

Scenario = Callable[[Program], Awaitable[None]]


def run_program(application: QApplication, home: Path, scenario: Scenario, samples: Path | None = None) -> None:
    """Runs the scenario inside the running program, then ends the program as a user would."""
    apply_theme(application)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    folders = Folders.below(home)
    folders.make()
    program = build(folders, Settings(), samples)
    with loop:
        try:
            program.network.start()
            program.window.show()
            loop.run_until_complete(scenario(program))
        finally:
            program.window.hide()
            program.close()
            program.window.deleteLater()
            application.processEvents()
    asyncio.set_event_loop(None)


async def until(condition: Callable[[], object], what: str) -> None:
    """Waits for a condition; fails with `what` when it does not come."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain: {what}")
        await asyncio.sleep(0.01)
