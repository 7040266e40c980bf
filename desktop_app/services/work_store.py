"""WorkStore: a reader's work, written as DICOM objects and uploaded; what an archive refuses stays here.

Every object lies in a folder of the program before it is sent, and goes from there only once the archive lists it.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.drawn import UNMEASURED
from desktop_app.core.errors import DiskError, LightboxError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.saved_work import SavedWork
from desktop_app.core.study_object import StudyObject
from desktop_app.core.upload import Verdict
from desktop_app.core.words import say
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.folders import private_folder
from desktop_app.services.uploader import Uploader

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.study_objects import StudyObjects

_log = logging.getLogger(__name__)
_THERE = frozenset({Verdict.STORED, Verdict.STORED_WITH_WARNING, Verdict.ALREADY_THERE})


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of it: SOP Instance UIDs of the objects that the archive has now, how many stay here, and why.

    `left_out` says what could not be written at all.
    """

    stored: tuple[str, ...] = ()
    kept: int = 0
    reason: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    uid: str
    kind: str           # "SR", "KO" or "PR"
    data: bytes


class WorkStore:
    """Of one archive. Lives on the network thread."""

    def __init__(
        self, client: DicomWebClient, decoder: Decoder, objects: StudyObjects, folder: Path | None, store_key: str,
        refusal: str = "",
    ) -> None:
        """`refusal`: why nothing may be sent from here; then all stays here."""
        self._client, self._decoder, self._objects = client, decoder, objects
        name = hashlib.blake2s(store_key.encode(), digest_size=12).hexdigest()
        self._folder = folder / name if folder is not None else None
        self._uploader = Uploader(client, decoder, refusal=refusal)      # without a journal: the folder is the memory

    async def save(self, work: SavedWork) -> SaveResult:
        """Writes and sends. Raises a LightboxError when nothing could be written; then everything is as before.

        An archive that refuses raises nothing: the objects stay here and the result says why.
        """
        left_out = await self.keep(work)
        return replace(await self.send(work.study_instance_uid), left_out=left_out)

    async def keep(self, work: SavedWork) -> str:
        """Writes into the folder, and sends nothing yet. Returns what could not be written at all, as a sentence.

        Raises a LightboxError when nothing could be written; then everything is as before.
        """
        if work.is_empty:
            return ""
        refs = _refs_of(work)
        classes = await self._classes(refs)
        previous = [await self._objects.bytes_of(ref) for ref in work.replaces]
        one_of_each = {ref.series_instance_uid: ref for ref in reversed(refs)}
        headers = {uid: await self._objects.bytes_of(ref, keep=False) for uid, ref in one_of_each.items()}
        written, left_out = await self._decoder.run(
            _write, work, headers, classes, previous, datetime.now().astimezone(), urgency=Urgency.OPENING)
        await asyncio.to_thread(self._put_away, work.study_instance_uid, written)
        return left_out

    async def send(self, study_instance_uid: str) -> SaveResult:
        """Sends what is still here for a study."""
        waiting = await asyncio.to_thread(self._waiting, study_instance_uid)
        if not waiting:
            return SaveResult()
        stored: list[str] = []
        reasons: list[str] = []
        try:
            async with aclosing(self._uploader.upload(waiting)) as events:     # type: ignore[type-var]
                async for event in events:
                    for item in event.judged:
                        if item.verdict in _THERE:
                            stored.append(item.sop_instance_uid)
                            await asyncio.to_thread(item.path.unlink, missing_ok=True)
                        else:
                            reasons.append(item.reason or str(item.verdict))
        except LightboxError as error:
            reasons.append(error.user_text)
        left = len(waiting) - len(stored)
        reason = reasons[0] if reasons else say("services", "The archive gave no reason.")
        return SaveResult(tuple(stored), left, reason if left else "")

    async def kept(self, study_instance_uid: str) -> tuple[StudyObject, ...]:
        """What is still here for a study from an earlier attempt, opened; what cannot be read stays where it lies.

        Raises a LightboxError when none of it can be read.
        """
        found: list[StudyObject] = []
        trouble: LightboxError | None = None
        for path in await asyncio.to_thread(self._waiting, study_instance_uid):
            try:
                data = await asyncio.to_thread(path.read_bytes)
                found.append(await self._decoder.run(_open, data))
            except OSError as error:
                trouble = DiskError(detail=str(error.strerror))
            except LightboxError as error:
                trouble = error
        if trouble is not None:
            _log.warning("kept work cannot be read: %s", type(trouble).__name__)
            if not found:
                raise trouble
        return tuple(found)

    async def _classes(self, refs: Sequence[FrameRef]) -> dict[str, str]:
        """The SOP class of each instance that is pointed to."""
        classes: dict[str, str] = {}
        for study, series in dict.fromkeys((ref.study_instance_uid, ref.series_instance_uid) for ref in refs):
            async for instance in self._client.iter_instances(study, series):
                classes[instance.sop_instance_uid] = instance.sop_class_uid
        return classes

    def _place(self, study_instance_uid: str) -> Path:
        assert self._folder is not None
        return self._folder / hashlib.blake2s(study_instance_uid.encode(), digest_size=12).hexdigest()

    def _waiting(self, study_instance_uid: str) -> list[Path]:
        if self._folder is None:
            return []
        place = self._place(study_instance_uid)
        return sorted(place.glob("*.dcm")) if place.is_dir() else []

    def _put_away(self, study_instance_uid: str, written: Sequence[_Written]) -> None:
        """Into the folder, whole or not at all. A newer report or key object takes the place of one that never left."""
        if self._folder is None:
            raise DiskError(say("services", "There is no folder to keep the work in."))
        place = self._place(study_instance_uid)
        try:
            private_folder(place)
            before = {kind: list(place.glob(f"{kind}-*.dcm")) for kind in {one.kind for one in written} - {"PR"}}
            for number, one in enumerate(written):
                name = f"{one.kind}-{hashlib.blake2s(one.uid.encode(), digest_size=8).hexdigest()}-{number}.dcm"
                part = place / f"{name}.part"
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                    out.write(one.data)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(place / name)
            for paths in before.values():
                for path in paths:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise DiskError(
                say(
                    "services", "Your work could not be written to this computer's disk, so it was not sent. "
                    "Make room there."),
                detail=str(error.strerror)) from error


