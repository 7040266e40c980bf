"""FetchQueue with gates and a clock that stands."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from itertools import pairwise

import pytest

from desktop_app.core.errors import (
    Interrupted,
    LightboxError,
    NotFound,
    ServerFailed,
    SignInNeeded,
    TimedOut,
    TooBusy,
    Unreachable,
)
from desktop_app.services.fetch_queue import FetchQueue, Progress
from desktop_app.services.lane_limit import LaneLimit
from tests.unit.services.fake_clock import FakeClock, settle

MB = 1_000_000


class Source:
    """What is fetched, and when each fetch ends: by the test's hand."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.cancelled: list[str] = []
        self.progress: dict[str, Progress] = {}
        self._gates: dict[str, asyncio.Future[None]] = {}

    async def fetch(self, key: str, progress: Progress) -> None:
        self.begun.append(key)
        self.progress[key] = progress
        gate = self._gates[key] = asyncio.get_running_loop().create_future()
        try:
            await gate
        except asyncio.CancelledError:
            self.cancelled.append(key)
            raise
        finally:
            self.ended.append(key)

    @property
    def running(self) -> list[str]:
        return [key for key, gate in self._gates.items() if not gate.done()]

    async def finish(self, *keys: str, nbytes: int = MB) -> None:
        for key in keys:
            progress = self.progress[key]
            progress.add(nbytes - progress.received)
            self._gates[key].set_result(None)
            await settle()

    async def fail(self, key: str, error: BaseException) -> None:
        self._gates[key].set_exception(error)
        await settle()


class Bench:
    """A queue, its source and its clock."""

    def __init__(self, lanes: int) -> None:
        self.source, self.clock = Source(), FakeClock()
        self.failed: list[tuple[str, LightboxError, bool]] = []
        self.room = True
        self.limit = LaneLimit(start=lanes, floor=1, ceiling=lanes)
        self.queue: FetchQueue[str] = FetchQueue(
            self.source.fetch, self.limit, on_failed=lambda *news: self.failed.append(news),
            may_begin=lambda: self.room, clock=self.clock, chance=lambda: 0.0,
        )

    async def know_the_rate(self, bytes_per_s: float, size: int = MB) -> None:
        """Carries a few keys, so that the queue knows how fast the line is and how large things are."""
        self.queue.wish("warm-up", [f"warm-{number}" for number in range(8)])
        await settle()
        for number in range(8):
            self.clock.now += size / bytes_per_s
            await self.source.finish(f"warm-{number}", nbytes=size)
        self.source.begun.clear()
        self.source.cancelled.clear()


@pytest.fixture
async def make() -> AsyncIterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build(lanes: int = 2) -> Bench:
        made.append(Bench(lanes))
        return made[-1]

    unhandled: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context["message"]))
    yield build
    for bench in made:
        await bench.queue.close()
        assert bench.clock.waiting == 0
        assert bench.source.running == []
    gc.collect()
    await settle()
    assert unhandled == []


Make = Callable[..., Bench]


async def wait_for(bench: Bench, key: str, **options: bool) -> asyncio.Task[None]:
    task = asyncio.ensure_future(bench.queue.demand(key, **options))
    await settle()
    return task


# ------------------------------------------------------------------------------------------------------------ wishes

