"""Enhanced objects in the viewer: split and put in order with their first frame, before it is painted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.layout import Layout
from desktop_app.core.study import Instance, Series
from desktop_app.core.view_state import ViewState
from desktop_app.services.study_opener import SeriesOpened
from desktop_app.viewmodels.corner_texts import corner_texts
from desktop_app.viewmodels.presence import HERE
from desktop_app.viewmodels.viewer import ViewerModel
from tests.support.enhanced import EDGE, INSTANCE, SERIES, EnhancedFrame, diffusion, enhanced
from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import STORE, STUDY, DirectNetwork, fire, study

KEY, SECOND = f"{SERIES}/{INSTANCE}", f"{SERIES}/{INSTANCE}/b 1000"
FIRST_FRAMES, SECOND_FRAMES = [5, 1, 7, 3, 9], [6, 2, 8, 4, 10]     # of `diffusion`, by place

Open = Callable[[], ViewerModel]


def hold(network: DirectNetwork, frames: list[EnhancedFrame], sop: str = INSTANCE, series: str = SERIES) -> None:
    archive = network.backend.archive
    archive.series.append(Series(STUDY, series, "MR", 5, "Enhanced"))
    archive.instances[series] = [Instance(STUDY, series, sop, number=1, frames=len(frames), rows=EDGE, columns=EDGE)]
    archive.objects[sop] = enhanced(frames, sop_instance_uid=sop, series_instance_uid=series)


@pytest.fixture
async def open_viewer(network: DirectNetwork) -> AsyncIterator[Open]:
    made: list[ViewerModel] = []

    def build() -> ViewerModel:
        made.append(ViewerModel(network, STORE, study(), network.backend.frames))       # type: ignore[arg-type]
        return made[-1]

    yield build
    for viewer in made:
        viewer.close()
    await settle()


def frames_of(viewer: ViewerModel, key: str) -> list[int]:
    return [ref.frame_number for one in viewer.rail.display_sets if one.key == key for ref in one.frames]


def painted(viewer: ViewerModel) -> list[int]:
    """The frame numbers that were shown, in their order, as far as anything is painted between two events."""
    seen: list[int] = []

    def note() -> None:
        frame = viewer.active.frame
        if frame is not None and viewer.active.display_set is not None:
            seen.append(frame.ref.frame_number)

    viewer.active.frame_changed.connect(note)
    return seen


async def test_one_object_becomes_its_b_values_each_by_place_and_opens_in_the_middle(
    network: DirectNetwork, open_viewer: Open
) -> None:
    hold(network, diffusion())
    viewer = open_viewer()
    seen = painted(viewer)
    await settle(300)
    assert [(card.title, card.expected) for card in viewer.rail.cards] == [
        ("5 · Enhanced (b 0)", 5), ("5 · Enhanced (b 1000)", 5)]
    assert (frames_of(viewer, KEY), frames_of(viewer, SECOND)) == (FIRST_FRAMES, SECOND_FRAMES)
    active = viewer.active
    assert active.frame is not None
    assert active.display_set is not None
    assert (active.state.index, active.frame.ref.frame_number) == (2, 7)
    assert set(seen) == {7}, "the first frame of the file was never shown"
    assert int(active.frame.pixels[0, 0]) == 70
    await fire(viewer.loading._rewish)
    await settle(300)
    assert [card.complete for card in viewer.rail.cards] == [True, True]
    assert viewer.loading.presence(SECOND) == bytes([HERE]) * 5
    viewer.show(SECOND)
    assert active.frame is not None
    assert (active.state.index, active.frame.ref.frame_number) == (2, 8)


async def test_what_comes_in_the_background_is_put_in_order_too(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(STUDY + ".2", 3, number=1)
    hold(network, diffusion())
    viewer = open_viewer()
    await settle(300)
    await fire(viewer.loading._rewish)
    await settle(300)
    assert viewer.active.display_set is not None
    assert viewer.active.display_set.series.modality == "CT"
    assert [card.title for card in viewer.rail.cards][1:] == ["5 · Enhanced (b 0)", "5 · Enhanced (b 1000)"]
    assert [card.received for card in viewer.rail.cards] == [3, 5, 5]


async def test_a_volume_in_file_order_opens_in_the_middle(network: DirectNetwork, open_viewer: Open) -> None:
    hold(network, [EnhancedFrame(2.0 * place) for place in range(9)])
    viewer = open_viewer()
    await settle(300)
    assert viewer.active.display_set is not None
    assert viewer.active.display_set.is_volume
    assert viewer.active.state.index == 4
    assert "Frame 5 / 9" in _corners(viewer)


async def test_a_frame_elsewhere_in_the_file_names_its_number(network: DirectNetwork, open_viewer: Open) -> None:
    hold(network, diffusion())
    viewer = open_viewer()
    await settle(300)
    assert {"Image 3 / 5 · frame 7", "b 0"} <= set(_corners(viewer))


async def test_listing_it_again_keeps_the_order(network: DirectNetwork, open_viewer: Open) -> None:
    hold(network, diffusion())
    viewer = open_viewer()
    await settle(300)
    viewer.active.go_to(4)
    viewer.open()
    await settle(300)
    assert len(viewer.rail.cards) == 2
    assert viewer.active.frame is not None
    assert (viewer.active.state.index, viewer.active.frame.ref.frame_number) == (4, 9)
    assert viewer.active.display_set in viewer.rail.display_sets


async def test_a_drawing_lies_on_the_frame_of_the_file(network: DirectNetwork, open_viewer: Open) -> None:
    hold(network, diffusion())
    viewer = open_viewer()
    await settle(300)
    viewer.show(SECOND)
    viewer.active.go_to(4)
    frame = viewer.active.frame
    assert frame is not None
    ref = viewer.active.display_set.frames[4]           # type: ignore[union-attr]
    drawing = Annotation(1, AnnotationKind.LENGTH, ref, ((1.0, 1.0), (5.0, 1.0)))
    viewer.annotations.put(drawing, frame)
    assert ref.frame_number == 10
    assert viewer.loading.place_of(ref) == (SECOND, 4)
    viewer.show(KEY)
    viewer.show_frame(ref)
    assert viewer.active.display_set is not None
    assert (viewer.active.display_set.key, viewer.active.state.index) == (SECOND, 4)


async def test_two_objects_of_one_frame_of_reference_show_the_same_place(
    network: DirectNetwork, open_viewer: Open
) -> None:
    hold(network, diffusion())
    other = SERIES + ".9"
    hold(network, [EnhancedFrame(2.0 * place) for place in range(11)], INSTANCE + ".9", other)
    viewer = open_viewer()
    await settle(300)
    viewer.active.go_to(1)                              # 4 mm
    viewer.set_layout(1, 2)
    beside = viewer.viewports[1]
    viewer.show(f"{other}/{INSTANCE}.9", beside)
    await settle(300)
    assert beside.frame is not None
    assert beside.frame.plane is not None
    assert beside.frame.plane.position[2] == 4.0
    viewer.active.go_to(3)                              # 12 mm
    await settle(300)
    assert beside.frame.plane.position[2] == 12.0


async def test_a_part_comes_back_where_it_was_left(network: DirectNetwork, open_viewer: Open) -> None:
    hold(network, diffusion())
    viewer = open_viewer()
    viewer.linking.toggle("scroll")                     # else both would be at one place
    viewer.arranger.want(Layout(1, 2, (SECOND, KEY)), views=[(SECOND, ViewState(index=4)), (KEY, ViewState(index=1))])
    await settle(600)
    assert [one.display_set.key if one.display_set else "" for one in viewer.viewports] == [SECOND, KEY]
    assert [one.frame.ref.frame_number if one.frame else 0 for one in viewer.viewports] == [10, 1]
    assert not viewer.arranger.waiting


async def test_who_chose_something_else_meanwhile_keeps_it(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(STUDY + ".2", 3, number=1)
    hold(network, diffusion())
    network.backend.archive.gate.open = True
    viewer = open_viewer()
    viewer.arranger.want(Layout(1, 1, (SECOND,)))
    held = viewer.rail.take
    chosen: list[str] = []

    def take(events: tuple[Any, ...]) -> None:
        held(events)
        if any(isinstance(one, SeriesOpened) and one.series.modality == "CT" for one in events):
            chosen.append(next(one.key for one in viewer.rail.display_sets if one.series.modality == "CT"))

    viewer.rail.take = take                             # type: ignore[method-assign]
    while not chosen or viewer.active.display_set is None:
        await settle(1)
    viewer.show(chosen[0])
    await settle(600)
    assert viewer.active.display_set.key == chosen[0]
    assert SECOND in {card.key for card in viewer.rail.cards}


def _corners(viewer: ViewerModel) -> list[str]:
    texts = corner_texts(viewer.active, shown=viewer.active.frame)
    return [line.text for line in (*texts.bottom_left, *texts.bottom_right, *texts.top_left, *texts.top_right)]
