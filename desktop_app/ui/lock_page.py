"""The page that hides everything, and the watch that calls for it when nobody uses the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.widgets import Message, button
from desktop_app.viewmodels.session import SessionModel

_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletMove,
})
_MINUTE_MS = 60_000


class LockPage(QFrame):
    """Says why nothing is shown, and offers the ways out. Opaque: not a pixel of a study shines through."""

    def __init__(self, session: SessionModel) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session = session
        self.message = Message()
        column = QVBoxLayout(self)
        column.addWidget(self.message)
        session.lock_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        lock = self._session.lock
        if lock is None:
            self.message.tell("")
            return
        session, key = self._session, lock.session
        buttons: tuple[QPushButton, ...]
        if lock.is_other:
            buttons = (
                button(self.tr("Go on as this account"), lambda: session.decide(key, True)),
                button(self.tr("Do not use it"), lambda: session.decide(key, False), kind="primary"))
        elif key:
            buttons = (
                button(self.tr("Sign out"), session.sign_out_and_unlock),
                button(self.tr("Sign in again"), session.unlock, kind="primary"))
        else:
            buttons = (button(self.tr("Show the studies"), session.unlock, kind="primary"),)
        self.setAccessibleName(lock.title)
        text = lock.trouble or (self.tr("Your browser shows the sign-in page.") if lock.busy else lock.text)
        self.message.tell(lock.title, text, icon="eye", busy=lock.busy, buttons=buttons)


class IdleWatch(QObject):
    """Calls `idle` when there was neither key nor mouse for a number of minutes. Looks at nothing while it is off."""

    def __init__(self, parent: QObject, idle: Callable[[], None]) -> None:
        super().__init__(parent)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(idle)
        self._watching = False

    def set_minutes(self, minutes: int) -> None:
        application = QApplication.instance()
        assert application is not None
        if self._watching:
            application.removeEventFilter(self)
        self._watching = minutes > 0
        if self._watching:
            self._idle.setInterval(minutes * _MINUTE_MS)
            self._idle.start()
            application.installEventFilter(self)
        else:
            self._idle.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._idle.start()
        return False


def hide_dialogs(window: QWidget) -> list[QWidget]:
    """Hides the dialogs of a window, which may show names too; returns them for later."""
    hidden = [
        child for child in window.findChildren(QWidget)
        if child.isWindow() and child.isVisible() and child is not window
    ]
    for child in hidden:
        child.hide()
    return hidden
