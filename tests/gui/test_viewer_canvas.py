"""A viewport under a hand: what drags, wheels and clicks do to the picture, and what is painted then."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import CannotDecode, Interrupted
from desktop_app.ui import theme
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.viewport import OverlayMode, ViewportModel
from tests.gui.viewer_fakes import FakeNetwork, Hand, display_set, frame, stack, viewport_model

MIDDLE, RIGHT = Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SIZE = (500, 400)


@pytest.fixture
def model() -> ViewportModel:
    return viewport_model(*stack(30))


@pytest.fixture
def canvas(qtbot: QtBot, model: ViewportModel) -> ViewportCanvas:
    return shown(qtbot, model)


def shown(qtbot: QtBot, model: ViewportModel, size: tuple[int, int] = SIZE) -> ViewportCanvas:
    theme.load_fonts()
    canvas = ViewportCanvas(model)
    qtbot.addWidget(canvas, before_close_func=lambda _canvas: model.close())
    canvas.resize(*size)
    canvas.show()
    QApplication.processEvents()
    return canvas


def grey_at(canvas: ViewportCanvas, x: int, y: int) -> int:
    return canvas.grab().toImage().pixelColor(x, y).red()


async def settled(turns: int = 5) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
        QApplication.processEvents()


# -- left: window and level --------------------------------------------------------------------------------------------


def test_dragging_right_widens_and_down_darkens(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before, lightness = model.window, grey_at(canvas, 250, 200)
    Hand(canvas).drag((250, 200), (350, 200))
    assert model.window.width == pytest.approx(before.width * (1 + 100 / 256))
    assert model.window.center == before.center

    model.reset()
    Hand(canvas).drag((250, 200), (250, 260))
    assert model.window.center == pytest.approx(before.center + 60 * before.width / 256)
    assert model.window.width == before.width
    assert grey_at(canvas, 250, 200) < lightness


def test_a_drag_counts_from_its_start_whatever_the_way(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before = model.window
    hand = Hand(canvas)
    hand.press(100, 100)
    for place in ((300, 50), (20, 350), (110, 100)):
        hand.move(*place)
    hand.release(110, 100)
    assert model.window == before.dragged(10, 0)


def test_a_hand_that_trembles_while_it_clicks_changes_nothing(canvas: ViewportCanvas, model: ViewportModel) -> None:
    state = model.state
    hand = Hand(canvas)
    hand.press(200, 200)
    hand.move(201, 201)
    hand.release(201, 201)
    assert model.state == state


def test_escape_in_a_drag_puts_everything_back(canvas: ViewportCanvas, model: ViewportModel) -> None:
    state = model.state
    hand = Hand(canvas)
    hand.press(200, 200)
    hand.move(300, 300)
    assert model.state != state
    assert model.pointer.cancel_drag()
    hand.move(320, 320)
    hand.release(320, 320)
    assert model.state == state


def test_a_drag_whose_end_was_never_told_ends_at_the_next_move(canvas: ViewportCanvas, model: ViewportModel) -> None:
    hand = Hand(canvas)
    hand.press(200, 200)
    hand.move(230, 200)
    hand.held = Qt.MouseButton.NoButton         # let go over another window
    hand.move(400, 200)
    state = model.state
    hand.move(450, 300)
    assert model.state == state


def test_the_tool_decides_what_the_left_button_does(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.tool = "scroll"
    index = model.state.index
    Hand(canvas).drag((250, 100), (250, 160))
    assert model.state.index > index


# -- middle and right ----------------------------------------------------------------------------------------------


def test_the_middle_button_moves_the_picture_with_the_hand(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before = model.transform()
    Hand(canvas).drag((250, 200), (290, 170), MIDDLE)
    after = model.transform()
    assert before is not None and after is not None
    assert (after.e - before.e, after.f - before.f) == pytest.approx((40, -30))
    assert grey_at(canvas, 70, 350) == 0                    # the image began at x = 50, now at 90
    assert grey_at(canvas, 100, 200) > 0


def test_the_right_button_zooms_about_the_place_where_it_began(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before = model.transform()
    assert before is not None
    anchor = before.to_image(300, 150)
    asked: list[QPoint] = []
    canvas.menu_requested.connect(asked.append)
    Hand(canvas).drag((300, 150), (300, 90), RIGHT)
    assert not asked, "a drag is no click"
    after = model.transform()
    assert after is not None
    assert after.scale > before.scale * 1.5
    assert after.to_image(300, 150) == pytest.approx(anchor)


def test_a_right_click_asks_for_the_menu_and_leaves_the_picture(canvas: ViewportCanvas, model: ViewportModel) -> None:
    asked: list[QPoint] = []
    canvas.menu_requested.connect(asked.append)
    state = model.state
    hand = Hand(canvas)
    hand.press(300, 150, RIGHT)
    hand.move(302, 150)
    assert asked == []
    hand.release(302, 150, RIGHT)
    assert asked == [canvas.mapToGlobal(QPoint(302, 150))]
    assert model.state == state


def test_the_menu_key_asks_for_the_menu(canvas: ViewportCanvas) -> None:
    asked: list[QPoint] = []
    canvas.menu_requested.connect(asked.append)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(canvas, QContextMenuEvent(reason, QPoint(5, 5), canvas.mapToGlobal(QPoint(5, 5))))
    assert len(asked) == 1


def test_a_second_button_does_not_disturb_a_drag(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before = model.window
    hand = Hand(canvas)
    hand.press(200, 200)
    hand.move(240, 200)
    hand.press(240, 200, RIGHT)
    hand.move(250, 200)
    hand.release(250, 200, RIGHT)
    hand.release(250, 200)
    assert model.window == before.dragged(50, 0)
    assert model.state.zoom == 1.0


def test_a_double_click_asks_for_this_viewport_alone(canvas: ViewportCanvas, model: ViewportModel) -> None:
    asked: list[bool] = []
    canvas.alone_requested.connect(lambda: asked.append(True))
    state = model.state
    Hand(canvas).double_click(200, 200)
    assert asked == [True]
    assert model.state == state


def test_a_press_makes_it_the_active_viewport(canvas: ViewportCanvas) -> None:
    pressed: list[bool] = []
    canvas.activated.connect(lambda: pressed.append(True))
    Hand(canvas).press(10, 10)
    assert pressed == [True]


# -- wheel ---------------------------------------------------------------------------------------------------------


def test_the_wheel_turns_through_the_images_and_stops_at_the_ends(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.go_to(1)
    hand = Hand(canvas)
    hand.wheel(-120)
    assert model.state.index == 2
    hand.wheel(240)
    hand.wheel(120)
    assert model.state.index == 0
    for _ in range(40):
        hand.wheel(-120)
    assert model.state.index == 29
    assert grey_at(canvas, 250, 200) == min(20 + 10 * 29, 255)


def test_shift_turns_ten_at_a_time_even_sideways(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.go_to(0)
    hand = Hand(canvas)
    hand.wheel(-120, held=SHIFT)
    assert model.state.index == 10
    hand.wheel(-120, held=SHIFT, sideways=True)
    assert model.state.index == 20


def test_small_steps_add_up_and_a_turn_round_starts_anew(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.go_to(10)
    hand = Hand(canvas)
    for _ in range(7):
        hand.wheel(-15)
    assert model.state.index == 10
    hand.wheel(-15)
    assert model.state.index == 11
    for _ in range(7):
        hand.wheel(-15)
    hand.wheel(15)
    for _ in range(7):
        hand.wheel(15)
    assert model.state.index == 10


def test_ctrl_and_wheel_zoom_about_the_pointer(canvas: ViewportCanvas, model: ViewportModel) -> None:
    before = model.transform()
    assert before is not None
    Hand(canvas).wheel(120, 320, 130, held=CTRL)
    after = model.transform()
    assert after is not None
    assert after.scale > before.scale
    assert after.to_image(320, 130) == pytest.approx(before.to_image(320, 130))
    Hand(canvas).wheel(-120, 320, 130, held=CTRL)
    again = model.transform()
    assert again is not None and again.scale == pytest.approx(before.scale)


# -- pointer -------------------------------------------------------------------------------------------------------


def test_the_value_under_the_pointer_is_told_and_forgotten(canvas: ViewportCanvas, model: ViewportModel) -> None:
    transform = model.transform()
    assert transform is not None
    x, y = transform.to_view(10.5, 20.5)
    hand = Hand(canvas)
    hand.move(x, y)
    assert model.hover_text == "20 HU at (10, 20)"
    hand.move(5, 5)
    assert model.hover_text == ""
    hand.move(x, y)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert model.hover_text == ""


# -- the slice bar -------------------------------------------------------------------------------------------------


def test_the_bar_goes_to_the_image_under_the_hand(canvas: ViewportCanvas, model: ViewportModel) -> None:
    bar = canvas.bar
    hand = Hand(bar)
    hand.press(9, bar.place_of(12))
    assert model.state.index == 12
    hand.move(9, bar.place_of(20))
    assert model.state.index == 20
    hand.move(-200, -500)
    assert model.state.index == 0
    hand.release(-200, -500)
    hand.move(9, bar.place_of(5))
    assert model.state.index == 0
    assert model.state.window is None, "the bar's drag is not the picture's"


def test_the_wheel_works_over_the_bar_too(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.go_to(3)
    over_the_bar = QPointF(canvas.bar.x() + 5, canvas.bar.y() + 50)
    QTest.wheelEvent(canvas.windowHandle(), over_the_bar, QPoint(0, -120))
    assert model.state.index == 4


def test_the_bar_shows_what_is_here_what_failed_and_what_is_not(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.note_loaded(dict.fromkeys(range(10), 0) | {15: 2})
    model.go_to(25)
    seen = canvas.grab().toImage()
    line = canvas.bar.line().translated(QPointF(canvas.bar.pos()))

    def colour(index: int) -> tuple[int, int, int]:
        y = canvas.bar.pos().y() + canvas.bar.place_of(index)
        picked = seen.pixelColor(int(line.center().x()), int(y))
        return picked.red(), picked.green(), picked.blue()

    failed, missing, here = theme.colour("error"), theme.colour("line"), colour(22)
    assert colour(15) == pytest.approx((failed.red(), failed.green(), failed.blue()), abs=3)
    assert colour(4) == pytest.approx((missing.red(), missing.green(), missing.blue()), abs=3)
    assert here[2] > here[0] + 40, "blue while the series is not whole"


def test_the_bar_is_green_when_all_is_here_and_gone_for_a_single_image(qtbot: QtBot, canvas: ViewportCanvas) -> None:
    line = canvas.bar.line().translated(QPointF(canvas.bar.pos()))
    picked = canvas.grab().toImage().pixelColor(int(line.center().x()), int(line.top() + 30))
    assert picked.green() > picked.red() + 40 and picked.green() > picked.blue()
    assert not shown(qtbot, viewport_model(*stack(1))).bar.isVisible()


# -- loading, errors, nothing --------------------------------------------------------------------------------------


async def test_while_an_image_loads_the_last_one_stays_and_carries_no_wrong_number(qtbot: QtBot) -> None:
    of, frames = stack(5)
    network = FakeNetwork()
    model = viewport_model(of, frames[:1], network)
    canvas = shown(qtbot, model)
    assert grey_at(canvas, 250, 300) == 20

    model.go_to(3)
    await settled()
    assert canvas.is_stale
    assert grey_at(canvas, 250, 300) == 20
    words = [line.text for line in canvas.corner_texts().bottom_left]
    assert words[0] == "Loading image 4 / 5 …"
    assert not [line for line in canvas.corner_texts().bottom_right if "z" in line.text], "no place of another slice"

    network.backend.loader.give(frames[3])
    await settled()
    assert not canvas.is_stale
    assert grey_at(canvas, 250, 300) == 50
    assert canvas.corner_texts().bottom_left[0].text == "Image 4 / 5"


async def test_something_is_said_when_an_image_takes_long_and_not_before(qtbot: QtBot) -> None:
    of, frames = stack(5)
    model = viewport_model(of, frames[:1], FakeNetwork())
    canvas = shown(qtbot, model)
    model.go_to(3)
    await settled()
    assert not canvas.note.isVisible()
    canvas._late.timeout.emit()
    assert canvas.note.isVisible()
    assert canvas.note.text == "Loading image 4 …"
    assert 0 < grey_at(canvas, 250, 320) < 20, "what is not asked for is dimmed"
    model.go_to(2)
    assert canvas.note.text == "Loading image 3 …"
    model.go_to(0)
    assert not canvas.note.isVisible()
    assert grey_at(canvas, 250, 300) == 20


async def test_another_series_never_shows_the_pixels_of_the_last(qtbot: QtBot) -> None:
    of, frames = stack(5)
    model = viewport_model(of, frames, FakeNetwork())
    canvas = shown(qtbot, model)
    assert grey_at(canvas, 250, 300) == 20
    model.show(display_set(3, number=9))
    await settled()
    assert grey_at(canvas, 250, 300) == 0
    assert canvas.shown_frame is None


async def test_an_error_is_said_in_the_viewport_and_can_be_tried_again(qtbot: QtBot) -> None:
    of, frames = stack(5)
    network = FakeNetwork()
    model = viewport_model(of, frames[:1], network)
    canvas = shown(qtbot, model)
    model.go_to(3)
    await settled()
    network.backend.loader.fail(of.frames[3], Interrupted("The line broke.", detail="12 of 40 bytes"))
    await settled()
    assert canvas.message.isVisible()
    assert canvas.message.title == "The line broke."
    assert grey_at(canvas, 250, 300) == 0, "no other image's pixels under an error"
    assert canvas.corner_texts().top_left[0].text == "PHANTOM, ONE"

    found = canvas.message.findChildren(QPushButton)
    buttons = {button.text(): button for button in found if button.isVisibleTo(canvas)}
    buttons["Copy details"].click()
    assert QGuiApplication.clipboard().text() == "Interrupted\nThe line broke.\n12 of 40 bytes"

    asked = len(network.backend.loader.asked)
    buttons["Try again"].click()
    await settled()
    assert len(network.backend.loader.asked) == asked + 1
    network.backend.loader.give(frames[3])
    await settled()
    assert not canvas.message.isVisible()
    assert grey_at(canvas, 250, 300) == 50


async def test_scrolling_on_works_over_an_error(qtbot: QtBot) -> None:
    of, frames = stack(5)
    network = FakeNetwork()
    model = viewport_model(of, [frames[0], frames[2]], network)
    canvas = shown(qtbot, model)
    model.go_to(1)
    await settled()
    network.backend.loader.fail(of.frames[1], CannotDecode())
    await settled()
    Hand(canvas).wheel(-120)
    assert model.state.index == 2
    assert not canvas.message.isVisible()
    assert grey_at(canvas, 250, 300) == 40


def test_a_series_without_images_says_so(qtbot: QtBot) -> None:
    canvas = shown(qtbot, viewport_model(display_set(1, modality="SR", is_image=False), []))
    assert canvas.message.isVisible()
    assert canvas.message.title == "This series holds no images."


# -- texts and frame -------------------------------------------------------------------------------------------------


def lit(canvas: ViewportCanvas, left: int, top: int, right: int, bottom: int) -> int:
    """How many pixels of a region are bright."""
    image = canvas.grab().toImage()
    return sum(image.pixelColor(x, y).lightness() > 120 for x in range(left, right) for y in range(top, bottom))


def test_the_texts_go_through_all_without_names_and_none(qtbot: QtBot) -> None:
    of = display_set(5)
    model = viewport_model(of, [frame(ref, np.zeros((64, 64), np.int16)) for ref in of.frames])
    canvas = shown(qtbot, model, (700, 500))
    with_names = lit(canvas, 0, 0, 250, 80)
    model.cycle_text()
    assert 0 < lit(canvas, 0, 0, 250, 80) < with_names
    model.cycle_text()
    assert model.text_mode is OverlayMode.NONE
    assert lit(canvas, 0, 0, 660, 80) == 0
    assert lit(canvas, 0, 420, 660, 500) == 0


def test_texts_can_be_read_on_white(qtbot: QtBot) -> None:
    of = display_set(5)
    model = viewport_model(of, [frame(ref, np.full((64, 64), 255, np.int16)) for ref in of.frames])
    canvas = shown(qtbot, model, (400, 400))
    image = canvas.grab().toImage()
    dark = sum(image.pixelColor(x, y).lightness() < 90 for x in range(8, 120) for y in range(8, 60))
    assert dark > 200


def test_the_letters_stand_at_the_edges_and_turn_with_the_image(canvas: ViewportCanvas, model: ViewportModel) -> None:
    amber = theme.colour("caution")

    def has_letter(x: int, y: int) -> bool:
        image = canvas.grab().toImage()
        area = ((i, j) for i in range(max(x - 16, 0), x + 16) for j in range(max(y - 16, 0), y + 16))
        return any(abs(image.pixelColor(*place).red() - amber.red()) < 12
                   and abs(image.pixelColor(*place).blue() - amber.blue()) < 12 for place in area)

    assert has_letter(250, 20) and has_letter(250, 380) and has_letter(16, 200) and has_letter(472, 200)
    letters = canvas.corner_texts()
    assert (letters.top, letters.right, letters.bottom, letters.left) == ("A", "L", "P", "R")
    model.rotate(1)
    letters = canvas.corner_texts()
    assert (letters.top, letters.right, letters.bottom, letters.left) == ("R", "A", "L", "P")


def test_only_the_active_viewport_has_a_frame(canvas: ViewportCanvas) -> None:
    accent = theme.colour("accent").rgb()
    assert canvas.grab().toImage().pixelColor(0, 200).rgb() != accent
    canvas.set_active(True)
    assert canvas.grab().toImage().pixelColor(0, 200).rgb() == accent


def test_the_view_can_be_had_as_a_picture_without_the_bar(canvas: ViewportCanvas) -> None:
    picture = canvas.picture()
    assert (picture.width(), picture.height()) == SIZE
    assert picture.pixelColor(250, 300).red() == 20 + 10 * canvas.viewport.state.index
    x, y = round(canvas.bar.x() + canvas.bar.line().center().x()), canvas.bar.y() + 40
    assert picture.pixelColor(x, y).lightness() == 0


def test_a_smaller_viewport_keeps_what_is_seen_in_its_middle(canvas: ViewportCanvas, model: ViewportModel) -> None:
    model.set_state(replace(model.state, zoom=3.0))
    before = model.transform()
    canvas.resize(300, 260)
    QApplication.processEvents()
    after = model.transform()
    assert before is not None and after is not None
    assert after.to_image(150, 130) == pytest.approx(before.to_image(250, 200))
