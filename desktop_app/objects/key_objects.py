"""Key objects (PS3.3 A.35.4, TID 2010): which images matter, written and read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import highdicom
import pydicom
from highdicom import ko, sr
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import KeyImages
from desktop_app.core.words import say
from desktop_app.objects.attributes import MANUFACTURER, code, head_of, items, meaning, person, text
from desktop_app.objects.references import Evidence
from desktop_app.objects.sources import DEVICE_UID, MODEL, Sources, as_person, finish, new_uid

assert highdicom and pydicom

DESCRIPTION = "Key images"
_SERIES_NUMBER = 9003
_DESCRIPTION, _OBSERVER = ("113012", "DCM"), ("121008", "DCM")


def write_key_images(
    refs: Sequence[FrameRef], sources: Sources, *, author: str = "", moment: datetime, description: str = "",
    series_instance_uid: str = "", number: int = 1,
) -> bytes:
    """A Key Object Selection Document with the title Of Interest, as Part 10 bytes. `refs` must not be empty.

    Frames of one image become one reference with all their numbers.
    """
    images = sources.datasets(refs)
    person_context = None
    if author:
        person_context = sr.ObserverContext(
            codes.DCM.Person, sr.PersonObserverIdentifyingAttributes(name=as_person(author)))
    device = sr.ObserverContext(
        codes.DCM.Device,
        sr.DeviceObserverIdentifyingAttributes(
            uid=DEVICE_UID, name=MODEL, manufacturer_name=MANUFACTURER, model_name=MODEL))
    content = ko.KeyObjectSelection(
        document_title=codes.DCM.OfInterest, referenced_objects=images, observer_person_context=person_context,
        observer_device_context=device, description=description or None)
    document = ko.KeyObjectSelectionDocument(
        evidence=images, content=content, series_instance_uid=series_instance_uid or new_uid(),
        series_number=_SERIES_NUMBER, sop_instance_uid=new_uid(), instance_number=number, manufacturer=MANUFACTURER)
    _name_frames(document, refs, sources)
    return finish(document, moment, DESCRIPTION)


def _name_frames(document: Dataset, refs: Sequence[FrameRef], sources: Sources) -> None:
    for item in document.ContentSequence:
        if item.get("ValueType") != "IMAGE":
            continue
        item.pop("ConceptNameCodeSequence", None)       # TID 2010, row 8: an image has no purpose of reference
        sop = item.ReferencedSOPSequence[0]
        frames = [number for ref in refs if ref.sop_instance_uid == sop.ReferencedSOPInstanceUID
                  and (number := sources.frames_of(ref)) is not None]
        if frames:
            sop.ReferencedFrameNumber = frames if len(frames) > 1 else frames[0]


def read_key_images(dataset: Dataset) -> KeyImages:
    """Which images it points to. Never raises for odd content."""
    evidence = Evidence(dataset)
    refs: list[FrameRef] = []
    description = author = ""
    for item in items(dataset, "ContentSequence"):
        concept = code(item, "ConceptNameCodeSequence")
        for sop in items(item, "ReferencedSOPSequence"):
            refs += evidence.refs(sop)
        if concept == _DESCRIPTION:
            description = text(item, "TextValue")
        elif concept == _OBSERVER:
            author = person(text(item, "PersonName"))
    if not refs:                    # some point only in their evidence
        for keyword in ("CurrentRequestedProcedureEvidenceSequence",):
            for study in items(dataset, keyword):
                for series in items(study, "ReferencedSeriesSequence"):
                    for sop in items(series, "ReferencedSOPSequence"):
                        refs += evidence.refs(sop)
    remarks = () if refs else (say("objects", "This key object points to no image."),)
    title = meaning(dataset, "ConceptNameCodeSequence")
    return KeyImages(head_of(dataset, author=author, title=title, remarks=remarks), tuple(refs), description)
