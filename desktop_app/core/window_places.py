"""Where windows stood, remembered for each set of monitors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Rectangle = tuple[int, int, int, int]          # left, top, width, height

_MOST = 60
_LEAST_SEEN = 80                # px of a window that must be on some monitor, so that a hand can reach it
_LINE = re.compile(r"(?P<name>[a-z0-9 ]+) @ (?P<screens>[0-9x+\- |]+) = "
                   r"(?P<left>-?\d+) (?P<top>-?\d+) (?P<width>\d+) (?P<height>\d+)(?P<maximized> maximized)?")


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """One window on one set of monitors. `text` is how a person reads it in the settings."""

    name: str
    screens: str
    area: Rectangle
    maximized: bool = False

    @property
    def text(self) -> str:
        area = " ".join(str(value) for value in self.area)
        return f"{self.name} @ {self.screens} = {area}{' maximized' if self.maximized else ''}"

    @classmethod
    def parse(cls, text: str) -> WindowPlace | None:
        """None for what is no such line."""
        found = _LINE.fullmatch(text)
        if found is None:
            return None
        left, top, width, height = (int(found[part]) for part in ("left", "top", "width", "height"))
        if width < _LEAST_SEEN or height < _LEAST_SEEN:
            return None
        return cls(found["name"], found["screens"], (left, top, width, height), found["maximized"] is not None)


def screens_key(screens: Iterable[Rectangle]) -> str:
    """The set of monitors as text, the same in whatever order they are told: `1920x1080+0+0 | 2560x1440+1920+0`."""
    return " | ".join(sorted(f"{width}x{height}{left:+d}{top:+d}" for left, top, width, height in screens))


def remembered(lines: Sequence[str], name: str, screens: Sequence[Rectangle]) -> WindowPlace | None:
    """Where this window stood on these monitors; None when that is not known, or out of a hand's reach."""
    key = screens_key(screens)
    for line in reversed(lines):
        place = WindowPlace.parse(line)
        if place is not None and (place.name, place.screens) == (name, key):
            return place if any(_seen(place.area, screen) for screen in screens) else None
    return None


def with_place(lines: Sequence[str], place: WindowPlace) -> tuple[str, ...]:
    """The lines with this place instead of the same window's earlier one; the oldest go when there are too many."""
    def is_same(line: str) -> bool:
        other = WindowPlace.parse(line)
        return other is not None and (other.name, other.screens) == (place.name, place.screens)

    return (*(line for line in lines if not is_same(line)), place.text)[-_MOST:]


def _seen(area: Rectangle, screen: Rectangle) -> bool:
    across = min(area[0] + area[2], screen[0] + screen[2]) - max(area[0], screen[0])
    top_is_there = screen[1] <= area[1] < screen[1] + screen[3] - _LEAST_SEEN // 2
    return across >= _LEAST_SEEN and top_is_there
