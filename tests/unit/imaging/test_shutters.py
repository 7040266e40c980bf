"""Display shutters of every shape."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.imaging.shutters import read_shutter
from tests.unit.imaging.objects import image, opened

GREY = np.zeros((6, 8), np.uint8)
RECTANGLE = {"ShutterUpperHorizontalEdge": 2, "ShutterLowerHorizontalEdge": 5, "ShutterLeftVerticalEdge": 3,
             "ShutterRightVerticalEdge": 8}
CIRCLE = {"CenterOfCircularShutter": [3, 4], "RadiusOfCircularShutter": 2}
TRIANGLE = {"VerticesOfThePolygonalShutter": [1, 1, 6, 1, 6, 8]}


def mask(**attributes: object) -> np.ndarray | None:
    shutter = read_shutter(opened(image(GREY, **attributes)).scope(1))
    return None if shutter is None else shutter.hidden(6, 8)


def test_a_rectangle_hides_what_is_outside() -> None:
    hidden = mask(ShutterShape="RECTANGULAR", **RECTANGLE)
    expected = np.ones((6, 8), bool)
    expected[1:5, 2:8] = False
    assert hidden is not None and np.array_equal(hidden, expected)


def test_a_circle() -> None:
    hidden = mask(ShutterShape="CIRCULAR", **CIRCLE)
    assert hidden is not None
    assert not hidden[2, 3] and not hidden[0, 3] and not hidden[2, 5] and hidden[0, 2] and hidden[5, 3]


def test_a_polygon() -> None:
    hidden = mask(ShutterShape="POLYGONAL", **TRIANGLE)
    assert hidden is not None
    assert not hidden[4, 0] and not hidden[3, 2] and hidden[0, 5] and hidden[2, 6]


def test_shapes_together_hide_what_any_of_them_hides() -> None:
    both = mask(ShutterShape=["RECTANGULAR", "CIRCULAR"], **RECTANGLE, **CIRCLE)
    one, other = mask(ShutterShape="RECTANGULAR", **RECTANGLE), mask(ShutterShape="CIRCULAR", **CIRCLE)
    assert both is not None and one is not None and other is not None
    assert np.array_equal(both, one | other)


@pytest.mark.parametrize("attributes", [
    {}, {"ShutterShape": "BITMAP"}, {"ShutterShape": "RECTANGULAR"}, {"ShutterShape": "CIRCULAR"},
    {"ShutterShape": "POLYGONAL", "VerticesOfThePolygonalShutter": [1, 1, 2, 2]},
    {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [1, 1], "RadiusOfCircularShutter": 0}])
def test_no_shutter(attributes: dict) -> None:
    assert mask(**attributes) is None


def test_the_grey_of_a_shutter() -> None:
    shown = image(GREY, ShutterShape="RECTANGULAR", ShutterPresentationValue=65535, **RECTANGLE)
    shutter = read_shutter(opened(shown).scope(1))
    assert shutter is not None and shutter.grey == 255
