"""What may be chosen for one upload: names taken out before sending, and how Google keeps what it stores."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.deidentify import DatesChoice, DeidentifyChoices
from desktop_app.core.store import Store
from desktop_app.core.upload_choices import StorageClass, UploadChoices, takes_storage_class
from desktop_app.ui import theme
from desktop_app.ui.widgets import label


class ChoicesPanel(QWidget):
    """Nothing is chosen at first: files go as they are."""

    def __init__(self, store: Store | None) -> None:
        super().__init__()
        tokens = theme.tokens()
        self.names = self._box(self.tr("Take out what names someone before sending"), self.tr(
            "By the Basic Profile of DICOM PS3.15. Patient, study and UIDs get others, always the same for the same; "
            "the key to them stays on this computer."))
        self.dates = QComboBox()
        self.dates.setAccessibleName(self.tr("What becomes of dates"))
        for words, choice in ((self.tr("remove dates"), DatesChoice.REMOVE),
                              (self.tr("shift dates, alike for each patient"), DatesChoice.SHIFT),
                              (self.tr("keep dates"), DatesChoice.KEEP)):
            self.dates.addItem(words, choice.value)
        self.descriptions = self._box(self.tr("keep descriptions"), self.tr(
            "Series and study descriptions stay, without the words that were taken out elsewhere"))
        self.devices = self._box(self.tr("keep devices"), self.tr("Station names and serial numbers stay"))
        self.uids = self._box(self.tr("keep UIDs"), self.tr("Only for archives where the originals may not lie too"))
        self.warning = label(self.tr(
            "Names that are burned into the pixels stay there: look at ultrasound, photographs and pictures of screens "
            "first."),
            tone="caution", wrap=True)
        options = QHBoxLayout()
        options.setContentsMargins(tokens.space_xl, 0, 0, 0)
        options.setSpacing(tokens.space_m)
        for one in (self.dates, self.descriptions, self.devices, self.uids):
            options.addWidget(one)
        options.addStretch()
        self._options = QWidget()
        self._options.setLayout(options)
        self.verify = self._box(self.tr("Fetch each one again and compare"), self.tr(
            "Only what comes back the same is said to be stored. It takes as long again."))
        self.storage = QComboBox()
        self.storage.setAccessibleName(self.tr("Storage class at Google"))
        for one_class in StorageClass:
            self.storage.addItem(one_class.value.capitalize() or self.tr("Storage class of the store"), one_class.value)
        self.storage.setVisible(store is not None and takes_storage_class(store.url))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.space_s)
        for widget in (self.names, self._options, self.warning, self.verify, self.storage):
            column.addWidget(widget)
        self.names.toggled.connect(lambda _on: self._show())
        self._show()

    @property
    def choices(self) -> UploadChoices:
        names = DeidentifyChoices(
            DatesChoice(self.dates.currentData()), self.uids.isChecked(), self.descriptions.isChecked(),
            self.devices.isChecked()) if self.names.isChecked() else None
        return UploadChoices(names, StorageClass(self.storage.currentData()), self.verify.isChecked())

    def _show(self) -> None:
        for widget in (self._options, self.warning):
            widget.setVisible(self.names.isChecked())

    def _box(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(tip)
        box.setAccessibleName(text)
        return box
