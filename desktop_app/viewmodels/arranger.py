"""Arranger: puts display sets into viewports as they were left, as soon as each of them is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from desktop_app.core.layout import Layout
from desktop_app.core.view_state import ViewState

if TYPE_CHECKING:
    from desktop_app.viewmodels.series_rail import SeriesRail
    from desktop_app.viewmodels.viewport import ViewportModel


class Grid(Protocol):
    """What must be known of the viewer whose viewports are filled."""

    layout: Layout

    @property
    def rail(self) -> SeriesRail: ...
    @property
    def viewports(self) -> tuple[ViewportModel, ...]: ...
    @property
    def alone(self) -> ViewportModel | None: ...
    def set_layout(self, rows: int, columns: int) -> None: ...
    def activate(self, viewport: ViewportModel) -> None: ...
    def toggle_alone(self, viewport: ViewportModel | None = None) -> None: ...
    def show(self, display_set_key: str, viewport: ViewportModel | None = None, *, linked: bool = True) -> None: ...
    def fill_empty(self) -> None: ...


class Arranger(QObject):
    """Belongs to one viewer. What a person does meanwhile stands: a viewport is filled once."""

    def __init__(self, viewer: Grid, parent: QObject) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self.used = False                               # somebody wanted an arrangement
        self._awaited: dict[int, str] = {}              # place in the grid → key of the display set that belongs there
        self._instead: dict[int, str] = {}              # place → the object whose frames are not in order yet
        self._views: dict[str, ViewState] = {}
        self._states: dict[int, ViewState] = {}

    @property
    def waiting(self) -> bool:
        """Whether something that is not listed yet belongs into a viewport."""
        return any(place not in self._instead for place in self._awaited)

    def want(self, layout: Layout, views: Iterable[tuple[str, ViewState]] = (),
             places: Iterable[tuple[int, ViewState]] = ()) -> None:
        """This grid, these display sets in it, looked at like this; what is not listed yet comes when it is.

        `views` by display set, `places` by viewport: the latter count where both say something.
        """
        viewer = self._viewer
        self.used = True
        self._views, self._states = dict(views), dict(places)
        viewer.set_layout(layout.rows, layout.columns)
        self._awaited = {place: key for place, key in enumerate(layout.shown) if key}
        self._instead.clear()
        viewer.activate(viewer.viewports[layout.active])
        if layout.alone >= 0 and viewer.alone is None:
            viewer.toggle_alone(viewer.viewports[layout.alone])
        self.place()

    def place(self) -> None:
        """Shows what is listed by now. A part of a multi-frame object is known only with its first frame: until then
        the whole object stands there."""
        viewer = self._viewer
        known = {display_set.key: display_set for display_set in viewer.rail.display_sets}
        for place, key in list(self._awaited.items()):
            if self._awaited.get(place) != key:
                continue                                # placed by what was shown just now
            if place >= len(viewer.viewports):
                del self._awaited[place]
            elif key in known:
                del self._awaited[place]
                viewport = viewer.viewports[place]
                instead = self._instead.pop(place, "")
                if instead and (viewport.display_set is None or viewport.display_set.key != instead):
                    continue                            # somebody chose something else meanwhile
                state = self._states.get(place, self._views.get(key))
                if state is not None:
                    viewport.recall(key, state)
                viewer.show(key, viewport, linked=place in self._states or state is None)
            elif place not in self._instead and viewer.viewports[place].display_set is None:
                whole = next((one.key for one in known.values()
                              if one.awaits_frames and key.startswith(f"{one.key}/")), "")
                if whole:
                    self._instead[place] = whole
                    viewer.show(whole, viewer.viewports[place], linked=False)

    def end(self) -> None:
        """Everything is listed: what was awaited in vain makes room for what there is."""
        missed = self.waiting
        self._awaited = {place: key for place, key in self._awaited.items() if place in self._instead}
        if missed:
            self._viewer.layout = replace(self._viewer.layout, shown=tuple(
                viewport.display_set.key if viewport.display_set is not None else ""
                for viewport in self._viewer.viewports))
            self._viewer.fill_empty()
