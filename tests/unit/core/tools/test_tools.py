from __future__ import annotations

import pytest

from desktop_app.core.tools import TOOLS, PanTool, PointerDrag, ScrollTool, WindowLevelTool, ZoomTool
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window

LUNG = Window(-600, 1500)


def drag(
    dx: float, dy: float, state: ViewState | None = None, images: int = 100, view: tuple[float, float] = (800, 600),
) -> PointerDrag:
    return PointerDrag(state or ViewState(index=50), LUNG, (200, 300), (200 + dx, 300 + dy), view, images)


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_drag_without_movement_changes_nothing_that_is_seen(name: str) -> None:
    state = ViewState(index=50, window=LUNG, zoom=2.0, pan=(0.1, 0.2))
    after = TOOLS[name].drag(drag(0, 0, state))
    assert (after.index, after.window, after.zoom) == (50, LUNG, 2.0)
    assert after.pan == pytest.approx((0.1, 0.2))


def test_window_level_starts_from_what_was_shown() -> None:
    after = WindowLevelTool().drag(drag(25.6, 0))
    assert after.window == LUNG.dragged(25.6, 0)
    assert after.index == 50


def test_pan_follows_the_pointer() -> None:
    before = ViewState(zoom=3.0)
    after = PanTool().drag(drag(60, -30, before))
    point = ViewTransform.of(before, (512, 512), (800, 600)).to_image(200, 300)
    assert ViewTransform.of(after, (512, 512), (800, 600)).to_view(*point) == pytest.approx((260, 270))


def test_zoom_up_enlarges_about_where_the_drag_began() -> None:
    before = ViewState()
    after = ZoomTool().drag(drag(0, -100, before))
    assert after.zoom == pytest.approx(1.01**100)
    point = ViewTransform.of(before, (512, 512), (800, 600)).to_image(200, 300)
    assert ViewTransform.of(after, (512, 512), (800, 600)).to_view(*point) == pytest.approx((200, 300))
    assert ZoomTool().drag(drag(0, 100)).zoom < 1


@pytest.mark.parametrize(("dy", "index"), [(6, 51), (-6, 49), (5, 50), (48, 58), (10_000, 59), (-10_000, 0)])
def test_scroll_down_is_forward_and_stays_inside(dy: float, index: int) -> None:
    assert ScrollTool().drag(drag(0, dy, images=60)).index == index


def test_one_sweep_over_the_viewport_covers_a_long_series() -> None:
    state = ViewState(index=0)
    assert ScrollTool().drag(drag(0, 600 * 0.8, state, images=2000)).index == 1999


@pytest.mark.parametrize("images", [0, 1])
def test_scrolling_nothing_stays_at_the_first(images: int) -> None:
    assert ScrollTool().drag(drag(0, 50, ViewState(), images=images)).index == 0


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_viewport_without_area_is_survived(name: str) -> None:
    assert isinstance(TOOLS[name].drag(drag(5, 5, view=(0, 0))), ViewState)


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_nothing_accumulates(name: str) -> None:
    start = drag(0, 0)
    way = [TOOLS[name].drag(PointerDrag(start.state, LUNG, start.start, (200 + n, 300 + 2 * n), (800, 600), 100))
           for n in (10, 400, 10)]
    assert way[0] == way[2]