def _refs_of(work: SavedWork) -> tuple[FrameRef, ...]:
    refs = [item.annotation.ref for item in work.annotations]
    refs += work.key_images
    refs += [view.refs[0] for view in work.views]
    return tuple(dict.fromkeys(refs))


def _write(
    work: SavedWork, headers: Mapping[str, bytes], classes: Mapping[str, str], previous: Sequence[bytes],
    moment: datetime,
) -> tuple[tuple[_Written, ...], str]:
    """The objects of a piece of work. On a decode thread, the imports too."""
    from desktop_app.objects.attributes import read
    from desktop_app.objects.key_objects import write_key_images
    from desktop_app.objects.presentation_state import write_presentation
    from desktop_app.objects.sources import Sources
    from desktop_app.objects.structured_report import write_emptied_report, write_report

    sources = Sources({uid: read(data) for uid, data in headers.items()}, classes)
    made: list[tuple[str, bytes]] = []
    left_out = ""
    if work.key_images_changed and not work.key_images:
        left_out = say(
            "services", "A list without any key image cannot be stored: the archive keeps the one that it "
            "has.")
    measured = [item for item in work.annotations if item.measurement is not None
                and item.measurement.quantities and item.annotation.kind not in UNMEASURED]
    if measured:
        made.append(("SR", write_report(
            measured, sources, author=work.author, moment=moment, previous=previous, number=len(previous) + 1)))
    elif previous:
        made.append(("SR", write_emptied_report(previous, moment=moment, number=len(previous) + 1)))
    if work.key_images_changed and work.key_images:
        made.append(("KO", write_key_images(work.key_images, sources, author=work.author, moment=moment)))
    for view in work.views:
        made.append(("PR", write_presentation(
            view, work.annotations, sources, label="LIGHTBOX", author=work.author, moment=moment)))
    return tuple(_Written(read(data).SOPInstanceUID, kind, data) for kind, data in made), left_out


def _open(data: bytes) -> StudyObject:
    from desktop_app.objects.open_object import open_object

    return open_object(data)
