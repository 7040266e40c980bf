"""Parts of a page that are built one after the other, so that no event handler takes as long as all of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")


class Part(Generic[T]):
    """Something that is built once: when its turn comes, or before that when someone asks for it by a call."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build: Callable[[], T] | None = build
        self._built: list[T] = []

    @property
    def is_built(self) -> bool:
        return bool(self._built)

    def __call__(self) -> T:
        if self._build is not None:
            build, self._build = self._build, None
            self._built.append(build())
        return self._built[0]


class Turns(QObject):
    """Does one thing in each turn of the event loop, in the order in which they were added, while it may."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._waiting: deque[Callable[[], object]] = deque()
        self._may_go = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    @property
    def are_over(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def add(self, *works: Callable[[], object]) -> None:
        self._waiting.extend(works)
        self._look()

    def go_on(self, may_go: bool) -> None:
        """Out of sight nothing is built."""
        self._may_go = may_go
        self._look()

    def _look(self) -> None:
        if self._may_go and self._waiting:
            self._timer.start()
        else:
            self._timer.stop()

    def _next(self) -> None:
        work = self._waiting.popleft()
        self._look()
        work()
