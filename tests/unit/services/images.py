"""Small images as Part 10 bytes, an archive that hands them out, and a decoder without threads."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from desktop_app.core.errors import LightboxError, NotFound
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study import Instance, Series
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.services.decoder import Urgency
from tests.unit.services.fake_clock import settle

T = TypeVar("T")
STUDY = "1.2.826.0.1.3680043.8.498.1"
EDGE = 8
FRAME_BYTES = EDGE * EDGE * 2


def ref(number: int, frame_number: int = 1, series: str = "1.2.3.4") -> FrameRef:
    return FrameRef(STUDY, series, f"{series}.{number}", frame_number)


def refs(*numbers: int, series: str = "1.2.3.4") -> list[FrameRef]:
    return [ref(number, series=series) for number in numbers]


def image(of: FrameRef, frames: int = 1, *, sop_instance_uid: str = "", pixels: bool = True) -> bytes:
    """A grey image whose every pixel is its frame number."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    uid = sop_instance_uid or of.sop_instance_uid
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = uid
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = of.study_instance_uid, of.series_instance_uid
    if pixels:
        dataset.Rows = dataset.Columns = EDGE
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.BitsAllocated = dataset.BitsStored = 16
        dataset.HighBit, dataset.PixelRepresentation = 15, 0
        if frames > 1:
            dataset.NumberOfFrames = frames
        values = np.repeat(np.arange(1, frames + 1, dtype=np.uint16), EDGE * EDGE)
        dataset.PixelData = values.tobytes()
    buffer = io.BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


class Gate:
    """Where something waits until the test lets it pass."""

    def __init__(self) -> None:
        self.waiting: dict[Any, asyncio.Future[Any]] = {}
        self.came: list[Any] = []
        self.open = True

    async def enter(self, name: Any) -> Any:
        self.came.append(name)
        if self.open:
            return None
        future = self.waiting[name] = asyncio.get_running_loop().create_future()
        try:
            return await future
        finally:
            self.waiting.pop(name, None)

    async def let(self, *names: Any, error: BaseException | None = None) -> None:
        for name in names:
            if error is None:
                self.waiting[name].set_result(None)
            else:
                self.waiting[name].set_exception(error)
            await settle()


class ThreadlessDecoder:
    """Runs at once on the loop, or when its gate opens; the gate is named by the function and its last argument."""

    width = 2

    def __init__(self) -> None:
        self.gate = Gate()
        self.urgencies: list[tuple[str, Urgency]] = []

    async def run(self, function: Callable[..., T], *arguments: Any, urgency: Urgency = Urgency.LATER) -> T:
        name = getattr(function, "__name__", "work").strip("_<>")
        self.urgencies.append((name, urgency))
        if name == "decode_shown":
            await self.gate.enter(arguments[-1])
        else:
            await asyncio.sleep(0)
        return function(*arguments)


class FakeArchive:
    """The verbs of DicomWebClient that the loader, the opener and the thumbnails use."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.gate = Gate()
        self.gives_glimpses = False             # whether a list of one comes at once
        self.asked: list[str] = []
        self.dialect = Dialect()
        self.metrics: tuple[int | None, int | None] | LightboxError = (None, None)
        self.series: list[Series] = []
        self.instances: dict[str, list[Instance]] = {}
        self.pictures: dict[str, bytes | Exception] = {
            "thumbnail": NotFound(status=404), "rendered": NotFound(status=404),
        }

    def hold(self, *images: FrameRef, frames: int = 1) -> None:
        for one in images:
            self.objects[one.sop_instance_uid] = image(one, frames)

    async def retrieve_instance(
        self, study_uid: str, series_uid: str, sop_uid: str, *, on_bytes: Callable[[int], None] | None = None,
        on_length: Callable[[int], None] | None = None,
    ) -> bytes:
        self.asked.append(sop_uid)
        await self.gate.enter(sop_uid)
        data = self.objects[sop_uid]
        if on_length is not None:
            on_length(len(data))
        if on_bytes is not None:
            on_bytes(len(data))
        return data

    async def study_metrics(self, study_uid: str) -> tuple[int | None, int | None]:
        if isinstance(self.metrics, LightboxError):
            raise self.metrics
        return self.metrics

    async def iter_series(self, study_uid: str) -> AsyncIterator[Series]:
        for series in self.series:
            yield series

    async def iter_instances(
        self, study_uid: str, series_uid: str, *, limit: int | None = None
    ) -> AsyncIterator[Instance]:
        if limit == 1 and not self.gives_glimpses:
            return
        if limit != 1:
            await self.gate.enter(series_uid)
        for instance in self.instances.get(series_uid, ())[:limit]:
            yield instance

    async def retrieve_thumbnail(self, study_uid: str, series_uid: str, sop_uid: str, **options: Any) -> bytes:
        return await self._picture("thumbnail")

    async def retrieve_rendered(self, study_uid: str, series_uid: str, sop_uid: str, **options: Any) -> bytes:
        return await self._picture("rendered")

    async def _picture(self, kind: str) -> bytes:
        self.asked.append(kind)
        await asyncio.sleep(0)
        answer = self.pictures[kind]
        if isinstance(answer, Exception):
            raise answer
        return answer
