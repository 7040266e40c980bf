"""Job: the one owner of a running coroutine on the GUI's loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.core.errors import LightboxError

_log = logging.getLogger(__name__)


class Job(QObject):
    """Runs one coroutine at a time; starting again cancels the earlier run: the latest wins.

    An error goes to `on_error`. Cancelling is no error. A Job is cancelled when its owner is destroyed.
    """

    running_changed = Signal(bool)

    def __init__(self, owner: QObject, on_error: Callable[[Exception], None]) -> None:
        super().__init__(owner)
        self._on_error = on_error
        self._task: asyncio.Task[None] | None = None
        running = self._running = _Running()
        self.destroyed.connect(lambda: running.cancel())  # the Job itself is gone by then

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:                # the program is ending, but a timer of Qt's still fired
            coroutine.close()
            return
        task = loop.create_task(coroutine)
        self._task = self._running.task = task
        task.add_done_callback(self._ended)
        self.running_changed.emit(True)

    def cancel(self) -> None:
        if self._task is not None:
            task, self._task, self._running.task = self._task, None, None
            task.cancel()
            self.running_changed.emit(False)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and not isinstance(error, LightboxError):
            _log.error("a job failed", exc_info=error)
        if self._task is not task or not isValid(self):
            return  # replaced, cancelled or orphaned: nobody waits for its end
        self._task = self._running.task = None
        self.running_changed.emit(False)
        if isinstance(error, Exception):
            self._on_error(error)


class _Running:
    """What runs, apart from the QObject, so that it can be cancelled when that is destroyed."""

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        if self.task is not None and not self.task.done() and self.task.get_loop().is_running():
            self.task.cancel()
