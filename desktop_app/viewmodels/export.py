"""ExportModel: writes what is looked at, its series or the study, and says how far it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.export import DicomForm, ExportProgress, PictureForm
from desktop_app.core.frame_ref import FrameRef
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.store import Store
    from desktop_app.core.study import Study
    from desktop_app.services.backend import Backend
    from desktop_app.services.exporter import Exporter
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.series_rail import SeriesRail
    from desktop_app.viewmodels.viewport import ViewportModel

_FILM_MS = 1000 / 24


class Scope(StrEnum):
    IMAGE = "image"
    SERIES = "series"
    STUDY = "study"


class Viewer(Protocol):
    """What is asked of the study's viewer."""

    store: Store
    study: Study
    rail: SeriesRail
    active: ViewportModel


class ExportModel(QObject):
    """One export at a time. `progress` is the last news, `ended` says in a sentence how it went; `failed` if it did."""

    changed = Signal()

    def __init__(self, network: Network[Backend], viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._viewer = network, viewer
        self.progress = ExportProgress(0, 0)
        self.ended = ""
        self.failed = False
        self._job = Job(self, self._failed)
        self._job.running_changed.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self._job.running

    def refs(self, scope: Scope) -> tuple[FrameRef, ...]:
        """The frames of a scope, in their order."""
        shown = self._viewer.active.display_set
        if scope is Scope.STUDY:
            return tuple(ref for one in self._viewer.rail.display_sets for ref in one.frames)
        if shown is None or not shown.frames:
            return ()
        if scope is Scope.IMAGE:
            return (shown.frames[min(self._viewer.active.state.index, len(shown.frames) - 1)],)
        uid = shown.series.series_instance_uid
        return tuple(ref for one in self._viewer.rail.display_sets
                     if one.series.series_instance_uid == uid for ref in one.frames)

    def save_dicom(self, scope: Scope, form: DicomForm, target: Path) -> None:
        refs = self.refs(scope)
        self._run(lambda exporter: exporter.dicom(refs, target, form))

    def save_series_pictures(self, folder: Path) -> None:
        """The frames of the active viewport as PNGs, as they are windowed and turned now."""
        refs, state = self._frames(), replace(self._viewer.active.state, index=0)
        self._run(lambda exporter: exporter.series(refs, state, folder))

    def save_film(self, path: Path) -> None:
        """The frames of the active viewport as an animated WebP at the pace of the image, or 24 a second."""
        refs, viewport = self._frames(), self._viewer.active
        frame = viewport.frame
        pace = (frame.facts.frame_time_ms if frame is not None else None) or _FILM_MS
        self._run(lambda exporter: exporter.film(refs, viewport.state, path, pace))

    def save_picture(self, pixels: Any, path: Path, form: PictureForm) -> None:
        """A view as it was painted: uint8 (rows, columns, 3)."""
        study = self._viewer.study.study_instance_uid

        async def one(exporter: Exporter) -> AsyncIterator[ExportProgress]:
            await exporter.picture(pixels, path, form, study)
            yield ExportProgress(1, 1, 0, str(path))

        self._run(one)

    def save_bytes(self, data: bytes, path: Path) -> None:
        """A file that was made here, as a PDF."""
        study = self._viewer.study.study_instance_uid

        async def one(exporter: Exporter) -> AsyncIterator[ExportProgress]:
            await exporter.file(data, path, study)
            yield ExportProgress(1, 1, len(data), str(path))

        self._run(one)

    def cancel(self) -> None:
        """Ends it; what is written stays, nothing half-written does."""
        if self.busy:
            self._job.cancel()
            self._say(self.tr("Stopped. %n file(s) were written.", "", self.progress.done), failed=True)

    def _frames(self) -> tuple[FrameRef, ...]:
        shown = self._viewer.active.display_set
        return shown.frames if shown is not None and shown.is_image else ()

    def _run(self, work: Callable[[Exporter], AsyncIterator[ExportProgress]]) -> None:
        async def go() -> None:
            store = self._viewer.store
            async for news in self._network.stream(lambda backend: work(backend.connection(store).exporter)):
                self.progress = news[-1]
                self.changed.emit()
            count, place = self.progress.done, Path(self.progress.place).name
            self._say(self.tr("%n file(s) written to {place}.", "", count).format(place=place))

        self.progress, self.ended, self.failed = ExportProgress(0, 0), "", False
        self._job.start(go())

    def _failed(self, error: Exception) -> None:
        self._say(user_text(error), failed=True)

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        self.ended, self.failed = sentence, failed
        self.changed.emit()
