"""Pages, their headings, and what a search finds in them."""

from __future__ import annotations

import pytest

from desktop_app.core.help_book import Heading, HelpBook, Page, Picture, anchor, plain, search

_READING = Page("reading.md", """# Reading

Turn the **wheel**, or press `↓`. It goes
on to the [next](keys.md) image.

## Where films *play*: `Space`

| key | what |
| --- | --- |
| `Space` | plays a film |

```
# no heading, and no film
```
""")
_BOOK = HelpBook((Page("index.md", "# First\n\nA film is on the page of reading."), _READING),
                 (Picture("pictures/a.png", b"1"),))


def test_a_page_has_its_title_and_its_headings() -> None:
    assert _READING.title == "Reading"
    assert _READING.headings[0] == Heading("Reading", 1, "reading")
    assert [heading.level for heading in _READING.headings] == [1, 2]


@pytest.mark.parametrize(("heading", "expected"), [
    ("Where things lie", "where-things-lie"),
    ("What you may lay down: archives.toml", "what-you-may-lay-down-archivestoml"),
    ("`Ctrl+K` and *more*", "ctrlk-and-more"),
])
def test_anchors_are_those_of_the_sites_that_show_markdown(heading: str, expected: str) -> None:
    assert anchor(heading) == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("- **Clear** takes `F5`", "Clear takes F5"),
    ("| `K` | marks \\| it |", "K · marks | it"),
    ("| --- | :-: |", ""),
    ("![A list](pictures/a.png)", "A list"),
    ("3. See [keys](keys.md#tools)", "See keys"),
])
def test_a_line_is_read_without_its_marks(line: str, expected: str) -> None:
    assert plain(line) == expected


def test_a_search_finds_paragraphs_with_all_words_headings_first() -> None:
    hits = search(_BOOK, "FILM")
    assert [(hit.page, hit.anchor) for hit in hits] == [
        ("reading.md", "where-films-play-space"), ("index.md", "first"), ("reading.md", "where-films-play-space")]
    assert hits[0].words == "Where films play: Space"


def test_a_sentence_that_the_source_breaks_is_one_place() -> None:
    (hit,) = search(_BOOK, "wheel next")
    assert "It goes on to the next image." in hit.words


@pytest.mark.parametrize("text", ["", "   ", "no such word", "heading film"])
def test_what_is_not_there_or_only_in_code_is_not_found(text: str) -> None:
    assert search(_BOOK, text) == ()


def test_a_page_takes_the_place_of_that_of_its_name() -> None:
    made = Page("reading.md", "# Other")
    assert _BOOK.with_page(made).pages == (_BOOK.pages[0], made)
    assert _BOOK.with_page(Page("new.md", "")).pages[-1].name == "new.md"
    assert _BOOK.with_page(made).picture("pictures/a.png") == b"1"
    assert _BOOK.picture("../secret.png") == b""
