"""Attributes: reading what someone else wrote. A value that cannot be read is one that is not there."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, overload

import pydicom
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.tag import BaseTag
from pydicom.uid import UID

from desktop_app.core.errors import DamagedDicom, NotDicom
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import ObjectHead
from desktop_app.objects.plain_level import PLAIN_VRS, PlainLevel

MANUFACTURER = "Lightbox"
Level = Dataset | PlainLevel            # what attributes are asked of
_MOST_TEXT = 1 << 20


def read(data: bytes) -> Dataset:
    """A whole Part 10 object. Raises NotDicom or DamagedDicom."""
    try:
        dataset = pydicom.dcmread(io.BytesIO(data), force=data[128:132] != b"DICM")
    except MemoryError:
        raise
    except Exception as error:
        if data[128:132] != b"DICM":
            raise NotDicom(detail=type(error).__name__) from error
        raise DamagedDicom(detail=type(error).__name__) from error
    if "SOPClassUID" not in dataset and "SOPInstanceUID" not in dataset and data[128:132] != b"DICM":
        raise NotDicom      # forced to read, pydicom finds elements in anything
    return dataset


@lru_cache(maxsize=1024)
def _tag(keyword: str) -> BaseTag:
    found = tag_for_keyword(keyword)
    if found is None:
        raise KeyError(keyword)
    return BaseTag(found)


@lru_cache(maxsize=1024)
def _number(keyword: str) -> int:
    return int(_tag(keyword))


def text(dataset: Level, keyword: str) -> str:
    """The value as one line of text, empty where there is none."""
    value = get(dataset, keyword)
    if value is None or isinstance(value, (bytes, DicomSequence)):
        return ""
    if isinstance(value, (list, pydicom.multival.MultiValue)):
        return "\\".join(str(part) for part in value)
    return str(value).strip(" \0\r\n\t")[:_MOST_TEXT]


def get(dataset: Level, keyword: str) -> Any:
    """The value, None where there is none or it cannot be read. Plain ASCII stays text, whatever its VR."""
    if isinstance(dataset, PlainLevel):
        return dataset.value(_number(keyword))
    try:
        tag = _tag(keyword)
        if tag not in dataset:
            return None
        raw: Any = dataset.get_item(tag)
        if isinstance(raw, RawDataElement) and raw.VR in PLAIN_VRS and isinstance(raw.value, bytes) and (
                raw.value.isascii() and b"\x1b" not in raw.value):
            return raw.value.decode("ascii")        # a long report has thousands of them
        return dataset[tag].value
    except Exception:       # pydicom raises what it likes about values of others
        return None


def numbers(dataset: Level, keyword: str) -> tuple[float, ...]:
    """The values as finite numbers."""
    value = get(dataset, keyword)
    if value is None or isinstance(value, (str, bytes, DicomSequence)):
        parts: Sequence[Any] = str(value).split("\\") if isinstance(value, str) else ()
    else:
        parts = list(value) if hasattr(value, "__iter__") else [value]
    found = []
    for part in parts:
        try:
            number = float(part)
        except (TypeError, ValueError):
            continue
        if math.isfinite(number):
            found.append(number)
    return tuple(found)


def number(dataset: Level, keyword: str) -> float | None:
    values = numbers(dataset, keyword)
    return values[0] if values else None


@overload
def items(dataset: Dataset, keyword: str) -> Sequence[Dataset]: ...


@overload
def items(dataset: Level, keyword: str) -> Sequence[Level]: ...


def items(dataset: Level, keyword: str) -> Sequence[Level]:
    """The items of a sequence, none where there is no such sequence."""
    if isinstance(dataset, PlainLevel):
        return dataset.items(_number(keyword))
    value = get(dataset, keyword)
    return list(value) if isinstance(value, DicomSequence) else []


def meaning(dataset: Level, keyword: str) -> str:
    """Code Meaning of the first item of a code sequence, else its value."""
    for item in items(dataset, keyword)[:1]:
        return text(item, "CodeMeaning") or text(item, "CodeValue") or text(item, "LongCodeValue")
    return ""


def code(dataset: Level, keyword: str) -> tuple[str, str]:
    """(value, scheme) of the first item of a code sequence."""
    for item in items(dataset, keyword)[:1]:
        return text(item, "CodeValue") or text(item, "LongCodeValue"), text(item, "CodingSchemeDesignator")
    return "", ""


def class_name(uid: str) -> str:
    """A SOP class in words: `Comprehensive SR`; empty for one that the dictionary does not know."""
    name = UID(uid).name if uid else ""
    return "" if name == uid else name.removesuffix(" Storage").removesuffix(" - For Presentation")


def head_of(dataset: Level, *, author: str = "", title: str = "", remarks: Sequence[str] = ()) -> ObjectHead:
    """What every object says of itself."""
    uid = text(dataset, "SOPClassUID")
    kinds = ("Content", "PresentationCreation", "InstanceCreation", "Series")
    moment = next((found for kind in kinds if (found := _moment(dataset, f"{kind}Date", f"{kind}Time"))), "")
    return ObjectHead(
        FrameRef(
            text(dataset, "StudyInstanceUID"), text(dataset, "SeriesInstanceUID"), text(dataset, "SOPInstanceUID")),
        uid, class_name(uid), text(dataset, "Modality"), title or text(dataset, "SeriesDescription"),
        author or person(text(dataset, "ContentCreatorName")) or text(dataset, "Manufacturer"), moment,
        text(dataset, "Manufacturer") == MANUFACTURER, tuple(remarks),
    )


def person(name: str) -> str:
    """A person's name as it is spoken: `DOE^JANE` → `Jane Doe` as written, without carets."""
    parts = [part.strip() for part in name.split("=")[0].split("^")]
    return " ".join(part for part in (*parts[1:2], *parts[:1]) if part)


def _moment(dataset: Level, date: str, time: str) -> str:
    day = "".join(letter for letter in text(dataset, date) if letter.isdigit())[:8]
    whole, _, part = text(dataset, time).partition(".")
    clock = "".join(letter for letter in whole if letter.isdigit())[:6]
    fraction = f".{part}".rstrip("0") if part.isdigit() and len(clock) == 6 else "."
    return f"{day}{clock}{fraction}".rstrip(".") if len(day) == 8 else ""
