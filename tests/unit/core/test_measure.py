"""Lengths, angles, areas and statistics, against numbers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.frame import Frame, ImageFacts, LookupTable
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import measure, number
from desktop_app.core.value_mapping import ValueMapping

REF = FrameRef("1", "2", "3")
CALIBRATED = ImageFacts(
    spacing_mm=(2.0, 0.5), spacing_source="pixel spacing, at patient", unit="HU", modality="CT"
)


def frame(pixels: np.ndarray | None = None, facts: ImageFacts = CALIBRATED, **more: object) -> Frame:
    values = np.arange(100, dtype=np.int16).reshape(10, 10) if pixels is None else pixels
    return Frame(REF, values, facts=facts, **more)  # type: ignore[arg-type]


def drawn(kind: AnnotationKind, *points: tuple[float, float]) -> Annotation:
    return Annotation(1, kind, REF, points)


@pytest.mark.parametrize(
    ("end", "length", "tolerance"), [((11, 1), 5.0, 0.5), ((1, 11), 20.0, 2.0), ((7, 3), 5.0, 1.628)]
)
def test_a_length_uses_the_spacing_of_each_direction(
    end: tuple[float, float], length: float, tolerance: float
) -> None:
    result = measure(drawn(AnnotationKind.LENGTH, (1, 1), end), frame())
    assert result is not None
    assert result.value == pytest.approx(length)
    assert result.tolerance == pytest.approx(tolerance, abs=0.001)
    assert (result.unit, result.source) == ("mm", "pixel spacing, at patient")


def test_without_spacing_there_are_no_millimetres() -> None:
    result = measure(drawn(AnnotationKind.LENGTH, (0, 0), (3, 4)), frame(facts=ImageFacts()))
    assert result is not None
    assert (result.headline, result.details) == ("5 px", "no calibration")


def test_an_angle_is_one_of_the_patient_not_of_the_pixels() -> None:
    square = measure(drawn(AnnotationKind.ANGLE, (4, 0), (0, 0), (0, 1)), frame())
    oblique = measure(drawn(AnnotationKind.ANGLE, (4, 0), (0, 0), (4, 1)), frame())
    assert square is not None and oblique is not None
    assert square.value == pytest.approx(90)
    assert oblique.value == pytest.approx(45), "4 columns of 0.5 mm, 1 row of 2 mm"
    assert oblique.headline == "45.0 ± 52.6°", "legs of 2 mm and 2.8 mm in pixels of 2 mm"


def test_a_rectangle_counts_the_pixels_whose_centres_are_inside() -> None:
    result = measure(drawn(AnnotationKind.RECTANGLE, (3.6, 3.0), (2.0, 2.0)), frame())
    assert result is not None and result.statistics is not None
    assert result.value == pytest.approx(1.6 * 0.5 * 1.0 * 2.0)
    assert (result.statistics.count, result.statistics.mean) == (2, 22.5)
    assert (result.statistics.lowest, result.statistics.highest, result.statistics.deviation) == (22, 23, 0.5)


def test_an_ellipse_leaves_the_corners_of_its_box_out() -> None:
    pixels = np.zeros((10, 10), dtype=np.int16)
    pixels[0, 0] = pixels[0, 9] = pixels[9, 0] = pixels[9, 9] = 1000
    result = measure(drawn(AnnotationKind.ELLIPSE, (0, 0), (10, 10)), frame(pixels))
    assert result is not None and result.statistics is not None
    assert result.statistics.highest == 0
    assert result.value == pytest.approx(math.pi * 2.5 * 10)
    assert result.statistics.count == pytest.approx(math.pi * 25, abs=4)


def test_statistics_are_of_modality_values_without_padding() -> None:
    pixels = np.array([[-2000, 10], [20, 30]], dtype=np.int16)
    image = frame(pixels, slope=2.0, intercept=-100.0, padding=(-2000.0, -2000.0))
    result = measure(drawn(AnnotationKind.RECTANGLE, (0, 0), (2, 2)), image)
    assert result is not None and result.statistics is not None
    assert (result.statistics.count, result.statistics.lowest, result.statistics.mean) == (3, -80, -60)


def test_a_modality_lut_is_looked_up() -> None:
    lut = LookupTable(0, np.array([5, 7, 9]))
    result = measure(
        drawn(AnnotationKind.RECTANGLE, (0, 0), (3, 1)),
        frame(np.array([[0, 1, 2]], dtype=np.uint8), modality_lut=lut),
    )
    assert result is not None and result.statistics is not None
    assert result.statistics.mean == 7


def test_colour_has_an_area_but_no_statistics() -> None:
    result = measure(
        drawn(AnnotationKind.ELLIPSE, (0, 0), (2, 2)), frame(np.zeros((4, 4, 3), dtype=np.uint8))
    )
    assert result is not None
    assert result.statistics is None
    assert result.headline.endswith("mm²")


def test_an_area_outside_the_image_has_no_statistics() -> None:
    result = measure(drawn(AnnotationKind.RECTANGLE, (-5, -5), (-1, -1)), frame())
    assert result is not None and result.statistics is None


def test_an_unfinished_angle_has_no_value() -> None:
    assert measure(drawn(AnnotationKind.ANGLE, (0, 0), (1, 1)), frame()) is None


def test_nan_is_left_out() -> None:
    pixels = np.array([[1.0, np.nan, 3.0]], dtype=np.float32)
    result = measure(drawn(AnnotationKind.RECTANGLE, (0, 0), (3, 1)), frame(pixels))
    assert result is not None and result.statistics is not None
    assert (result.statistics.count, result.statistics.mean) == (2, 2.0)


ADC = ValueMapping("ADC", "mm2/s", 0.5, span=(10.0, 19.0))


def test_what_the_quantity_in_use_does_not_reach_is_left_out() -> None:
    there = frame(slope=0.5, mappings=(ADC,), mapped_by="ADC")
    result = measure(drawn(AnnotationKind.RECTANGLE, (0, 0), (2, 3)), there)
    assert result is not None and result.statistics is not None
    assert (result.statistics.count, result.statistics.lowest, result.statistics.highest) == (2, 5.0, 5.5), \
        "of the stored values 0, 1, 10, 11, 20, 21 the mapping holds for 10 and 11"


def test_a_probe_outside_of_what_the_quantity_reaches_has_no_value() -> None:
    there = frame(facts=ImageFacts(unit="mm2/s"), slope=0.5, mappings=(ADC,), mapped_by="ADC")
    inside, outside = (measure(drawn(AnnotationKind.PROBE, (0.5, row)), there) for row in (1.5, 2.5))
    assert inside is not None and inside.headline == "5.0 mm2/s"
    assert outside is not None and (outside.quantities, outside.details) == ((), "no value")


def test_large_areas_are_said_in_square_centimetres() -> None:
    facts = replace(CALIBRATED, spacing_mm=(10.0, 10.0))
    result = measure(drawn(AnnotationKind.RECTANGLE, (0, 0), (5, 5)), frame(facts=facts))
    assert result is not None
    assert result.size_text == "25.0 ± 10.0 cm²"
    assert result.details == "25.0 ± 10.0 cm² · min 0 max 44.0 · pixel spacing, at patient"


@pytest.mark.parametrize(
    ("value", "text"), [(-1024.4, "−1024"), (14.04, "14.0"), (0.034, "0.034"), (-0.0, "0"), (99.96, "100.0")]
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text
