"""The dialog that adds an archive: name, address, and how to sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from desktop_app.core.store import SignInKind, System
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.archive_more import ArchiveMore
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.test_panel import TestPanel
from desktop_app.ui.widgets import button, label, restyle
from desktop_app.viewmodels.archive_test import ArchiveTest
from desktop_app.viewmodels.archives import ArchivesModel


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form. `kinds`: the sign-ins that ask for it."""

    id: str
    text: str
    placeholder: str
    kinds: frozenset[SignInKind]
    secret: bool = False


_ALL = frozenset(SignInKind)
_KIND = SignInKind
_FIELDS: tuple[Field, ...] = (
    Field("address", t("AddArchive", "Address"), "https://host/dicom-web", _ALL),
    Field("name", t("AddArchive", "Name"), t("AddArchive", "as you want to see it; optional"), _ALL),
    Field("user", t("AddArchive", "User"), "", frozenset({_KIND.BASIC})),
    Field("password", t("AddArchive", "Password"), t("AddArchive", "kept in the keychain of this computer"),
          frozenset({_KIND.BASIC, _KIND.CERTIFICATE}), True),
    Field("token", t("AddArchive", "Token"), t("AddArchive", "kept in the keychain of this computer"),
          frozenset({_KIND.BEARER}), True),
    Field("certificate", t("AddArchive", "Certificate"), t("AddArchive", "path of a .p12, .pfx or .pem file"),
          frozenset({_KIND.CERTIFICATE})),
    Field("issuer", t("AddArchive", "Provider"), "https://login.example.org/realm", frozenset({_KIND.OIDC})),
    Field("client_id", t("AddArchive", "Client ID"), "", frozenset({_KIND.OIDC, _KIND.GOOGLE})),
    Field("client_secret", t("AddArchive", "Client secret"), t("AddArchive", "if there is one"),
          frozenset({_KIND.OIDC, _KIND.GOOGLE}), True),
)
_KINDS: tuple[tuple[SignInKind, str, str], ...] = (
    (_KIND.NONE, t("AddArchive", "No sign-in"), ""),
    (_KIND.BASIC, t("AddArchive", "User and password"), ""),
    (_KIND.BEARER, t("AddArchive", "Token"), t("AddArchive", "A bearer token that you were given.")),
    (_KIND.OIDC, t("AddArchive", "OpenID Connect"), t("AddArchive", "You sign in with your browser.")),
    (_KIND.GOOGLE, t("AddArchive", "Google Cloud"), t("AddArchive", "You sign in to Google with your browser.")),
    (_KIND.GOOGLE_DEFAULT, t("AddArchive", "Google, this computer's own"),
     t("AddArchive", "The Application Default Credentials of this computer.")),
    (_KIND.CERTIFICATE, t("AddArchive", "Client certificate"), ""),
)


# Where nothing is said, an archive's ways are learned; these have no search, or none that is worth its name.
_SYSTEMS: tuple[tuple[System, str], ...] = (
    (System.LEARNED, t("AddArchive", "Found out by itself")),
    (System.GOOGLE, "Google Cloud Healthcare API"),
    (System.ORTHANC, "Orthanc"),
    (System.DCM4CHEE, "dcm4chee-arc 5"),
    (System.AZURE, "Azure DICOM service"),
    (System.AWS, "AWS HealthImaging"),
    (System.MYHEALTH, t("AddArchive", "MyHealth@EU, or another that can only retrieve")),
    (System.STATIC, t("AddArchive", "Static DICOMweb files")),
    (System.WADO_URI, t("AddArchive", "WADO-URI only (older than DICOMweb)")),
)


