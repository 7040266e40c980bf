"""FetchQueue: wishes and demand.

A wish list says what an owner would like next, in order; replacing the list is the only way to re-prioritise or to
cancel. A demand is something that a person is looking at: it goes first, joins what is in flight, and clears the line
of background transfers that would hold it up.

What fails is tried again where that can help: one key after a pause of its own, everything after a common pause when
the archive is away or too busy, and nothing more once it asks for a sign-in.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from desktop_app.core.errors import Interrupted, LightboxError, TimedOut, TooBusy, user_text
from desktop_app.services.healing import Healing
from desktop_app.services.lane_limit import LaneLimit
from desktop_app.services.rate_meter import RateMeter

_log = logging.getLogger(__name__)

K = TypeVar("K", bound=Hashable)

CLEAR_THE_LINE_S = 0.05  # background that needs longer than this makes way for a demand
_NEARLY_DONE = 0.1  # of a typical transfer: what has less than this to go is let through
_JUST_LOOKED_AT = 2  # so many of the latest demands are let through too, or a fast scroll would never see a picture
_HOLD_MIN_S, _HOLD_MAX_S = 0.3, 3.0  # how long the line is kept clear for one demand
_SCROLLING_S = 0.3  # demands that follow each other as quickly are one scroll: what lies ahead of it is on its way too
_AHEAD_S = 0.15  # … as much of it as the line carries in this time
_AHEAD_LEAST, _AHEAD_MOST = 2, 8
_NEXT_LOOK_S = 0.1  # who looks away looks at something else at once: nothing begins that would have to end again


class TimerHandle(Protocol):
    def cancel(self) -> None: ...


class Clock(Protocol):
    """Seconds and timers: an event loop, or a test's own."""

    def time(self) -> float: ...

    def call_later(self, delay: float, callback: Callable[[], Any], /) -> TimerHandle: ...


class Progress:
    """Bytes of one transfer as they come. `expected` is 0 while the size is not known."""

    __slots__ = ("expected", "received")

    def __init__(self) -> None:
        self.received = 0
        self.expected = 0

    def add(self, nbytes: int) -> None:
        self.received += nbytes

    def expect(self, nbytes: int) -> None:
        """So many are to come from now on."""
        self.expected = self.received + nbytes


@dataclass(slots=True)
class _Transfer:
    task: asyncio.Task[None]
    progress: Progress
    began: float
    looked_at: float = -math.inf  # when someone last looked at it
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True
        self.task.cancel()


