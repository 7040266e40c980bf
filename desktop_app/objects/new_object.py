"""What every object that we make has: patient, study, series, equipment, general attributes (PS3.3 C.7, C.12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.core.making import StudyContext

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_TEXT = 64          # of LO


def new_uid() -> str:
    """A UID below 2.25 made of a random UUID (PS3.5 B.2): digits and dots, nothing of the patient or this computer."""
    import pydicom

    return str(pydicom.uid.generate_uid(prefix=None))


def new_object(
    context: StudyContext, *, sop_class_uid: str, transfer_syntax_uid: str, modality: str, series_instance_uid: str,
    series_number: int, instance_number: int, description: str, now: datetime,
) -> Dataset:
    """A data set with file meta information and everything but its own content."""
    import pydicom
    from pydicom.dataset import Dataset, FileMetaDataset

    dataset, meta = Dataset(), FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID = pydicom.uid.UID(sop_class_uid)
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = pydicom.uid.UID(new_uid())
    meta.TransferSyntaxUID = pydicom.uid.UID(transfer_syntax_uid)
    dataset.file_meta = meta
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.InstanceCreationDate, dataset.InstanceCreationTime = _date(now), _time(now)

    dataset.PatientName, dataset.PatientID = context.patient_name, context.patient_id
    if context.issuer_of_patient_id:
        dataset.IssuerOfPatientID = context.issuer_of_patient_id
    dataset.PatientBirthDate, dataset.PatientSex = context.patient_birth_date, context.patient_sex
    dataset.StudyInstanceUID, dataset.StudyID = context.study_instance_uid, context.study_id
    dataset.StudyDate, dataset.StudyTime = context.study_date, context.study_time
    dataset.AccessionNumber = context.accession_number
    dataset.ReferringPhysicianName = context.referring_physician
    if context.description:
        dataset.StudyDescription = context.description

    dataset.Modality, dataset.SeriesInstanceUID = modality, series_instance_uid
    dataset.SeriesNumber, dataset.InstanceNumber = series_number, instance_number
    dataset.SeriesDate, dataset.SeriesTime = _date(now), _time(now)
    if description:
        dataset.SeriesDescription = description[:_TEXT]
    dataset.Manufacturer, dataset.ManufacturerModelName = "Lightbox", "Lightbox"
    dataset.SoftwareVersions = __version__
    return dataset


def add_content_time(dataset: Dataset, now: datetime) -> None:
    """General Image Module: when the content came about, as far as we know."""
    dataset.ContentDate, dataset.ContentTime = _date(now), _time(now)


def _date(now: datetime) -> str:
    return now.strftime("%Y%m%d")


def _time(now: datetime) -> str:
    return now.strftime("%H%M%S")
