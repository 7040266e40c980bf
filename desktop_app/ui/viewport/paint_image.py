"""Paints the pixels of a frame: values at the screen's places → grey table → 8-bit image → drawn one to one.

What is expensive is kept until what it was made from changes: the averaged image (frame, factor), the values at the
screen's places (frame, transform), the grey table (window), the grey image (all of them). A window drag makes a table
and looks the values up; a repaint for another reason only draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from desktop_app.core.frame import Frame
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window
from desktop_app.imaging.luts import GreyTable, grey_table
from desktop_app.imaging.render import render_grey
from desktop_app.ui.viewport.resample import Resampler, ScreenPatch, reduced

# More device pixels than this, and Qt's own (quicker, windowed first) interpolation takes over, to stay within a tick.
_MOST_RESAMPLED = 3_500_000
# Fewer grey levels than this, and values between two levels would be rounded visibly: grey is interpolated instead.
_FEW_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Look:
    """What decides the grey levels of a frame besides its values."""

    window: Window
    inverted: bool = False
    use_voi_lut: bool = False


class ImagePainter:
    """Paints one viewport's frames; owns the caches that make the second time quick."""

    def __init__(self) -> None:
        self._resampler = Resampler()
        self._frame: Frame | None = None
        self._reduced: dict[int, Any] = {}
        self._patch_key: tuple[Any, ...] = ()
        self._patch: ScreenPatch | None = None
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
        factor = max(1, int(1 / max(transform.scale * ratio, 1e-6) + 1e-6))
        pixels = self._pixels(frame, factor)
        if factor > 1:
            transform = _for_reduced(transform, factor)
        screen = (round(size[0] * ratio), round(size[1] * ratio))
        if screen[0] * screen[1] > _MOST_RESAMPLED or _windowed_first(frame, look):
            self._paint_windowed_first(painter, frame, pixels, factor, look, transform)
        else:
            self._paint_resampled_first(painter, frame, pixels, factor, look, transform, screen, ratio)

    def _paint_resampled_first(self, painter: QPainter, frame: Frame, pixels: npt.NDArray[Any], factor: int, look: Look,
                               transform: ViewTransform, screen: tuple[int, int], ratio: float) -> None:
        key = (frame, id(frame.pixels), factor, transform, screen, ratio)
        if key != self._patch_key:
            self._patch = self._resampler.patch(pixels, transform, ratio, screen)
            self._patch_key = key
            self._image_key = ()
        if self._patch is None:
            return
        image_key = (self._patch_key, look)
        if image_key != self._image_key:
            values = self._patch.values
            grey = self._buffer(values.shape)
            self._image = _grey_image(render_grey(values, self._grey_table(frame, look), out=grey))
            self._image_key = image_key
        assert self._image is not None
        self._image.setDevicePixelRatio(ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QPointF(self._patch.left / ratio, self._patch.top / ratio), self._image)

    def _paint_windowed_first(self, painter: QPainter, frame: Frame, pixels: npt.NDArray[Any], factor: int, look: Look,
                              transform: ViewTransform) -> None:
        key = (frame, id(frame.pixels), factor, look)
        if key != self._image_key:
            if frame.is_colour:
                self._image = _colour_image(255 - pixels if look.inverted else pixels)
            else:
                grey = _grey_image(render_grey(pixels, self._grey_table(frame, look)))
                self._image = grey.convertToFormat(QImage.Format.Format_RGB32)     # which Qt interpolates twice as fast
            self._image_key = key
        assert self._image is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
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
        if factor not in self._reduced:
            self._reduced.clear()
            self._reduced[factor] = reduced(frame.pixels, factor)
        return self._reduced[factor]

    def _grey_table(self, frame: Frame, look: Look) -> GreyTable:
        key = (look, frame.slope, frame.intercept, id(frame.modality_lut), frame.padding, frame.monochrome1,
               frame.pixels.dtype, frame.value_range, tuple(map(id, frame.voi_luts)) if look.use_voi_lut else ())
        if self._table is None or key != self._table_key:
            self._table = grey_table(frame, look.window, inverted=look.inverted, use_voi_lut=look.use_voi_lut)
            self._table_key = key
        return self._table


def _windowed_first(frame: Frame, look: Look) -> bool:
    """Whether grey levels are interpolated instead of values: where values in between mean nothing or cost too much."""
    if frame.is_colour or frame.pixels.dtype.itemsize > 2 or frame.pixels.dtype.kind == "f":
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


def _for_reduced(transform: ViewTransform, factor: int) -> ViewTransform:
    return ViewTransform(transform.a * factor, transform.b * factor, transform.c * factor, transform.d * factor,
                         transform.e, transform.f)


def _grey_image(grey: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory (PySide keeps the buffer alive with the image)."""
    rows, columns = grey.shape
    return QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8)


def _colour_image(rgb: npt.NDArray[np.uint8]) -> QImage:
    rgb = np.ascontiguousarray(rgb)
    rows, columns, _ = rgb.shape
    shared = QImage(rgb.data, columns, rows, columns * 3, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
