"""Study, Series and Instance from one object of a search answer (PS3.18 10.6.3.3)."""

from __future__ import annotations

from desktop_app.core.study import Instance, Series, Study
from desktop_app.dicomweb.dicom_json import TAGS, DicomJsonDataset

# What each row needs. Asked for by name, because servers leave even the standard's default attributes out.
STUDY_FIELDS: tuple[str, ...] = (
    "StudyDescription", "InstitutionName", "ModalitiesInStudy", "ReferringPhysicianName",
    "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances",
)
SERIES_FIELDS: tuple[str, ...] = (
    "SeriesDescription", "BodyPartExamined", "Laterality", "SeriesDate", "SeriesTime", "NumberOfSeriesRelatedInstances",
)
INSTANCE_FIELDS: tuple[str, ...] = (
    "SOPClassUID", "InstanceNumber", "NumberOfFrames", "Rows", "Columns", "ImagePositionPatient",
    "ImageOrientationPatient", "FrameOfReferenceUID", "ImageType", "AcquisitionNumber", "DiffusionBValue",
    "EchoNumbers", "EchoTime", "TemporalPositionIdentifier", "TriggerTime", "AcquisitionTime", "ContentTime",
    "ImageLaterality", "ViewPosition", "PatientOrientation",
)


def study_from_json(data: DicomJsonDataset) -> Study | None:
    """The study of a search row; None when it has no UID and therefore cannot be opened."""
    uid = _uid(data, "StudyInstanceUID")
    if not uid:
        return None
    modalities = _texts(data, "ModalitiesInStudy") or _texts(data, "Modality")
    return Study(
        study_instance_uid=uid,
        patient_name=data.person_name(TAGS["PatientName"]),
        patient_id=_text(data, "PatientID"),
        patient_birth_date=_date(data, "PatientBirthDate"),
        patient_sex=_text(data, "PatientSex").upper(),
        study_date=_date(data, "StudyDate"),
        study_time=_time(data, "StudyTime"),
        modalities=tuple(dict.fromkeys(value.upper() for value in modalities)),
        description=_text(data, "StudyDescription"),
        accession_number=_text(data, "AccessionNumber"),
        referring_physician=data.person_name(TAGS["ReferringPhysicianName"]),
        institution=_text(data, "InstitutionName"),
        series_count=_count(data, "NumberOfStudyRelatedSeries"),
        instance_count=_count(data, "NumberOfStudyRelatedInstances"),
        name_is_spoiled=_is_spoiled(data),
    )


def series_from_json(data: DicomJsonDataset, study_uid: str = "") -> Series | None:
    """The series of a search row; None without a UID. `study_uid` stands in where the row leaves it out."""
    uid = _uid(data, "SeriesInstanceUID")
    if not uid:
        return None
    return Series(
        study_instance_uid=_uid(data, "StudyInstanceUID") or study_uid,
        series_instance_uid=uid,
        modality=_text(data, "Modality").upper(),
        number=data.int(TAGS["SeriesNumber"]),
        description=_text(data, "SeriesDescription"),
        body_part=_text(data, "BodyPartExamined"),
        laterality=_text(data, "Laterality").upper(),
        date=_date(data, "SeriesDate"),
        time=_time(data, "SeriesTime"),
        instance_count=_count(data, "NumberOfSeriesRelatedInstances"),
    )


def instance_from_json(data: DicomJsonDataset, study_uid: str = "", series_uid: str = "") -> Instance | None:
    """The instance of a search row or of metadata; None without a UID."""
    uid = _uid(data, "SOPInstanceUID")
    if not uid:
        return None
    position = data.floats(TAGS["ImagePositionPatient"])
    orientation = data.floats(TAGS["ImageOrientationPatient"])
    return Instance(
        study_instance_uid=_uid(data, "StudyInstanceUID") or study_uid,
        series_instance_uid=_uid(data, "SeriesInstanceUID") or series_uid,
        sop_instance_uid=uid,
        sop_class_uid=_uid(data, "SOPClassUID"),
        number=data.int(TAGS["InstanceNumber"]),
        frames=max(1, data.int(TAGS["NumberOfFrames"]) or 1),
        rows=_count(data, "Rows"),
        columns=_count(data, "Columns"),
        image_position=(position[0], position[1], position[2]) if len(position) == 3 else None,
        image_orientation=(
            (orientation[0], orientation[1], orientation[2], orientation[3], orientation[4], orientation[5])
            if len(orientation) == 6 else None
        ),
        frame_of_reference_uid=_uid(data, "FrameOfReferenceUID"),
        image_type=_texts(data, "ImageType"),
        acquisition_number=data.int(TAGS["AcquisitionNumber"]),
        transfer_syntax_uid=_uid(data, "AvailableTransferSyntaxUID"),
        b_value=_number(data, "DiffusionBValue"),
        echo_number=data.int(TAGS["EchoNumbers"]),
        echo_time_ms=_number(data, "EchoTime"),
        temporal_position=data.int(TAGS["TemporalPositionIdentifier"]),
        trigger_time_ms=_number(data, "TriggerTime"),
        acquisition_time=_time(data, "AcquisitionTime"),
        content_time=_time(data, "ContentTime"),
        laterality=_text(data, "ImageLaterality").strip().upper(),
        view_position=_text(data, "ViewPosition").strip().upper(),
        patient_orientation=_texts(data, "PatientOrientation"),
    )


def _is_spoiled(data: DicomJsonDataset) -> bool:
    """Whether the server lost letters of the name: groups of nothing but carets, or signs that stand for a letter."""
    value = next(iter(data.element(TAGS["PatientName"]).values), None)
    groups = [str(group) for group in value.values()] if isinstance(value, dict) else [str(value or "")]
    return any(group and (not group.strip("^ ") or "\ufffd" in group or "??" in group) for group in groups)


def _text(data: DicomJsonDataset, keyword: str) -> str:
    return data.text(TAGS[keyword])


def _texts(data: DicomJsonDataset, keyword: str) -> tuple[str, ...]:
    """Values of a multi-valued text; a server that joins them with a backslash is understood as well."""
    joined = "\\".join(data.texts(TAGS[keyword]))
    return tuple(part.strip() for part in joined.split("\\")) if joined.strip("\\ ") else ()


def _uid(data: DicomJsonDataset, keyword: str) -> str:
    return _text(data, keyword).strip("\0 ")


def _number(data: DicomJsonDataset, keyword: str) -> float | None:
    values = data.floats(TAGS[keyword])
    return values[0] if len(values) == 1 else None


def _count(data: DicomJsonDataset, keyword: str) -> int | None:
    number = data.int(TAGS[keyword])
    return number if number is not None and number >= 0 else None


def _date(data: DicomJsonDataset, keyword: str) -> str:
    """`YYYYMMDD`; the ISO and ACR-NEMA ways (`2020-01-31`, `2020.01.31`) are read as well, anything else is nothing."""
    digits = _text(data, keyword).replace("-", "").replace(".", "")[:8]
    return digits if len(digits) == 8 and digits.isascii() and digits.isdigit() else ""


def _time(data: DicomJsonDataset, keyword: str) -> str:
    text = _text(data, keyword).replace(":", "")
    return text if text[:2].isdigit() else ""
