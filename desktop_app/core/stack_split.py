"""Splitting a series into stacks that can be scrolled: localisers, planes, b-values, echoes, times, copies."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop_app.core.geometry import Vector, cross, dot, orientation_letters, unit
from desktop_app.core.study import Instance
from desktop_app.core.words import say, t

_SAME_PLANE = 0.996             # cos 5°
_MOST_PLANES = 6                # more is a rotation, which is scrolled as one
_MOST_GROUPS = 24               # more cards than this help nobody: a long run of times stays one stack
_MOSTLY = 0.9                   # of the places: fewer copies than the rest are named, not split off
_PLANES = {"LR": "sagittal", "RL": "sagittal", "AP": "coronal", "PA": "coronal", "HF": "axial", "FH": "axial"}
_PROJECTIONS = frozenset({"MG", "DX", "CR"})
_LATERALITY = {"R": "R", "L": "L", "B": "both"}


@dataclass(frozen=True, slots=True)
class Part:
    """Instances that belong together, and in words what sets them apart from the rest; empty for the whole."""

    reason: str
    instances: tuple[Instance, ...]


def split_stack(instances: Sequence[Instance], modality: str = "") -> tuple[Part, ...]:
    """The parts of images of one size, the largest first. One part without a reason where nothing sets them apart.

    Nothing is lost: every instance is in exactly one part.
    """
    parts = [Part("", tuple(instances))]
    if modality in _PROJECTIONS:
        parts = _each(parts, _by_projection)
    parts = _each(parts, _by_localizer)
    parts = _each(parts, _by_frame_of_reference)
    parts = _each(parts, _by_plane)
    parts = _each(parts, _by_stack_id)
    for attribute in (*_ATTRIBUTES, *_dimensions(instances)):
        parts = _each(parts, partial(_by_attribute, attribute))
    parts = _each(parts, _by_copy)
    return tuple(sorted(parts, key=lambda part: len(part.instances), reverse=True))


_Groups = list[tuple[str, list[Instance]]]


def _each(parts: list[Part], split: Callable[[Sequence[Instance]], _Groups]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        groups = split(part.instances)
        if len(groups) < 2:
            found.append(part)
            continue
        for reason, group in groups:
            found.append(Part(", ".join(word for word in (part.reason, reason) if word), tuple(group)))
    return found


def _grouped(instances: Sequence[Instance], key: Callable[[Instance], Hashable]) -> dict[Hashable, list[Instance]]:
    groups: dict[Hashable, list[Instance]] = {}
    for instance in instances:
        groups.setdefault(key(instance), []).append(instance)
    return groups


def _by_projection(instances: Sequence[Instance]) -> _Groups:
    """Views of a radiograph: Image Laterality (PS3.3 C.8.11.7) and View Position. `R CC`, `L MLO`, `LAT`."""
    def view(instance: Instance) -> str:
        side = _LATERALITY.get(instance.laterality, instance.laterality)
        return " ".join(word for word in (side, instance.view_position) if word)

    groups = _grouped(instances, view)
    return [(str(name) or say("core", "other view"), group) for name, group in groups.items()]


def _by_localizer(instances: Sequence[Instance]) -> _Groups:
    """Localisers among slices, by the third value of Image Type (PS3.3 C.8.2.1.1.1)."""
    groups = _grouped(instances, lambda instance: "LOCALIZER" in instance.image_type)
    return [(say("core", "localiser") if is_one else "", group) for is_one, group in groups.items()]


def _by_frame_of_reference(instances: Sequence[Instance]) -> _Groups:
    groups = _grouped(instances, lambda instance: instance.frame_of_reference_uid)
    words = say("core", "frame of reference {number}")
    return [(words.format(number=number), group) for number, group in enumerate(groups.values(), start=1)]


def _by_plane(instances: Sequence[Instance]) -> _Groups:
    """Orientations that differ; those that are missing or impossible are a group of their own."""
    planes: list[tuple[tuple[Vector, Vector] | None, list[Instance]]] = []
    for instance in instances:
        directions = _directions(instance)
        for known, group in planes:
            if _same_plane(directions, known):
                group.append(instance)
                break
        else:
            planes.append((directions, [instance]))
    if not 2 <= len(planes) <= _MOST_PLANES or max(len(group) for _, group in planes) < 3:
        return []
    names = [_plane_name(directions) for directions, _ in planes]
    groups = []
    for place, (name, (_, group)) in enumerate(zip(names, planes, strict=True)):
        number = names[: place + 1].count(name)
        groups.append((f"{name} {number}" if names.count(name) > 1 else name, group))
    return groups


def _by_stack_id(instances: Sequence[Instance]) -> _Groups:
    """Frames that their object counts as stacks of their own; nothing where each is one."""
    groups = _grouped(instances, lambda instance: instance.stack_id)
    if not 2 <= len(groups) <= _MOST_GROUPS or max(len(group) for group in groups.values()) < 2:
        return []
    words, other = say("core", "stack {number}"), say("core", "other")
    return [(words.format(number=name) if name else other, group) for name, group in groups.items()]


def _by_attribute(attribute: _Attribute, instances: Sequence[Instance]) -> _Groups:
    """By a value that tells images at one place apart; nothing where every place is there once."""
    if not _has_copies(instances):
        return []
    groups = _grouped(instances, attribute.value)
    fewest = 1 if attribute.counts_frames else 2
    if not 2 <= len(groups) <= _MOST_GROUPS or any(len(group) < fewest for group in groups.values()):
        return []
    if sum(_distinct(group) for group in groups.values()) <= _distinct(instances):
        return []                                   # it does not tell images at one place apart
    known = sorted(value for value in groups if value is not None)  # type: ignore[type-var]
    named = [(attribute.word(value, place), groups[value]) for place, value in enumerate(known, start=1)]  # type: ignore[arg-type]
    return [*named, (say("core", "other"), groups[None])] if None in groups else named


def _by_copy(instances: Sequence[Instance]) -> _Groups:
    """What nothing tells apart but that it is there again: the first, second … image of each place."""
    if not _has_copies(instances) or _distinct(instances) > _MOSTLY * len(instances):
        return []
    seen: dict[Hashable, int] = {}
    groups: dict[int, list[Instance]] = {}
    for instance in sorted(instances, key=lambda one: (one.number is None, one.number or 0, one.sop_instance_uid)):
        place = _place(instance)
        seen[place] = seen.get(place, 0) + 1
        groups.setdefault(seen[place], []).append(instance)
    if len(groups) > _MOST_GROUPS:
        return []
    words = say("core", "pass {number}")
    return [(words.format(number=number), group) for number, group in groups.items()]


@dataclass(frozen=True, slots=True)
class _Attribute:
    value: Callable[[Instance], float | str | None]
    word: Callable[[float | str, int], str]         # of the value, and its place among the values
    counts_frames: bool = False                     # by the object's own count: also where that leaves one image alone


def _kind_of_image(instance: Instance) -> str | None:
    """The third value of Image Type: M magnitude, P phase, ADC … (PS3.3 C.8.3.1.1.1)."""
    return "/".join(instance.image_type[2:]) or None


def _named(word: str) -> Callable[[float | str, int], str]:
    return lambda value, place: say("core", word).format(value=value, place=place)


def _b_value(value: float | str, place: int) -> str:
    return f"b {value:g}" if isinstance(value, float) else f"b {value}"


def _echo_time(value: float | str, place: int) -> str:
    return f"TE {value:g} ms" if isinstance(value, float) else f"TE {value} ms"


_ATTRIBUTES = (
    _Attribute(lambda one: one.b_value, _b_value),
    _Attribute(_kind_of_image, _named("{value}")),
    _Attribute(lambda one: one.contrast_phase or None, _named("{value}")),
    _Attribute(lambda one: one.echo_number, _named(t("core", "echo {value}"))),
    _Attribute(lambda one: one.echo_time_ms, _echo_time),
    _Attribute(lambda one: one.temporal_position, _named(t("core", "time {place}"))),
    _Attribute(lambda one: one.trigger_time_ms, _named(t("core", "phase {place}"))),
    _Attribute(lambda one: one.acquisition_number, _named(t("core", "acquisition {value}"))),
    _Attribute(lambda one: one.acquisition_time or None, _named(t("core", "time {place}"))),
    _Attribute(lambda one: one.content_time or None, _named(t("core", "time {place}"))),
)


def _dimensions(instances: Sequence[Instance]) -> tuple[_Attribute, ...]:
    """Whatever else an object counts its frames by (Dimension Index Sequence), in its own words."""
    first = instances[0].dimensions if instances else ()
    return tuple(_dimension(at, words) for at, (words, _) in enumerate(first))


def _dimension(at: int, words: str) -> _Attribute:
    def value(one: Instance) -> float | None:
        return one.dimensions[at][1] if at < len(one.dimensions) else None

    return _Attribute(value, lambda value, place: f"{words} {value}", counts_frames=True)


def _directions(instance: Instance) -> tuple[Vector, Vector] | None:
    orientation = instance.image_orientation
    if orientation is None:
        return None
    try:
        return unit(orientation[:3]), unit(orientation[3:])
    except ValueError:
        return None


def _same_plane(one: tuple[Vector, Vector] | None, other: tuple[Vector, Vector] | None) -> bool:
    if one is None or other is None:
        return one is other
    return dot(one[0], other[0]) >= _SAME_PLANE and dot(one[1], other[1]) >= _SAME_PLANE


def _plane_name(directions: tuple[Vector, Vector] | None) -> str:
    if directions is None:
        return say("core", "no orientation")
    letters = orientation_letters(cross(*directions))
    name = next((plane for pair, plane in _PLANES.items() if letters[:1] == pair[0]), "oblique")
    return name if len(letters) == 1 else f"oblique {name}"


def _place(instance: Instance) -> Hashable:
    position = instance.image_position
    return tuple(round(value, 2) for value in position) if position is not None else None


def _distinct(instances: Sequence[Instance]) -> int:
    return len({_place(instance) for instance in instances})


def _has_copies(instances: Sequence[Instance]) -> bool:
    """Whether several places are there more than once; one place again and again is scrolled as it is."""
    located = all(one.image_position is not None for one in instances)
    return located and 1 < _distinct(instances) < len(instances)
