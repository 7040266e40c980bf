"""Cine: a viewport's images as a film."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

_DEFAULT_MS = 1000 / 24
_FASTEST_MS, _SLOWEST_MS = 1000 / 60, 1000.0


class Film(Protocol):
    """What the cine must know of the viewport it plays in."""

    @property
    def expected(self) -> int: ...
    @property
    def loading(self) -> bool: ...
    @property
    def frame_time_ms(self) -> float | None: ...
    def advance(self, images: int) -> None: ...


class Cine(QObject):
    """Plays at the file's own rate (Frame Time, PS3.3 C.7.6.5), else at 24 frames a second; never ahead of what is
    loaded."""

    playing_changed = Signal()

    def __init__(self, film: Film, parent: QObject) -> None:
        super().__init__(parent)
        self._film = film
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def toggle(self) -> None:
        if self.playing:
            self.stop()
        elif self._film.expected > 1:
            period = self._film.frame_time_ms or _DEFAULT_MS
            self._timer.start(round(min(max(period, _FASTEST_MS), _SLOWEST_MS)))
            self.playing_changed.emit()

    def stop(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.playing_changed.emit()

    def _tick(self) -> None:
        if not self._film.loading:
            self._film.advance(1)
