"""ViewerModel over the real loader: what comes first, what is wished for, what becomes of failures and reconnects."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.core.errors import Interrupted, NotFound, ServerFailed, SignInNeeded
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study import Study
from desktop_app.core.window import Window
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.study_opener import SeriesGlimpsed, SeriesListed, SeriesOpened
from desktop_app.services.wanted import Arrival, Presence
from desktop_app.viewmodels.presence import FAILED, HERE, MISSING
from desktop_app.viewmodels.viewer import ViewerModel
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import FRAME_BYTES
from tests.unit.viewmodels.direct import STORE, STUDY, DirectNetwork, fire, instances, series, study, text_of

CT, SCOUT = STUDY + ".2", STUDY + ".1"

Open = Callable[[], ViewerModel]


@pytest.fixture
async def open_viewer(network: DirectNetwork) -> AsyncIterator[Open]:
    made: list[ViewerModel] = []

    def build(of: Study | None = None) -> ViewerModel:
        made.append(ViewerModel(network, STORE, of or study(), network.backend.frames))     # type: ignore[arg-type]
        return made[-1]

    yield build
    for viewer in made:
        viewer.close()
    await settle()


def last_wish(network: DirectNetwork) -> tuple[FrameRef, ...]:
    return network.backend.wishes[-1][1]


async def test_a_study_opens_shows_and_loads_everything(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(SCOUT, 1, number=1)
    network.backend.archive.hold_series(CT, 20, number=2)
    viewer = open_viewer()
    assert viewer.busy
    assert viewer.rail.busy
    await settle(100)
    await fire(viewer.loading._rewish)                          # the second series came after the first was shown
    await settle(200)
    assert not viewer.busy
    assert not viewer.rail.busy
    assert viewer.error is None
    cards = [(card.received, card.expected, card.complete) for card in viewer.rail.cards]
    assert cards == [(1, 1, True), (20, 20, True)]
    assert viewer.active.display_set is not None
    assert viewer.active.display_set.series.series_instance_uid == SCOUT
    assert viewer.active.frame is not None
    viewer.next_series(1)
    assert viewer.active.loaded == bytes([HERE]) * 20
    assert viewer.active.frame is not None                      # from memory, at once
    viewer.next_series(1)
    assert viewer.active.display_set.series.series_instance_uid == CT


@pytest.mark.parametrize(("promised", "told"), [
    ((2, 21), ""), ((None, None), ""), ((1, 3), ""),
    ((3, 30), "3 series, but lists 2"), ((2, 30), "30 objects, but lists 21"), ((None, 22), "22 objects, but lists 21"),
])
async def test_what_the_archive_promised_and_does_not_list_is_named(
    network: DirectNetwork, open_viewer: Open, promised: tuple[int | None, int | None], told: str
) -> None:
    network.backend.archive.hold_series(SCOUT, 1, number=1)
    network.backend.archive.hold_series(CT, 20, number=2)
    viewer = open_viewer(study(series_count=promised[0], instance_count=promised[1]))
    await settle(100)
    assert not viewer.rail.busy
    warnings = [card.warning for card in viewer.rail.cards if card.key == "study"]
    assert len(warnings) == bool(told)
    assert told in "".join(warnings)


async def test_after_deleting_a_series_nothing_is_missed(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(SCOUT, 1, number=1)
    network.backend.archive.hold_series(CT, 20, number=2)
    viewer = open_viewer(study(series_count=2, instance_count=21))
    await settle(100)
    viewer.drop_series(CT)
    assert [card.display_set is not None for card in viewer.rail.cards] == [True]
    network.backend.archive.series.pop()
    viewer.open()
    await settle(100)
    assert [card.display_set is not None for card in viewer.rail.cards] == [True]


async def test_the_shown_series_is_wished_for_from_where_one_looks(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(SCOUT, 3, number=1)
    network.backend.archive.hold_series(CT, 40, number=2)
    viewer = open_viewer()
    await settle(100)
    network.backend.archive.gate.open = False
    viewer.show(next(card.key for card in viewer.rail.cards if card.expected == 40))
    await settle()
    wished = last_wish(network)
    numbers = [int(ref.sop_instance_uid.rpartition(".")[2]) - 1 for ref in wished]
    assert numbers[:10] == [*range(20, 29), 19]
    assert len(wished) == 43                                    # the others come after it
    assert {ref.series_instance_uid for ref in wished[:40]} == {CT}


async def test_a_larger_grid_shows_again_what_a_smaller_took_away(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(SCOUT, 1, number=1)
    network.backend.archive.hold_series(CT, 20, number=2)
    network.backend.archive.hold_series(STUDY + ".3", 4, number=3)
    viewer = open_viewer()
    await settle(200)
    viewer.set_layout(1, 2)
    third = viewer.rail.display_sets[2].key
    viewer.show(third, viewer.viewports[1])
    viewer.viewports[1].set_window(Window(10, 20))
    viewer.set_layout(1, 1)
    viewer.set_layout(1, 2)
    again = viewer.viewports[1]
    assert again.display_set is not None and again.display_set.key == third
    assert again.state.window == Window(10, 20) and viewer.layout.shown[1] == third
    viewer.set_layout(1, 1)
    viewer.show(third)
    viewer.set_layout(1, 2)
    assert viewer.viewports[1].display_set is not None and viewer.viewports[1].display_set.key != third, "never twice"


async def test_scrolling_wishes_anew_but_not_for_every_step(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 40)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    await network.backend.archive.gate.let(CT)
    await settle()
    before = len(network.backend.wishes)
    for _ in range(10):
        viewer.active.scroll_by(1)
    assert len(network.backend.wishes) == before
    await fire(viewer.loading._rewish)
    assert len(network.backend.wishes) == before + 1
    assert last_wish(network)[0] == viewer.active.display_set.frames[30]        # type: ignore[union-attr]


async def test_a_window_drag_wishes_nothing(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 5)
    viewer = open_viewer()
    await settle(200)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    viewer.active.set_window(Window(10, 20))
    viewer.active.zoom_by(2)
    assert not viewer.loading._rewish.isActive()


async def test_scrolling_through_what_is_all_here_asks_nobody(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 9)
    viewer = open_viewer()
    await settle(300)
    before = len(network.backend.wishes)
    viewer.active.scroll_by(2)
    await fire(viewer.loading._rewish)
    assert len(network.backend.wishes) == before
    viewer.set_front(False)
    viewer.set_front(True)
    assert len(network.backend.wishes) <= before + 1


async def test_a_series_larger_than_memory_still_scrolls(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.frames.budget_bytes = 20 * FRAME_BYTES
    network.backend.archive.hold_series(CT, 80)
    viewer = open_viewer()
    await settle(400)
    for index in (0, 20, 79, 40, 5):
        viewer.active.go_to(index)
        await settle(60)
        if viewer.loading._rewish.isActive():
            await fire(viewer.loading._rewish)
        await settle(300)
        assert viewer.active.frame is not None
        assert viewer.active.loaded[index] == HERE
        assert viewer.active.loaded.count(HERE) <= 20
        card = viewer.rail.cards[0]
        assert card.received == viewer.active.loaded.count(HERE)
        assert not card.complete
    assert network.backend.frames.nbytes <= 21 * FRAME_BYTES
    assert len(network.backend.archive.asked) < 5 * 25          # it moves along, it does not thrash


async def test_failures_are_counted_on_the_card_and_in_the_bar(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 5)
    network.backend.archive.objects[CT + ".2"] = b"no DICOM" * 40
    viewer = open_viewer()
    await settle(300)
    card = viewer.rail.cards[0]
    assert (card.received, card.failed, card.complete) == (4, 1, False)
    assert "1" in card.warning
    assert viewer.active.loaded == bytes([HERE, FAILED, HERE, HERE, HERE])


async def test_a_study_read_again_keeps_what_is_here_and_shows_what_is_new(
    network: DirectNetwork, open_viewer: Open
) -> None:
    network.backend.archive.hold_series(CT, 5)
    viewer = open_viewer()
    await settle(300)
    looked_at = viewer.active.frame
    network.backend.archive.series.clear()
    network.backend.archive.hold_series(CT, 9)
    network.backend.archive.asked.clear()
    network.backend.archive.gate.open = False
    viewer.open()
    await settle()
    await network.backend.archive.gate.let(CT)
    await settle(100)
    assert viewer.active.frame is looked_at
    assert viewer.active.loaded == bytes([HERE] * 5 + [MISSING] * 4)
    assert (viewer.rail.cards[0].received, viewer.rail.cards[0].expected) == (5, 9)
    network.backend.archive.gate.open = True
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    await network.backend.archive.gate.let(*list(network.backend.archive.gate.waiting))
    await settle(200)
    assert viewer.rail.cards[0].complete
    assert len(network.backend.archive.asked) == 4


async def test_what_is_here_stays_here_when_it_lies_in_another_stack(
    network: DirectNetwork, open_viewer: Open
) -> None:
    """What arrives late may split a series another way; of a frame that is here nobody tells a second time."""
    network.backend.archive.hold_series(CT, 5)
    viewer = open_viewer()
    await settle(300)
    whole = viewer.rail.display_sets[0]
    part = replace(whole, key=whole.key + "/axial", frames=whole.frames[:3])
    viewer.loading.index((part,))
    assert viewer.loading.presence(part.key) == bytes([HERE] * 3)
    assert viewer.rail._counts[part.key] == (3, 0)


async def test_reading_again_asks_again_for_what_could_not_be_had(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 4)
    sound = network.backend.archive.objects[CT + ".2"]
    network.backend.archive.objects[CT + ".2"] = sound[:200]
    viewer = open_viewer()
    await settle(300)
    assert viewer.active.loaded == bytes([HERE, FAILED, HERE, HERE])
    network.backend.archive.objects[CT + ".2"] = sound
    viewer.open()
    await settle(300)
    assert viewer.active.loaded == bytes([HERE]) * 4
    assert viewer.rail.cards[0].failed == 0


async def test_images_that_were_deleted_meanwhile(network: DirectNetwork, open_viewer: Open) -> None:
    """News of one that is not listed any more must not end the news of the others."""
    network.backend.archive.hold_series(CT, 9)
    viewer = open_viewer()
    await settle(300)
    gone = viewer.rail.display_sets[0].frames[8]
    network.backend.archive.series.clear()
    network.backend.archive.hold_series(CT, 5)
    viewer.open()
    await settle(300)
    viewer.loading._note((Arrival(gone, Presence.GONE),))
    assert viewer.rail.cards[0].expected == 5
    assert viewer.active.loaded == bytes([HERE]) * 5
    assert viewer.loading._arrivals_job.running


async def test_another_image_in_place_of_one_is_wished_for(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 3)
    viewer = open_viewer()
    await settle(300)
    network.backend.archive.series.clear()
    network.backend.archive.hold_series(CT, 4)
    network.backend.archive.instances[CT].pop(0)
    viewer.open()
    await settle(300)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    await settle(200)
    assert viewer.rail.cards[0].complete
    assert viewer.active.loaded == bytes([HERE]) * 3


async def test_a_study_that_cannot_be_listed_says_why_and_can_be_tried_again(
    network: DirectNetwork, open_viewer: Open
) -> None:
    original = network.backend.archive.iter_series

    async def refused(study_uid: str) -> AsyncIterator[object]:
        raise ServerFailed(status=500)
        yield

    network.backend.archive.iter_series = refused               # type: ignore[assignment, method-assign]
    viewer = open_viewer()
    await settle()
    assert isinstance(viewer.error, ServerFailed)
    assert not viewer.rail.busy
    network.backend.archive.iter_series = original              # type: ignore[method-assign]
    network.backend.archive.hold_series(CT, 2)
    viewer.open()
    await settle(200)
    assert viewer.error is None
    assert viewer.active.frame is not None


async def test_a_study_without_series_says_so(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = open_viewer()
    await settle()
    assert "no series" in text_of(viewer.error)


async def test_one_series_that_cannot_be_listed(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(SCOUT, 1, number=1)
    network.backend.archive.hold_series(CT, 3, number=2)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    await network.backend.archive.gate.let(SCOUT, error=NotFound(status=404))
    network.backend.archive.gate.open = True
    await network.backend.archive.gate.let(CT)
    await settle(100)
    assert viewer.error is None
    warnings = {card.key: card.warning for card in viewer.rail.cards}
    assert warnings[SCOUT] == NotFound().user_text
    assert viewer.active.frame is not None


async def test_after_a_sign_in_it_goes_on_where_it_was(network: DirectNetwork, open_viewer: Open) -> None:
    """The connection is replaced: what listens and what is wished for turns to the new one by itself."""
    network.backend.archive.hold_series(CT, 5)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    await network.backend.archive.gate.let(CT)
    await settle()
    for name in list(network.backend.archive.gate.waiting):
        await network.backend.archive.gate.let(name, error=SignInNeeded(status=401))
    assert isinstance(viewer.active.error, SignInNeeded)
    old = network.backend.loader
    network.backend.connect()
    network.backend.archive.gate.open = True
    await old.close()
    await settle(200)
    assert network.backend.loader is not old
    assert viewer.rail.cards[0].complete
    assert viewer.active.frame is not None
    assert viewer.active.error is None


async def test_the_front_study_goes_first(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 5)
    viewer = open_viewer()
    await settle(200)
    assert network.backend.wishes[-1][2] is True
    viewer.set_front(False)
    network.backend.archive.series.clear()
    network.backend.archive.hold_series(CT, 6)
    viewer.open()
    await settle(100)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    assert network.backend.wishes[-1][2] is False


async def test_closing_ends_everything(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 30)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    await network.backend.archive.gate.let(CT)
    await settle()
    assert network.backend.archive.gate.waiting
    viewer.close()
    viewer.close()
    await settle()
    assert network.backend.archive.gate.waiting == {}
    assert network.backend.forgotten == [viewer.loading.owner]
    wishes = len(network.backend.wishes)
    viewer.active.scroll_by(3)
    viewer.set_front(True)
    assert not viewer.loading._rewish.isActive()
    await settle()
    assert len(network.backend.wishes) == wishes
    assert network.backend.loader._owners == {}


async def test_closing_while_it_is_being_listed(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 3)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    assert network.backend.archive.gate.waiting
    viewer.close()
    await settle()
    assert network.backend.archive.gate.waiting == {}


async def test_tools_are_shared_by_the_viewports(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = open_viewer()
    changes: list[str] = []
    viewer.tool_changed.connect(lambda: changes.append(viewer.tool))
    viewer.set_tool("pan")
    viewer.set_tool("pan")
    viewer.set_tool("no such tool")
    assert changes == ["pan"]
    assert {viewport.tool for viewport in viewer.viewports} == {"pan"}


async def test_the_same_patient_has_the_same_colour(network: DirectNetwork, open_viewer: Open) -> None:
    first = open_viewer(study(patient_id="1"))
    same = open_viewer(study(STUDY + ".9", patient_id="1"))
    other = open_viewer(study(patient_id="2"))
    assert first.patient_colour == same.patient_colour != other.patient_colour
    assert len(first.patient_colour) == 7


# ---------------------------------------------------------------------------------------------------------- the strip

async def test_a_list_that_broke_off_is_never_complete(network: DirectNetwork, open_viewer: Open) -> None:
    async def breaking(study_uid: str, series_uid: str, *, limit: int | None = None) -> AsyncIterator[object]:
        for instance in instances(series_uid, 3):
            yield instance
        raise Interrupted

    network.backend.archive.hold_series(CT, 3)
    network.backend.archive.iter_instances = breaking           # type: ignore[assignment, method-assign]
    viewer = open_viewer()
    await settle(300)
    card = viewer.rail.cards[0]
    assert card.received == card.expected == 3
    assert not card.complete
    assert "broke off" in card.warning


async def test_a_count_that_contradicts_the_list_is_told(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 3, stated=5)
    viewer = open_viewer()
    await settle(300)
    card = viewer.rail.cards[0]
    assert not card.complete
    assert "5" in card.warning
    assert "3" in card.warning


async def test_a_card_gets_its_picture(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 3)
    viewer = open_viewer()
    told: list[str] = []
    viewer.rail.thumbnail_changed.connect(told.append)
    await settle(300)
    assert told == [viewer.rail.cards[0].key]
    assert viewer.rail.thumbnail(told[0]).shape == (8, 8)


async def test_a_picture_that_could_not_be_had_is_made_when_an_image_is_here(
    network: DirectNetwork, open_viewer: Open
) -> None:
    network.backend.archive.pictures = {"thumbnail": SignInNeeded(status=401)}
    network.backend.archive.hold_series(CT, 3)
    network.backend.decoder.gate.open = False
    viewer = open_viewer()
    await settle(100)
    key = viewer.rail.cards[0].key
    assert viewer.rail.thumbnail(key) is None
    network.backend.decoder.gate.open = True
    await network.backend.decoder.gate.let(*list(network.backend.decoder.gate.waiting))
    await settle(100)
    assert viewer.rail.thumbnail(key) is not None


async def test_a_series_that_could_not_be_listed_and_then_can(network: DirectNetwork, open_viewer: Open) -> None:
    network.backend.archive.hold_series(CT, 3)
    network.backend.archive.gate.open = False
    viewer = open_viewer()
    await settle()
    await network.backend.archive.gate.let(CT, error=ServerFailed(status=500))
    assert [card.warning for card in viewer.rail.cards] == [ServerFailed().user_text]
    network.backend.archive.gate.open = True
    viewer.open()
    await settle(200)
    assert [(card.expected, card.warning) for card in viewer.rail.cards] == [(3, "")]


def test_the_loader_has_the_verbs_that_the_models_use() -> None:
    """The fakes stand for it."""
    for verb in ("frame", "wish", "forget", "arrivals", "close"):
        assert callable(getattr(ImageLoader, verb))
    assert series(CT).series_instance_uid == CT


# ----------------------------------------------------------------------------------------------------------- glimpse

async def glimpse(network: DirectNetwork, open_viewer: Open) -> ViewerModel:
    """A viewer that has one image of a volume of 60, and no list yet."""
    archive = network.backend.archive
    archive.hold_series(CT, 60)
    archive.gives_glimpses, archive.gate.open = True, False
    viewer = open_viewer()
    await settle(60)
    archive.gate.open = True
    await archive.gate.let(CT + ".1")
    await settle(60)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    return viewer


async def test_one_image_is_shown_while_the_list_is_on_its_way(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = await glimpse(network, open_viewer)
    assert viewer.active.frame is not None
    assert viewer.active.expected == 1
    assert [card.received for card in viewer.rail.cards] == [0]                 # the card still waits for its list


async def test_the_middle_follows_without_a_blank(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = await glimpse(network, open_viewer)
    blank: list[bool] = []
    viewer.active.frame_changed.connect(lambda: blank.append(viewer.active.frame is None))
    await network.backend.archive.gate.let(CT)
    await settle(400)
    assert (viewer.active.expected, viewer.active.state.index) == (60, 30)
    assert blank and not any(blank)
    await fire(viewer.loading._rewish)
    await settle(600)
    assert viewer.rail.cards[0].received == 60 and viewer.rail.cards[0].complete


async def test_who_scrolled_meanwhile_stays_there(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = await glimpse(network, open_viewer)
    network.backend.archive.gate.open = False
    await network.backend.archive.gate.let(CT)
    viewer.active.go_to(3)
    network.backend.archive.gate.open = True
    await network.backend.archive.gate.let(*list(network.backend.archive.gate.waiting))
    await settle(400)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    assert viewer.active.state.index == 3


async def test_a_glimpse_that_comes_in_one_bunch_with_its_list_hides_nothing(
    network: DirectNetwork, open_viewer: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = network.stream

    async def together(work: Callable[[Any], AsyncIterator[Any]]) -> AsyncIterator[tuple[Any, ...]]:
        bunch: tuple[Any, ...] = ()
        async for items in apart(work):
            if isinstance(items[0], SeriesListed | SeriesGlimpsed | SeriesOpened):
                bunch += items              # as from another thread that was quicker than the window
            else:
                yield items
        if bunch:
            assert any(isinstance(item, SeriesGlimpsed) for item in bunch)
            yield bunch

    monkeypatch.setattr(network, "stream", together)
    network.backend.archive.hold_series(CT, 60)
    network.backend.archive.gives_glimpses, network.backend.archive.gate.open = True, False
    viewer = open_viewer()
    await settle(60)
    network.backend.archive.gate.open = True
    await network.backend.archive.gate.let(CT)
    await settle(400)
    assert viewer.active.expected == 60
    await fire(viewer.loading._rewish)
    await settle(600)
    assert viewer.rail.cards[0].complete


async def test_a_glimpse_that_no_list_confirms_goes(network: DirectNetwork, open_viewer: Open) -> None:
    viewer = await glimpse(network, open_viewer)
    network.backend.archive.instances[CT] = []
    await network.backend.archive.gate.let(CT)
    await settle(200)
    if viewer.loading._rewish.isActive():
        await fire(viewer.loading._rewish)
    assert viewer._glimpsed is None
    assert "lists no image" in viewer.rail.cards[0].warning


async def test_a_slice_that_the_archive_does_not_list_is_named_on_the_card(
    network: DirectNetwork, open_viewer: Open
) -> None:
    network.backend.archive.hold_series(CT, 20)
    del network.backend.archive.instances[CT][9]
    viewer = open_viewer()
    await settle(60)
    await fire(viewer.loading._rewish)
    await settle(300)
    (card,) = viewer.rail.cards
    assert (card.received, card.expected, card.complete) == (19, 19, False)
    assert card.warning == "1 missing in between."
