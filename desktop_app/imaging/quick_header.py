"""The header of a well-formed little endian file in one pass: element by element as pydicom would keep them unread.

A sequence stays the bytes it is until someone asks for it. Whatever is not plain (another byte order, a VR that nobody
knows, a length that leads outside) is left to pydicom, which knows how to cope: then the answer is None.
"""

from __future__ import annotations

import io
from functools import lru_cache
from struct import Struct
from typing import NamedTuple, cast

from pydicom import FileDataset
from pydicom.charset import convert_encodings
from pydicom.dataelem import RawDataElement, empty_value_for_VR
from pydicom.dataset import FileMetaDataset
from pydicom.tag import BaseTag

from desktop_app.imaging.elements import base_tag

_IMPLICIT = "1.2.840.10008.1.2"
_OTHERS = frozenset({"", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})     # unknown, big endian, deflated
_SHORT = {vr: vr.decode() for vr in b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split()}
_LONG = {vr: vr.decode() for vr in b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split()}
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_CHARACTER_SET = 0x00080005
_UNDEFINED = 0xFFFFFFFF
_MAX_DEPTH = 32
_explicit_head = Struct("<HH2sH").unpack_from
_implicit_head = Struct("<HHI").unpack_from
_long_length = Struct("<I").unpack_from


class PixelsFound(NamedTuple):
    """The element that the header ends at: where its own header begins is `position`."""

    tag: int
    vr: str | None
    length: int
    position: int


class QuickHeader(NamedTuple):
    """What was read; `pixels` None where the file holds none."""

    dataset: FileDataset
    pixels: PixelsFound | None


class _NotPlain(Exception):
    """Left to pydicom."""


def quick_header(
    data: bytes, meta_end: int, transfer_syntax_uid: str, stops: frozenset[int], size: int
) -> QuickHeader | None:
    """The header of a Part 10 file of `size` bytes that begins with `data`, up to the first element of `stops`.

    `meta_end`: where its File Meta Information ends. None for whatever is not plain.
    """
    if transfer_syntax_uid in _OTHERS:
        return None
    implicit = transfer_syntax_uid == _IMPLICIT
    try:
        meta, _ = _elements(data, 132, meta_end, False, frozenset())
        found, pixels = _elements(data, meta_end, len(data), implicit, stops)
        if not found or (pixels is None and len(data) < size) or next(iter(found)).group < 8:
            return None
        encoding = _encoding(found[base_tag(_CHARACTER_SET)].value or b"") if _CHARACTER_SET in found else "iso8859"
        dataset = FileDataset(
            io.BytesIO(), cast(dict, found), preamble=data[:128], file_meta=FileMetaDataset(cast(dict, meta)),
            is_implicit_VR=implicit, is_little_endian=True)
    except Exception:               # pydicom will say what is wrong with it, or read it all the same
        return None
    dataset.set_original_encoding(implicit, True, encoding)
    return QuickHeader(dataset, pixels)


def _elements(
    data: bytes, at: int, end: int, implicit: bool, stops: frozenset[int]
) -> tuple[dict[BaseTag, RawDataElement], PixelsFound | None]:
    found: dict[BaseTag, RawDataElement] = {}
    last = 0
    while at < end:
        tag, vr, value, length = _head(data, at, end, implicit)
        if tag in stops:
            return found, PixelsFound(tag, vr, length, at)
        if tag <= last or tag >= 0xFFFE0000:
            raise _NotPlain
        last = tag
        if length == _UNDEFINED:
            if vr not in (None, "SQ"):
                raise _NotPlain
            after = _after_items(data, value, end, implicit, 0)
            vr, length = "SQ", after - value
        else:
            after = value + length
            if after > end:
                raise _NotPlain
        content = data[value:after] if length else empty_value_for_VR(vr, raw=True)
        key = base_tag(tag)
        found[key] = RawDataElement(key, vr, length, cast(bytes | None, content), value, implicit, True)
        at = after
    return found, None


def _head(data: bytes, at: int, end: int, implicit: bool) -> tuple[int, str | None, int, int]:
    """Tag, VR, where the value begins, its length."""
    if at + 8 > end:
        raise _NotPlain
    if implicit:
        group, number, length = _implicit_head(data, at)
        return group << 16 | number, None, at + 8, length
    group, number, code, length = _explicit_head(data, at)
    vr = _SHORT.get(code)
    if vr is not None:
        return group << 16 | number, vr, at + 8, length
    vr = _LONG.get(code)
    if vr is None or at + 12 > end:
        raise _NotPlain
    return group << 16 | number, vr, at + 12, _long_length(data, at + 8)[0]


def _after_items(data: bytes, at: int, end: int, implicit: bool, depth: int) -> int:
    """Where a sequence (or the fragments) of undefined length ends that begins at `at`."""
    if depth > _MAX_DEPTH:
        raise _NotPlain
    while at + 8 <= end:
        group, number, length = _implicit_head(data, at)
        tag, at = group << 16 | number, at + 8
        if tag == _SEQUENCE_END:
            return at
        if tag != _ITEM:
            raise _NotPlain
        at = at + length if length != _UNDEFINED else _after_item(data, at, end, implicit, depth)
    raise _NotPlain


def _after_item(data: bytes, at: int, end: int, implicit: bool, depth: int) -> int:
    while at + 8 <= end:
        if data[at : at + 4] == b"\xfe\xff\x0d\xe0":        # Item Delimitation Item
            return at + 8
        _, vr, value, length = _head(data, at, end, implicit)
        if length != _UNDEFINED:
            at = value + length
        elif vr == "UN":                                    # implicit inside, whatever is around it (PS3.5 6.2.2)
            raise _NotPlain
        else:
            at = _after_items(data, value, end, implicit, depth + 1)
    raise _NotPlain


@lru_cache(maxsize=64)
def _encodings(value: bytes) -> tuple[str, ...]:
    names = value.decode("ascii").strip(" \0").split("\\")
    return tuple(convert_encodings(names if len(names) > 1 else names[0]))


def _encoding(value: bytes) -> list[str]:
    return list(_encodings(value))
