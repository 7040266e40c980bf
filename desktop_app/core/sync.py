"""Linked scrolling: which slice of another volume lies at the same place of the patient."""

from __future__ import annotations

from itertools import pairwise

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.geometry import dot

_PARALLEL = 0.985           # cos 10°


def slice_at_same_place(source: DisplaySet, index: int, target: DisplaySet) -> int | None:
    """The index in `target` nearest to slice `index` of `source`.

    None where the two cannot be compared: no volume, another frame of reference, planes that are not parallel, or the
    place lies outside `target` by more than a slice.
    """
    here, there = source.slices, target.slices
    if here is None or there is None or here.frame_of_reference_uid != there.frame_of_reference_uid:
        return None
    cosine = dot(here.normal, there.normal)
    if abs(cosine) < _PARALLEL or not 0 <= index < len(here.locations_mm):
        return None
    place = here.locations_mm[index] * (1 if cosine > 0 else -1)
    nearest = min(range(len(there.locations_mm)), key=lambda i: abs(there.locations_mm[i] - place))
    return nearest if abs(there.locations_mm[nearest] - place) <= _reach(there.locations_mm) else None


def _reach(locations_mm: tuple[float, ...]) -> float:
    """The distance of two slices: the median, so that one gap does not matter."""
    ordered = sorted(locations_mm)
    gaps = sorted(b - a for a, b in pairwise(ordered))
    return gaps[len(gaps) // 2] if gaps else 0.0
