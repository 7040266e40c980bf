"""Pan, zoom, turn and scroll by drag; tools that only look."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.core.tools.pointer import PointerDrag
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import turned_by, zoomed_about

_ZOOM_PER_PX = 1.01
_PX_PER_IMAGE = 6.0
_UPRIGHT_WITHIN = 2.0           # degrees


@dataclass(frozen=True, slots=True)
class PanTool:
    def drag(self, drag: PointerDrag) -> ViewState:
        side = min(drag.view_size) or 1.0
        x, y = drag.state.pan
        return replace(drag.state, pan=(x + drag.dx / side, y + drag.dy / side))


@dataclass(frozen=True, slots=True)
class ZoomTool:
    """Up enlarges, about the place where the drag began."""

    def drag(self, drag: PointerDrag) -> ViewState:
        return zoomed_about(drag.state, _ZOOM_PER_PX ** -drag.dy, drag.start, drag.view_size)


@dataclass(frozen=True, slots=True)
class ScrollTool:
    """Down is forward; a drag over the whole viewport is never less than the whole series."""

    def drag(self, drag: PointerDrag) -> ViewState:
        step = min(_PX_PER_IMAGE, max(drag.view_size[1] * 0.8, 1.0) / max(drag.image_count, 1))
        index = drag.state.index + int(drag.dy / step)
        return replace(drag.state, index=min(max(index, 0), max(drag.image_count - 1, 0)))


@dataclass(frozen=True, slots=True)
class RotateTool:
    """The picture follows the hand around the middle of the viewport, and stands upright where it nearly does."""

    def drag(self, drag: PointerDrag) -> ViewState:
        middle = (drag.view_size[0] / 2, drag.view_size[1] / 2)
        began, now = (math.atan2(y - middle[1], x - middle[0]) for x, y in (drag.start, drag.now))
        return turned_by(drag.state, math.degrees(now - began), _UPRIGHT_WITHIN)


@dataclass(frozen=True, slots=True)
class LookTool:
    """Leaves the state as it is: a lens, or a cursor that other viewports follow."""

    def drag(self, drag: PointerDrag) -> ViewState:
        return drag.state
