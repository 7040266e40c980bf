"""Objects in an application/zip answer (PS3.18 10.4, media type of Supplement 211)."""

from __future__ import annotations

import asyncio
import tempfile
import zipfile
from collections.abc import AsyncIterator
from typing import IO

from desktop_app.core.errors import Interrupted, NotDicomWeb
from desktop_app.core.words import say
from desktop_app.dicomweb.media_types import Kind, sniff

_IN_MEMORY = 64 * 2**20
_MOST_PER_OBJECT = 4 * 2**30
_MOST_GROWTH = 200                      # a member that claims to grow more is no image


async def objects_in_zip(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The Part 10 objects of a ZIP, one in memory at a time; a DICOMDIR and what is no DICOM are left out. The ZIP lies
    in a nameless temporary file meanwhile. Raises Interrupted for one that is cut off."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        async for chunk in chunks:
            await asyncio.to_thread(spool.write, chunk)
        try:
            names = await asyncio.to_thread(_members, spool)
        except zipfile.BadZipFile as error:
            raise Interrupted(detail="The ZIP ends before its directory.") from error
        for member in names:
            try:
                data = await asyncio.to_thread(_read, spool, member)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
                raise Interrupted(detail="A member of the ZIP cannot be read.") from error
            if sniff(data) is Kind.DICOM:
                yield data


def _members(spool: IO[bytes]) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(spool) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()
                   and member.filename.rpartition("/")[2].upper() != "DICOMDIR"]
    if any(member.file_size > _MOST_PER_OBJECT
           or member.file_size > max(2**20, member.compress_size * _MOST_GROWTH) for member in members):
        raise NotDicomWeb(say(
            "dicomweb", "The archive sent a ZIP that grows beyond all measure. It is not opened."))
    return members


def _read(spool: IO[bytes], member: zipfile.ZipInfo) -> bytes:
    with zipfile.ZipFile(spool) as archive, archive.open(member) as file:
        data = file.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise zipfile.BadZipFile
    return data
