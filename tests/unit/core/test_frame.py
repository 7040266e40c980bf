from __future__ import annotations

import numpy as np
import pytest

from desktop_app.core.frame import Frame, ImageFacts, LookupTable
from desktop_app.core.frame_ref import FrameRef

REF = FrameRef("1.2", "1.2.3", "1.2.3.4")


def test_modality_values() -> None:
    frame = Frame(REF, np.array([[0, 1000], [2000, 3000]], np.uint16), slope=1.0, intercept=-1024.0)
    assert (frame.rows, frame.columns, frame.is_colour, frame.nbytes) == (2, 2, False, 8)
    assert frame.modality_value(1, 0) == -24.0
    assert frame.modality_value(0, 1) == 976.0


@pytest.mark.parametrize("place", [(-1, 0), (0, -1), (2, 0), (0, 2)])
def test_outside_there_is_no_value(place: tuple[int, int]) -> None:
    assert Frame(REF, np.zeros((2, 2), np.uint8)).modality_value(*place) is None


def test_colour_tells_its_three_values() -> None:
    frame = Frame(REF, np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8))
    assert frame.is_colour
    assert (frame.rows, frame.columns) == (1, 2)
    assert frame.modality_value(1, 0) == (4, 5, 6)


def test_a_modality_lut_answers_below_and_above_its_ends() -> None:
    lut = LookupTable(first_mapped=100, values=np.array([10, 20, 30], np.uint16))
    frame = Frame(REF, np.array([[0, 100, 101, 102, 5000]], np.uint16), slope=7, modality_lut=lut)
    assert [frame.modality_value(column, 0) for column in range(5)] == [10, 10, 20, 30, 30]


@pytest.mark.parametrize(("descriptor", "data", "values"), [
    ((3, 100, 16), b"\x0a\x00\x14\x00\x1e\x00", [10, 20, 30]),
    ((3, 100, 8), b"\x0a\x14\x1e\x00", [10, 20, 30]),                   # packed as bytes, one of padding
    ((3, 100, 8), b"\x0a\x00\x14\x00\x1e\x00", [10, 20, 30]),          # 8 bits written as words
    ((3, 100, 16), b"\x0a\x00\x14\x00\x1e", [10, 20]),                 # cut off within a word
    ((0, 0, 16), b"\x01\x00" * 65536, [1] * 65536),
    ((-65533, 100, 16), b"\x0a\x00\x14\x00\x1e\x00", [10, 20, 30]),
])
def test_a_table_is_read_as_its_descriptor_says(descriptor: tuple[int, ...], data: bytes, values: list[int]) -> None:
    table = LookupTable.of(descriptor, data, "B")
    assert table is not None and table.values.tolist() == values
    assert (table.first_mapped, table.bits, table.explanation) == (descriptor[1], descriptor[2], "B")


@pytest.mark.parametrize(("descriptor", "data"), [
    ((3, 0), b"\x01\x00"), ((3, 0, 16), b""), ((3, 0, 17), b"\x01\x00" * 3)])
def test_what_is_no_table_gives_none(descriptor: tuple[int, ...], data: bytes) -> None:
    assert LookupTable.of(descriptor, data) is None


def test_float_pixels_stay_fractions() -> None:
    assert Frame(REF, np.array([[0.25]], np.float32), slope=2.0).modality_value(0, 0) == 0.5


def test_pixels_cannot_be_written_to() -> None:
    frame = Frame(REF, np.zeros((2, 2), np.uint16))
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0] = 1


def test_frames_compare_by_what_they_are_not_by_their_pixels() -> None:
    one, same = (Frame(REF, np.zeros((2, 2), np.uint16), facts=ImageFacts(modality="CT")) for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    assert FrameRef("1", "2", "3", 1) != FrameRef("1", "2", "3", 2)
