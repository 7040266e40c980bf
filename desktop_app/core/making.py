"""Making DICOM of other files: what a file would become in a study, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop_app.core.study import Study

MOST_BYTES = 512 * 2**20


class FileKind(StrEnum):
    """What a file that is no DICOM holds, by its first bytes."""

    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    PDF = "PDF"
    MP4 = "MP4"

    @property
    def is_picture(self) -> bool:
        return self in (FileKind.JPEG, FileKind.PNG, FileKind.TIFF)


class PictureUse(StrEnum):
    """What a picture is, and so which SOP Class it becomes."""

    SECONDARY_CAPTURE = "secondary capture"     # PS3.3 A.8
    PHOTOGRAPH = "photograph"                   # PS3.3 A.32.4, VL Photographic Image


MAKEABLE_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".pdf", ".mp4", ".m4v", ".mov"}
)


def is_makeable(path: Path) -> bool:
    """Whether a file may become DICOM, by its name; its bytes decide when it is read."""
    return path.suffix.lower() in MAKEABLE_ENDINGS


@dataclass(frozen=True, slots=True)
class FileToMake:
    """One file; `path` names it. What was pasted has no file: `read` gives its bytes, on whatever thread."""

    path: Path
    read: Callable[[], bytes] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class MakePlan:
    """What one file would become. `refusal` says in a sentence why it cannot; `how` how its content is kept.

    `frames`, `rows` and `columns` are 0 for a document; `pages` 0 for everything else.
    """

    file: FileToMake
    kind: FileKind | None = None
    sop_class: str = ""             # in words
    how: str = ""
    frames: int = 0
    rows: int = 0
    columns: int = 0
    pages: int = 0
    bits: int = 0
    size: int = 0
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class MakeForm:
    """What the person adds: it is written as it stands. `description` is the Series Description."""

    description: str = ""
    use: PictureUse = PictureUse.SECONDARY_CAPTURE
    title: str = ""                 # Document Title (0042,0010)


@dataclass(frozen=True, slots=True)
class StudyContext:
    """The attributes of patient and study that every object of a study shares, as the archive has them (PS3.3 C.7.1,
    C.7.2). Person names with all groups, `Alphabetic=Ideographic=Phonetic`."""

    study_instance_uid: str
    patient_name: str = ""
    patient_id: str = ""
    issuer_of_patient_id: str = ""
    patient_birth_date: str = ""
    patient_sex: str = ""
    study_date: str = ""
    study_time: str = ""
    study_id: str = ""
    accession_number: str = ""
    referring_physician: str = ""
    description: str = ""

    @classmethod
    def of(cls, study: Study) -> StudyContext:
        """What a search has told of it."""
        def raw(name: object) -> str:
            groups = [getattr(name, part) for part in ("alphabetic", "ideographic", "phonetic")]
            return "=".join(groups).rstrip("=")

        return cls(
            study.study_instance_uid, raw(study.patient_name), study.patient_id, "", study.patient_birth_date,
            study.patient_sex, study.study_date, study.study_time, "", study.accession_number,
            raw(study.referring_physician), study.description,
        )
