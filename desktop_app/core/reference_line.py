"""Reference lines: where one image cuts another."""

from __future__ import annotations

from desktop_app.core.annotation import Point
from desktop_app.core.frame import Frame
from desktop_app.core.geometry import Vector, cross, dot
from desktop_app.core.sync import image_point, is_comparable, patient_point

_LEAST_SINE = 0.05              # planes closer to parallel than 3° cut nowhere useful


def reference_line(shown: Frame, other: Frame) -> tuple[Point, Point] | None:
    """The line in which `other` cuts `shown`, in image coordinates of `shown`; as long as `other` reaches.

    None where they cannot be compared, lie (nearly) parallel, or where the line misses `shown`.
    """
    if not is_comparable(shown, other) or shown.plane is None or other.plane is None:
        return None
    here, there = shown.plane, other.plane
    along = cross(here.normal, there.normal)
    sine = dot(along, along) ** 0.5
    if sine < _LEAST_SINE:
        return None
    # Where the sides of the other image go through this plane: two of them, when it does.
    corners = [
        patient_point(there, (x, y))
        for x, y in ((0, 0), (other.columns, 0), (other.columns, other.rows), (0, other.rows))
    ]
    heights = [dot(_minus(corner, here.position), here.normal) for corner in corners]
    found: list[Point] = []
    for place in range(4):
        a, b = heights[place], heights[(place + 1) % 4]
        if (a < 0) == (b < 0):
            continue
        share = a / (a - b)
        found.append(image_point(here, _between(corners[place], corners[(place + 1) % 4], share)))
    if len(found) < 2:
        return None
    return clipped(found[0], found[1], (float(shown.columns), float(shown.rows)))


def clipped(a: Point, b: Point, size: tuple[float, float]) -> tuple[Point, Point] | None:
    """The part of the line a → b inside a box from (0, 0) to `size`; None where there is none (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = b[axis] - a[axis]
        for edge, direction in ((0.0, -1.0), (size[axis], 1.0)):
            room, pace = direction * (edge - a[axis]), direction * step
            if pace == 0:
                if room < 0:
                    return None
            elif pace < 0:
                first = max(first, room / pace)
            else:
                last = min(last, room / pace)
    if first >= last:
        return None

    def at(share: float) -> Point:
        return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])

    return at(first), at(last)


def _minus(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _between(a: Vector, b: Vector, share: float) -> Vector:
    return tuple(x + share * (y - x) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]
