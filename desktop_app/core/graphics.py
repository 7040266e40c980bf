"""What an image brings along besides its values: overlay planes, and the shutter that hides what is not to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OverlayPlane:
    """`mask` is bool (rows, columns) of the image, `label` what the file calls it (PS3.3 C.9.2)."""

    mask: npt.NDArray[Any] = field(compare=False)
    label: str = ""
    is_region: bool = False         # ROI rather than graphics


@dataclass(frozen=True, slots=True)
class Shutter:
    """What is open is inside every shape that is given; the rest shows `grey` (PS3.3 C.7.6.11).

    In image coordinates, (0, 0) the corner of the first pixel: `rectangle` (left, top, right, bottom), `circle`
    (centre x, centre y, radius), `polygon` of (x, y).
    """

    rectangle: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float] | None = None
    polygon: tuple[tuple[float, float], ...] = ()
    grey: int = 0

    def hidden(self, rows: int, columns: int) -> Mask:
        """True (rows, columns) for every pixel whose centre is not open."""
        y, x = np.ogrid[0.5 : rows + 0.5, 0.5 : columns + 0.5]
        is_open = np.ones((rows, columns), bool)
        if self.rectangle is not None:
            left, top, right, bottom = self.rectangle
            is_open &= (x > left) & (x < right) & (y > top) & (y < bottom)
        if self.circle is not None:
            centre_x, centre_y, radius = self.circle
            is_open &= (x - centre_x) ** 2 + (y - centre_y) ** 2 <= radius**2
        if self.polygon:
            is_open &= _inside(self.polygon, rows, columns)
        return ~is_open


def _inside(points: tuple[tuple[float, float], ...], rows: int, columns: int) -> Mask:
    inside = np.zeros((rows, columns), bool)
    across = np.arange(columns) + 0.5
    edges = list(zip(points, [*points[1:], points[0]], strict=True))
    for row in range(rows):
        y = row + 0.5
        crossings = [x0 + (y - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in edges if (y0 <= y) != (y1 <= y)]
        for begin, end in zip(*[iter(sorted(crossings))] * 2, strict=False):
            inside[row] |= (across >= begin) & (across <= end)
    return inside
