"""SliceBar: the scroll bar of a viewport. Like a video's buffer it shows which images are here, and where you are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme
from desktop_app.viewmodels.presence import FAILED, HERE, MISSING
from desktop_app.viewmodels.viewport import ViewportModel

WIDTH = 18                      # what the hand can grip; the line itself is thinner
_LINE = 5.0
_MARK = (11.0, 4.0)
_END_MARGIN = 6.0


def bar_rows(loaded: bytes, height: int) -> npt.NDArray[np.uint8]:
    """MISSING, HERE or FAILED for each of `height` rows of a bar over all images.

    A row that stands for several images is failed when one of them is, and here only when all of them are.
    """
    count = len(loaded)
    if count == 0 or height <= 0:
        return np.zeros(max(height, 0), np.uint8)
    states = np.frombuffer(loaded, np.uint8)
    starts = np.arange(height) * count // height
    if count <= height:
        return states[starts]
    most, least = np.maximum.reduceat(states, starts), np.minimum.reduceat(states, starts)
    return np.where(most == FAILED, FAILED, least).astype(np.uint8)


class SliceBar(QWidget):
    """Lies over the right edge of a canvas; a press or a drag goes to the image at that place.

    It is painted with its canvas, which is painted anew with every news of the viewport: a wish of its own would have
    Qt paint the canvas below it a second time.
    """

    def __init__(self, viewport: ViewportModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._picture_key: tuple[object, ...] = ()
        self._picture = QImage()
        self._dragging = False
        self.setFixedWidth(WIDTH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Images of the series: where you are, and which are here"))
        viewport.loaded_changed.connect(self._refresh)
        viewport.display_set_changed.connect(self._refresh)
        self._refresh()

    def line(self) -> QRectF:
        """Where the line lies in this widget."""
        return QRectF((WIDTH - _LINE) / 2, _END_MARGIN, _LINE, max(self.height() - 2 * _END_MARGIN, 1.0))

    def place_of(self, index: int) -> float:
        """The y of an image."""
        line = self.line()
        return line.top() + (index + 0.5) / max(self._viewport.expected, 1) * line.height()

    def index_at(self, y: float) -> int:
        """The image at a y; the first and the last beyond the ends."""
        line = self.line()
        count = self._viewport.expected
        return min(max(int((y - line.top()) / line.height() * count), 0), max(count - 1, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._viewport.go_to(self.index_at(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._viewport.go_to(self.index_at(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = self.line()
        ratio = self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(line.topLeft(), self._drawn(round(line.height() * ratio), ratio))
        mark = QRectF(0, 0, *_MARK)
        mark.moveCenter(QPointF(line.center().x(), self.place_of(self._viewport.state.index)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("image", 0.7))
        painter.drawRoundedRect(mark.adjusted(-1, -1, 1, 1), 3, 3)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(mark, 2, 2)

    def _refresh(self) -> None:
        self.setVisible(self._viewport.expected > 1)

    def _drawn(self, rows: int, ratio: float) -> QImage:
        loaded = self._viewport.loaded
        key = (loaded, rows, ratio, theme.tokens())
        if key != self._picture_key:
            self._picture_key = key
            self._picture = _bar_picture(loaded, rows, ratio)
        return self._picture


def _bar_picture(loaded: bytes, rows: int, ratio: float) -> QImage:
    """The line with its runs, drawn once for as long as nothing arrives."""
    states = bar_rows(loaded, rows)
    complete = bool(loaded) and loaded.count(HERE) == len(loaded)
    colours: dict[int, QColor] = {
        MISSING: theme.colour("line"),
        HERE: theme.colour("good", 0.75) if complete else theme.colour("accent", 0.55),
        FAILED: theme.colour("error"),
    }
    width = round(_LINE * ratio)
    picture = QImage(width, max(rows, 1), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(0, 0, width, rows), width / 2, width / 2)
    painter.setClipPath(outline)
    painter.fillRect(picture.rect(), theme.colour("image"))
    edges = [0, *(np.flatnonzero(np.diff(states)) + 1).tolist(), rows]
    for start, end in pairwise(edges):
        painter.fillRect(0, start, width, end - start, colours[int(states[start])])
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
