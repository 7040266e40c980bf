"""ArchiveCheck: what trying an archive showed, line by line, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CheckId(StrEnum):
    """What is tried, in this order."""

    REACHABLE = "reachable"
    SIGNED_IN = "signed in"
    SEARCH = "may search"
    STORE = "may store"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """`passed` is None where nothing tells before it is tried in earnest. `reason` is a sentence, or empty."""

    id: CheckId
    passed: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """All lines that were reached; `counts` says how much is there. The refusals are sentences, empty when allowed."""

    lines: tuple[CheckLine, ...] = ()
    counts: str = ""
    upload_refusal: str = ""
    delete_refusal: str = ""

    @property
    def passed(self) -> bool:
        """Whether the archive can be read."""
        return any(line.id is CheckId.SEARCH and line.passed for line in self.lines)

    @property
    def reason(self) -> str:
        """Why it cannot be read; empty when it can."""
        return next((line.reason for line in self.lines if line.passed is False and line.id is not CheckId.STORE), "")
