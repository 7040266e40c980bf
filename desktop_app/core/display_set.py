"""DisplaySet: what can be hung in a viewport. A series becomes one or more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.geometry import ImagePlane, Vector, cross, dot, unit
from desktop_app.core.slide import SlideLevel, pyramids
from desktop_app.core.stack_check import SOUND, StackCheck, check_stack
from desktop_app.core.stack_split import split_stack
from desktop_app.core.study import Instance, Series

# Modalities and SOP classes (PS3.4 B.5) without pixels: shown as a card, not hung. A prefix ends with a dot.
_NO_PIXELS = frozenset({
    "SR", "PR", "KO", "DOC", "RTSTRUCT", "RTPLAN", "RTRECORD", "REG", "ECG", "HD", "AU", "PLAN", "FID", "RWV", "ANN",
})
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_NO_PIXEL_CLASSES = frozenset(_STORAGE + part for part in (
    "4.2", "8", "9", "10", "11", "66", "66.1", "66.2", "66.3", "66.5", "66.6", "67", "77.1.5.3", "79.1", "80.1", "90.1",
    "91.1", "129", "131", "201.1", "501.3",
    *(f"481.{number}" for number in (*range(3, 23), 25)),
))
_NO_PIXEL_CLASS_PREFIXES = (
    *(_STORAGE + part for part in ("9.", "11.", "68.", "78.", "88.", "104.", "200.")),
    *("1.2.840.10008.5.1.4." + part for part in ("34.", "38.", "39.", "43.", "44.", "45.")),    # plans and templates
)
_LAST = {"DOC": 2}
_PARALLEL = 0.9999
_APART_MM = 1e-3


@dataclass(frozen=True, slots=True)
class SlicePlaces:
    """Where the slices of a volume lie: mm along `normal` from the origin of the frame of reference, in stack order."""

    frame_of_reference_uid: str
    normal: Vector
    locations_mm: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ImageView:
    """How the body lies in the first image, as far as the list tells: what a hanging rule asks for."""

    laterality: str = ""
    view_position: str = ""
    patient_orientation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisplaySet:
    """Frames in the order they are scrolled through.

    `key` is stable while instances keep arriving. `is_volume`: at least three parallel slices at different places.
    `check`: what the list gives away about images that are not in it. `levels` are those of a whole-slide image, which
    is shown as one image. `awaits_frames`: a multi-frame object in the order of its file; what it says of its frames
    comes with the first of them, and then they are put in order (`split_frames`).
    """

    key: str
    series: Series
    frames: tuple[FrameRef, ...]
    is_volume: bool = False
    is_image: bool = True
    split_reason: str = ""
    slices: SlicePlaces | None = None
    check: StackCheck = SOUND
    view: ImageView = ImageView()
    levels: tuple[SlideLevel, ...] = ()
    awaits_frames: bool = False

    @property
    def start_index(self) -> int:
        """Where it opens: a volume in its middle, anything else at its first image."""
        return len(self.frames) // 2 if self.is_volume else 0

    @property
    def title(self) -> str:
        number = f"{self.series.number} · " if self.series.number is not None else ""
        text = self.series.description or self.series.body_part or self.series.modality or "Series"
        return number + text + (f" ({self.split_reason})" if self.split_reason else "")


@dataclass(frozen=True, slots=True)
class Stack:
    """Images or frames that scroll as one, in that order; `reason` in words what sets them apart, empty for all."""

    reason: str
    images: tuple[Instance, ...]
    is_volume: bool
    slices: SlicePlaces | None
    check: StackCheck


def stacks_of(images: Sequence[Instance], modality: str, *, counted: bool = False) -> tuple[Stack, ...]:
    """The stacks of images of one size, the largest first. `counted`: where it is one, its numbers should leave no gap.

    Of a thousand frames it takes a while: not for the GUI thread.
    """
    made = []
    parts = split_stack(images, modality)
    for part in parts:
        ordered, is_volume = stack_order(part.instances)
        made.append(Stack(part.reason, tuple(ordered), is_volume, slice_places(ordered) if is_volume else None,
                          check_stack(ordered, counted=counted and len(parts) == 1)))
    return tuple(made)


def build_display_sets(series: Series, instances: Iterable[Instance]) -> tuple[DisplaySet, ...]:
    """The display sets of a series: multi-frame instances each on their own, single frames of one size as one stack.

    What would not scroll as one is split further, and says why. The largest stack comes first; objects without pixels
    come last, as one set that is no image.
    """
    unique = list({instance.sop_instance_uid: instance for instance in instances}.values())
    images = [instance for instance in unique if has_pixels(series, instance)]
    others = [instance for instance in unique if not has_pixels(series, instance)]
    slides = pyramids(images)
    on_slides = {level.sop_instance_uid for slide in slides for level in slide}
    images = [instance for instance in images if instance.sop_instance_uid not in on_slides]
    multi = sorted((instance for instance in images if instance.frames > 1), key=_by_number)
    by_size = sorted((instance for instance in images if instance.frames <= 1), key=_size)
    stacks = [(size, list(group)) for size, group in groupby(by_size, key=_size)]
    stacks.sort(key=lambda stack: len(stack[1]), reverse=True)
    frames_of_reference = max(1, len({
        one.frame_of_reference_uid for one in by_size if one.frame_of_reference_uid and one.image_orientation}))
    counted = len(stacks) == 1 and not multi and not others
    sets: list[DisplaySet] = [_slide(series, slide, number) for number, slide in enumerate(slides)]
    for (columns, rows), group in stacks:
        size = f"{columns}×{rows}" if rows and columns else ""
        key = "/".join(part for part in (series.series_instance_uid, size) if part)
        sets += _sets(series, key, size if len(stacks) > 1 else "",
                      stacks_of(group, series.modality, counted=counted), frames_of_reference, lambda one: _ref(one, 1))
    for instance in multi:
        frames = tuple(_ref(instance, number) for number in range(1, instance.frames + 1))
        reason = f"image {instance.number}" if len(multi) > 1 and instance.number is not None else ""
        key = f"{series.series_instance_uid}/{instance.sop_instance_uid}"
        sets.append(DisplaySet(key, series, frames, False, True, reason, awaits_frames=True))
    if others:
        frames = tuple(_ref(instance, 1) for instance in sorted(others, key=_by_number))
        sets.append(DisplaySet(f"{series.series_instance_uid}/no-image", series, frames, False, False))
    return tuple(sets)


def split_frames(whole: DisplaySet, stacks: Sequence[Stack]) -> tuple[DisplaySet, ...]:
    """The display sets of one multi-frame object by the stacks of its frames (see `stacks_of`).

    The largest keeps the key. The frames are those of `whole`, each in exactly one set. An object whose frames are not
    those of the list stays as it is.
    """
    named = {ref.frame_number: ref for ref in whole.frames}     # its names here, whatever it calls itself
    if sorted(image.frame_number for stack in stacks for image in stack.images) != sorted(named):
        return (replace(whole, awaits_frames=False),)
    return tuple(_sets(whole.series, whole.key, whole.split_reason, stacks, 1, lambda one: named[one.frame_number]))


def has_pixels(series: Series, instance: Instance) -> bool:
    """Whether an instance can be shown as an image: by its SOP class, or by its modality where that is not known."""
    if not instance.sop_class_uid:
        return series.modality not in _NO_PIXELS
    return (
        instance.sop_class_uid not in _NO_PIXEL_CLASSES
        and not instance.sop_class_uid.startswith(_NO_PIXEL_CLASS_PREFIXES)
    )


def stack_order(instances: Sequence[Instance]) -> tuple[list[Instance], bool]:
    """Instances in scrolling order, and whether they are a volume.

    By position along the normal where the orientation is constant and the positions differ, else by Instance Number.
    The direction along the normal follows the Instance Numbers, so that scrolling runs as the scanner counted.
    """
    by_number = _in_number_order(instances)
    located = [instance for instance in by_number if instance.image_position and instance.image_orientation]
    if len(located) < max(3, len(by_number)):
        return by_number, False
    reference = located[0].image_orientation
    assert reference is not None
    if any(_differs(reference, instance.image_orientation) for instance in located):
        return by_number, False
    normal = cross(reference[:3], reference[3:])
    place = {_name(i): dot(i.image_position or (0.0, 0.0, 0.0), normal) for i in located}
    if len({round(value, 3) for value in place.values()}) < len(located):
        return by_number, False                      # several images at one place: time, echo or phase decide
    first, last = located[0], located[-1]
    counted = first.number is not None and last.number is not None
    falling = counted and place[_name(first)] > place[_name(last)]
    return sorted(located, key=lambda i: place[_name(i)], reverse=falling), True


def slice_places(stack: Sequence[Instance]) -> SlicePlaces | None:
    """Where the parallel slices of a stack lie.

    None without a frame of reference: nothing else makes the places of two series comparable.
    """
    uid, orientation = stack[0].frame_of_reference_uid, stack[0].image_orientation
    if not uid or orientation is None or any(one.frame_of_reference_uid != uid for one in stack):
        return None
    try:
        normal = unit(cross(orientation[:3], orientation[3:]))
    except ValueError:
        return None
    return SlicePlaces(uid, normal, tuple(dot(one.image_position or (0.0, 0.0, 0.0), normal) for one in stack))


def places_of_planes(planes: Sequence[tuple[str, ImagePlane | None]]) -> SlicePlaces | None:
    """Where slices lie, from the (Frame of Reference UID, plane) of each.

    None where they are no stack of parallel slices that rise or fall throughout, in one frame of reference.
    """
    uid, first = planes[0]
    if not uid or first is None:
        return None
    places: list[float] = []
    for other, plane in planes:
        if other != uid or plane is None or dot(plane.normal, first.normal) < _PARALLEL:
            return None
        places.append(dot(plane.position, first.normal))
    steps = [after - before for before, after in pairwise(places)]
    if not steps or not (all(step > _APART_MM for step in steps) or all(step < -_APART_MM for step in steps)):
        return None
    return SlicePlaces(uid, first.normal, tuple(places))


def display_order(sets: Iterable[DisplaySet]) -> list[DisplaySet]:
    """Display sets as the series strip shows them: by Series Number, objects without pixels last."""
    def rank(display_set: DisplaySet) -> tuple[int, bool, int, str]:
        number = display_set.series.number
        kind = 0 if display_set.is_image else _LAST.get(display_set.series.modality, 1)
        return kind, number is None, number or 0, display_set.series.series_instance_uid
    return sorted(sets, key=rank)                     # stable: the sets of one series stay as they were built


def _sets(series: Series, key: str, prefix: str, stacks: Sequence[Stack], frames_of_reference: int,
          ref_of: Callable[[Instance], FrameRef]) -> list[DisplaySet]:
    return [
        DisplaySet(
            f"{key}/{stack.reason}" if place else key,          # the largest keeps the name that a glimpse of it had
            series, tuple(map(ref_of, stack.images)), stack.is_volume, True,
            ", ".join(word for word in (prefix, stack.reason) if word), stack.slices,
            replace(stack.check, frames_of_reference=frames_of_reference), _view_of(series, stack.images[0]))
        for place, stack in enumerate(stacks)]


def _view_of(series: Series, instance: Instance) -> ImageView:
    laterality = instance.laterality or series.laterality
    return ImageView(laterality, instance.view_position, instance.patient_orientation)


def _slide(series: Series, levels: Sequence[Instance], number: int) -> DisplaySet:
    """A pyramid as one image: its first frame stands for all, since nobody scrolls through tiles."""
    found = tuple(SlideLevel(_ref(level, 1), level.frames) for level in levels)
    key = f"{series.series_instance_uid}/slide" + (f" {number + 1}" if number else "")
    return DisplaySet(key, series, (found[0].first,), levels=found)


def _ref(instance: Instance, number: int) -> FrameRef:
    return FrameRef(instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid, number)


def _name(instance: Instance) -> tuple[str, int]:
    return instance.sop_instance_uid, instance.frame_number


def _size(instance: Instance) -> tuple[int, int]:
    return instance.columns or 0, instance.rows or 0


def _in_number_order(instances: Sequence[Instance]) -> list[Instance]:
    """By Instance Number; by Acquisition Number first where the Instance Numbers begin again in each acquisition."""
    numbers = [instance.number for instance in instances if instance.number is not None]
    if len(set(numbers)) == len(numbers):
        return sorted(instances, key=lambda i: _by_number(i)[1:])
    return sorted(instances, key=_by_number)


def _by_number(instance: Instance) -> tuple[int, bool, int, str]:
    return (instance.acquisition_number or 0, instance.number is None, instance.number or 0, instance.sop_instance_uid)


def _differs(a: Sequence[float] | None, b: Sequence[float] | None) -> bool:
    return a is None or b is None or any(abs(x - y) > 1e-3 for x, y in zip(a, b, strict=True))
