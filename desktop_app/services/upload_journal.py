"""UploadJournal: what every upload has to do and has done, on disk before and after each step.

A row is written before its file is sent and after it is answered. After a crash the rows say what is left: SENDING may
or may not have arrived, ANSWERED was claimed by the archive but not read back, DONE has its verdict. No names, dates or
other attributes of a patient are kept, only where the file lies and its UIDs.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import TypeVar

from desktop_app.core.errors import DiskError
from desktop_app.core.upload import WORTH_SENDING_AGAIN, UploadItem, Verdict
from desktop_app.core.words import say, t

T = TypeVar("T")
_log = logging.getLogger(__name__)

_KEPT_S = 14 * 24 * 3600.0  # finished uploads are forgotten after two weeks
_CANNOT_WRITE = (
    t(
        "services", "The journal of uploads cannot be written, so nothing more is sent. Check the free space "
        "of the disk and start the upload again; what is stored is not sent twice.")
)

_VERSION = 1                # of what is written; a newer program's journal is left to that one
_SCHEMA = """
CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY, store_key TEXT NOT NULL, store_name TEXT NOT NULL, title TEXT NOT NULL, paths BLOB NOT NULL,
    began REAL NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0, scanned INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0, choices TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    upload_id TEXT NOT NULL, path BLOB NOT NULL, member TEXT NOT NULL,
    size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
    study TEXT NOT NULL, series TEXT NOT NULL, sop TEXT NOT NULL, sop_class TEXT NOT NULL,
    state INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (upload_id, path, member)
) WITHOUT ROWID;
"""


class FileState(IntEnum):
    """How far a file is."""

    FOUND = 0
    SENDING = 1
    ANSWERED = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class JournalUpload:
    """One upload. `choices`: as `UploadChoices.as_text` wrote them. `scanned`: every file has its row.
    `confirmed`: someone agreed to send it."""

    id: str
    store_key: str
    store_name: str
    title: str
    paths: tuple[Path, ...]
    confirmed: bool = False
    scanned: bool = False
    choices: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One file of an upload."""

    item: UploadItem
    state: FileState

    def is_to_do(self, *, failed_too: bool) -> bool:
        """Whether it is over, but not for good."""
        verdict = self.item.verdict
        return self.state is FileState.DONE and (
            verdict is Verdict.NOT_SENT or (failed_too and verdict in WORTH_SENDING_AGAIN)
        )

    def anew(self) -> JournalRow:
        return JournalRow(replace(self.item, verdict=None, reason=""), FileState.FOUND)


@dataclass(frozen=True, slots=True)
class _Change:
    sql: str
    rows: Sequence[tuple[object, ...]]
    written: asyncio.Future[None]


