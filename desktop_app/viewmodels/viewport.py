"""ViewportModel: one viewport: which image, how it is looked at, what of its series is here."""

from __future__ import annotations

import itertools
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import LightboxError
from desktop_app.core.frame import Frame
from desktop_app.core.overlay import Overlay
from desktop_app.core.view_state import ViewState, flipped_on_screen, flips_on_screen
from desktop_app.core.view_transform import ViewTransform, zoomed_about
from desktop_app.core.window import Window
from desktop_app.core.words import figures
from desktop_app.imaging.luts import auto_window, initial_window
from desktop_app.viewmodels.annotations import AnnotationsModel
from desktop_app.viewmodels.cine import Cine
from desktop_app.viewmodels.frame_places import FramePlaces
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.key_pointer import KeyPointer
from desktop_app.viewmodels.object_view import ObjectView
from desktop_app.viewmodels.pen import Pen
from desktop_app.viewmodels.pixel_explanation import PixelExplanation
from desktop_app.viewmodels.pixel_look import PixelLook
from desktop_app.viewmodels.pixel_place import PixelPlace, place_in
from desktop_app.viewmodels.pointer import Pointer
from desktop_app.viewmodels.presence import FAILED, HERE, MISSING
from desktop_app.viewmodels.presets import presets_for, window_names
from desktop_app.viewmodels.slide import SlideModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network

_numbers = itertools.count(1)


class OverlayMode(StrEnum):
    ALL = "all"
    NO_NAMES = "no names"
    NONE = "none"


_NEXT_MODE = {
    OverlayMode.ALL: OverlayMode.NO_NAMES,
    OverlayMode.NO_NAMES: OverlayMode.NONE,
    OverlayMode.NONE: OverlayMode.ALL,
}


