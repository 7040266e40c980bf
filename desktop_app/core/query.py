"""StudyQuery: what the worklist asks for, and the same question answered on this side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.core.study import Study


@dataclass(frozen=True, slots=True)
class StudyQuery:
    """One worklist search. Empty fields match everything; dates are `YYYYMMDD`, inclusive.

    `text` is what a person typed in the one search field: it matches name, ID, accession number, description or UID.
    `patient_name`, `patient_id`, `description` take `*` and `?` wildcards and ignore case.
    """

    text: str = ""
    patient_name: str = ""
    patient_id: str = ""
    accession_number: str = ""
    description: str = ""
    modality: str = ""
    date_from: str = ""
    date_to: str = ""

    @property
    def date_range(self) -> str:
        """PS3.4 C.2.2.2.5 range matching, or an empty string."""
        if not (self.date_from or self.date_to):
            return ""
        return self.date_from if self.date_from == self.date_to else f"{self.date_from}-{self.date_to}"

    def matches(self, study: Study) -> bool:
        """Whether a study answers this query: the second sieve for archives that ignore a key."""
        if self.modality and self.modality not in study.modalities:
            return False
        if self.date_from and study.study_date < self.date_from:
            return False
        if self.date_to and (not study.study_date or study.study_date > self.date_to):
            return False
        if self.accession_number and self.accession_number != study.accession_number:
            return False
        groups = (study.patient_name.alphabetic, study.patient_name.ideographic, study.patient_name.phonetic)
        wanted, names = self.patient_name.rstrip("^ "), [group.rstrip("^ ") for group in groups]
        return (
            (not wanted or any(wildcard_match(wanted, name) for name in names))
            and (not self.patient_id or wildcard_match(self.patient_id, study.patient_id))
            and (not self.description or wildcard_match(self.description, study.description))
            and self.matches_text(study)
        )

    def matches_text(self, study: Study) -> bool:
        """Every word typed appears in name, ID, accession number, description or Study Instance UID."""
        if not self.text:
            return True
        hay = " ".join((
            study.patient_name.alphabetic, study.patient_name.ideographic, study.patient_name.phonetic,
            study.patient_id, study.accession_number, study.description, study.study_instance_uid,
        )).casefold().replace("^", " ")
        return all(word in hay for word in _words(self.text))


@lru_cache(64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.split(r"[\s^,*]+", text.casefold()))


def wildcard_match(pattern: str, value: str) -> bool:
    """PS3.4 C.2.2.2.4: `*` any characters, `?` one; case is ignored."""
    return re.fullmatch(wildcard_expression(pattern), value, re.IGNORECASE | re.DOTALL) is not None


def wildcard_expression(pattern: str) -> str:
    """The same as a regular expression. Several `*` in a row mean what one means, and would take it forever."""
    pattern = re.sub(r"\*+", "*", pattern)
    return "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
