"""Annotation: what a reader drew on one image."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from desktop_app.core.frame_ref import FrameRef

Point = tuple[float, float]


class AnnotationKind(StrEnum):
    """What is drawn, and how many points it takes (see POINTS)."""

    LENGTH = "length"
    ANGLE = "angle"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    ARROW = "arrow"


# Points in the order they are drawn: ends of a line, the legs of an angle with its vertex in the middle, opposite
# corners of a box (an ellipse fills its box), tip and tail of an arrow.
POINTS: dict[AnnotationKind, int] = {
    AnnotationKind.LENGTH: 2,
    AnnotationKind.ANGLE: 3,
    AnnotationKind.RECTANGLE: 2,
    AnnotationKind.ELLIPSE: 2,
    AnnotationKind.ARROW: 2,
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One drawing on one frame.

    Points are (column, row) in continuous image coordinates: (0, 0) is the upper left corner of the first pixel, so the
    centre of that pixel is (0.5, 0.5). `key` stays the same while it is edited.
    """

    key: int
    kind: AnnotationKind
    ref: FrameRef
    points: tuple[Point, ...]
    text: str = ""

    @property
    def is_complete(self) -> bool:
        return len(self.points) == POINTS[self.kind]

    def with_point(self, index: int, point: Point) -> Annotation:
        """With one of its points elsewhere; an index behind the last adds it."""
        points = (*self.points[:index], point, *self.points[index + 1 :])
        return replace(self, points=points)

    def moved(self, columns: float, rows: float) -> Annotation:
        return replace(self, points=tuple((x + columns, y + rows) for x, y in self.points))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        columns, rows = [x for x, _ in self.points], [y for _, y in self.points]
        return min(columns), min(rows), max(columns), max(rows)

    @property
    def segments(self) -> tuple[tuple[Point, Point], ...]:
        """The straight lines it is drawn with; for an ellipse a polygon close to it."""
        if self.kind is AnnotationKind.RECTANGLE:
            left, top, right, bottom = self.bounds
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            return tuple(pairwise(corners))
        if self.kind is AnnotationKind.ELLIPSE:
            outline = self._outline()
            return tuple(pairwise(outline))
        return tuple(pairwise(self.points))

    def _outline(self, corners: int = 64) -> list[Point]:
        left, top, right, bottom = self.bounds
        centre, radii = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
        turns = [2 * math.pi * step / corners for step in range(corners + 1)]
        return [
            (centre[0] + radii[0] * math.cos(turn), centre[1] + radii[1] * math.sin(turn)) for turn in turns
        ]


def distance_to_segment(point: Point, a: Point, b: Point) -> float:
    """From a point to the nearest point of the line from a to b."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point[0] - a[0] - share * along[0], point[1] - a[1] - share * along[1])
