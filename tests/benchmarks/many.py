"""Many small instances over a long line, and ten times as many as usual."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator

from tests.benchmarks.harness import Bench, Figure, benchmark, timed
from tests.benchmarks.loading import _resident, session
from tests.benchmarks.series import curl_all
from tests.support.ct_series import CtSeries

_SMALL, _EDGE = 2000, 180       # 180² × 16 bit: 64 KB
_RTT_MS, _MBIT = 100.0, 1000.0
_LANES = 64
_BUDGET = 512 * 2**20
_LONG = 6000


@benchmark("small")
def small(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series(_SMALL, _EDGE)
    url = bench.far_away(bench.orthanc_with(series).url, rtt_ms=_RTT_MS, mbit=_MBIT)
    began = time.process_time()
    runs = [asyncio.run(_load(url, series)) for _ in range(bench.repeats)]
    each_ms = (time.process_time() - began) * 1000 / bench.repeats / _SMALL
    limit = max(series.nbytes * 8 / (_MBIT * 1e6), _SMALL * _RTT_MS / 1000 / _LANES)
    yield Figure(f"{_SMALL} × 64 KB over {_RTT_MS:g} ms: all decoded", statistics.median(took for took, _ in runs), "s",
                 1.25, f"line, or {_LANES} at once", limit, goal_is_ratio=True)
    yield Figure(f"{_SMALL} × 64 KB over {_RTT_MS:g} ms: processor time for one", each_ms, "ms")
    curl = statistics.median(timed(lambda: curl_all(url, series, bench.folder)) for _ in range(bench.repeats))
    yield Figure(f"{_SMALL} × 64 KB over {_RTT_MS:g} ms: by curl, 50 connections", curl, "s", None,
                 f"line, or {_LANES} at once", limit)
    yield Figure(f"{_SMALL} × 64 KB over {_RTT_MS:g} ms: all decoded / all fetched by curl",
                 statistics.median(took for took, _ in runs) / curl, "×")
    yield Figure(f"{_SMALL} × 64 KB over {_RTT_MS:g} ms: most in flight", min(most for _, most in runs), "", 50,
                 more_is_better=True)


async def _load(url: str, series: CtSeries) -> tuple[float, int]:
    """Seconds until all are decoded, and the most transfers at once."""
    most = 0
    async with session(url, series) as at:
        async def watch() -> None:
            nonlocal most
            while True:
                most = max(most, at.loader.status.in_flight)
                await asyncio.sleep(0.02)

        watching = asyncio.ensure_future(watch())
        try:
            return await at.load(at.refs), most
        finally:
            watching.cancel()


@benchmark("long")
def long_series(bench: Bench) -> Iterator[Figure]:
    """Small slices, so that a disk and a minute are enough: what is asked is whether the work for each grows."""
    few, many = bench.ct_series(_LONG // 10, _EDGE), bench.ct_series(_LONG, _EDGE)
    url = bench.orthanc_with(few).url
    bench.orthanc_with(many)
    one, ten = asyncio.run(_scrolled(url, few)), asyncio.run(_scrolled(url, many))
    yield Figure(f"{_LONG} slices instead of {_LONG // 10}: time per slice", ten[0] * 1000, "ms", 1.25,
                 f"of {_LONG // 10}", one[0] * 1000, goal_is_ratio=True)
    yield Figure(f"{_LONG} slices: memory beyond before, / budget and encoded backlog", ten[1], "×", 1.0,
                 note="budget 150 MB, backlog 256 MB")


async def _scrolled(url: str, series: CtSeries) -> tuple[float, float]:
    """Seconds per slice of loading all, seen from ten places, with room for a part of them; and the growth of memory
    as a share of what it may be."""
    budget = 150 * 2**20
    before = _resident()
    async with session(url, series, budget=budget) as at:
        room = min(len(at.refs), 2000)
        began, loaded = time.perf_counter(), 0
        for place in range(room // 2, len(at.refs), room):
            wanted = at.outwards(place)[: room - 200]
            await at.load(wanted)
            loaded += len(wanted)
        return (time.perf_counter() - began) / loaded, (_resident() - before) / (budget + 256 * 2**20)
