"""ImageLoader: the one door to pixels.

A frame comes from memory, or its instance is fetched and decoded. Wishes and demands go to the FetchQueue by
instance; decoding follows the same order, frame by frame.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame import Frame, FrameRef
from desktop_app.services.decoder import Decoder
from desktop_app.services.fetch_queue import FetchQueue, Progress, QueueStatus
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.lane_limit import LaneLimit

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.imaging.decode import DicomObject

_OBJECT_BUDGET_BYTES = 256 * 2**20  # encoded multi-frame instances kept while their frames are wanted
_DECODES_AT_ONCE = 4


class Presence(Enum):
    """Whether a frame is here."""

    HERE = 1
    FAILED = 2
    GONE = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """News of one frame. `error` is None unless it failed."""

    ref: FrameRef
    presence: Presence
    error: LightboxError | None = None


@dataclass(frozen=True, slots=True)
class InstanceKey:
    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str

    @classmethod
    def of(cls, ref: FrameRef) -> InstanceKey:
        return cls(ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid)


class ImageLoader:
    """Frames of one store. Lives on the network thread; the FrameCache it fills is read from any."""

    def __init__(
        self,
        store_key: str,
        client: DicomWebClient,
        decoder: Decoder,
        frames: FrameCache,
        *,
        lanes: LaneLimit | None = None,
    ) -> None:
        self._store_key = store_key
        self._client = client
        self._decoder = decoder
        self._frames = frames
        self._queue: FetchQueue[InstanceKey] = FetchQueue(self._fetch, lanes, on_failed=self._fetch_failed)
        self._objects: OrderedDict[InstanceKey, DicomObject] = OrderedDict()
        self._wanted: dict[str, dict[FrameRef, int]] = {}  # owner → frame → rank in its list
        self._by_instance: dict[str, dict[InstanceKey, list[FrameRef]]] = {}
        self._news: dict[str, asyncio.Queue[Arrival]] = {}
        self._told: dict[str, set[FrameRef]] = {}
        self._ready: list[tuple[int, int, FrameRef]] = []  # heap of frames whose instance is here
        self._decoding: dict[FrameRef, asyncio.Task[Frame]] = {}
        self._sequence = 0

    @property
    def status(self) -> QueueStatus:
        return self._queue.status

    async def frame(self, ref: FrameRef) -> Frame:
        """The frame, as soon as can be: a demand. Raises a LightboxError with the reason when it cannot be had."""
        cached = self._frames.get((self._store_key, ref))
        if cached is not None:
            return cached
        running = self._decoding.get(ref)
        if running is not None:
            return await asyncio.shield(running)
        key = InstanceKey.of(ref)
        if key not in self._objects:
            await self._queue.demand(key)
        cached = self._frames.get((self._store_key, ref))
        if cached is not None:
            return cached
        return await asyncio.shield(self._decode(ref, urgent=True))

    def wish(self, owner: str, refs: Sequence[FrameRef], *, first: bool = False) -> None:
        """Replaces what the owner would like next, best first."""
        self._wanted[owner] = {ref: rank for rank, ref in enumerate(refs)}
        by_instance: dict[InstanceKey, list[FrameRef]] = {}
        for ref in refs:
            by_instance.setdefault(InstanceKey.of(ref), []).append(ref)
        self._by_instance[owner] = by_instance
        missing: list[InstanceKey] = []
        for key, wanted in by_instance.items():
            absent = [ref for ref in wanted if (self._store_key, ref) not in self._frames]
            for ref in wanted:
                if ref not in self._told.get(owner, ()) and (self._store_key, ref) in self._frames:
                    self._tell(owner, Arrival(ref, Presence.HERE))
            if absent and key not in self._objects:
                missing.append(key)
        self._queue.wish(owner, missing, first=first)
        self._rank_ready()
        self._pump_decodes()

    def forget(self, owner: str) -> None:
        """The owner is gone: what only it wanted is cancelled at once."""
        for table in (self._wanted, self._by_instance, self._news, self._told):
            table.pop(owner, None)  # type: ignore[attr-defined]
        self._frames.unpin(owner)
        self._queue.forget(owner)
        self._rank_ready()

    async def arrivals(self, owner: str) -> AsyncIterator[Arrival]:
        """What comes, fails or goes of the owner's wishes, without end."""
        news = self._news.setdefault(owner, asyncio.Queue())
        told, self._told[owner] = self._told.get(owner, set()), set()
        for ref in told:
            self._tell(owner, Arrival(ref, Presence.HERE))
        while True:
            yield await news.get()

    async def close(self) -> None:
        await self._queue.close()
        for task in list(self._decoding.values()):
            task.cancel()

    # -- fetching ------------------------------------------------------------------------------------------------

    async def _fetch(self, key: InstanceKey, progress: Progress) -> None:
        data = await self._client.retrieve_instance(
            key.study_instance_uid,
            key.series_instance_uid,
            key.sop_instance_uid,
            on_bytes=progress.add,
        )
        from desktop_app.imaging.decode import open_instance

        dicom_object = await self._decoder.run(open_instance, data, urgent=True)
        self._objects[key] = dicom_object
        self._objects.move_to_end(key)
        self._enqueue(key)
        self._pump_decodes()
        self._shrink_objects()

    def _fetch_failed(self, key: InstanceKey, error: LightboxError, final: bool) -> None:
        for owner, by_instance in self._by_instance.items():
            for ref in by_instance.get(key, ()):
                self._tell(owner, Arrival(ref, Presence.FAILED, error))

    # -- decoding ------------------------------------------------------------------------------------------------

    def _enqueue(self, key: InstanceKey) -> None:
        for owner, by_instance in self._by_instance.items():
            for ref in by_instance.get(key, ()):
                if (self._store_key, ref) not in self._frames and ref not in self._decoding:
                    self._sequence += 1
                    heapq.heappush(self._ready, (self._wanted[owner].get(ref, 0), self._sequence, ref))

    def _rank_ready(self) -> None:
        self._ready.clear()
        for key in self._objects:
            self._enqueue(key)

    def _pump_decodes(self) -> None:
        while self._ready and len(self._decoding) < _DECODES_AT_ONCE:
            _, _, ref = heapq.heappop(self._ready)
            if ref not in self._decoding and (self._store_key, ref) not in self._frames:
                self._decode(ref, urgent=False)

    def _decode(self, ref: FrameRef, *, urgent: bool) -> asyncio.Task[Frame]:
        running = self._decoding.get(ref)
        if running is not None:
            return running
        task = asyncio.get_running_loop().create_task(self._decode_now(ref, urgent=urgent))
        self._decoding[ref] = task
        task.add_done_callback(lambda done: self._decoded(ref, done))
        return task

    async def _decode_now(self, ref: FrameRef, *, urgent: bool) -> Frame:
        from desktop_app.imaging.decode import decode_frame

        dicom_object = self._objects[InstanceKey.of(ref)]
        return await self._decoder.run(decode_frame, dicom_object, ref.frame_number, urgent=urgent)

    def _decoded(self, ref: FrameRef, task: asyncio.Task[Frame]) -> None:
        self._decoding.pop(ref, None)
        if not task.cancelled():
            error = task.exception()
            if error is None:
                self._keep(ref, task.result())
            else:
                arrival = Arrival(
                    ref,
                    Presence.FAILED,
                    error if isinstance(error, LightboxError) else LightboxError(detail=repr(error)),
                )
                for owner in self._owners_of(ref):
                    self._tell(owner, arrival)
            self._drop_if_single(ref)
        self._pump_decodes()

    def _keep(self, ref: FrameRef, frame: Frame) -> None:
        gone = self._frames.put((self._store_key, ref), frame)
        for owner in self._owners_of(ref):
            self._tell(owner, Arrival(ref, Presence.HERE))
        for store_key, lost in gone:
            if store_key == self._store_key:
                for owner in self._owners_of(lost):
                    self._told.get(owner, set()).discard(lost)
                    self._tell(owner, Arrival(lost, Presence.GONE))

    def _drop_if_single(self, ref: FrameRef) -> None:
        """A single-frame instance is done once its frame is decoded: it must not lie in memory twice."""
        key = InstanceKey.of(ref)
        dicom_object = self._objects.get(key)
        if dicom_object is not None and dicom_object.frame_count <= 1:
            del self._objects[key]

    def _shrink_objects(self) -> None:
        total = sum(item.nbytes for item in self._objects.values())
        for key in list(self._objects)[:-1]:
            if total <= _OBJECT_BUDGET_BYTES:
                return
            if not any(InstanceKey.of(ref) == key for ref in self._decoding):
                total -= self._objects.pop(key).nbytes

    # -- telling -------------------------------------------------------------------------------------------------

    def _owners_of(self, ref: FrameRef) -> Iterable[str]:
        return [owner for owner, wanted in self._wanted.items() if ref in wanted]

    def _tell(self, owner: str, arrival: Arrival) -> None:
        if arrival.presence is Presence.HERE:
            self._told.setdefault(owner, set()).add(arrival.ref)
        news = self._news.get(owner)
        if news is not None:
            news.put_nowait(arrival)
