"""Sources: the images that new objects point to, and how new objects identify themselves."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

import pydicom
from pydicom.dataset import Dataset

from desktop_app import __version__
from desktop_app.core.errors import DamagedDicom
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say
from desktop_app.objects.attributes import MANUFACTURER, Level, items, number, text

assert pydicom

DEVICE_UID = "2.25.220117392839250177402518734620955316137"       # of this program as an observer
MODEL = "Lightbox"
_OF_PATIENT_AND_STUDY = (
    "PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyInstanceUID", "StudyID",
    "StudyDate", "StudyTime", "StudyDescription", "AccessionNumber", "ReferringPhysicianName", "IssuerOfPatientID",
    "PatientAge", "PatientWeight", "PatientSize",
)
_OF_IMAGE = ("Rows", "Columns", "NumberOfFrames", "FrameOfReferenceUID", "SeriesInstanceUID", "Modality",
             "PositionReferenceIndicator", "ImageType", "PhotometricInterpretation", "SamplesPerPixel", "BitsStored",
             "PixelRepresentation", "RescaleSlope", "RescaleIntercept", "RescaleType")
_NAMES = frozenset({"PatientName", "ReferringPhysicianName"})
_ALWAYS_THERE = ("PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyID", "StudyDate", "StudyTime",
                 "AccessionNumber", "ReferringPhysicianName")


Rescale = tuple[float, float, str]       # slope, intercept, what the result is


def new_uid() -> str:
    """A UID that nobody else has (PS3.5 B.2)."""
    return f"2.25.{uuid.uuid4().int}"


def as_person(name: str) -> str:
    """A name as it is spoken → PN: the last word is the family name."""
    *given, family = name.split() or [""]
    return f"{family}^{' '.join(given)}" if given else family


class Sources:
    """Data sets for images that objects point to.

    One header of each series speaks for its images (`headers` by Series Instance UID); of the others only their UIDs
    and SOP classes are known (`classes` by SOP Instance UID), which is all that a reference holds. Raises DamagedDicom
    for a header that does not say what it is.
    """

    def __init__(self, headers: Mapping[str, Dataset], classes: Mapping[str, str]) -> None:
        self._headers, self._classes = headers, classes
        if not all(one.get("SOPClassUID") and one.get("StudyInstanceUID") for one in headers.values()):
            raise DamagedDicom(say(
                "objects", "The image does not say what it is, so nothing can be stored that points to it."))

    def _header(self, ref: FrameRef) -> Dataset:
        return self._headers.get(ref.series_instance_uid) or next(iter(self._headers.values()))

    def dataset(self, ref: FrameRef) -> Dataset:
        """A stand-in for the image of a frame, with all that a reference needs."""
        found, header = Dataset(), self._header(ref)
        for keyword in (*_OF_PATIENT_AND_STUDY, *_OF_IMAGE):
            if keyword in header:
                value = header[keyword].value
                setattr(found, keyword, str(value) if keyword in _NAMES else value)     # names: written as UTF-8 later
        found.SpecificCharacterSet = "ISO_IR 192"
        for keyword in _ALWAYS_THERE:
            if keyword not in found:
                setattr(found, keyword, "")
        found.SOPInstanceUID = ref.sop_instance_uid
        found.SeriesInstanceUID = ref.series_instance_uid
        found.SOPClassUID = self._classes.get(ref.sop_instance_uid) or header.SOPClassUID
        if "Rows" not in found:
            found.Rows = found.Columns = 1
        return found

    def datasets(self, refs: Sequence[FrameRef]) -> list[Dataset]:
        """One for each instance."""
        return [self.dataset(ref) for ref in {ref.sop_instance_uid: ref for ref in refs}.values()]

    def rescales(self, refs: Sequence[FrameRef]) -> frozenset[Rescale | None]:
        """The lines from stored to modality values of these frames, None for one that has none: in its own functional
        groups, the shared ones, or at the top (PS3.3 C.7.6.16.2.9)."""
        found: set[Rescale | None] = set()
        for ref in refs:
            header = self._header(ref)
            groups = [*items(header, "SharedFunctionalGroupsSequence")[:1]]
            if text(header, "SOPInstanceUID") == ref.sop_instance_uid:
                own = items(header, "PerFrameFunctionalGroupsSequence")[ref.frame_number - 1 : ref.frame_number]
                groups = [*own, *groups]
            macros = [macro for group in groups for macro in items(group, "PixelValueTransformationSequence")[:1]]
            found.add(next((line for level in (*macros, header) if (line := _line(level)) is not None), None))
        return frozenset(found)

    def frames_of(self, ref: FrameRef) -> int | None:
        """The frame number to point to; None for an image that has but one frame and no number."""
        return ref.frame_number if ref.frame_number > 1 or "NumberOfFrames" in self._header(ref) else None


def _line(level: Level) -> Rescale | None:
    slope, intercept = number(level, "RescaleSlope"), number(level, "RescaleIntercept")
    return None if slope is None or intercept is None else (slope, intercept, text(level, "RescaleType") or "US")


def finish(dataset: Dataset, moment: datetime, description: str) -> bytes:
    """What every object of ours says of itself, as Part 10 bytes."""
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.Manufacturer = MANUFACTURER
    dataset.ManufacturerModelName = MODEL
    dataset.SoftwareVersions = __version__
    dataset.DeviceSerialNumber = dataset.get("DeviceSerialNumber") or "1"
    dataset.SeriesDescription = description
    dataset.SeriesDate = dataset.InstanceCreationDate = moment.strftime("%Y%m%d")
    dataset.SeriesTime = dataset.InstanceCreationTime = moment.strftime("%H%M%S")
    if dataset.get("Modality") == "PR" and "Laterality" not in dataset:
        dataset.Laterality = ""             # of type 2C, and nothing tells that the part is not paired
    dataset.TimezoneOffsetFromUTC = moment.strftime("%z") if moment.tzinfo is not None else "+0000"
    for keyword in ("ContentDate", "PresentationCreationDate"):
        if keyword in dataset:
            setattr(dataset, keyword, moment.strftime("%Y%m%d"))
    for keyword in ("ContentTime", "PresentationCreationTime"):
        if keyword in dataset:
            setattr(dataset, keyword, moment.strftime("%H%M%S.%f"))
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()
