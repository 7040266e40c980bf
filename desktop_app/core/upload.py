"""UploadItem and Verdict: what became of each file that was dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """The end of every file's way. Each is said in words, and never more than is known."""

    STORED = "stored"
    STORED_WITH_WARNING = "stored with a warning"
    ALREADY_THERE = "already there"
    CONFLICT = "conflict"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    NOT_DICOM = "not DICOM"
    UNREADABLE = "could not be read"


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One file on its way. `verdict` is None while it is not known."""

    path: Path
    size: int = 0
    study_instance_uid: str = ""
    series_instance_uid: str = ""
    sop_instance_uid: str = ""
    sop_class_uid: str = ""
    verdict: Verdict | None = None
    reason: str = ""

    def judged(self, verdict: Verdict, reason: str = "") -> UploadItem:
        return replace(self, verdict=verdict, reason=reason)


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """Where an upload stands: counts of files and bytes."""

    found: int = 0
    done: int = 0
    total_bytes: int = 0
    sent_bytes: int = 0
    scanning: bool = True
    totals: tuple[tuple[Verdict, int], ...] = ()


# PS3.18 I.2.2 and the C-STORE status codes it borrows (PS3.4 B.2.3, PS3.7 C.5), low … high.
_FAILURE_REASONS: tuple[tuple[int, int, str], ...] = (
    (0x0110, 0x0110, "the archive could not process it"),
    (0x0111, 0x0111, "an object with this UID is already there"),
    (0x0117, 0x0117, "its UID is not valid"),
    (0x0119, 0x0119, "its class and its UID contradict each other"),
    (0x0122, 0x0122, "the archive does not take this kind of object"),
    (0x0124, 0x0124, "you are not allowed to store it"),
    (0x0213, 0x0213, "the archive has no room left"),
    (0xA700, 0xA7FF, "the archive has no room left"),
    (0xA900, 0xA9FF, "its content does not match its kind"),
    (0xB000, 0xB000, "the archive changed some attributes"),
    (0xB006, 0xB006, "the archive dropped some attributes"),
    (0xB007, 0xB007, "its content does not match its kind"),
    (0xC122, 0xC122, "the archive does not take this transfer syntax"),
    (0xC000, 0xCFFF, "the archive could not understand it"),
)


def reason_in_words(code: int | None) -> str:
    """A failure or warning reason (0008,1197 / 0008,1196) as a phrase with its code."""
    if code is None:
        return "the archive gave no reason"
    for low, high, words in _FAILURE_REASONS:
        if low <= code <= high:
            return f"{words} (code {code:04X}H)"
    return f"the archive's reason has code {code:04X}H"
