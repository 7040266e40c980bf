"""Decoder: a few threads for codecs that release the GIL, the visible image first."""

from __future__ import annotations

import asyncio
import itertools
import os
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_Work = tuple[int, int, Callable[[], None]]


class Decoder:
    """Runs functions on decode threads. Urgent work overtakes what waits, never what runs."""

    def __init__(self, threads: int | None = None) -> None:
        self._queue: queue.PriorityQueue[_Work] = queue.PriorityQueue()
        self._count = itertools.count()
        self._threads = [
            threading.Thread(target=self._work, name=f"decode-{number}", daemon=True)
            for number in range(threads or max(1, min(4, os.cpu_count() or 1)))
        ]
        self._stopped = False
        for thread in self._threads:
            thread.start()

    async def run(self, function: Callable[..., T], *arguments: Any, urgent: bool = False) -> T:
        """What the function returns or raises. Cancelling the await drops the work if it has not begun."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        cancelled = threading.Event()

        def answer(result: T | None, error: BaseException | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]

        def work() -> None:
            if cancelled.is_set():
                return
            result, error = None, None
            try:
                result = function(*arguments)
            except BaseException as raised:
                error = raised
            if not loop.is_closed():
                loop.call_soon_threadsafe(answer, result, error)

        self._queue.put((0 if urgent else 1, next(self._count), work))
        try:
            return await future
        finally:
            cancelled.set()

    def stop(self) -> None:
        """Ends the threads; what has not begun is dropped."""
        if self._stopped:
            return
        self._stopped = True
        for _ in self._threads:
            self._queue.put((-1, next(self._count), _end_thread))
        for thread in self._threads:
            thread.join(2.0)

    def _work(self) -> None:
        while True:
            _, _, work = self._queue.get()
            if work is _end_thread:
                return
            work()


def _end_thread() -> None:
    """The sign for a decode thread to end."""
