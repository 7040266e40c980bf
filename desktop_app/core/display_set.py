"""DisplaySet: what can be hung in a viewport. A series becomes one or more of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_app.core.frame import FrameRef
from desktop_app.core.geometry import cross, dot
from desktop_app.core.study import Instance, Series

# Modalities and SOP classes without pixels: shown as a card, not hung.
_NO_PIXELS = frozenset({"SR", "PR", "KO", "DOC", "RTSTRUCT", "RTPLAN", "RTRECORD", "REG", "ECG", "HD", "AU", "PLAN", "FID", "RWV", "ANN"})
_LAST = {"SR": 1, "PR": 1, "KO": 1, "DOC": 2, "RTSTRUCT": 1, "RTPLAN": 1, "REG": 1}


@dataclass(frozen=True, slots=True)
class DisplaySet:
    """Frames in the order they are scrolled through.

    `key` is stable while instances keep arriving. `expected` is how many frames the archive says there are; it can be
    larger than len(frames) until the whole list is here. `is_volume`: at least three parallel slices at different places.
    """

    key: str
    series: Series
    frames: tuple[FrameRef, ...]
    is_volume: bool = False
    is_image: bool = True
    split_reason: str = ""

    @property
    def start_index(self) -> int:
        """Where it opens: a volume in its middle, anything else at its first image."""
        return len(self.frames) // 2 if self.is_volume else 0

    @property
    def title(self) -> str:
        number = f"{self.series.number} · " if self.series.number is not None else ""
        text = self.series.description or self.series.body_part or self.series.modality or "Series"
        return number + text + (f" ({self.split_reason})" if self.split_reason else "")


def build_display_sets(series: Series, instances: Iterable[Instance]) -> tuple[DisplaySet, ...]:
    """The display sets of a series: multi-frame instances each on their own, single frames of one size as one stack."""
    instances = list({instance.sop_instance_uid: instance for instance in instances}.values())
    without_pixels = series.modality in _NO_PIXELS
    multi = [instance for instance in instances if instance.frames > 1]
    single = sorted((instance for instance in instances if instance.frames <= 1), key=lambda i: (i.rows or 0, i.columns or 0))
    sets: list[DisplaySet] = []
    groups = [list(group) for _, group in groupby(single, key=lambda i: (i.rows, i.columns))]
    groups.sort(key=len, reverse=True)
    for position, group in enumerate(groups):
        ordered, is_volume = stack_order(group)
        size = f"{group[0].columns}×{group[0].rows}" if len(groups) > 1 and group[0].rows else ""
        key = series.series_instance_uid + (f"/{position}" if position else "")
        frames = tuple(_ref(instance, 1) for instance in ordered)
        sets.append(DisplaySet(key, series, frames, is_volume, not without_pixels, size))
    for instance in sorted(multi, key=_by_number):
        frames = tuple(_ref(instance, number) for number in range(1, instance.frames + 1))
        reason = f"image {instance.number}" if len(multi) > 1 and instance.number is not None else ""
        sets.append(DisplaySet(f"{series.series_instance_uid}/{instance.sop_instance_uid}", series, frames, False, True, reason))
    return tuple(sets)


def stack_order(instances: Sequence[Instance]) -> tuple[list[Instance], bool]:
    """Instances in scrolling order, and whether they are a volume.

    By position along the normal where the orientation is constant and the positions differ, else by Instance Number.
    The direction along the normal follows the Instance Numbers, so that scrolling runs as the scanner counted.
    """
    by_number = sorted(instances, key=_by_number)
    located = [instance for instance in by_number if instance.image_position and instance.image_orientation]
    if len(located) < max(3, len(by_number)):
        return by_number, False
    reference = located[0].image_orientation
    assert reference is not None
    if any(_differs(reference, instance.image_orientation) for instance in located):
        return by_number, False
    normal = cross(reference[:3], reference[3:])
    place = {i.sop_instance_uid: dot(i.image_position or (0.0, 0.0, 0.0), normal) for i in located}
    if len({round(value, 3) for value in place.values()}) < len(located):
        return by_number, False                      # several images at one place: time, echo or phase decide
    falling = place[located[0].sop_instance_uid] > place[located[-1].sop_instance_uid]
    return sorted(located, key=lambda i: place[i.sop_instance_uid], reverse=falling), True


def display_order(sets: Iterable[DisplaySet]) -> list[DisplaySet]:
    """Display sets as the series strip shows them: by Series Number, objects without pixels last."""
    def rank(display_set: DisplaySet) -> tuple[int, bool, int, str]:
        number = display_set.series.number
        return (_LAST.get(display_set.series.modality, 0 if display_set.is_image else 1), number is None, number or 0, display_set.key)
    return sorted(sets, key=rank)


def _ref(instance: Instance, number: int) -> FrameRef:
    return FrameRef(instance.study_instance_uid, instance.series_instance_uid, instance.sop_instance_uid, number)


def _by_number(instance: Instance) -> tuple[int, bool, int, str]:
    return (instance.acquisition_number or 0, instance.number is None, instance.number or 0, instance.sop_instance_uid)


def _differs(a: Sequence[float] | None, b: Sequence[float] | None) -> bool:
    return a is None or b is None or any(abs(x - y) > 1e-3 for x, y in zip(a, b, strict=True))
