"""What differs between a file and the archive's instance with the same UID: pixels in a sentence, tags in a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.core.difference import InstanceDifference, PixelDifference, TagDifference
from desktop_app.core.words import counted, figures, say, t
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.widgets import button, copy_text, label, plain_table, set_widths
from desktop_app.viewmodels.comparison import Comparison

_TITLES = (
    t("DifferenceTable", "Tag"), t("DifferenceTable", "Attribute"), t("DifferenceTable", "This file"),
    t("DifferenceTable", "Archive"),
)


class DifferenceTable(RowTable[TagDifference]):
    """One row per attribute that differs."""

    titles = _TITLES

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self.rows[index.row()]
            absent = self.tr("not there")
            first = absent if row.kind == "only in the second" else row.first or self.tr("empty")
            second = absent if row.kind == "only in the first" else row.second or self.tr("empty")
            return (row.path, row.name, first, second)[index.column()]
        return super().data(index, role)


class DifferenceDialog(Dialog):
    """Fills when the archive has handed out its instance."""

    def __init__(self, parent: QWidget | None, comparison: Comparison) -> None:
        super().__init__(parent, self.tr("What differs"), width=860)
        self._comparison = comparison
        self.about = label(wrap=True, tone="secondary")
        self.pixels = label(wrap=True)
        self.table = DifferenceTable()
        self.table.setParent(self)
        self.view = plain_table(self.table, self.tr("Attributes that differ"))
        set_widths(self.view, 110, 180)
        for column in (2, 3):                   # both sides alike
            self.view.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.view.setMinimumHeight(300)
        for widget in (self.about, self.pixels, self.view):
            self.column.addWidget(widget)
        self.copy = button(self.tr("Copy"), self._copy, icon="copy",
                           tip=self.tr("As lines of tab-separated values"))
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.copy,))
        comparison.changed.connect(self._show)
        self.finished.connect(lambda _code: comparison.close())
        self._show()

    def _show(self) -> None:
        result, error = self._comparison.result, self._comparison.error
        store, name = self._comparison.store.name, self._comparison.item.name
        if error:
            self.about.setText(self.tr("%s could not be compared. %s") % (name, error))
        elif result is None:
            self.about.setText(self.tr("Asking %s for its instance…") % store)
        else:
            self.about.setText(self.tr("%s against what %s has under the same UID: %s") % (
                name, store, tags_text(result)))
            self.table.show(result.tags)
            if any("." in row.path for row in result.tags):     # ways through sequences
                set_widths(self.view, 210)
        pixels = pixels_text(result.pixels) if result is not None and result.pixels is not None else ""
        self.pixels.setText(pixels)
        self.pixels.setVisible(bool(pixels))
        self.copy.setEnabled(result is not None)

    def _copy(self) -> None:
        lines = ["\t".join((row.path, row.name, row.first, row.second)) for row in self.table.rows]
        copy_text("\n".join([self.pixels.text(), *lines]).strip() + "\n")


def tags_text(result: InstanceDifference) -> str:
    count = len(result.tags)
    if not count:
        return say("difference", "no attribute differs.")
    if count == 1:
        return say("difference", "1 attribute differs.")
    return say("difference", "%s attributes differ.") % counted(count)


def pixels_text(pixels: PixelDifference) -> str:
    """"The images differ in 312 of 262,144 values, by 17 at most", or that they do not."""
    if pixels.reason:
        return pixels.reason
    if pixels.same:
        return say("difference", "The images are the same, value for value.")
    text = say("difference", "The images differ in %s of %s values, by %s at most.") % (
        counted(pixels.different_values), counted(pixels.values), figures(f"{pixels.largest:g}"))
    if pixels.frames > 1:
        text += " " + say("difference", "%s of %s frames are affected.") % (
            counted(pixels.different_frames), counted(pixels.frames))
    return text
