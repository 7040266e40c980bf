"""A part that Lightbox is made of, and under which terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Part:
    """`licence` in the part's own words, empty where it says none; `texts` are the paths of its licences' texts."""

    name: str
    version: str
    licence: str = ""
    texts: tuple[str, ...] = ()


def licence_words(expression: str, free_text: str, classifiers: Iterable[str]) -> str:
    """How a Python package names its licence: its SPDX expression, else its classifiers, else a short free text."""
    if expression.strip():
        return expression.strip()
    named = [line.rsplit("::", 1)[1].strip() for line in classifiers if line.startswith("License ::")]
    named = [name for name in named if name != "OSI Approved"]
    first = free_text.strip().splitlines()[0].strip() if free_text.strip() else ""
    return ", ".join(dict.fromkeys(named)) or _recognised(free_text) or (first if len(first) <= _SHORT else "")


def _recognised(text: str) -> str:
    """The name of a licence whose whole text stands where its name should."""
    for words, name in (("Apache License", "Apache-2.0"), ("Redistribution and use in source", "BSD"),
                        ("Permission is hereby granted, free of charge", "MIT")):
        if re.search(words, text):
            return name
    return ""
