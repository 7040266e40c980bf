"""Audit: the append-only record of what was opened, exported, sent and deleted at this workplace.

One JSON object a line. Every line carries the hash of the line before it, so that a line that was changed or taken out
breaks the chain; `check` finds where. The file is the user's alone (0600) and is never rewritten.
"""

from __future__ import annotations

import asyncio
import csv
import getpass
import hashlib
import io
import json
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.core.audit import AuditEvent, AuditKind, hashed_uid
from desktop_app.core.errors import DiskError
from desktop_app.core.words import say

_FIRST = "0" * 64
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """What the file holds. `broken_at`: the first line that does not follow from the one before; 0: none does."""

    events: tuple[AuditEvent, ...]
    broken_at: int = 0


class Audit:
    """Writes at the end of one file. From any thread."""

    def __init__(self, path: Path | None, who: str = "") -> None:
        """Without a path nothing is kept."""
        self._path = path
        self._who = who
        self._last = ""
        self._writing = threading.Lock()

    async def note(
        self, kind: AuditKind, archive: str, study_instance_uid: str, count: int = 0, outcome: str = "",
    ) -> None:
        """Never raises: work goes on when the record cannot be written, and the log says so."""
        if self._path is None:
            return
        event = AuditEvent(
            kind, datetime.now(UTC), self._who or _account(), archive, hashed_uid(study_instance_uid), count, outcome)
        try:
            await asyncio.to_thread(self._append, self._path, event)
        except OSError as error:
            _log.error("the audit record cannot be written: %s", type(error).__name__)

    def read(self) -> AuditRecord:
        """All of it. Blocking; raises DiskError."""
        events: list[AuditEvent] = []
        broken_at, last = 0, _FIRST
        try:
            for number, line in enumerate(_lines(self._path), 1):
                event, before = _parsed(line)
                if (event is None or before != last) and not broken_at:
                    broken_at = number
                if event is not None:
                    events.append(event)
                last = _hash(line)
        except OSError as error:
            raise DiskError(say(
                "services", "The audit record cannot be read. Check the permissions of its file.")) from error
        return AuditRecord(tuple(events), broken_at)

    def as_csv(self) -> str:
        """All of it as a table that spreadsheets read. Blocking; raises DiskError."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([column.name for column in fields(AuditEvent)])
        for event in self.read().events:
            cells = (event.kind, event.at.isoformat(), event.who, event.archive, event.study, event.count,
                     event.outcome)
            # No cell begins as a formula does: names of archives come from people.
            writer.writerow([f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in cells])
        return text.getvalue()

    def save(self, path: Path) -> tuple[int, int]:
        """Copies all of it: as it is where the name ends with `.jsonl`, else as a table. Returns how many entries there
        are, and the first line that does not follow from the one before (0: none). Blocking; raises DiskError."""
        record = self.read()
        lines = path.suffix.lower() == ".jsonl"
        text = "".join(f"{line}\n" for line in _lines(self._path)) if lines else self.as_csv()
        try:
            path.write_text(text, encoding="utf-8" if lines else "utf-8-sig", newline="")
        except OSError as error:
            raise DiskError(say(
                "services", "The record cannot be saved there. Check the free space and the permissions.")) from error
        return len(record.events), record.broken_at

    def _append(self, path: Path, event: AuditEvent) -> None:
        with self._writing:
            if not self._last:
                *_, self._last = (_FIRST, *(_hash(line) for line in _lines(path)))
            values = {**asdict(event), "at": event.at.isoformat(timespec="milliseconds"), "before": self._last}
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode() + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)
            self._last = _hash(line)


def _lines(path: Path | None) -> Iterator[str]:
    if path is not None and path.exists():
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                yield line.rstrip("\n")


def _parsed(line: str) -> tuple[AuditEvent | None, str]:
    try:
        values = json.loads(line)
        before = str(values.pop("before"))
        return AuditEvent(**{
            **values, "kind": AuditKind(values["kind"]), "at": datetime.fromisoformat(values["at"])}), before
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, ""


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _account() -> str:
    """The user of the operating system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
