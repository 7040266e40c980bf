"""The catalogue: which instances there are, and by what they are found. SQLite, used from one thread only.

Study, series and instance have a row each with ready-made DICOM JSON; the values by which studies and series are found
lie in one table for each matching kind (`text_key`, `moment_key`, `number_key`; see attributes.py). The catalogue can
be lost: everything in it comes from the files.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.archive import search_sql
from desktop_app.archive.attributes import (
    ATTRIBUTES,
    KEPT,
    MODALITIES_IN_STUDY,
    RETURNED,
    SOP_CLASSES_IN_STUDY,
    Kind,
    Level,
)
from desktop_app.archive.header_json import line, tag_of_line
from desktop_app.archive.matching import Search, matches
from desktop_app.archive.record import KeyRow, Record, key_rows, merged_lines, parsed_lines, unpack_lines

_SCHEMA = """
CREATE TABLE study (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, moment TEXT NOT NULL, lines TEXT NOT NULL);
CREATE INDEX study_by_moment ON study (moment DESC, id DESC);
CREATE TABLE series (
    id INTEGER PRIMARY KEY, study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, uid TEXT NOT NULL,
    number INTEGER, modality TEXT NOT NULL, instance_count INTEGER NOT NULL DEFAULT 0, lines TEXT NOT NULL,
    UNIQUE (study_id, uid));
CREATE INDEX series_by_uid ON series (uid);
CREATE TABLE instance (
    id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE, uid TEXT NOT NULL,
    number INTEGER, sop_class TEXT NOT NULL, transfer_syntax TEXT NOT NULL, path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, digest BLOB NOT NULL, lines TEXT NOT NULL, UNIQUE (series_id, uid));
CREATE INDEX instance_by_uid ON instance (uid);
CREATE INDEX instance_by_class ON instance (sop_class, series_id);
CREATE TABLE header (
    instance_id INTEGER PRIMARY KEY REFERENCES instance ON DELETE CASCADE, lines BLOB NOT NULL);
CREATE TABLE text_key (level INTEGER, tag INTEGER, value TEXT, owner INTEGER,
    PRIMARY KEY (level, tag, value, owner)) WITHOUT ROWID;
CREATE INDEX text_key_by_owner ON text_key (level, owner);
CREATE TABLE moment_key (level INTEGER, tag INTEGER, day TEXT, time TEXT, owner INTEGER,
    PRIMARY KEY (level, tag, day, time, owner)) WITHOUT ROWID;
CREATE INDEX moment_key_by_owner ON moment_key (level, owner);
CREATE TABLE number_key (level INTEGER, tag INTEGER, value REAL, owner INTEGER,
    PRIMARY KEY (level, tag, value, owner)) WITHOUT ROWID;
CREATE INDEX number_key_by_owner ON number_key (level, owner);
CREATE TRIGGER study_gone AFTER DELETE ON study BEGIN
    DELETE FROM text_key WHERE level = 0 AND owner = old.id;
    DELETE FROM moment_key WHERE level = 0 AND owner = old.id;
    DELETE FROM number_key WHERE level = 0 AND owner = old.id;
END;
CREATE TRIGGER series_gone AFTER DELETE ON series BEGIN
    DELETE FROM text_key WHERE level = 1 AND owner = old.id;
    DELETE FROM moment_key WHERE level = 1 AND owner = old.id;
    DELETE FROM number_key WHERE level = 1 AND owner = old.id;
