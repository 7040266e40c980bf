"""Structured reports: measurements written as TID 1500 (PS3.16), and drawn from what we wrote again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import highdicom
import numpy as np
import pydicom
from highdicom import sr
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.measure import Measurement
from desktop_app.core.saved_work import SavedAnnotation
from desktop_app.core.study_object import Graphic, Report, Shape
from desktop_app.objects.attributes import MANUFACTURER, read
from desktop_app.objects.sources import DEVICE_UID, MODEL, Sources, as_person, finish, new_uid

assert highdicom and pydicom

DESCRIPTION = "Measurements"
_SERIES_NUMBER = 9001
_ID = "Lightbox"
_PIXELS = Code("{pixels}", "UCUM", "Pixels")
_UNITS = {
    "mm": Code("mm", "UCUM", "mm"),
    "mm²": Code("mm2", "UCUM", "mm2"),
    "px": _PIXELS,
    "px²": Code("{pixels}2", "UCUM", "square pixels"),
    "°": Code("deg", "UCUM", "deg"),
    "HU": Code("[hnsf'U]", "UCUM", "Hounsfield unit"),
    "Bq/ml": Code("Bq/ml", "UCUM", "Becquerels/milliliter"),
    "mGy": Code("mGy", "UCUM", "mGy"),
    "Gy": Code("Gy", "UCUM", "Gy"),
    "SUVbw": Code("{SUVbw}g/ml", "UCUM", "Standardized Uptake Value body weight"),
}
_NO_UNIT = Code("1", "UCUM", "no units")
_ATTENUATION = Code("112031", "DCM", "Attenuation Coefficient")
_SUV = Code("126401", "DCM", "SUVbw")
_MR_SIGNAL = Code("110852", "DCM", "MR signal intensity")
_PIXEL_VALUE = Code("pixel-value", "99LIGHTBOX", "Pixel value")     # the standard names no value without a meaning
_LENGTH, _ANGLE = Code("410668003", "SCT", "Length"), Code("1483009", "SCT", "Angle")
_AREA = Code("42798000", "SCT", "Area")
_DERIVATIONS = {
    "mean": Code("373098007", "SCT", "Mean"),
    "deviation": Code("386136009", "SCT", "Standard Deviation"),
    "lowest": Code("255605001", "SCT", "Minimum"),
    "highest": Code("56851009", "SCT", "Maximum"),
}
_AREAS = frozenset({"rectangle", "ellipse", "circle", "freehand", "polygon"})
_ANGLES = frozenset({"angle", "cobb"})
# Drawings without a number: they go into a presentation state.
UNMEASURED = frozenset({"arrow", "text"})


def write_report(
    items: Sequence[SavedAnnotation], sources: Sources, *, author: str = "", moment: datetime,
    previous: Sequence[bytes] = (), series_instance_uid: str = "", number: int = 1,
) -> bytes:
    """An SR of TID 1500 with one measurement group for each item, as Part 10 bytes.

    Coordinates are those of the image (SCOORD). `previous` are the reports that this one replaces. Raises ValueError
    when there is no item with a measurement.
    """
    groups = [group for item in items if (group := _group(item, sources)) is not None]
    if not groups:
        raise ValueError("nothing was measured")
    person = None
    if author:
        person = sr.ObserverContext(
            observer_type=codes.DCM.Person,
            observer_identifying_attributes=sr.PersonObserverIdentifyingAttributes(name=as_person(author)))
    device = sr.ObserverContext(
        observer_type=codes.DCM.Device,
        observer_identifying_attributes=sr.DeviceObserverIdentifyingAttributes(
            uid=DEVICE_UID, name=MODEL, manufacturer_name=MANUFACTURER, model_name=MODEL))
    report = sr.MeasurementReport(
        observation_context=sr.ObservationContext(observer_person_context=person, observer_device_context=device),
        procedure_reported=codes.SCT.ImagingProcedure,
        imaging_measurements=groups,
        title=codes.DCM.ImagingMeasurementReport,
    )
    document = sr.ComprehensiveSR(
        evidence=sources.datasets([item.annotation.ref for item in items]),
        content=report[0],
        series_instance_uid=series_instance_uid or new_uid(),
        series_number=_SERIES_NUMBER,
        sop_instance_uid=new_uid(),
        instance_number=number,
        manufacturer=MANUFACTURER,
        is_complete=True,
        previous_versions=[read(one) for one in previous] or None,
        series_description=DESCRIPTION,
    )
    return finish(document, moment, DESCRIPTION)


def saved_annotations(report: Report, keys: Sequence[int] | None = None) -> tuple[tuple[Annotation, str], ...]:
    """Our drawings in a report, editable again, each with its tracking UID; none for a report of others.

    `keys` are given to them in their order; 1, 2 … where there are none.
    """
    return annotations_of(report.graphics, keys) if report.head.is_ours else ()


def annotations_of(
    graphics: Sequence[Graphic], keys: Sequence[int] | None = None
) -> tuple[tuple[Annotation, str], ...]:
    """The drawings that this program can edit."""
    found: list[tuple[Annotation, str]] = []
    for graphic in graphics:
        kind = _kind(graphic.tracking_id)
        if kind is None or not graphic.refs:
            continue
        number = len(found)
        key = keys[number] if keys is not None and number < len(keys) else number + 1
        made = Annotation(key, kind, graphic.refs[0], _points(kind, graphic), graphic.tracking_id.partition("|")[2])
        if made.is_complete:
            found.append((made, graphic.tracking_uid))
    return tuple(found)


def tracking_id(annotation: Annotation) -> str:
    """How a drawing is named in what we write: `Lightbox:length`, with its own text behind a bar."""
    return f"{_ID}:{annotation.kind}" + (f"|{annotation.text}" if annotation.text else "")


def outline(annotation: Annotation) -> tuple[Shape, tuple[tuple[float, float], ...]]:
    """The drawing in the standard's terms. An ellipse is its two axes, the longer one first; a box is closed."""
    if annotation.kind == "ellipse":
        left, top, right, bottom = annotation.bounds
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        across = ((left, middle_y), (right, middle_y))
        down = ((middle_x, top), (middle_x, bottom))
        return Shape.ELLIPSE, (*across, *down) if right - left >= bottom - top else (*down, *across)
    if annotation.kind == "rectangle":
        left, top, right, bottom = annotation.bounds
        return Shape.POLYLINE, ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    if len(annotation.points) == 1:
        return Shape.POINT, annotation.points
    points = annotation.points
    closed = annotation.kind in _AREAS and points[0] != points[-1]
    return Shape.POLYLINE, (*points, points[0]) if closed else points


