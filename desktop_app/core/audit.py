"""AuditEvent: who did what with which study when. UIDs appear as hashes only, patients not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditKind(StrEnum):
    """What was done."""

    OPENED = "opened"
    EXPORTED = "exported"
    SENT = "sent"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the record. `study` is the SHA-256 of the Study Instance UID in hexadecimal: who knows a study finds
    its lines, and who reads the lines learns no UID. `count` is the number of instances, where it was known."""

    kind: AuditKind
    at: datetime
    who: str
    archive: str
    study: str
    count: int = 0
    outcome: str = ""


def hashed_uid(uid: str) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(uid.encode()).hexdigest()
