"""Search keys: what a query string asks (PS3.18 8.3.4), and whether an element answers it (PS3.4 C.2.2.2).

The catalogue answers most keys by index; what is not indexed is decided here, by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from desktop_app.archive.attributes import TIME_OF_DATE, Kind, Level, kind_of_vr, tag_of, vr_of
from desktop_app.archive.moments import Span, normalised, parse_span
from desktop_app.core.query import wildcard_expression

_NOT_ATTRIBUTES = frozenset((
    "limit", "offset", "includefield", "fuzzymatching", "emptyvaluematching", "multiplevaluematching", "accept",
    "charset",
))
FUZZY_NOT_SUPPORTED = "The fuzzymatching parameter is not supported. Only literal matching has been performed."
_COMMA_LISTS = frozenset(("UI", "CS", "AE", "IS", "US", "SS", "UL", "SL"))       # no comma can be part of a value
_TEXT_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")


class BadSearch(ValueError):
    """A query that cannot be understood; its text says what."""


@dataclass(frozen=True)
class Key:
    """One attribute and what it must be. `path` reaches through sequences; `vr` is that of its end.

    Of `texts` (folded, may hold wildcards), `numbers` and `spans` the one that fits `kind` is filled; one of several
    alternatives must match. `times` is filled when a date range and a time range are matched combined.
    """

    path: tuple[int, ...]
    vr: str
    texts: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    span: Span | None = None
    times: Span | None = None

    @property
    def tag(self) -> int:
        return self.path[0]

    @property
    def kind(self) -> Kind:
        return kind_of_vr(self.vr)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """`texts` as one regular expression."""
        return re.compile("|".join(wildcard_expression(text) for text in self.texts), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Search:
    """One search: the level listed, the study and series it is confined to, the keys, and what to answer with.

    `include` are tags beyond the usual ones. `limit` None means as many as the archive is willing to send.
    """

    level: Level
    study_uid: str = ""
    series_uid: str = ""
    keys: tuple[Key, ...] = ()
    include: frozenset[int] = frozenset()
    include_all: bool = False
    limit: int | None = None
    offset: int = 0
    warnings: tuple[str, ...] = ()


def parse_search(level: Level, parameters: Iterable[tuple[str, str]], *, study_uid: str = "",
                 series_uid: str = "") -> Search:
    """A query string, decoded into pairs, as Search. Raises BadSearch."""
    keys: list[Key] = []
    include: set[int] = set()
    warnings: list[str] = []
    include_all = False
    numbers: dict[str, int] = {}
    for name, value in parameters:
        if name in ("limit", "offset"):
            numbers[name] = _whole_number(name, value)
        elif name == "includefield":
            wanted = {field.strip().split(".")[0] for field in value.split(",")}
            include_all = include_all or "all" in wanted
            include.update(tag for field in wanted - {"all"} if (tag := tag_of(field)) is not None)
        elif name == "fuzzymatching":
            warnings += [FUZZY_NOT_SUPPORTED] if value.lower() == "true" else []
        elif name not in _NOT_ATTRIBUTES:
            path = _path(name)
            include.add(path[0])                        # what is asked for is answered with
            if (key := _key(path, value)) is not None:
                keys.append(key)
    return Search(level, study_uid, series_uid, _combined(keys), frozenset(include), include_all, numbers.get("limit"),
                  numbers.get("offset", 0), tuple(warnings))


def _whole_number(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise BadSearch(f"{name} must be a whole number of zero or more")
    return int(value)


def _path(name: str) -> tuple[int, ...]:
    tags = [tag_of(part) for part in name.split(".")]
    if None in tags:
        raise BadSearch(f"{name[:80]!r} is no attribute that this archive knows")
    return tuple(tag for tag in tags if tag is not None)


def _key(path: tuple[int, ...], value: str) -> Key | None:
    """One key, or None for universal matching (PS3.4 C.2.2.2.3)."""
    vr = vr_of(path[-1])
    kind = kind_of_vr(vr)
    value = value.strip()
    if not value.strip("*") or kind is Kind.SEQUENCE:
        return None
    try:
        if kind is Kind.MOMENT:
            return Key(path, vr, span=parse_span(vr, value))
        parts = value.replace(",", "\\").split("\\") if vr in _COMMA_LISTS else value.split("\\")
        parts = [part.strip() for part in parts if part.strip()]
        if kind is Kind.NUMBER:
            return Key(path, vr, numbers=tuple(float(part) for part in parts))
    except ValueError as error:
        raise BadSearch(f"{value[:80]!r} is no value for an attribute of VR {vr}") from error
    if kind is Kind.UID:
        return Key(path, vr, texts=tuple(parts))
    return Key(path, vr, texts=tuple(folded_name(part) if vr == "PN" else folded(part) for part in parts))


def _combined(keys: Sequence[Key]) -> tuple[Key, ...]:
    """A date range and the range of its time become one key (PS3.4 C.2.2.2.5.4)."""
    ranges = {key.path: key.span for key in keys if key.span is not None and key.span.is_range}
    paired = {path: (*path[:-1], TIME_OF_DATE[path[-1]]) for path in ranges if path[-1] in TIME_OF_DATE}
    paired = {date: time for date, time in paired.items() if time in ranges}
    swallowed = set(paired.values())
    return tuple(
        Key(key.path, key.vr, span=key.span, times=ranges[paired[key.path]]) if key.path in paired else key
        for key in keys if key.path not in swallowed
    )


def folded(text: str) -> str:
    """Text as it is compared: case and the way accents are written do not matter."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def folded_name(text: str) -> str:
    """A person's name as it is compared: empty components at the end do not matter (PS3.5 6.2.1)."""
    return "=".join(group.strip().rstrip("^ ") for group in folded(text).split("=")).rstrip("=")


