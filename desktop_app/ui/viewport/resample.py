"""Stored values of an image → stored values at the places of the screen's pixels. Pure numpy, no Qt.

Grey levels are interpolated *before* the window is applied, so that an edge lies where the values cross the window and
not where two clipped greys happen to mix; and a window drag then only looks values up again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.view_transform import ViewTransform

Array = npt.NDArray[Any]
_ROWS_AT_ONCE = 64              # what is worked on stays in the processor's cache


@dataclass(frozen=True, slots=True)
class ScreenPatch:
    """The part of the screen that an image covers, in whole device pixels, and the values it shows there.

    `is_finished`: grey levels (height, width) or RGB (height, width, 3), both uint8, and no values any more.
    """

    left: int
    top: int
    values: Array = field(compare=False)    # (height, width), the type of the image
    is_finished: bool = False

    @property
    def width(self) -> int:
        return int(self.values.shape[1])

    @property
    def height(self) -> int:
        return int(self.values.shape[0])


class Resampler:
    """Bilinear interpolation along rows and columns; keeps its scratch memory, so that a drag allocates nothing.

    Only for transforms whose axes stay axes (flips and quarter turns).
    """

    def __init__(self) -> None:
        self._scratch: dict[str, Array] = {}

    def patch(self, image: Array, transform: ViewTransform, ratio: float, size: tuple[int, int], *,
              nearest: bool = False) -> ScreenPatch | None:
        """The values of `image` (rows, columns) for a screen of `size` (width, height) device pixels.

        `ratio` is device pixels for one unit of the transform. None when no pixel of the image is on the screen. Device
        pixels whose centre lies on the image are covered; outside the outermost pixel centres the edge value continues.
        `nearest` takes the nearest pixel instead of mixing. The values live in memory that the next call overwrites.
        """
        turned = abs(transform.b) > abs(transform.a)
        if turned:                              # x follows rows, y follows columns: read the image transposed
            image = image.T
            x_scale, x_offset, y_scale, y_offset = transform.c, transform.e, transform.b, transform.f
        else:
            x_scale, x_offset, y_scale, y_offset = transform.a, transform.e, transform.d, transform.f
        rows, columns = image.shape
        across = _axis(x_scale * ratio, x_offset * ratio, columns, size[0])
        down = _axis(y_scale * ratio, y_offset * ratio, rows, size[1])
        if across is None or down is None:
            return None
        if nearest:
            across, down = across.nearest(), down.nearest()
        return ScreenPatch(across.first, down.first, self._interpolated(image, across, down))

    def _interpolated(self, image: Array, across: _Axis, down: _Axis) -> Array:
        height, width = down.low.size, across.low.size
        out = self._get("out", (height, width), image.dtype)
        c0, c1 = int(across.low.min()), int(across.high.max()) + 1
        r0, r1 = int(down.low.min()), int(down.high.max()) + 1
        seen = image[r0:r1, c0:c1]
        left = across.low - c0
        if across.exact and down.exact:
            np.take(np.take(seen, down.low - r0, axis=0), left, axis=1, out=out, mode="clip")
            return out
        kind = np.float64 if image.dtype.itemsize > 2 else np.float32
        source = self._get("source", seen.shape, kind)
        np.copyto(source, seen, casting="unsafe")
        upper, lower = down.low - r0, down.high - r0
        share_down, share_across = down.share[:, None].astype(kind), across.share.astype(kind)
        whole = image.dtype.kind in "iub"
        columns_first = height > r1 - r0        # gathering columns is what costs: in the direction of fewer rows
        if columns_first:
            source = self._across(source, left, share_across)
        breadth = source.shape[1]
        rows = self._get("rows", (_ROWS_AT_ONCE, breadth), kind)
        steps = self._get("steps", (_ROWS_AT_ONCE, breadth), kind)
        for first in range(0, height, _ROWS_AT_ONCE):
            now = slice(first, min(first + _ROWS_AT_ONCE, height))
            row, step = rows[: now.stop - first], steps[: now.stop - first]
            np.take(source, upper[now], axis=0, out=row, mode="clip")
            np.take(source, lower[now], axis=0, out=step, mode="clip")
            _mix(row, step, share_down[now])
            value = row if columns_first else self._across(row, left, share_across)
            if whole:
                np.rint(value, out=value)
            np.copyto(out[now], value, casting="unsafe")
        return out

    def _across(self, rows: Array, left: Array, share: Array) -> Array:
        """Each row at the places that lie `share` behind the columns `left`."""
        values = self._get("values", (rows.shape[0], left.size), rows.dtype)
        steps = self._get("across", (_ROWS_AT_ONCE, rows.shape[1]), rows.dtype)
        slopes = self._get("slopes", (_ROWS_AT_ONCE, left.size), rows.dtype)
        for first in range(0, rows.shape[0], _ROWS_AT_ONCE):
            row = rows[first : first + _ROWS_AT_ONCE]
            value, step, slope = values[first : first + len(row)], steps[: len(row)], slopes[: len(row)]
            np.subtract(row[:, 1:], row[:, :-1], out=step[:, :-1])      # from each column to its right neighbour
            step[:, -1] = 0
            np.take(row, left, axis=1, out=value, mode="clip")
            np.take(step, left, axis=1, out=slope, mode="clip")
            np.multiply(slope, share, out=slope)
            np.add(value, slope, out=value)
        return values

    def _get(self, name: str, shape: tuple[int, int], dtype: npt.DTypeLike) -> Array:
        """Memory of this shape, taken from a block that only ever grows."""
        count = shape[0] * shape[1]
        key = f"{name}/{np.dtype(dtype).str}"
        block = self._scratch.get(key)
        if block is None or block.size < count:
            block = self._scratch[key] = np.empty(count, dtype)
        return block[:count].reshape(shape)


def _mix(first: Array, second: Array, share: Array) -> None:
    """first += (second - first) · share, in place; second is used up."""
    np.subtract(second, first, out=second)
    np.multiply(second, share, out=second)
    np.add(first, second, out=first)


@dataclass(frozen=True, slots=True)
class _Axis:
    """For each device pixel from `first` on: the two source pixels around its centre, and the share of the second."""

    first: int
    low: Array
    high: Array
    share: Array

    @property
    def exact(self) -> bool:
        return not self.share.any()

    def nearest(self) -> _Axis:
        taken = np.where(self.share < 0.5, self.low, self.high)
        return _Axis(self.first, taken, taken, np.zeros_like(self.share))


@lru_cache(maxsize=64)
def _axis(scale: float, offset: float, source: int, screen: int) -> _Axis | None:
    edges = sorted((offset, offset + scale * source))
    first = max(0, math.ceil(edges[0] - 0.5 - 1e-6))
    last = min(screen, math.floor(edges[1] - 0.5 + 1e-6) + 1)
    if last <= first or scale == 0:
        return None
    place = (np.arange(first, last) + 0.5 - offset) / scale - 0.5
    np.clip(place, 0, source - 1, out=place)
    low = np.floor(place + 1e-9).astype(np.intp)
    share = np.clip(place - low, 0.0, 1.0)
    share[share < 1e-6] = 0.0
    for kept in (low, share):
        kept.setflags(write=False)
    return _Axis(first, low, np.minimum(low + 1, source - 1), share)


@dataclass(frozen=True, slots=True)
class Cover:
    """Which part of an image the screen shows: for interpolation elsewhere.

    `box` (left, top, right, bottom) is in continuous coordinates of the image, read transposed where `turned`; `size`
    is (columns, rows) of device pixels from `left`, `top` on; the result is mirrored along its axes as `flips` says.
    """

    left: int
    top: int
    size: tuple[int, int]
    box: tuple[float, float, float, float]
    turned: bool
    flips: tuple[bool, bool]

    def placed(self, values: Array, *, is_finished: bool = False) -> ScreenPatch:
        """What was interpolated for `box` and `size`, as it lies on the screen."""
        if self.flips[0]:
            values = values[:, ::-1]
        if self.flips[1]:
            values = values[::-1]
        return ScreenPatch(self.left, self.top, np.ascontiguousarray(values), is_finished)


def cover(shape: tuple[int, ...], transform: ViewTransform, ratio: float, size: tuple[int, int]) -> Cover | None:
    """What of an image of this shape a screen of `size` (width, height) device pixels shows, as `Resampler.patch`.

    None when nothing of it is seen, or one pixel lies exactly on one pixel, so that there is nothing to interpolate.
    """
    turned = abs(transform.b) > abs(transform.a)
    rows, columns = (shape[1], shape[0]) if turned else (shape[0], shape[1])
    scales = (transform.c * ratio, transform.b * ratio) if turned else (transform.a * ratio, transform.d * ratio)
    offsets = (transform.e * ratio, transform.f * ratio)
    across, down = _axis(scales[0], offsets[0], columns, size[0]), _axis(scales[1], offsets[1], rows, size[1])
    if across is None or down is None or (across.exact and down.exact and abs(scales[0]) == abs(scales[1]) == 1):
        return None
    spans = [sorted(((axis.first - offset) / scale, (axis.first + axis.low.size - offset) / scale))
             for axis, offset, scale in zip((across, down), offsets, scales, strict=True)]
    return Cover(across.first, down.first, (across.low.size, down.low.size),
                 (spans[0][0], spans[1][0], spans[0][1], spans[1][1]), turned, (scales[0] < 0, scales[1] < 0))


@dataclass(frozen=True, slots=True)
class Slant:
    """The part of the screen that an image lying aslant may touch, and the way back from there into the image.

    `inverse` (a, b, c, d, e, f): place (x, y) of the part, from its corner → column a·x + b·y + c, row d·x + e·y + f.
    """

    left: int
    top: int
    size: tuple[int, int]
    inverse: tuple[float, float, float, float, float, float]


def slant(shape: tuple[int, ...], transform: ViewTransform, ratio: float, size: tuple[int, int]) -> Slant | None:
    """For an image of this shape on a screen of `size` (width, height) device pixels; None where nothing is seen."""
    corners = [transform.to_view(x, y) for x in (0, shape[1]) for y in (0, shape[0])]
    across, down = ([place * ratio for place in places] for places in zip(*corners, strict=True))
    left, top = max(0, math.floor(min(across))), max(0, math.floor(min(down)))
    right, bottom = min(size[0], math.ceil(max(across))), min(size[1], math.ceil(max(down)))
    if right <= left or bottom <= top:
        return None
    c, f = transform.to_image(left / ratio, top / ratio)
    (x1, y1), (x2, y2) = (transform.to_image((left + x) / ratio, (top + y) / ratio) for x, y in ((1, 0), (0, 1)))
    return Slant(left, top, (right - left, bottom - top), (x1 - c, x2 - c, c, y1 - f, y2 - f, f))


def reduced(image: Array, factor: int) -> Array:
    """The image with `factor` × `factor` pixels averaged into one: what a small view of a large image is made from.

    (rows, columns) or (rows, columns, 3), same type; a rest at the right and lower edge is averaged over what there is.
    """
    if factor <= 1:
        return image
    whole = image.dtype.kind != "f"
    kind = np.float64 if image.dtype.itemsize > 2 else np.int32 if whole else np.float32
    rows, columns = (-(-length // factor) for length in image.shape[:2])
    result = np.empty((rows, columns, *image.shape[2:]), image.dtype)
    wide = np.minimum(factor, image.shape[1] - np.arange(0, image.shape[1], factor)).astype(kind)
    wide = wide.reshape(-1, *[1] * (image.ndim - 2))
    for first in range(0, rows, _ROWS_AT_ONCE):
        block = image[first * factor : (first + _ROWS_AT_ONCE) * factor]
        down = _summed(block, factor, 0, kind)
        both = _summed(down, factor, 1, kind)
        high = np.minimum(factor, block.shape[0] - np.arange(0, block.shape[0], factor)).astype(kind)
        count = high.reshape(-1, *[1] * (image.ndim - 1)) * wide
        if kind is np.int32:
            mean = (both + count // 2) // count
        else:
            mean = np.rint(both / count) if whole else both / count
        result[first : first + down.shape[0]] = mean
    return result


def _summed(image: Array, factor: int, axis: int, kind: npt.DTypeLike) -> Array:
    shape = list(image.shape)
    shape[axis] = -(-image.shape[axis] // factor)
    total = np.zeros(shape, kind)
    for step in range(factor):
        if axis == 0:
            part = image[step::factor]
            total[: part.shape[0]] += part
        else:
            part = image[:, step::factor]
            total[:, : part.shape[1]] += part
    return total
