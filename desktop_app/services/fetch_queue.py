"""FetchQueue: wishes and demand.

A wish list says what an owner would like next, in order; replacing the list is the only way to re-prioritise or to
cancel. A demand is something that a person is looking at: it goes first, joins what is in flight, and clears the line
of background transfers that would hold it up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from desktop_app.core.errors import Interrupted, LightboxError, NetworkError, ServerFailed, TimedOut, TooBusy
from desktop_app.services.lane_limit import LaneLimit

K = TypeVar("K", bound=Hashable)

CLEAR_THE_LINE_S = 0.05  # background that needs longer than this makes way for a demand
_HEAL_FIRST_S, _HEAL_MAX_S = 1.0, 30.0


class Progress:
    """Bytes of one transfer as they come. `expected` is 0 while the size is not known."""

    __slots__ = ("expected", "received")

    def __init__(self) -> None:
        self.received = 0
        self.expected = 0

    def add(self, nbytes: int) -> None:
        self.received += nbytes


@dataclass(slots=True)
class _Transfer:
    task: asyncio.Task[None]
    progress: Progress
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def is_demand(self) -> bool:
        return bool(self.waiting)


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What the queue does at the moment."""

    in_flight: int = 0
    waiting: int = 0
    limit: int = 0
    bytes_received: int = 0
    retries: int = 0


