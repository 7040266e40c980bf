"""Opening any object that is no image: by its SOP class, and where that says nothing, by what is in it."""

from __future__ import annotations

import pydicom
from pydicom.dataset import Dataset

from desktop_app.core.study_object import OtherObject, StudyObject
from desktop_app.core.words import say, t
from desktop_app.objects.attributes import head_of, items, meaning, number, read, text
from desktop_app.objects.documents import read_document
from desktop_app.objects.key_objects import read_key_images
from desktop_app.objects.plain_level import plain_level
from desktop_app.objects.presentation_state import read_presentation
from desktop_app.objects.read_report import read_report
from desktop_app.objects.registration import registration_facts
from desktop_app.objects.waveforms import read_waveforms

assert pydicom

_STORAGE = "1.2.840.10008.5.1.4.1.1."
_KEY_OBJECTS = _STORAGE + "88.59"
_KEY_IMAGES, _REPORT, _PRESENTATION = "key images", "reports", "presentation states"
_DOCUMENT, _WAVEFORMS = "documents", "waveforms"
_KINDS = (("88.", _REPORT), ("11.", _PRESENTATION), ("104.", _DOCUMENT), ("9.", _WAVEFORMS))
# Sequences worth a line on a card: (keyword, heading, where an item's name stands).
_LISTS = (
    ("StructureSetROISequence", t("objects", "Structures"), "ROIName"),
    ("SegmentSequence", t("objects", "Segments"), "SegmentLabel"),
    ("BeamSequence", t("objects", "Beams"), "BeamName"),
    ("FractionGroupSequence", t("objects", "Fraction groups"), "FractionGroupNumber"),
    ("AnnotationGroupSequence", t("objects", "Annotation groups"), "AnnotationGroupLabel"),
    ("HangingProtocolDefinitionSequence", t("objects", "Hanging protocol for"), "Modality"),
)
_TEXTS = (
    ("StructureSetLabel", t("objects", "Label")),
    ("RTPlanLabel", t("objects", "Label")),
    ("ContentLabel", t("objects", "Label")),
    ("HangingProtocolName", t("objects", "Name")),
    ("PaletteColorLookupTableUID", t("objects", "Palette")),
    ("Manufacturer", t("objects", "Made by")),
    ("ManufacturerModelName", t("objects", "Model")),
    ("ContentDescription", t("objects", "Description")),
    ("NumberOfFrames", t("objects", "Frames")),
)
_MOST_NAMES = 12


def open_object(data: bytes) -> StudyObject:
    """The object as it can be shown. Raises NotDicom or DamagedDicom; anything that is DICOM is at least a card."""
    plain = plain_level(data, _is_report)
    if plain is not None and _is_report(text(plain, "SOPClassUID")):
        return read_report(plain)
    return open_dataset(read(data))


def open_dataset(dataset: Dataset) -> StudyObject:
    kind = kind_of_class(text(dataset, "SOPClassUID"))
    if kind == _KEY_IMAGES:
        return read_key_images(dataset)
    if kind == _REPORT or ("ContentSequence" in dataset and "ValueType" in dataset):
        return read_report(dataset)
    if kind == _PRESENTATION:
        return read_presentation(dataset)
    if kind == _DOCUMENT or "EncapsulatedDocument" in dataset:
        return read_document(dataset)
    if kind == _WAVEFORMS or "WaveformSequence" in dataset:
        return read_waveforms(dataset)
    return OtherObject(head_of(dataset, title=_title(dataset)), _facts(dataset))


def _is_report(sop_class_uid: str) -> bool:
    return kind_of_class(sop_class_uid) == _REPORT


def kind_of_class(sop_class_uid: str) -> str:
    """As what objects of a class without images are opened; a card with their facts where nothing else fits."""
    if sop_class_uid == _KEY_OBJECTS:
        return _KEY_IMAGES
    return next((kind for prefix, kind in _KINDS if sop_class_uid.startswith(_STORAGE + prefix)), "cards")


def what_it_opens_as(found: StudyObject) -> str:
    """One or two words for tables: `document`, `waveforms` …"""
    return {"Report": "document", "Presentation": "presentation state", "KeyImages": "key images", "PdfDocument": "PDF",
            "Waveforms": "waveforms"}.get(type(found).__name__, "card")


def _title(dataset: Dataset) -> str:
    return next((found for keyword, _ in _TEXTS[:4] if (found := text(dataset, keyword))), "") or text(
        dataset, "SeriesDescription")


def _facts(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    found = [(say("objects", name), text(dataset, keyword)) for keyword, name in _TEXTS if text(dataset, keyword)]
    for keyword, name, inner in _LISTS:
        listed = items(dataset, keyword)
        if listed:
            names = [text(item, inner) or meaning(item, "SegmentedPropertyTypeCodeSequence") for item in listed]
            shown = ", ".join(one for one in names[:_MOST_NAMES] if one)
            more = "" if len(names) <= _MOST_NAMES else say("objects", " and {count} more").format(
                count=len(names) - _MOST_NAMES)
            found.append((say("objects", name), f"{len(listed)}" + (f": {shown}{more}" if shown else "")))
    found += registration_facts(dataset)
    dose = number(dataset, "DoseGridScaling")
    if dose is not None:
        found.append((say("objects", "Dose grid scaling"), f"{dose:g}"))
    return tuple(dict.fromkeys(found))
