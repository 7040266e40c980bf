"""ViewportModel: which image, how it is looked at, and what happens when it is late or cannot be had."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest

from desktop_app.core.display_set import DisplaySet, build_display_sets
from desktop_app.core.errors import DamagedDicom, Unreachable
from desktop_app.core.frame import Frame, ImageFacts
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.services.decoder import Urgency
from desktop_app.viewmodels.pointer import PointerButton
from desktop_app.viewmodels.presence import FAILED, HERE, MISSING
from desktop_app.viewmodels.viewport import OverlayMode, ViewportModel
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import image
from tests.unit.viewmodels.direct import STORE, STUDY, DirectNetwork, fire, instances, series

UID = STUDY + ".2"


@pytest.fixture
async def model(network: DirectNetwork) -> AsyncIterator[ViewportModel]:
    network.backend.archive.hold_series(UID, 9)
    made = ViewportModel(network, STORE, network.backend.frames)                # type: ignore[arg-type]
    made.set_view_size(80, 80)
    yield made
    made.close()


def stack(count: int = 9, modality: str = "CT") -> DisplaySet:
    return build_display_sets(series(UID, modality), instances(UID, count))[0]


async def shown(model: ViewportModel, display_set: DisplaySet | None = None) -> None:
    model.show(display_set or stack())
    await settle(60)


async def test_a_volume_opens_in_its_middle(model: ViewportModel) -> None:
    changes: list[bool] = []
    model.frame_changed.connect(lambda: changes.append(model.frame is not None))
    model.show(stack())
    assert model.loading
    assert model.state.index == 4
    await settle(60)
    assert not model.loading
    assert changes == [False, True]
    assert model.frame is not None
    assert model.frame.ref == stack().frames[4]


async def test_what_is_in_memory_is_shown_at_once(model: ViewportModel) -> None:
    await shown(model)
    model.scroll_by(1)
    await settle(60)
    model.scroll_by(-1)
    assert model.frame is not None
    assert model.frame.ref == stack().frames[4]
    assert not model.loading


async def test_the_index_stays_inside(model: ViewportModel) -> None:
    await shown(model)
    model.scroll_by(100)
    assert model.state.index == 8
    model.scroll_by(-100)
    assert model.state.index == 0
    model.last()
    assert model.state.index == 8
    model.first()
    assert model.state.index == 0
    assert model.direction == -1


async def test_a_late_image_of_another_index_is_not_shown(model: ViewportModel, network: DirectNetwork) -> None:
    network.backend.archive.gate.open = False
    await shown(model)
    model.go_to(7)
    await settle()
    waiting = network.backend.archive.gate.waiting
    assert list(waiting) == [stack().frames[7].sop_instance_uid]                # the other one is not fetched any more
    await network.backend.archive.gate.let(*list(waiting))
    assert model.frame is not None
    assert model.frame.ref == stack().frames[7]


async def test_an_error_is_of_its_image_only(model: ViewportModel, network: DirectNetwork) -> None:
    broken = stack().frames[5]
    network.backend.archive.objects[broken.sop_instance_uid] = image(broken)[:-100]
    await shown(model)
    model.go_to(5)
    await settle(60)
    assert isinstance(model.error, DamagedDicom)
    assert model.frame is None
    model.go_to(6)
    await settle(60)
    assert model.error is None
    assert model.frame is not None


async def test_trying_again_fetches_the_damaged_one_anew(model: ViewportModel, network: DirectNetwork) -> None:
    broken = stack().frames[4]
    network.backend.archive.objects[broken.sop_instance_uid] = image(broken)[:-100]
    await shown(model)
    assert model.error is not None
    network.backend.archive.objects[broken.sop_instance_uid] = image(broken)
    model.retry()
    await settle(60)
    assert model.error is None
    assert model.frame is not None


async def test_it_heals_when_the_image_comes_after_all(model: ViewportModel, network: DirectNetwork) -> None:
    network.backend.archive.gate.open = False
    await shown(model)
    await network.backend.archive.gate.let(stack().frames[4].sop_instance_uid, error=Unreachable())
    assert isinstance(model.error, Unreachable)
    network.backend.archive.gate.open = True
    await network.backend.loader.frame(stack().frames[4])
    model.note_loaded({4: HERE})
    assert model.error is None
    assert model.frame is not None


async def test_what_is_loaded(model: ViewportModel) -> None:
    await shown(model)
    model.note_loaded({0: HERE, 3: FAILED, 4: HERE, 99: HERE})
    assert model.loaded == bytes([HERE, 0, 0, FAILED, HERE, 0, 0, 0, 0])
    assert (model.expected, model.failed) == (9, 1)
    model.note_loaded({0: MISSING})
    assert model.loaded[0] == MISSING
    model.show(None)
    assert (model.loaded, model.expected) == (b"", 0)
    model.note_loaded({0: HERE})


async def test_more_images_arrive_while_one_is_looked_at(model: ViewportModel) -> None:
    await shown(model, stack(5))
    current = model.frame
    assert model.state.index == 2
    model.note_loaded({2: HERE, 4: HERE})
    model.replace_display_set(stack(9))
    assert model.frame is current
    assert current is not None
    assert model.display_set is not None
    assert model.display_set.frames[model.state.index] == current.ref
    assert model.loaded.count(HERE) == 2
    assert len(model.loaded) == 9


async def test_the_looked_at_image_is_gone_from_the_list(model: ViewportModel, network: DirectNetwork) -> None:
    await shown(model)
    model.last()
    await settle(60)
    model.replace_display_set(stack(3))
    await settle(60)
    assert model.state.index == 2
    assert model.frame is not None
    assert model.frame.ref == stack(3).frames[2]


async def test_a_list_that_grew_while_another_was_shown(model: ViewportModel, network: DirectNetwork) -> None:
    await shown(model, stack(5))
    await shown(model, build_display_sets(series(STUDY + ".3"), instances(STUDY + ".3", 2))[0])
    await shown(model, stack(9))
    model.note_loaded({8: HERE})
    assert len(model.loaded) == 9


async def test_it_comes_back_as_it_was_left(model: ViewportModel) -> None:
    await shown(model)
    model.go_to(1)
    model.set_window(Window(10, 20))
    network_other = build_display_sets(series(STUDY + ".3"), instances(STUDY + ".3", 2))[0]
    model.show(network_other)
    assert model.state.window is None
    model.show(stack())
    assert model.state == ViewState(index=1, window=Window(10, 20))
    model.show(None)


async def test_a_report_has_no_image(model: ViewportModel, network: DirectNetwork) -> None:
    await shown(model, replace(stack(), is_image=False))
    assert model.frame is None
    assert model.error is None
    assert network.backend.archive.asked == []


async def test_what_is_shown_is_pinned(model: ViewportModel, network: DirectNetwork) -> None:
    await shown(model)
    network.backend.frames.budget_bytes = 0
    network.backend.frames.put((STORE.key, FrameRef("1", "2", "3")), _frame())
    assert (STORE.key, stack().frames[4]) in network.backend.frames
    model.close()
    network.backend.frames.put((STORE.key, FrameRef("1", "2", "3")), _frame())
    assert (STORE.key, stack().frames[4]) not in network.backend.frames


async def test_leaving_ends_the_demand(model: ViewportModel, network: DirectNetwork) -> None:
    network.backend.archive.gate.open = False
    await shown(model)
    assert network.backend.archive.gate.waiting
    model.close()
    await settle()
    assert network.backend.archive.gate.waiting == {}


async def test_the_image_looked_at_is_the_most_urgent(model: ViewportModel, network: DirectNetwork) -> None:
    await shown(model)
    assert {urgency for _, urgency in network.backend.decoder.urgencies} == {Urgency.VISIBLE}


# ------------------------------------------------------------------------------------------------------------- pointer

async def test_a_window_drag_ends_where_it_points_and_can_be_taken_back(model: ViewportModel) -> None:
    await shown(model)
    before = model.state
    model.pointer.press(PointerButton.LEFT, 10, 10)
    model.pointer.move(30, 10)
    model.pointer.move(50, 20)
    assert model.window.width > 0
    dragged = model.state.window
    assert dragged is not None
    assert model.pointer.cancel_drag()
    assert model.state == before
    assert not model.pointer.cancel_drag()


async def test_a_drag_does_not_take_the_image_back(model: ViewportModel) -> None:
    """The wheel, or a cine loop, goes on while the window is dragged."""
    await shown(model)
    model.pointer.press(PointerButton.LEFT, 10, 10)
    model.pointer.move(20, 10)
    model.pointer.wheel(2)
    model.pointer.move(40, 10)
    assert model.state.index == 6
    model.pointer.cancel_drag()
    assert model.state.index == 6
    assert model.state.window is None


async def test_a_scroll_drag_chooses_the_image(model: ViewportModel) -> None:
    await shown(model)
    model.tool = "scroll"
    model.pointer.press(PointerButton.LEFT, 10, 10)
    model.pointer.release(10, 60)
    assert model.state.index > 4


async def test_a_drag_ends_with_its_image(model: ViewportModel) -> None:
    await shown(model)
    model.pointer.press(PointerButton.MIDDLE, 10, 10)
    model.pointer.move(30, 30)
    model.show(build_display_sets(series(STUDY + ".3"), instances(STUDY + ".3", 2))[0])
    model.pointer.move(60, 60)
    assert model.state == ViewState(index=model.state.index)
    model.show(None)


async def test_the_wheel_scrolls_and_zooms(model: ViewportModel) -> None:
    await shown(model)
    model.pointer.wheel(1)
    assert model.state.index == 5
    model.pointer.wheel(-1, shift=True)
    assert model.state.index == 0
    model.pointer.wheel(-1, ctrl=True, x=40, y=40)
    assert model.state.zoom > 1
    model.fit()
    assert model.state.zoom == 1
    await settle(60)
    model.one_to_one()
    transform = model.transform()
    assert transform is not None
    assert transform.scale == pytest.approx(1.0)


async def test_no_signal_when_nothing_changed(model: ViewportModel) -> None:
    await shown(model)
    changes: list[str] = []
    model.state_changed.connect(lambda: changes.append("state"))
    model.frame_changed.connect(lambda: changes.append("frame"))
    model.set_state(model.state)
    model.go_to(model.state.index)
    model.set_view_size(80, 80)
    model.fit()
    assert changes == []


@pytest.mark.parametrize(("rotation", "flipped"), [(0, "flip_horizontal"), (1, "flip_vertical")])
async def test_flips_are_as_the_screen_shows_them(model: ViewportModel, rotation: int, flipped: str) -> None:
    await shown(model)
    model.rotate(rotation)
    model.flip_horizontal()
    assert getattr(model.state, flipped)
    assert model.flipped == (True, False)
    model.reset()
    assert model.state == ViewState(index=4)


async def test_a_reset_leaves_the_chest_wall_where_hanging_put_it(model: ViewportModel) -> None:
    await shown(model)
    hung = ViewState(index=4, align="left", flip_horizontal=True, hung_flipped=True)
    model.set_state(hung)
    model.flip_horizontal()
    model.rotate(1)
    model.zoom_by(2.0)
    model.reset()
    assert model.state == hung


# ------------------------------------------------------------------------------------------------------------- values

def _frame(pixels: np.ndarray | None = None, **of: object) -> Frame:                # type: ignore[type-arg]
    array = np.zeros((8, 8), np.int16) if pixels is None else pixels
    return Frame(FrameRef(STUDY, UID, "x"), array, **of)                            # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pixels", "text"),
    [
        (np.full((8, 8), 112, np.int16), "112 HU at (4, 4)"),
        (np.full((8, 8), 0.12345, np.float32), "0.1235 HU at (4, 4)"),
        (np.full((8, 8), np.nan, np.float32), "nan HU at (4, 4)"),
        (np.full((8, 8), np.inf, np.float32), "inf HU at (4, 4)"),
        (np.full((8, 8, 3), 7, np.uint8), "RGB 7 7 7 at (4, 4)"),
    ],
)
async def test_the_value_under_the_pointer(model: ViewportModel, pixels: np.ndarray, text: str) -> None:  # type: ignore[type-arg]
    model.frame = _frame(pixels, facts=ImageFacts(unit="HU"))
    model.pointer.hover(45, 45)
    assert model.hover_text == text
    model.pointer.hover(-5, 45)
    assert model.hover_text == ""
    model.pointer.hover(45, 45)
    model.pointer.leave()
    assert model.hover_text == ""


async def test_windows_that_mean_something(model: ViewportModel) -> None:
    await shown(model)
    assert model.window_names[0][0] == "Full range"
    assert len(model.window_names) > 1                          # CT has presets
    model.preset(3)
    assert model.state.window is not None
    model.file_window(1)
    assert model.state.window is None
    model.frame = _frame(np.zeros((8, 8, 3), np.uint8))
    assert model.window_names == ()


async def test_texts_can_be_hidden_in_steps(model: ViewportModel) -> None:
    modes = [model.text_mode]
    for _ in range(3):
        model.cycle_text()
        modes.append(model.text_mode)
    assert modes == [OverlayMode.ALL, OverlayMode.NO_NAMES, OverlayMode.NONE, OverlayMode.ALL]


# --------------------------------------------------------------------------------------------------------------- cine

def tick(model: ViewportModel, times: int = 1) -> list[int]:
    """The images shown after each tick."""
    seen = []
    for _ in range(times):
        model.cine._timer.timeout.emit()
        seen.append(model.state.index)
    return seen


async def test_cine_waits_for_the_image(model: ViewportModel) -> None:
    await shown(model)
    model.note_loaded(dict.fromkeys((3, 4, 5), HERE))
    model.cine.toggle()
    assert model.cine.playing
    tick(model)
    await settle(60)
    assert tick(model, 3) == [5, 5, 5], "the next one has not come"
    model.note_loaded({6: HERE})
    assert tick(model) == [6]
    model.cine.toggle()
    assert not model.cine.playing


async def test_cine_asks_for_an_image_that_does_not_come(model: ViewportModel) -> None:
    await shown(model)
    model.cine.toggle()
    ticks = 1000 // model.cine._timer.interval() + 1
    assert set(tick(model, ticks - 1)) == {4}
    assert tick(model) == [5] and model.loading
    assert tick(model, 50)[-1] == 5, "and then waits for it"
    model.cine.stop()


async def test_cine_goes_round_and_past_what_cannot_be_had(model: ViewportModel) -> None:
    await shown(model)
    model.note_loaded({index: FAILED if index == 5 else HERE for index in range(9)})
    model.cine.toggle()
    visited = []
    for _ in range(5):
        visited += tick(model)
        await settle(60)
    assert visited == [6, 7, 8, 0, 1]
    model.cine.toggle_sweep()
    model.go_to(7)
    await settle(60)
    visited = []
    for _ in range(5):
        visited += tick(model)
        await settle(60)
    assert visited == [8, 7, 6, 4, 3], "there and back, without the one that cannot be had"
    model.cine.stop()


async def test_the_rate_is_the_files_own_until_the_user_sets_one(model: ViewportModel) -> None:
    await shown(model)
    assert model.frame is not None
    assert model.cine.rate == 24
    model.frame = replace(model.frame, facts=replace(model.frame.facts, frame_time_ms=1000 / 15))
    assert model.cine.rate == pytest.approx(15)
    model.frame = replace(model.frame, facts=replace(model.frame.facts, frame_time_ms=5.0))
    assert model.cine.rate == 60, "a screen shows no more"
    model.cine.set_rate(1000)
    assert model.cine.rate == 60
    model.cine.set_rate(0.1)
    assert model.cine.rate == 1
    model.cine.change_rate(-1)
    assert model.cine.rate == 1
    model.cine.change_rate(1)
    assert (model.cine.rate, model.film_text) == (2, "")
    model.cine.toggle()
    assert (model.film_text, model.cine._timer.interval()) == ("2 images/s", 500)
    model.cine.set_rate(10)
    assert model.cine._timer.interval() == 100, "while it plays"
    model.cine.set_rate(None)
    assert model.cine.rate == 60
    model.cine.stop()


async def test_one_image_is_no_film(model: ViewportModel) -> None:
    await shown(model, stack(1))
    model.cine.toggle()
    assert not model.cine.playing
    with pytest.raises(AssertionError):
        await fire(model.cine._timer)
