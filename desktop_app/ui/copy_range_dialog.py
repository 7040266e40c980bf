"""Asks on which images the selected drawing is to be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.measurements import Measurements


class CopyRangeDialog(Dialog):
    """From one image to another, both counted from 1; the image that holds the drawing is left as it is."""

    def __init__(self, parent: QWidget | None, measurements: Measurements) -> None:
        super().__init__(parent, self.tr("Copy the drawing to other images"))
        self._measurements = measurements
        here, lowest, highest = measurements.selected_range or (1, 1, 1)
        text = self.tr("It is drawn on image {here} of {count} and comes to the same place of the others.")
        self.column.addWidget(label(text.format(here=here, count=highest), tone="secondary", wrap=True))
        self.first, self.last = QSpinBox(), QSpinBox()
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_s)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = ((self.first, self.tr("From image"), here), (self.last, self.tr("To image"), highest))
        for field, name, value in rows:
            field.setRange(lowest, highest)
            field.setValue(value)
            field.setAccessibleName(name)
            form.addRow(label(name, tone="secondary"), field)
        self.column.addLayout(form)
        self.copy = button(self.tr("Copy"), self._copy, kind="primary")
        self.add_buttons(button(self.tr("Cancel"), self.reject), self.copy)

    def _copy(self) -> None:
        self._measurements.copy_to(self.first.value(), self.last.value())
        self.accept()
