"""KeyCross: shows where the pointer of the keys is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme
from desktop_app.viewmodels.key_pointer import KeyPointer

_EDGE, _GAP = 27, 4


class KeyCross(QWidget):
    """A cross with an open middle, so that what it points at can be seen."""

    def __init__(self, keys: KeyPointer, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._keys = keys
        self.setFixedSize(_EDGE, _EDGE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Pointer of the keys"))
        self.hide()
        keys.changed.connect(self._follow)

    def _follow(self) -> None:
        if self._keys.place is not None:
            x, y = self._keys.place
            self.move(QPoint(round(x), round(y)) - self.rect().center())
        self.setVisible(self._keys.place is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = _EDGE // 2
        for width, tone in ((3, "image"), (1, "accent")):
            painter.setPen(QPen(theme.colour(tone), width))
            for begin, end in ((0, middle - _GAP), (middle + _GAP, _EDGE - 1)):
                painter.drawLine(begin, middle, end, middle)
                painter.drawLine(middle, begin, middle, end)
