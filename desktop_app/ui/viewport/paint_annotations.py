"""Paints what was drawn on an image: thin lines with a dark rim, handles where one may take hold, the result beside."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.viewmodels.pen import Pen

_LINE_PX, _RIM_PX = 1.6, 3.6
_HANDLE_PX = 3.2
_END_TICK_PX = 5.0
_ARROW_PX = 11.0
_LABEL_GAP_PX = 10.0
_LABEL_EDGE_PX = 4.0


def paint_annotations(
    painter: QPainter, pen: Pen, transform: ViewTransform, size: tuple[float, float]
) -> None:
    """All annotations of the image in the viewport."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for annotation in pen.shown:
        is_selected = annotation.key == pen.annotations.selected
        colour = theme.colour("accent") if is_selected or annotation.key == pen.hot else theme.colour("text")
        path = _path(annotation, transform)
        for width, ink in ((_RIM_PX, QColor(0, 0, 0, 150)), (_LINE_PX, colour)):
            painter.setPen(
                QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        if is_selected or annotation.key == pen.hot:
            _paint_handles(painter, annotation, transform, colour)
        _paint_label(painter, pen, annotation, transform, size, colour)
    painter.restore()


def _path(annotation: Annotation, transform: ViewTransform) -> QPainterPath:
    places = [QPointF(*transform.to_view(*point)) for point in annotation.points]
    path = QPainterPath()
    if annotation.kind is AnnotationKind.ELLIPSE and len(places) == 2 and transform.a * transform.b == 0:
        path.addEllipse(QRectF(places[0], places[1]).normalized())
        return path
    for a, b in annotation.segments:
        path.moveTo(*transform.to_view(*a))
        path.lineTo(*transform.to_view(*b))
    if annotation.kind is AnnotationKind.LENGTH and len(places) == 2:
        _add_ticks(path, *places)
    if annotation.kind is AnnotationKind.ARROW and len(places) == 2:
        _add_head(path, *places)
    return path


def _add_ticks(path: QPainterPath, a: QPointF, b: QPointF) -> None:
    """Short strokes across the ends, so that they show where exactly the line ends."""
    length = math.hypot(b.x() - a.x(), b.y() - a.y())
    if length < 2 * _END_TICK_PX:
        return
    across = QPointF(-(b.y() - a.y()), b.x() - a.x()) * (_END_TICK_PX / length)
    for end in (a, b):
        path.moveTo(end - across)
        path.lineTo(end + across)


def _add_head(path: QPainterPath, tip: QPointF, tail: QPointF) -> None:
    turn = math.atan2(tail.y() - tip.y(), tail.x() - tip.x())
    for side in (-0.45, 0.45):
        path.moveTo(tip)
        path.lineTo(tip + QPointF(math.cos(turn + side), math.sin(turn + side)) * _ARROW_PX)


def _paint_handles(
    painter: QPainter, annotation: Annotation, transform: ViewTransform, colour: QColor
) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 180), 1))
    painter.setBrush(colour)
    for point in annotation.points:
        painter.drawEllipse(QPointF(*transform.to_view(*point)), _HANDLE_PX, _HANDLE_PX)


def _paint_label(
    painter: QPainter,
    pen: Pen,
    annotation: Annotation,
    transform: ViewTransform,
    size: tuple[float, float],
    colour: QColor,
) -> None:
    """The result at the end that was drawn last, inside the viewport."""
    result = pen.annotations.measurement(annotation)
    text = result.headline if result is not None else annotation.text
    if not text:
        return
    font = QFont(painter.font())
    font.setPixelSize(theme.tokens().font_overlay)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.ascent()
    anchor = max((transform.to_view(*point) for point in annotation.points), key=lambda place: place[0])
    x = min(max(anchor[0] + _LABEL_GAP_PX, _LABEL_EDGE_PX), size[0] - width - _LABEL_EDGE_PX)
    y = min(max(anchor[1] + height / 2, height + _LABEL_EDGE_PX), size[1] - _LABEL_EDGE_PX)
    letters = QPainterPath()
    letters.addText(x, y, font, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.strokePath(
        letters,
        QPen(
            QColor(0, 0, 0, 190), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        ),
    )
    painter.fillPath(letters, colour)
