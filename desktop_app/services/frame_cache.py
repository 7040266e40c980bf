"""FrameCache: decoded frames under one budget, readable from any thread."""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core.frame_ref import FrameRef

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame

CacheKey = tuple[str, FrameRef]  # store key, frame

_FOR_WISHES = 0.95  # of the budget; the rest is for what is looked at beside them
_UNKNOWN_FRAME_BYTES = 512 * 1024  # until the first frame of a series is here


class FrameCache:
    """Decoded frames. Frames are immutable, so no copy is ever made.

    What has to go for something new: first what nobody wants, oldest use first; then what is farthest in the lists of
    those who want something, the last owner's first. Pinned frames stay.

    `get`, `pin` and `unpin` from any thread, everything else from the one that fills it.
    """

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self._frames: OrderedDict[CacheKey, Frame] = OrderedDict()
        self._pinned: dict[str, frozenset[CacheKey]] = {}
        self._wanted: dict[str, Sequence[CacheKey]] = {}  # first owner first
        self._claims: dict[str, int] = {}  # owner → bytes that its list needs, as far as there is room
        self._frame_bytes: dict[tuple[str, str], int] = {}  # (store key, series) → bytes of one frame
        self._victims: list[tuple[int, int, int, CacheKey]] | None = None  # heap, made when it is needed
        self._ranks: dict[CacheKey, int] = {}  # of those lists, made with it
        self._tick = 0
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        return self._bytes

    def get(self, key: CacheKey) -> Frame | None:
        with self._lock:
            frame = self._frames.get(key)
            if frame is not None:
                self._frames.move_to_end(key)
            return frame

    def __contains__(self, key: CacheKey) -> bool:
        return key in self._frames

    def put(self, key: CacheKey, frame: Frame) -> list[CacheKey]:
        """Keeps the frame; returns what had to go for it, which may be the frame itself when it is wanted least."""
        full = self._bytes + frame.nbytes > self.budget_bytes
        victims = self._victims if self._victims is not None or not full else self._line_up()
        with self._lock:
            old = self._frames.pop(key, None)
            self._bytes += frame.nbytes - (old.nbytes if old is not None else 0)
            self._frames[key] = frame
            self._frame_bytes[key[0], key[1].series_instance_uid] = frame.nbytes
            self._victims = victims
            if victims is not None:
                heapq.heappush(victims, self._place(key))
            return self._shrink()

    def want(self, owner: str, keys: Sequence[CacheKey], *, first: bool = False) -> int:
        """Replaces what the owner would like to have here, most wanted first; `first`: before all other owners.

        Returns how many of them there is room for, from the first on: to fetch more would only push out others.
        """
        if first:
            self._wanted = {owner: keys, **{o: k for o, k in self._wanted.items() if o != owner}}
        else:
            self._wanted[owner] = keys
        room = int(self.budget_bytes * _FOR_WISHES)
        for other in self._wanted:
            if other == owner:
                break
            room -= self._claims.get(other, 0)
        claim, count = 0, 0
        for key in keys:
            claim += self._size_of(key)
            if claim > room and (count or self._is_known(key)):  # one of an unknown size, to know it
                break
            count += 1
        self._claims[owner] = min(claim, max(room, 0))
        self._victims = None
        return count

    def frame_bytes_known(self, store_key: str, series_instance_uid: str) -> bool:
        """Whether the room for frames of this series is known or only guessed."""
        return (store_key, series_instance_uid) in self._frame_bytes

    def _is_known(self, key: CacheKey) -> bool:
        return self.frame_bytes_known(key[0], key[1].series_instance_uid)

    def forget(self, owner: str) -> None:
        """The owner wants nothing any more and holds on to nothing."""
        self._wanted.pop(owner, None)
        self._claims.pop(owner, None)
        self._victims = None
        self.unpin(owner)

    def pin(self, owner: str, keys: Iterable[CacheKey]) -> None:
        """Replaces what the owner holds on to (what it shows at the moment)."""
        with self._lock:
            self._pinned[owner] = frozenset(keys)

    def unpin(self, owner: str) -> None:
        with self._lock:
            self._pinned.pop(owner, None)

    def drop_study(self, store_key: str, study_instance_uid: str) -> None:
        """Forgets a study that was closed."""
        with self._lock:
            for key in [
                k for k in self._frames if k[0] == store_key and k[1].study_instance_uid == study_instance_uid
            ]:
                self._bytes -= self._frames.pop(key).nbytes

    def drop_store(self, store_key: str) -> None:
        """Forgets everything of a store: somebody signed out."""
        with self._lock:
            for key in [k for k in self._frames if k[0] == store_key]:
                self._bytes -= self._frames.pop(key).nbytes

    def _size_of(self, key: CacheKey) -> int:
        return self._frame_bytes.get((key[0], key[1].series_instance_uid), _UNKNOWN_FRAME_BYTES)

    def _line_up(self) -> list[tuple[int, int, int, CacheKey]]:
        """All frames as a heap, who has to go first on top."""
        self._ranks = {}
        for keys in self._wanted.values():
            for key in keys:
                self._ranks.setdefault(key, len(self._ranks))
        with self._lock:
            here = list(self._frames)
        victims = [self._place(key) for key in here]
        heapq.heapify(victims)
        return victims

    def _place(self, key: CacheKey) -> tuple[int, int, int, CacheKey]:
        self._tick += 1
        rank = self._ranks.get(key)
        return (0, 0, self._tick, key) if rank is None else (1, -rank, self._tick, key)

    def _shrink(self) -> list[CacheKey]:
        gone: list[CacheKey] = []
        if self._bytes <= self.budget_bytes or self._victims is None:
            return gone
        pinned = frozenset().union(*self._pinned.values())
        spared: list[tuple[int, int, int, CacheKey]] = []
        while self._bytes > self.budget_bytes and self._victims:
            victim = heapq.heappop(self._victims)
            key = victim[3]
            if key in pinned:
                spared.append(victim)
            elif key in self._frames:
                self._bytes -= self._frames.pop(key).nbytes
                gone.append(key)
        for victim in spared:
            heapq.heappush(self._victims, victim)
        return gone
