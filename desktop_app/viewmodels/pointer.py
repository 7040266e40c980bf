"""Pointer: what the mouse does in one viewport: drags of tools, clicks, wheel, and the value under it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.key_set import Mouse
from desktop_app.core.tools import GREY_TOOLS, TOOLS, PointerDrag
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.viewmodels.pen import ImageView, Pen
from desktop_app.viewmodels.pixel_text import pixel_text

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.viewmodels.pixel_place import PixelPlace

_FAST_STEP = 10
_WHEEL_ZOOM = 1.15


class PointerButton(StrEnum):
    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


_WITH_AID = frozenset({"magnifier", "window_region"})


class PointedView(ImageView, Protocol):
    """What the pointer must know of the viewport that it moves in."""

    @property
    def tool(self) -> str: ...
    @property
    def state(self) -> ViewState: ...
    @property
    def window(self) -> Window: ...
    @property
    def view_size(self) -> tuple[float, float]: ...
    @property
    def expected(self) -> int: ...
    @property
    def frame(self) -> Frame | None: ...
    def pixel_at(self, x: float, y: float) -> PixelPlace | None: ...
    def set_state(self, state: ViewState) -> None: ...
    def scroll_by(self, images: int) -> None: ...
    def zoom_by(self, factor: float, anchor: tuple[float, float] | None = None) -> None: ...


class Pointer(QObject):
    """Places are in points of the viewport. A drag is worked out from where it began, so that nothing accumulates."""

    hover_changed = Signal()
    aid_changed = Signal()                          # the lens or the box of a drag
    drawing_began = Signal()
    pointed = Signal(float, float)                  # the 3D cursor is set, or dragged, to a place
    pointing_ended = Signal(bool)                   # whether it was cancelled

    def __init__(self, view: PointedView, pen: Pen, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._pen = view, pen
        self.mouse = Mouse()
        self.hover_text = ""
        self._drag: tuple[str, PointerDrag] | None = None
        self._hover: tuple[float, float] | None = None

    def press(self, button: PointerButton, x: float, y: float) -> None:
        view = self._view
        buttons = {PointerButton.MIDDLE: self.mouse.middle, PointerButton.RIGHT: self.mouse.right}
        tool = buttons.get(button, view.tool)
        if button is PointerButton.LEFT and self._pen.press(tool, x, y):
            self.drawing_began.emit()
            return
        if tool not in TOOLS or (tool in GREY_TOOLS and (view.frame is None or view.frame.is_colour)):
            return
        drag = PointerDrag(view.state, view.window, (x, y), (x, y), view.view_size, view.expected, view.frame,
                           view.transform())
        self._drag = (tool, drag)
        self._tell(tool, x, y)

    def move(self, x: float, y: float) -> None:
        if self._drag is None:
            self._pen.move(x, y)
        else:
            tool, drag = self._drag[0], replace(self._drag[1], now=(x, y))
            self._drag = (tool, drag)
            self._set_dragged(tool, TOOLS[tool].drag(drag))
            self._tell(tool, x, y)

    @property
    def lens(self) -> tuple[float, float] | None:
        """Where the magnifier is held."""
        return self._drag[1].now if self._drag is not None and self._drag[0] == "magnifier" else None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, top, width and height of the box that a drag draws."""
        if self._drag is None or self._drag[0] != "window_region":
            return None
        (x, y), (to_x, to_y) = self._drag[1].start, self._drag[1].now
        return min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)

    def _tell(self, tool: str, x: float, y: float) -> None:
        if tool == "cursor":
            self.pointed.emit(x, y)
        elif tool in _WITH_AID:
            self.aid_changed.emit()

    def _end(self, *, cancelled: bool) -> None:
        ended, self._drag = self._drag, None
        if ended is not None and ended[0] == "cursor":
            self.pointing_ended.emit(cancelled)
        elif ended is not None and ended[0] in _WITH_AID:
            self.aid_changed.emit()

    def _set_dragged(self, tool: str, state: ViewState) -> None:
        """What a drag asks for. Only scrolling chooses the image: a wheel or a cine loop goes on meanwhile."""
        view = self._view
        view.set_state(state if tool == "scroll" else replace(state, index=view.state.index))

    def release(self, x: float, y: float) -> None:
        if self._drag is None:
            self._pen.release(x, y)
            return
        self.move(x, y)
        self._end(cancelled=False)

    def click(self, x: float, y: float) -> None:
        """Down and up at one place: no drag, so everything stays as it was; a drawing may have got a point."""
        if self._drag is not None and self._drag[0] == "cursor":
            self._end(cancelled=False)
        elif self._drag is not None or not self._pen.click(x, y):
            self.cancel_drag()

    def cancel_drag(self) -> bool:
        """Puts back what the drag changed; False when there was none."""
        if self._drag is None:
            return self._pen.cancel()
        tool, drag = self._drag
        self._set_dragged(tool, drag.state)
        self._end(cancelled=True)
        return True

    def drop_drag(self) -> None:
        """Other images came under the hand: the drag ends, and what it did stays."""
        self._end(cancelled=False)

    def wheel(
        self, steps: int, *, shift: bool = False, ctrl: bool = False, x: float = 0.0, y: float = 0.0
    ) -> None:
        """Positive steps are down, towards the next image; with Ctrl, up enlarges about the pointer; or the other way
        round, as the user has it."""
        if ctrl != (self.mouse.wheel == "zoom"):
            self._view.zoom_by(_WHEEL_ZOOM**-steps, (x, y))
        else:
            self._view.scroll_by(steps * (_FAST_STEP if shift else 1))

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the pointer is over the viewport; None while it is elsewhere."""
        return self._hover

    def hover(self, x: float, y: float) -> None:
        self._hover = (x, y)
        self._pen.hover(x, y)
        self.refresh_hover()

    def leave(self) -> None:
        self._hover = None
        self.refresh_hover()

    def refresh_hover(self) -> None:
        """Reads the value under the pointer again: the picture has changed."""
        transform = self._view.transform()
        text = ""
        if self._hover is not None and transform is not None:
            text = pixel_text(self._view.pixel_at(*transform.to_image(*self._hover)))
        if text != self.hover_text:
            self.hover_text = text
            self.hover_changed.emit()
