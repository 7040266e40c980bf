"""The whole of the test data through the program's own services and a real Orthanc: every pixel compared."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Frame
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from desktop_app.imaging.decode import open_instance
from desktop_app.imaging.shown import shown_frame
from desktop_app.services.codec_process import CodecProcess
from desktop_app.services.decoder import Decoder
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.study_opener import SeriesOpened, open_study
from desktop_app.services.uploader import Uploader
from tests.support.orthanc import Orthanc

FRAMES_COMPARED_PER_INSTANCE = 3


@asynccontextmanager
async def services(url: str) -> AsyncIterator[tuple[DicomWebClient, ImageLoader, Uploader]]:
    store = Store("Orthanc", url)
    decoder = Decoder(2)
    async with build_http_client(store) as http:
        client = DicomWebClient(url, http)
        loader = ImageLoader(store.key, client, decoder, FrameCache(64 * 2**20))
        try:
            yield client, loader, Uploader(client, decoder)
        finally:
            await loader.close()
            decoder.stop()


async def upload(uploader: Uploader, folder: Path) -> list[UploadItem]:
    return [item async for event in uploader.upload([folder]) for item in event.judged]


async def all_studies(client: DicomWebClient) -> list[Study]:
    studies: list[Study] = []
    offset = 0
    while True:
        page = await client.search_studies(StudyQuery(), offset=offset, limit=50)
        studies.extend(page.items)
        if not page.more:
            return studies
        offset = page.next_offset


@pytest.mark.timeout(300)
async def test_everything_that_was_stored_comes_back_pixel_for_pixel(empty_orthanc: Orthanc, dicom_data: Path) -> None:
    async with services(empty_orthanc.url) as (client, loader, uploader):
        items = await upload(uploader, dicom_data)
        files = [path for path in dicom_data.rglob("*") if path.is_file()]
        assert len(items) == len(files), "every file gets one verdict"
        verdicts = Counter(item.verdict for item in items)
        assert verdicts[Verdict.STORED] > 300
        assert verdicts[Verdict.NOT_SENT] == 0, [item.reason for item in items if item.verdict is Verdict.NOT_SENT]

        stored = {item.sop_instance_uid: item for item in items if item.verdict is Verdict.STORED}
        studies = await all_studies(client)
        assert {study.study_instance_uid for study in studies} == {item.study_instance_uid for item in stored.values()}

        listed: set[str] = set()
        compared = 0
        codecs = CodecProcess()
        for study in studies:
            async for event in open_study(client, study.study_instance_uid):
                assert getattr(event, "error", None) is None, event
                if not isinstance(event, SeriesOpened):
                    continue
                for display_set in event.display_sets:
                    listed.update(ref.sop_instance_uid for ref in display_set.frames)
                    if display_set.is_image:
                        refs = [ref for ref in display_set.frames if ref.frame_number <= FRAMES_COMPARED_PER_INSTANCE]
                        for ref in refs:
                            compared += await same_as_in_the_file(
                                loader, ref, stored[ref.sop_instance_uid].path, codecs)
        codecs.close()
        assert listed == set(stored), "every stored instance is in a display set"
        assert compared > 300


def as_shown(path: Path, frame_number: int, codecs: CodecProcess) -> Frame:
    return shown_frame(open_instance(path), frame_number, codecs.read_video)


async def same_as_in_the_file(
    loader: ImageLoader, ref, path: Path, codecs: CodecProcess,  # type: ignore[no-untyped-def]
) -> bool:
    """Compares one frame; where the file itself cannot be shown, the archive's copy must fail alike."""
    try:
        expected = await asyncio.to_thread(as_shown, path, ref.frame_number, codecs)
    except DicomError as error:
        with pytest.raises(type(error)):
            await loader.frame(ref)
        return False
    frame = await loader.frame(ref)
    np.testing.assert_array_equal(frame.pixels, expected.pixels, err_msg=path.name)
    assert (frame.slope, frame.intercept, frame.windows, frame.plane) == (
        expected.slope, expected.intercept, expected.windows, expected.plane,
    ), path.name
    return True


@pytest.mark.timeout(120)
async def test_a_second_upload_is_already_there_and_another_content_is_a_conflict(
    empty_orthanc: Orthanc, dicom_data: Path, tmp_path: Path
) -> None:
    import pydicom

    source = next(dicom_data.rglob("CT_small.dcm"))
    async with services(empty_orthanc.url) as (_, _, uploader):
        (first,) = await upload(uploader, source)
        (again,) = await upload(uploader, source)
        dataset = pydicom.dcmread(source)
        dataset.SeriesDescription = "Changed"
        dataset.save_as(tmp_path / "changed.dcm")
        (changed,) = await upload(uploader, tmp_path)
    assert [first.verdict, again.verdict, changed.verdict] == [Verdict.STORED, Verdict.ALREADY_THERE, Verdict.CONFLICT]
