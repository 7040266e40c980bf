"""LaneLimit: how many transfers at once a store rewards, found out by trying."""

from __future__ import annotations

_WORTH_MORE = 1.10  # doubling is kept while it brings at least this much more throughput
_STEADY_EPOCHS_BETWEEN_PROBES = 8


class LaneLimit:
    """Slow start and halving, as TCP does it.

    Doubles while throughput grows, stays where it stopped growing, halves on trouble (429, 503, time-outs). Pure: the
    caller says what happened and when (seconds of any monotonic clock).
    """

    def __init__(self, start: int = 4, floor: int = 2, ceiling: int = 64) -> None:
        self.value = start
        self._floor, self._ceiling = floor, ceiling
        self._best_rate = 0.0
        self._growing = True
        self._epoch_bytes = 0
        self._epoch_count = 0
        self._epoch_began: float | None = None
        self._steady_epochs = 0

    def began(self, now: float) -> None:
        """A transfer began."""
        if self._epoch_began is None:
            self._epoch_began = now

    def finished(self, nbytes: int, now: float, *, full: bool) -> None:
        """A transfer ended well. `full`: every lane was in use, so that the rate says something about the limit."""
        if self._epoch_began is None:
            self._epoch_began = now
        self._epoch_bytes += nbytes
        self._epoch_count += 1
        if self._epoch_count < self.value:
            return
        elapsed = now - self._epoch_began
        if full and elapsed > 0:
            self._judge(self._epoch_bytes / elapsed)
        self._epoch_bytes, self._epoch_count, self._epoch_began = 0, 0, now

    def idle(self) -> None:
        """Nothing is under way: the pause must not count as a slow line."""
        self._epoch_bytes, self._epoch_count, self._epoch_began = 0, 0, None

    def trouble(self) -> None:
        """The server or the line is overloaded."""
        self.value = max(self._floor, self.value // 2)
        self._growing = False
        self._steady_epochs = 0
        self._best_rate = 0.0
        self.idle()

    def _judge(self, rate: float) -> None:
        if rate >= self._best_rate * _WORTH_MORE:
            self._best_rate = rate
            if self._growing:
                self.value = min(self._ceiling, self.value * 2)
                return
        elif self._growing:
            self._growing = False
        self._steady_epochs += 1
        if self._steady_epochs >= _STEADY_EPOCHS_BETWEEN_PROBES:
            self._steady_epochs = 0
            self._best_rate = rate
            self._growing = True
            self.value = min(self._ceiling, self.value + max(1, self.value // 4))
