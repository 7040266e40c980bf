"""Finding what can be uploaded: walks files and folders, reads headers only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_app.core.upload import UploadItem, Verdict

_DICM_OFFSET = 128
_MEDIA_DIRECTORY = "1.2.840.10008.1.3.10"
_WANTED_TAGS = ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"]


def scan(paths: Iterable[Path]) -> Iterator[UploadItem]:
    """Every file below the paths, once, links not followed: with its UIDs, or with the verdict why it is not sent."""
    for path in files_below(paths):
        yield look_at(path)


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Files in a stable order; the folder of a DICOMDIR stands for the DICOMDIR.

    Folders that cannot be read are passed over.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.name.upper() == "DICOMDIR" and path.is_file():
            path = path.parent
        if path.is_file():
            found: Iterable[Path] = [path]
        else:
            found = (
                Path(folder) / name
                for folder, folders, names in os.walk(path)
                if folders.sort() is None
                for name in sorted(names)
            )
        for file in found:
            if file not in seen and not (file.is_symlink() and file not in paths):
                seen.add(file)
                yield file


def look_at(path: Path) -> UploadItem:
    """One file's header. Never raises: what cannot be read is a verdict."""
    import pydicom
    from pydicom.errors import InvalidDicomError

    item = UploadItem(path)
    try:
        item = UploadItem(path, size=path.stat().st_size)
        with path.open("rb") as file:
            head = file.read(_DICM_OFFSET + 4)
            if len(head) < _DICM_OFFSET + 4 or head[_DICM_OFFSET:] != b"DICM":
                return item.judged(Verdict.NOT_DICOM, _why_not_dicom(head))
            file.seek(0)
            dataset = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=_WANTED_TAGS)
        uids = [
            str(getattr(dataset, name, "") or dataset.file_meta.get("MediaStorage" + name, "") or "")
            for name in _WANTED_TAGS
        ]
    except OSError as error:
        return item.judged(
            Verdict.UNREADABLE, f"The file cannot be read: {error.strerror or 'the disk refused'}."
        )
    except (
        InvalidDicomError,
        EOFError,
        ValueError,
        KeyError,
        NotImplementedError,
        AttributeError,
        TypeError,
    ) as error:
        return item.judged(
            Verdict.UNREADABLE,
            f"The file is damaged: its header breaks off or contradicts itself ({type(error).__name__}).",
        )
    sop_class_uid, sop_instance_uid, study_uid, series_uid = uids
    item = UploadItem(path, item.size, study_uid, series_uid, sop_instance_uid, sop_class_uid)
    if sop_class_uid == _MEDIA_DIRECTORY:
        return item.judged(
            Verdict.NOT_DICOM,
            "It is the table of contents of a disc; the files that it names are taken on their own.",
        )
    if not (sop_class_uid and sop_instance_uid and study_uid and series_uid):
        return item.judged(
            Verdict.UNREADABLE,
            "The file lacks one of the UIDs that say which study, series and instance it is.",
        )
    return item


def _why_not_dicom(head: bytes) -> str:
    return "The file is empty." if not head else "The file does not begin as a DICOM file does."
