"""The bridge between two loops: nothing is lost on it, nothing is left running behind it."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest

from desktop_app.core.errors import DiskError, NotFound
from desktop_app.services import network as network_module
from desktop_app.services.network import Network


@dataclass
class Services:
    """What lives on the network thread in these tests."""

    ended: list[str] = field(default_factory=list)
    began: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    closed: bool = False
    produced: int = 0

    async def where(self) -> str:
        return threading.current_thread().name

    async def wait_for_ever(self) -> None:
        self.began.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    async def count(self, end: int) -> AsyncIterator[int]:
        try:
            for number in range(end):
                self.produced += 1
                yield number
                if number % 7 == 0:
                    await asyncio.sleep(0)
        finally:
            self.ended.append("count")
            self.cancelled.set()

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.closed = True


async def build() -> Services:
    await asyncio.sleep(0)
    return Services()


@pytest.fixture
def network() -> Iterator[Network[Services]]:
    made = Network(build)
    made.start()
    yield made
    made.stop(lambda services: services.close())


async def test_work_runs_on_the_network_thread(network: Network[Services]) -> None:
    assert await network.call(lambda services: services.where()) == "network"
    assert network.submit(lambda services: services.where()).result(5) == "network"


async def test_errors_come_back_as_they_are(network: Network[Services]) -> None:
    async def fail(_: Services) -> None:
        raise NotFound(status=404)

    with pytest.raises(NotFound):
        await network.call(fail)


async def test_cancelling_the_await_cancels_the_work(network: Network[Services]) -> None:
    services = await network.call(_self)
    task = asyncio.ensure_future(network.call(lambda services: services.wait_for_ever()))
    assert await asyncio.to_thread(services.began.wait, 5)
    task.cancel()
    assert await asyncio.to_thread(services.cancelled.wait, 5)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_peeking_sees_nothing_before_the_services_stand() -> None:
    network = Network(build)
    assert network.peek(lambda services: services.produced) is None
    network.start()
    await network.call(_self)
    assert network.peek(lambda services: services.produced) == 0
    network.stop()


# ------------------------------------------------------------------------------------------------------------ streams

async def test_a_stream_brings_everything_in_order(network: Network[Services]) -> None:
    got: list[int] = []
    async for bunch in network.stream(lambda services: services.count(5000)):
        got.extend(bunch)
    assert got == list(range(5000))


async def test_no_item_is_left_lying_when_the_threads_meet(
    network: Network[Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the reader empties the box, the writer puts something in: it must still be seen."""
    another, read = threading.Event(), threading.Event()

    class Meeting(deque[int]):
        def popleft(self) -> int:
            if not another.is_set():
                another.set()
                assert self.grown.wait(5)
            return super().popleft()

        grown = threading.Event()

        def append(self, item: int) -> None:
            super().append(item)
            if item == 1:
                self.grown.set()

    monkeypatch.setattr(network_module, "deque", Meeting)

    async def two(_: Services) -> AsyncIterator[int]:
        yield 0
        await asyncio.to_thread(another.wait, 5)
        yield 1
        await asyncio.to_thread(read.wait, 5)                   # nothing else comes that could wake the reader

    got: list[int] = []
    async with asyncio.timeout(3):
        async for bunch in network.stream(two):
            got.extend(bunch)
            if 1 in got:
                read.set()
    assert read.is_set()


async def test_a_stream_waits_for_a_slow_reader(network: Network[Services], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_module, "_UNREAD_LIMIT", 50)
    services = await network.call(_self)
    stream = network.stream(lambda services: services.count(10_000))
    total = len(await anext(stream))
    await network.call(_some_rounds)
    assert services.produced <= total + 50
    async for bunch in stream:
        total += len(bunch)
    assert total == 10_000


async def test_leaving_a_stream_ends_its_work(network: Network[Services], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_module, "_UNREAD_LIMIT", 50)
    services = await network.call(_self)
    stream = network.stream(lambda services: services.count(10_000))
    await anext(stream)
    await stream.aclose()                                       # type: ignore[attr-defined]
    assert await asyncio.to_thread(services.cancelled.wait, 5)
    assert services.ended == ["count"]


async def test_a_stream_begins_before_anyone_looks(network: Network[Services]) -> None:
    """A page that takes its time to be built does not delay what it is to show."""
    services = await network.call(_self)
    stream = network.stream(lambda services: services.count(3))
    while services.produced < 3:
        await network.call(_some_rounds)
    assert [number async for bunch in stream for number in bunch] == [0, 1, 2]


