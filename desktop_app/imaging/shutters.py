"""Shutters: which part of an image its maker wants hidden (Display Shutter, PS3.3 C.7.6.11)."""

from __future__ import annotations

from desktop_app.core.graphics import Shutter
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.frame_scope import FrameScope

_MACRO = "FrameDisplayShutterSequence"
_EDGES = ("ShutterLeftVerticalEdge", "ShutterUpperHorizontalEdge", "ShutterRightVerticalEdge",
          "ShutterLowerHorizontalEdge")


def read_shutter(scope: FrameScope) -> Shutter | None:
    """The shutter of a frame; None without one. Shapes that cannot be read are left out.

    Bitmap shutters are overlay planes (C.7.6.15) and are not looked at here.
    """
    for elements in scope.macros(_MACRO):
        shutter = shutter_of(elements)
        if shutter is not None:
            return shutter
    return None


def shutter_of(elements: Elements) -> Shutter | None:
    """The shutter that a dataset or an item describes."""
    return Shutter.of(
        elements.texts("ShutterShape"),
        edges=[elements.integer(keyword) for keyword in _EDGES],
        centre=elements.numbers("CenterOfCircularShutter"),
        radius=elements.number("RadiusOfCircularShutter"),
        vertices=elements.numbers("VerticesOfThePolygonalShutter"),
        presentation_value=elements.integer("ShutterPresentationValue") or 0,
    )
