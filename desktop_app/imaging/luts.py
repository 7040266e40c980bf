"""Grey tables: modality, VOI, polarity and padding folded into one table over stored values (PS3.3 C.11).

Needs numpy only, so that the first window does not wait for codecs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.core.frame import Frame, LookupTable, Pixels
from desktop_app.core.window import VoiFunction, Window

_TABLE_BITS = 16


@dataclass(frozen=True, slots=True)
class GreyTable:
    """How stored values become grey levels 0 … 255.

    `table` is indexed by the stored value modulo its length (so that signed values need no copy) and holds uint8; it
    is None for floating point and 32-bit images, whose values are computed one by one.
    """

    window: Window
    slope: float
    intercept: float
    inverted: bool
    padding: tuple[float, float] | None = None
    modality_lut: LookupTable | None = None
    voi_lut: LookupTable | None = None
    presentation_lut: LookupTable | None = None
    table: Pixels | None = None

    def levels(self, stored: Pixels) -> Pixels:
        """Grey levels (uint8) of stored values, computed; the definition that the table is made of."""
        values = stored.astype(np.float64)
        if self.modality_lut is not None:
            values = _looked_up(values, self.modality_lut).astype(np.float64)
        else:
            values *= self.slope
            values += self.intercept
        if self.voi_lut is not None:
            levels = voi_lut_levels(values, self.voi_lut)
        else:
            levels = window_levels(values, self.window)
        if stored.dtype.kind == "f":
            np.nan_to_num(levels, copy=False, nan=0.0, posinf=255.0, neginf=0.0)
        if self.presentation_lut is not None:
            levels = presentation_levels(levels, self.presentation_lut)
        levels += 0.5
        grey: Pixels = levels.astype(np.uint8)
        if self.inverted:
            np.subtract(255, grey, out=grey)
        if self.padding is not None:
            grey[(stored >= self.padding[0]) & (stored <= self.padding[1])] = 0
        if stored.dtype.kind == "f":
            grey[np.isnan(stored)] = 0
        return grey


def initial_window(frame: Frame) -> Window:
    """The window a frame opens with: the first of the file, else what its first VOI LUT spans, else the full range."""
    if frame.windows:
        return frame.windows[0]
    if frame.opens_by_voi_lut:
        lut = frame.voi_luts[0]
        whole = Window.of_range(float(lut.first_mapped), float(lut.first_mapped + len(lut.values) - 1))
        return replace(whole, explanation=lut.explanation or "VOI LUT")
    return auto_window(frame)


def auto_window(frame: Frame) -> Window:
    """The window of the full range of modality values, padding left out."""
    low, high = frame.value_range
    return Window.of_range(low, high)


def grey_table(frame: Frame, window: Window, *, inverted: bool = False, use_voi_lut: bool = False) -> GreyTable:
    """The grey table of a frame.

    `inverted` is the user's wish, on top of the frame's own polarity. `use_voi_lut` takes the frame's first VOI LUT
    instead of the window, where it has one. Padding is black whatever the polarity.
    """
    made = GreyTable(
        window=window,
        slope=frame.slope,
        intercept=frame.intercept,
        inverted=inverted != frame.monochrome1,
        padding=frame.padding,
        modality_lut=frame.modality_lut,
        voi_lut=frame.voi_luts[0] if use_voi_lut and frame.voi_luts else None,
        presentation_lut=frame.presentation_lut,
    )
    dtype = frame.pixels.dtype
    if dtype.kind not in "iu" or dtype.itemsize * 8 > _TABLE_BITS:
        return made
    return replace(made, table=_tabled(made, dtype))


def _tabled(made: GreyTable, dtype: np.dtype) -> Pixels:
    """`GreyTable.table`. Beyond the ends of a window all values have one level, and only one of them is computed."""
    least, most = int(np.iinfo(dtype).min), int(np.iinfo(dtype).max)
    first, last = _ends(made, least, most)
    inner = replace(made, padding=None).levels(np.arange(first, last + 1).astype(dtype))
    ordered = np.empty(most - least + 1, np.uint8)
    ordered[: first - least], ordered[first - least : last - least + 1] = inner[0], inner
    ordered[last - least + 1 :] = inner[-1]
    if made.padding is not None:
        low, high = max(math.ceil(made.padding[0]), least), min(math.floor(made.padding[1]), most)
        ordered[low - least : max(low, high + 1) - least] = 0
    table = np.roll(ordered, least) if least else ordered          # a value modulo the length is its index
    table.setflags(write=False)
    return table


def _ends(made: GreyTable, least: int, most: int) -> tuple[int, int]:
    """The stored values between which levels change; all of them for tables and for curves without an end."""
    window, slope = made.window, made.slope
    reach = 2 * abs(window.width) + 2
    if (made.modality_lut is not None or made.voi_lut is not None or window.function is VoiFunction.SIGMOID
            or not slope or not math.isfinite((abs(window.center) + reach + abs(made.intercept)) / slope)):
        return least, most
    ends = sorted((window.center + side * reach - made.intercept) / slope for side in (-1, 1))
    return min(max(math.floor(ends[0]), least), most), max(min(math.ceil(ends[1]), most), least)


def window_levels(values: Pixels, window: Window) -> Pixels:
    """Modality values → 0.0 … 255.0 by the window's function, exactly as PS3.3 C.11.2.1.2 and C.11.2.1.3 say.

    Works in place: `values` (float64) become the levels.

    LINEAR is not defined below a width of 1, and at 1 it is a threshold; narrower windows are read as LINEAR_EXACT.
    """
    center, width = window.center, window.width
    if window.function is VoiFunction.SIGMOID:
        values -= center
        values *= -4.0 / max(width, 1e-12)
        with np.errstate(over="ignore"):
            np.exp(values, out=values)
        values += 1.0
        return np.divide(255.0, values, out=values)
    if window.function is VoiFunction.LINEAR and width >= 1:
        center, width = center - 0.5, width - 1.0
    if width <= 0:
        return np.where(values > center, 255.0, 0.0)
    values -= center
    values /= width
    values += 0.5
    values *= 255.0
    return np.clip(values, 0.0, 255.0, out=values)


def voi_lut_levels(values: Pixels, lut: LookupTable) -> Pixels:
    """Modality values → 0.0 … 255.0 through a VOI LUT; values outside take its first or last entry."""
    top = float((1 << lut.bits) - 1)
    return np.minimum(_looked_up(values, lut).astype(np.float64) * (255.0 / top), 255.0)


def presentation_levels(levels: Pixels, lut: LookupTable) -> Pixels:
    """What the window gave (0.0 … 255.0) → P-values 0.0 … 255.0 (PS3.3 C.11.6).

    The table spans all of what the window gives, whatever its number of entries.
    """
    last = len(lut.values) - 1
    index = np.clip(np.nan_to_num(levels) * (last / 255.0) + 0.5, 0, last).astype(np.int64)
    return np.minimum(lut.values[index].astype(np.float64) * (255.0 / ((1 << lut.bits) - 1)), 255.0)


def _looked_up(values: Pixels, lut: LookupTable) -> Pixels:
    last = len(lut.values) - 1
    index = np.clip(np.nan_to_num(np.floor(values + 0.5)) - lut.first_mapped, 0, last).astype(np.int64)
    return lut.values[index]
