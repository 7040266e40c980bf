"""Paints the pixels of a frame: values at the screen's places → grey table → 8-bit image → drawn one to one.

What is expensive is kept until what it was made from changes: the averaged image (frame, factor), the values at the
screen's places (frame, transform), the grey table (window), the grey image (all of them). A window drag makes a table
and looks the values up; a repaint for another reason only draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF, QTransform, qRgb

from desktop_app.core.frame import Frame
from desktop_app.core.interpolation import Interpolation, interpolation_for
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window
from desktop_app.imaging.colour_maps import GREY_MAP, colour_map
from desktop_app.imaging.luts import GreyTable, grey_table
from desktop_app.imaging.render import render_grey, supplemented
from desktop_app.ui.viewport.fine import FineRequest, fine_colours, fine_levels, fine_values, slanting_levels
from desktop_app.ui.viewport.resample import Resampler, ScreenPatch, cover, reduced, slant

# More device pixels than this, and Qt's own (quicker, windowed first) interpolation takes over, to stay within a tick.
_MOST_RESAMPLED = 3_500_000
# More pixels than this, and averaging them for a small view takes longer than a repaint may.
_MOST_AVERAGED = 3_000_000
# Fewer grey levels than this, and values between two levels would be rounded visibly: grey is interpolated instead.
_FEW_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Look:
    """What decides the grey levels of a frame, and what is between them, besides its values."""

    window: Window
    inverted: bool = False
    use_voi_lut: bool = False
    colour_map: str = GREY_MAP
    interpolation: Interpolation = Interpolation.BILINEAR


class ImagePainter:
    """Paints one viewport's frames; owns the caches that make the second time quick.

    Bilinear is quick enough for a repaint. A finer interpolation is left as a `wish` for a decode thread; what comes
    of it is handed to `take` and painted from then on, as long as nothing changes that it was made for.
    """

    def __init__(self) -> None:
        self.wish: FineRequest | None = None
        self._resampler = Resampler()
        self._frame: Frame | None = None
        self._reduced: dict[int, Any] = {}
        self._patch_key: tuple[Any, ...] = ()
        self._patch: ScreenPatch | None = None
        self._fine_key: tuple[Any, ...] = ()
        self._fine: ScreenPatch | None = None
        self._table_key: tuple[Any, ...] = ()
        self._table: GreyTable | None = None
        self._image_key: tuple[Any, ...] = ()
        self._image: QImage | None = None
        self._grey = np.empty((0, 0), np.uint8)

    def paint(self, painter: QPainter, frame: Frame, look: Look, transform: ViewTransform,
              size: tuple[int, int], ratio: float) -> None:
        """Draws the frame into a widget of `size` (width, height); `ratio` is device pixels for one unit of it."""
        if frame is not self._frame:
            self._frame = frame
            self._reduced.clear()
        kind = interpolation_for(frame.facts.sop_class_uid, look.interpolation)
        screen = (round(size[0] * ratio), round(size[1] * ratio))
        aslant = transform.is_tilted
        windowed_first = aslant or screen[0] * screen[1] > _MOST_RESAMPLED or _windowed_first(frame, look)
        self.wish = self._fine_request(frame, look, kind, transform, screen, ratio, windowed_first)
        if self.wish is not None and self.wish.key == self._fine_key:
            assert self._fine is not None
            self.wish = None
            painter.save()
            if aslant:
                painter.setClipPath(_outline(frame, transform))
            self._paint_patch(painter, frame, look, self._fine, self._fine_key, ratio)
            painter.restore()
            return
        nearest = kind is Interpolation.NEAREST
        factor = 1 if nearest else max(1, int(1 / max(transform.scale * ratio, 1e-6) + 1e-6))
        pixels = self._pixels(frame, factor)
        if factor > 1:
            transform = _for_reduced(transform, factor)
        if windowed_first and (aslant or not (nearest and frame.pixels.ndim == 2 and frame.supplement is None)):
            self._paint_windowed_first(painter, frame, pixels, factor, look, transform, smooth=not nearest)
            return
        key = (frame, id(frame.pixels), factor, transform, screen, ratio, nearest)
        if key != self._patch_key:
            self._patch = self._resampler.patch(pixels, transform, ratio, screen, nearest=nearest)
            self._patch_key = key
            self._image_key = ()
        if self._patch is not None:
            self._paint_patch(painter, frame, look, self._patch, self._patch_key, ratio)

    def take(self, request: FineRequest, patch: ScreenPatch) -> None:
        """What a wish came to."""
        self._fine_key, self._fine, self._image_key = request.key, patch, ()

    def _fine_request(self, frame: Frame, look: Look, kind: Interpolation, transform: ViewTransform,
                      screen: tuple[int, int], ratio: float, windowed_first: bool) -> FineRequest | None:
        if transform.is_tilted:
            return self._slanting_request(frame, look, kind, transform, screen, ratio)
        made_smaller = transform.scale * ratio < 1 and kind is Interpolation.BILINEAR and _is_thinned_out(frame)
        if not (kind.is_fine or made_smaller) or frame.supplement is not None:
            return None
        seen = cover(frame.pixels.shape, transform, ratio, screen)
        if seen is None:
            return None
        key = ("fine", frame, id(frame.pixels), transform, screen, ratio, kind)
        if frame.is_colour:
            work = partial(fine_colours, frame, kind, seen, inverted=look.inverted)
            return FineRequest((*key, look.inverted), work)
        if windowed_first:
            table = self._grey_table(frame, look)
            work = partial(fine_levels, frame, kind, seen, table)
            return FineRequest((*key, replace(look, colour_map=GREY_MAP)), work)
        return FineRequest(key, partial(fine_values, frame, kind, seen))

    def _slanting_request(self, frame: Frame, look: Look, kind: Interpolation, transform: ViewTransform,
                          screen: tuple[int, int], ratio: float) -> FineRequest | None:
        place = slant(frame.pixels.shape, transform, ratio, screen)
        if place is None or frame.supplement is not None or kind is Interpolation.NEAREST:
            return None
        table = None if frame.is_colour else self._grey_table(frame, look)
        factor = max(1, int(1 / max(transform.scale * ratio, 1e-6) + 1e-6))
        work = partial(slanting_levels, frame, kind, place, factor, table, inverted=look.inverted)
        key = ("aslant", frame, id(frame.pixels), transform, screen, ratio, kind, replace(look, colour_map=GREY_MAP))
        return FineRequest(key, work)

    def _paint_patch(self, painter: QPainter, frame: Frame, look: Look, patch: ScreenPatch, patch_key: tuple[Any, ...],
                     ratio: float) -> None:
        """Draws what lies on whole device pixels: stored values, or (from a decode thread) finished grey or RGB."""
        image_key = (patch_key, look)
        if image_key != self._image_key:
            values = patch.values
            if values.ndim == 3:
                self._image = colour_image(values)
            else:
                grey = values if patch.is_finished else render_grey(
                    values, self._grey_table(frame, look), out=self._buffer(values.shape))
                self._image = mapped_image(grey, look.colour_map)
            self._image_key = image_key
        assert self._image is not None
        self._image.setDevicePixelRatio(ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QPointF(patch.left / ratio, patch.top / ratio), self._image)

    def _paint_windowed_first(self, painter: QPainter, frame: Frame, pixels: npt.NDArray[Any], factor: int, look: Look,
                              transform: ViewTransform, *, smooth: bool) -> None:
        key = (frame, id(frame.pixels), factor, look)
        if key != self._image_key:
            if frame.is_colour:
                self._image = colour_image(255 - pixels if look.inverted else pixels)
            else:
                grey = render_grey(pixels, self._grey_table(frame, look))
                if frame.supplement is not None:
                    self._image = colour_image(supplemented(grey, pixels, frame.supplement))
                else:                                                       # RGB32: Qt interpolates it twice as fast
                    self._image = mapped_image(grey, look.colour_map).convertToFormat(QImage.Format.Format_RGB32)
            self._image_key = key
        assert self._image is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        to_view = QTransform(transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)
        painter.setTransform(to_view, True)
        painter.drawImage(QRectF(0, 0, self._image.width(), self._image.height()), self._image)
        painter.restore()

    def _buffer(self, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
        """The grey levels of the last repaint are written over: a drag allocates nothing."""
        if self._grey.shape != shape:
            self._image = None
            self._grey = np.empty(shape, np.uint8)
        return self._grey

    def _pixels(self, frame: Frame, factor: int) -> npt.NDArray[Any]:
        if factor <= 1:
            return frame.pixels
        if _is_thinned_out(frame):
            return frame.pixels[factor // 2 :: factor, factor // 2 :: factor]
        if factor not in self._reduced:
            self._reduced.clear()
            self._reduced[factor] = reduced(frame.pixels, factor)
        return self._reduced[factor]

    def _grey_table(self, frame: Frame, look: Look) -> GreyTable:
        key = (look, frame.slope, frame.intercept, id(frame.modality_lut), frame.padding, frame.monochrome1,
               frame.pixels.dtype, id(frame.presentation_lut),
               tuple(map(id, frame.voi_luts)) if look.use_voi_lut else ())
        if self._table is None or key != self._table_key:
            self._table = grey_table(frame, look.window, inverted=look.inverted, use_voi_lut=look.use_voi_lut)
            self._table_key = key
        return self._table


def _windowed_first(frame: Frame, look: Look) -> bool:
    """Whether grey levels are interpolated instead of values: where values in between mean nothing or cost too much."""
    dtype = frame.pixels.dtype
    if frame.is_colour or frame.supplement is not None or dtype.itemsize > 2 or dtype.kind == "f":
        return True
    low, high = frame.value_range
    if frame.modality_lut is None and abs(high - low) < _FEW_LEVELS * abs(frame.slope):
        return True
    return frame.padding is not None and not _padding_is_darkest(frame, look)


def _padding_is_darkest(frame: Frame, look: Look) -> bool:
    """Padding is painted black. With a value at the other end, mixing it with the image would make a bright rim."""
    assert frame.padding is not None
    low, high = frame.value_range
    if frame.modality_lut is not None:
        return False
    ends = [stored * frame.slope + frame.intercept for stored in frame.padding]
    low_is_dark = look.inverted == frame.monochrome1
    return max(ends) <= low if low_is_dark else min(ends) >= high


def _is_thinned_out(frame: Frame) -> bool:
    """Whether averaging takes too long for a repaint: some pixels stand for all, until a decode thread has averaged."""
    return frame.rows * frame.columns > _MOST_AVERAGED and frame.supplement is None


def _outline(frame: Frame, transform: ViewTransform) -> QPainterPath:
    """The image's edge on the screen."""
    path, (columns, rows) = QPainterPath(), (frame.columns, frame.rows)
    path.addPolygon(QPolygonF([QPointF(*transform.to_view(*corner))
                               for corner in ((0, 0), (columns, 0), (columns, rows), (0, rows))]))
    return path


