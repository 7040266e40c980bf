"""Paints the tiles of a slide over its picture, each where it lies."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF

from desktop_app.core.frame import Frame
from desktop_app.core.view_transform import ViewTransform
from desktop_app.imaging.luts import grey_table
from desktop_app.imaging.render import render_grey
from desktop_app.ui.viewport.paint_image import Look, colour_image, mapped_image
from desktop_app.viewmodels.slide import PlacedTile

_KEPT = 512


class SlidePainter:
    """Keeps the pictures of the tiles of one look."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._pictures: dict[int, tuple[Frame, QImage]] = {}

    def paint(self, painter: QPainter, tiles: list[PlacedTile], look: Look, transform: ViewTransform,
              size: tuple[int, int]) -> None:
        if look != self._look or len(self._pictures) > _KEPT:
            self._look = look
            self._pictures.clear()
        view = QRectF(0, 0, *size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        for tile in tiles:
            left, top, width, height = tile.rectangle
            corners = [QPointF(*transform.to_view(x, y)) for x in (left, left + width) for y in (top, top + height)]
            place = QPolygonF(corners).boundingRect()
            if place.intersects(view):
                self._draw(painter, tile, transform, look)
        painter.restore()

    def _draw(self, painter: QPainter, tile: PlacedTile, transform: ViewTransform, look: Look) -> None:
        from PySide6.QtGui import QTransform

        painter.setTransform(QTransform(
            transform.a, transform.b, transform.c, transform.d, transform.e, transform.f))
        painter.drawImage(QRectF(*tile.rectangle), self._picture(tile.frame, look))
        painter.resetTransform()

    def _picture(self, frame: Frame, look: Look) -> QImage:
        kept = self._pictures.get(id(frame))
        if kept is not None and kept[0] is frame:
            return kept[1]
        if frame.is_colour:
            image = colour_image(255 - frame.pixels if look.inverted else frame.pixels)
        else:
            table = grey_table(frame, look.window, inverted=look.inverted, use_voi_lut=look.use_voi_lut)
            image = mapped_image(render_grey(frame.pixels, table), look.colour_map).convertToFormat(
                QImage.Format.Format_RGB32)
        self._pictures[id(frame)] = frame, image
        return image
