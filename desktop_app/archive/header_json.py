"""A header as DICOM JSON (PS3.18 F.2), one line of text for each element.

The catalogue keeps these lines ready-made: choosing attributes for a search answer is choosing lines, and an answer is
lines joined, so that nothing is parsed or formatted again. One unreadable element becomes empty and never costs the
others. Values too large to travel in JSON become a BulkDataURI behind `BULK_MARK`, which the answer replaces by the
address of the instance.
"""

from __future__ import annotations

import base64
import json
import math
import re
import struct
from collections.abc import Callable, Iterable
from typing import Any

from desktop_app.archive.charset import Decode, decoder_for
from desktop_app.archive.part10 import Element, Header

BULK_MARK = "\x01"                      # never occurs in JSON text: there it would be escaped
_ESCAPED_MARK, _BARE_MARK = '"BulkDataURI":"\\u0001', f'"BulkDataURI":"{BULK_MARK}'
INLINE_LIMIT = 1024                     # bytes of a binary value that still travel inside the JSON
_TEXT_LIMIT = 1024 * 1024               # characters of one text value, likewise

_SPECIFIC_CHARACTER_SET = 0x00080005
_JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_PN_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")
_STRUCT_CODES = {"US": "H", "SS": "h", "UL": "I", "SL": "i", "UV": "Q", "SV": "q", "FL": "f", "FD": "d"}
_BINARY_VRS = frozenset(("OB", "OD", "OF", "OL", "OV", "OW", "UN"))
_WORD_SIZE = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}
_SINGLE_TEXT_VRS = frozenset(("ST", "LT", "UT", "UR"))
_CODED_VRS = frozenset(("SH", "LO", "UC", "PN", "ST", "LT", "UT"))     # (0008,0005) applies, PS3.5 6.1.2.2

JsonElement = dict[str, Any]


def tag_key(tag: int) -> str:
    """The key of an attribute in DICOM JSON: eight hexadecimal digits, upper case."""
    return f"{tag:08X}"


def line(tag: int, element: JsonElement) -> str:
    """`"00080018":{"vr":"UI","Value":["1.2.3"]}`"""
    text = json.dumps(element, ensure_ascii=False, separators=(",", ":"))
    # JSON escapes the mark, as it does one that stands in a value; only that of an address becomes bare again.
    return f'"{tag:08X}":{text.replace(_ESCAPED_MARK, _BARE_MARK) if "BulkDataURI" in text else text}'


def tag_of_line(text: str) -> str:
    """The key of a line."""
    return text[1:9]


def join(lines: Iterable[str], instance_url: str = "") -> str:
    """Lines as one DICOM JSON object, ascending, with bulk data addresses below `instance_url`."""
    return ("{" + ",".join(sorted(lines)) + "}").replace(BULK_MARK, f"{instance_url}/bulkdata/")


def header_elements(header: Header) -> dict[int, JsonElement]:
    """Every element of the header as DICOM JSON, Pixel Data as a BulkDataURI."""
    converter = _Converter(header)
    elements = {element.tag: converter.element(element, "") for element in header.elements}
    if header.pixels is not None:
        tag = header.pixels.tag
        elements[tag] = {"vr": header.pixels.vr, "BulkDataURI": BULK_MARK + tag_key(tag)}
    return elements


