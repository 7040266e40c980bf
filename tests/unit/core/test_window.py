from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.window import VoiFunction, Window


def grey(window: Window, value: float) -> float:
    """PS3.3 C.11.2.1.2.1 and C.11.2.1.3.2 written out, 0 … 1, as an oracle."""
    c, w = window.center, window.width
    if window.function is VoiFunction.LINEAR:
        c, w = c - 0.5, w - 1
    if value <= c - w / 2:
        return 0.0
    return 1.0 if value > c + w / 2 else (value - c) / w + 0.5


@pytest.mark.parametrize("center", [math.nan, math.inf, -math.inf])
def test_a_window_needs_finite_numbers(center: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Window(center, 100)
    with pytest.raises(ValueError, match="finite"):
        Window(100, center)


def test_full_range_of_a_byte() -> None:
    window = Window.of_range(0, 255)
    assert (window.center, window.width, window.function) == (128, 256, VoiFunction.LINEAR)


@given(st.integers(-40000, 40000), st.integers(1, 70000))
def test_full_range_ends_exactly_at_its_values(low: int, span: int) -> None:
    window = Window.of_range(low, low + span)
    assert grey(window, low) == 0.0
    assert grey(window, low + span) == pytest.approx(1.0)
    assert grey(window, low + span / 2) == pytest.approx(0.5)


@given(st.floats(-10, 10), st.floats(0.001, 5))
def test_full_range_of_fractions_is_not_blunt(low: float, span: float) -> None:
    window = Window.of_range(low, low + span)
    assert grey(window, low + span * 0.25) == pytest.approx(0.25, abs=0.01)
    assert grey(window, low + span * 0.75) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("value", [0, 7, 0.5, -1.25])
def test_a_flat_image_still_has_a_window(value: float) -> None:
    assert Window.of_range(value, value).width > 0


def test_drag_right_widens_and_down_darkens_in_proportion() -> None:
    lung = Window(-600, 1500, explanation="LUNG")
    dragged = lung.dragged(10, 20)
    assert dragged.width == pytest.approx(1500 + 10 * 1500 / 256)
    assert dragged.center == pytest.approx(-600 + 20 * 1500 / 256)
    assert dragged.explanation == ""
    assert grey(dragged, -600) < grey(lung, -600)


def test_a_drag_without_movement_keeps_the_numbers() -> None:
    assert Window(40, 400).dragged(0, 0) == Window(40, 400)


@given(st.floats(-5000, 5000), st.floats(1, 5000), st.floats(-5000, 0))
def test_a_linear_window_never_gets_narrower_than_one(center: float, width: float, left: float) -> None:
    assert Window(center, width).dragged(left, 0).width >= 1.0


def test_an_exact_window_can_be_narrower_than_one() -> None:
    adc = Window(0.0015, 0.003, VoiFunction.LINEAR_EXACT)
    assert adc.dragged(-128, 0).width == pytest.approx(0.0015)
    assert adc.dragged(-10_000, 0).width > 0
    assert adc.dragged(10, 0).function is VoiFunction.LINEAR_EXACT
