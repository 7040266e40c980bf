"""A test that leaves something behind fails, whatever it asserts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

_PROBES = '''
import threading
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

keep = []

async def forgotten(): ...

def test_thread():
    gate = threading.Event()
    keep.append(gate)
    threading.Thread(target=gate.wait, args=(5,), name="forgotten").start()

def test_timer(qapp):
    timer = QTimer()
    keep.append(timer)
    timer.start(1000)

def test_window(qapp):
    window = QWidget()
    keep.append(window)
    window.show()

def test_qt_warning(qapp):
    qWarning("wrong thread")

def test_coroutine():
    forgotten()

def test_tidy(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QTimer(window).start(10)
    thread = threading.Thread(target=print)
    thread.start()
'''


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of the probes, run with the conftest of this project."""
    probes = tmp_path_factory.mktemp("probes") / "test_probes.py"
    probes.write_text(_PROBES)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT),
         "-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:xdist", str(probes)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout


@pytest.mark.parametrize(("probe", "trace"), [
    ("test_thread", "threads left running: forgotten"),
    ("test_timer", "left behind: QTimer"),
    ("test_window", "left behind: QWidget"),
    ("test_qt_warning", "wrong thread"),
    ("test_coroutine", "never awaited"),
])
def test_what_is_left_behind_fails(told: str, probe: str, trace: str) -> None:
    assert [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR")) and f"::{probe} " in line + " "]
    assert trace in told


def test_what_is_tidied_up_passes(told: str) -> None:
    assert not [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR")) and "::test_tidy" in line]
