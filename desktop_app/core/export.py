"""Export: what leaves the program as files, in which form, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DicomForm(StrEnum):
    """How DICOM objects are laid down. What is inside is byte for byte what the archive holds."""

    FOLDER = "folder"
    ZIP = "zip"
    MEDIA = "media"             # with a DICOMDIR (PS3.10 8, PS3.11)


class PictureForm(StrEnum):
    """How a picture is written."""

    PNG = "png"
    JPEG = "jpg"
    TIFF = "tif"
    WEBP = "webp"


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How many of how many are written, and how many bytes. `place` is where the last one went."""

    done: int
    total: int
    nbytes: int = 0
    place: str = ""
