"""The help as one value: pages in Markdown, the pictures in them, and what a search finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_AROUND = 60                # letters shown on each side of what was found
_MOST_HITS = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page. `anchor` is what a link names after the #."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `name` is what links name: the file's name, "reading.md"."""

    name: str
    text: str                           # Markdown

    @property
    def title(self) -> str:
        return next((heading.text for heading in self.headings), self.name)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Of a long page the first look takes some milliseconds: whoever reads pages takes it, off the GUI thread."""
        return _headings(self.text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies in its file. `name` is what pages name: "pictures/reading.jpg"."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a search found something: in which page, below which heading, and the words around it."""

    page: str
    title: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class HelpBook:
    """The pages in the order of their reading; the first is where the help opens."""

    pages: tuple[Page, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def page(self, name: str) -> Page | None:
        return next((page for page in self.pages if page.name == name), None)

    def picture(self, name: str) -> bytes:
        """Its bytes; none where there is no such picture."""
        return next((picture.data for picture in self.pictures if picture.name == name), b"")

    def with_page(self, made: Page) -> HelpBook:
        """The book with this page in place of that of its name, or after the last."""
        if self.page(made.name) is None:
            return HelpBook((*self.pages, made), self.pictures)
        return HelpBook(
            tuple(made if page.name == made.name else page for page in self.pages), self.pictures)


def search(book: HelpBook, text: str) -> tuple[Hit, ...]:
    """The paragraphs that hold every word of `text`, in the order of the pages; headings that do before the others."""
    words = text.casefold().split()
    if not words:
        return ()
    found: list[tuple[bool, Hit]] = []
    for page in book.pages:
        at = ""
        for line in _outside_code(page.text):
            heading = _HEADING.match(line)
            shown = plain(heading[2] if heading else line)
            at = anchor(heading[2]) if heading else at
            folded = shown.casefold()
            if shown and all(word in folded for word in words):
                found.append((heading is None, Hit(page.name, page.title, at, _around(shown, words[0]))))
    return tuple(hit for _, hit in sorted(found, key=lambda entry: entry[0])[:_MOST_HITS])


@lru_cache(maxsize=64)
def _headings(text: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(plain(found[2]), len(found[1]), anchor(found[2])) for line in _outside_code(text)
        if (found := _HEADING.match(line)))


def plain(markdown: str) -> str:
    """A line without its marks: what a reader sees of it."""
    text = _LINK.sub(r"\1", markdown.strip())
    if text.startswith("|"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text.strip("|"))]
        text = "" if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else " · ".join(filter(None, cells))
    text = re.sub(r"^([-*>]|\d+\.)\s+", "", text)
    text = re.sub(r"(?<![\w\\])\*(\S[^*]*)\*", r"\1", text.replace("**", ""))
    return re.sub(r"\\([|\\`*_<>#-])", r"\1", text.replace("`", ""))


def anchor(heading: str) -> str:
    """As the sites that show Markdown make them: small letters, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", plain(heading).casefold()).replace(" ", "-")


def _around(text: str, word: str) -> str:
    at = text.casefold().find(word)
    first, last = max(0, at - _AROUND), min(len(text), at + len(word) + _AROUND)
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")


def _outside_code(text: str) -> list[str]:
    """Paragraphs as lines: what the source breaks in the middle of a sentence is put together, code left out."""
    lines: list[str] = []
    in_code = is_open = False
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("```"):
            in_code, is_open = not in_code, False
        elif in_code or not line or line.startswith("<!--"):
            is_open = False
        elif is_open and not re.match(r"([-*>#|]|\d+\.)", line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
            is_open = not line.startswith(("#", "|"))
    return lines
