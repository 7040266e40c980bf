"""The built program, once for all that is tried with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from installer import common
from tests.architecture.source import ROOT


@pytest.fixture(scope="session")
def built() -> Path:
    """The program's folder, built from the lock and driven through its own tour."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the folder is checked on Linux here; build.py runs its own tour on the other systems")
    done = subprocess.run(
        [sys.executable, "packaging/build.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return common.PROGRAM_FOLDER
