"""Which grey stands where, for images whose every pixel is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from desktop_app.core.frame import Frame, LookupTable
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window
from desktop_app.imaging.render import render
from desktop_app.ui.viewport.paint_image import ImagePainter, Look
from tests.gui.viewer_fakes import GREY, display_set, frame

pytestmark = pytest.mark.usefixtures("qapp")
REF = display_set(1).frames[0]
SIZE = (300, 200)
UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT = (100, 50), (200, 50), (100, 150), (200, 150)


def painted(shown: Frame, look: Look | None = None, state: ViewState | None = None, *, size: tuple[int, int] = SIZE,
            ratio: float = 1.0, painter: ImagePainter | None = None) -> np.ndarray[Any, Any]:
    """The screen as (height, width, 3)."""
    aspect = shown.facts.pixel_aspect_ratio
    transform = ViewTransform.of(state or ViewState(), (shown.columns, shown.rows), size, aspect)
    screen = QImage(round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_RGB888)
    screen.fill(0)
    screen.setDevicePixelRatio(ratio)
    with QPainter(screen) as brush:
        (painter or ImagePainter()).paint(brush, shown, look or Look(GREY), transform, size, ratio)
    lines = np.frombuffer(screen.constBits(), np.uint8).reshape(screen.height(), screen.bytesPerLine())
    return lines[:, : screen.width() * 3].reshape(screen.height(), screen.width(), 3).copy()


def greys(screen: np.ndarray[Any, Any]) -> list[int]:
    """Upper left, upper right, lower left, lower right of the picture in the middle of the screen."""
    return [int(screen[y, x, 0]) for x, y in (UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT)]


def test_the_image_lies_in_the_middle_as_large_as_fits() -> None:
    screen = painted(frame(REF))
    assert greys(screen) == [40, 90, 140, 190]
    lit = np.flatnonzero(screen[100, :, 0])
    assert (lit[0], lit[-1]) == (50, 249)
    assert screen[0, 150, 0] > 0 and screen[199, 150, 0] > 0


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ViewState(flip_horizontal=True), [90, 40, 190, 140]),
        (ViewState(flip_vertical=True), [140, 190, 40, 90]),
        (ViewState(rotation=1), [140, 40, 190, 90]),
        (ViewState(rotation=2), [190, 140, 90, 40]),
        (ViewState(rotation=3), [90, 190, 40, 140]),
        (ViewState(flip_horizontal=True, rotation=1), [190, 90, 140, 40]),
        (ViewState(flip_vertical=True, rotation=3), [190, 90, 140, 40]),
    ],
)
@pytest.mark.parametrize("colour", [False, True])
def test_flips_and_turns(state: ViewState, expected: list[int], colour: bool) -> None:
    shown = frame(REF)
    if colour:
        shown = replace(shown, pixels=np.repeat(shown.pixels.astype(np.uint8)[:, :, None], 3, axis=2))
    assert greys(painted(shown, state=state)) == expected


def test_a_window_spreads_its_range_over_all_greys() -> None:
    screen = painted(frame(REF), Look(Window(90, 101)))         # LINEAR: 39.5 … 139.5 become 0 … 255
    assert greys(screen) == [1, 129, 255, 255]


def test_inverting_turns_light_and_dark() -> None:
    assert greys(painted(frame(REF), Look(GREY, inverted=True))) == [215, 165, 115, 65]


def test_monochrome1_shows_low_values_white_and_inverting_turns_it_back() -> None:
    shown = frame(REF, monochrome1=True)
    assert greys(painted(shown)) == [215, 165, 115, 65]
    assert greys(painted(shown, Look(GREY, inverted=True))) == [40, 90, 140, 190]


def test_rescale_comes_before_the_window() -> None:
    shown = frame(REF, slope=2.0, intercept=-100.0, value_range=(-20.0, 280.0))
    assert greys(painted(shown, Look(Window(128, 256)))) == [0, 80, 180, 255]


def test_colour_is_shown_as_it_is() -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:, :32], pixels[:, 32:] = (250, 10, 60), (5, 200, 100)
    screen = painted(frame(REF, pixels))
    assert tuple(screen[100, 100]) == (250, 10, 60)
    assert tuple(screen[100, 200]) == (5, 200, 100)


def test_a_voi_lut_takes_the_place_of_the_window_when_asked() -> None:
    lut = LookupTable(0, np.linspace(255, 0, 256).astype(np.uint8), bits=8)
    screen = painted(frame(REF, windows=(), voi_luts=(lut,)), Look(GREY, use_voi_lut=True))
    assert greys(screen) == [215, 165, 115, 65]


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.int32, np.float32])
def test_one_to_one_is_exactly_what_imaging_renders(dtype: type) -> None:
    pixels = np.random.default_rng(5).integers(0, 250, (100, 150)).astype(dtype)
    shown = frame(REF, pixels)
    window = Window(100, 120)
    screen = painted(shown, Look(window), size=(150, 100))
    np.testing.assert_array_equal(screen[:, :, 0], render(shown, window))


def test_a_fine_screen_gets_all_its_pixels() -> None:
    pixels = np.random.default_rng(5).integers(0, 250, (100, 150)).astype(np.int16)
    screen = painted(frame(REF, pixels), size=(75, 50), ratio=2.0)
    np.testing.assert_array_equal(screen[:, :, 0], render(frame(REF, pixels), GREY))


def test_values_are_interpolated_before_the_window() -> None:
    """Halfway between −1000 and 1000 lies 0, in the window: grey. Windowed first it would be black and white mixed."""
    pixels = np.full((40, 40), -1000, np.int16)
    pixels[:, 20:] = 1000
    screen = painted(frame(REF, pixels), Look(Window(0, 40)), size=(400, 400))
    edge = screen[200, :, 0].astype(int)
    assert ((edge > 0) & (edge < 255)).sum() <= 2
    assert edge[198] == 0 and edge[201] == 255


def test_a_large_image_in_a_small_view_is_averaged_and_not_thinned_out() -> None:
    """One bright column in eight: every other pixel of the screen must not swallow it."""
    pixels = np.zeros((800, 800), np.int16)
    pixels[:, ::8] = 200
    screen = painted(frame(REF, pixels, value_range=(0.0, 255.0)), size=(100, 100))
    assert abs(int(screen[50, :, 0].astype(int).mean()) - 25) <= 2


def test_padding_is_black_and_leaves_no_bright_rim() -> None:
    pixels = np.full((40, 40), 150, np.int16)
    pixels[:, :20] = -2000
    shown = frame(REF, pixels, padding=(-2000.0, -2000.0), value_range=(100.0, 150.0))
    for inverted, tissue in ((False, 150), (True, 105)):
        row = painted(shown, Look(GREY, inverted=inverted), size=(400, 400))[200, :, 0].astype(int)
        assert row[50] == 0 and row[350] == tissue
        assert row.max() <= tissue


def test_an_image_of_two_values_keeps_soft_edges() -> None:
    pixels = np.zeros((8, 8), np.uint8)
    pixels[:, 4:] = 1
    row = painted(frame(REF, pixels), Look(Window(0.5, 1.0 + 1e-6)), size=(160, 160))[80, :, 0]
    assert len(np.unique(row)) > 5


def test_an_anisotropic_pixel_is_as_high_as_it_says() -> None:
    shown = frame(REF)
    shown = replace(shown, facts=replace(shown.facts, pixel_aspect_ratio=2.0))
    lit = np.flatnonzero(painted(shown)[100, :, 0])
    assert (lit[0], lit[-1]) == (100, 199)


def test_the_next_frame_does_not_show_the_last_ones_pixels() -> None:
    painter = ImagePainter()
    first = frame(REF)
    second = frame(REF, np.full((64, 64), 77, np.int16))
    assert greys(painted(first, painter=painter)) == [40, 90, 140, 190]
    assert greys(painted(second, painter=painter)) == [77, 77, 77, 77]
    assert greys(painted(first, Look(Window(90, 101)), painter=painter)) == [1, 129, 255, 255]
    assert greys(painted(first, state=ViewState(rotation=2), painter=painter)) == [190, 140, 90, 40]


def test_a_window_drag_neither_resamples_nor_takes_new_memory() -> None:
    painter, shown = ImagePainter(), frame(REF)
    painted(shown, painter=painter)
    patch, grey = painter._patch, painter._grey
    for width in range(100, 120):
        painted(shown, Look(Window(128, width)), painter=painter)
    assert painter._patch is patch
    assert painter._grey is grey


def test_nothing_is_painted_outside_of_the_image() -> None:
    assert QGuiApplication.instance() is not None
    screen = painted(frame(REF), state=ViewState(pan=(3.0, 0.0)))
    assert screen.max() == 0
