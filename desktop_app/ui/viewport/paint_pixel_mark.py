"""Paints which pixel is explained: its own square, and four strokes that lead the eye there."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.viewmodels.pixel_place import PixelPlace

_GAP_PX, _STROKE_PX = 4.0, 10.0


def paint_pixel_mark(painter: QPainter, pixel: PixelPlace | None, transform: ViewTransform) -> None:
    """None for nothing to mark."""
    if pixel is None:
        return
    left, top, width, height = pixel.rectangle
    corners = (transform.to_view(left, top), transform.to_view(left + width, top + height))
    square = QRectF(QPointF(*corners[0]), QPointF(*corners[1])).normalized()
    centre = square.center()
    out_x, out_y = square.width() / 2 + _GAP_PX, square.height() / 2 + _GAP_PX
    strokes = [
        QLineF(centre.x() + out_x, centre.y(), centre.x() + out_x + _STROKE_PX, centre.y()),
        QLineF(centre.x() - out_x, centre.y(), centre.x() - out_x - _STROKE_PX, centre.y()),
        QLineF(centre.x(), centre.y() + out_y, centre.x(), centre.y() + out_y + _STROKE_PX),
        QLineF(centre.x(), centre.y() - out_y, centre.x(), centre.y() - out_y - _STROKE_PX),
    ]
    for colour, width in ((QColor(0, 0, 0, 160), 3.0), (theme.colour("accent"), 1.0)):
        painter.setPen(QPen(colour, width))
        if square.width() >= 3:
            painter.drawRect(square)
        painter.drawLines(strokes)
