"""True size by the monitor's own millimetres, the magnification in words, and a page to check a monitor with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.monitor_pattern import CONTRAST, STEPS, MonitorPattern, patch_grey
from desktop_app.ui.screen_size import points_per_mm
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.corner_texts import CornerTexts, corner_texts
from tests.gui.viewer_fakes import stack, viewport_model


class _Screen:
    def __init__(self, width: int, width_mm: float) -> None:
        self._size = (width, width_mm)

    def geometry(self) -> QRect:
        return QRect(0, 0, self._size[0], 1000)

    def physicalSize(self) -> QSizeF:
        return QSizeF(self._size[1], 300.0)


@pytest.mark.parametrize(("width", "width_mm", "expected"), [
    (1920, 480.0, 4.0), (1920, 0.0, 0.0), (1920, 16.0, 0.0), (1920, 1e6, 0.0),
])
def test_what_a_monitor_says_is_believed_as_far_as_it_can_be(width: int, width_mm: float, expected: float) -> None:
    assert points_per_mm(_Screen(width, width_mm)) == expected      # type: ignore[arg-type]
    assert points_per_mm(None) == 0.0


def test_true_size_is_a_millimetre_on_a_millimetre(themed: QApplication) -> None:
    viewport = viewport_model(*stack(3))
    viewport.set_view_size(400, 400)
    viewport.points_per_mm = 4.0
    assert viewport.true_size()
    transform = viewport.transform()
    assert transform is not None
    spacing = viewport.frame.facts.spacing_mm[1]
    assert transform.scale == pytest.approx(spacing * 4.0)
    said = corner_texts(viewport, shown=viewport.frame, scale=transform.scale, points_per_mm=4.0)
    assert any("1.0× life size" in line.text or "1× life size" in line.text for line in said.bottom_left)
    viewport.points_per_mm = 0.0
    assert not viewport.true_size()
    said = corner_texts(viewport, shown=viewport.frame, scale=transform.scale)
    assert not any("life size" in line.text for line in said.bottom_left)


def test_a_picture_says_nothing_about_the_size_on_this_screen(themed: QApplication, qtbot: QtBot) -> None:
    viewport = viewport_model(*stack(3))
    said: list[str] = []

    class Noting(ViewportCanvas):
        def corner_texts(self) -> CornerTexts:
            texts = super().corner_texts()
            said.append(" ".join(line.text for line in texts.bottom_left))
            return texts

    canvas = Noting(viewport)
    qtbot.addWidget(canvas, before_close_func=lambda _canvas: viewport.close())
    canvas.resize(500, 400)
    canvas.show()
    QApplication.processEvents()
    viewport.points_per_mm = 4.0
    said.clear()
    canvas.picture()
    canvas.grab()
    assert "zoom" in said[0]
    assert "life size" not in said[0]
    assert "life size" in said[-1], "on the screen it is said"


def test_the_pattern_shows_every_grey_with_its_small_squares(themed: QApplication, qtbot: QtBot) -> None:
    pattern = MonitorPattern()
    pattern.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(pattern)
    pattern.resize(1600, 1000)
    pattern.show()
    picture = pattern.grab().toImage()
    for step in range(STEPS):
        rect = pattern.patch_rect(step)
        middle, grey = rect.center().toPoint(), patch_grey(step)
        assert picture.pixelColor(middle).red() == grey
        near = rect.topLeft().toPoint()
        far = rect.bottomRight().toPoint()
        assert picture.pixelColor(near.x() + 10, near.y() + 10).red() == min(grey + CONTRAST, 255)
        assert picture.pixelColor(far.x() - 10, far.y() - 10).red() == max(grey - CONTRAST, 0)
    assert (patch_grey(0), patch_grey(STEPS - 1)) == (0, 255)
    QTest.keyClick(pattern, Qt.Key.Key_Escape)
    assert not pattern.isVisible()
