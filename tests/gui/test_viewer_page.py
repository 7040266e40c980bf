"""A study tab: the strip and the toolbar around the viewport, and the keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QPushButton, QToolButton

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import NotFound, Unreachable
from desktop_app.core.settings import Settings
from desktop_app.core.window import Window
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.study_opener import SeriesFailed, SeriesListed, SeriesOpened
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Commands
from desktop_app.ui.objects.object_page import ObjectPage
from desktop_app.ui.series_card import wrapped
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.ui.viewer_toolbar import window_keys, window_texts
from desktop_app.viewmodels.settings import SettingsModel
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.open_studies import build_page
from tests.gui.viewer_fakes import (
    GREY,
    STORE,
    FakeBackend,
    FakeNetwork,
    Hand,
    display_set,
    frame,
    quadrants,
    series,
    study,
)

PORTAL = display_set(6, 2, "Portal venous", is_volume=True)
LUNG = display_set(4, 3, "Lung")
CONTOURS = display_set(1, 7, "Contours", modality="RTSTRUCT", is_image=False)
LOST = series(5, "Coronal")


class Tab:
    """A page in a window, with what a test wants to reach."""

    def __init__(self, backend: FakeBackend, frames: FrameCache) -> None:
        self.backend = backend
        self.viewer = ViewerModel(FakeNetwork(backend), STORE, study(), frames)  # type: ignore[arg-type]
        self.window = QMainWindow()
        window: Any = SimpleNamespace(active_viewer=self.viewer, leave_full_screen=lambda: False, copy_view=self._copy,
                                      has_own_window=lambda: False)
        archives = SimpleNamespace(
            receiver=lambda _row: SimpleNamespace(upload_refusal=""), deletes_at=lambda _store: False, rows=())
        settings = SettingsModel(Settings(), lambda _settings: None)
        models: Any = SimpleNamespace(worklist=SimpleNamespace(selected=None), archives=archives, settings=settings)
        self.actions = ActionSet(Commands(window, models), self.window)
        self.page = ViewerPage(self.viewer, self.actions)
        self.window.setCentralWidget(self.page)
        self.window.resize(1300, 700)
        self.window.show()

    def _copy(self) -> None:
        self.page.copy_view()

    @property
    def model(self) -> Any:
        return self.viewer.active

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key as the window gets it, shortcuts first."""
        QTest.keyClick(self.window.windowHandle(), key, held)

    def tool_button(self, name: str) -> QToolButton:
        return next(button for button in self.page.toolbar.findChildren(QToolButton)
                    if button.defaultAction() is self.actions[name])


async def settled(turns: int = 12) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
        QApplication.processEvents()


OpenTab = Callable[[FakeBackend, FrameCache], Tab]


def cached(*sets: DisplaySet) -> FrameCache:
    frames = FrameCache(1 << 30)
    for of in sets:
        for ref in of.frames:
            frames.put((STORE.key, ref), frame(ref))
    return frames


@pytest.fixture
async def open_tab(qapp: QApplication) -> AsyncIterator[OpenTab]:
    theme.load_fonts()
    opened: list[Tab] = []

    def open_one(backend: FakeBackend, frames: FrameCache) -> Tab:
        opened.append(Tab(backend, frames))
        return opened[-1]

    yield open_one
    for one in opened:
        one.viewer.close()
        one.window.close()
    await settled()
    for one in opened:
        one.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
async def tab(open_tab: OpenTab) -> Tab:
    backend = FakeBackend(events=[
        SeriesListed((PORTAL.series, LUNG.series, LOST, CONTOURS.series)),
        *(SeriesOpened(of.series, (of,), len(of.frames)) for of in (PORTAL, LUNG, CONTOURS)),
        SeriesFailed(LOST, Unreachable()),
    ])
    backend.thumbnails.pictures[PORTAL.frames[3]] = quadrants(32).astype(np.uint8)
    made = open_tab(backend, cached(PORTAL, LUNG))
    await settled()
    build_page(made.page)
    return made


# -- strip -----------------------------------------------------------------------------------------------------------


async def test_every_series_of_the_study_has_a_card(tab: Tab) -> None:
    cards = tab.page.strip.cards
    assert [card.card.title for card in cards] == ["2 · Portal venous", "3 · Lung", "7 · Contours", "5 · Coronal"]
    assert [card.selected for card in cards] == [True, False, False, False]
    assert [card.count_text for card in cards[:3]] == ["0/6", "0/4", "Structure set"]
    assert [card.has_thumbnail for card in cards] == [True, False, False, False]
    assert Unreachable.default_text in cards[3].toolTip()
    assert all(card.accessibleName() for card in cards)


