"""A series of 600 CT instances of 0.5 MB from Orthanc: on this machine, and at the end of a long line."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from tests.benchmarks.harness import Bench, Figure, Missing, benchmark, timed
from tests.support.ct_series import CtSeries

_RTT_MS, _MBIT = 40.0, 1000.0
_PART_10 = 'multipart/related; type="application/dicom"; transfer-syntax=*'
_CURL_CONNECTIONS = 50
_SAMPLE = 60                    # of the instances, for what takes a minute with all of them


@benchmark("series")
def loopback(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    url = bench.orthanc_with(series).url
    ours = [load(url, series) for _ in range(bench.repeats)]
    curl = _median([timed(lambda: curl_all(url, series, bench.folder)) for _ in range(bench.repeats)])
    name = f"{len(series.files)} CT from Orthanc, this machine"
    yield Figure(f"{name}: all decoded", _median([run.all_s for run in ours]), "s", None,
                 f"curl, {_CURL_CONNECTIONS} connections", curl)
    yield Figure(f"{name}: first image decoded", _median([run.first_s for run in ours]) * 1000, "ms", None,
                 "curl, the same instance", curl_one(url, series, len(series.files) // 2) * 1000)
    yield Figure("the same by dicomweb-client, one by one", dicomweb_client_all(url, series), "s", None,
                 "Lightbox, all decoded", _median([run.all_s for run in ours]))


@benchmark("series-far")
def long_line(bench: Bench) -> Iterator[Figure]:
    yield from _long_line(bench, _MBIT)


@benchmark("series-far-slow")
def slow_line(bench: Bench) -> Iterator[Figure]:
    yield from _long_line(bench, _MBIT / 10)


def _long_line(bench: Bench, mbit: float) -> Iterator[Figure]:
    series = bench.ct_series()
    url = bench.far_away(bench.orthanc_with(series).url, rtt_ms=_RTT_MS, mbit=mbit)
    limit = series.nbytes * 8 / (mbit * 1e6)
    began = time.process_time()
    ours = [load(url, series) for _ in range(bench.repeats)]
    each_ms = (time.process_time() - began) * 1000 / bench.repeats / len(series.files)
    curl = _median([timed(lambda: curl_all(url, series, bench.folder)) for _ in range(bench.repeats)])
    name = f"{len(series.files)} CT over {_RTT_MS:g} ms, {mbit:g} Mbit/s"
    all_s = _median([run.all_s for run in ours])
    yield Figure(f"{name}: all decoded", all_s, "s", 1.10, "the line's limit", limit, goal_is_ratio=True)
    yield Figure(f"{name}: processor time for one", each_ms, "ms")
    yield Figure(f"{name}: by curl, {_CURL_CONNECTIONS} connections", curl, "s", None, "the line's limit", limit)
    yield Figure(f"{name}: all decoded / all fetched by curl", all_s / curl, "×",
                 note="where the line's far end and the server need this machine too, this is the fair figure")
    yield Figure(f"{name}: by dicomweb-client, one by one", dicomweb_client_all(url, series, _SAMPLE), "s", None,
                 "the line's limit", limit, note=f"from {_SAMPLE} of them")
    yield Figure(f"{name}: first image decoded", _median([run.first_s for run in ours]) * 1000, "ms", None,
                 "curl, the same instance", curl_one(url, series, len(series.files) // 2) * 1000)


class Loaded:
    """Seconds until the first image, and until all of them, were decoded."""

    def __init__(self, first_s: float, all_s: float) -> None:
        self.first_s, self.all_s = first_s, all_s


def load(url: str, series: CtSeries) -> Loaded:
    """The whole series through the program's own loader, beginning in the middle, as a viewer does."""
    return asyncio.run(_load(url, series))


async def _load(url: str, series: CtSeries) -> Loaded:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.transport import build_http_client
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.image_loader import ImageLoader, Presence

    refs = [FrameRef(series.study_instance_uid, series.series_instance_uid, uid) for uid in series.sop_instance_uids]
    middle = len(refs) // 2
    outwards = [refs[index] for index in sorted(range(len(refs)), key=lambda index: abs(index - middle))]
    store = Store("bench", url)
    http = build_http_client(store)
    decoder, frames = Decoder(), FrameCache(4 * 2**30)
    client = DicomWebClient(url, http)
    await client.ping()                              # the connection is warm, as it is after the worklist
    loader = ImageLoader(store.key, client, decoder, frames)
    try:
        began = time.perf_counter()
        first = asyncio.ensure_future(loader.frame(refs[middle]))
        loader.wish("bench", outwards, first=True)
        await first
        first_s = time.perf_counter() - began
        here: set[FrameRef] = set()
        async for arrival in loader.arrivals("bench"):
            if arrival.presence is Presence.FAILED:
                raise RuntimeError(str(arrival.error))
            here.add(arrival.ref)
            if len(here) == len(refs):
                break
        return Loaded(first_s, time.perf_counter() - began)
    finally:
        await loader.close()
        await http.aclose()
        decoder.stop()


def curl_all(url: str, series: CtSeries, folder: Path) -> None:
    """Every instance by curl, many connections at once."""
    addresses = [_instance(url, series, uid) for uid in series.sop_instance_uids]
    targets = "".join(f'url = "{address}"\noutput = "/dev/null"\n' for address in addresses)
    script = folder / "curl.txt"
    script.write_text(targets)
    _curl("--parallel", "--parallel-immediate", "--parallel-max", str(_CURL_CONNECTIONS), "--config", str(script))


def curl_one(url: str, series: CtSeries, index: int) -> float:
    """Seconds that one instance takes over a warm connection: the second of two in a row."""
    address = _instance(url, series, series.sop_instance_uids[index])
    out = _curl("--write-out", "%{time_total}\n", "--output", "/dev/null", "--output", "/dev/null", address, address)
    return float(out.split()[-1])


def curl_requests(addresses: list[str]) -> float:
    """Milliseconds that requests take one after the other on one warm connection; the first one warms it."""
    outputs = [word for _ in addresses for word in ("--output", "/dev/null")]
    accept = ["--header", f"Accept: {_PART_10}, application/dicom+json"]
    out = _curl("--write-out", "%{time_total}\n", *outputs, *accept, *addresses)
    return sum(float(seconds) for seconds in out.split()[1:]) * 1000


def _curl(*words: str) -> str:
    if shutil.which("curl") is None:
        raise Missing("curl is not installed")
    always = ["--silent", "--show-error", "--fail", "--noproxy", "*", "--header", f"Accept: {_PART_10}"]
    return subprocess.run(["curl", *always, *words], capture_output=True, encoding="utf-8", check=True).stdout


def dicomweb_client_all(url: str, series: CtSeries, sample: int = 0) -> float:
    """Seconds for all instances, reckoned from the first `sample` of them where that is not 0."""
    try:
        from dicomweb_client import DICOMwebClient
    except ImportError as error:
        raise Missing("dicomweb-client is not installed") from error
    client = DICOMwebClient(url)
    uids = series.sop_instance_uids[: sample or None]
    took = timed(lambda: [
        client.retrieve_instance(series.study_instance_uid, series.series_instance_uid, uid) for uid in uids])
    return took * len(series.sop_instance_uids) / len(uids)


def _instance(url: str, series: CtSeries, sop_instance_uid: str) -> str:
    return f"{url}/studies/{series.study_instance_uid}/series/{series.series_instance_uid}/instances/{sop_instance_uid}"


def _median(values: list[float]) -> float:
    return statistics.median(values)
