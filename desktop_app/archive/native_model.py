"""DICOM JSON elements as the Native DICOM Model (PS3.19 A.1.6), for clients that ask for XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from desktop_app.archive.attributes import keyword_of

_HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n'
         '<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">')
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")
_NAME_PARTS = ("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix")


def native_model(dataset: dict[str, Any]) -> bytes:
    """One data set (DICOM JSON, parsed) as an XML document."""
    return (_HEAD + "".join(_attributes(dataset)) + "</NativeDicomModel>").encode("utf-8", "replace")


def _attributes(dataset: dict[str, Any]) -> Iterator[str]:
    for tag, element in sorted(dataset.items()):
        yield f'<DicomAttribute tag="{tag}" vr="{element["vr"]}"{_names(tag, dataset)}>'
        if "BulkDataURI" in element:
            yield f"<BulkData uri={quoteattr(element['BulkDataURI'])}/>"
        elif "InlineBinary" in element:
            yield f"<InlineBinary>{element['InlineBinary']}</InlineBinary>"
        else:
            for number, value in enumerate(element.get("Value", ()), start=1):
                yield _value(number, value, element["vr"])
        yield "</DicomAttribute>"


def _names(tag: str, dataset: dict[str, Any]) -> str:
    """The keyword of a standard attribute, the creator of a private one."""
    if int(tag[3], 16) & 1:
        creator = dataset.get(f"{tag[:4]}00{tag[4:6]}", {}).get("Value") or [None]
        return f" privateCreator={quoteattr(_clean(creator[0]))}" if creator[0] and tag[4:6] != "00" else ""
    keyword = keyword_of(int(tag, 16))
    return f' keyword="{keyword}"' if keyword else ""


def _value(number: int, value: object, vr: str) -> str:
    if vr == "SQ":
        return f'<Item number="{number}">{"".join(_attributes(value if isinstance(value, dict) else {}))}</Item>'
    if isinstance(value, dict):
        return f'<PersonName number="{number}">{"".join(_name_groups(value))}</PersonName>'
    return f'<Value number="{number}">{_text(value)}</Value>'


def _name_groups(name: dict[str, str]) -> Iterator[str]:
    for group in _NAME_GROUPS:
        if name.get(group):
            parts = zip(_NAME_PARTS, name[group].split("^"), strict=False)
            inner = "".join(f"<{part}>{_text(text)}</{part}>" for part, text in parts if text)
            yield f"<{group}>{inner}</{group}>"


def _text(value: object) -> str:
    return "" if value is None else escape(_clean(str(value)))


def _clean(text: str) -> str:
    """XML has no way to write most control characters."""
    return _NOT_XML.sub("\ufffd", text)
