"""Search → SQL. Keys that an index knows become conditions on it; the others ask `fits`, by the same rules in Python.

Names of tables and columns are constants of this file; whatever came from outside is an argument.
"""
# ruff: noqa: S608 - names of tables and columns are ours; values are parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.archive import attributes
from desktop_app.archive.attributes import ATTRIBUTES, INDEXED, KEPT, Kind, Level
from desktop_app.archive.matching import Key, Search, has_wildcard

_FROM = {
    Level.STUDY: "study",
    Level.SERIES: "series JOIN study ON study.id = series.study_id",
    Level.INSTANCE: "instance JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id",
}
_ORDER = {
    Level.STUDY: "study.moment DESC, study.id DESC",
    Level.SERIES: "study.moment DESC, study.id DESC, series.number IS NULL, series.number, series.id",
    Level.INSTANCE: "study.moment DESC, study.id DESC, series.number IS NULL, series.number, series.id,"
                    " instance.number IS NULL, instance.number, instance.id",
}
_UID_COLUMNS = {
    attributes.STUDY_INSTANCE_UID: (Level.STUDY, "study.uid"),
    attributes.SERIES_INSTANCE_UID: (Level.SERIES, "series.uid"),
    attributes.SOP_INSTANCE_UID: (Level.INSTANCE, "instance.uid"),
    attributes.SOP_CLASS_UID: (Level.INSTANCE, "instance.sop_class"),
    attributes.SOP_CLASSES_IN_STUDY: (Level.INSTANCE, "instance.sop_class"),
}
_TABLE = {Level.STUDY: "study", Level.SERIES: "series", Level.INSTANCE: "instance"}


@dataclass(frozen=True, slots=True)
class Statement:
    """The part of a SELECT after its columns, without LIMIT; `fits` are the keys its `fits(n, lines)` refers to.

    `ignored` are keys that no archive could match; the answer carries a warning for each.
    """

    tables: str
    where: str
    order: str
    arguments: tuple[str | float, ...]
    fits: tuple[Key, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class _Builder:
    level: Level
    conditions: list[str] = field(default_factory=list)
    arguments: list[str | float] = field(default_factory=list)
    fits: list[Key] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def build(search: Search) -> Statement:
    """The statement that finds what a search asks for."""
    builder = _Builder(search.level)
    for column, uid in (("study.uid", search.study_uid), ("series.uid", search.series_uid)):
        if uid:
            builder.conditions.append(f"{column} = ?")
            builder.arguments.append(uid)
    for key in search.keys:
        _add(builder, key)
    return Statement(_FROM[search.level], " AND ".join(builder.conditions) or "1", _ORDER[search.level],
                     tuple(builder.arguments), tuple(builder.fits), tuple(builder.ignored))


def _add(builder: _Builder, key: Key) -> None:
    tag = key.tag
    if len(key.path) == 1 and tag in _UID_COLUMNS:
        level, column = _UID_COLUMNS[tag]
        _add_condition(builder, level, f"{column} IN ({_marks(key.texts)})", key.texts)
    elif tag == attributes.MODALITIES_IN_STUDY:
        # Any series of the study, also when the search lists series: the whole study has these modalities.
        inner, arguments = _indexed(Key((attributes.MODALITY,), "CS", texts=key.texts), Level.SERIES)
        builder.conditions.append(f"study.id IN (SELECT study_id FROM series WHERE id IN ({inner}))")
        builder.arguments += arguments
    elif len(key.path) == 1 and tag in INDEXED:
        level = INDEXED[tag].level
        inner, arguments = _indexed(key, level)
        _add_condition(builder, level, f"{_TABLE[level]}.id IN ({inner})", arguments)
    elif tag in ATTRIBUTES and tag not in KEPT[ATTRIBUTES[tag].level]:
        builder.ignored.append(ATTRIBUTES[tag].keyword)
    else:
        level = ATTRIBUTES[tag].level if tag in ATTRIBUTES else Level.INSTANCE
        lines = f"{_TABLE[level]}.lines" if tag in KEPT[level] else \
            "(SELECT header.lines FROM header WHERE header.instance_id = instance.id)"
        builder.fits.append(key)
        _add_condition(builder, level, f"fits({len(builder.fits) - 1}, {lines})", ())


def _add_condition(builder: _Builder, level: Level, condition: str, arguments: Sequence[str | float]) -> None:
    """A condition on a table of `level`; below the level that is listed it asks whether there is such a one."""
    if level > builder.level:
        outer, owner = ("study.id", "study_id") if builder.level is Level.STUDY else ("series.id", "id")
        tables = "series" if level is Level.SERIES else "instance JOIN series ON series.id = instance.series_id"
        condition = f"{outer} IN (SELECT series.{owner} FROM {tables} WHERE {condition})"
    builder.conditions.append(condition)
    builder.arguments += arguments


def _indexed(key: Key, level: Level) -> tuple[str, list[str | float]]:
    """A SELECT of the owners that answer a key, from the table of its matching kind."""
    where = f"level = {int(level)} AND tag = {key.path[-1]}"
    if key.span is not None and key.times is not None:
        return (f"SELECT owner FROM moment_key WHERE {where} AND day BETWEEN ? AND ? AND day || time BETWEEN ? AND ?",
                [key.span.low, key.span.high, key.span.low + key.times.low, key.span.high + key.times.high])
    if key.span is not None:
        return f"SELECT owner FROM moment_key WHERE {where} AND day BETWEEN ? AND ?", [key.span.low, key.span.high]
    if key.kind is Kind.NUMBER:
        return f"SELECT owner FROM number_key WHERE {where} AND value IN ({_marks(key.numbers)})", list(key.numbers)
    exact = [text for text in key.texts if not has_wildcard(text)]
    patterns = [text.replace("[", "[[]") for text in key.texts if has_wildcard(text)]
    alternatives = [f"value IN ({_marks(exact)})"] * bool(exact) + ["value GLOB ?"] * len(patterns)
    return f"SELECT owner FROM text_key WHERE {where} AND ({' OR '.join(alternatives) or '0'})", [*exact, *patterns]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
