"""The files of the archive: written beside their place, flushed, moved into it; never seen half-written.

    files/00000/<32 hexadecimal digits>.dcm     whole instances, a thousand to a folder
    incoming/                                   on their way in; swept when the archive opens
    set-aside/                                  found in `files`, but not readable as DICOM

Names say nothing about whom they belong to. All functions run on the disk thread.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop_app.archive.part10 import Buffer

PER_FOLDER = 1000
_SMALL = 1024 * 1024


class Files:
    """The folder tree of one archive. Relative paths use `/` on every system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = folder / "files"
        self._incoming = folder / "incoming"
        self._set_aside = folder / "set-aside"
        for one in (folder, self._files, self._incoming):
            # Patients' data: for this user only.
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
        _flush_folder(folder)

    def path(self, relative: str) -> Path:
        return self.folder / relative

    def new_place(self, number: int) -> str:
        """A relative path for the instance with a running number."""
        return f"files/{number // PER_FOLDER:05d}/{secrets.token_hex(16)}.dcm"

    def new_incoming(self) -> Path:
        """A path for bytes that are on their way in."""
        return self._incoming / f"{secrets.token_hex(16)}.part"

    def write_incoming(self, data: bytes) -> Path:
        """A new file with these bytes, on the disk when this returns."""
        path = self.new_incoming()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            flush(file.fileno())
        return path

    def move_in(self, moves: Sequence[tuple[Path, str]]) -> None:
        """Move files from `incoming` to their places; the folders are on the disk when this returns."""
        folders = {self.path(relative).parent for _, relative in moves}
        for folder in folders:
            if not folder.exists():
                folder.mkdir(exist_ok=True, mode=0o700)
                _flush_folder(folder.parent)
        for source, relative in moves:
            source.replace(self.path(relative))
        for folder in folders:
            _flush_folder(folder)

    def delete(self, relative: str) -> None:
        """Delete a file; one that is gone already is no error."""
        self.path(relative).unlink(missing_ok=True)

    def discard(self, paths: Sequence[Path]) -> None:
        """Delete files that were on their way in."""
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def set_aside(self, relative: str) -> None:
        """Take a file out of the way without losing it."""
        self._set_aside.mkdir(exist_ok=True, mode=0o700)
        self.path(relative).replace(self._set_aside / Path(relative).name)

    def sweep_incoming(self) -> None:
        """Delete what an earlier run left half-written. Only while nobody else uses the archive."""
        for left in self._incoming.iterdir():
            with contextlib.suppress(OSError):
                left.unlink()

    def listing(self) -> dict[str, int]:
        """Every file with its size."""
        found = {}
        for folder in sorted(self._files.iterdir()):
            if folder.is_dir():
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.endswith(".dcm"):
                            found[f"files/{folder.name}/{entry.name}"] = entry.stat().st_size
        return found

    def read(self, relative: str, offset: int = 0, size: int = -1) -> bytes:
        """`size` bytes from `offset`, fewer at the end of the file. The file is closed again when this returns."""
        with self.path(relative).open("rb", buffering=0) as file:
            if offset:
                file.seek(offset)
            return file.read() if size < 0 else file.read(size)


@contextmanager
def opened(path: Path) -> Iterator[Buffer]:
    """The bytes of a file: read when small, mapped when large, so that a header costs no more memory than it has."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= _SMALL:
            yield file.read()
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            yield view


def flush(descriptor: int) -> None:
    """Bytes to the disk, not only to the system."""
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":             # Windows cannot flush a folder, and writes its entries through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Spool:
    """A file in `incoming` that grows piece by piece. It is open only while a piece is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hash = hashlib.sha256()

    def append(self, data: bytes) -> None:
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
            file.write(data)
        self._hash.update(data)

    def finish(self) -> bytes:
        """Everything to the disk. Returns the SHA-256 of it."""
        with self.path.open("rb+") as file:
            flush(file.fileno())
        return self._hash.digest()
