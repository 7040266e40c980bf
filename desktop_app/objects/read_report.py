"""Reading structured reports, of whatever template: as a document, and what they draw on images.

By hand instead of with highdicom, because what others write is often not what a template asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pydicom
from pydicom.dataset import Dataset

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import Graphic, LineKind, Report, ReportLine, Shape
from desktop_app.core.words import say, t
from desktop_app.objects.attributes import (
    Level,
    code,
    get,
    head_of,
    items,
    meaning,
    number,
    numbers,
    person,
    text,
)
from desktop_app.objects.references import Evidence

assert pydicom

_DEEPEST = 60
_MOST_ITEMS = 50_000
_TRACKING_ID, _TRACKING_UID = ("112039", "DCM"), ("112040", "DCM")
_OBSERVER = ("121008", "DCM")           # Person Observer Name
_SKIPPED = frozenset({_TRACKING_UID})
_LINKS = {"IMAGE": t("objects", "Image"), "WAVEFORM": t("objects", "Waveform")}
_DATES = {"DATE": "Date", "TIME": "Time", "DATETIME": "DateTime", "UIDREF": "UID"}


@dataclass(slots=True)
class _Found:
    evidence: Evidence
    lines: list[ReportLine] = field(default_factory=list)
    graphics: list[Graphic] = field(default_factory=list)
    observer: str = ""
    warnings: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Group:
    """What the nearest container, or the nearest number, says about coordinates below it."""

    name: str = ""
    values: str = ""
    tracking_id: str = ""
    tracking_uid: str = ""


def read_report(dataset: Level) -> Report:
    """The report as a document. Never raises for odd content: what is odd is said in the head's warnings."""
    found = _Found(Evidence(dataset))
    title = meaning(dataset, "ConceptNameCodeSequence")
    for item in items(dataset, "ContentSequence"):
        _take(item, found, 0, _group_of(dataset, _Group()))
    if not items(dataset, "ContentSequence"):
        found.warnings[say("objects", "This report is empty.")] = None
    template = next((text(item, "TemplateIdentifier") for item in items(dataset, "ContentTemplateSequence")), "")
    author = next((person(text(item, "VerifyingObserverName"))
                   for item in items(dataset, "VerifyingObserverSequence")), "") or found.observer
    flags = (text(dataset, "CompletionFlag"), text(dataset, "VerificationFlag"))
    status = " · ".join(flag.lower() for flag in flags if flag)
    replaces = frozenset(
        text(sop, "ReferencedSOPInstanceUID")
        for study in items(dataset, "PredecessorDocumentsSequence")
        for series in items(study, "ReferencedSeriesSequence")
        for sop in items(series, "ReferencedSOPSequence"))
    head = head_of(dataset, author=author, title=title, remarks=tuple(found.warnings))
    return Report(head, tuple(found.lines), tuple(found.graphics), template, status, replaces)


def _take(item: Level, found: _Found, depth: int, group: _Group) -> None:
    """One content item and all below it, in reading order."""
    if len(found.lines) >= _MOST_ITEMS or depth > _DEEPEST:
        found.warnings[say(
            "objects", "This report is longer or deeper than can be shown; its end is left out.")] = None
        return
    kind, name, concept = text(item, "ValueType"), meaning(item, "ConceptNameCodeSequence"), code(
        item, "ConceptNameCodeSequence")
    if get(item, "ReferencedContentItemIdentifier") is not None and not kind:
        place = ".".join(f"{part:.0f}" for part in numbers(item, "ReferencedContentItemIdentifier"))
        found.lines.append(ReportLine(depth, LineKind.NOTE, text=say(
            "objects", "See item {place}").format(place=place)))  # not followed: it may lead back
        return
    if kind == "CONTAINER":
        found.lines.append(ReportLine(depth, LineKind.HEADING, name))
        group = _group_of(item, group)
    elif kind in ("SCOORD", "SCOORD3D"):
        _take_coordinates(item, found, depth, group, name)
        return
    elif kind in ("IMAGE", "WAVEFORM", "COMPOSITE"):
        _take_link(item, found, depth, name, kind)
    elif concept not in _SKIPPED:
        value, note = _value(item, kind)
        if concept == _OBSERVER:
            found.observer = found.observer or value
        if note:
            found.warnings[note] = None
        line_kind = LineKind.VALUE if kind != "TEXT" or len(value) < 60 else LineKind.TEXT
        found.lines.append(ReportLine(depth, line_kind, name, value))
    if kind == "NUM":
        value, _ = _value(item, kind)
        group = _Group(name, value, group.tracking_id, group.tracking_uid)
    for child in items(item, "ContentSequence"):
        _take(child, found, depth + 1, group)


