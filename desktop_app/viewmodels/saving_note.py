"""SavingNote: that the work on a study is being stored, where that takes longer than a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.viewmodels.notices import Notice, Notices

if TYPE_CHECKING:
    from desktop_app.viewmodels.study_work import StudyWork

_A_MOMENT_MS = 300


class SavingNote(QObject):
    """Belongs to the work of one study, and goes with it."""

    def __init__(self, work: StudyWork, notices: Notices) -> None:
        super().__init__(work)
        self._work, self._notices = work, notices
        self._key = f"saving {id(work)}"
        self.late = QTimer(self, singleShot=True, interval=_A_MOMENT_MS)
        self.late.timeout.connect(self._say)
        work.changed.connect(self._look)

    def _look(self) -> None:
        if not self._work.busy:
            self.late.stop()
            self._notices.withdraw(self._key)
        elif not self.late.isActive() and all(item.key != self._key for item in self._notices.items):
            self.late.start()

    def _say(self) -> None:
        self._notices.post(Notice(self.tr("Storing your work…"), key=self._key))
