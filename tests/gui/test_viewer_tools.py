"""Tools that follow the hand, and that a cancel takes back: turning, window of a box, lens, typed window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.core.tools import TOOLS
from desktop_app.core.window import Window
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.window_dialog import WindowDialog
from tests.gui.viewer_fakes import FACTS, display_set, frame, viewport_model

SIDE = 640


@pytest.fixture
def canvas(themed: QApplication, qtbot: QtBot) -> ViewportCanvas:
    of = display_set(3)
    pixels = np.zeros((64, 64), np.int16)
    pixels[10:20, 10:20] = np.arange(100, 200, dtype=np.int16).reshape(10, 10)
    result = ViewportCanvas(viewport_model(of, [frame(ref, pixels) for ref in of.frames]))
    qtbot.addWidget(result)
    result.resize(SIDE, SIDE)
    result.show()
    QApplication.processEvents()
    return result


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_every_tool_leaves_nothing_when_it_is_cancelled(canvas: ViewportCanvas, tool: str) -> None:
    viewport = canvas.viewport
    viewport.go_to(1)
    viewport.zoom_by(1.5)
    before, picture = viewport.state, canvas.grab().toImage()
    viewport.tool = tool
    hand.press(canvas, QPoint(200, 200))
    hand.move(canvas, QPoint(260, 330), hand.LEFT)
    hand.move(canvas, QPoint(120, 420), hand.LEFT)
    assert viewport.pointer.cancel_drag()
    assert viewport.state == before
    hand.release(canvas, QPoint(120, 420))
    canvas.viewport.pointer.leave()
    assert viewport.state == before and canvas.grab().toImage() == picture


def test_turning_follows_the_hand_around_the_middle(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.tool = "rotate"
    hand.drag(canvas, QPoint(600, 320), QPoint(322, 600))
    assert (viewport.state.rotation, viewport.state.tilt) == (1, 0.0), "from the right to below is a quarter clockwise"
    hand.drag(canvas, QPoint(320, 600), QPoint(600, 318))
    assert (viewport.state.rotation, viewport.state.tilt) == (0, 0.0)
    hand.drag(canvas, QPoint(600, 320), QPoint(580, 420))
    assert viewport.state.rotation == 0 and viewport.state.tilt == pytest.approx(21.0, abs=0.2), "any angle"
    corner = [line.text for line in canvas.corner_texts().bottom_left]
    assert any("turned 21°" in line for line in corner)
    hand.drag(canvas, QPoint(580, 420), QPoint(601, 322))
    assert (viewport.state.rotation, viewport.state.tilt) == (0, 0.0), "nearly upright is upright"


def test_what_is_measured_in_a_slanting_picture_is_as_long_as_in_an_upright_one(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.tool = "length"
    hand.drag(canvas, QPoint(200, 200), QPoint(320, 200))               # ten points are one pixel
    viewport.tool = "rotate"
    hand.drag(canvas, QPoint(600, 320), QPoint(580, 420))
    viewport.tool = "length"
    hand.drag(canvas, QPoint(300, 450), QPoint(420, 450))
    annotations = viewport.pen.annotations
    upright, slanting = (annotations.measurement(item) for item in annotations.items)
    assert upright is not None and slanting is not None
    assert slanting.value == pytest.approx(upright.value, rel=1e-3)
    first, last = annotations.items[1].points
    assert abs(last[1] - first[1]) > 3, "it lies aslant in the image"


def test_a_slanting_picture_is_flipped_as_the_screen_shows_it(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.tool = "rotate"
    hand.drag(canvas, QPoint(600, 320), QPoint(580, 420))
    before = viewport.transform()
    viewport.flip_horizontal()
    after = viewport.transform()
    assert before is not None and after is not None
    for point in ((0, 0), (64, 10), (20, 50)):
        x, y = before.to_view(*point)
        assert after.to_view(*point) == pytest.approx((SIDE - x, y))


def test_the_window_of_a_box_reads_what_the_box_shows_in_a_slanting_picture(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.set_state(replace(viewport.state, tilt=45.0))
    viewport.tool = "window_region"
    transform = viewport.transform()
    assert transform is not None
    x, y = transform.to_view(15, 15)                                    # the middle of the bright square
    hand.drag(canvas, QPoint(round(x - 25), round(y - 25)), QPoint(round(x + 25), round(y + 25)))
    window = viewport.state.window
    assert window is not None and window.center - window.width / 2 > 90, "nothing of the dark around it"


def test_the_window_of_a_box_shows_all_that_is_in_it(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.tool = "window_region"
    hand.press(canvas, QPoint(100, 100))
    hand.move(canvas, QPoint(195, 195), hand.LEFT)
    assert viewport.pointer.box == (100, 100, 95, 95)
    hand.release(canvas, QPoint(200, 200))
    assert viewport.pointer.box is None
    assert viewport.state.window == replace(Window.of_range(100, 199), explanation="")
    viewport.reset()
    hand.drag(canvas, QPoint(100, 100), QPoint(102, 140))
    assert viewport.state.window is None, "a line is no box"


def test_the_lens_is_there_while_the_button_is_down(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.tool = "magnifier"
    before = canvas.grab().toImage()
    hand.press(canvas, QPoint(200, 200))
    hand.move(canvas, QPoint(220, 220), hand.LEFT)
    held = canvas.grab().toImage()
    assert viewport.pointer.lens == (220, 220)
    assert held.pixelColor(220, 220) == before.pixelColor(220, 220), "what is under the pointer stays there"
    # The corner of the bright square lies 20 points away: in the lens, 50.
    assert before.pixelColor(195, 195).value() > 0 and held.pixelColor(195, 195).value() == 0
    hand.release(canvas, QPoint(220, 220))
    viewport.pointer.leave()
    assert viewport.pointer.lens is None and canvas.grab().toImage() == before


def test_a_box_on_colour_does_nothing(themed: QApplication, qtbot: QtBot) -> None:
    of = display_set(1)
    viewport = viewport_model(of, [frame(of.frames[0], np.zeros((8, 8, 3), np.uint8))])
    viewport.set_view_size(80, 80)
    viewport.tool = "window_region"
    result = ViewportCanvas(viewport)
    qtbot.addWidget(result)
    hand.drag(result, QPoint(10, 10), QPoint(60, 60))
    assert viewport.state.window is None


def test_the_window_is_typed_seen_at_once_and_put_back(canvas: ViewportCanvas, qtbot: QtBot) -> None:
    viewport = canvas.viewport
    viewport.set_window(Window(40, 400))
    dialog = WindowDialog(canvas, viewport)
    qtbot.addWidget(dialog)
    dialog.open()
    assert (dialog.width_field.text(), dialog.centre_field.text()) == ("400", "40")
    dialog.width_field.clear()
    hand.type_text(dialog.width_field, "1500")
    assert viewport.state.window == Window(40, 1500)
    dialog.width_field.clear()
    hand.type_text(dialog.width_field, "0")
    assert not dialog.apply.isEnabled() and viewport.state.window is not None
    assert viewport.state.window.width >= 1, "never below the narrowest"
    dialog.reject()
    assert viewport.state.window == Window(40, 400)

    dialog = WindowDialog(canvas, viewport)
    dialog.open()
    dialog.centre_field.clear()
    hand.type_text(dialog.centre_field, "-600")
    hand.click(dialog.apply)
    assert viewport.state.window == Window(-600, 400)


def test_the_rate_of_a_film_stands_on_the_image(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.cine.set_rate(12)
    viewport.cine.toggle()
    lines = [line.text for line in canvas.corner_texts().bottom_left]
    viewport.cine.stop()
    assert any("12 images/s" in line for line in lines)
    assert FACTS.frame_time_ms is None
