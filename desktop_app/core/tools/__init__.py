"""Pointer tools: an event and the values it began with become new values."""

from __future__ import annotations

from desktop_app.core.tools.navigate import PanTool, ScrollTool, ZoomTool
from desktop_app.core.tools.pointer import PointerDrag, Tool
from desktop_app.core.tools.window_level import WindowLevelTool

__all__ = ["TOOLS", "PanTool", "PointerDrag", "ScrollTool", "Tool", "WindowLevelTool", "ZoomTool"]

TOOLS: dict[str, Tool] = {
    "window": WindowLevelTool(),
    "pan": PanTool(),
    "zoom": ZoomTool(),
    "scroll": ScrollTool(),
}
