"""What is between two pixels, colour maps, shutters and overlays: what stands on the screen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from shiboken6 import delete

from desktop_app.core.frame import ColourTable, ImageFacts
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.interpolation import Interpolation
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window
from desktop_app.imaging.colour_maps import colour_map
from desktop_app.imaging.interpolate import interpolated, interpolated_around_padding
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.viewport.paint_graphics import paint_shutter
from desktop_app.ui.viewport.paint_image import ImagePainter, Look
from desktop_app.ui.viewport.resample import Resampler, cover
from tests.gui.test_viewer_paint_image import GREY, REF, painted
from tests.gui.viewer_fakes import FakeNetwork, display_set, frame, viewport_model
from tests.unit.services.fake_clock import settle

pytestmark = pytest.mark.usefixtures("qapp")
STATES = (ViewState(), ViewState(zoom=2.3, pan=(0.1, -0.2)), ViewState(rotation=1),
          ViewState(flip_horizontal=True, rotation=3, zoom=1.7), ViewState(rotation=2, zoom=0.4))
NOISE = np.random.default_rng(7).integers(-1000, 2000, (60, 52)).astype(np.int16)


@pytest.mark.parametrize("state", STATES)
def test_the_fine_way_lies_exactly_where_the_quick_way_lies(state: ViewState) -> None:
    transform = ViewTransform.of(state, (52, 60), (400, 320))
    quick = Resampler().patch(NOISE, transform, 1.0, (400, 320))
    seen = cover(NOISE.shape, transform, 1.0, (400, 320))
    assert quick is not None and seen is not None
    fine = seen.placed(interpolated(NOISE.T if seen.turned else NOISE, Interpolation.BILINEAR, seen.box, seen.size))
    assert (fine.left, fine.top, fine.width, fine.height) == (quick.left, quick.top, quick.width, quick.height)
    if transform.scale >= 1:        # made smaller, the fine way averages what the quick way thins out
        assert np.abs(fine.values - quick.values).max() < 0.6


@pytest.mark.parametrize("kind", [Interpolation.BICUBIC, Interpolation.LANCZOS])
def test_fine_kernels_keep_pixel_centres_and_flat_parts(kind: Interpolation) -> None:
    odd = interpolated(NOISE, kind, (0, 0, 52, 60), (52 * 3, 60 * 3))
    assert np.abs(odd[1::3, 1::3] - NOISE).max() < 1e-2, "three times as large, every third place is a pixel centre"
    flat = interpolated(np.full((8, 8), 1234, np.int16), kind, (-0.4, -0.4, 8.4, 8.4), (100, 100))
    assert np.abs(flat - 1234).max() < 0.01


def test_nearest_shows_nothing_that_is_not_in_the_image() -> None:
    pixels = np.array([[0, 100], [200, 255]], np.int16)
    screen = painted(frame(REF, pixels), Look(GREY, interpolation=Interpolation.NEAREST), size=(101, 101))
    assert set(np.unique(screen[..., 0])) <= {0, 100, 200, 255}
    assert screen[49, 49, 0] == 0 and screen[49, 52, 0] == 100


@pytest.mark.parametrize("pixels", [np.array([[1, 0], [0, 3]], np.uint8), np.array([[1, 0], [0, 3]], np.float32)])
def test_labels_are_never_mixed(pixels: np.ndarray) -> None:
    facts = ImageFacts(sop_class_uid="1.2.840.10008.5.1.4.1.1.66.4")
    shown = frame(REF, pixels, facts=facts, windows=())
    painter = ImagePainter()
    screen = painted(shown, Look(Window(2, 4), interpolation=Interpolation.LANCZOS), painter=painter)
    assert len(np.unique(screen[..., 0])) <= 3 and painter.wish is None


def test_a_fine_wish_is_painted_when_it_comes_and_follows_the_window_without_another() -> None:
    painter, look = ImagePainter(), Look(GREY, interpolation=Interpolation.LANCZOS)
    shown = frame(REF, np.abs(NOISE % 256).astype(np.int16), value_range=(0.0, 255.0))
    quick = painted(shown, look, painter=painter)
    wish = painter.wish
    assert wish is not None
    painter.take(wish, wish.work())
    fine = painted(shown, look, painter=painter)
    assert painter.wish is None and np.abs(fine.astype(int) - quick).max() > 5
    darker = painted(shown, replace(look, window=Window(200, 300)), painter=painter)
    assert painter.wish is None and darker.mean() < fine.mean()
    painted(shown, look, ViewState(zoom=1.3), painter=painter)
    assert painter.wish is not None, "another zoom is another wish"


@pytest.mark.parametrize("kind", ["values", "padded", "float", "colour"])
@pytest.mark.parametrize("state", [ViewState(tilt=20.0), ViewState(tilt=-33.0, zoom=1.7, pan=(0.1, 0.05), rotation=1),
                                   ViewState(tilt=12.5, flip_horizontal=True, zoom=0.6)])
def test_a_slanting_picture_shows_each_place_where_it_lies(kind: str, state: ViewState) -> None:
    rows, columns = np.mgrid[0:60, 0:52]
    pixels = (2 * columns + 1.5 * rows + 20).astype(np.float32 if kind == "float" else np.int16)
    if kind == "colour":
        pixels = np.repeat(pixels.astype(np.uint8)[..., None], 3, axis=2)
    shown = frame(REF, pixels, padding=(-9, -9) if kind == "padded" else None, value_range=(0.0, 255.0))
    transform = ViewTransform.of(state, (52, 60), (400, 320))
    painter, look = ImagePainter(), Look(Window(128, 256), interpolation=Interpolation.BICUBIC)
    quick = painted(shown, look, state, size=(400, 320), painter=painter)
    wish = painter.wish
    assert wish is not None
    painter.take(wish, wish.work())
    fine = painted(shown, look, state, size=(400, 320), painter=painter)
    assert painter.wish is None
    for y in range(5, 320, 21):
        for x in range(5, 400, 23):
            column, row = transform.to_image(x + 0.5, y + 0.5)
            if 1 < column < 51 and 1 < row < 59:
                wanted = 2 * (column - 0.5) + 1.5 * (row - 0.5) + 20
                assert abs(int(fine[y, x, 0]) - wanted) < 3
                assert abs(int(quick[y, x, 0]) - wanted) < 6
            elif not (-1 < column < 53 and -1 < row < 61):
                assert fine[y, x, 0] == quick[y, x, 0] == 0


@pytest.mark.parametrize("tilt", [7.0, 21.3, -38.0])
def test_around_a_slanting_inverted_picture_it_is_black(tilt: float) -> None:
    shown = frame(REF, np.full((60, 52), 250, np.int16), value_range=(0.0, 255.0))
    painter, look = ImagePainter(), Look(Window(128, 256), inverted=True, interpolation=Interpolation.BICUBIC)
    painted(shown, look, ViewState(tilt=tilt), size=(400, 320), painter=painter)
    assert painter.wish is not None
    painter.take(painter.wish, painter.wish.work())
    fine = painted(shown, look, ViewState(tilt=tilt), size=(400, 320), painter=painter)
    assert fine.max() <= 10, "no bright dot along the edge"


def test_one_to_one_wishes_for_nothing() -> None:
    painter = ImagePainter()
    painted(frame(REF, NOISE), Look(GREY, interpolation=Interpolation.LANCZOS), size=(52, 60), painter=painter)
    assert painter.wish is None


def test_padding_is_left_out_of_every_mean() -> None:
    pixels = np.full((20, 20), 1000, np.int16)
    pixels[:, 10:] = -2000
    values = interpolated_around_padding(pixels, (-2000, -2000), (0, 0, 20, 20), (200, 200))
    assert set(np.unique(np.rint(values))) == {-2000.0, 1000.0}


@pytest.mark.parametrize("kind", ["padded", "float", "colour"])
def test_finished_pictures_come_from_values_too(kind: str) -> None:
    pixels = NOISE.astype(np.float32) if kind == "float" else np.abs(NOISE)
    if kind == "colour":
        pixels = np.repeat((pixels % 256).astype(np.uint8)[..., None], 3, axis=2)
    shown = frame(REF, pixels, padding=(500, 600) if kind == "padded" else None)
    painter, look = ImagePainter(), Look(Window(500, 2000), interpolation=Interpolation.BICUBIC)
    painted(shown, look, painter=painter)
    wish = painter.wish
    assert wish is not None
    patch = wish.work()
    assert patch.is_finished and patch.values.dtype == np.uint8
    painter.take(wish, patch)
    screen = painted(shown, look, painter=painter)
    part = screen[patch.top : patch.top + patch.height, patch.left : patch.left + patch.width]
    assert np.array_equal(part, patch.values if kind == "colour" else np.repeat(patch.values[..., None], 3, axis=2))


def test_a_colour_map_colours_every_grey() -> None:
    plain = painted(frame(REF))
    hot = painted(frame(REF), Look(GREY, colour_map="Hot Iron"))
    inside = plain[..., 0] > 0
    assert np.array_equal(hot[inside], colour_map("Hot Iron")[plain[..., 0][inside]])


def test_supplemental_colours_stand_beside_greys() -> None:
    pixels = np.array([[10, 20], [1000, 1001]], np.uint16)
    colours = ColourTable(1000, np.array([[255, 0, 0], [0, 255, 0]], np.uint8))
    shown = frame(REF, pixels, supplement=colours, value_range=(10.0, 20.0))
    screen = painted(shown, Look(Window(15, 20), interpolation=Interpolation.NEAREST), size=(200, 200))
    assert tuple(screen[150, 50]) == (255, 0, 0) and tuple(screen[150, 150]) == (0, 255, 0)
    assert len(set(screen[50, 50])) == 1 and screen[50, 50, 0] < screen[50, 150, 0]


@pytest.mark.parametrize(("shutter", "is_open"), [
    (Shutter(rectangle=(2.0, 1.0, 8.0, 5.0)), lambda x, y: 2 < x < 8 and 1 < y < 5),
    (Shutter(circle=(4.5, 3.0, 2.0)), lambda x, y: math.hypot(x - 4.5, 2 * (y - 3)) < 2),
    (Shutter(polygon=((0.0, 0.0), (0.0, 6.0), (8.0, 6.0))), lambda x, y: y > 0.75 * x),
    (Shutter((2.0, 1.0, 8.0, 5.0), (4.5, 3.0, 2.0)), lambda x, y: x > 2 and math.hypot(x - 4.5, 2 * (y - 3)) < 2),
])
def test_a_shutter_leaves_open_what_is_inside_all_of_its_shapes(
    shutter: Shutter, is_open: Callable[[float, float], bool]
) -> None:
    """Pixels twice as high as wide: a circle of the standard is round on the screen, not in rows and columns."""
    picture = QImage(80, 120, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    paint_shutter(painter, shutter, ViewTransform(10, 0, 0, 20, 0, 0), (8, 6))
    painter.end()
    for row, column in np.ndindex(6, 8):
        grey = picture.pixelColor(10 * column + 5, 20 * row + 10).red()
        assert (grey > 128) == is_open(column + 0.5, row + 0.5), (column, row)


async def test_the_canvas_hides_behind_the_shutter_draws_overlays_and_refines_when_the_hand_rests() -> None:
    pixels = np.full((64, 64), 200, np.int16)
    pixels[::7] = 90
    mask = np.zeros((64, 64), bool)
    mask[30:34, 30:34] = True
    shown = frame(display_set(1).frames[0], pixels, shutter=Shutter(rectangle=(16.0, 16.0, 48.0, 48.0)),
                  overlays=(OverlayPlane(mask, "Marks"),), value_range=(0.0, 255.0))
    model = viewport_model(display_set(1), [shown], FakeNetwork())
    canvas = ViewportCanvas(model)
    canvas.resize(300, 300)
    canvas.show()
    model.cycle_text()
    model.cycle_text()                                      # without texts

    def colour(x: int, y: int) -> tuple[int, ...]:
        return canvas.picture().pixelColor(x, y).getRgb()[:3]

    assert colour(30, 150) == (0, 0, 0) and colour(270, 150) == (0, 0, 0)
    assert colour(110, 100)[0] > 50
    red, _, blue = colour(150, 150)
    assert red > blue + 50, "the overlay's own colour"
    model.look.toggle_graphics()
    assert colour(30, 100)[0] > 50 and len(set(colour(150, 152))) == 1
    canvas._refine.stop()
    canvas._refine.timeout.emit()
    await settle(20)
    canvas.picture()
    assert canvas._images.wish is None, "the fine picture came"
    canvas.close()
    model.close()


@pytest.mark.parametrize("kind", [Interpolation.BILINEAR, Interpolation.BICUBIC])
def test_a_very_large_image_is_shown_at_once_and_averaged_elsewhere(kind: Interpolation) -> None:
    pixels = np.zeros((2000, 2000), np.uint16)
    pixels[::4] = 40_000                                    # one line in four, which thinning out misses
    shown = frame(REF, pixels, value_range=(0.0, 40_000.0))
    painter, look = ImagePainter(), Look(Window(20_000, 40_000), interpolation=kind)
    painted(shown, look, size=(500, 500), painter=painter)
    wish = painter.wish
    assert wish is not None
    painter.take(wish, wish.work())
    screen = painted(shown, look, size=(500, 500), painter=painter)
    assert painter.wish is None and abs(int(screen[250, 250, 0]) - 64) < 12, "the mean of one bright line in four"


def test_a_finer_picture_for_a_canvas_that_is_gone_disturbs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a study moves into a window of its own while the picture is made."""
    viewport = viewport_model(display_set(1), [frame(REF, NOISE)], FakeNetwork())
    canvas = ViewportCanvas(viewport)
    canvas.resize(300, 300)
    asked: list[tuple[Any, Any]] = []
    monkeypatch.setattr(viewport.look, "refine", lambda work, done: asked.append((work, done)))
    canvas.picture()
    canvas._refine_now()
    work, done = asked[0]
    delete(canvas)
    done(work())
