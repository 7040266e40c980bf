"""Uploads: over a long line beside its limit and curl, memory, and how fast a folder is looked through."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.harness import ROOT, Bench, Figure, Missing, benchmark, timed
from tests.support.ct_series import CtSeries
from tests.support.orthanc import Orthanc

_RTT_MS, _MBIT = 40.0, 1000.0
_CURL_CONNECTIONS = 16
_SMALL_FILES = 5000


@benchmark("upload-far")
def long_line(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    server = bench.orthanc()
    url = bench.far_away(server.url, rtt_ms=_RTT_MS, mbit=_MBIT)
    limit = series.nbytes * 8 / (_MBIT * 1e6)
    runs = [_emptied(server, lambda: upload(url, series, bench.folder)) for _ in range(bench.repeats)]
    curl = [_emptied(server, lambda: timed(lambda: curl_all(url, series, bench.folder))) for _ in range(bench.repeats)]
    name = f"{len(series.files)} CT to Orthanc over {_RTT_MS:g} ms, {_MBIT:g} Mbit/s"
    yield Figure(f"{name}: sent and read back", statistics.median(run["seconds"] for run in runs), "s", 1.15,
                 "the line's limit", limit, goal_is_ratio=True)
    yield Figure(f"{name}: by curl, {_CURL_CONNECTIONS} connections", statistics.median(curl), "s", None,
                 "the line's limit", limit)
    yield Figure("memory that it takes", max(run["grown_mb"] for run in runs), "MB", 200)


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


def upload(url: str, series: CtSeries, folder: Path) -> dict[str, float]:
    """The whole series by the program's own uploader, in a process of its own."""
    journal = folder / f"journal{time.monotonic_ns()}.sqlite"
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.uploads", url, str(series.files[0].parent), str(journal)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if result["stored"] != len(series.files):
        raise RuntimeError(f"{result['stored']} of {len(series.files)} stored")
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


async def _child(url: str, folder: Path, journal_file: Path) -> None:
    import resource

    import pydicom  # noqa: F401 - what the program has loaded by then

    from desktop_app.core.store import Store
    from desktop_app.core.upload import Verdict
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.transport import build_http_client
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.upload_journal import UploadJournal
    from desktop_app.services.uploader import Uploader

    store, decoder, journal = Store("bench", url), Decoder(), await UploadJournal.open(journal_file)
    async with build_http_client(store) as http:
        client = DicomWebClient(url, http)
        await client.ping()  # the connection is warm, as it is after the worklist
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        progress = None
        async for event in Uploader(client, decoder, journal).upload([folder]):
            progress = event.progress
        seconds = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    decoder.stop()
    await journal.close()
    assert progress is not None
    print(json.dumps({"seconds": seconds, "grown_mb": grown, "stored": dict(progress.totals).get(Verdict.STORED, 0)}))


if __name__ == "__main__":
    asyncio.run(_child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
