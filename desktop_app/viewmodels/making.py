"""Making: files that are no DICOM on their way to become objects of a study, after a person has seen what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.making import FileToMake, MakeForm, MakePlan, StudyContext
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.uploads import UploadsModel


class Making(QObject):
    """One drop of files on one study. `plans` is None until they have been looked at; `context` is what will be
    written of patient and study. `made` tells the folder that the objects lie in."""

    changed = Signal()
    made = Signal(object)

    def __init__(
        self, network: Network[Backend], store: Store, study: Study, files: Sequence[FileToMake],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network = network
        self.store, self.study, self.files = store, study, tuple(files)
        self.plans: tuple[MakePlan, ...] | None = None
        self.context = StudyContext.of(study)
        self.error = ""
        self._job = Job(self, self._failed)
        self._job.running_changed.connect(self.changed)
        self._job.start(self._look())

    @property
    def busy(self) -> bool:
        return self._job.running

    @property
    def count(self) -> int:
        """How many files will become objects."""
        return sum(not plan.refusal for plan in self.plans or ())

    def make(self, form: MakeForm) -> None:
        """Writes the objects."""
        if self.count and not self.busy:
            self.error = ""
            self._job.start(self._make(form))

    def close(self) -> None:
        self._job.cancel()
        self.deleteLater()

    async def _look(self) -> None:
        store, files, first = self.store, self.files, self.context
        self.context = await self._network.call(lambda backend: backend.study_context(store, first))
        self.plans = await self._network.call(lambda backend: backend.maker.look(files))
        self.changed.emit()

    async def _make(self, form: MakeForm) -> None:
        plans, context = self.plans or (), self.context
        folder = await self._network.call(lambda backend: backend.maker.make(plans, form, context))
        self.made.emit(folder)

    def _failed(self, error: Exception) -> None:
        self.error = user_text(error)
        self.changed.emit()


class MakingsModel(QObject):
    """Begins makings, hands what was made to the uploads, and removes it from this machine once it has arrived."""

    asked = Signal(object)

    def __init__(
        self, network: Network[Backend], uploads: UploadsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._network, self._uploads = network, uploads
        self._folders: dict[int, Path] = {}
        uploads.changed.connect(self._tidy)

    def begin(self, store: Store, study: Study, files: Sequence[FileToMake]) -> Making:
        """Looks at the files; nothing is made before a person has said yes."""
        making = Making(self._network, store, study, files, self)
        making.made.connect(lambda folder: self._send(making, folder))
        self.asked.emit(making)
        return making

    def _send(self, making: Making, folder: Path) -> None:
        names = [plan.file.name for plan in making.plans or () if not plan.refusal]
        title = names[0] if len(names) == 1 else self.tr("%n files for a study", "", len(names))
        number = self._uploads.drop(
            [folder], making.store, ask=False, title=title, choices=UploadChoices(apart=True))
        self._folders[number] = folder

    def _tidy(self) -> None:
        for row in self._uploads.rows:
            if row.finished and row.id in self._folders and not row.can_send_again:
                folder = self._folders.pop(row.id)
                self._network.submit(lambda backend, folder=folder: backend.maker.remove(folder))  # type: ignore[misc]
