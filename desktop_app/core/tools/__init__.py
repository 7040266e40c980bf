"""Pointer tools: an event and the values it began with become new values."""

from __future__ import annotations

from desktop_app.core.tools.navigate import LookTool, PanTool, RotateTool, ScrollTool, ZoomTool
from desktop_app.core.tools.pointer import PointerDrag, Tool
from desktop_app.core.tools.window_level import RegionWindowTool, WindowLevelTool

__all__ = [
    "GREY_TOOLS", "TOOLS", "LookTool", "PanTool", "PointerDrag", "RegionWindowTool", "RotateTool", "ScrollTool", "Tool",
    "WindowLevelTool", "ZoomTool",
]

TOOLS: dict[str, Tool] = {
    "window": WindowLevelTool(),
    "window_region": RegionWindowTool(),
    "pan": PanTool(),
    "zoom": ZoomTool(),
    "scroll": ScrollTool(),
    "rotate": RotateTool(),
    "magnifier": LookTool(),
    "cursor": LookTool(),
}
GREY_TOOLS = frozenset({"window", "window_region"})         # do nothing on colour
