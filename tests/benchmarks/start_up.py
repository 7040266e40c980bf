"""From the start of the process to the first window, and to the worklist; measured from outside, with warm files."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.harness import Bench, Figure, benchmark, python

# The least that any Qt program of ours can take: one empty window, measured in the same way.
_BARE = """
import time, os
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
began = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
class Window(QMainWindow):
    def paintEvent(self, event):
        print(round((float(Path("/proc/uptime").read_text().split()[0]) - began) * 1000, 1))
        QTimer.singleShot(0, application.quit)
application = QApplication([])
window = Window()
window.resize(1600, 1000)
window.show()
application.exec()
"""


@benchmark("start-up")
def start_up(bench: Bench) -> Iterator[Figure]:
    home = bench.folder / "home"
    _start(home, bench.folder)                      # the first start puts the samples there
    runs = [_start(home, bench.folder) for _ in range(bench.repeats)]

    def middle(key: str) -> float:
        return statistics.median(run[key] for run in runs)

    bare = statistics.median(float(python("-c", _BARE).stdout.split()[0]) for _ in range(bench.repeats))
    first = middle("first_paint_ms")
    yield Figure("process start → first window painted", first, "ms", 500, "bare Qt window", bare)
    yield Figure("process start → worklist filled", middle("worklist_filled_ms"), "ms", 1500)
    yield Figure("longest GUI tick while the rest is imported", max(run["max_tick_ms"] for run in runs), "ms", 40)


def _start(home: Path, folder: Path) -> dict[str, float]:
    file = folder / "start-up.json"
    file.unlink(missing_ok=True)
    done = python("-m", "desktop_app", "--profile-startup", str(file), env={"LIGHTBOX_HOME": str(home)})
    if not file.exists():
        raise RuntimeError(f"the program wrote no profile (exit code {done.returncode}): {done.stderr[-500:]}")
    profile: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return profile
