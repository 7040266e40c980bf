"""ByFrames: large instances are fetched by frames, a few at a time, so that the first is shown before the last is here.

A transfer is then named by the first frame that it brings. What the frames mean is told by the instance's metadata,
fetched once. Where an archive cannot do this, the instance is fetched as a whole after all; a video always is, as all
its frames are in one stream.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING

from desktop_app.core.errors import (
    AnswerError,
    DicomError,
    LightboxError,
    NotDicomWeb,
    ServerFailed,
    SignInNeeded,
    TooBusy,
)
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.load_times import Stage
from desktop_app.core.study import Instance
from desktop_app.core.video import is_video
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.frame_parts import (
    Header,
    Part,
    make_header,
    open_part,
    pack_frames,
    pack_header,
    read_header,
)
from desktop_app.services.load_times import TimesByStudy
from desktop_app.services.wanted import InstanceKey, instance_of

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.disk_cache import DiskCache

_log = logging.getLogger(__name__)

LARGE_BYTES = 16 * 2**20  # decoded; smaller instances come as fast in one piece
PART_BYTES = 2**20  # decoded, of one transfer
_PART_FRAMES = 16
_UNKNOWN_FRAME_BYTES = 512 * 512 * 2
_SAMPLE_BYTES = 2  # lists do not say more
_HEADERS = 8
_BULK_PIECES = 32  # of one header
_REFUSED_ENOUGH = 2  # instances, until no other one is tried
_FAILED_ENOUGH = 2  # times that the archive failed over the frames of one instance


class GaveUpFrames(LightboxError):
    """This instance is fetched as a whole from now on."""


class ByFrames:
    """Of one store. Lives on the network thread. `on_change()` hears that keys are others now."""

    def __init__(
        self,
        store_key: str,
        client: DicomWebClient,
        decoder: Decoder,
        times: TimesByStudy,
        disk: DiskCache | None = None,
        *,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._store_key, self._client, self._decoder, self._disk = store_key, client, decoder, disk
        self._times, self._on_change = times, on_change
        self._sizes: dict[InstanceKey, tuple[int, int]] = {}  # frames of a part, frames in all
        self._whole: set[InstanceKey] = set()  # large, but not to be had by frames
        self._headers: OrderedDict[InstanceKey, asyncio.Task[Header]] = OrderedDict()
        self._refused, self._worked = 0, False
        self._failed: Counter[InstanceKey] = Counter()

    def expect(self, instances: Iterable[Instance], here: Container[InstanceKey] = ()) -> None:
        """What a list says about instances that may be asked for: the large ones come by frames, unless they are here
        as a whole."""
        changed = False
        for instance in instances:
            if instance.frames <= 1 or (not self._worked and self._refused >= _REFUSED_ENOUGH):
                continue
            if is_video(instance.transfer_syntax_uid, instance.sop_class_uid):
                continue
            frame_bytes = _frame_bytes(instance)
            key = FrameRef(instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid)
            if frame_bytes * instance.frames < LARGE_BYTES or key in self._sizes or key in self._whole or (
                key in here
            ):
                continue
            if self._disk is not None and self._disk.has(self._store_key, key.sop_instance_uid):
                continue  # it is here as a whole
            self._sizes[key] = (_frames_of_a_part(instance), instance.frames)
            changed = True
        if changed:
            self._on_change()

    def key_of(self, ref: FrameRef) -> InstanceKey:
        """The transfer that brings a frame: its instance, or the part of it that it belongs to."""
        key = instance_of(ref)
        size = self._sizes.get(key) if self._sizes else None
        if size is None or ref.frame_number <= size[0]:
            return key
        first = (ref.frame_number - 1) // size[0] * size[0] + 1
        return FrameRef(ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid, first)

    def is_part(self, key: InstanceKey) -> bool:
        return instance_of(key) in self._sizes

    def entry_of(self, key: InstanceKey) -> str:
        """Under which name the disk cache keeps what a transfer brought."""
        size = self._sizes.get(instance_of(key)) if self._sizes else None
        return key.sop_instance_uid if size is None else _part_entry(key.sop_instance_uid, key.frame_number, size[0])

    async def fetch(
        self, key: InstanceKey, on_bytes: Callable[[int], None], on_length: Callable[[int], None] | None = None
    ) -> bytes:
        """The frames of one part, to be opened by `open`. Raises GaveUpFrames when the archive cannot do it."""
        count, frames = self._sizes[instance_of(key)]
        numbers = range(key.frame_number, min(key.frame_number + count, frames + 1))
        header = self._header(instance_of(key))  # under way at the same time
        try:
            found = await self._client.retrieve_frames(
                key.study_instance_uid, key.series_instance_uid, key.sop_instance_uid, numbers, on_bytes=on_bytes,
                on_length=on_length,
            )
            await asyncio.shield(header)
        except LightboxError as error:
            if isinstance(error, ServerFailed):
                self._failed[instance_of(key)] += 1
            if not _is_about_frames(error) and self._failed[instance_of(key)] < _FAILED_ENOUGH:
                raise
            self._refused += isinstance(error, AnswerError | NotDicomWeb) and instance_of(key) in self._sizes
            raise self.give_up(key, error) from error
        if not self.is_part(key):
            raise GaveUpFrames  # another part of it told so meanwhile
        if any(is_video(frame.transfer_syntax_uid) or frame.media_type.startswith("video/") for frame in found):
            raise self.give_up(key, NotDicomWeb(detail="a video instead of frames"))
        self._worked = True
        return pack_frames(found)

    async def open(self, key: InstanceKey, data: bytes, urgency: Urgency) -> Part:
        """The part in what `fetch` brought. Raises GaveUpFrames when it is of no use."""
        try:
            header = await asyncio.shield(self._header(instance_of(key)))
            part = await self._decoder.run(open_part, data, header, urgency=urgency)
        except LightboxError as error:
            if not _is_about_frames(error):
                raise
            raise self.give_up(key, error) from error
        if not self.is_part(key):
            raise GaveUpFrames
        return part

    def give_up(self, key: InstanceKey, error: LightboxError) -> GaveUpFrames:
        """The instance comes as a whole from now on."""
        instance = instance_of(key)
        if self._sizes.pop(instance, None) is not None:
            _log.info("an instance is fetched as a whole after all: %s", type(error).__name__)
            self._whole.add(instance)
            self._failed.pop(instance, None)
            self._headers.pop(instance, None)
            self._on_change()
        return GaveUpFrames(detail=error.detail)

    def forgive(self, refs: Iterable[FrameRef]) -> None:
        """What was given up may be tried by frames again: someone opens it anew, or asks for it once more."""
        if self._whole:
            self._whole.difference_update(map(instance_of, refs))

    def keep_to(self, is_wanted: Callable[[InstanceKey], bool]) -> None:
        """Ends the network work for instances that nobody wants any more."""
        for instance, task in list(self._headers.items()):
            if not task.done() and not is_wanted(instance):
                del self._headers[instance]
                task.cancel()

    async def close(self) -> None:
        tasks = list(self._headers.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # -- headers -------------------------------------------------------------------------------------------------

    def _header(self, instance: InstanceKey) -> asyncio.Task[Header]:
        """One task for all who need it; one that failed is begun anew."""
        task = self._headers.pop(instance, None)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.get_running_loop().create_task(self._load_header(instance))
            task.add_done_callback(_look_at)
        self._headers[instance] = task
        while len(self._headers) > _HEADERS and next(iter(self._headers.values())).done():
            self._headers.popitem(last=False)
        return task

    async def _load_header(self, instance: InstanceKey) -> Header:
        name = _header_entry(instance.sop_instance_uid)
        kept = await self._disk.get(self._store_key, name) if self._disk is not None else None
        if kept is not None:
            try:
                return await self._decoder.run(read_header, kept, instance, urgency=Urgency.OPENING)
            except DicomError:
                await self._forget_entry(name)
        uids = (instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid)
        with self._times.of(instance.study_instance_uid).measuring(Stage.METADATA):
            found = [one for one in await self._client.instance_metadata(*uids) if len(one)]
        if len(found) != 1:
            raise NotDicomWeb(detail=f"{len(found)} data sets instead of one")
        raw = found[0].raw
        bulk = await self._bulk(raw)
        header = await self._decoder.run(make_header, raw, bulk, instance, urgency=Urgency.OPENING)
        if self._disk is not None:
            packed = await self._decoder.run(pack_header, raw, bulk, urgency=Urgency.LATER)
            await self._disk.put(self._store_key, name, packed)
        return header

    async def _bulk(self, raw: Mapping[str, object]) -> dict[str, bytes]:
        """What the metadata only point to (tables, overlays, profiles). One that cannot be had is left out."""
        uris = await self._decoder.run(_uris, raw, urgency=Urgency.OPENING)
        bulk: dict[str, bytes] = {}
        for uri in uris[:_BULK_PIECES]:
            bulk[uri] = await self._client.retrieve_bulkdata(uri)
        return bulk

    async def _forget_entry(self, name: str) -> None:
        if self._disk is not None:
            await self._disk.remove(self._store_key, name)


def entries_of(instance: Instance) -> list[str]:
    """All names under which the disk cache may keep an instance: as a whole, or its header and its parts."""
    uid, count = instance.sop_instance_uid, _frames_of_a_part(instance)
    parts = [_part_entry(uid, first, count) for first in range(1, instance.frames + 1, count)]
    return [uid, *((_header_entry(uid), *parts) if instance.frames > 1 else ())]


def _header_entry(sop_instance_uid: str) -> str:
    return f"{sop_instance_uid}/header"


def _part_entry(sop_instance_uid: str, first: int, count: int) -> str:
    return f"{sop_instance_uid}/{first}+{count}"


def _frame_bytes(instance: Instance) -> int:
    """Decoded, as far as lists tell it."""
    return (instance.rows or 0) * (instance.columns or 0) * _SAMPLE_BYTES or _UNKNOWN_FRAME_BYTES


def _frames_of_a_part(instance: Instance) -> int:
    return min(max(PART_BYTES // _frame_bytes(instance), 1), _PART_FRAMES)


def _uris(raw: Mapping[str, object]) -> list[str]:
    from desktop_app.imaging.json_header import bulk_uris

    return list(dict.fromkeys(bulk_uris(raw)))


def _is_about_frames(error: LightboxError) -> bool:
    """Whether the whole instance may be had where its frames cannot."""
    if isinstance(error, ServerFailed):
        return error.status == 501
    return isinstance(error, AnswerError | NotDicomWeb | DicomError) and not isinstance(error, SignInNeeded | TooBusy)


def _look_at(task: asyncio.Task[Header]) -> None:
    if not task.cancelled():
        task.exception()  # told to those who wait, if anyone still does
