"""ScaleRegion: a part of an image with units of its own, as ultrasound machines write them."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ScaleRegion:
    """A part of an image with units of its own (Sequence of Ultrasound Regions, PS3.3 C.8.5.5).

    The edges are image coordinates. A step to the next column or row is `column_step` or `row_step` of its unit, with
    the sign of the file: "mm", "s", "cm/s", "Hz" …; an empty unit means that none is given. `reference` is the image
    point where the physical values are `reference_value` (columns, rows), None where the file names none.
    """

    left: float
    top: float
    right: float
    bottom: float
    column_step: float
    row_step: float
    column_unit: str
    row_unit: str
    name: str = ""                                  # "tissue", "spectral Doppler" …
    reference: Point | None = None
    reference_value: tuple[float, float] = (0.0, 0.0)
    has_priority: bool = False

    @property
    def is_spatial(self) -> bool:
        """Whether a length in any direction means something: both directions are of the body."""
        return self.column_unit == self.row_unit == "mm"

    def holds(self, points: tuple[Point, ...]) -> bool:
        return all(self.left <= x <= self.right and self.top <= y <= self.bottom for x, y in points)

    def physical(self, point: Point) -> tuple[float, float] | None:
        """The physical values (along columns, along rows) at an image point; None without a reference."""
        if self.reference is None:
            return None
        return (
            self.reference_value[0] + (point[0] - self.reference[0]) * self.column_step,
            self.reference_value[1] + (point[1] - self.reference[1]) * self.row_step,
        )

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)
