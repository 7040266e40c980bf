"""A folder on disk as an archive: an httpx transport that opens it when it is first asked for something."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
from pathlib import Path

import httpx

from desktop_app.archive.archive import Archive
from desktop_app.archive.folder_storage import FolderStorage
from desktop_app.archive.in_process import App, AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.archive.static_files import StaticFiles, is_static_layout
from desktop_app.core.errors import LightboxError

_PATIENCE_S = 3.0
_MORE_TO_COME = '299 folder "There are additional results that can be requested: the folder is still being read"'
_log = logging.getLogger(__name__)


def _index_of(source: Path, indexes: Path) -> Path:
    return indexes / hashlib.sha256(str(source).encode()).hexdigest()[:24]


def drop_index(source: Path, indexes: Path) -> None:
    """Forgets what was read of a folder, from any thread: there are names in it. The folder itself stays as it is."""
    shutil.rmtree(_index_of(source, indexes), ignore_errors=True)


class FolderTransport(httpx.AsyncBaseTransport):
    """Answers as a DICOMweb server would. Plain DICOM is indexed below `indexes`, in the background; a folder of
    written answers is served as it is."""

    def __init__(self, source: Path, indexes: Path) -> None:
        self._source = source
        self._index = _index_of(source, indexes)
        self._opening: asyncio.Task[App] | None = None
        self._archive: Archive | None = None
        self._indexing: asyncio.Task[None] | None = None
        self._has_waited = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.ensure_future(self._open())
        app = await asyncio.shield(self._opening)
        still_reading = await self._is_still_reading()
        response = await AsgiTransport(app).handle_async_request(request)
        if still_reading and request.url.path.endswith("/studies"):
            response.headers["Warning"] = _MORE_TO_COME
        return response

    async def _is_still_reading(self) -> bool:
        """Whether files are still to be looked at; a little patience makes a list of a small folder whole."""
        if self._indexing is None or self._indexing.done():
            return False
        if not self._has_waited:
            self._has_waited = True
            await asyncio.wait({self._indexing}, timeout=_PATIENCE_S)
        return not self._indexing.done()

    async def indexed(self) -> None:
        """Waits until every file has been looked at."""
        if self._opening is not None:
            await self._opening
        if self._indexing is not None:
            await asyncio.shield(self._indexing)

    async def aclose(self) -> None:
        for task in (self._opening, self._indexing):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if self._archive is not None:
            await self._archive.close()

    async def _open(self) -> App:
        if await asyncio.to_thread(is_static_layout, self._source):
            return StaticFiles(self._source)
        storage: list[FolderStorage] = []

        def make(_folder: Path) -> FolderStorage:
            storage.append(FolderStorage(self._source, self._index))
            return storage[0]

        archive = self._archive = await Archive.open(self._source, make)
        # A small folder is there whole with the first answer; of a large one what has been looked at.
        more = await archive.on_disk(storage[0].index_some)
        if more:
            self._indexing = asyncio.ensure_future(self._index_rest(archive, storage[0]))
        return create_app(archive, read_only=True)

    async def _index_rest(self, archive: Archive, storage: FolderStorage) -> None:
        try:
            more = True
            while more:                     # one step at a time: searches get their turn between two
                more = await archive.on_disk(storage.index_some)
        except (LightboxError, OSError) as error:
            _log.warning("a folder could not be indexed to its end: %s", type(error).__name__)
