"""Enhanced objects: split by what they say of their frames, in order of place, with the frame numbers of the file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydicom
import pytest

from desktop_app.core.display_set import DisplaySet, build_display_sets, split_frames
from desktop_app.core.frame_ref import FrameRef
from desktop_app.imaging.decode import open_instance
from desktop_app.services.frame_parts import make_header
from tests.support.enhanced import INSTANCE, SERIES, STUDY, EnhancedFrame, diffusion, enhanced

CORONAL, SAGITTAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0), (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


def sets_of(data: bytes) -> tuple[DisplaySet, ...]:
    opened = open_instance(data)
    (whole,) = build_display_sets(opened.series, [opened.instance])
    assert whole.awaits_frames
    return split_frames(whole, opened.shared_facts.frame_stacks)


def numbers(display_set: DisplaySet) -> list[int]:
    return [ref.frame_number for ref in display_set.frames]


def repeated(**of: Callable[[int], Any]) -> list[EnhancedFrame]:
    """Four places, three times each; the keywords give what tells the times apart."""
    return [EnhancedFrame(5.0 * place, **{name: value(time) for name, value in of.items()})
            for time in range(3) for place in range(4)]


@pytest.mark.parametrize(("of", "expected"), [
    ({"b_value": lambda time: 500.0 * time}, ["b 0", "b 500", "b 1000"]),
    ({"echo_time": lambda time: 10.0 + time}, ["TE 10 ms", "TE 11 ms", "TE 12 ms"]),
    ({"time": lambda time: time + 1}, ["time 1", "time 2", "time 3"]),
    ({"phase_ms": lambda time: 100.0 * time}, ["phase 1", "phase 2", "phase 3"]),
    ({"stack": lambda time: str(time + 1)}, ["stack 1", "stack 2", "stack 3"]),
    ({"contrast": ("PRE_CONTRAST", "ARTERIAL", "VENOUS").__getitem__}, ["arterial", "pre contrast", "venous"]),
    ({"kind": lambda time: ("DERIVED", "PRIMARY", "DIFFUSION", ("ADC", "FA", "NONE")[time])},
     ["DIFFUSION", "DIFFUSION/ADC", "DIFFUSION/FA"]),
    ({"component": ("MAGNITUDE", "PHASE", "REAL").__getitem__}, ["VOLUME/MAGNITUDE", "VOLUME/PHASE", "VOLUME/REAL"]),
    ({}, ["pass 1", "pass 2", "pass 3"]),
])
def test_frames_are_split_with_the_reason(of: dict[str, Callable[[int], Any]], expected: list[str]) -> None:
    sets = sets_of(enhanced(repeated(**of)))
    assert sorted(one.split_reason for one in sets) == sorted(expected)
    assert all(len(one.frames) == 4 and one.is_volume and one.start_index == 2 for one in sets)
    assert sorted(number for one in sets for number in numbers(one)) == list(range(1, 13))
    assert len({one.key for one in sets}) == 3
    assert sets[0].key == f"{SERIES}/{INSTANCE}"


def test_planes_and_localisers_in_one_object_are_told_apart() -> None:
    frames = [EnhancedFrame(float(place), orientation) for orientation in (CORONAL, SAGITTAL) for place in range(3)]
    assert [one.split_reason for one in sets_of(enhanced(frames))] == ["coronal", "sagittal"]
    scout = EnhancedFrame(90.0, CORONAL, kind=("ORIGINAL", "PRIMARY", "LOCALIZER", "NONE"))
    slices, alone = sets_of(enhanced([scout, *(EnhancedFrame(float(place)) for place in range(5))]))
    assert (alone.split_reason, numbers(alone), numbers(slices)) == ("localiser", [1], [2, 3, 4, 5, 6])


def test_a_split_is_in_order_of_place_whatever_the_order_of_the_file() -> None:
    first, second = sets_of(enhanced(diffusion()))
    assert (first.split_reason, second.split_reason) == ("b 0", "b 1000")
    # places 1, 3, 0, 2, 4 with two frames each: frame numbers 5 1 7 3 9 lie at 0, 4, 8, 12, 16 mm
    assert (numbers(first), numbers(second)) == ([5, 1, 7, 3, 9], [6, 2, 8, 4, 10])
    assert first.slices is not None
    assert first.slices.locations_mm == pytest.approx((0.0, 4.0, 8.0, 12.0, 16.0))


def test_whatever_else_an_object_counts_by_splits_in_its_own_words() -> None:
    frames = [EnhancedFrame(float(place), index=(place + 1, angle)) for place in range(4) for angle in (1, 2)]
    dimensions = [("ImagePositionPatient", "Position"), ("FlipAngle", "Flip angle")]
    assert [one.split_reason for one in sets_of(enhanced(frames, dimensions=dimensions))] == [
        "Flip angle 1", "Flip angle 2"]
    assert [one.split_reason for one in sets_of(enhanced(frames, dimensions=[dimensions[0], ("FlipAngle", "")]))] == [
        "Flip Angle 1", "Flip Angle 2"]


def test_segments_that_share_places_are_never_mixed(dicom_data: Path) -> None:
    path = next(dicom_data.rglob("partial_overlaps.dcm"))
    segments = [int(item.SegmentIdentificationSequence[0].ReferencedSegmentNumber)
                for item in pydicom.dcmread(path).PerFrameFunctionalGroupsSequence]
    parts = sets_of(path.read_bytes())
    assert len(parts) == len(set(segments)) > 1
    for one in parts:
        (segment,) = {segments[number - 1] for number in numbers(one)}
        assert one.split_reason == f"ReferencedSegmentNumber {segment}"


@pytest.mark.parametrize(("name", "is_volume"), [("6_1.dcm", True), ("mf.dcm", True), ("eCT_Supplemental.dcm", False)])
def test_real_enhanced_objects_hold_all_their_frames(dicom_data: Path, name: str, is_volume: bool) -> None:
    data = next(dicom_data.rglob(name)).read_bytes()
    opened = open_instance(data)
    (one,) = sets_of(data)
    assert sorted(numbers(one)) == list(range(1, opened.frame_count + 1))
    assert (one.is_volume, one.awaits_frames) == (is_volume, False)


@pytest.mark.parametrize("harm", ["too few groups", "no groups", "no place"])
def test_what_does_not_tell_of_every_frame_stays_as_it_is(harm: str) -> None:
    dataset = pydicom.dcmread(io.BytesIO(enhanced(diffusion())))
    if harm == "too few groups":
        del dataset.PerFrameFunctionalGroupsSequence[-1]
    elif harm == "no groups":
        del dataset.PerFrameFunctionalGroupsSequence
    else:
        for item in dataset.PerFrameFunctionalGroupsSequence:
            del item.PlanePositionSequence
    buffer = io.BytesIO()
    dataset.save_as(buffer)
    (one,) = sets_of(buffer.getvalue())
    assert (numbers(one), one.is_volume, one.split_reason) == (list(range(1, 11)), False, "")


def test_frames_of_another_count_than_listed_are_left_in_their_order() -> None:
    opened = open_instance(enhanced(diffusion()))
    (whole,) = build_display_sets(opened.series, [opened.instance])
    assert split_frames(whole, opened.shared_facts.frame_stacks[:-1])[0].frames == whole.frames


def test_the_metadata_of_an_object_tell_the_same_of_its_frames_as_the_object() -> None:
    data = enhanced(diffusion(), dimensions=[("FlipAngle", "")])
    raw = json.loads(pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True).to_json())
    told, whole = make_header(raw, {}, FrameRef(STUDY, SERIES, INSTANCE)).frame_stacks, open_instance(data)
    assert told == tuple(
        replace(stack, images=tuple(replace(one, transfer_syntax_uid="") for one in stack.images))
        for stack in whole.shared_facts.frame_stacks)
