"""`lightbox --upload PATH --archive ADDRESS`: the program as it is started, against a real archive."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.support import processes
from tests.support.ct_series import make_ct_series
from tests.support.orthanc import Orthanc

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(90)
def test_files_named_on_the_command_line_arrive(empty_orthanc: Orthanc, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 60)
    command = [
        sys.executable, "-m", "desktop_app", "--archive", empty_orthanc.url, "--upload", str(tmp_path / "in"),
    ]
    surroundings = {
        "QT_QPA_PLATFORM": "offscreen", "LIGHTBOX_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    log = tmp_path / "log"
    program = processes.start(command, log=log, env=surroundings)
    try:
        processes.wait_until(lambda: empty_orthanc.count() == 60, program, log, limit_s=60)
    finally:
        processes.stop(program)
