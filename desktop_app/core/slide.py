"""Slides: how tiles make up a whole-slide image, and its levels a pyramid (PS3.3 C.8.12.4, C.8.12.14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study import Instance

WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
_BESIDE_THE_PYRAMID = frozenset({"LABEL", "OVERVIEW", "LOCALIZER"})


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Where the frames of one level lie in its total pixel matrix, in its pixels, from 0.

    `places` are the (left, top) of every frame of a TILED_SPARSE level, in the order of the frames; None for
    TILED_FULL, whose frames run along the rows.
    """

    total_columns: int
    total_rows: int
    tile_columns: int
    tile_rows: int
    places: tuple[tuple[int, int], ...] | None = field(default=None, repr=False)

    @property
    def across(self) -> int:
        return -(-self.total_columns // self.tile_columns)

    @property
    def down(self) -> int:
        return -(-self.total_rows // self.tile_rows)

    def place_of(self, frame_number: int) -> tuple[int, int] | None:
        """(left, top) of a frame from 1; None for one that is not of this plane."""
        if self.places is not None:
            return self.places[frame_number - 1] if 0 < frame_number <= len(self.places) else None
        row, column = divmod(frame_number - 1, self.across)
        return (column * self.tile_columns, row * self.tile_rows) if 0 <= row < self.down else None

    def frames_in(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """The frame numbers of the tiles that a rectangle touches, those nearest to its middle first.

        Of several frames at one place (focal planes, optical paths) the first.
        """
        if self.places is None:
            last_column, last_row = int(right // self.tile_columns), int(bottom // self.tile_rows)
            columns = range(max(0, int(left // self.tile_columns)), min(self.across, last_column + 1))
            rows = range(max(0, int(top // self.tile_rows)), min(self.down, last_row + 1))
            found = {row * self.across + column + 1: (column * self.tile_columns, row * self.tile_rows)
                     for row in rows for column in columns}
        else:
            at: dict[tuple[int, int], int] = {}
            for number, (x, y) in enumerate(self.places, start=1):
                if x < right and y < bottom and x + self.tile_columns > left and y + self.tile_rows > top:
                    at.setdefault((x, y), number)
            found = {number: place for place, number in at.items()}
        middle_x = (left + right - self.tile_columns) / 2
        middle_y = (top + bottom - self.tile_rows) / 2
        return sorted(found, key=lambda n: (found[n][0] - middle_x) ** 2 + (found[n][1] - middle_y) ** 2)


@dataclass(frozen=True, slots=True)
class SlideLevel:
    """One instance of a pyramid: its first frame, and how many frames it has."""

    first: FrameRef
    frames: int


def pyramids(instances: Iterable[Instance]) -> list[list[Instance]]:
    """The whole-slide levels among instances, one list for each slide, the fewest tiles first.

    Labels and overviews are pictures of their own and left out. Two instances of one frame of reference with as many
    tiles are no levels of each other (another optical path, another focus): each begins a list, so that both are shown.
    """
    by_reference: dict[str, list[Instance]] = {}
    for instance in instances:
        if instance.sop_class_uid == WHOLE_SLIDE and not _BESIDE_THE_PYRAMID & set(instance.image_type):
            by_reference.setdefault(instance.frame_of_reference_uid, []).append(instance)
    return [pyramid for levels in by_reference.values() for pyramid in _with_distinct_levels(levels)]


def _with_distinct_levels(instances: list[Instance]) -> list[list[Instance]]:
    found: list[list[Instance]] = []
    for instance in sorted(instances, key=lambda one: (one.frames, one.number or 0)):
        apart = next((pyramid for pyramid in found if pyramid[-1].frames != instance.frames), None)
        if apart is None:
            found.append([instance])
        else:
            apart.append(instance)
    return found


def level_for(widths: Sequence[int], wanted: float) -> int:
    """Which of the levels (their widths in pixels, rising) shows a slide `wanted` device pixels wide without being
    enlarged by more than a third: the smallest that will do, else the largest."""
    return next((place for place, width in enumerate(widths) if width * 4 / 3 >= wanted), len(widths) - 1)
