"""Finding what can be uploaded: walks files, folders and ZIPs, reads headers only."""

from __future__ import annotations

import itertools
import os
import stat
import struct
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from desktop_app.archive.charset import decoder_for
from desktop_app.archive.part10 import Header, read_header
from desktop_app.core.errors import DicomError
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.core.words import say, t
from desktop_app.services.upload_zip import PasswordNeeded, Zips, ZipTrouble, zip_kind

_DICM_OFFSET = 128
_HEAD_SIZE = 64 * 1024      # what holds nearly every header up to its UIDs
_MEDIA_DIRECTORY = "1.2.840.10008.1.3.10"
_UIDS = ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"]
_DESCRIPTION = ["PatientName", "PatientID", "StudyDate", "StudyDescription"]
_WANTED_TAGS = ["SpecificCharacterSet", *_UIDS, *_DESCRIPTION]
_CHARSET = 0x00080005
_UID_TAGS = (0x00080016, 0x00080018, 0x0020000D, 0x0020000E)
_DESCRIPTION_TAGS = (0x00100010, 0x00100020, 0x00080020, 0x00081030)

_GONE = t("services", "The file is no longer there.")
_LINK = t("services", "It is a link to another place. Links are not followed; drop the file itself.")
_SPECIAL = t("services", "It is no ordinary file.")
_DAMAGED = t("services", "The file is damaged: its header breaks off or contradicts itself ({}).")
_NOT_ON_DISC = t(
    "services", "The disc's table of contents names this file, but it is not there. Copy the disc again.")
_ZIP_IN_ZIP = t("services", "It is a ZIP inside a ZIP. Unpack the outer one and drop this one.")


def scan(paths: Iterable[Path], zips: Zips) -> Iterator[UploadItem | PasswordNeeded]:
    """Every file below the paths, once: with its UIDs, or with the verdict why it is not sent.

    Links below a folder are not followed. PasswordNeeded is yielded before a ZIP that has one: who reads on has given
    it to `zips` by then, or the ZIP's files are judged as unreadable.
    """
    chosen = [path.parent if path.name.upper() == "DICOMDIR" and path.is_file() else path for path in paths]
    seen: set[Path] = set()
    for path in chosen:
        for found in _walk(path):
            if isinstance(found, UploadItem):
                yield found
            elif found not in seen:
                seen.add(found)
                if zip_kind(found):
                    yield from _members(found, zips)
                else:
                    yield look_at(found)
                    if found.name.upper() == "DICOMDIR":
                        yield from missing_of(found)


def missing_of(directory: Path) -> Iterator[UploadItem]:
    """The files that the table of contents of a disc names (PS3.10 8, PS3.3 F.3) and that are not there."""
    import pydicom

    try:
        records = pydicom.dcmread(directory).get("DirectoryRecordSequence") or ()
        named = [_parts(record.get("ReferencedFileID")) for record in records]
    except Exception:       # a broken table of contents has its own verdict, and the files theirs
        return
    for parts in named:
        if parts and not _is_there(directory.parent, parts):
            missing = UploadItem(directory.parent.joinpath(*parts))
            yield missing.judged(Verdict.UNREADABLE, say("services", _NOT_ON_DISC))


def _parts(file_id: object) -> tuple[str, ...]:
    """File ID components: never out of the disc, whatever they say."""
    parts = [str(part) for part in file_id] if isinstance(file_id, list | tuple) or (
        hasattr(file_id, "__iter__") and not isinstance(file_id, str)) else [str(file_id or "")]
    return tuple(part for part in parts if part and part not in (".", "..") and "/" not in part and "\\" not in part)


def _is_there(folder: Path, parts: tuple[str, ...]) -> bool:
    """Whatever the disc's file system made of capitals, dots and version numbers."""
    place = folder.joinpath(*parts)
    if place.exists():
        return True
    for part in parts:
        try:
            found = next((one for one in folder.iterdir() if _plain(one.name) == _plain(part)), None)
        except OSError:
            return False
        if found is None:
            return False
        folder = found
    return True


def _plain(name: str) -> str:
    return name.partition(";")[0].rstrip(".").casefold()


def next_bunch(found: Iterator[UploadItem | PasswordNeeded], most: int) -> list[UploadItem | PasswordNeeded]:
    """The next files; a password that is needed ends the bunch."""
    bunch: list[UploadItem | PasswordNeeded] = []
    for item in itertools.islice(found, most):
        bunch.append(item)
        if isinstance(item, PasswordNeeded):
            break
    return bunch


def _walk(path: Path) -> Iterator[Path | UploadItem]:
    """The files at or below a path in a stable order; links and folders that cannot be read come with a verdict."""
    if not path.is_dir():
        yield path
        return
    refused: list[UploadItem] = []

    def note(error: OSError) -> None:
        where = Path(error.filename) if error.filename else path
        refused.append(UploadItem(where).judged(
            Verdict.UNREADABLE, say(
                "services", "The folder cannot be read: {strerror}.").format(
                    strerror=error.strerror or say("services", "the disk refused"))
        ))

    for folder, folders, names in os.walk(path, onerror=note):
        folders.sort()
        for name in list(folders):
            below = Path(folder) / name
            if below.is_symlink():
                folders.remove(name)
                yield UploadItem(below).judged(Verdict.UNREADABLE, say("services", _LINK))
        for name in sorted(names):
            file = Path(folder) / name
            if file.is_symlink():
                yield UploadItem(file).judged(Verdict.UNREADABLE, say("services", _LINK))
            else:
                yield file
    yield from refused


