"""Window/level: by drag (right is wider, down is darker), or by a box around what is to be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.area import values_inside
from desktop_app.core.tools.pointer import PointerDrag
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window

_LEAST_PX = 4.0                 # a smaller box was not meant
_MOST_PIXELS = 300_000          # a larger box is read in steps, to stay quick under the hand


@dataclass(frozen=True, slots=True)
class WindowLevelTool:
    def drag(self, drag: PointerDrag) -> ViewState:
        return replace(drag.state, window=drag.window.dragged(drag.dx, drag.dy))


@dataclass(frozen=True, slots=True)
class RegionWindowTool:
    """The window that shows every value inside the box, from the darkest to the brightest."""

    def drag(self, drag: PointerDrag) -> ViewState:
        frame, transform = drag.frame, drag.transform
        if frame is None or transform is None or min(abs(drag.dx), abs(drag.dy)) < _LEAST_PX:
            return drag.state
        (x, y), (to_x, to_y) = drag.start, drag.now
        if transform.is_tilted:
            corners = tuple(transform.to_image(*corner) for corner in ((x, y), (to_x, y), (to_x, to_y), (x, to_y)))
            box = Annotation(0, AnnotationKind.FREEHAND, frame.ref, corners)
        else:
            box = Annotation(0, AnnotationKind.RECTANGLE, frame.ref,
                             (transform.to_image(x, y), transform.to_image(to_x, to_y)))
        left, top, right, bottom = box.bounds
        step = max(1, int(((right - left) * (bottom - top) / _MOST_PIXELS) ** 0.5))
        values = values_inside(box, frame, step=step)
        if values is None:
            return drag.state
        return replace(drag.state, window=replace(Window.of_range(values.min(), values.max()), explanation=""))
