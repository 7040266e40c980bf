"""ImageLoader: what is fetched, decoded, told, kept and tried again."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable

import pytest

from desktop_app.core.errors import (
    CannotDecode,
    DamagedDicom,
    DicomError,
    Interrupted,
    LightboxError,
    NotFound,
    ServerFailed,
    Unreachable,
)
from desktop_app.core.frame_ref import FrameRef
from desktop_app.services import image_loader, last_resort
from desktop_app.services.decoder import Urgency
from desktop_app.services.fetch_queue import Progress
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader, Presence
from desktop_app.services.lane_limit import LaneLimit
from tests.unit.services.fake_clock import FakeClock, settle
from tests.unit.services.images import FRAME_BYTES, FakeArchive, ThreadlessDecoder, image, ref, refs

STORE = "https://archive"


class Bench:
    """A loader with an archive and a decoder of the test's own."""

    def __init__(self, budget: int, lanes: int) -> None:
        self.archive, self.decoder, self.clock = FakeArchive(), ThreadlessDecoder(), FakeClock()
        self.frames = FrameCache(budget)
        self.loader = ImageLoader(
            STORE, self.archive, self.decoder, self.frames,                     # type: ignore[arg-type]
            lanes=LaneLimit(start=lanes, ceiling=lanes), clock=self.clock,
        )
        self.news: dict[str, list[tuple[str, str]]] = {}
        self._listeners: list[asyncio.Task[None]] = []

    def has(self, *wanted: FrameRef) -> list[bool]:
        return [(STORE, one) in self.frames for one in wanted]

    async def listen(self, owner: str) -> list[tuple[str, str]]:
        heard = self.news[owner] = []

        async def follow() -> None:
            async for arrival in self.loader.arrivals(owner):
                number = arrival.ref.sop_instance_uid.rpartition(".")[2]
                heard.append((f"{number}/{arrival.ref.frame_number}", arrival.presence.name))

        self._listeners.append(asyncio.ensure_future(follow()))
        await settle()
        return heard

    async def close(self) -> None:
        self.archive.gate.open = self.decoder.gate.open = True
        await self.loader.close()
        await settle()
        assert all(task.done() for task in self._listeners), "a listener did not end"
        await asyncio.gather(*self._listeners)


Make = Callable[..., Bench]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    made: list[Bench] = []

    def build(budget: int = 10_000_000, lanes: int = 4) -> Bench:
        made.append(Bench(budget, lanes))
        return made[-1]

    unhandled: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context["message"]))
    before = asyncio.all_tasks()
    yield build
    for bench in made:
        await bench.close()
    await settle()
    assert asyncio.all_tasks() - before <= {asyncio.current_task()}
    gc.collect()
    await settle()
    assert unhandled == []


# ------------------------------------------------------------------------------------------------------------ demand

async def test_a_frame_is_fetched_decoded_and_kept(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1))
    frame = await bench.loader.frame(ref(1))
    assert frame.pixels[0, 0] == 1
    assert frame.ref == ref(1)
    assert await bench.loader.frame(ref(1)) is frame
    assert bench.archive.asked == [ref(1).sop_instance_uid]
    assert bench.loader.cached(ref(1)) is frame


async def test_the_frame_carries_the_name_it_was_asked_by(make: Make) -> None:
    """An archive may have moved the object to another study than its file says."""
    bench = make()
    moved = FrameRef("1.9", "1.9.1", ref(1).sop_instance_uid)
    bench.archive.hold(ref(1))
    assert (await bench.loader.frame(moved)).ref == moved


