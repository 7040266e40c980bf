"""LayoutButton: how many viewports, chosen from a small grid."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.layout import MOST
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet, ToolButton
from desktop_app.ui.widgets import label
from desktop_app.viewmodels.viewer import ViewerModel

_CELL, _GAP = 26, 5
_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class LayoutButton(ToolButton):
    """Opens the grid. Its tooltip names the key that does the same."""

    def __init__(self, viewer: ViewerModel, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        row = actions.row("choose_layout")
        self.setIcon(theme.icon(row.icon))
        self.setToolTip(row.tooltip)
        self.setAccessibleName(row.title)
        self.popup = LayoutPopup(viewer, self)
        self.clicked.connect(lambda _checked=False: self.open())

    def open(self) -> None:
        """Shows the grid below the button, inside the screen."""
        self.popup.adjustSize()
        place = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry()
        self.popup.move(min(place.x(), room.right() - self.popup.width()), place.y())
        self.popup.show()
        self.popup.grid.setFocus(Qt.FocusReason.PopupFocusReason)


class LayoutPopup(QFrame):
    """The grid with a line that says what is chosen. A click or Enter takes it, Esc leaves everything as it is."""

    def __init__(self, viewer: ViewerModel, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._viewer = viewer
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Layout"))
        self.grid = LayoutGrid(self)
        self._words = label(kind="small", tone="secondary")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.grid)
        column.addWidget(self._words)
        self.grid.pointed.connect(lambda rows, columns: self._words.setText(f"{rows} × {columns}"))
        self.grid.chosen.connect(self._choose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self._viewer.layout
        self.grid.point_at(layout.rows, layout.columns)

    def _choose(self, rows: int, columns: int) -> None:
        self.hide()
        self._viewer.set_layout(rows, columns)


class LayoutGrid(QWidget):
    """Four by four cells; those up to the pointed one light up."""

    pointed = Signal(int, int)          # rows, columns
    chosen = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = self.columns = 1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.point_at(1, 1)

    def sizeHint(self) -> QSize:
        edge = MOST * _CELL + (MOST - 1) * _GAP
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def point_at(self, rows: int, columns: int) -> None:
        self.rows, self.columns = min(max(rows, 1), MOST), min(max(columns, 1), MOST)
        self.setAccessibleName(self.tr("Layout {rows} × {columns}").format(rows=self.rows, columns=self.columns))
        self.pointed.emit(self.rows, self.columns)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = _CELL + _GAP
        self.point_at(int(event.position().y() // step) + 1, int(event.position().x() // step) + 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.mouseMoveEvent(event)
            self.chosen.emit(self.rows, self.columns)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            down, right = _STEPS[Qt.Key(event.key())]
            self.point_at(self.rows + down, self.columns + right)
        elif event.key() in _ENTER:
            self.chosen.emit(self.rows, self.columns)
        else:
            super().keyPressEvent(event)        # Esc closes the popup

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(MOST):
            for column in range(MOST):
                lit = row < self.rows and column < self.columns
                painter.setPen(QPen(theme.colour("accent" if lit else "line"), 1))
                painter.setBrush(theme.tokens().colour("accent", 0.35) if lit else theme.colour("raised"))
                place = QRectF(column * (_CELL + _GAP) + 0.5, row * (_CELL + _GAP) + 0.5, _CELL - 1, _CELL - 1)
                painter.drawRoundedRect(place, 3, 3)
