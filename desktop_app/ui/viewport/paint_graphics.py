"""Paints what an image and an applied presentation state bring along: shutters over pixels, overlay planes over both.

The polygons of a state's shutter are drawn with its other drawings (paint_overlay.py).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF, QTransform

from desktop_app.core.frame import Frame
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.overlay import Overlay
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme

_OPACITY = 0.85


class GraphicsPainter:
    """Keeps the pictures of the bitmaps of one frame."""

    def __init__(self) -> None:
        self._made_of: tuple[OverlayPlane, ...] = ()
        self._pictures: list[tuple[QPointF, QImage]] = []
        self._hiding: OverlayPlane | None = None
        self._hidden_by: tuple[QPointF, QImage] | None = None

    def paint(self, painter: QPainter, frame: Frame, transform: ViewTransform, overlay: Overlay | None = None) -> None:
        """Draws them onto a frame; `overlay` is what an applied presentation state says of it."""
        overlay = overlay or Overlay()
        hiding = overlay.shutter.bitmap if overlay.shutter is not None else None
        if frame.shutter is None and not frame.overlays and not overlay.planes and hiding is None:
            return
        if frame.shutter is not None:
            paint_shutter(painter, frame.shutter, transform, (frame.columns, frame.rows))
        painter.save()
        painter.setTransform(_as_qt(transform), True)
        painter.setClipRect(QRectF(0, 0, frame.columns, frame.rows), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1)
        if hiding is not None and overlay.shutter is not None:
            self._paint_hiding(painter, hiding, overlay.shutter.grey)
        painter.setOpacity(painter.opacity() * _OPACITY)
        for place, picture in self._made(frame, overlay):
            painter.drawImage(place, picture)
        painter.restore()

    def _paint_hiding(self, painter: QPainter, hiding: OverlayPlane, grey: int) -> None:
        if hiding is not self._hiding:
            self._hiding, self._hidden_by = hiding, _picture(hiding, QColor(grey, grey, grey).rgba())
        if self._hidden_by is not None:
            painter.drawImage(*self._hidden_by)

    def _made(self, frame: Frame, overlay: Overlay) -> list[tuple[QPointF, QImage]]:
        groups = overlay.image_groups
        planes = (*(one for one in frame.overlays if groups is None or one.group in groups), *overlay.planes)
        if tuple(map(id, planes)) != tuple(map(id, self._made_of)):
            colour = theme.colour("caution").rgba()
            self._made_of = planes
            self._pictures = [made for plane in planes if (made := _picture(plane, colour)) is not None]
        return self._pictures


def paint_shutter(painter: QPainter, shutter: Shutter, transform: ViewTransform, image_size: tuple[int, int]) -> None:
    """Hides what of an image of (columns, rows) lies outside any of its shapes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(_as_qt(transform), True)
    whole = QPainterPath()
    whole.addRect(QRectF(0, 0, *image_size))
    is_open = QPainterPath(whole)
    for shape in _shapes(shutter, transform.pixel_aspect):
        is_open = is_open.intersected(shape)
    painter.fillPath(whole.subtracted(is_open), QColor(shutter.grey, shutter.grey, shutter.grey))
    painter.restore()


def _shapes(shutter: Shutter, pixel_aspect: float) -> list[QPainterPath]:
    """In image coordinates. The radius is told in pixel widths, so that a circle is round on the screen."""
    shapes: list[QPainterPath] = []
    if shutter.rectangle is not None:
        left, top, right, bottom = shutter.rectangle
        shapes.append(QPainterPath())
        shapes[-1].addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
    if shutter.circle is not None:
        x, y, radius = shutter.circle
        shapes.append(QPainterPath())
        shapes[-1].addEllipse(QPointF(x, y), radius, radius / pixel_aspect)
    if shutter.polygon:
        shapes.append(QPainterPath())
        shapes[-1].addPolygon(QPolygonF([QPointF(*point) for point in (*shutter.polygon, shutter.polygon[0])]))
    return shapes


def _as_qt(transform: ViewTransform) -> QTransform:
    return QTransform(transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)


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
    return QPointF(plane.left + left, plane.top + top), image.copy()
