"""Cine: a viewport's images as a film."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.viewmodels.presence import FAILED, HERE, MISSING

DEFAULT_RATE, SLOWEST, FASTEST = 24.0, 1.0, 60.0        # images a second
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 24, 30, 40, 50, 60)
_PATIENCE_MS = 1000


class Film(Protocol):
    """What the cine must know of the viewport it plays in."""

    @property
    def index(self) -> int: ...
    @property
    def expected(self) -> int: ...
    @property
    def loading(self) -> bool: ...
    @property
    def loaded(self) -> bytes: ...
    @property
    def frame_time_ms(self) -> float | None: ...
    def step_to(self, index: int, direction: int) -> None: ...


class Cine(QObject):
    """Plays at the file's own rate (Frame Time, PS3.3 C.7.6.5), else at 24 images a second, else as the user sets it.

    Never ahead of what is loaded: it waits for an image that is on its way, and leaves out one that cannot be had. One
    that has not come for a while (because memory had no room for it) is gone to, which asks for it.
    """

    playing_changed = Signal()
    changed = Signal()                                  # rate or way of playing

    def __init__(self, film: Film, parent: QObject) -> None:
        super().__init__(parent)
        self._film = film
        self.sweeps = False                             # there and back, instead of from the end to the beginning
        self._chosen: float | None = None
        self._direction = 1
        self._waited_ms = 0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def rate(self) -> float:
        """Images a second: the user's, else the file's own, else 24; never outside 1 to 60."""
        period = self._film.frame_time_ms
        own = 1000 / period if period else DEFAULT_RATE
        return min(max(self._chosen or own, SLOWEST), FASTEST)

    def set_rate(self, rate: float | None) -> None:
        """Images a second, 1 to 60; None for the file's own."""
        self._chosen = None if rate is None else min(max(rate, SLOWEST), FASTEST)
        if self.playing:
            self._timer.setInterval(round(1000 / self.rate))
        self.changed.emit()

    def change_rate(self, step: int) -> None:
        """The next faster (1) or slower (-1) of the usual rates."""
        rate = self.rate
        others = [one for one in _STEPS if (one > rate + 0.01 if step > 0 else one < rate - 0.01)]
        self.set_rate((min(others) if step > 0 else max(others)) if others else rate)

    def toggle_sweep(self) -> None:
        self.sweeps = not self.sweeps
        self._direction = 1
        self.changed.emit()

    def toggle(self) -> None:
        if self.playing:
            self.stop()
        elif self._film.expected > 1:
            self._direction = 1
            self._timer.start(round(1000 / self.rate))
            self.playing_changed.emit()

    def stop(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.playing_changed.emit()

    def _tick(self) -> None:
        film = self._film
        if film.loading:
            return
        following, is_here = self._following(film.index, film.expected, film.loaded)
        self._waited_ms = 0 if is_here else self._waited_ms + self._timer.interval()
        if is_here or self._waited_ms > _PATIENCE_MS:
            self._waited_ms = 0
            film.step_to(following, self._direction)

    def _following(self, index: int, count: int, loaded: bytes) -> tuple[int, bool]:
        """The next image, and whether it is here. Turns round at the ends of a sweep."""
        for _ in range(2 * count):
            following = index + self._direction
            if self.sweeps and not 0 <= following < count:
                self._direction = -self._direction
                following = index + self._direction
            index = following % max(count, 1)
            presence = loaded[index] if index < len(loaded) else MISSING
            if presence != FAILED:
                return index, presence == HERE
        return index, False
