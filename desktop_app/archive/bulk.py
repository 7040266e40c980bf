"""Bulk data: the values that metadata answers with an address (PS3.18 10.4.1.1.5, 8.7.3.3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.archive.charset import decoder_for
from desktop_app.archive.header_json import little_endian
from desktop_app.archive.part10 import Buffer, Element, Header, read_header
from desktop_app.dicomweb.media_types import OCTET_STREAM

_ENCAPSULATED_DOCUMENT, _MIME_TYPE = 0x00420011, 0x00420012
_SPECIFIC_CHARACTER_SET = 0x00080005
_CODED_TEXT = frozenset(("LO", "LT", "SH", "ST", "UC", "UT"))


@dataclass(frozen=True, slots=True)
class BulkValue:
    """A value as it travels: little endian, text in UTF-8; and what it is beyond a stream of bytes."""

    data: bytes
    media_type: str = OCTET_STREAM


def parse_bulk_path(text: str) -> tuple[int, ...]:
    """`00081140/2/00089999` → its tags and item numbers (from 1). Raises ValueError."""
    parts = text.strip("/").split("/")
    if len(parts) % 2 == 0:
        raise ValueError("a path ends with a tag")
    return tuple(int(part, 16 if at % 2 == 0 else 10) for at, part in enumerate(parts))


def bulk_value(data: Buffer, path: tuple[int, ...]) -> BulkValue | None:
    """The value at a path of a file, None when there is none. Raises DicomError."""
    header = read_header(data)
    elements, character_set = header.elements, header.find(_SPECIFIC_CHARACTER_SET)
    for tag, number in zip(path[:-1:2], path[1::2], strict=True):
        sequence = _find(elements, tag)
        if sequence is None or sequence.items is None or not 1 <= number <= len(sequence.items):
            return None
        elements = sequence.items[number - 1]
        character_set = _find(elements, _SPECIFIC_CHARACTER_SET) or character_set
    element = _find(elements, path[-1])
    if element is None or element.items is not None:
        return None
    raw = header.value(element)
    if element.vr in _CODED_TEXT:
        decode = decoder_for(header.value(character_set) if character_set else b"")
        return BulkValue(decode(raw).rstrip(" \0").encode("utf-8", "replace"))
    value = little_endian(raw, element.vr, header.is_big_endian)
    return BulkValue(value, _media_type(header, path))


def _media_type(header: Header, path: tuple[int, ...]) -> str:
    mime_type = header.text(_MIME_TYPE) if path == (_ENCAPSULATED_DOCUMENT,) else ""
    return mime_type.lower() if "/" in mime_type and mime_type.isascii() and mime_type.isprintable() else OCTET_STREAM


def _find(elements: tuple[Element, ...], tag: int) -> Element | None:
    return next((element for element in elements if element.tag == tag), None)
