"""A program that is killed while somebody reads: what was drawn and arranged two seconds before is there again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from tests.gui.program import run_program, until
from tests.support.session_child import DONE, FileKeychain

pytestmark = pytest.mark.long


@pytest.fixture
def killed(tmp_path: Path, samples: Path) -> str:
    """The points that a program had drawn when it was killed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.support.session_child", tmp_path / "home", samples / "ct-abdomen",
         tmp_path / "keys"], stdout=subprocess.PIPE, encoding="utf-8", env=environment)
    assert child.stdout is not None
    try:
        line = next((line for line in child.stdout if line.startswith(DONE)), "")
    finally:
        child.kill()                                        # SIGKILL: nothing can be tidied up
        child.wait()
    assert line, "the program did not come so far"
    return line.removeprefix(DONE).strip()


def test_a_killed_program_goes_on_where_it_was(qapp: QApplication, tmp_path: Path, killed: str) -> None:
    async def scenario(program: Program) -> None:
        program.keeper.start()
        models = program.models
        await until(lambda: any(item.key == "session" for item in models.notices.items), "the offer")
        program.keeper.reopen()
        await until(lambda: models.workspace.viewers, "the study")
        [viewer] = models.workspace.viewers
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "its image")
        assert (viewer.layout.rows, viewer.layout.columns, viewer.tool) == (2, 1, "length")
        assert (viewer.active.window.center, viewer.active.window.width) == (77.0, 333.0)
        [annotation] = viewer.annotations.items
        assert repr(annotation.points) == killed
        assert annotation.ref == viewer.active.frame.ref     # type: ignore[union-attr]

    run_program(qapp, tmp_path / "home", scenario, keychain=FileKeychain(tmp_path / "keys"))


def test_cut_in_the_middle_it_says_so_and_gives_back_the_rest(qapp: QApplication, tmp_path: Path, killed: str) -> None:
    path = tmp_path / "home" / "data" / "session.lbx"
    path.write_bytes(path.read_bytes()[:-7])

    async def scenario(program: Program) -> None:
        program.keeper.start()
        notices = program.models.notices
        await until(lambda: any(item.key == "session record" for item in notices.items), "the caution")
        caution = next(item for item in notices.items if item.key == "session record")
        assert "breaks off" in caution.text and "session-unreadable" in caution.detail
        assert len(list(path.parent.glob("session-unreadable-*.lbx"))) == 1

    run_program(qapp, tmp_path / "home", scenario, keychain=FileKeychain(tmp_path / "keys"))
