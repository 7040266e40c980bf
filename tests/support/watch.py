"""What the interface did at a stretch: each event handler and each paint, by the CPU time of its thread.

CPU time and not the clock's: another program on the machine, or another thread's turn, makes no handler longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimerEvent
from PySide6.QtWidgets import QApplication

_PAINTS = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Expose, QEvent.Type.Paint})
_CALIBRATION = 5000


@dataclass(frozen=True, slots=True)
class Stretch:
    """One handler or paint, from the moment that Qt hands it an event until it gives it back."""

    stage: str
    what: str
    is_paint: bool
    cpu_ms: float


class WatchedApplication(QApplication):
    """An application that measures all that it hands out.

    What a handler delivers by itself (a resize that it causes, a polish) is part of it; a stroke of a key or a mouse
    that a test sends out of its own coroutine is a handler of its own, and so is what is delivered while `aside`.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.stretches: list[Stretch] = []
        self.stage = "start"
        self._within: list[float] = []          # of each stretch under way: what is none of its own, in seconds
        self._is_aside = False
        self._nested = 0
        self._cost_s = 0.0
        self._cost_s = self._calibrate()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._within and not self._is_aside:
            self._nested += 1
            return super().notify(receiver, event)
        kind = event.type()
        with self.stretch(lambda: _words(receiver, kind), is_paint=kind in _PAINTS, waiting=_callback(receiver, event)):
            return super().notify(receiver, event)

    @contextmanager
    def stretch(self, what: Callable[[], str], *, is_paint: bool = False, waiting: str = "") -> Iterator[None]:
        """Measures what is done inside as a handler of its own."""
        was_aside, self._is_aside = self._is_aside, False
        nested = self._nested
        self._within.append(0.0)
        words = what()
        began = time.thread_time()
        try:
            yield
        finally:
            took = time.thread_time() - began
            own = took - self._within.pop() - (self._nested - nested) * self._cost_s
            self.stretches.append(Stretch(self.stage, waiting or words, is_paint, max(own, 0.0) * 1000))
            self._is_aside = was_aside
            if self._within:
                self._within[-1] += took

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done inside is a test's own, but for the events that it delivers."""
        was_aside, self._is_aside = self._is_aside, True
        began, before = time.thread_time(), self._within[-1] if self._within else 0.0
        try:
            yield
        finally:
            self._is_aside = was_aside
            if self._within:                    # all of it: those stretches inside that were counted, and the rest
                self._within[-1] = before + time.thread_time() - began

    def longest(self, *, is_paint: bool) -> dict[str, Stretch]:
        """The longest of each stage, in the order in which the stages came."""
        found: dict[str, Stretch] = {}
        for one in self.stretches:
            if one.is_paint == is_paint and (one.stage not in found or one.cpu_ms > found[one.stage].cpu_ms):
                found[one.stage] = one
        return found

    def _calibrate(self) -> float:
        """Seconds that the detour through `notify` costs for an event inside a stretch."""
        target, event = QObject(), QEvent(QEvent.Type.User)
        with self.stretch(lambda: "calibration"):
            began = time.thread_time()
            for _ in range(_CALIBRATION):
                QApplication.sendEvent(target, event)
            through = time.thread_time() - began
            began = time.thread_time()
            for _ in range(_CALIBRATION):
                target.event(event)
            directly = time.thread_time() - began
        self.stretches.clear()
        self._nested = 0
        return max(through - directly, 0.0) / _CALIBRATION


def set_aside(
    function: Callable[..., Coroutine[Any, Any, None]], application: WatchedApplication,
) -> Callable[..., Coroutine[Any, Any, None]]:
    """A coroutine function whose own turns are a test's, none of the program's."""
    @wraps(function)
    async def watched(*arguments: Any) -> None:
        await _Aside(function(*arguments), application)
    return watched


class _Aside:
    """Drives a coroutine, each of its turns aside."""

    def __init__(self, work: Coroutine[Any, Any, None], application: WatchedApplication) -> None:
        self._work, self._application = work, application

    def __await__(self) -> Generator[Any, Any, None]:
        answer, error = None, None
        while True:
            try:
                with self._application.aside():
                    awaited = self._work.send(answer) if error is None else self._work.throw(error)
            except StopIteration:
                return
            answer, error = None, None
            try:
                answer = yield awaited
            except BaseException as raised:
                error = raised


def _words(receiver: QObject, kind: QEvent.Type) -> str:
    return f"{kind.name} to {type(receiver).__name__}"


def _callback(receiver: QObject, event: QEvent) -> str:
    """Whose turn of the asyncio loop it is; empty for any other event."""
    waiting = getattr(receiver, "_SimpleTimer__callbacks", None)
    if waiting is None or not isinstance(event, QTimerEvent):
        return ""
    called = getattr(waiting.get(event.timerId()), "_callback", None)
    coroutine = getattr(getattr(called, "__self__", None), "get_coro", lambda: None)()
    return f"turn of {getattr(coroutine or called, '__qualname__', called)}"