class FetchQueue(Generic[K]):
    """Decides what is fetched next; `fetch(key, progress)` does it, keeps the result, and raises when it could not.

    A key in flight is never fetched twice. Lives on one asyncio loop.
    """

    def __init__(
        self,
        fetch: Callable[[K, Progress], Awaitable[None]],
        limit: LaneLimit | None = None,
        *,
        on_failed: Callable[[K, LightboxError], None] = lambda key, error: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._limit = limit or LaneLimit()
        self._on_failed = on_failed
        self._clock = clock
        self._wishes: dict[str, dict[K, None]] = {}  # owner → keys still wanted, in order; first owner first
        self._turn = 0
        self._transfers: dict[K, _Transfer] = {}
        self._pause_until = 0.0
        self._heal_after_s = _HEAL_FIRST_S
        self._timer: asyncio.TimerHandle | None = None
        self._bytes = 0
        self._retries = 0
        self._typical_size = 0.0
        self._rate = 0.0  # bytes/s, of what finished lately
        self._rate_mark = (0.0, 0)

    @property
    def status(self) -> QueueStatus:
        waiting = sum(len(keys) for keys in self._wishes.values())
        received = self._bytes + sum(transfer.progress.received for transfer in self._transfers.values())
        return QueueStatus(len(self._transfers), waiting, self._limit.value, received, self._retries)

    def wish(self, owner: str, keys: Sequence[K], *, first: bool = False) -> None:
        """Replaces the owner's list.

        What nobody wants any more is cancelled. `first`: this owner's turn comes first.
        """
        wishes = dict.fromkeys(keys)
        if first:
            self._wishes = {
                owner: wishes,
                **{name: keys for name, keys in self._wishes.items() if name != owner},
            }
            self._turn = 0
        else:
            self._wishes[owner] = wishes
        if not wishes:
            del self._wishes[owner]
        self._cancel_unwanted()
        self._pump()

    def forget(self, owner: str) -> None:
        """The owner is gone, and with it what only it wanted."""
        if self._wishes.pop(owner, None) is not None:
            self._cancel_unwanted()
            self._pump()

    async def demand(self, key: K) -> None:
        """Returns when the key has been fetched; raises what fetch raised.

        Cancelling it leaves the key as a wish, if it was one.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        transfer = self._transfers.get(key)
        if transfer is None:
            transfer = self._start(key)
        transfer.waiting.append(done)
        self._clear_the_line(key)
        try:
            await done
        finally:
            if not done.done():
                done.cancel()
            if done in transfer.waiting:
                transfer.waiting.remove(done)
            if self._transfers.get(key) is transfer and not transfer.is_demand and not self._is_wished(key):
                transfer.task.cancel()
            self._pump()

    async def close(self) -> None:
        """Cancels all and waits until it has ended."""
        self._wishes.clear()
        if self._timer is not None:
            self._timer.cancel()
        tasks = [transfer.task for transfer in self._transfers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # -- deciding ------------------------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Fills the free lanes with wishes, owners in turn."""
        if any(transfer.is_demand for transfer in self._transfers.values()):
            return  # the line is kept clear for what someone looks at
        now = self._clock()
        if now < self._pause_until:
            self._pump_later(self._pause_until - now)
            return
        while len(self._transfers) < self._limit.value:
            key = self._next_wish()
            if key is None:
                break
            self._start(key)
        if not self._transfers:
            self._limit.idle()

    def _next_wish(self) -> K | None:
        owners = list(self._wishes)
        for step in range(len(owners)):
            owner = owners[(self._turn + step) % len(owners)]
            for key in self._wishes[owner]:
                if key not in self._transfers:
                    self._turn = (self._turn + step + 1) % len(owners)
                    return key
        return None

    def _is_wished(self, key: K) -> bool:
        return any(key in keys for keys in self._wishes.values())

    def _cancel_unwanted(self) -> None:
        for key, transfer in self._transfers.items():
            if not transfer.is_demand and not self._is_wished(key):
                transfer.task.cancel()

    def _clear_the_line(self, demanded: K) -> None:
        """Cancels background transfers whose remaining bytes would hold the demand up; they stay wishes."""
        background = [t for t in self._transfers.values() if not t.is_demand and not t.task.done()]
        if not background or not self._rate:
            return
        remaining = {
            id(t): max(0.0, (t.progress.expected or self._typical_size) - t.progress.received)
            for t in background
        }
        if sum(remaining.values()) / self._rate < CLEAR_THE_LINE_S:
            return
        for transfer in background:
            if remaining[id(transfer)] > 0.1 * (self._typical_size or 1):
                transfer.task.cancel()

    # -- doing ---------------------------------------------------------------------------------------------------

    def _start(self, key: K) -> _Transfer:
        progress = Progress()
        task = asyncio.get_running_loop().create_task(self._run(key, progress))
        transfer = self._transfers[key] = _Transfer(task, progress)
        task.add_done_callback(lambda done: self._ended(key, transfer, done))
        self._limit.began(self._clock())
        return transfer

    async def _run(self, key: K, progress: Progress) -> None:
        await self._fetch(key, progress)

    def _ended(self, key: K, transfer: _Transfer, task: asyncio.Task[None]) -> None:
        full = len(self._transfers) >= self._limit.value
        if self._transfers.get(key) is transfer:
            del self._transfers[key]
        self._bytes += transfer.progress.received
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            self._answer(transfer, None)
        elif error is None:
            self._succeeded(key, transfer, full=full)
        else:
            self._failed(key, transfer, error)
        self._pump()

    def _succeeded(self, key: K, transfer: _Transfer, *, full: bool) -> None:
        nbytes, now = transfer.progress.received, self._clock()
        self._typical_size = nbytes if not self._typical_size else 0.8 * self._typical_size + 0.2 * nbytes
        self._limit.finished(nbytes, now, full=full)
        self._heal_after_s = _HEAL_FIRST_S
        self._measure_rate(now)
        for keys in self._wishes.values():
            keys.pop(key, None)
        for future in transfer.waiting:
            if not future.done():
                future.set_result(None)

    def _failed(self, key: K, transfer: _Transfer, error: BaseException) -> None:
        if isinstance(error, TooBusy | TimedOut):
            self._limit.trouble()
        heals = isinstance(error, NetworkError | TooBusy | ServerFailed | Interrupted)
        for keys in self._wishes.values():
            if key in keys:
                del keys[key]
                if heals:
                    keys[key] = None  # again, after everything else
        if heals:
            self._retries += 1
            wait = (
                error.retry_after_s
                if isinstance(error, TooBusy) and error.retry_after_s
                else self._heal_after_s
            )
            self._pause_until = max(self._pause_until, self._clock() + min(wait, _HEAL_MAX_S))
            self._heal_after_s = min(self._heal_after_s * 2, _HEAL_MAX_S)
        self._on_failed(key, error if isinstance(error, LightboxError) else LightboxError(detail=repr(error)))
        self._answer(transfer, error)

    @staticmethod
    def _answer(transfer: _Transfer, error: BaseException | None) -> None:
        for future in transfer.waiting:
            if not future.done():
                if error is None:
                    future.cancel()
                else:
                    future.set_exception(error)

    def _measure_rate(self, now: float) -> None:
        began, bytes_then = self._rate_mark
        total = self.status.bytes_received
        if now - began > 1.0:
            if bytes_then and now - began < 3.0:
                self._rate = (total - bytes_then) / (now - began)
            self._rate_mark = (now, total)
        elif self._rate == 0.0 and now > began and total > bytes_then:
            self._rate = (total - bytes_then) / max(now - began, 1e-3)

    def _pump_later(self, delay_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._pump)
