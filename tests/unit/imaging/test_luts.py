"""Grey tables against the formulas of the standard, and against pydicom's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.pixels import apply_modality_lut, apply_windowing

from desktop_app.core.frame import Frame, FrameRef, LookupTable
from desktop_app.core.window import VoiFunction, Window
from desktop_app.imaging.luts import auto_window, grey_table, initial_window, voi_lut_levels, window_levels
from desktop_app.imaging.render import render, render_grey

REF = FrameRef("1.2", "1.2.3", "1.2.3.4")
DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")


def frame(pixels: np.ndarray, **facts: object) -> Frame:
    return Frame(REF, pixels, **facts)      # type: ignore[arg-type]


def linear_by_the_letter(x: float, c: float, w: float) -> float:
    """PS3.3 C.11.2.1.2.1, with y from 0 to 255."""
    if x <= c - 0.5 - (w - 1) / 2:
        return 0.0
    if x > c - 0.5 + (w - 1) / 2:
        return 255.0
    return ((x - (c - 0.5)) / (w - 1) + 0.5) * 255.0


@given(st.floats(-3000, 3000), st.floats(1, 5000), st.floats(-5000, 5000))
def test_linear_is_the_formula_of_the_standard(center: float, width: float, value: float) -> None:
    if width == 1 and abs(value - (center - 0.5)) < 1e-9:
        return
    levels = window_levels(np.array([value]), Window(center, width))
    assert levels[0] == pytest.approx(linear_by_the_letter(value, center, width), abs=1e-6)


def test_linear_of_the_standards_own_example() -> None:
    """C.11.2.1.2.1: with c 2048 and w 4096, 0 becomes the lowest and 4095 the highest output."""
    assert window_levels(np.array([0.0, 4095.0]), Window(2048, 4096)).tolist() == [0.0, 255.0]
    assert window_levels(np.array([-1.0, 0.0]), Window(0, 1)).tolist() == [0.0, 255.0]
    threshold = window_levels(np.array([-0.6, -0.5, -0.4]), Window(0, 1))
    assert threshold.tolist() == [0.0, 0.0, 255.0]


@given(st.floats(-3000, 3000), st.floats(0.01, 5000), st.floats(-5000, 5000))
def test_linear_exact(center: float, width: float, value: float) -> None:
    wanted = min(max(((value - center) / width + 0.5) * 255.0, 0.0), 255.0)
    got = window_levels(np.array([value]), Window(center, width, VoiFunction.LINEAR_EXACT))[0]
    assert got == pytest.approx(wanted, abs=1e-6)


def test_sigmoid_is_half_in_the_middle_and_never_leaves_the_range() -> None:
    window = Window(100, 50, VoiFunction.SIGMOID)
    levels = window_levels(np.array([-1e9, 75.0, 100.0, 125.0, 1e9]), window)
    assert levels[2] == pytest.approx(127.5)
    assert levels[3] == pytest.approx(255 / (1 + np.exp(-2)))
    assert levels[1] + levels[3] == pytest.approx(255.0)
    assert (levels[0], levels[4]) == (0.0, 255.0)


def test_a_linear_window_narrower_than_one_is_read_as_exact() -> None:
    levels = window_levels(np.array([0.2, 0.25, 0.3]), Window(0.25, 0.5))
    assert levels.tolist() == pytest.approx([102.0, 127.5, 153.0])


@settings(max_examples=60)
@given(st.sampled_from(["int16", "uint16", "uint8"]), st.floats(-1000, 3000), st.floats(1.5, 4000),
       st.sampled_from([1.0, 2.0, 0.5, 0.6839, -1.0]), st.sampled_from([0.0, -1024.0, 200.0]),
       st.sampled_from(list(VoiFunction)), st.integers(0, 2**32 - 1))
def test_pydicom_agrees(dtype: str, center: float, width: float, slope: float, intercept: float,
                        function: VoiFunction, seed: int) -> None:
    """Two independent programs: pydicom's modality LUT and windowing, scaled to 8 bits, differ by no whole level."""
    info = np.iinfo(dtype)
    random = np.random.default_rng(seed)
    pixels = random.integers(info.min, info.max, (8, 8), endpoint=True).astype(dtype)
    dataset = Dataset()
    dataset.PhotometricInterpretation, dataset.SamplesPerPixel = "MONOCHROME2", 1
    dataset.BitsStored, dataset.PixelRepresentation = pixels.dtype.itemsize * 8, int(info.min < 0)
    dataset.RescaleSlope, dataset.RescaleIntercept = slope, intercept
    dataset.WindowCenter, dataset.WindowWidth = float(f"{center:.6f}"), float(f"{width:.6f}")
    dataset.VOILUTFunction = str(function)
    with np.errstate(over="ignore"):
        theirs = apply_windowing(apply_modality_lut(pixels, dataset), dataset).astype(float)
        ends = apply_windowing(np.array([-1e7, 1e7]), dataset)
    theirs = (theirs - ends[0]) / (ends[1] - ends[0]) * 255
    window = Window(float(dataset.WindowCenter), float(dataset.WindowWidth), function)
    ours = render(frame(pixels, slope=slope, intercept=intercept), window)
    assert np.abs(ours - theirs).max() <= 1.0


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_table_is_what_is_computed(dtype: str) -> None:
    values = np.linspace(-120, 127, 64).astype(dtype).reshape(8, 8) if dtype[0] in "if" else \
        np.linspace(0, 250, 64).astype(dtype).reshape(8, 8)
    image = frame(values, slope=2.0, intercept=-10.0)
    table = grey_table(image, Window(40, 150))
    assert (table.table is not None) == (dtype in ("uint8", "int8", "uint16", "int16"))
    grey = render_grey(values, table)
    assert grey.dtype == np.uint8 and grey.flags.c_contiguous
    expected = [[round(linear_by_the_letter(float(v) * 2 - 10, 40, 150) + 1e-9) for v in row] for row in values]
    assert np.abs(grey.astype(int) - expected).max() <= 1


