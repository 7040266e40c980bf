"""The papers: what is made from the code is as the code says, what is named exists, and every link leads somewhere."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop_app.core.help_book import Page
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.services.help_pages import read_book
from desktop_app.ui.actions import ACTIONS
from tests.architecture.source import ROOT, modules, tracked_files

HELP = ROOT / "resources" / "help"
GUIDE = ("index.md", "worklist.md", "reading.md", "measuring.md", "uploading.md", "archives.md", "trouble.md")
PAPERS = sorted(
    path.relative_to(ROOT).as_posix() for path in (
        *ROOT.glob("*.md"), *HELP.rglob("*.md"), ROOT / "installer" / "README.md",
        ROOT / "resources" / "licences" / "README.md")
    if path.name != "CHANGELOG.md")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OTHER_KEYS = {"Shift", "Ctrl", "Alt"}          # held while something else is pressed


@pytest.fixture
def make_documents(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import make_documents as made

    yield made
    for name in ("make_documents", "conformance_statement"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("name", ["keys", "conformance"])
def test_what_is_made_from_the_tables_is_as_they_are(make_documents: object, name: str) -> None:
    made = getattr(make_documents, name)()
    assert made == (HELP / f"{name}.md").read_text(encoding="utf-8"), "run `make documents`"


def test_the_conformance_statement_names_every_class_that_is_written(make_documents: object) -> None:
    """highdicom's documents are named there by hand: no other constructor of theirs may be called."""
    called = set()
    for path in modules("objects"):
        called |= set(re.findall(r"\b(?:sr|pr|ko)\.(\w+(?:SR|PresentationState|SelectionDocument))\b",
                                 path.read_text(encoding="utf-8")))
    assert called == {"ComprehensiveSR", "ColorSoftcopyPresentationState", "GrayscaleSoftcopyPresentationState",
                      "KeyObjectSelectionDocument"}


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_to_something_that_is_there(name: str) -> None:
    paper = ROOT / name
    dead = []
    for link in _LINK.findall(_without_code(paper.read_text(encoding="utf-8"))):
        if link.startswith(("https://", "licence:")):
            continue
        target, _, anchor = link.partition("#")
        there = (paper.parent / target).resolve() if target else paper
        if not there.exists() and paper.is_relative_to(HELP):       # not translated: the page in English is shown
            there = HELP / target
        is_there = there.exists() and there.is_relative_to(ROOT)
        if not is_there or (anchor and anchor not in anchors(there)):
            dead.append(link)
    assert dead == []


def test_the_help_leads_nowhere_else() -> None:
    """It is read without a network, and in a folder that holds nothing but itself."""
    out = [f"{path.name}: {link}" for path in HELP.rglob("*.md")
           for link in _LINK.findall(_without_code(path.read_text(encoding="utf-8")))
           if "://" in link or link.startswith(("/", ".."))]
    assert out == []


def test_every_page_and_every_picture_is_reached_from_the_first() -> None:
    book = read_book(HELP)
    assert {page.name for page in book.pages} == {path.name for path in HELP.glob("*.md")}
    shown = {picture.name for picture in book.pictures}
    assert shown == {f"pictures/{path.name}" for path in (HELP / "pictures").iterdir()}


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in HELP.rglob("pictures/*")) < 1_500_000


@pytest.mark.parametrize("name", GUIDE)
def test_the_guide_names_keys_that_are_there(name: str) -> None:
    text = _without_code((HELP / name).read_text(encoding="utf-8"))
    keys = {key for row in ACTIONS.values() for key in row.key_text.split()} | _OTHER_KEYS
    named = {word for word in re.findall(r"`([^`]+)`", text) if not re.search(r"[/:.]\w", word)}
    assert named
    assert named - keys == set()


@pytest.mark.parametrize("name", GUIDE)
def test_the_guide_names_words_that_the_program_shows(name: str) -> None:
    text = _without_code((HELP / name).read_text(encoding="utf-8"))
    named = {" ".join(found.split()) for found in re.findall(r"\*\*([^*]+)\*\*", text)}
    assert named - visible_words() == set()


def test_the_window_presets_of_the_guide_are_those_of_the_program() -> None:
    text = (HELP / "reading.md").read_text(encoding="utf-8")
    told = {key: f"CT {words}" for key, words in re.findall(r"^\| `(\d)` \| (.+?) \|$", text, re.MULTILINE)}
    assert told == {str(number): ACTIONS[f"preset_{number}"].title for number in range(3, 10)}


@pytest.mark.parametrize("name", [
    "README.md", "resources/help/index.md", "resources/help/conformance.md", "installer/linux/lightbox.1",
    "installer/linux/lightbox.spec",
])
def test_what_it_is_not_for_is_said_in_the_same_words_everywhere(name: str) -> None:
    assert NOT_FOR_DIAGNOSIS in (ROOT / name).read_text(encoding="utf-8")


def test_no_other_words_say_what_it_is_not_for() -> None:
    one_place = ROOT / "desktop_app" / "core" / "intended_use.py"
    others = [
        f"{path.relative_to(ROOT)}: {line.strip()}" for path in tracked_files()
        if path.suffix in (".py", ".md", ".1", ".spec", ".desktop", ".nsi", ".toml") and path != one_place
        and "tests" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?i)not for diagnosis|medical device|primary diagnosis", line.replace(NOT_FOR_DIAGNOSIS, ""))]
    assert others == []


def anchors(paper: Path) -> set[str]:
    return {heading.anchor for heading in Page("", paper.read_text(encoding="utf-8")).headings}


@cache
def visible_words() -> frozenset[str]:
    """Every text in the code of widgets and view-models, as it is written and without what is filled in."""
    found: set[str] = set()
    for room in ("ui", "viewmodels", "core"):
        for path in modules(room):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return frozenset(found)


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def test_the_drawing_of_the_house_has_every_room() -> None:
    drawing = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    rooms = {path.parent.name for path in (ROOT / "desktop_app").glob("*/__init__.py")}
    assert {"core", "ui", "objects"} <= rooms
    assert rooms - set(re.findall(r"\w+", drawing)) == set()


def test_the_first_change_of_the_guide_is_still_to_be_made() -> None:
    """CONTRIBUTING walks a newcomer through it: the row has no key, and the key no meaning."""
    assert ACTIONS["reset"].keys == ()
    assert all("Shift+0" not in row.keys for row in ACTIONS.values())
    assert '_view("reset"' in (ROOT / "desktop_app" / "ui" / "actions" / "view.py").read_text(encoding="utf-8")


def test_links_in_code_are_no_links() -> None:
    assert _LINK.findall(_without_code("[a](b.md)\n```\n[c](d.md)\n```\n")) == ["b.md"]
    assert Path("README.md").name in PAPERS
