"""A clock that stands until a test moves it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class FakeTimer:
    def __init__(self, when: float, callback: Callable[[], Any]) -> None:
        self.when, self.callback, self.cancelled = when, callback, False

    def cancel(self) -> None:
        self.cancelled = True


class FakeClock:
    """`time` and `call_later` as an event loop has them."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._timers: list[FakeTimer] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], Any], /) -> FakeTimer:
        timer = FakeTimer(self.now + delay, callback)
        self._timers.append(timer)
        return timer

    @property
    def waiting(self) -> int:
        return sum(not timer.cancelled for timer in self._timers)

    async def advance(self, seconds: float) -> None:
        """Lets that much time pass; what is due runs, in order."""
        end = self.now + seconds
        while True:
            await settle()
            due = [timer for timer in self._timers if not timer.cancelled and timer.when <= end]
            if not due:
                break
            timer = min(due, key=lambda timer: timer.when)
            self._timers.remove(timer)
            self.now = max(self.now, timer.when)
            timer.callback()
        self.now = end
        await settle()


async def settle(rounds: int = 20) -> None:
    """Lets everything run that can run now."""
    for _ in range(rounds):
        await asyncio.sleep(0)
