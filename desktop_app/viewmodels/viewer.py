"""ViewerModel: one open study: its strip, its viewports, and what is loaded for them in which order."""

from __future__ import annotations

import colorsys
import hashlib
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.dates import date_text
from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.layout import Layout
from desktop_app.core.study import Study
from desktop_app.core.sync import slice_at_same_place
from desktop_app.core.tools import TOOLS
from desktop_app.core.tools.draw import DRAW_KINDS
from desktop_app.viewmodels.annotations import AnnotationsModel
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.viewport import FAILED, HERE, MISSING, ViewportModel

if TYPE_CHECKING:
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.services.study_opener import StudyEvent
    from desktop_app.services.wanted import Arrival

_REWISH_MS = 25  # a fast scroll replaces the wish list at most this often …
_REWISH_MS_PER_1000 = 20  # … and a long one less often: it costs time in proportion
_numbers = itertools.count(1)


class ViewerModel(QObject):
    """An open study. It owns one wish list: what is visible first, then outwards, then the other series."""

    changed = Signal()
    tool_changed = Signal()
    active_changed = Signal()
    layout_changed = Signal()

    def __init__(
        self,
        network: Network[Backend],
        store: Store,
        study: Study,
        frames: FrameCache,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._frames = network, frames
        self.study, self.store = study, store
        self.rail = SeriesRail(network, store, self)
        self.annotations = AnnotationsModel(network, self)
        self.tool = "window"
        self.viewports: tuple[ViewportModel, ...] = (self._new_viewport(),)
        self.active = self.viewports[0]
        self.layout = Layout()
        self.linked = True
        self.error: LightboxError | None = None
        self._owner = f"viewer-{next(_numbers)}"
        self._is_front = True
        self._places: dict[FrameRef, tuple[str, int]] = {}
        self._presence: dict[str, bytearray] = {}
        self._indexed: dict[str, DisplaySet] = {}
        self._listing = 0  # counts the changes of what there is
        self._wished: tuple[object, object] | None = None  # what the last wish list was made for
        self._closed = False
        self._open_job = Job(self, self._open_failed)
        self._open_job.running_changed.connect(self.changed)        # `busy` is told too
        self._glimpsed: DisplaySet | None = None  # shown although its list is not known
        self._settle_job = Job(self, lambda error: None)
        self._arrivals_job = Job(self, lambda error: None)
        self._rewish = QTimer(self, singleShot=True, interval=_REWISH_MS)
        self._rewish.timeout.connect(self._wish)
        self.open()

    @property
    def title(self) -> str:
        study = self.study
        parts = (
            study.patient_name.display or study.patient_id,
            "/".join(study.modalities),
            date_text(study.study_date),
        )
        return " · ".join(part for part in parts if part)

    @property
    def patient_colour(self) -> str:
        """A colour that is the same for the same patient, and readable on the dark window."""
        identity = f"{self.study.patient_id}\0{self.study.patient_name.alphabetic}".encode()
        hue = int.from_bytes(hashlib.blake2s(identity, digest_size=2).digest(), "big") / 65536
        return "#{:02x}{:02x}{:02x}".format(
            *(round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.68, 0.65))
        )

    @property
    def busy(self) -> bool:
        return self._open_job.running

    # -- opening -------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Reads the study's series (again)."""
        self.error = self.rail.error = None
        self.rail.busy = True
        if self._wished is not None:
            owner, store = self._owner, self.store
            self._network.submit(lambda backend: backend.try_again(store, owner))
        self._arrivals_job.start(self._follow_arrivals())
        self._open_job.start(self._read())
        self.changed.emit()

    async def _read(self) -> None:
        uid = self.study.study_instance_uid
        async for events in self._network.stream(lambda backend: backend.open_study(self.store, uid)):
            self.rail.take(events)
            self._index_display_sets(self.rail.display_sets)
            self._glimpse(events)
            if self.active.display_set is None:
                self._show_best()
            elif self._glimpsed is not None:
                self._settle(self._glimpsed)
            self.changed.emit()
        self.rail.busy = False
        if not self.rail.cards:
            self.error = LightboxError(
                self.tr(
                    "The archive lists no series in this study. It may still be arriving; try again in a moment."
                )
            )
        self.changed.emit()

    def _open_failed(self, error: Exception) -> None:
        self.error = error if isinstance(error, LightboxError) else LightboxError(user_text(error), detail=repr(error))
        self.rail.busy, self.rail.error = False, self.error
        self.changed.emit()

    def _show_best(self) -> None:
        """The first image series of the strip whose list is known by now: an image at once is worth more than the
        best one later."""
        for card in self.rail.cards:
            if card.display_set is not None and card.is_image and card.display_set.frames:
                self.show(card.key)
                return

    def _glimpse(self, events: tuple[StudyEvent, ...]) -> None:
        """Shows one image while the list of its series is still on its way."""
        from desktop_app.services.study_opener import SeriesGlimpsed

        for event in events:
            if isinstance(event, SeriesGlimpsed) and self.active.display_set is None:
                self._glimpsed = event.display_set
                self._index_display_sets((event.display_set,))
                self.active.show(event.display_set)

    def _settle(self, glimpsed: DisplaySet) -> None:
        """The list came: the viewport goes where it would have begun, once that image is here, unless the user went
        somewhere else."""
        whole = self._display_set(glimpsed.key)
        if whole is None:
            others = [item for item in self.rail.display_sets if item.series == glimpsed.series]
            if others or not self.rail.is_waiting_for(glimpsed.series):
                self._glimpsed = None
                self._forget_glimpse(glimpsed)
            return
        self._glimpsed = None
        viewport, began = self.active, glimpsed.frames[0]
        start = whole.frames[whole.start_index]

        async def go() -> None:
            await self._network.call(lambda backend: backend.connection(self.store).loader.frame(start))
            shown = viewport.display_set
            if shown is not None and shown.key == whole.key and shown.frames[viewport.state.index] == began:
                viewport.go_to(shown.start_index)

        if start != began:
            self._settle_job.start(go())

    def _forget_glimpse(self, glimpsed: DisplaySet) -> None:
        """It turned out to belong to no display set of that name."""
        self._forget_places(glimpsed)
        del self._indexed[glimpsed.key], self._presence[glimpsed.key]
        self._show_best()

    def _forget_places(self, display_set: DisplaySet) -> None:
        for ref in display_set.frames:
            if self._places.get(ref, ("", 0))[0] == display_set.key:
                del self._places[ref]

    def _index_display_sets(self, display_sets: tuple[DisplaySet, ...]) -> None:
        for display_set in display_sets:
            before = self._indexed.get(display_set.key)
            if before is not None and before.frames == display_set.frames:
                continue
            old = dict(zip(before.frames, self._presence[display_set.key], strict=True)) if before else {}
            presence = bytearray(old.get(ref, MISSING) for ref in display_set.frames)
            if before is not None:
                self._forget_places(before)
            self._listing += 1
            self._indexed[display_set.key], self._presence[display_set.key] = display_set, presence
            self._places.update(
                {ref: (display_set.key, index) for index, ref in enumerate(display_set.frames)}
            )
            if before is not None:
                self.rail.count(display_set.key, presence.count(HERE), presence.count(FAILED))
            for viewport in self.viewports:
                if viewport.display_set is not None and viewport.display_set.key == display_set.key:
                    viewport.replace_display_set(display_set)
        self._wish_soon()

    # -- showing -------------------------------------------------------------------------------------------------

    def show(self, display_set_key: str, viewport: ViewportModel | None = None) -> None:
        viewport = viewport or self.active
        display_set = self._display_set(display_set_key)
        if display_set is None or viewport.display_set == display_set:
            return
        viewport.show(display_set)
        self.layout = self.layout.showing(self.viewports.index(viewport), display_set_key)
        viewport.note_loaded(dict(enumerate(self._presence.get(display_set_key, b""))))
        self._wish()
        self.layout_changed.emit()

    def show_frame(self, ref: FrameRef) -> None:
        """The image in the active viewport, in whichever series it lies."""
        place = self._places.get(ref)
        if place is not None:
            self.show(place[0])
            self.active.go_to(place[1])

    def set_layout(self, rows: int, columns: int) -> None:
        """Another grid. Viewports that fit stay as they are; new ones show what comes next in the strip."""
        if (rows, columns) == (self.layout.rows, self.layout.columns):
            return
        kept, gone = self.viewports[: rows * columns], self.viewports[rows * columns :]
        fresh = tuple(self._new_viewport() for _ in range(rows * columns - len(kept)))
        self.viewports = (*kept, *fresh)
        self.layout = self.layout.resized(rows, columns)
        self._fill_empty()
        if self.active in gone:
            self.active = self.viewports[0]
            self.layout = replace(self.layout, active=0)
        self.layout_changed.emit()
        self.active_changed.emit()
        for viewport in gone:
            viewport.close()
            viewport.deleteLater()
        self._wish()

    def _new_viewport(self) -> ViewportModel:
        viewport = ViewportModel(self._network, self.store, self._frames, self, annotations=self.annotations)
        viewport.tool = self.tool
        viewport.state_changed.connect(self._wish_soon)
        viewport.display_set_changed.connect(self._wish_soon)
        viewport.state_changed.connect(lambda: self._lead(viewport))
        return viewport

    def _fill_empty(self) -> None:
        shown = {viewport.display_set.key for viewport in self.viewports if viewport.display_set is not None}
        waiting = [
            card.key for card in self.rail.cards
            if card.is_image and card.display_set is not None and card.display_set.frames and card.key not in shown
        ]
        for viewport in self.viewports:
            if viewport.display_set is None and waiting:
                self.show(waiting.pop(0), viewport)

    def next_viewport(self, step: int) -> None:
        """Makes the next (+1) or previous (-1) viewport of the grid the active one."""
        self.activate(self.viewports[(self.viewports.index(self.active) + step) % len(self.viewports)])

    def toggle_link(self) -> None:
        """Whether volumes of the same frame of reference scroll together."""
        self.linked = not self.linked
        if self.linked:
            self._lead(self.active)
        self.layout_changed.emit()

    def _lead(self, leader: ViewportModel) -> None:
        """The active viewport takes those along that show the same place of the patient."""
        source = leader.display_set
        if not self.linked or leader is not self.active or source is None or len(self.viewports) == 1:
            return
        for viewport in self.viewports:
            if viewport is not leader and viewport.display_set is not None:
                index = slice_at_same_place(source, leader.state.index, viewport.display_set)
                if index is not None:
                    viewport.go_to(index)

    def next_series(self, step: int) -> None:
        """The next (+1) or previous (-1) series of the strip in the active viewport."""
        keys = [card.key for card in self.rail.cards if card.display_set is not None and card.is_image]
        shown = self.active.display_set.key if self.active.display_set else ""
        position = keys.index(shown) + step if shown in keys else 0
        if 0 <= position < len(keys):
            self.show(keys[position])

    def activate(self, viewport: ViewportModel) -> None:
        if viewport is not self.active:
            self.active = viewport
            self.layout = replace(self.layout, active=self.viewports.index(viewport))
            self.active_changed.emit()
            self._wish()

    def set_tool(self, key: str) -> None:
        if (key in TOOLS or key in DRAW_KINDS) and key != self.tool:
            self.tool = key
            for viewport in self.viewports:
                viewport.tool = key
            self.tool_changed.emit()

    def set_front(self, is_front: bool) -> None:
        """Whether this study's tab is the one in front: its wishes go first."""
        self._is_front = is_front
        if is_front:
            self._wish()
        else:
            for viewport in self.viewports:
                viewport.stop_cine()

    def close(self) -> None:
        """Cancels everything of this study at once and gives its memory back."""
        if self._closed:
            return
        self._closed = True
        self._rewish.stop()
        self._open_job.cancel()
        self._arrivals_job.cancel()
        self._settle_job.cancel()
        self.rail.close()
        for viewport in self.viewports:
            viewport.close()
        owner, store, uid = self._owner, self.store, self.study.study_instance_uid
        self._network.submit(lambda backend: backend.forget(store, owner, uid))

    def _display_set(self, key: str) -> DisplaySet | None:
        return next((item for item in self.rail.display_sets if item.key == key), None)

    # -- loading -------------------------------------------------------------------------------------------------

    def _wish_soon(self) -> None:
        if not self._rewish.isActive() and not self._closed and self._wish_key() != self._wished:
            self._rewish.start()

    def _wish_key(self) -> tuple[object, object]:
        """What the wish list depends on: where one looks, and what there is. Most changes of a viewport, as a window
        drag, touch neither."""
        places = tuple(
            (viewport is self.active, viewport.display_set and viewport.display_set.key, viewport.state.index)
            for viewport in self.viewports
        )
        return places, (self._listing, self._is_front)

    @property
    def _has_all(self) -> bool:
        return all(
            presence.count(HERE) == len(presence)
            for key, presence in self._presence.items()
            if self._indexed[key].is_image
        )

    def _wish(self) -> None:
        from desktop_app.services.prefetch_order import around

        key = self._wish_key()
        if self._closed or key == self._wished:
            return
        before, self._wished = self._wished, key
        if before is not None and before[1] == key[1] and self._has_all:
            return
        wishes: dict[FrameRef, None] = {}
        shown = [self.active, *(viewport for viewport in self.viewports if viewport is not self.active)]
        for viewport in shown:
            if viewport.display_set is not None and viewport.display_set.is_image:
                frames = viewport.display_set.frames
                wishes.update(
                    dict.fromkeys(
                        frames[i] for i in around(viewport.state.index, len(frames), viewport.direction)
                    )
                )
        for display_set in self.rail.display_sets:
            if display_set.is_image:
                wishes.update(dict.fromkeys(display_set.frames))
        refs, owner, store, first = tuple(wishes), self._owner, self.store, self._is_front
        self._rewish.setInterval(_REWISH_MS + _REWISH_MS_PER_1000 * len(refs) // 1000)
        self._network.submit(lambda backend: backend.wish(store, owner, refs, first=first))

    async def _follow_arrivals(self) -> None:
        """Without end: when the connection is replaced, as after a sign-in, the wishes go to the new one."""
        owner = self._owner
        while True:
            async for arrivals in self._network.stream(
                lambda backend: backend.connection(self.store).loader.arrivals(owner)
            ):
                self._note(arrivals)
            self._wished = None
            self._wish()

    def _note(self, arrivals: tuple[Arrival, ...]) -> None:
        from desktop_app.services.wanted import Presence

        code = {Presence.HERE: HERE, Presence.FAILED: FAILED, Presence.GONE: MISSING}
        changes: dict[str, dict[int, int]] = {}
        for arrival in arrivals:
            place = self._places.get(arrival.ref)
            if place is not None:
                changes.setdefault(place[0], {})[place[1]] = code[arrival.presence]
        for key, of_set in changes.items():
            presence = self._presence[key]
            for index, value in of_set.items():
                presence[index] = value
            self.rail.count(key, presence.count(HERE), presence.count(FAILED))
            for viewport in self.viewports:
                if viewport.display_set is not None and viewport.display_set.key == key:
                    viewport.note_loaded(of_set)
