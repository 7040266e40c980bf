"""How much is under way at once when uploading: lanes that find their own number, batches that find their own size."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from desktop_app.services.lane_limit import LaneLimit

_MOST_BYTES = 16 * 2**20
_MOST_FILES = 64
_LEAST_BYTES = 64 * 1024
_GROWS_AFTER = 16  # requests in a row that went well


class BatchSize:
    """How many files and bytes one request takes. Smaller after trouble, larger again while all goes well. Pure."""

    def __init__(self, nbytes: int = 4 * 2**20, files: int = 16) -> None:
        self.nbytes, self.files = nbytes, files
        self._ceiling = _MOST_BYTES
        self._good = 0

    def is_full(self, files: int, nbytes: int) -> bool:
        return files >= self.files or nbytes >= self.nbytes

    def went_well(self) -> None:
        self._good += 1
        if self._good >= _GROWS_AFTER:
            self._good = 0
            self.nbytes = min(self._ceiling, self.nbytes * 3 // 2)
            self.files = min(_MOST_FILES, self.files + 4)

    def broke(self) -> None:
        """A request broke off on its way: the less it carried, the less is sent again."""
        self._good = 0
        self.nbytes = max(_LEAST_BYTES, self.nbytes // 2)
        self.files = max(1, self.files // 2)

    def too_large(self, nbytes: int) -> None:
        """The archive takes no request of this size, and never will."""
        self._good = 0
        self._ceiling = max(_LEAST_BYTES, min(self._ceiling, nbytes // 2))
        self.nbytes = min(self.nbytes, self._ceiling)


class Lanes:
    """As many requests at once as the archive rewards. Lives on one event loop."""

    def __init__(self, limit: LaneLimit | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit or LaneLimit(start=4, floor=1, ceiling=32)
        self.busy = 0
        self._clock = clock
        self._freed = asyncio.Event()

    async def acquire(self) -> None:
        """Waits for a lane; it must be given back by `used`."""
        while self.busy >= self.limit.value:
            self._freed.clear()
            await self._freed.wait()
        self.busy += 1

    @asynccontextmanager
    async def used(self) -> AsyncIterator[None]:
        """Gives an acquired lane back at the end."""
        try:
            yield
        finally:
            self.give_back()

    def give_back(self) -> None:
        """An acquired lane that was not used, or is not used any more."""
        self.busy -= 1
        if self.busy == 0:
            self.limit.idle()
        self._freed.set()

    def began(self) -> float:
        now = self._clock()
        self.limit.began(now)
        return now

    def went_well(self, nbytes: int) -> None:
        self.limit.finished(nbytes, self._clock(), full=self.busy >= self.limit.value)

    def met_trouble(self, began: float) -> None:
        self.limit.trouble(began, self._clock())
