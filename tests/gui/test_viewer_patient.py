"""Layouts by hand, a series carried onto a viewport, and two patients who are never taken for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.patient_card import PatientFrame
from desktop_app.ui.series_drag import SeriesDrag, SeriesDrop
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.open_studies import SETS, build_page, opened, patient, reading_window


@pytest.fixture
def program(themed: Any, qtbot: QtBot) -> Iterator[MainWindow]:
    window = reading_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    for viewer in window.models.workspace.viewers:
        viewer.close()


@pytest.fixture
def jane(program: MainWindow) -> ViewerModel:
    return opened(program, patient("1.2.3", "1", "ROE^JANE"))


async def test_the_chooser_sets_a_grid_by_mouse_and_by_keys(program: MainWindow, jane: ViewerModel) -> None:
    page = program.active_page
    assert page is not None
    program.actions_set.run("choose_layout")
    popup = page.toolbar.layout_button.popup
    assert popup.isVisible() and (popup.grid.rows, popup.grid.columns) == (1, 1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(popup.grid, key)
    assert not popup.isVisible()
    assert (jane.layout.rows, jane.layout.columns) == (2, 2)
    assert len([canvas for canvas in page.canvases if canvas.isVisible()]) == 4
    program.actions_set.run("choose_layout")
    edge = popup.grid.sizeHint().width()
    QTest.mouseClick(popup.grid, Qt.MouseButton.LeftButton, pos=QPoint(edge - 3, edge - 3))
    assert (jane.layout.rows, jane.layout.columns) == (4, 4) and len(jane.viewports) == 16
    shown = [viewport.display_set.key for viewport in jane.viewports if viewport.display_set is not None]
    assert shown == [one.key for one in SETS], "each series once, in the order of the strip"


async def test_escape_leaves_the_grid_as_it_is(program: MainWindow, jane: ViewerModel) -> None:
    program.actions_set.run("choose_layout")
    popup = program.active_page.toolbar.layout_button.popup     # type: ignore[union-attr]
    QTest.keyClick(popup.grid, Qt.Key.Key_Down)
    QTest.keyClick(popup.grid, Qt.Key.Key_Escape)
    assert not popup.isVisible() and jane.layout.rows == 1


async def test_one_viewport_alone_and_back(program: MainWindow, jane: ViewerModel) -> None:
    page = program.active_page
    assert page is not None
    jane.set_layout(2, 2)
    seen: Callable[[], list[bool]] = lambda: [canvas.isVisible() for canvas in page.canvases]  # noqa: E731
    hand.double_click(page.canvases[2], QPoint(40, 40))
    assert seen() == [False, False, True, False] and jane.active is jane.viewports[2]
    hand.key(page.active_canvas, "Tab")
    assert seen() == [False, False, False, True], "the next one has the page to itself"
    hand.key(page.active_canvas, "Return")
    assert seen() == [True] * 4
    jane.set_layout(1, 1)
    hand.double_click(page.canvases[0], QPoint(40, 40))
    assert jane.alone is None, "one of one is no choice"


async def test_a_series_is_carried_onto_a_viewport(program: MainWindow, jane: ViewerModel) -> None:
    page = program.active_page
    assert page is not None
    jane.set_layout(1, 2)
    build_page(page)                        # so that the new viewport has its place
    card, canvas = page.strip.cards[3], page.canvases[1]
    target = card.mapFromGlobal(canvas.mapToGlobal(hand.centre(canvas)))
    hand.press(card, QPoint(30, 30))
    hand.move(card, target, hand.LEFT)
    assert [drop.mark.isVisible() for drop in page.findChildren(SeriesDrop)] == [False, True]
    hand.release(card, target)
    assert not any(drop.mark.isVisible() for drop in page.findChildren(SeriesDrop))
    assert jane.viewports[1].display_set == SETS[3] and jane.active is jane.viewports[1]
    assert jane.layout.shown == (SETS[0].key, SETS[3].key)


async def test_a_series_of_another_patient_is_not_taken(program: MainWindow, jane: ViewerModel) -> None:
    other = opened(program, patient("1.2.4", "2", "POE^JOHN"))
    page = program.page_of(jane)
    assert page is not None
    program.top_bar.tabs.setCurrentIndex(1)
    card, canvas = page.strip.cards[4], page.canvases[0]
    SeriesDrag(card, other, SETS[4].key, card.grab()).drop(canvas.mapToGlobal(hand.centre(canvas)))
    assert jane.active.display_set == SETS[0]
    SeriesDrag(card, jane, SETS[4].key, card.grab()).drop(canvas.mapToGlobal(hand.centre(canvas)))
    assert jane.active.display_set == SETS[4]


async def test_two_patients_never_look_alike(program: MainWindow, jane: ViewerModel) -> None:
    colours = {jane.patient_colour}
    for number in range(2, 8):
        other = opened(program, patient(f"1.2.5{number}", str(number), f"POE^NUMBER {number}"))
        assert other.patient_colour not in colours
        colours.add(other.patient_colour)
    same = opened(program, patient("1.2.99", "1", "ROE^JANE"))
    assert same.patient_colour == jane.patient_colour


async def test_a_namesake_is_told_by_the_id(program: MainWindow, jane: ViewerModel) -> None:
    tabs = program.top_bar.tabs
    assert "1" not in tabs.tabText(1).split(" · ")
    other = opened(program, patient("1.2.4", "2", "ROE^JANE"))
    assert "1" in tabs.tabText(1).split(" · ") and "2" in tabs.tabText(2).split(" · ")
    card = program.page_of(jane).strip.patient                 # type: ignore[union-attr]
    assert card.caution.isVisibleTo(card) and card.caution.text() in card.accessibleName()
    program.models.workspace.close(other)
    assert not card.caution.isVisibleTo(card) and "1" not in tabs.tabText(1).split(" · ")


async def test_name_id_and_study_stay_when_the_corner_texts_go(program: MainWindow, jane: ViewerModel) -> None:
    page = program.active_page
    assert page is not None
    for _ in range(3):
        hand.key(page.active_canvas, "O")
        card = page.strip.patient
        texts = (card.name.full_text(), card.number.full_text(), card.study.full_text())
        assert card.isVisible() and texts == ("ROE, JANE", "1", "CT 01 Jan 2026 · Chest")


async def test_the_frame_and_the_tab_have_the_colour_of_the_patient(program: MainWindow, jane: ViewerModel) -> None:
    frame = program.active_page.findChild(PatientFrame)         # type: ignore[union-attr]
    picture: QImage = frame.grab().toImage()
    assert picture.pixelColor(frame.width() // 2, 0).name() == jane.patient_colour
    icon = program.top_bar.tabs.tabIcon(1).pixmap(8, 8).toImage()
    assert icon.pixelColor(icon.width() // 2, icon.height() // 2).name() == jane.patient_colour
