"""Decode threads: what overtakes what, and what becomes of work nobody waits for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from desktop_app.services.decoder import Decoder, Urgency


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    made = Decoder(threads=1)
    yield made
    made.stop()


class Busy:
    """Keeps the one thread occupied until the test says so."""

    def __init__(self) -> None:
        self.began, self._go = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.began.set()
        assert self._go.wait(10)
        return "busy"

    def end(self) -> None:
        self._go.set()


async def occupied(decoder: Decoder) -> tuple[Busy, asyncio.Task[str]]:
    busy = Busy()
    task = asyncio.ensure_future(decoder.run(busy))
    await asyncio.to_thread(busy.began.wait, 10)
    return busy, task


async def test_results_and_errors_come_back(decoder: Decoder) -> None:
    assert await decoder.run(lambda a, b: a + b, 1, 2) == 3
    with pytest.raises(ZeroDivisionError):
        await decoder.run(lambda: 1 / 0)
    assert await decoder.run(threading.current_thread) is not threading.current_thread()


async def test_urgent_work_overtakes_what_waits(decoder: Decoder) -> None:
    busy, task = await occupied(decoder)
    order: list[str] = []
    waiting = [
        asyncio.ensure_future(decoder.run(order.append, name, urgency=urgency))
        for name, urgency in [
            ("upload", Urgency.IDLE), ("ahead 1", Urgency.LATER), ("ahead 2", Urgency.LATER),
            ("opening", Urgency.OPENING), ("visible", Urgency.VISIBLE),
        ]
    ]
    await asyncio.sleep(0)
    busy.end()
    await asyncio.gather(task, *waiting)
    assert order == ["visible", "opening", "ahead 1", "ahead 2", "upload"]


async def test_cancelled_work_that_has_not_begun_is_dropped(decoder: Decoder) -> None:
    busy, task = await occupied(decoder)
    done: list[int] = []
    dropped = asyncio.ensure_future(decoder.run(done.append, 1))
    kept = asyncio.ensure_future(decoder.run(done.append, 2))
    await asyncio.sleep(0)
    dropped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dropped
    busy.end()
    await asyncio.gather(task, kept)
    assert done == [2]
    assert dropped.cancelled()


async def test_cancelled_work_that_runs_ends_quietly(decoder: Decoder) -> None:
    busy, task = await occupied(decoder)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    busy.end()
    assert await decoder.run(lambda: "next") == "next"


class EndsWhenJoined:
    """The thread is still busy when it is told to stop."""

    def __init__(self, thread: threading.Thread, busy: Busy) -> None:
        self._thread, self._busy = thread, busy

    def join(self, timeout: float) -> None:
        self._busy.end()
        self._thread.join(timeout)


async def test_stopping_cancels_what_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(threads=1)
    busy, task = await occupied(decoder)
    waiting = asyncio.ensure_future(decoder.run(lambda: "never"))
    await asyncio.sleep(0)
    monkeypatch.setattr(decoder, "_threads", [EndsWhenJoined(decoder._threads[0], busy)])
    await asyncio.to_thread(decoder.stop)
    assert await task == "busy"
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(asyncio.CancelledError):
        await decoder.run(lambda: "too late")


def test_a_loop_that_was_closed_does_not_hurt_the_thread() -> None:
    decoder = Decoder(threads=1)
    busy = Busy()

    async def begin_and_leave() -> None:
        task = asyncio.ensure_future(decoder.run(busy))
        await asyncio.to_thread(busy.began.wait, 10)
        task.cancel()

    asyncio.run(begin_and_leave())
    busy.end()

    async def again() -> str:
        return await decoder.run(lambda: "alive")

    assert asyncio.run(again()) == "alive"
    decoder.stop()
