"""Healing: what is tried again after a failure, and when. Pure: times in seconds of any monotonic clock."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop_app.core.errors import (
    Interrupted,
    LightboxError,
    NetworkError,
    ServerFailed,
    SignInFailed,
    SignInNeeded,
    TimedOut,
    TooBusy,
    Unreachable,
)

K = TypeVar("K", bound=Hashable)

_HEALING = (NetworkError, TooBusy, ServerFailed)  # may succeed later; everything else is an answer
_OF_THE_LINE = (Unreachable, TimedOut, TooBusy)  # not the key's fault: the others would fare no better
_WORTH_A_SECOND_LOOK = (Interrupted, TooBusy, ServerFailed)  # a person may wait for another attempt
_DENIED = (SignInNeeded, SignInFailed)

_TOLD_AFTER = 3  # attempts
_KEY_PAUSE_S, _KEY_PAUSE_MAX_S = 1.0, 60.0
_LOOKED_AT_PAUSE_S, _LOOKED_AT_PATIENCE_S = 0.2, 5.0
_LINE_PAUSE_S, _LINE_PAUSE_MAX_S = 1.0, 15.0
_AFTER_THE_OTHERS_S = 2.0
_RETRY_AFTER_MAX_S = 120.0
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Prospect:
    """What follows from a failure.

    `final`: it will not be tried again by itself. `answer`: who waits for it hears the error now. `tell`: it is worth
    being shown as missing.
    """

    final: bool = False
    answer: bool = False
    tell: bool = False


@dataclass(slots=True)
class _Trouble:
    attempts: int = 0
    not_before: float = 0.0


class Healing(Generic[K]):
    """The patience of one queue: a pause of its own for a key that failed, a common one when the archive is away or too
    busy (one transfer goes ahead and looks), and a stop once it asks for a sign-in."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._troubles: dict[K, _Trouble] = {}
        self._away: LightboxError | None = None
        self._denied: LightboxError | None = None
        self._paused_at = self._pause_until = -math.inf
        self._pause_s = _LINE_PAUSE_S
        self.welcome_at = -math.inf  # what the server's Retry-After says: demands keep to it too

    @property
    def reason(self) -> LightboxError | None:
        """Why background transfers wait, None while they need not."""
        return self._denied or self._away

    @property
    def background_from(self) -> float:
        """Before this moment no background transfer begins."""
        return math.inf if self._denied is not None else self._pause_until

    @property
    def one_by_one(self) -> bool:
        """Whether it is not known yet that the archive is back: one transfer goes ahead."""
        return self._away is not None

    def not_before(self, key: K) -> float:
        trouble = self._troubles.get(key)
        return trouble.not_before if trouble is not None else -math.inf

    def looked_at(self, key: K) -> None:
        """Someone asks for it anew: it need not wait for its turn."""
        self._troubles.pop(key, None)

    def succeeded(self, key: K, began: float) -> None:
        """The key is here; its transfer had begun at `began`."""
        self._denied = None
        self._troubles.pop(key, None)
        if began > self._paused_at:  # what had begun before says nothing about now
            self._away, self._pause_s, self._pause_until = None, _LINE_PAUSE_S, self.welcome_at

    def forget(self, wanted: Callable[[K], bool]) -> None:
        """Keeps only the troubles of what is still wanted."""
        for key in [key for key in self._troubles if not wanted(key)]:
            del self._troubles[key]

    def failed(self, key: K, error: LightboxError, began: float, now: float, *, looked_at: bool) -> Prospect:
        """A transfer that had begun at `began` failed; `looked_at`: a person waits for it."""
        if isinstance(error, _OF_THE_LINE):
            self._pause(error, began, now)
        if isinstance(error, _DENIED):
            self._denied = error
            return Prospect(answer=True, tell=True)
        if not isinstance(error, _HEALING):
            self._troubles.pop(key, None)
            return Prospect(final=True, answer=True, tell=True)
        trouble = self._troubles.setdefault(key, _Trouble())
        trouble.attempts += 1
        long = isinstance(error, TooBusy) and (error.retry_after_s or 0.0) > _LOOKED_AT_PATIENCE_S
        again = isinstance(error, _WORTH_A_SECOND_LOOK) and trouble.attempts < _TOLD_AFTER and not long
        if looked_at and again:
            trouble.not_before = now + _LOOKED_AT_PAUSE_S * 2.0 ** (trouble.attempts - 1)
            return Prospect()
        pause = min(_KEY_PAUSE_S * 2.0 ** (trouble.attempts - 1), _KEY_PAUSE_MAX_S)
        trouble.not_before = now + self._uneven(pause)
        if isinstance(error, _OF_THE_LINE):  # another one looks first: this one may be what the archive cannot do
            trouble.not_before = max(trouble.not_before, self._pause_until + _AFTER_THE_OTHERS_S)
        return Prospect(answer=not again, tell=trouble.attempts == _TOLD_AFTER)

    def _pause(self, error: LightboxError, began: float, now: float) -> None:
        """Everything waits; transfers that had begun before the pause do not make it longer."""
        self._away = error
        if began > self._paused_at:
            self._paused_at = now
            self._pause_until = max(self._pause_until, now + self._uneven(self._pause_s))
            self._pause_s = min(self._pause_s * 2, _LINE_PAUSE_MAX_S)
        if isinstance(error, TooBusy) and error.retry_after_s:
            self.welcome_at = max(self.welcome_at, now + min(error.retry_after_s, _RETRY_AFTER_MAX_S))
            self._pause_until = max(self._pause_until, self.welcome_at)

    def _uneven(self, pause_s: float) -> float:
        """Many programs at one archive must not come back at the same moment."""
        return pause_s * (1 + _JITTER * self._chance())
