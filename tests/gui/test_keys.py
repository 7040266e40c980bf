"""Keys and mouse buttons can be changed, a conflict is named, and everything that tells a key follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app import hand
from desktop_app.core.key_set import MOUSE_TOOLS
from desktop_app.core.settings import Settings
from desktop_app.core.tools import TOOLS
from desktop_app.ui.actions import ACTIONS
from desktop_app.ui.actions.keyed import claims, keyed, normal_key
from desktop_app.ui.key_sheet import KeySheet
from desktop_app.ui.keys_dialog import KeysDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.key_sets import key_set, key_sets, mouse
from tests.gui.fakes import STUDIES
from tests.gui.viewer_fakes import stack, viewport_model


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[KeysDialog]:
    window.change_keys()
    found = window.findChild(KeysDialog)
    yield found
    if isValid(found):
        found.accept()


def test_two_ready_sets_ship_and_name_actions_and_keys_that_there_are(themed: QApplication) -> None:
    assert [one.id for one in key_sets()] == ["lightbox", "ohif"]
    for one in key_sets():
        for action, keys in one.keys:
            assert action in ACTIONS, f"{one.id} names {action}"
            assert all(normal_key(key) for key in keys), f"{one.id}: {action} has {keys}"
        assert {one.mouse.middle, one.mouse.right} <= set(MOUSE_TOOLS)
    assert set(MOUSE_TOOLS) <= set(TOOLS)


def test_the_file_of_our_own_set_says_what_the_table_says() -> None:
    named = dict(key_set("lightbox").keys)
    assert {name: ACTIONS[name].keys for name in named} == named


@pytest.mark.parametrize("name", ["lightbox", "ohif"])
def test_no_key_of_a_set_means_two_things_at_one_place(themed: QApplication, name: str) -> None:
    rows = keyed(ACTIONS, Settings(shortcuts=name))
    places = {claim.id: claim.places for claim in claims(ACTIONS)}
    heard = [(normal_key(key), place) for row in rows.values() for key in row.keys for place in places[row.id]]
    assert len(heard) == len(set(heard))


def test_the_other_set_has_the_keys_that_its_hands_know(window: MainWindow) -> None:
    window.models.settings.change(shortcuts="ohif")
    table = window.actions_set.table
    assert (table["rotate_right"].keys, table["rotate_left"].keys, table["cine"].keys) == (("R",), ("L",), ("C",))
    assert table["reset"].keys == ("Space",)
    assert window.actions_set["cine"].shortcuts() == [QKeySequence("C")]
    assert window.actions_set["cine"].toolTip().endswith("(C)")
    window.models.settings.change(shortcuts="lightbox")
    assert window.actions_set["cine"].shortcuts() == [QKeySequence("Space")]


def test_a_new_key_works_at_once_and_sheet_and_tooltip_follow(window: MainWindow, dialog: KeysDialog) -> None:
    viewer = window.models.workspace.open(STUDIES[4], window.models.worklist.store)
    dialog.choose("tool_angle")
    dialog.field.setKeySequence(QKeySequence("N"))
    assert dialog.conflict is None
    hand.click(dialog.take)
    dialog.hide()
    page = window.page_of(viewer)
    assert page is not None
    hand.key(page.active_canvas, "A")
    assert viewer.tool == "window"
    hand.key(page.active_canvas, "N")
    assert viewer.tool == "angle"
    assert window.actions_set["tool_angle"].toolTip().endswith("(N)")
    window.show_keys()
    sheet = window.findChild(KeySheet)
    assert any(line.startswith("N: Angle") for line in sheet.page.accessibleDescription().splitlines())
    sheet.accept()


def test_a_conflict_is_named_before_the_key_is_taken(window: MainWindow, dialog: KeysDialog) -> None:
    dialog.choose("tool_probe")
    dialog.field.setKeySequence(QKeySequence("L"))
    assert "Length" in dialog.note.text() and "taken from there" in dialog.note.text()
    assert window.actions_set.table["tool_length"].keys == ("L",), "nothing is taken by looking"
    hand.click(dialog.take)
    table = window.actions_set.table
    assert (table["tool_probe"].keys, table["tool_length"].keys) == (("L",), ())
    dialog.choose("tool_probe")
    hand.click(dialog.reset)
    assert window.actions_set.table["tool_probe"].keys == ("D",)
    hand.click(dialog.back)
    assert window.models.settings.value.shortcut_changes == ()
    assert window.actions_set.table["tool_length"].keys == ("L",)


def test_keys_can_be_added_and_taken_away(window: MainWindow, dialog: KeysDialog) -> None:
    dialog.choose("next_image")
    dialog.field.setKeySequence(QKeySequence("N"))
    hand.click(dialog.add)
    assert window.actions_set.table["next_image"].keys == ("Down", "N")
    hand.click(dialog.clear)
    assert window.actions_set.table["next_image"].keys == ()


def test_actions_are_found_by_name_or_key(dialog: KeysDialog) -> None:
    dialog.search.setText("cobb")
    shown = [name for name, item in dialog._items.items() if not item.isHidden()]
    assert shown == ["tool_cobb"]


def test_mouse_buttons_can_be_changed(window: MainWindow, dialog: KeysDialog) -> None:
    box = dialog.buttons["right"]
    box.setCurrentIndex(box.findData("window"))
    box.activated.emit(box.currentIndex())
    assert mouse(window.models.settings.value).right == "window"
    assert window.models.settings.value.shortcut_changes == ("mouse.right=window",)


def test_a_button_does_what_it_was_given(themed: QApplication, qtbot: QtBot) -> None:
    from dataclasses import replace

    viewport = viewport_model(*stack(5))
    canvas = ViewportCanvas(viewport)
    qtbot.addWidget(canvas)
    canvas.resize(200, 200)
    viewport.pointer.mouse = replace(viewport.pointer.mouse, right="scroll", wheel="zoom")
    hand.drag(canvas, QPoint(50, 50), QPoint(50, 100), Qt.MouseButton.RightButton)
    assert viewport.state.index > 0 and viewport.state.zoom == 1
    index = viewport.state.index
    hand.wheel(canvas, -1)
    assert viewport.state.zoom > 1 and viewport.state.index == index
    hand.wheel(canvas, -1, Qt.KeyboardModifier.ControlModifier)
    assert viewport.state.index == index - 1
