"""Window width and centre as numbers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop_app.core.window import Window
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label, restyle
from desktop_app.viewmodels.corner_texts import number_text
from desktop_app.viewmodels.viewport import ViewportModel


class WindowDialog(Dialog):
    """The picture follows what is typed. Cancel leaves the window as it was."""

    def __init__(self, parent: QWidget | None, viewport: ViewportModel) -> None:
        super().__init__(parent, self.tr("Window width and centre"), width=320)
        self._viewport, self._before = viewport, viewport.state.window
        window = viewport.window
        self.width_field, self.centre_field = QLineEdit(), QLineEdit()
        unit = viewport.frame.facts.unit if viewport.frame is not None else ""
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_s)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = (
            (self.width_field, self.tr("Width"), window.width), (self.centre_field, self.tr("Centre"), window.center),
        )
        for field, name, value in rows:
            field.setText(number_text(value).replace("−", "-"))
            field.setValidator(QDoubleValidator(field))
            field.setAccessibleName(name)
            field.textEdited.connect(self._follow)
            form.addRow(label(f"{name} ({unit})" if unit else name, tone="secondary"), field)
        self.column.addLayout(form)
        self.apply = button(self.tr("OK"), self.accept, kind="primary")
        self.add_buttons(button(self.tr("Cancel"), self.reject), self.apply)
        self.rejected.connect(self._put_back)
        self.width_field.selectAll()
        self.width_field.setFocus()

    def _follow(self) -> None:
        width, centre = _number(self.width_field.text()), _number(self.centre_field.text())
        least = self._viewport.window.min_width
        is_good = width is not None and centre is not None and width >= least
        restyle(self.width_field, "tone", "" if width is not None and width >= least else "error")
        restyle(self.centre_field, "tone", "" if centre is not None else "error")
        self.apply.setEnabled(is_good)
        if is_good and width is not None and centre is not None:
            function = self._viewport.window.function
            self._viewport.set_window(Window(centre, width, function))

    def _put_back(self) -> None:
        self._viewport.set_state(replace(self._viewport.state, window=self._before))


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return None
