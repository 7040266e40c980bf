"""A frame that nothing here can decode is decompressed by the archive, or drawn by it, and says so."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import numpy as np
import pydicom
import pytest
from PIL import Image

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.core.errors import CannotDecode
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
from desktop_app.imaging import codecs
from desktop_app.imaging.decode import DicomObject, decode_frame, open_instance, video_frame
from desktop_app.imaging.video import VideoStream
from desktop_app.services.decoder import Decoder
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.last_resort import DECOMPRESSED_THERE, NOT_FOR_MEASUREMENT, LastResort
from tests.support.misbehaving import Answer
from tests.support.orthanc import Orthanc

UNREADABLE = "1.2.840.10008.1.2.4.95"          # JPIP referenced, deflated: the pixels are elsewhere


@pytest.fixture(scope="module")
def odd_object(dicom_data: Path) -> tuple[bytes, FrameRef]:
    dataset = pydicom.dcmread(next(dicom_data.rglob("CT_small.dcm")))
    dataset.PixelData = pydicom.encaps.encapsulate([b"no codec knows this" * 10])
    dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OB", True
    file = io.BytesIO()
    dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.90"
    dataset.save_as(file)
    data = file.getvalue().replace(b"1.2.840.10008.1.2.4.90", UNREADABLE.encode())
    return data, FrameRef(dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID)


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    made = Decoder(1)
    yield made
    made.stop()


def server(data: bytes, draws: bool) -> httpx.MockTransport:
    picture = io.BytesIO()
    Image.fromarray(np.full((128, 128), 77, np.uint8)).save(picture, "JPEG")

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/rendered"):
            return httpx.Response(200, content=picture.getvalue(), headers={"content-type": "image/jpeg"}) if draws \
                else httpx.Response(404)
        if "transfer-syntax=1.2.840.10008.1.2.1" in request.headers["accept"]:
            return httpx.Response(406)
        return httpx.Response(200, content=data, headers={"content-type": "application/dicom"})
    return httpx.MockTransport(answer)


@pytest.mark.parametrize("draws", [True, False])
async def test_the_archive_draws_what_cannot_be_decoded(
    odd_object: tuple[bytes, FrameRef], decoder: Decoder, draws: bool
) -> None:
    data, ref = odd_object
    store = Store("PACS", "https://pacs.example.org/rs")
    async with build_http_client(store, transport=server(data, draws)) as http:
        client = DicomWebClient(store.url, http, retry=NO_RETRY)
        loader = ImageLoader(store.key, client, decoder, FrameCache(2**24), last_resort=LastResort(client, decoder))
        try:
            if not draws:
                with pytest.raises(CannotDecode):
                    await loader.frame(ref)
                return
            frame = await loader.frame(ref)
        finally:
            await loader.close()
    assert (frame.rows, frame.columns, frame.is_colour) == (128, 128, True)
    assert abs(int(frame.pixels[64, 64, 0]) - 77) <= 1
    assert frame.facts.warnings[0] == NOT_FOR_MEASUREMENT
    assert (frame.plane, frame.facts.spacing_mm, frame.facts.patient_id) == (None, None, "1CT1")


@pytest.mark.parametrize("name", ["CT_small.dcm", "OBXXXX1A_rle.dcm", "examples_palette.dcm", "image_dfl.dcm"])
def test_a_drawn_picture_is_shown_as_it_was_drawn(dicom_data: Path, name: str) -> None:
    """Whatever the pixels of the object are: grey of many bits, a palette."""
    path = next(dicom_data.rglob(name), None)
    if path is None:
        pytest.skip(f"{name} is not among the test data")
    obj = open_instance(path)
    drawn = np.random.default_rng(1).integers(0, 256, (*decode_frame(obj).pixels.shape[:2], 3), np.uint8)
    frame = video_frame(obj, 1, drawn)
    assert frame.pixels.dtype == np.uint8 and np.array_equal(frame.pixels, drawn) and frame.is_colour


# -- videos ------------------------------------------------------------------------------------------------------------


async def test_a_video_is_drawn_frame_by_frame_where_nothing_here_plays_it(
    dicom_data: Path, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (dicom_data / "synthetic" / "video_mpeg4_avc_hp41.dcm").read_bytes()
    instance = open_instance(data).instance
    monkeypatch.setitem(sys.modules, "cv2", None)               # as if OpenCV were not installed

    def read_video(obj: DicomObject, number: int) -> np.ndarray:
        fmt = obj.pixel_format
        return VideoStream(obj.video_bytes(), obj.transfer_syntax_uid, fmt.rows, fmt.columns).frame(number)

    monkeypatch.setattr(decoder.guard.codecs, "read_video", read_video)     # else in another process
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path.rpartition("/instances/")[2].partition("/")[2])
        return server(data, draws=True).handler(request)                        # type: ignore[return-value]

    uids = instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid
    store = Store("PACS", "https://pacs.example.org/rs")
    async with build_http_client(store, transport=httpx.MockTransport(answer)) as http:
        client = DicomWebClient(store.url, http, retry=NO_RETRY)
        loader = ImageLoader(store.key, client, decoder, FrameCache(2**26), last_resort=LastResort(client, decoder))
        try:
            frames = await asyncio.gather(*(loader.frame(FrameRef(*uids, number)) for number in (1, 50)))
        finally:
            await loader.close()
    assert sorted(asked) == ["", "frames/1/rendered", "frames/50/rendered"], "and it is not asked for another coding"
    for frame, number in zip(frames, (1, 50), strict=True):
        assert frame.ref.frame_number == number and frame.facts.warnings[0] == NOT_FOR_MEASUREMENT
        assert frame.facts.spacing_mm is None


# -- decompressed by the archive ---------------------------------------------------------------------------------------

JPEG_LS = "1.2.840.10008.1.2.4.80"


@asynccontextmanager
async def reading(url: str, decoder: Decoder, transport: httpx.AsyncBaseTransport | None = None
                  ) -> AsyncIterator[tuple[ImageLoader, DicomWebClient]]:
    async with build_http_client(Store("PACS", url), transport=transport) as http:
        client = DicomWebClient(url, http, retry=NO_RETRY)
        loader = ImageLoader("k", client, decoder, FrameCache(2**26), last_resort=LastResort(client, decoder))
        try:
            yield loader, client
        finally:
            await loader.close()


@pytest.mark.parametrize("name", ["MR_small_jpeg_ls_lossless.dcm", "emri_small_jpeg_ls_lossless.dcm"])
async def test_orthanc_decompresses_what_cannot_be_read_here(
    empty_orthanc: Orthanc, dicom_data: Path, decoder: Decoder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As if this program knew no JPEG-LS: the values are the same."""
    data = next(dicom_data.rglob(name)).read_bytes()
    whole = open_instance(data)
    instance = whole.instance
    expected = {number: decode_frame(whole, number) for number in range(1, min(3, instance.frames) + 1)}
    empty_orthanc.put(data)
    for syntax in (JPEG_LS, "1.2.840.10008.1.2.4.81"):
        monkeypatch.delitem(codecs._DECODERS, syntax)
    uids = instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid
    async with reading(empty_orthanc.url, decoder) as (loader, _):
        for number, frame in expected.items():
            found = await loader.frame(FrameRef(*uids, number))
            assert np.array_equal(found.pixels, frame.pixels) and found.windows == frame.windows
            assert found.facts.warnings[0] == DECOMPRESSED_THERE and found.facts.spacing_mm == frame.facts.spacing_mm


