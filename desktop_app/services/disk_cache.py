"""DiskCache: encoded instances on this machine, encrypted, the longest unused forgotten first.

Names of files are keyed hashes and contents are AES-GCM, so that neither tells anything without the key; forgetting the
key is the wipe. A file that is damaged, half-written or of another key is noticed when it is read, and goes.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from desktop_app.services.folders import private_folder

T = TypeVar("T")

DEFAULT_BUDGET_BYTES = 10 * 10**9
KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SUFFIX = ".lbx"
_KEEP_FREE_BYTES = 500 * 2**20  # the disk is not ours alone
_TOUCH_AFTER_S = 60.0
_log = logging.getLogger(__name__)


class DiskCache:
    """One folder of entries. `has` may be asked from any thread; the rest runs on a disk thread of its own.

    Nothing here raises for a disk that fails: a cache that cannot keep or give an entry merely does not have it.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        budget_bytes: int = DEFAULT_BUDGET_BYTES,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._key, self._clock = folder, key, clock
        self.budget_bytes = budget_bytes
        self._entries: OrderedDict[str, int] = OrderedDict()  # name → size, the longest unused first
        self._touched: dict[str, float] = {}
        self._bytes = 0
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cache-disk")
        self._is_open = False

    @property
    def nbytes(self) -> int:
        """Bytes on disk."""
        return self._bytes

    async def open(self, key: bytes | None = None) -> None:
        """Learns what the folder holds; until then nothing is kept. Entries of another key are removed: nobody can
        read them. `key`: one that was not known before, as when a keychain had to be asked."""
        self._key = key or self._key
        await self._on_disk(self._scan)
        self._is_open = True

    def has(self, store_key: str, uid: str) -> bool:
        """Whether there is an entry; reading it may still show that it is damaged."""
        return self._name(store_key, uid) in self._entries

    async def get(self, store_key: str, uid: str) -> bytes | None:
        """The bytes as they were put there, None when there is no entry or it is damaged."""
        return await self._on_disk(self._read, self._name(store_key, uid))

    async def put(self, store_key: str, uid: str, data: bytes) -> bool:
        """Keeps the bytes; whether that succeeded."""
        return self._is_open and await self._on_disk(self._write, self._name(store_key, uid), data)

    async def remove(self, store_key: str, uid: str) -> None:
        await self._on_disk(self._forget, self._name(store_key, uid))

    async def wipe(self, fresh_key: bytes) -> None:
        """Forgets everything and goes on with another key."""
        await self._on_disk(self._clear, fresh_key)

    def close(self) -> None:
        """Ends the thread; what is being written is finished first."""
        self._is_open = False
        self._disk.shutdown(cancel_futures=True)

    async def _on_disk(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.wrap_future(self._disk.submit(work, *arguments))

    # -- on the disk thread --------------------------------------------------------------------------------------

    def _name(self, store_key: str, uid: str) -> str:
        text = f"{store_key}\0{uid}".encode()
        return hashlib.blake2b(text, key=self._key, digest_size=20).hexdigest()

    def _path(self, name: str) -> Path:
        return self._folder / self._generation / name[:2] / (name + _SUFFIX)

    @property
    def _generation(self) -> str:
        """A folder for each key, so that entries of another are known without reading them."""
        return hashlib.blake2b(b"generation", key=self._key, digest_size=8).hexdigest()

    def _scan(self) -> None:
        try:
            private_folder(self._folder)
            for other in self._folder.iterdir():
                if other.is_dir() and other.name != self._generation:
                    _remove_tree(other)
            found = []
            for path in (self._folder / self._generation).glob(f"*/*{_SUFFIX}"):
                status = path.stat()
                found.append((status.st_mtime, path.stem, status.st_size))
            for path in (self._folder / self._generation).glob("*/*.part"):
                path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the disk cache cannot be read: %s", error.strerror)
            return
        self._entries = OrderedDict((name, size) for _, name, size in sorted(found))
        self._bytes = sum(self._entries.values())

    def _read(self, name: str) -> bytes | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        path = self._path(name)
        try:
            sealed = memoryview(path.read_bytes())      # half a megabyte is not copied once more
            if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
                raise InvalidTag
            data = AESGCM(self._key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
        except FileNotFoundError:
            self._lose(name)
            return None
        except (InvalidTag, OSError):
            _log.warning("an entry of the disk cache is damaged and goes")
            self._forget(name)
            return None
        self._touch(name, path)
        return data

    def _write(self, name: str, data: bytes) -> bool:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        path = self._path(name)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._key).encrypt(nonce, data, name.encode())
        size = len(nonce) + len(sealed)
        part = path.with_suffix(".part")
        try:
            if size > self.budget_bytes or not self._has_room_on_disk(size):
                return False
            private_folder(path.parent)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(nonce)
                file.write(sealed)
            part.replace(path)
        except OSError as error:
            _log.warning("the disk cache cannot keep an entry: %s", error.strerror)
            part.unlink(missing_ok=True)
            return False
        self._lose(name)
        self._entries[name] = size
        self._bytes += size
        while self._bytes > self.budget_bytes:
            self._forget(next(iter(self._entries)))
        return True

    def _has_room_on_disk(self, size: int) -> bool:
        folder = self._folder if self._folder.exists() else self._folder.parent
        status = os.statvfs(folder) if hasattr(os, "statvfs") else None
        return status is None or status.f_bavail * status.f_frsize > size + _KEEP_FREE_BYTES

    def _touch(self, name: str, path: Path) -> None:
        """Marks a use, also for the next start; the file's own time at most once a minute."""
        if name in self._entries:
            self._entries.move_to_end(name)
        now = self._clock()
        if now - self._touched.get(name, 0.0) > _TOUCH_AFTER_S:
            self._touched[name] = now
            try:
                os.utime(path, (now, now))
            except OSError:
                self._lose(name)

    def _forget(self, name: str) -> None:
        self._lose(name)
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("an entry of the disk cache cannot be removed: %s", error.strerror)

    def _lose(self, name: str) -> None:
        self._bytes -= self._entries.pop(name, 0)
        self._touched.pop(name, None)

    def _clear(self, fresh_key: bytes) -> None:
        self._entries.clear()
        self._touched.clear()
        self._bytes = 0
        self._key = fresh_key
        self._scan()


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def _remove_tree(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
