"""Each drawing by the hand that makes it: drags, clicks, double clicks, words typed on the image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.frame import Frame
from desktop_app.core.measure import Concept, Measurement
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.viewport.paint_annotations import label_lines
from desktop_app.ui.viewport.paint_text import BAR_ROOM, TextPainter
from tests.gui.viewer_fakes import FACTS, display_set, frame, viewport_model

# 64×64 pixels of 1 mm in a viewport of 640×640: ten screen pixels are one image pixel, are one millimetre.
SIDE, SCALE = 640, 10


@pytest.fixture
def canvas(themed: QApplication, qtbot: QtBot) -> ViewportCanvas:
    return shown(qtbot, spacing_mm=(1.0, 1.0))


def shown(qtbot: QtBot, **facts: object) -> ViewportCanvas:
    of = display_set(3)
    pixels = np.arange(64 * 64, dtype=np.int16).reshape(64, 64)
    frames = [frame(ref, pixels, facts=replace(FACTS, **facts)) for ref in of.frames]  # type: ignore[arg-type]
    result = ViewportCanvas(viewport_model(of, frames))
    qtbot.addWidget(result)
    result.resize(SIDE, SIDE)
    result.show()
    QApplication.processEvents()
    return result


def at(column: float, row: float) -> QPoint:
    return QPoint(round(column * SCALE), round(row * SCALE))


def only(canvas: ViewportCanvas) -> tuple[Annotation, Measurement]:
    annotations = canvas.viewport.pen.annotations
    (item,) = annotations.items
    result = annotations.measurement(item)
    assert result is not None
    return item, result


def sizes(result: Measurement) -> list[float]:
    return [pytest.approx(size.value, abs=0.15) for size in result.sizes]


def test_a_path_by_clicks_ends_with_a_double_click(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "polyline"
    for place in (at(10, 10), at(20, 10), at(20, 30)):
        hand.move(canvas, place)
        hand.click(canvas, place)
    hand.move(canvas, at(30, 30))
    assert canvas.viewport.pen.annotations.items == (), "it is not there before it has ended"
    alone = []
    canvas.alone_requested.connect(lambda: alone.append(1))
    hand.double_click(canvas, at(30, 30))
    item, result = only(canvas)
    assert (item.kind, len(item.points), result.value) == (AnnotationKind.POLYLINE, 4, pytest.approx(40))
    assert not alone, "the double click was the drawing's"


def test_an_open_path_is_ended_by_its_action_and_left_by_cancel(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "polyline"
    hand.click(canvas, at(10, 10))
    hand.click(canvas, at(20, 10))
    assert canvas.viewport.pen.can_finish
    assert canvas.viewport.pen.finish()
    assert only(canvas)[1].value == pytest.approx(10)
    hand.click(canvas, at(40, 40))
    hand.click(canvas, at(50, 40))
    assert canvas.viewport.pointer.cancel_drag()
    assert len(canvas.viewport.pen.annotations.items) == 1 and not canvas.viewport.pen.can_finish


@pytest.mark.parametrize("by_clicks", [False, True])
def test_a_cobb_angle_by_two_drags_or_four_clicks(canvas: ViewportCanvas, by_clicks: bool) -> None:
    canvas.viewport.tool = "cobb"
    ends = [at(10, 10), at(30, 10), at(10, 30), at(30, 50)]
    if by_clicks:
        for place in ends:
            hand.move(canvas, place)
            hand.click(canvas, place)
    else:
        hand.drag(canvas, ends[0], ends[1])
        hand.move(canvas, at(20, 20))
        hand.drag(canvas, ends[2], ends[3])
    item, result = only(canvas)
    assert item.kind is AnnotationKind.COBB
    assert result.value == pytest.approx(45, abs=0.1)
    assert item.points[2] == pytest.approx((10, 30)), "the second line begins where it was pressed"


def test_both_axes_stay_across_each_other(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "bidirectional"
    hand.drag(canvas, at(10, 30), at(50, 30))
    item, result = only(canvas)
    assert sizes(result) == [40, 20]
    canvas.viewport.tool = "window"
    hand.drag(canvas, at(*item.points[2]), at(20, 45))              # an end of the short axis: longer, and moved along
    item, result = only(canvas)
    assert item.points[2] == pytest.approx((20, 45), abs=0.1)
    assert item.points[3] == pytest.approx((20, 20), abs=0.1), "the other half keeps its length"
    hand.drag(canvas, at(50, 30), at(10, 62))                       # the long axis is turned
    item, _ = only(canvas)
    a, b, c, d = (np.array(point) for point in item.points)
    assert float((b - a) @ (d - c)) == pytest.approx(0, abs=1e-6)


def test_both_axes_are_across_each_other_in_the_patient_where_pixels_are_not_square(
    themed: QApplication, qtbot: QtBot
) -> None:
    canvas = shown(qtbot, spacing_mm=(2.0, 1.0), pixel_aspect_ratio=2.0)
    canvas.viewport.tool = "bidirectional"
    hand.drag(canvas, QPoint(300, 200), QPoint(400, 300))
    item, result = only(canvas)
    in_mm = [np.array(point) * (1.0, 2.0) for point in item.points]
    assert float((in_mm[1] - in_mm[0]) @ (in_mm[3] - in_mm[2])) == pytest.approx(0, abs=1e-6)
    assert result.sizes[1].value == pytest.approx(result.sizes[0].value / 2)


def draw_round(canvas: ViewportCanvas, radius: float = 15.0) -> None:
    places = [at(32 + radius * np.cos(turn), 32 + radius * np.sin(turn)) for turn in np.linspace(0, 2 * np.pi, 60)]
    hand.press(canvas, places[0])
    for place in places[1:]:
        hand.move(canvas, place, hand.LEFT)
    hand.release(canvas, places[-1])


def test_a_freehand_outline_by_a_drag(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "freehand"
    draw_round(canvas)
    item, result = only(canvas)
    assert item.kind is AnnotationKind.FREEHAND
    assert 8 < len(item.points) < 60, "what a line bears is kept, no more"
    assert result.value == pytest.approx(np.pi * 15**2, rel=0.02)
    assert result.statistics is not None
    assert result.statistics.mean == pytest.approx(32 * 64 + 32, rel=0.02)
    assert [one.concept for one in result.quantities[2:]] == [
        Concept.MEAN, Concept.DEVIATION, Concept.LOWEST, Concept.HIGHEST]


def test_a_freehand_outline_gives_way_where_it_is_pulled(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "freehand"
    draw_round(canvas)
    before, _ = only(canvas)
    canvas.viewport.tool = "window"
    index = max(range(len(before.points)), key=lambda place: before.points[place][0])
    hand.drag(canvas, at(*before.points[index]), at(55, before.points[index][1]))
    after, _ = only(canvas)
    moved = [a[0] - b[0] for a, b in zip(after.points, before.points, strict=True)]
    assert moved[index] == pytest.approx(55 - before.points[index][0], abs=0.1)
    assert 0 < moved[index - 1] < moved[index], "its neighbours follow"
    far = min(range(len(before.points)), key=lambda place: before.points[place][0])
    assert moved[far] == 0


def test_a_freehand_outline_by_clicks_closes_at_its_first_corner(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "freehand"
    for place in (at(10, 10), at(30, 10), at(30, 30), at(10, 30), at(10.3, 10.3)):
        hand.move(canvas, place)
        hand.click(canvas, place)
    item, result = only(canvas)
    assert (len(item.points), result.value) == (4, pytest.approx(400, rel=0.01))


def test_a_probe_is_one_click(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "probe"
    hand.click(canvas, at(5.5, 2.5))
    item, result = only(canvas)
    assert (item.kind, result.headline) == (AnnotationKind.PROBE, "133 HU")
    assert label_lines(item, result) == ("133 HU",)
    hand.drag(canvas, at(5.5, 2.5), at(6.5, 3.5))
    assert only(canvas)[1].headline == "198 HU", "it can be moved"


def test_a_result_at_the_right_edge_is_not_under_the_bar(
    canvas: ViewportCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[float] = []

    def noted(texts: TextPainter, _painter: object, lines: Sequence[str], left: float, *_more: object) -> None:
        ends.append(left + texts.size_of(lines)[0])

    monkeypatch.setattr(TextPainter, "write", noted)
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(5, 30), at(60, 30))
    canvas.grab()
    assert ends and max(ends) <= canvas.width() - BAR_ROOM


def test_a_text_is_asked_for_where_it_stands(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "text"
    pen = canvas.viewport.pen
    hand.click(canvas, at(20, 20))
    assert canvas.question.isVisible() and pen.annotations.items == ()
    hand.type_text(canvas.question, "cyst")
    hand.key(canvas.question, "Return")
    (item,) = pen.annotations.items
    assert (item.text, item.points[0]) == ("cyst", pytest.approx((20, 20)))
    assert not canvas.question.isVisible()

    hand.double_click(canvas, at(20, 20))
    assert canvas.question.text() == "cyst"
    canvas.question.setText("two cysts")
    hand.key(canvas.question, "Return")
    assert pen.annotations.items[0].text == "two cysts"
    pen.annotations.undo()
    assert pen.annotations.items[0].text == "cyst"

    hand.click(canvas, at(40, 40))
    hand.key(canvas.question, "Esc")
    assert len(pen.annotations.items) == 1, "no words, no text"


def test_an_arrow_can_be_given_words(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "arrow"
    hand.drag(canvas, at(20, 20), at(30, 30))
    hand.double_click(canvas, at(25, 25))
    canvas.question.setText("fracture")
    hand.key(canvas.question, "Return")
    (item,) = canvas.viewport.pen.annotations.items
    assert label_lines(item, None) == ("fracture",)


def test_calibrating_by_hand_gives_the_image_its_millimetres(themed: QApplication, qtbot: QtBot) -> None:
    canvas = shown(qtbot, spacing_mm=None, spacing_source="")
    pen = canvas.viewport.pen
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(10, 50), at(30, 50))
    line = pen.annotations.items[0]
    before = pen.annotations.measurement(line)
    assert before is not None and (before.headline, before.source) == ("20 px", "no calibration")
    assert label_lines(line, before) == ("20 px", "no calibration")

    canvas.viewport.tool = "calibration"
    hand.drag(canvas, at(10, 10), at(50, 10))
    canvas.question.setText("a hand wide")
    hand.key(canvas.question, "Return")
    assert canvas.question.isVisible() and len(pen.annotations.items) == 1, "that is no length"
    canvas.question.setText("8 cm")
    hand.key(canvas.question, "Return")
    assert not canvas.question.isVisible()
    after = pen.annotations.measurement(line)
    assert after is not None and (after.value, after.source) == (pytest.approx(40), "calibrated by hand")

    canvas.viewport.go_to(1)
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(10, 50), at(30, 50))
    other = pen.annotations.measurement(pen.annotations.items[-1])
    assert other is not None and other.unit == "px", "it counts for its own image only"

    pen.annotations.undo()
    pen.annotations.undo()
    assert pen.annotations.measurement(line) == before


def test_words_are_asked_for_on_the_image_they_belong_to(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "text"
    hand.click(canvas, at(20, 20))
    hand.wheel(canvas, 1)
    assert canvas.viewport.pen.question is None and not canvas.question.isVisible()


def test_moving_a_drawing_by_its_line_keeps_its_form(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(10, 10), at(30, 10))
    canvas.viewport.tool = "pan"
    hand.drag(canvas, at(20, 10), at(20, 25))
    item, result = only(canvas)
    assert item.points == (pytest.approx((10, 25)), pytest.approx((30, 25)))
    assert result.value == pytest.approx(20)
    assert canvas.viewport.state.pan == (0, 0)


def test_a_drawing_lies_on_its_image_after_a_turn(canvas: ViewportCanvas) -> None:
    canvas.viewport.rotate(1)
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(20, 10), at(20, 40))                       # downwards on the screen …
    item, _ = only(canvas)
    (x, y), (to_x, to_y) = item.points
    assert abs(to_x - x) == pytest.approx(30) and to_y == pytest.approx(y), "… is along the rows of the turned image"


def pixel(canvas: ViewportCanvas, place: QPoint) -> tuple[int, ...]:
    return canvas.grab().toImage().pixelColor(place).getRgb()[:3]


@pytest.mark.parametrize("kind", [kind for kind in AnnotationKind if kind is not AnnotationKind.TEXT])
def test_every_kind_is_painted(canvas: ViewportCanvas, kind: AnnotationKind) -> None:
    viewport = canvas.viewport
    points = {1: ((32.0, 32.0),), 2: ((20.0, 20.0), (40.0, 40.0)), 3: ((20.0, 20.0), (40.0, 20.0), (40.0, 40.0)),
              4: ((20.0, 20.0), (40.0, 20.0), (30.0, 15.0), (30.0, 30.0))}
    counts = {AnnotationKind.PROBE: 1, AnnotationKind.ANGLE: 3, AnnotationKind.POLYLINE: 3, AnnotationKind.FREEHAND: 3,
              AnnotationKind.COBB: 4, AnnotationKind.BIDIRECTIONAL: 4}
    without = canvas.grab().toImage()
    assert viewport.frame is not None
    held: Frame = viewport.frame
    viewport.pen.annotations.put(Annotation(1, kind, held.ref, points[counts.get(kind, 2)], true_length_mm=9), held)
    assert canvas.grab().toImage() != without


def test_a_film_stops_where_one_begins_to_draw(canvas: ViewportCanvas) -> None:
    viewport = canvas.viewport
    viewport.cine.toggle()
    hand.drag(canvas, at(10, 10), at(30, 10))
    assert viewport.cine.playing, "a window is changed while it plays"
    viewport.tool = "length"
    hand.drag(canvas, at(10, 10), at(30, 10))
    assert not viewport.cine.playing
    item, _ = only(canvas)
    assert viewport.frame is not None and item.ref == viewport.frame.ref


def test_handles_are_taken_with_the_left_button_only(canvas: ViewportCanvas) -> None:
    canvas.viewport.tool = "length"
    hand.drag(canvas, at(10, 10), at(30, 10))
    before = canvas.viewport.pen.annotations.items
    hand.drag(canvas, at(30, 10), at(30, 40), Qt.MouseButton.MiddleButton)
    assert canvas.viewport.pen.annotations.items == before
