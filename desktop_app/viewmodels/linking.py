"""Linking: what the viewports of a study do together: slices, window, zoom, place; reference lines; the 3D cursor."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from desktop_app.core.reference_line import reference_line
from desktop_app.core.sync import (
    Links,
    LinkState,
    Sight,
    image_point,
    patient_point,
    same_place,
    same_window,
    same_zoom,
    slice_at_same_place,
    slice_by_offset,
    slice_through,
)

if TYPE_CHECKING:
    from desktop_app.core.annotation import Point
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.geometry import Vector
    from desktop_app.core.view_state import ViewState
    from desktop_app.viewmodels.viewport import ViewportModel

_MARK_WITHIN = 0.75             # of the distance of two slices: the cursor is marked where its plane is this near


class Grid(Protocol):
    """The viewports that are linked; the active one leads."""

    @property
    def viewports(self) -> tuple[ViewportModel, ...]: ...
    @property
    def active(self) -> ViewportModel: ...


class Linking(QObject):
    """Every viewport follows the active one, as far as `links` says and the two can be compared.

    Slices follow the place in the patient within a frame of reference. Where there is none in common, they follow once
    the user has said at one slice that they belong together (`link_here`).
    """

    changed = Signal()
    marks_changed = Signal()                                    # lines or cursor lie elsewhere

    def __init__(self, grid: Grid, parent: QObject) -> None:
        super().__init__(parent)
        self._grid = grid
        self.links = Links()
        self.shows_lines = True
        self.cursor: tuple[str, Vector] | None = None           # (Frame of Reference UID, place in patient mm)
        self._anchors: dict[str, int] = {}                      # key of a display set → index where it was linked
        self._seen: WeakKeyDictionary[ViewportModel, tuple[str, ViewState]] = WeakKeyDictionary()
        self._is_leading = False
        self._has_lines = False
        self._before_point: dict[ViewportModel, int] | None = None

    # -- what is linked ----------------------------------------------------------------------------------------------

    def toggle(self, part: str) -> None:
        """Switches one of `scroll`, `window`, `zoom`, `pan`. What is switched on is made the same at once."""
        self.links = replace(self.links, **{part: not getattr(self.links, part)})
        self._follow(self._grid.active)
        self.changed.emit()

    def toggle_lines(self) -> None:
        self.shows_lines = not self.shows_lines
        self.changed.emit()

    @property
    def is_anchored(self) -> bool:
        """Whether the user linked the slices that are shown by hand."""
        return bool(self._anchors)

    def link_here(self) -> None:
        """The slices that the viewports show now belong together: from here on they scroll by the same distance."""
        self._anchors = {
            viewport.display_set.key: viewport.state.index
            for viewport in self._grid.viewports
            if viewport.display_set is not None
        }
        self.links = replace(self.links, scroll=True)
        self.changed.emit()

    def unlink_here(self) -> None:
        """Back to the places in the patient."""
        self._anchors = {}
        self._follow(self._grid.active)
        self.changed.emit()

    @property
    def state(self) -> LinkState:
        return LinkState(self.links, self.shows_lines, tuple(self._anchors.items()))

    def restore(self, state: LinkState) -> None:
        """As it was in an earlier session; nothing moves for it."""
        self.links, self.shows_lines, self._anchors = state.links, state.shows_lines, dict(state.anchors)
        self.changed.emit()

    # -- following ---------------------------------------------------------------------------------------------------

    def lead(self, leader: ViewportModel) -> None:
        """A viewport changed: the others follow, when it is the active one."""
        key = leader.display_set.key if leader.display_set is not None else ""
        seen, self._seen[leader] = self._seen.get(leader), (key, leader.state)
        if leader is not self._grid.active or seen == (key, leader.state):
            return
        # Another series in it says where it is looked at, not how the others are to be looked at.
        before = seen[1] if seen is not None and seen[0] == key else replace(leader.state, index=-1)
        self._follow(leader, before)

    def _follow(self, leader: ViewportModel, before: ViewState | None = None) -> None:
        if self._is_leading or leader.display_set is None or len(self._grid.viewports) == 1:
            return
        self._is_leading = True
        try:
            for viewport in self._grid.viewports:
                if viewport is not leader and viewport.display_set is not None:
                    self._take_along(leader, viewport, before)
        finally:
            self._is_leading = False

    def _take_along(self, leader: ViewportModel, viewport: ViewportModel, before: ViewState | None) -> None:
        """Only what changed since `before` is handed on, so that each viewport may otherwise differ; all without it."""
        links, state = self.links, leader.state
        assert leader.display_set is not None and viewport.display_set is not None
        if links.scroll and (before is None or before.index != state.index):
            index = self._slice(leader.placed_set, state.index, viewport.placed_set)
            if index is not None:
                viewport.go_to(index)
        other = viewport.state
        window_moved = before is None or (before.window, before.inverted) != (state.window, state.inverted)
        if links.window and window_moved:
            other = same_window(leader.display_set, state, viewport.display_set, other)
        here = Sight(state, leader.frame, leader.view_size)
        zoomed = before is None or before.zoom != state.zoom
        if links.zoom and zoomed:
            other = same_zoom(here, Sight(other, viewport.frame, viewport.view_size))
        if links.pan and (zoomed or before is None or before.pan != state.pan):
            other = same_place(here, Sight(other, viewport.frame, viewport.view_size))
        viewport.set_state(other)

    def index_for(self, viewport: ViewportModel, display_set: DisplaySet) -> int | None:
        """The image at which a display set opens in a viewport, so that it shows what the others are at.

        The active viewport says where, or the first that can say for the active one. None where slices are not linked
        or no viewport can say.
        """
        if not self.links.scroll:
            return None
        active = self._grid.active
        for other in (active, *self._grid.viewports):
            if other is not viewport and other.display_set is not None and other.display_set.key != display_set.key:
                index = self._slice(other.placed_set, other.state.index, display_set)
                if index is not None:
                    return index
        return None

    def _slice(self, source: DisplaySet | None, index: int, target: DisplaySet | None) -> int | None:
        assert source is not None and target is not None
        anchors = self._anchors.get(source.key), self._anchors.get(target.key)
        if anchors[0] is not None and anchors[1] is not None:
            return slice_by_offset(source, index, target, (anchors[0], anchors[1]))
        return slice_at_same_place(source, index, target)

    # -- places ------------------------------------------------------------------------------------------------------

    def reference_line(self, viewport: ViewportModel) -> tuple[Point, Point] | None:
        """Where the image of the active viewport cuts that of another one, in its image coordinates."""
        active = self._grid.active
        if not self.shows_lines or viewport is active or viewport.frame is None or active.frame is None:
            return None
        return reference_line(viewport.frame, active.frame)

    def take_frame(self, viewport: ViewportModel) -> None:
        """A viewport shows another image: lines are drawn anew where there are any."""
        if not self.shows_lines or len(self._grid.viewports) == 1:
            return
        if viewport is self._grid.active and viewport.frame is not None:
            had, self._has_lines = self._has_lines, any(self.reference_line(one) for one in self._grid.viewports)
            if had or self._has_lines:
                self.marks_changed.emit()

    def point_at(self, viewport: ViewportModel, x: float, y: float) -> bool:
        """Moves the 3D cursor to the place under the pointer, and the other viewports to the slice through it.

        False where the image has no place in the patient.
        """
        frame, transform = viewport.frame, viewport.transform()
        if frame is None or transform is None or frame.plane is None or not frame.facts.frame_of_reference_uid:
            return False
        if self._before_point is None:
            self._before_point = {one: one.state.index for one in self._grid.viewports}
        uid, point = frame.facts.frame_of_reference_uid, patient_point(frame.plane, transform.to_image(x, y))
        self.cursor = (uid, point)
        self._is_leading = True
        try:
            for other in self._grid.viewports:
                placed = other.placed_set if other is not viewport else None
                if placed is not None:
                    index = slice_through(placed, uid, point)
                    if index is not None:
                        other.go_to(index)
        finally:
            self._is_leading = False
        self.marks_changed.emit()
        return True

    def end_pointing(self, *, cancelled: bool) -> None:
        """The button is up: the cursor stays. Cancelled, every viewport goes back to where it was."""
        before, self._before_point = self._before_point, None
        if cancelled and before is not None:
            self._is_leading = True
            try:
                for viewport in self._grid.viewports:
                    viewport.go_to(before.get(viewport, viewport.state.index))
            finally:
                self._is_leading = False
            self.drop_cursor()

    def drop_cursor(self) -> bool:
        """Takes the cursor away; False when there was none."""
        if self.cursor is None:
            return False
        self.cursor = None
        self.marks_changed.emit()
        return True

    def cursor_in(self, viewport: ViewportModel) -> Point | None:
        """Where the 3D cursor lies in a viewport's image; None where its slice does not go through it."""
        frame = viewport.frame
        if self.cursor is None or frame is None or frame.plane is None:
            return None
        uid, point = self.cursor
        if frame.facts.frame_of_reference_uid != uid:
            return None
        off = abs(sum((p - q) * n for p, q, n in zip(point, frame.plane.position, frame.plane.normal, strict=True)))
        return image_point(frame.plane, point) if off <= self._half_slice(viewport) else None

    @staticmethod
    def _half_slice(viewport: ViewportModel) -> float:
        of = viewport.placed_set
        places = of.slices.locations_mm if of is not None and of.slices is not None else ()
        gaps = sorted(abs(b - a) for a, b in pairwise(places))
        return max(gaps[len(gaps) // 2] * _MARK_WITHIN, 0.1) if gaps else 1.0
