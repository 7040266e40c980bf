"""The whole program in a test: its own folders, a real window off-screen, its own loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program, build, end_jobs
from desktop_app.core.settings import Settings
from desktop_app.services.folders import Folders
from desktop_app.services.keychain import Keychain
from desktop_app.services.site_file import Site
from desktop_app.ui.theme import apply_theme

PATIENCE_S = 20.0

Scenario = Callable[[Program], Awaitable[None]]


def run_program(
    application: QApplication, home: Path, scenario: Scenario, samples: Path | None = None, *,
    settings: Settings | None = None, browser: Callable[[str], None] | None = None,
    site: Site = Site(),  # noqa: B008
    keychain: Keychain | None = None,
) -> None:
    """Runs the scenario inside the running program, then ends the program as a user would.

    `browser` stands for the system's, and is called on the loop of the window.
    """
    apply_theme(application)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    folders = Folders.below(home)
    folders.make()
    program = build(folders, settings or Settings(), samples, site=site, keychain=keychain)
    if browser is not None:
        program.browser.open = lambda address: loop.call_soon_threadsafe(browser, address)  # type: ignore[method-assign]
    with loop:
        try:
            program.network.start()
            program.window.show()
            loop.run_until_complete(_whole(program, scenario))
        finally:
            program.window.hide()
            program.close()
            end_jobs(loop)
            program.window.deleteLater()
            application.processEvents()
    asyncio.set_event_loop(None)


async def _whole(program: Program, scenario: Scenario) -> None:
    program.models.session.start()
    try:
        await scenario(program)
    finally:
        program.models.session.stop()
        program.models.worklist.select(None)
        await asyncio.sleep(0.01)               # what was cancelled ends before its loop does


async def until(condition: Callable[[], object], what: str) -> None:
    """Waits for a condition; fails with `what` when it does not come."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain: {what}")
        await asyncio.sleep(0.01)
