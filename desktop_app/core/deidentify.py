"""What a person may choose when names go: PS3.15 Annex E's Basic Profile and its options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DatesChoice(StrEnum):
    """What becomes of dates (PS3.15 E.3.6)."""

    REMOVE = "remove"
    SHIFT = "shift"         # by the same number of days for everything of one patient
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class DeidentifyChoices:
    """The Basic Profile with options. `keep_uids` (E.3.9), `keep_descriptions` cleaned of what names someone (E.3.5),
    `keep_devices` (E.3.7); the default is the profile without any."""

    dates: DatesChoice = DatesChoice.REMOVE
    keep_uids: bool = False
    keep_descriptions: bool = False
    keep_devices: bool = False

    def as_text(self) -> str:
        """For the journal."""
        flags = "".join(letter if chosen else "-" for letter, chosen in (
            ("u", self.keep_uids), ("d", self.keep_descriptions), ("m", self.keep_devices)))
        return f"{self.dates.value} {flags}"

    @classmethod
    def from_text(cls, text: str) -> DeidentifyChoices | None:
        """What `as_text` wrote; None for anything else."""
        dates, _, flags = text.partition(" ")
        if dates not in set(DatesChoice) or len(flags) != 3:
            return None
        return cls(DatesChoice(dates), flags[0] == "u", flags[1] == "d", flags[2] == "m")
