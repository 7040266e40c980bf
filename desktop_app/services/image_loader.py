"""ImageLoader: the one door to pixels.

A frame comes from memory, or its instance is read from the disk cache or fetched, and decoded. Wishes and demands go to
the FetchQueue by instance, of large instances by parts; decoding follows the same order, frame by frame. Wishes are
followed only as far as there is room for them.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core.errors import DicomError, Interrupted, LightboxError, user_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.load_times import Stage
from desktop_app.core.study import Instance
from desktop_app.services.by_frames import ByFrames, GaveUpFrames
from desktop_app.services.decode_work import import_codecs, open_object
from desktop_app.services.decoder import Decoder, Urgency, result_of
from desktop_app.services.fetch_queue import Clock, FetchQueue, Progress, QueueStatus
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.frame_parts import Part
from desktop_app.services.kept_instances import KeptInstances
from desktop_app.services.lane_limit import LaneLimit
from desktop_app.services.last_resort import LastResort, decoded_somehow
from desktop_app.services.load_times import TimesByStudy
from desktop_app.services.open_objects import OpenObjects
from desktop_app.services.wanted import Arrival, InstanceKey, Presence, Wanted, instance_of

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.disk_cache import DiskCache
    from desktop_app.services.open_objects import Opened

OBJECT_BUDGET_BYTES = 256 * 2**20  # encoded multi-frame instances kept while their frames may be wanted
BACKLOG_BYTES = 128 * 2**20  # encoded frames that wait for a decode thread before fetching pauses


class ImageLoader:
    """Frames of one store. Lives on the network thread; the FrameCache it fills is read from any.

    `last_resort`: asks the archive for help with a frame that nothing here can decode.
    """

    def __init__(
        self,
        store_key: str,
        client: DicomWebClient,
        decoder: Decoder,
        frames: FrameCache,
        *,
        disk: DiskCache | None = None,
        lanes: LaneLimit | None = None,
        clock: Clock | None = None,
        last_resort: LastResort | None = None,
    ) -> None:
        self._last_resort = last_resort
        self._store_key = store_key
        self.times = TimesByStudy()
        self._client = client
        self._decoder = decoder
        self._frames = frames
        self._lanes = lanes or LaneLimit()
        self._queue: FetchQueue[InstanceKey] = FetchQueue(
            self._fetch, self._lanes, on_failed=self._fetch_failed, may_begin=self._may_fetch, clock=clock
        )
        self._kept: KeptInstances | None = None
        if disk is not None:
            self._kept = KeptInstances(
                disk, store_key, self._take, entry_of=lambda key: self._by_frames.entry_of(key),
                on_lost=self._plan_soon, on_room=self._queue.go_on, may_begin=self._has_room, clock=clock,
            )
        self._by_frames = ByFrames(store_key, client, decoder, self.times, disk, on_change=self._regroup)
        self._replan: asyncio.Handle | None = None
        self._owners: dict[str, Wanted] = {}
        self._objects = OpenObjects()
        self._awaited: Counter[InstanceKey] = Counter()  # someone waits in `frame` for one of its frames
        self._unfetchable: dict[InstanceKey, LightboxError] = {}
        self._undecodable: dict[FrameRef, LightboxError] = {}
        self._ready: list[tuple[int, int, FrameRef]] = []  # heap of wished frames whose instance is here
        self._ready_bytes = 0.0
        self._queue_waits = False
        self._decoding: dict[FrameRef, asyncio.Task[Frame]] = {}
        self._sequence = 0
        self._warm_up: asyncio.Task[None] | None = None

    @property
    def status(self) -> QueueStatus:
        return self._queue.status

    def allow(self, transfers_at_once: int) -> None:
        """From now on at most so many."""
        self._lanes.allow(transfers_at_once)
        self._queue.go_on()

    def warm_up(self) -> None:
        """Imports the codecs while the first lists are still on their way."""
        if self._warm_up is None:
            work = self._decoder.run(import_codecs, urgency=Urgency.OPENING)
            self._warm_up = asyncio.get_running_loop().create_task(work)

    def expect(self, instances: Iterable[Instance]) -> None:
        """What a list says about instances that may be asked for: large ones are fetched by frames."""
        self._by_frames.expect(instances, self._objects)

    def cached(self, ref: FrameRef) -> Frame | None:
        """The frame if it is in memory."""
        return self._frames.get((self._store_key, ref))

    async def frame(self, ref: FrameRef, *, pressing: bool = True, again: bool = False) -> Frame:
        """The frame, as soon as can be: a demand. Raises a LightboxError with the reason when it cannot be had.

        Not `pressing`: nothing has to make way for it. `again`: also one that was found damaged before is fetched anew.
        """
        while True:
            key, of_part = self._by_frames.key_of(ref), self._by_frames.is_part(ref)
            if again:
                self._undecodable.pop(ref, None)
                self._unfetchable.pop(key, None)
                if self._kept is not None:
                    await self._kept.discard(key)
            self._awaited[key] += 1
            try:
                return await self._frame(ref, key, pressing=pressing)
            except LightboxError as error:
                if not isinstance(error, GaveUpFrames) and of_part == self._by_frames.is_part(ref):
                    raise  # else it comes in another way by now: once more
            finally:
                self._awaited[key] -= 1
                if not self._awaited[key]:
                    del self._awaited[key]
                    if not self._is_in_use(key) and not self._is_useful(key):
                        self._objects.drop(key)

    async def _frame(self, ref: FrameRef, key: InstanceKey, *, pressing: bool) -> Frame:
        for fetched in (False, True):
            cached = self.cached(ref)
            if cached is not None:
                return cached
            known = self._undecodable.get(ref) or self._unfetchable.get(key)
            if isinstance(known, DicomError):  # another attempt would find the same bytes
                raise known.with_traceback(None)
            if ref in self._decoding or key in self._objects:
                decoding = self._decode(ref, Urgency.VISIBLE if pressing else Urgency.LATER)
                return await result_of(decoding)
            if not fetched and not (self._kept is not None and await self._kept.demand(key, pressing=pressing)):
                await self._queue.demand(key, pressing=pressing)
        raise Interrupted(detail="the object was here and is gone")

    def wish(self, owner: str, refs: Sequence[FrameRef], *, first: bool = False) -> None:
        """Replaces what the owner would like next, best first."""
        state = self._owners.setdefault(owner, Wanted())
        if first:
            for other in self._owners.values():
                other.first = False
        state.refs, state.first = tuple(refs), first
        state.group(self._by_frames.key_of)
        self._plan(owner, state)

    def forget(self, owner: str) -> None:
        """The owner is gone: what only it wanted is cancelled at once."""
        state = self._owners.pop(owner, None)
        self._frames.forget(owner)
        self._queue.forget(owner)
        if self._kept is not None:
            self._kept.forget(owner)
        if state is not None:
            state.news.set()
            self._forgive(state)  # who comes again may find them mended
            self._line_up()
            self._sweep()
            self._by_frames.keep_to(self._is_wanted)

    def try_again(self, owner: str) -> None:
        """Asks once more for what could not be had of the owner's wishes."""
        state = self._owners.get(owner)
        if state is not None:
            self._forgive(state)
            self._plan(owner, state)

    def _forgive(self, state: Wanted) -> None:
        for key in state.by_instance if self._unfetchable else ():
            self._unfetchable.pop(key, None)
        for ref in state.refs if self._undecodable else ():
            self._undecodable.pop(ref, None)
        self._by_frames.forgive(state.refs)

    async def arrivals(self, owner: str) -> AsyncIterator[Arrival]:
        """What comes, fails or goes of the owner's wishes, from what is here now on.

        Ends when the owner is forgotten, someone else listens for it, or the loader is closed.
        """
        state = self._owners.setdefault(owner, Wanted())
        async for arrival in state.arrivals(lambda: self._owners.get(owner) is state):
            yield arrival

    async def close(self) -> None:
        """Ends all work. Who waits for a frame is told that it broke off; who listens for arrivals, that they end."""
        owners, self._owners = self._owners, {}
        for name, state in owners.items():
            self._frames.forget(name)
            state.news.set()
        if self._replan is not None:
            self._replan.cancel()
        if self._kept is not None:
            await self._kept.close()
        await self._queue.close()
        await self._by_frames.close()
        tasks: list[asyncio.Task[Frame] | asyncio.Task[None]] = list(self._decoding.values())
        tasks += [self._warm_up] if self._warm_up is not None else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._objects.clear()

    # -- planning ------------------------------------------------------------------------------------------------

    def _plan(self, owner: str, state: Wanted) -> None:
        """Compares what is wanted with what is here, and asks for the rest as far as there is room for it."""
        store_key, frames, failures = self._store_key, self._frames, bool(self._undecodable or self._unfetchable)
        key_of = self._by_frames.key_of
        keys = [(store_key, ref) for ref in state.refs]
        room = self._frames.want(owner, keys, first=state.first)
        state.ranks = {ref: rank for rank, ref in enumerate(state.refs[:room])}
        missing: dict[InstanceKey, None] = {}
        on_disk: dict[InstanceKey, None] = {}
        for rank, (ref, key) in enumerate(zip(state.refs, keys, strict=True)):
            if key in frames:
                state.tell(Arrival(ref, Presence.HERE))
                continue
            instance = key_of(ref)
            error = failures and (self._undecodable.get(ref) or self._unfetchable.get(instance))
            if error:
                state.tell(Arrival(ref, Presence.FAILED, error))
            elif rank < room and not (self._objects and instance in self._objects):
                (on_disk if self._kept is not None and instance in self._kept else missing)[instance] = None
        self._queue.wish(owner, tuple(missing), first=state.first)
        if self._kept is not None:
            self._kept.wish(owner, tuple(on_disk), first=state.first)
        self._line_up()
        self._pump_decodes()

    def _regroup(self) -> None:
        """Some transfers are others now: what is under way for nothing ends."""
        for state in self._owners.values():
            state.group(self._by_frames.key_of)
        for key, opened in self._objects.items():
            if isinstance(opened, Part) and not self._by_frames.is_part(key):
                self._objects.drop(key)
        self._plan_soon()

    def _plan_soon(self) -> None:
        """Once for many: something that was thought to be on disk is not."""
        if self._replan is None:
            self._replan = asyncio.get_running_loop().call_soon(self._plan_all)

    def _plan_all(self) -> None:
        self._replan = None
        for name, state in list(self._owners.items()):
            self._plan(name, state)

    # -- fetching ------------------------------------------------------------------------------------------------

    async def _fetch(self, key: InstanceKey, progress: Progress) -> None:
        began, first = time.monotonic(), 0.0

        def on_bytes(nbytes: int) -> None:
            nonlocal first
            first = first or time.monotonic()
            progress.add(nbytes)

        if self._by_frames.is_part(key):
            data = await self._by_frames.fetch(key, on_bytes, progress.expect)
        else:
            data = await self._client.retrieve_instance(
                key.study_instance_uid, key.series_instance_uid, key.sop_instance_uid, on_bytes=on_bytes,
                on_length=progress.expect,
            )
        self.times.of(key.study_instance_uid).fetched(began, first, time.monotonic())
        await self._take(key, data)
        if self._kept is not None:
            self._kept.keep(key, data)

    async def _take(self, key: InstanceKey, data: bytes) -> None:
        """Opens what was read or fetched, and has the wished frames of it decoded."""
        looked_at = self._queue.is_demanded(key) or (self._kept is not None and self._kept.is_demanded(key))
        urgency = Urgency.VISIBLE if looked_at else Urgency.OPENING
        opened: Opened
        if self._by_frames.is_part(key):
            opened = await self._by_frames.open(key, data, urgency)
        else:
            opened = await self._decoder.run(open_object, data, key.sop_instance_uid, urgency=urgency)
        self._unfetchable.pop(key, None)
        self._objects.put(key, opened)
        for state in self._owners.values():
            self._enqueue(state, key, opened)
        self._pump_decodes()
        if self._objects.nbytes > OBJECT_BUDGET_BYTES:
            needed = {self._by_frames.key_of(ref) for _, _, ref in self._ready}
            self._objects.shrink(
                OBJECT_BUDGET_BYTES, lambda other: other not in needed and not self._is_in_use(other))

    def _fetch_failed(self, key: InstanceKey, error: LightboxError, final: bool) -> None:
        if isinstance(error, GaveUpFrames):
            self._plan_soon()  # it comes in another way
            return
        if final:
            self._unfetchable[key] = error
        for state in self._owners.values():
            for ref in state.by_instance.get(key, ()):
                state.tell(Arrival(ref, Presence.FAILED, error))

    def _may_fetch(self) -> bool:
        """Whether the background may fetch more: not when the disk cannot follow either."""
        return self._has_room() and not (self._kept is not None and self._kept.is_behind)

    def _has_room(self) -> bool:
        """Whether fetching may go on: not when decoding cannot follow."""
        full = self._ready_bytes > BACKLOG_BYTES
        self._queue_waits |= full  # until both queues are told to go on
        return not full

    # -- decoding ------------------------------------------------------------------------------------------------

    def _enqueue(self, state: Wanted, key: InstanceKey, opened: Opened) -> None:
        share = opened.nbytes / max(1, opened.frame_count)
        for ref in state.by_instance.get(key, ()):
            rank = state.ranks.get(ref)
            if rank is not None and self._is_missing(ref) and ref not in self._decoding:
                self._sequence += 1
                self._ready_bytes += share
                heapq.heappush(self._ready, (rank, self._sequence, ref))

    def _line_up(self) -> None:
        """The frames that can be decoded, in the order of the wishes as they are now."""
        self._ready.clear()
        self._ready_bytes = 0.0
        for state in self._owners.values():
            for key, opened in self._objects.items():
                self._enqueue(state, key, opened)

    def _pump_decodes(self) -> None:
        while self._ready and len(self._decoding) <= self._decoder.width:
            _, _, ref = heapq.heappop(self._ready)
            opened = self._objects.get(self._by_frames.key_of(ref))
            if opened is None:
                continue
            self._ready_bytes -= opened.nbytes / max(1, opened.frame_count)
            if self._is_missing(ref):
                self._decode(ref, Urgency.LATER)
        if not self._ready:
            self._ready_bytes = 0.0
        if self._queue_waits and self._ready_bytes <= BACKLOG_BYTES / 2:
            self._queue_waits = False
            self._queue.go_on()
            if self._kept is not None:
                self._kept.go_on()

    def _decode(self, ref: FrameRef, urgency: Urgency) -> asyncio.Task[Frame]:
        running = self._decoding.get(ref)
        if running is not None:
            return running
        key = self._by_frames.key_of(ref)
        opened = self._objects.use(key)
        task = asyncio.get_running_loop().create_task(
            decoded_somehow(self._last_resort, self._decoder, opened, ref, urgency))
        self._decoding[ref] = task
        began = time.monotonic()
        task.add_done_callback(lambda done: self._decoded(ref, isinstance(opened, Part), done, began))
        return task

    def _decoded(self, ref: FrameRef, of_part: bool, task: asyncio.Task[Frame], began: float) -> None:
        self._decoding.pop(ref, None)
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            return
        self.times.of(ref.study_instance_uid)[Stage.DECODE].add(time.monotonic() - began)
        if error is None:
            self._keep(ref, task.result())
        elif of_part and isinstance(error, LightboxError):
            self._by_frames.give_up(ref, error)  # the whole instance may say more
        else:
            told = error if isinstance(error, LightboxError) else LightboxError(user_text(error), detail=repr(error))
            self._undecodable[ref] = told
            for state in self._owners_of(ref):
                state.tell(Arrival(ref, Presence.FAILED, told))
        self._drop_if_done(self._by_frames.key_of(ref))
        self._pump_decodes()
        if not self._ready and not self._decoding:
            self._sweep()

    def _keep(self, ref: FrameRef, frame: Frame) -> None:
        guessed = not self._frames.frame_bytes_known(self._store_key, ref.series_instance_uid)
        self._undecodable.pop(ref, None)
        gone = self._frames.put((self._store_key, ref), frame)
        for state in self._owners_of(ref):
            state.tell(Arrival(ref, Presence.HERE))
        for store_key, lost in gone:
            if store_key == self._store_key:
                for state in self._owners_of(lost):
                    state.tell(Arrival(lost, Presence.GONE))
        if guessed:
            self._plan_all()

    def _is_missing(self, ref: FrameRef) -> bool:
        return (self._store_key, ref) not in self._frames and ref not in self._undecodable

    # -- objects -------------------------------------------------------------------------------------------------

    def _drop_if_done(self, key: InstanceKey) -> None:
        """A single frame is done once it was decoded, a part once its frames were: no study lies in memory twice."""
        opened = self._objects.get(key)
        if opened is None or self._is_in_use(key):
            return
        if opened.frame_count <= 1 or (self._by_frames.is_part(key) and not self._is_useful(key)):
            self._objects.drop(key)

    def _sweep(self) -> None:
        """Drops the objects of which every frame is here that anyone wants."""
        for key in self._objects:
            if not self._is_in_use(key) and not self._is_useful(key):
                self._objects.drop(key)

    def _is_in_use(self, key: InstanceKey) -> bool:
        return key in self._awaited or any(self._by_frames.key_of(ref) == key for ref in self._decoding)

    def _is_wanted(self, instance: InstanceKey) -> bool:
        groups: list[Iterable[InstanceKey]] = [self._awaited, *(state.by_instance for state in self._owners.values())]
        return any(instance_of(key) == instance for group in groups for key in group)

    def _is_useful(self, key: InstanceKey) -> bool:
        """Whether it has frames that someone wants, now or when there is room."""
        return any(
            self._is_missing(ref) for state in self._owners.values() for ref in state.by_instance.get(key, ())
        )

    def _owners_of(self, ref: FrameRef) -> Iterable[Wanted]:
        key = self._by_frames.key_of(ref)
        return [state for state in self._owners.values() if key in state.by_instance]
