"""How figures are registered, run, shown and kept.

A benchmark is a function of a `Bench` that yields `Figure`s; `@benchmark` puts it on the list. It raises `Missing` when
something that it needs is not here. Nothing here passes or fails a test: a figure that misses its goal is shown as
missed.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.plain_imports import import_qt_plainly
from tests.support import orthanc as orthanc_server
from tests.support import wan_proxy
from tests.support.ct_series import CtSeries, make_ct_series
from tests.support.orthanc import Orthanc

ROOT = Path(__file__).resolve().parents[2]
SWITCH_INTERVAL_S = 0.001
RESULTS = ROOT / "build" / "bench" / "results.json"


class Missing(Exception):
    """Something that the benchmark needs is not on this machine."""


@dataclass(frozen=True)
class Figure:
    """One measured number.

    `goal` is the most (or, with `more_is_better`, the least) that it should be; with `goal_is_ratio` it is meant of
    value / peer_value. `peer` names what was measured beside it: another program, or the limit of line or machine.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    peer: str = ""
    peer_value: float | None = None
    goal_is_ratio: bool = False
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.peer_value if self.peer_value else None

    @property
    def met(self) -> bool | None:
        """None when there is nothing to meet."""
        judged = self.ratio if self.goal_is_ratio else self.value
        if self.goal is None or judged is None:
            return None
        return judged >= self.goal if self.more_is_better else judged <= self.goal

    @property
    def goal_text(self) -> str:
        if self.goal is None:
            return "–"
        sign = "≥" if self.more_is_better else "≤"
        return f"{sign} {self.goal:g}×" if self.goal_is_ratio else f"{sign} {self.goal:g} {self.unit}"

    def as_json(self) -> dict[str, object]:
        ratio = self.ratio
        return {
            "name": self.name, "value": _short(self.value), "unit": self.unit, "goal": self.goal_text,
            "peer": self.peer, "peer_value": None if self.peer_value is None else _short(self.peer_value),
            "ratio": None if ratio is None else round(ratio, 3), "met": self.met, "note": self.note,
        }


@dataclass
class Bench:
    """What benchmarks share: places, servers, data; made when first asked for."""

    folder: Path
    repeats: int = 5
    _stack: ExitStack = field(default_factory=ExitStack)
    _orthanc: Orthanc | None = None
    _stored: set[str] = field(default_factory=set)
    _series: dict[tuple[int, int], CtSeries] = field(default_factory=dict)

    def ct_series(self, count: int = 600, edge: int = 512) -> CtSeries:
        """The files of a CT series of `edge`² pixels, kept in build/bench between runs."""
        if (count, edge) not in self._series:
            name = "ct" if edge == 512 else f"small{edge}"
            self._series[count, edge] = make_ct_series(RESULTS.parent / f"{name}{count}", count, name=name, edge=edge)
        return self._series[count, edge]

    def orthanc(self) -> Orthanc:
        if self._orthanc is None:
            if reason := orthanc_server.missing():
                raise Missing(reason)
            self._orthanc = self._stack.enter_context(Orthanc(self.folder / "orthanc"))
        return self._orthanc

    def orthanc_with(self, series: CtSeries) -> Orthanc:
        """Orthanc holding a series."""
        server = self.orthanc()
        if series.series_instance_uid not in self._stored:
            server.put_all(list(series.files))
            self._stored.add(series.series_instance_uid)
        return server

    def far_away(self, url: str, *, rtt_ms: float, mbit: float) -> str:
        log = self.folder / f"line-{time.monotonic_ns()}.log"
        return self._stack.enter_context(wan_proxy.far_away(url, rtt_ms=rtt_ms, mbit=mbit, log=log))

    def close(self) -> None:
        self._stack.close()


Benchmark = Callable[[Bench], Iterable[Figure]]
BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Puts a function on the list under a short name, by which `make bench ARGS=name` runs it alone."""
    def register(function: Benchmark) -> Benchmark:
        BENCHMARKS[name] = function
        return function
    return register


def median_of(run: Callable[[], float], repeats: int) -> float:
    return statistics.median(run() for _ in range(repeats))


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def python(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs this Python in a process of its own, off-screen, from the project's folder, with byte code kept."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **(env or {})}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, encoding="utf-8", timeout=120,
        check=False,
    )


def run(names: Iterable[str], repeats: int) -> int:
    """Runs benchmarks, prints their table, writes the results. Returns the exit code: 1 when one of them broke."""
    broken = False
    figures: list[Figure] = []
    chosen = [name for name in BENCHMARKS if not names or name in names]
    print(f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, medians of {repeats}")
    print(_row("figure", "value", "goal", "met", "beside it"))
    import_qt_plainly()                                     # as the program does
    sys.setswitchinterval(SWITCH_INTERVAL_S)                # threads take turns as they do in the program
    with tempfile.TemporaryDirectory(prefix="lightbox-bench-") as folder:
        bench = Bench(Path(folder), repeats)
        try:
            for name in chosen:
                try:
                    for figure in BENCHMARKS[name](bench):
                        figures.append(figure)
                        print(_line(figure), flush=True)
                except Missing as reason:
                    print(f"{name}: skipped, {reason}", flush=True)
                except Exception as error:
                    broken = True
                    print(f"{name}: broke: {type(error).__name__}: {error}", flush=True)
        finally:
            bench.close()
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([figure.as_json() for figure in figures], indent=1, ensure_ascii=False) + "\n")
    print(f"written to {RESULTS.relative_to(ROOT)}")
    return int(broken)


def _line(figure: Figure) -> str:
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    beside = ""
    if figure.peer_value is not None:
        beside = f"{figure.peer}: {_short(figure.peer_value)} {figure.unit} ({figure.ratio:.2f}×)"
    return _row(figure.name, f"{_short(figure.value)} {figure.unit}", figure.goal_text, met, beside or figure.note)


def _row(name: str, value: str, goal: str, met: str, beside: str) -> str:
    return f"{name:<58} {value:>12} {goal:>11} {met:>4}  {beside}".rstrip()


def _short(value: float) -> float:
    return float(f"{value:.4g}")