@pytest.mark.parametrize("seed", range(40))
def test_every_entry_of_a_table_is_what_is_computed(seed: int) -> None:
    """Also beyond the window, where entries are not computed one by one."""
    random = np.random.default_rng(seed)
    dtype = np.dtype(random.choice(["uint8", "int8", "uint16", "int16"]))
    values = np.arange(np.iinfo(dtype).min, np.iinfo(dtype).max + 1).astype(dtype)
    ends = sorted(map(float, random.integers(int(values[0]) - 50, int(values[-1]) + 50, 2)))
    padding = (ends[0], ends[1]) if seed % 3 == 0 else None
    shown = LookupTable(0, random.integers(0, 256, 16).astype(np.uint16), 8) if seed % 4 == 0 else None
    image = replace(frame(values[None, :2], slope=float(random.choice([1, -1, 0.25, -3.7, 1e-3, 0, 1e9])),
                          intercept=float(random.choice([0, -1024, 0.3, 1e5]))),
                    padding=padding, monochrome1=bool(seed % 2), presentation_lut=shown)
    window = Window(float(random.choice([40, 0, 1e6, -3e4, 0.5, 1200.25])),
                    float(random.choice([1, 0.5, 400, 2, 65536, 1e-9, 1e7])), list(VoiFunction)[seed % 3])
    table = grey_table(image, window, inverted=seed % 5 == 0)
    assert table.table is not None
    assert np.array_equal(table.table[values.view(f"u{dtype.itemsize}")], table.levels(values))


def test_signed_values_index_the_table_without_a_copy() -> None:
    pixels = np.array([[-32768, -1], [0, 32767]], np.int16)
    table = grey_table(frame(pixels), Window.of_range(-32768, 32767))
    assert table.table is not None and len(table.table) == 65536
    assert render_grey(pixels, table).tolist() == [[0, 127], [128, 255]]


@pytest.mark.parametrize(("monochrome1", "inverted", "expected"), [
    (False, False, [0, 255]), (True, False, [255, 0]), (False, True, [255, 0]), (True, True, [0, 255])])
def test_polarity(monochrome1: bool, inverted: bool, expected: list[int]) -> None:
    image = frame(np.array([[0, 100]], np.uint8), monochrome1=monochrome1)
    assert render(image, Window.of_range(0, 100), inverted=inverted).tolist() == [expected]


