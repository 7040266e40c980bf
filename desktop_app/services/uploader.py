"""Uploader: every file gets a verdict, and never a better one than is known.

Scanning, asking, sending and reading back run beside each other: the first files go out while later ones are found.
Each step is in the journal before it is taken, so that an upload goes on where it was, whatever ended the program.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.audit import AuditKind
from desktop_app.core.difference import InstanceDifference
from desktop_app.core.errors import SwitchedOff
from desktop_app.core.presend import CheckProgress
from desktop_app.core.upload import UploadItem, UploadPlan, UploadProgress, Verdict
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.services.audit import Audit
from desktop_app.services.decoder import Decoder
from desktop_app.services.presend import check_items
from desktop_app.services.upload_journal import JournalUpload, UploadJournal
from desktop_app.services.upload_run import UploadRun
from desktop_app.services.upload_sender import Sender, Sleep

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_SENT = frozenset({Verdict.STORED, Verdict.STORED_WITH_WARNING})
_TICK_S = 0.1  # news at most this often


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """News of an upload: files that got their verdict just now, and where it stands. `plan` while it is asked for."""

    judged: tuple[UploadItem, ...]
    progress: UploadProgress
    plan: UploadPlan | None = None


class Uploader:
    """Uploads to one archive. Lives on the network thread."""

    def __init__(
        self,
        client: DicomWebClient,
        decoder: Decoder,
        journal: UploadJournal | None = None,
        *,
        store_key: str = "",
        store_name: str = "",
        key: Callable[[], bytes] = lambda: b"",
        sleep: Sleep = asyncio.sleep,
        audit: Audit | None = None,
        refusal: str = "",
    ) -> None:
        """`refusal`: why nothing may be sent from here; `upload` and `go_on` then raise SwitchedOff with it."""
        self._refusal = refusal
        self._audit = audit or Audit(None)
        self._journal = journal
        self._read_key = key
        self._store_key, self._store_name = store_key, store_name
        self._sender = Sender(client, decoder, sleep=sleep)
        self._runs: dict[str, UploadRun] = {}

    async def upload(
        self, paths: Sequence[Path], *, upload_id: str = "", title: str = "", ask: bool = False,
        ask_always: bool = False, choices: UploadChoices = UploadChoices(),  # noqa: B008
    ) -> AsyncIterator[UploadEvent]:
        """Uploads all that lies below the paths; ends when every file has its verdict.

        With `ask`, a large upload or one with problems (with `ask_always` any) waits for `confirm` before anything is
        sent. Cancelling stops the network too; the journal keeps what is left until `forget`. Without a journal nothing
        outlives the call.
        """
        self._may_send()
        upload = JournalUpload(
            upload_id or uuid.uuid4().hex, self._store_key, self._store_name, title,
            tuple(Path(path) for path in paths), confirmed=not ask, choices=choices.as_text(),
        )
        journal = self._journal or await UploadJournal.open(None)
        try:
            await journal.begin(upload)
            run = UploadRun(
                self._sender, journal, upload, ask=ask, ask_always=ask_always, key=await self._key())
            async with aclosing(self._events(run)) as events:
                async for event in events:
                    yield event
        finally:
            if self._journal is None:
                await journal.close()

    async def go_on(self, upload_id: str, *, failed_too: bool = False) -> AsyncIterator[UploadEvent]:
        """Goes on with an upload of the journal; with `failed_too` what failed is sent again.

        The first event tells every verdict that there is already.
        """
        self._may_send()
        journal = self._journal
        upload = await journal.upload(upload_id) if journal is not None else None
        if journal is None or upload is None:
            return
        await journal.reopen(upload_id)
        run = UploadRun(self._sender, journal, upload, key=await self._key())
        run.take_up(await journal.rows(upload_id), failed_too=failed_too)
        async with aclosing(self._events(run)) as events:
            async for event in events:
                yield event

    def confirm(self, upload_id: str, choices: UploadChoices = UploadChoices()) -> None:  # noqa: B008
        """Someone agreed: it may be sent, in this way."""
        self._with(upload_id, lambda run: run.confirm(choices))

    def pause(self, upload_id: str, paused: bool) -> None:
        """What is under way ends; nothing new begins while paused."""
        self._with(upload_id, lambda run: run.pause(paused))

    def give_password(self, upload_id: str, password: str | None) -> None:
        """The password that was asked for; None: there is none, go on without that ZIP."""
        self._with(upload_id, lambda run: run.give_password(password))

    async def check(self, upload_id: str) -> AsyncIterator[CheckProgress]:
        """Looks into the files of an upload that waits for its yes, and says what is wrong with them."""
        run = self._runs.get(upload_id)
        if run is not None:
            items, zips = run.waiting_items()
            async for progress in check_items(items, self._sender.client, self._sender.decoder, zips):
                yield progress

    async def difference(self, item: UploadItem) -> InstanceDifference:
        """How a file differs from what the archive has under its UID. Raises LightboxError."""
        return await self._sender.difference(item)

    async def forget(self, upload_id: str) -> None:
        """It will not be gone on with."""
        if self._journal is not None:
            await self._journal.end(upload_id)

    def _may_send(self) -> None:
        if self._refusal:
            raise SwitchedOff(self._refusal)

    async def _key(self) -> bytes:
        try:
            return await asyncio.to_thread(self._read_key)
        except OSError:         # nothing can be de-identified then; everything else can be sent
            return b""

    def _with(self, upload_id: str, action: Callable[[UploadRun], None]) -> None:
        if run := self._runs.get(upload_id):
            action(run)

    async def _events(self, run: UploadRun) -> AsyncGenerator[UploadEvent, None]:
        self._runs[run.upload.id] = run
        sent: Counter[str] = Counter()          # by study
        work = asyncio.create_task(run.go())
        said: UploadProgress | None = None
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=_TICK_S)
                judged, progress = run.take_judged(), run.progress
                sent.update(item.study_instance_uid for item in judged if item.verdict in _SENT)
                if judged or progress != said:
                    said = progress
                    yield UploadEvent(judged, progress, run.plan)
            judged = run.take_judged()  # while the reader was busy
            sent.update(item.study_instance_uid for item in judged if item.verdict in _SENT)
            if judged or run.progress != said:
                yield UploadEvent(judged, run.progress, run.plan)
            await work
        finally:
            for study, count in sent.items():
                await self._audit.note(AuditKind.SENT, self._store_name, study, count)
            del self._runs[run.upload.id]
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