def _take_link(item: Level, found: _Found, depth: int, name: str, kind: str) -> None:
    refs = tuple(_image_refs(item, found.evidence))
    what = say("objects", _LINKS.get(kind, t("objects", "Object")))
    if refs:
        found.lines.append(ReportLine(depth, LineKind.LINK, name, what, refs))
    else:
        found.lines.append(ReportLine(depth, LineKind.NOTE, name, say("objects", "Points to nothing")))


def _take_coordinates(item: Level, found: _Found, depth: int, group: _Group, name: str) -> None:
    if text(item, "ValueType") == "SCOORD3D":
        found.lines.append(ReportLine(depth, LineKind.NOTE, name, say(
            "objects", "Drawn in space, not on one image")))
        return
    refs = tuple(ref for child in items(item, "ContentSequence") for ref in _image_refs(child, found.evidence))
    shape, values = text(item, "GraphicType"), numbers(item, "GraphicData")
    points = tuple(zip(values[0::2], values[1::2], strict=False))
    if shape in set(Shape) and points and refs:
        found.graphics.append(Graphic(
            refs, Shape(shape), points, group.name or name, group.values, tracking_uid=group.tracking_uid,
            tracking_id=group.tracking_id))
        found.lines.append(ReportLine(depth, LineKind.LINK, name, say("objects", "Drawing on image"), refs))
    else:
        found.warnings[say("objects", "A drawing of this report names no image or no points.")] = None
        found.lines.append(ReportLine(depth, LineKind.NOTE, name, say(
            "objects", "Drawing that names no image or no points")))


def _image_refs(item: Level, evidence: Evidence) -> Iterator[FrameRef]:
    for sop in items(item, "ReferencedSOPSequence"):
        yield from evidence.refs(sop)


def _group_of(container: Level, outer: _Group) -> _Group:
    """What a container says for the coordinates directly in it: all its numbers, and how it is tracked."""
    tracking, uid, values, names = outer.tracking_id, outer.tracking_uid, [], []
    for item in items(container, "ContentSequence"):
        kind, concept = text(item, "ValueType"), code(item, "ConceptNameCodeSequence")
        if concept == _TRACKING_ID:
            tracking = text(item, "TextValue")
        elif concept == _TRACKING_UID:
            uid = text(item, "UID")
        elif kind == "NUM":
            value, _ = _value(item, kind)
            derivation = next((meaning(child, "ConceptCodeSequence") for child in items(item, "ContentSequence")
                               if text(child, "ValueType") == "CODE"), "")
            names.append(meaning(item, "ConceptNameCodeSequence"))
            values.append(" ".join(part for part in (derivation, value) if part))
    name = names[0] if names else meaning(container, "ConceptNameCodeSequence")
    return _Group(name, "\n".join(values), tracking, uid)


def _value(item: Level, kind: str) -> tuple[str, str]:
    """The value as text, and a sentence when there is something wrong with it."""
    if kind == "NUM":
        for measured in items(item, "MeasuredValueSequence"):
            value = number(measured, "NumericValue")
            unit = text(_first(measured, "MeasurementUnitsCodeSequence"), "CodeValue")
            if value is not None:
                return f"{value:.6g} {_unit_text(unit)}".strip(), ""
        qualifier = meaning(item, "NumericValueQualifierCodeSequence")
        return qualifier or say("objects", "no value"), ""
    if kind == "CODE":
        return meaning(item, "ConceptCodeSequence"), ""
    if kind == "PNAME":
        return person(text(item, "PersonName")), ""
    if kind in _DATES:
        return text(item, _DATES[kind]), ""
    if kind == "TEXT":
        return text(item, "TextValue"), ""
    if kind == "TCOORD":
        return say("objects", "A place in time"), ""
    return "", say("objects", "This report holds a content item of a kind that is not known.")


def _first(dataset: Level, keyword: str) -> Level:
    found = items(dataset, keyword)
    return found[0] if found else Dataset()


_UNITS = {"1": "", "[hnsf'U]": "HU", "mm2": "mm²", "cm2": "cm²", "mm3": "mm³", "cm3": "cm³", "deg": "°",
          "{pixels}": "px", "{pixels}2": "px²", "{SUVbw}g/ml": "SUVbw"}


def _unit_text(unit: str) -> str:
    return _UNITS.get(unit, unit)
