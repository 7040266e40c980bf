"""A frame that nothing here can decode is drawn by the archive, and says that it is no measure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pydicom
import pytest
from PIL import Image

from desktop_app.core.errors import CannotDecode
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
from desktop_app.services.decoder import Decoder
from desktop_app.services.drawn_frame import NOT_FOR_MEASUREMENT
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader

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
        loader = ImageLoader(store.key, client, decoder, FrameCache(2**24), draw=client.retrieve_rendered)
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
