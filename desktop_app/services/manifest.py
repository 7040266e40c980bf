"""Manifests: files that say which objects a study has, for archives that can only retrieve.

Two kinds are read: a FHIR ImagingStudy (R4 or R5, JSON or XML, also inside a Bundle), and a Key Object Selection
document whose evidence sequence lists the objects (IHE XDS-I manifest; PS3.3 C.17.6.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.core.errors import DiskError, NotDicom
from desktop_app.core.person_name import PersonName
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.words import say, t

_MOST_BYTES = 64 * 2**20
_KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
_FHIR = "{http://hl7.org/fhir}"
_NO_MANIFEST = (
    t(
        "services", "This file names no images that could be retrieved. A manifest is a FHIR ImagingStudy "
        "(JSON or XML) or a Key Object Selection document.")
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One study with the series and objects that are named."""

    study: Study
    series: tuple[Series, ...]
    instances: tuple[Instance, ...]


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises NotDicom with a sentence for what is none, DiskError; not for an event loop."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise NotDicom(say("services", _NO_MANIFEST))
        data = path.read_bytes()
    except OSError as error:
        raise DiskError(say("services", "The file cannot be read. Check whether it is still there.")) from error
    if data[128:132] == b"DICM":
        found = _of_key_objects(path)
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
        try:
            resource = json.loads(text) if text[:1] == b"{" else _of_xml(text)
        except (ValueError, RecursionError) as error:
            raise NotDicom(say("services", _NO_MANIFEST), detail=type(error).__name__) from error
        found = next(iter(_imaging_studies(resource)), None)
    if found is None or not found.instances:
        raise NotDicom(say("services", _NO_MANIFEST))
    return found


# ---------------------------------------------------------------------------------------------------------------- FHIR

def _imaging_studies(resource: Any) -> Iterator[Manifest]:
    if not isinstance(resource, Mapping):
        return
    if resource.get("resourceType") == "Bundle":
        for entry in _list(resource.get("entry")):
            yield from _imaging_studies(_map(entry).get("resource"))
    elif resource.get("resourceType") == "ImagingStudy":
        found = _of_fhir(resource)
        if found is not None:
            yield found


def _of_fhir(resource: Mapping[str, Any]) -> Manifest | None:
    identifiers = [_map(one) for one in _list(resource.get("identifier"))]
    uid = next((_uid(one.get("value")) for one in identifiers if one.get("system") == "urn:dicom:uid"), "")
    if not uid:
        uid = next((found for one in identifiers if (found := _uid(one.get("value")))), "")
    series: list[Series] = []
    instances: list[Instance] = []
    for raw in map(_map, _list(resource.get("series"))):
        series_uid = _uid(raw.get("uid"))
        modality = _code(raw.get("modality"))
        named = [_map(one) for one in _list(raw.get("instance"))]
        series.append(Series(
            uid, series_uid, modality, _number(raw.get("number")), str(raw.get("description") or ""),
            instance_count=len(named)))
        instances += (
            Instance(uid, series_uid, sop_uid, _uid(_code(one.get("sopClass"))), _number(one.get("number")))
            for one in named if (sop_uid := _uid(one.get("uid"))))
    if not uid:
        return None
    started = str(resource.get("started") or "")
    return Manifest(
        Study(
            uid, PersonName(str(_map(resource.get("subject")).get("display") or "")),
            study_date=started[:10].replace("-", ""), study_time=started[11:19].replace(":", ""),
            modalities=tuple(dict.fromkeys(one.modality for one in series if one.modality)),
            description=str(resource.get("description") or ""), series_count=len(series),
            instance_count=len(instances)),
        tuple(series), tuple(instances))


def _of_xml(text: bytes) -> Any:
    """The same tree as FHIR's JSON, as far as it is needed. Entities and document types are refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return _tree(fromstring(text, forbid_dtd=True))
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("no XML that is read here") from error


def _tree(element: Any) -> dict[str, Any]:
    name = str(element.tag).removeprefix(_FHIR)
    found: dict[str, Any] = {"resourceType": name} if name[:1].isupper() else {}
    for child in element:
        key = str(child.tag).removeprefix(_FHIR)
        value = child.get("value")
        inner: Any = value if value is not None else _tree(child)
        if key in ("resource", "contained") and len(child):
            inner = _tree(child[0])
        if key in _REPEATED:
            found.setdefault(key, []).append(inner)
        else:
            found[key] = inner
    return found


_REPEATED = frozenset({"identifier", "series", "instance", "entry", "coding"})


def _uid(value: Any) -> str:
    text = str(value or "").strip().removeprefix("urn:oid:")
    return text if text and text.replace(".", "").isdigit() and len(text) <= 64 else ""


def _code(value: Any) -> str:
    """Of a Coding (R4) or a CodeableConcept (R5)."""
    coding = _map(value)
    if "coding" in coding:
        coding = _map(next(iter(_list(coding["coding"])), None))
    return str(coding.get("code") or "")


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").strip().isdigit() else None


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# ----------------------------------------------------------------------------------------------- key object selection

def _of_key_objects(path: Path) -> Manifest | None:
    import pydicom

    try:
        dataset = pydicom.dcmread(path, stop_before_pixels=True)
        if dataset.get("SOPClassUID") != _KEY_OBJECTS:
            return None
        evidence = list(dataset.get("CurrentRequestedProcedureEvidenceSequence") or ())
        uid = str(evidence[0].StudyInstanceUID) if evidence else ""
        series: dict[str, Series] = {}
        instances: list[Instance] = []
        for study in evidence:
            if str(study.StudyInstanceUID) != uid:
                continue
            for one in study.ReferencedSeriesSequence:
                series_uid = str(one.SeriesInstanceUID)
                named = list(one.ReferencedSOPSequence)
                series[series_uid] = Series(uid, series_uid, instance_count=len(named))
                instances += (
                    Instance(uid, series_uid, str(item.ReferencedSOPInstanceUID), str(item.ReferencedSOPClassUID))
                    for item in named)
        name = PersonName.parse(str(dataset.get("PatientName", "")))
        study_row = Study(
            uid, name, str(dataset.get("PatientID", "")), study_date=str(dataset.get("StudyDate", "")),
            series_count=len(series), instance_count=len(instances))
    except Exception as error:          # pydicom's reader raises whatever the bytes make it
        raise NotDicom(say("services", _NO_MANIFEST), detail=repr(error)) from error
    return Manifest(study_row, tuple(series.values()), tuple(instances))
