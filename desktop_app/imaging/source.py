"""Where the bytes of an object are: in memory, or in a file that is read piece by piece."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desktop_app.core.errors import DamagedDicom, DiskError
from desktop_app.core.words import say


class Source(Protocol):
    """Bytes that can be read at any place, from any thread."""

    @property
    def size(self) -> int:
        """Number of bytes."""

    def read(self, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`; fewer at the end."""


class BytesSource:
    """Bytes in memory."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length] if offset or length < len(self._data) else self._data


class FileSource:
    """A file. It is opened for each read, so that nothing keeps it from being deleted meanwhile."""

    __slots__ = ("_path", "_size")

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._size = path.stat().st_size
        except OSError as error:
            raise DiskError(say(
                "imaging", "The file {name} cannot be read.").format(
                    name=path.name), detail=str(error)) from error

    @property
    def size(self) -> int:
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        try:
            with self._path.open("rb", buffering=0) as file:
                file.seek(offset)
                data = file.read(max(0, min(length, self._size - offset)))
        except OSError as error:
            raise DiskError(say(
                "imaging", "The file {name} can no longer be read.").format(
                    name=self._path.name), detail=str(error)) from error
        return data or b""


class EmptySource:
    """No bytes: an object of which only the header is known."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return 0

    def read(self, offset: int, length: int) -> bytes:
        raise DamagedDicom(say("imaging", "Only the header of this object is here, not its pixels."))
