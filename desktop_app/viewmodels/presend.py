"""PresendCheck: what is wrong with the files of an upload, before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.presend import Finding
from desktop_app.core.store import Store
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_MOST = 5_000


class PresendCheck(QObject):
    """Fills while the files are looked into; `findings` holds the first 5,000, `count` tells all."""

    changed = Signal()

    def __init__(self, network: Network[Backend], store: Store, upload_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._store, self._upload_id = network, store, upload_id
        self.findings: tuple[Finding, ...] = ()
        self.count = self.done = self.total = 0
        self.is_over = False
        self.error = ""
        self._job = Job(self, self._failed)
        self._job.start(self._check())

    def close(self) -> None:
        self._job.cancel()
        self.deleteLater()

    async def _check(self) -> None:
        store, upload_id = self._store, self._upload_id
        async for steps in self._network.stream(lambda backend: backend.connection(store).uploader.check(upload_id)):
            new = [finding for step in steps for finding in step.findings]
            self.count += len(new)
            self.findings = (*self.findings, *new)[:_MOST]
            self.done, self.total = steps[-1].done, steps[-1].total
            self.changed.emit()
        self.is_over = True
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.error, self.is_over = user_text(error), True
        self.changed.emit()
