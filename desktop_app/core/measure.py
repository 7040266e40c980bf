"""Measuring: what an annotation says of the image under it, with the source of its scale."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.area import Statistics, crosses_itself, polygon_area, statistics_inside
from desktop_app.core.frame import Frame
from desktop_app.core.scale import BY_HAND, Calibration, Scale, scale_for
from desktop_app.core.words import figures, say

_CM2_FROM_MM2 = 100.0
_LEAST_SHOWN = {"mm": 0.05, "°": 0.05}           # ± of less is said as this much


class Concept(StrEnum):
    """What a number is a number of, in the words of PS3.16 where it has one."""

    LENGTH = "length"
    LONG_AXIS = "long axis"
    SHORT_AXIS = "short axis"
    ANGLE = "angle"
    AREA = "area"
    PERIMETER = "perimeter"
    ACROSS = "across"                             # along the rows of a region with units of its own
    DOWN = "down"
    VALUE = "value"
    MEAN = "mean"
    DEVIATION = "standard deviation"
    LOWEST = "minimum"
    HIGHEST = "maximum"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its unit: mm, px, mm², px², °, s, cm/s, or that of the modality values (HU, SUVbw …).

    `tolerance` is what one pixel makes of it: each edge may lie half a pixel elsewhere. 0 where that means nothing.
    """

    concept: Concept
    value: float
    unit: str
    tolerance: float = 0.0

    @property
    def text(self) -> str:
        """`34.6 ± 0.8 mm`, `12.5 ± 0.4 cm²`, `41.2 ± 0.5°`, `112 HU`."""
        if self.unit in ("mm", "°"):
            spread = f" ± {max(self.tolerance, _LEAST_SHOWN[self.unit]):.1f}" if self.tolerance else ""
            return figures(f"{self.value:.1f}{spread}") + ("°" if self.unit == "°" else " mm")
        if self.unit == "mm²":
            in_cm = self.value >= _CM2_FROM_MM2
            share, unit = (_CM2_FROM_MM2, "cm²") if in_cm else (1.0, "mm²")
            spread = f" ± {max(self.tolerance / share, 0.05):.1f}" if self.tolerance else ""
            return figures(f"{self.value / share:.1f}{spread}") + f" {unit}"
        if self.unit in ("px", "px²"):
            return f"{self.value:.0f} {self.unit}"
        return f"{number(self.value)} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Measurement:
    """The results of one annotation.

    `sizes` are lengths, angles or areas, the chief one first; `statistics` is of the modality values inside an area,
    in `value_unit`. `source` says what gives the millimetres, or that nothing does; `note` what else must be known.
    """

    kind: AnnotationKind
    sizes: tuple[Quantity, ...] = ()
    source: str = ""
    statistics: Statistics | None = None
    value_unit: str = ""
    note: str = ""

    @property
    def value(self) -> float:
        """Of the chief size."""
        return self.sizes[0].value

    @property
    def unit(self) -> str:
        return self.sizes[0].unit

    @property
    def tolerance(self) -> float:
        return self.sizes[0].tolerance

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Everything that was measured, as numbers with units."""
        found = self.statistics
        if found is None:
            return self.sizes
        values = (
            (Concept.MEAN, found.mean), (Concept.DEVIATION, found.deviation),
            (Concept.LOWEST, found.lowest), (Concept.HIGHEST, found.highest),
        )
        return (*self.sizes, *(Quantity(concept, value, self.value_unit) for concept, value in values))

    @property
    def headline(self) -> str:
        """The one line that stands beside the drawing: `34.6 ± 0.8 mm`, `112 ± 14 HU`, `41.2 ± 0.5°`."""
        if self.statistics is not None:
            mean, deviation = number(self.statistics.mean), number(self.statistics.deviation)
            return f"{mean} ± {deviation} {self.value_unit}".rstrip()
        if self.kind is AnnotationKind.BIDIRECTIONAL and len(self.sizes) == 2:
            long, short = (f"{size.value:.{0 if size.unit == 'px' else 1}f}" for size in self.sizes)
            return f"{long} × {short} {self.unit}"
        if self.kind in (AnnotationKind.ARROW, AnnotationKind.TEXT):
            return ""
        return " · ".join(size.text for size in self.sizes[:_IN_HEADLINE.get(self.kind, 2)])

    @property
    def size_text(self) -> str:
        """Length, angle or area with its unit."""
        return self.sizes[0].text if self.sizes else ""

    @property
    def details(self) -> str:
        """The second line: area and extremes, and the source of the scale."""
        parts: list[str] = []
        if self.statistics is not None:
            parts.append(self.size_text)
            parts.append(say("core", "min {low} max {high}").format(
                low=number(self.statistics.lowest), high=number(self.statistics.highest)))
        elif self.kind is AnnotationKind.BIDIRECTIONAL:
            parts.extend(size.text for size in self.sizes)
        parts.extend(part for part in (self.note, self.source) if part)
        return " · ".join(parts)


_IN_HEADLINE = {AnnotationKind.RECTANGLE: 1, AnnotationKind.ELLIPSE: 1, AnnotationKind.FREEHAND: 1}


def number(value: float) -> str:
    """Three or four figures, no more than a measurement bears; a true minus sign."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"
    return figures(text.replace("-", "−")) if float(text) else "0"


