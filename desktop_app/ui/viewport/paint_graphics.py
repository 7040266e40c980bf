"""Paints what an image brings along: its shutter over its pixels, its overlay planes over both."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF, QTransform

from desktop_app.core.frame import Frame
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme

_OPACITY = 0.85


class GraphicsPainter:
    """Keeps the pictures of the overlays of one frame."""

    def __init__(self) -> None:
        self._planes: tuple[OverlayPlane, ...] = ()
        self._pictures: list[tuple[QPointF, QImage]] = []

    def paint(self, painter: QPainter, frame: Frame, transform: ViewTransform) -> None:
        if frame.shutter is None and not frame.overlays:
            return
        painter.save()
        painter.setTransform(QTransform(
            transform.a, transform.b, transform.c, transform.d, transform.e, transform.f), True)
        if frame.shutter is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            grey = frame.shutter.grey
            painter.fillPath(_hidden(frame.shutter, frame.columns, frame.rows), QColor(grey, grey, grey))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1)
        painter.setOpacity(painter.opacity() * _OPACITY)
        for place, picture in self._made(frame):
            painter.drawImage(place, picture)
        painter.restore()

    def _made(self, frame: Frame) -> list[tuple[QPointF, QImage]]:
        if frame.overlays is not self._planes:
            colour = theme.colour("caution").rgba()
            self._planes = frame.overlays
            self._pictures = [made for plane in frame.overlays if (made := _picture(plane, colour)) is not None]
        return self._pictures


def _hidden(shutter: Shutter, columns: int, rows: int) -> QPainterPath:
    """Everything of the image that is not inside all of the shapes."""
    is_open = QPainterPath()
    is_open.addRect(QRectF(0, 0, columns, rows))
    whole = QPainterPath(is_open)
    if shutter.rectangle is not None:
        left, top, right, bottom = shutter.rectangle
        shape = QPainterPath()
        shape.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
        is_open = is_open.intersected(shape)
    if shutter.circle is not None:
        x, y, radius = shutter.circle
        shape = QPainterPath()
        shape.addEllipse(QPointF(x, y), radius, radius)
        is_open = is_open.intersected(shape)
    if shutter.polygon:
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.OddEvenFill)
        shape.addPolygon(QPolygonF([QPointF(*point) for point in shutter.polygon]))
        shape.closeSubpath()
        is_open = is_open.intersected(shape)
    return whole.subtracted(is_open)


def _picture(plane: OverlayPlane, colour: int) -> tuple[QPointF, QImage] | None:
    """The part of the mask that holds anything, in one colour, and where it begins; None for an empty mask."""
    rows, columns = np.flatnonzero(plane.mask.any(axis=1)), np.flatnonzero(plane.mask.any(axis=0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    part = plane.mask[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    argb = np.where(part, np.uint32(colour), np.uint32(0))
    height, width = argb.shape
    image = QImage(argb.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return QPointF(left, top), image.copy()
