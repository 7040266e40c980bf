"""A folder of DICOM files (a CD, an export) as read-only storage: indexed in SQLite, the files stay as they are.

The index lies elsewhere and may be lost. It is brought up to date in steps, so that searches get their turn meanwhile:
what has been indexed is found already.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.archive.catalogue import Catalogue, CatalogueUnusable, NewInstance
from desktop_app.archive.files import opened
from desktop_app.archive.part10 import read_header
from desktop_app.archive.record import make_record
from desktop_app.archive.storage import Incoming, Outcome
from desktop_app.core.errors import DicomError, DiskError

_log = logging.getLogger(__name__)

_FILES_PER_STEP = 25
_READ_ONLY = "This folder is opened for reading only."


class FolderFiles:
    """The files below `source`; relative paths use `/` on every system."""

    def __init__(self, source: Path) -> None:
        self.source = source

    def path(self, relative: str) -> Path:
        return self.source / relative

    def read(self, relative: str, offset: int = 0, size: int = -1) -> bytes:
        """`size` bytes from `offset`, fewer at the end of the file."""
        with self.path(relative).open("rb", buffering=0) as file:
            if offset:
                file.seek(offset)
            return file.read() if size < 0 else file.read(size)

    def new_incoming(self) -> Path:
        raise DiskError(_READ_ONLY)

    def discard(self, paths: Sequence[Path]) -> None:
        """Nothing ever comes in."""


class FolderStorage:
    """For one thread only. Raises DiskError, OSError or sqlite3.Error when the folder cannot be read."""

    def __init__(self, source: Path, index: Path) -> None:
        if not source.is_dir():
            raise DiskError("The folder is not there. Put the disk in, or check its path.")
        for one in (index.parent, index):           # names of patients are in it: for this user only
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.trouble = ""
        self.files = FolderFiles(source)
        self.catalogue = _catalogue(index / "catalogue.db")
        self._known = {path: (size, number) for path, size, number in self.catalogue.files()}
        self._seen: set[str] = set()
        self._walk = self._found()
        self.skipped = 0                    # files that are no DICOM, damaged, or there twice

    def index_some(self) -> bool:
        """Looks at some more files. False when all were looked at, and what is gone from the disk is gone here."""
        new, looked_at = [], 0
        for relative, size in self._walk:
            looked_at += 1
            self._seen.add(relative)
            if self._known.get(relative, (-1, 0))[0] != size:
                record = self._record(relative, size)
                new += [record] if record is not None else []
            if looked_at >= _FILES_PER_STEP:
                break
        self._add(new)
        if looked_at >= _FILES_PER_STEP:
            return True
        self._forget([number for path, (_, number) in self._known.items() if path not in self._seen])
        return False

    def store(self, instances: Sequence[Incoming], *, study_uid: str = "") -> list[Outcome]:
        raise DiskError(_READ_ONLY)

    def delete(self, study_uid: str, series_uid: str = "", sop_instance_uid: str = "") -> int:
        raise DiskError(_READ_ONLY)

    def close(self) -> None:
        self.catalogue.close()

    def _found(self) -> Iterator[tuple[str, int]]:
        for folder, folders, names in os.walk(self.files.source):
            folders.sort()
            for name in sorted(names):
                path = Path(folder) / name
                if name.upper() == "DICOMDIR" or path.is_symlink():
                    continue
                try:
                    size = path.stat().st_size
                except OSError:
                    continue
                yield path.relative_to(self.files.source).as_posix(), size

    def _record(self, relative: str, size: int) -> NewInstance | None:
        self._forget([self._known[relative][1]] if relative in self._known else [])
        try:
            with opened(self.files.path(relative)) as data:
                record = make_record(read_header(data))
        except (DicomError, OSError, ValueError):
            self.skipped += 1
            return None
        digest = hashlib.sha256(f"{relative}\0{size}".encode()).digest()
        return NewInstance(record, relative, size, digest)

    def _add(self, new: Sequence[NewInstance]) -> None:
        fresh: dict[tuple[str, str, str], NewInstance] = {}
        for one in new:
            address = (one.record.study_uid, one.record.series_uid, one.record.sop_instance_uid)
            if address in fresh or self.catalogue.instances(*address):
                self.skipped += 1           # a CD often holds an object twice
            else:
                fresh[address] = one
        if fresh:
            with self.catalogue.transaction():
                self.catalogue.add(list(fresh.values()))

    def _forget(self, numbers: Sequence[int]) -> None:
        if numbers:
            self.catalogue.remove(self.catalogue.by_ids(list(numbers)))
            self.catalogue.forget_doomed(self.catalogue.doomed())       # only here: the files are not ours to delete


def _catalogue(path: Path) -> Catalogue:
    try:
        return Catalogue(path)
    except CatalogueUnusable:
        _log.warning("the index of a folder is made anew")
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
        return Catalogue(path)