async def test_our_own_archive_decompresses_on_request(dicom_data: Path, tmp_path: Path) -> None:
    data = next(dicom_data.rglob("MR_small_jpeg_ls_lossless.dcm")).read_bytes()
    whole = open_instance(data)
    instance = whole.instance
    archive = await Archive.open(tmp_path / "archive")
    try:
        async with build_http_client(Store.local(), transport=AsgiTransport(create_app(archive))) as http:
            client = DicomWebClient(Store.local().url, http)
            await client.store([data])
            found = open_instance(await client.retrieve_transcoded(
                instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid))
    finally:
        await archive.close()
    assert found.transfer_syntax_uid == "1.2.840.10008.1.2.1" and whole.transfer_syntax_uid != found.transfer_syntax_uid
    assert np.array_equal(decode_frame(found).pixels, decode_frame(whole).pixels)


@pytest.mark.parametrize("answer", [
    Answer.refuses(406), Answer.refuses(500), Answer.html(), Answer.nothing(), None],
    ids=["refuses", "fails", "a web page", "nothing", "sends what it has"])
async def test_an_archive_that_does_not_decompress_is_asked_once_and_draws(
    odd_object: tuple[bytes, FrameRef], decoder: Decoder, answer: Answer | None
) -> None:
    data, ref = odd_object
    asked = 0

    def serve(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        if "transfer-syntax=1.2.840.10008.1.2.1" not in request.headers["accept"]:
            return server(data, draws=True).handler(request)                    # type: ignore[return-value]
        asked += 1
        if answer is None:
            return httpx.Response(200, content=data, headers={"content-type": "application/dicom"})
        return httpx.Response(answer.status, content=answer.body, headers={"content-type": answer.content_type})

    async with reading("https://pacs.example.org/rs", decoder, httpx.MockTransport(serve)) as (loader, _):
        frame = await loader.frame(ref)
        once = asked
        await loader.frame(ref, again=True)
    assert frame.facts.warnings[0] == NOT_FOR_MEASUREMENT and 1 <= once <= 3 and asked == once