class ViewportModel(QObject):
    """State of one viewport. Lives on the GUI thread; asks the loader only for what is not in memory."""

    frame_changed = Signal()
    state_changed = Signal()
    loaded_changed = Signal()
    display_set_changed = Signal()

    def __init__(
        self,
        network: Network[Backend],
        store: Store,
        frames: FrameCache,
        parent: QObject | None = None,
        *,
        annotations: AnnotationsModel | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self.store, self._frames = network, store, frames
        self.pen = Pen(self, annotations or AnnotationsModel(network, self), self)
        self.objects = ObjectView(network, store, self, self)
        self._owner = f"viewport-{next(_numbers)}"
        self.pointer = Pointer(self, self.pen, self)
        self.keys = KeyPointer(self.pointer, self)
        self.cine = Cine(self, self)
        self.pointer.drawing_began.connect(self.cine.stop)          # what is drawn belongs to one image of the film
        self.tool = "window"
        self.display_set: DisplaySet | None = None
        self.state = ViewState()
        self.frame: Frame | None = None
        self.error: LightboxError | None = None
        self.text_mode = OverlayMode.ALL
        self.direction = 1
        self._places = FramePlaces(frames)
        self._remembered: dict[str, ViewState] = {}
        self._loaded: dict[str, bytearray] = {}
        self.view_size = (0.0, 0.0)
        self.points_per_mm = 0.0        # of the screen, 0 where it does not say
        self.overlay_of: Callable[[FrameRef], Overlay] = lambda ref: Overlay()      # what others drew on an image
        self.opens_at: Callable[[DisplaySet], int | None] = lambda display_set: None    # where others say it is
        self._hung = (0, True)          # the image it was hung at, and whether nobody chose that one
        self.pixel_ratio = 1.0
        self._look_job = Job(self, self._look_failed)
        self.look = PixelLook(self, network, self)
        self.slide = SlideModel(self, network, store, self)
        self.explanation = PixelExplanation(self, network, store, self)
        for signal in (self.frame_changed, self.state_changed):
            signal.connect(self.explanation.refresh)
            signal.connect(self.slide.look)
        self.slide.changed.connect(self.explanation.refresh)
        self.slide.changed.connect(self.pointer.refresh_hover)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def loading(self) -> bool:
        return self._look_job.running

    @property
    def hover_text(self) -> str:
        """The value under the pointer with its place."""
        return self.pointer.hover_text

    @property
    def expected(self) -> int:
        return len(self.display_set.frames) if self.display_set else 0

    @property
    def loaded(self) -> bytes:
        """One byte per frame: MISSING, HERE or FAILED."""
        return bytes(self._loaded.get(self.display_set.key, b"")) if self.display_set else b""

    @property
    def placed_set(self) -> DisplaySet | None:
        """What is shown, with the places of its slices where the list or its frames tell them."""
        shown = self.display_set
        return self._places.placed(self.store.key, shown, self.loaded) if shown is not None else None

    @property
    def failed(self) -> int:
        return self.loaded.count(FAILED)

    @property
    def window(self) -> Window:
        """The window in effect: the user's, else the image's own first."""
        if self.state.window is not None:
            return self.state.window
        return initial_window(self.frame) if self.frame is not None else Window(127.5, 256)

    @property
    def window_names(self) -> tuple[tuple[str, Window], ...]:
        """The file's own windows, the full range, then the presets where they mean something (CT, PET)."""
        if self.frame is None or self.frame.is_colour:
            return ()
        return window_names(self.frame, self.display_set)

    @property
    def pointed(self) -> tuple[float, float] | None:
        """(column, row) under the pointer, in parts of pixels; None outside the image."""
        transform, place = self.transform(), self.pointer.place
        if place is None or transform is None or self.frame is None:
            return None
        x, y = transform.to_image(*place)
        return (x, y) if 0 <= x < self.frame.columns and 0 <= y < self.frame.rows else None

    def pixel_at(self, x: float, y: float) -> PixelPlace | None:
        """The pixel at a place of the image, on a slide that of its finest tile there; None where there is none."""
        if self.frame is None:
            return None
        if self.display_set is not None and self.display_set.levels:
            return self.slide.pixel_at(x, y)
        return place_in(self.frame, x, y)

    def transform(self) -> ViewTransform | None:
        """Image to viewport points; None while there is no image or no size."""
        if self.frame is None or min(self.view_size) <= 0:
            return None
        return ViewTransform.of(
            self.state,
            (self.frame.columns, self.frame.rows),
            self.view_size,
            self.frame.facts.pixel_aspect_ratio,
        )

    def show(self, display_set: DisplaySet | None, store: Store | None = None, index: int | None = None) -> None:
        """Hangs a display set (of another archive, where one is given); one that was here before comes back as it was
        left, but at `index` where that is given."""
        self.store = store or self.store
        if self.display_set is not None:
            self._remembered[self.display_set.key] = self.state
        self.cine.stop()
        self.pointer.drop_drag()
        self.display_set = display_set
        if display_set is not None:
            state = self._remembered.get(display_set.key, ViewState(index=display_set.start_index))
            by_default = index is None and display_set.key not in self._remembered
            state = replace(state, index=state.index if index is None else index)
            self.state = replace(state, index=min(state.index, max(len(display_set.frames) - 1, 0)))
            self._hung = (self.state.index, by_default)
            if len(self._loaded.get(display_set.key, b"")) != len(display_set.frames):
                self._loaded[display_set.key] = bytearray(len(display_set.frames))
        else:
            self.state = ViewState()
        self.display_set_changed.emit()
        self.state_changed.emit()
        self.loaded_changed.emit()
        self._look()

    def recall(self, display_set_key: str, state: ViewState) -> None:
        """How a display set was looked at before; it shows like that when it is hung."""
        self._remembered[display_set_key] = state
        if self.display_set is not None and self.display_set.key == display_set_key:
            self.set_state(replace(state, index=min(state.index, max(self.expected - 1, 0))))

    def replace_display_set(self, display_set: DisplaySet) -> None:
        """The same display set with more images than before, or in order at last: the one that is looked at stays."""
        assert self.display_set is not None
        before, current = self.display_set, self._shown_ref()
        old = dict(zip(before.frames, self._loaded.get(display_set.key, b""), strict=False))
        self._loaded[display_set.key] = bytearray(old.get(ref, MISSING) for ref in display_set.frames)
        index = self._index_after(before, display_set, current)
        self.display_set = display_set
        self.pointer.drop_drag()
        self.state = replace(self.state, index=min(index, max(len(display_set.frames) - 1, 0)))
        self.display_set_changed.emit()
        self.loaded_changed.emit()
        self.state_changed.emit()
        if self._shown_ref() != current:
            self._look()

    def _index_after(self, before: DisplaySet, now: DisplaySet, shown: FrameRef | None) -> int:
        if before.awaits_frames and self.state.index == self._hung[0]:  # nobody scrolled: as if the order was known
            index, by_default = self._hung
            beside = self.opens_at(now) if by_default else index
            return now.start_index if beside is None else beside
        return now.frames.index(shown) if shown is not None and shown in now.frames else self.state.index

    def note_loaded(self, changes: dict[int, int]) -> None:
        """News of the shown display set's frames: index → MISSING, HERE or FAILED."""
        if self.display_set is None:
            return
        loaded = self._loaded[self.display_set.key]
        for index, presence in changes.items():
            if index < len(loaded):
                loaded[index] = presence
        self.loaded_changed.emit()
        if self.frame is None and not self.loading and changes.get(self.state.index) == HERE:
            self._look()

    def retry(self) -> None:
        """Asks again for the image that could not be had, also when it was found damaged."""
        self._look(again=True)

    def close(self) -> None:
        self.cine.stop()
        self._look_job.cancel()
        self.look.close()
        self.slide.close()
        self._frames.unpin(self._owner)

    # -- which image ---------------------------------------------------------------------------------------------

    def go_to(self, index: int) -> None:
        index = min(max(index, 0), max(self.expected - 1, 0))
        if index != self.state.index:
            self.direction = 1 if index > self.state.index else -1
            self.set_state(replace(self.state, index=index))

    def scroll_by(self, images: int) -> None:
        self.go_to(self.state.index + images)

    def first(self) -> None:
        self.go_to(0)

    def last(self) -> None:
        self.go_to(self.expected - 1)

    def set_state(self, state: ViewState) -> None:
        """The one way to another state; silent when nothing changed."""
        if state == self.state:
            return
        moved = state.index != self.state.index
        other_values = (state.unit, state.tables) != (self.state.unit, self.state.tables)
        if moved:
            self.direction = 1 if state.index > self.state.index else -1
        self.state = state
        if moved:
            self.pen.cancel()
        if moved or other_values:
            self._look()
        self.state_changed.emit()
        self.pointer.refresh_hover()

    def _shown_ref(self) -> FrameRef | None:
        frames = self.display_set.frames if self.display_set is not None else ()
        return frames[self.state.index] if self.state.index < len(frames) else None

    def _look(self, *, again: bool = False) -> None:
        """Shows the image of the index: at once when it is in memory, else as a demand."""
        ref = self._shown_ref()
        self.error = None
        if ref is None or self.display_set is None or not self.display_set.is_image:
            self._look_job.cancel()
            self.frame = None
            self._frames.unpin(self._owner)
            self.frame_changed.emit()
            self.pointer.refresh_hover()
            return
        self._frames.pin(self._owner, [(self.store.key, ref)])
        self.frame = self._in_memory(ref)
        if self.frame is not None:
            self._look_job.cancel()
        else:
            self._look_job.start(self._demand(ref, again=again))
        self.frame_changed.emit()
        self.pointer.refresh_hover()

    def _in_memory(self, ref: FrameRef) -> Frame | None:
        if self.display_set is not None and self.display_set.levels:
            return self.slide.picture_of(self.display_set)
        return self.look.shown(self._frames.get((self.store.key, ref)))

    async def _demand(self, ref: FrameRef, *, again: bool) -> None:
        options = {"again": True} if again else {}
        display_set = self.display_set
        if display_set is not None and display_set.levels:
            frame = await self.slide.open(display_set)
        else:
            frame = await self._network.call(
                lambda backend: backend.connection(self.store).loader.frame(ref, **options)
            )
        if self._shown_ref() == ref:
            self.frame = self.look.shown(frame)
            self.frame_changed.emit()
            self.pointer.refresh_hover()

    def _look_failed(self, error: Exception) -> None:
        self.error = error if isinstance(error, LightboxError) else LightboxError(detail=repr(error))
        self.frame = None
        self.frame_changed.emit()

    # -- how it is looked at -------------------------------------------------------------------------------------

    def set_window(self, window: Window) -> None:
        self.set_state(replace(self.state, window=window))

    def auto_window(self) -> None:
        if self.frame is not None and not self.frame.is_colour:
            self.set_window(auto_window(self.frame))

    def file_window(self, number: int) -> None:
        """The first (1) or second (2) … window that the image brings along; 1 also where it brings none."""
        if self.frame is None or self.frame.is_colour:
            return
        if number == 1:
            self.set_state(replace(self.state, window=None))
        elif number <= len(self.frame.windows):
            self.set_window(self.frame.windows[number - 1])

    def preset(self, key: int) -> None:
        """The preset on a number key, of those that mean something for the image (presets.toml)."""
        for preset in presets_for(self.frame, self.display_set):
            if preset.key == key:
                self.set_window(preset.window)

    def fit(self) -> None:
        self.set_state(replace(self.state, zoom=1.0, pan=(0.0, 0.0)))

    def zoom_by(self, factor: float, anchor: tuple[float, float] | None = None) -> None:
        centre = (self.view_size[0] / 2, self.view_size[1] / 2)
        self.set_state(zoomed_about(self.state, factor, anchor or centre, self.view_size))

    def one_to_one(self) -> None:
        """One image pixel on one pixel of the screen."""
        transform = self.transform()
        if transform is not None:
            self.zoom_by(1 / (transform.scale * self.pixel_ratio))

    def true_size(self) -> bool:
        """One millimetre of the patient on one millimetre of the screen; False where one of the two is not known."""
        transform, frame = self.transform(), self.frame
        if transform is None or frame is None or frame.facts.spacing_mm is None or not self.points_per_mm:
            return False
        self.zoom_by(frame.facts.spacing_mm[1] * self.points_per_mm / transform.scale)
        return True

    def reset(self) -> None:
        """As it was hung: window, zoom and place are the image's own again, the chest wall stays at its edge."""
        hung = self.state
        self.set_state(ViewState(index=hung.index, align=hung.align, hung_flipped=hung.hung_flipped,
                                 flip_horizontal=hung.hung_flipped))

    def invert(self) -> None:
        self.set_state(replace(self.state, inverted=not self.state.inverted))

    @property
    def flipped(self) -> tuple[bool, bool]:
        """Left and right, top and bottom, as the screen shows them."""
        return flips_on_screen(self.state)

    def flip_horizontal(self) -> None:
        self.set_state(flipped_on_screen(self.state, horizontal=True))

    def flip_vertical(self) -> None:
        self.set_state(flipped_on_screen(self.state, horizontal=False))

    def rotate(self, quarter_turns: int) -> None:
        self.set_state(replace(self.state, rotation=(self.state.rotation + quarter_turns) % 4))

    def cycle_text(self) -> None:
        self.text_mode = _NEXT_MODE[self.text_mode]
        self.state_changed.emit()

    # -- film and size -------------------------------------------------------------------------------------------

    @property
    def frame_time_ms(self) -> float | None:
        """Of one image of the film, where the file says so."""
        return self.frame.facts.frame_time_ms if self.frame is not None else None

    @property
    def index(self) -> int:
        return self.state.index

    @property
    def film_text(self) -> str:
        """How fast it plays, while it does."""
        if not self.cine.playing:
            return ""
        return self.tr("{rate} images/s").format(rate=figures(f"{self.cine.rate:.3g}"))

    def step_to(self, index: int, direction: int) -> None:
        """A step of the film, on the way forwards or backwards."""
        if self.display_set is not None and 0 <= index < self.expected:
            self.set_state(replace(self.state, index=index))
            self.direction = direction

    def set_view_size(self, width: float, height: float, pixel_ratio: float = 1.0) -> None:
        if (width, height, pixel_ratio) != (*self.view_size, self.pixel_ratio):
            self.view_size, self.pixel_ratio = (width, height), pixel_ratio
            self.state_changed.emit()
