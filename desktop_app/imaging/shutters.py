"""Shutters: which part of an image its maker wants hidden (Display Shutter, PS3.3 C.7.6.11)."""

from __future__ import annotations

import numpy as np

from desktop_app.core.frame import Pixels
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.frame_scope import FrameScope

_MACRO = "FrameDisplayShutterSequence"
_EDGES = ("ShutterUpperHorizontalEdge", "ShutterLowerHorizontalEdge", "ShutterLeftVerticalEdge",
          "ShutterRightVerticalEdge")


def shutter_mask(scope: FrameScope, rows: int, columns: int) -> Pixels | None:
    """True (rows, columns) where the image is hidden; None without a shutter.

    Rectangle, circle and polygon may be given together: what any of them hides is hidden. Bitmap shutters are overlay
    planes (C.7.6.15) and are not looked at here.
    """
    for elements in scope.macros(_MACRO):
        shapes = {text.upper() for text in elements.texts("ShutterShape")} & set(_SHAPES)
        open_parts = [part for shape in sorted(shapes) if (part := _SHAPES[shape](elements, rows, columns)) is not None]
        if open_parts:
            hidden = ~np.logical_and.reduce(open_parts)
            hidden.setflags(write=False)
            return hidden
    return None


def shutter_grey(scope: FrameScope) -> int | None:
    """Shutter Presentation Value as a grey level 0 … 255; None where it is not given (black is usual)."""
    for elements in scope.macros(_MACRO):
        value = elements.integer("ShutterPresentationValue")
        if value is not None:
            return min(max(value, 0), 65535) >> 8
    return None


def _rectangle(elements: Elements, rows: int, columns: int) -> Pixels | None:
    edges = [elements.integer(keyword) for keyword in _EDGES]
    if any(edge is None for edge in edges):
        return None
    top, bottom, left, right = (edge for edge in edges if edge is not None)
    inside = np.zeros((rows, columns), bool)
    inside[max(0, top - 1) : max(0, bottom), max(0, left - 1) : max(0, right)] = True      # edges count from 1
    return inside


def _circle(elements: Elements, rows: int, columns: int) -> Pixels | None:
    center, radius = elements.numbers("CenterOfCircularShutter"), elements.number("RadiusOfCircularShutter")
    if len(center) < 2 or radius is None or radius <= 0:
        return None
    y, x = np.ogrid[1 : rows + 1, 1 : columns + 1]
    circle: Pixels = (y - center[0]) ** 2 + (x - center[1]) ** 2 <= radius**2
    return circle


def _polygon(elements: Elements, rows: int, columns: int) -> Pixels | None:
    numbers = elements.numbers("VerticesOfThePolygonalShutter")
    points = list(zip(numbers[0::2], numbers[1::2], strict=False))
    if len(points) < 3:
        return None
    inside = np.zeros((rows, columns), bool)
    across = np.arange(1, columns + 1)
    edges = list(zip(points, [*points[1:], points[0]], strict=True))
    for row in range(1, rows + 1):
        crossings = [x0 + (row - y0) * (x1 - x0) / (y1 - y0)
                     for (y0, x0), (y1, x1) in edges if (y0 <= row) != (y1 <= row)]
        for begin, end in zip(*[iter(sorted(crossings))] * 2, strict=False):
            inside[row - 1] |= (across >= begin) & (across <= end)
    return inside


_SHAPES = {"RECTANGULAR": _rectangle, "CIRCULAR": _circle, "POLYGONAL": _polygon}
