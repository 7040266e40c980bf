"""Priors of an open study: found in every archive that is signed in, and opened beside it in the same tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.prior import Prior, PriorsAnswer, most_alike
from desktop_app.core.words import say
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.study_loading import StudyLoading

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.layout import Layout
    from desktop_app.core.store import Store
    from desktop_app.core.study import Study
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.linking import Linking
    from desktop_app.viewmodels.viewport import ViewportModel


class Tab(Protocol):
    """What must be known of the viewer that a prior is opened in."""

    layout: Layout

    @property
    def study(self) -> Study: ...
    @property
    def viewports(self) -> tuple[ViewportModel, ...]: ...
    @property
    def active(self) -> ViewportModel: ...
    @property
    def linking(self) -> Linking: ...
    def set_layout(self, rows: int, columns: int) -> None: ...
    def show(self, display_set_key: str, viewport: ViewportModel | None = None) -> None: ...


class GridPart:
    """The viewports of a grid that show one study, as its loading must know them."""

    def __init__(self, tab: Tab, store: Store, study_instance_uid: str, rail: SeriesRail) -> None:
        self._tab, self._store, self._uid, self.rail = tab, store, study_instance_uid, rail

    @property
    def viewports(self) -> tuple[ViewportModel, ...]:
        return tuple(viewport for viewport in self._tab.viewports if self._is_ours(viewport))

    @property
    def active(self) -> ViewportModel | None:
        return self._tab.active if self._is_ours(self._tab.active) else None

    def _is_ours(self, viewport: ViewportModel) -> bool:
        shown = viewport.display_set
        return (shown is not None and shown.series.study_instance_uid == self._uid
                and viewport.store.key == self._store.key)


class OpenPrior(QObject):
    """A prior that is open in the tab of another study: its own strip of cards and its own loading."""

    changed = Signal()

    def __init__(self, network: Network[Backend], prior: Prior, tab: Tab, frames: FrameCache, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._tab = network, tab
        self.prior, self.store, self.study = prior, prior.store, prior.study
        self.rail = SeriesRail(network, prior.store, self)
        uid = prior.study.study_instance_uid
        self.loading = StudyLoading(network, prior.store, uid, GridPart(tab, prior.store, uid, self.rail), frames, self)
        self.loading.sorted.connect(self.changed)
        self.error: LightboxError | None = None
        self._is_shown = False
        self._reading = Job(self, self._failed)
        self._reading.running_changed.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self._reading.running

    def open(self) -> None:
        self.error = None
        self.loading.start()
        self._reading.start(self._read())

    def close(self) -> None:
        self._reading.cancel()
        self.rail.close()
        self.loading.close()

    async def _read(self) -> None:
        uid = self.study.study_instance_uid
        async for events in self._network.stream(lambda backend: backend.read_study(self.store, uid)):
            self.rail.take(events)
            self.loading.index(self.rail.display_sets)
            self.changed.emit()
        self._show_beside()

    def _failed(self, error: Exception) -> None:
        self.error = error if isinstance(error, LightboxError) else LightboxError(user_text(error), detail=repr(error))
        self.changed.emit()

    def _show_beside(self) -> None:
        """The series that answers to the one in use, beside it; both scroll together from here."""
        if self._is_shown:
            return
        tab = self._tab
        leader = tab.active
        found = most_alike(leader.display_set, self.rail.display_sets)
        if found is None:
            self.error = LightboxError(self.tr("This study holds no images that Lightbox can show."))
            self.changed.emit()
            return
        self._is_shown = True
        if len(tab.viewports) == 1:
            tab.set_layout(1, 2)
        beside = self._place_beside(leader)
        tab.show(found.key, beside)
        if leader.display_set is not None and not _same_frame_of_reference(leader.display_set, found):
            tab.linking.link_here()

    def _place_beside(self, leader: ViewportModel) -> ViewportModel:
        tab = self._tab
        place, columns = tab.viewports.index(leader), tab.layout.columns
        beside = place + 1 if (place + 1) % columns else place - 1 if columns > 1 else (place + 1) % len(tab.viewports)
        return tab.viewports[beside]


class PriorsModel(QObject):
    """The priors of one open study. Asking begins with the study and disturbs nothing: the answer is a list."""

    changed = Signal()

    def __init__(self, network: Network[Backend], tab: Tab, frames: FrameCache, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._tab, self._frames = network, tab, frames
        self.answer = PriorsAnswer()
        self.open_priors: tuple[OpenPrior, ...] = ()
        self._asked: tuple[Store, ...] = ()
        self._asking = Job(self, lambda error: None)
        self._asking.running_changed.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self._asking.running

    def search(self, stores: tuple[Store, ...], *, again: bool = False) -> None:
        """Asks these archives; those that were asked before only with `again`, as when something arrived there."""
        if stores == self._asked and not again:
            return
        self._asked = stores
        self._asking.start(self._ask(stores))

    async def _ask(self, stores: tuple[Store, ...]) -> None:
        study = self._tab.study
        self.answer = await self._network.call(lambda backend: backend.find_priors(study, stores))
        self.changed.emit()

    def open(self, prior: Prior) -> OpenPrior:
        """Beside what is shown; one that is open already is returned as it is."""
        for known in self.open_priors:
            if known.prior.key == prior.key:
                return known
        made = OpenPrior(self._network, prior, self._tab, self._frames, self)
        made.changed.connect(self.changed)
        self.open_priors = (*self.open_priors, made)
        made.open()
        self.changed.emit()
        return made

    def open_latest(self) -> bool:
        """The nearest earlier study of the same modality, else the nearest of any; False where there is none."""
        shown = self._tab.active.display_set
        modality = shown.series.modality if shown is not None else ""
        earlier = [prior for prior in self.answer.priors if prior.days is None or prior.days <= 0]
        same = [prior for prior in earlier if modality in prior.study.modalities]
        wanted = next(iter((*same, *earlier, *self.answer.priors)), None)
        if wanted is not None:
            self.open(wanted)
        return wanted is not None

    def wish_soon(self) -> None:
        for prior in self.open_priors:
            prior.loading.wish_soon()

    def set_front(self, is_front: bool) -> None:
        for prior in self.open_priors:
            prior.loading.set_front(is_front)

    def close(self) -> None:
        self._asking.cancel()
        for prior in self.open_priors:
            prior.close()


_MONTH_DAYS = 30.4


def distance_text(days: int | None) -> str:
    """`3 weeks before`, `2 years after`, `same day`; in words, as one says it."""
    if days is None:
        return say("priors", "date unknown")
    if days == 0:
        return say("priors", "same day")
    count = abs(days)
    months = round(count / _MONTH_DAYS)
    if months == 12 or count >= 2 * 365:
        number, one, many = max(1, count // 365), say("priors", "1 year"), say("priors", "{n} years")
    elif count >= 30:
        number, one, many = months, say("priors", "1 month"), say("priors", "{n} months")
    elif count >= 7:
        number, one, many = count // 7, say("priors", "1 week"), say("priors", "{n} weeks")
    else:
        number, one, many = count, say("priors", "1 day"), say("priors", "{n} days")
    words = say("priors", "{length} before") if days < 0 else say("priors", "{length} after")
    return words.format(length=one if number == 1 else many.format(n=number))


def _same_frame_of_reference(one: DisplaySet, other: DisplaySet) -> bool:
    here, there = one.slices, other.slices
    return here is not None and there is not None and here.frame_of_reference_uid == there.frame_of_reference_uid
