"""Opening, jumping and opening again: what a person waits for, at the end of a long line."""

from __future__ import annotations

import asyncio
import gc
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from tests.benchmarks.harness import Bench, Figure, Missing, benchmark, percentile, python
from tests.benchmarks.series import curl_requests
from tests.support import processes
from tests.support.ct_series import CtSeries, ct_slices
from tests.support.ports import free_port

_RTT_MS = 40.0
_JUMPS = 12


@dataclass
class Session:
    """What the program has for one store, and the series in it."""

    client: Any
    loader: Any
    frames: Any
    refs: list[FrameRef]

    def outwards(self, middle: int) -> list[FrameRef]:
        return [self.refs[index] for index in sorted(range(len(self.refs)), key=lambda index: abs(index - middle))]

    async def load(self, wanted: Sequence[FrameRef], count: int = 0) -> float:
        """Seconds until so many (all) are decoded."""
        began = time.perf_counter()
        self.loader.wish("bench", wanted, first=True)
        here: set[FrameRef] = set()
        async for arrival in self.loader.arrivals("bench"):
            here.add(arrival.ref)
            if len(here) >= (count or len(wanted)):
                break
        return time.perf_counter() - began


@asynccontextmanager
async def session(url: str, series: CtSeries, disk: Any = None, budget: int = 4 * 2**30) -> AsyncIterator[Session]:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.image_loader import ImageLoader

    store = Store("bench", url)
    http = build_http_client(store)
    decoder, frames = Decoder(), FrameCache(budget)
    client = DicomWebClient(url, http)
    await client.ping()                              # the connection is warm, as it is after the worklist
    loader = ImageLoader(store.key, DicomWebClient(url, http, retry=NO_RETRY), decoder, frames, disk=disk)
    loader.warm_up()
    refs = [FrameRef(series.study_instance_uid, series.series_instance_uid, uid) for uid in series.sop_instance_uids]
    try:
        yield Session(client, loader, frames, refs)
    finally:
        await loader.close()
        await http.aclose()
        decoder.stop()


# -------------------------------------------------------------------------------------------------------------- jump

