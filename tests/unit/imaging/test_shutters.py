"""Display shutters of every shape."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.core.graphics import Shutter
from desktop_app.imaging.shutters import read_shutter
from tests.unit.imaging.objects import image, opened

GREY = np.zeros((6, 8), np.uint8)
RECTANGLE = {"ShutterUpperHorizontalEdge": 2, "ShutterLowerHorizontalEdge": 5, "ShutterLeftVerticalEdge": 3,
             "ShutterRightVerticalEdge": 8}
CIRCLE = {"CenterOfCircularShutter": [3, 4], "RadiusOfCircularShutter": 2}
TRIANGLE = {"VerticesOfThePolygonalShutter": [1, 1, 6, 1, 6, 8]}


def shutter(**attributes: object) -> Shutter | None:
    return read_shutter(opened(image(GREY, **attributes)).scope(1))


def test_a_rectangle_shows_the_rows_and_columns_that_it_names() -> None:
    assert shutter(ShutterShape="RECTANGULAR", **RECTANGLE) == Shutter(rectangle=(2.0, 1.0, 8.0, 5.0))


def test_a_circle_is_about_the_centre_of_a_pixel() -> None:
    assert shutter(ShutterShape="CIRCULAR", **CIRCLE) == Shutter(circle=(3.5, 2.5, 2.0))


def test_a_polygon_goes_through_the_centres_of_pixels() -> None:
    assert shutter(ShutterShape="POLYGONAL", **TRIANGLE) == Shutter(polygon=((0.5, 0.5), (0.5, 5.5), (7.5, 5.5)))


def test_shapes_that_are_not_named_do_not_count() -> None:
    both = shutter(ShutterShape=["RECTANGULAR", "CIRCULAR"], **RECTANGLE, **CIRCLE, **TRIANGLE)
    assert both == Shutter((2.0, 1.0, 8.0, 5.0), (3.5, 2.5, 2.0))


@pytest.mark.parametrize("attributes", [
    {}, {"ShutterShape": "BITMAP"}, {"ShutterShape": "RECTANGULAR"}, {"ShutterShape": "CIRCULAR"},
    {"ShutterShape": "POLYGONAL", "VerticesOfThePolygonalShutter": [1, 1, 2, 2]},
    {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [1, 1], "RadiusOfCircularShutter": 0}])
def test_no_shutter(attributes: dict) -> None:
    assert shutter(**attributes) is None


def test_the_grey_of_a_shutter() -> None:
    shown = image(GREY, ShutterShape="RECTANGULAR", ShutterPresentationValue=65535, **RECTANGLE)
    found = read_shutter(opened(shown).scope(1))
    assert found is not None and found.grey == 255
