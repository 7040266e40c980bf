"""The program at a home that was damaged, or that cannot be written: it starts, works, and says what it found."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.services.crash_reports import CrashReports
from desktop_app.services.folders import Folders
from desktop_app.viewmodels.launch import Launch
from tests.conftest import ROOT
from tests.gui.program import run_program, until

NOISE = b"this is no database" * 500


def one_study(program: Program) -> bool:
    return len(program.models.worklist.table.studies) == 1 and not program.models.worklist.busy


def fill(application: QApplication, home: Path, samples: Path) -> None:
    """A home that was in use: one study in the local archive."""
    async def scenario(program: Program) -> None:
        local = program.models.archives.rows[0].store
        program.models.uploads.drop((samples / "radiograph",), local)
        await until(lambda: program.models.uploads.rows and program.models.uploads.rows[0].finished, "the upload")

    run_program(application, home, scenario)


@pytest.mark.parametrize("damaged", [
    {"archive/catalogue.db": "list of the local archive was damaged",
     "uploads.sqlite": "journal of uploads was damaged"},
    {"archive/presence.db": "", "session.lbx": "", "audit.jsonl": "", "decoding/decoding": "", "work": "",
     "../config/archives.json": "", "../config/hanging-learned.toml": ""}], ids=["databases", "the rest"])
def test_damaged_files_cost_only_themselves(
    qapp: QApplication, tmp_path: Path, samples: Path, damaged: dict[str, str]
) -> None:
    home = tmp_path / "home"
    fill(qapp, home, samples)
    for name in damaged:
        path = home / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(NOISE)

    async def scenario(program: Program) -> None:
        notices = program.models.notices
        program.keeper.start()
        program.models.hanging.start()
        Launch(program.network, program.models, program.window).go()
        await until(lambda: one_study(program), "the study, which is as safe as before")
        await until(lambda: all(any(said in one.text for one in notices.items) for said in damaged.values() if said),
                    "what is said of them")
        viewer = program.models.workspace.open(program.models.worklist.table.studies[0], program.models.worklist.store)
        await until(lambda: viewer.active.frame is not None, "its image")

    run_program(qapp, home, scenario)
    kept = {path.name for path in home.rglob("*") if path.is_file() and path.read_bytes() == NOISE}
    nothing_to_keep = {"presence.db", "audit.jsonl", "decoding", "work", "archives.json"}   # or it stays in its place
    for name in {Path(name).name for name in damaged} - nothing_to_keep:
        assert any(one.startswith(name.partition(".")[0]) and one != name for one in kept), f"{name} is lost"


def test_a_journal_of_a_newer_program_is_left_to_that_one(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    journal = Folders.below(tmp_path).uploads
    journal.parent.mkdir(parents=True)
    with sqlite3.connect(journal) as database:
        database.executescript("CREATE TABLE upload (later TEXT); PRAGMA user_version=99")
    database.close()
    before = journal.read_bytes()

    async def scenario(program: Program) -> None:
        Launch(program.network, program.models, program.window).go()
        uploads = program.models.uploads
        uploads.drop((samples / "radiograph",), program.models.archives.rows[0].store)
        await until(lambda: uploads.rows and uploads.rows[0].finished, "the upload all the same")
        await until(lambda: any("a newer one wrote it" in one.text for one in program.models.notices.items), "the word")

    run_program(qapp, tmp_path, scenario)
    assert journal.read_bytes() == before


def start(home: Path, result: Path, prelude: str = "") -> subprocess.CompletedProcess[str]:
    code = f"{prelude}\nimport sys\nfrom desktop_app.__main__ import main\nsys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, "--profile-startup", str(result)], cwd=ROOT, text=True, capture_output=True,
        timeout=120, check=False,
        env={**os.environ, "LIGHTBOX_HOME": str(home), "TMPDIR": str(result.parent), "QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.skipif(sys.platform == "win32", reason="a folder below a file is another error there")
def test_the_program_starts_where_its_home_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "out").mkdir()
    done = start(tmp_path / "file" / "home", tmp_path / "out" / "start.json")
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert json.loads((tmp_path / "out" / "start.json").read_text())["worklist_filled_ms"] > 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["start.json"], "what was kept for the run is gone"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of the size of files")
def test_where_nothing_can_be_written_at_all_it_ends_with_a_sentence(tmp_path: Path) -> None:
    """Every write fails, as on a disk that is full to the last byte."""
    done = start(tmp_path / "home", tmp_path / "start.json",
                 "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))")
    assert done.returncode == 1 and "can write nothing on this computer" in done.stderr
    assert "Traceback" not in done.stderr


CRASH = """
import faulthandler
import desktop_app.app as app
begin = app.start
app.start = lambda *arguments: (begin(*arguments), faulthandler._sigsegv())
"""


def test_a_start_that_a_fault_ends_leaves_a_report_and_a_good_one_leaves_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert start(home, tmp_path / "start.json", CRASH).returncode not in (0, 1)
    reports = CrashReports(home / "state" / "crashes")
    (report,) = reports.waiting()
    assert report.is_fault and "in run_window" in report.text and str(tmp_path) not in report.text
    reports.delete(report)
    done = start(home, tmp_path / "start.json")
    assert done.returncode == 0, done.stderr
    assert list((home / "state" / "crashes").iterdir()) == []
