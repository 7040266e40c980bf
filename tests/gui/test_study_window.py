"""A study in a window of its own: its keys, its way back, its place on the monitors, and the lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.core.window_places import WindowPlace, remembered, screens_key, with_place
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.study_window import StudyWindow
from desktop_app.viewmodels.session import Lock
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.open_studies import opened, patient, reading_window


@pytest.fixture
def main(themed: Any, qtbot: QtBot) -> Iterator[MainWindow]:
    window = reading_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    assert window.studies is not None
    window.studies.close_windows()
    for viewer in window.models.workspace.viewers:
        viewer.close()


@pytest.fixture
def jane(main: MainWindow) -> ViewerModel:
    return opened(main, patient("1.2.3", "1", "ROE^JANE"))


def torn_off(main: MainWindow, viewer: ViewerModel) -> StudyWindow:
    main.actions_set.run("own_window")
    assert main.studies is not None
    return main.studies.windows[viewer]


async def test_a_study_leaves_its_tab_as_it_was_and_comes_back(main: MainWindow, jane: ViewerModel) -> None:
    jane.set_layout(1, 2)
    jane.active.go_to(2)
    window = torn_off(main, jane)
    assert main.top_bar.tabs.count() == 1 and main.active_viewer is None
    assert window.isVisible() and main.page_of(jane) is window.page
    assert len(window.page.canvases) == 2 and jane.active.state.index == 2
    assert "ROE" in window.windowTitle()
    window.close()
    assert main.top_bar.tabs.count() == 2 and main.active_viewer is jane
    assert (jane.layout.columns, jane.active.state.index) == (2, 2)


async def test_keys_in_that_window_reach_its_study(main: MainWindow, jane: ViewerModel) -> None:
    window = torn_off(main, jane)
    other = opened(main, patient("1.2.4", "2", "POE^JOHN"))
    hand.key(window.page.active_canvas, "P")
    hand.key(window.page.active_canvas, "F4")
    assert (jane.tool, len(jane.viewports)) == ("pan", 4)
    assert (other.tool, len(other.viewports)) == ("window", 1)
    hand.key(window.page.active_canvas, "Ctrl+K")
    assert window.palette_box.isVisible()
    window.palette_box.hide()
    hand.key(window.page.active_canvas, "F7")
    assert main.active_viewer is jane


async def test_opening_it_again_brings_its_window_up(main: MainWindow, jane: ViewerModel) -> None:
    torn_off(main, jane)
    assert main.models.workspace.open(jane.study, jane.store) is jane
    assert main.top_bar.tabs.count() == 1


async def test_closing_the_study_closes_its_window(main: MainWindow, jane: ViewerModel) -> None:
    window = torn_off(main, jane)
    hand.key(window.page.active_canvas, "Ctrl+W")
    assert not window.isVisible() and main.models.workspace.viewers == ()
    assert main.top_bar.tabs.count() == 1


async def test_a_locked_program_shows_no_window_of_a_study(main: MainWindow, jane: ViewerModel) -> None:
    window = torn_off(main, jane)
    session: Any = main.models.session
    session.set_lock(Lock("Locked", ""))
    assert not window.isVisible() and not window.actions_set["next_image"].isEnabled()
    session.set_lock(None)
    assert window.isVisible() and window.actions_set["next_image"].isEnabled()


async def test_a_window_comes_back_to_where_it_stood(main: MainWindow, jane: ViewerModel) -> None:
    window = torn_off(main, jane)
    window.setGeometry(40, 30, 820, 540)
    QApplication.processEvents()
    window.memory.note()
    assert len(main.models.settings.value.window_places) == 1
    window.close()
    again = torn_off(main, jane)
    place = again.geometry()
    assert (place.x(), place.y(), place.width(), place.height()) == (40, 30, 820, 540)


async def test_each_of_two_windows_has_a_place_of_its_own(main: MainWindow, jane: ViewerModel) -> None:
    first = torn_off(main, jane)
    other = opened(main, patient("1.2.4", "2", "POE^JOHN"))
    second = torn_off(main, other)
    for window in (first, second):
        window.memory.note()
    names = {line.partition(" @ ")[0] for line in main.models.settings.value.window_places}
    assert names == {"study 1", "study 2"}


ONE, TWO = ((0, 0, 1920, 1080),), ((1920, 0, 2560, 1440), (0, 0, 1920, 1080))


def test_places_are_remembered_for_each_set_of_monitors() -> None:
    lines = with_place((), WindowPlace("main", screens_key(ONE), (10, 20, 900, 700)))
    lines = with_place(lines, WindowPlace("main", screens_key(TWO), (2000, 0, 2000, 1400), maximized=True))
    lines = with_place(lines, WindowPlace("main", screens_key(ONE), (11, 21, 901, 701)))
    assert len(lines) == 2
    assert remembered(lines, "main", ONE) == WindowPlace("main", screens_key(ONE), (11, 21, 901, 701))
    found = remembered(lines, "main", tuple(reversed(TWO)))
    assert found is not None and found.maximized and found.area == (2000, 0, 2000, 1400)
    assert remembered(lines, "study 1", ONE) is None
    assert remembered(lines, "main", ((0, 0, 1280, 1024),)) is None


@pytest.mark.parametrize("line", [
    "", "main", "main @ 1920x1080+0+0 = 1 2 3", "main @ 1920x1080+0+0 = a b c d", "main @ 1920x1080+0+0 = 1 2 3 4",
])
def test_a_line_that_says_nothing_is_passed_over(line: str) -> None:
    assert WindowPlace.parse(line) is None
    assert remembered((line,), "main", ONE) is None


@pytest.mark.parametrize("area", [(5000, 10, 900, 700), (10, -400, 900, 700), (10, 1060, 900, 700)])
def test_a_window_out_of_reach_is_not_put_there(area: tuple[int, int, int, int]) -> None:
    assert remembered(with_place((), WindowPlace("main", screens_key(ONE), area)), "main", ONE) is None
