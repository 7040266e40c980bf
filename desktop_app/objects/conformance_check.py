"""Does a data set hold what its kind of object must (PS3.3), in the form that it must (PS3.5, PS3.6)?

The table of required attributes is made by packaging/make_required.py. Attributes that are required under a condition
only are not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop_app.core.presend import FindingKind
from desktop_app.core.words import say
from desktop_app.resources import resource_path

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_MOST = 50              # findings of one file
_CHECKED_VRS = frozenset({"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "SH", "TM", "UI", "PN", "ST", "LT", "UC"})
_CODED_TEXTS = frozenset({"LO", "SH", "PN", "ST", "LT", "UC", "UT"})


def check_dataset(dataset: Dataset) -> tuple[tuple[FindingKind, str], ...]:
    """What is wrong with it, in sentences without any value. Never raises; for a thread that may take its time."""
    found = [*_required(dataset), *_charset(dataset), *_values(dataset, "")]
    return tuple(found[:_MOST])


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads(resource_path("required_attributes.json").read_text("utf-8"))
    return table


def _required(dataset: Dataset) -> Iterator[tuple[FindingKind, str]]:
    table = _table()
    modules = table["classes"].get(str(dataset.get("SOPClassUID", "")), ())
    seen: set[str] = set()
    for module in modules:
        for kind in ("1", "2"):
            for keyword in table["modules"][module][kind]:
                if keyword in seen:
                    continue
                seen.add(keyword)
                if keyword not in dataset:
                    if keyword == "PixelData":          # headers only are looked at
                        continue
                    yield FindingKind.MISSING, say(
                        "objects", "{named} is missing; every object of this kind must have it.").format(
                            named=_named(keyword))
                elif kind == "1" and _is_empty(dataset, keyword):
                    yield FindingKind.MISSING, say(
                        "objects", "{named} is empty; every object of this kind must say it.").format(
                            named=_named(keyword))


def _is_empty(dataset: Dataset, keyword: str) -> bool:
    try:
        return bool(dataset[keyword].is_empty)
    except Exception:
        return False            # it is there, but cannot be read: said as a value


def _named(keyword: str) -> str:
    import pydicom

    tag = pydicom.tag.Tag(keyword)
    return f"{pydicom.datadict.dictionary_description(tag)} ({tag.group:04X},{tag.element:04X})"


def _charset(dataset: Dataset) -> Iterator[tuple[FindingKind, str]]:
    import pydicom

    value = dataset.get("SpecificCharacterSet")
    declared = [str(one) for one in (value if isinstance(value, pydicom.multival.MultiValue) else [value or ""])]
    unknown = [one for one in declared if one and one not in pydicom.charset.python_encoding]
    if unknown:
        yield FindingKind.CHARSET, say(
            "objects", "Specific Character Set (0008,0005) names one that DICOM does not know.")
        return
    encodings = [pydicom.charset.python_encoding.get(one, "iso8859") for one in declared]
    for tag in list(dataset.keys()):
        raw = dataset.get_item(tag)
        data = getattr(raw, "value", None)
        if not isinstance(data, bytes) or (raw.VR or _vr_of(tag)) not in _CODED_TEXTS or data.isascii():
            continue
        if declared == [""]:
            yield FindingKind.CHARSET, say(
                "objects", "{tag_named} has letters beyond ASCII, but no character set is declared.").format(
                    tag_named=_tag_named(tag))
        elif len(encodings) == 1 and not _decodes(data, encodings[0]):
            yield FindingKind.CHARSET, say(
                "objects", "{tag_named} is not written in the character set that is declared.").format(
                    tag_named=_tag_named(tag))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode("latin-1" if encoding == "iso8859" else encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _values(dataset: Dataset, where: str) -> Iterator[tuple[FindingKind, str]]:
    import pydicom

    for tag in list(dataset.keys()):
        if tag.is_private or tag.group > 0x7FDF or tag.element == 0:
            continue
        name = where + _tag_named(tag)
        try:
            element = dataset[tag]
        except Exception:
            yield FindingKind.VALUE, say("objects", "{name} cannot be read.").format(name=name)
            continue
        vr = str(element.VR)
        if vr == "SQ":
            for number, item in enumerate(element.value, start=1):
                yield from _values(item, f"{name}[{number}].")
            continue
        wanted = _vr_of(tag)
        if wanted and vr not in (wanted, "UN") and vr not in wanted.split(" or "):
            yield FindingKind.VALUE, say(
                "objects", "{name} is written as {vr}; it must be {wanted}.").format(
                    name=name, vr=vr, wanted=wanted)
            continue
        if element.is_empty:
            continue
        if not _vm_fits(tag, element.VM):
            yield FindingKind.VALUE, say(
                "objects", "{name} has {VM} values; DICOM allows {vm_of}.").format(
                    name=name, VM=element.VM, vm_of=_vm_of(tag))
        elif vr in _CHECKED_VRS and not _is_valid(vr, element.value, pydicom):
            yield FindingKind.VALUE, say(
                "objects", "{name} has a value that is not allowed for its kind ({vr}).").format(
                    name=name, vr=vr)


def _is_valid(vr: str, value: Any, pydicom: Any) -> bool:
    many = isinstance(value, pydicom.multival.MultiValue)
    for one in value if many else [value]:
        text = getattr(one, "original_string", None) or str(one)
        try:
            pydicom.valuerep.validate_value(vr, text, pydicom.config.RAISE)
        except (ValueError, TypeError, OverflowError):
            return False
    return True


def _vr_of(tag: Any) -> str:
    import pydicom

    try:
        return str(pydicom.datadict.dictionary_VR(tag))
    except KeyError:
        return ""


def _vm_of(tag: Any) -> str:
    import pydicom

    try:
        return str(pydicom.datadict.dictionary_VM(tag))
    except KeyError:
        return "1-n"


def _vm_fits(tag: Any, count: int) -> bool:
    """PS3.6's Value Multiplicity: `1`, `1-3`, `1-n`, `2-2n`."""
    low, _, high = _vm_of(tag).partition("-")
    if not low.isdecimal() or count < int(low):
        return not low.isdecimal()
    if not high:
        return count == int(low)
    if high.endswith("n"):
        step = int(high[:-1] or 1)
        return count % step == 0
    return count <= int(high)


def _tag_named(tag: Any) -> str:
    import pydicom

    try:
        return _named(pydicom.datadict.keyword_for_tag(tag)) if pydicom.datadict.keyword_for_tag(tag) else str(tag)
    except (KeyError, ValueError):
        return str(tag)
