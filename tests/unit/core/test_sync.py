"""Linked scrolling: the same place of the patient, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.display_set import DisplaySet, SlicePlaces, build_display_sets
from desktop_app.core.study import Instance, Series
from desktop_app.core.sync import slice_at_same_place

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)


def volume(
    first: float, step: float, count: int, orientation: tuple[float, ...] = AXIAL, frame: str = "9.9"
) -> DisplaySet:
    axis = 1 if orientation == CORONAL else 2
    instances = []
    for number in range(count):
        position = [0.0, 0.0, 0.0]
        position[axis] = first + step * number
        instances.append(
            Instance(
                "1",
                "2",
                f"3.{number}",
                "1.2.840.10008.5.1.4.1.1.2",
                number,
                image_position=tuple(position),  # type: ignore[arg-type]
                image_orientation=orientation,
                frame_of_reference_uid=frame,
            )
        )  # type: ignore[arg-type]
    (display_set,) = build_display_sets(Series("1", "2", "CT"), instances)
    return display_set


def test_the_nearest_slice_of_another_thickness() -> None:
    thin, thick = volume(0, 1, 50), volume(0, 5, 10)
    assert slice_at_same_place(thin, 12, thick) == 2
    assert slice_at_same_place(thin, 13, thick) == 3
    assert slice_at_same_place(thick, 4, thin) == 20


def test_a_stack_counted_the_other_way_round() -> None:
    assert slice_at_same_place(volume(0, 1, 50), 10, volume(49, -1, 50)) == 39


def test_a_normal_that_points_the_other_way() -> None:
    up = volume(0, 2, 20)
    assert up.slices is not None
    turned = SlicePlaces("9.9", (0.0, 0.0, -1.0), tuple(-place for place in up.slices.locations_mm))
    assert slice_at_same_place(up, 7, replace(up, slices=turned)) == 7


@pytest.mark.parametrize(
    "other",
    [
        volume(0, 1, 20, frame="8.8"),
        volume(0, 1, 20, CORONAL),
        volume(0, 1, 20, frame=""),
        volume(500, 1, 20),
    ],
    ids=["another frame of reference", "another plane", "no frame of reference", "another part of the body"],
)
def test_what_cannot_be_compared_is_left_alone(other: DisplaySet) -> None:
    assert slice_at_same_place(volume(0, 1, 20), 5, other) is None
