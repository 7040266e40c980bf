"""Window/level by drag: right is wider, down is darker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.tools.pointer import PointerDrag
from desktop_app.core.view_state import ViewState


@dataclass(frozen=True, slots=True)
class WindowLevelTool:
    def drag(self, drag: PointerDrag) -> ViewState:
        return replace(drag.state, window=drag.window.dragged(drag.dx, drag.dy))
