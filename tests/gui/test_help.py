"""The help window and the about page: pages, links, contents, search, keys; by mouse and by keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app import __version__, hand
from desktop_app.app import Program
from desktop_app.core.help_book import Page
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.ui.about import About
from desktop_app.ui.help.window import HelpWindow, Place
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.widgets import QLabel
from tests.gui.program import run_program, until


@pytest.fixture
def help_window(window: MainWindow) -> Iterator[HelpWindow]:
    window.show_help()
    made = window.findChild(HelpWindow)
    assert made is not None
    yield made
    made.accept()


def seen(made: HelpWindow) -> str:
    return made.view.toPlainText().splitlines()[0]


def test_f1_opens_one_window_that_leaves_the_other_usable(window: MainWindow) -> None:
    hand.key(window.worklist_page.table, "F1")
    (made,) = window.findChildren(HelpWindow)
    assert made.isVisible()
    assert made.windowModality() == Qt.WindowModality.NonModal
    assert seen(made) == "First"
    window.show_help("keys.md")
    assert window.findChildren(HelpWindow) == [made]
    assert seen(made) == "Keys and mouse"
    made.accept()


def test_a_link_leads_to_a_page_and_to_a_heading_and_back(help_window: HelpWindow) -> None:
    made = help_window
    made.view.anchorClicked.emit(QUrl("reading.md#last"))
    assert made.place == Place("reading.md", "last")
    assert made.view.verticalScrollBar().value() > 0
    assert not made.forward.isEnabled()
    made.back.click()
    assert seen(made) == "First"
    assert not made.back.isEnabled()
    hand.key(made, "Alt+Right")
    assert made.place == Place("reading.md", "last")


@pytest.mark.parametrize("link", ["https://example.org/page.md", "file:///etc/passwd", "../secret.md", "nothing.md"])
def test_no_link_leads_out_of_the_help(help_window: HelpWindow, link: str) -> None:
    help_window.view.anchorClicked.emit(QUrl(link))
    assert seen(help_window) == "First"


def test_a_page_cannot_load_a_file(help_window: HelpWindow, tmp_path: Path) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "outside.png"))
    kinds = QTextDocument.ResourceType
    for name in (str(tmp_path / "outside.png"), QUrl.fromLocalFile(str(tmp_path / "outside.png")).toString()):
        loaded = help_window.view.loadResource(kinds.ImageResource.value, QUrl(name))
        assert isinstance(loaded, QImage)
        assert loaded.isNull()
    assert help_window.view.loadResource(kinds.HtmlResource.value, QUrl("reading.md")) is None


def test_the_contents_name_every_page_and_the_headings_of_the_one_that_is_read(help_window: HelpWindow) -> None:
    contents = help_window.contents
    titles = [contents.topLevelItem(row).text(0) for row in range(contents.topLevelItemCount())]
    assert titles == ["First", "Reading", "Keys and mouse"]
    assert help_window.focusWidget() is contents
    hand.key(contents, "Down")                      # to the heading of the first page, then to the next page
    assert help_window.place == Place("index.md", "begin")
    hand.key(contents, "Down")
    assert help_window.place == Place("reading.md")
    assert contents.topLevelItem(1).isExpanded()
    assert not contents.topLevelItem(0).isExpanded()


def test_a_search_is_walked_through_with_the_keys(help_window: HelpWindow) -> None:
    made = help_window
    hand.key(made.view, "Ctrl+F")
    assert made.focusWidget() is made.field
    hand.type_text(made.field, "film")
    assert made.left.currentWidget() is made.hits
    assert made.count.text() == "4 places"
    hand.key(made.field, "Down")
    assert made.place == Place("reading.md", "films")
    assert [mark.cursor.selectedText() for mark in made.view.extraSelections()] == ["Film", "film"]
    hand.key(made.field, "Escape")
    assert made.isVisible()
    assert made.left.currentWidget() is made.contents
    assert made.view.extraSelections() == []
    hand.type_text(made.field, "nosuchword")
    assert made.count.text() == "Nothing holds all these words."


def test_the_page_of_keys_has_those_in_force(window: MainWindow, help_window: HelpWindow) -> None:
    help_window.go("keys.md")
    assert "Ctrl+E" in help_window.view.toPlainText()
    window.models.settings.change(shortcut_changes=("export=Ctrl+Shift+X",))
    assert "Ctrl+Shift+X" in help_window.view.toPlainText()
    assert "Ctrl+E\n" not in help_window.view.toPlainText()


def test_everything_that_takes_a_key_has_a_name(help_window: HelpWindow) -> None:
    parts = [part for kind in (QAbstractButton, QLineEdit) for part in help_window.findChildren(kind)]
    named = [part for part in parts if part.accessibleName() or part.parent().objectName().startswith("qt_")
             or isinstance(part.parent(), QLineEdit)]
    assert named == parts
    for part in (help_window.contents, help_window.hits, help_window.view, help_window.field):
        assert part.accessibleName()
    help_window.go("reading.md")
    assert help_window.view.accessibleName() == "Reading"


def test_about_says_what_it_is_and_leads_to_the_licences(window: MainWindow, qtbot: QtBot) -> None:
    window.show_about()
    about = window.findChild(About)
    words = " ".join(part.text() for part in about.findChildren(QLabel))
    assert __version__ in words
    assert NOT_FOR_DIAGNOSIS in words
    assert "LGPL, version 3" in words
    about.licences.click()
    made = window.findChild(HelpWindow)
    assert made.isVisible()
    made.accept()


def test_the_first_hint_says_it_too(window: MainWindow) -> None:
    hint = window.worklist_page.hint
    assert NOT_FOR_DIAGNOSIS in {part.text() for part in hint.findChildren(QLabel)}
    next(part for part in hint.findChildren(QAbstractButton) if part.text() == "Help").click()
    made = window.findChild(HelpWindow)
    assert made.isVisible()
    made.accept()


def test_in_the_program_every_link_of_every_page_leads_somewhere(themed: QApplication, tmp_path: Path) -> None:
    async def scenario(program: Program) -> None:
        await until(lambda: program.network.peek(lambda _backend: True), "the services")
        program.window.show_help()
        made = program.window.findChild(HelpWindow)
        await until(lambda: made.book.page("licences.md") is not None, "the licences")
        pages = made.book.pages
        assert {"index.md", "worklist.md", "reading.md", "uploading.md", "archives.md", "keys.md"} <= {
            page.name for page in pages}
        for page in pages:
            made.go(page.name)
            await asyncio.sleep(0)
            assert seen(made) == page.title
            assert made.view.horizontalScrollBar().maximum() == 0, f"{page.name} is too wide"
            for link in links(made.view.document()):
                target, _, anchor = link.partition("#")
                if not link.startswith("licence:"):
                    there = made.book.page(target or page.name)
                    assert there is not None, f"{page.name} links to {link}"
                    assert not anchor or anchor in {heading.anchor for heading in there.headings}, link
        made._model.ask_text("numpy")
        await until(lambda: seen(made).startswith("numpy "), "the licence of numpy")
        assert "Redistribution and use in source and binary forms" in made.view.toPlainText()
        made.accept()

    run_program(themed, tmp_path, scenario)


def test_a_help_that_is_not_there_says_so(themed: QApplication, tmp_path: Path) -> None:
    async def scenario(program: Program) -> None:
        await until(lambda: program.network.peek(lambda _backend: True), "the services")
        program.models.help._folder = tmp_path / "gone"
        program.window.show_help()
        made = program.window.findChild(HelpWindow)
        await until(lambda: bool(made.view.toPlainText()), "the sentence")
        assert made.view.toPlainText().startswith("The help is not where it should be.")
        made.accept()

    run_program(themed, tmp_path, scenario)


def links(document: QTextDocument) -> set[str]:
    found: set[str] = set()
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            found.update(iterator.fragment().charFormat().anchorHref().split())
            iterator += 1
        block = block.next()
    return found


def test_a_page_that_grew_is_shown_anew(help_window: HelpWindow) -> None:
    model = help_window._model
    model.book = model.book.with_page(Page("index.md", "# Another\n\nBeginning."))
    model.changed.emit()
    assert seen(help_window) == "Another"
