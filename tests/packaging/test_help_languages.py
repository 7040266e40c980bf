"""The guide in every language: the same pages, pictures, headings, links and keys, and words that the window shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import cache

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.core.help_book import Page, search
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.services.help_pages import read_book
from desktop_app.ui.actions import ACTIONS
from desktop_app.ui.actions.action import readable_key
from desktop_app.viewmodels.language import LANGUAGES
from tests.architecture.source import ROOT
from tests.gui.pseudo import german
from tests.packaging.test_documents import GUIDE

HELP = ROOT / "resources" / "help"
SPEAKING = {"de": german}
CODES = [code for code, _ in LANGUAGES if code != "en"]
PAGES = [(code, name) for code in CODES for name in GUIDE]
_HELD = ("Shift", "Ctrl", "Alt")                # while something else is pressed


def page(code: str, name: str) -> str:
    folder = HELP if code == "en" else HELP / code
    return (folder / name).read_text(encoding="utf-8")


@cache
def translations(code: str) -> dict[str, frozenset[str]]:
    """What each text of the program is called."""
    found: dict[str, set[str]] = {}
    for message in ElementTree.parse(ROOT / "resources" / "translations" / f"lightbox_{code}.ts").iter("message"):
        found.setdefault(message.findtext("source") or "", set()).add(message.findtext("translation") or "")
    return {source: frozenset(made) for source, made in found.items()}


def quoted(text: str) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(r"\*\*([^*]+)\*\*", text)]


def links(text: str) -> list[str]:
    return [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]


def named_keys(text: str) -> list[str]:
    return [word for word in re.findall(r"`([^`]+)`", text) if not re.search(r"[/:.]\w", word)]


@pytest.mark.parametrize("code", CODES)
def test_the_book_has_the_same_pages_and_pictures(code: str) -> None:
    english, other = read_book(HELP), read_book(HELP, code)
    assert [one.name for one in other.pages] == [one.name for one in english.pages]
    assert [one.name for one in other.pictures] == [one.name for one in english.pictures]
    assert {one.name for one in other.pages if one not in english.pages} == set(GUIDE), "translated, and no other"
    assert all(one.data != two.data for one, two in zip(other.pictures, english.pictures, strict=True))


@pytest.mark.parametrize("code", CODES)
def test_nothing_lies_there_that_english_does_not_have(code: str) -> None:
    for path in (HELP / code).rglob("*.*"):
        assert (HELP / path.relative_to(HELP / code)).is_file(), path


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_page_is_built_alike(code: str, name: str) -> None:
    english, other = page("en", name), page(code, name)
    levels = [[heading.level for heading in Page(name, text).headings] for text in (english, other)]
    assert levels[0] == levels[1]
    assert links(english) == links(other)
    for mark in (r"^\|", r"^- ", r"^\d+\. ", r"^> "):
        assert len(re.findall(mark, english, re.MULTILINE)) == len(re.findall(mark, other, re.MULTILINE)), mark


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_it_quotes_the_same_words_as_the_window_shows_them(code: str, name: str) -> None:
    english, other = quoted(page("en", name)), quoted(page(code, name))
    assert len(english) == len(other)
    wrong = [(source, made) for source, made in zip(english, other, strict=True)
             if made not in translations(code).get(source, frozenset())]
    assert wrong == []


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_it_names_the_same_keys_as_the_window_writes_them(code: str, name: str, qapp: QApplication) -> None:
    keys = {key for row in ACTIONS.values() for key in row.keys}
    spelled = {readable_key(key): key for key in keys}
    held = dict(zip(_HELD, _HELD, strict=True))
    english = [{**spelled, **held}[word] for word in named_keys(page("en", name))]
    with SPEAKING[code](qapp):
        written = {key: readable_key(key) for key in keys}
        written |= {key: readable_key(f"{key}+A").removesuffix("+A") for key in _HELD}
    assert named_keys(page(code, name)) == [written[key] for key in english]


@pytest.mark.parametrize("code", CODES)
def test_the_presets_and_verdicts_are_called_as_in_the_window(code: str) -> None:
    told = dict(re.findall(r"^\| `(\d)` \| (.+?) \|$", page(code, "reading.md"), re.MULTILINE))
    assert {f"CT {words}" for words in told.values()} == {
        made for number in range(3, 10) for made in translations(code)[ACTIONS[f"preset_{number}"].text]}
    rows = [re.findall(r"^\| ([^|`*-]+?) \|", page(one, "uploading.md"), re.MULTILINE)[1:] for one in ("en", code)]
    assert len(rows[0]) == 8
    assert [row for row in zip(*rows, strict=True) if row[1] not in translations(code)[row[0]]] == []


@pytest.mark.parametrize("code", CODES)
def test_what_it_is_not_for_is_said_in_the_words_of_the_window(code: str) -> None:
    (said,) = translations(code)[NOT_FOR_DIAGNOSIS]
    assert said in page(code, "index.md")


def test_the_search_finds_words_of_the_language() -> None:
    assert "measuring.md" in {hit.page for hit in search(read_book(HELP, "de"), "Schlüsselbild")}
    assert search(read_book(HELP), "Schlüsselbild") == ()
