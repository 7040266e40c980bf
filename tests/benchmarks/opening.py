"""Opening one study after the other, as on a day's list: what the program keeps of them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.harness import Bench, Figure, benchmark
from tests.benchmarks.loading import _resident
from tests.support.ct_series import make_ct_series

_STUDIES, _SLICES = 10, 60
_BUDGET = 128 * 2**20               # of decoded images: four of the ten studies
_FULL = 0.9 * _BUDGET              # then not all of a study may be here at once
_BACKLOG = 256 * 2**20              # of images that came and are not decoded yet
_PATIENCE_S = 120.0


@benchmark("opening")
def opening(bench: Bench) -> Iterator[Figure]:
    """Ten studies of a 512² CT with 60 slices each, opened in turn in the whole program, every slice awaited (or
    the budget used up), each closed before the next; then all ten left open."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.settings import Settings
    from tests.gui.program import run_program

    folder = bench.folder / "opening"
    for number in range(_STUDIES):
        make_ct_series(folder / str(number), _SLICES, name=f"opening {number}")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    figures: list[Figure] = []

    async def scenario(made: Any) -> None:
        await made.network.call(lambda backend: backend.samples_are_there())
        made.models.worklist.search_now()
        await _until(lambda: len(made.models.worklist.table.studies) == _STUDIES and not made.models.worklist.busy)
        for closes in (True, False):
            figures.extend(await _in_turn(made, closes=closes))

    settings = Settings(frame_cache_bytes=_BUDGET, disk_cache_bytes=0)
    run_program(application, bench.folder / "opening-home", scenario, folder, settings=settings)
    yield from figures


async def _in_turn(made: Any, *, closes: bool) -> list[Figure]:
    models = made.models
    frames = models.network._frames
    grown, most_kept, before = 0, 0, 0
    for number, study in enumerate(models.worklist.table.studies):
        viewer = models.workspace.open(study, models.worklist.store)
        await _until(lambda viewer=viewer: not viewer.busy and viewer.active.frame is not None)
        await _until(lambda viewer=viewer: (viewer.rail.cards and all(
            card.received >= card.expected > 0 for card in viewer.rail.cards)) or frames.nbytes > _FULL)
        most_kept = max(most_kept, frames.nbytes)
        if closes:
            models.workspace.close(viewer)
        await asyncio.sleep(0.2)                                # what was closed is gone
        if number == 0:
            before = _resident()                                # codecs, fonts and the window are there by now
        grown = _resident() - before
    how = "each closed before the next" if closes else "all left open"
    return [
        Figure(f"{_STUDIES} studies in turn, {how}: decoded images, / budget", most_kept / _BUDGET, "×", 1.0,
               note=f"budget {_BUDGET >> 20} MB, {_STUDIES * _SLICES * 512 * 512 * 2 >> 20} MB went through"),
        Figure(f"{_STUDIES} studies in turn, {how}: memory beyond the first, / budget and backlog",
               grown / (_BUDGET + _BACKLOG), "×", 1.0, note=f"{grown / 2**20:.0f} MB"),
    ]


async def _until(condition: Any) -> None:
    deadline = time.perf_counter() + _PATIENCE_S
    while not condition():
        if time.perf_counter() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.01)
