"""PixelPlace: one pixel that is looked at: in an image, or in the tile of a slide that lies there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame


@dataclass(frozen=True, slots=True)
class PixelPlace:
    """`frame` has the value, at `column` and `row`; `size` is (columns, rows) of the whole stored frame.

    `shown` is the (column, row) as people read it and `of` the size of what it counts in: of a slide its level, else
    None. `rectangle` is what the pixel covers in the picture that is shown: left, top, width, height.
    """

    frame: Frame
    column: int
    row: int
    size: tuple[int, int]
    shown: tuple[int, int]
    rectangle: tuple[float, float, float, float]
    of: tuple[int, int] | None = None


def place_in(frame: Frame, x: float, y: float) -> PixelPlace | None:
    """The pixel of an image at a place in image coordinates; None outside of it."""
    column, row = int(x // 1), int(y // 1)
    if not (0 <= column < frame.columns and 0 <= row < frame.rows):
        return None
    return PixelPlace(frame, column, row, (frame.columns, frame.rows), (column, row), (column, row, 1.0, 1.0))
