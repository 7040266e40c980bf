"""Deletion: looked into, asked about, done: one study, series or image of an archive."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.dates import date_text
from desktop_app.core.deletion import DeletionOffer, DeletionProgress, DeletionTarget, Level
from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.words import counted
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network


class DeletionState(Enum):
    LOOKING = auto()        # what would go, and whether it may
    ASKING = auto()
    REFUSED = auto()
    DELETING = auto()
    ENDED = auto()


class Deletion(QObject):
    """One deletion. Nothing is deleted before `confirm`; `cancel` stops it, at the archive too where that can be.

    `what` names the thing below the study: empty for the whole study, else the series' or the image's own name.
    """

    changed = Signal()
    deleted = Signal()
    ended = Signal()

    def __init__(
        self, network: Network[Backend], notices: Notices, store: Store, study: Study, target: DeletionTarget,
        what: str, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._notices = network, notices
        self.store, self.study, self.target, self.what = store, study, target, what
        self.state = DeletionState.LOOKING
        self.offer: DeletionOffer | None = None
        self.progress = DeletionProgress()
        self.error = ""
        self.is_done = False
        self._job = Job(self, self._failed)
        self._job.start(self._look())

    # -- words ---------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        kinds = {Level.STUDY: self.tr("Delete this study?"), Level.SERIES: self.tr("Delete this series?"),
                 Level.INSTANCE: self.tr("Delete this image?")}
        return kinds[self.target.level]

    @property
    def patient(self) -> str:
        name = self.study.patient_name.display or self.tr("no name")
        return f"{name} · {self.study.patient_id}" if self.study.patient_id else name

    @property
    def study_text(self) -> str:
        study = self.study
        parts = (study.description or self.tr("study without a description"), "/".join(study.modalities),
                 date_text(study.study_date))
        return " · ".join(part for part in parts if part)

    @property
    def count_text(self) -> str:
        """"51 images and other objects", as far as it is known."""
        count = self.offer.instances if self.offer is not None else None
        if count is None:
            return self.tr("an unknown number of objects")
        return self.tr("1 object") if count == 1 else self.tr("%s objects") % counted(count)

    # -- the way -------------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Yes, delete it."""
        if self.state is DeletionState.ASKING:
            self._say(DeletionState.DELETING)
            self._job.start(self._delete())

    def cancel(self) -> None:
        """No; or stop."""
        was_deleting = self.state is DeletionState.DELETING
        self._job.cancel()
        if self.state is not DeletionState.ENDED:
            self._say(DeletionState.ENDED)
            self.ended.emit()
        if was_deleting:
            self.deleted.emit()         # what is gone already must go from the lists
            self._notices.post(Notice(
                self.tr("The deletion was stopped. What the archive had deleted by then is gone."),
                NoticeKind.CAUTION))

    async def _look(self) -> None:
        store, target = self.store, self.target
        self.offer = await self._network.call(lambda backend: backend.deletion_offer(store, target))
        self.error = self.offer.refusal
        self._say(DeletionState.REFUSED if self.offer.refusal else DeletionState.ASKING)

    async def _delete(self) -> None:
        store, target = self.store, self.target
        async for steps in self._network.stream(lambda backend: backend.delete(store, target)):
            self.progress = steps[-1]
            self.changed.emit()
        self.is_done = True
        self._say(DeletionState.ENDED)
        self.deleted.emit()
        self._notices.post(Notice(self.tr("Deleted from %s: %s.") % (store.name, self.count_text), NoticeKind.GOOD))
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self.error = user_text(error)
        was_deleting = self.state is DeletionState.DELETING
        self._say(DeletionState.REFUSED)
        if was_deleting:
            self.deleted.emit()
            detail = error.detail if isinstance(error, LightboxError) else ""
            self._notices.post(Notice(self.error, NoticeKind.ERROR, detail))

    def _say(self, state: DeletionState) -> None:
        self.state = state
        self.changed.emit()


class DeletionsModel(QObject):
    """Begins deletions. `asked` hands each to whoever asks the person; `deleted` (store, target, whether all of it
    is gone) tells that something may be gone."""

    asked = Signal(object)
    deleted = Signal(object, object, bool)

    def __init__(self, network: Network[Backend], notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._notices = network, notices

    def begin(self, store: Store, study: Study, target: DeletionTarget, what: str = "") -> Deletion:
        """Looks into it; nothing is deleted before a person has said yes."""
        deletion = Deletion(self._network, self._notices, store, study, target, what, self)
        deletion.deleted.connect(
            lambda: self.deleted.emit(store, target, deletion.is_done))
        deletion.ended.connect(deletion.deleteLater)
        self.asked.emit(deletion)
        return deletion

    def begin_study(self, store: Store, study: Study) -> Deletion:
        """The whole study."""
        return self.begin(store, study, DeletionTarget(study.study_instance_uid))

    def begin_shown(self, store: Store, study: Study, display_set: DisplaySet, index: int | None) -> Deletion:
        """The series of a display set, or its image with this index, from 0."""
        series = display_set.series
        what = series.description or self.tr("series without a description")
        sop_instance_uid = ""
        if index is not None and index < len(display_set.frames):
            sop_instance_uid = display_set.frames[index].sop_instance_uid
            what = self.tr("%s, image %d") % (what, index + 1)
        target = DeletionTarget(series.study_instance_uid, series.series_instance_uid, sop_instance_uid)
        return self.begin(store, study, target, what)