class _Converter:
    def __init__(self, header: Header) -> None:
        self._header = header
        self._order = ">" if header.is_big_endian else "<"
        self._decode = _charset_of(header, header.elements) or decoder_for(b"")

    def element(self, element: Element, path: str) -> JsonElement:
        if element.items is not None:
            return self._sequence(element, path)
        vr = element.vr
        if element.length == 0:
            return {"vr": vr}
        try:
            if vr in _BINARY_VRS:
                return self._binary(element, path)
            raw = self._header.value(element)
            if vr in _STRUCT_CODES:
                values = self._numbers(vr, raw)
            elif vr == "AT":
                values = self._tags(raw)
            else:
                values = _TEXT_VALUES.get(vr, _several)(self._text(vr, raw))
                if vr in _SINGLE_TEXT_VRS and len(raw) > _TEXT_LIMIT:
                    return {"vr": vr, "BulkDataURI": BULK_MARK + path + tag_key(element.tag)}
        except (ValueError, struct.error, LookupError):
            return {"vr": vr}
        return {"vr": vr, "Value": values} if any(value is not None for value in values) else {"vr": vr}

    def _sequence(self, element: Element, path: str) -> JsonElement:
        assert element.items is not None
        outer, values = self._decode, []
        for number, item in enumerate(element.items, start=1):
            self._decode = _charset_of(self._header, item) or outer
            below = f"{path}{tag_key(element.tag)}/{number}/"
            children = sorted(item, key=lambda child: child.tag)
            values.append({tag_key(child.tag): self.element(child, below) for child in children})
        self._decode = outer
        return {"vr": "SQ", "Value": values} if values else {"vr": "SQ"}

    def _binary(self, element: Element, path: str) -> JsonElement:
        if element.length > INLINE_LIMIT:
            return {"vr": element.vr, "BulkDataURI": BULK_MARK + path + tag_key(element.tag)}
        raw = little_endian(self._header.value(element), element.vr, self._header.is_big_endian)
        return {"vr": element.vr, "InlineBinary": base64.b64encode(raw).decode("ascii")}

    def _text(self, vr: str, raw: bytes) -> str:
        return self._decode(raw) if vr in _CODED_VRS else raw.decode("latin-1")

    def _numbers(self, vr: str, raw: bytes) -> list[Any]:
        code = _STRUCT_CODES[vr]
        size = struct.calcsize(code)
        numbers = struct.unpack(f"{self._order}{len(raw) // size}{code}", raw[:len(raw) // size * size])
        if code in "fd":
            return [number if math.isfinite(number) else None for number in numbers]
        return list(numbers)

    def _tags(self, raw: bytes) -> list[Any]:
        numbers = struct.unpack(f"{self._order}{len(raw) // 2}H", raw[:len(raw) // 2 * 2])
        return [f"{group:04X}{number:04X}" for group, number in zip(numbers[::2], numbers[1::2], strict=False)]


def little_endian(raw: bytes, vr: str, is_big_endian: bool) -> bytes:
    """A binary value in the byte order in which it travels (PS3.18 8.7.3)."""
    size = _WORD_SIZE.get(vr, 1)
    if not is_big_endian or size == 1:
        return raw
    import numpy as np
    return np.frombuffer(raw[:len(raw) // size * size], dtype=f">u{size}").astype(f"<u{size}").tobytes()


def _charset_of(header: Header, elements: Iterable[Element]) -> Decode | None:
    found = next((element for element in elements if element.tag == _SPECIFIC_CHARACTER_SET), None)
    return decoder_for(header.value(found)) if found is not None and found.items is None else None


def _several(text: str) -> list[Any]:
    return [value.strip(" \0") or None for value in text.split("\\")]


def _one(text: str) -> list[Any]:
    return [text.rstrip(" \0") or None]


def _person_names(text: str) -> list[Any]:
    names = []
    for value in text.split("\\"):
        groups = zip(_PN_GROUPS, value.strip(" \0").split("="), strict=False)
        names.append({name: group.strip(" ") for name, group in groups if group.strip(" ")} or None)
    return names


def _decimals(text: str) -> list[Any]:
    return [_decimal(value.strip(" \0")) for value in text.split("\\")]


def _decimal(text: str) -> float | int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(text) if _JSON_NUMBER.fullmatch(text) and text.lstrip("-").isdigit() else number


def _integers(text: str) -> list[Any]:
    return [_integer(value.strip(" \0")) for value in text.split("\\")]


def _integer(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        number = _decimal(text)                 # `1.0` in IS occurs
        return int(number) if number is not None and number == int(number) else None


_TEXT_VALUES: dict[str, Callable[[str], list[Any]]] = {
    "PN": _person_names, "DS": _decimals, "IS": _integers, "ST": _one, "LT": _one, "UT": _one, "UR": _one,
}
