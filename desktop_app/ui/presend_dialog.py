"""What is wrong with the files of an upload: a table, nothing more. Whether it is sent stays the person's choice."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.core.presend import Finding
from desktop_app.core.words import counted, t
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.widgets import button, copy_text, label, plain_table, set_widths
from desktop_app.viewmodels.presend import PresendCheck

_TITLES = (t("FindingTable", "File"), t("FindingTable", "What was found"))


class FindingTable(RowTable[Finding]):
    """Findings in the order they came."""

    titles = _TITLES

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (PurePath(finding.place).name, finding.text)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (finding.place, finding.text)[index.column()]
        return super().data(index, role)


class PresendDialog(Dialog):
    """Fills while the files are looked into."""

    def __init__(self, parent: QWidget | None, check: PresendCheck) -> None:
        super().__init__(parent, self.tr("Check before sending"), width=860)
        self._check = check
        self.said = label(wrap=True, tone="secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        self.table = FindingTable()
        self.table.setParent(self)
        self.view = plain_table(self.table, self.tr("Files and what was found"))
        self.view.horizontalHeader().setStretchLastSection(True)
        set_widths(self.view, 150)
        self.view.setMinimumHeight(280)
        for widget in (self.said, self.bar, self.view):
            self.column.addWidget(widget)
        self.copy = button(self.tr("Copy"), self._copy, icon="copy", tip=self.tr("As lines of tab-separated values"))
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.copy,))
        check.changed.connect(self._show)
        self.finished.connect(lambda _code: check.close())
        self._show()

    def _show(self) -> None:
        check = self._check
        self.table.show(check.findings)
        self.bar.setVisible(not check.is_over)
        self.bar.setRange(0, check.total)
        self.bar.setValue(check.done)
        count = self.tr("1 finding") if check.count == 1 else self.tr("%s findings") % counted(check.count)
        if check.error:
            self.said.setText(check.error)
        elif not check.is_over:
            self.said.setText(self.tr("%s of %s files looked at, %s") % (
                counted(check.done), counted(check.total), count))
        elif not check.count:
            self.said.setText(self.tr("Nothing was found in %s files.") % counted(check.total))
        else:
            self.said.setText(self.tr("%s in %s files. You can send them all the same.") % (
                count, counted(check.total)))

    def _copy(self) -> None:
        copy_text("\n".join(f"{finding.place}\t{finding.text}" for finding in self.table.rows) + "\n")
