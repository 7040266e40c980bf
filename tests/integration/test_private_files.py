"""After a day's work every file that the program made is its user's alone."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.policy import Policy
from desktop_app.core.settings import Settings
from desktop_app.core.store import Store
from desktop_app.services.crash_reports import CrashReports
from desktop_app.services.log import start_log
from desktop_app.services.site_file import Site
from tests.gui.program import run_program, until
from tests.support.misbehaving import MisbehavingServer
from tests.support.orthanc import Orthanc
from tests.support.session_child import FileKeychain

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


def open_to_others(root: Path) -> dict[str, str]:
    """What below a folder others might read: its path, and its mode."""
    modes = {path: path.lstat().st_mode for path in root.rglob("*")}
    return {path.relative_to(root).as_posix(): oct(mode & 0o777) for path, mode in modes.items() if mode & 0o077}


@pytest.mark.timeout(180)
def test_everything_that_was_made_is_the_users_alone(
    qapp: QApplication, tmp_path: Path, samples: Path, empty_orthanc: Orthanc, misbehaving: MisbehavingServer,
) -> None:
    home = tmp_path / "home"
    far, closed = Store("Orthanc", empty_orthanc.url), Store("Refuses", misbehaving.url)
    before = os.umask(0o022)            # as most systems have it, whatever this one has
    log = logging.getLogger("desktop_app")
    handlers = list(log.handlers)
    crashes = CrashReports(home / "state" / "crashes")

    async def scenario(program: Program) -> None:
        models = program.models
        start_log(home / "state")
        log.warning("the day begins")
        crashes.begin("Qt 6")
        crashes.note(ValueError())
        program.keeper.start()
        models.hanging.start()
        local = models.archives.rows[0].store
        for store in (local, far):
            models.uploads.drop((samples / "ct-abdomen",), store, ask=False)
            await until(lambda: all(row.finished for row in models.uploads.rows), "the upload")
        models.uploads.drop((samples / "radiograph",), closed, ask=False)       # one that stays in the journal
        models.archives.select(far)
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the list")
        viewer = models.workspace.open(models.worklist.table.studies[0], far)
        await until(lambda: viewer.active.frame is not None and not viewer.busy, "the image")
        await until(lambda: all(card.received == card.expected for card in viewer.rail.cards), "all images")
        viewer.set_layout(1, 2)
        models.hanging.remember(viewer)
        viewer.set_tool("length")
        page = program.window.page_of(viewer)
        assert page is not None
        canvas = page.active_canvas
        hand.drag(canvas, hand.centre(canvas) - QPoint(40, 20), hand.centre(canvas) + QPoint(40, 20))
        await until(lambda: viewer.work.is_read, "what was saved before")
        viewer.work.keep()
        await until(lambda: not viewer.work.busy, "the work kept for later")
        models.settings.change(lock_after_min=15)
        folder = models.archives.add(str(samples / "enhanced-mr"))
        assert folder == ""
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the folder's list")
        program.keeper.write()

    try:
        run_program(qapp, home, scenario, keychain=FileKeychain(tmp_path / "keys"), settings=Settings(
            archives=(far, closed), disk_cache_bytes=10**9))
        crashes.end()
    finally:
        os.umask(before)
        for handler in [one for one in log.handlers if one not in handlers]:
            log.removeHandler(handler)
            handler.close()
    names = {path.relative_to(home).as_posix().split("/")[-1] for path in home.rglob("*")}
    assert {"settings.json", "catalogue.db", "uploads.sqlite", "audit.jsonl", "session.lbx", "lightbox.log", "decoding",
            "hanging-learned.toml", "archives.json"} <= names
    assert list((home / "cache" / "images").rglob("*.*")) and list((home / "data" / "work").rglob("*.dcm"))
    assert list((home / "data" / "archive").rglob("*.dcm")) and list((home / "cache" / "folders").rglob("*.db"))
    assert open_to_others(home) == {}


@pytest.mark.parametrize("may_cache", [True, False])
def test_the_list_of_an_opened_folder_goes_with_the_run_where_nothing_may_stay_and_with_the_wipe(
    qapp: QApplication, tmp_path: Path, samples: Path, may_cache: bool
) -> None:
    lists = tmp_path / "home" / "cache" / "folders"

    async def scenario(program: Program) -> None:
        assert program.models.archives.add(str(samples / "radiograph")) == ""
        worklist = program.models.worklist
        await until(lambda: worklist.table.studies and not worklist.busy, "the folder's list")
        assert list(lists.rglob("*.db"))

    run_program(qapp, tmp_path / "home", scenario, site=Site(policy=Policy(may_cache=may_cache)))
    assert bool(list(lists.rglob("*.db"))) == may_cache

    async def wipe(program: Program) -> None:
        program.models.network.wipe_cache()
        await until(lambda: not lists.exists(), "the end of the lists")

    run_program(qapp, tmp_path / "home", wipe)
