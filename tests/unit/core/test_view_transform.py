from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.view_state import MAX_ZOOM, MIN_ZOOM, ViewState
from desktop_app.core.view_transform import ViewTransform, turned_by, zoomed_about

states = st.builds(
    ViewState,
    zoom=st.floats(0.1, 20), pan=st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
    flip_horizontal=st.booleans(), flip_vertical=st.booleans(), rotation=st.integers(-5, 9),
    tilt=st.floats(-45, 45),
)
sizes = st.tuples(st.integers(1, 4000), st.integers(1, 4000))
views = st.tuples(st.floats(20, 4000), st.floats(20, 4000))
aspects = st.floats(0.2, 5)


@given(states, sizes, views, aspects, st.floats(0, 1), st.floats(0, 1))
def test_there_and_back(
    state: ViewState, image: tuple[int, int], view: tuple[float, float], aspect: float, x: float, y: float,
) -> None:
    transform = ViewTransform.of(state, image, view, aspect)
    point = (x * image[0], y * image[1])
    assert transform.to_image(*transform.to_view(*point)) == pytest.approx(point, abs=1e-4, rel=1e-6)


@given(states, sizes, views, aspects)
def test_the_middle_of_the_image_is_the_middle_of_the_view_moved_by_the_pan(
    state: ViewState, image: tuple[int, int], view: tuple[float, float], aspect: float,
) -> None:
    transform = ViewTransform.of(state, image, view, aspect)
    side = min(view)
    expected = (view[0] / 2 + state.pan[0] * side, view[1] / 2 + state.pan[1] * side)
    assert transform.to_view(image[0] / 2, image[1] / 2) == pytest.approx(expected, abs=1e-6)


@given(sizes, views, aspects, st.integers(0, 3))
def test_zoom_one_fits_and_touches(
    image: tuple[int, int], view: tuple[float, float], aspect: float, rotation: int,
) -> None:
    transform = ViewTransform.of(ViewState(rotation=rotation), image, view, aspect)
    corners = [transform.to_view(x, y) for x in (0, image[0]) for y in (0, image[1])]
    width = max(x for x, _ in corners) - min(x for x, _ in corners)
    height = max(y for _, y in corners) - min(y for _, y in corners)
    assert width <= view[0] * (1 + 1e-9)
    assert height <= view[1] * (1 + 1e-9)
    assert width == pytest.approx(view[0]) or height == pytest.approx(view[1])


@pytest.mark.parametrize(("state", "corner"), [
    (ViewState(), (0, 0)),
    (ViewState(flip_horizontal=True), (100, 0)),
    (ViewState(flip_vertical=True), (0, 100)),
    (ViewState(rotation=1), (100, 0)),
    (ViewState(rotation=2), (100, 100)),
    (ViewState(rotation=3), (0, 100)),
    (ViewState(rotation=4), (0, 0)),
    (ViewState(rotation=-1), (0, 100)),
    (ViewState(flip_horizontal=True, rotation=1), (100, 100)),      # the flip comes first
])
def test_where_the_first_pixel_goes(state: ViewState, corner: tuple[float, float]) -> None:
    assert ViewTransform.of(state, (50, 50), (100, 100)).to_view(0, 0) == pytest.approx(corner)


def test_tall_pixels_are_drawn_tall() -> None:
    transform = ViewTransform.of(ViewState(), (100, 100), (400, 400), pixel_aspect=2.0)
    assert transform.direction_to_view(0, 1) == pytest.approx((0, 4))
    assert transform.direction_to_view(1, 0) == pytest.approx((2, 0))
    assert transform.scale == pytest.approx(2.0)


def test_directions_turn_with_the_picture() -> None:
    turned = ViewTransform.of(ViewState(rotation=1), (50, 50), (100, 100))
    assert turned.direction_to_view(1, 0) == pytest.approx((0, 2))
    assert turned.direction_to_view(0, 1) == pytest.approx((-2, 0))


def test_a_viewport_without_area_does_not_divide_by_zero() -> None:
    transform = ViewTransform.of(ViewState(), (512, 512), (0, 0))
    assert transform.to_image(0, 0) == pytest.approx((256, 256))


@given(states, st.floats(0.2, 5), views, st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_zooming_keeps_what_lies_under_the_pointer(
    state: ViewState, factor: float, view: tuple[float, float], where: tuple[float, float],
) -> None:
    anchor = (where[0] * view[0], where[1] * view[1])
    before = ViewTransform.of(state, (512, 512), view).to_image(*anchor)
    zoomed = zoomed_about(state, factor, anchor, view)
    assert ViewTransform.of(zoomed, (512, 512), view).to_image(*anchor) == pytest.approx(before, abs=1e-4, rel=1e-6)


def test_zoom_has_ends_and_does_not_drift_there() -> None:
    nearest = ViewState(zoom=MAX_ZOOM, pan=(0.3, 0.1))
    assert zoomed_about(nearest, 2.0, (10, 10), (100, 100)).zoom == MAX_ZOOM
    assert zoomed_about(nearest, 2.0, (10, 10), (100, 100)).pan == pytest.approx((0.3, 0.1))
    assert zoomed_about(ViewState(zoom=MIN_ZOOM), 0.5, (10, 10), (100, 100)).zoom == MIN_ZOOM


@given(states, sizes, views, aspects, st.floats(-720, 720))
def test_turning_keeps_what_lies_in_the_middle_of_the_view(
    state: ViewState, image: tuple[int, int], view: tuple[float, float], aspect: float, degrees: float,
) -> None:
    before, middle = ViewTransform.of(state, image, view, aspect), (view[0] / 2, view[1] / 2)
    turned = turned_by(state, degrees)
    assert turned.rotation in range(4) and -45 <= turned.tilt <= 45
    # Another quarter turn fits the image anew: the middle is compared at the scale of before.
    scale = before.scale / ViewTransform.of(turned, image, view, aspect).scale
    after = ViewTransform.of(replace(turned, zoom=turned.zoom * scale), image, view, aspect)
    assert after.to_image(*middle) == pytest.approx(before.to_image(*middle), abs=1e-3, rel=1e-6)
    x, y = before.direction_to_view(1.0, 0.0)
    to_x, to_y = after.direction_to_view(1.0, 0.0)
    moved = math.degrees(math.atan2(to_y, to_x) - math.atan2(y, x))
    assert (moved - degrees + 180) % 360 - 180 == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(("degrees", "rotation", "tilt"), [(30, 0, 30), (1.5, 0, 0), (88.5, 1, 0), (-60, 3, 30),
                                                           (359, 0, 0), (200, 2, 20)])
def test_a_picture_that_nearly_stands_upright_does(degrees: float, rotation: int, tilt: float) -> None:
    turned = turned_by(ViewState(), degrees, 2.0)
    assert (turned.rotation, turned.tilt) == (rotation, pytest.approx(tilt))