END;
CREATE TABLE doomed (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# Changes whenever the tables or what is put into them change; a catalogue of another version is made anew.
_VERSION = zlib.crc32((_SCHEMA + "".join(map(repr, ATTRIBUTES.values())) + "lines 1").encode()) & 0x7FFFFFFF

_INSTANCE_COLUMNS = ("study.uid, series.uid, instance.uid, instance.sop_class, instance.transfer_syntax, instance.path,"
                     " instance.size, instance.digest, instance.id")
_INSTANCE_TABLES = "instance JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id"


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """One instance in the archive: its address, and the file (relative path, bytes, SHA-256) that holds it."""

    study_uid: str
    series_uid: str
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    path: str
    size: int
    digest: bytes
    id: int


@dataclass(frozen=True, slots=True)
class NewInstance:
    """One instance to be added."""

    record: Record
    path: str
    size: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a search answer: its address, and its DICOM JSON lines without a Retrieve URL."""

    study_uid: str
    series_uid: str
    sop_instance_uid: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A search answer. `remaining`: how many rows there are beyond the last one given; `ignored`: keys not matched."""

    rows: tuple[FoundRow, ...]
    remaining: int = 0
    ignored: tuple[str, ...] = ()


class CatalogueUnusable(Exception):
    """The file is damaged, or `is_other_version`: it must be made anew from the files."""

    def __init__(self, why: str, *, is_other_version: bool = False) -> None:
        super().__init__(why)
        self.is_other_version = is_other_version


class Catalogue:
    """The catalogue in one SQLite file. Raises CatalogueUnusable on opening one that cannot be used."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.touch(mode=0o600)      # SQLite's further files take the mode of this one
        self._db = sqlite3.connect(path, timeout=30.0, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            # An acknowledged instance survives a power cut: the log is flushed with every commit.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version == 0 and not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
            elif version != _VERSION:
                raise CatalogueUnusable(f"version {version}", is_other_version=True)
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            raise CatalogueUnusable(str(error)) from error
        except CatalogueUnusable:
            self._db.close()
            raise

    def check(self) -> None:
        """Raises CatalogueUnusable when the file is damaged inside."""
        try:
            (verdict,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        if verdict != "ok":
            self._db.close()
            raise CatalogueUnusable(verdict)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing does; at the end it is on the disk."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # ------------------------------------------------------------------------------------------------------- writing

    def add(self, instances: Sequence[NewInstance]) -> None:
        """Add instances that are not there yet, inside a transaction of the caller."""
        touched = set()
        for new in instances:
            series_id = self._series_id(new.record)
            touched.add(series_id)
            record = new.record
            cursor = self._db.execute(
                "INSERT INTO instance (series_id, uid, number, sop_class, transfer_syntax, path, size, digest, lines)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (series_id, record.sop_instance_uid, record.instance_number, record.sop_class_uid,
                 record.transfer_syntax_uid, new.path, new.size, new.digest, record.instance_lines))
            self._db.execute("INSERT INTO header VALUES (?, ?)", (cursor.lastrowid, record.header_lines))
        for series_id in touched:
            self._db.execute("UPDATE series SET instance_count = (SELECT count(*) FROM instance WHERE series_id = ?1)"
                             " WHERE id = ?1", (series_id,))

    def _series_id(self, record: Record) -> int:
        found = self._db.execute(
            "SELECT series.id FROM series JOIN study ON study.id = series.study_id"
            " WHERE study.uid = ? AND series.uid = ?", (record.study_uid, record.series_uid)).fetchone()
        if found:
            return int(found[0])
        study_id = self._study_id(record)
        cursor = self._db.execute(
            "INSERT INTO series (study_id, uid, number, modality, lines) VALUES (?, ?, ?, ?, ?)",
            (study_id, record.series_uid, record.series_number, record.modality, record.series_lines))
        series_id = int(cursor.lastrowid or 0)
        self._add_keys(series_id, record.series_keys)
        return series_id

    def _study_id(self, record: Record) -> int:
        found = self._db.execute("SELECT id, moment, lines FROM study WHERE uid = ?", (record.study_uid,)).fetchone()
        if not found:
            cursor = self._db.execute("INSERT INTO study (uid, moment, lines) VALUES (?, ?, ?)",
                                      (record.study_uid, record.study_moment, record.study_lines))
            study_id = int(cursor.lastrowid or 0)
            self._add_keys(study_id, record.study_keys)
            return study_id
        study_id, moment, lines = found
        merged = merged_lines(lines, record.study_lines)
        if merged != lines:         # a later series may know what the first did not
            self._db.execute("UPDATE study SET moment = ?, lines = ? WHERE id = ?",
                             (moment or record.study_moment, merged, study_id))
            for table in ("text_key", "moment_key", "number_key"):
                self._db.execute(f"DELETE FROM {table} WHERE level = 0 AND owner = ?", (study_id,))    # noqa: S608 - ours
            self._add_keys(study_id, key_rows(Level.STUDY, parsed_lines(merged)))
        return int(study_id)

    def _add_keys(self, owner: int, rows: Sequence[KeyRow]) -> None:
        for row in rows:
            if row.kind is Kind.MOMENT:
                self._db.execute("INSERT OR IGNORE INTO moment_key VALUES (?, ?, ?, ?, ?)",
                                 (int(row.level), row.tag, row.day, row.time, owner))
            else:
                table = "number_key" if row.kind is Kind.NUMBER else "text_key"
                self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)",    # noqa: S608 - names of our own tables
                                 (int(row.level), row.tag, row.value, owner))

    def remove(self, instances: Sequence[StoredInstance]) -> None:
        """Take instances out, and series and studies that become empty; their files are doomed. One transaction."""
        with self.transaction():
            for instance in instances:
                self._db.execute("DELETE FROM instance WHERE id = ?", (instance.id,))
                self._db.execute("INSERT OR IGNORE INTO doomed VALUES (?)", (instance.path,))
            self._db.execute("DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM instance WHERE series_id = series.id)")
            self._db.execute("DELETE FROM study WHERE NOT EXISTS (SELECT 1 FROM series WHERE study_id = study.id)")
            self._db.execute("UPDATE series SET instance_count = (SELECT count(*) FROM instance"
                             " WHERE series_id = series.id) WHERE study_id IN"
                             " (SELECT id FROM study WHERE uid IN (SELECT value FROM json_each(?)))",
                             (_json_list({instance.study_uid for instance in instances}),))

    def doomed(self) -> list[str]:
        """Paths of files whose instances were taken out but which are not deleted yet."""
        return [path for (path,) in self._db.execute("SELECT path FROM doomed")]

    def forget_doomed(self, paths: Sequence[str]) -> None:
        with self.transaction():
            self._db.executemany("DELETE FROM doomed WHERE path = ?", [(path,) for path in paths])

    # ------------------------------------------------------------------------------------------------------- reading

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM instance").fetchone()[0])

    def count_studies(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM study").fetchone()[0])

    def last_id(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM instance").fetchone()[0])

    def files(self) -> list[tuple[str, int, int]]:
        """(path, size, id) of every instance."""
        return self._db.execute("SELECT path, size, id FROM instance").fetchall()

    def by_ids(self, ids: Sequence[int]) -> list[StoredInstance]:
        return self._instances("instance.id IN (SELECT value FROM json_each(?))", (_json_list(ids),))

    def instances(self, study_uid: str, series_uid: str = "", sop_instance_uid: str = "") -> list[StoredInstance]:
        """The instances of a study, a series, or the one; in the order of their series and instance numbers."""
        where, arguments = "study.uid = ?", [study_uid]
        for column, uid in (("series.uid", series_uid), ("instance.uid", sop_instance_uid)):
            if uid:
                where += f" AND {column} = ?"
                arguments.append(uid)
        return self._instances(where, tuple(arguments))

    def _instances(self, where: str, arguments: Sequence[str]) -> list[StoredInstance]:
        rows = self._db.execute(
            f"SELECT {_INSTANCE_COLUMNS} FROM {_INSTANCE_TABLES} WHERE {where}"               # noqa: S608 - ours
            " ORDER BY series.number IS NULL, series.number, series.id, instance.number IS NULL, instance.number,"
            " instance.id", arguments)
        return [StoredInstance(*row) for row in rows]

    def header_lines(self, ids: Sequence[int]) -> dict[int, str]:
        """The whole header of instances as lines, by id."""
        rows = self._db.execute("SELECT instance_id, lines FROM header WHERE instance_id IN"
                                " (SELECT value FROM json_each(?))", (_json_list(ids),))
        return {number: unpack_lines(packed) for number, packed in rows}

    def images_among(self, ids: Sequence[int]) -> set[int]:
        """Which of these instances are images: those with rows."""
        rows = self._db.execute("SELECT id FROM instance WHERE id IN (SELECT value FROM json_each(?))"
                                """ AND lines LIKE '%"00280010":%'""", (_json_list(ids),))
        return {number for (number,) in rows}

    def find(self, search: Search, most: int) -> Found:
        """The rows that answer a search, at most `most` of them whatever the search asks for."""
        statement = search_sql.build(search)
        if statement.fits:
            self._db.create_function("fits", 2, _fits(statement))
        limit = most if search.limit is None else min(search.limit, most)
        level = search.level
        wanted = _Wanted.of(search)
        sql = f" FROM {statement.tables} WHERE {statement.where}"
        rows = self._db.execute(
            f"SELECT {_COLUMNS[level]}{_HEADER_COLUMN if wanted.needs_header else ''}{sql}"
            f" ORDER BY {statement.order} LIMIT ? OFFSET ?",
            (*statement.arguments, limit + 1, search.offset)).fetchall()
        remaining = 0
        if len(rows) > limit:
            total = self._db.execute(f"SELECT count(*){sql}", statement.arguments).fetchone()[0]
            remaining = total - search.offset - limit
        found = tuple(self._row(level, row, wanted) for row in rows[:limit])
        return Found(found, max(remaining, 0), statement.ignored)

    def _row(self, level: Level, row: tuple[Any, ...], wanted: _Wanted) -> FoundRow:
        study_uid, series_uid, sop_instance_uid, study_id, series_id, *texts = row
        chosen: dict[str, str] = {}
        for text in texts:
            for one in (unpack_lines(text) if isinstance(text, bytes) else text).split("\n"):
                if wanted.all or tag_of_line(one) in wanted.keys:
                    chosen[tag_of_line(one)] = one
        chosen["00080056"] = '"00080056":{"vr":"CS","Value":["ONLINE"]}'
        if wanted.study_counts:
            chosen.update((tag_of_line(one), one) for one in self._study_counts(int(study_id), wanted))
        if wanted.series_count and level is not Level.STUDY:
            (count,) = self._db.execute("SELECT instance_count FROM series WHERE id = ?", (series_id,)).fetchone()
            chosen["00201209"] = line(0x00201209, {"vr": "IS", "Value": [count]})
        return FoundRow(study_uid, series_uid, sop_instance_uid, tuple(chosen.values()))

    def _study_counts(self, study_id: int, wanted: _Wanted) -> list[str]:
        rows = self._db.execute("SELECT modality, count(*), sum(instance_count) FROM series WHERE study_id = ?"
                                " GROUP BY modality ORDER BY modality", (study_id,)).fetchall()
        lines = [
            line(MODALITIES_IN_STUDY, {"vr": "CS", "Value": [modality for modality, _, _ in rows if modality]}),
            line(0x00201206, {"vr": "IS", "Value": [sum(count for _, count, _ in rows)]}),
            line(0x00201208, {"vr": "IS", "Value": [sum(count for _, _, count in rows)]}),
        ]
        if wanted.sop_classes:
            classes = self._db.execute("SELECT DISTINCT sop_class FROM instance JOIN series ON series.id = series_id"
                                       " WHERE study_id = ? ORDER BY sop_class", (study_id,)).fetchall()
            lines.append(line(SOP_CLASSES_IN_STUDY, {"vr": "UI", "Value": [uid for (uid,) in classes]}))
        return lines


_COLUMNS = {
    Level.STUDY: "study.uid, '', '', study.id, 0, study.lines",
    Level.SERIES: "study.uid, series.uid, '', study.id, series.id, study.lines, series.lines",
    Level.INSTANCE: "study.uid, series.uid, instance.uid, study.id, series.id, study.lines, series.lines,"
                    " instance.lines",
}
_HEADER_COLUMN = ", (SELECT header.lines FROM header WHERE header.instance_id = instance.id)"


_STUDY_COUNTS = frozenset(("00080061", "00080062", "00201206", "00201208"))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a row of the answer holds: PS3.18 Tables 10.6.3-3 to -5, and what was asked for beyond."""

    keys: frozenset[str]
    all: bool
    needs_header: bool
    study_counts: bool
    series_count: bool
    sop_classes: bool

    @classmethod
    def of(cls, search: Search) -> _Wanted:
        level = search.level
        keys = set(RETURNED[level]) | {f"{tag:08X}" for tag in search.include} | {"0020000D"}
        if level is Level.INSTANCE:
            keys.add("0020000E")
        # Without a study in the address, the attributes of the levels above come along.
        if level is not Level.STUDY and not search.study_uid:
            keys |= RETURNED[Level.STUDY]
        if level is Level.INSTANCE and not search.series_uid:
            keys |= RETURNED[Level.SERIES]
        known = {f"{tag:08X}" for tags in KEPT.values() for tag in tags} | {f"{tag:08X}" for tag in ATTRIBUTES}
        everything = search.include_all
        return cls(
            frozenset(keys), everything,
            needs_header=level is Level.INSTANCE and (everything or bool(keys - known)),
            study_counts=(everything and level is Level.STUDY) or bool(keys & _STUDY_COUNTS),
            series_count=everything or "00201209" in keys,
            sop_classes=everything or "00080062" in keys,
        )


def _fits(statement: search_sql.Statement) -> Callable[[int, str | bytes], int]:
    def fits(number: int, lines: str | bytes) -> int:
        text = unpack_lines(lines) if isinstance(lines, bytes) else lines
        return int(matches(statement.fits[number], parsed_lines(text)))
    return fits


def _json_list(values: Iterable[object]) -> str:
    return json.dumps(list(values))
