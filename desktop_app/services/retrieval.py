"""Copies what an archive has into a folder: file by file, each whole or not at all, so that it goes on where it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import DiskError, InvalidUid, LightboxError, SignInNeeded, Unreachable
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Instance
from desktop_app.core.words import say

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_PAGE = 500
_WAITING = 200                          # instances listed ahead of those that are fetched


@dataclass(frozen=True, slots=True)
class Wanted:
    """A study, a series or an instance, by how many UIDs are given."""

    study_uid: str
    series_uid: str = ""
    sop_uid: str = ""

    @classmethod
    def parse(cls, text: str) -> Wanted:
        """`STUDY[/SERIES[/INSTANCE]]`. Raises InvalidUid."""
        from desktop_app.dicomweb.urls import check_uid

        parts = text.strip().split("/")
        if not 1 <= len(parts) <= 3:
            raise InvalidUid
        return cls(*(check_uid(part, lenient=True) for part in parts))


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of one instance, or of a list of them (no SOP Instance UID). `is_new`: it was not here before."""

    study_uid: str
    series_uid: str = ""
    sop_uid: str = ""
    path: Path | None = None
    nbytes: int = 0
    is_new: bool = False
    error: LightboxError | None = None


async def all_studies(client: DicomWebClient) -> AsyncIterator[Wanted]:
    """Every study of the archive, page by page, each once."""
    seen: set[str] = set()
    offset = 0
    while True:
        page = await client.search_studies(StudyQuery(), offset=offset, limit=_PAGE)
        for study in page.items:
            if study.study_instance_uid not in seen:
                seen.add(study.study_instance_uid)
                yield Wanted(study.study_instance_uid)
        if not page.more or page.next_offset <= offset:
            return
        offset = page.next_offset


async def copy_all(
    client: DicomWebClient, wanted: AsyncIterator[Wanted] | Sequence[Wanted], folder: Path, at_once: int = 8
) -> AsyncIterator[Copied]:
    """Every instance that is wanted, as FOLDER/study/series/instance.dcm; what is there already is not fetched again.

    What fails is told and does not stop the rest; only SignInNeeded and Unreachable end it, and DiskError.
    """
    waiting: asyncio.Queue[Instance | None] = asyncio.Queue(_WAITING)
    done: asyncio.Queue[Copied | BaseException | None] = asyncio.Queue()

    async def list_them() -> None:
        async for one in _each(wanted):
            try:
                async for instance in _instances(client, one):
                    await waiting.put(instance)
            except (SignInNeeded, Unreachable):
                raise
            except LightboxError as error:
                await done.put(Copied(one.study_uid, one.series_uid, one.sop_uid, error=error))
        for _ in range(at_once):
            await waiting.put(None)

    async def fetch() -> None:
        while (instance := await waiting.get()) is not None:
            await done.put(await _copy(client, instance, folder))

    async def run() -> None:
        tasks = [asyncio.ensure_future(work) for work in (list_them(), *(fetch() for _ in range(at_once)))]
        try:
            await asyncio.gather(*tasks)
        except Exception as error:
            await done.put(error)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await done.put(None)

    running = asyncio.ensure_future(run())
    try:
        while (item := await done.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _each(wanted: AsyncIterator[Wanted] | Sequence[Wanted]) -> AsyncIterator[Wanted]:
    if isinstance(wanted, Sequence):
        for one in wanted:
            yield one
    else:
        async for one in wanted:
            yield one


async def _instances(client: DicomWebClient, wanted: Wanted) -> AsyncIterator[Instance]:
    if wanted.sop_uid:
        yield Instance(wanted.study_uid, wanted.series_uid, wanted.sop_uid)
        return
    series = [wanted.series_uid] if wanted.series_uid else [
        one.series_instance_uid async for one in client.iter_series(wanted.study_uid)]
    for uid in series:
        async for instance in client.iter_instances(wanted.study_uid, uid):
            yield instance


async def _copy(client: DicomWebClient, instance: Instance, folder: Path) -> Copied:
    uids = instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid
    path = folder / uids[0] / uids[1] / f"{uids[2]}.dcm"
    if await asyncio.to_thread(path.exists):
        return Copied(*uids, path)
    try:
        data = await client.retrieve_instance(*uids)
    except (SignInNeeded, Unreachable):
        raise
    except LightboxError as error:
        return Copied(*uids, error=error)
    try:
        await asyncio.to_thread(_write, path, data)
    except OSError as error:
        raise DiskError(say(
            "services", "The folder cannot be written. Check the free space and its permissions.")) from error
    return Copied(*uids, path, len(data), is_new=True)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: under another name until every byte is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".part{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
