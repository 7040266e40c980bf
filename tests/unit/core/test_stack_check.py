"""Which gaps in a list of images are named, and which are the way the series was made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.display_set import build_display_sets
from desktop_app.core.stack_check import StackCheck, check_stack
from desktop_app.core.study import Instance, Series
from desktop_app.viewmodels.stack_words import check_texts

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def at(*places: float, numbers: list[int] | None = None) -> list[Instance]:
    return [
        Instance("1", "1.1", f"1.1.{index + 1}", number=numbers[index] if numbers else index + 1, rows=8, columns=8,
                 image_position=(0.0, 0.0, place), image_orientation=AXIAL)
        for index, place in enumerate(places)
    ]


def counted(*numbers: int | None) -> list[Instance]:
    return [Instance("1", "1.1", f"1.1.{index}", number=number) for index, number in enumerate(numbers)]


def test_even_slices_are_sound() -> None:
    assert check_stack(at(*[2.5 * n for n in range(30)])).is_sound


@given(st.integers(1, 48), st.floats(0.3, 10))
def test_one_missing_slice_is_found_wherever_it_was(gone: int, spacing: float) -> None:
    slices = [round(spacing * n, 4) for n in range(50) if n != gone]
    assert check_stack(at(*slices)) == StackCheck(missing=1)


def test_several_missing_slices_are_counted() -> None:
    assert check_stack(at(*[5.0 * n for n in range(40) if n not in (7, 8, 20)])).missing == 3


def test_the_direction_does_not_matter() -> None:
    assert check_stack(at(*[-5.0 * n for n in range(20) if n != 9])).missing == 1


def test_rounded_places_are_even() -> None:
    assert check_stack(at(*[round(0.625 * n, 2) for n in range(100)])).is_sound


def test_distances_that_change_are_named() -> None:
    check = check_stack(at(*[5.0 * n for n in range(10)], *[45 + 7.0 * n for n in range(1, 5)]))
    assert check.spacing_mm == pytest.approx((5.0, 7.0))
    assert check.missing == 0


def test_two_blocks_are_no_missing_slices() -> None:
    """Every other distance is twice as long: that is how it was made."""
    assert check_stack(at(*[n * 1.5 - (n % 2) * 0.5 for n in range(20)])).missing == 0


def test_a_slice_that_is_there_twice_is_named() -> None:
    assert check_stack(at(0, 5, 10, 15, 20, 20, 25, 30, 35, 40, 45)) == StackCheck(duplicates=1)


def test_times_at_the_same_places_are_no_duplicates() -> None:
    assert check_stack(at(*[5.0 * n for n in range(10)] * 3)).is_sound


def test_without_places_the_numbers_tell() -> None:
    assert check_stack(counted(1, 2, 3, 5, 6, 7, 8)).missing == 1
    assert check_stack(counted(1, 2, 3, 5, 6, 7, 8), counted=False).is_sound


@pytest.mark.parametrize("numbers", [
    (1, 2, 3, 4, 5, 6), (101, 102, 103, 104, 105), (1, 11, 21, 31, 41, 51), (1, 1, 2, 2, 3, 4), (None, 2, 3, 4, 6, 7),
    (1, 3),
])
def test_numbers_that_mean_something_else(numbers: tuple[int | None, ...]) -> None:
    assert check_stack(counted(*numbers)).is_sound


def test_a_display_set_carries_what_was_found() -> None:
    series = Series("1", "1.1", "CT")
    (whole,) = build_display_sets(series, at(*[5.0 * n for n in range(20) if n != 3]))
    assert whole.check == StackCheck(missing=1)
    (glimpsed,) = build_display_sets(series, at(0.0))
    assert glimpsed.check.is_sound


@pytest.mark.parametrize(("uids", "named"), [
    (("1.1",) * 8, 1), (("1.1",) * 4 + ("1.2",) * 4, 2), (("",) * 2 + ("1.1",) * 6, 1),
])
def test_two_frames_of_reference_in_a_series_are_named_on_every_stack(uids: tuple[str, ...], named: int) -> None:
    images = [replace(image, frame_of_reference_uid=uid)
              for image, uid in zip(at(*(5.0 * n for n in range(8))), uids, strict=True)]
    sets = build_display_sets(Series("1", "1.1", "CT"), images)
    assert {one.check.frames_of_reference for one in sets} == {named}
    texts = [text for one in sets for text in check_texts(one.check) if "frames of reference" in text]
    assert texts == (["2 frames of reference in this series"] * len(sets) if named == 2 else [])