@pytest.mark.parametrize("dtype", ["int16", "float32"])
@pytest.mark.parametrize("monochrome1", [False, True])
def test_padding_is_black_whatever_the_polarity(dtype: str, monochrome1: bool) -> None:
    pixels = np.array([[-2000, -1990, 0, 100]], dtype)
    image = frame(pixels, padding=(-2000, -1990), monochrome1=monochrome1)
    grey = render(image, Window.of_range(0, 100))
    assert grey[0, :2].tolist() == [0, 0]
    assert grey[0, 2:].tolist() == ([255, 0] if monochrome1 else [0, 255])


def test_not_a_number_is_black_and_does_no_harm() -> None:
    pixels = np.array([[np.nan, -np.inf, 0.0, 1.0, np.inf]], np.float32)
    image = frame(pixels, value_range=(0.0, 1.0))
    assert render(image, Window(0.5, 1.0, VoiFunction.LINEAR_EXACT)).tolist() == [[0, 0, 0, 255, 255]]


def test_a_modality_lut_comes_before_the_window() -> None:
    lut = LookupTable(10, np.array([0, 50, 100], np.uint16), 8)
    image = frame(np.array([[0, 10, 11, 12, 200]], np.uint8), modality_lut=lut, slope=99.0)
    assert render(image, Window.of_range(0, 100)).tolist() == [[0, 0, 128, 255, 255]]


def test_a_voi_lut_is_used_when_asked_for_or_when_there_is_no_window() -> None:
    lut = LookupTable(0, np.array([4095, 2048, 0], np.uint16), 12)
    image = frame(np.array([[0, 1, 2, 9]], np.int16), voi_luts=(lut,), value_range=(0, 9))
    by_lut = [255, 128, 0, 0]
    assert render(image).tolist() == [by_lut]
    windowed = replace(image, windows=(Window.of_range(0, 9),))
    assert render(windowed).tolist() == [[0, 28, 57, 255]]
    table = grey_table(windowed, initial_window(windowed), use_voi_lut=True)
    assert render_grey(image.pixels, table).tolist() == [by_lut]
    assert grey_table(frame(image.pixels), Window(0, 2), use_voi_lut=True).voi_lut is None


def test_a_voi_lut_of_more_bits_than_announced_is_clipped() -> None:
    lut = LookupTable(0, np.array([0, 4095, 65535], np.uint16), 12)
    assert voi_lut_levels(np.array([0.0, 1.0, 2.0]), lut).tolist() == [0.0, 255.0, 255.0]


def test_which_window_a_frame_opens_with() -> None:
    pixels = np.array([[5, 300]], np.int16)
    own = (Window(40, 400, explanation="Soft"), Window(-600, 1500))
    assert initial_window(frame(pixels, windows=own)) is own[0]
    lut = LookupTable(-100, np.arange(201, dtype=np.uint16), 8, "Bone")
    by_lut = initial_window(frame(pixels, voi_luts=(lut,)))
    assert (by_lut.explanation, by_lut.center, by_lut.width) == ("Bone", 0.5, 201.0)
    full = initial_window(frame(pixels, value_range=(5.0, 300.0)))
    assert full == auto_window(frame(pixels, value_range=(5.0, 300.0)))
    assert render(frame(pixels, value_range=(5.0, 300.0)), full).tolist() == [[0, 255]]


def test_resampled_values_take_the_table_of_their_integers() -> None:
    image = frame(np.array([[0, 1000]], np.int16), value_range=(0, 1000))
    table = grey_table(image, Window.of_range(0, 1000))
    assert render_grey(np.array([[-3.2, 499.6, 1000.4]], np.float32), table).tolist() == [[0, 128, 255]]


def test_a_buffer_can_be_written_over() -> None:
    image = frame(np.arange(200 * 3, dtype=np.uint16).reshape(200, 3))
    table = grey_table(image, Window.of_range(0, 599))
    out = np.empty((200, 3), np.uint8)
    assert render_grey(image.pixels, table, out) is out
    assert np.array_equal(out, render_grey(image.pixels, table))


def test_rows_that_are_not_contiguous_are_rendered_too() -> None:
    pixels = np.arange(400, dtype=np.uint16).reshape(20, 20)
    table = grey_table(frame(pixels), Window.of_range(0, 399))
    assert np.array_equal(render_grey(pixels[::2, ::-1], table), render_grey(pixels, table)[::2, ::-1])
