"""What was learned of archives outlives the program, for a while."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.core.deletion import DeletionWay
from desktop_app.core.store import Store, System
from desktop_app.dicomweb.dialect import Dialect, IncludeField
from desktop_app.dicomweb.presets import PRESETS
from desktop_app.services.conformance_notes import conformance_notes
from desktop_app.services.dialects import Dialects

PACS = Store.parse("https://pacs.example.org/dicom-web", "PACS")
LEARNED = Dialect(
    accepts=(("instance", "*/*"),), include_field=IncludeField.REPEATED, wildcards=False, max_limit=200,
    refused_keys=frozenset({"StudyDescription"}), empty_answer="204", deletion=DeletionWay.NONE, notes=("it deviates",))


def at(day: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)


async def remember(file: Path, dialect: Dialect = LEARNED, store: Store = PACS) -> None:
    dialects = Dialects(file, lambda: at(0))
    dialects.of(store).dialect = dialect
    await dialects.close()


async def test_what_was_learned_is_known_at_the_next_start(tmp_path: Path) -> None:
    await remember(tmp_path / "archives.json")
    assert Dialects(tmp_path / "archives.json", lambda: at(29)).of(PACS).dialect == LEARNED


@pytest.mark.parametrize("system", System)
async def test_every_preset_survives_being_written(tmp_path: Path, system: System) -> None:
    store = replace(PACS, system=system)
    dialect = replace(PRESETS[system], system=system).noting("something")
    await remember(tmp_path / "archives.json", dialect, store)
    assert Dialects(tmp_path / "archives.json", lambda: at(1)).of(store).dialect == dialect


async def test_after_a_month_an_archive_is_met_anew(tmp_path: Path) -> None:
    await remember(tmp_path / "archives.json")
    assert Dialects(tmp_path / "archives.json", lambda: at(31)).of(PACS).dialect == Dialect()


async def test_another_system_at_the_same_address_is_met_anew(tmp_path: Path) -> None:
    await remember(tmp_path / "archives.json")
    azure = replace(PACS, system=System.AZURE)
    assert Dialects(tmp_path / "archives.json", lambda: at(1)).of(azure).dialect.max_limit == 200
    assert not Dialects(tmp_path / "archives.json", lambda: at(1)).of(azure).dialect.notes


async def test_to_forget_reaches_who_talks_to_the_archive_already(tmp_path: Path) -> None:
    dialects = Dialects(tmp_path / "archives.json")
    known = dialects.of(PACS)
    known.dialect = LEARNED
    dialects.forget(PACS)
    assert known.dialect == Dialect()
    await dialects.close()
    assert Dialects(tmp_path / "archives.json").of(PACS).dialect == Dialect()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"archives": 1}', '{"archives": {"x": {"learned": 3}}}'])
async def test_a_damaged_file_is_no_obstacle(tmp_path: Path, text: str) -> None:
    (tmp_path / "archives.json").write_text(text)
    assert Dialects(tmp_path / "archives.json").of(PACS).dialect == Dialect()


@pytest.mark.parametrize("name, value", [
    ("max_limit", "many"), ("wildcards", 1), ("notes", "x"), ("refused_keys", [1]), ("include_field", "no such form")])
async def test_one_odd_value_loses_this_archive_only(tmp_path: Path, name: str, value: object) -> None:
    file = tmp_path / "archives.json"
    other = Store.parse("https://other.example.org/rs")
    await remember(file)
    plain = json.loads(file.read_text())
    plain["archives"][other.key] = {**plain["archives"][PACS.key], name: value}
    file.write_text(json.dumps(plain))
    dialects = Dialects(file, lambda: at(1))
    assert dialects.of(PACS).dialect == LEARNED
    if name != "notes":
        assert dialects.of(other).dialect == Dialect()


def test_the_notes_tell_what_was_worked_around_and_what_is_known() -> None:
    page = conformance_notes(PACS, LEARNED)
    assert "it deviates" in page and PACS.url in page
    assert "Accept for instance: */*" in page
    assert "nothing found is said by: status 204" in page
    assert "most rows at once: 200" in page


def test_an_archive_without_deviations_says_so() -> None:
    assert "nothing so far" in conformance_notes(PACS, Dialect())