class AddArchive(Dialog):
    """Asks until the model takes what it is given: its sentence is shown right below the form."""

    google_requested = Signal()

    def __init__(self, parent: QWidget | None, archives: ArchivesModel, test: ArchiveTest | None = None) -> None:
        super().__init__(parent, self.tr("Add an archive"), width=520)
        self._archives, self._test = archives, test
        self._tried: tuple[object, ...] = ()
        tokens = theme.tokens()
        self.column.addWidget(label(
            self.tr("Any server that speaks DICOMweb. Give its address without /studies."),
            tone="secondary", wrap=True))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("How to sign in"))
        for kind, text, _ in _KINDS:
            self.kind.addItem(self.tr(text), kind)
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self.system = QComboBox()
        self.system.setAccessibleName(self.tr("System"))
        for system, text in _SYSTEMS:
            self.system.addItem(self.tr(text), system)
        form = QFormLayout()
        form.setSpacing(tokens.space_s)
        form.setHorizontalSpacing(tokens.space_l)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in _FIELDS:
            if field.id == "user":
                form.addRow(label(self.tr("System"), tone="secondary"), self.system)
                form.addRow(label(self.tr("Sign-in"), tone="secondary"), self.kind)
            self._labels[field.id] = label(self.tr(field.text), tone="secondary")
            self.fields[field.id] = self._edit(field)
            form.addRow(self._labels[field.id], self.fields[field.id])
        self.column.addLayout(form)
        self._form = form
        self.more = button(self.tr("More…"), self._show_more, kind="link",
                           tip=self.tr("Certificates and headers that few archives need"))
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.own = ArchiveMore()
        self.own.hide()
        self.own.edited.connect(self._edited)
        self.column.addWidget(self.own)
        self._sentence = label(kind="small", wrap=True)
        self._sentence.setMinimumHeight(34)             # the dialog keeps its size when a sentence comes
        self.column.addWidget(self._sentence)
        self.google = button(
            self.tr("Google Cloud…"), self._choose_google, icon="cloud",
            tip=self.tr("Choose a DICOM store from your projects"))
        self.add_button = button(self.tr("Add"), self._add, kind="primary")
        if test is not None:
            self.panel = TestPanel(test)
            self.column.addWidget(self.panel)
            test.clear()
            test.changed.connect(self._tested)
            self.finished.connect(lambda _code: test.clear())
        self.add_buttons(button(self.tr("Cancel"), self.reject), self.add_button, left=(self.google,))
        self.system.currentIndexChanged.connect(lambda _index: self._edited())
        self.kind.currentIndexChanged.connect(lambda _index: self._show_fields())
        self._show_fields()
        self.fields["address"].setFocus()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def choose_kind(self, kind: SignInKind) -> None:
        self.kind.setCurrentIndex([row[0] for row in _KINDS].index(kind))

    def _edit(self, field: Field) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(self.tr(field.placeholder))
        edit.setToolTip(edit.placeholderText())
        edit.setAccessibleName(self.tr(field.text))
        if field.secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.textEdited.connect(lambda _text: self._edited())
        return edit

    def _current_kind(self) -> SignInKind:
        return _KINDS[self.kind.currentIndex()][0]

    def _kind_hint(self) -> str:
        return self.tr(_KINDS[self.kind.currentIndex()][2])

    def _show_fields(self) -> None:
        kind = self._current_kind()
        for field in _FIELDS:
            self._form.setRowVisible(self.fields[field.id], kind in field.kinds)
        self.own.show_for(kind)
        self._say(self._kind_hint())
        self.adjustSize()

    def _show_more(self) -> None:
        self.more.hide()
        self.own.show()
        self.adjustSize()
        (self.own.scopes if self._current_kind() is SignInKind.OIDC else self.own.ca_file).setFocus()

    def _say(self, text: str, tone: str = "secondary") -> None:
        self._sentence.setText(text)
        restyle(self._sentence, "tone", tone)

    def _choose_google(self) -> None:
        self.reject()
        self.google_requested.emit()

    def _given(self) -> tuple[str, str, SignInKind, str, str, str, str, str]:
        """What was typed, in the order of ArchivesModel.add."""
        kind = self._current_kind()
        given: Callable[[str], str] = lambda name: self.fields[name].text() if self._used(name) else ""  # noqa: E731
        secret = given("token") if kind is SignInKind.BEARER else given("password")
        return (given("address"), given("name").strip(), kind, given("issuer"), given("client_id"),
                given("client_secret"), given("user"), secret)

    def _add(self) -> None:
        """Tries the archive first; what failed is told, and a second click on the same adds it all the same."""
        given = self._given()
        certificate = self.fields["certificate"].text() if self._used("certificate") else ""
        system = _SYSTEMS[self.system.currentIndex()][0]
        ways = self.own.ways
        if self._test is None:
            self._end(self._archives.add(*given, certificate, system, ways))
        elif self._tried == (*given, certificate, system, ways):
            self._end(self._test.add())
        else:
            try:
                store, secrets = self._archives.parse(*given, certificate, system, ways)
            except ValueError as error:
                self._end(str(error))
                return
            self._tried = (*given, certificate, system, ways)
            self.add_button.setEnabled(False)
            self._say("")
            self._test.run(store, secrets)

    def _tested(self) -> None:
        assert self._test is not None
        result = self._test.result
        self.add_button.setEnabled(not self._test.busy)
        if result is not None and self._tried:
            if result.passed:
                self._end(self._test.add())
            else:
                self.add_button.setText(self.tr("Add anyway"))
                self._say("")

    def _edited(self) -> None:
        """Another address is tried anew."""
        self._tried = ()
        self.add_button.setText(self.tr("Add"))
        self._say(self._kind_hint())
        if self._looks_like_google() and self._current_kind() is SignInKind.NONE:
            self.choose_kind(SignInKind.GOOGLE)

    def _looks_like_google(self) -> bool:
        return "/dicomStores/" in self.fields["address"].text() or "healthcare.googleapis.com" in (
            self.fields["address"].text())

    def _end(self, trouble: str) -> None:
        if trouble:
            self._tried = ()
            self._say(trouble, "error")
            self.fields["address"].setFocus()
        else:
            self.accept()

    def _used(self, name: str) -> bool:
        return next(self._current_kind() in field.kinds for field in _FIELDS if field.id == name)