async def test_a_card_shows_how_much_is_here(tab: Tab) -> None:
    card = tab.page.strip.cards[0]

    def bar_colours() -> list[tuple[int, int, int]]:
        picture = card.grab().toImage()
        y = card.height() - 9
        colours = (picture.pixelColor(x, y) for x in (12, card.width() - 12))
        return [(colour.red(), colour.green(), colour.blue()) for colour in colours]

    def rgb(name: str) -> tuple[int, int, int]:
        colour = theme.colour(name)
        return colour.red(), colour.green(), colour.blue()

    tab.viewer.rail.count(PORTAL.key, 3, 0)
    assert card.count_text == "3/6"
    assert bar_colours() == [rgb("accent"), rgb("line")]
    tab.viewer.rail.count(PORTAL.key, 6, 0)
    assert card.count_text == "6/6 ✓"
    assert bar_colours() == [rgb("good"), rgb("good")]
    tab.viewer.rail.count(PORTAL.key, 5, 1)
    assert card.count_text == "5/6"
    assert bar_colours() == [rgb("accent"), rgb("error")]
    assert "could not be shown" in card.toolTip()


async def test_a_click_shows_the_series_and_gives_the_keys_to_the_picture(tab: Tab) -> None:
    card = tab.page.strip.cards[1]
    hand = Hand(card)
    hand.press(20, 20)
    hand.release(20, 20)
    assert tab.model.display_set.key == LUNG.key
    assert [one.selected for one in tab.page.strip.cards] == [False, True, False, False]
    assert tab.page.active_canvas.hasFocus()


async def test_what_has_no_images_opens_as_what_it_is(tab: Tab) -> None:
    assert tab.page.active_canvas.findChild(ObjectPage) is None         # built with the first of them
    tab.page.strip.cards[2].click()
    await settled()
    page = tab.page.active_canvas.findChild(ObjectPage)
    assert page is not None
    assert tab.model.display_set is not None
    assert not tab.model.display_set.is_image
    assert page.isVisible()
    assert page.title.text() == "A finding"
    tab.page.strip.cards[1].click()
    assert not page.isVisible()


async def test_a_series_whose_list_could_not_be_had_is_asked_for_again(tab: Tab) -> None:
    opened = tab.backend.opened
    tab.page.strip.cards[3].click()
    await settled()
    assert tab.backend.opened == opened + 1
    assert len(tab.page.strip.cards) == 4, "no series twice"


async def test_the_strip_is_reached_and_used_by_keys(tab: Tab) -> None:
    first, second, *_ = tab.page.strip.cards
    index = tab.model.state.index
    first.setFocus(Qt.FocusReason.TabFocusReason)
    tab.press(Qt.Key.Key_Down)
    assert second.hasFocus()
    assert tab.model.state.index == index, "↓ on a card is no scrolling"
    tab.press(Qt.Key.Key_Space)
    assert tab.model.display_set.key == LUNG.key
    assert not tab.model.cine.playing


async def test_cards_that_arrive_and_go_keep_the_order_of_the_rail(tab: Tab) -> None:
    arrived = display_set(2, 1, "Scout")
    before = tab.page.strip.cards[0]
    tab.viewer.rail.take((SeriesOpened(arrived.series, (arrived,), 2),))
    cards = tab.page.strip.cards
    assert [card.card.title for card in cards][:2] == ["1 · Scout", "2 · Portal venous"]
    assert cards[1] is before
    QApplication.processEvents()
    assert cards[0].y() < cards[1].y() < cards[2].y()


def test_names_are_broken_between_words_and_cut_at_the_end() -> None:
    def width(text: str) -> float:
        return float(len(text))

    assert wrapped("3 · Lung", 12, width) == ["3 · Lung"]
    assert wrapped("4 · Coronal thin", 12, width) == ["4 · Coronal", "thin"]
    assert wrapped("4 · Coronal reformat thin", 12, width) == ["4 · Coronal", "reformat th…"]
    assert wrapped("12 · AVERYLONGNAME_OF_A_FILE", 12, width) == ["12 · AVERYLO", "NGNAME_OF_A…"]
    assert wrapped("", 12, width) == [""]


# -- toolbar -----------------------------------------------------------------------------------------------------------


async def test_every_button_does_something_now_and_says_how_to_do_it_by_key(tab: Tab) -> None:
    buttons = [button for button in tab.page.toolbar.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) >= 14
    for button in buttons:
        assert button.isEnabled(), button.text()
        assert button.accessibleName(), button.text()
        assert button.toolTip(), button.text()
    assert tab.tool_button("tool_pan").toolTip().endswith("(P)")


async def test_a_tool_is_chosen_by_button_and_by_key(tab: Tab) -> None:
    tab.tool_button("tool_pan").click()
    assert tab.viewer.tool == "pan"
    assert tab.tool_button("tool_pan").isChecked() and not tab.tool_button("tool_window").isChecked()
    tab.press(Qt.Key.Key_Z)
    assert tab.viewer.tool == "zoom"
    assert tab.tool_button("tool_zoom").isChecked()


