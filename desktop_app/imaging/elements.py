"""Elements: reading values out of a dataset that someone else wrote.

Nothing here raises for a bad value: an element that cannot be read is an element that is not there. Raw values are
decoded without being converted in the dataset first, which is quicker, and leaves the dataset as it was read, so
that several threads may look at it.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from pydicom import Dataset
from pydicom import Sequence as DicomSequence
from pydicom.charset import convert_encodings, decode_bytes
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.tag import BaseTag

_BINARY = {"US": "H", "SS": "h", "UL": "I", "SL": "i", "FL": "f", "FD": "d", "UV": "Q", "SV": "q", "OW": "H", "OB": "B",
           "OF": "f", "OD": "d", "OL": "I"}
_DELIMITERS = {0x0D, 0x0A, 0x09, 0x0C, 0x5E, 0x3D}
_LEADING_NUMBER = re.compile(r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)")
_MOST_ITEMS_OF_BULK = 1 << 20


class Elements:
    """Typed, tolerant access to one dataset (or one item of a sequence) by keyword, or by tag where it has none."""

    __slots__ = ("dataset", "_encodings", "_get")

    def __init__(self, dataset: Dataset, encodings: tuple[str, ...] = ("iso8859",)) -> None:
        self.dataset = dataset
        # The dataset's own dictionary: what pydicom does around each look costs more than all that is done here.
        self._get: Callable[[int], Any] = cast(Any, dataset.keys()).mapping.get
        own = _texts_of(self._get(_CHARACTER_SET), encodings)
        self._encodings = _python_encodings(own) if own else encodings

    def __contains__(self, keyword: str | int) -> bool:
        return self._get(_tag(keyword)) is not None

    def texts(self, keyword: str | int) -> tuple[str, ...]:
        """All values as text, stripped; empty where there is none."""
        return _texts_of(self._get(_tag(keyword)), self._encodings)

    def text(self, keyword: str | int) -> str:
        """The first value as text, empty where there is none."""
        values = self.texts(keyword)
        return values[0] if values else ""

    def numbers(self, keyword: str | int, *, signed: bool = False) -> tuple[float, ...]:
        """All values as finite numbers. `signed` decides where the dictionary leaves it open (US or SS)."""
        tag = _tag(keyword)
        element = self._get(tag)
        if element is None:
            return ()
        if isinstance(element, RawDataElement):
            vr = _vr(tag, element.VR, signed)
            if vr in _BINARY:
                return _unpacked(element, vr)
        elif not isinstance(element.value, (str, bytes)):
            return _plain_numbers(element.value)
        return tuple(number for text in _texts_of(element, self._encodings)
                     if (number := parse_number(text)) is not None)

    def number(self, keyword: str | int, *, signed: bool = False) -> float | None:
        """The first value as a finite number, None where there is none."""
        values = self.numbers(keyword, signed=signed)
        return values[0] if values else None

    def integer(self, keyword: str | int, *, signed: bool = False) -> int | None:
        """The first value as an integer, None where there is none."""
        value = self.number(keyword, signed=signed)
        return None if value is None else int(value)

    def raw(self, keyword: str | int) -> bytes:
        """The value field as bytes in little endian order (of 16-bit words where it was big endian); empty for none."""
        element = self._get(_tag(keyword))
        if element is None:
            return b""
        value = element.value
        if isinstance(value, bytes):
            big = isinstance(element, RawDataElement) and not element.is_little_endian
            return _swapped(value) if big and element.VR in ("OW", "US", "SS") else value
        if value is None or isinstance(value, str):
            return (value or "").encode("latin-1", "replace")
        words = [int(v) & 0xFFFF for v in _plain_numbers(value)]
        return struct.pack(f"<{len(words)}H", *words)

    def items(self, keyword: str | int) -> list[Elements]:
        """The items of a sequence; empty where there is none, or it cannot be read."""
        tag = _tag(keyword)
        element = self._get(tag)
        if element is None:
            return []
        try:
            value = self.dataset[tag].value if isinstance(element, RawDataElement) else element.value
        except Exception:   # a sequence that cannot be read is one that is not there
            return []
        if not isinstance(value, DicomSequence):
            return []
        return [Elements(item, self._encodings) for item in value]

    def private(self, group: int, creator: str, number: int) -> int:
        """The tag of element `number` (0 … FF) of a maker's block, wherever in its group the maker reserved that
        (PS3.5 7.8.1). Where nobody reserved anything, as after a careless de-identification, the usual first block.
        """
        blocks = {block: self.text(group << 16 | block) for block in range(0x10, 0x100) if group << 16 | block in self}
        none = 0x01 if blocks else 0x10             # (gggg,01xx) is nobody's
        mine = next((block for block, name in blocks.items() if name.casefold() == creator.casefold()), none)
        return group << 16 | mine << 8 | number

    def item(self, keyword: str | int) -> Elements | None:
        """The first item of a sequence, or None."""
        found = self.items(keyword)
        return found[0] if found else None


def parse_number(text: str) -> float | None:
    """The number a DS or IS text starts with (`1A` is 1), None where it starts with none or is not finite."""
    try:
        value = float(text)
    except ValueError:
        match = _LEADING_NUMBER.match(text.replace(",", "."))
        if match is None:
            return None
        value = float(match.group(1))
    return value if math.isfinite(value) else None


@lru_cache(maxsize=16384)
def base_tag(tag: int) -> BaseTag:
    """The tag, as one object for all who use it: to find it in a dictionary, no two need be compared."""
    return BaseTag(tag)


@lru_cache(maxsize=4096)
def _tag(keyword: str | int) -> BaseTag:
    if isinstance(keyword, int):
        return base_tag(keyword)
    tag = tag_for_keyword(keyword)
    if tag is None:
        raise KeyError(f"{keyword} is no keyword of the DICOM dictionary")
    return base_tag(tag)


_CHARACTER_SET = base_tag(0x00080005)


@lru_cache(maxsize=2048)
def _dictionary_vr(tag: int) -> str:
    try:
        return dictionary_VR(tag)
    except KeyError:
        return "UN"


def _vr(tag: int, vr: str | None, signed: bool) -> str:
    if vr in (None, "UN", "OB"):
        vr = _dictionary_vr(tag)
    assert vr is not None
    if " or " in vr:
        return "SS" if signed else "US"
    return vr


@lru_cache(maxsize=64)
def _python_encodings(character_sets: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(convert_encodings(list(character_sets)))
    except LookupError:
        return ("iso8859",)


def _texts_of(element: Any, encodings: tuple[str, ...]) -> tuple[str, ...]:
    if element is None:
        return ()
    value = element.value
    if isinstance(element, RawDataElement) and isinstance(value, bytes) and element.VR in _NUMERIC_VRS:
        return tuple(str(number) for number in _unpacked(element, element.VR))
    if isinstance(value, bytes):
        if not value or len(value) > _MOST_ITEMS_OF_BULK:
            return ()
        value = _decode(value, encodings)
    if value is None or isinstance(value, DicomSequence):
        return ()
    if isinstance(value, str):
        parts: list[Any] = value.split("\\")
    elif isinstance(value, (list, tuple)) or (hasattr(value, "__iter__") and not hasattr(value, "family_name")):
        parts = list(value)
    else:
        parts = [value]
    texts = tuple(str(part).strip(" \0\r\n\t") for part in parts)
    return texts if any(texts) else ()


_NUMERIC_VRS = frozenset({"US", "SS", "UL", "SL", "FL", "FD", "UV", "SV"})


def _decode(value: bytes, encodings: tuple[str, ...]) -> str:
    if value.isascii() and b"\x1b" not in value:
        return value.decode("ascii")
    try:
        return decode_bytes(value, encodings, _DELIMITERS)
    except (UnicodeDecodeError, LookupError):
        return value.decode("latin-1")


def _unpacked(element: RawDataElement, vr: str) -> tuple[float, ...]:
    value = element.value
    if not isinstance(value, bytes) or not value:
        return ()
    code = _BINARY[vr]
    count = len(value) // struct.calcsize(code)
    endian = "<" if element.is_little_endian else ">"
    numbers = struct.unpack_from(f"{endian}{count}{code}", value)
    return tuple(number for number in numbers if math.isfinite(number))


def _plain_numbers(value: Any) -> tuple[float, ...]:
    values = value if isinstance(value, (list, tuple)) or hasattr(value, "__iter__") else (value,)
    found = []
    for each in values:
        try:
            number = float(each)
        except (TypeError, ValueError):
            continue
        if math.isfinite(number):
            found.append(int(number) if isinstance(each, int) else number)
    return tuple(found)


def _swapped(value: bytes) -> bytes:
    even = value[: len(value) // 2 * 2]
    swapped = bytearray(even)
    swapped[0::2], swapped[1::2] = even[1::2], even[0::2]
    return bytes(swapped)
