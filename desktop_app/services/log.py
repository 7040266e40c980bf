"""The log: counts, sizes, times and short hashes; never a name, an ID, a date of birth or a token.

What went wrong unforeseen is written down by its kind and its places in the source only: the words of an exception may
quote what was in a file, an answer or a form.
"""

from __future__ import annotations

import copy
import logging
import logging.handlers
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

_OTHERS = ("asyncio", "qasync")     # they tell of exceptions that nobody took
_MOST_CAUSES = 10
PLACES = 3                         # folders of a path that are kept: who it is that works here is in the first ones


def start_log(folder: Path, *, verbose: bool = False) -> None:
    """Writes to `lightbox.log` in the folder, at most 4 files of 1 MB.

    The HTTP libraries' own logs hold URLs and stay out.
    """
    handler = _PrivateFile(
        folder / "lightbox.log", maxBytes=2**20, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("desktop_app")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    root.addHandler(handler)
    root.propagate = False
    # pydicom quotes values of the file, which may be a patient's.
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="pydicom")
    warnings.filterwarnings("ignore", module="highdicom")       # it quotes patients' names


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """Readable by its user only."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding=self.encoding)


class QuietFormatter(logging.Formatter):
    """Writes exceptions without their words."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None         # another handler may have written the words there
        own.stack_info = None
        if record.name.startswith(_OTHERS):
            own.msg, own.args = "an exception that nobody took", ()     # theirs quotes it
        return super().format(own)

    def formatException(self, ei: object) -> str:  # noqa: N802  logging's own name
        error = ei[1] if isinstance(ei, tuple) else None
        return without_words(error) if isinstance(error, BaseException) else ""


def without_words(error: BaseException) -> str:
    """The kinds of an exception and of its causes, each with the places it came through, the last one first."""
    lines, seen = ["Traceback, without what the exceptions say:"], 0
    current: BaseException | None = error
    while current is not None and seen < _MOST_CAUSES:
        lines.append(("caused by " if seen else "") + type(current).__qualname__)
        lines += [
            f"  {'/'.join(Path(frame.filename).parts[-PLACES:])}:{frame.lineno} in {frame.name}"
            for frame in reversed(traceback.extract_tb(current.__traceback__))]
        current, seen = current.__cause__ or current.__context__, seen + 1
    return "\n".join(lines)


def catch_uncaught(note: Callable[[BaseException], object] = lambda error: None) -> None:
    """From now on exceptions that nobody took go to log and console, without their words, and to `note`."""
    log = logging.getLogger("desktop_app")
    console = logging.StreamHandler()
    console.setFormatter(QuietFormatter("%(levelname)s %(name)s %(message)s"))
    for name in _OTHERS:
        logger = logging.getLogger(name)
        logger.propagate = False
        for handler in (*log.handlers, console):
            logger.addHandler(handler)

    def tell(error: BaseException | None) -> None:
        if error is not None:
            log.error("an exception that nobody took", exc_info=error)
            note(error)
            sys.stderr.write(without_words(error) + "\n")

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            tell(error)

    sys.excepthook = uncaught
    threading.excepthook = lambda told: tell(told.exc_value)
    sys.unraisablehook = lambda told: tell(told.exc_value)
