"""What the tour drops on the window: a folder of a new study, with two files that are no images."""

from __future__ import annotations

import time
from pathlib import Path

from desktop_app.resources import resource_path

DROPPED_IMAGES = 3
TOUR_ACCESSION = "TOUR" + time.strftime("%H%M%S")


def make_drop(folder: Path) -> Path:
    """A folder as people drop them: three images of a new study, a text file, and an image that breaks off."""
    import pydicom
    from pydicom.uid import generate_uid

    folder.mkdir(parents=True, exist_ok=True)
    source = next(path for path in sorted(resource_path("samples").rglob("*.dcm")) if _is_single_ct(path))
    study_uid, series_uid = generate_uid(), generate_uid()
    for number in range(1, DROPPED_IMAGES + 1):
        dataset = pydicom.dcmread(source)
        dataset.PatientName, dataset.PatientID, dataset.AccessionNumber = (
            "Tour^Upload",
            "TOUR",
            TOUR_ACCESSION,
        )
        dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study_uid, series_uid
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.InstanceNumber = number
        x, y, z = dataset.ImagePositionPatient
        dataset.ImagePositionPatient = [x, y, z + 5 * number]
        dataset.save_as(folder / f"image-{number}.dcm")
    (folder / "notes.txt").write_text("Not an image.", encoding="utf-8")
    whole = (folder / "image-1.dcm").read_bytes()
    (folder / "cut-off.dcm").write_bytes(whole[:700])
    return folder


def make_prior(folder: Path, patient_id: str, study_date: str) -> bool:
    """An earlier CT of a patient of the samples, in a frame of reference of its own, as another visit gives it.

    False where the samples hold no such patient.
    """
    import pydicom
    from pydicom.uid import generate_uid

    sources = [path for path in sorted(resource_path("samples").rglob("*.dcm")) if _is_single_ct(path)]
    sources = [path for path in sources if pydicom.dcmread(path, stop_before_pixels=True).PatientID == patient_id]
    folder.mkdir(parents=True, exist_ok=True)
    study_uid, series_uid, place_uid = generate_uid(), generate_uid(), generate_uid()
    earlier = f"{int(study_date[:4]) - 1}{study_date[4:6]}01"
    for number, source in enumerate(sources):
        dataset = pydicom.dcmread(source)
        dataset.StudyDate = dataset.SeriesDate = earlier
        dataset.StudyDescription, dataset.AccessionNumber = "Earlier visit", f"{TOUR_ACCESSION}P"
        dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study_uid, series_uid
        dataset.FrameOfReferenceUID = place_uid
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.save_as(folder / f"{number:04d}.dcm")
    return bool(sources)


def _is_single_ct(path: Path) -> bool:
    import pydicom

    header = pydicom.dcmread(
        path, stop_before_pixels=True, specific_tags=["Modality", "NumberOfFrames", "ImagePositionPatient"]
    )
    return (
        header.get("Modality") == "CT" and "NumberOfFrames" not in header and "ImagePositionPatient" in header
    )
