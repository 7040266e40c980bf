"""Objects made for tests: a header of a made-up study, and drawings whose numbers are known."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from pydicom.dataset import Dataset

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.area import Statistics
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Concept, Measurement, Quantity
from desktop_app.core.saved_work import SavedAnnotation
from desktop_app.objects.sources import Sources, new_uid

CT = "1.2.840.10008.5.1.4.1.1.2"
REF = FrameRef("1.2.826.0.1.3680043.8.498.81", "1.2.826.0.1.3680043.8.498.82", "1.2.826.0.1.3680043.8.498.83")
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STATISTICS = Statistics(1234, 51.25, 3.125, -10.0, 77.0)


def header(modality: str = "CT") -> Dataset:
    """The header of one made-up image."""
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = CT, REF.sop_instance_uid
    made.StudyInstanceUID, made.SeriesInstanceUID = REF.study_instance_uid, REF.series_instance_uid
    made.PatientID, made.PatientName, made.PatientBirthDate, made.PatientSex = "P-1", "PHANTOM^ONE", "19700101", "O"
    made.StudyID, made.StudyDate, made.StudyTime, made.AccessionNumber = "1", "20260101", "101010", "A1"
    made.ReferringPhysicianName, made.Modality = "REFER^ANN", modality
    made.Rows, made.Columns, made.SamplesPerPixel, made.PhotometricInterpretation = 512, 256, 1, "MONOCHROME2"
    made.BitsStored, made.PixelRepresentation, made.RescaleSlope, made.RescaleIntercept = 12, 0, 1, -1024
    made.ImageType, made.RescaleType = ["ORIGINAL", "PRIMARY"], "HU"
    made.add_new(0x7FE00010, "OW", np.zeros(1, np.uint16).tobytes())
    return made


def sources() -> Sources:
    return Sources({REF.series_instance_uid: header()}, {})


def measured() -> list[SavedAnnotation]:
    """One drawing of each kind that has numbers."""
    kinds, what = AnnotationKind, Concept
    drawn = (
        (kinds.LENGTH, ((10.25, 20.5), (30.0, 44.0)), Measurement(
            kinds.LENGTH, (Quantity(what.LENGTH, 34.567, "mm", 0.8),), "pixel spacing")),
        (kinds.ANGLE, ((10.0, 20.0), (30.0, 60.0), (70.0, 70.0)), Measurement(
            kinds.ANGLE, (Quantity(what.ANGLE, 45.5, "°"),))),
        (kinds.COBB, ((1.0, 2.0), (30.0, 4.0), (1.0, 90.0), (30.0, 80.0)), Measurement(
            kinds.COBB, (Quantity(what.ANGLE, 22.25, "°"),))),
        (kinds.BIDIRECTIONAL, ((10.0, 10.0), (50.0, 10.0), (30.0, 5.0), (30.0, 20.0)), Measurement(
            kinds.BIDIRECTIONAL, (Quantity(what.LONG_AXIS, 40.0, "mm"), Quantity(what.SHORT_AXIS, 15.0, "mm")))),
        (kinds.POLYLINE, ((1.0, 1.0), (5.0, 1.0), (5.0, 9.0), (7.0, 11.5)), Measurement(
            kinds.POLYLINE, (Quantity(what.LENGTH, 15.2, "px"),))),
        (kinds.PROBE, ((33.5, 44.5),), Measurement(kinds.PROBE, (Quantity(what.VALUE, -77.0, "HU"),))),
        (kinds.RECTANGLE, ((10.0, 20.0), (30.0, 60.0)), Measurement(
            kinds.RECTANGLE, (Quantity(what.AREA, 345.67, "mm²"), Quantity(what.PERIMETER, 120.5, "mm")),
            statistics=STATISTICS, value_unit="HU")),
        (kinds.ELLIPSE, ((12.0, 22.0), (36.0, 40.0)), Measurement(
            kinds.ELLIPSE, (Quantity(what.AREA, 88.125, "px²"),), statistics=STATISTICS)),
        (kinds.FREEHAND, ((12.0, 22.0), (36.0, 40.0), (20.0, 60.0)), Measurement(
            kinds.FREEHAND, (Quantity(what.AREA, 99.5, "mm²"),), statistics=STATISTICS, value_unit="HU")),
    )
    return [SavedAnnotation(Annotation(number, kind, REF, points), result, new_uid())
            for number, (kind, points, result) in enumerate(drawn, start=1)]


def arrow() -> SavedAnnotation:
    return SavedAnnotation(
        Annotation(9, AnnotationKind.ARROW, REF, ((5.0, 6.0), (40.0, 50.0)), "here"), None, new_uid())
