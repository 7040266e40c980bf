"""CrashReports: where in the program it was when it ended as it should not have, written on this computer only.

A run has one file from its beginning on. Python writes into it what nobody took, and where every thread was when the
process was ended by a fault (a codec, Qt, the memory): the file is open by then, since there is no time left to open
one. A run that ends well takes its file away. What is left is shown to the person at the next start; nothing sends it.

A report holds the kinds of exceptions and places in the source, never the words of an exception, values or file names.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import re
import secrets
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

from desktop_app import __version__
from desktop_app.core.crash_report import CrashReport
from desktop_app.services.log import PLACES, without_words

_SUFFIX, _SEEN = ".crash", ".seen"
_END_OF_HEAD = "---\n"
_MOST_BYTES, _MOST_NOTED, _MOST_SEEN = 256 * 1024, 20, 5
_FILE = re.compile(r'File "([^"\n]*)"')


class CrashReports:
    """In one folder. `begin` and `end` belong to the main thread; `note` to any."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: Path | None = None
        self._file: TextIO | None = None
        self._noted = 0
        self._writing = threading.Lock()

    def begin(self, *versions: str) -> None:
        """From now on a fault leaves its traces. `versions`: of what the program runs on. Silent where the disk
        refuses: the program works without."""
        own = self._folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}{_SUFFIX}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            self._own, self._file = own, os.fdopen(handle, "w", encoding="utf-8", buffering=1)
            self._file.write(_head(*versions))
            faulthandler.enable(self._file, all_threads=True)
        except OSError:
            self._file = None

    def note(self, error: BaseException) -> None:
        """An exception that nobody took, without its words."""
        with self._writing, contextlib.suppress(OSError, ValueError):
            self._noted += 1
            if self._file is not None and self._noted <= _MOST_NOTED:
                self._file.write(f"{time.strftime('%H:%M:%S')} an exception that nobody took\n{without_words(error)}\n")

    def end(self) -> None:
        """The run ends as it should. What was noted stays for the next start."""
        if self._file is None or self._own is None:
            return
        faulthandler.disable()
        with self._writing, contextlib.suppress(OSError):
            file, self._file = self._file, None
            file.close()
            if not self._noted:
                self._own.unlink(missing_ok=True)

    def waiting(self) -> tuple[CrashReport, ...]:
        """Of earlier runs, the newest first, redacted; to be read before they are shown. Blocking; never raises."""
        found = []
        for path in sorted(self._folder.glob(f"*{_SUFFIX}"), reverse=True):
            if path == self._own:
                continue
            report = _read(path)
            if report is not None:
                found.append(report)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()               # that run was ended from outside: nothing is known of it
        return tuple(found)

    def keep(self, report: CrashReport) -> None:
        """It was seen, and is not shown again. The few latest stay in the folder."""
        with contextlib.suppress(OSError):
            report.path.replace(report.path.with_suffix(_SEEN))
            for old in sorted(self._folder.glob(f"*{_SEEN}"), reverse=True)[_MOST_SEEN:]:
                old.unlink(missing_ok=True)

    def delete(self, report: CrashReport) -> None:
        with contextlib.suppress(OSError):
            report.path.unlink(missing_ok=True)


def _head(*versions: str) -> str:
    """What may matter, and says nothing about whose computer this is."""
    runs_on = ", ".join((f"Python {platform.python_version()}", *versions))
    return (f"Lightbox {__version__}{', packaged' if getattr(sys, 'frozen', False) else ''}\n{runs_on}\n"
            f"{platform.system()} {platform.release()}, {platform.machine()}\n{_END_OF_HEAD}")


def _read(path: Path) -> CrashReport | None:
    """None for a run of which there is nothing to tell."""
    try:
        with path.open("rb") as file:
            found = file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return None
    if not found.partition(_END_OF_HEAD)[2].strip():
        return None
    text = _FILE.sub(lambda match: f'File "{_shortened(match[1])}"', found)
    if text != found:           # Python's own lines hold whole paths, and so the name of whoever works here
        with contextlib.suppress(OSError):
            path.write_text(text, encoding="utf-8")
    return CrashReport(path, text, "Fatal Python error:" in text or "Windows fatal exception:" in text)


def _shortened(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-PLACES:])
