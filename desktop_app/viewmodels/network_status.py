"""NetworkStatus: what the network does, in a few characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.sizes import size_text

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network

_PERIOD_MS = 500


class NetworkStatus(QObject):
    """Looks twice a second; silent when nothing changed."""

    changed = Signal()

    def __init__(self, network: Network[Backend], frames: FrameCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._frames = network, frames
        self.text = ""
        self.cache_text = ""
        self._last_bytes = 0
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        status = self._network.peek(lambda backend: backend.traffic())
        text = ""
        if status is not None:
            rate = (status.bytes_received - self._last_bytes) * 1000 / _PERIOD_MS
            self._last_bytes = status.bytes_received
            if status.in_flight:
                text = self.tr("↓ %s/s · %d at once") % (size_text(max(rate, 0)), status.in_flight)
        cache_text = self.tr("memory %s") % size_text(self._frames.nbytes) if self._frames.nbytes else ""
        if (text, cache_text) != (self.text, self.cache_text):
            self.text, self.cache_text = text, cache_text
            self.changed.emit()
