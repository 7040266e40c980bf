"""A page of a study is built in turns: what is there at once, what comes later, what comes when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.explain_panel import ExplainPanel
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.measurement_panel import MeasurementPanel
from desktop_app.ui.parts import Part, Turns
from desktop_app.ui.series_strip import STRIP_WIDTH, SeriesStrip
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.ui.viewer_toolbar import BAR_HEIGHT, ViewerToolbar
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.work_panel import WorkPanel
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.open_studies import EVENTS, SETS, STORE, build_page, patient, reading_window

_PARTS = (ViewerToolbar, SeriesStrip, MeasurementPanel, WorkPanel, ExplainPanel)


@pytest.fixture
def program(themed: Any, qtbot: QtBot) -> Iterator[MainWindow]:
    window = reading_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    for viewer in window.models.workspace.viewers:
        viewer.close()


def just_opened(program: MainWindow) -> tuple[ViewerModel, ViewerPage]:
    """A study in the moment in which it was opened: no turn has come."""
    viewer = program.models.workspace.open(patient("1.2.3", "1", "ROE^JANE"), STORE)
    viewer.rail.take(EVENTS)
    viewer.loading.index(viewer.rail.display_sets)
    viewer.show(SETS[0].key)
    page = program.page_of(viewer)
    assert page is not None
    return viewer, page


async def test_one_handler_builds_next_to_nothing(program: MainWindow) -> None:
    _, page = just_opened(program)
    assert not page.is_whole
    assert not any(page.findChildren(kind) for kind in (*_PARTS, ViewportCanvas))


async def test_every_part_comes_by_itself_and_once(program: MainWindow) -> None:
    _, page = just_opened(program)
    build_page(page)
    assert [len(page.findChildren(kind)) for kind in (*_PARTS, ViewportCanvas)] == [1] * 6
    assert page.toolbar.isVisible() and page.strip.isVisible() and page.active_canvas.hasFocus()
    toolbar, strip = page.toolbar.geometry(), page.strip.geometry()
    assert (toolbar.y(), toolbar.height(), strip.x(), strip.width()) == (0, BAR_HEIGHT, 0, STRIP_WIDTH)


async def test_an_image_does_not_move_when_the_rest_comes(program: MainWindow) -> None:
    _, page = just_opened(program)
    canvas = page.active_canvas
    QApplication.processEvents()
    before = canvas.geometry()
    build_page(page)
    assert canvas.geometry() == before and before.width() > 1000


async def test_where_an_image_will_come_it_is_dark_already(program: MainWindow) -> None:
    viewer, page = just_opened(program)
    QApplication.processEvents()
    seen = page.frame.grab().toImage()
    assert seen.pixelColor(seen.width() // 2, seen.height() // 4).lightness() < 10
    viewer.set_layout(1, 2)
    build_page(page)
    left, right = page.canvases
    seen = page.frame.grab().toImage()
    between = (left.geometry().right() + right.geometry().left()) // 2
    assert seen.pixelColor(between, seen.height() // 4) == theme.colour("line")


async def test_a_part_is_there_when_it_is_asked_for(program: MainWindow) -> None:
    _, page = just_opened(program)
    program.actions_set.run("choose_layout")
    assert page.toolbar.layout_button.popup.isVisible()
    page.toolbar.layout_button.popup.hide()
    assert [card.card.key for card in page.strip.cards] == [one.key for one in SETS]
    build_page(page)
    assert [len(page.findChildren(kind)) for kind in _PARTS] == [1] * 5


async def test_viewports_of_another_layout_come_in_turns(program: MainWindow) -> None:
    viewer, page = just_opened(program)
    build_page(page)
    viewer.set_layout(2, 2)
    assert len(page.findChildren(ViewportCanvas)) == 1
    page.frame.layout().activate()
    place = page.active_canvas.geometry()
    assert place.width() < page.frame.width() * 0.51
    build_page(page)
    assert page.active_canvas.geometry() == place and len(page.findChildren(ViewportCanvas)) == 4
    viewer.set_layout(1, 1)
    viewer.set_layout(2, 2)
    viewer.set_layout(1, 3)                         # before their turn came
    build_page(page)
    assert len([one for one in page.findChildren(ViewportCanvas) if one.isVisible()]) == 3
    assert max(one.width() for one in page.canvases) - min(one.width() for one in page.canvases) <= 1
    assert [one.viewport for one in page.canvases] == list(viewer.viewports)


async def test_nothing_is_built_out_of_sight(program: MainWindow) -> None:
    _, page = just_opened(program)
    program.show_worklist()
    for _ in range(5):
        QApplication.processEvents()
    assert not page.findChildren(ViewportCanvas)
    program.top_bar.tabs.setCurrentIndex(1)
    build_page(page)
    assert page.active_canvas.hasFocus()


async def test_keys_go_through_the_parts_in_their_order(program: MainWindow) -> None:
    """Round from the image: the toolbar, then what lies below it."""
    _, page = just_opened(program)
    build_page(page)
    reached, at = [], page.active_canvas.nextInFocusChain()
    while at is not page.active_canvas:
        reached.append(at)
        at = at.nextInFocusChain()
    places = [reached.index(one) for one in (page.toolbar, page.strip, page.panel, page.explain_panel)]
    assert places == sorted(places)
    assert all(part.accessibleName() for part in (page.panel, page.work_panel, page.explain_panel))


async def test_no_part_is_a_window_for_a_moment(program: MainWindow) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    try:
        viewer, page = just_opened(program)
        viewer.set_layout(2, 2)
        build_page(page)
    finally:
        application.removeEventFilter(watch)
    assert shown == []


def test_a_part_is_built_once() -> None:
    built: list[int] = []

    def build() -> int:
        built.append(len(built))
        return built[-1]

    part = Part(build)
    assert not part.is_built
    assert (part(), part(), part.is_built, built) == (0, 0, True, [0])


def test_turns_wait_until_they_may_go(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QLabel()
    qtbot.addWidget(owner)
    turns = Turns(owner)
    turns.add(lambda: done.append("first"), lambda: turns.go_on(False), lambda: done.append("second"))
    QApplication.processEvents()
    assert done == []
    turns.go_on(True)
    qtbot.waitUntil(lambda: done == ["first"])
    for _ in range(5):
        QApplication.processEvents()
    assert done == ["first"] and not turns.are_over
    turns.go_on(True)
    qtbot.waitUntil(lambda: turns.are_over)
    assert done == ["first", "second"]
