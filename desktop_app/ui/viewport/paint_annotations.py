"""Paints what was drawn on an image: thin lines with a dark rim, handles where one may take hold, the result beside."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.measure import Measurement
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.ui.viewport.paint_text import BAR_ROOM, TextPainter
from desktop_app.viewmodels.pen import Pen

_LINE_PX, _RIM_PX = 1.6, 3.6
_HANDLE_PX = 3.2
_END_TICK_PX = 5.0
_ARROW_PX = 11.0
_PROBE_PX, _PROBE_GAP_PX = 8.0, 3.0
_LABEL_GAP_PX = 10.0
_LABEL_EDGE_PX = 4.0
_USUAL_SOURCE = "pixel spacing"         # of the patient: needs no mention beside every drawing


def paint_annotations(
    painter: QPainter, pen: Pen, transform: ViewTransform, size: tuple[float, float], texts: TextPainter, ratio: float
) -> None:
    """All annotations of the image in the viewport; `ratio` is device pixels for one unit of its size."""
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
        if annotation.kind is AnnotationKind.COBB and len(annotation.points) == 4:
            _paint_link(painter, annotation, transform, colour)
        if is_selected or annotation.key == pen.hot:
            _paint_handles(painter, annotation, transform, colour)
        _paint_label(painter, annotation, pen.annotations.measurement(annotation), transform, size, texts, ratio)
    painter.restore()


def _path(annotation: Annotation, transform: ViewTransform) -> QPainterPath:
    places = [QPointF(*transform.to_view(*point)) for point in annotation.points]
    path = QPainterPath()
    if annotation.kind is AnnotationKind.ELLIPSE and len(places) == 2 and transform.a * transform.b == 0:
        path.addEllipse(QRectF(places[0], places[1]).normalized())
        return path
    if annotation.kind in (AnnotationKind.POLYLINE, AnnotationKind.FREEHAND):
        path.moveTo(places[0])
        for place in places[1:]:
            path.lineTo(place)
        if annotation.kind is AnnotationKind.FREEHAND:
            path.closeSubpath()
    else:
        for a, b in annotation.segments:
            path.moveTo(*transform.to_view(*a))
            path.lineTo(*transform.to_view(*b))
    add = _ENDS.get(annotation.kind)
    if add is not None:
        add(path, places)
    return path


def _add_ticks(path: QPainterPath, places: list[QPointF]) -> None:
    """Short strokes across the ends, so that they show where exactly the line ends."""
    a, b = places[:2]
    length = math.hypot(b.x() - a.x(), b.y() - a.y())
    if length < 2 * _END_TICK_PX:
        return
    across = QPointF(-(b.y() - a.y()), b.x() - a.x()) * (_END_TICK_PX / length)
    for end in (a, b):
        path.moveTo(end - across)
        path.lineTo(end + across)


def _add_double_ticks(path: QPainterPath, places: list[QPointF]) -> None:
    """A calibration is no measurement: its ends look different."""
    _add_ticks(path, places)
    a, b = places[:2]
    length = math.hypot(b.x() - a.x(), b.y() - a.y())
    if length > 8 * _END_TICK_PX:
        along = (b - a) * (_END_TICK_PX / length)
        _add_ticks(path, [a + along, b - along])


def _add_head(path: QPainterPath, places: list[QPointF]) -> None:
    tip, tail = places[:2]
    turn = math.atan2(tail.y() - tip.y(), tail.x() - tip.x())
    for side in (-0.45, 0.45):
        path.moveTo(tip)
        path.lineTo(tip + QPointF(math.cos(turn + side), math.sin(turn + side)) * _ARROW_PX)


def _add_cross(path: QPainterPath, places: list[QPointF]) -> None:
    """A cross with a hole, so that the pixel itself stays to be seen."""
    place = places[0]
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(place + QPointF(x, y) * _PROBE_GAP_PX)
        path.lineTo(place + QPointF(x, y) * _PROBE_PX)


_ENDS: dict[AnnotationKind, Callable[[QPainterPath, list[QPointF]], None]] = {
    AnnotationKind.LENGTH: _add_ticks,
    AnnotationKind.CALIBRATION: _add_double_ticks,
    AnnotationKind.ARROW: _add_head,
    AnnotationKind.PROBE: _add_cross,
}


def _paint_link(painter: QPainter, annotation: Annotation, transform: ViewTransform, colour: QColor) -> None:
    """A broken line between the middles of the two lines of a Cobb angle: they belong together."""
    middles = [
        QPointF(*transform.to_view((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)) for a, b in annotation.segments
    ]
    painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(middles[0], middles[1])


def _paint_handles(
    painter: QPainter, annotation: Annotation, transform: ViewTransform, colour: QColor
) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 180), 1))
    painter.setBrush(colour)
    for point in annotation.points:
        painter.drawEllipse(QPointF(*transform.to_view(*point)), _HANDLE_PX, _HANDLE_PX)


def label_lines(annotation: Annotation, result: Measurement | None) -> tuple[str, ...]:
    """What stands beside a drawing: its words, its result, and the source of the scale where that is not the usual."""
    source = ""
    if result is not None and result.sizes and result.source != _USUAL_SOURCE:
        source = result.source
    headline = result.headline or (result.note if result.kind is AnnotationKind.PROBE else "") if result else ""
    return tuple(line for line in (annotation.text, headline, source) if line)


def _paint_label(
    painter: QPainter,
    annotation: Annotation,
    result: Measurement | None,
    transform: ViewTransform,
    size: tuple[float, float],
    texts: TextPainter,
    ratio: float,
) -> None:
    """The result beside the rightmost point, inside the viewport and clear of the bar at its right edge."""
    lines = label_lines(annotation, result)
    if not lines:
        return
    width, height = texts.size_of(lines)
    anchor = max((transform.to_view(*point) for point in annotation.points), key=lambda place: place[0])
    x = min(max(anchor[0] + _LABEL_GAP_PX, _LABEL_EDGE_PX), size[0] - width - BAR_ROOM - _LABEL_EDGE_PX)
    y = min(max(anchor[1] - height / len(lines) / 2, _LABEL_EDGE_PX), size[1] - height - _LABEL_EDGE_PX)
    texts.write(painter, lines, x, y, ratio)
