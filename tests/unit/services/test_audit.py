"""The record of what was done at this workplace: append-only, chained, without names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from desktop_app.core.audit import AuditKind, hashed_uid
from desktop_app.services.audit import Audit

STUDY, OTHER = "1.2.3.4", "1.2.3.5"


async def filled(path: Path) -> Audit:
    audit = Audit(path, who="reader")
    await audit.note(AuditKind.OPENED, "Radiology", STUDY)
    await audit.note(AuditKind.SENT, "Radiology", STUDY, 12, "stored")
    await audit.note(AuditKind.DELETED, "Radiology", OTHER, 3, "deleted")
    return audit


async def test_every_event_is_there_in_its_order_and_no_uid_is(tmp_path: Path) -> None:
    audit = await filled(tmp_path / "audit.jsonl")
    record = audit.read()
    assert [event.kind for event in record.events] == [AuditKind.OPENED, AuditKind.SENT, AuditKind.DELETED]
    assert record.broken_at == 0 and record.events[1].count == 12 and record.events[0].who == "reader"
    assert record.events[0].study == hashed_uid(STUDY) != record.events[2].study
    assert STUDY not in (tmp_path / "audit.jsonl").read_text(encoding="utf-8")


async def test_another_start_goes_on_where_the_last_ended(tmp_path: Path) -> None:
    await filled(tmp_path / "audit.jsonl")
    again = Audit(tmp_path / "audit.jsonl", who="reader")
    await again.note(AuditKind.EXPORTED, "Radiology", STUDY, 4)
    assert len(again.read().events) == 4 and again.read().broken_at == 0


async def test_a_line_that_was_changed_or_taken_out_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    audit = await filled(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + lines[2], encoding="utf-8")
    assert audit.read().broken_at == 2
    path.write_text(lines[0].replace("Radiology", "Elsewhere") + "".join(lines[1:]), encoding="utf-8")
    assert audit.read().broken_at == 2
    path.write_text("".join(lines) + "{half", encoding="utf-8")
    record = audit.read()
    assert record.broken_at == 4 and len(record.events) == 3


async def test_the_file_is_the_users_alone(tmp_path: Path) -> None:
    await filled(tmp_path / "audit.jsonl")
    assert (tmp_path / "audit.jsonl").stat().st_mode & 0o077 == 0


async def test_a_record_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    await Audit(tmp_path / "missing" / "audit.jsonl").note(AuditKind.OPENED, "Radiology", STUDY)


async def test_it_is_exported_as_a_table(tmp_path: Path) -> None:
    audit = await filled(tmp_path / "audit.jsonl")
    rows = list(csv.DictReader(io.StringIO(audit.as_csv())))
    assert [row["kind"] for row in rows] == ["opened", "sent", "deleted"] and rows[1]["count"] == "12"
