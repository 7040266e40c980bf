"""NetworkStatus: what the network does, in a few characters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.load_times import LoadReport, Span, Stage, StageTime
from desktop_app.core.sizes import size_text

if TYPE_CHECKING:
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.viewer import ViewerModel

_PERIOD_MS = 500


class NetworkStatus(QObject):
    """Looks twice a second; silent when nothing changed. `trouble` is the sentence that says why loading waits.

    `chosen()` is the archive of the worklist, or in a list of several that of the selected row.
    """

    changed = Signal()

    def __init__(
        self, network: Network[Backend], frames: FrameCache, chosen: Callable[[], Store],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
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

    def report(self, viewer: ViewerModel | None, painted: Iterable[Span] = ()) -> LoadReport:
        """Where the time of a viewer's study went, or all of the archive's that is chosen. `painted`: the repaints."""
        store = viewer.store if viewer is not None else self._chosen()
        uid = viewer.study.study_instance_uid if viewer is not None else ""
        found = self._network.peek(lambda backend: backend.loading_report(store, uid)) or LoadReport()
        paint = Span()
        for span in painted:
            paint = paint.plus(span)
        return replace(found, stages=(*found.stages, StageTime.of(Stage.PAINT, paint))) if paint.count else found

    @property
    def kept_bytes(self) -> int:
        """Of images on this computer's disk."""
        return self._network.peek(lambda backend: backend.disk_bytes()) or 0

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
        memory, disk = self._frames.nbytes, self.kept_bytes
        cache_texts = (
            self.tr("memory %s") % size_text(memory) if memory else "",
            self.tr("cache %s") % size_text(disk) if disk else "",
        )
        cache_text = " · ".join(text for text in cache_texts if text)
        if (text, cache_text, trouble) != (self.text, self.cache_text, self.trouble):
            self.text, self.cache_text, self.trouble = text, cache_text, trouble
            self.changed.emit()
