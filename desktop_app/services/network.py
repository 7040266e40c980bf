"""Network: the one bridge between the GUI's loop and the network thread's."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")

_UNREAD_LIMIT = 2048  # items a stream may be ahead of the GUI before it waits


class Network(Generic[S]):
    """A thread with a plain asyncio loop, and the services that live on it.

    `build` runs on that thread and makes the services there, slow imports included, so that nothing waits for them
    before it needs them. What crosses the bridge, either way, must be immutable.
    """

    def __init__(self, build: Callable[[], Awaitable[S]]) -> None:
        self._build = build
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._services: asyncio.Task[S] | None = None
        self._started = threading.Event()

    def start(self) -> None:
        self._thread.start()
        self._started.wait()

    def stop(self, close: Callable[[S], Awaitable[None]] | None = None, timeout_s: float = 5.0) -> None:
        """Cancels everything, lets `close` tidy up, and ends the thread. Called from the GUI thread, last."""
        if not self._thread.is_alive():
            return
        done = asyncio.run_coroutine_threadsafe(self._shut_down(close), self._loop)
        try:
            done.result(timeout_s)
        except (TimeoutError, asyncio.CancelledError):
            pass
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout_s)

    async def call(self, work: Callable[[S], Awaitable[T]]) -> T:
        """Runs `work(services)` on the network thread; awaiting from the GUI's loop.

        Cancelling the await cancels the work.
        """
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[S], Awaitable[T]]) -> Future[T]:
        """Like call, without waiting: for what nobody waits for."""

        async def run() -> T:
            return await work(await self._ready())

        return asyncio.run_coroutine_threadsafe(run(), self._loop)

    def peek(self, look: Callable[[S], T]) -> T | None:
        """What `look(services)` says now, without crossing threads: for counters only.

        None until the services stand.
        """
        task = self._services
        return (
            look(task.result())
            if task is not None and task.done() and not task.cancelled() and task.exception() is None
            else None
        )

    async def stream(self, work: Callable[[S], AsyncIterator[T]]) -> AsyncIterator[tuple[T, ...]]:
        """Yields what `work(services)` yields, in bunches of all that came since the last look."""
        gui_loop = asyncio.get_running_loop()
        unread: deque[T] = deque()
        arrived = asyncio.Event()
        room = asyncio.Event()
        room.set()

        async def pump() -> None:
            async for item in work(await self._ready()):
                unread.append(item)
                if len(unread) == 1:
                    gui_loop.call_soon_threadsafe(arrived.set)
                if len(unread) >= _UNREAD_LIMIT:
                    room.clear()
                    await room.wait()

        source = asyncio.run_coroutine_threadsafe(pump(), self._loop)
        ended = asyncio.wrap_future(source)
        ended.add_done_callback(lambda _: arrived.set())
        try:
            while True:
                await arrived.wait()
                arrived.clear()
                if unread:
                    bunch = tuple(unread.popleft() for _ in range(len(unread)))
                    self._loop.call_soon_threadsafe(room.set)
                    yield bunch
                if ended.done() and not unread:
                    ended.result()
                    return
        finally:
            source.cancel()
            if ended.done() and not ended.cancelled():
                ended.exception()

    async def _ready(self) -> S:
        if self._services is None:
            self._services = asyncio.ensure_future(self._build())
        return await asyncio.shield(self._services)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._started.set)
        self._loop.run_forever()
        self._loop.close()

    async def _shut_down(self, close: Callable[[S], Awaitable[None]] | None) -> None:
        this = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not this and task is not self._services]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._services is None:
            return
        if not self._services.done():
            self._services.cancel()
        elif close is not None and self._services.exception() is None:
            await close(self._services.result())
        await self._loop.shutdown_asyncgens()
