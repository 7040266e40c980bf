"""Dragging a series card onto a viewport: what is carried, and the place that takes it.

Not by QDrag: that runs an event loop of its own inside ours. The card keeps the mouse, so its own events suffice.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.ui import theme

_OPACITY = 0.8


class SeriesDrop(QObject):
    """Makes a widget a place for series of `owner`, and of nobody else: a picture never lands at another patient's."""

    def __init__(self, target: QWidget, owner: object, taken: Callable[[str], None]) -> None:
        super().__init__(target)
        self._target, self.owner, self.taken = target, owner, taken
        self.mark = _DropMark(target)

    def show_mark(self, shown: bool) -> None:
        self.mark.setGeometry(self._target.rect())
        self.mark.setVisible(shown)


class SeriesDrag(QObject):
    """One series under way with the mouse. Places are global."""

    def __init__(self, source: QWidget, owner: object, key: str, picture: QPixmap) -> None:
        super().__init__(source)
        self._source, self._owner, self._key = source, owner, key
        self._over: SeriesDrop | None = None
        self._ghost = QLabel(source, Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput)
        self._ghost.setAccessibleName(source.accessibleName())
        self._ghost.setPixmap(picture)
        self._ghost.setWindowOpacity(_OPACITY)

    def move(self, place: QPoint) -> None:
        self._ghost.move(place + QPoint(12, 12))
        self._ghost.show()
        over = self._place_at(place)
        if over is not self._over:
            if self._over is not None:
                self._over.show_mark(False)
            if over is not None:
                over.show_mark(True)
            self._over = over

    def drop(self, place: QPoint) -> None:
        """Lets go: the place under the mouse takes the series, if it is one."""
        self.move(place)
        over = self._over
        self.cancel()
        if over is not None:
            over.taken(self._key)

    def cancel(self) -> None:
        if self._over is not None:
            self._over.show_mark(False)
        self._over = None
        self._ghost.hide()
        self.deleteLater()
        self._ghost.deleteLater()

    def _place_at(self, place: QPoint) -> SeriesDrop | None:
        window = self._source.window()          # also where it stands out of the screen
        widget = QApplication.widgetAt(place) or window.childAt(window.mapFromGlobal(place))
        while widget is not None:
            for child in widget.children():
                if isinstance(child, SeriesDrop):
                    return child if child.owner is self._owner else None
            widget = widget.parentWidget()
        return None


class _DropMark(QWidget):
    """Shows which viewport takes the series."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("The series goes here"))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().colour("accent", 0.10))
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
