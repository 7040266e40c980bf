"""What happens while the browser is asked, and the dialog that asks for a password again."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.core.session import SessionPhase
from desktop_app.core.store import SignInKind, Store
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import Spinner, button, copy_text, label, restyle
from desktop_app.viewmodels.archives import ArchivesModel
from desktop_app.viewmodels.session import SessionModel


class SignInDialog(Dialog):
    """Says what to do in the browser. It closes itself when the person is back, and keeps the sentence when not."""

    settings_requested = Signal()

    def __init__(self, parent: QWidget | None, archives: ArchivesModel, session: SessionModel, store: Store) -> None:
        super().__init__(parent, self.tr("Sign in to %s") % store.name, width=500)
        self._archives, self._session, self.store = archives, session, store
        row = QHBoxLayout()
        row.setSpacing(theme.tokens().space_m)
        self._spinner = Spinner(18)
        self._spinner.set_busy(True, at_once=True)
        self._text = label(self.tr(
            "Your browser shows the sign-in page. Sign in there; Lightbox comes back by itself."), wrap=True)
        row.addWidget(self._spinner)
        row.addWidget(self._text, 1)
        self.column.addLayout(row)
        self._hint = label(self.tr(
            "If no browser opened, copy the address and open it on this computer."),
            kind="small", tone="secondary", wrap=True)
        self.column.addWidget(self._hint)
        self.copy = button(self.tr("Copy address"), self._copy, icon="copy")
        self.again = button(self.tr("Try again"), self._again, kind="primary")
        self.cancel = button(self.tr("Cancel"), self.reject)
        self.settings = button(self.tr("Settings…"), self.settings_requested.emit, icon="settings")
        self.link = button(self.tr("Google's page"), self._open_link, kind="link", icon="external-link")
        self.add_buttons(self.cancel, self.again, left=(self.copy, self.settings, self.link))
        for later in (self.again, self.settings, self.link):
            later.hide()
        session.changed.connect(self._show)
        archives.sign_in_ended.connect(self._ended)
        self.finished.connect(self._left)
        self._show()

    @property
    def sentence(self) -> str:
        return self._text.text()

    def _address(self) -> str:
        state = self._session.state_of(self.store)
        return state.address if state is not None and state.phase is SessionPhase.BROWSER else ""

    def _show(self) -> None:
        self.copy.setEnabled(bool(self._address()))

    def _copy(self) -> None:
        copy_text(self._address())

    def _open_link(self) -> None:
        QDesktopServices.openUrl(QUrl(self._archives.sign_in_link))

    def _again(self) -> None:
        self._set_waiting(True)
        self._text.setText(self.tr("Your browser shows the sign-in page again."))
        self._archives.sign_in(self.store)

    def _ended(self, store: Store, trouble: str) -> None:
        if store.key != self.store.key:
            return
        if not trouble:
            self.accept()
            return
        self._text.setText(trouble)
        self._set_waiting(False)

    def _set_waiting(self, waiting: bool) -> None:
        self._spinner.set_busy(waiting, at_once=True)
        self._hint.setVisible(waiting)
        self.copy.setVisible(waiting)
        self.settings.setVisible(not waiting and self.store.sign_in is SignInKind.GOOGLE)
        self.again.setVisible(not waiting)
        # Where a page helps, what is said is not a failure but how to begin.
        helps = not waiting and bool(self._archives.sign_in_link)
        self.link.setVisible(helps)
        restyle(self._text, "tone", "" if waiting or helps else "error")

    def _left(self, code: int) -> None:
        if code != Dialog.DialogCode.Accepted:
            self._archives.cancel_sign_in(self.store)


class PasswordDialog(Dialog):
    """Asks again for what is kept for one session only, or was forgotten."""

    def __init__(self, parent: QWidget | None, archives: ArchivesModel, store: Store) -> None:
        super().__init__(parent, self.tr("Sign in to %s") % store.name)
        self._archives, self._store = archives, store
        is_token = store.sign_in is SignInKind.BEARER
        self.user, self.password = QLineEdit(), QLineEdit()
        self.user.setAccessibleName(self.tr("User"))
        self.password.setAccessibleName(self.tr("Token") if is_token else self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_s)
        if store.sign_in is SignInKind.BASIC:
            form.addRow(label(self.tr("User"), tone="secondary"), self.user)
        form.addRow(label(self.password.accessibleName(), tone="secondary"), self.password)
        self.column.addLayout(form)
        self._sentence = label(kind="small", tone="error", wrap=True)
        self._sentence.setMinimumHeight(34)
        self.column.addWidget(self._sentence)
        self.add_buttons(
            button(self.tr("Cancel"), self.reject), button(self.tr("Sign in"), self._sign_in, kind="primary"))
        (self.user if store.sign_in is SignInKind.BASIC else self.password).setFocus()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def _sign_in(self) -> None:
        trouble = self._archives.give_password(self._store, self.user.text(), self.password.text())
        self._sentence.setText(trouble)
        if not trouble:
            self.accept()
