"""Scale: what a step from pixel to pixel means, and who says so. No millimetre without a source."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.frame import ImageFacts
from desktop_app.core.scale_region import ScaleRegion
from desktop_app.core.words import say, t

AT_DETECTOR = t("core", "at the detector")
BY_HAND = t("core", "calibrated by hand")
NOT_CALIBRATED = t("core", "no calibration")
OUTSIDE_REGIONS = t("core", "outside the calibrated regions")


@dataclass(frozen=True, slots=True)
class Scale:
    """`row_step` is the distance between rows, `column_step` between columns, both above zero, in `unit`.

    `region` is set where the two directions are of different kinds, as time and depth: then there is no length across.
    """

    row_step: float
    column_step: float
    unit: str
    source: str
    region: ScaleRegion | None = None

    @property
    def is_calibrated(self) -> bool:
        return self.unit != "px"

    def vector(self, a: Point, b: Point) -> tuple[float, float]:
        """From a to b, in `unit`: (along rows, down columns)."""
        return (b[0] - a[0]) * self.column_step, (b[1] - a[1]) * self.row_step

    def length(self, a: Point, b: Point) -> float:
        return math.hypot(*self.vector(a, b))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a reader found out about one image by drawing over something of known length."""

    row_mm: float
    column_mm: float

    @classmethod
    def of(cls, annotation: Annotation, pixel_aspect_ratio: float = 1.0) -> Calibration | None:
        """Of a calibration line; None where it says nothing. `pixel_aspect_ratio` is height of a pixel / its width."""
        if annotation.kind is not AnnotationKind.CALIBRATION or len(annotation.points) != 2:
            return None
        (x, y), (to_x, to_y) = annotation.points
        widths = math.hypot(to_x - x, (to_y - y) * pixel_aspect_ratio)
        if widths <= 0 or not (math.isfinite(annotation.true_length_mm) and annotation.true_length_mm > 0):
            return None
        step = annotation.true_length_mm / widths
        return cls(step * pixel_aspect_ratio, step)


def scale_for(points: tuple[Point, ...], facts: ImageFacts, calibration: Calibration | None = None) -> Scale:
    """What a drawing through these points is measured with.

    The reader's own calibration comes first, then the region that holds all points, then the spacing of the image.
    Where regions are given, outside of them nothing is calibrated; and a line from one region into another crosses two
    scales, so it has none.
    """
    if calibration is not None:
        return Scale(calibration.row_mm, calibration.column_mm, "mm", say("core", BY_HAND))
    # Without spacing the shape of a pixel may still be known: angles are right then, lengths are in pixel widths.
    pixels = Scale(facts.pixel_aspect_ratio or 1.0, 1.0, "px", say("core", NOT_CALIBRATED))
    if facts.regions:
        region = region_of(points, facts.regions)
        if region is None:
            return replace(pixels, source=say("core", OUTSIDE_REGIONS))
        source = say("core", "ultrasound region") + (f", {region.name}" if region.name else "")
        if region.is_spatial:
            return Scale(abs(region.row_step), abs(region.column_step), "mm", source)
        return replace(pixels, source=source, region=region)
    if facts.spacing_mm is not None:
        return Scale(*facts.spacing_mm, "mm", facts.spacing_source)
    return pixels


def region_of(points: tuple[Point, ...], regions: tuple[ScaleRegion, ...]) -> ScaleRegion | None:
    """The region that holds all points: one with priority before others (Region Flags), the smallest of several."""
    holding = [region for region in regions if region.holds(points)]
    return min(holding, key=lambda region: (not region.has_priority, region.area), default=None)
