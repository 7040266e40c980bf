"""HoverModel: a study that the pointer rests on in the worklist may begin to load, where the settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.listed_study import ListedStudy
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.settings import SettingsModel

if TYPE_CHECKING:
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_REST_MS = 250  # who only passes over a row wants nothing of it


class HoverModel(QObject):
    """One study at a time; nothing of it is loaded any more once the pointer leaves."""

    def __init__(self, network: Network[Backend], settings: SettingsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._settings = network, settings
        self._job = Job(self, lambda _error: None)  # who opens the study hears what is wrong with it
        self._row: ListedStudy | None = None
        self._begun: Store | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)

    def over(self, row: ListedStudy | None) -> None:
        """The pointer is over this row now, None for none."""
        if row == self._row:
            return
        self._row = row
        self._rest.stop()
        self._job.cancel()
        if self._begun is not None:
            store, self._begun = self._begun, None
            self._network.submit(lambda backend: backend.forget_first_images(store))
        if row is not None and self._settings.value.loading.on_hover:
            self._rest.start()

    def _begin(self) -> None:
        if self._row is not None:
            self._begun = self._row.store
            self._job.start(self._wish(self._row.store, self._row.study.study_instance_uid))

    async def _wish(self, store: Store, study_instance_uid: str) -> None:
        await self._network.call(lambda backend: backend.wish_first_images(store, study_instance_uid))
