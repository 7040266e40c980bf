"""What an image brings along besides its values: overlay planes, and the shutter that hides what is not to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class OverlayPlane:
    """`mask` is bool (rows, columns) of the image, `label` what the file calls it (PS3.3 C.9.2)."""

    mask: npt.NDArray[Any] = field(compare=False)
    label: str = ""
    is_region: bool = False         # ROI rather than graphics


@dataclass(frozen=True, slots=True)
class Shutter:
    """Display Shutter (PS3.3 C.7.6.11): open is what lies inside every shape that is given; the rest shows `grey`.

    In image coordinates, (0, 0) the corner of the first pixel: `rectangle` (left, top, right, bottom), `circle`
    (centre x, centre y, radius in pixel widths), `polygon` of (x, y). `grey` is 0 … 255.
    """

    rectangle: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float] | None = None
    polygon: tuple[tuple[float, float], ...] = ()
    grey: int = 0

    @classmethod
    def of(
        cls, shapes: Iterable[str], *, edges: Sequence[float | None] = (), centre: Sequence[float] = (),
        radius: float | None = None, vertices: Sequence[float] = (), presentation_value: float = 0,
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
        if rectangle is None and circle is None and not polygon:
            return None
        return cls(rectangle, circle, polygon, int(min(max(presentation_value, 0), 65535)) >> 8)
