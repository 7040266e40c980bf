"""KeptInstances: what one store's disk cache holds, read in the order of the wishes, written behind what is shown.

Reading has lanes of its own, so that what comes from the disk says nothing about the network.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.services.disk_cache import DiskCache
from desktop_app.services.fetch_queue import Clock, FetchQueue, Progress
from desktop_app.services.lane_limit import LaneLimit

_log = logging.getLogger(__name__)

_LANES = 4
BEHIND_BYTES = 32 * 2**20  # waiting for the disk
UNWRITTEN_BYTES = 128 * 2**20  # and at most: what comes beyond is not kept rather than held in memory
LARGEST_BYTES = 64 * 2**20  # of one entry: to seal it is one long call


class _NotKept(LightboxError):
    """It was thought to be there."""


class KeptInstances:
    """`take(key, data)` opens what was read and raises when it is of no use; `entry_of(key)` is the name that it has
    on disk.

    `on_lost()` hears that something was not there after all, so that it is asked for elsewhere; `on_room()`, that the
    disk is not behind any more. Lives on the network thread.
    """

    def __init__(
        self,
        disk: DiskCache,
        store_key: str,
        take: Callable[[FrameRef, bytes], Awaitable[None]],
        *,
        entry_of: Callable[[FrameRef], str] = lambda key: key.sop_instance_uid,
        on_lost: Callable[[], None] = lambda: None,
        on_room: Callable[[], None] = lambda: None,
        may_begin: Callable[[], bool] = lambda: True,
        clock: Clock | None = None,
    ) -> None:
        self._disk, self._store_key, self._take = disk, store_key, take
        self._entry_of, self._on_lost, self._on_room = entry_of, on_lost, on_room
        lanes = LaneLimit(start=_LANES, floor=_LANES, ceiling=_LANES)
        self._reading: FetchQueue[FrameRef] = FetchQueue(
            self._read, lanes, on_failed=self._failed, may_begin=may_begin, clock=clock
        )
        self._unwritten: deque[tuple[str, bytes]] = deque()
        self._unwritten_bytes = 0
        self._writing: asyncio.Task[None] | None = None

    def __contains__(self, key: FrameRef) -> bool:
        return self._disk.has(self._store_key, self._entry_of(key))

    def wish(self, owner: str, keys: Sequence[FrameRef], *, first: bool = False) -> None:
        """Replaces what the owner would like to have read next."""
        self._reading.wish(owner, keys, first=first)

    def forget(self, owner: str) -> None:
        self._reading.forget(owner)

    def go_on(self) -> None:
        """There is room again for what is read."""
        self._reading.go_on()

    async def demand(self, key: FrameRef, *, pressing: bool = True) -> bool:
        """Reads it at once; False when it is not there, or of no use."""
        if key not in self:
            return False
        try:
            await self._reading.demand(key, pressing=pressing)
        except _NotKept:
            return False
        return True

    def is_demanded(self, key: FrameRef) -> bool:
        """Whether a person looks at it at the moment."""
        return self._reading.is_demanded(key)

    @property
    def is_behind(self) -> bool:
        """Whether the disk does not follow: the background should wait for it."""
        return self._unwritten_bytes > BEHIND_BYTES

    def keep(self, key: FrameRef, data: bytes) -> None:
        """Writes it when the disk has time. Never waits, never fails: at worst it is not kept."""
        size = len(data)
        if size > LARGEST_BYTES or self._unwritten_bytes + size > UNWRITTEN_BYTES or key in self:
            return
        self._unwritten.append((self._entry_of(key), data))
        self._unwritten_bytes += size
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def discard(self, key: FrameRef) -> None:
        """The next attempt is to ask the archive."""
        if key in self:
            await self._disk.remove(self._store_key, self._entry_of(key))

    async def written(self) -> None:
        """Returns when everything that was to be kept is on disk."""
        if self._writing is not None:
            await self._writing

    async def close(self) -> None:
        """Ends reading and writing; what is not written yet is not kept."""
        await self._reading.close()
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        self._unwritten.clear()

    async def _read(self, key: FrameRef, progress: Progress) -> None:
        data = await self._disk.get(self._store_key, self._entry_of(key))
        if data is None:
            raise _NotKept
        progress.add(len(data))
        try:
            await self._take(key, data)
        except LightboxError as error:
            _log.warning("an entry of the disk cache is of no use and goes: %s", type(error).__name__)
            await self._disk.remove(self._store_key, self._entry_of(key))
            raise _NotKept from error

    def _failed(self, key: FrameRef, error: LightboxError, final: bool) -> None:
        self._on_lost()

    async def _write(self) -> None:
        """One after the other, so that one who reads never waits for more than one of them."""
        while self._unwritten:
            was_behind = self.is_behind
            entry, data = self._unwritten.popleft()
            try:
                await self._disk.put(self._store_key, entry, data)
            finally:
                self._unwritten_bytes -= len(data)
                if was_behind and not self.is_behind:
                    self._on_room()