def has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


def text_values(vr: str, element: dict[str, Any] | None) -> list[str]:
    """The values of an element as they are compared; each group of a name is a value, and all groups together."""
    values = [value for value in (element or {}).get("Value", ()) if value is not None]
    if vr != "PN":
        return [str(value) if vr == "UI" else folded(str(value)) for value in values]
    names = []
    for value in values:
        groups = [value.get(group, "") for group in _TEXT_GROUPS] if isinstance(value, dict) else [str(value)]
        names += [folded_name(group) for group in groups if group]
        if len([group for group in groups if group]) > 1:
            names.append(folded_name("=".join(groups)))
    return names


def moment_values(vr: str, element: dict[str, Any] | None) -> list[str]:
    """The days, times or date-times of an element, made comparable; unreadable ones are left out."""
    found = (normalised(vr, str(value)) for value in (element or {}).get("Value", ()) if value is not None)
    return [value for value in found if value is not None]


def number_values(element: dict[str, Any] | None) -> list[float]:
    return [float(value) for value in (element or {}).get("Value", ()) if isinstance(value, int | float)]


def matches(key: Key, elements: dict[int, dict[str, Any]]) -> bool:
    """Whether a data set (tag → DICOM JSON element) answers a key."""
    holders = [elements]
    for tag in key.path[:-1]:
        holders = [_item(item) for holder in holders for item in holder.get(tag, {}).get("Value", ()) if item]
    return any(_matches_here(key, holder) for holder in holders)


def _item(item: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {int(name, 16): element for name, element in item.items()}


def _matches_here(key: Key, elements: dict[int, dict[str, Any]]) -> bool:
    tag = key.path[-1]
    element = elements.get(tag)
    if key.span is not None and key.times is not None:
        days = moment_values(key.vr, element)
        clocks = moment_values("TM", elements.get(TIME_OF_DATE[tag])) or ["000000000000"]
        return any(key.span.low + key.times.low <= day + clock <= key.span.high + key.times.high
                   for day, clock in zip(days, clocks, strict=False))
    if key.span is not None:
        return any(key.span.contains(value) for value in moment_values(key.vr, element))
    if key.kind is Kind.NUMBER:
        return any(value in key.numbers for value in number_values(element))
    if key.kind is Kind.UID:
        return any(value in key.texts for value in text_values(key.vr, element))
    return any(key.expression.fullmatch(value) for value in text_values(key.vr, element))
