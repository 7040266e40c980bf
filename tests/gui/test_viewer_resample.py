"""Stored values at the screen's places, against the definition computed pixel by pixel."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui.viewport.resample import Resampler, reduced

_ORIENTATIONS = list(product((False, True), (False, True), range(4)))


def by_definition(image: np.ndarray, transform: ViewTransform, x: int, y: int, ratio: float) -> float | None:
    """Bilinear value at the centre of device pixel (x, y); None outside the image."""
    rows, columns = image.shape
    column, row = transform.to_image((x + 0.5) / ratio, (y + 0.5) / ratio)
    if not (-1e-6 <= column <= columns + 1e-6 and -1e-6 <= row <= rows + 1e-6):
        return None
    c, r = min(max(column - 0.5, 0), columns - 1), min(max(row - 0.5, 0), rows - 1)
    c0, r0 = min(math.floor(c), columns - 1), min(math.floor(r), rows - 1)
    c1, r1 = min(c0 + 1, columns - 1), min(r0 + 1, rows - 1)
    upper = image[r0, c0] * (1 - (c - c0)) + image[r0, c1] * (c - c0)
    lower = image[r1, c0] * (1 - (c - c0)) + image[r1, c1] * (c - c0)
    return float(upper * (1 - (r - r0)) + lower * (r - r0))


@pytest.mark.parametrize(("horizontal", "vertical", "rotation"), _ORIENTATIONS)
@pytest.mark.parametrize("zoom", [1.0, 2.3])
def test_every_value_is_the_interpolation_at_its_place(
    horizontal: bool, vertical: bool, rotation: int, zoom: float,
) -> None:
    image = np.random.default_rng(7).integers(-1000, 3000, (13, 9)).astype(np.int16)
    flips = {"flip_horizontal": horizontal, "flip_vertical": vertical}
    state = ViewState(zoom=zoom, pan=(0.07, -0.04), rotation=rotation, **flips)
    size, ratio = (61, 47), 1.0
    transform = ViewTransform.of(state, (9, 13), size, 1.25)

    patch = Resampler().patch(image, transform, ratio, size)

    assert patch is not None
    assert patch.values.dtype == image.dtype
    covered = 0
    for y, x in product(range(size[1]), range(size[0])):
        expected = by_definition(image, transform, x, y, ratio)
        inside = 0 <= x - patch.left < patch.width and 0 <= y - patch.top < patch.height
        assert inside == (expected is not None), (x, y)
        if expected is not None:
            covered += 1
            assert abs(int(patch.values[y - patch.top, x - patch.left]) - expected) <= 0.501
    assert covered > 200


def test_device_pixels_are_what_counts_on_a_fine_screen() -> None:
    image = np.arange(64, dtype=np.uint16).reshape(8, 8) * 900
    transform = ViewTransform.of(ViewState(), (8, 8), (20, 20))

    patch = Resampler().patch(image, transform, 2.0, (40, 40))

    assert patch is not None
    assert patch.values.shape == (40, 40)
    assert abs(int(patch.values[17, 23]) - (by_definition(image, transform, 23, 17, 2.0) or 0)) <= 0.501


def test_one_to_one_is_the_image_itself() -> None:
    image = np.random.default_rng(1).integers(0, 60000, (32, 48)).astype(np.uint16)
    patch = Resampler().patch(image, ViewTransform(1, 0, 0, 1, 5, 3), 1.0, (200, 100))
    assert patch is not None
    assert (patch.left, patch.top) == (5, 3)
    np.testing.assert_array_equal(patch.values, image)


def test_only_what_is_on_the_screen_is_computed() -> None:
    image = np.zeros((100, 100), np.int16)
    far_in = ViewTransform(40, 0, 0, 40, -1000, -1000)
    patch = Resampler().patch(image, far_in, 1.0, (300, 200))
    assert patch is not None
    assert (patch.left, patch.top, patch.width, patch.height) == (0, 0, 300, 200)


def test_an_image_that_was_pushed_off_the_screen_gives_nothing() -> None:
    assert Resampler().patch(np.zeros((4, 4), np.int16), ViewTransform(1, 0, 0, 1, 500, 0), 1.0, (100, 100)) is None


def test_memory_is_used_again() -> None:
    resampler, image = Resampler(), np.arange(100, dtype=np.int16).reshape(10, 10)
    transform = ViewTransform.of(ViewState(), (10, 10), (50, 50))
    first = resampler.patch(image, transform, 1.0, (50, 50))
    second = resampler.patch(image, transform, 1.0, (50, 50))
    assert first is not None and second is not None
    assert np.shares_memory(first.values, second.values)


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.int32, np.float32])
@pytest.mark.parametrize("factor", [2, 3, 5])
def test_a_reduced_image_holds_the_means(dtype: type, factor: int) -> None:
    image = np.random.default_rng(3).integers(0, 200, (37, 22)).astype(dtype)
    small = reduced(image, factor)
    assert small.dtype == image.dtype
    assert small.shape == (-(-37 // factor), -(-22 // factor))
    for row, column in product(range(small.shape[0]), range(small.shape[1])):
        block = image[row * factor : (row + 1) * factor, column * factor : (column + 1) * factor]
        assert small[row, column] == pytest.approx(block.astype(float).mean(), abs=0.51)


def test_a_reduced_colour_image_keeps_its_channels_apart() -> None:
    image = np.zeros((8, 8, 3), np.uint8)
    image[:, :, 0], image[:, :4, 1] = 200, 100
    small = reduced(image, 4)
    assert small.tolist() == [[[200, 100, 0], [200, 0, 0]], [[200, 100, 0], [200, 0, 0]]]