class UploadJournal:
    """SQLite on a thread of its own; changes that come together are committed together.

    Every method returns when what it says is on disk, and raises DiskError when it cannot be. Used from one event loop.
    A second program with the same folder gets a journal in memory: only one may go on with what is left. So does a
    program that cannot write there; its uploads do not outlive it.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="upload-journal")
        self._waiting: deque[_Change] = deque()
        self._flushing: asyncio.Task[None] | None = None
        self._database: sqlite3.Connection
        self.is_on_disk = False
        self.trouble = ""           # a sentence, where uploads that were interrupted are not gone on with

    @classmethod
    async def open(cls, path: Path | None = None) -> UploadJournal:
        """The journal at `path` (None: in memory). A broken file is moved aside and begun anew."""
        journal = cls(path)
        try:
            await journal._on_thread(journal._open)
        except BaseException:
            journal._thread.shutdown(wait=False, cancel_futures=True)
            raise
        return journal

    # -- writing -------------------------------------------------------------------------------------------------

    async def begin(self, upload: JournalUpload) -> None:
        await self._write(
            "INSERT OR REPLACE INTO upload (id, store_key, store_name, title, paths, began, confirmed, scanned, ended, "
            "choices) VALUES (?,?,?,?,?,?,?,?,0,?)",
            [(upload.id, upload.store_key, upload.store_name, _sound(upload.title), _to_blob(upload.paths), time.time(),
              upload.confirmed, upload.scanned, upload.choices)],
        )

    async def confirm(self, upload_id: str, choices: str = "") -> None:
        """Someone agreed to send it, in this way."""
        await self._write("UPDATE upload SET confirmed=1, choices=? WHERE id=?", [(choices, upload_id)])

    async def scanned(self, upload_id: str) -> None:
        await self._write("UPDATE upload SET scanned=1 WHERE id=?", [(upload_id,)])

    async def end(self, upload_id: str) -> None:
        """It is over: it will not be gone on with."""
        await self._write("UPDATE upload SET ended=1 WHERE id=?", [(upload_id,)])

    async def reopen(self, upload_id: str) -> None:
        """It is not over after all."""
        await self._write("UPDATE upload SET ended=0 WHERE id=?", [(upload_id,)])

    async def forget(self, upload_id: str) -> None:
        await self._write("DELETE FROM file WHERE upload_id=?", [(upload_id,)])
        await self._write("DELETE FROM upload WHERE id=?", [(upload_id,)])

    async def note(self, upload_id: str, items: Iterable[UploadItem], state: FileState) -> None:
        """Files are now in this state, with the verdicts that they have."""
        await self._write(
            "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (upload_id, os.fsencode(item.path), _sound(item.member), item.size, item.modified_ns,
                 item.study_instance_uid, item.series_instance_uid, item.sop_instance_uid, item.sop_class_uid,
                 int(state), item.verdict or "", _sound(item.reason))
                for item in items
            ],
        )

    # -- reading -------------------------------------------------------------------------------------------------

    async def unfinished(self) -> tuple[JournalUpload, ...]:
        """Uploads that were agreed to and are not over, the oldest first."""
        return await self._on_thread(self._unfinished)

    async def upload(self, upload_id: str) -> JournalUpload | None:
        return await self._on_thread(
            lambda: next(iter(self._uploads("WHERE id=?", (upload_id,))), None)
        )

    async def rows(self, upload_id: str) -> tuple[JournalRow, ...]:
        return await self._on_thread(lambda: self._rows(upload_id))

    async def close(self) -> None:
        """What was handed over is written, then the thread ends."""
        while self._flushing is not None:
            await asyncio.wait({self._flushing})
        await self._on_thread(self._database.close)
        self._thread.shutdown()

    # -- on the loop ---------------------------------------------------------------------------------------------

    async def _write(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        change = _Change(sql, rows, asyncio.get_running_loop().create_future())
        self._waiting.append(change)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await change.written

    async def _flush(self) -> None:
        try:
            while self._waiting:
                changes = tuple(self._waiting)
                self._waiting.clear()
                try:
                    await self._on_thread(lambda changes=changes: self._commit(changes))  # type: ignore[misc]
                except DiskError as error:
                    for change in changes:
                        if not change.written.done():
                            change.written.set_exception(error)
                else:
                    for change in changes:
                        if not change.written.done():
                            change.written.set_result(None)
        finally:
            self._flushing = None
            for change in self._waiting:
                change.written.cancel()
            self._waiting.clear()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except (sqlite3.Error, OSError) as error:
            raise DiskError(say("services", _CANNOT_WRITE), detail=f"{type(error).__name__}: {error}") from error

    # -- on the thread -------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._open_file(self._path)
                self.is_on_disk = True
                return
            except (sqlite3.Error, OSError) as error:
                _log.warning("the journal of uploads is kept in memory: %s", type(error).__name__)
                self.trouble = say(
                    "services", "The journal of uploads cannot be used: another Lightbox has it, a newer one wrote it, "
                    "or the disk refuses. Uploads work, but one that is interrupted now is not gone on with by itself.")
        self._connect(None)

    def _open_file(self, path: Path) -> None:
        try:
            self._connect(path)
        except sqlite3.OperationalError:  # another program has it, or the disk refuses
            self._database.close()
            raise
        except sqlite3.DatabaseError:
            self._database.close()
            path.replace(path.with_name(path.name + ".broken"))
            self.trouble = say(
                "services", "The journal of uploads was damaged and is begun anew. Uploads that were under way are not "
                "gone on with by themselves: send their files again, what is stored is not sent twice.")
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            self._connect(path)

    def _connect(self, path: Path | None) -> None:
        if path is not None and not path.exists():
            path.touch(mode=0o600)
        self._database = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False, timeout=0.2
        )
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            raise sqlite3.OperationalError(f"version {version}")
        self._database.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.executescript(_SCHEMA)
        columns = {row[1] for row in self._database.execute("PRAGMA table_info(upload)")}
        if "choices" not in columns:            # a journal of an earlier version
            self._database.execute("ALTER TABLE upload ADD COLUMN choices TEXT NOT NULL DEFAULT ''")
        self._database.execute(f"PRAGMA user_version={_VERSION}")
        self._database.execute("BEGIN IMMEDIATE")
        old = "SELECT id FROM upload WHERE confirmed=0 OR (ended=1 AND began<?)"
        limit = (time.time() - _KEPT_S,)
        self._database.execute(f"DELETE FROM file WHERE upload_id IN ({old})", limit)  # noqa: S608 - our own words
        self._database.execute("DELETE FROM upload WHERE confirmed=0 OR (ended=1 AND began<?)", limit)
        self._database.execute("COMMIT")

    def _commit(self, changes: Sequence[_Change]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            for change in changes:
                self._database.executemany(change.sql, change.rows)
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    def _unfinished(self) -> tuple[JournalUpload, ...]:
        return self._uploads("WHERE confirmed=1 AND ended=0 ORDER BY began", ())

    def _uploads(self, where: str, values: tuple[object, ...]) -> tuple[JournalUpload, ...]:
        sql = f"SELECT id, store_key, store_name, title, paths, confirmed, scanned, choices FROM upload {where}"  # noqa: S608 - ours
        return tuple(
            JournalUpload(row[0], row[1], row[2], row[3], _from_blob(row[4]), bool(row[5]), bool(row[6]), row[7])
            for row in self._database.execute(sql, values)
        )

    def _rows(self, upload_id: str) -> tuple[JournalRow, ...]:
        sql = (
            "SELECT path, member, size, modified_ns, study, series, sop, sop_class, state, verdict, reason "
            "FROM file WHERE upload_id=?"
        )
        return tuple(
            JournalRow(
                UploadItem(
                    Path(os.fsdecode(path)), size, study, series, sop, sop_class,
                    Verdict(verdict) if verdict else None, reason, member, modified_ns,
                ),
                FileState(state),
            )
            for path, member, size, modified_ns, study, series, sop, sop_class, state, verdict, reason
            in self._database.execute(sql, (upload_id,))
        )


def _to_blob(paths: Sequence[Path]) -> bytes:
    return b"\0".join(os.fsencode(path) for path in paths)


def _from_blob(blob: bytes) -> tuple[Path, ...]:
    return tuple(Path(os.fsdecode(part)) for part in blob.split(b"\0") if part)


def _sound(text: str) -> str:
    """Names of files may hold bytes that are no text; SQLite takes text only."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
