"""Painting what other objects say of an image: their graphics and texts, a shutter, and the mark of a key image."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop_app.core.overlay import Overlay
from desktop_app.core.study_object import DisplayedArea, Graphic, Shape
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.ui.viewport.paint_graphics import paint_shutter
from desktop_app.ui.viewport.paint_text import TextPainter

_DOT_PX = 3.0
_STAR_PX = 18
_MARGIN_PX = 12.0
_NOTHING = Overlay()


def paint_overlay(
    painter: QPainter, overlay: Overlay, transform: ViewTransform, image_size: tuple[int, int],
    view_size: tuple[float, float], texts: TextPainter | None,
) -> None:
    """Draws an overlay on an image of (columns, rows). Without `texts` its words are left out."""
    if overlay == _NOTHING:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if overlay.shutter is not None:
        paint_shutter(painter, overlay.shutter, transform, image_size)
    for graphic in overlay.graphics:
        if texts is not None or graphic.shape is not Shape.TEXT:
            _paint_graphic(painter, graphic, _Place(transform, overlay.area, image_size), texts)
    if overlay.is_key:
        star = theme.pixmap("star", _STAR_PX, "caution", painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF((view_size[0] - _STAR_PX) / 2, 3.2 * _MARGIN_PX), star)
    painter.restore()


class _Place:
    """Points of graphics → points of the viewport."""

    def __init__(self, transform: ViewTransform, area: DisplayedArea | None, image_size: tuple[int, int]) -> None:
        self._transform = transform
        (left, top), (right, bottom) = (area.top_left, area.bottom_right) if area is not None else ((1, 1), image_size)
        self._corner, self._size = (left - 1.0, top - 1.0), (right - left + 1.0, bottom - top + 1.0)

    def of(self, graphic: Graphic) -> list[QPointF]:
        points = graphic.points
        if graphic.in_view:     # fractions of the displayed area, PS3.3 C.10.5.1.2
            (left, top), (wide, high) = self._corner, self._size
            points = tuple((left + x * wide, top + y * high) for x, y in points)
        return [QPointF(*self._transform.to_view(*point)) for point in points]


def _paint_graphic(painter: QPainter, graphic: Graphic, place: _Place, texts: TextPainter | None) -> None:
    points = place.of(graphic)
    if graphic.shape is Shape.TEXT:
        _paint_words(painter, graphic.text, points[0], texts)
        return
    path = _path(graphic.shape, points)
    painter.setBrush(theme.colour("caution", 0.25) if graphic.filled else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3.5))
    painter.drawPath(path)
    painter.setPen(QPen(theme.colour("caution"), 1.5))
    painter.drawPath(path)
    if graphic.text:
        _paint_words(painter, graphic.text, max(points, key=lambda point: point.x()) + QPointF(8, 4), texts)


def _path(shape: Shape, points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    if shape in (Shape.POINT, Shape.MULTIPOINT):
        for point in points:
            path.addEllipse(point, _DOT_PX, _DOT_PX)
    elif shape is Shape.CIRCLE and len(points) >= 2:
        radius = ((points[1].x() - points[0].x()) ** 2 + (points[1].y() - points[0].y()) ** 2) ** 0.5
        path.addEllipse(points[0], radius, radius)
    elif shape is Shape.ELLIPSE and len(points) >= 4:
        path = _ellipse(points)
    else:
        path.addPolygon(QPolygonF(points))
    return path


def _ellipse(points: list[QPointF]) -> QPainterPath:
    """From the ends of the long axis and the ends of the short one, which may stand at any angle."""
    from PySide6.QtCore import QLineF
    from PySide6.QtGui import QTransform

    long_axis, short_axis = QLineF(points[0], points[1]), QLineF(points[2], points[3])
    path = QPainterPath()
    path.addEllipse(QRectF(-long_axis.length() / 2, -short_axis.length() / 2, long_axis.length(), short_axis.length()))
    middle = long_axis.pointAt(0.5)
    return QTransform().translate(middle.x(), middle.y()).rotate(-long_axis.angle()).map(path)


def _paint_words(painter: QPainter, text: str, place: QPointF, texts: TextPainter | None) -> None:
    """From the base line of the first line on."""
    lines = text.splitlines()[:8]
    if texts is not None and lines:
        step = texts.size_of(lines)[1] / len(lines)
        ratio = painter.device().devicePixelRatioF()
        texts.write(painter, lines, place.x(), place.y() - 0.75 * step, ratio, tone="caution")
