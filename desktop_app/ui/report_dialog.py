"""The report of an upload: every file with its verdict and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop_app.core.upload import UploadItem, Verdict, verdict_text
from desktop_app.core.words import counted, say, t
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog, TextDetails
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.widgets import button, copy_text, label, plain_table, set_widths
from desktop_app.viewmodels.uploads import UploadsModel

_TITLES = (t("ReportTable", "Verdict"), t("ReportTable", "File"), t("ReportTable", "Reason"))
_TONES = {
    Verdict.STORED: "good", Verdict.ALREADY_THERE: "secondary", Verdict.STORED_WITH_WARNING: "caution",
    Verdict.CONFLICT: "error", Verdict.REFUSED: "error", Verdict.UNREADABLE: "error", Verdict.NOT_DICOM: "caution",
    Verdict.NOT_SENT: "error",
}


class ReportTable(RowTable[UploadItem]):
    """The items that pass the filter."""

    titles = _TITLES

    def __init__(self, items: Sequence[UploadItem]) -> None:
        super().__init__()
        self._all = self.rows = tuple(items)

    def narrow(self, verdict: Verdict | None, text: str) -> None:
        """Leaves those of this verdict (None: of any) with this text in their place or reason."""
        needle = text.casefold()
        self.show(tuple(
            item for item in self._all
            if (verdict is None or item.verdict == verdict)
            and (not needle or needle in f"{item.place} {item.reason}".casefold())))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (say("core", item.verdict.value) if item.verdict else "", item.name, item.reason)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return ("", item.place, item.reason)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and item.verdict:
            return theme.colour(_TONES[item.verdict])
        return super().data(index, role)


class UploadReport(Dialog):
    """A table with a filter by verdict and by word; the whole of it can be copied and saved."""

    def __init__(self, parent: QWidget | None, uploads: UploadsModel, number: int) -> None:
        row = next((row for row in uploads.rows if row.id == number), None)
        super().__init__(parent, self.tr("Upload report"), width=900)
        items = uploads.report(number)
        totals = Counter(item.verdict for item in items)
        said = " · ".join(verdict_text(verdict, totals[verdict]) for verdict in Verdict if totals[verdict])
        where = f"{row.title} → {row.store_name}" if row else ""
        self.column.addWidget(label(f"{where}: {said}" if said else where, tone="secondary", wrap=True))

        self.verdict = QComboBox()
        self.verdict.setAccessibleName(self.tr("Show one verdict"))
        self.verdict.addItem(self.tr("All files (%s)") % counted(len(items)), None)
        for verdict in Verdict:
            if totals[verdict]:
                self.verdict.addItem(f"{say('core', verdict.value)} ({counted(totals[verdict])})", verdict.value)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("File or reason"))
        self.words.setAccessibleName(self.tr("Find a file or a reason"))
        filters = QHBoxLayout()
        filters.setSpacing(theme.tokens().space_s)
        filters.addWidget(self.verdict)
        filters.addWidget(self.words, 1)
        self.column.addLayout(filters)

        self.table = ReportTable(items)
        self.table.setParent(self)
        self.view = plain_table(self.table, self.tr("Files and their verdicts"))
        self.view.horizontalHeader().setStretchLastSection(True)
        set_widths(self.view, 150, 240)
        self.view.setMinimumHeight(320)
        self.column.addWidget(self.view)
        copied = button(self.tr("Copy the report"), lambda: copy_text(uploads.report_text(number)), icon="copy",
                        tip=self.tr("As lines of tab-separated values"))
        self._uploads, self._number = uploads, number
        self.save = button(self.tr("Save as CSV…"), self._choose_file, icon="download")
        self.differs = button(self.tr("What differs?"), self._show_difference,
                              tip=self.tr("Compare the chosen file with what the archive has under its UID"))
        self.differs.setVisible(totals[Verdict.CONFLICT] > 0)
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(copied, self.save, self.differs))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._say_what_can_be_done())
        self.table.modelReset.connect(self._say_what_can_be_done)
        self.table.rowsInserted.connect(self._say_what_can_be_done)
        self.view.doubleClicked.connect(lambda _index: self._show_difference())
        self._say_what_can_be_done()
        uploads.saving_failed.connect(self._tell_save_error)
        self.verdict.currentIndexChanged.connect(lambda _index: self._narrow())
        self.words.textChanged.connect(lambda _text: self._narrow())
        trouble = next((verdict for verdict in (Verdict.REFUSED, Verdict.CONFLICT, Verdict.NOT_SENT, Verdict.UNREADABLE)
                        if totals[verdict]), None)
        if trouble is not None and totals[trouble] < len(items):
            self.verdict.setCurrentIndex(self.verdict.findData(trouble.value))

    @property
    def chosen(self) -> UploadItem | None:
        """The file that is selected, or the only conflict that is shown."""
        rows = self.view.selectionModel().selectedRows()
        if rows:
            return self.table.rows[rows[0].row()]
        conflicts = [item for item in self.table.rows if item.verdict is Verdict.CONFLICT]
        return conflicts[0] if len(conflicts) == 1 else None

    def _say_what_can_be_done(self) -> None:
        chosen = self.chosen
        self.differs.setEnabled(chosen is not None and chosen.verdict is Verdict.CONFLICT)

    def _show_difference(self) -> None:
        chosen = self.chosen
        if chosen is None or chosen.verdict is not Verdict.CONFLICT:
            return
        comparison = self._uploads.compare(self._number, chosen)
        if comparison is not None:
            from desktop_app.ui.difference_dialog import DifferenceDialog

            DifferenceDialog(self, comparison).open()

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Comma-separated values (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("upload report.csv")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Saves all files of the report, whatever the filter shows."""
        self._uploads.save_report(self._number, Path(name))

    def _tell_save_error(self, text: str) -> None:
        TextDetails(self, self.tr("The report was not saved"), text, "").open()

    def _narrow(self) -> None:
        chosen = self.verdict.currentData()
        self.table.narrow(Verdict(chosen) if chosen else None, self.words.text())
