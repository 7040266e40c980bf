"""Uploads: over a long line beside its limit and curl, memory, and how fast a folder is looked through."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.harness import ROOT, Bench, Figure, Missing, benchmark, percentile, timed
from tests.support import processes
from tests.support.ct_series import CtSeries
from tests.support.orthanc import Orthanc
from tests.support.ports import free_port

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

_RTT_MS, _MBIT = 40.0, 1000.0
_CURL_CONNECTIONS = 16
_SMALL_FILES = 5000
_MANY_FILES = 6000


@benchmark("upload-far")
def long_line(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    server = bench.orthanc()
    url = bench.far_away(server.url, rtt_ms=_RTT_MS, mbit=_MBIT)
    limit = series.nbytes * 8 / (_MBIT * 1e6)
    runs = [_emptied(server, lambda: upload(url, series, bench.folder)) for _ in range(bench.repeats)]
    curl = [_emptied(server, lambda: timed(lambda: curl_all(url, series, bench.folder))) for _ in range(bench.repeats)]
    client = [_emptied(server, lambda: by_dicomweb_client(url, series)) for _ in range(min(bench.repeats, 2))]
    name = f"{len(series.files)} CT to Orthanc over {_RTT_MS:g} ms, {_MBIT:g} Mbit/s"
    ours = statistics.median(run["seconds"] for run in runs)
    peers = {f"curl, {_CURL_CONNECTIONS} connections": statistics.median(curl),
             "dicomweb-client, 10 at a time": statistics.median(client)}
    best = min(peers, key=lambda peer: peers[peer])
    yield Figure(f"{name}: sent and read back", ours, "s", 1.15, "the line's limit", limit, goal_is_ratio=True)
    for peer, seconds in peers.items():
        yield Figure(f"{name}: by {peer}", seconds, "s", None, "the line's limit", limit)
    yield Figure(f"{name}: sent and read back, beside the best that only sends", ours, "s", None, best, peers[best])
    yield Figure("memory that it takes", max(run["grown_mb"] for run in runs), "MB", 200)


@benchmark("upload-own")
def own_archive(bench: Bench) -> Iterator[Figure]:
    """The same over the same line to our own archive: what the line and the uploader allow, without Orthanc's work."""
    series = bench.ct_series()
    limit = series.nbytes * 8 / (_MBIT * 1e6)
    runs = []
    for number in range(bench.repeats):
        with own_server(bench.folder / f"own{number}") as near:
            runs.append(upload(bench.far_away(near, rtt_ms=_RTT_MS, mbit=_MBIT), series, bench.folder))
    yield Figure(f"{len(series.files)} CT to our own archive over {_RTT_MS:g} ms, {_MBIT:g} Mbit/s: sent and read back",
                 statistics.median(run["seconds"] for run in runs), "s", 1.15, "the line's limit", limit,
                 goal_is_ratio=True)
    yield Figure("longest wait for the archive's list after the last file",
                 max(run["read_back_s"] for run in runs), "s")


@benchmark("upload-many")
def many_files(bench: Bench) -> Iterator[Figure]:
    """Memory must not follow the size of the folder, and the window must not feel it."""
    from tests.unit.services.upload_fakes import dicom_bytes

    folder = bench.folder / "many"
    folder.mkdir(exist_ok=True)
    for number in range(_MANY_FILES):
        (folder / f"{number}.dcm").write_bytes(dicom_bytes(f"1.2.9.{number}", filler=50_000))
    with own_server(bench.folder / "many-archive") as url:
        done = run_child(url, folder, bench.folder, _MANY_FILES)
    yield Figure(f"memory for {_MANY_FILES:,} files", done["grown_mb"], "MB", 200)
    yield Figure("GUI tick meanwhile, 99th percentile", done["tick_p99_ms"], "ms", 20)


