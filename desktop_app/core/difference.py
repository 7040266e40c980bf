"""Difference: how two instances that claim to be the same differ, attribute by attribute and pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.words import t


class DifferenceKind(StrEnum):
    """Which of the two has the attribute."""

    CHANGED = t("core", "changed")
    ONLY_FIRST = t("core", "only in the first")
    ONLY_SECOND = t("core", "only in the second")


@dataclass(frozen=True, slots=True)
class TagDifference:
    """One attribute that is not the same. `path` leads through sequences: `(0040,A730)[1].(0040,A160)`, items from 1.

    `first` and `second` are texts to be read: long values are cut, bytes are told by their number and a check sum.
    """

    path: str
    name: str
    vr: str
    kind: DifferenceKind
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class PixelDifference:
    """How the stored values of all frames differ. `reason` says in a sentence why they could not be compared."""

    frames: int = 0
    different_frames: int = 0
    different_values: int = 0
    values: int = 0
    largest: float = 0.0
    reason: str = ""

    @property
    def same(self) -> bool:
        return not self.reason and self.different_values == 0


@dataclass(frozen=True, slots=True)
class InstanceDifference:
    """All of it. `pixels` is None for objects without pixels on both sides."""

    tags: tuple[TagDifference, ...] = ()
    pixels: PixelDifference | None = None

    @property
    def same(self) -> bool:
        return not self.tags and (self.pixels is None or self.pixels.same)
