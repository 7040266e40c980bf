"""Spacing: where millimetres come from, in which words, and that none are invented."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.measure import measure
from tests.unit.imaging.objects import decoded, image

GREY = np.arange(64 * 48, dtype=np.uint16).reshape(48, 64)
AXIAL = [1, 0, 0, 0, 1, 0]


def item(**attributes: Any) -> Dataset:
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    return dataset


def test_spacing_at_the_detector_is_not_spacing_in_the_patient() -> None:
    frame = decoded(image(GREY, ImagerPixelSpacing=[0.2, 0.2], ImagePositionPatient=[0, 0, 0],
                          ImageOrientationPatient=AXIAL))
    assert (frame.facts.spacing_mm, frame.facts.spacing_source) == ((0.2, 0.2), "at the detector")
    assert frame.plane is None


@pytest.mark.parametrize(("attributes", "spacing", "source"), [
    ({"PixelSpacing": [0.5, 0.4]}, (0.5, 0.4), "pixel spacing"),
    ({"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.2, 0.2]}, (0.2, 0.2), "at the detector"),
    ({"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.2, 0.2], "ImageOrientationPatient": AXIAL}, (0.2, 0.2),
     "pixel spacing"),
    ({"PixelSpacing": [0.16, 0.16], "ImagerPixelSpacing": [0.2, 0.2]}, (0.16, 0.16),
     "calibrated, the file does not say how"),
    ({"PixelSpacing": [0.16, 0.16], "ImagerPixelSpacing": [0.2, 0.2], "PixelSpacingCalibrationType": "FIDUCIAL"},
     (0.16, 0.16), "calibrated by a marker"),
    ({"PixelSpacing": [0.16, 0.16], "PixelSpacingCalibrationType": "GEOMETRY"}, (0.16, 0.16),
     "calibrated by the geometry of the exposure"),
    ({"ImagerPixelSpacing": [0.18, 0.18], "EstimatedRadiographicMagnificationFactor": 1.8}, (0.1, 0.1),
     "magnification 1.8 taken out (ERMF)"),
    ({"ImagerPixelSpacing": [0.1, 0.1], "EstimatedRadiographicMagnificationFactor": 1}, (0.1, 0.1),
     "at the detector, magnification 1"),
    ({"ImagerPixelSpacing": [0.1, 0.1], "EstimatedRadiographicMagnificationFactor": 0}, (0.1, 0.1),
     "at the detector"),
    ({"NominalScannedPixelSpacing": [0.3, 0.3]}, (0.3, 0.3), "nominal, of the scanner"),
    ({"PixelSpacing": [0, 0], "ImagerPixelSpacing": [0.2, 0.2]}, (0.2, 0.2), "at the detector"),
    ({}, None, ""),
])
def test_who_gives_the_millimetres_is_named(attributes: dict, spacing: tuple | None, source: str) -> None:
    facts = decoded(image(GREY, **attributes)).facts
    assert facts.spacing_mm == (pytest.approx(spacing) if spacing else None)
    assert facts.spacing_source == source


@pytest.mark.parametrize("spacing", [[0, 0], [0.5, 0], [-1, 1]])
def test_a_spacing_of_nothing_is_named_and_gives_no_millimetres(spacing: list) -> None:
    frame = decoded(image(GREY, PixelSpacing=spacing))
    assert frame.facts.spacing_mm is None
    assert "Pixel Spacing is" in frame.facts.warnings[0]
    result = measure(Annotation(1, AnnotationKind.LENGTH, frame.ref, ((0, 0), (3, 4))), frame)
    assert result is not None and (result.headline, result.source) == ("5 px", "no calibration")


def test_functional_groups_of_an_enhanced_projection() -> None:
    frames = np.zeros((2, 4, 4), np.uint16)
    shared = item(FramePixelDataPropertiesSequence=[item(ImagerPixelSpacing=[0.3, 0.2])])
    own = [item(), item(ProjectionPixelCalibrationSequence=[item(ObjectPixelSpacingInCenterOfBeam=[0.15, 0.1])])]
    dataset = image(frames, frames=2, SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=own)
    first, second = decoded(dataset, 1).facts, decoded(dataset, 2).facts
    assert (first.spacing_mm, first.spacing_source) == ((0.3, 0.2), "at the detector")
    assert second.spacing_mm == pytest.approx((0.15, 0.1))
    assert second.spacing_source == "calibrated at the centre of the beam"


# -- ultrasound ----------------------------------------------------------------------------------------------------


def region(left: int = 0, top: int = 0, right: int = 63, bottom: int = 47, **attributes: Any) -> Dataset:
    whole = {"RegionSpatialFormat": 1, "PhysicalUnitsXDirection": 3, "PhysicalUnitsYDirection": 3,
             "PhysicalDeltaX": 0.05, "PhysicalDeltaY": 0.04, "RegionLocationMinX0": left, "RegionLocationMinY0": top,
             "RegionLocationMaxX1": right, "RegionLocationMaxY1": bottom, **attributes}
    return item(**whole)


@pytest.mark.parametrize(("regions", "spacing"), [
    ([region()], (0.4, 0.5)), ([region(), region()], (0.4, 0.5)),
    ([region(), region(PhysicalDeltaX=0.1)], None), ([region(RegionSpatialFormat=3)], None),
    ([region(PhysicalUnitsXDirection=4)], None), ([region(PhysicalDeltaX=0.0)], None)])
def test_ultrasound_has_one_spacing_where_all_regions_agree(regions: list, spacing: tuple | None) -> None:
    facts = decoded(image(GREY, SequenceOfUltrasoundRegions=regions)).facts
    assert facts.spacing_mm == (pytest.approx(spacing) if spacing else None)


def sizes(result: Any) -> list[tuple[float, str]]:
    return [(pytest.approx(size.value), size.unit) for size in result.sizes]


def measured(frame: Any, kind: AnnotationKind, *points: tuple[float, float]) -> Any:
    result = measure(Annotation(1, kind, frame.ref, points), frame)
    assert result is not None
    return result


def test_each_region_of_an_ultrasound_image_has_its_own_units() -> None:
    tissue = region(0, 0, 63, 19)
    doppler = region(0, 24, 63, 47, RegionSpatialFormat=3, PhysicalUnitsXDirection=4, PhysicalUnitsYDirection=7,
                     PhysicalDeltaX=0.01, PhysicalDeltaY=-2.0, ReferencePixelX0=0, ReferencePixelY0=12)
    frame = decoded(image(GREY, SequenceOfUltrasoundRegions=[tissue, doppler]))
    length = measured(frame, AnnotationKind.LENGTH, (0, 0), (6, 10))
    assert (length.value, length.unit, length.source) == (pytest.approx(5.0), "mm", "ultrasound region")

    beat = measured(frame, AnnotationKind.LENGTH, (10, 30), (40, 40))
    assert sizes(beat) == [(0.3, "s"), (20.0, "cm/s")]
    assert beat.source == "ultrasound region, spectrum"
    assert beat.headline == "0.3 s · 20.0 cm/s"

    peak = measured(frame, AnnotationKind.PROBE, (5.5, 26.5))
    assert sizes(peak) == [(0.05, "s"), (20.0, "cm/s")]

    across = measured(frame, AnnotationKind.LENGTH, (5, 10), (5, 40))
    assert (across.unit, across.source) == ("px", "outside the calibrated regions")
    between = measured(frame, AnnotationKind.LENGTH, (5, 21), (9, 21))
    assert between.unit == "px"
    assert measured(frame, AnnotationKind.ANGLE, (10, 30), (20, 30), (20, 40)).sizes == ()


def test_of_two_regions_over_each_other_the_one_with_priority_counts() -> None:
    below = region(RegionFlags=1)
    above = region(10, 10, 30, 30, PhysicalDeltaX=0.1, PhysicalDeltaY=0.1, RegionFlags=0)
    frame = decoded(image(GREY, SequenceOfUltrasoundRegions=[below, above]))
    assert measured(frame, AnnotationKind.LENGTH, (12, 12), (15, 12)).value == pytest.approx(3.0)
    assert measured(frame, AnnotationKind.LENGTH, (2, 12), (5, 12)).value == pytest.approx(1.5)
