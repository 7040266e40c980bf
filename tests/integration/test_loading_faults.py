"""Loading through everything that goes wrong on a line: it heals by itself, and nothing incomplete passes for whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.services.decoder import Decoder
from desktop_app.services.disk_cache import DiskCache, new_key
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.wanted import Presence
from tests.support.ct_series import make_ct_series
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.orthanc import Orthanc
from tests.unit.services.images import image, ref, refs

IDLE_S = 0.5


@dataclass
class Viewer:
    """Who wants images, and what became of each."""

    loader: ImageLoader
    frames: FrameCache
    store: Store

    async def load(self, wanted: Sequence[FrameRef], within_s: float = 60.0) -> set[Presence]:
        """Waits until every image is here; returns what was told on the way."""
        self.loader.wish("viewer", wanted, first=True)
        told: set[Presence] = set()
        missing = set(wanted)
        async with asyncio.timeout(within_s):
            async for arrival in self.loader.arrivals("viewer"):
                told.add(arrival.presence)
                if arrival.presence is Presence.HERE:
                    assert self.frames.get((self.store.key, arrival.ref)) is not None, "told to be here, and is not"
                    missing.discard(arrival.ref)
                if not missing:
                    break
        return told

    def values(self, wanted: Sequence[FrameRef]) -> list[int]:
        """The first pixel of each."""
        frames = [self.frames.get((self.store.key, one)) for one in wanted]
        return [int(frame.pixels[0, 0]) if frame is not None else -1 for frame in frames]


@asynccontextmanager
async def viewer_at(url: str, disk: DiskCache | None = None) -> AsyncIterator[Viewer]:
    store = Store("faults", url)
    http = build_http_client(store, idle_timeout_s=IDLE_S)
    decoder, frames = Decoder(threads=2), FrameCache(512 * 2**20)
    client = DicomWebClient(url, http, retry=NO_RETRY)
    loader = ImageLoader(store.key, client, decoder, frames, disk=disk)
    try:
        yield Viewer(loader, frames, store)
    finally:
        await loader.close()
        await http.aclose()
        await asyncio.to_thread(decoder.stop)


def good(of: FrameRef) -> Answer:
    return Answer(200, image(of), "application/dicom")


def path_of(of: FrameRef) -> str:
    return f"studies/{of.study_instance_uid}/series/{of.series_instance_uid}/instances/{of.sop_instance_uid}"


FAULTS: dict[str, Callable[[FrameRef], list[Answer]]] = {
    "429 with Retry-After": lambda of: [Answer.too_busy(1)],
    "a burst of 503": lambda of: [Answer.refuses(503), Answer.refuses(503)],
    "500": lambda of: [Answer.refuses(500)],
    "silence": lambda of: [good(of).stalling(100)],
    "a short body": lambda of: [good(of).cut()],
    "a reset": lambda of: [Answer.connection_reset()],
    "the wrong instance": lambda of: [Answer(200, image(ref(99)), "application/dicom")],
    "no body at all, but the promise of one": lambda of: [good(of).cut(0)],
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_it_heals_by_itself(
    misbehaving: MisbehavingServer, fault: Callable[[FrameRef], list[Answer]]
) -> None:
    wanted = refs(1, 2, 3)
    for one in wanted:
        misbehaving.on(path_of(one), *fault(one), good(one))
    async with viewer_at(misbehaving.url) as viewer:
        await viewer.load(wanted)
        assert viewer.values(wanted) == [1, 1, 1]
        assert viewer.loader.status.trouble == ""


@pytest.mark.parametrize("fault", ["a short body", "the wrong instance", "silence"])
async def test_what_never_comes_whole_is_never_shown(misbehaving: MisbehavingServer, fault: str) -> None:
    """The others come all the same, and the one is told to be missing."""
    bad, others = ref(1), refs(2, 3, 4)
    misbehaving.on(path_of(bad), *FAULTS[fault](bad))
    for one in others:
        misbehaving.on(path_of(one), good(one))
    async with viewer_at(misbehaving.url) as viewer:
        viewer.loader.wish("viewer", [bad, *others], first=True)
        here: set[FrameRef] = set()
        failed: set[FrameRef] = set()
        async with asyncio.timeout(60):
            async for arrival in viewer.loader.arrivals("viewer"):
                (here if arrival.presence is Presence.HERE else failed).add(arrival.ref)
                if here == set(others) and failed:
                    break
        assert failed == {bad}
        assert viewer.values([bad]) == [-1]


async def test_one_who_looks_hears_why_and_sees_it_when_it_came_back(misbehaving: MisbehavingServer) -> None:
    misbehaving.on(path_of(ref(1)), Answer.refuses(404), good(ref(1)))
    async with viewer_at(misbehaving.url) as viewer:
        with pytest.raises(Exception, match="does not have this"):
            await viewer.loader.frame(ref(1))
        assert (await viewer.loader.frame(ref(1), again=True)).pixels[0, 0] == 1


class Line:
    """A line on this machine that can be taken away and put back at the same port."""

    def __init__(self, port: int) -> None:
        self._target, self.port = port, 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.flows = asyncio.Event()                             # while it is not set, nothing comes through
        self.flows.set()

    async def put(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def take(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            await asyncio.gather(self._copy(reader, forth), self._copy(back, writer))
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            forth.transport.abort()

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            await self.flows.wait()
            sink.write(data)
            await sink.drain()


async def test_the_network_goes_and_comes_back(misbehaving: MisbehavingServer) -> None:
    wanted = refs(*range(1, 31))
    for one in wanted:
        misbehaving.on(path_of(one), good(one))
    line = Line(misbehaving.port)
    await line.put()
    async with viewer_at(f"http://127.0.0.1:{line.port}/dicom-web") as viewer:
        await viewer.load(wanted[:10])
        await line.take()
        viewer.loader.wish("viewer", wanted, first=True)
        while not viewer.loader.status.trouble:                  # every transfer was refused
            await asyncio.sleep(0.01)
        assert "Nothing answers" in viewer.loader.status.trouble
        assert viewer.values(wanted[:10]) == [1] * 10            # what is here stays
        await line.put()
        await viewer.load(wanted)
        assert viewer.values(wanted) == [1] * 30
        assert viewer.loader.status.trouble == ""
        await line.take()


async def test_a_line_that_is_dead_for_longer_than_every_time_out(misbehaving: MisbehavingServer) -> None:
    """Connections stand, but nothing comes: as when a cable is pulled, or a laptop sleeps."""
    wanted = refs(*range(1, 21))
    for one in wanted:
        misbehaving.on(path_of(one), good(one))
    line = Line(misbehaving.port)
    await line.put()
    async with viewer_at(f"http://127.0.0.1:{line.port}/dicom-web") as viewer:
        await viewer.load(wanted[:5])
        line.flows.clear()
        viewer.loader.wish("viewer", wanted, first=True)
        async with asyncio.timeout(60):
            while viewer.loader.status.retries < 5:              # more than once, for all that was under way
                await asyncio.sleep(0.01)
        assert viewer.loader.status.trouble
        assert viewer.values(wanted) == [1] * 5 + [-1] * 15
        line.flows.set()
        await viewer.load(wanted)
        assert viewer.values(wanted) == [1] * 20
        assert viewer.loader.status.trouble == ""
        await line.take()


@pytest.mark.parametrize("disaster", ["disk full", "folder deleted"])
async def test_the_disk_fails_while_loading(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disaster: str
) -> None:
    wanted = refs(*range(1, 21))
    for one in wanted:
        misbehaving.on(path_of(one), good(one))
    disk = DiskCache(tmp_path / "cache", new_key())
    await disk.open()
    try:
        async with viewer_at(misbehaving.url, disk) as viewer:
            await viewer.load(wanted[:10])
            if disaster == "disk full":
                monkeypatch.setattr(disk, "_has_room_on_disk", lambda size: False)
            else:
                (tmp_path / "cache").rename(tmp_path / "gone")      # at once, whatever is being written
            await viewer.load(wanted)
            assert viewer.values(wanted) == [1] * 20
        async with viewer_at(misbehaving.url, disk) as viewer:       # what the disk lost comes from the archive again
            await viewer.load(wanted)
            assert viewer.values(wanted) == [1] * 20
    finally:
        disk.close()


async def test_orthanc_at_the_end_of_a_line_that_breaks(
    empty_orthanc: Orthanc, far_away: Callable[..., str], tmp_path: Path
) -> None:
    """One in ten half megabytes is cut: every image comes whole, and read again from the disk it is the same."""
    series = make_ct_series(tmp_path / "ct", 60, name="faults")
    empty_orthanc.put_all(list(series.files))
    url = far_away(empty_orthanc.url, rtt_ms=10, fault=0.1)
    wanted = [FrameRef(series.study_instance_uid, series.series_instance_uid, uid) for uid in series.sop_instance_uids]
    disk = DiskCache(tmp_path / "cache", new_key())
    await disk.open()
    try:
        for from_disk in (False, True):
            async with viewer_at(url, disk) as viewer:
                await viewer.load(wanted, within_s=100)
                assert viewer.loader._kept is not None
                await viewer.loader._kept.written()
                for one, file in zip(wanted, series.files, strict=True):
                    frame = viewer.frames.get((viewer.store.key, one))
                    assert frame is not None
                    assert np.array_equal(frame.pixels, decode_frame(open_instance(file)).pixels)
                assert (viewer.loader.status.bytes_received == 0) == from_disk
                assert from_disk or viewer.loader.status.retries > 0, "the line did not break"
    finally:
        disk.close()
