"""LoadingNote: the quiet line over a viewport that says what is awaited."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import Spinner, label


class LoadingNote(QWidget):
    """A small plate with a turning arc and a few words. It lets the mouse through; without words it is hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tokens = theme.tokens()
        self._spinner, self._label = Spinner(14), label(kind="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_m, tokens.space_s, tokens.space_m, tokens.space_s)
        row.setSpacing(tokens.space_s)
        row.addWidget(self._spinner)
        row.addWidget(self._label)
        self._spinner.show()            # not before it has a place: it would be a window of its own
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("panel", 0.92))
        radius = theme.tokens().radius
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
