"""Archive: DICOM instances on this computer, kept byte for byte.

All SQLite and file work runs on one thread of the archive, the disk thread; rendering has threads of its own. The
coroutines may be awaited from any event loop. Several programs may use the same folder (the window and `--serve`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from desktop_app.archive.catalogue import Found, StoredInstance
from desktop_app.archive.files import opened
from desktop_app.archive.folder_storage import FolderStorage
from desktop_app.archive.matching import Search
from desktop_app.archive.part10 import Buffer
from desktop_app.archive.storage import Incoming, Outcome, Storage
from desktop_app.core.errors import DiskError

_P = ParamSpec("_P")
_T = TypeVar("_T")

MOST_ROWS = 5000                    # in one search answer; the rest is paged


class Archive:
    """The embedded archive. Make one with `Archive.open`; `close` it at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive-disk")
        self._render = ThreadPoolExecutor(max_workers=2, thread_name_prefix="archive-render")
        self._storage: Storage | FolderStorage
        self._closed = False

    @classmethod
    async def open(cls, folder: Path, storage: Callable[[Path], Storage | FolderStorage] = Storage) -> Archive:
        """The archive in a folder, made when it is not there, put right when it was left in a hurry. `storage` says
        how the folder is kept; it runs on the disk thread.

        Raises DiskError.
        """
        archive = cls(folder)
        try:
            archive._storage = await archive.on_disk(storage, folder)
        except BaseException as error:
            archive._shut_down()
            if isinstance(error, OSError | sqlite3.Error):
                raise DiskError("The local archive cannot be opened. Check the free space and the permissions of its"
                                " folder.", detail=f"{folder}: {error}") from error
            raise
        return archive

    @property
    def trouble(self) -> str:
        """What had to be mended when it was opened, as a sentence; empty if all was well."""
        return self._storage.trouble

    @property
    def folder(self) -> Path:
        return self._folder

    async def close(self) -> None:
        """End the archive's threads; what is under way on the disk is finished first."""
        if self._closed:
            return
        self._closed = True
        try:
            await self.on_disk(self._storage.close)
        finally:
            self._shut_down()

    def _shut_down(self) -> None:
        # Without waiting: the threads end by themselves when they have nothing more to do.
        self._render.shutdown(wait=False, cancel_futures=True)
        self._disk.shutdown(wait=False)

    async def on_disk(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run a function on the disk thread. Cancelling the await does not stop what has begun: keep it short."""
        future = self._disk.submit(work, *args, **kwargs)
        return await asyncio.wrap_future(future)

    async def on_render(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run a function that computes (decoding, rendering) beside the disk thread."""
        return await asyncio.wrap_future(self._render.submit(work, *args, **kwargs))

    # ------------------------------------------------------------------------------------------------- what it offers

    async def store_bytes(self, data: bytes) -> Outcome:
        """Store one instance; acknowledged and safe when this returns."""
        return (await self.store([Incoming(data)]))[0]

    async def store(self, instances: Sequence[Incoming], *, study_uid: str = "") -> list[Outcome]:
        """Store instances together, an outcome for each in the same order; see Storage.store."""
        return await self.on_disk(self._storage.store, instances, study_uid=study_uid)

    async def count(self) -> int:
        """How many instances there are."""
        return await self.on_disk(lambda: self._storage.catalogue.count())

    async def count_studies(self) -> int:
        """How many studies there are."""
        return await self.on_disk(lambda: self._storage.catalogue.count_studies())

    def search_now(self, search: Search) -> Found:
        """The rows that answer a search, at most MOST_ROWS. For work that is on the disk thread."""
        return self._storage.catalogue.find(search, MOST_ROWS)

    async def instances(self, study_uid: str, series_uid: str = "", sop_instance_uid: str = "") -> list[StoredInstance]:
        """The instances of a study, a series, or the one instance; empty when there is none."""
        return await self.on_disk(lambda: self._storage.catalogue.instances(study_uid, series_uid, sop_instance_uid))

    def header_lines_now(self, ids: Sequence[int]) -> dict[int, str]:
        """The whole header of instances as DICOM JSON lines, by their id. For work that is on the disk thread."""
        return self._storage.catalogue.header_lines(ids)

    async def images_among(self, ids: Sequence[int]) -> set[int]:
        """Which of these instances are images."""
        return await self.on_disk(lambda: self._storage.catalogue.images_among(ids))

    def path_of(self, instance: StoredInstance) -> Path:
        """The file of an instance, for reading."""
        return self._storage.files.path(instance.path)

    async def read(self, path: str, offset: int = 0, size: int = -1) -> bytes:
        """Bytes of a file of the archive. Raises FileNotFoundError when it was deleted meanwhile."""
        return await self.on_disk(self._storage.files.read, path, offset, size)

    async def with_bytes(self, path: str, work: Callable[[Buffer], _T]) -> _T:
        """Run a short function over the bytes of a file on the disk thread; large files are mapped, not read."""
        def read() -> _T:
            with opened(self._storage.files.path(path)) as data:
                return work(data)
        return await self.on_disk(read)

    def new_incoming(self) -> Path:
        """Where a caller may gather a large instance before it stores it."""
        return self._storage.files.new_incoming()

    def discard_incoming(self, paths: Sequence[Path]) -> None:
        """Delete what a caller gathered and does not store, when the disk thread comes to it."""
        if paths and not self._closed:
            self._disk.submit(self._storage.files.discard, paths)

    async def delete(self, study_uid: str, series_uid: str = "", sop_instance_uid: str = "") -> int:
        """Delete a study, a series or an instance for good. Returns how many instances are gone."""
        return await self.on_disk(self._storage.delete, study_uid, series_uid, sop_instance_uid)
