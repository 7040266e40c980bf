"""Paints what helps the eye for a moment: the lens, the box of a window, reference lines, the cursor in the patient."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop_app.core.annotation import Point
from desktop_app.core.frame import Frame
from desktop_app.core.interpolation import Interpolation
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.ui.viewport.paint_image import ImagePainter, Look

_LENS_PX, _LENS_FACTOR = 240, 2.5
_CURSOR_GAP_PX, _CURSOR_PX = 6.0, 26.0


class Lens:
    """The image around a place, enlarged, in a circle."""

    def __init__(self) -> None:
        self._images = ImagePainter()

    def paint(self, painter: QPainter, frame: Frame, look: Look, transform: ViewTransform, place: Point,
              ratio: float) -> None:
        """`place` is in points of the viewport, `ratio` device pixels for one of them."""
        middle, factor = _LENS_PX / 2, _LENS_FACTOR
        enlarged = ViewTransform(
            transform.a * factor, transform.b * factor, transform.c * factor, transform.d * factor,
            factor * (transform.e - place[0]) + middle, factor * (transform.f - place[1]) + middle,
        )
        picture = QImage(round(_LENS_PX * ratio), round(_LENS_PX * ratio), QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.colour("image"))
        inner = QPainter(picture)
        plain = Look(look.window, look.inverted, look.use_voi_lut, look.colour_map, Interpolation.BILINEAR)
        self._images.paint(inner, frame, plain, enlarged, (_LENS_PX, _LENS_PX), ratio)
        inner.end()
        box = QRectF(place[0] - middle, place[1] - middle, _LENS_PX, _LENS_PX)
        circle = QPainterPath()
        circle.addEllipse(box)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(circle)
        painter.drawImage(box.topLeft(), picture)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (theme.colour("secondary"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(box)
        painter.restore()


def paint_box(painter: QPainter, box: tuple[float, float, float, float]) -> None:
    """The box of a drag: left, top, width, height."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    styles = Qt.PenStyle
    for colour, style in ((QColor(0, 0, 0, 150), styles.SolidLine), (theme.colour("accent"), styles.DashLine)):
        painter.setPen(QPen(colour, 1.0, style))
        painter.drawRect(QRectF(*box))


def paint_reference_line(painter: QPainter, line: tuple[Point, Point], transform: ViewTransform) -> None:
    """Where another image cuts this one; `line` is in image coordinates."""
    places = [QPointF(*transform.to_view(*point)) for point in line]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((QColor(0, 0, 0, 150), 3.0), (theme.colour("caution"), 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QLineF(places[0], places[1]))
    painter.restore()


def paint_cursor(painter: QPainter, place: Point, transform: ViewTransform) -> None:
    """The cursor in the patient, open in the middle; `place` is in image coordinates."""
    centre = QPointF(*transform.to_view(*place))
    strokes = [
        QLineF(centre + QPointF(x, y) * _CURSOR_GAP_PX, centre + QPointF(x, y) * _CURSOR_PX)
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    painter.save()
    for colour, width in ((QColor(0, 0, 0, 170), 3.5), (theme.colour("accent"), 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(strokes)
    painter.restore()