async def test_the_window_button_names_the_window_and_offers_the_others(tab: Tab) -> None:
    tab.window.resize(1700, 700)            # room for the names, whatever style is in force
    await settled()
    button = tab.page.toolbar.window_button
    tab.press(Qt.Key.Key_7)
    assert button.text() == "Lung 1500/−600"
    Hand(tab.page.active_canvas).drag((500, 300), (564, 300))
    assert button.text() == "W 1875 L −600"

    menu = button.menu()
    menu.aboutToShow.emit()
    actions = {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}
    assert actions["Abdomen"].text() == "Abdomen\t400/50    4"
    assert actions["Full range"].text().endswith("    0")
    actions["Abdomen"].trigger()
    assert (tab.model.window.width, tab.model.window.center) == (400, 50)


async def test_buttons_that_could_do_nothing_are_not_there_and_the_others_stay_in_place(open_tab: OpenTab) -> None:
    loop, single = display_set(3, 1, "Loop", modality="US"), display_set(1, 2, "Still")
    frames = cached(single)
    for ref in loop.frames:
        frames.put((STORE.key, ref), frame(ref, np.zeros((8, 8, 3), np.uint8), windows=()))
    events = [SeriesListed((loop.series, single.series)),
              *(SeriesOpened(of.series, (of,), len(of.frames)) for of in (loop, single))]
    tab = open_tab(FakeBackend(events=events), frames)
    await settled()
    build_page(tab.page)
    cine, window, reset = tab.tool_button("cine"), tab.page.toolbar.window_button, tab.tool_button("reset")
    place = reset.x()
    assert (cine.isVisible(), window.isVisible()) == (True, False), "a colour loop is played, not windowed"
    tab.viewer.next_series(1)
    await settled()
    assert (cine.isVisible(), window.isVisible()) == (False, True)
    assert reset.x() == place


async def test_a_narrow_toolbar_leaves_the_words_out(tab: Tab) -> None:
    tab.window.resize(800, 500)
    await settled()
    assert tab.window.width() == 800
    assert tab.tool_button("tool_pan").toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    right = max(button.geometry().right() for button in tab.page.toolbar.findChildren(QToolButton))
    assert right < 800


@pytest.mark.parametrize("width", [1600, 1280, 1024, 800])
async def test_no_button_covers_another_and_what_has_no_room_is_in_the_menu(tab: Tab, width: int) -> None:
    tab.viewer.set_layout(1, 2)
    tab.window.resize(width, 500)
    await settled()
    toolbar = tab.page.toolbar
    assert toolbar.width() == width
    buttons = [button for button in toolbar.findChildren(QToolButton) if button.isVisible()]
    buttons.sort(key=lambda button: button.x())
    assert buttons[0].x() >= 0 and buttons[-1].geometry().right() < width
    for left, right in pairwise(buttons):
        assert left.geometry().right() < right.x(), (left.accessibleName(), right.accessibleName())
    for button in buttons:
        assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()
    menu = toolbar.overflow.menu()
    for name in ("tool_pan", "tool_angle", "rotate_left", "flip_vertical", "fit", "copy_view"):
        is_folded = tab.actions[name] in menu.actions()
        assert is_folded is not tab.tool_button(name).isVisible(), name
    assert toolbar.overflow.isVisible() is bool(menu.actions())
    assert menu.actions() or width > 1024
    tab.window.resize(1600, 500)
    await settled()
    assert not toolbar.overflow.isVisible() and tab.tool_button("copy_view").isVisible()


def test_the_keys_of_the_windows() -> None:
    two_own = (("A", GREY), ("B", GREY), ("Full range", GREY), ("Brain", GREY), ("Abdomen", GREY))
    assert window_keys(two_own, 2) == ["1", "2", "0", "3", "4"]
    assert window_keys(two_own[2:3], 0) == ["0"]
    assert window_keys((("A", GREY),) * 4, 3) == ["1", "2", "", "0"]


def test_a_window_is_called_by_its_name_or_by_its_numbers() -> None:
    names = (("Abdomen", Window(50, 400)),)
    assert window_texts(Window(50, 400, explanation="x"), names) == ("Abdomen 400/50", "W 400 L 50")
    assert window_texts(Window(51, 400), names) == ("W 400 L 51",)


# -- keys ------------------------------------------------------------------------------------------------------------


