"""The difference of two data sets, attribute by attribute: for conflicts of an upload and for the tag browser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_app.core.difference import DifferenceKind, TagDifference
from desktop_app.core.words import counted, say

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_MOST_TEXT = 400            # characters of a value that are shown
_MOST_VALUES = 64
_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_PADDING = 0xFFFCFFFC
_ABSENT = object()


def differences(first: Dataset, second: Dataset, *, pixels: bool = False) -> tuple[TagDifference, ...]:
    """Every attribute that only one of two data sets has, or that has another value, in ascending order of tags.

    Of the file meta information only the transfer syntax is looked at; padding and group lengths are not. Pixel data
    (7FE0,0008 to 0010) are compared as stored with `pixels`, else left to whoever decodes them. An element that cannot
    be read is compared by its bytes. Never raises; slow for large objects: not for the GUI thread.
    """
    found = list(_meta(first, second))
    found += _datasets(first, second, "", pixels)
    return tuple(found)


def value_text(element: Any) -> str:
    """An element's value as a person reads it: several with ` \\ ` between, bytes by number and check sum."""
    value = getattr(element, "value", element)
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray):
        digest = hashlib.blake2s(value, digest_size=4).hexdigest()
        return "" if not value else say("objects", "{count} bytes, check sum {digest}").format(
            count=counted(len(value)), digest=digest)
    if getattr(element, "VR", "") == "SQ":
        return f"{len(value)} items" if len(value) != 1 else "1 item"
    if isinstance(value, str) or not hasattr(value, "__iter__") or getattr(element, "VR", "") == "PN":
        text = " \\ ".join(map(str, value)) if _is_many(value) else str(value)
    else:
        shown = [str(one) for one in list(value)[:_MOST_VALUES]]
        text = " \\ ".join(shown) + (" …" if len(value) > _MOST_VALUES else "")
    return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + "…"


def _is_many(value: Any) -> bool:
    import pydicom

    return isinstance(value, pydicom.multival.MultiValue)


def _meta(first: Dataset, second: Dataset) -> Iterator[TagDifference]:
    syntaxes = [_syntax(dataset) for dataset in (first, second)]
    if syntaxes[0] != syntaxes[1]:
        yield TagDifference("(0002,0010)", "Transfer Syntax UID", "UI", DifferenceKind.CHANGED, *syntaxes)


def _syntax(dataset: Dataset) -> str:
    meta = getattr(dataset, "file_meta", None)
    return str(meta.get("TransferSyntaxUID", "") or "") if meta is not None else ""


def _datasets(first: Dataset, second: Dataset, where: str, pixels: bool) -> Iterator[TagDifference]:
    for tag in sorted({*first.keys(), *second.keys()}):
        if tag.element == 0 or tag == _PADDING or (tag in _PIXELS and not pixels):
            continue
        ours, theirs = _element(first, tag), _element(second, tag)
        path = f"{where}({tag.group:04X},{tag.element:04X})"
        present = ours if ours is not _ABSENT else theirs
        name, vr = _name(present), str(getattr(present, "VR", "") or "UN")
        if ours is _ABSENT or theirs is _ABSENT:
            kind = DifferenceKind.ONLY_SECOND if ours is _ABSENT else DifferenceKind.ONLY_FIRST
            yield TagDifference(path, name, vr, kind, _text(ours), _text(theirs))
        elif getattr(ours, "VR", "") == "SQ" and getattr(theirs, "VR", "") == "SQ":
            yield from _items(ours, theirs, path, name, pixels)
        elif not _same(ours, theirs):
            yield TagDifference(path, name, vr, DifferenceKind.CHANGED, _text(ours), _text(theirs))


def _items(ours: Any, theirs: Any, path: str, name: str, pixels: bool) -> Iterator[TagDifference]:
    if len(ours.value) != len(theirs.value):
        yield TagDifference(path, name, "SQ", DifferenceKind.CHANGED, value_text(ours), value_text(theirs))
    for number, (one, other) in enumerate(zip(ours.value, theirs.value, strict=False), start=1):
        yield from _datasets(one, other, f"{path}[{number}].", pixels)


def _element(dataset: Dataset, tag: Any) -> Any:
    """The element, decoded where that is possible, raw where not, `_ABSENT` where there is none."""
    if tag not in dataset:
        return _ABSENT
    try:
        return dataset[tag]
    except Exception:
        return dataset.get_item(tag)


def _same(ours: Any, theirs: Any) -> bool:
    try:
        if getattr(ours, "VR", "") != getattr(theirs, "VR", ""):
            # An implicit transfer syntax knows no VRs: what cannot be looked up is UN there.
            return value_text(ours) == value_text(theirs) and "UN" not in (ours.VR, theirs.VR)
        return bool(ours.value == theirs.value) or (_empty(ours.value) and _empty(theirs.value))
    except Exception:
        return _text(ours) == _text(theirs)


def _empty(value: Any) -> bool:
    return value is None or (hasattr(value, "__len__") and len(value) == 0) or value == ""


def _text(element: Any) -> str:
    if element is _ABSENT:
        return ""
    try:
        return value_text(element)
    except Exception:
        return say("objects", "cannot be read")


def _name(element: Any) -> str:
    try:
        name = str(getattr(element, "name", "") or "")
    except Exception:
        name = ""
    if name:
        return name
    import pydicom

    try:
        return pydicom.datadict.dictionary_description(element.tag)
    except KeyError:
        return "unknown"