@benchmark("upload-near")
def loopback(bench: Bench) -> Iterator[Figure]:
    series, server = bench.ct_series(), bench.orthanc()
    runs = [_emptied(server, lambda: upload(server.url, series, bench.folder)) for _ in range(bench.repeats)]
    curl = [
        _emptied(server, lambda: timed(lambda: curl_all(server.url, series, bench.folder)))
        for _ in range(bench.repeats)
    ]
    yield Figure(f"{len(series.files)} CT to Orthanc, this machine: sent and read back",
                 statistics.median(run["seconds"] for run in runs), "s", None,
                 f"curl, {_CURL_CONNECTIONS} connections", statistics.median(curl))


@benchmark("upload-scan")
def scanning(bench: Bench) -> Iterator[Figure]:
    from tests.unit.services.upload_fakes import dicom_bytes

    folder = bench.folder / "small"
    folder.mkdir(exist_ok=True)
    for number in range(_SMALL_FILES):
        (folder / f"{number}.dcm").write_bytes(dicom_bytes(f"1.2.{number}", filler=2000))
    rates = [_SMALL_FILES / asyncio.run(_scan(folder, bench.folder / f"scan{n}.sqlite")) for n in range(bench.repeats)]
    yield Figure(f"looking at {_SMALL_FILES} small files, journal written", statistics.median(rates), "files/s", 1000,
                 more_is_better=True)


async def _scan(folder: Path, journal_file: Path) -> float:
    """Seconds until the plan of the upload is whole."""
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.upload_journal import UploadJournal
    from desktop_app.services.uploader import Uploader
    from tests.unit.services.upload_fakes import FakeArchive

    decoder, journal = Decoder(), await UploadJournal.open(journal_file)
    began = time.perf_counter()
    events = Uploader(FakeArchive(), decoder, journal).upload([folder], ask=True)  # type: ignore[arg-type]
    try:
        async for event in events:
            if event.progress.asking and not event.progress.scanning:
                break
        return time.perf_counter() - began
    finally:
        await events.aclose()  # type: ignore[attr-defined]
        decoder.stop()
        await journal.close()


def _emptied(server: Orthanc, run):  # type: ignore[no-untyped-def]
    server.clear()
    return run()


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """Our own archive on loopback, in a process of its own."""
    port, log = free_port(), folder.with_suffix(".log")
    process = processes.start(
        [sys.executable, "-m", "desktop_app", "--serve", str(port)], log=log,
        env={**os.environ, "LIGHTBOX_HOME": str(folder), "PYTHONPATH": str(ROOT)})
    url = f"http://127.0.0.1:{port}/dicom-web"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{url}/studies?limit=1", timeout=5):
                return True
        except OSError:
            return False

    try:
        processes.wait_until(answers, process, log)
        yield url
    finally:
        processes.stop(process)


def by_dicomweb_client(url: str, series: CtSeries) -> float:
    """Seconds that dicomweb-client's store_instances takes, ten files at a time, as its users do."""
    code = (
        "import sys, time, pydicom\n"
        "from pathlib import Path\n"
        "from dicomweb_client.api import DICOMwebClient\n"
        "files = sorted(Path(sys.argv[2]).glob('*.dcm'))\n"
        "client = DICOMwebClient(sys.argv[1])\n"
        "began = time.perf_counter()\n"
        "for start in range(0, len(files), 10):\n"
        "    client.store_instances([pydicom.dcmread(path) for path in files[start:start + 10]])\n"
        "print(time.perf_counter() - began)\n")
    done = subprocess.run([sys.executable, "-c", code, url, str(series.files[0].parent)], capture_output=True,
                          encoding="utf-8", timeout=300, check=True)
    return float(done.stdout.splitlines()[-1])


def upload(url: str, series: CtSeries, folder: Path) -> dict[str, float]:
    """The whole series by the program's own uploader, in a process of its own."""
    return run_child(url, series.files[0].parent, folder, len(series.files))


