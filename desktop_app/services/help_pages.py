"""Reads the help: the pages that its first page links to, in that order, and the pictures that they show."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.core.errors import DiskError
from desktop_app.core.help_book import HelpBook, Page, Picture
from desktop_app.core.words import say

FIRST = "index.md"
_PAGE = re.compile(r"\]\(([\w.-]+\.md)(?:#[\w-]*)?\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\((pictures/[\w.-]+)\)")


def read_book(folder: Path, language: str = "en") -> HelpBook:
    """The book below `folder`: each page and picture in `language` (a folder of that name), else in English.

    A page or a picture that is not there is left out; without the first, DiskError.
    """
    def in_language(name: str) -> Path:
        translated = folder / language / name
        return translated if translated.is_file() else folder / name

    try:
        first = Page(FIRST, in_language(FIRST).read_text(encoding="utf-8"))
    except OSError as error:
        sentence = say("services", "The help is not where it should be. Install Lightbox again.")
        raise DiskError(sentence, detail=str(error)) from error
    names = dict.fromkeys(_PAGE.findall(first.text))
    pages = (first, *(
        Page(name, path.read_text(encoding="utf-8")) for name in names if (path := in_language(name)).is_file()))
    for page in pages:
        _ = page.headings               # found here, and not where the window waits for them
    shown = dict.fromkeys(name for page in pages for name in _PICTURE.findall(page.text))
    return HelpBook(pages, tuple(
        Picture(name, path.read_bytes()) for name in shown if (path := in_language(name)).is_file()))
