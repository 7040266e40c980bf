"""Annotation: what a reader drew on one image.

The points of each kind, in the order they are drawn:

| kind | points |
|---|---|
| length, calibration | the two ends |
| polyline | two or more corners, open |
| angle | end of the first leg, vertex, end of the second leg |
| cobb | the ends of the first line, the ends of the second line |
| bidirectional | the ends of the long axis, the ends of the short axis, which stands across it |
| rectangle, ellipse | opposite corners of the box (an ellipse fills its box) |
| freehand | three or more corners of a closed outline; the last is joined to the first |
| probe, text | the place |
| arrow | tip, tail |
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from desktop_app.core.frame_ref import FrameRef

Point = tuple[float, float]


class AnnotationKind(StrEnum):
    """What is drawn."""

    LENGTH = "length"
    POLYLINE = "polyline"
    ANGLE = "angle"
    COBB = "cobb"
    BIDIRECTIONAL = "bidirectional"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    FREEHAND = "freehand"
    PROBE = "probe"
    ARROW = "arrow"
    TEXT = "text"
    CALIBRATION = "calibration"


# How many points a kind has; those missing here have as many as the reader gives them (see LEAST_POINTS).
POINTS: dict[AnnotationKind, int] = {
    AnnotationKind.LENGTH: 2,
    AnnotationKind.ANGLE: 3,
    AnnotationKind.COBB: 4,
    AnnotationKind.BIDIRECTIONAL: 4,
    AnnotationKind.RECTANGLE: 2,
    AnnotationKind.ELLIPSE: 2,
    AnnotationKind.PROBE: 1,
    AnnotationKind.ARROW: 2,
    AnnotationKind.TEXT: 1,
    AnnotationKind.CALIBRATION: 2,
}
LEAST_POINTS: dict[AnnotationKind, int] = {AnnotationKind.POLYLINE: 2, AnnotationKind.FREEHAND: 3}
AREAS = frozenset({AnnotationKind.RECTANGLE, AnnotationKind.ELLIPSE, AnnotationKind.FREEHAND})
_ELLIPSE_CORNERS = 64


@dataclass(frozen=True, slots=True)
class Annotation:
    """One drawing on one frame.

    `ref` names study, series, SOP instance and frame number. Points are (column, row) in continuous image coordinates:
    (0, 0) is the upper left corner of the first pixel, so the centre of that pixel is (0.5, 0.5), as in Graphic Data
    (0070,0022) in units of PIXEL (PS3.3 C.10.5.1.2) and of a spatial coordinate (PS3.3 C.18.6.1.1). `key` stays the
    same while it is edited. `text` is what the reader wrote. `true_length_mm` is what the reader typed for a
    calibration, 0 for every other kind.
    """

    key: int
    kind: AnnotationKind
    ref: FrameRef
    points: tuple[Point, ...]
    text: str = ""
    true_length_mm: float = 0.0

    @property
    def is_complete(self) -> bool:
        least = LEAST_POINTS.get(self.kind)
        return len(self.points) >= least if least is not None else len(self.points) == POINTS[self.kind]

    @property
    def is_area(self) -> bool:
        return self.kind in AREAS

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
    def outline(self) -> tuple[Point, ...]:
        """The corners of an area, the first not repeated; for an ellipse those of a polygon close to it."""
        if self.kind is AnnotationKind.RECTANGLE:
            left, top, right, bottom = self.bounds
            return (left, top), (right, top), (right, bottom), (left, bottom)
        if self.kind is AnnotationKind.ELLIPSE:
            return self._around()
        return self.points

    @property
    def segments(self) -> tuple[tuple[Point, Point], ...]:
        """The straight lines it is drawn with; for an ellipse a polygon close to it."""
        if self.is_area:
            corners = self.outline
            return tuple(pairwise((*corners, corners[0])))
        if self.kind in (AnnotationKind.COBB, AnnotationKind.BIDIRECTIONAL):
            pairs = (self.points[:2], self.points[2:4])
            return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
        return tuple(pairwise(self.points))

    def _around(self) -> tuple[Point, ...]:
        left, top, right, bottom = self.bounds
        centre, radii = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
        turns = [2 * math.pi * step / _ELLIPSE_CORNERS for step in range(_ELLIPSE_CORNERS)]
        return tuple(
            (centre[0] + radii[0] * math.cos(turn), centre[1] + radii[1] * math.sin(turn)) for turn in turns
        )


def distance_to_segment(point: Point, a: Point, b: Point) -> float:
    """From a point to the nearest point of the line from a to b."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point[0] - a[0] - share * along[0], point[1] - a[1] - share * along[1])