async def test_a_stream_that_nobody_ever_reads_ends_with_its_owner(
    network: Network[Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_module, "_UNREAD_LIMIT", 50)
    services = await network.call(_self)
    stream = network.stream(lambda services: services.count(10_000))
    while not services.produced:
        await network.call(_some_rounds)
    del stream
    gc.collect()
    assert await asyncio.to_thread(services.cancelled.wait, 5)


async def test_what_came_before_an_error_is_kept(network: Network[Services]) -> None:
    async def break_off(_: Services) -> AsyncIterator[int]:
        for number in range(100):
            yield number
        raise NotFound(status=404)

    got: list[int] = []
    with pytest.raises(NotFound):
        async for bunch in network.stream(break_off):
            got.extend(bunch)
    assert got == list(range(100))


# ------------------------------------------------------------------------------------------------- building, stopping

async def test_building_is_tried_again_when_it_failed() -> None:
    attempts = 0

    async def fail_once() -> Services:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise DiskError
        return Services()

    network = Network(fail_once)
    network.start()
    with pytest.raises(DiskError):
        await network.call(_self)
    assert network.peek(lambda services: services.produced) is None
    assert await network.call(lambda services: services.where()) == "network"
    assert attempts == 2
    network.stop()


async def test_many_who_wait_build_once() -> None:
    attempts = 0

    async def slow() -> Services:
        nonlocal attempts
        attempts += 1
        await asyncio.sleep(0)
        return Services()

    network = Network(slow)
    network.start()
    found = await asyncio.gather(*(network.call(_self) for _ in range(10)))
    assert len({id(services) for services in found}) == 1
    assert attempts == 1
    network.stop()


async def test_stopping_cancels_what_runs_and_closes(network: Network[Services]) -> None:
    services = await network.call(_self)
    waiting = asyncio.ensure_future(network.call(lambda services: services.wait_for_ever()))
    stream = network.stream(lambda services: services.count(10))
    assert await anext(stream)
    await asyncio.to_thread(services.began.wait, 5)
    network.stop(lambda services: services.close())
    assert services.cancelled.is_set()
    assert services.closed
    assert not network._thread.is_alive()
    assert network._loop.is_closed()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await stream.aclose()                                       # type: ignore[attr-defined]


async def test_stopping_while_it_is_being_built() -> None:
    began, cancelled = threading.Event(), threading.Event()

    async def slow() -> Services:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        raise AssertionError

    network = Network(slow)
    network.start()
    task = asyncio.ensure_future(network.call(_self))
    await asyncio.to_thread(began.wait, 5)
    network.stop(lambda services: services.close())
    assert cancelled.is_set()
    with pytest.raises(asyncio.CancelledError):
        await task
    gc.collect()                                                # an unfinished task would complain here


@pytest.mark.filterwarnings("error")
async def test_what_comes_after_the_end_is_cancelled_and_no_coroutine_is_left_over(network: Network[Services]) -> None:
    await network.call(lambda services: services.where())
    network.stop()
    assert network.submit(lambda services: services.where()).cancelled()
    with pytest.raises(asyncio.CancelledError):
        await network.call(lambda services: services.where())
    with pytest.raises(asyncio.CancelledError):
        async for _ in network.stream(lambda services: services.count(1)):
            pass
    gc.collect()


def test_stopping_before_starting_leaves_no_loop_open() -> None:
    network = Network(build)
    network.stop()
    assert network._loop.is_closed()
    network.stop()


async def test_services_that_do_not_close_well_do_not_keep_the_program(
    network: Network[Services], caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Services) -> None:
        raise DiskError

    await network.call(_self)
    network.stop(fail)
    assert not network._thread.is_alive()
    assert "did not end well" in caplog.text


async def test_services_that_hang_do_not_keep_the_program(caplog: pytest.LogCaptureFixture) -> None:
    network = Network(build)
    network.start()
    await network.call(_self)
    network.stop(lambda services: services.wait_for_ever(), timeout_s=0.05)
    assert not network._thread.is_alive()
    assert "did not end within" in caplog.text


async def test_errors_nobody_waits_for_go_to_the_log(
    network: Network[Services], caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Services) -> None:
        raise DiskError("a sentence with a folder in it")

    caplog.set_level(logging.WARNING)
    with pytest.raises(DiskError):
        network.submit(fail).result(5)
    await network.call(_self)
    assert "DiskError" in caplog.text
    assert "folder" not in caplog.text


async def _self(services: Services) -> Services:
    return services


async def _some_rounds(_: Services) -> None:
    for _number in range(200):
        await asyncio.sleep(0)