def _members(path: Path, zips: Zips) -> Iterator[UploadItem | PasswordNeeded]:
    try:
        while zips.asks_password(path):
            yield PasswordNeeded(path, again=zips.has_tried(path))
        members = zips.members(path)
    except ZipTrouble as error:
        yield UploadItem(path, size=error.size).judged(Verdict.UNREADABLE, error.user_text)
        return
    for member in members:
        yield look_at(path, member.name, zips) if not member.refusal else UploadItem(
            path, size=member.size, member=member.name
        ).judged(Verdict.UNREADABLE, member.refusal)


def look_at(path: Path, member: str = "", zips: Zips | None = None) -> UploadItem:
    """One file's header. Never raises: what cannot be read is a verdict."""
    item = UploadItem(path, member=member)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            return item.judged(Verdict.UNREADABLE, say("services", _SPECIAL))
        if not member:
            with path.open("rb") as file:
                return _read_header(file, UploadItem(path, facts.st_size, modified_ns=facts.st_mtime_ns))
        assert zips is not None
        item = UploadItem(path, zips.size(path, member), member=member, modified_ns=facts.st_mtime_ns)
        with zips.open(path, member) as file:
            return _read_header(file, item)
    except FileNotFoundError:
        return item.judged(Verdict.UNREADABLE, say("services", _GONE))
    except OSError as error:
        return item.judged(
            Verdict.UNREADABLE, say(
                "services", "The file cannot be read: {strerror}.").format(
                    strerror=error.strerror or say("services", "the disk refused"))
        )
    except ZipTrouble as error:
        return item.judged(Verdict.UNREADABLE, error.user_text)


def _read_header(file: BinaryIO, item: UploadItem) -> UploadItem:
    head = file.read(_HEAD_SIZE)
    if head[_DICM_OFFSET:_DICM_OFFSET + 4] != b"DICM":
        return item.judged(Verdict.NOT_DICOM, _why_not_dicom(head, item))
    try:
        found = _at_the_beginning(head)
        if found is None:       # a member of a ZIP cannot go back, and need not be read to its end
            file = _Replayed(head, file) if item.member else file
            file.seek(0)
            found = _with_patience(file)
    except (OSError, ZipTrouble):
        raise
    except Exception as error:  # whatever a damaged header does to the reader
        return item.judged(Verdict.UNREADABLE, say("services", _DAMAGED).format(type(error).__name__))
    (sop_class_uid, sop_instance_uid, study_uid, series_uid), description = found
    item = UploadItem(
        item.path, item.size, study_uid, series_uid, sop_instance_uid, sop_class_uid, None, "", item.member,
        item.modified_ns, *description,
    )
    if sop_class_uid == _MEDIA_DIRECTORY:
        return item.judged(
            Verdict.NOT_DICOM,
            say(
                "services", "It is the table of contents of a disc; the files that it names are taken on "
                "their own."),
        )
    if not (sop_class_uid and sop_instance_uid and study_uid and series_uid):
        return item.judged(
            Verdict.UNREADABLE,
            say("services", "The file lacks one of the UIDs that say which study, series and instance it is."),
        )
    return item


def _at_the_beginning(head: bytes) -> tuple[list[str], list[str]] | None:
    """UIDs and description by one quick pass over the first bytes; None where those do not hold them all, or need
    a reader that knows more."""
    try:
        header = read_header(head)
    except (DicomError, struct.error):
        return None
    uids = [header.text(tag) for tag in _UID_TAGS]
    named = header.find(_CHARSET)
    charset = header.value(named) if named is not None else b""
    if not all(uids) or b"\\" in charset or b"2022" in charset:     # code extensions
        return None
    return uids, [_text(header, tag, charset) for tag in _DESCRIPTION_TAGS]


def _text(header: Header, tag: int, charset: bytes) -> str:
    element = header.find(tag)
    if element is None or element.items is not None:
        return ""
    text = decoder_for(charset)(header.value(element)).strip(" \0")
    return text.rstrip("= ") if element.vr == "PN" else text


def _with_patience(file: BinaryIO) -> tuple[list[str], list[str]]:
    """The same of whatever pydicom can read; raises what it raises."""
    import pydicom

    dataset = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=_WANTED_TAGS)
    uids = [
        str(getattr(dataset, name, "") or dataset.file_meta.get("MediaStorage" + name, "") or "") for name in _UIDS]
    return uids, [str(getattr(dataset, name, "") or "") for name in _DESCRIPTION]


def _why_not_dicom(head: bytes, item: UploadItem) -> str:
    if not head:
        return say("services", "The file is empty.")
    if item.member and head.startswith(b"PK\x03\x04"):
        return say("services", _ZIP_IN_ZIP)
    return say("services", "The file does not begin as a DICOM file does.")


class _Replayed(BytesIO):
    """The beginning of a stream that cannot seek, read on as far as somebody asks."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__(head)
        self._rest = rest

    def read(self, size: int | None = -1, /) -> bytes:
        place = self.tell()
        wanted = None if size is None or size < 0 else place + size
        self._fill(wanted, place)
        return super().read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if whence == os.SEEK_END:
            self._fill(None, self.tell())
        elif whence == os.SEEK_CUR:
            return self.seek(self.tell() + offset)
        else:
            self._fill(offset, self.tell())
        return super().seek(offset, whence)

    def _fill(self, end: int | None, place: int) -> None:
        have = super().seek(0, os.SEEK_END)
        while end is None or have < end:
            more = self._rest.read(64 * 1024 if end is None else max(end - have, 16 * 1024))
            if not more:
                break
            super().write(more)
            have += len(more)
        super().seek(place)
