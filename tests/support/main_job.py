"""The program's main job through its own services, as tests drive it: search, open, upload."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from desktop_app.archive.archive import Archive
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store, System
from desktop_app.core.study import Study
from desktop_app.core.upload import UploadItem
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.dialect import Knowledge
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.services.decoder import Decoder
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.study_opener import SeriesOpened, open_study
from desktop_app.services.uploader import Uploader
from tests.support.systems import SystemServer


@dataclass
class Place:
    """One system that runs: its address, its archive to look behind, its server to see what was asked."""

    url: str
    system: System
    archive: Archive | None = None
    server: SystemServer | None = None


@asynccontextmanager
async def services(
    place: Place, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[tuple[DicomWebClient, ImageLoader, Uploader]]:
    store = Store("PACS", place.url, system=place.system)
    decoder = Decoder(2)
    async with build_http_client(store, transport=transport) as http:
        client = DicomWebClient(place.url, http, Knowledge(dialect_for(place.url, place.system)))
        loader = ImageLoader(store.key, client.with_retry(NO_RETRY), decoder, FrameCache(64 * 2**20))
        try:
            yield client, loader, Uploader(client, decoder)
        finally:
            await loader.close()
            decoder.stop()


async def upload(uploader: Uploader, paths: list[Path]) -> list[UploadItem]:
    return [item async for event in uploader.upload(paths) for item in event.judged]


async def search(client: DicomWebClient, query: StudyQuery, limit: int = 2) -> list[Study]:
    studies: dict[str, Study] = {}
    offset = 0
    for _ in range(50):
        page = await client.search_studies(query, offset=offset, limit=limit)
        studies.update({study.study_instance_uid: study for study in page.items})
        if not page.more:
            return list(studies.values())
        offset = page.next_offset
    raise AssertionError("the pages do not end")


async def opened(client: DicomWebClient, loader: ImageLoader, study_uid: str) -> dict[str, np.ndarray]:
    """The pixels of the first frame of every image of a study, by SOP Instance UID."""
    found = {}
    async for event in open_study(client, study_uid):
        assert getattr(event, "error", None) is None, event
        if isinstance(event, SeriesOpened):
            for display_set in event.display_sets:
                for ref in display_set.frames if display_set.is_image else ():
                    if ref.frame_number == 1:
                        found[ref.sop_instance_uid] = (await loader.frame(ref)).pixels
    return found


def of_file(path: Path) -> tuple[str, str, np.ndarray]:
    instance = open_instance(path)
    frame = decode_frame(instance, 1)
    return instance.instance.study_instance_uid, instance.instance.sop_instance_uid, frame.pixels
