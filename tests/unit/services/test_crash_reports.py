"""What is left of a run that ended badly: places in the source, and nothing else; it is seen once, and sent nowhere."""

from __future__ import annotations

import faulthandler
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.services.crash_reports import CrashReports
from tests.conftest import ROOT

SECRET = "Quillon^Leaktest"
ENDINGS = {
    "a fault": "import faulthandler; faulthandler._sigsegv()",
    "an abort": "import os; os.abort()",
    "an abort of Qt's": "from PySide6.QtCore import qFatal; qFatal('about Quillon^Leaktest')",
}


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """pytest has a fault handler of its own."""
    was_on = faulthandler.is_enabled()
    yield
    if was_on:
        faulthandler.enable(sys.__stderr__)


def end_badly(folder: Path, ending: str) -> int:
    code = (f"from pathlib import Path; from desktop_app.services.crash_reports import CrashReports\n"
            f"reports = CrashReports(Path({str(folder)!r})); reports.begin('Qt 6')\n"
            f"def deep_inside(name):\n    {ending}\ndeep_inside({SECRET!r})\n")
    script = folder.parent / "Quillon's computer" / "run.py"
    script.parent.mkdir(exist_ok=True)
    script.write_text(code)
    return subprocess.run([sys.executable, script], env={"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60,
                          check=False).returncode


def test_a_run_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path / "crashes")
    reports.begin("Qt 6")
    assert reports.waiting() == () and len(list((tmp_path / "crashes").iterdir())) == 1
    reports.end()
    reports.end()
    assert list((tmp_path / "crashes").iterdir()) == []


def test_what_nobody_took_is_there_at_the_next_start_without_its_words(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    reports.begin("Qt 6")
    try:
        raise ValueError(f"no {SECRET}")
    except ValueError as error:
        for _ in range(50):
            reports.note(error)
    reports.end()
    (report,) = CrashReports(tmp_path).waiting()
    assert "ValueError" in report.text and "test_crash_reports.py" in report.text and not report.is_fault
    assert SECRET not in report.text and str(Path.home()) not in report.text and report.text.count("ValueError") == 20
    assert report.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_fault_of_the_process_tells_where_it_was(tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "crashes"
    assert end_badly(folder, ENDINGS[ending]) != 0
    (report,) = CrashReports(folder).waiting()
    assert report.is_fault and "deep_inside" in report.text and "Lightbox" in report.text
    assert SECRET not in report.text and str(tmp_path) not in report.text
    assert str(tmp_path) not in report.path.read_text(), "the file says no more than what is shown"
    assert report.path.stat().st_mode & 0o077 == 0


def test_a_run_that_was_killed_from_outside_is_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    assert end_badly(folder, "import os; os._exit(9)") == 9
    assert CrashReports(folder).waiting() == () and list(folder.iterdir()) == []


def test_a_report_is_seen_once_and_can_be_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    for ending in ("a fault", "an abort"):
        end_badly(folder, ENDINGS[ending])
    reports = CrashReports(folder)
    first, second = reports.waiting()
    reports.keep(first)
    assert reports.waiting() == (second,)
    reports.delete(second)
    assert reports.waiting() == () and [path.suffix for path in folder.iterdir()] == [".seen"]


def test_where_nothing_can_be_written_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    reports = CrashReports(tmp_path / "file" / "crashes")
    reports.begin("Qt 6")
    reports.note(ValueError())
    reports.end()
    assert reports.waiting() == ()
