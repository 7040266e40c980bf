"""What few archives need: what a provider is asked for, an authority of one's own, a client certificate beside another
sign-in, further headers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.core.store import SignInKind
from desktop_app.ui import theme
from desktop_app.ui.widgets import label
from desktop_app.viewmodels.archive_ways import ArchiveWays

_HEADERS_PX = 56


class ArchiveMore(QWidget):
    """The lower part of the form, hidden until it is asked for."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ca_file = self._edit(self.tr("Certificate authority"),
                                  self.tr("path of a .pem file that is trusted too"))
        self.certificate = self._edit(self.tr("Client certificate"), self.tr("path of a .p12, .pfx or .pem file"))
        self.password = self._edit(self.tr("Its password"), self.tr("kept in the keychain of this computer"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.headers = QPlainTextEdit()
        self.headers.setObjectName("field")
        self.headers.setAccessibleName(self.tr("Headers"))
        self.headers.setPlaceholderText(self.tr("Name: value, one in a line, sent with every request"))
        self.headers.setToolTip(self.tr("Keys and tokens among them go into the keychain of this computer"))
        self.headers.setFixedHeight(_HEADERS_PX)
        self.headers.setTabChangesFocus(True)
        self.headers.textChanged.connect(self.edited)
        self.scopes = self._edit(self.tr("Scopes"), self.tr("what the archive wants to see; most want nothing"))
        self.audience = self._edit(self.tr("Audience"), self.tr("the archive's name at the provider, if it asks"))
        self.port = self._edit(self.tr("Redirect port"), self.tr("any, unless the provider compares it"))
        form = self._form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.tokens().space_s)
        form.setHorizontalSpacing(theme.tokens().space_l)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for widget in (*self._of_oidc, self.ca_file, self.certificate, self.password, self.headers):
            form.addRow(label(widget.accessibleName(), tone="secondary"), widget)

    @property
    def _of_oidc(self) -> tuple[QLineEdit, ...]:
        return self.scopes, self.audience, self.port

    def show_for(self, kind: SignInKind) -> None:
        """What only this way of signing in needs."""
        for widget in self._of_oidc:
            self._form.setRowVisible(widget, kind is SignInKind.OIDC)

    @property
    def ways(self) -> ArchiveWays:
        """What was typed; nothing while it is hidden."""
        if self.isHidden():
            return ArchiveWays()
        return ArchiveWays(
            self.ca_file.text(), self.certificate.text(), self.password.text(), self.headers.toPlainText(),
            self.scopes.text(), self.audience.text(), self.port.text())

    def _edit(self, name: str, hint: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        edit.setToolTip(hint)
        edit.textEdited.connect(lambda _text: self.edited.emit())
        return edit
