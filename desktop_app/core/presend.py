"""What a check before sending finds: nothing is refused for it, a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    MISSING = "missing"             # an attribute that its kind of object must have
    VALUE = "value"                 # VR or VM
    CHARSET = "character set"
    DUPLICATE = "duplicate"
    PATIENT = "patient"             # one study, two patients
    PIXELS = "pixels"               # they may show a name


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one file (`place`)."""

    kind: FindingKind
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """`findings` are new since the last look."""

    done: int
    total: int
    findings: tuple[Finding, ...] = ()
