"""The DICOM JSON model (PS3.18 Annex F), read so that one bad element never loses a row.

Text is UTF-8 whatever Specific Character Set says. Numbers come as numbers or strings, names as objects or strings,
single values without their list, keys in lower case or as keywords: all of it is read, and `issues` says what was off.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.core.errors import Interrupted, NotDicomWeb
from desktop_app.core.person_name import PersonName

_TAG = re.compile(r"[0-9A-F]{8}")
_LOOSE_TAG = re.compile(r"\(?([0-9A-Fa-f]{4}),?([0-9A-Fa-f]{4})\)?")
_WHOLE = re.compile(r" *[+-]?[0-9]{1,20} *")
_GAP = re.compile(r"[\s,]*")
_STRING_OR_BRACE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})?')
_PERSON_NAME_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")
_NAME_COMPONENTS = ("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix")


@dataclass(frozen=True, slots=True)
class JsonElement:
    """One attribute: its VR (may be empty), its raw values, or where its bulk data is."""

    vr: str = ""
    values: tuple[object, ...] = ()
    bulk_data_uri: str = ""
    inline_binary: str = ""


@dataclass(frozen=True, slots=True)
class DicomJsonDataset:
    """One object of a DICOM JSON answer. Attributes by tag, eight upper-case hex digits (`00100010`).

    Every reader returns an empty value for what is missing or unreadable; none raises. The parsed JSON is kept and
    looked at when asked: of a list of thousands of rows most attributes are never read.
    """

    raw: Mapping[str, object] = field(default_factory=dict)
    key_issues: tuple[str, ...] = ()

    def __contains__(self, tag: str) -> bool:
        return tag in self.raw

    def __len__(self) -> int:
        return len(self.raw)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that are there, in ascending order."""
        return tuple(sorted(self.raw))

    def element(self, tag: str) -> JsonElement:
        """The attribute, an empty one when it is missing."""
        return _element(self.raw.get(tag))

    def _values(self, tag: str) -> Sequence[object]:
        raw = self.raw.get(tag)
        values = raw.get("Value") if type(raw) is dict else raw
        return values if type(values) is list else () if values is None else (values,)

    def texts(self, tag: str) -> tuple[str, ...]:
        """All values as text, trimmed; empty ones are kept as empty strings."""
        return tuple(_text(value) for value in self._values(tag))

    def text(self, tag: str) -> str:
        """The first value as text, trimmed; empty when there is none."""
        values = self._values(tag)
        return _text(values[0]) if values else ""

    def int(self, tag: str) -> int | None:
        """The first value as a whole number, None when it is none."""
        values = self._values(tag)
        return _int(values[0]) if values else None

    def floats(self, tag: str) -> tuple[float, ...]:
        """The values that are finite numbers (`DS`, `FD` …, numbers or strings); others are left out."""
        return tuple(number for number in map(_float, self._values(tag)) if number is not None)

    def person_name(self, tag: str) -> PersonName:
        """The first value as a name with its three groups."""
        values = self._values(tag)
        return _person_name(values[0]) if values else PersonName()

    def sequence(self, tag: str) -> tuple[DicomJsonDataset, ...]:
        """The items of a sequence. What is no item comes as an empty data set, so that positions keep their meaning."""
        return tuple(read_dataset(value) for value in self._values(tag))

    def binary(self, tag: str) -> bytes | None:
        """InlineBinary decoded; None when there is none or it is damaged."""
        text = "".join(self.element(tag).inline_binary.split())
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4)) if text else None
        except (binascii.Error, ValueError):
            return None

    @property
    def issues(self) -> tuple[str, ...]:
        """What deviates from the model, by tag and VR, never by value. Computed when asked: it looks at every value."""
        found = list(self.key_issues)
        for tag, raw in self.raw.items():
            if type(raw) is not dict:
                found.append(f"{tag} is no object")
                continue
            element = _element(raw)
            check = _VR_CHECKS.get(element.vr)
            if not element.vr:
                found.append(f"{tag} has no VR")
            if raw.get("Value") is not None and type(raw["Value"]) is not list:
                found.append(f"{tag} has a Value that is no list")
            if check and any(value is not None and not check(value) for value in element.values):
                found.append(f"{tag} has a value that is no {element.vr}")
            if element.vr == "SQ":
                found += (f"{tag}/{issue}" for item in self.sequence(tag) for issue in item.issues)
        return tuple(found)


