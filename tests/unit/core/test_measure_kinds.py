"""Polyline, Cobb, bidirectional, freehand, probe and calibration, against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.area import crosses_itself, inside_polygon, polygon_area
from desktop_app.core.frame import Frame, ImageFacts
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Concept, Measurement, measure
from desktop_app.core.scale import Calibration

REF = FrameRef("1", "2", "3")
UNEQUAL = ImageFacts(spacing_mm=(2.0, 0.5), spacing_source="pixel spacing", pixel_aspect_ratio=4.0, unit="HU")
BOW_TIE = ((0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0))


def frame(facts: ImageFacts = UNEQUAL, pixels: np.ndarray | None = None) -> Frame:
    values = np.arange(400, dtype=np.int16).reshape(20, 20) if pixels is None else pixels
    return Frame(REF, values, facts=facts)


def found(kind: AnnotationKind, *points: Point, facts: ImageFacts = UNEQUAL,
          calibration: Calibration | None = None) -> Measurement:
    result = measure(Annotation(1, kind, REF, points), frame(facts), calibration)
    assert result is not None
    return result


def test_a_polyline_adds_its_parts_up() -> None:
    result = found(AnnotationKind.POLYLINE, (0, 0), (6, 2), (6, 7))
    assert result.value == pytest.approx(5.0 + 10.0)
    assert result.tolerance == pytest.approx(math.hypot(1.628, 2.0), abs=0.001)
    assert (result.unit, result.source) == ("mm", "pixel spacing")


def test_a_cobb_angle_is_between_the_lines_whichever_way_they_were_drawn() -> None:
    level, tilted = ((0, 5), (8, 5)), ((0, 10), (4, 11))           # 4 columns of 0.5 mm, one row of 2 mm: 45°
    for first in (level, level[::-1]):
        for second in (tilted, tilted[::-1]):
            assert found(AnnotationKind.COBB, *first, *second).value == pytest.approx(45)
    assert found(AnnotationKind.COBB, *level, *level).value == pytest.approx(0)


def test_both_axes_are_told_the_longer_one_first() -> None:
    result = found(AnnotationKind.BIDIRECTIONAL, (0, 5), (8, 5), (4, 0), (4, 10))
    sizes = [(size.concept, size.value) for size in result.sizes]
    assert sizes == [(Concept.LONG_AXIS, 20.0), (Concept.SHORT_AXIS, 4.0)]
    assert result.headline == "20.0 × 4.0 mm"
    assert result.details.startswith("20.0 ± 2.0 mm · 4.0 ± 0.5 mm")


def test_freehand_area_and_values_of_a_triangle() -> None:
    result = found(AnnotationKind.FREEHAND, (0, 0), (4, 0), (0, 4))
    assert result.statistics is not None
    assert result.value == pytest.approx(8 * 2.0 * 0.5)
    # Centres below the line x + y < 4: rows 0, 1, 2 with three, two and one of them (x + y = 4 is the edge itself).
    inside = [0, 1, 2, 20, 21, 40]
    assert result.statistics.count in (len(inside), len(inside) + 4)
    assert result.statistics.lowest == 0
    names = [quantity.concept for quantity in result.quantities]
    assert names == [Concept.AREA, Concept.PERIMETER, Concept.MEAN, Concept.DEVIATION, Concept.LOWEST, Concept.HIGHEST]
    assert {quantity.unit for quantity in result.quantities} == {"mm²", "mm", "HU"}


def test_a_freehand_rectangle_measures_what_a_rectangle_does() -> None:
    corners = ((2.0, 3.0), (9.0, 3.0), (9.0, 8.0), (2.0, 8.0))
    by_hand = found(AnnotationKind.FREEHAND, *corners)
    box = found(AnnotationKind.RECTANGLE, corners[0], corners[2])
    assert (by_hand.sizes, by_hand.statistics) == (box.sizes, box.statistics)


def test_an_outline_that_crosses_itself_is_counted_and_says_so() -> None:
    assert crosses_itself(BOW_TIE) and not crosses_itself(((0, 0), (4, 0), (4, 4), (0, 4)))
    assert polygon_area(BOW_TIE) == 0, "the corners alone would say there is no area"
    result = found(AnnotationKind.FREEHAND, *BOW_TIE)
    assert result.statistics is not None
    assert result.value == pytest.approx(result.statistics.count * 2.0 * 0.5)
    assert result.note == "the outline crosses itself"


def test_inside_is_even_odd_at_the_centres_of_pixels() -> None:
    centres = np.arange(4) + 0.5
    mask = inside_polygon(((0, 0), (4, 0), (4, 4), (0, 4)), centres, centres)
    assert mask.all()
    notch = inside_polygon(((0, 0), (4, 0), (4, 4), (2, 1), (0, 4)), centres, centres)
    assert notch.sum() < 16 and not notch[3, 1] and notch[0].all()


def test_a_probe_tells_the_value_and_its_place() -> None:
    result = found(AnnotationKind.PROBE, (3.9, 2.1))
    assert (result.headline, result.details) == ("43.0 HU", "at column 4, row 3")
    outside = found(AnnotationKind.PROBE, (30, 2))
    assert (outside.headline, outside.details) == ("", "outside the image")
    colour = measure(Annotation(1, AnnotationKind.PROBE, REF, ((0.5, 0.5),)),
                     frame(pixels=np.full((2, 2, 3), 7, np.uint8)))
    assert colour is not None and colour.details == "RGB 7 7 7"


def test_arrow_and_text_measure_nothing() -> None:
    assert measure(Annotation(1, AnnotationKind.ARROW, REF, ((0, 0), (1, 1))), frame()) is None
    assert measure(Annotation(1, AnnotationKind.TEXT, REF, ((0, 0),)), frame()) is None


def test_a_calibration_by_hand_follows_the_shape_of_the_pixels() -> None:
    line = Annotation(1, AnnotationKind.CALIBRATION, REF, ((0, 0), (6, 2)), true_length_mm=50.0)
    calibration = Calibration.of(line, pixel_aspect_ratio=4.0)
    assert calibration == Calibration(20.0, 5.0), "6 columns and 2 rows of fourfold height are 10 widths"
    again = found(AnnotationKind.LENGTH, (0, 0), (6, 2), calibration=calibration)
    assert (again.value, again.source) == (pytest.approx(50.0), "calibrated by hand")
    own = measure(line, frame())
    assert own is not None and own.details == "20 × 5 mm a pixel · calibrated by hand"


@pytest.mark.parametrize("length", [0.0, -5.0, math.inf, math.nan])
def test_a_calibration_that_says_nothing_is_none(length: float) -> None:
    line = Annotation(1, AnnotationKind.CALIBRATION, REF, ((0, 0), (6, 2)), true_length_mm=length)
    assert Calibration.of(line) is None


def test_a_calibration_of_a_point_is_none() -> None:
    line = Annotation(1, AnnotationKind.CALIBRATION, REF, ((3, 3), (3, 3)), true_length_mm=10.0)
    assert Calibration.of(line) is None
    assert measure(line, frame()) is None


@pytest.mark.parametrize("kind", list(AnnotationKind))
def test_without_spacing_nothing_is_in_millimetres(kind: AnnotationKind) -> None:
    points = ((1.0, 1.0), (9.0, 2.0), (8.0, 9.0), (2.0, 7.0))
    counts = {AnnotationKind.COBB: 4, AnnotationKind.BIDIRECTIONAL: 4, AnnotationKind.ANGLE: 3, AnnotationKind.PROBE: 1,
              AnnotationKind.TEXT: 1, AnnotationKind.FREEHAND: 4, AnnotationKind.POLYLINE: 4}
    result = measure(Annotation(1, kind, REF, points[: counts.get(kind, 2)]), frame(ImageFacts(unit="HU")))
    if result is not None:
        assert not [one for one in result.quantities if one.unit.startswith("mm")]
        assert kind is AnnotationKind.PROBE or result.source == "no calibration"
