from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.geometry import (
    ImagePlane,
    Vector,
    cross,
    dot,
    opposite_letters,
    orientation_letters,
    unit,
)

AXIAL = ImagePlane((-100.0, -90.0, 40.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), 0.8, 0.5)

numbers = st.floats(-1000, 1000)


@st.composite
def planes(draw: st.DrawFn) -> ImagePlane:
    turn, tilt = draw(st.floats(0, 2 * math.pi)), draw(st.floats(0, math.pi))
    row = (math.cos(turn), math.sin(turn), 0.0)
    down = unit(cross((math.sin(tilt) * math.sin(turn), -math.sin(tilt) * math.cos(turn), math.cos(tilt)), row))
    position = (draw(numbers), draw(numbers), draw(numbers))
    return ImagePlane(position, row, down, draw(st.floats(0.05, 5)), draw(st.floats(0.05, 5)))


def test_first_pixel_lies_at_the_position() -> None:
    assert AXIAL.to_patient(0, 0) == (-100.0, -90.0, 40.0)


def test_columns_take_column_spacing_and_rows_row_spacing() -> None:
    assert AXIAL.to_patient(10, 0) == (-95.0, -90.0, 40.0)
    assert AXIAL.to_patient(0, 10) == (-100.0, -82.0, 40.0)


@given(planes(), numbers, numbers)
def test_there_and_back(plane: ImagePlane, column: float, row: float) -> None:
    assert plane.to_image(plane.to_patient(column, row)) == pytest.approx((column, row), abs=1e-5)


@given(planes(), st.floats(-50, 50))
def test_a_point_off_the_plane_falls_upon_it_along_the_normal(plane: ImagePlane, height: float) -> None:
    x, y, z = plane.to_patient(3, 4)
    above = (x + height * plane.normal[0], y + height * plane.normal[1], z + height * plane.normal[2])
    assert plane.to_image(above) == pytest.approx((3, 4), abs=1e-5)


def test_location_grows_towards_the_head_in_an_axial_stack() -> None:
    higher = ImagePlane((-100.0, -90.0, 45.0), AXIAL.row_direction, AXIAL.column_direction, 0.8, 0.5)
    assert AXIAL.normal == (0.0, 0.0, 1.0)
    assert higher.location_mm - AXIAL.location_mm == pytest.approx(5.0)


@pytest.mark.parametrize(("direction", "letters"), [
    ((1, 0, 0), "L"), ((-1, 0, 0), "R"), ((0, 1, 0), "P"), ((0, -1, 0), "A"), ((0, 0, 1), "H"), ((0, 0, -1), "F"),
    ((0.8, 0.6, 0), "LP"), ((0.6, -0.8, 0), "AL"),
    ((0.0, math.sin(math.radians(10)), math.cos(math.radians(10))), "H"),
    ((0.0, math.sin(math.radians(20)), math.cos(math.radians(20))), "HP"),
    ((-0.5, 0.7, -0.51), "PFR"),
    ((0, 0, 0), ""), ((math.nan, math.nan, math.nan), ""),
])
def test_orientation_letters(direction: Vector, letters: str) -> None:
    assert orientation_letters(direction) == letters


@pytest.mark.parametrize(("letters", "opposite"), [("L", "R"), ("HP", "FA"), ("PFR", "AHL"), ("", ""), ("X", "")])
def test_opposite_letters(letters: str, opposite: str) -> None:
    assert opposite_letters(letters) == opposite


@given(planes())
def test_the_other_end_of_an_edge_carries_the_opposite_letters(plane: ImagePlane) -> None:
    x, y, z = plane.row_direction
    assert sorted(orientation_letters((-x, -y, -z))) == sorted(opposite_letters(orientation_letters((x, y, z))))


def test_unit_and_cross() -> None:
    assert unit((0, 3, 4)) == pytest.approx((0, 0.6, 0.8))
    assert cross((1, 0, 0), (0, 1, 0)) == (0, 0, 1)
    assert dot((1, 2, 3), (4, 5, 6)) == 32


@pytest.mark.parametrize("vector", [(0.0, 0.0, 0.0), (math.inf, 0.0, 0.0), (math.nan, 1.0, 0.0)])
def test_no_direction_is_refused(vector: Vector) -> None:
    with pytest.raises(ValueError, match="length zero"):
        unit(vector)
