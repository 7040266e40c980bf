"""What an image brings along besides its values: overlay planes, and the shutter that hides what is not to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OverlayPlane:
    """`mask` is bool (rows, columns), and its corner lies at row `top`, column `left` of the image, counted from 0.

    `label` is what the file calls it, `group` where it stands there (0x6000 …, PS3.3 C.9.2), `frame_number` the frame
    that it belongs to, 0 for every frame.
    """

    mask: npt.NDArray[Any] = field(compare=False)
    label: str = ""
    is_region: bool = False         # ROI rather than graphics
    group: int = 0
    top: int = 0
    left: int = 0
    frame_number: int = 0


def overlay_bitmap(data: bytes, rows: int, columns: int, index: int = 0) -> Mask | None:
    """Frame `index` (from 0) of Overlay Data, one bit a pixel, the lowest first; None where the data is too short."""
    if rows <= 0 or columns <= 0 or index < 0 or len(data) * 8 < rows * columns * (index + 1):
        return None
    first, skip = divmod(index * rows * columns, 8)
    count = (skip + rows * columns + 7) // 8
    bits = np.unpackbits(np.frombuffer(data, np.uint8, count, first), bitorder="little")
    mask = bits[skip : skip + rows * columns].reshape(rows, columns).astype(bool)
    mask.setflags(write=False)
    return mask


@dataclass(frozen=True, slots=True)
class Shutter:
    """Display Shutter (PS3.3 C.7.6.11): open is what lies inside every shape that is given; the rest shows `grey`.

    In image coordinates, (0, 0) the corner of the first pixel: `rectangle` (left, top, right, bottom), `circle`
    (centre x, centre y, radius in pixel widths), `polygon` of (x, y). `bitmap` hides what it covers (C.7.6.15).
    `grey` is 0 … 255.
    """

    rectangle: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float] | None = None
    polygon: tuple[tuple[float, float], ...] = ()
    grey: int = 0
    bitmap: OverlayPlane | None = None

    @classmethod
    def of(
        cls, shapes: Iterable[str], *, edges: Sequence[float | None] = (), centre: Sequence[float] = (),
        radius: float | None = None, vertices: Sequence[float] = (), presentation_value: float = 0,
        bitmap: OverlayPlane | None = None,
    ) -> Shutter | None:
        """From the attributes as they are written; None where no shape of Shutter Shape (0018,1600) can be read.

        Places count from 1: `edges` are the outermost columns and rows that are seen (left, top, right, bottom),
        `centre` and `vertices` pixels as row, column. `presentation_value` is a P-value of 16 bits.
        """
        named = {shape.strip().upper() for shape in shapes}
        rectangle = circle = None
        polygon: tuple[tuple[float, float], ...] = ()
        known = [edge for edge in edges if edge is not None]
        if "RECTANGULAR" in named and len(known) == 4:
            rectangle = known[0] - 1.0, known[1] - 1.0, float(known[2]), float(known[3])
        if "CIRCULAR" in named and len(centre) >= 2 and radius is not None and radius > 0:
            circle = centre[1] - 0.5, centre[0] - 0.5, radius
        if "POLYGONAL" in named and len(vertices) >= 6:
            polygon = tuple((x - 0.5, y - 0.5) for y, x in zip(vertices[0::2], vertices[1::2], strict=False))
        if rectangle is None and circle is None and not polygon and bitmap is None:
            return None
        return cls(rectangle, circle, polygon, int(min(max(presentation_value, 0), 65535)) >> 8, bitmap)
