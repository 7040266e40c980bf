"""The body of a store request (PS3.18 10.5.1), streamed: files are read in pieces while they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.errors import DiskError
from desktop_app.core.words import say, t
from desktop_app.dicomweb.media_types import DICOM, MULTIPART_RELATED
from desktop_app.dicomweb.multipart import closing, new_boundary, part_head

READ_SIZE = 1024 * 1024     # most images are smaller, and read in one go
_UNREADABLE = t("dicomweb", "A file that was to be sent cannot be read. Check that it is still there.")
SEND_SIZE = 64 * 1024     # small enough that a slow line shows life between two of them


@dataclass(frozen=True, slots=True)
class StreamedFile:
    """A file that is no file of its own: its size in bytes, and how it is read, from the beginning each time."""

    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]


Source = Path | bytes | StreamedFile


@dataclass(frozen=True, slots=True)
class StoreBody:
    """A multipart/related body of Part 10 files, or one file as it is when there is no boundary.

    `length` is exact: many servers take no chunked uploads.
    """

    instances: tuple[Source, ...]
    sizes: tuple[int, ...]
    boundary: str

    @property
    def content_type(self) -> str:
        if not self.boundary:
            return DICOM
        return f'{MULTIPART_RELATED}; type="{DICOM}"; boundary={self.boundary}'

    @property
    def length(self) -> int:
        if not self.boundary:
            return sum(self.sizes)
        heads = sum(len(self._head(position)) for position in range(len(self.instances)))
        return heads + sum(self.sizes) + len(closing(self.boundary))

    def _head(self, position: int) -> bytes:
        return part_head(self.boundary, {"Content-Type": DICOM}, first=position == 0)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes, in bounded memory, from the beginning each time (a request may have to be sent again after
        signing in). Raises DiskError when a file cannot be read or has changed its size."""
        for position, (instance, size) in enumerate(zip(self.instances, self.sizes, strict=True)):
            if self.boundary:
                yield self._head(position)
            if isinstance(instance, bytes):
                for start in range(0, size, SEND_SIZE):
                    yield instance[start:start + SEND_SIZE]
                continue
            async for block in _file_blocks(instance, size):
                for start in range(0, len(block), SEND_SIZE):
                    yield block[start:start + SEND_SIZE]
        if self.boundary:
            yield closing(self.boundary)


async def store_body(instances: Sequence[Source], *, single: bool = False) -> StoreBody:
    """A body for these files or bytes; `single`: for one file, without multipart around it.

    Raises DiskError for a file that is not there, ValueError for none at all.
    """
    if not instances:
        raise ValueError("nothing to store")
    sizes = await asyncio.to_thread(lambda: [_size(instance) for instance in instances])
    return StoreBody(tuple(instances), tuple(sizes), "" if single else new_boundary())


def _size(instance: Source) -> int:
    if isinstance(instance, bytes):
        return len(instance)
    if isinstance(instance, StreamedFile):
        return instance.size
    try:
        return instance.stat().st_size
    except OSError as error:
        raise DiskError(say("dicomweb", _UNREADABLE), detail=str(error.strerror)) from error


async def _file_blocks(source: Path | StreamedFile, size: int) -> AsyncIterator[bytes]:
    left = size
    try:
        if isinstance(source, Path) and size <= READ_SIZE:
            block = await asyncio.to_thread(_beginning, source, size)
            left -= len(block)
            yield block
        else:
            opening: AbstractContextManager[BinaryIO] = (
                source.open() if isinstance(source, StreamedFile) else await asyncio.to_thread(source.open, "rb"))
            with opening as file:
                while left:
                    block = await asyncio.to_thread(file.read, min(READ_SIZE, left))
                    if not block:
                        break
                    left -= len(block)
                    yield block
    except OSError as error:
        raise DiskError(say("dicomweb", _UNREADABLE), detail=str(error.strerror)) from error
    if left:
        raise DiskError(say(
            "dicomweb", "A file became shorter while it was being sent. Send it again when it is complete."))


def _beginning(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)
