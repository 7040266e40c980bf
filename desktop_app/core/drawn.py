"""Drawn: the reader's drawings in the standard's terms, and drawings of stored objects as the reader's again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.core.annotation import AREAS, Annotation, AnnotationKind
from desktop_app.core.study_object import Graphic, Point, Presentation, Report, Shape, StudyObject

_ID = "Lightbox"
# Drawings without a number: they go into a presentation state.
UNMEASURED = frozenset({AnnotationKind.ARROW, AnnotationKind.TEXT, AnnotationKind.CALIBRATION})
_PAIRS = frozenset({AnnotationKind.BIDIRECTIONAL, AnnotationKind.COBB})     # two lines that do not touch


def annotations_of(
    graphics: Sequence[Graphic], keys: Sequence[int] | None = None
) -> tuple[tuple[Annotation, str], ...]:
    """The drawings that this program can edit."""
    parts: dict[str, list[Graphic]] = {}
    for graphic in graphics:
        if graphic.refs and _kind(graphic.tracking_id) is not None:
            parts.setdefault(graphic.tracking_uid or f"no uid {len(parts)}", []).append(graphic)
    found: list[tuple[Annotation, str]] = []
    for of_one in parts.values():
        number, first = len(found), of_one[0]
        key = keys[number] if keys is not None and number < len(keys) else number + 1
        kind = _kind(first.tracking_id)
        assert kind is not None
        several = of_one if kind in _PAIRS else of_one[:1]
        points = tuple(point for graphic in several for point in _points(kind, graphic))
        words, true_length = _words(first.tracking_id)
        ref = replace(first.refs[0], frame_number=max(first.refs[0].frame_number, 1))
        made = Annotation(key, kind, ref, points, words, true_length)
        if made.is_complete:
            found.append((made, first.tracking_uid))
    return tuple(found)


def drawings_of(ours: Iterable[StudyObject]) -> tuple[tuple[Annotation, str], ...]:
    """Our drawings in stored objects, each with its tracking UID: of every report that no other replaces, and what has
    no number, of the newest presentation state of each series.

    `ours` are from the oldest to the newest.
    """
    ours = tuple(ours)
    graphics: list[Graphic] = [graphic for report in standing(ours) for graphic in report.graphics]
    newest: dict[str, Presentation] = {}
    for one in ours:
        if isinstance(one, Presentation) and one.refs:
            newest[one.refs[0].series_instance_uid] = one
    for state in newest.values():
        graphics += [graphic for graphic in state.graphics if _kind(graphic.tracking_id) in UNMEASURED]
    return annotations_of(graphics)


def standing(ours: Iterable[StudyObject]) -> tuple[Report, ...]:
    """The reports that no other one replaces."""
    reports = [one for one in ours if isinstance(one, Report)]
    replaced = frozenset().union(*(report.replaces for report in reports))
    return tuple(report for report in reports if report.head.ref.sop_instance_uid not in replaced)


def tracking_id(annotation: Annotation) -> str:
    """How a drawing is named in what we write: `Lightbox:length`, `Lightbox:calibration@50`, its text behind a bar."""
    known = f"@{annotation.true_length_mm:.6g}" if annotation.true_length_mm else ""
    return f"{_ID}:{annotation.kind}{known}" + (f"|{annotation.text}" if annotation.text else "")


def outlines(annotation: Annotation) -> tuple[tuple[Shape, tuple[Point, ...]], ...]:
    """The drawing in the standard's terms. An ellipse is its two axes, the longer one first; other areas are closed."""
    points = annotation.points
    if annotation.kind is AnnotationKind.ELLIPSE:
        left, top, right, bottom = annotation.bounds
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        across = ((left, middle_y), (right, middle_y))
        down = ((middle_x, top), (middle_x, bottom))
        axes = (*across, *down) if right - left >= bottom - top else (*down, *across)
        return ((Shape.ELLIPSE, axes),)
    if annotation.kind in _PAIRS:
        return (Shape.POLYLINE, points[:2]), (Shape.POLYLINE, points[2:])
    if len(points) == 1:
        return ((Shape.POINT, points),)
    if annotation.is_area:
        return ((Shape.POLYLINE, (*annotation.outline, annotation.outline[0])),)
    return ((Shape.POLYLINE, points),)


def is_same_drawing(one: Annotation, other: Annotation) -> bool:
    """Whether two drawings are the same; stored ones have coordinates of single precision."""
    return (one.kind, one.ref, one.text, len(one.points)) == (
        other.kind, other.ref, other.text, len(other.points)) and all(
        abs(a - b) < 1e-3 for p, q in zip(one.points, other.points, strict=True) for a, b in zip(p, q, strict=True))


def _points(kind: AnnotationKind, graphic: Graphic) -> tuple[Point, ...]:
    points = graphic.points
    if kind in (AnnotationKind.ELLIPSE, AnnotationKind.RECTANGLE) and points:
        columns, rows = [x for x, _ in points], [y for _, y in points]
        return (min(columns), min(rows)), (max(columns), max(rows))
    if kind in AREAS and len(points) > 2 and points[0] == points[-1]:
        return points[:-1]
    return points


def _kind(tracking: str) -> AnnotationKind | None:
    program, _, rest = tracking.partition(":")
    name = rest.partition("|")[0].partition("@")[0]
    return AnnotationKind(name) if program == _ID and name in {kind.value for kind in AnnotationKind} else None


def _words(tracking: str) -> tuple[str, float]:
    """The reader's own text, and the true length of a calibration."""
    head, _, words = tracking.partition("|")
    try:
        return words, float(head.partition("@")[2] or 0.0)
    except ValueError:
        return words, 0.0
