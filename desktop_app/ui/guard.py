"""Guard: who may see the window. Sign-in dialogs, and the lock that hides everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.core.store import Store
from desktop_app.ui.lock_page import IdleWatch, LockPage, hide_dialogs

if TYPE_CHECKING:
    from desktop_app.ui.action_set import ActionSet
    from desktop_app.viewmodels.models import Models


class Guard(QObject):
    """`whole` shows either the content of the window or the lock. `opened`: the content is back."""

    opened = Signal()

    def __init__(self, window: QMainWindow, content: QWidget, models: Models, actions: ActionSet) -> None:
        super().__init__(window)
        self._window, self._content, self._models, self._actions = window, content, models, actions
        self._hidden: list[QWidget] = []
        self.page = LockPage(models.session)
        self.whole = QStackedWidget()
        self.whole.addWidget(content)
        self.whole.addWidget(self.page)
        self._idle = IdleWatch(self, models.session.lock_now)
        models.archives.sign_in_began.connect(self._show_sign_in)
        models.archives.secret_wanted.connect(self._ask_secret)
        models.session.lock_changed.connect(self._show_lock)
        models.settings.changed.connect(self._watch_idle)
        self._watch_idle()

    def _show_sign_in(self, store: Store) -> None:
        from desktop_app.ui.sign_in_dialog import SignInDialog

        shown = [dialog for dialog in self._window.findChildren(SignInDialog) if dialog.isVisible()]
        if not any(dialog.store.key == store.key for dialog in shown):
            dialog = SignInDialog(self._window, self._models.archives, self._models.session, store)
            dialog.settings_requested.connect(lambda: self._actions.run("settings"))
            dialog.open()

    def _ask_secret(self, store: Store) -> None:
        from desktop_app.ui.sign_in_dialog import PasswordDialog

        PasswordDialog(self._window, self._models.archives, store).open()

    def _watch_idle(self) -> None:
        self._idle.set_minutes(self._models.settings.value.lock_after_min)

    def _show_lock(self) -> None:
        """While it is locked there is nothing of the content: no picture, no tab with a name, no dialog, no key."""
        locked = self._models.session.lock is not None
        if locked == (self.whole.currentWidget() is self.page):
            return
        self.whole.setCurrentWidget(self.page if locked else self._content)
        self._window.setAcceptDrops(not locked)
        self._actions.set_locked(locked)
        if locked:
            self._hidden = hide_dialogs(self._window)
            self.page.setFocus()
        else:
            for dialog in self._hidden:
                if isValid(dialog):
                    dialog.show()
            self._hidden = []
            self.opened.emit()
