"""UploadRun: one upload under way, from the first file found to the last verdict."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.core.errors import DiskError, LightboxError
from desktop_app.core.upload import (
    PlanBuilder,
    UploadItem,
    UploadPlan,
    UploadProgress,
    Verdict,
)
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.core.words import say, t
from desktop_app.services.decoder import Urgency
from desktop_app.services.upload_journal import FileState, JournalRow, JournalUpload, UploadJournal
from desktop_app.services.upload_outgoing import Outgoing
from desktop_app.services.upload_read_back import ReadBack, SeriesKey
from desktop_app.services.upload_scan import look_at, next_bunch, scan
from desktop_app.services.upload_sender import ABOUT_ALL, Sender, Traffic
from desktop_app.services.upload_twins import HELD, twin_verdict
from desktop_app.services.upload_zip import PasswordNeeded, Zips, ZipTrouble

T = TypeVar("T")

ASKED_FROM = 50  # files: what is smaller and without problems may begin at once
_FIRST_LOOKED_AT, _LOOKED_AT_ONCE = 8, 256     # files: few at first, so that the first goes out at once

_STORED_EARLIER = t("services", "It was sent before this upload was interrupted.")
_NO_KEY = t(
    "services", "The key by which names are replaced can neither be read nor written. Check the disk, then "
    "send again.")


class UploadRun:
    """Lives on the network thread, for the time of one `go`."""

    def __init__(
        self, sender: Sender, journal: UploadJournal, upload: JournalUpload, *, ask: bool = False,
        ask_always: bool = False, key: bytes = b"",
    ) -> None:
        self.upload = upload
        self._sender, self._journal = sender, journal
        self._zips = Zips()
        self._key, self._ask_always = key, ask_always
        self._outgoing = Outgoing(UploadChoices.from_text(upload.choices), key)
        self._plan = PlanBuilder()
        self._plan_seen: tuple[int, UploadPlan] | None = None
        self._judged: list[UploadItem] = []
        self._verdicts: Counter[Verdict] = Counter()
        self._found = self._done = self._total_bytes = self._done_bytes = 0
        self._scanning = True
        self._traffic = Traffic()
        self._ready: asyncio.Queue[UploadItem | None] = asyncio.Queue()
        self._reading_back = ReadBack(sender, self._zips, self._judge_claimed)
        self._there: dict[SeriesKey, asyncio.Task[frozenset[str]]] = {}
        self._first_of: dict[str, UploadItem] = {}  # SOP Instance UID → the first file of this upload with it
        self._twins: list[UploadItem] = []  # files with the UID of an earlier one: settled when that one is
        self._ended: dict[str, UploadItem] = {}  # SOP Instance UID → what became of that first file
        self._rows: tuple[JournalRow, ...] = ()
        self._known: set[tuple[str, str]] = set()
        self._sent_before: dict[tuple[str, str], FileState] = {}
        self._stopped: LightboxError | None = None
        self._agreed, self._unpaused = asyncio.Event(), asyncio.Event()
        self._unpaused.set()
        self._asking = False
        self._password: asyncio.Future[str | None] | None = None
        self._password_for, self._password_turn = "", 0
        if not ask:
            self._agreed.set()

    # -- what can be asked and told ------------------------------------------------------------------------------

    @property
    def progress(self) -> UploadProgress:
        return UploadProgress(
            self._found, self._done, self._total_bytes,
            min(self._done_bytes + self._traffic.under_way, self._total_bytes), self._scanning,
            tuple((verdict, self._verdicts[verdict]) for verdict in Verdict if self._verdicts[verdict]),
            self._traffic.wire, self._asking and not self._agreed.is_set(), not self._unpaused.is_set(),
            self._sender.waiting, self._password_for, self._password_turn,
        )

    @property
    def plan(self) -> UploadPlan | None:
        """What goes where, while it is asked whether it may."""
        if not self._asking or self._agreed.is_set():
            return None
        if self._plan_seen is None or self._plan_seen[0] != self._found:
            self._plan_seen = (self._found, self._plan.plan())
        return self._plan_seen[1]

    def waiting_items(self) -> tuple[tuple[UploadItem, ...], Zips]:
        """The files that would be sent, and the ZIPs that some lie in."""
        return (*self._first_of.values(), *self._twins), self._zips

    def take_judged(self) -> tuple[UploadItem, ...]:
        """The verdicts since the last look."""
        judged, self._judged = tuple(self._judged), []
        return judged

    def confirm(self, choices: UploadChoices) -> None:
        """Someone agreed, and chose. What cannot be done as chosen is not done in another way."""
        if not self._agreed.is_set():
            try:
                self._outgoing = Outgoing(choices, self._key)
            except ValueError:
                self._stop(DiskError(say("services", _NO_KEY)))
            self.upload = replace(self.upload, choices=choices.as_text())
            self._agreed.set()

    def pause(self, paused: bool) -> None:
        (self._unpaused.clear if paused else self._unpaused.set)()

    def give_password(self, password: str | None) -> None:
        if self._password is not None and not self._password.done():
            self._password.set_result(password)

    def take_up(self, rows: Sequence[JournalRow], *, failed_too: bool) -> None:
        """What the journal knows of this upload already."""
        self._rows = tuple(row.anew() if row.is_to_do(failed_too=failed_too) else row for row in rows)

    # -- the whole way -------------------------------------------------------------------------------------------

    async def go(self) -> None:
        """Ends when every file has its verdict. Raises DiskError when the journal cannot be written."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._find())
                group.create_task(self._dispatch())
            await self._reading_back.rest(self._outgoing)
            await self._settle_twins()
            if not self._verdicts[Verdict.NOT_SENT]:
                await self._journal.end(self.upload.id)
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors
        finally:
            for task in self._there.values():
                task.cancel()
            await asyncio.gather(*self._there.values(), return_exceptions=True)
            await asyncio.to_thread(self._zips.close)

    # -- finding -------------------------------------------------------------------------------------------------

    async def _find(self) -> None:
        await self._take_up_rows()
        if not self.upload.scanned:
            await self._scan(self.upload.paths)
            await self._journal.scanned(self.upload.id)
        self._scanning = False
        if not self._asking:
            self._agreed.set()
        self._ready.put_nowait(None)

    async def _take_up_rows(self) -> None:
        """The files that the journal knows: verdicts are told, the rest is looked at again."""
        again: list[UploadItem] = []
        for row in self._rows:
            item = row.item
            self._known.add(item.key)
            self._count_found(item)
            if row.state is FileState.DONE:
                if item.sop_instance_uid and item.verdict in HELD:
                    self._first_of.setdefault(item.sop_instance_uid, item)
                self._count(item)
                continue
            if row.state is not FileState.FOUND:
                self._sent_before[item.key] = row.state
            again.append(item)
        for zipped in dict.fromkeys(item.path for item in again if item.member):
            await self._unlock(zipped)
        for start in range(0, len(again), _LOOKED_AT_ONCE):
            bunch = again[start:start + _LOOKED_AT_ONCE]
            looked = await self._in_thread(
                lambda bunch=bunch: [look_at(item.path, item.member, self._zips) for item in bunch]  # type: ignore[misc]
            )
            await self._take(looked)
            self._total_bytes += sum(new.size - old.size for new, old in zip(looked, bunch, strict=True))

    async def _unlock(self, path: Path) -> None:
        try:
            while await self._in_thread(lambda: self._zips.asks_password(path)):
                await self._ask_password(PasswordNeeded(path, self._zips.has_tried(path)))
        except ZipTrouble:
            return  # each of its files will say so

    async def _scan(self, paths: Sequence[Path]) -> None:
        found, most = scan(paths, self._zips), _FIRST_LOOKED_AT
        while bunch := await self._in_thread(partial(next_bunch, found, most)):
            most = min(most * 2, _LOOKED_AT_ONCE)
            new = [item for item in bunch if isinstance(item, UploadItem) and item.key not in self._known]
            for item in new:
                self._count_found(item)
                self._plan.add(item)
            await self._take(new)
            if not self._agreed.is_set() and self._is_to_ask():
                self._asking = True
            if isinstance(bunch[-1], PasswordNeeded):
                await self._ask_password(bunch[-1])

    def _is_to_ask(self) -> bool:
        return self._ask_always or self._found >= ASKED_FROM or self._done > 0

    async def _ask_password(self, needed: PasswordNeeded) -> None:
        self._password = asyncio.get_running_loop().create_future()
        self._password_for = needed.path.name
        self._password_turn += 1
        try:
            password = await self._password
        finally:
            self._password_for = ""
        await self._in_thread(lambda: self._zips.give_password(needed.path, password))

    async def _take(self, items: Iterable[UploadItem]) -> None:
        """New files: a row for each, and on their way."""
        finished, fresh = [], []
        for item in items:
            if item.verdict is not None:
                finished.append(item)
            elif item.sop_instance_uid in self._first_of:
                self._twins.append(item)
            else:
                self._first_of[item.sop_instance_uid] = item
                fresh.append(item)
        resent = [item for item in fresh if item.key in self._sent_before]  # SENDING stays in the journal
        await self._journal.note(self.upload.id, [item for item in fresh if item not in resent], FileState.FOUND)
        for item in fresh:
            self._ask_for(item.series_key)
            self._ready.put_nowait(item)
        await self._judge(finished)

    async def _settle_twins(self) -> None:
        """Files with the UID of an earlier one share its fate or contradict it; if that failed, they are tried."""
        while self._twins:
            twins, self._twins = self._twins, []
            turns: set[str] = set()
            for item in twins:
                uid = item.sop_instance_uid
                if uid in turns:
                    self._twins.append(item)
                elif (judged := await self._twin(item, self._first_of[uid])).verdict is not None:
                    await self._judge([judged])
                else:
                    turns.add(uid)
                    self._first_of[uid] = item
                    self._ready.put_nowait(item)
            self._ready.put_nowait(None)
            await self._dispatch()
            await self._reading_back.rest(self._outgoing)

    async def _twin(self, item: UploadItem, first: UploadItem) -> UploadItem:
        ended = self._ended.get(item.sop_instance_uid, first)
        return await self._in_thread(lambda: twin_verdict(item, first, ended, self._zips))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await self._sender.decoder.run(work, urgency=Urgency.IDLE)

    # -- sending -------------------------------------------------------------------------------------------------

    async def _dispatch(self) -> None:
        await self._agreed.wait()
        await self._journal.confirm(self.upload.id, self.upload.choices)
        async with asyncio.TaskGroup() as group:
            batch: list[UploadItem] = []
            while True:
                item = await self._ready.get()
                if item is not None and await self._is_new(item, group):
                    batch.append(item)
                size = sum(one.size for one in batch)
                full = self._sender.is_full(len(batch), size, self._outgoing)
                if batch and (full or item is None or self._ready.empty()):
                    await self._start(group, self._send(tuple(batch)))
                    batch = []
                if item is None:
                    return

    async def _is_new(self, item: UploadItem, group: asyncio.TaskGroup) -> bool:
        """Whether the archive does not have it yet; else, or when that cannot be known, it is dealt with."""
        if self._stopped is not None:
            await self._judge([item.judged(Verdict.NOT_SENT, self._stopped.user_text)])
            return False
        try:
            there = await self._ask_for(item.series_key)
        except ABOUT_ALL as error:
            self._stop(error)
            await self._judge([item.judged(Verdict.NOT_SENT, error.user_text)])
            return False
        except LightboxError as error:
            await self._judge([item.judged(Verdict.NOT_SENT, error.user_text)])
            return False
        if self._outgoing.uid(item.sop_instance_uid) not in there:
            return True
        if self._sent_before.get(item.key) is FileState.ANSWERED:  # the archive said so then, and lists it now
            await self._judge([item.judged(Verdict.STORED, say("services", _STORED_EARLIER))])
            return False
        await self._start(group, self._compare(item))
        return False

    async def _start(self, group: asyncio.TaskGroup, work: Coroutine[Any, Any, None]) -> None:
        """Runs it in a lane, as soon as one is free and the upload is not paused."""
        try:
            await self._unpaused.wait()
            await self._sender.lanes.acquire()
        except BaseException:
            work.close()
            raise

        began = False

        async def in_lane() -> None:
            nonlocal began
            began = True
            async with self._sender.lanes.used():
                await work
            if self._stopped is None:
                await self._reading_back.early(self._outgoing)

        def ended(_: asyncio.Task[None]) -> None:
            if not began:  # cancelled before its first step: nothing in it could do this
                work.close()
                self._sender.lanes.give_back()

        group.create_task(in_lane()).add_done_callback(ended)

    def _ask_for(self, key: SeriesKey) -> asyncio.Task[frozenset[str]]:
        """The UIDs that the archive has of a series, asked for once."""
        if key not in self._there:
            self._there[key] = asyncio.create_task(self._list_politely(key))
        return self._there[key]

    async def _list_politely(self, key: SeriesKey) -> frozenset[str]:
        await self._agreed.wait()  # not even a question before someone has agreed
        return await self._reading_back.listed(key, self._outgoing, lambda: self._stopped)

    async def _compare(self, item: UploadItem) -> None:
        try:
            judged = await self._sender.compare(item, self._zips, self._outgoing)
        except ABOUT_ALL as error:
            self._stop(error)
            judged = item.judged(Verdict.NOT_SENT, error.user_text)
        if judged.verdict is Verdict.ALREADY_THERE and item.key in self._sent_before:
            judged = item.judged(Verdict.STORED, say("services", _STORED_EARLIER))
        await self._judge([judged])

    async def _send(self, batch: tuple[UploadItem, ...]) -> None:
        if self._stopped is not None:
            await self._judge([item.judged(Verdict.NOT_SENT, self._stopped.user_text) for item in batch])
            return
        await self._journal.note(self.upload.id, batch, FileState.SENDING)
        try:
            answered = await self._sender.send(batch, self._zips, self._traffic, self._outgoing)
        except ABOUT_ALL as error:
            self._stop(error)
            await self._judge([item.judged(Verdict.NOT_SENT, error.user_text) for item in batch])
            return
        claimed = [item for item in answered if item.verdict is None]
        await self._journal.note(self.upload.id, claimed, FileState.ANSWERED)
        self._reading_back.claimed(claimed)
        self._done_bytes += sum(item.size for item in claimed)
        await self._judge([item for item in answered if item.verdict is not None])

    def _stop(self, error: LightboxError) -> None:
        """What went wrong is about all that is left."""
        self._stopped = self._stopped or error

    # -- verdicts ------------------------------------------------------------------------------------------------

    async def _judge(self, items: Sequence[UploadItem], *, counted: bool = False) -> None:
        """The journal first; then everybody may know. `counted`: their bytes are counted as done already."""
        await self._journal.note(self.upload.id, items, FileState.DONE)
        for item in items:
            self._count(item, counted=counted)

    async def _judge_claimed(self, items: Sequence[UploadItem]) -> None:
        await self._judge(items, counted=True)

    def _count(self, item: UploadItem, *, counted: bool = False) -> None:
        assert item.verdict is not None
        self._done += 1
        self._verdicts[item.verdict] += 1
        first = self._first_of.get(item.sop_instance_uid)
        if first is not None and first.key == item.key:
            self._ended[item.sop_instance_uid] = item
        self._judged.append(item)
        if not counted:
            self._done_bytes += item.size

    def _count_found(self, item: UploadItem) -> None:
        self._found += 1
        self._total_bytes += item.size


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error
