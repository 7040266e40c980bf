"""An archive that does what a test wrote down, and files to send to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from desktop_app.core.errors import NotFound
from desktop_app.core.study import Instance
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.store_response import FailedInstance, StoredInstance, StoreResponse

STUDY, SERIES = "1.2.3", "1.2.3.4"


def dicom_bytes(uid: str, *, series: str = SERIES, study: str = STUDY, note: str = "", filler: int = 0) -> bytes:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = CTImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = uid
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study, series
    dataset.PatientID, dataset.StudyDate = "P-1", "20200102"
    dataset.ImageComments = note
    dataset.PixelData = b"\0" * (filler + filler % 2)
    dataset["PixelData"].VR = "OW"
    target = BytesIO()
    dataset.save_as(target, enforce_file_format=True)
    return target.getvalue()


def dicom_file(folder: Path, uid: str, **attributes: object) -> Path:
    path = folder / f"{uid}.dcm"
    path.write_bytes(dicom_bytes(uid, **attributes))  # type: ignore[arg-type]
    return path


def uid_of(data: bytes) -> str:
    return str(pydicom.dcmread(BytesIO(data), specific_tags=["SOPInstanceUID"]).SOPInstanceUID)


class FakeArchive:
    """The client's verbs that an upload uses. `answers` are taken one per store request before it behaves."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.sent: Counter[str] = Counter()
        self.requests: list[list[str]] = []
        self.storage_classes: list[str] = []
        self.refuses: dict[str, FailedInstance] = {}
        self.answers: list[Callable[[list[str]], StoreResponse | None]] = []
        self.hides: set[str] = set()
        self.list_errors: list[Exception] = []
        self.ping_errors: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.listed = 0
        self.asked_among: list[tuple[str, ...]] = []
        self.answer_among: Callable[[Iterable[str]], Iterable[str]] = tuple
        self.dialect = Dialect()

    async def ping(self) -> None:
        if self.ping_errors:
            raise self.ping_errors.pop(0)

    async def iter_instances(
        self, study_uid: str, series_uid: str, *, only_uids: bool = False
    ) -> AsyncIterator[Instance]:
        self.listed += 1
        if self.list_errors:
            raise self.list_errors.pop(0)
        if not self.held:
            raise NotFound(status=404)
        for uid in self.held:
            if uid not in self.hides:
                yield Instance(study_uid, series_uid, uid)

    async def list_among(self, study_uid: str, series_uid: str, uids: Sequence[str]) -> frozenset[str]:
        self.asked_among.append(tuple(uids))
        return frozenset(self.answer_among(uid for uid in uids if uid in self.held and uid not in self.hides))

    async def retrieve_instance(self, study_uid: str, series_uid: str, sop_uid: str) -> bytes:
        return self.held[sop_uid]

    async def store(
        self, instances: Sequence[Path | bytes], *, on_bytes: Callable[[int], None] | None = None,
        storage_class: str = "",
    ) -> StoreResponse:
        self.storage_classes += [storage_class] if storage_class else []
        files = [one if isinstance(one, bytes) else one.read_bytes() for one in instances]
        uids = [uid_of(data) for data in files]
        self.requests.append(uids)
        self.sent.update(uids)
        if on_bytes is not None:
            on_bytes(sum(len(data) for data in files))
        if self.gate is not None:
            await self.gate.wait()
        if self.answers:
            answer = self.answers.pop(0)(uids)
            if answer is not None:
                return answer
        kept = [(uid, data) for uid, data in zip(uids, files, strict=True) if uid not in self.refuses]
        self.held.update(kept)
        return StoreResponse(
            200, tuple(StoredInstance(uid) for uid, _ in kept),
            tuple(self.refuses[uid] for uid in uids if uid in self.refuses),
        )


def failing(error: Exception) -> Callable[[list[str]], StoreResponse | None]:
    """The request breaks off with nothing stored."""
    def answer(_uids: list[str]) -> StoreResponse | None:
        raise error
    return answer
