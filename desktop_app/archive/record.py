"""Record: what the catalogue keeps of one instance, made from its header in one go."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.archive import attributes
from desktop_app.archive.attributes import BY_LEVEL, INDEXED, KEPT, Kind, Level
from desktop_app.archive.header_json import BULK_MARK, JsonElement, header_elements, line, tag_of_line
from desktop_app.archive.matching import moment_values, number_values, text_values
from desktop_app.archive.part10 import Header
from desktop_app.core.errors import DamagedDicom

# Strictly digits and dots; real files stray, and nothing is lost by taking them.
_UID = re.compile(r"[0-9A-Za-z._-]{1,64}")
_SYNTAX_TAG = 0x00083002


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One value by which a study or a series is found: `value` for text and numbers, `day` and `time` for moments."""

    level: Level
    kind: Kind
    tag: int
    value: str | float = ""
    day: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One instance as the catalogue keeps it. Lines are ready-made DICOM JSON, see header_json."""

    study_uid: str
    series_uid: str
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    series_number: int | None
    instance_number: int | None
    modality: str
    study_moment: str
    study_lines: str
    series_lines: str
    instance_lines: str
    header_lines: bytes
    study_keys: tuple[KeyRow, ...]
    series_keys: tuple[KeyRow, ...]
    pixels_are_cut: bool = False


def make_record(header: Header) -> Record:
    """The record of an instance. Raises DamagedDicom when it lacks the UIDs that would address it."""
    study_uid, series_uid = header.text(attributes.STUDY_INSTANCE_UID), header.text(attributes.SERIES_INSTANCE_UID)
    sop_instance_uid, sop_class_uid = header.text(attributes.SOP_INSTANCE_UID), header.text(attributes.SOP_CLASS_UID)
    uids = (study_uid, series_uid, sop_instance_uid, sop_class_uid)
    if not all(uids):
        raise DamagedDicom("The DICOM object lacks the identifiers of its study, its series or itself, so no archive"
                           " can keep it.")
    if not all(_UID.fullmatch(uid) for uid in uids):
        raise DamagedDicom("The DICOM object has identifiers that are no valid UIDs.")
    elements = header_elements(header)
    elements[_SYNTAX_TAG] = {"vr": "UI", "Value": [header.transfer_syntax_uid]}
    lines = {tag: line(tag, element) for tag, element in sorted(elements.items())}
    return Record(
        study_uid, series_uid, sop_instance_uid, sop_class_uid,
        transfer_syntax_uid=header.transfer_syntax_uid,
        series_number=_first_integer(elements.get(attributes.SERIES_NUMBER)),
        instance_number=_first_integer(elements.get(attributes.INSTANCE_NUMBER)),
        modality=header.text(attributes.MODALITY),
        study_moment=_study_moment(elements),
        study_lines=_chosen(lines, KEPT[Level.STUDY]),
        series_lines=_chosen(lines, KEPT[Level.SERIES]),
        instance_lines=_chosen(lines, KEPT[Level.INSTANCE] | {_SYNTAX_TAG}),
        header_lines=pack_lines(lines.values()),
        study_keys=key_rows(Level.STUDY, elements),
        series_keys=key_rows(Level.SERIES, elements),
        pixels_are_cut=header.pixels is not None and header.pixels.is_cut,
    )


def _chosen(lines: dict[int, str], tags: frozenset[int]) -> str:
    return "\n".join(text for tag, text in lines.items() if tag in tags)


def _first_integer(element: JsonElement | None) -> int | None:
    values = number_values(element)
    return int(values[0]) if values and abs(values[0]) < 2 ** 53 else None


def _study_moment(elements: dict[int, JsonElement]) -> str:
    days = moment_values("DA", elements.get(attributes.STUDY_DATE))
    times = moment_values("TM", elements.get(attributes.STUDY_TIME))
    return (days[0] + (times[0] if times else "")) if days else ""


def key_rows(level: Level, elements: dict[int, JsonElement]) -> tuple[KeyRow, ...]:
    """The rows by which an index finds a study or a series."""
    rows: list[KeyRow] = []
    for attribute in BY_LEVEL[level]:
        element = elements.get(attribute.tag)
        if attribute.tag not in INDEXED or element is None:
            continue
        kind, tag = attribute.kind, attribute.tag
        if kind is Kind.NUMBER:
            rows += [KeyRow(level, kind, tag, value) for value in number_values(element)]
        elif kind is Kind.MOMENT:
            values = moment_values(attribute.vr, element)
            rows += [_moment_row(level, attribute.vr, tag, value, elements) for value in values]
        else:
            rows += [KeyRow(level, kind, tag, value) for value in text_values(attribute.vr, element)]
    return tuple(rows)


def _moment_row(level: Level, vr: str, tag: int, value: str, elements: dict[int, JsonElement]) -> KeyRow:
    if vr != "DA":
        return KeyRow(level, Kind.MOMENT, tag, day=value)
    times = moment_values("TM", elements.get(attributes.TIME_OF_DATE.get(tag, 0)))
    return KeyRow(level, Kind.MOMENT, tag, day=value, time=times[0] if times else "000000000000")


def pack_lines(lines: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(lines).encode("utf-8", "replace"), 1)


def unpack_lines(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8")


def merged_lines(old: str, new: str) -> str:
    """`old` with the attributes of `new` that it lacks or has without a value."""
    known = {tag_of_line(text): text for text in old.split("\n") if text}
    for text in new.split("\n"):
        if text and _is_empty(known.get(tag_of_line(text), "")) and not _is_empty(text):
            known[tag_of_line(text)] = text
    return "\n".join(known[tag] for tag in sorted(known))


def _is_empty(text: str) -> bool:
    return '"Value":' not in text and '"BulkDataURI":' not in text and '"InlineBinary":' not in text


def parsed_lines(lines: str) -> dict[int, JsonElement]:
    """Lines as elements, for the matching of what no index knows."""
    parsed = json.loads("{" + lines.replace("\n", ",").replace(BULK_MARK, "/") + "}")
    return {int(tag, 16): element for tag, element in parsed.items()}
