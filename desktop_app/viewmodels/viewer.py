"""ViewerModel: one open study: its strip, its viewports, and how they lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.dates import date_text
from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.interpolation import Interpolation
from desktop_app.core.key_set import Mouse
from desktop_app.core.layout import Layout
from desktop_app.core.patient import colour_slot, patient_key, slot_colour
from desktop_app.core.study import Study
from desktop_app.core.tools import TOOLS
from desktop_app.core.tools.draw import DRAW_KINDS
from desktop_app.core.view_state import ViewState
from desktop_app.viewmodels.annotations import AnnotationsModel
from desktop_app.viewmodels.arranger import Arranger
from desktop_app.viewmodels.export import ExportModel
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.linking import Linking
from desktop_app.viewmodels.measurements import Measurements
from desktop_app.viewmodels.priors import GridPart, OpenPrior, PriorsModel
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.study_loading import StudyLoading
from desktop_app.viewmodels.study_work import StudyWork
from desktop_app.viewmodels.tags import TagsModel
from desktop_app.viewmodels.viewport import ViewportModel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.services.study_opener import StudyEvent


class ViewerModel(QObject):
    """An open study. `loading` fetches for it what is looked at."""

    changed = Signal()
    tool_changed = Signal()
    active_changed = Signal()
    layout_changed = Signal()
    stored = Signal(object, str)                # our work lies in this Store now, in the study with this UID

    def __init__(
        self,
        network: Network[Backend],
        store: Store,
        study: Study,
        frames: FrameCache,
        parent: QObject | None = None,
        *,
        interpolation: Interpolation = Interpolation.BICUBIC,
    ) -> None:
        super().__init__(parent)
        self._network, self._frames = network, frames
        self.study, self.store = study, store
        self.rail = SeriesRail(network, store, self)
        self.annotations = AnnotationsModel(network, self, store=store)
        self.measurements = Measurements(self, self)
        self.linking = Linking(self, self)
        self.linking.changed.connect(self.layout_changed)
        self.patient_colour = slot_colour(colour_slot(patient_key(study), ()))
        self.has_namesake = False
        self.tool = "window"
        self.interpolation = interpolation
        self.mouse = Mouse()
        uid = study.study_instance_uid
        self.loading = StudyLoading(network, store, uid, GridPart(self, store, uid, self.rail), frames, self)
        self.loading.sorted.connect(self._sorted)
        self.priors = PriorsModel(network, self, frames, self)
        self.work = StudyWork(network, self, self)
        self.viewports: tuple[ViewportModel, ...] = (self._new_viewport(),)
        self.active = self.viewports[0]
        self.layout = Layout()
        self.error: LightboxError | None = None
        self._gone: dict[int, tuple[str, ViewState]] = {}           # place in the grid → what it showed last
        self.arranger = Arranger(self, self)
        self._closed = False
        self._open_job = Job(self, self._open_failed)
        self._open_job.running_changed.connect(self.changed)        # `busy` is told too
        self._glimpsed: DisplaySet | None = None  # shown although its list is not known
        self._settle_job = Job(self, lambda error: None)
        self.open()

    @property
    def title(self) -> str:
        study = self.study
        name = study.patient_name.display
        parts = (
            name or study.patient_id,
            study.patient_id if name and self.has_namesake else "",
            "/".join(study.modalities),
            date_text(study.study_date),
        )
        return " · ".join(part for part in parts if part)

    def set_patient(self, colour: str, *, has_namesake: bool) -> None:
        """The colour of this patient among those who are open, and whether another of them has the same name."""
        if (colour, has_namesake) != (self.patient_colour, self.has_namesake):
            self.patient_colour, self.has_namesake = colour, has_namesake
            self.changed.emit()

    @property
    def busy(self) -> bool:
        return self._open_job.running

    # -- opening -------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Reads the study's series (again)."""
        self.error = self.rail.error = None
        self.rail.busy = True
        first = not self.rail.cards  # what the worklist counted says nothing about what was deleted since
        self.rail.promise(*(self.study.series_count, self.study.instance_count) if first else (None, None))
        self.loading.start()
        store, uid = self.store, self.study.study_instance_uid
        events = self._network.stream(lambda backend: backend.read_study(store, uid))  # asked before the page is built
        self._open_job.start(self._read(events))
        self.changed.emit()

    async def _read(self, arriving: AsyncIterator[tuple[StudyEvent, ...]]) -> None:
        async for events in arriving:
            self.rail.take(events)
            self.loading.index(self.rail.display_sets)
            self.arranger.place()
            if not self.arranger.waiting:
                self._glimpse(events)
            if self.active.display_set is None and not self.arranger.waiting:
                self._show_best()
            elif self._glimpsed is not None:
                self._settle(self._glimpsed)
            self.changed.emit()
        self.rail.end()
        self.arranger.end()
        self.work.look_for_kept()
        if self.active.display_set is None:
            self._show_best()
        if self.active.display_set is None:
            self._show_object()
        if not self.rail.cards:
            self.error = LightboxError(
                self.tr(
                    "The archive lists no series in this study. It may still be arriving; try again in a moment."
                )
            )
        self.changed.emit()

    def note_stored(self) -> None:
        """The archive has more of this study than before: our work."""
        self.stored.emit(self.store, self.study.study_instance_uid)
        self.open()

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

    def _show_object(self) -> None:
        """A study without images is read too: its report, document or tracing opens in their place."""
        for display_set in self.rail.display_sets:
            if not display_set.is_image and display_set.frames:
                self.show(display_set.key)
                return

    def _glimpse(self, events: tuple[StudyEvent, ...]) -> None:
        """Shows one image while the list of its series is still on its way."""
        from desktop_app.services.study_opener import SeriesGlimpsed

        for event in events:
            if not isinstance(event, SeriesGlimpsed) or self.active.display_set is not None:
                continue
            if self.rail.is_waiting_for(event.series):      # its list may have come with it, in the same bunch
                self._glimpsed = event.display_set
                self.loading.index((event.display_set,))
                self.active.show(event.display_set, self.store)

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
        self.loading.forget(glimpsed)
        self._show_best()

    def _learn(self, viewport: ViewportModel) -> None:
        """The first image of a multi-frame object tells the order of all: before anything is painted."""
        shown = viewport.display_set
        if viewport.frame is not None and shown is not None and shown.awaits_frames:
            self._source_of(shown.key)[0].loading.learn(shown.frames[viewport.state.index], viewport.frame)

    def _sorted(self) -> None:
        self.arranger.place()
        self.changed.emit()

    def drop_series(self, series_instance_uid: str) -> None:
        """The archive has this series no more (no UID: it has none of them)."""
        before = self.rail.display_sets
        self.rail.drop_series(series_instance_uid)
        left = {display_set.key for display_set in self.rail.display_sets}
        for display_set in before:
            if display_set.key not in left:
                self.loading.forget(display_set)
        for viewport in self.viewports:
            if viewport.display_set is not None and viewport.display_set.key not in left:
                viewport.show(None)
        self._show_best()
        self.loading.wish_soon()

    # -- showing -------------------------------------------------------------------------------------------------

    def show(self, display_set_key: str, viewport: ViewportModel | None = None, *, linked: bool = True) -> None:
        """A display set in a viewport (the active one), at the place where the linked ones are, unless not `linked`."""
        viewport = viewport or self.active
        source, display_set = self._source_of(display_set_key)
        if display_set is None or viewport.display_set == display_set:
            return
        viewport.show(display_set, source.store, self.linking.index_for(viewport, display_set) if linked else None)
        self.layout = self.layout.showing(self.viewports.index(viewport), display_set_key)
        viewport.note_loaded(dict(enumerate(source.loading.presence(display_set_key))))
        source.loading.wish()
        self._wish_soon()
        self.layout_changed.emit()

    def show_frame(self, ref: FrameRef) -> None:
        """The image where its series is shown already, else in the active viewport."""
        for source in self._sources:
            place = source.loading.place_of(ref)
            if place is not None:
                showing = [one for one in self.viewports if one.display_set and one.display_set.key == place[0]]
                if showing and self.active not in showing:
                    self.activate(showing[0])
                self.show(place[0])
                self.active.go_to(place[1])
                return

    def set_layout(self, rows: int, columns: int) -> None:
        """Another grid. Viewports that fit stay as they are; new ones show what their place showed before, else what
        comes next in the strip."""
        wanted = self.layout.resized(rows, columns)
        rows, columns = wanted.rows, wanted.columns
        if (rows, columns) == (self.layout.rows, self.layout.columns):
            self._set_alone(-1)
            return
        kept, gone = self.viewports[: rows * columns], self.viewports[rows * columns :]
        fresh = tuple(self._new_viewport() for _ in range(rows * columns - len(kept)))
        self._gone.update({place: (viewport.display_set.key, viewport.state)
                           for place, viewport in enumerate(gone, len(kept)) if viewport.display_set is not None})
        self.viewports = (*kept, *fresh)
        self.layout = wanted
        for place, viewport in enumerate(fresh, len(kept)):
            self._bring_back(place, viewport)
        self.fill_empty()
        if self.active in gone:
            self.active = self.viewports[0]
            self.layout = replace(self.layout, active=0)
        self.layout_changed.emit()
        self.active_changed.emit()
        for viewport in gone:
            viewport.close()
            viewport.deleteLater()
        self.loading.wish()

    def _bring_back(self, place: int, viewport: ViewportModel) -> None:
        """What a smaller grid took away, unless it is shown elsewhere by now."""
        key, state = self._gone.pop(place, ("", None))
        shown = {one.display_set.key for one in self.viewports if one.display_set is not None}
        if state is not None and key not in shown and self._source_of(key)[1] is not None:
            viewport.recall(key, state)
            self.show(key, viewport)

    def _new_viewport(self) -> ViewportModel:
        viewport = ViewportModel(self._network, self.store, self._frames, self, annotations=self.annotations)
        viewport.tool = self.tool
        viewport.look.interpolation = self.interpolation
        viewport.overlay_of = self.work.overlay_of
        viewport.pointer.mouse = self.mouse
        viewport.state_changed.connect(self._wish_soon)
        viewport.display_set_changed.connect(self._wish_soon)
        viewport.state_changed.connect(lambda: self.linking.lead(viewport))
        viewport.opens_at = lambda display_set: self.linking.index_for(viewport, display_set)
        viewport.frame_changed.connect(lambda: self._learn(viewport))
        viewport.frame_changed.connect(lambda: self.linking.take_frame(viewport))
        viewport.pointer.pointed.connect(lambda x, y: self.linking.point_at(viewport, x, y))
        viewport.pointer.pointing_ended.connect(lambda cancelled: self.linking.end_pointing(cancelled=cancelled))
        return viewport

    def fill_empty(self) -> None:
        """Viewports that show nothing get what comes next in the strip."""
        shown = {viewport.display_set.key for viewport in self.viewports if viewport.display_set is not None}
        waiting = [
            card.key for card in self.rail.cards
            if card.is_image and card.display_set is not None and card.display_set.frames and card.key not in shown
        ]
        for viewport in self.viewports:
            if viewport.display_set is None and waiting:
                self.show(waiting.pop(0), viewport)

    def set_interpolation(self, interpolation: Interpolation) -> None:
        """What is between two pixels, in every viewport from now on."""
        self.interpolation = interpolation
        for viewport in self.viewports:
            viewport.look.interpolation = interpolation
            viewport.state_changed.emit()

    def set_mouse(self, mouse: Mouse) -> None:
        """What buttons and wheel do, in every viewport from now on."""
        self.mouse = mouse
        for viewport in self.viewports:
            viewport.pointer.mouse = mouse

    def next_viewport(self, step: int) -> None:
        """Makes the next (+1) or previous (-1) viewport of the grid the active one."""
        self.activate(self.viewports[(self.viewports.index(self.active) + step) % len(self.viewports)])

    def next_series(self, step: int) -> None:
        """The next (+1) or previous (-1) series of the strip in the active viewport."""
        shown = self.active.display_set.key if self.active.display_set else ""
        rail = self._source_of(shown)[0].rail
        keys = [card.key for card in rail.cards if card.display_set is not None and card.is_image]
        position = keys.index(shown) + step if shown in keys else 0
        if 0 <= position < len(keys):
            self.show(keys[position])

    def activate(self, viewport: ViewportModel) -> None:
        if viewport is not self.active:
            self.active = viewport
            place = self.viewports.index(viewport)
            self.layout = replace(self.layout, active=place)
            self._set_alone(place if self.layout.alone >= 0 else -1)
            self.active_changed.emit()
            self.linking.take_frame(viewport)
            self.loading.wish()

    @property
    def alone(self) -> ViewportModel | None:
        """The viewport that has the page to itself; None while all of them are seen."""
        return self.viewports[self.layout.alone] if self.layout.alone >= 0 else None

    def toggle_alone(self, viewport: ViewportModel | None = None) -> None:
        """One viewport (the active one) has the page to itself, or all are back."""
        place = self.viewports.index(viewport or self.active)
        self._set_alone(-1 if self.layout.alone >= 0 or len(self.viewports) == 1 else place)

    def _set_alone(self, place: int) -> None:
        if place != self.layout.alone:
            self.layout = replace(self.layout, alone=place)
            self.layout_changed.emit()

    def set_tool(self, key: str) -> None:
        if (key in TOOLS or key in DRAW_KINDS) and key != self.tool:
            self.tool = key
            self.linking.drop_cursor()
            for viewport in self.viewports:
                viewport.tool = key
            self.tool_changed.emit()

    def new_export(self) -> ExportModel:
        """An export of what is looked at; whoever asks for it deletes it."""
        return ExportModel(self._network, self, self)

    def tags_of(self, ref: FrameRef) -> TagsModel:
        """The attributes of an instance of this study; whoever asks closes it."""
        return TagsModel(self._network, self.store, ref, self)

    def set_front(self, is_front: bool) -> None:
        """Whether this study's tab is the one in front: its wishes go first."""
        self.loading.set_front(is_front)
        self.priors.set_front(is_front)
        if not is_front:
            for viewport in self.viewports:
                viewport.cine.stop()

    def close(self) -> None:
        """Cancels everything of this study at once and gives its memory back."""
        if self._closed:
            return
        self._closed = True
        self._open_job.cancel()
        self._settle_job.cancel()
        self.rail.close()
        self.work.close()
        for viewport in self.viewports:
            viewport.close()
        self.loading.close()
        self.priors.close()

    @property
    def known_sets(self) -> tuple[tuple[str, DisplaySet], ...]:
        """(title, display set) of this study, then of the priors open beside it, with their dates."""
        own = tuple((one.title, one) for one in self.rail.display_sets)
        beside = tuple((f"{date_text(prior.study.study_date)} {one.title}".strip(), one)
                       for prior in self.priors.open_priors for one in prior.rail.display_sets)
        return own + beside

    @property
    def _sources(self) -> tuple[ViewerModel | OpenPrior, ...]:
        return self, *self.priors.open_priors

    def _source_of(self, key: str) -> tuple[ViewerModel | OpenPrior, DisplaySet | None]:
        """The study that a display set is of: this one, or a prior that is open beside it."""
        for source in self._sources:
            for item in source.rail.display_sets:
                if item.key == key:
                    return source, item
        return self, None

    def _wish_soon(self) -> None:
        self.loading.wish_soon()
        self.priors.wish_soon()

    def _display_set(self, key: str) -> DisplaySet | None:
        return next((item for item in self.rail.display_sets if item.key == key), None)
