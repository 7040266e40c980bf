"""The command palette: found by a few letters, run by Enter, gone by Escape."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.actions import ACTIONS
from desktop_app.ui.command_palette import matching
from desktop_app.ui.main_window import MainWindow
from tests.gui.fakes import LOCAL, STUDIES

CONTROL = Qt.KeyboardModifier.ControlModifier


def titles(window: MainWindow) -> list[str]:
    items = window.palette_box.list
    return [items.item(row).text() for row in range(items.count())]


def open_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, CONTROL)


def test_words_find_rows_wherever_they_stand() -> None:
    rows = list(ACTIONS.values())
    assert [row.id for row in matching(rows, "flip left")] == ["flip_horizontal"]
    assert [row.id for row in matching(rows, "series")][:3] == ["previous_series", "next_series", "delete_series"]
    assert matching(rows, "lung")[0].id == "preset_7"
    assert matching(rows, "") == rows
    assert matching(rows, "no such thing") == []


def test_the_beginning_of_a_word_comes_before_its_middle() -> None:
    found = [row.id for row in matching(list(ACTIONS.values()), "age")]
    assert found == [row.id for row in ACTIONS.values() if "age" in row.text.casefold()]
    found = [row.id for row in matching(list(ACTIONS.values()), "in")]
    assert found.index("zoom_in") < found.index("tool_window")          # "Zoom in" before "Window"


def test_it_opens_runs_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    viewer = window.models.workspace.open(STUDIES[4], LOCAL)
    canvas = QApplication.focusWidget()
    open_it(window, qtbot)
    box = window.palette_box
    assert box.isVisible()
    assert QApplication.focusWidget() is box.field
    qtbot.keyClicks(box.field, "pan drag")
    assert titles(window) == ["Pan: drag the picture"]
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert viewer.tool == "pan"
    assert QApplication.focusWidget() is canvas


def test_a_word_that_nothing_matches_is_said_to_match_nothing(window: MainWindow, qtbot: QtBot) -> None:
    open_it(window, qtbot)
    box = window.palette_box
    assert not box.nothing.isVisible()
    qtbot.keyClicks(box.field, "zzz")
    assert box.nothing.isVisible() and not box.list.isVisible()
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.isVisible()


def test_it_offers_only_what_can_be_done(window: MainWindow, qtbot: QtBot) -> None:
    open_it(window, qtbot)
    assert "Invert black and white" not in titles(window)
    assert "Search for studies" in titles(window)
    window.palette_box.dismiss()
    window.models.workspace.open(STUDIES[4], LOCAL)
    open_it(window, qtbot)
    assert "Invert black and white" in titles(window)
    window.palette_box.dismiss()


def test_arrows_move_and_stop_at_the_ends(window: MainWindow, qtbot: QtBot) -> None:
    open_it(window, qtbot)
    field, items = window.palette_box.field, window.palette_box.list
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert items.currentRow() == 0
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert items.currentRow() == 2
    for _ in range(10):
        qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert items.currentRow() == items.count() - 1
    window.palette_box.dismiss()


def test_no_key_leaks_to_the_image_while_it_is_open(window: MainWindow, qtbot: QtBot) -> None:
    viewer = window.models.workspace.open(STUDIES[4], LOCAL)
    calls: list[Any] = []
    viewer.active.invert = lambda: calls.append("invert")
    viewer.active.reset = lambda: calls.append("reset")
    open_it(window, qtbot)
    field = window.palette_box.field
    qtbot.keyClicks(field, "i")
    assert field.text() == "i"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert calls == []
    assert not window.palette_box.isVisible()


def test_a_click_runs_and_a_click_beside_closes(window: MainWindow, qtbot: QtBot) -> None:
    open_it(window, qtbot)
    box = window.palette_box
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(5, box.height() - 5))
    assert not box.isVisible()
    open_it(window, qtbot)
    qtbot.keyClicks(box.field, "ask the archive")
    place = box.list.visualItemRect(box.list.item(0)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.models.worklist.calls == [("refresh",)]  # type: ignore[attr-defined]


def test_the_same_key_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    open_it(window, qtbot)
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_K, CONTROL)
    assert not window.palette_box.isVisible()
