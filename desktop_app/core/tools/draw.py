"""Drawing and editing annotations: pure steps from one annotation to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop_app.core.annotation import POINTS, Annotation, AnnotationKind, Point, distance_to_segment
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.view_transform import ViewTransform

GRAB_PX = 9.0  # how near the pointer must be to take hold
DRAW_KINDS: dict[str, AnnotationKind] = {kind.value: kind for kind in AnnotationKind}


@dataclass(frozen=True, slots=True)
class Grip:
    """What of an annotation is held: one of its points, or (None) all of it."""

    annotation: Annotation
    point: int | None
    start: Point

    def dragged(self, to: Point) -> Annotation:
        """The annotation when the pointer, in image coordinates, is at `to`. From the start: nothing accumulates."""
        columns, rows = to[0] - self.start[0], to[1] - self.start[1]
        if self.point is None:
            return self.annotation.moved(columns, rows)
        x, y = self.annotation.points[self.point]
        return self.annotation.with_point(self.point, (x + columns, y + rows))


def grip_at(annotations: tuple[Annotation, ...], view: Point, transform: ViewTransform) -> Grip | None:
    """What the pointer (viewport pixels) would take hold of: a handle before a line, the latest drawn before others."""
    start = transform.to_image(*view)
    for annotation in reversed(annotations):
        for index, point in enumerate(annotation.points):
            if math.dist(view, transform.to_view(*point)) <= GRAB_PX:
                return Grip(annotation, index, start)
    for annotation in reversed(annotations):
        for a, b in annotation.segments:
            if distance_to_segment(view, transform.to_view(*a), transform.to_view(*b)) <= GRAB_PX * 0.7:
                return Grip(annotation, None, start)
    return None


@dataclass(frozen=True, slots=True)
class Drawing:
    """An annotation on its way: the last of its points follows the pointer, `placed` of them stand."""

    annotation: Annotation
    placed: int = 1

    @classmethod
    def begin(cls, key: int, kind: AnnotationKind, ref: FrameRef, point: Point) -> Drawing:
        return cls(Annotation(key, kind, ref, (point, point)))

    @property
    def is_done(self) -> bool:
        return self.placed == POINTS[self.annotation.kind]

    def follow(self, point: Point) -> Drawing:
        """The pointer moved."""
        moved = self.annotation.with_point(len(self.annotation.points) - 1, point)
        return Drawing(moved, self.placed)

    def place(self, point: Point) -> Drawing:
        """The point under the pointer stands; the next one follows, if one is missing."""
        annotation, placed = self.follow(point).annotation, self.placed + 1
        if placed < POINTS[annotation.kind]:
            annotation = annotation.with_point(len(annotation.points), point)
        return Drawing(annotation, placed)


def is_speck(annotation: Annotation, transform: ViewTransform, least_px: float = 3.0) -> bool:
    """Whether it is too small on the screen to have been meant."""
    places = [transform.to_view(*point) for point in annotation.points]
    return all(math.dist(places[0], place) < least_px for place in places[1:])
