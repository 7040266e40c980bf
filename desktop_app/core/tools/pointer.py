"""What a pointer did, and what a tool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.core.frame import Frame
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window


@dataclass(frozen=True, slots=True)
class PointerDrag:
    """A drag so far. Positions in viewport pixels; `state`, `window`, `frame` and `transform` are those it began with.

    A tool answers from the beginning and the distance, never from its last answer, so that nothing accumulates, and a
    cancelled drag leaves nothing behind.
    """

    state: ViewState
    window: Window
    start: tuple[float, float]
    now: tuple[float, float]
    view_size: tuple[float, float]
    image_count: int
    frame: Frame | None = None
    transform: ViewTransform | None = None

    @property
    def dx(self) -> float:
        return self.now[0] - self.start[0]

    @property
    def dy(self) -> float:
        return self.now[1] - self.start[1]


class Tool(Protocol):
    """Turns a drag into the state that it asks for."""

    def drag(self, drag: PointerDrag) -> ViewState: ...
