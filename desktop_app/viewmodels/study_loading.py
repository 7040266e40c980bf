"""StudyLoading: which frames of an open study are here, and which are asked for next."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.frame_ref import FrameRef
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.presence import FAILED, HERE, MISSING
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.viewport import ViewportModel

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.services.wanted import Arrival

_REWISH_MS = 25  # a fast scroll replaces the wish list at most this often …
_REWISH_MS_PER_1000 = 20  # … and a long one less often: it costs time in proportion
_numbers = itertools.count(1)


class Screens(Protocol):
    """What loading must know of the study's viewer: where one looks."""

    @property
    def rail(self) -> SeriesRail: ...
    @property
    def viewports(self) -> tuple[ViewportModel, ...]: ...
    @property
    def active(self) -> ViewportModel | None: ...


class StudyLoading(QObject):
    """Owns the one wish list of a study: what is visible first, then outwards, then the other series.

    It keeps the presence of every frame, one byte each, and tells the cards and viewports of what arrives. The first
    frame of a multi-frame object tells how its frames belong together (`sorted`).
    """

    sorted = Signal()

    def __init__(self, network: Network[Backend], store: Store, study_instance_uid: str, screens: Screens,
                 frames: FrameCache, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._store, self._uid, self._screens = network, store, study_instance_uid, screens
        self._frames = frames
        self.owner = f"viewer-{next(_numbers)}"
        self._is_front = True
        self._places: dict[FrameRef, tuple[str, int]] = {}
        self._presence: dict[str, bytearray] = {}
        self._indexed: dict[str, DisplaySet] = {}
        self._listing = 0  # counts the changes of what there is
        self._wished: tuple[object, object] | None = None  # what the last wish list was made for
        self._closed = False
        self._arrivals_job = Job(self, lambda error: None)
        self._rewish = QTimer(self, singleShot=True, interval=_REWISH_MS)
        self._rewish.timeout.connect(self.wish)

    def start(self) -> None:
        """Follows what arrives; asked again, what could not be had is tried once more."""
        if self._wished is not None:
            owner, store = self.owner, self._store
            self._network.submit(lambda backend: backend.try_again(store, owner))
        self._arrivals_job.start(self._follow_arrivals())

    def place_of(self, ref: FrameRef) -> tuple[str, int] | None:
        """The key of the display set that a frame lies in, and its index there."""
        return self._places.get(ref)

    def presence(self, display_set_key: str) -> bytes:
        """One byte per frame: MISSING, HERE or FAILED; empty for what is not known."""
        return bytes(self._presence.get(display_set_key, b""))

    def set_front(self, is_front: bool) -> None:
        """Whether this study's tab is the one in front: its wishes go first."""
        self._is_front = is_front
        if is_front:
            self.wish()

    def close(self) -> None:
        """Cancels every transfer of this study and gives its memory back."""
        self._closed = True
        self._rewish.stop()
        self._arrivals_job.cancel()
        owner, store, uid = self.owner, self._store, self._uid
        self._network.submit(lambda backend: backend.forget(store, owner, uid))

    # -- what there is -------------------------------------------------------------------------------------------

    def index(self, display_sets: tuple[DisplaySet, ...]) -> None:
        """Takes in what there is; what is known of a frame stays known when its display set grows, or when it lies in
        another one now."""
        others = [one for one in display_sets if not self._is_indexed(one)]
        presences = [bytearray(map(self._known, one.frames)) for one in others]     # before any place is forgotten
        for display_set, presence in zip(others, presences, strict=True):
            before = self._indexed.get(display_set.key)
            if before is not None:
                self._forget_places(before)
            self._listing += 1
            self._indexed[display_set.key], self._presence[display_set.key] = display_set, presence
            self._places.update(
                {ref: (display_set.key, index) for index, ref in enumerate(display_set.frames)}
            )
            if before is not None or any(presence):
                self._screens.rail.count(display_set.key, presence.count(HERE), presence.count(FAILED))
            for viewport in self._screens.viewports:
                if viewport.display_set is not None and viewport.display_set.key == display_set.key:
                    viewport.replace_display_set(display_set)
        self.wish_soon()

    def _is_indexed(self, display_set: DisplaySet) -> bool:
        known = self._indexed.get(display_set.key)
        return known is not None and (known.frames, known.awaits_frames) == (
            display_set.frames, display_set.awaits_frames)

    def _known(self, ref: FrameRef) -> int:
        """MISSING, HERE or FAILED, as it was told: the loader tells each news once."""
        key, index = self._places.get(ref, ("", 0))
        return self._presence[key][index] if key else MISSING

    def learn(self, ref: FrameRef, frame: Frame) -> None:
        """Puts the frames of a multi-frame object in order, by what it says of them: each frame knows of all."""
        place = self._places.get(ref)
        whole = self._indexed.get(place[0]) if place is not None else None
        if whole is not None and whole.awaits_frames and frame.facts.frame_stacks:
            self.index(self._screens.rail.learn(whole, frame.facts.frame_stacks))
            self.sorted.emit()

    def forget(self, display_set: DisplaySet) -> None:
        """A display set that turned out not to exist."""
        self._forget_places(display_set)
        del self._indexed[display_set.key], self._presence[display_set.key]

    def _forget_places(self, display_set: DisplaySet) -> None:
        for ref in display_set.frames:
            if self._places.get(ref, ("", 0))[0] == display_set.key:
                del self._places[ref]

    # -- what is wanted ------------------------------------------------------------------------------------------

    def wish_soon(self) -> None:
        if not self._rewish.isActive() and not self._closed and self._wish_key() != self._wished:
            self._rewish.start()

    def _wish_key(self) -> tuple[object, object]:
        """What the wish list depends on: where one looks, and what there is. Most changes of a viewport, as a window
        drag, touch neither."""
        places = tuple(
            (viewport is self._screens.active, viewport.display_set and viewport.display_set.key, viewport.state.index)
            for viewport in self._screens.viewports
        )
        return places, (self._listing, self._is_front)

    @property
    def _has_all(self) -> bool:
        return all(
            presence.count(HERE) == len(presence)
            for key, presence in self._presence.items()
            if self._indexed[key].is_image
        )

    def wish(self) -> None:
        from desktop_app.services.prefetch_order import around

        key = self._wish_key()
        if self._closed or key == self._wished:
            return
        before, self._wished = self._wished, key
        if before is not None and before[1] == key[1] and self._has_all:
            return
        wishes: dict[FrameRef, None] = {}
        active = self._screens.active
        shown = sorted(self._screens.viewports, key=lambda viewport: viewport is not active)
        for viewport in shown:
            if viewport.display_set is not None and viewport.display_set.is_image:
                frames = viewport.display_set.frames
                wishes.update(
                    dict.fromkeys(
                        frames[i] for i in around(viewport.state.index, len(frames), viewport.direction)
                    )
                )
        for display_set in self._screens.rail.display_sets:
            if display_set.is_image:
                wishes.update(dict.fromkeys(display_set.frames))
        refs, owner, store, first = tuple(wishes), self.owner, self._store, self._is_front
        self._rewish.setInterval(_REWISH_MS + _REWISH_MS_PER_1000 * len(refs) // 1000)
        self._network.submit(lambda backend: backend.wish(store, owner, refs, first=first))

    async def _follow_arrivals(self) -> None:
        """Without end: when the connection is replaced, as after a sign-in, the wishes go to the new one."""
        owner = self.owner
        while True:
            async for arrivals in self._network.stream(
                lambda backend: backend.connection(self._store).loader.arrivals(owner)
            ):
                self._note(arrivals)
            self._wished = None
            self.wish()

    def _note(self, arrivals: tuple[Arrival, ...]) -> None:
        from desktop_app.services.wanted import Presence

        code = {Presence.HERE: HERE, Presence.FAILED: FAILED, Presence.GONE: MISSING}
        changes: dict[str, dict[int, int]] = {}
        self._learn_from(arrival.ref for arrival in arrivals if arrival.presence is Presence.HERE)
        for arrival in arrivals:
            place = self._places.get(arrival.ref)
            if place is not None:
                changes.setdefault(place[0], {})[place[1]] = code[arrival.presence]
        for key, of_set in changes.items():
            presence = self._presence[key]
            for index, value in of_set.items():
                presence[index] = value
            self._screens.rail.count(key, presence.count(HERE), presence.count(FAILED))
            for viewport in self._screens.viewports:
                if viewport.display_set is not None and viewport.display_set.key == key:
                    viewport.note_loaded(of_set)

    def _learn_from(self, refs: Iterable[FrameRef]) -> None:
        """What comes while nobody looks at it tells of its object too: the first of each is enough."""
        asked: set[str] = set()
        for ref in refs:
            key = self._places.get(ref, ("", 0))[0]
            if key and key not in asked and self._indexed[key].awaits_frames:
                asked.add(key)
                frame = self._frames.get((self._store.key, ref))
                if frame is not None:
                    self.learn(ref, frame)
