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
    """The shutter that a dataset or an item describes, an image's or a presentation state's."""
    shapes = {text.upper() for text in elements.texts("ShutterShape")}
    rectangle = _rectangle(elements) if "RECTANGULAR" in shapes else None
    circle = _circle(elements) if "CIRCULAR" in shapes else None
    polygon = _polygon(elements) if "POLYGONAL" in shapes else ()
    if rectangle is None and circle is None and not polygon:
        return None
    value = elements.integer("ShutterPresentationValue") or 0
    return Shutter(rectangle, circle, polygon, min(max(value, 0), 65535) >> 8)


def _rectangle(elements: Elements) -> tuple[float, float, float, float] | None:
    """The edges name the outermost rows and columns that are shown, counted from 1."""
    edges = [elements.integer(keyword) for keyword in _EDGES]
    if any(edge is None for edge in edges):
        return None
    left, top, right, bottom = (edge for edge in edges if edge is not None)
    return left - 1.0, top - 1.0, float(right), float(bottom)


def _circle(elements: Elements) -> tuple[float, float, float] | None:
    """Centre as row and column; pixel centres are at whole numbers and a half here."""
    center, radius = elements.numbers("CenterOfCircularShutter"), elements.number("RadiusOfCircularShutter")
    if len(center) < 2 or radius is None or radius <= 0:
        return None
    return center[1] - 0.5, center[0] - 0.5, radius


def _polygon(elements: Elements) -> tuple[tuple[float, float], ...]:
    numbers = elements.numbers("VerticesOfThePolygonalShutter")
    points = tuple((x - 0.5, y - 0.5) for y, x in zip(numbers[0::2], numbers[1::2], strict=False))
    return points if len(points) >= 3 else ()
