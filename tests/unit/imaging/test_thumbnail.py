"""Thumbnails and encoded pictures."""

from __future__ import annotations

from dataclasses import replace

import imagecodecs
import numpy as np
import pytest

from desktop_app.core.frame import Frame, FrameRef, ImageFacts
from desktop_app.core.window import Window
from desktop_app.imaging.thumbnail import encode_jpeg, encode_png, fitted, shrink, thumbnail

REF = FrameRef("1", "2", "3")
RAMP = np.add.outer(np.arange(300), np.arange(600)).astype(np.uint16)


@pytest.mark.parametrize(("height", "width", "edge", "expected"), [
    (512, 512, 128, (128, 128)), (300, 600, 128, (64, 128)), (60, 40, 128, (60, 40)), (1, 9000, 100, (1, 100))])
def test_the_longer_edge_fits(height: int, width: int, edge: int, expected: tuple[int, int]) -> None:
    assert fitted(height, width, edge) == expected


def test_grey_and_colour() -> None:
    grey = Frame(REF, RAMP, value_range=(0, 898))
    small = thumbnail(grey, 100)
    assert small.shape == (50, 100) and small.dtype == np.uint8
    assert int(small[0, 0]) < 5 and int(small[-1, -1]) > 250
    colour = Frame(REF, np.full((300, 600, 3), (10, 20, 30), np.uint8))
    assert np.array_equal(thumbnail(colour, 100), np.full((50, 100, 3), (10, 20, 30), np.uint8))


def test_the_window_is_the_one_given() -> None:
    frame = Frame(REF, RAMP, windows=(Window(450, 900),), value_range=(0, 898))
    assert thumbnail(frame, 100, Window(5000, 10)).max() == 0


def test_pixels_that_are_not_square_keep_their_shape() -> None:
    frame = Frame(REF, RAMP[:, :300], facts=ImageFacts(pixel_aspect_ratio=2.0), value_range=(0, 598))
    assert thumbnail(frame, 100).shape == (100, 50)
    assert thumbnail(replace(frame, facts=ImageFacts(pixel_aspect_ratio=0.5)), 100).shape == (50, 100)


@pytest.mark.parametrize(("rows", "columns"), [(10, 20), (7, 3), (1, 1), (30, 60), (64, 80)])
def test_shrinking_keeps_the_mean_and_the_shape(rows: int, columns: int) -> None:
    image = np.random.default_rng(1).integers(0, 255, (30, 60), np.uint8)
    small = shrink(image, rows, columns)
    assert small.shape == (rows, columns) and small.dtype == np.uint8
    assert abs(float(small.mean()) - float(image.mean())) < 12


def test_a_tiny_image_is_not_enlarged() -> None:
    assert thumbnail(Frame(REF, RAMP[:3, :2], value_range=(0, 3)), 128).shape == (3, 2)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_pictures_come_back(shape: tuple[int, ...]) -> None:
    picture = np.random.default_rng(2).integers(0, 255, shape, np.uint8)
    assert np.array_equal(imagecodecs.png_decode(encode_png(picture)), picture)
    assert imagecodecs.jpeg8_decode(encode_jpeg(picture, 95)).shape == shape
    assert np.array_equal(imagecodecs.png_decode(encode_png(picture[::2, ::-1])), picture[::2, ::-1])