async def test_wishes_come_in_their_order_within_the_lanes(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", ["1", "2", "3"])
    await settle()
    assert bench.source.begun == ["1", "2"]
    await bench.source.finish("2")
    assert bench.source.begun == ["1", "2", "3"]
    assert bench.queue.status.waiting == 2


async def test_a_new_list_replaces_order_and_cancels_what_nobody_wants(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", ["1", "2", "3", "4"])
    await settle()
    bench.queue.wish("a", ["4", "2"])
    await settle()
    assert bench.source.cancelled == ["1"]
    assert bench.source.running == ["2", "4"]
    assert bench.source.begun == ["1", "2", "4"]                # 2 went on: never fetched twice


async def test_what_another_owner_wants_too_is_not_cancelled(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", ["1"])
    bench.queue.wish("b", ["1"])
    await settle()
    bench.queue.forget("a")
    await settle()
    assert bench.source.begun == ["1"]
    assert bench.source.running == ["1"]
    bench.queue.forget("b")
    await settle()
    assert bench.source.cancelled == ["1"]


async def test_owners_take_turns_the_first_one_first(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("b", ["b1", "b2", "b3"])
    bench.queue.wish("a", ["a1", "a2", "a3"], first=True)
    await settle()
    for _ in range(5):
        await bench.source.finish(bench.source.running[0])
    assert bench.source.begun == ["b1", "a1", "b2", "a2", "b3", "a3"]


async def test_a_key_cancelled_and_wished_again_is_fetched(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1"])
    await settle()
    bench.queue.wish("a", [])
    bench.queue.wish("a", ["1"])
    await settle()
    assert bench.source.running == ["1"]
    await bench.source.finish("1")
    assert bench.queue.status.waiting == 0


async def test_background_waits_for_room(make: Make) -> None:
    bench = make(lanes=2)
    bench.room = False
    bench.queue.wish("a", ["1", "2"])
    await settle()
    assert bench.source.begun == []
    task = await wait_for(bench, "2")
    assert bench.source.begun == ["2"]                          # what someone looks at does not
    await bench.source.finish("2")
    await task
    bench.room = True
    bench.queue.go_on()
    await settle()
    assert bench.source.begun == ["2", "1"]


# ------------------------------------------------------------------------------------------------------------ demand

async def test_demand_goes_first_beyond_the_lanes(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1", "2"])
    await settle()
    task = await wait_for(bench, "9")
    assert bench.source.begun == ["1", "9"]
    await bench.source.finish("9")
    await task


async def test_demand_joins_what_is_in_flight(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1"])
    await settle()
    first, second = await wait_for(bench, "1"), await wait_for(bench, "1")
    await bench.source.finish("1")
    await asyncio.gather(first, second)
    assert bench.source.begun == ["1"]


async def test_a_demand_that_goes_leaves_the_others_waiting(make: Make) -> None:
    bench = make(lanes=1)
    first, second = await wait_for(bench, "1"), await wait_for(bench, "1")
    first.cancel()
    await settle()
    assert bench.source.cancelled == []
    await bench.source.finish("1")
    await second
    assert first.cancelled()


async def test_the_last_demand_that_goes_takes_its_transfer_along(make: Make) -> None:
    bench = make(lanes=1)
    task = await wait_for(bench, "1")
    task.cancel()
    await settle()
    assert bench.source.cancelled == ["1"]


async def test_a_demand_that_goes_leaves_a_wish_in_flight(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1"])
    await settle()
    task = await wait_for(bench, "1")
    task.cancel()
    await settle()
    assert bench.source.running == ["1"]
    assert bench.source.cancelled == []


async def test_demand_of_a_key_whose_transfer_was_just_cancelled(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1"])
    await settle()
    bench.queue.wish("a", [])                                   # cancelled, but not ended yet
    task = asyncio.ensure_future(bench.queue.demand("1"))
    await settle()
    assert bench.source.begun == ["1", "1"]
    await bench.source.finish("1")
    await task


async def test_demand_clears_the_line(make: Make) -> None:
    bench = make(lanes=4)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    bench.queue.wish("a", ["1", "2", "3", "4", "5"])
    await settle()
    bench.source.progress["2"].add(int(0.95 * MB))              # nearly done
    task = await wait_for(bench, "9")
    assert sorted(bench.source.cancelled) == ["1", "3", "4"]
    assert sorted(bench.source.running) == ["2", "9"]
    await bench.source.finish("2")
    assert bench.source.running == ["9"]                        # nothing begins beside it
    await bench.source.finish("9")
    await task
    assert bench.source.running == ["1", "3", "4", "5"]         # they stayed wishes, in their order


async def test_a_fast_line_is_not_cleared(make: Make) -> None:
    bench = make(lanes=4)
    await bench.know_the_rate(bytes_per_s=1e9)
    bench.queue.wish("a", ["1", "2", "3", "4"])
    await settle()
    task = await wait_for(bench, "9")
    assert bench.source.cancelled == []
    task.cancel()
    await settle()


async def test_what_is_expected_counts_when_it_is_known(make: Make) -> None:
    bench = make(lanes=2)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    bench.queue.wish("a", ["small", "large"])
    await settle()
    bench.source.progress["small"].expect(1000)
    bench.source.progress["large"].expect(50 * MB)
    task = await wait_for(bench, "9")
    assert bench.source.cancelled == ["large"]
    task.cancel()
    await settle()


async def test_a_fast_scroll_lets_the_latest_pictures_through(make: Make) -> None:
    bench = make(lanes=4)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    slices = [str(number) for number in range(9)]
    bench.queue.wish("a", slices)
    await settle()
    task = None
    for number in range(6):                                     # one demand replaces the other, as a wheel does
        if task is not None:
            task.cancel()
            await settle()
        bench.clock.now += 0.016
        task = await wait_for(bench, slices[number])
        bench.queue.wish("a", slices[number:] + slices[:number])
        await settle()
    assert {"3", "4", "5"} <= set(bench.source.running)
    assert not {"0", "1"} & set(bench.source.running)
    assert len(bench.source.running) <= 5
    assert task is not None
    task.cancel()
    await settle()


async def test_what_lies_ahead_of_a_scroll_is_on_its_way_too(make: Make) -> None:
    bench = make(lanes=8)
    await bench.know_the_rate(bytes_per_s=25e6)
    slices = [str(number) for number in range(40)]
    task = await wait_for(bench, "0")
    bench.queue.wish("a", slices)
    await settle()
    assert bench.source.running == ["0"]                        # a single look has the line for itself
    for number in range(1, 6):
        task.cancel()
        bench.clock.now += 0.05
        task = await wait_for(bench, slices[number])
        bench.queue.wish("a", slices[number:])
        await settle()
    assert bench.source.running == ["5", "6", "7"]              # what the line carries in 0.15 s, no more
    bench.clock.now += 0.05
    begun = len(bench.source.begun)
    task.cancel()
    task = await wait_for(bench, "6")
    assert len(bench.source.begun) == begun                     # joined, nothing was cancelled for it
    task.cancel()
    await settle()


async def test_nothing_begins_between_two_looks(make: Make) -> None:
    bench = make(lanes=8)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    task = await wait_for(bench, "far")
    bench.queue.wish("a", [str(number) for number in range(20)])
    task.cancel()
    await settle()
    assert bench.source.begun == ["far"]
    task = await wait_for(bench, "farther")
    assert bench.source.cancelled == ["far"]
    task.cancel()
    await bench.clock.advance(0.2)
    assert len(bench.source.running) == 8                       # nobody looks at anything: the line is free


async def test_a_slow_demand_does_not_hold_the_line_for_ever(make: Make) -> None:
    bench = make(lanes=2)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    task = await wait_for(bench, "9")
    bench.queue.wish("a", ["1"])
    await settle()
    assert bench.source.begun == ["9"]
    await bench.clock.advance(5.0)
    assert bench.source.begun == ["9", "1"]
    task.cancel()
    await settle()


async def test_a_quiet_demand_begins_at_once_and_disturbs_nobody(make: Make) -> None:
    bench = make(lanes=2)
    await bench.know_the_rate(bytes_per_s=12.5e6)
    bench.queue.wish("a", ["1", "2", "3"])
    await settle()
    task = await wait_for(bench, "thumbnail", pressing=False)
    assert bench.source.running == ["1", "2", "thumbnail"]
    assert bench.source.cancelled == []
    assert not bench.queue.is_demanded("thumbnail")
    await bench.source.finish("1", "2")
    assert bench.source.running == ["thumbnail", "3"]
    await bench.source.finish("thumbnail")
    await task


async def test_close_ends_everything_and_says_so(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", ["1", "2", "3"])
    task = await wait_for(bench, "1")
    await bench.queue.close()
    assert bench.source.running == []
    with pytest.raises(Interrupted):
        await task
    with pytest.raises(Interrupted):
        await bench.queue.demand("2")
    assert bench.source.begun == ["1", "2"]


# ----------------------------------------------------------------------------------------------------------- healing

async def test_an_answer_is_an_answer(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["1", "2"])
    await settle()
    await bench.source.fail("1", NotFound(status=404))
    await bench.clock.advance(600)
    assert bench.source.begun == ["1", "2"]                     # not asked for again, the others go on
    assert [(key, final) for key, _, final in bench.failed] == [("1", True)]


async def test_one_bad_key_does_not_hold_the_others_up(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["bad", "2", "3", "4"])
    await settle()
    await bench.source.fail("bad", ServerFailed(status=500))
    assert bench.source.running == ["2"]
    await bench.source.finish("2", "3", "4")
    assert bench.source.running == []
    await bench.clock.advance(1.5)
    assert bench.source.running == ["bad"]                      # again, after a pause of its own
    assert bench.failed == []
    await bench.source.finish("bad")
    assert bench.queue.status.waiting == 0
    assert bench.queue.status.retries == 1


async def test_a_key_that_keeps_failing_is_named_but_not_given_up(make: Make) -> None:
    bench = make(lanes=1)
    bench.queue.wish("a", ["bad"])
    times = []
    for _ in range(9):
        while not bench.source.running:
            await bench.clock.advance(0.5)
        times.append(bench.clock.now)
        await bench.source.fail("bad", Interrupted())
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses == sorted(pauses)
    assert pauses[0] >= 1.0
    assert pauses[-1] <= 61.0
    assert [(key, final) for key, _, final in bench.failed] == [("bad", False)]     # told once


async def test_the_archive_away_and_back(make: Make) -> None:
    bench = make(lanes=8)
    bench.queue.wish("a", [str(number) for number in range(20)])
    await settle()
    for key in list(bench.source.running):
        await bench.source.fail(key, Unreachable())
    assert bench.source.running == []
    assert bench.queue.status.trouble == Unreachable().user_text
    await bench.clock.advance(1.1)
    assert bench.source.running == ["8"]                        # one goes ahead, and not one that failed
    assert len(bench.source.begun) == 9
    await bench.source.fail("8", Unreachable())
    await bench.clock.advance(1.5)
    assert bench.source.running == []                           # the pause grows …
    for _ in range(10):
        await bench.clock.advance(20)                           # … up to a limit
        assert len(bench.source.running) == 1
        await bench.source.fail(bench.source.running[0], Unreachable())
    await bench.clock.advance(20)
    await bench.source.finish(bench.source.running[0])          # it is back
    assert bench.queue.status.trouble == ""
    assert len(bench.source.running) == 8
    while bench.source.running:
        await bench.source.finish(*bench.source.running)
        await bench.clock.advance(60)
    assert bench.queue.status.waiting == 0


async def test_a_demand_looks_for_itself_whether_the_archive_is_back(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", ["1", "2", "3"])
    await settle()
    await bench.source.fail("1", Unreachable())
    await bench.source.fail("2", Unreachable())
    bench.clock.now += 0.1
    task = await wait_for(bench, "3")
    assert bench.source.running == ["3"]
    bench.clock.now += 0.1
    await bench.source.finish("3")
    await task
    await bench.clock.advance(3.1)
    assert sorted(bench.source.running) == ["1", "2"]


async def test_a_demand_hears_at_once_that_the_archive_is_away(make: Make) -> None:
    bench = make()
    task = await wait_for(bench, "1")
    await bench.source.fail("1", Unreachable())
    with pytest.raises(Unreachable):
        await task
    await bench.clock.advance(600)
    assert bench.source.begun == ["1"]                          # nobody wants it any more


async def test_who_looks_again_need_not_wait(make: Make) -> None:
    bench = make()
    bench.queue.wish("a", ["1"])
    task = await wait_for(bench, "1")
    await bench.source.fail("1", Unreachable())
    with pytest.raises(Unreachable):
        await task
    again = await wait_for(bench, "1")
    assert bench.source.begun == ["1", "1"]
    await bench.source.finish("1")
    await again


async def test_a_demand_survives_a_cut(make: Make) -> None:
    bench = make()
    task = await wait_for(bench, "1")
    await bench.source.fail("1", Interrupted())
    assert not task.done()
    await bench.clock.advance(0.5)
    assert bench.source.begun == ["1", "1"]
    await bench.source.finish("1")
    await task


async def test_a_demand_gives_up_after_some_cuts_and_heals_as_a_wish(make: Make) -> None:
    bench = make()
    bench.queue.wish("a", ["1"])
    task = await wait_for(bench, "1")
    for _ in range(3):
        await bench.source.fail("1", ServerFailed(status=500))
        await bench.clock.advance(1.0)
    with pytest.raises(ServerFailed):
        await task
    assert [final for _, _, final in bench.failed] == [False]
    await bench.clock.advance(60)
    assert bench.source.running == ["1"]
    await bench.source.finish("1")
    assert bench.queue.status.waiting == 0


async def test_retry_after_is_kept_by_everyone(make: Make) -> None:
    bench = make(lanes=2)
    bench.limit = LaneLimit(start=8)
    bench.queue.wish("a", ["1", "2", "3"])
    await settle()
    await bench.source.fail("1", TooBusy(status=429, retry_after_s=4))
    await bench.source.finish("2")                              # had begun before: says nothing
    task = await wait_for(bench, "9")
    await bench.clock.advance(3.9)
    assert bench.source.begun == ["1", "2"]
    await bench.clock.advance(0.2)
    assert bench.source.begun[2:] == ["9"]
    await bench.source.finish("9")
    await task
    assert len(bench.source.running) > 0


async def test_a_demand_does_not_wait_for_a_long_retry_after(make: Make) -> None:
    bench = make()
    task = await wait_for(bench, "1")
    await bench.source.fail("1", TooBusy(status=503, retry_after_s=60))
    with pytest.raises(TooBusy):
        await task


async def test_trouble_halves_the_lanes(make: Make) -> None:
    bench = make(lanes=8)
    bench.queue.wish("a", [str(number) for number in range(8)])
    await settle()
    bench.clock.now += 1
    for key in "01234567":
        await bench.source.fail(key, TimedOut())
    assert bench.queue.status.limit == 4


async def test_nothing_more_is_asked_without_a_sign_in(make: Make) -> None:
    bench = make(lanes=2)
    bench.queue.wish("a", [str(number) for number in range(10)])
    await settle()
    await bench.source.fail("0", SignInNeeded(status=401))
    await bench.source.fail("1", SignInNeeded(status=401))
    await bench.clock.advance(600)
    assert bench.source.begun == ["0", "1"]
    assert bench.queue.status.trouble == SignInNeeded().user_text
    task = await wait_for(bench, "5")                           # who looks, asks
    await bench.source.finish("5")
    await task
    assert len(bench.source.running) == 2


async def test_a_programming_error_is_told_as_one_of_ours(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    bench = make()
    bench.queue.wish("a", ["1"])
    task = await wait_for(bench, "1")
    await bench.source.fail("1", KeyError("oops"))
    with pytest.raises(LightboxError):
        await task
    assert [final for _, _, final in bench.failed] == [True]
    assert "unexpectedly" in caplog.text


async def test_a_fetch_cancelled_from_below_is_not_begun_again_at_once(make: Make) -> None:
    bench = make()
    bench.queue.wish("a", ["1"])
    await settle()
    bench.source._gates["1"].cancel()
    await settle()
    assert bench.source.begun == ["1"]
    await bench.clock.advance(1.5)
    assert bench.source.begun == ["1", "1"]


async def test_the_error_of_a_demand_that_left_is_no_noise(make: Make) -> None:
    bench = make()
    task = await wait_for(bench, "1")
    bench.source._gates["1"].set_exception(NotFound(status=404))
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await settle()


async def test_thousands_of_wishes_and_their_replacement_are_cheap(make: Make) -> None:
    """Counts comparisons of keys, not seconds."""
    class Key(str):  # noqa: SLOT000
        compared = 0

        def __eq__(self, other: object) -> bool:
            Key.compared += 1
            return str.__eq__(self, str(other))

        __hash__ = str.__hash__

    bench = make(lanes=4)
    bench.queue.wish("a", [Key(number) for number in range(4_000)])
    for number in range(20):
        bench.queue.wish("a", [Key((i + number) % 10_000) for i in range(4_000)])
        await settle(3)
    assert Key.compared < 20 * 100
