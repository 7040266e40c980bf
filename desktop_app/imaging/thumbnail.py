"""Thumbnails and rendered pictures: small RGB or grey arrays, and their PNG and JPEG bytes."""

from __future__ import annotations

import imagecodecs
import numpy as np

from desktop_app.core.frame import Frame, Pixels
from desktop_app.core.window import Window
from desktop_app.imaging.luts import grey_table, initial_window
from desktop_app.imaging.render import render, render_grey


def thumbnail(frame: Frame, edge: int, window: Window | None = None) -> Pixels:
    """A frame with its longer edge at most `edge` pixels: uint8 (rows, columns) or (rows, columns, 3).

    Keeps the aspect of what is shown, pixels that are not square included. Never enlarges beyond the image.
    """
    rows, columns = fitted(frame.rows * frame.facts.pixel_aspect_ratio, frame.columns, edge)
    if frame.is_colour:
        return shrink(frame.pixels, rows, columns)
    if frame.pixels.size <= 4 * rows * columns:
        return shrink(render(frame, window), rows, columns)
    # Stored values are averaged before the window, so that padding and saturated values do not bleed; a quarter of
    # them is enough for a picture of this size.
    step = max(1, min(frame.rows // (2 * rows), frame.columns // (2 * columns)))
    part = frame.pixels[::step, ::step]
    by_lut = window is None and frame.opens_by_voi_lut
    table = grey_table(frame, window or initial_window(frame), use_voi_lut=by_lut)
    return shrink(render_grey(part, table), rows, columns)


def fitted(height: float, width: float, edge: int) -> tuple[int, int]:
    """(rows, columns) that fit a square of `edge`, in proportion; never larger than given."""
    scale = min(1.0, edge / max(height, width, 1))
    return max(1, round(height * scale)), max(1, round(width * scale))


def shrink(image: Pixels, rows: int, columns: int) -> Pixels:
    """A uint8 image → (rows, columns[, 3]) by averaging areas (or nearest where it is not made smaller)."""
    return _areas(_areas(image, rows, 0), columns, 1)


def encode_png(image: Pixels) -> bytes:
    """uint8 (rows, columns) or (rows, columns, 3) → PNG bytes."""
    return bytes(imagecodecs.png_encode(np.ascontiguousarray(image), level=3))


def encode_jpeg(image: Pixels, quality: int = 90) -> bytes:
    """uint8 (rows, columns) or (rows, columns, 3) → baseline JPEG bytes."""
    return bytes(imagecodecs.jpeg8_encode(np.ascontiguousarray(image), level=quality))


def _areas(image: Pixels, target: int, axis: int) -> Pixels:
    length = image.shape[axis]
    if target == length:
        return image
    edges = np.arange(target + 1) * length / target
    if target > length:
        return np.take(image, np.minimum(((edges[:-1] + edges[1:]) / 2).astype(np.intp), length - 1), axis=axis)
    starts = np.floor(edges[:-1]).astype(np.intp)
    sums = np.add.reduceat(image, starts, axis=axis, dtype=np.float32)
    counts = np.diff([*starts, length]).astype(np.float32)
    shape = [1] * image.ndim
    shape[axis] = target
    return np.clip(sums / counts.reshape(shape) + 0.5, 0, 255).astype(np.uint8)
