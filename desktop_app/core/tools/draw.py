"""Drawing and editing annotations: pure steps from one annotation to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.core.annotation import (
    LEAST_POINTS,
    POINTS,
    Annotation,
    AnnotationKind,
    Point,
    distance_to_segment,
)
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.tools.shapes import aspect_of, axes_with, first_axes, outline_with, simplified
from desktop_app.core.view_transform import ViewTransform

GRAB_PX = 9.0  # how near the pointer must be to take hold
DRAW_KINDS: dict[str, AnnotationKind] = {kind.value: kind for kind in AnnotationKind}
WRITTEN = frozenset({AnnotationKind.TEXT, AnnotationKind.CALIBRATION})      # need words before they say anything
_STROKE_PX = 2.0        # a hand's outline gets a corner this often …
_STROKE_ERROR_PX = 0.6  # … and keeps those without which it would lie elsewhere


@dataclass(frozen=True, slots=True)
class Grip:
    """What of an annotation is held: one of its points, or (None) all of it."""

    annotation: Annotation
    point: int | None
    start: Point
    aspect: float = 1.0                     # height of a pixel / its width

    def dragged(self, to: Point) -> Annotation:
        """The annotation when the pointer, in image coordinates, is at `to`. From the start: nothing accumulates."""
        columns, rows = to[0] - self.start[0], to[1] - self.start[1]
        held = self.annotation
        if self.point is None:
            return held.moved(columns, rows)
        x, y = held.points[self.point]
        place = (x + columns, y + rows)
        if held.kind is AnnotationKind.BIDIRECTIONAL:
            return replace(held, points=axes_with(held.points, self.point, place, self.aspect))
        if held.kind is AnnotationKind.FREEHAND:
            return replace(held, points=outline_with(held.points, self.point, place))
        return held.with_point(self.point, place)


def grip_at(annotations: tuple[Annotation, ...], view: Point, transform: ViewTransform) -> Grip | None:
    """What the pointer (viewport pixels) would take hold of: a handle before a line, the latest drawn before others."""
    start, aspect = transform.to_image(*view), aspect_of(transform)
    for annotation in reversed(annotations):
        for index, point in enumerate(annotation.points):
            if math.dist(view, transform.to_view(*point)) <= GRAB_PX:
                return Grip(annotation, index, start, aspect)
    for annotation in reversed(annotations):
        for a, b in annotation.segments:
            if distance_to_segment(view, transform.to_view(*a), transform.to_view(*b)) <= GRAB_PX * 0.7:
                return Grip(annotation, None, start, aspect)
    return None


@dataclass(frozen=True, slots=True)
class Drawing:
    """An annotation on its way: the last of its points follows the pointer, `placed` of them stand."""

    annotation: Annotation
    placed: int = 1

    @classmethod
    def begin(cls, key: int, kind: AnnotationKind, ref: FrameRef, point: Point) -> Drawing:
        if POINTS.get(kind) == 1:
            return cls(Annotation(key, kind, ref, (point,)), 0)
        return cls(Annotation(key, kind, ref, (point, point)))

    @property
    def is_done(self) -> bool:
        kind = self.annotation.kind
        return self.placed == (2 if kind is AnnotationKind.BIDIRECTIONAL else POINTS.get(kind, -1))

    @property
    def is_open(self) -> bool:
        """Whether the reader decides how many points there are."""
        return self.annotation.kind in LEAST_POINTS

    @property
    def begins_anew(self) -> bool:
        """Whether the next point begins another line: a press places it, and a drag draws the line."""
        return self.annotation.kind is AnnotationKind.COBB and self.placed == 2

    def follow(self, point: Point, *, aspect: float = 1.0) -> Drawing:
        """The pointer moved."""
        held = self.annotation
        if held.kind is AnnotationKind.BIDIRECTIONAL:
            return Drawing(replace(held, points=first_axes(held.points[0], point, aspect)), self.placed)
        return Drawing(held.with_point(len(held.points) - 1, point), self.placed)

    def stroke(self, point: Point, scale: float) -> Drawing:
        """The pointer moved with its button down: a hand's outline grows. `scale` is screen pixels for one column."""
        points = self.annotation.points
        if self.annotation.kind is not AnnotationKind.FREEHAND:
            return self.follow(point)
        if math.dist(points[-2], point) * scale < _STROKE_PX:
            return self.follow(point)
        return Drawing(replace(self.annotation, points=(*points[:-1], point, point)), self.placed + 1)

    def place(self, point: Point, *, aspect: float = 1.0) -> Drawing:
        """The point under the pointer stands; the next one follows, if one is missing."""
        following = self.follow(point, aspect=aspect)
        annotation, placed = following.annotation, self.placed + 1
        if self.is_open or (placed < POINTS[annotation.kind] and annotation.kind is not AnnotationKind.BIDIRECTIONAL):
            annotation = annotation.with_point(len(annotation.points), point)
        return Drawing(annotation, placed)

    def finished(self, scale: float) -> Annotation | None:
        """What stands of an open shape, when the reader says that it is whole; None when that is too little."""
        points = self.annotation.points[: self.placed]
        points = tuple(point for place, point in enumerate(points) if place == 0 or point != points[place - 1])
        if self.annotation.kind is AnnotationKind.FREEHAND:
            points = simplified(points, _STROKE_ERROR_PX / scale)
            if len(points) > 1 and math.dist(points[0], points[-1]) * scale < _STROKE_PX:
                points = points[:-1]                        # the hand came back to where it began
        whole = replace(self.annotation, points=points)
        return whole if whole.is_complete else None


def is_speck(annotation: Annotation, transform: ViewTransform, least_px: float = 3.0) -> bool:
    """Whether it is too small on the screen to have been meant."""
    places = [transform.to_view(*point) for point in annotation.points]
    return len(places) > 1 and all(math.dist(places[0], place) < least_px for place in places[1:])