def _for_reduced(transform: ViewTransform, factor: int) -> ViewTransform:
    return ViewTransform(transform.a * factor, transform.b * factor, transform.c * factor, transform.d * factor,
                         transform.e, transform.f)


def _grey_image(grey: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory (PySide keeps the buffer alive with the image)."""
    rows, columns = grey.shape
    return QImage(grey.data, columns, rows, grey.strides[0], QImage.Format.Format_Grayscale8)


def mapped_image(grey: npt.NDArray[np.uint8], colour_map: str) -> QImage:
    """Grey levels as they are, or each in its colour."""
    image = _grey_image(grey)
    if colour_map == GREY_MAP:
        return image
    rows, columns = grey.shape
    image = QImage(grey.data, columns, rows, grey.strides[0], QImage.Format.Format_Indexed8)
    image.setColorTable(_colours(colour_map))
    return image


@lru_cache(maxsize=16)
def _colours(colour_map_name: str) -> list[int]:
    return [qRgb(*map(int, colour)) for colour in colour_map(colour_map_name)]


def colour_image(rgb: npt.NDArray[np.uint8]) -> QImage:
    rgb = np.ascontiguousarray(rgb)
    rows, columns, _ = rgb.shape
    shared = QImage(rgb.data, columns, rows, columns * 3, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
