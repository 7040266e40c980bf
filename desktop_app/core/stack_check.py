"""StackCheck: what the list of a stack's images gives away about images that are not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from desktop_app.core.geometry import cross, dot
from desktop_app.core.study import Instance

_FEWEST = 5  # images; fewer have no rhythm that could be missed
_UNEVEN = 0.1  # of the usual distance: more is named
_UNEVEN_MM = 0.05  # less is how the numbers were rounded
_MOST_MISSING = 0.2  # of the images; with more gaps than that, the numbers or distances mean something else
_MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class StackCheck:
    """`missing` images by their places or numbers, `duplicates` at a place where there is one already.

    `spacing_mm`: the least and the greatest distance where distances differ, None where they are even or not known.
    `frames_of_reference` of the series: with more than one, places here say nothing about its other stacks.
    """

    missing: int = 0
    duplicates: int = 0
    spacing_mm: tuple[float, float] | None = None
    frames_of_reference: int = 1

    @property
    def is_sound(self) -> bool:
        return self == SOUND


SOUND = StackCheck()


def check_stack(ordered: Sequence[Instance], *, counted: bool = True) -> StackCheck:
    """Judges images in scrolling order. `counted`: their Instance Numbers should leave no gap, because the series holds
    nothing else."""
    if len(ordered) < _FEWEST:
        return SOUND
    places = _places(ordered)
    if places is None:
        return StackCheck(_missing_numbers(ordered) if counted else 0)
    distinct = sorted(set(places))
    duplicates = len(places) - len(distinct)
    if duplicates and len(distinct) < _MOSTLY * len(places):
        return StackCheck(_missing_numbers(ordered) if counted else 0)  # times, phases or echoes of the same places
    missing, spacing = _rhythm(distinct)
    return StackCheck(missing, duplicates, spacing)


def _places(instances: Sequence[Instance]) -> list[float] | None:
    """Along the normal in mm; None where they are not parallel, or their places are not known."""
    orientation = instances[0].image_orientation
    if orientation is None:
        return None
    normal = cross(orientation[:3], orientation[3:])
    places = []
    for instance in instances:
        own, position = instance.image_orientation, instance.image_position
        if own is None or position is None or any(abs(a - b) > 1e-3 for a, b in zip(orientation, own, strict=True)):
            return None
        places.append(round(dot(position, normal), 3))
    return places


def _rhythm(places: Sequence[float]) -> tuple[int, tuple[float, float] | None]:
    steps = [following - place for place, following in pairwise(places)]
    if len(steps) < _FEWEST - 1:
        return 0, None
    usual = median(steps)
    tolerance = max(_UNEVEN * usual, _UNEVEN_MM)
    missing, uneven = 0, False
    for step in steps:
        times = max(1, round(step / usual))
        missing += times - 1
        uneven = uneven or abs(step - times * usual) > tolerance
    if missing > _MOST_MISSING * len(places):
        missing, uneven = 0, True
    return missing, (min(steps), max(steps)) if uneven else None


def _missing_numbers(instances: Sequence[Instance]) -> int:
    numbers = {instance.number for instance in instances if instance.number is not None}
    if len(numbers) < len(instances):
        return 0
    missing = max(numbers) - min(numbers) + 1 - len(numbers)
    return missing if missing <= _MOST_MISSING * len(numbers) else 0