def read_dataset(obj: object) -> DicomJsonDataset:
    """Any parsed JSON value as a data set. Keys that are no tags are left out and named in `issues`."""
    if type(obj) is not dict:
        return DicomJsonDataset({}, () if obj is None else ("an item is no JSON object",))
    if all(map(_TAG.fullmatch, obj)):
        return DicomJsonDataset(obj)
    issues: list[str] = []
    tags = {key: key if _TAG.fullmatch(key) else _tag_of(key, issues) for key in obj}
    return DicomJsonDataset({tag: obj[key] for key, tag in tags.items() if tag}, tuple(issues))


def _element(raw: object) -> JsonElement:
    if type(raw) is not dict:
        return JsonElement("", () if raw is None else _as_values(raw))
    vr, values, uri, inline = raw.get("vr"), raw.get("Value"), raw.get("BulkDataURI"), raw.get("InlineBinary")
    if isinstance(inline, list):                        # seen: the base64 text in a list of its own
        inline = "".join(part for part in inline if isinstance(part, str))
    return JsonElement(
        vr if isinstance(vr, str) else "",
        () if values is None else _as_values(values),
        uri.strip() if isinstance(uri, str) else "",
        inline if isinstance(inline, str) else "",
    )


def _as_values(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _tag_of(key: str, issues: list[str]) -> str:
    loose = _LOOSE_TAG.fullmatch(key)
    tag = (loose.group(1) + loose.group(2)).upper() if loose else TAGS.get(key, "")
    issues.append(f"the key {key[:40]!r} is no tag" if not tag else f"{tag} is written in another way")
    return tag


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip(" \0\r\n\t")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return _person_name(value).alphabetic
    return ""


def _int(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    number = _float(value)
    return int(number) if number is not None and number.is_integer() else None


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _person_name(value: object) -> PersonName:
    if isinstance(value, str):
        return PersonName.parse(value)
    if not isinstance(value, Mapping):
        return PersonName()
    groups = [_name_group(value.get(group)) for group in _PERSON_NAME_GROUPS]
    if "=" in groups[0]:
        return PersonName.parse(groups[0])
    return PersonName.parse("=".join(groups))


def _name_group(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        return "^".join(_text(value.get(component)) for component in _NAME_COMPONENTS).rstrip("^")
    return _text(value) if isinstance(value, str | int | float) else ""


_VR_CHECKS = {
    **dict.fromkeys(("IS", "SL", "SS", "SV", "UL", "US", "UV"), lambda value: _int(value) is not None),
    **dict.fromkeys(("DS", "FL", "FD"), lambda value: _float(value) is not None),
    "PN": lambda value: isinstance(value, Mapping),
    "SQ": lambda value: isinstance(value, Mapping),
    **dict.fromkeys(
        ("AE", "AS", "CS", "DA", "DT", "LO", "LT", "SH", "ST", "TM", "UC", "UI", "UR", "UT"),
        lambda value: isinstance(value, str),
    ),
}

# The attributes this program asks for and searches by: keyword → tag.
TAGS: Mapping[str, str] = {
    "ImageType": "00080008",
    "SOPClassUID": "00080016",
    "SOPInstanceUID": "00080018",
    "StudyDate": "00080020",
    "SeriesDate": "00080021",
    "StudyTime": "00080030",
    "SeriesTime": "00080031",
    "AccessionNumber": "00080050",
    "Modality": "00080060",
    "ModalitiesInStudy": "00080061",
    "InstitutionName": "00080080",
    "ReferringPhysicianName": "00080090",
    "StudyDescription": "00081030",
    "SeriesDescription": "0008103E",
    "RetrieveURL": "00081190",
    "AvailableTransferSyntaxUID": "00083002",
    "PatientName": "00100010",
    "PatientID": "00100020",
    "PatientBirthDate": "00100030",
    "PatientSex": "00100040",
    "BodyPartExamined": "00180015",
    "StudyInstanceUID": "0020000D",
    "SeriesInstanceUID": "0020000E",
    "StudyID": "00200010",
    "SeriesNumber": "00200011",
    "AcquisitionNumber": "00200012",
    "DiffusionBValue": "00189087",
    "EchoNumbers": "00180086",
    "EchoTime": "00180081",
    "TemporalPositionIdentifier": "00200100",
    "TriggerTime": "00181060",
    "AcquisitionTime": "00080032",
    "ContentTime": "00080033",
    "ImageLaterality": "00200062",
    "ViewPosition": "00185101",
    "PatientOrientation": "00200020",
    "InstanceNumber": "00200013",
    "ImagePositionPatient": "00200032",
    "ImageOrientationPatient": "00200037",
    "FrameOfReferenceUID": "00200052",
    "Laterality": "00200060",
    "NumberOfStudyRelatedSeries": "00201206",
    "NumberOfStudyRelatedInstances": "00201208",
    "NumberOfSeriesRelatedInstances": "00201209",
    "NumberOfFrames": "00280008",
    "Rows": "00280010",
    "Columns": "00280011",
}


def decode_json_text(body: bytes, charset: str = "") -> str:
    """A JSON body as text: UTF-8 (RFC 8259), else the charset of the header, else with marks for what is damaged."""
    for encoding in ("utf-8-sig", charset):
        try:
            if encoding:
                return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")


def iter_json_array(text: str) -> Iterator[object]:
    """The members of a top-level JSON array one by one, so that a coroutine can pause between them.

    A lone object is an array of one, blank text an empty array. An object that breaks the grammar of JSON comes as
    None, the ones after it are not lost. Raises NotDicomWeb for what is no JSON, Interrupted when the text ends
    inside the array; what was whole has been yielded before.
    """
    decoder = json.JSONDecoder(strict=False)            # control characters inside strings occur
    at = _skip_gap(text, 0)
    if at >= len(text):
        return
    if text[at] == "{":
        yield _decode_at(decoder, text, at)[0]
        return
    if text[at] != "[":
        raise NotDicomWeb(detail="The answer is no JSON array.")
    at = _skip_gap(text, at + 1)
    while at < len(text) and text[at] != "]":
        value, at = _decode_at(decoder, text, at)
        yield value
        at = _skip_gap(text, at)
    if at >= len(text):
        raise Interrupted(detail="The JSON answer ends inside its list.")


def _skip_gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _decode_at(decoder: json.JSONDecoder, text: str, at: int) -> tuple[object, int]:
    try:
        return decoder.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        end = _end_of_object(text, at)
        if end is None:
            raise Interrupted(detail=f"The JSON answer breaks off in the object at character {at}.") from error
        try:
            return decoder.decode(_ESCAPE.sub(_escaped, text[at:end])), end
        except (ValueError, RecursionError):
            return None, end


def _escaped(found: re.Match[str]) -> str:
    """A backslash that escapes nothing stands for itself: multi-valued text put into JSON as it was."""
    return found.group() if found.group(1) else r"\\"


def _end_of_object(text: str, at: int) -> int | None:
    """The index behind the object that begins at `at`, None when it does not end. Raises NotDicomWeb for no object."""
    if text[at] != "{":
        raise NotDicomWeb(detail=f"The JSON answer cannot be read at character {at}.")
    depth = 0
    for found in _STRING_OR_BRACE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0 and found.group() == "}":
            return found.end()
    return None
