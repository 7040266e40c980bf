"""FrameCache: decoded frames under one budget, readable from any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from desktop_app.core.frame import Frame, FrameRef

CacheKey = tuple[str, FrameRef]  # store key, frame


class FrameCache:
    """Decoded frames, oldest use forgotten first; pinned ones stay. Frames are immutable, so no copy is ever made."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self._frames: OrderedDict[CacheKey, Frame] = OrderedDict()
        self._pinned: dict[str, frozenset[CacheKey]] = {}
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
        """Keeps the frame; returns what had to go for it."""
        with self._lock:
            old = self._frames.pop(key, None)
            self._bytes += frame.nbytes - (old.nbytes if old is not None else 0)
            self._frames[key] = frame
            return self._shrink()

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

    def _shrink(self) -> list[CacheKey]:
        gone: list[CacheKey] = []
        if self._bytes <= self.budget_bytes:
            return gone
        pinned = frozenset().union(*self._pinned.values())
        for key in list(self._frames)[:-1]:
            if self._bytes <= self.budget_bytes:
                break
            if key not in pinned:
                self._bytes -= self._frames.pop(key).nbytes
                gone.append(key)
        return gone
