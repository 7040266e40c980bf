"""UploadsModel: what is being uploaded, and what became of every file."""

from __future__ import annotations

import asyncio
import csv
import io
import itertools
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import SignInNeeded, user_text
from desktop_app.core.sizes import duration_text, size_text
from desktop_app.core.store import Store
from desktop_app.core.upload import UploadItem, UploadPlan, UploadProgress, Verdict
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.core.words import say
from desktop_app.services.rate_meter import RateMeter
from desktop_app.viewmodels.comparison import Comparison
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.presend import PresendCheck

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.upload_journal import JournalUpload
    from desktop_app.services.uploader import Uploader, UploadEvent

Stream = Callable[["Uploader"], AsyncIterator["UploadEvent"]]

_ARRIVED = frozenset({Verdict.STORED, Verdict.STORED_WITH_WARNING})
_TELLS_EVERY_S = 10.0  # lists are asked for again this often while more arrives
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One drop on its way. `plan` says what goes where while it waits for someone to agree."""

    id: int
    title: str
    store_name: str
    progress: UploadProgress = field(default_factory=UploadProgress)
    rate_text: str = ""
    left_text: str = ""
    finished: bool = False
    cancelled: bool = False
    error: str = ""
    paused: bool = False
    plan: UploadPlan | None = None

    @property
    def can_send_again(self) -> bool:
        """It is over, and not all that could be stored is."""
        return self.finished and bool(self.error or self.progress.failed) and not self.cancelled


    @property
    def ended_well(self) -> bool:
        """It is over, and nobody needs to look at it: all of it is at the archive."""
        well = _ARRIVED | {Verdict.ALREADY_THERE}
        return self.finished and not (self.error or self.cancelled) and all(
            verdict in well and verdict is not Verdict.STORED_WITH_WARNING for verdict, _ in self.progress.totals)


@dataclass(slots=True)
class _Upload:
    """What the model keeps of a row."""

    upload_id: str
    store: Store | None
    job: Job
    items: dict[tuple[str, str], UploadItem] = field(default_factory=dict)
    rate: RateMeter = field(default_factory=RateMeter)
    arrived: set[str] = field(default_factory=set)  # studies
    told_at: float = field(default_factory=lambda: time.monotonic())
    asked: bool = False
    waits_for_sign_in: bool = False
    password_turn: int = 0


class UploadsModel(QObject):
    """Uploads, newest first.

    `stored` is emitted with the store when something arrived there, `arrived` with the store and the Study Instance
    UIDs; in a long upload now and then. `asked` (id): someone must agree before anything is sent. `password_asked`
    (id, name of the ZIP). `saving_failed` (sentence): a report could not be written.
    """

    changed = Signal()
    stored = Signal(object)
    arrived = Signal(object, object)
    asked = Signal(int)
    password_asked = Signal(int, str)
    saving_failed = Signal(str)

    def __init__(self, network: Network[Backend], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self.rows: tuple[UploadRow, ...] = ()
        self._ids = itertools.count(1)
        self._uploads: dict[int, _Upload] = {}
        self._saving = Job(self, self._saving_failed)
        self._taking_up = Job(self, lambda error: None)

    @property
    def busy(self) -> bool:
        return any(not row.finished for row in self.rows)

    # -- beginning -----------------------------------------------------------------------------------------------

    def drop(
        self, paths: Sequence[Path], store: Store, *, ask: bool = True, ask_always: bool = False, title: str = "",
        choices: UploadChoices = UploadChoices(),  # noqa: B008
    ) -> int:
        """Begins an upload of files and folders; returns its id. `ask`: what is large or has problems needs a yes, with
        `ask_always` everything."""
        title = title or (paths[0].name if len(paths) == 1 else self.tr("%n items", "", len(paths)))
        number = self._add(title, store.name, uuid.uuid4().hex, store)
        upload_id, files = self._uploads[number].upload_id, tuple(paths)
        self._start(number, lambda uploader: uploader.upload(
            files, upload_id=upload_id, title=title, ask=ask, ask_always=ask_always, choices=choices))
        return number

    def take_up(self, find_store: Callable[[str], Store | None]) -> None:
        """Goes on with what an earlier run of the program could not end. `find_store`: a store by its key."""
        self._taking_up.start(self._take_up(find_store))

    async def _take_up(self, find_store: Callable[[str], Store | None]) -> None:
        for upload in await self._network.call(lambda backend: backend.unfinished_uploads()):
            self._take_up_one(upload, find_store(upload.store_key))

    def _take_up_one(self, upload: JournalUpload, store: Store | None) -> None:
        if any(known.upload_id == upload.id for known in self._uploads.values()):
            return
        number = self._add(upload.title, upload.store_name, upload.id, store)
        if store is None:
            self._end(number, error=self.tr("The archive is no longer in the list. Add it again and restart."))
        elif not store.sign_in.in_browser:
            self._go_on(number)
        else:  # nobody is asked to sign in before they have touched anything
            self._uploads[number].waits_for_sign_in = True
            self._end(number, error=self.tr("Interrupted. It goes on by itself as soon as you are signed in."))

    def go_on_with(self, store: Store) -> None:
        """Someone signed in to this archive: what waited for that goes on."""
        for row in self.rows:
            upload = self._uploads[row.id]
            if row.finished and upload.waits_for_sign_in and upload.store is not None and upload.store.key == store.key:
                upload.waits_for_sign_in = False
                self._go_on(row.id)

    def send_again(self, number: int) -> None:
        """What failed, and what was never sent, once more."""
        row = self._row(number)
        if row is not None and row.can_send_again:
            self._go_on(number, failed_too=True)

    def _go_on(self, number: int, *, failed_too: bool = False) -> None:
        upload = self._uploads[number]
        if upload.store is None:
            return
        upload.items.clear()
        upload.password_turn = 0
        upload_id = upload.upload_id
        self._update(number, finished=False, error="", progress=UploadProgress())
        self._start(number, lambda uploader: uploader.go_on(upload_id, failed_too=failed_too))

    def _add(self, title: str, store_name: str, upload_id: str, store: Store | None) -> int:
        number = next(self._ids)
        job = Job(self, lambda error: self._end(number, error=user_text(error)))
        self._uploads[number] = _Upload(upload_id, store, job)
        self.rows = (UploadRow(number, title, store_name), *self.rows)
        self.changed.emit()
        return number

    # -- on the way ----------------------------------------------------------------------------------------------

    def store_of(self, number: int) -> Store | None:
        upload = self._uploads.get(number)
        return upload.store if upload is not None else None

    def confirm(self, number: int, choices: UploadChoices = UploadChoices()) -> None:  # noqa: B008
        """Yes, send it, in this way."""
        self._tell(number, lambda uploader, upload_id: uploader.confirm(upload_id, choices))

    def pause(self, number: int, paused: bool) -> None:
        self._update(number, paused=paused)
        self._tell(number, lambda uploader, upload_id: uploader.pause(upload_id, paused))

    def give_password(self, number: int, password: str | None) -> None:
        """The password of the ZIP that was asked for; None: go on without it."""
        self._tell(number, lambda uploader, upload_id: uploader.give_password(upload_id, password))

    def cancel(self, number: int) -> None:
        upload = self._uploads.get(number)
        if upload is not None and upload.job.running:
            upload.job.cancel()
            self._forget(upload)
            self._end(number, cancelled=True)

    def clear_finished(self) -> None:
        """Finished ones are not shown any more, and not gone on with at the next start."""
        self._clear(row.id for row in self.rows if row.finished)

    def clear_all_well(self) -> None:
        """The same for those that ended without anything to be looked at."""
        self._clear(row.id for row in self.rows if row.ended_well)

    def _clear(self, numbers: Iterable[int]) -> None:
        gone = frozenset(numbers)
        for number in gone:
            upload = self._uploads.pop(number)
            self._forget(upload)
            upload.job.deleteLater()
        if gone:
            self.rows = tuple(row for row in self.rows if row.id not in gone)
            self.changed.emit()

    def _forget(self, upload: _Upload) -> None:
        upload_id = upload.upload_id
        self._network.submit(lambda backend: backend.forget_upload(upload_id))

    def _tell(self, number: int, say: Callable[[Uploader, str], None]) -> None:
        upload = self._uploads.get(number)
        if upload is None or upload.store is None:
            return
        store, upload_id = upload.store, upload.upload_id

        async def on_network(backend: Backend) -> None:
            say(backend.connection(store).uploader, upload_id)

        self._network.submit(on_network)

    # -- the report ----------------------------------------------------------------------------------------------

    def report(self, number: int) -> tuple[UploadItem, ...]:
        """Every file that has its verdict."""
        upload = self._uploads.get(number)
        return tuple(upload.items.values()) if upload is not None else ()

    def report_text(self, number: int) -> str:
        """The report as lines of tab-separated values: verdict, file, reason."""
        lines = ["\t".join((item.verdict or "", item.place, item.reason)) for item in self.report(number)]
        return "\n".join(("verdict\tfile\treason", *lines)) + "\n"

    def report_csv(self, number: int) -> str:
        """The report as comma-separated values. No cell begins as a formula does: names come from strangers."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(("verdict", "file", "bytes", "study", "series", "instance", "reason"))
        for item in self.report(number):
            uids = (*item.series_key, item.sop_instance_uid)
            cells = (item.verdict or "", item.place, str(item.size), *uids, item.reason)
            writer.writerow(
                f"'{cell}" if cell.startswith(_FORMULA) else cell.encode("utf-8", "replace").decode() for cell in cells
            )
        return target.getvalue()

    def check(self, number: int) -> PresendCheck | None:
        """The check of an upload that waits for its yes. The caller closes it."""
        upload = self._uploads.get(number)
        if upload is None or upload.store is None:
            return None
        return PresendCheck(self._network, upload.store, upload.upload_id, self)

    def compare(self, number: int, item: UploadItem) -> Comparison | None:
        """What differs between a file of this upload and the archive's instance with its UID, as soon as it is known.
        None when the archive is not in the list any more. The caller closes it."""
        upload = self._uploads.get(number)
        if upload is None or upload.store is None:
            return None
        return Comparison(self._network, upload.store, item, self)

    def save_report(self, number: int, path: Path) -> None:
        """Writes the report as CSV; `saving_failed` says what went wrong, if anything did."""
        data = self.report_csv(number).encode("utf-8-sig")

        async def write(_: Backend) -> None:
            await asyncio.to_thread(path.write_bytes, data)

        self._saving.start(self._network.call(write))

    def _saving_failed(self, error: Exception) -> None:
        self.saving_failed.emit(user_text(error))

    # -- the run -------------------------------------------------------------------------------------------------

    def _start(self, number: int, stream: Stream) -> None:
        self._uploads[number].job.start(self._run(number, stream))
        self.changed.emit()

    async def _run(self, number: int, stream: Stream) -> None:
        upload = self._uploads[number]
        store = upload.store
        assert store is not None
        try:
            async for events in self._network.stream(
                lambda backend: stream(backend.connection(store).uploader)
            ):
                self._take(number, events)
            upload.waits_for_sign_in = any(
                item.verdict is Verdict.NOT_SENT and item.reason == say("core", SignInNeeded.default_text)
                for item in upload.items.values())
            self._end(number)
        finally:
            self._tell_what_arrived(upload)

    def _tell_what_arrived(self, upload: _Upload) -> None:
        if upload.arrived:
            studies, upload.arrived = frozenset(upload.arrived), set()
            upload.told_at = time.monotonic()
            self.arrived.emit(upload.store, studies)
            self.stored.emit(upload.store)

    def _take(self, number: int, events: tuple[UploadEvent, ...]) -> None:
        upload = self._uploads[number]
        for event in events:
            for item in event.judged:
                upload.items[item.key] = item
                if item.verdict in _ARRIVED:
                    upload.arrived.add(item.study_instance_uid)
        if time.monotonic() - upload.told_at >= _TELLS_EVERY_S:
            self._tell_what_arrived(upload)
        progress, plan = events[-1].progress, events[-1].plan
        if progress.paused or progress.asking or progress.waiting:
            upload.rate.pause()
        else:
            upload.rate.note(time.monotonic(), progress.wire_bytes)
        rate = upload.rate.bytes_per_s
        left = (progress.total_bytes - progress.sent_bytes) / rate if rate and not progress.scanning else 0.0
        moves = rate and not (progress.paused or progress.waiting)
        self._update(
            number,
            progress=progress,
            plan=plan,
            paused=progress.paused,
            rate_text=f"{size_text(rate)}/s" if moves else "",
            left_text=self.tr("%s left") % duration_text(left) if moves and left > 1 else "",
        )
        if progress.asking and not upload.asked:
            upload.asked = True
            self.asked.emit(number)
        if progress.password_for and progress.password_turn > upload.password_turn:
            upload.password_turn = progress.password_turn
            self.password_asked.emit(number, progress.password_for)

    def _end(self, number: int, *, error: str = "", cancelled: bool = False) -> None:
        self._update(
            number, finished=True, cancelled=cancelled, error=error, rate_text="", left_text="", paused=False, plan=None
        )

    def _row(self, number: int) -> UploadRow | None:
        return next((row for row in self.rows if row.id == number), None)

    def _update(self, number: int, **changes: object) -> None:
        self.rows = tuple(replace(row, **changes) if row.id == number else row for row in self.rows)  # type: ignore[arg-type]
        self.changed.emit()
