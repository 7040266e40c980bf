"""PlainLevel: the elements of a long report, read in one go.

A report of two hundred measurements has thousands of items; a parser that makes a dataset of each would let a person
wait. Only what is in order is read here: for anything odd there is no level, and pydicom reads it, which copes with
more.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pydicom
from pydicom.charset import convert_encodings
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import RawDataElement, convert_raw_data_element
from pydicom.tag import BaseTag
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

assert pydicom

PLAIN_VRS = frozenset({"CS", "SH", "LO", "UI", "DS", "IS", "DA", "TM", "DT", "UT", "ST", "LT", "PN", "UC"})
_LONG = frozenset({"OB", "OW", "OF", "OD", "OL", "OV", "UN", "UT", "UC", "UR", "SQ", "SV", "UV"})
_SHORT = frozenset({"AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS",
                    "ST", "TM", "UI", "UL", "US"})
_HEAD, _WORD = struct.Struct("<HH2sH"), struct.Struct("<I")
_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END, _CHARACTER_SET = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD, 0x00080005
_DEEPEST = 150

Value = tuple[str, int, int]            # VR, and where the value is


class PlainLevel:
    """The elements of a dataset, or of one item of a sequence."""

    __slots__ = ("_data", "_encodings", "_items", "_values")

    def __init__(self, data: bytes, encodings: list[str]) -> None:
        self._data, self._encodings = data, encodings
        self._values: dict[int, Value] = {}
        self._items: dict[int, list[PlainLevel]] = {}

    def value(self, tag: int) -> Any:
        """The value, None where there is none or it cannot be read. Plain text comes as it was written."""
        found = self._values.get(tag)
        if found is None:
            return None
        vr, start, stop = found
        raw = self._data[start:stop]
        if vr in PLAIN_VRS and raw.isascii() and b"\x1b" not in raw:
            return raw.decode("ascii")
        try:
            element = RawDataElement(BaseTag(tag), vr, stop - start, raw, 0, False, True)
            return convert_raw_data_element(element, encoding=self._encodings).value
        except Exception:       # pydicom raises what it likes about values of others
            return None

    def items(self, tag: int) -> list[PlainLevel]:
        """The items of a sequence, none where there is no such sequence."""
        return self._items.get(tag, [])


class _Odd(Exception):
    """What only a patient parser reads."""


def plain_level(data: bytes, is_wanted: Callable[[str], bool]) -> PlainLevel | None:
    """The first level of a Part 10 object in little endian; None where there is anything odd in it.

    `is_wanted` is asked about the SOP class that the file meta names, before more is read.
    """
    try:
        start, sop_class, syntax = _after_meta(data)
        if not is_wanted(sop_class) or syntax not in (ExplicitVRLittleEndian, ImplicitVRLittleEndian):
            return None
        level, _ = _level(data, start, len(data), syntax == ImplicitVRLittleEndian, ["iso8859"], 0)
    except (_Odd, struct.error, LookupError):
        return None
    return level


def _after_meta(data: bytes) -> tuple[int, str, str]:
    """Where the file meta ends, SOP class and transfer syntax."""
    if data[128:132] != b"DICM":
        raise _Odd
    at, found = 132, {0x00020002: "", 0x00020010: ""}
    while data[at : at + 2] == b"\x02\x00":
        tag, vr, start, stop = _element(data, at, len(data), implicit=False)
        if stop == _UNDEFINED or vr == "SQ":
            raise _Odd
        if tag in found:
            found[tag] = data[start:stop].decode("ascii", "replace").strip(" \0")
        at = stop
    return at, found[0x00020002], found[0x00020010]


def _element(data: bytes, at: int, end: int, *, implicit: bool) -> tuple[int, str, int, int]:
    """(tag, VR, where the value begins, where it ends or that this is not said)."""
    group, number, letters, length = _HEAD.unpack_from(data, at)
    tag, start = group << 16 | number, at + 8
    if group == 0xFFFE or implicit:
        vr, length = "" if group == 0xFFFE else _vr(tag), _WORD.unpack_from(data, at + 4)[0]
    else:
        vr = letters.decode("latin-1")
        if vr in _LONG:
            length, start = _WORD.unpack_from(data, start)[0], at + 12
        elif vr not in _SHORT:
            raise _Odd
    if length == _UNDEFINED:
        return tag, vr, start, _UNDEFINED
    if start + length > end:
        raise _Odd
    return tag, vr, start, start + length


def _level(
    data: bytes, at: int, end: int, implicit: bool, encodings: list[str], depth: int
) -> tuple[PlainLevel, int]:
    """The elements from a place on, and where they end: at `end`, or behind the end of an item."""
    if depth > _DEEPEST:
        raise _Odd
    level = PlainLevel(data, encodings)
    values = level._values
    while at < end:
        tag, vr, start, stop = _element(data, at, end, implicit=implicit)
        if tag == _ITEM_END:
            return level, start
        if vr == "SQ":
            level._items[tag], at = _items(data, start, min(stop, end), implicit, level._encodings, depth + 1)
            continue
        if stop == _UNDEFINED or (vr == "UN" and _vr(tag) == "SQ"):
            raise _Odd
        values[tag] = vr, start, stop
        at = stop
        if tag == _CHARACTER_SET:
            level._encodings = _encodings(data[start:stop])
    return level, at


def _items(
    data: bytes, at: int, end: int, implicit: bool, encodings: list[str], depth: int
) -> tuple[list[PlainLevel], int]:
    found: list[PlainLevel] = []
    while at < end:
        tag, _, start, stop = _element(data, at, end, implicit=True)
        if tag == _SEQUENCE_END:
            return found, start
        if tag != _ITEM:
            raise _Odd
        item, at = _level(data, start, min(stop, end), implicit, encodings, depth)
        if stop not in (at, _UNDEFINED):
            raise _Odd
        found.append(item)
    return found, at


def _encodings(raw: bytes) -> list[str]:
    return list(convert_encodings([name.strip(" \0") for name in raw.decode("ascii", "replace").split("\\")]))


@lru_cache(maxsize=2048)
def _vr(tag: int) -> str:
    try:
        return dictionary_VR(tag).split(" or ")[0]
    except KeyError:
        return "UN"
