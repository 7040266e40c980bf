"""Annotations: their lines, and what a pointer takes hold of."""

from __future__ import annotations

import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind, distance_to_segment
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.tools.draw import GRAB_PX, Drawing, grip_at, is_speck
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform

REF = FrameRef("1", "2", "3")
DOUBLE = ViewTransform.of(ViewState(), (100, 100), (200.0, 200.0))


def drawn(kind: AnnotationKind, *points: tuple[float, float], key: int = 1) -> Annotation:
    return Annotation(key, kind, REF, points)


def test_an_angle_is_drawn_point_by_point() -> None:
    drawing = Drawing.begin(1, AnnotationKind.ANGLE, REF, (1, 1)).follow((4, 1)).place((5, 1))
    assert drawing.annotation.points == ((1, 1), (5, 1), (5, 1))
    assert not drawing.is_done
    drawing = drawing.follow((9, 9))
    assert drawing.annotation.points == ((1, 1), (5, 1), (9, 9))
    done = drawing.place((8, 8))
    assert (done.annotation.points, done.is_done) == (((1, 1), (5, 1), (8, 8)), True)


def test_a_length_is_done_with_its_second_point() -> None:
    done = Drawing.begin(1, AnnotationKind.LENGTH, REF, (1, 1)).place((4, 5))
    assert (done.annotation.points, done.is_done) == (((1, 1), (4, 5)), True)


def test_a_handle_is_taken_before_a_line_and_the_latest_before_others() -> None:
    under = drawn(AnnotationKind.LENGTH, (10, 10), (50, 10), key=1)
    over = drawn(AnnotationKind.LENGTH, (30, 10), (30, 60), key=2)
    grip = grip_at((under, over), (60.0, 20.0), DOUBLE)
    assert grip is not None
    assert (grip.annotation.key, grip.point) == (2, 0)
    on_line = grip_at((under, over), (90.0, 21.0), DOUBLE)
    assert on_line is not None
    assert (on_line.annotation.key, on_line.point) == (1, None)
    assert grip_at((under, over), (150.0, 150.0), DOUBLE) is None


def test_dragging_a_handle_moves_that_point_and_dragging_a_line_moves_all() -> None:
    line = drawn(AnnotationKind.LENGTH, (10, 10), (50, 10))
    handle = grip_at((line,), (101.0, 20.0), DOUBLE)
    assert handle is not None
    assert handle.dragged((60.5, 15.0)).points == ((10, 10), (60.0, 15.0))
    whole = grip_at((line,), (60.0, 20.0), DOUBLE)
    assert whole is not None
    assert whole.dragged((31.0, 12.0)).points == ((11, 12), (51, 12))


def test_an_ellipse_is_taken_at_its_outline_not_in_its_middle() -> None:
    ellipse = drawn(AnnotationKind.ELLIPSE, (10, 10), (90, 90))
    assert grip_at((ellipse,), (100.0, 20.0), DOUBLE) is not None
    assert grip_at((ellipse,), (100.0, 100.0), DOUBLE) is None


@pytest.mark.parametrize(("point", "distance"), [((5, 3), 3), ((-3, 4), 5), ((14, 3), 5)])
def test_distance_to_a_segment(point: tuple[float, float], distance: float) -> None:
    assert distance_to_segment(point, (0, 0), (10, 0)) == pytest.approx(distance)


def test_a_click_without_a_drag_is_a_speck() -> None:
    assert is_speck(drawn(AnnotationKind.LENGTH, (5, 5), (5.5, 5.5)), DOUBLE)
    assert not is_speck(drawn(AnnotationKind.LENGTH, (5, 5), (5 + GRAB_PX, 5)), DOUBLE)
