"""Decoder: a few threads for codecs that release the GIL, the visible image first."""

from __future__ import annotations

import asyncio
import itertools
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from desktop_app.core.errors import Interrupted, LightboxError, user_text
from desktop_app.services.decode_guard import GUARD, DecodeGuard

T = TypeVar("T")


class Urgency(IntEnum):
    """What overtakes what; never what runs already."""

    VISIBLE = 0  # someone looks at it
    OPENING = 1  # quick, and others wait for it
    LATER = 2  # images ahead of the scroll, thumbnails
    IDLE = 3  # files of an upload, preparations


class Decoder:
    """Runs functions on decode threads, the most urgent first, else in the order they came."""

    def __init__(self, threads: int | None = None, guard: DecodeGuard | None = None) -> None:
        self.guard = guard or DecodeGuard()
        self._queue: queue.PriorityQueue[_Work] = queue.PriorityQueue()
        self._count = itertools.count()
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._work, name=f"decode-{number}", daemon=True)
            for number in range(threads or max(1, min(4, os.cpu_count() or 1)))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def width(self) -> int:
        """How many functions run at once."""
        return len(self._threads)

    async def run(self, function: Callable[..., T], *arguments: Any, urgency: Urgency = Urgency.LATER) -> T:
        """What the function returns or raises. Cancelling the await drops the work if it has not begun.

        Cancelled when the decoder is stopped before it could begin.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        dropped = threading.Event()

        def tell(answer: Callable[..., object], *values: Any) -> None:
            def on_loop() -> None:
                if not future.done():
                    answer(*values)

            try:
                loop.call_soon_threadsafe(on_loop)
            except RuntimeError:
                return  # the loop is closed: nobody is there to be told

        def work() -> None:
            if dropped.is_set():
                return
            try:
                result = function(*arguments)
            except BaseException as error:
                tell(future.set_exception, error if isinstance(error, Exception) else RuntimeError(repr(error)))
            else:
                tell(future.set_result, result)

        if self._stopped:
            raise asyncio.CancelledError
        self._queue.put(_Work((urgency, next(self._count)), work, lambda: tell(future.cancel)))
        try:
            return await future
        finally:
            dropped.set()

    def stop(self) -> None:
        """Ends the threads and waits for what runs; what has not begun is cancelled."""
        if self._stopped:
            return
        self._stopped = True
        for _ in self._threads:
            self._queue.put(_Work((-1, next(self._count)), None, lambda: None))
        for thread in self._threads:
            thread.join(2.0)
        self.guard.close()
        while not self._queue.empty():
            self._queue.get_nowait().drop()

    def _work(self) -> None:
        GUARD.set(self.guard)
        while True:
            work = self._queue.get()
            if work.run is None:
                return
            work.run()
            del work  # a waiting thread must not hold on to an image


@dataclass(order=True, slots=True)
class _Work:
    order: tuple[int, int]
    run: Callable[[], None] | None = field(compare=False)
    drop: Callable[[], None] = field(compare=False)

async def result_of(decoding: asyncio.Task[T]) -> T:
    """The result of a task that others wait for too. Raises LightboxErrors only."""
    try:
        return await asyncio.shield(decoding)
    except asyncio.CancelledError:
        this = asyncio.current_task()
        if decoding.cancelled() and not (this and this.cancelling()):
            raise Interrupted from None  # not we: the decoder was stopped
        raise
    except LightboxError:
        raise
    except Exception as error:
        raise LightboxError(user_text(error), detail=repr(error)) from error
