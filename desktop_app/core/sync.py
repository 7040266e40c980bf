"""Linked viewports: which slice, window, zoom and place of another image answer to those of the one in use."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.geometry import ImagePlane, Vector, dot
from desktop_app.core.view_state import MAX_ZOOM, MIN_ZOOM, ViewState
from desktop_app.core.view_transform import ViewTransform

if TYPE_CHECKING:                       # it brings numpy, and the record of a session is read before the first window
    from desktop_app.core.frame import Frame

_PARALLEL = 0.985           # cos 10°


@dataclass(frozen=True, slots=True)
class Links:
    """What linked viewports have in common. `scroll` is the link of the slices."""

    scroll: bool = True
    window: bool = False
    zoom: bool = False
    pan: bool = False


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is kept of the links of a study. `anchors`: (key of a display set, index) of slices linked by hand."""

    links: Links = Links()
    shows_lines: bool = True
    anchors: tuple[tuple[str, int], ...] = ()


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
    return _nearest(there.locations_mm, place)


def slice_by_offset(source: DisplaySet, index: int, target: DisplaySet, anchors: tuple[int, int]) -> int | None:
    """The index in `target` for slice `index` of `source`, where the user said that two slices belong together.

    `anchors` are those two: (in source, in target). The distance from them is kept in millimetres where both are
    volumes of parallel planes, else in images. The answer never leaves `target`.
    """
    if not target.frames:
        return None
    anchor, other = anchors
    here, there = source.slices, target.slices
    steps = index - anchor
    if here is not None and there is not None and abs(cosine := dot(here.normal, there.normal)) >= _PARALLEL:
        inside = max(index, anchor) < len(here.locations_mm) and other < len(there.locations_mm)
        if inside and min(index, anchor, other) >= 0:
            distance = (here.locations_mm[index] - here.locations_mm[anchor]) * (1 if cosine > 0 else -1)
            place = there.locations_mm[other] + distance
            return _closest(there.locations_mm, place)
    return min(max(other + steps, 0), len(target.frames) - 1)


def slice_through(target: DisplaySet, frame_of_reference_uid: str, point: Vector) -> int | None:
    """The slice of `target` that lies nearest to a point of the patient (mm).

    None for another frame of reference, for what is no volume, and where the point lies outside by more than a slice.
    """
    there = target.slices
    if there is None or not frame_of_reference_uid or there.frame_of_reference_uid != frame_of_reference_uid:
        return None
    return _nearest(there.locations_mm, dot(point, there.normal))


def same_window(source: DisplaySet, state: ViewState, target: DisplaySet, other: ViewState) -> ViewState:
    """The other state with the window of this one, where both hold values of one kind: of the same modality."""
    if source.series.modality != target.series.modality:
        return other
    return replace(other, window=state.window, inverted=state.inverted)


@dataclass(frozen=True, slots=True)
class Sight:
    """A viewport as linking sees it: how it is looked at, what is shown, how large it is."""

    state: ViewState
    frame: Frame | None
    size: tuple[float, float]

    @property
    def transform(self) -> ViewTransform | None:
        if self.frame is None or min(self.size) <= 0:
            return None
        shape = (self.frame.columns, self.frame.rows)
        return ViewTransform.of(self.state, shape, self.size, self.frame.facts.pixel_aspect_ratio)


def same_zoom(leader: Sight, follower: Sight) -> ViewState:
    """The follower's state enlarged as the leader is: to the same size of a millimetre, where both know their scale."""
    here, there = leader.transform, follower.transform
    if here is not None and there is not None and leader.frame is not None and follower.frame is not None:
        one, other = leader.frame.facts.spacing_mm, follower.frame.facts.spacing_mm
        if one is not None and other is not None:
            zoom = follower.state.zoom * (here.scale / one[1]) / (there.scale / other[1])
            return replace(follower.state, zoom=min(max(zoom, MIN_ZOOM), MAX_ZOOM))
    return replace(follower.state, zoom=leader.state.zoom)


def same_place(leader: Sight, follower: Sight) -> ViewState:
    """The follower's state moved so that its middle shows the patient's place in the middle of the leader.

    Where the two cannot be compared (another frame of reference, no planes, planes that are not parallel), it is moved
    by the same share of the viewport.
    """
    here, there, first, second = leader.transform, follower.transform, leader.frame, follower.frame
    plain = replace(follower.state, pan=leader.state.pan)
    if here is None or there is None or first is None or second is None:
        return plain
    if not is_comparable(first, second):
        return plain
    assert first.plane is not None and second.plane is not None
    if abs(dot(first.plane.normal, second.plane.normal)) < _PARALLEL:
        return plain
    middle = patient_point(first.plane, here.to_image(leader.size[0] / 2, leader.size[1] / 2))
    x, y = there.to_view(*image_point(second.plane, middle))
    side = min(follower.size)
    pan = follower.state.pan
    moved = (pan[0] + (follower.size[0] / 2 - x) / side, pan[1] + (follower.size[1] / 2 - y) / side)
    return replace(follower.state, pan=moved)


def is_comparable(one: Frame, other: Frame) -> bool:
    """Whether places of one image can be found in the other: planes in the same frame of reference."""
    uid = one.facts.frame_of_reference_uid
    return bool(uid) and uid == other.facts.frame_of_reference_uid and None not in (one.plane, other.plane)


def patient_point(plane: ImagePlane, point: tuple[float, float]) -> Vector:
    """Patient mm of continuous image coordinates, whose (0.5, 0.5) is the centre of the first pixel."""
    return plane.to_patient(point[0] - 0.5, point[1] - 0.5)


def image_point(plane: ImagePlane, point: Vector) -> tuple[float, float]:
    """Continuous image coordinates of the projection of a patient position (mm) on the plane."""
    column, row = plane.to_image(point)
    return column + 0.5, row + 0.5


def _nearest(locations_mm: tuple[float, ...], place: float) -> int | None:
    """The index of the nearest location; None beyond the ends by more than a slice."""
    nearest = _closest(locations_mm, place)
    return nearest if abs(locations_mm[nearest] - place) <= _reach(locations_mm) else None


def _closest(locations_mm: tuple[float, ...], place: float) -> int:
    """The index of the nearest location of a stack, whose locations rise or fall throughout."""
    sign = 1 if locations_mm[-1] >= locations_mm[0] else -1
    after = bisect_left(locations_mm, sign * place, key=lambda location: sign * location)
    around = [index for index in (after - 1, after) if 0 <= index < len(locations_mm)]
    return min(around, key=lambda index: abs(locations_mm[index] - place))


@lru_cache(maxsize=64)
def _reach(locations_mm: tuple[float, ...]) -> float:
    """The distance of two slices: the median, so that one gap does not matter."""
    ordered = sorted(locations_mm)
    gaps = sorted(b - a for a, b in pairwise(ordered))
    return gaps[len(gaps) // 2] if gaps else 0.0
