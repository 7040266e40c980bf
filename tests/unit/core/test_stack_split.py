"""Series that would not scroll as one: each part says why, and nothing is lost."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.display_set import build_display_sets
from desktop_app.core.stack_split import split_stack
from desktop_app.core.study import Instance, Series

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)
SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


def one(number: int, z: float = 0.0, orientation: Any = AXIAL, **of: Any) -> Instance:
    return Instance("1", "1.1", f"1.1.{number}", number=number, rows=8, columns=8, image_position=(0.0, 0.0, z),
                    image_orientation=orientation, **of)


def repeated(times: int, slices: int, **of: Callable[[int], Any]) -> list[Instance]:
    """A volume again and again; the keywords give what tells the times apart."""
    return [
        one(time * slices + place + 1, 5.0 * place, **{name: value(time) for name, value in of.items()})
        for time in range(times) for place in range(slices)
    ]


def reasons(instances: list[Instance], modality: str = "MR") -> list[tuple[str, int]]:
    return [(part.reason, len(part.instances)) for part in split_stack(instances, modality)]


@pytest.mark.parametrize(("of", "expected"), [
    ({"b_value": lambda time: (0.0, 500.0, 1000.0)[time]}, ["b 0", "b 500", "b 1000"]),
    ({"echo_number": lambda time: time + 1}, ["echo 1", "echo 2", "echo 3"]),
    ({"echo_time_ms": lambda time: 4.6 * (time + 1)}, ["TE 4.6 ms", "TE 9.2 ms", "TE 13.8 ms"]),
    ({"temporal_position": lambda time: time + 1}, ["time 1", "time 2", "time 3"]),
    ({"trigger_time_ms": lambda time: 40.0 * time}, ["phase 1", "phase 2", "phase 3"]),
    ({"acquisition_number": lambda time: time + 4}, ["acquisition 4", "acquisition 5", "acquisition 6"]),
    ({"acquisition_time": lambda time: f"1200{time}0"}, ["time 1", "time 2", "time 3"]),
    ({"content_time": lambda time: f"1200{time}0"}, ["time 1", "time 2", "time 3"]),
    ({"image_type": lambda time: ("ORIGINAL", "PRIMARY", "MPR"[time])}, ["M", "P", "R"]),
    ({}, ["pass 1", "pass 2", "pass 3"]),
])
def test_a_volume_that_is_there_three_times(of: dict[str, Any], expected: list[str]) -> None:
    instances = repeated(3, 4, **of)
    random.Random(2).shuffle(instances)
    assert sorted(reasons(instances)) == sorted((reason, 4) for reason in expected)


def test_b_values_of_several_times_are_told_apart_by_both() -> None:
    instances = repeated(
        4, 5, b_value=lambda time: (0.0, 800.0)[time % 2], temporal_position=lambda time: time // 2 + 1)
    assert sorted(reasons(instances)) == [(f"b {b}, time {time}", 5) for b in (0, 800) for time in (1, 2)]


def test_a_volume_stays_whole_whatever_differs_from_slice_to_slice() -> None:
    instances = [one(n, 5.0 * n, acquisition_time=f"1200{n:02}", echo_time_ms=4.0 + n) for n in range(20)]
    assert reasons(instances) == [("", 20)]


def test_a_few_copies_are_no_reason_to_split() -> None:
    instances = [one(n, 5.0 * n) for n in range(30)] + [one(40, 10.0)]
    assert reasons(instances) == [("", 31)]


def test_a_long_run_of_times_stays_one() -> None:
    assert reasons(repeated(60, 3, temporal_position=lambda time: time)) == [("", 180)]


def test_localisers_among_slices() -> None:
    scouts = [one(n, 0.0, CORONAL, image_type=("ORIGINAL", "PRIMARY", "LOCALIZER")) for n in (1, 2)]
    slices = [one(n, 5.0 * n, image_type=("ORIGINAL", "PRIMARY", "AXIAL")) for n in range(3, 20)]
    assert reasons([*scouts, *slices], "CT") == [("", 17), ("localiser", 2)]


def test_planes_are_named() -> None:
    planes = [one(10 * number + n, 5.0 * n, orientation)
              for number, orientation in enumerate((AXIAL, CORONAL, SAGITTAL)) for n in range(3)]
    assert sorted(reasons(planes)) == [("axial", 3), ("coronal", 3), ("sagittal", 3)]


def test_a_rotation_is_scrolled_as_one() -> None:
    turns = [math.radians(15 * n) for n in range(12)]
    turning = [one(n, float(n), (1.0, 0.0, 0.0, 0.0, math.cos(turn), math.sin(turn))) for n, turn in enumerate(turns)]
    assert reasons(turning) == [("", 12)]


@pytest.mark.parametrize("orientation", [(0.0,) * 6, None, (1.0, 0.0, 0.0, float("nan"), 0.0, 0.0)])
def test_an_orientation_that_cannot_be_is_set_apart(orientation: Any) -> None:
    assert reasons([*(one(n, 5.0 * n) for n in range(4)), one(9, 99.0, orientation)]) == [
        ("axial", 4), ("no orientation", 1)]


def test_two_frames_of_reference_are_two_stacks() -> None:
    instances = [one(n, 5.0 * n, frame_of_reference_uid=f"1.{n // 4}") for n in range(8)]
    assert reasons(instances) == [("frame of reference 1", 4), ("frame of reference 2", 4)]


def test_views_of_a_mammogram() -> None:
    views = [("R", "CC"), ("L", "CC"), ("R", "MLO"), ("L", "MLO")]
    instances = [Instance("1", "1.1", f"1.1.{n}", number=n, rows=8, columns=8, laterality=side, view_position=view)
                 for n, (side, view) in enumerate(views)]
    assert sorted(reasons(instances, "MG")) == sorted((f"{side} {view}", 1) for side, view in views)
    sets = build_display_sets(Series("1", "1.1", "MG", 3, "Screening"), instances)
    assert sets[1].title == "3 · Screening (L CC)" and sets[1].view.laterality == "L"


def test_the_largest_part_keeps_the_name_of_the_whole() -> None:
    slices = [one(n, 5.0 * n) for n in range(5)]
    [whole] = build_display_sets(Series("1", "1.1", "CT"), slices)
    mixed = build_display_sets(Series("1", "1.1", "CT"), [*slices, one(9, 0.0, CORONAL), one(10, 5.0, CORONAL)])
    assert [one.split_reason for one in mixed] == ["axial", "coronal"]
    assert mixed[0].key == whole.key and len({one.key for one in mixed}) == 2
    assert all(one.is_volume for one in mixed[:1])


_ATTRIBUTES = st.fixed_dictionaries({
    "b_value": st.sampled_from((None, 0.0, 1000.0)), "echo_number": st.sampled_from((None, 1, 2)),
    "temporal_position": st.sampled_from((None, 1, 2, 3)), "image_type": st.sampled_from(((), ("O", "P", "M"))),
    "z": st.sampled_from((0.0, 5.0, 10.0)), "orientation": st.sampled_from((AXIAL, CORONAL, None)),
    "frame_of_reference_uid": st.sampled_from(("", "1.2")), "laterality": st.sampled_from(("", "R")),
})


@given(st.lists(_ATTRIBUTES, max_size=30), st.sampled_from(("MR", "CT", "MG")))
def test_nothing_is_ever_lost(rows: list[dict[str, Any]], modality: str) -> None:
    instances = [one(number, **row) for number, row in enumerate(rows)]
    parts = split_stack(instances, modality)
    assert sorted(item.sop_instance_uid for part in parts for item in part.instances) == sorted(
        item.sop_instance_uid for item in instances)
    keys = [made.key for made in build_display_sets(Series("1", "1.1", modality), instances)]
    assert len(keys) == len(set(keys))