async def test_the_keys_turn_through_images_and_series(tab: Tab) -> None:
    model = tab.model
    assert model.state.index == 3, "a volume opens in its middle"
    tab.press(Qt.Key.Key_Down)
    assert model.state.index == 4
    tab.press(Qt.Key.Key_Home)
    assert model.state.index == 0
    tab.press(Qt.Key.Key_Up)
    assert model.state.index == 0
    tab.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert model.state.index == 5
    tab.press(Qt.Key.Key_Right)
    assert model.display_set.key == LUNG.key
    tab.press(Qt.Key.Key_Left)
    assert model.display_set.key == PORTAL.key
    assert model.state.index == 5, "a series comes back as it was left"


async def test_the_keys_change_how_the_picture_lies(tab: Tab) -> None:
    tab.press(Qt.Key.Key_I)
    tab.press(Qt.Key.Key_H)
    tab.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    state = tab.model.state
    assert (state.inverted, state.flip_horizontal, state.rotation) == (True, True, 1)
    assert tab.tool_button("invert").isChecked()
    canvas = tab.page.active_canvas
    x, y = canvas.width() // 2, canvas.height() // 2
    picture = canvas.picture()
    corners = [picture.pixelColor(x + dx, y + dy).red() for dx, dy in ((-90, -90), (90, -90), (-90, 90), (90, 90))]
    assert corners == [255 - grey for grey in (190, 90, 140, 40)]
    tab.press(Qt.Key.Key_Escape)
    assert tab.model.state.rotation == 0 and not tab.tool_button("invert").isChecked()


async def test_zoom_by_keys_and_one_to_one(tab: Tab) -> None:
    tab.press(Qt.Key.Key_Plus)
    assert tab.model.state.zoom == pytest.approx(1.25)
    tab.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    transform = tab.model.transform()
    assert transform.scale == pytest.approx(1.0)
    tab.press(Qt.Key.Key_Equal)
    assert tab.model.state.zoom == 1.0


async def test_space_plays_and_stops(tab: Tab) -> None:
    tab.press(Qt.Key.Key_Space)
    assert tab.model.cine.playing
    assert tab.tool_button("cine").isChecked()
    tab.press(Qt.Key.Key_Space)
    assert not tab.model.cine.playing
    assert not tab.tool_button("cine").isChecked()


async def test_copying_puts_the_view_on_the_clipboard(tab: Tab) -> None:
    tab.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    canvas = tab.page.active_canvas
    assert (image.width(), image.height()) == (canvas.width(), canvas.height())
    assert image.pixelColor(canvas.width() // 2 - 60, canvas.height() // 2 - 60).red() == 40


async def test_a_right_click_opens_a_menu_of_the_same_actions(tab: Tab) -> None:
    hand = Hand(tab.page.active_canvas)
    hand.press(200, 200, Qt.MouseButton.RightButton)
    hand.release(200, 200, Qt.MouseButton.RightButton)
    menu = next(child for child in tab.page.findChildren(QMenu) if child.isVisible())
    assert tab.actions["invert"] in menu.actions()
    menu.close()
    await settled()


# -- the study as a whole --------------------------------------------------------------------------------------------


async def test_a_study_that_could_not_be_read_says_why_and_can_be_tried_again(open_tab: OpenTab) -> None:
    backend = FakeBackend(error=NotFound("This study is not there any more."))
    tab = open_tab(backend, cached())
    await settled()
    canvas = tab.page.active_canvas
    assert canvas.message.isVisible()
    assert canvas.message.title == "This study is not there any more."

    backend.error, backend.events = None, [SeriesListed((PORTAL.series,)), SeriesOpened(PORTAL.series, (PORTAL,), 6)]
    found = canvas.message.findChildren(QPushButton)
    next(button for button in found if button.text() == "Try again").click()
    await settled()
    assert not canvas.message.isVisible()
    assert tab.model.display_set.key == PORTAL.key


async def test_a_study_that_takes_long_says_that_it_is_read(open_tab: OpenTab) -> None:
    tab = open_tab(FakeBackend(), cached())
    canvas = tab.page.active_canvas
    assert not canvas.note.isVisible()
    canvas._late.timeout.emit()
    assert canvas.note.isVisible()
    assert canvas.note.text == "Reading the study …"
    await settled()
    assert not canvas.note.isVisible()
    assert canvas.message.isVisible(), "a study without a series says so"


async def test_a_study_without_any_image_opens_what_it_has_and_does_not_wait_for_one(open_tab: OpenTab) -> None:
    events = [SeriesListed((CONTOURS.series,)), SeriesOpened(CONTOURS.series, (CONTOURS,), 1)]
    tab = open_tab(FakeBackend(events=events), cached())
    await settled()
    canvas = tab.page.active_canvas
    canvas._late.timeout.emit()
    assert not canvas.note.isVisible()
    assert tab.page.viewer.active.display_set == CONTOURS
    assert not canvas.message.title.startswith("No series of this study holds images")
