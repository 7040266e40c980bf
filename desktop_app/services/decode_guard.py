"""DecodeGuard: what is being decoded at this moment, written down so that it is known if the program does not survive.

Whatever ends the process in the middle of a codec leaves the mark of its object behind. The next start finds it and
offers to leave that object out.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from desktop_app.core.errors import CannotDecode
from desktop_app.core.words import say
from desktop_app.services.codec_process import CodecProcess

_MARK = 32                  # bytes of one mark: a hash, so that no identifier lies in the file
_SLOTS = 16                 # decodes at once
_EMPTY = bytes(_MARK)

GUARD: ContextVar[DecodeGuard | None] = ContextVar("decode_guard", default=None)


class DecodeGuard:
    """`folder` holds the marks; without one nothing is remembered. `codecs` is the process for risky codecs.

    Marks are written into a mapped file: a few nanoseconds, and the system keeps them when the process ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.codecs = CodecProcess()
        self._folder = folder
        self._lock = threading.Lock()
        self._free = list(range(_SLOTS))
        self._left_out = _read_marks(folder / "left-out") if folder is not None else set()
        self.suspects: frozenset[bytes] = frozenset()
        self._marks: mmap.mmap | None = None
        if folder is not None:
            self._open(folder / "decoding")

    @contextmanager
    def decoding(self, sop_instance_uid: str) -> Iterator[None]:
        """Marks the object while the body runs. Raises CannotDecode for one that was left out."""
        mark = _mark(sop_instance_uid)
        if mark in self._left_out:
            raise CannotDecode(say(
                "services", "Lightbox once ended while it read this object, so it is left out. Open it with "
                "another program, or read it all the same: “Read what was left out again”."))
        with self._lock:
            slot = self._free.pop() if self._free and self._marks is not None else None
        if slot is None or self._marks is None:
            yield
            return
        place = slice(slot * _MARK, (slot + 1) * _MARK)
        self._marks[place] = mark
        try:
            yield
        finally:
            self._marks[place] = _EMPTY
            with self._lock:
                self._free.append(slot)

    def leave_out_suspects(self) -> None:
        """What was being read when the program ended is not read any more."""
        self._left_out |= self.suspects
        self._save()

    def read_all_again(self) -> None:
        """Nothing is left out any more."""
        self._left_out.clear()
        self._save()

    def close(self) -> None:
        """Ends the codec process and forgets the marks: the program ends as it should."""
        self.codecs.close()
        if self._marks is not None:
            self._marks[:] = bytes(_MARK * _SLOTS)
            self._marks.flush()
            self._marks.close()
            self._marks = None

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.suspects = frozenset(_read_marks(path) - self._left_out)
            _write(path, bytes(_MARK * _SLOTS))
            with path.open("r+b") as file:
                self._marks = mmap.mmap(file.fileno(), _MARK * _SLOTS)
        except (OSError, ValueError):
            self._marks = None                      # a disk that cannot be written to is said elsewhere

    def _save(self) -> None:
        if self._folder is not None:
            _write(self._folder / "left-out", b"".join(sorted(self._left_out)))


def _write(path: Path, data: bytes) -> None:
    """For this user only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)


def _mark(sop_instance_uid: str) -> bytes:
    return hashlib.blake2s(sop_instance_uid.encode(), digest_size=_MARK).digest()


def _read_marks(path: Path) -> set[bytes]:
    try:
        data = path.read_bytes()
    except OSError:
        return set()
    marks = {data[start : start + _MARK] for start in range(0, len(data) - _MARK + 1, _MARK)}
    return marks - {_EMPTY}
