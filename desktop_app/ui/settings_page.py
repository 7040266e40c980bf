"""Settings: the OAuth client for Google, where secrets are kept, when the screen locks, and the archives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.loading_settings import LoadingSettingsPart
from desktop_app.ui.widgets import CheckBox, button, label, restyle
from desktop_app.ui.workplace_settings import WorkplacePart
from desktop_app.viewmodels.language import LANGUAGES
from desktop_app.viewmodels.models import Models

_WIDTH = 620
_AROUND_PX, _LEAST_PX = 200, 240        # title, button and the frame of the window; what is always seen
_LOCK: tuple[tuple[int, str], ...] = (
    (0, t("SettingsPage", "Never")),
    (5, t("SettingsPage", "After 5 minutes without input")),
    (15, t("SettingsPage", "After 15 minutes without input")),
    (30, t("SettingsPage", "After 30 minutes without input")),
    (60, t("SettingsPage", "After an hour without input")),
)


class SettingsPage(Dialog):
    """What is changed here holds at once; there is nothing to apply."""

    def __init__(self, parent: QWidget | None, models: Models) -> None:
        super().__init__(parent, self.tr("Settings"), width=_WIDTH)
        self._models = models
        self._inner = QWidget()
        self._sections = QVBoxLayout(self._inner)
        self._sections.setContentsMargins(0, 0, theme.tokens().space_m, 0)
        self._sections.setSpacing(theme.tokens().space_m)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._inner)         # in its place before it is filled: else all of it is dressed again
        self.column.addWidget(self._scroll, 1)
        self._language()                # what everybody looks for first, what one sets up once last
        self._reading()
        self.loading = LoadingSettingsPart(models)
        transfers = self._section(self.tr("Loading and uploads"))
        transfers.addWidget(self.loading)
        self.show_before_upload = self._show_before_upload()
        transfers.addWidget(self.show_before_upload)
        self._security()
        self._archives()
        self.workplace = WorkplacePart(models)
        self._section(self.tr("This workplace")).addWidget(self.workplace)
        self._google()
        self._fit()
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"))
        models.oauth.changed.connect(self._show_client)
        models.archives.changed.connect(self._show_archives)
        self.finished.connect(self._keep_client)
        self.finished.connect(self._keep_authority)

    def _fit(self) -> None:
        """All of it where the screen has the room; the rest is scrolled to."""
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(self.tr("Settings"))
        self._inner.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self.ensurePolished()
        around = 2 * theme.tokens().space_xl + self._scroll.verticalScrollBar().sizeHint().width()
        width = max(_WIDTH, self._inner.minimumSizeHint().width() + around)
        self.setMinimumWidth(width)
        wanted = self._sections.totalHeightForWidth(width - around)
        room = self.screen().availableGeometry().height() - _AROUND_PX
        self._scroll.setMinimumHeight(min(wanted, max(room, _LEAST_PX)))

    def _section(self, title: str) -> QVBoxLayout:
        self._sections.addWidget(label(title, kind="strong"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, theme.tokens().space_m)
        column.setSpacing(theme.tokens().space_s)
        self._sections.addLayout(column)
        return column

    # -- Google --------------------------------------------------------------------------------------------------

    def _google(self) -> None:
        column = self._section(self.tr("Signing in to Google Cloud"))
        self.client_id, self.client_secret = QLineEdit(), QLineEdit()
        self.client_id.setAccessibleName(self.tr("Client ID"))
        self.client_secret.setAccessibleName(self.tr("Client secret"))
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.client_secret.setPlaceholderText(self.tr("kept as it is"))
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_s)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(label(self.tr("Client ID"), tone="secondary"), self.client_id)
        form.addRow(label(self.tr("Client secret"), tone="secondary"), self.client_secret)
        self.authority = QLineEdit(self._models.settings.value.google.ca_file)
        self.authority.setAccessibleName(self.tr("Certificate authority"))
        self.authority.setPlaceholderText(self.tr("path of a .pem file, if a proxy opens your network's connections"))
        self.authority.setToolTip(self.authority.placeholderText())
        form.addRow(label(self.tr("Certificate authority"), tone="secondary"), self.authority)
        column.addLayout(form)
        self._source = label(kind="small", tone="secondary", wrap=True)
        column.addWidget(self._source)
        self.file = button(
            self.tr("Choose a file…"), self._choose, icon="folder-open",
            tip=self.tr("The file of an OAuth client from Google's console"))
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self.client_id.editingFinished.connect(self._keep_client)
        self.client_secret.editingFinished.connect(self._keep_client)
        self.authority.editingFinished.connect(self._keep_authority)
        self._show_client()

    @property
    def source(self) -> str:
        return self._source.text()

    def _show_client(self) -> None:
        oauth = self._models.oauth
        if not self.client_id.isModified():          # what is being typed stays
            self.client_id.setText(oauth.client_id)
        self._source.setText(oauth.trouble or oauth.source)
        restyle(self._source, "tone", "error" if oauth.trouble else "secondary")

    def _keep_client(self) -> None:
        oauth = self._models.oauth
        if self.client_id.text().strip() != oauth.client_id or self.client_secret.text():
            self.client_id.setModified(False)
            oauth.set(self.client_id.text(), self.client_secret.text())
            self.client_secret.clear()

    def _keep_authority(self) -> None:
        settings = self._models.settings
        settings.change(google=replace(settings.value.google, ca_file=self.authority.text().strip()))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("The file of an OAuth client"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([self.tr("OAuth client (*.json)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self._models.oauth.load(Path(name)))
        dialog.open()

    # -- security ------------------------------------------------------------------------------------------------

    def _security(self) -> None:
        column = self._section(self.tr("Passwords and the screen"))
        value = self._models.settings.value
        self.keep = CheckBox(self.tr("Keep passwords and tokens that I type in the keychain of this computer"))
        self.keep.setChecked(value.keep_secrets)
        self.keep.setToolTip(self.tr("Otherwise they last until you quit. They are never written to a file."))
        self.keep.toggled.connect(lambda on: self._models.settings.change(keep_secrets=on))
        self._leave_the_choice(self.keep, "keep_secrets")
        column.addWidget(self.keep)
        self.lock = QComboBox()
        self.lock.setAccessibleName(self.tr("Lock the screen"))
        for minutes, text in _LOCK:
            self.lock.addItem(self.tr(text), minutes)
        self.lock.setCurrentIndex(max(0, self.lock.findData(value.lock_after_min)))
        self.lock.currentIndexChanged.connect(
            lambda _index: self._models.settings.change(lock_after_min=self.lock.currentData()))
        self._leave_the_choice(self.lock, "lock_after_min")
        form = QFormLayout()
        form.addRow(label(self.tr("Lock the screen"), tone="secondary"), self.lock)
        column.addLayout(form)

    # -- reading -------------------------------------------------------------------------------------------------

    def _reading(self) -> None:
        self.hang = CheckBox(self.tr("Hang a study by itself when it is opened"))
        self.hang.setToolTip(self.tr("By its rule, or as you hung such studies before. F8 does it at any time."))
        self.hang.setChecked(self._models.settings.value.hang_on_opening)
        self.hang.toggled.connect(lambda on: self._models.settings.change(hang_on_opening=on))
        self._leave_the_choice(self.hang, "hang_on_opening")
        self._section(self.tr("Reading")).addWidget(self.hang)

    # -- language ------------------------------------------------------------------------------------------------

    def _language(self) -> None:
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItem(self.tr("As this computer"), "")
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(self._models.settings.value.language)))
        self._starts_with = self.language.currentData()
        self.language.currentIndexChanged.connect(self._choose_language)
        self._leave_the_choice(self.language, "language")
        form = QFormLayout()
        form.addRow(label(self.tr("Language"), tone="secondary"), self.language)
        column = self._section(self.tr("Language"))
        column.addLayout(form)
        self.next_start = label(self.tr("Lightbox speaks it from the next start on."), kind="small", tone="secondary")
        self.next_start.hide()
        column.addWidget(self.next_start)

    def _choose_language(self) -> None:
        self._models.settings.change(language=self.language.currentData())
        self.next_start.setVisible(self.language.currentData() != self._starts_with)

    def _show_before_upload(self) -> QCheckBox:
        box = CheckBox(self.tr("Show what goes where before every upload, with its choices"))
        box.setChecked(self._models.settings.value.show_before_upload)
        box.setToolTip(self.tr(
            "Otherwise only before large ones and those with problems; small ones begin as soon as they are dropped"))
        box.toggled.connect(lambda on: self._models.settings.change(show_before_upload=on))
        self._leave_the_choice(box, "show_before_upload")
        return box

    def _leave_the_choice(self, widget: QWidget, setting: str) -> None:
        """Unless the administrator laid the setting down."""
        if self._models.settings.policy.is_locked(setting):
            widget.setEnabled(False)
            widget.setToolTip(self.tr("Laid down by the administrator of this workplace"))

    # -- archives ------------------------------------------------------------------------------------------------

    def _archives(self) -> None:
        column = self._section(self.tr("Archives"))
        self._list = label(kind="small", tone="secondary", wrap=True)
        column.addWidget(self._list)
        self._show_archives()

    @property
    def archives(self) -> str:
        return self._list.text()

    def _show_archives(self) -> None:
        rows = self._models.archives.rows
        lines = [
            f"{row.store.name}   {'' if row.store.is_local else row.store.url}"
            + (self.tr("   (set up by your administrator)") if row.is_fixed and not row.store.is_local else "")
            for row in rows
        ]
        self._list.setText("\n".join(line.rstrip() for line in lines))
