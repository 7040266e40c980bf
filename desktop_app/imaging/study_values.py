"""A dataset's Study, Series and Instance, as the archive's search would have told them."""

from __future__ import annotations

import re

from pydicom import Dataset

from desktop_app.core.person_name import PersonName
from desktop_app.core.study import Instance, Series, Study
from desktop_app.imaging.elements import Elements

_NOT_DIGITS = re.compile(r"[^0-9.]")


def study_from_dataset(dataset: Dataset) -> Study:
    """The study an object belongs to. Never raises: what cannot be read is empty."""
    return study_of(Elements(dataset))


def series_from_dataset(dataset: Dataset) -> Series:
    """The series an object belongs to. Never raises: what cannot be read is empty."""
    return series_of(Elements(dataset))


def instance_from_dataset(dataset: Dataset) -> Instance:
    """The object itself. Never raises: what cannot be read is empty, and one frame where no number is given."""
    return instance_of(Elements(dataset))


def study_of(elements: Elements) -> Study:
    modality = elements.text("Modality")
    return Study(
        study_instance_uid=elements.text("StudyInstanceUID"),
        patient_name=PersonName.parse(elements.text("PatientName")),
        patient_id=elements.text("PatientID"),
        patient_birth_date=date(elements.text("PatientBirthDate")),
        patient_sex=elements.text("PatientSex"),
        study_date=date(elements.text("StudyDate")),
        study_time=time(elements.text("StudyTime")),
        modalities=elements.texts("ModalitiesInStudy") or ((modality,) if modality else ()),
        description=elements.text("StudyDescription"),
        accession_number=elements.text("AccessionNumber"),
        referring_physician=PersonName.parse(elements.text("ReferringPhysicianName")),
        institution=elements.text("InstitutionName"),
    )


def series_of(elements: Elements) -> Series:
    return Series(
        study_instance_uid=elements.text("StudyInstanceUID"),
        series_instance_uid=elements.text("SeriesInstanceUID"),
        modality=elements.text("Modality"),
        number=elements.integer("SeriesNumber"),
        description=elements.text("SeriesDescription"),
        body_part=elements.text("BodyPartExamined"),
        laterality=elements.text("Laterality") or elements.text("ImageLaterality"),
        date=date(elements.text("SeriesDate")),
        time=time(elements.text("SeriesTime")),
    )


def instance_of(elements: Elements, transfer_syntax_uid: str = "") -> Instance:
    position, orientation = elements.numbers("ImagePositionPatient"), elements.numbers("ImageOrientationPatient")
    return Instance(
        study_instance_uid=elements.text("StudyInstanceUID"),
        series_instance_uid=elements.text("SeriesInstanceUID"),
        sop_instance_uid=elements.text("SOPInstanceUID"),
        sop_class_uid=elements.text("SOPClassUID"),
        number=elements.integer("InstanceNumber"),
        frames=declared_frames(elements),
        rows=elements.integer("Rows"),
        columns=elements.integer("Columns"),
        image_position=(position[0], position[1], position[2]) if len(position) == 3 else None,
        image_orientation=(orientation[0], orientation[1], orientation[2], orientation[3], orientation[4],
                           orientation[5]) if len(orientation) == 6 else None,
        frame_of_reference_uid=elements.text("FrameOfReferenceUID"),
        image_type=elements.texts("ImageType"),
        acquisition_number=elements.integer("AcquisitionNumber"),
        transfer_syntax_uid=transfer_syntax_uid or _transfer_syntax(elements.dataset),
    )


def declared_frames(elements: Elements) -> int:
    """Number of Frames, at least 1."""
    return max(1, elements.integer("NumberOfFrames") or 1)


def date(text: str) -> str:
    """DA as YYYYMMDD, also from the YYYY.MM.DD of ACR-NEMA; empty where it is neither."""
    digits = _NOT_DIGITS.sub("", text).replace(".", "")
    return digits[:8] if len(digits) >= 8 else ""


def time(text: str) -> str:
    """TM as HHMMSS.ffffff, also from HH:MM:SS."""
    return _NOT_DIGITS.sub("", text)


def _transfer_syntax(dataset: Dataset) -> str:
    meta = getattr(dataset, "file_meta", None)
    return Elements(meta).text("TransferSyntaxUID") if meta is not None else ""
