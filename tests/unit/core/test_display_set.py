from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.display_set import build_display_sets, display_order, has_pixels, stack_order
from desktop_app.core.study import Instance, Series

SERIES = Series("1", "1.1", modality="CT", number=3, description="Chest 1.0")
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
CT, RAW, GSPS, SR, PDF, KO, SEG = (
    "1.2.840.10008.5.1.4.1.1." + tail for tail in ("2", "66", "11.1", "88.33", "104.1", "88.59", "66.4"))


def instance(name: object, **values: Any) -> Instance:
    return Instance("1", "1.1", f"1.1.{name}", **values)


def slice_at(z: float, number: int | None = None, **values: Any) -> Instance:
    return instance(f"{z:g}".replace("-", "9"), number=number, image_position=(0.0, 0.0, z),
                    image_orientation=AXIAL, rows=512, columns=512, **values)


def uids(instances: Sequence[Instance]) -> list[str]:
    return [item.sop_instance_uid for item in instances]


def test_a_volume_is_ordered_by_place_in_the_direction_of_its_numbers() -> None:
    falling = [slice_at(z, number) for number, z in enumerate((50, 40, 30, 20, 10), start=1)]
    ordered, is_volume = stack_order(random.Random(1).sample(falling, 5))
    assert is_volume
    assert ordered == falling


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    stack = [slice_at(z=2.5 * n, number=n + 1) for n in range(6)]
    assert stack_order([stack[n] for n in order])[0] == stack


def test_place_beats_numbers_that_jump() -> None:
    stack = [slice_at(0, 1), slice_at(5, 9), slice_at(10, 4), slice_at(15, 12)]
    assert stack_order(stack) == (stack, True)


def test_without_numbers_a_volume_runs_along_its_normal() -> None:
    stack = [slice_at(z) for z in (-5, 0, 5)]
    assert stack_order(stack[::-1]) == (stack, True)


def test_oblique_planes_are_ordered_along_their_normal() -> None:
    oblique = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)     # sagittal: the normal is -x
    stack = [instance(n, number=n, image_position=(-float(n), 3.0, 7.0), image_orientation=oblique) for n in range(4)]
    assert stack_order(stack[::-1]) == (stack, True)


@pytest.mark.parametrize("why", ["too few", "one without place", "same place", "other orientation"])
def test_what_is_no_volume_goes_by_number(why: str) -> None:
    stack = {
        "too few": [slice_at(10, 1), slice_at(0, 2)],
        "one without place": [slice_at(10, 1), slice_at(0, 2), slice_at(5, 3), instance("x", number=4)],
        "same place": [slice_at(10, 1), slice_at(0, 2), instance("again", number=3, image_position=(0.0, 0.0, 10.0),
                                                                 image_orientation=AXIAL)],
        "other orientation": [slice_at(10, 1), slice_at(0, 2),
                              instance("cor", number=3, image_position=(0.0, 0.0, 5.0),
                                       image_orientation=(1.0, 0.0, 0.0, 0.0, 0.0, -1.0))],
    }[why]
    assert stack_order(stack[::-1]) == (stack, False)


def test_instances_without_number_come_last() -> None:
    stack = [instance("b", number=2), instance("a"), instance("c", number=1)]
    assert uids(stack_order(stack)[0]) == ["1.1.c", "1.1.b", "1.1.a"]


def test_numbers_that_begin_again_go_by_acquisition_first() -> None:
    stack = [instance(f"{a}{n}", number=n, acquisition_number=a) for a, n in itertools.product((1, 2), (1, 2, 3))]
    assert stack_order(stack[::-1])[0] == stack


def test_numbers_that_count_through_ignore_the_acquisition() -> None:
    stack = [instance(n, number=n, acquisition_number=9 - n) for n in range(1, 5)]
    assert stack_order(stack)[0] == stack


def test_a_series_of_one_size_is_one_set() -> None:
    stack = [slice_at(float(z), z) for z in range(1, 8)]
    (display_set,) = build_display_sets(SERIES, stack)
    assert (len(display_set.frames), display_set.is_volume, display_set.start_index) == (7, True, 3)
    assert display_set.title == "3 · Chest 1.0"
    assert display_set.frames[0].sop_instance_uid == stack[0].sop_instance_uid


