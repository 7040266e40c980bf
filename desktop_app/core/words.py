"""Texts and numbers for people, in the language that the program was started in.

Every text is written in English where it belongs. Two functions make it translatable, and `make translations` finds
both (so it does `self.tr` of Qt's objects, which widgets and view-models use):

* `say("room", "A sentence about {name}.").format(name=name)` where the text is made;
* `t("room", "a text")` where a table is written down at import; what reads the table says `say("room", text)`.

The first argument groups the texts for the translator; below `viewmodels` it is the name of the room. Which language it
is, only the start of the program knows: it hands a `Language` in with `speak`. Without one, English is spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _as_written(context: str, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Language:
    """What is spoken: its code (`de`), who translates `(context, text)` from any thread, and the marks in numbers."""

    code: str = "en"
    translate: Callable[[str, str], str] = _as_written
    decimal_mark: str = "."
    group_mark: str = ","


ENGLISH = Language()
_spoken = ENGLISH


def speak(language: Language = ENGLISH) -> None:
    """From here on, every text and every number for people is of this language."""
    global _spoken
    _spoken = language


def language() -> str:
    """The code of the language, as web pages name it: `en`, `de`."""
    return _spoken.code


def say(context: str, text: str) -> str:
    """The text in the language of the program; as it is where nobody translated it."""
    return _spoken.translate(context, text) if text else text


def figures(number: str) -> str:
    """A number as Python writes it (`1,234.5`) with the marks of the language (`1.234,5`)."""
    if _spoken.decimal_mark == "." and _spoken.group_mark == ",":
        return number
    return "".join({".": _spoken.decimal_mark, ",": _spoken.group_mark}.get(mark, mark) for mark in number)


def counted(number: int) -> str:
    """A whole number with its groups told apart: `12,345`."""
    return figures(f"{number:,}")


def t(context: str, text: str) -> str:
    """Marks a text of a table for the translators, and returns it as it is."""
    return text
