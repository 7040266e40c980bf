"""The actions table: complete, without contradictions, and its keys do what they say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import ACTIONS, Action, Scope, readable_key
from desktop_app.ui.main_window import MainWindow
from desktop_app.viewmodels.presets import ct_presets
from tests.gui.fakes import STUDIES, FakeViewer

# The keys of the interface, as far as what they do exists.
PROMISED = {
    "Up": "previous_image", "Down": "next_image", "Shift+Up": "back_ten", "Shift+Down": "forward_ten",
    "Home": "first_image", "End": "last_image", "Left": "previous_series", "Right": "next_series",
    "Ctrl+Left": "previous_study", "Ctrl+Right": "next_study", "W": "tool_window", "P": "tool_pan", "Z": "tool_zoom",
    "S": "tool_scroll", "0": "auto_window", "1": "file_window_1", "2": "file_window_2",
    **{str(number): f"preset_{number}" for number in range(3, 10)},
    "=": "fit", "+": "zoom_in", "-": "zoom_out", "Ctrl+1": "one_to_one", "I": "invert", "H": "flip_horizontal",
    "V": "flip_vertical", "Ctrl+R": "rotate_right", "Ctrl+L": "rotate_left", "Space": "cine", "O": "texts",
    "Esc": "cancel", "F11": "full_screen", "Ctrl+C": "copy_view", "Ctrl+K": "palette", "?": "keys",
    "Ctrl+O": "open_files", "Ctrl+W": "close_tab", "F5": "refresh", "Ctrl+F": "search_field", "Return": "open_study",
}
VIEWPORT_CALLS = [
    (Qt.Key.Key_Up, "", "scroll_by", (-1,)), (Qt.Key.Key_Down, "", "scroll_by", (1,)),
    (Qt.Key.Key_Up, "Shift", "scroll_by", (-10,)), (Qt.Key.Key_Down, "Shift", "scroll_by", (10,)),
    (Qt.Key.Key_Home, "", "first", ()), (Qt.Key.Key_End, "", "last", ()),
    (Qt.Key.Key_0, "", "auto_window", ()), (Qt.Key.Key_1, "", "file_window", (1,)),
    (Qt.Key.Key_2, "", "file_window", (2,)), (Qt.Key.Key_3, "", "preset", (3,)), (Qt.Key.Key_9, "", "preset", (9,)),
    (Qt.Key.Key_I, "", "invert", ()), (Qt.Key.Key_Equal, "", "fit", ()), (Qt.Key.Key_Plus, "", "zoom_by", (1.25,)),
    (Qt.Key.Key_Minus, "", "zoom_by", (0.8,)), (Qt.Key.Key_1, "Ctrl", "one_to_one", ()),
    (Qt.Key.Key_H, "", "flip_horizontal", ()), (Qt.Key.Key_V, "", "flip_vertical", ()),
    (Qt.Key.Key_R, "Ctrl", "rotate", (1,)), (Qt.Key.Key_L, "Ctrl", "rotate", (-1,)),
    (Qt.Key.Key_O, "", "cycle_text", ()),
    (Qt.Key.Key_Escape, "", "reset", ()),
]
HELD = {"": Qt.KeyboardModifier.NoModifier, "Shift": Qt.KeyboardModifier.ShiftModifier,
        "Ctrl": Qt.KeyboardModifier.ControlModifier}


def open_viewer(window: MainWindow) -> FakeViewer:
    return window.models.workspace.open(STUDIES[4], window.models.worklist.store)  # type: ignore[return-value]


def record(target: Any, name: str) -> list[tuple[Any, ...]]:
    calls: list[tuple[Any, ...]] = []
    setattr(target, name, lambda *arguments: calls.append(arguments))
    return calls


def test_every_promised_key_is_there() -> None:
    offered = {key: row.id for row in ACTIONS.values() for key in row.keys}
    assert {key: offered.get(key) for key in PROMISED} == PROMISED


@pytest.mark.parametrize("scope", [Scope.VIEWER, Scope.TABLE])
def test_no_key_means_two_things_at_one_place(scope: Scope) -> None:
    rows = [row for row in ACTIONS.values() if row.scope in (scope, Scope.ANYWHERE)]
    heard = [QKeySequence(key).toString() for row in rows for key in row.keys]
    assert [key for key, times in Counter(heard).items() if times > 1] == []
    assert all(heard)                               # Qt understands each of them


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.id)
def test_every_row_says_what_it_does_and_how(row: Action, themed: QApplication) -> None:
    assert row.title
    assert row.title[0].isupper() or row.title[0].isdigit()
    assert not row.keys or f"({readable_key(row.keys[0])})" in row.tooltip


def test_presets_are_named_as_the_table_of_presets_has_them() -> None:
    for preset in ct_presets():
        width, centre = preset.window.width, preset.window.center
        numbers = f"{width:g}/{centre:g}".replace("-", "−")
        assert ACTIONS[f"preset_{preset.key}"].text.casefold() == f"ct {preset.name} {numbers}".casefold()


@pytest.mark.parametrize(("key", "shown"), [
    ("Up", "↑"), ("Ctrl+Left", "Ctrl+←"), ("+", "+"), ("-", "−"), ("Return", "Enter"), ("?", "?"),
])
def test_keys_read_as_on_a_keyboard(themed: QApplication, key: str, shown: str) -> None:
    assert readable_key(key) == shown


@pytest.mark.parametrize(("key", "held", "method", "arguments"), VIEWPORT_CALLS)
def test_a_key_reaches_the_active_viewport(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, held: str, method: str, arguments: tuple[Any, ...],
) -> None:
    viewer = open_viewer(window)
    calls = record(viewer.active, method)
    qtbot.keyClick(window.active_page.active_canvas, key, HELD[held])  # type: ignore[union-attr]
    assert calls == [arguments]


@pytest.mark.parametrize(("key", "tool"), [(Qt.Key.Key_P, "pan"), (Qt.Key.Key_Z, "zoom"), (Qt.Key.Key_S, "scroll")])
def test_a_letter_chooses_the_tool(window: MainWindow, qtbot: QtBot, key: Qt.Key, tool: str) -> None:
    viewer = open_viewer(window)
    qtbot.keyClick(window.active_page, key)
    assert viewer.tool == tool
    assert window.actions_set[f"tool_{tool}"].isChecked()
    assert not window.actions_set["tool_window"].isChecked()


def test_series_and_studies_are_stepped_through(window: MainWindow, qtbot: QtBot) -> None:
    viewer = open_viewer(window)
    qtbot.keyClick(window.active_page, Qt.Key.Key_Right)
    qtbot.keyClick(window.active_page, Qt.Key.Key_Left)
    assert viewer.calls == [("next_series", 1), ("next_series", -1)]
    qtbot.keyClick(window.active_page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.models.workspace.calls[-1] == ("step_study", viewer, 1)  # type: ignore[attr-defined]


def test_image_keys_are_silent_on_the_worklist(window: MainWindow, qtbot: QtBot) -> None:
    viewer = open_viewer(window)
    calls = record(viewer.active, "invert")
    window.show_worklist()
    qtbot.keyClick(window.worklist_page.table, Qt.Key.Key_I)
    assert calls == []
    assert not window.actions_set["invert"].isEnabled()


def test_letters_typed_into_a_field_stay_there(window: MainWindow, qtbot: QtBot) -> None:
    window.focus_search()
    qtbot.keyClicks(window.worklist_page.search.text, "wpi ?0")
    assert window.worklist_page.search.text.text() == "wpi ?0"


def test_escape_puts_back_a_drag_before_anything_else(window: MainWindow, qtbot: QtBot) -> None:
    viewer = open_viewer(window)
    viewport = viewer.active
    resets = record(viewport, "reset")
    before = viewport.state
    canvas = window.active_page.active_canvas  # type: ignore[union-attr]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    QTest.mouseMove(canvas, canvas.rect().center() * 1.3)
    assert viewport.state != before
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert viewport.state == before
    assert resets == []
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert resets == [()]
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)


def test_a_button_is_pressed_by_space_when_tab_led_to_it(window: MainWindow, qtbot: QtBot) -> None:
    viewer = open_viewer(window)
    cine = record(viewer.active.cine, "toggle")
    button = window.actions_set.button("tool_pan", window.active_page)
    button.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert viewer.tool == "pan"
    assert cine == []


def test_a_button_clicked_takes_no_focus(window: MainWindow, qtbot: QtBot) -> None:
    open_viewer(window)
    button = window.actions_set.button("tool_zoom", window.active_page)
    button.show()
    before = QApplication.focusWidget()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is before


def test_only_what_can_be_done_is_offered(window: MainWindow) -> None:
    actions: ActionSet = window.actions_set
    assert "invert" not in {row.id for row in actions.offered()}
    open_viewer(window)
    offered = [row.id for row in actions.offered()]
    assert "invert" in offered
    assert "open_study" not in offered              # nothing is selected
    assert offered.index("next_image") < offered.index("invert") < offered.index("quit")
