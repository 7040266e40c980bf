"""MediaDirectory: the DICOMDIR of a media folder (PS3.3 F, PS3.10 8)."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.fileset import FileSet
from pydicom.uid import ExplicitVRLittleEndian

from desktop_app.core.errors import DamagedDicom
from desktop_app.core.words import say

# What a directory record must have (PS3.3 F.5), and what stands in where an object lacks it.
_INVENTED = {
    "PatientID": "UNKNOWN", "StudyDate": "19000101", "StudyTime": "000000", "StudyID": "1", "Modality": "OT",
    "SeriesNumber": 1, "InstanceNumber": 1, "ContentDate": "19000101", "ContentTime": "000000",
    "StudyInstanceUID": "", "SeriesInstanceUID": "",
}
_KEPT = (*_INVENTED, "PatientName", "AccessionNumber", "StudyDescription", "SpecificCharacterSet", "ContentLabel",
         "ContentDescription", "ContentCreatorName", "PresentationCreationDate", "PresentationCreationTime",
         "CompletionFlag", "VerificationFlag", "ConceptNameCodeSequence", "ReferencedSeriesSequence",
         "StructureSetLabel", "StructureSetDate", "RTPlanLabel", "RTPlanDate", "DocumentTitle", "HL7InstanceIdentifier",
         "MIMETypeOfEncapsulatedDocument", "VerificationDateTime", "DoseSummationType", "Rows", "Columns")


class MediaDirectory:
    """Collects headers; the directory is made of stand-ins without pixels, the real files are written elsewhere."""

    def __init__(self) -> None:
        self._set = FileSet()

    def add(self, data: bytes) -> None:
        """Takes an instance in. Raises DamagedDicom for one that cannot be listed."""
        try:
            header = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True)
            self._set.add(_stand_in(header))
        except (ValueError, KeyError, AttributeError) as error:
            raise DamagedDicom(
                say(
                    "objects", "An object cannot be listed in a DICOMDIR, because it lacks what a directory "
                    "asks for. Export it as a plain folder."), detail=type(error).__name__) from error

    def places(self) -> dict[str, tuple[str, ...]]:
        """SOP Instance UID → the components of its file ID."""
        return {instance.SOPInstanceUID: tuple(Path(instance.FileID).parts) for instance in self._set}

    def data(self) -> bytes:
        """The DICOMDIR file."""
        with tempfile.TemporaryDirectory(prefix="lightbox-media-") as folder:
            self._set.write(folder)
            return (Path(folder) / "DICOMDIR").read_bytes()

    def close(self) -> None:
        self._set.clear()


def _stand_in(header: FileDataset) -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = header.SOPClassUID, header.SOPInstanceUID
    for keyword in _KEPT:
        if keyword in header:
            made[keyword] = header[keyword]
    for keyword, value in _INVENTED.items():
        if made.get(keyword) in (None, ""):
            setattr(made, keyword, value)
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = header.file_meta.get("TransferSyntaxUID", ExplicitVRLittleEndian)
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    return made