@dataclass(slots=True)
class _Demand:
    """Those who wait for one key. `pressing`: a person looks at it."""

    waiting: list[asyncio.Future[None]]
    pressing: bool
    began: float


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What the queue does at the moment. `trouble` is the sentence that says why it waits, empty while it need not."""

    in_flight: int = 0
    waiting: int = 0
    limit: int = 0
    bytes_received: int = 0
    retries: int = 0
    trouble: str = ""
    bytes_per_s: float = 0.0


class FetchQueue(Generic[K]):
    """Decides what is fetched next; `fetch(key, progress)` does it, keeps the result, and raises when it could not.

    A key in flight is never fetched twice. Lives on one asyncio loop.

    `on_failed(key, error, final)` hears of what could not be had: `final` when it will not be tried again by itself.
    `may_begin()` says whether background transfers may begin; `go_on()` says that it may have changed its mind.
    """

    def __init__(
        self,
        fetch: Callable[[K, Progress], Awaitable[None]],
        limit: LaneLimit | None = None,
        *,
        on_failed: Callable[[K, LightboxError, bool], None] = lambda key, error, final: None,
        may_begin: Callable[[], bool] = lambda: True,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._fetch = fetch
        self._limit = limit or LaneLimit()
        self._on_failed = on_failed
        self._may_begin = may_begin
        self._clock: Clock = clock or asyncio.get_running_loop()
        self._wishes: dict[str, dict[K, None]] = {}  # owner → keys still wanted, in order; first owner first
        self._turn = 0
        self._demands: dict[K, _Demand] = {}
        self._transfers: dict[K, _Transfer] = {}
        self._healing: Healing[K] = Healing(chance)
        self._timer: TimerHandle | None = None
        self._demanded_at = self._scrolled_at = self._left_at = -math.inf
        self._closed = False
        self._bytes = 0
        self._retries = 0
        self._typical_size = 0.0
        self._rate = RateMeter()

    @property
    def status(self) -> QueueStatus:
        """May be read from any thread: a snapshot, not quite of one moment."""
        waiting = sum(len(keys) for keys in list(self._wishes.values()))
        trouble = self._healing.reason
        return QueueStatus(
            len(self._transfers),
            waiting,
            self._limit.value,
            self._received,
            self._retries,
            trouble.user_text if trouble is not None else "",
            self._rate.bytes_per_s if self._transfers else 0.0,
        )

    def wish(self, owner: str, keys: Sequence[K], *, first: bool = False) -> None:
        """Replaces the owner's list.

        What nobody wants any more is cancelled. `first`: this owner's turn comes first.
        """
        wishes = dict.fromkeys(keys)
        if first:
            others = {name: keys for name, keys in self._wishes.items() if name != owner}
            self._wishes = {owner: wishes, **others}
            self._turn = 0
        else:
            self._wishes[owner] = wishes
        if not wishes:
            del self._wishes[owner]
        self._drop_unwanted()
        self._pump()

    def forget(self, owner: str) -> None:
        """The owner is gone, and with it what only it wanted."""
        if self._wishes.pop(owner, None) is not None:
            self._drop_unwanted()
            self._pump()

    def is_demanded(self, key: K) -> bool:
        """Whether a person looks at it at the moment."""
        demand = self._demands.get(key)
        return demand is not None and demand.pressing

    async def demand(self, key: K, *, pressing: bool = True) -> None:
        """Returns when the key has been fetched; raises what fetch raised, after another attempt where one may help.

        Cancelling it leaves the key as a wish, if it was one. Not `pressing`: it begins at once too, beside whatever
        is under way, but nothing has to make way for it.
        """
        if self._closed:
            raise Interrupted
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        now = self._clock.time()
        demand = self._demands.setdefault(key, _Demand([], pressing, now))
        demand.waiting.append(done)
        if pressing:
            demand.pressing, demand.began = True, now
            self._healing.looked_at(key)
            if key in self._transfers:
                self._transfers[key].looked_at = now
            if now - self._demanded_at < _SCROLLING_S:
                self._scrolled_at = now
            self._demanded_at = now
            self._clear_the_line(now)
        self._pump()
        try:
            await done
        finally:
            self._leave(key, demand, done)

    def go_on(self) -> None:
        """Looks again whether something can begin."""
        self._pump()

    async def close(self) -> None:
        """Cancels all and waits until it has ended. Who still waits is told that it broke off."""
        self._closed = True
        self._wishes.clear()
        self._wake_at(math.inf, 0.0)
        for key in list(self._demands):
            self._answer(key, Interrupted())
        tasks = [transfer.task for transfer in self._transfers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # -- deciding ------------------------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Begins the demands, then fills the free lanes with wishes, owners in turn."""
        if self._closed:
            return
        now, wake = self._clock.time(), math.inf
        for key, demand in list(self._demands.items()):
            if key not in self._transfers:
                due = max(self._healing.welcome_at, self._healing.not_before(key))
                if due <= now:
                    self._start(key, now).looked_at = now if demand.pressing else -math.inf
                wake = min(wake, due if due > now else math.inf)
        held_until = self._held_until()
        lanes, free_at = self._lanes(now, held=held_until > now), self._healing.background_from
        if held_until > now:
            wake = min(wake, held_until)
        if free_at > now:
            wake = min(wake, free_at)
        elif self._wishes and lanes and self._may_begin():
            while len(self._transfers) < lanes:
                key_or_none, due = self._next_wish(now)
                if key_or_none is None:
                    wake = min(wake, due)
                    break
                self._start(key_or_none, now)
        self._wake_at(wake, now)
        if not self._transfers:
            self._limit.idle()
            self._rate.pause()

    def _lanes(self, now: float, *, held: bool) -> int:
        """How many transfers there may be at once, demands among them, when a background transfer begins."""
        if self._healing.one_by_one:
            return 0 if held else 1
        if held:
            return min(self._ahead, self._limit.value) if self._is_scrolling(now) else 0
        return self._limit.value

    def _is_scrolling(self, now: float) -> bool:
        return now - self._scrolled_at < _SCROLLING_S

    @property
    def _ahead(self) -> int:
        carried = self._rate.bytes_per_s * _AHEAD_S / max(self._typical_size, 1.0)
        return min(max(int(carried), _AHEAD_LEAST), _AHEAD_MOST)

    def _next_wish(self, now: float) -> tuple[K | None, float]:
        """The next key whose time has come; else None, and when the first of the others comes."""
        owners = list(self._wishes)
        due = math.inf
        for step in range(len(owners)):
            owner = owners[(self._turn + step) % len(owners)]
            for key in self._wishes[owner]:
                if key in self._transfers:
                    continue
                not_before = self._healing.not_before(key)
                if not_before <= now:
                    self._turn = (self._turn + step + 1) % len(owners)
                    return key, now
                due = min(due, not_before)
        return None, due

    def _is_wished(self, key: K) -> bool:
        return any(key in keys for keys in self._wishes.values())

    def _drop_unwanted(self) -> None:
        for key, transfer in self._transfers.items():
            if key not in self._demands and not self._is_wished(key):
                transfer.cancel()
        self._healing.forget(lambda key: key in self._demands or self._is_wished(key))

    def _clear_the_line(self, now: float) -> None:
        """Cancels background transfers whose remaining bytes would hold a demand up; they stay wishes."""
        first: dict[K, None] = next((keys for keys in self._wishes.values() if keys), {})
        ahead = set(islice(first, self._ahead)) if self._is_scrolling(now) else set()
        background = [
            transfer
            for key, transfer in self._transfers.items()
            if key not in self._demands and key not in ahead and not transfer.cancelled
        ]
        rate = self._rate.bytes_per_s
        if not background or not rate:
            return
        background.sort(key=lambda transfer: transfer.looked_at, reverse=True)
        spared = sum(1 for transfer in background[:_JUST_LOOKED_AT] if transfer.looked_at > -math.inf)
        remaining = [self._remaining(transfer) for transfer in background]
        if sum(remaining) / rate < CLEAR_THE_LINE_S:
            return
        for transfer, left in list(zip(background, remaining, strict=True))[spared:]:
            if left > _NEARLY_DONE * max(self._typical_size, 1.0):
                transfer.cancel()
        self._limit.idle()  # what this does to the rate says nothing about the lanes

    def _remaining(self, transfer: _Transfer) -> float:
        expected = transfer.progress.expected or self._typical_size
        return max(0.0, expected - transfer.progress.received)

    def _held_until(self) -> float:
        """Until when the line is kept clear for what someone looks at: about as long as that can take."""
        began = [demand.began for key, demand in self._demands.items() if demand.pressing and key in self._transfers]
        if not began:
            return self._left_at + _NEXT_LOOK_S
        rate = self._rate.bytes_per_s
        usual = 3 * self._typical_size / rate if rate else _HOLD_MIN_S
        return max(began) + min(max(usual, _HOLD_MIN_S), _HOLD_MAX_S)

    # -- doing ---------------------------------------------------------------------------------------------------

    def _start(self, key: K, now: float) -> _Transfer:
        progress = Progress()
        task = asyncio.get_running_loop().create_task(self._run(key, progress))
        transfer = self._transfers[key] = _Transfer(task, progress, now)
        task.add_done_callback(lambda done: self._ended(key, transfer, done))
        self._limit.began(now)
        return transfer

    async def _run(self, key: K, progress: Progress) -> None:
        await self._fetch(key, progress)

    def _ended(self, key: K, transfer: _Transfer, task: asyncio.Task[None]) -> None:
        now = self._clock.time()
        full = len(self._transfers) >= self._limit.value
        del self._transfers[key]
        self._bytes += transfer.progress.received
        if task.cancelled() and transfer.cancelled:
            self._pump()  # still a wish or a demand, or nobody wants it any more
            return
        error = Interrupted(detail="cancelled from below") if task.cancelled() else task.exception()
        if error is None:
            self._succeeded(key, transfer, now, full=full)
        else:
            self._failed(key, transfer, error, now)
        self._pump()

    def _succeeded(self, key: K, transfer: _Transfer, now: float, *, full: bool) -> None:
        nbytes = transfer.progress.received
        self._typical_size = nbytes if not self._typical_size else 0.8 * self._typical_size + 0.2 * nbytes
        self._limit.finished(nbytes, now, full=full)
        self._rate.note(now, self._received)
        self._healing.succeeded(key, transfer.began)
        self._give_up(key)
        self._answer(key, None)

    def _failed(self, key: K, transfer: _Transfer, error: BaseException, now: float) -> None:
        told = _ours(error)
        if isinstance(told, TooBusy | TimedOut):
            self._limit.trouble(transfer.began, now)
        prospect = self._healing.failed(key, told, transfer.began, now, looked_at=self.is_demanded(key))
        self._retries += not prospect.final
        if prospect.final:
            self._give_up(key)
        if prospect.answer:
            self._answer(key, told)
        if prospect.tell:
            self._on_failed(key, told, prospect.final)

    def _give_up(self, key: K) -> None:
        """Not to be fetched (again): it is here, or it cannot be had."""
        for keys in self._wishes.values():
            keys.pop(key, None)

    def _answer(self, key: K, error: LightboxError | None) -> None:
        demand = self._demands.pop(key, None)
        for future in demand.waiting if demand is not None else ():
            if not future.done():
                if error is None:
                    future.set_result(None)
                else:
                    future.set_exception(error)

    def _leave(self, key: K, demand: _Demand, done: asyncio.Future[None]) -> None:
        """Someone who waited waits no longer, for whatever reason."""
        demand.waiting.remove(done)
        if done.done() and not done.cancelled():
            done.exception()  # told, or nobody is there to be told
        if not demand.waiting and self._demands.get(key) is demand:
            del self._demands[key]
            if demand.pressing:
                self._left_at = self._clock.time()
            self._drop_unwanted()
        self._pump()

    @property
    def _received(self) -> int:
        return self._bytes + sum(transfer.progress.received for transfer in list(self._transfers.values()))

    def _wake_at(self, when: float, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if when < math.inf:
            self._timer = self._clock.call_later(max(0.0, when - now), self._pump)


def _ours(error: BaseException) -> LightboxError:
    if isinstance(error, LightboxError):
        return error
    _log.error("a fetch failed unexpectedly", exc_info=error)
    wrapped = LightboxError(user_text(error), detail=repr(error))
    wrapped.__cause__ = error
    return wrapped
