"""Fine interpolation of an image: for decode threads, not for repaints. Releases the interpreter's lock."""

from __future__ import annotations

import math

import numpy as np

from desktop_app.core.frame import Pixels
from desktop_app.core.interpolation import Interpolation

Box = tuple[float, float, float, float]
Affine = tuple[float, float, float, float, float, float]
_MARGIN = 4                     # source pixels beyond the box that a kernel may reach for when it enlarges


def interpolated(image: Pixels, kind: Interpolation, box: Box, size: tuple[int, int]) -> Pixels:
    """The part `box` (left, top, right, bottom) of an image at `size` (columns, rows).

    The box is in continuous image coordinates, (0, 0) the corner of the first pixel, and may reach beyond the image:
    its edge continues. (rows, columns) give float32 values, (rows, columns, 3) uint8 give uint8. An image made smaller
    is averaged over what one pixel covers. Values that are not finite spread as far as the kernel reaches.
    """
    part, inner = _cut(image, box, size)
    colour = image.ndim == 3
    return _resize(part if colour else part.astype(np.float32), kind, inner, size)


def interpolated_around_padding(image: Pixels, padding: tuple[float, float], box: Box, size: tuple[int, int]) -> Pixels:
    """As `interpolated` and bilinear, with padding (stored values low … high) left out of every mean.

    Where padding is nearest, the result is padding. So the rim of the image keeps its own values.
    """
    part, inner = _cut(image, box, size)
    valid = (part < padding[0]) | (part > padding[1])
    kept = np.where(valid, part, 0).astype(np.float32)
    weight = _resize(valid.astype(np.float32), Interpolation.BILINEAR, inner, size)
    total = _resize(kept, Interpolation.BILINEAR, inner, size)
    result = np.full(weight.shape, np.float32(padding[0]))
    np.divide(total, weight, out=result, where=weight >= 0.5)
    return result


def slanting(image: Pixels, kind: Interpolation, inverse: Affine, size: tuple[int, int]) -> Pixels:
    """The image at `size` (columns, rows) places of a grid that lies aslant in it; as `interpolated` otherwise.

    `inverse` (a, b, c, d, e, f) maps a place (x, y) of the result to column a·x + b·y + c and row d·x + e·y + f. What
    lies outside the image is 0. Nothing is averaged. Lanczos is not to be had at an angle: bicubic is taken.
    """
    from PIL import Image

    a, b, c, d, e, f = inverse
    columns, rows = zip(*((a * x + b * y + c, d * x + e * y + f) for x in (0, size[0]) for y in (0, size[1])),
                        strict=True)
    left, top = (max(0, math.floor(min(ends)) - _MARGIN) for ends in (columns, rows))
    part = image[top : math.ceil(max(rows)) + _MARGIN, left : math.ceil(max(columns)) + _MARGIN]
    if not part.size:
        return np.zeros((size[1], size[0], *image.shape[2:]), np.uint8 if image.ndim == 3 else np.float32)
    kernel = {Interpolation.NEAREST: Image.Resampling.NEAREST, Interpolation.BILINEAR: Image.Resampling.BILINEAR}.get(
        kind, Image.Resampling.BICUBIC)
    source = Image.fromarray(np.ascontiguousarray(part if image.ndim == 3 else part.astype(np.float32)))
    made = source.transform(size, Image.Transform.AFFINE, (a, b, c - left, d, e, f - top), kernel)
    return np.asarray(made)


def slanting_around_padding(image: Pixels, padding: tuple[float, float], inverse: Affine,
                            size: tuple[int, int]) -> Pixels:
    """As `slanting` and bilinear, with padding left out of every mean, as `interpolated_around_padding`."""
    valid = (image < padding[0]) | (image > padding[1])
    weight = slanting(valid.astype(np.float32), Interpolation.BILINEAR, inverse, size)
    total = slanting(np.where(valid, image, 0), Interpolation.BILINEAR, inverse, size)
    result = np.full(weight.shape, np.float32(padding[0]))
    np.divide(total, weight, out=result, where=weight >= 0.5)
    return result


def _cut(image: Pixels, box: Box, size: tuple[int, int]) -> tuple[Pixels, Box]:
    """The pixels around the box, and the box within them."""
    rows, columns = image.shape[:2]
    left, top, right, bottom = box
    reach_x = math.ceil(_MARGIN * max(1.0, (right - left) / size[0]))
    reach_y = math.ceil(_MARGIN * max(1.0, (bottom - top) / size[1]))
    x0, x1 = max(0, math.floor(left) - reach_x), min(columns, math.ceil(right) + reach_x)
    y0, y1 = max(0, math.floor(top) - reach_y), min(rows, math.ceil(bottom) + reach_y)
    before_x, after_x = max(0, math.ceil(-left)), max(0, math.ceil(right) - columns)
    before_y, after_y = max(0, math.ceil(-top)), max(0, math.ceil(bottom) - rows)
    part = image[y0:y1, x0:x1]
    if before_x or after_x or before_y or after_y:
        beyond = [(before_y, after_y), (before_x, after_x), (0, 0)][: image.ndim]
        part = np.pad(part, beyond, mode="edge")
    shift_x, shift_y = before_x - x0, before_y - y0
    return part, (left + shift_x, top + shift_y, right + shift_x, bottom + shift_y)


def _resize(part: Pixels, kind: Interpolation, box: Box, size: tuple[int, int]) -> Pixels:
    from PIL import Image

    kernel = {
        Interpolation.NEAREST: Image.Resampling.NEAREST, Interpolation.BILINEAR: Image.Resampling.BILINEAR,
        Interpolation.BICUBIC: Image.Resampling.BICUBIC, Interpolation.LANCZOS: Image.Resampling.LANCZOS,
    }[kind]
    rows, columns = part.shape[:2]
    inside = (max(0.0, box[0]), max(0.0, box[1]), min(float(columns), box[2]), min(float(rows), box[3]))
    made = Image.fromarray(np.ascontiguousarray(part)).resize(size, kernel, box=inside)
    return np.asarray(made)
