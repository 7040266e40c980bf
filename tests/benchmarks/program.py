"""The whole program, with its window off-screen: what a person sees, and what a hand feels meanwhile."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.core.store import Store
from desktop_app.core.study import Study
from tests.benchmarks.harness import Bench, Figure, benchmark, percentile
from tests.benchmarks.loading import _own_archive
from tests.benchmarks.series import curl_requests
from tests.support.ct_series import CtSeries

_RTT_MS = 40.0
_TICK_MS = 8
_JUMPS = 5
_PATIENCE_S = 60.0


@dataclass
class Seen:
    """Milliseconds: from opening to the first painted slice, from jumps to theirs, and between ticks of the GUI."""

    first: float = 0.0
    jumps: list[float] = field(default_factory=list)
    ticks: list[float] = field(default_factory=list)
    all_s: float = 0.0


@benchmark("program")
def program(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    plain = bench.orthanc_with(series).url
    runs: dict[float, list[Seen]] = {}
    for mbit in (1000.0, 100.0):
        url = bench.far_away(plain, rtt_ms=_RTT_MS, mbit=mbit)
        repeats = bench.repeats if mbit == 1000 else 1
        runs[mbit] = [_run(bench, url, series, complete=mbit == 1000) for _ in range(repeats)]
        if mbit == 1000:
            study = f"{url}/studies/{series.study_instance_uid}/series"
            one = f"{study}/{series.series_instance_uid}/instances"
            peer = curl_requests(
                [f"{url}/studies?limit=1", study, f"{one}?limit=1", f"{one}/{series.sop_instance_uids[0]}"])
            took = statistics.median(run.first for run in runs[mbit])
            yield Figure("Orthanc, 40 ms: study → first slice painted, over what curl needs", took - peer, "ms", 100,
                         note=f"{took:.0f} ms in all, curl {peer:.0f} ms in a row")
    own = bench.far_away(_own_archive(bench, series), rtt_ms=_RTT_MS, mbit=1000)
    took = statistics.median(_run(bench, own, series, jumps=0).first for _ in range(bench.repeats))
    yield Figure("own archive, 40 ms: study → first slice painted", took, "ms", 250)
    for mbit, goal in ((1000.0, 120), (100.0, 200)):
        jumps = [ms for run in runs[mbit] for ms in run.jumps]
        yield Figure(f"jump to a slice not here, over {mbit:g} Mbit/s: painted", statistics.median(jumps), "ms", goal,
                     note=f"{len(jumps)} jumps, most {max(jumps):.0f} ms")
    ticks = [ms for run in runs[1000.0] for ms in run.ticks]
    yield Figure("GUI ticks while opening, jumping and loading 600 CT: p99", percentile(ticks, 99), "ms", 20,
                 note=f"{len(ticks)} ticks")
    yield Figure("GUI ticks while opening, jumping and loading 600 CT: most", max(ticks), "ms", 40)
    yield Figure("600 CT over 40 ms, 1 Gbit/s in the whole program: all here",
                 statistics.median(run.all_s for run in runs[1000.0]), "s", None, "the line's limit",
                 series.nbytes * 8 / 1e9)


def _run(bench: Bench, url: str, series: CtSeries, *, jumps: int = _JUMPS, complete: bool = False) -> Seen:
    """One start of the program, with nothing on disk."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.settings import Settings
    from tests.gui.program import run_program

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    seen = Seen()
    home = bench.folder / f"home-{time.monotonic_ns()}"
    store = Store("bench", url)

    async def scenario(made: Any) -> None:
        await _look(made, store, series, seen, jumps, complete)

    settings = Settings(archives=(store,), selected_archive=store.key, frame_cache_bytes=4 * 2**30, disk_cache_bytes=0)
    run_program(application, Path(home), scenario, settings=settings)
    return seen


async def _look(made: Any, store: Store, series: CtSeries, seen: Seen, jumps: int, complete: bool) -> None:
    from PySide6.QtCore import QTimer

    from desktop_app.ui.viewport.canvas import ViewportCanvas

    made.window.resize(1600, 1000)
    made.models.worklist.set_stores((store,))
    await _until(lambda: made.models.worklist.table.rowCount() > 0)         # the connection is warm
    await asyncio.sleep(1.5)                                                # the codecs are there
    began = last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        seen.ticks.append((now - last) * 1000)
        last = now
        for canvas in made.window.findChildren(ViewportCanvas):
            canvas.update()                                                 # a repaint of the viewport with each

    ticks = QTimer(interval=_TICK_MS)
    ticks.timeout.connect(tick)
    viewer = made.models.workspace.open(Study(series.study_instance_uid), store)
    ticks.start()
    seen.first = await _painted(made, viewer, began)
    await _until(lambda: viewer.active.display_set is not None and len(viewer.active.display_set.frames) > 1)
    await asyncio.sleep(1.0)                                                # the line is full
    count = len(viewer.active.display_set.frames)
    for step in range(jumps):
        place = (count // 8) * (1 + step % 2 * 6) + 3 + 11 * step
        if viewer.active._in_memory(viewer.active.display_set.frames[place]) is not None:
            continue
        asked = time.perf_counter()
        viewer.active.go_to(place)
        seen.jumps.append(await _painted(made, viewer, asked, place))
        await asyncio.sleep(0.3)
    if complete:
        await _until(lambda: all(card.received >= card.expected for card in viewer.rail.cards))
        seen.all_s = time.perf_counter() - began
    ticks.stop()


async def _painted(made: Any, viewer: Any, began: float, place: int | None = None) -> float:
    """Milliseconds until the viewport has painted its slice (at `place`)."""
    from desktop_app.ui.viewport.canvas import ViewportCanvas

    def shown() -> Any:
        canvases = [one for one in made.window.findChildren(ViewportCanvas) if one.viewport is viewer.active]
        at_place = place is None or viewer.active.index == place
        return canvases[0] if canvases and at_place and canvases[0].shown_frame is not None and (
            not canvases[0].is_stale) else None

    await _until(lambda: shown() is not None)
    shown().repaint()
    return (time.perf_counter() - began) * 1000


async def _until(condition: Callable[[], object]) -> None:
    deadline = time.perf_counter() + _PATIENCE_S
    while not condition():
        if time.perf_counter() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.001)