def _points(kind: AnnotationKind, graphic: Graphic) -> tuple[tuple[float, float], ...]:
    points = graphic.points
    if kind in ("ellipse", "rectangle") and points:
        columns, rows = [x for x, _ in points], [y for _, y in points]
        return (min(columns), min(rows)), (max(columns), max(rows))
    if kind in _AREAS and len(points) > 2 and points[0] == points[-1]:
        return points[:-1]
    return points


def _kind(tracking: str) -> AnnotationKind | None:
    program, _, rest = tracking.partition(":")
    name = rest.partition("|")[0]
    return AnnotationKind(name) if program == _ID and name in {kind.value for kind in AnnotationKind} else None


def _group(item: SavedAnnotation, sources: Sources) -> Any:
    annotation, result = item.annotation, item.measurement
    if result is None or not annotation.is_complete or annotation.kind in UNMEASURED:
        return None
    image = sources.dataset(annotation.ref)
    frame = sources.frames_of(annotation.ref)
    numbers = [frame] if frame is not None else None
    region = sr.SourceImageForRegion(image.SOPClassUID, image.SOPInstanceUID, numbers)
    shape, points = outline(annotation)
    data = np.array(points, dtype=np.float64)
    tracking = sr.TrackingIdentifier(uid=item.tracking_uid, identifier=tracking_id(annotation))
    if annotation.kind in _AREAS:
        return sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            tracking_identifier=tracking,
            referenced_region=sr.ImageRegion(shape.value, data, region),
            measurements=_area_measurements(result, str(image.get("Modality") or "")),
        )
    name = _ANGLE if annotation.kind in _ANGLES or result.unit == "°" else _LENGTH
    return sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=tracking,
        measurements=[sr.Measurement(
            name=name, value=result.value, unit=_unit(result.unit),
            referenced_coordinates=[sr.CoordinatesForMeasurement(shape.value, data, region)],
        )],
    )


def _area_measurements(result: Measurement, modality: str) -> list[Any]:
    made = [sr.Measurement(name=_AREA, value=result.value, unit=_unit(result.unit))]
    if result.statistics is not None:
        name = _value_name(result.value_unit, modality)
        for attribute, derivation in _DERIVATIONS.items():
            made.append(sr.Measurement(
                name=name, value=float(getattr(result.statistics, attribute)), unit=_unit(result.value_unit),
                derivation=derivation))
    return made


def _value_name(unit: str, modality: str) -> Code:
    known = {"HU": _ATTENUATION, "SUVbw": _SUV}
    return known.get(unit, _MR_SIGNAL if modality == "MR" else _PIXEL_VALUE)


def _unit(unit: str) -> Code:
    return _UNITS.get(unit, _NO_UNIT if not unit else Code(f"{{{unit}}}", "UCUM", unit))
