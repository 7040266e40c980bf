"""The part of the settings that is about the workplace: the record of what was done, and newer versions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.models import Models


class WorkplacePart(QWidget):
    """Sentences with a button each."""

    def __init__(self, models: Models) -> None:
        super().__init__()
        self._models = models
        record, updates = models.audit, models.updates
        self.record_text = label(kind="small", tone="secondary", wrap=True)
        self.save_record = button(self.tr("Save the record…"), self._choose)
        if record.refusal:
            self.save_record.setEnabled(False)
            self.save_record.setToolTip(record.refusal)
        self.updates_text = label(kind="small", tone="secondary", wrap=True)
        self.look = button(self.tr("Look for a newer version"), updates.check)
        self.look.setVisible(updates.can_check)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.tokens().space_s)
        grid.setColumnStretch(0, 1)
        for row, (text, what) in enumerate(
                ((self.record_text, self.save_record), (self.updates_text, self.look))):
            grid.addWidget(text, row, 0)
            grid.addWidget(what, row, 1, Qt.AlignmentFlag.AlignTop)
        record.changed.connect(self._show)
        updates.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        record, updates = self._models.audit, self._models.updates
        self.record_text.setText(record.text or self.tr(
            "Lightbox records which study was opened, sent, exported or deleted when and by whom, without names."))
        self.updates_text.setText(updates.text)
        self.look.setEnabled(not updates.busy)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the record of what was done"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([
            self.tr("Table (*.csv)"), self.tr("Lines as they are recorded, with their hashes (*.jsonl)")])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix("jsonl" if "jsonl" in name else "csv"))
        dialog.selectFile("lightbox-record.csv")
        dialog.fileSelected.connect(lambda name: self._models.audit.save(Path(name)))
        dialog.open()
