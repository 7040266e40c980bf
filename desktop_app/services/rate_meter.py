"""RateMeter: how fast bytes came lately. Pure."""

from __future__ import annotations

from collections import deque

_WINDOW_S = 2.0
_LEAST_S = 0.02


class RateMeter:
    """Bytes per second over the last two seconds in which something came; pauses do not count."""

    def __init__(self) -> None:
        self.bytes_per_s = 0.0
        self._marks: deque[tuple[float, int]] = deque()

    def note(self, now: float, total: int) -> None:
        """`total` bytes in all at `now` (seconds of any monotonic clock)."""
        self._marks.append((now, total))
        while len(self._marks) > 2 and now - self._marks[1][0] >= _WINDOW_S:
            self._marks.popleft()
        began, bytes_then = self._marks[0]
        if now - began >= _LEAST_S:
            self.bytes_per_s = max(0.0, (total - bytes_then) / (now - began))

    def pause(self) -> None:
        """Nothing is under way: the next bytes begin a new measurement, the last rate stands until then."""
        self._marks.clear()
