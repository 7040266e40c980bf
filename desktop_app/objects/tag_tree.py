"""TagTree: all attributes of an object, level by level, read only when they are looked at.

It walks over the bytes itself: an enhanced multi-frame has tens of thousands of elements, and a parser that makes an
object of each would let a person wait. A wrong length is shown as what it is, and what follows is read as far as it
goes.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pydicom
from pydicom.charset import convert_encodings
from pydicom.datadict import (
    dictionary_description,
    dictionary_keyword,
    dictionary_VR,
    private_dictionary_description,
)
from pydicom.dataelem import RawDataElement, convert_raw_data_element
from pydicom.tag import BaseTag
from pydicom.uid import UID

from desktop_app.core.errors import NotDicom
from desktop_app.core.tag_row import TagPath, TagRow
from desktop_app.core.words import say

assert pydicom

_LONG = frozenset({b"OB", b"OW", b"OF", b"OD", b"OL", b"OV", b"UN", b"UT", b"UC", b"UR", b"SQ", b"SV", b"UV"})
_BULK = frozenset({"OB", "OW", "OF", "OD", "OL", "OV", "UN"})
_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END, _PIXELS = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD, 0x7FE00010
_DEFLATED, _BIG, _IMPLICIT = "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2"
_MOST_SHOWN = 200               # letters of a value in its row
_MOST_WHOLE = 200_000           # letters of a value on its own
_MOST_BULK = 64                 # bytes of binary values that are shown
_MOST_FOUND = 500
_DEEPEST = 100
_TEXTS = frozenset({"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UN",
                    "UR", "UT"})
_NUMERIC = frozenset("0123456789abcdefinxty+-.,: ()[]\\…")

_Creators = dict[tuple[int, int], str]
_MOST_INFLATED = 1 << 30


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    vr: str
    start: int                  # of the value
    stop: int
    is_sequence: bool = False
    implicit: bool = False
    trouble: str = ""


class TagTree:
    """Of one object. Safe in any thread. Raises NotDicom for bytes that are no object."""

    def __init__(self, data: bytes) -> None:
        self._lock = threading.Lock()
        self._levels: dict[TagPath, tuple[_Element, ...]] = {}
        self._items: dict[TagPath, tuple[tuple[int, int], ...]] = {}
        self._data, self._meta, start, syntax = _opened(data)
        self._implicit, self._endian = syntax == _IMPLICIT, ">" if syntax == _BIG else "<"
        if not syntax and start < len(self._data):
            self._implicit = not self._data[start + 4 : start + 6].isalpha()
        self._start = start

    def rows(self, path: TagPath = ()) -> tuple[TagRow, ...]:
        """The rows directly below a path; () is the root. Items of a sequence are a level of their own."""
        with self._lock:
            return self._rows(path)

    def search(self, text: str) -> tuple[TagRow, ...]:
        """Every element, at any depth, whose tag, keyword, name or value holds the text; the first 500."""
        wanted = text.casefold().strip()
        found: list[TagRow] = []
        with self._lock:
            for path, element, creators in self._walk(()):
                if self._holds(element, path, creators, wanted):
                    row = self._row(element, path, self._encodings(path[:-1]), creators)
                    found.append(replace(row, place=self._place(path)))
                    if len(found) >= _MOST_FOUND:
                        break
        return tuple(found)

    def _walk(self, path: TagPath) -> Iterator[tuple[TagPath, _Element, _Creators]]:
        """Every element below a path, with the private creators of its level that came before it."""
        creators: _Creators = {}
        for number, element in enumerate(self._elements(path)):
            here = (*path, number)
            if element.tag >> 16 & 1 and 0x10 <= element.tag & 0xFFFF <= 0xFF:
                creators[element.tag >> 16, element.tag & 0xFFFF] = self._text(element, ["iso8859"], _MOST_SHOWN)
            yield here, element, creators
            if element.is_sequence and len(here) < _DEEPEST:
                for item in range(len(self._items_of(here))):
                    yield from self._walk((*here, item))

    def _holds(self, element: _Element, path: TagPath, creators: _Creators, wanted: str) -> bool:
        tag = element.tag
        if wanted in _words(tag, creators.get((tag >> 16, tag >> 8 & 0xFF), "") if tag >> 16 & 1 else ""):
            return True
        if element.is_sequence:
            return False
        if element.vr in _TEXTS:            # most of them, without making a value of each
            raw = self._data[element.start : min(element.stop, element.start + _MOST_WHOLE)]
            if raw.isascii() and b"\x1b" not in raw:
                words = raw.decode("ascii").strip(" \0")
                if element.vr == "UI":
                    words = f"{words} {_uid_name(words)}"
                return wanted in words.casefold()
        elif not _NUMERIC.issuperset(wanted):
            return False                    # numbers and bytes hold no such letters
        return wanted in self._text(element, self._encodings(path[:-1]), _MOST_WHOLE).casefold()

    # -- levels --------------------------------------------------------------------------------------------------

    def _rows(self, path: TagPath) -> tuple[TagRow, ...]:
        if len(path) % 2:       # inside a sequence: its items
            return tuple(
                TagRow((*path, number), "(FFFE,E000)", f"Item {number + 1}", length=stop - start,
                       children=len(self._elements((*path, number))))
                for number, (start, stop) in enumerate(self._items_of(path)))
        creators: _Creators = {}
        encodings = self._encodings(path)
        return tuple(self._row(element, (*path, number), encodings, creators)
                     for number, element in enumerate(self._elements(path)))

    def _row(
        self, element: _Element, path: TagPath, encodings: list[str], creators: _Creators
    ) -> TagRow:
        group, number = element.tag >> 16, element.tag & 0xFFFF
        private = bool(group & 1)
        value = "" if element.is_sequence else self._text(element, encodings, _MOST_SHOWN)
        if private and 0x10 <= number <= 0xFF:
            creators[group, number] = value
        name, keyword = _names(element.tag, creators.get((group, number >> 8), "") if private else "")
        children = len(self._items_of(path)) if element.is_sequence else 0
        return TagRow(
            path, f"({group:04X},{number:04X})", name, keyword, element.vr, element.stop - element.start, value,
            children, private, element.trouble)

    def _place(self, path: TagPath) -> str:
        parts = []
        for depth in range(1, len(path), 2):
            element = self._elements(path[: depth - 1])[path[depth - 1]]
            parts.append(f"{_names(element.tag, '')[0] or f'{element.tag:08X}'} [{path[depth] + 1}]")
        return " › ".join(parts)

    def _elements(self, path: TagPath) -> tuple[_Element, ...]:
        known = self._levels.get(path)
        if known is None:
            if not path:
                known = (*self._meta, *self._scan(self._start, len(self._data), implicit=self._implicit))
            else:
                start, stop = self._items_of(path[:-1])[path[-1]]
                parent = self._elements(path[:-2])[path[-2]]
                known = tuple(self._scan(start, stop, implicit=parent.implicit))
            self._levels[path] = known
        return known

    def _items_of(self, path: TagPath) -> tuple[tuple[int, int], ...]:
        known = self._items.get(path)
        if known is None:
            element = self._elements(path[:-1])[path[-1]]
            known = tuple(self._scan_items(element))
            self._items[path] = known
        return known

    def _encodings(self, path: TagPath) -> list[str]:
        """The character sets of a level: its own, else those of the level above."""
        while True:
            for element in self._elements(path):
                if element.tag == 0x00080005:
                    names = self._data[element.start : element.stop].decode("ascii", "replace").split("\\")
                    return _encodings_of(tuple(name.strip(" \0") for name in names))
            if not path:
                return ["iso8859"]
            path = path[:-2]

    # -- bytes ---------------------------------------------------------------------------------------------------

    def _scan(self, start: int, stop: int, *, implicit: bool) -> Iterator[_Element]:
        """The elements between two places; nested ones are stepped over."""
        at, data = start, self._data
        while at + 8 <= stop:
            tag, vr, length, at = self._head(at, implicit)
            if tag in (_ITEM_END, _SEQUENCE_END):
                return
            name = vr.decode("latin-1") if vr else _vr(tag)
            if length == _UNDEFINED:
                inner_implicit = implicit or name == "UN"       # PS3.5 6.2.2, note 2
                end = self._end_of_items(at, stop, implicit=inner_implicit)
                is_sequence = tag != _PIXELS
                yield _Element(tag, "SQ" if is_sequence else name, at, end, is_sequence, inner_implicit)
                at = min(end + 8, stop)
                continue
            trouble = ""
            if at + length > stop:
                trouble = say(
                    "objects", "Announces {length} bytes, but {stop} are left.").format(
                        length=length, stop=stop - at)
            end = min(at + length, stop)
            hidden = name == "UN" and _vr(tag) == "SQ" and data[at : at + 4] == b"\xfe\xff\x00\xe0"
            is_sequence = name == "SQ" or hidden
            yield _Element(tag, name, at, end, is_sequence, implicit, trouble)
            at = end

    def _head(self, at: int, implicit: bool) -> tuple[int, bytes, int, int]:
        """(tag, VR or nothing, length, where the value begins)."""
        data, endian = self._data, self._endian
        group, number = struct.unpack_from(f"{endian}HH", data, at)
        tag = group << 16 | number
        if implicit or group == 0xFFFE:
            return tag, b"", struct.unpack_from(f"{endian}I", data, at + 4)[0], at + 8
        vr = data[at + 4 : at + 6]
        if vr in _LONG and at + 12 <= len(data):
            return tag, vr, struct.unpack_from(f"{endian}I", data, at + 8)[0], at + 12
        return tag, vr, struct.unpack_from(f"{endian}H", data, at + 6)[0], at + 8

    def _end_of_items(self, at: int, stop: int, *, implicit: bool) -> int:
        """Where the items of undefined length end; at the delimiter, or at the end of all where there is none.

        By hand and without recursion: this is what takes the time for an object with many frames.
        """
        data, endian = self._data, self._endian
        head, word = struct.Struct(f"{endian}HHI"), struct.Struct(f"{endian}I")
        depth = 1               # open sequences and items of undefined length
        while at + 8 <= stop:
            group, number, length = head.unpack_from(data, at)
            if group == 0xFFFE:
                if number == 0xE000:
                    if length == _UNDEFINED:
                        depth += 1
                        at += 8
                    else:
                        at += 8 + length
                else:
                    depth -= 1
                    if depth == 0:
                        return at
                    at += 8
                continue
            at += 8
            if not implicit:
                vr = data[at - 4 : at - 2]
                if vr in _LONG:
                    if at + 4 > stop:
                        return stop
                    length = word.unpack_from(data, at)[0]
                    at += 4
                else:
                    length = length >> 16 if endian == "<" else length & 0xFFFF
            if length == _UNDEFINED:
                depth += 1
            else:
                at += length
        return stop

    def _scan_items(self, element: _Element) -> Iterator[tuple[int, int]]:
        at, stop = element.start, element.stop
        while at + 8 <= stop:
            tag, _, length, at = self._head(at, True)
            if tag != _ITEM:
                return
            if length == _UNDEFINED:
                end = self._end_of_items(at, stop, implicit=element.implicit)
                yield at, end
                at = end + 8
            else:
                yield at, min(at + length, stop)
                at += length

    def _text(self, element: _Element, encodings: list[str], most: int) -> str:
        if element.is_sequence:
            return ""
        size = element.stop - element.start
        raw = self._data[element.start : element.start + min(size, _MOST_WHOLE)]
        if element.vr in _BULK or element.tag == _PIXELS:
            if element.vr == "UN" and raw.isascii() and raw.decode("ascii").strip(" \0").isprintable() and raw:
                return _cut(raw.decode("ascii").strip(" \0"), most)
            shown = raw[:_MOST_BULK].hex(" ") + (" …" if size > _MOST_BULK else "")
            return f"{size} bytes" + (f": {shown}" if size and size <= 4 * _MOST_BULK else "")
        try:
            made = convert_raw_data_element(
                RawDataElement(BaseTag(element.tag), element.vr, size, raw, 0, False, self._endian == "<"),
                encoding=encodings)
            value = made.value
            many = isinstance(value, (list, tuple)) or type(value).__name__ == "MultiValue"
            text = "\\".join(str(part) for part in value) if many else "" if value is None else str(value)
        except Exception:       # a value that its VR does not allow is shown as the bytes that it is
            text = f"{size} bytes: {raw[:_MOST_BULK].hex(' ')}"
        text = text.strip(" \0")
        if element.vr == "UI" and (meaning := _uid_name(text)):
            text = f"{text} ({meaning})"
        return _cut(text, most)


def _opened(data: bytes) -> tuple[bytes, tuple[_Element, ...], int, str]:
    """The bytes (inflated where they were deflated), the elements of the file meta, where the rest begins, and its
    transfer syntax."""
    if data[128:132] != b"DICM":
        if len(data) < 8 or struct.unpack_from("<H", data)[0] not in (0x0002, 0x0008):
            raise NotDicom
        return data, (), 0, ""
    meta, at, syntax = [], 132, ""
    while at + 8 <= len(data) and data[at : at + 2] == b"\x02\x00":
        tag = 0x00020000 | struct.unpack_from("<H", data, at + 2)[0]
        vr = data[at + 4 : at + 6]
        is_long = vr in _LONG
        length = struct.unpack_from("<I" if is_long else "<H", data, at + (8 if is_long else 6))[0]
        start = at + (12 if is_long else 8)
        at = min(start + length, len(data))
        meta.append(_Element(tag, vr.decode("latin-1"), start, at))
        if tag == 0x00020010:
            syntax = data[start:at].decode("ascii", "replace").strip(" \0")
    if syntax == _DEFLATED:
        inflated = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[at:], _MOST_INFLATED)
        return data[:at] + inflated, tuple(meta), at, syntax
    return data, tuple(meta), at, syntax


@lru_cache(maxsize=4096)
def _words(tag: int, creator: str) -> str:
    """All that a search finds an element by, but its value."""
    name, keyword = _names(tag, creator)
    plain = f"{tag >> 16:04x},{tag & 0xFFFF:04x}"
    return "\n".join((f"({plain})", plain.replace(",", ""), name.casefold(), keyword.casefold()))


@lru_cache(maxsize=4096)
def _names(tag: int, creator: str) -> tuple[str, str]:
    """(name, keyword)."""
    group, number = tag >> 16, tag & 0xFFFF
    if group & 1:
        if 0x10 <= number <= 0xFF:
            return "Private Creator", ""
        try:
            return (private_dictionary_description(tag, creator), "") if creator else ("", "")
        except KeyError:
            return "", ""
    if number == 0:
        return "Group Length", ""
    try:
        return dictionary_description(tag), dictionary_keyword(tag)
    except KeyError:
        return "", ""


@lru_cache(maxsize=1024)
def _uid_name(uid: str) -> str:
    """What a UID of the standard stands for; empty for any other."""
    name = UID(uid).name
    return "" if name == uid else name


@lru_cache(maxsize=4096)
def _vr(tag: int) -> str:
    try:
        return dictionary_VR(tag).split(" or ")[0]
    except KeyError:
        return "UL" if tag & 0xFFFF == 0 else "LO" if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF else "UN"


@lru_cache(maxsize=64)
def _encodings_of(names: tuple[str, ...]) -> list[str]:
    try:
        return list(convert_encodings(list(names)))
    except LookupError:
        return ["iso8859"]


def _cut(text: str, most: int) -> str:
    line = text if most > _MOST_SHOWN else " ".join(text.split())
    return line if len(line) <= most else line[:most].rstrip() + " …"