async def test_the_queue_hears_how_many_bytes_are_to_come(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nearly done is let through when someone looks elsewhere: the queue must know the size for that."""
    seen: list[tuple[int, int]] = []
    expect = Progress.expect

    def told(progress: Progress, nbytes: int) -> None:
        expect(progress, nbytes)
        seen.append((progress.received, progress.expected))

    monkeypatch.setattr(Progress, "expect", told)
    bench = make()
    bench.archive.hold(ref(1))
    await bench.loader.frame(ref(1))
    assert seen == [(0, len(bench.archive.objects[ref(1).sop_instance_uid]))]


async def test_two_who_look_at_the_same_share_one_fetch_and_one_decode(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1))
    bench.archive.gate.open = bench.decoder.gate.open = False
    first, second = (asyncio.ensure_future(bench.loader.frame(ref(1))) for _ in range(2))
    await settle()
    await bench.archive.gate.let(ref(1).sop_instance_uid)
    third = asyncio.ensure_future(bench.loader.frame(ref(1)))
    await settle()
    await bench.decoder.gate.let(ref(1))
    assert await first is await second is await third
    assert bench.decoder.gate.came == [ref(1)]


async def test_one_who_leaves_during_the_decode_does_not_take_it_from_the_other(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1))
    bench.decoder.gate.open = False
    first, second = (asyncio.ensure_future(bench.loader.frame(ref(1))) for _ in range(2))
    await settle()
    first.cancel()
    await settle()
    await bench.decoder.gate.let(ref(1))
    assert (await second).ref == ref(1)


async def test_visible_work_is_the_most_urgent(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1), ref(2))
    await bench.loader.frame(ref(1))
    assert bench.decoder.urgencies == [("open_object", Urgency.VISIBLE), ("decode_shown", Urgency.VISIBLE)]
    bench.decoder.urgencies.clear()
    bench.loader.wish("v", refs(2))
    await settle()
    assert bench.decoder.urgencies == [("open_object", Urgency.OPENING), ("decode_shown", Urgency.LATER)]


async def test_only_one_frame_of_many_is_decoded_for_a_demand(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1), frames=20)
    frame = await bench.loader.frame(ref(1, 7))
    assert frame.pixels[0, 0] == 7
    assert bench.decoder.gate.came == [ref(1, 7)]


async def test_a_frame_decoded_and_pushed_out_before_the_waiter_looks(make: Make) -> None:
    """No room at all: the one who waits gets the frame all the same."""
    bench = make(budget=0)
    bench.archive.hold(ref(1))
    assert (await bench.loader.frame(ref(1))).ref == ref(1)
    assert bench.frames.nbytes == 0


# ------------------------------------------------------------------------------------------------------------ wishes

async def test_wishes_arrive_and_are_told(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2, 3))
    heard = await bench.listen("v")
    bench.loader.wish("v", refs(1, 2, 3))
    await settle(60)
    assert sorted(heard) == [("1/1", "HERE"), ("2/1", "HERE"), ("3/1", "HERE")]
    assert len(bench.loader._objects) == 0                          # encoded and decoded: not in memory twice


async def test_what_is_here_already_is_told_and_not_fetched(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2))
    await bench.loader.frame(ref(1))
    bench.loader.wish("v", refs(1, 2))
    heard = await bench.listen("v")                             # listening may begin later
    await settle(60)
    assert heard == [("1/1", "HERE"), ("2/1", "HERE")]
    assert bench.archive.asked == [ref(1).sop_instance_uid, ref(2).sop_instance_uid]


async def test_who_listens_again_hears_all_from_the_beginning(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2))
    bench.loader.wish("v", refs(1, 2, 3))
    first = await bench.listen("v")
    await settle(60)
    second = await bench.listen("v")
    assert sorted(second) == sorted(first)
    assert ("3/1", "FAILED") in second
    bench.loader.wish("v", refs(1, 2, 3, 4))
    bench.archive.hold(ref(4))
    await settle(60)
    assert ("4/1", "HERE") not in first                         # the one before has ended


async def test_nothing_is_told_twice(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2))
    heard = await bench.listen("v")
    for _ in range(5):
        bench.loader.wish("v", refs(2, 1))
        await settle(60)
    assert len(heard) == 2


async def test_decoding_follows_the_wishes(make: Make) -> None:
    bench = make(lanes=8)
    bench.archive.hold(*refs(*range(8)))
    bench.decoder.gate.open = False
    bench.loader.wish("v", refs(*range(8)))
    await settle(60)
    assert bench.decoder.gate.came == refs(0, 1, 2)             # as many as there are threads, and one
    bench.loader.wish("v", refs(7, 6, 5, 4, 3, 2, 1, 0))
    await bench.decoder.gate.let(ref(0), ref(1))
    assert bench.decoder.gate.came == refs(0, 1, 2, 7, 6)
    while bench.decoder.gate.waiting:
        await bench.decoder.gate.let(next(iter(bench.decoder.gate.waiting)))
    assert bench.has(*refs(*range(8))) == [True] * 8


async def test_fetching_waits_for_decoding(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make(lanes=2)
    size = len(image(ref(1)))
    monkeypatch.setattr(image_loader, "BACKLOG_BYTES", 5 * size)
    bench.archive.hold(*refs(*range(40)))
    bench.decoder.gate.open = False
    bench.loader.wish("v", refs(*range(40)))
    await settle(300)
    assert 8 <= len(bench.archive.asked) <= 12
    for _ in range(40):
        await bench.decoder.gate.let(next(iter(bench.decoder.gate.waiting)))
        await settle(60)
        assert len(bench.loader._objects) <= 12
    assert all(bench.has(*refs(*range(40))))


async def test_a_multi_frame_object_stays_until_its_frames_are_here(make: Make) -> None:
    bench = make()
    bench.archive.hold(ref(1), frames=5)
    heard = await bench.listen("v")
    bench.loader.wish("v", [ref(1, number) for number in (3, 4, 2, 5, 1)])
    await settle(100)
    assert [name for name, _ in heard] == ["1/3", "1/4", "1/2", "1/5", "1/1"]
    assert len(bench.archive.asked) == 1
    assert len(bench.loader._objects) == 0
    assert bench.loader._objects.nbytes == 0


async def test_an_object_larger_than_memory_is_fetched_once(make: Make) -> None:
    bench = make(budget=10 * FRAME_BYTES)
    bench.archive.hold(ref(1), frames=50)
    for index in range(1, 40):
        order = sorted(range(1, 51), key=lambda number: abs(number - index))
        bench.loader.wish("v", [ref(1, number) for number in order])
        assert (await bench.loader.frame(ref(1, index))).pixels[0, 0] == index
        await settle(60)
        assert bench.frames.nbytes <= 10 * FRAME_BYTES
    assert len(bench.archive.asked) == 1
    bench.loader.forget("v")
    assert len(bench.loader._objects) == 0


async def test_encoded_objects_keep_within_their_budget(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make(budget=3 * FRAME_BYTES)
    bench.archive.hold(*refs(1, 2, 3), frames=10)
    monkeypatch.setattr(image_loader, "OBJECT_BUDGET_BYTES", 2 * len(image(ref(1), 10)))
    bench.loader.wish("v", [ref(number, frame) for number in (1, 2, 3) for frame in range(1, 11)])
    for number in (1, 2, 3):
        await bench.loader.frame(ref(number, 9))
        await settle(60)
    assert len(bench.loader._objects) == 2


# ------------------------------------------------------------------------------------------------------------ memory

async def test_a_wish_list_larger_than_memory_is_followed_as_far_as_there_is_room(make: Make) -> None:
    bench = make(budget=20 * FRAME_BYTES)
    bench.archive.hold(*refs(*range(100)))
    heard = await bench.listen("v")
    await bench.loader.frame(ref(0))                            # the size of a frame is known from here on
    bench.loader.wish("v", refs(*range(100)))
    await settle(500)
    assert 18 <= len(bench.archive.asked) <= 20
    assert all(bench.has(*refs(*range(18))))
    assert [presence for _, presence in heard] == ["HERE"] * len(bench.archive.asked)
    for _ in range(5):                                          # and stays so
        bench.loader.wish("v", refs(*range(100)))
        await settle(100)
    assert len(bench.archive.asked) <= 20


async def test_the_first_frame_tells_how_much_room_there_is(make: Make) -> None:
    """Before it, 512 kB are guessed: with small frames nothing more would be fetched."""
    bench = make(budget=20 * FRAME_BYTES)
    bench.archive.hold(*refs(*range(100)))
    bench.decoder.gate.open = False
    bench.loader.wish("v", refs(*range(100)))
    await settle(100)
    assert len(bench.archive.asked) == 1
    bench.decoder.gate.open = True
    await bench.decoder.gate.let(ref(0))
    await settle(500)
    assert 18 <= len(bench.archive.asked) <= 20


async def test_what_is_pushed_out_is_told(make: Make) -> None:
    bench = make(budget=4 * FRAME_BYTES)
    bench.archive.hold(*refs(*range(20)))
    await bench.loader.frame(ref(0))
    heard = await bench.listen("v")
    bench.loader.wish("v", refs(0, 1, 2))
    await settle(100)
    bench.loader.wish("v", refs(10, 11, 12, 0, 1, 2))
    await settle(200)
    assert all(bench.has(*refs(10, 11, 12)))
    gone = [name for name, presence in heard if presence == "GONE"]
    assert gone == ["2/1", "1/1"]


# ----------------------------------------------------------------------------------------------------------- failures

async def test_a_damaged_image_is_told_and_not_fetched_again_with_every_scroll(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2))
    bench.archive.objects[ref(2).sop_instance_uid] = image(ref(2), pixels=False)
    bench.archive.objects[ref(3).sop_instance_uid] = b"no DICOM at all" * 20
    heard = await bench.listen("v")
    for _ in range(5):
        bench.loader.wish("v", refs(1, 2, 3))
        await settle(60)
    assert sorted(heard) == [("1/1", "HERE"), ("2/1", "FAILED"), ("3/1", "FAILED")]
    assert len(bench.archive.asked) == 3
    for number in (2, 3):
        with pytest.raises(DicomError):
            await bench.loader.frame(ref(number))
    assert len(bench.archive.asked) == 3                        # the same bytes would not be better


async def test_trying_again_fetches_anew(make: Make) -> None:
    bench = make()
    bench.archive.objects[ref(1).sop_instance_uid] = image(ref(1))[:-FRAME_BYTES]
    heard = await bench.listen("v")
    bench.loader.wish("v", refs(1))
    await settle(60)
    with pytest.raises(DamagedDicom):
        await bench.loader.frame(ref(1))
    bench.archive.hold(ref(1))
    assert (await bench.loader.frame(ref(1), again=True)).ref == ref(1)
    await settle()
    assert heard == [("1/1", "FAILED"), ("1/1", "HERE")]


async def test_what_the_archive_lacks_is_not_asked_for_with_every_scroll(make: Make) -> None:
    bench = make()
    bench.archive.gate.open = False
    bench.loader.wish("v", refs(1))
    heard = await bench.listen("v")
    await bench.archive.gate.let(ref(1).sop_instance_uid, error=NotFound(status=404))
    for _ in range(5):
        bench.loader.wish("v", refs(1))
        await settle()
    assert len(bench.archive.asked) == 1
    assert heard == [("1/1", "FAILED")]
    bench.archive.gate.open = True
    bench.archive.hold(ref(1))
    await bench.loader.frame(ref(1))                            # who looks at it, asks once more
    await settle()
    assert heard == [("1/1", "FAILED"), ("1/1", "HERE")]


async def test_a_study_opened_again_gets_another_chance(make: Make) -> None:
    bench = make()
    bench.archive.objects[ref(1).sop_instance_uid] = image(ref(1), pixels=False)
    bench.loader.wish("v", refs(1))
    await settle(60)
    bench.loader.forget("v")
    bench.archive.hold(ref(1))
    bench.loader.wish("w", refs(1))
    await settle(60)
    assert bench.has(ref(1)) == [True]


async def test_the_wrong_instance_is_never_shown(make: Make) -> None:
    bench = make()
    bench.archive.objects[ref(1).sop_instance_uid] = image(ref(2))
    bench.loader.wish("v", refs(1))
    heard = await bench.listen("v")
    await bench.clock.advance(30)
    assert ("1/1", "FAILED") in heard
    assert bench.has(*refs(1, 2)) == [False, False]
    task = asyncio.ensure_future(bench.loader.frame(ref(1)))
    await bench.clock.advance(100)
    with pytest.raises(ServerFailed, match="another object"):
        await task
    bench.archive.hold(ref(1))                                  # it heals when the cause is gone
    await bench.clock.advance(100)
    assert bench.has(ref(1)) == [True]


async def test_away_and_back(make: Make) -> None:
    bench = make(lanes=2)
    bench.archive.hold(*refs(1, 2, 3))
    bench.archive.gate.open = False
    heard = await bench.listen("v")
    bench.loader.wish("v", refs(1, 2, 3))
    await settle()
    for name in list(bench.archive.gate.waiting):
        await bench.archive.gate.let(name, error=Unreachable())
    assert bench.loader.status.trouble
    assert heard == []                                          # not missing: not here yet
    bench.archive.gate.open = True
    await bench.clock.advance(30)
    assert sorted(heard) == [("1/1", "HERE"), ("2/1", "HERE"), ("3/1", "HERE")]


async def test_what_nobody_expected_gets_a_sentence(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make()
    bench.archive.hold(ref(1))

    def decode_shown(dicom_object: object, of: FrameRef) -> None:
        raise MemoryError

    monkeypatch.setattr(last_resort, "decode_shown", decode_shown)
    with pytest.raises(LightboxError, match="memory"):
        await bench.loader.frame(ref(1))


async def test_a_codec_that_fails_is_told_with_its_reason(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make()
    bench.archive.hold(ref(1))

    def decode_shown(dicom_object: object, of: FrameRef) -> None:
        raise CannotDecode

    monkeypatch.setattr(last_resort, "decode_shown", decode_shown)
    bench.loader.wish("v", refs(1))
    await settle(60)
    arrivals = bench.loader.arrivals("v")
    arrival = await anext(arrivals)
    await arrivals.aclose()                                     # type: ignore[attr-defined]
    assert arrival.presence is Presence.FAILED
    assert isinstance(arrival.error, CannotDecode)


# ------------------------------------------------------------------------------------------------------------- ending

async def test_a_closed_study_costs_nothing_any_more(make: Make) -> None:
    bench = make(lanes=2)
    bench.archive.hold(*refs(*range(10)))
    bench.archive.gate.open = False
    await bench.listen("v")
    bench.loader.wish("v", refs(*range(10)))
    await settle()
    assert len(bench.archive.gate.waiting) == 2
    bench.loader.forget("v")
    await settle()
    assert bench.archive.gate.waiting == {}
    assert bench.loader._owners == {}
    assert bench.loader.status.waiting == 0


async def test_closing_tells_everyone_who_waits(make: Make) -> None:
    bench = make()
    bench.archive.hold(*refs(1, 2))
    bench.archive.gate.open = bench.decoder.gate.open = False
    heard = await bench.listen("v")
    fetching = asyncio.ensure_future(bench.loader.frame(ref(1)))
    decoding = asyncio.ensure_future(bench.loader.frame(ref(2)))
    await settle()
    await bench.archive.gate.let(ref(2).sop_instance_uid)
    await bench.loader.close()
    for task in (fetching, decoding):
        with pytest.raises(Interrupted):
            await task
    assert heard == []


async def test_thousands_of_wishes_are_planned_in_linear_time(make: Make) -> None:
    """A list and its replacement look at every frame a few times, not at every pair."""
    bench = make(budget=10**12)
    counted = 0
    hashed = FrameRef.__hash__

    def count(self: FrameRef) -> int:
        nonlocal counted
        counted += 1
        return hashed(self)

    wanted = refs(*range(4000))
    bench.archive.gate.open = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FrameRef, "__hash__", count)
        bench.loader.wish("v", wanted)
        bench.loader.wish("v", wanted[::-1])
    assert counted < 2 * 10 * len(wanted)
