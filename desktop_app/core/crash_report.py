"""CrashReport: what a run of the program left behind that did not end well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CrashReport:
    """`text` names no patient, file or address. `is_fault`: the process itself was ended, not only a piece of work."""

    path: Path
    text: str
    is_fault: bool
