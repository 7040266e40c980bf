"""MonitorPattern: a page for checking a monitor by eye, after the idea of AAPM's TG18-QC and TG270.

Eighteen grey patches from black to white, each with two smaller ones four levels apart in its corners; patches of 5 %
in black and of 95 % in white; ramps, line pairs, a grid that shows distortion, and letters of falling contrast.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme
from desktop_app.ui.screen_size import points_per_mm

STEPS = 18
CONTRAST = 4                    # levels between a patch and the small ones in its corners
_GROUND = 128
_LETTERS = "QUALITY CONTROL"


def patch_grey(step: int) -> int:
    """The grey level of a patch, 0 (black) … 255 (white)."""
    return round(255 * step / (STEPS - 1))


class MonitorPattern(QWidget):
    """A window of its own that fills the screen. Esc, Enter or a click closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Test pattern"))
        self.setAccessibleName(self.tr("Test pattern for the monitor. Esc closes it."))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)

    @property
    def patch_edge(self) -> float:
        return min(self.width() / 10, self.height() / 7)

    def patch_rect(self, step: int) -> QRectF:
        """Where a patch stands: nine in a row, in two rows about the middle."""
        edge = self.patch_edge
        row, column = divmod(step, STEPS // 2)
        if row:
            column = STEPS // 2 - 1 - column        # the ring closes: neighbours are neighbours in grey
        left = (self.width() - edge * STEPS / 2) / 2
        return QRectF(left + column * edge, self.height() / 2 + (row - 1) * edge * 1.15, edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _grey(_GROUND))
        self._paint_grid(painter)
        for step in range(STEPS):
            self._paint_patch(painter, step)
        self._paint_extremes(painter)
        self._paint_ramps(painter)
        self._paint_line_pairs(painter)
        self._paint_letters(painter)
        self._paint_words(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        painter.setPen(QPen(_grey(160), 1))
        step = self.patch_edge / 2
        for number in range(int(self.width() / step) + 1):
            painter.drawLine(QPointF(number * step, 0), QPointF(number * step, self.height()))
        for number in range(int(self.height() / step) + 1):
            painter.drawLine(QPointF(0, number * step), QPointF(self.width(), number * step))
        painter.setPen(QPen(_grey(255), 2))
        painter.drawRect(self.rect().adjusted(4, 4, -5, -5))

    def _paint_patch(self, painter: QPainter, step: int) -> None:
        rect, grey = self.patch_rect(step), patch_grey(step)
        painter.fillRect(rect, _grey(grey))
        small = rect.width() / 4
        darker, lighter = max(grey - CONTRAST, 0), min(grey + CONTRAST, 255)
        painter.fillRect(QRectF(rect.left() + 3, rect.top() + 3, small, small), _grey(lighter))
        painter.fillRect(QRectF(rect.right() - small - 3, rect.bottom() - small - 3, small, small), _grey(darker))

    def _paint_extremes(self, painter: QPainter) -> None:
        """5 % in black and 95 % in white: both must be seen."""
        edge = self.patch_edge
        top = self.height() / 2 + 1.4 * edge
        for number, (outer, inner) in enumerate(((0, 13), (255, 242))):
            rect = QRectF(self.width() / 2 + (number - 1) * edge * 1.2 + edge * 0.1, top, edge, edge)
            painter.fillRect(rect, _grey(outer))
            painter.fillRect(rect.adjusted(edge / 4, edge / 4, -edge / 4, -edge / 4), _grey(inner))

    def _paint_ramps(self, painter: QPainter) -> None:
        edge = self.patch_edge
        height = edge * 0.45
        for top, falling in ((edge * 0.35, False), (self.height() - edge * 0.8, True)):
            width = (self.width() - 2 * edge) / 256
            for level in range(256):
                grey = 255 - level if falling else level
                painter.fillRect(QRectF(edge + level * width, top, width + 1, height), _grey(grey))

    def _paint_line_pairs(self, painter: QPainter) -> None:
        """Lines one and two device pixels wide, in both directions: all must be seen apart."""
        ratio, edge = self.devicePixelRatioF(), self.patch_edge
        for number, (x, wide) in enumerate(((edge * 0.4, 1), (edge * 0.4, 2))):
            for upright in (True, False):
                left = x if upright else self.width() - x - edge * 0.7
                rect = QRectF(left, self.height() / 2 + (number - 1) * edge + edge * 0.1, edge * 0.7, edge * 0.7)
                step = 2 * wide / ratio
                count = int(rect.width() / step)
                painter.fillRect(rect, _grey(0))
                for line in range(count):
                    if upright:
                        part = QRectF(rect.left() + line * step, rect.top(), wide / ratio, rect.height())
                    else:
                        part = QRectF(rect.left(), rect.top() + line * step, rect.width(), wide / ratio)
                    painter.fillRect(part, _grey(255))

    def _paint_letters(self, painter: QPainter) -> None:
        """Letters whose contrast falls from 14 levels to 1, on black, grey and white."""
        edge = self.patch_edge
        painter.setFont(theme.font(max(round(edge * 0.18), 8), QFont.Weight.DemiBold))
        for number, ground in enumerate((0, 128, 255)):
            row = QRectF(self.width() / 2 - edge * 3, edge * (0.95 + 0.3 * number), edge * 6, edge * 0.27)
            painter.fillRect(row, _grey(ground))
            width = row.width() / len(_LETTERS)
            for place, letter in enumerate(_LETTERS):
                step = max(14 - place, 1)
                painter.setPen(_grey(ground - step if ground > 128 else ground + step))
                painter.drawText(QRectF(row.left() + place * width, row.top(), width, row.height()),
                                 Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_words(self, painter: QPainter) -> None:
        size = points_per_mm(self.screen())
        known = self.tr("{width} × {height} mm").format(
            width=round(self.width() / size), height=round(self.height() / size)) if size else self.tr(
                "this monitor does not say how large it is")
        text = self.tr("The small squares in the corners of every patch, the squares in black and in white, and all "
                       "lines should be seen. {size}. Esc closes.").format(size=known)
        painter.setFont(theme.font(13))
        painter.setPen(_grey(255))
        painter.drawText(QRectF(20, self.height() - 28, self.width() - 40, 20), Qt.AlignmentFlag.AlignCenter, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.close()


def _grey(level: int) -> QColor:
    return QColor(level, level, level)