@benchmark("jump")
def jump(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    url = bench.orthanc_with(series).url
    for mbit, goal in ((1000.0, 120), (100.0, 200)):
        far = bench.far_away(url, rtt_ms=_RTT_MS, mbit=mbit)
        times = [ms for _ in range(2) for ms in asyncio.run(_jumps(far, series))]
        yield Figure(f"jump to a slice not here, while loading over {mbit:g} Mbit/s", statistics.median(times), "ms",
                     goal, note=f"decoded; p90 {percentile(times, 90):.0f}, most {max(times):.0f} ms")


async def _jumps(url: str, series: CtSeries) -> list[float]:
    """Milliseconds from each jump to the decoded image, the rest loading at full rate."""
    times = []
    async with session(url, series) as at:
        await at.load(at.outwards(20), 30)           # the line is full
        for step in range(_JUMPS // 2):
            place = len(at.refs) - 1 - step * 30
            if at.loader.cached(at.refs[place]) is not None:
                continue
            began = time.perf_counter()
            looking = asyncio.ensure_future(at.loader.frame(at.refs[place]))
            await asyncio.sleep(0)
            at.loader.wish("bench", at.outwards(place), first=True)
            await looking
            times.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.4)                 # the line fills again
    return times


# -------------------------------------------------------------------------------------------------------------- open

@benchmark("open")
def open_far(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    url = bench.far_away(bench.orthanc_with(series).url, rtt_ms=_RTT_MS, mbit=1000)
    took = statistics.median(asyncio.run(_open(url, series)) for _ in range(bench.repeats))
    study = f"{url}/studies/{series.study_instance_uid}/series"
    one = f"{study}/{series.series_instance_uid}/instances"
    peer = curl_requests([f"{url}/studies?limit=1", study, f"{one}?limit=1", f"{one}/{series.sop_instance_uids[0]}"])
    yield Figure("Orthanc, 40 ms: study → first slice decoded, over what curl needs", took - peer, "ms", 100,
                 note=f"{took:.0f} ms in all, curl {peer:.0f} ms in a row")
    own = bench.far_away(_own_archive(bench, series), rtt_ms=_RTT_MS, mbit=1000)
    took = statistics.median(asyncio.run(_open(own, series)) for _ in range(bench.repeats))
    yield Figure("own archive, 40 ms: study → first slice decoded", took, "ms", 250)


async def _open(url: str, series: CtSeries) -> float:
    """Milliseconds from the click to the first decoded slice."""
    from desktop_app.services.study_opener import SeriesGlimpsed, SeriesOpened, open_study

    async with session(url, series) as at:
        began = time.perf_counter()
        events = open_study(at.client, series.study_instance_uid)
        async for event in events:
            if isinstance(event, SeriesGlimpsed):
                await at.loader.frame(event.display_set.frames[0])
                break
            if isinstance(event, SeriesOpened):
                await at.loader.frame(event.display_sets[0].frames[0])
                break
        took = (time.perf_counter() - began) * 1000
        await events.aclose()                        # type: ignore[attr-defined]
        return took


def _own_archive(bench: Bench, series: CtSeries) -> str:
    """The program serving its own archive in another process, with the series in it."""
    port, log = free_port(), bench.folder / "own.log"
    command = [sys.executable, "-m", "desktop_app", "--serve", str(port)]
    process = processes.start(command, log=log, env={"LIGHTBOX_HOME": str(bench.folder / "own")})
    bench._stack.callback(processes.stop, process)
    url = f"http://127.0.0.1:{port}"

    async def fill() -> None:
        from desktop_app.dicomweb.client import DicomWebClient
        from desktop_app.dicomweb.transport import build_http_client

        async with build_http_client(Store("own", url)) as http:
            client = DicomWebClient(url, http)
            for _ in range(200):
                try:
                    await client.ping()
                    break
                except Exception:
                    await asyncio.sleep(0.1)
            for first in range(0, len(series.files), 50):
                await client.store(series.files[first : first + 50])

    asyncio.run(fill())
    return url


# ------------------------------------------------------------------------------------------------- again, and memory

@benchmark("reopen")
def reopen(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    url = bench.orthanc_with(series).url
    again, image_bytes, each_ms = asyncio.run(_reopen(url, series, bench.folder / "cache", bench.repeats))
    yield Figure("600 CT opened again from the disk cache: all decoded", again, "s", 1.5,
                 note=f"{image_bytes} image bytes from the network; {each_ms:.1f} ms of processor time for one")
    alone = python("-c", f"from tests.benchmarks.loading import print_growth; print_growth({url!r})")
    if alone.returncode:
        raise Missing(alone.stderr.strip().rpartition("\n")[2])
    yield Figure("growth of memory, 600 CT / their decoded bytes", float(alone.stdout.split()[-1]), "×", 1.5,
                 note="in a process of its own")


async def _reopen(url: str, series: CtSeries, folder: Path, repeats: int) -> tuple[float, int, float]:
    from desktop_app.services.disk_cache import DiskCache, new_key

    disk = DiskCache(folder, new_key())
    await disk.open()
    async with session(url, series, disk) as at:
        await at.load(at.refs)
        await at.loader._kept.written()
    times, received, worked = [], 0, 0.0
    for _ in range(repeats):
        async with session(url, series, disk) as at:
            began = time.process_time()
            times.append(await at.load(at.refs))
            worked += time.process_time() - began
            received += at.loader.status.bytes_received
    disk.close()
    return statistics.median(times), received, worked * 1000 / repeats / len(series.files)


def print_growth(url: str) -> None:
    """Bytes that this process grew by while the series came and was kept on disk, / its decoded bytes."""
    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(_grown(url, Bench(Path(folder)).ct_series(), Path(folder) / "cache")))


async def _grown(url: str, series: CtSeries, folder: Path) -> float:
    from desktop_app.services.disk_cache import DiskCache, new_key

    disk = DiskCache(folder, new_key())
    await disk.open()
    try:
        async with session(url, series, disk) as at:
            await at.loader.frame(at.refs[0])
            gc.collect()
            before = _resident()
            await at.load(at.refs)
            return (_resident() - before) / (at.frames.nbytes - at.frames.nbytes // len(at.refs))
    finally:
        disk.close()


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError as error:
        raise Missing("no /proc to read the memory from") from error


# ------------------------------------------------------------------------------------------------------------ codecs

@benchmark("decode")
def decode_rate(bench: Bench) -> Iterator[Figure]:
    """The program's decoder on two threads beside the same on one, for what compresses most series."""
    import imagecodecs
    import numpy as np

    from desktop_app.imaging.decode import decode_frame, open_instance

    source = ct_slices()[0]
    pixels = np.frombuffer(source.PixelData, np.uint16).reshape(source.Rows, source.Columns)
    encoders: dict[str, tuple[str, Callable[[Any], bytes]]] = {
        "JPEG 2000": ("1.2.840.10008.1.2.4.90", lambda of: imagecodecs.jpeg2k_encode(of, codecformat="j2k", level=0,
                                                                                     reversible=True)),
        "JPEG-LS": ("1.2.840.10008.1.2.4.80", imagecodecs.jpegls_encode),
        "HTJ2K": ("1.2.840.10008.1.2.4.201", lambda of: imagecodecs.htj2k_encode(of, reversible=True)),
    }
    for name, (syntax, encode) in encoders.items():
        try:
            data = _encapsulated(source, syntax, encode(pixels))
            decode_frame(open_instance(data), 1)
        except Exception as error:
            raise Missing(f"{name} cannot be encoded here: {error}") from error

        def work(_: int, data: bytes = data) -> None:
            decode_frame(open_instance(data), 1)

        rates = [_rate(work, 1) for _ in range(3)], [_rate(work, 2) for _ in range(3)]
        one, two = (statistics.median(rate) for rate in rates)
        yield Figure(f"{name}: decoded on 2 threads / on 1", two / one, "×", 1.8, more_is_better=True,
                     note=f"{one:.0f} images/s on one")


def _rate(work: Callable[[int], None], threads: int, count: int = 80) -> float:
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        list(pool.map(work, range(count)))
        return count / (time.perf_counter() - began)


def _encapsulated(source: Any, syntax: str, frame: bytes) -> bytes:
    import copy

    import pydicom
    from pydicom.encaps import encapsulate

    dataset = copy.deepcopy(source)
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.PixelData = encapsulate([frame])
    dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OB", True
    out = io.BytesIO()
    pydicom.dcmwrite(out, dataset, enforce_file_format=True)
    return out.getvalue()
