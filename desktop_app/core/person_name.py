"""PN values (PS3.5 6.2): up to three component groups, five components each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name. Each group is the raw `Family^Given^Middle^Prefix^Suffix`."""

    alphabetic: str = ""
    ideographic: str = ""
    phonetic: str = ""

    @classmethod
    def parse(cls, raw: str) -> PersonName:
        """Reads `Alphabetic=Ideographic=Phonetic`; missing groups are empty."""
        groups = [group.strip(" ") for group in raw.split("=")] + ["", "", ""]
        return cls(*(_blank_if_only_carets(group) for group in groups[:3]))

    @property
    def display(self) -> str:
        """`Doe, Jane A` for people: the ideographic group first where there is one, the phonetic one only if alone."""
        western = _readable(self.alphabetic)
        native = _readable(self.ideographic, separator=" ")
        if native and western:
            return f"{native} ({western})"
        return native or western or _readable(self.phonetic, separator=" ")

    @property
    def sort_key(self) -> str:
        return (self.alphabetic or self.ideographic or self.phonetic).casefold()

    def __bool__(self) -> bool:
        return bool(self.alphabetic or self.ideographic or self.phonetic)


def _blank_if_only_carets(group: str) -> str:
    return "" if not group.strip("^ ") else group


def _readable(group: str, separator: str = ", ") -> str:
    family, given, middle, prefix, suffix = ([part.strip() for part in group.split("^")] + [""] * 5)[:5]
    first_names = " ".join(part for part in (prefix, given, middle, suffix) if part)
    return separator.join(part for part in (family, first_names) if part)
