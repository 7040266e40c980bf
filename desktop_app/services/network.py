"""Network: the one bridge between the GUI's loop and the network thread's."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from desktop_app.core.errors import LightboxError

S = TypeVar("S")
T = TypeVar("T")

_log = logging.getLogger(__name__)

_UNREAD_LIMIT = 2048  # items a stream may be ahead of the GUI before it waits


class Network(Generic[S]):
    """A thread with a plain asyncio loop, and the services that live on it.

    `build` runs on that thread and makes the services there, slow imports included, so that nothing waits for them
    before it needs them. When it fails, whoever needs them hears why, and the next one who does lets it try again.
    What crosses the bridge, either way, must be immutable.
    """

    def __init__(self, build: Callable[[], Awaitable[S]]) -> None:
        self._build = build
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._services: asyncio.Task[S] | None = None
        self._started = threading.Event()
        self._gate = threading.Lock()       # held while work is handed over
        self._stopped = False

    def start(self) -> None:
        self._thread.start()
        self._started.wait()

    def stop(self, close: Callable[[S], Awaitable[None]] | None = None, timeout_s: float = 5.0) -> None:
        """Cancels everything, lets `close` tidy up, and ends the thread. Called from the GUI thread, last."""
        with self._gate:
            self._stopped = True
        if not self._thread.is_alive():
            if not self._loop.is_closed():
                self._loop.close()
            return
        done = asyncio.run_coroutine_threadsafe(self._shut_down(close), self._loop)
        try:
            done.result(timeout_s)
        except TimeoutError:
            _log.warning("the services did not end within %.0f s", timeout_s)
        except Exception as error:  # the program ends all the same
            _log.warning("the services did not end well", exc_info=error)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout_s)

    async def call(self, work: Callable[[S], Awaitable[T]]) -> T:
        """Runs `work(services)` on the network thread; awaiting from the GUI's loop.

        Cancelling the await cancels the work.
        """
        return await asyncio.wrap_future(self._begin(work))

    async def read(self, work: Callable[[], T]) -> T:
        """What `work()` returns, done on a thread of its own and without the services: files that come with us."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asyncio.to_thread(work), self._loop))

    def submit(self, work: Callable[[S], Awaitable[T]]) -> Future[T]:
        """Like call, without waiting: for what nobody waits for. An error goes to the log.

        Cancelled already when the network has been stopped.
        """
        future = self._begin(work)
        future.add_done_callback(_log_error)
        return future

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

    def stream(self, work: Callable[[S], AsyncIterator[T]]) -> AsyncIterator[tuple[T, ...]]:
        """Yields what `work(services)` yields, in bunches of all that came since the last look.

        The work begins now, before anyone looks. Leaving it ends the work; the work waits when it is far ahead.
        """
        box: _Box[T] = _Box()
        unread, room = box.unread, box.room

        async def pump() -> None:
            items = work(await self._ready())
            try:
                async for item in items:
                    unread.append(item)
                    if len(unread) == 1:
                        box.wake()
                    if len(unread) >= _UNREAD_LIMIT:
                        room.clear()
                        await room.wait()
            finally:
                await _close(items)

        box.source = self._on_loop(pump)
        return self._bunches(_Opened(box))

    async def _bunches(self, opened: _Opened[T]) -> AsyncIterator[tuple[T, ...]]:
        box, gui_loop = opened.box, asyncio.get_running_loop()
        assert box.source is not None
        unread, arrived = box.unread, asyncio.Event()
        arrived.set()  # there may be something already
        box.wake = lambda: gui_loop.call_soon_threadsafe(arrived.set)
        ended = asyncio.wrap_future(box.source)
        ended.add_done_callback(lambda _: arrived.set())
        try:
            while True:
                await arrived.wait()
                arrived.clear()
                while unread:  # until it is seen empty: only the first item after that sets `arrived` again
                    bunch = tuple(unread.popleft() for _ in range(len(unread)))
                    self._loop.call_soon_threadsafe(box.room.set)
                    yield bunch
                if ended.done() and not unread:
                    ended.result()
                    return
        finally:
            opened.leave()
            if ended.done() and not ended.cancelled():
                ended.exception()

    def _begin(self, work: Callable[[S], Awaitable[T]]) -> Future[T]:
        async def run() -> T:
            return await work(await self._ready())

        return self._on_loop(run)

    def _on_loop(self, begin: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """What comes too late, when the thread is ending, is cancelled, and no coroutine is left unawaited."""
        with self._gate:
            if not self._stopped:
                return asyncio.run_coroutine_threadsafe(begin(), self._loop)
        late: Future[T] = Future()
        late.cancel()
        late.set_running_or_notify_cancel()
        return late

    async def _ready(self) -> S:
        task = self._services
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._services = asyncio.ensure_future(self._build())
        return await asyncio.shield(task)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._started.set)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    async def _shut_down(self, close: Callable[[S], Awaitable[None]] | None) -> None:
        this, services = asyncio.current_task(), self._services
        others = [task for task in asyncio.all_tasks() if task is not this and task is not services]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if services is not None:
            if not services.done():
                services.cancel()
                await asyncio.gather(services, return_exceptions=True)
            if close is not None and not services.cancelled() and services.exception() is None:
                await close(services.result())
        await self._loop.shutdown_asyncgens()
        await self._loop.shutdown_default_executor()


class _Box(Generic[T]):
    """What one stream has brought and nobody has read yet."""

    def __init__(self) -> None:
        self.unread: deque[T] = deque()
        self.room = asyncio.Event()
        self.source: Future[None] | None = None
        self.wake: Callable[[], object] = lambda: None  # until someone reads


class _Opened(Generic[T]):
    """The reader's end of a stream: with it goes the work, also of a stream that nobody ever began to read."""

    def __init__(self, box: _Box[T]) -> None:
        self.box = box

    def leave(self) -> None:
        if self.box.source is not None:
            self.box.source.cancel()

    def __del__(self) -> None:
        self.leave()


async def _close(items: AsyncIterator[Any]) -> None:
    """Ends a generator that was left in the middle, now and not when it is collected."""
    close = getattr(items, "aclose", None)
    if close is not None:
        await close()


def _log_error(future: Future[Any]) -> None:
    error = None if future.cancelled() else future.exception()
    if isinstance(error, LightboxError):
        _log.warning("work that nobody waits for failed: %s", type(error).__name__)
    elif error is not None:
        _log.error("work that nobody waits for failed", exc_info=error)
