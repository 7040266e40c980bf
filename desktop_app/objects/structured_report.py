"""Structured reports: measurements written as TID 1500 (PS3.16), and drawn from what we wrote again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import highdicom
import numpy as np
import pydicom
from highdicom import sr
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from desktop_app.core.annotation import AnnotationKind
from desktop_app.core.drawn import UNMEASURED, outlines, tracking_id
from desktop_app.core.measure import Concept, Quantity
from desktop_app.core.saved_work import SavedAnnotation
from desktop_app.objects.attributes import MANUFACTURER, code, read
from desktop_app.objects.sources import DEVICE_UID, MODEL, Sources, as_person, finish, new_uid

assert highdicom and pydicom

DESCRIPTION = "Measurements"
_SERIES_NUMBER = 9001
_MEASUREMENTS = ("126010", "DCM")
_PIXELS = Code("{pixels}", "UCUM", "Pixels")
_UNITS = {
    "mm": Code("mm", "UCUM", "mm"),
    "mm²": Code("mm2", "UCUM", "mm2"),
    "px": _PIXELS,
    "px²": Code("{pixels}2", "UCUM", "square pixels"),
    "°": Code("deg", "UCUM", "deg"),
    "s": Code("s", "UCUM", "s"),
    "cm/s": Code("cm/s", "UCUM", "cm/s"),
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
_CONCEPTS = {
    Concept.LENGTH: Code("410668003", "SCT", "Length"),
    Concept.LONG_AXIS: Code("103339001", "SCT", "Long Axis"),
    Concept.SHORT_AXIS: Code("103340004", "SCT", "Short Axis"),
    Concept.ANGLE: Code("1483009", "SCT", "Angle"),
    Concept.AREA: Code("42798000", "SCT", "Area"),
    Concept.PERIMETER: Code("131191004", "SCT", "Perimeter"),
    Concept.ACROSS: Code("across", "99LIGHTBOX", "Along the rows of the region"),
    Concept.DOWN: Code("down", "99LIGHTBOX", "Along the columns of the region"),
}
_COBB = Code("285285000", "SCT", "Cobb angle")
_DERIVATIONS = {
    Concept.MEAN: Code("373098007", "SCT", "Mean"),
    Concept.DEVIATION: Code("386136009", "SCT", "Standard Deviation"),
    Concept.LOWEST: Code("255605001", "SCT", "Minimum"),
    Concept.HIGHEST: Code("56851009", "SCT", "Maximum"),
}


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


def write_emptied_report(previous: Sequence[bytes], *, moment: datetime, number: int = 1) -> bytes:
    """A report without any measurement that takes the place of our earlier ones, as Part 10 bytes.

    TID 1500 allows a container of measurements that holds none (PS3.16, its rows 6 to 9 are not mandatory).
    """
    earlier = [read(one) for one in previous]
    document = earlier[-1]
    document.PredecessorDocumentsSequence = _predecessors(earlier)
    document.SeriesInstanceUID, document.SOPInstanceUID = new_uid(), new_uid()
    document.file_meta.MediaStorageSOPInstanceUID = document.SOPInstanceUID
    document.InstanceNumber = number
    for item in document.ContentSequence:
        if code(item, "ConceptNameCodeSequence") == _MEASUREMENTS and "ContentSequence" in item:
            del item.ContentSequence
    return finish(document, moment, DESCRIPTION)


def _predecessors(earlier: Sequence[Dataset]) -> list[Dataset]:
    """One item for each study, in it one for each series (PS3.3 C.17.2)."""
    studies: dict[str, Dataset] = {}
    for one in earlier:
        study = studies.setdefault(one.StudyInstanceUID, Dataset())
        study.StudyInstanceUID = one.StudyInstanceUID
        series, sop = Dataset(), Dataset()
        series.SeriesInstanceUID = one.SeriesInstanceUID
        sop.ReferencedSOPClassUID, sop.ReferencedSOPInstanceUID = one.SOPClassUID, one.SOPInstanceUID
        series.ReferencedSOPSequence = [sop]
        study.ReferencedSeriesSequence = [*study.get("ReferencedSeriesSequence", ()), series]
    return list(studies.values())


def _group(item: SavedAnnotation, sources: Sources) -> Any:
    annotation, result = item.annotation, item.measurement
    if result is None or not result.quantities or not annotation.is_complete or annotation.kind in UNMEASURED:
        return None
    image = sources.dataset(annotation.ref)
    frame = sources.frames_of(annotation.ref)
    region = sr.SourceImageForRegion(
        image.SOPClassUID, image.SOPInstanceUID, [frame] if frame is not None else None)
    shapes = [(shape.value, np.array(points, dtype=np.float64)) for shape, points in outlines(annotation)]
    tracking = sr.TrackingIdentifier(uid=item.tracking_uid, identifier=tracking_id(annotation))
    modality = str(image.get("Modality") or "")
    if annotation.is_area:
        return sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            tracking_identifier=tracking,
            referenced_region=sr.ImageRegion(*shapes[0], region),
            measurements=[_measurement(quantity, annotation.kind, modality) for quantity in result.quantities],
        )
    drawn = [sr.CoordinatesForMeasurement(*shape, region) for shape in shapes]
    each = annotation.kind is AnnotationKind.BIDIRECTIONAL      # its numbers belong to one line each
    return sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=tracking,
        measurements=[
            _measurement(quantity, annotation.kind, modality, drawn[number:number + 1] if each else
                         drawn if number == 0 else None)
            for number, quantity in enumerate(result.quantities)],
    )


def _measurement(
    quantity: Quantity, kind: AnnotationKind, modality: str, coordinates: list[Any] | None = None
) -> Any:
    concept = quantity.concept
    if concept is Concept.ANGLE and kind is AnnotationKind.COBB:
        name = _COBB
    else:
        name = _CONCEPTS.get(concept) or _value_name(quantity.unit, modality)
    return sr.Measurement(
        name=name, value=float(quantity.value), unit=_unit(quantity.unit), derivation=_DERIVATIONS.get(concept),
        referenced_coordinates=coordinates or None)


def _value_name(unit: str, modality: str) -> Code:
    known = {"HU": _ATTENUATION, "SUVbw": _SUV}
    return known.get(unit, _MR_SIGNAL if modality == "MR" else _PIXEL_VALUE)


def _unit(unit: str) -> Code:
    return _UNITS.get(unit, _NO_UNIT if not unit else Code(f"{{{unit}}}", "UCUM", unit))