def run_child(url: str, files: Path, folder: Path, count: int) -> dict[str, float]:
    """A folder by the program's own uploader, on a network thread below a window's loop, in a process of its own."""
    journal = folder / f"journal{time.monotonic_ns()}.sqlite"
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.uploads", url, str(files), str(journal)],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if result["stored"] != count:
        raise RuntimeError(f"{result['stored']} of {count} stored")
    return result


def curl_all(url: str, series: CtSeries, folder: Path) -> None:
    """The same by curl, one file per request."""
    if shutil.which("curl") is None:
        raise Missing("curl is not installed")
    config = folder / "curl.txt"
    lines = []
    for path in series.files:
        head, tail = folder / "head", folder / "tail"
        head.write_bytes(b"--cut\r\nContent-Type: application/dicom\r\n\r\n")
        tail.write_bytes(b"\r\n--cut--\r\n")
        body = folder / "bodies" / path.name
        body.parent.mkdir(exist_ok=True)
        if not body.exists():
            body.write_bytes(head.read_bytes() + path.read_bytes() + tail.read_bytes())
        lines.append(
            f'url = "{url}/studies"\ndata-binary = "@{body}"\noutput = "/dev/null"\n'
            'header = "Content-Type: multipart/related; type=\\"application/dicom\\"; boundary=cut"\n'
            'header = "Expect:"\n'
        )
    config.write_text("next\n".join(lines))
    subprocess.run(
        ["curl", "--silent", "--fail", "--parallel", "--parallel-max", str(_CURL_CONNECTIONS), "--config", str(config)],
        check=True, timeout=120, stderr=subprocess.DEVNULL,
    )


def _child(url: str, folder: Path, journal_file: Path) -> None:
    """The uploader where the program has it: on the network thread, with Qt's loop ticking on the main one."""
    import qasync
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    sys.setswitchinterval(0.001)
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer(interval=8)
    timer.timeout.connect(tick)
    with loop:
        result = loop.run_until_complete(_measured(url, folder, journal_file, timer, gaps, last))
    print(json.dumps(result))


async def _measured(
    url: str, folder: Path, journal_file: Path, timer: QTimer, gaps: list[float], last: list[float]
) -> dict[str, float]:
    import resource

    import pydicom  # noqa: F401 - what the program has loaded by then

    from desktop_app.core.store import Store
    from desktop_app.core.upload import Verdict
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.transport import build_http_client
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.network import Network
    from desktop_app.services.upload_journal import UploadJournal
    from desktop_app.services.uploader import Uploader

    async def build() -> tuple[Uploader, UploadJournal, Decoder, DicomWebClient]:
        decoder, journal = Decoder(), await UploadJournal.open(journal_file)
        client = DicomWebClient(url, build_http_client(Store("bench", url)))
        await client.ping()  # the connection is warm, as it is after the worklist
        return Uploader(client, decoder, journal), journal, decoder, client

    network = Network(build)
    network.start()

    async def nothing(_: object) -> None:
        return

    await network.call(nothing)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timer.start()
    last[0] = began = time.perf_counter()
    progress, sent_at = None, 0.0
    async for events in network.stream(lambda services: services[0].upload([folder])):
        progress = events[-1].progress
        if not sent_at and progress.sent_bytes >= progress.total_bytes and not progress.scanning:
            sent_at = time.perf_counter()
    ended = time.perf_counter()
    timer.stop()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    async def close(services: tuple[Uploader, UploadJournal, Decoder, DicomWebClient]) -> None:
        services[2].stop()
        await services[1].close()
        await services[3]._talk.exchange._http.aclose()

    network.stop(close)
    assert progress is not None
    return {
        "seconds": ended - began, "grown_mb": grown, "stored": dict(progress.totals).get(Verdict.STORED, 0),
        "read_back_s": ended - sent_at, "tick_p99_ms": percentile(gaps, 99),
    }


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
