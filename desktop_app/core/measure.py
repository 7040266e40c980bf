"""Measuring: what an annotation says of the image under it. No millimetre without a source."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.frame import Frame

_CM2_FROM_MM2 = 100.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the modality values whose pixel centres lie inside; `deviation` is that of the population."""

    count: int
    mean: float
    deviation: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """A result with its unit and where its scale comes from.

    `value` is a length in mm or px, an angle in degrees, an area in mm² or px². `tolerance` is what one pixel makes of
    it. `unit` is that of `value`; `source` says what gives the millimetres, or that nothing does.
    """

    kind: AnnotationKind
    value: float
    unit: str
    tolerance: float = 0.0
    source: str = ""
    statistics: Statistics | None = None
    value_unit: str = ""

    @property
    def headline(self) -> str:
        """The one line that stands beside the drawing: `34.6 ± 0.8 mm`, `112 ± 14 HU`, `41.2°`."""
        if self.kind in (AnnotationKind.RECTANGLE, AnnotationKind.ELLIPSE):
            if self.statistics is None:
                return self.size_text
            mean, deviation = number(self.statistics.mean), number(self.statistics.deviation)
            return f"{mean} ± {deviation} {self.value_unit}".rstrip()
        if self.kind is AnnotationKind.ARROW:
            return ""
        return self.size_text

    @property
    def size_text(self) -> str:
        """Length, angle or area with its unit."""
        if self.unit == "°":
            return f"{self.value:.1f}°"
        if self.unit == "mm²":
            area = self.value / _CM2_FROM_MM2
            return f"{area:.1f} cm²" if area >= 1 else f"{self.value:.1f} mm²"
        if self.unit == "mm":
            return f"{self.value:.1f} ± {max(self.tolerance, 0.05):.1f} mm"
        return f"{self.value:.0f} {self.unit}"

    @property
    def details(self) -> str:
        """The second line: area and extremes, and the source of the scale."""
        parts = []
        if self.statistics is not None:
            parts.append(self.size_text)
            parts.append(f"min {number(self.statistics.lowest)} max {number(self.statistics.highest)}")
        if self.source:
            parts.append(self.source)
        return " · ".join(parts)


def number(value: float) -> str:
    """Three or four figures, no more than a measurement bears; a true minus sign."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"
    return text.replace("-", "−") if float(text) else "0"


def measure(annotation: Annotation, frame: Frame) -> Measurement | None:
    """The result, None while points are missing.

    Reads every pixel of an area: not for the GUI thread when that is large.
    """
    if not annotation.is_complete:
        return None
    spacing, unit, source = _scale(frame)
    if annotation.kind in (AnnotationKind.LENGTH, AnnotationKind.ARROW):
        length, tolerance = _length(annotation.points[0], annotation.points[1], spacing)
        return Measurement(annotation.kind, length, unit, tolerance, source)
    if annotation.kind is AnnotationKind.ANGLE:
        return Measurement(
            annotation.kind, _angle(annotation.points, spacing), "°", source=source if unit == "px" else ""
        )
    left, top, right, bottom = annotation.bounds
    area = (right - left) * spacing[1] * (bottom - top) * spacing[0]
    if annotation.kind is AnnotationKind.ELLIPSE:
        area *= math.pi / 4
    inside = None if frame.is_colour else _values_inside(annotation, frame)
    return Measurement(
        annotation.kind,
        area,
        f"{unit}²",
        source=source,
        statistics=_statistics(inside),
        value_unit=frame.facts.unit,
    )


def pixels_inside(annotation: Annotation) -> int:
    """About how many pixels an area holds: how much work measuring it is."""
    if annotation.kind not in (AnnotationKind.RECTANGLE, AnnotationKind.ELLIPSE):
        return 0
    left, top, right, bottom = annotation.bounds
    return int((right - left) * (bottom - top))


def _scale(frame: Frame) -> tuple[tuple[float, float], str, str]:
    """(between rows, between columns), the unit, and where it comes from."""
    if frame.facts.spacing_mm is not None:
        return frame.facts.spacing_mm, "mm", frame.facts.spacing_source
    # Without spacing the shape of a pixel may still be known: angles are right then, lengths are in pixel widths.
    return (frame.facts.pixel_aspect_ratio or 1.0, 1.0), "px", "no calibration"


def _length(a: Point, b: Point, spacing: tuple[float, float]) -> tuple[float, float]:
    """Length, and what one pixel along the line makes of it."""
    columns, rows = (b[0] - a[0]) * spacing[1], (b[1] - a[1]) * spacing[0]
    length = math.hypot(columns, rows)
    if length == 0:
        return 0.0, max(spacing)
    return length, math.hypot(columns / length * spacing[1], rows / length * spacing[0])


def _angle(points: tuple[Point, ...], spacing: tuple[float, float]) -> float:
    """Degrees at the middle point, 0 … 180."""
    first, vertex, last = ((x * spacing[1], y * spacing[0]) for x, y in points)
    a, b = (first[0] - vertex[0], first[1] - vertex[1]), (last[0] - vertex[0], last[1] - vertex[1])
    return abs(math.degrees(math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])))


def _values_inside(annotation: Annotation, frame: Frame) -> npt.NDArray[np.float64] | None:
    """Modality values of the pixels whose centres lie inside, None when there are none."""
    left, top, right, bottom = annotation.bounds
    first_column, last_column = max(math.ceil(left - 0.5), 0), min(math.floor(right - 0.5), frame.columns - 1)
    first_row, last_row = max(math.ceil(top - 0.5), 0), min(math.floor(bottom - 0.5), frame.rows - 1)
    if first_column > last_column or first_row > last_row:
        return None
    stored = frame.pixels[first_row : last_row + 1, first_column : last_column + 1]
    if annotation.kind is AnnotationKind.ELLIPSE:
        columns = (np.arange(first_column, last_column + 1) + 0.5 - (left + right) / 2) / ((right - left) / 2)
        rows = (np.arange(first_row, last_row + 1) + 0.5 - (top + bottom) / 2) / ((bottom - top) / 2)
        stored = stored[columns[np.newaxis, :] ** 2 + rows[:, np.newaxis] ** 2 <= 1.0]
    stored = stored.ravel()
    if frame.padding is not None:
        low, high = frame.padding
        stored = stored[(stored < low) | (stored > high)]
    if stored.size == 0:
        return None
    if frame.modality_lut is not None:
        lut = frame.modality_lut
        places = np.clip(stored.astype(np.int64) - lut.first_mapped, 0, len(lut.values) - 1)
        return np.asarray(lut.values[places], dtype=np.float64)
    return np.asarray(stored, dtype=np.float64) * frame.slope + frame.intercept


def _statistics(values: npt.NDArray[np.float64] | None) -> Statistics | None:
    if values is None:
        return None
    values = values[np.isfinite(values)]
    if values.size == 0:
        return None
    return Statistics(
        int(values.size), float(values.mean()), float(values.std()), float(values.min()), float(values.max())
    )
