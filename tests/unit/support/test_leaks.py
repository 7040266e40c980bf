"""A test that leaves something behind fails, whatever it asserts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

_HEAD = "import threading\nfrom PySide6.QtCore import QTimer, qWarning\nfrom PySide6.QtWidgets import QWidget\nkeep = []\n"
_LEAKS = {
    "a thread": ("def test_it():\n    gate = threading.Event()\n    keep.append(gate)\n"
                 "    threading.Thread(target=gate.wait, args=(6,), name='forgotten').start()\n", "forgotten"),
    "a timer": ("def test_it(qapp):\n    timer = QTimer()\n    keep.append(timer)\n    timer.start(1000)\n", "QTimer"),
    "a window": ("def test_it(qapp):\n    window = QWidget()\n    keep.append(window)\n    window.show()\n", "QWidget"),
    "a warning of Qt": ("def test_it(qapp):\n    qWarning('wrong thread')\n", "wrong thread"),
    "a coroutine": ("async def forgotten(): ...\ndef test_it():\n    forgotten()\n", "never awaited"),
}


def run(tmp_path: Path, body: str) -> subprocess.CompletedProcess[str]:
    probe = tmp_path / "test_probe.py"
    probe.write_text(_HEAD + body)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT),
         "-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:xdist", str(probe)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )


@pytest.mark.parametrize("what", sorted(_LEAKS))
def test_what_is_left_behind_fails(tmp_path: Path, what: str) -> None:
    body, trace = _LEAKS[what]
    done = run(tmp_path, body)
    assert done.returncode == 1, done.stdout
    assert trace in done.stdout


def test_what_is_tidied_up_passes(tmp_path: Path) -> None:
    done = run(tmp_path, (
        "def test_it(qtbot):\n    window = QWidget()\n    qtbot.addWidget(window)\n    window.show()\n"
        "    QTimer(window).start(10)\n    thread = threading.Thread(target=print)\n    thread.start()\n"
    ))
    assert done.returncode == 0, done.stdout