def test_a_scout_of_another_size_is_a_set_of_its_own_after_the_stack() -> None:
    scout = instance("scout", number=0, rows=888, columns=700)
    sets = build_display_sets(SERIES, [scout, *(slice_at(float(z), z) for z in range(1, 6))])
    assert [len(display_set.frames) for display_set in sets] == [5, 1]
    assert [display_set.title for display_set in sets] == ["3 · Chest 1.0 (512×512)", "3 · Chest 1.0 (700×888)"]


def test_keys_stay_while_instances_arrive() -> None:
    small = [instance(f"s{n}", number=n, rows=64, columns=64) for n in range(9)]
    large = [instance(f"l{n}", number=n, rows=512, columns=512) for n in range(4)]
    arriving = [*large, *small]
    seen: dict[str, set[str]] = {}
    for count in range(1, len(arriving) + 1):
        for display_set in build_display_sets(SERIES, arriving[:count]):
            for ref in display_set.frames:
                seen.setdefault(ref.sop_instance_uid, set()).add(display_set.key)
    assert all(len(keys) == 1 for keys in seen.values())


def test_keys_are_unique_in_a_mixed_series() -> None:
    mixed = [
        instance("a", rows=1, columns=2), instance("b", rows=2, columns=1), instance("c"), instance("d", frames=5),
        instance("e", frames=7, number=2), instance("f", sop_class_uid=SR),
    ]
    keys = [display_set.key for display_set in build_display_sets(SERIES, mixed)]
    assert len(keys) == len(set(keys)) == 6


def test_the_same_instance_twice_is_one_frame() -> None:
    (display_set,) = build_display_sets(SERIES, [slice_at(1), slice_at(1)])
    assert len(display_set.frames) == 1


def test_each_multi_frame_instance_is_a_set() -> None:
    loops = [instance("b", number=2, frames=30), instance("a", number=1, frames=12)]
    first, second = build_display_sets(Series("1", "1.1", "US"), loops)
    assert [ref.frame_number for ref in first.frames] == list(range(1, 13))
    assert (first.title, second.title) == ("US (image 1)", "US (image 2)")
    assert second.start_index == 0


@pytest.mark.parametrize(("modality", "sop_class", "expected"), [
    ("CT", CT, True), ("CT", "", True), ("", "", True), ("CT", RAW, False), ("CT", GSPS, False), ("SR", "", False),
    ("CT", SR, False), ("OT", PDF, False), ("KO", KO, False), ("SEG", SEG, True), ("SR", CT, True),
    ("XX", "1.3.6.1.4.1.private", True),
])
def test_has_pixels(modality: str, sop_class: str, expected: bool) -> None:
    assert has_pixels(Series("1", "1.1", modality), instance("x", sop_class_uid=sop_class)) is expected


def test_objects_without_pixels_do_not_disturb_the_stack() -> None:
    slices = [slice_at(float(z), z) for z in range(3)]
    stack, other = build_display_sets(SERIES, [*slices, instance("r", sop_class_uid=RAW)])
    assert (stack.is_image, stack.is_volume, len(stack.frames)) == (True, True, 3)
    assert (other.is_image, len(other.frames)) == (False, 1)


def test_an_empty_series_has_no_sets() -> None:
    assert build_display_sets(SERIES, []) == ()


def test_the_strip_goes_by_series_number_with_reports_and_documents_last() -> None:
    def sets(uid: str, modality: str, number: int | None) -> Any:
        return build_display_sets(Series("1", uid, modality, number), [Instance("1", uid, uid + ".1")])
    shuffled = [*sets("1.5", "DOC", 1), *sets("1.4", "SR", 2), *sets("1.3", "CT", None), *sets("1.2", "CT", 10),
                *sets("1.1", "CT", 9)]
    assert [item.series.series_instance_uid for item in display_order(shuffled)] == ["1.1", "1.2", "1.3", "1.4", "1.5"]


def test_the_sets_of_one_series_stay_together_as_built() -> None:
    sets = build_display_sets(SERIES, [instance("a", rows=9, columns=9), *(slice_at(float(z), z) for z in range(3))])
    assert display_order(sets) == list(sets)


def test_titles_fall_back() -> None:
    def title(series: Series) -> str:
        return build_display_sets(series, [instance("a")])[0].title
    assert title(Series("1", "1.1", "MR", None, "", "KNEE")) == "KNEE"
    assert title(Series("1", "1.1", "MR", 0)) == "0 · MR"
    assert title(Series("1", "1.1")) == "Series"
