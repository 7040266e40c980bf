"""Comparison: one file of an upload beside what the archive has under its UID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.difference import InstanceDifference
from desktop_app.core.errors import user_text
from desktop_app.core.store import Store
from desktop_app.core.upload import UploadItem
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network


class Comparison(QObject):
    """`result` is None until it is known; `error` says in a sentence why it will not be."""

    changed = Signal()

    def __init__(
        self, network: Network[Backend], store: Store, item: UploadItem, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._network = network
        self.store, self.item = store, item
        self.result: InstanceDifference | None = None
        self.error = ""
        self._job = Job(self, self._failed)
        self._job.start(self._compare())

    def close(self) -> None:
        """Nobody looks any more: what is under way ends."""
        self._job.cancel()
        self.deleteLater()

    async def _compare(self) -> None:
        store, item = self.store, self.item
        self.result = await self._network.call(lambda backend: backend.connection(store).uploader.difference(item))
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.error = user_text(error)
        self.changed.emit()
