"""ImagePlane: where the pixels of an image lie in the patient (PS3.3 C.7.6.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass

Vector = tuple[float, float, float]

# Patient axes +x, +y, +z point to Left, Posterior, Head (PS3.3 C.7.6.2.1.1).
_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
_SECONDARY_FROM = 0.2588  # sin 15°: a smaller tilt is not worth a second letter


@dataclass(frozen=True, slots=True)
class ImagePlane:
    """The plane of an image. Positions in patient mm; pixel (0, 0) is the centre of the first pixel.

    `row_direction` points along a row (to higher columns), `column_direction` down a column, both unit vectors.
    `row_spacing_mm` is the distance between rows (down), `column_spacing_mm` between columns (across).
    """

    position: Vector
    row_direction: Vector
    column_direction: Vector
    row_spacing_mm: float
    column_spacing_mm: float

    @property
    def normal(self) -> Vector:
        return cross(self.row_direction, self.column_direction)

    @property
    def location_mm(self) -> float:
        """Distance of the plane from the origin along its normal: what a stack is sorted by."""
        return dot(self.position, self.normal)

    def to_patient(self, column: float, row: float) -> Vector:
        """Patient position in mm of an image point (column, row)."""
        x, y = column * self.column_spacing_mm, row * self.row_spacing_mm
        origin, along, down = self.position, self.row_direction, self.column_direction
        return (
            origin[0] + x * along[0] + y * down[0],
            origin[1] + x * along[1] + y * down[1],
            origin[2] + x * along[2] + y * down[2],
        )

    def to_image(self, point: Vector) -> tuple[float, float]:
        """Image point (column, row) of the projection of a patient position on the plane."""
        offset = (point[0] - self.position[0], point[1] - self.position[1], point[2] - self.position[2])
        return (
            dot(offset, self.row_direction) / self.column_spacing_mm,
            dot(offset, self.column_direction) / self.row_spacing_mm,
        )


def orientation_letters(direction: Vector) -> str:
    """Letters of the body side a direction points to, strongest first: `L`, `LA`, `PFR`; empty for no direction."""
    parts = sorted(((abs(value), _LETTERS[axis][value < 0]) for axis, value in enumerate(direction)), reverse=True)
    return "".join(letter for strength, letter in parts if strength >= _SECONDARY_FROM)


def opposite_letters(letters: str) -> str:
    """`LA` becomes `RP`."""
    swap = {a: b for pair in _LETTERS for a, b in (pair, pair[::-1])}
    return "".join(swap.get(letter, "") for letter in letters)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(vector: Vector) -> Vector:
    """The vector with length 1. Raises ValueError for a zero or non-finite vector."""
    length = math.sqrt(dot(vector, vector))
    if not math.isfinite(length) or length < 1e-9:
        raise ValueError("a direction of length zero")
    return (vector[0] / length, vector[1] / length, vector[2] / length)
