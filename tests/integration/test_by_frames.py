"""Large instances by frames, from Orthanc, from the program's own archive, and from servers that cannot do it well."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import numpy as np
import pydicom
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.core.deletion import DeletionTarget, Level
from desktop_app.core.errors import DicomError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.core.study import Instance
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
from desktop_app.imaging.decode import open_instance
from desktop_app.imaging.shown import shown_frame
from desktop_app.services import by_frames
from desktop_app.services.decoder import Decoder
from desktop_app.services.deletion import delete
from desktop_app.services.disk_cache import DiskCache, new_key
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.wanted import Presence
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.orthanc import Orthanc
from tests.unit.services.images import EDGE, image, ref

FILES = (
    "emri_small.dcm", "emri_small_jpeg_2k_lossless.dcm", "6_1.dcm", "examples_ybr_color.dcm",
    "multi_frame_jpeg_camelyon_challenge_image.dcm", "sm_image_jpegls.dcm", "seg_image_ct_binary.dcm",
)


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_frames, "LARGE_BYTES", 1)
    monkeypatch.setattr(by_frames, "_PART_FRAMES", 4)


@dataclass
class Reader:
    """A loader of its own, and what it asked the archive for."""

    loader: ImageLoader
    frames: FrameCache
    store_key: str
    asked: list[str] = field(default_factory=list)

    async def load(self, wanted: Sequence[FrameRef], within_s: float = 30.0) -> list[FrameRef]:
        """Waits until every frame is here; returns them as they came."""
        self.loader.wish("viewer", wanted, first=True)
        came: dict[FrameRef, None] = {}
        async with asyncio.timeout(within_s):
            async for arrival in self.loader.arrivals("viewer"):
                if arrival.presence is Presence.HERE:
                    came[arrival.ref] = None
                if len(came) == len(wanted):
                    break
        return list(came)

    def pixels(self, one: FrameRef) -> object:
        frame = self.frames.get((self.store_key, one))
        assert frame is not None
        return frame.pixels

    def of_pixels(self) -> list[str]:
        """What was asked for but lists and metadata, below the instance."""
        return [path.partition("/instances/")[2].partition("/")[2] for path in self.asked if "metadata" not in path]


@asynccontextmanager
async def reader_at(
    url: str, disk: DiskCache | None = None, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Reader]:
    store = Store("test", url)
    http = build_http_client(store, transport=transport, idle_timeout_s=0.5)
    decoder, frames = Decoder(threads=2), FrameCache(512 * 2**20)
    loader = ImageLoader(
        store.key, DicomWebClient(url, http, retry=NO_RETRY), decoder, frames, disk=disk)
    reader = Reader(loader, frames, store.key)

    async def note(request: httpx.Request) -> None:
        reader.asked.append(request.url.path)

    http.event_hooks = {"request": [note], "response": []}
    try:
        yield reader
    finally:
        await loader.close()
        await http.aclose()
        await asyncio.to_thread(decoder.stop)


def listed(data: bytes) -> tuple[Instance, list[FrameRef]]:
    instance = open_instance(data).instance
    uids = (instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid)
    return instance, [FrameRef(*uids, number) for number in range(1, instance.frames + 1)]


@pytest.fixture(params=["Orthanc", "own archive"])
async def place(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[str, httpx.AsyncBaseTransport | None, object]]:
    """Address and transport of an archive, and what puts an object there."""
    if request.param == "Orthanc":
        orthanc: Orthanc = request.getfixturevalue("empty_orthanc")
        yield orthanc.url, None, orthanc.put
    else:
        archive = await Archive.open(tmp_path / "archive")
        transport = AsgiTransport(create_app(archive))

        async def put(data: bytes) -> None:
            async with build_http_client(Store.local(), transport=AsgiTransport(create_app(archive))) as http:
                await DicomWebClient(Store.local().url, http).store([data])

        yield Store.local().url, transport, put
        await archive.close()


async def store(put: object, data: bytes) -> None:
    done = put(data)                                                       # type: ignore[operator]
    if asyncio.iscoroutine(done):
        await done


@pytest.mark.parametrize("name", FILES)
async def test_frames_are_the_same_as_from_the_whole(
    place: tuple[str, httpx.AsyncBaseTransport | None, object], dicom_data: Path, tmp_path: Path, name: str
) -> None:
    """Pixels, windows, planes and facts, frame by frame; the instance itself is never asked for, and read again from
    the disk nothing is asked for at all."""
    url, transport, put = place
    data = next(dicom_data.rglob(name)).read_bytes()
    instance, wanted = listed(data)
    await store(put, data)
    whole = open_instance(data)
    disk = DiskCache(tmp_path / "cache", new_key())
    await disk.open()
    try:
        for again in (False, True):
            async with reader_at(url, disk, transport) as reader:
                reader.loader.expect([instance])
                await reader.load(wanted)
                for one in wanted:
                    frame, expected = reader.frames.get((reader.store_key, one)), shown_frame(whole, one.frame_number)
                    assert frame is not None and np.array_equal(frame.pixels, expected.pixels)
                    assert (frame.plane, frame.windows, frame.slope, frame.intercept) == (
                        expected.plane, expected.windows, expected.slope, expected.intercept)
                    assert frame.facts.spacing_mm == expected.facts.spacing_mm
                    assert frame.facts.patient_name == expected.facts.patient_name
                if again:
                    assert reader.asked == []
                else:
                    parts = [path for path in reader.of_pixels() if not path.startswith("bulk")]
                    assert all(path.startswith("frames/") for path in parts) and len(parts) == -(-len(wanted) // 4)
                assert reader.loader._kept is not None
                await reader.loader._kept.written()
    finally:
        disk.close()
        if isinstance(transport, AsgiTransport):
            await transport.aclose()


# -- servers that cannot do it well ------------------------------------------------------------------------------------


def path_of(one: FrameRef) -> str:
    return f"studies/{one.study_instance_uid}/series/{one.series_instance_uid}/instances/{one.sop_instance_uid}"


def header_of(one: FrameRef, frames: int, **other: object) -> Answer:
    dataset = pydicom.dcmread(pydicom.filebase.DicomBytesIO(image(one, frames)))
    del dataset.PixelData
    for name, value in other.items():
        if name == "add":
            dataset.add_new(value, "US", EDGE)
        else:
            setattr(dataset, name, value)
    return Answer.of_json([dataset.to_json_dict()])


def frames_body(numbers: Sequence[int], length: int = EDGE * EDGE) -> Answer:
    parts = b"".join(
        b"--b\r\nContent-Type: application/octet-stream\r\n\r\n" + np.full(length, number, "<u2").tobytes() + b"\r\n"
        for number in numbers)
    return Answer(200, parts + b"--b--\r\n", 'multipart/related; type="application/octet-stream"; boundary=b')


def serve(server: MisbehavingServer, one: FrameRef, frames: int = 6) -> None:
    """All as it should be: frames 1–4 and 5–6, metadata, and the whole."""
    server.on(path_of(one), Answer(200, image(one, frames), "application/dicom"))
    server.on(path_of(one) + "/metadata", header_of(one, frames))
    server.on(path_of(one) + "/frames/1,2,3,4", frames_body([1, 2, 3, 4]))
    server.on(path_of(one) + "/frames/5,6", frames_body([5, 6]))


def six() -> tuple[Instance, list[FrameRef]]:
    return listed(image(ref(1), 6))


async def read(server: MisbehavingServer, *, looking: bool = False) -> tuple[list[int], list[str]]:
    """The value of each frame, and what was asked for. `looking`: someone waits for them, so that it is tried again
    sooner."""
    instance, wanted = six()
    async with reader_at(server.url) as reader:
        reader.loader.expect([instance])
        if looking:
            await asyncio.gather(*map(reader.loader.frame, wanted))
        else:
            await reader.load(wanted)
        return [int(reader.pixels(one)[0, 0]) for one in wanted], reader.of_pixels()      # type: ignore[index]


async def test_it_comes_by_frames(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and sorted(asked) == ["frames/1,2,3,4", "frames/5,6"]


REFUSALS = {
    "no such service": Answer.refuses(404), "not acceptable": Answer.refuses(406), "not done yet": Answer.refuses(501),
    "a web page": Answer.html(), "frames of another size": frames_body([1, 2, 3, 4], 5), "one frame too few":
    frames_body([1, 2, 3]), "nothing": Answer.nothing(), "fails again and again": Answer.refuses(500),
}


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS)
async def test_what_cannot_be_had_by_frames_comes_as_a_whole(misbehaving: MisbehavingServer, answer: Answer) -> None:
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/frames", answer)
    for part in ("1,2,3,4", "5,6"):
        misbehaving.on(f"{path_of(ref(1))}/frames/{part}", answer)
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and "" in asked


HEADERS = {
    "none": Answer.refuses(404), "of another instance": header_of(ref(2), 6), "empty": Answer.empty_list(),
    "without a size": Answer.of_json([{"00080018": {"vr": "UI", "Value": [ref(1).sop_instance_uid]}}]),
    "with an overlay in the pixels": header_of(ref(1), 6, add=0x60000010),
    "with wide pixels": header_of(ref(1), 6, BitsAllocated=32),
    "no JSON": Answer.wrong_content(),
}


@pytest.mark.parametrize("answer", HEADERS.values(), ids=HEADERS)
async def test_frames_that_nothing_explains_are_not_shown(misbehaving: MisbehavingServer, answer: Answer) -> None:
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/metadata", answer)
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and "" in asked


@pytest.mark.parametrize(
    "fault",
    [Answer.refuses(503), Answer.refuses(500), Answer.connection_reset(), frames_body([1, 2, 3, 4]).cut()],
    ids=["503", "500", "reset", "cut"],
)
async def test_what_fails_once_is_asked_for_again(misbehaving: MisbehavingServer, fault: Answer) -> None:
    """By frames: the whole is not fetched for a fault of the line."""
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/frames/1,2,3,4", fault, frames_body([1, 2, 3, 4]))
    values, asked = await read(misbehaving, looking=True)
    assert values == [1, 2, 3, 4, 5, 6] and "" not in asked


async def test_silence_is_noticed_and_healed(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    whole = frames_body([1, 2, 3, 4])
    misbehaving.on(path_of(ref(1)) + "/frames/1,2,3,4", whole.stalling(200), whole)
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and "" not in asked


async def test_metadata_that_fail_once_are_asked_for_again(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/metadata", Answer.connection_reset(), header_of(ref(1), 6))
    values, asked = await read(misbehaving, looking=True)
    assert values == [1, 2, 3, 4, 5, 6] and "" not in asked


async def test_a_demand_brings_its_part_first(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([instance])
        frame = await reader.loader.frame(wanted[4])
        assert frame.pixels[0, 0] == 5 and frame.ref == wanted[4] and reader.of_pixels() == ["frames/5,6"]
        assert len(reader.loader._objects) == 0


async def test_a_demand_survives_that_frames_cannot_be_had(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/frames/5,6", Answer.refuses(404))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([instance])
        first, last = await asyncio.gather(reader.loader.frame(wanted[0]), reader.loader.frame(wanted[5]))
        assert (first.pixels[0, 0], last.pixels[0, 0]) == (1, 6)


async def test_an_instance_that_is_gone_is_told(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.refuses(404))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([instance])
        with pytest.raises(Exception, match="does not have this any more"):
            await reader.loader.frame(wanted[5])
        reader.loader.wish("viewer", wanted)
        async with asyncio.timeout(10):
            failed = [arrival async for arrival in first(reader.loader.arrivals("viewer"), 6)]
        assert {arrival.presence for arrival in failed} == {Presence.FAILED}


async def first(items: AsyncIterator[object], count: int) -> AsyncIterator[object]:
    async for item in items:
        yield item
        count -= 1
        if not count:
            return


async def test_leaving_ends_the_metadata_too(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    misbehaving.on(path_of(ref(1)) + "/metadata", header_of(ref(1), 6).stalling(10))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([instance])
        reader.loader.wish("viewer", wanted, first=True)
        while not any("metadata" in path for path in reader.asked):
            await asyncio.sleep(0.01)
        reader.loader.forget("viewer")
        await asyncio.sleep(0)
        assert not reader.loader._by_frames._headers and reader.loader.status.waiting == 0


async def test_small_ones_and_those_on_disk_as_a_whole_stay_whole(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(misbehaving, ref(1))
    instance, wanted = six()
    disk = DiskCache(tmp_path / "cache", new_key())
    await disk.open()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(by_frames, "LARGE_BYTES", 6 * EDGE * EDGE * 2 + 1)
            async with reader_at(misbehaving.url, disk) as reader:
                reader.loader.expect([instance])
                await reader.load(wanted)
                assert reader.of_pixels() == [""] and reader.loader._kept is not None
                await reader.loader._kept.written()
        async with reader_at(misbehaving.url, disk) as reader:
            reader.loader.expect([instance])
            await reader.load(wanted)
            assert reader.asked == []
    finally:
        disk.close()


@pytest.mark.parametrize("level", list(Level))
async def test_what_was_deleted_from_the_archive_goes_from_the_disk_with_all_its_parts(
    tmp_path: Path, level: Level
) -> None:
    archive, disk = await Archive.open(tmp_path / "archive"), DiskCache(tmp_path / "cache", new_key())
    await disk.open()
    data = image(ref(1), 6)
    await archive.store_bytes(data)
    instance, wanted = listed(data)
    uids = (instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid)
    transport = AsgiTransport(create_app(archive))
    try:
        async with reader_at("http://archive.test/dicom-web", disk, transport) as reader:
            reader.loader.expect([instance])
            await reader.load(wanted)
            assert reader.loader._kept is not None
            await reader.loader._kept.written()
            assert {path.partition("/")[0] for path in reader.of_pixels()} == {"frames"} and disk.nbytes
            client = reader.loader._client
            async for _ in delete(client, reader.store_key, DeletionTarget(*uids[:1 + list(Level).index(level)]), disk):
                pass
        assert disk.nbytes == 0
    finally:
        disk.close()
        await archive.close()


async def test_a_damaged_codestream_is_looked_for_in_the_whole(misbehaving: MisbehavingServer) -> None:
    """What cannot be decoded from a frame is told only when the whole instance says the same."""
    serve(misbehaving, ref(1))
    part = b"--b\r\nContent-Type: image/jp2; transfer-syntax=1.2.840.10008.1.2.4.90\r\n\r\nnonsense\r\n"
    broken = Answer(200, part * 4 + b"--b--\r\n", "multipart/related; boundary=b")
    misbehaving.on(path_of(ref(1)) + "/frames/1,2,3,4", broken)
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and "" in asked
    misbehaving.on(path_of(ref(1)), Answer(200, image(ref(1), 6, pixels=False), "application/dicom"))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([instance])
        with pytest.raises(DicomError):
            await reader.loader.frame(wanted[0])


def test_the_json_of_metadata_is_never_trusted_to_be_whole() -> None:
    """A header from disk that is cut off is read from the archive again, not shown."""
    from desktop_app.services.frame_parts import pack_header, read_header

    packed = pack_header(json.loads(header_of(ref(1), 6).body)[0], {"a": b"\0\1"})
    assert read_header(packed, ref(1)).bulk == {"a": b"\0\1"}
    for broken in (packed[:-5], b"", b"[]", b"[1,2]", b'[{}, {"a": 3}]'):
        with pytest.raises(DicomError):
            read_header(broken, ref(1))


@pytest.mark.parametrize("told", [
    {"transfer_syntax_uid": "1.2.840.10008.1.2.4.102"}, {"transfer_syntax_uid": "1.2.840.10008.1.2.4.108"},
    {"sop_class_uid": "1.2.840.10008.5.1.4.1.1.77.1.1.1"}])
async def test_a_video_is_fetched_as_a_whole(misbehaving: MisbehavingServer, told: dict[str, str]) -> None:
    """All its frames are in one stream: no frame of it is asked for."""
    serve(misbehaving, ref(1))
    instance, wanted = six()
    async with reader_at(misbehaving.url) as reader:
        reader.loader.expect([replace(instance, **({"transfer_syntax_uid": ""} | told))])
        await reader.load(wanted)
        assert reader.of_pixels() == [""]


async def test_a_video_that_comes_instead_of_frames_is_no_frame(misbehaving: MisbehavingServer) -> None:
    serve(misbehaving, ref(1))
    part = b"--b\r\nContent-Type: video/mp4; transfer-syntax=1.2.840.10008.1.2.4.102\r\n\r\nstream\r\n"
    misbehaving.on(path_of(ref(1)) + "/frames/1,2,3,4",
                   Answer(200, part * 4 + b"--b--\r\n", "multipart/related; boundary=b"))
    values, asked = await read(misbehaving)
    assert values == [1, 2, 3, 4, 5, 6] and "" in asked
