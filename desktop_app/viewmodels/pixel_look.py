"""PixelLook: how the values of one viewport's images are shown besides their window: colours, unit, interpolation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject

from desktop_app.core.interpolation import Interpolation
from desktop_app.imaging.colour_maps import COLOUR_MAPS, GREY_MAP
from desktop_app.imaging.quantities import mapped
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.view_state import ViewState
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

T = TypeVar("T")


class LookedAt(Protocol):
    """What must be known of the viewport."""

    @property
    def frame(self) -> Frame | None: ...
    @property
    def state(self) -> ViewState: ...
    def set_state(self, state: ViewState) -> None: ...


class PixelLook(QObject):
    """Choices that hold for the whole display set; each of them is part of the ViewState."""

    def __init__(self, viewport: LookedAt, network: Network[Backend], parent: QObject) -> None:
        super().__init__(parent)
        self._viewport, self._network = viewport, network
        self.interpolation = Interpolation.BICUBIC
        self._refining = Job(self, lambda error: None)      # the quick picture stays; nothing is missing

    @property
    def colour_map(self) -> str:
        return self._viewport.state.colour_map

    def set_colour_map(self, name: str) -> None:
        """The same again goes back to grey."""
        state = self._viewport.state
        chosen = GREY_MAP if name == state.colour_map else name
        if chosen in COLOUR_MAPS:
            self._viewport.set_state(replace(state, colour_map=chosen))

    @property
    def units(self) -> tuple[str, ...]:
        """The names of the quantities that the values can be shown as; one or none is no choice."""
        return tuple(one.name for one in self._viewport.frame.mappings) if self._viewport.frame is not None else ()

    @property
    def unit(self) -> str:
        """The name of the one in use."""
        return self._viewport.frame.mapped_by if self._viewport.frame is not None else ""

    def set_unit(self, name: str) -> None:
        """Shows the values as another quantity; a window chosen for the other one goes."""
        if name in self.units and name != self.unit:
            self._viewport.set_state(replace(self._viewport.state, unit=name, window=None))

    def next_unit(self) -> None:
        units = self.units
        if len(units) > 1:
            self.set_unit(units[(units.index(self.unit) + 1) % len(units) if self.unit in units else 0])

    def toggle_graphics(self) -> None:
        """The image's own overlays and shutter, or the image without them."""
        state = self._viewport.state
        self._viewport.set_state(replace(state, bare=not state.bare))

    def shown(self, frame: Frame | None) -> Frame | None:
        """A frame from the loader in the chosen quantity, and with the tables of an applied presentation state."""
        state = self._viewport.state
        if frame is not None and state.unit:
            frame = mapped(frame, state.unit)
        return state.tables.applied(frame) if frame is not None and state.tables is not None else frame

    def refine(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Does something slow for the picture on a decode thread; the latest wins."""
        async def run() -> None:
            from desktop_app.services.decoder import Urgency

            done(await self._network.call(lambda backend: backend.decoder.run(work, urgency=Urgency.VISIBLE)))

        self._refining.start(run())

    def close(self) -> None:
        self._refining.cancel()
