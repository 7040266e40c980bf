"""A pydicom dataset from the DICOM JSON model (PS3.18 Annex F): the header of an object that is fetched by frames.

Values become raw elements, as if they had been read from a file: whoever asks for one finds it, nobody pays for the
others. Thousands of frames have thousands of functional groups: only those of the frames asked for are made.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from pydicom import Dataset
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.sequence import Sequence
from pydicom.tag import Tag

Json = Mapping[str, Any]

PER_FRAME = "52009230"          # Per-Frame Functional Groups Sequence
_TILING, _TILE_PLACE = "00209311", "0048021A"   # Dimension Organization Type, Plane Position (Slide) Sequence
_PIXELS = ("7FE0",)
_CHARACTER_SET = "00080005"
_CLASS_OF = {  # VRs of binary numbers → how struct packs one
    "US": "<H", "SS": "<h", "UL": "<I", "SL": "<i", "UV": "<Q", "SV": "<q", "FL": "<f", "FD": "<d",
}
_NAME_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")


def dataset_from_json(raw: Json, bulk: Mapping[str, bytes], *, top: bool = True) -> Dataset:
    """The dataset; an element that cannot be understood is left out and loses no other.

    `bulk` has what lies behind the BulkDataURIs (see `bulk_uris`). Pixel data and the functional groups of single
    frames are left out (see `with_frames`). `top`: no item of a sequence.
    """
    dataset = Dataset()
    for key, element in raw.items():
        if key.startswith(_PIXELS) or key == PER_FRAME or not isinstance(element, Mapping):
            continue
        try:
            made = _element(Tag(int(key, 16)), element, bulk)
        except (ValueError, TypeError, OverflowError, struct.error):
            continue
        if made is not None:
            dataset[made.tag] = made
    if top:                     # JSON is UTF-8, whatever the object itself was written in
        dataset[Tag(int(_CHARACTER_SET, 16))] = _raw(Tag(int(_CHARACTER_SET, 16)), "CS", b"ISO_IR 192")
    return dataset


def with_frames(common: Dataset, raw: Json, frame_numbers: Iterable[int], bulk: Mapping[str, bytes]) -> Dataset:
    """`common` and the functional groups of these frames (from 1) at their places; the others are empty."""
    element = raw.get(PER_FRAME)
    items = element.get("Value") if isinstance(element, Mapping) else None
    if not isinstance(items, list) or not items:
        return common
    made: list[Dataset] = [Dataset()] * len(items)
    for number in frame_numbers:
        if number <= len(items) and isinstance(items[number - 1], Mapping):
            made[number - 1] = dataset_from_json(items[number - 1], bulk, top=False)
    if _is_sparse(raw):         # where the others lie too: without it none of them would be asked for
        for place, item in enumerate(items):
            if not made[place] and isinstance(item, Mapping):
                made[place] = dataset_from_json({_TILE_PLACE: item.get(_TILE_PLACE)}, bulk, top=False)
    dataset = Dataset(dict(common.items()))     # Dataset(common) would share its elements
    dataset.add(DataElement(int(PER_FRAME, 16), "SQ", Sequence(made)))
    return dataset


def with_macros(common: Dataset, raw: Json, tags: Container[str]) -> Dataset:
    """`common` and the functional groups of all frames, but of their macros only those with these tags (`00209111`)."""
    element = raw.get(PER_FRAME)
    items = element.get("Value") if isinstance(element, Mapping) else None
    if not isinstance(items, list) or not items:
        return common
    made = [
        dataset_from_json({tag: item[tag] for tag in item if tag in tags}, {}, top=False)
        if isinstance(item, Mapping) else Dataset() for item in items
    ]
    dataset = Dataset(dict(common.items()))
    dataset.add(DataElement(int(PER_FRAME, 16), "SQ", Sequence(made)))
    return dataset


def _is_sparse(raw: Json) -> bool:
    element = raw.get(_TILING)
    values = element.get("Value") if isinstance(element, Mapping) else None
    return isinstance(values, list) and "TILED_SPARSE" in values


def bulk_uris(raw: Json) -> Iterator[str]:
    """Where the values lie that are not in the JSON itself, those of pixel data left out."""
    for key, element in raw.items():
        if key.startswith(_PIXELS) or not isinstance(element, Mapping):
            continue
        uri = element.get("BulkDataURI")
        if isinstance(uri, str) and uri.strip():
            yield uri
        if element.get("vr") == "SQ":
            for item in element.get("Value") or ():
                if isinstance(item, Mapping):
                    yield from bulk_uris(item)


def _element(tag: Any, element: Json, bulk: Mapping[str, bytes]) -> DataElement | RawDataElement | None:
    vr, values, inline, uri = (element.get(name) for name in ("vr", "Value", "InlineBinary", "BulkDataURI"))
    vr = vr if isinstance(vr, str) and len(vr) == 2 else "UN"
    if vr == "SQ":
        items = [item if isinstance(item, Mapping) else {} for item in values or ()]
        return DataElement(tag, "SQ", Sequence([dataset_from_json(item, bulk, top=False) for item in items]))
    if isinstance(inline, str):
        return _raw(tag, vr, base64.b64decode(inline))
    if isinstance(uri, str):
        return _raw(tag, vr, bulk[uri]) if uri in bulk else None
    if values is None:
        return _raw(tag, vr, b"")
    given = values if isinstance(values, list) else [values]
    if vr in _CLASS_OF:
        whole = int if vr[0] in "US" else float
        return _raw(tag, vr, b"".join(struct.pack(_CLASS_OF[vr], whole(value)) for value in given))
    if vr == "AT":
        numbers = [int(str(value), 16) for value in given]
        return _raw(tag, vr, b"".join(struct.pack("<HH", number >> 16, number & 0xFFFF) for number in numbers))
    text: Callable[[object], str] = _name if vr == "PN" else _text
    return _raw(tag, vr, "\\".join(map(text, given)).encode("utf-8"))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    return "=".join(str(value.get(group) or "") for group in _NAME_GROUPS).rstrip("=")


def _raw(tag: Any, vr: str, value: bytes) -> RawDataElement:
    return RawDataElement(tag, vr, len(value), value, 0, False, True)
