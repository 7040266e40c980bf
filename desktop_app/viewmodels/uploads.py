"""UploadsModel: what is being uploaded, and what became of every file."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.sizes import duration_text, size_text
from desktop_app.core.store import Store
from desktop_app.core.upload import UploadItem, UploadProgress
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.uploader import UploadEvent


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One drop on its way."""

    id: int
    title: str
    store_name: str
    progress: UploadProgress = field(default_factory=UploadProgress)
    rate_text: str = ""
    left_text: str = ""
    finished: bool = False
    cancelled: bool = False
    error: str = ""


class UploadsModel(QObject):
    """Uploads, newest first. `stored` is emitted with the store when something arrived there."""

    changed = Signal()
    stored = Signal(object)

    def __init__(self, network: Network[Backend], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self.rows: tuple[UploadRow, ...] = ()
        self._ids = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._items: dict[int, list[UploadItem]] = {}
        self._began: dict[int, float] = {}

    @property
    def busy(self) -> bool:
        return any(not row.finished for row in self.rows)

    def drop(self, paths: Sequence[Path], store: Store) -> int:
        """Begins an upload of files and folders; returns its id."""
        number = next(self._ids)
        title = paths[0].name if len(paths) == 1 else self.tr("%n items", "", len(paths))
        self.rows = (UploadRow(number, title, store.name), *self.rows)
        self._items[number] = []
        self._began[number] = time.monotonic()
        job = self._jobs[number] = Job(self, lambda error: self._end(number, error=user_text(error)))
        job.start(self._run(number, tuple(paths), store))
        self.changed.emit()
        return number

    def cancel(self, number: int) -> None:
        if number in self._jobs and self._jobs[number].running:
            self._jobs[number].cancel()
            self._end(number, cancelled=True)

    def clear_finished(self) -> None:
        self.rows = tuple(row for row in self.rows if not row.finished)
        self.changed.emit()

    def report(self, number: int) -> tuple[UploadItem, ...]:
        """Every file that has its verdict."""
        return tuple(self._items.get(number, ()))

    def report_text(self, number: int) -> str:
        """The report as lines of tab-separated values: verdict, file, reason."""
        lines = ["\t".join((item.verdict or "", str(item.path), item.reason)) for item in self.report(number)]
        return "\n".join(("verdict\tfile\treason", *lines)) + "\n"

    async def _run(self, number: int, paths: tuple[Path, ...], store: Store) -> None:
        try:
            async for events in self._network.stream(
                lambda backend: backend.connection(store).uploader.upload(paths)
            ):
                self._take(number, events)
            self._end(number)
        finally:
            self.stored.emit(store)

    def _take(self, number: int, events: tuple[UploadEvent, ...]) -> None:
        for event in events:
            self._items[number].extend(event.judged)
        progress = events[-1].progress
        elapsed = time.monotonic() - self._began[number]
        rate = progress.sent_bytes / elapsed if elapsed > 0.5 else 0.0
        left = (progress.total_bytes - progress.sent_bytes) / rate if rate and not progress.scanning else 0.0
        self._update(
            number,
            progress=progress,
            rate_text=f"{size_text(rate)}/s" if rate else "",
            left_text=self.tr("%s left") % duration_text(left) if left > 1 else "",
        )

    def _end(self, number: int, *, error: str = "", cancelled: bool = False) -> None:
        self._update(number, finished=True, cancelled=cancelled, error=error, rate_text="", left_text="")

    def _update(self, number: int, **changes: object) -> None:
        self.rows = tuple(replace(row, **changes) if row.id == number else row for row in self.rows)  # type: ignore[arg-type]
        self.changed.emit()
