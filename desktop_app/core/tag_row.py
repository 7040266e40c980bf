"""TagRow: one attribute of an object, as a browser shows it."""

from __future__ import annotations

from dataclasses import dataclass

TagPath = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagRow:
    """One element, or one item of a sequence.

    `path` leads to it from the root: positions in each level. `children` is how many rows lie below it; `value` is one
    line, cut where it is long; `trouble` says what is wrong with it. An item has neither keyword nor VR.
    """

    path: TagPath
    tag: str
    name: str
    keyword: str = ""
    vr: str = ""
    length: int = 0
    value: str = ""
    children: int = 0
    is_private: bool = False
    trouble: str = ""
    place: str = ""             # in words, for search results: `Per-Frame Functional Groups [3] › Frame Content [1]`
