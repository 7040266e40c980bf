"""What an archive's answers cost: multipart, long lists, and a worklist with many rows."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import httpx

from tests.benchmarks.harness import Bench, Figure, benchmark, percentile

_PART = 512 * 1024
_PARTS = 1024
_CHUNK = 256 * 1024
_STUDIES = 5_000


@benchmark("multipart")
def multipart(bench: Bench) -> Iterator[Figure]:
    """A series of 0.5 MB instances in one message, in the pieces that the transport hands on."""
    from desktop_app.dicomweb.multipart import MultipartReader, closing, part_head

    part = os.urandom(_PART)
    head = part_head("b" * 40, {"Content-Type": "application/dicom"}, first=False)
    message = (head + part) * 64 + closing("b" * 40)
    chunks = [message[start:start + _CHUNK] for start in range(0, len(message), _CHUNK)]
    rates = []
    for _ in range(bench.repeats):
        began, nbytes = time.perf_counter(), 0
        for _ in range(_PARTS // 64):
            reader = MultipartReader(f'multipart/related; type="application/dicom"; boundary={"b" * 40}')
            for chunk in chunks:
                nbytes += sum(len(one.data) for one in reader.feed(chunk))
            reader.close()
        rates.append(nbytes / (time.perf_counter() - began) / 1e9)
    yield Figure("multipart read, one core", percentile(rates, 50), "GB/s", goal=1.0, more_is_better=True)


def _rows(count: int) -> list[dict[str, Any]]:
    def one(number: int) -> dict[str, Any]:
        values = {
            "00080020": ("DA", f"20{number % 25:02d}0{number % 9 + 1}15"), "00080030": ("TM", f"{number % 24:02d}1500"),
            "00080050": ("SH", f"A{number}"), "00081030": ("LO", f"CT chest {number % 50}"),
            "00100020": ("LO", f"P{number:06d}"), "0020000D": ("UI", f"1.2.3.{number}"), "00100040": ("CS", "F"),
            "00100030": ("DA", "19700101"), "00201206": ("IS", 3), "00201208": ("IS", 300),
        }
        row = {tag: {"vr": vr, "Value": [value]} for tag, (vr, value) in values.items()}
        row["00100010"] = {"vr": "PN", "Value": [{"Alphabetic": f"Family{number * 7919 % count}^Given"}]}
        row["00080061"] = {"vr": "CS", "Value": ["CT", "SR"]}
        return row
    return [one(number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class Connected:
    """What the worklist asks of the backend, with one archive behind it."""

    client: Any

    def connection(self, _store: object) -> Connected:
        return self


async def _tick(ticks: list[float]) -> None:
    while True:
        ticks.append(time.perf_counter())
        await asyncio.sleep(0.005)


@benchmark("long-list")
def long_list(bench: Bench) -> Iterator[Figure]:
    """5,000 studies in one answer: from the request on the network thread to the rows in the table on the screen,
    while a timer of the interface ticks."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    import qasync

    from desktop_app.core.store import Store
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.transport import build_http_client
    from desktop_app.services.network import Network
    from desktop_app.ui.study_table import StudyTable
    from desktop_app.ui.theme import apply_theme
    from desktop_app.viewmodels.worklist import WorklistModel

    assert isinstance(application, QApplication)
    apply_theme(application)

    body = json.dumps(_rows(_STUDIES)).encode()
    store = Store("bench", "http://archive.test/rs")

    async def build() -> Connected:
        transport = httpx.MockTransport(lambda request: httpx.Response(
            200, content=body, headers={"content-type": "application/dicom+json"}))
        return Connected(DicomWebClient(store.url, build_http_client(store, transport=transport)))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.001)                # as the program does
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    network: Network[Connected] = Network(build)
    network.start()
    took: list[float] = []
    gaps: list[float] = []

    async def measure() -> None:
        for number in range(bench.repeats + 1):             # the first is to warm up
            model = WorklistModel(network, (store,), lambda *_: None)   # type: ignore[arg-type]
            view, ticks = StudyTable(model), []
            view.resize(1200, 800)
            view.show()
            ticker = asyncio.ensure_future(_tick(ticks))
            await asyncio.sleep(0.05)
            ticks.clear()
            began = time.perf_counter()
            filled = asyncio.Event()
            model.filled.connect(lambda _store, filled=filled: filled.set())
            model.search_now()
            await filled.wait()
            view.viewport().repaint()
            took.append((time.perf_counter() - began) * 1000)
            assert len(model.table.studies) == _STUDIES, model.status
            await asyncio.sleep(0.02)
            ticker.cancel()
            gaps.append(max(after - before for before, after in pairwise(ticks)) * 1000)
            view.close()
            model.deleteLater()
            if number == 0:
                took.clear()
                gaps.clear()

    try:
        loop.run_until_complete(measure())
    finally:
        network.stop()
        loop.close()
        sys.setswitchinterval(interval)
    yield Figure("5,000 studies parsed and shown", percentile(took, 50), "ms", goal=400)
    yield Figure("longest gap of the interface meanwhile", percentile(gaps, 50), "ms", goal=40)


@benchmark("many-rows")
def many_rows(bench: Bench) -> Iterator[Figure]:
    """Narrowing, sorting and scrolling a worklist; 100,000 rows are told without a goal."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    from desktop_app.core.query import StudyQuery
    from desktop_app.core.store import Store
    from desktop_app.dicomweb.dicom_json import read_dataset
    from desktop_app.dicomweb.rows import study_from_json
    from desktop_app.ui.study_table import StudyTable
    from desktop_app.ui.theme import apply_theme
    from desktop_app.viewmodels.store_search import listed
    from desktop_app.viewmodels.worklist import WorklistModel

    assert isinstance(application, QApplication)
    apply_theme(application)
    for count, goal in ((10_000, 100.0), (100_000, None)):
        stores = (Store("bench", "http://archive.test/rs"),)
        model = WorklistModel(None, stores, lambda *_: None)  # type: ignore[arg-type]
        studies = [study for row in _rows(count) if (study := study_from_json(read_dataset(row))) is not None]
        model._parts[0].rows.update(listed(studies, stores[0]))
        model._parts[0].asked = StudyQuery()
        model.query = StudyQuery()
        model._show()
        sorts, filters = [], []
        for number in range(bench.repeats):
            began = time.perf_counter()
            model.sort_by("patient" if number % 2 else "description", descending=False)
            sorts.append((time.perf_counter() - began) * 1000)
            model.query = StudyQuery(text=f"family{number + 1}")
            began = time.perf_counter()
            model._show()
            filters.append((time.perf_counter() - began) * 1000)
            model.query = StudyQuery()
            model._show()
        yield Figure(f"{count:,} rows sorted", percentile(sorts, 50), "ms", goal=goal)
        yield Figure(f"{count:,} rows narrowed", percentile(filters, 50), "ms", goal=goal)
        view = StudyTable(model)
        view.resize(1200, 800)
        view.show()
        application.processEvents()
        bar, frames = view.verticalScrollBar(), []
        for step in range(120):
            began = time.perf_counter()
            bar.setValue(bar.value() + 3 + step % 5)
            application.processEvents()
            frames.append((time.perf_counter() - began) * 1000)
        view.close()
        yield Figure(f"{count:,} rows: one step of scrolling, 95 of 100", percentile(frames, 95), "ms",
                     goal=16.7 if goal else None)