def measure(annotation: Annotation, frame: Frame, calibration: Calibration | None = None) -> Measurement | None:
    """The results; None while points are missing, and for what measures nothing (arrow, text).

    `calibration` is the reader's own of this image. Reads every pixel of an area: not for the GUI thread when that is
    large (see pixels_inside).
    """
    work = _MEASURES.get(annotation.kind)
    if work is None or not annotation.is_complete:
        return None
    return work(annotation, frame, scale_for(annotation.points, frame.facts, calibration))


def pixels_inside(annotation: Annotation) -> int:
    """About how many pixels an area holds: how much work measuring it is."""
    if not annotation.is_area or len(annotation.points) < 2:
        return 0
    left, top, right, bottom = annotation.bounds
    return int((right - left) * (bottom - top))


# -- lines ---------------------------------------------------------------------------------------------------------


def _line(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    """Length of a line, or of all its parts."""
    if scale.region is not None:
        return _of_region(annotation, scale)
    lengths = [_length(a, b, scale) for a, b in pairwise(annotation.points)]
    total, tolerance = sum(length for length, _ in lengths), math.hypot(*(spread for _, spread in lengths))
    return Measurement(annotation.kind, (Quantity(Concept.LENGTH, total, scale.unit, tolerance),), scale.source)


def _of_region(annotation: Annotation, scale: Scale) -> Measurement:
    """Where the two directions are of different kinds, as time and velocity: what the ends differ by in each."""
    region = scale.region
    assert region is not None
    (x, y), (to_x, to_y) = annotation.points[0], annotation.points[-1]
    sizes = tuple(
        Quantity(concept, abs(steps * step), unit, abs(step))
        for concept, steps, step, unit in (
            (Concept.ACROSS, to_x - x, region.column_step, region.column_unit),
            (Concept.DOWN, to_y - y, region.row_step, region.row_unit),
        )
        if unit
    )
    if not sizes:
        sizes = (Quantity(Concept.LENGTH, scale.length((x, y), (to_x, to_y)), "px", 1.0),)
    return Measurement(annotation.kind, sizes, scale.source)


def _axes(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    """Long and short axis, the longer one first, whichever was drawn first."""
    found = sorted((_length(a, b, scale) for a, b in annotation.segments), reverse=True)
    concepts = (Concept.LONG_AXIS, Concept.SHORT_AXIS)
    sizes = tuple(Quantity(name, *one[:1], scale.unit, one[1]) for name, one in zip(concepts, found, strict=True))
    return Measurement(annotation.kind, sizes, scale.source)


def _length(a: Point, b: Point, scale: Scale) -> tuple[float, float]:
    """Length, and what one pixel along the line makes of it."""
    columns, rows = scale.vector(a, b)
    length = math.hypot(columns, rows)
    if length == 0:
        return 0.0, max(scale.row_step, scale.column_step)
    return length, math.hypot(columns / length * scale.column_step, rows / length * scale.row_step)


# -- angles --------------------------------------------------------------------------------------------------------


def _angle(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    """Degrees at the middle point, 0 … 180."""
    first, vertex, last = annotation.points
    return _between(annotation, scale, (vertex, first), (vertex, last))


def _cobb(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    """Degrees between two lines, 0 … 90: which of its ends a line was begun at does not matter."""
    a, b, c, d = annotation.points
    return _between(annotation, scale, (a, b), (c, d), acute=True)


def _between(
    annotation: Annotation, scale: Scale, one: tuple[Point, Point], other: tuple[Point, Point], *, acute: bool = False
) -> Measurement:
    if scale.region is not None:
        note = say("core", "no angle between directions of different kinds")
        return Measurement(annotation.kind, (), scale.source, note=note)
    a, b = scale.vector(*one), scale.vector(*other)
    degrees = abs(math.degrees(math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])))
    if acute:
        degrees = min(degrees, 180 - degrees)
    tolerance = math.hypot(_turn(*one, scale), _turn(*other, scale))
    source = "" if scale.is_calibrated else scale.source
    return Measurement(annotation.kind, (Quantity(Concept.ANGLE, degrees, "°", tolerance),), source)


def _turn(a: Point, b: Point, scale: Scale) -> float:
    """Degrees by which one pixel across a line turns it."""
    columns, rows = scale.vector(a, b)
    length = math.hypot(columns, rows)
    if length == 0:
        return 90.0
    across = math.hypot(rows / length * scale.column_step, columns / length * scale.row_step)
    return math.degrees(math.atan2(across, length))


# -- areas and values ----------------------------------------------------------------------------------------------


def _area(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    inside = statistics_inside(annotation, frame)
    unit = frame.facts.unit
    if scale.region is not None:
        note = say("core", "no area between directions of different kinds")
        return Measurement(annotation.kind, (), scale.source, inside, unit, note)
    outline = annotation.outline
    step, note = scale.row_step * scale.column_step, ""
    if annotation.kind is AnnotationKind.ELLIPSE:
        left, top, right, bottom = annotation.bounds
        area = math.pi / 4 * (right - left) * (bottom - top) * step
    elif annotation.kind is AnnotationKind.FREEHAND and crosses_itself(outline):
        # The corners alone would count a loop drawn the other way round as less than nothing.
        area, note = (inside.count if inside is not None else 0) * step, say("core", "the outline crosses itself")
    else:
        area = polygon_area(outline) * step
    perimeter = sum(scale.length(a, b) for a, b in annotation.segments)
    tolerance = sum(_half_pixel_along(a, b, scale) for a, b in annotation.segments)
    sizes = (
        Quantity(Concept.AREA, area, f"{scale.unit}²", tolerance),
        Quantity(Concept.PERIMETER, perimeter, scale.unit),
    )
    return Measurement(annotation.kind, sizes, scale.source, inside, unit, note)


def _half_pixel_along(a: Point, b: Point, scale: Scale) -> float:
    """The area of a seam along a line, half a pixel wide."""
    columns, rows = scale.vector(a, b)
    return math.hypot(rows * scale.column_step, columns * scale.row_step) / 2


def _probe(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement:
    """The value at a place; in a region with units of its own, what its axes say there."""
    column, row = annotation.points[0]
    if scale.region is not None:
        physical = scale.region.physical((column, row))
        units = (scale.region.column_unit, scale.region.row_unit)
        if physical is not None:
            concepts = (Concept.ACROSS, Concept.DOWN)
            sizes = tuple(Quantity(c, v, u) for c, v, u in zip(concepts, physical, units, strict=True) if u)
            if sizes:
                return Measurement(annotation.kind, sizes, scale.source)
    value = frame.modality_value(math.floor(column), math.floor(row))
    if value is None:
        return Measurement(annotation.kind, note=say("core", "outside the image"))
    if isinstance(value, tuple):
        return Measurement(annotation.kind, note="RGB {} {} {}".format(*value))
    if math.isnan(value):
        return Measurement(annotation.kind, note=say("PixelText", "no value"))
    place = say("core", "at column {column}, row {row}").format(
        column=math.floor(column) + 1, row=math.floor(row) + 1)
    return Measurement(annotation.kind, (Quantity(Concept.VALUE, value, frame.facts.unit),), note=place)


def _calibration(annotation: Annotation, frame: Frame, scale: Scale) -> Measurement | None:
    found = Calibration.of(annotation, frame.facts.pixel_aspect_ratio)
    if found is None:
        return None
    step = f"{found.column_mm:.4g}"
    if not math.isclose(found.row_mm, found.column_mm):
        step = f"{found.row_mm:.4g} × {found.column_mm:.4g}"
    step = say("core", "{step} mm a pixel").format(step=figures(step))
    size = Quantity(Concept.LENGTH, annotation.true_length_mm, "mm")
    return Measurement(annotation.kind, (size,), say("core", BY_HAND), note=step)


_MEASURES: dict[AnnotationKind, Callable[[Annotation, Frame, Scale], Measurement | None]] = {
    AnnotationKind.LENGTH: _line,
    AnnotationKind.POLYLINE: _line,
    AnnotationKind.BIDIRECTIONAL: _axes,
    AnnotationKind.ANGLE: _angle,
    AnnotationKind.COBB: _cobb,
    AnnotationKind.RECTANGLE: _area,
    AnnotationKind.ELLIPSE: _area,
    AnnotationKind.FREEHAND: _area,
    AnnotationKind.PROBE: _probe,
    AnnotationKind.CALIBRATION: _calibration,
}
