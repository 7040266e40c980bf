"""SessionRecord: an append-only, encrypted file of what was drawn and arranged, so that a crash loses next to nothing.

Every record is a mark, its length, a nonce and AES-GCM over a few entries, and is on the disk before the next one
begins. A file that was cut in the middle of a record gives back all records before; damage in the middle costs the
damaged records only, since the next mark is looked for. What cannot be read is kept beside, never thrown away.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import struct
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.session_state import Entry, Replay, replayed, worth_keeping

_MARK = b"LBSR"
_LENGTH = struct.Struct(">I")
_NONCE_BYTES, _TAG_BYTES = 12, 16
_PATIENCE_S = 5.0
_MOST_BYTES = 16 * 2**20            # of one record
_log = logging.getLogger(__name__)


class SessionRecord:
    """One file, used by one thread of its own: callers never wait for the disk.

    `find_key` runs on that thread: the system may ask the person before it gives the key. Without a key that lasts
    nothing is written: nobody could read it later. Nothing here raises for a disk that fails; `trouble` then says so.
    """

    def __init__(self, path: Path, find_key: Callable[[], bytes]) -> None:
        self._path, self._find_key = path, find_key
        self._key = b""
        self._file: BinaryIO | None = None
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="session-record")
        self._is_closed = False
        self.trouble = ""

    def load(self) -> Future[Replay]:
        """What earlier runs left. The file begins anew with what of it still counts; call it once, first."""
        return self._disk.submit(self._load)

    def append(self, entries: Iterable[Entry]) -> None:
        """Records changes. Returns at once; they are on the disk a moment later."""
        bunch = tuple(entries)
        if bunch and not self._is_closed:
            self._disk.submit(self._append, bunch)

    def close(self) -> None:
        """Waits until everything is written, but not for a keychain that still asks."""
        self._is_closed = True
        try:
            self._disk.submit(self._end).result(_PATIENCE_S)
        except TimeoutError:
            _log.warning("the record of the session did not end in time")
        self._disk.shutdown(wait=False, cancel_futures=True)

    # -- on its own thread ---------------------------------------------------------------------------------------

    def _load(self) -> Replay:
        self._key = self._find_key()
        if not self._key:
            self.trouble = "no keychain"
            return Replay()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            data = self._path.read_bytes() if self._path.exists() else b""
        except OSError as error:
            return self._fail(error)
        bunches, damaged, broke_off = _read(data, self._key)
        entries = [entry for bunch in bunches for entry in bunch]
        studies, wrong = replayed(entries)
        aside = self._keep_aside(data) if damaged or broke_off or wrong else ""
        self._begin(worth_keeping(entry for entry in entries if entry not in wrong))
        return Replay(studies, damaged + len(wrong), broke_off, aside)

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self, entries: tuple[Entry, ...]) -> None:
        """Writes a file of what counts, whole or not at all, and goes on behind it."""
        fresh = self._path.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                if entries:
                    file.write(_sealed(entries, self._key))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            self._file = self._path.open("ab")
        except OSError as error:
            self._fail(error)

    def _append(self, entries: tuple[Entry, ...]) -> None:
        if self._file is None:
            return
        try:
            self._file.write(_sealed(entries, self._key))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._fail(error)

    def _keep_aside(self, data: bytes) -> str:
        now = time.strftime("%Y%m%d-%H%M%S")
        aside = self._path.with_name(f"{self._path.stem}-unreadable-{now}{self._path.suffix}")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)
        except OSError as error:
            self._fail(error)
            return ""
        return aside.name

    def _fail(self, error: OSError) -> Replay:
        self.trouble = error.strerror or type(error).__name__
        _log.warning("the record of the session cannot be kept: %s", self.trouble)
        return Replay()


def _sealed(entries: tuple[Entry, ...], key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    text = json.dumps([astuple(entry) for entry in entries], separators=(",", ":")).encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = nonce + AESGCM(key).encrypt(nonce, text, _MARK)
    return _MARK + _LENGTH.pack(len(body)) + body


def _read(data: bytes, key: bytes) -> tuple[list[tuple[Entry, ...]], int, bool]:
    """The bunches that are whole, how many are damaged, and whether the end is missing."""
    bunches: list[tuple[Entry, ...]] = []
    damaged, place = 0, 0
    head = len(_MARK) + _LENGTH.size
    while place < len(data):
        begin = place + head
        length = _LENGTH.unpack_from(data, place + len(_MARK))[0] if begin <= len(data) else 0
        if data[place : place + len(_MARK)] == _MARK and _NONCE_BYTES + _TAG_BYTES <= length <= _MOST_BYTES:
            bunch = _opened(data[begin : begin + length], key)
            if bunch is not None:
                bunches.append(bunch)
                place = begin + length
                continue
        following = data.find(_MARK, place + 1)
        if following < 0:
            is_cut = begin > len(data) or begin + length > len(data)
            return bunches, damaged + (0 if is_cut else 1), is_cut
        damaged, place = damaged + 1, following
    return bunches, damaged, False


def _opened(body: bytes, key: bytes) -> tuple[Entry, ...] | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        text = AESGCM(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _MARK)
        return tuple(Entry(*(str(part) for part in row)) for row in json.loads(text))
    except (InvalidTag, ValueError, TypeError):
        return None
