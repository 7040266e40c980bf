"""Job: the one owner of a running coroutine on the GUI's loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

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

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self.cancel()
        task = asyncio.get_running_loop().create_task(coroutine)
        self._task = task
        task.add_done_callback(self._ended)
        self.running_changed.emit(True)

    def cancel(self) -> None:
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            self.running_changed.emit(False)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if self._task is task:
            self._task = None
            self.running_changed.emit(False)
        elif error is not None:
            return  # an earlier run that was replaced: nobody waits for its error
        if isinstance(error, Exception):
            if not hasattr(error, "user_text"):
                _log.error("a job failed", exc_info=error)
            self._on_error(error)
