"""Render: apply a grey table. Quick enough for a repaint; needs numpy only."""

from __future__ import annotations

import numpy as np

from desktop_app.core.frame import ColourTable, Frame, Pixels
from desktop_app.core.window import Window
from desktop_app.imaging.luts import GreyTable, grey_table, initial_window

_ROWS_AT_ONCE = 64                  # indices that stay in the processor's cache: a third quicker on large images


def render_grey(pixels: Pixels, table: GreyTable, out: Pixels | None = None) -> Pixels:
    """Stored values (rows, columns) → grey levels, uint8 (rows, columns), C-contiguous.

    Floating point pixels of an integer image (resampled ones) are allowed: they are rounded to the nearest stored
    value. `out` is a uint8 buffer of the same shape to write to, for repaints without an allocation.
    """
    grey = np.empty(pixels.shape, np.uint8) if out is None else out
    rows = pixels.shape[0]
    lut = table.table
    if lut is None:
        for start in range(0, rows, _ROWS_AT_ONCE):
            grey[start : start + _ROWS_AT_ONCE] = table.levels(pixels[start : start + _ROWS_AT_ONCE])
        return grey
    size = 1 if len(lut) == 256 else 2
    for start in range(0, rows, _ROWS_AT_ONCE):
        block = pixels[start : start + _ROWS_AT_ONCE]
        if block.dtype.itemsize != size or block.dtype.kind == "f":
            block = np.rint(block).astype(np.int64) if block.dtype.kind == "f" else block.astype(np.int64)
            np.take(lut, block & (len(lut) - 1), out=grey[start : start + _ROWS_AT_ONCE], mode="clip")
        else:
            np.take(lut, block.view(f"u{size}"), out=grey[start : start + _ROWS_AT_ONCE], mode="clip")
    return grey


def render(frame: Frame, window: Window | None = None, *, inverted: bool = False) -> Pixels:
    """A frame as it is shown: uint8 (rows, columns), or (rows, columns, 3) for colour.

    Without a window: the first of the file, else its VOI LUT, else the full range. Colour is not windowed.
    """
    if frame.is_colour:
        return 255 - frame.pixels if inverted else frame.pixels
    by_lut = window is None and frame.opens_by_voi_lut
    table = grey_table(frame, window or initial_window(frame), inverted=inverted, use_voi_lut=by_lut)
    grey = render_grey(frame.pixels, table)
    return grey if frame.supplement is None else supplemented(grey, frame.pixels, frame.supplement)


def supplemented(grey: Pixels, stored: Pixels, colours: ColourTable) -> Pixels:
    """Grey levels, and the colours of the stored values that have one → (rows, columns, 3) uint8 (PS3.3 C.7.6.19)."""
    rgb = np.repeat(grey[..., None], 3, axis=2)
    has_colour = stored >= colours.first_mapped
    index = stored[has_colour].astype(np.int64) - colours.first_mapped
    rgb[has_colour] = np.take(colours.colours, index, axis=0, mode="clip")
    return rgb
