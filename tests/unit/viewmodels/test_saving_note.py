"""That work is being stored is said where it takes longer than a moment, and no longer than it is true."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.viewmodels.notices import Notices
from desktop_app.viewmodels.saving_note import SavingNote


class Work(QObject):
    changed = Signal()
    busy = False

    def be(self, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()


def test_it_is_said_while_it_takes_long(qapp: QApplication) -> None:
    work, notices = Work(), Notices()
    note = SavingNote(work, notices)                            # type: ignore[arg-type]
    work.be(True)
    assert note.late.isActive() and notices.items == (), "a quick one says nothing"
    work.be(False)
    assert not note.late.isActive()
    work.be(True)
    note.late.timeout.emit()
    work.be(True)
    assert [item.text for item in notices.items] == ["Storing your work…"]
    work.be(False)
    assert notices.items == ()
