"""LaneLimit: how many transfers at once a store rewards, found out by trying."""

from __future__ import annotations

_WORTH_MORE = 1.07  # more lanes are kept while they bring at least this much more throughput
_EPOCHS_BETWEEN_TRIES = 8  # once a try brought nothing; doubled by each further try in vain
_MOST_EPOCHS_BETWEEN_TRIES = 64


class LaneLimit:
    """Slow start and halving, as TCP does it.

    Doubles while throughput grows, goes back a step where it does not, halves on trouble (429, 503, time-outs), and
    tries again now and then. Pure: the caller says what happened and when (seconds of any monotonic clock).

    An epoch is as many transfers as there are lanes; a step is judged by up to two of them, because one may be unlucky.
    """

    def __init__(self, start: int = 4, floor: int = 2, ceiling: int = 64) -> None:
        self.value = start
        self._floor, self._ceiling = floor, max(ceiling, start)
        self._rate = 0.0  # bytes/s of the level that is known to be good
        self._proven: int | None = start  # that level while a higher one is tried, None while steady
        self._in_vain = 0  # epochs of the try that brought no more
        self._steady_epochs = 0
        self._patience = _EPOCHS_BETWEEN_TRIES
        self._halved_at = float("-inf")
        self._epoch_bytes = 0
        self._epoch_count = 0
        self._epoch_began: float | None = None

    def allow(self, ceiling: int) -> None:
        """From now on at most so many."""
        self._ceiling = max(ceiling, self._floor)
        if self.value > self._ceiling:
            self.value = self._ceiling
            self._settle()

    def began(self, now: float) -> None:
        """A transfer began."""
        if self._epoch_began is None:
            self._epoch_began = now

    def finished(self, nbytes: int, now: float, *, full: bool) -> None:
        """A transfer ended well. `full`: every lane was in use, so that the rate says something about the limit."""
        if self._epoch_began is None or not full:
            self._new_epoch(now)
            return
        self._epoch_bytes += nbytes
        self._epoch_count += 1
        if self._epoch_count >= self.value and now > self._epoch_began:
            rate = self._epoch_bytes / (now - self._epoch_began)
            self._new_epoch(now)
            self._judge(rate)

    def idle(self) -> None:
        """Nothing is under way, or the line was cleared: the pause must not count as a slow line."""
        self._new_epoch(None)

    def trouble(self, began: float, now: float) -> None:
        """A transfer that began at `began` met a server or a line that is overloaded.

        Those that had begun before the last halving say nothing new.
        """
        if began <= self._halved_at:
            return
        self.value = max(self._floor, self.value // 2)
        self._halved_at = now
        self._settle()
        self._rate = 0.0
        self.idle()

    def _judge(self, rate: float) -> None:
        if self._proven is None:
            self._rate = rate if not self._rate else 0.7 * self._rate + 0.3 * rate
            self._steady_epochs += 1
            if self._steady_epochs >= self._patience:
                self._try_more(max(self.value + 1, self.value * 3 // 2))
        elif rate >= self._rate * _WORTH_MORE:
            self._rate = rate
            self._patience = _EPOCHS_BETWEEN_TRIES
            self._try_more(self.value * 2)
        elif self._in_vain == 0:
            self._in_vain = 1
        else:
            self.value = self._proven
            self._patience = min(self._patience * 2, _MOST_EPOCHS_BETWEEN_TRIES)
            self._settle()

    def _try_more(self, lanes: int) -> None:
        self._proven, self._in_vain, self._steady_epochs = self.value, 0, 0
        self.value = min(self._ceiling, lanes)
        if self.value == self._proven:
            self._settle()

    def _settle(self) -> None:
        self._proven, self._in_vain, self._steady_epochs = None, 0, 0

    def _new_epoch(self, began: float | None) -> None:
        self._epoch_bytes, self._epoch_count, self._epoch_began = 0, 0, began
