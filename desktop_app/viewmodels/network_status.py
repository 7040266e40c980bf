"""NetworkStatus: what the network does, in a few characters."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.sizes import size_text

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network

_PERIOD_MS = 500


class NetworkStatus(QObject):
    """Looks twice a second; silent when nothing changed. `trouble` is the sentence that says why loading waits."""

    changed = Signal()

    def __init__(self, network: Network[Backend], frames: FrameCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._frames = network, frames
        self.text = ""
        self.cache_text = ""
        self.trouble = ""
        self._last_bytes = 0
        self._looked_at = time.monotonic()
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()

    @property
    def report(self) -> str:
        """Where the time of loading went; empty before anything was loaded."""
        return self._network.peek(lambda backend: backend.loading_report()) or ""

    def wipe_cache(self) -> None:
        """Forgets the images that are kept on disk, and the key to them."""
        self._network.submit(lambda backend: backend.wipe_disk_cache())

    def read_left_out(self) -> None:
        """Images that ended the program once are read again."""
        async def read(backend: Backend) -> None:
            backend.decoder.guard.read_all_again()

        self._network.submit(read)

    def _look(self) -> None:
        status = self._network.peek(lambda backend: backend.traffic())
        text = trouble = ""
        now = time.monotonic()
        elapsed, self._looked_at = max(now - self._looked_at, 1e-3), now
        if status is not None:
            rate = max(status.bytes_received - self._last_bytes, 0) / elapsed
            self._last_bytes = status.bytes_received
            trouble = status.trouble
            if trouble:
                text = self.tr("waiting for the archive…")
            elif status.in_flight:
                text = self.tr("↓ %s/s · %d at once") % (size_text(rate), status.in_flight)
        memory, disk = self._frames.nbytes, self._network.peek(lambda backend: backend.disk_bytes()) or 0
        cache_texts = (
            self.tr("memory %s") % size_text(memory) if memory else "",
            self.tr("cache %s") % size_text(disk) if disk else "",
        )
        cache_text = " · ".join(text for text in cache_texts if text)
        if (text, cache_text, trouble) != (self.text, self.cache_text, self.trouble):
            self.text, self.cache_text, self.trouble = text, cache_text, trouble
            self.changed.emit()
