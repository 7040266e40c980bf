"""The key of the disk cache: in the keychain of the system, or for this session only. To forget it is the wipe."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

from desktop_app.services.disk_cache import KEY_BYTES, DiskCache, new_key
from desktop_app.services.keychain import Keychain, NoKeychain

_NAME = "disk cache"
_log = logging.getLogger(__name__)


def lasting_key(keychain: Keychain, name: str) -> bytes:
    """The key of this name, made when there is none yet; empty where no keychain keeps it. Blocking."""
    kept = _kept_key(keychain, name)
    if kept:
        return kept
    key = new_key()
    return key if keychain.set(name, key.hex()) else b""


def _kept_key(keychain: Keychain, name: str) -> bytes:
    try:
        key = bytes.fromhex(keychain.get(name))
    except ValueError:
        key = b""
    return key if len(key) == KEY_BYTES else b""


class KeyFiles:
    """Keys in files that their user alone may read (0600), for work that must not be lost where there is no keychain.

    It stands between the record and everybody who reads the disk but not as this user: less than a keychain, and more
    than losing what was drawn. Never for passwords or tokens, and never for images.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> str:
        try:
            return self._path(name).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    def set(self, name: str, secret: str) -> bool:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secret)
        except OSError as error:
            _log.warning("the file of a key cannot be written: %s", type(error).__name__)
            return False
        return True

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.key"


class CacheKey:
    """Opens and wipes the disk cache with a key that outlives the session where there is a keychain."""

    def __init__(self, keychain: Keychain | None = None) -> None:
        self._keychain: Keychain = keychain or NoKeychain()

    async def open(self, disk: DiskCache) -> None:
        """The system may ask the person first; until then the cache keeps and gives nothing."""
        await disk.open(await asyncio.to_thread(self._find))

    async def wipe(self, disk: DiskCache) -> None:
        """Nothing of what was kept can be read any more, by anyone."""
        key = new_key()
        await disk.wipe(key)
        await asyncio.to_thread(self._replace, key)

    def _find(self) -> bytes:
        return _kept_key(self._keychain, _NAME) or self._replace(new_key())

    def _replace(self, key: bytes) -> bytes:
        if not self._keychain.set(_NAME, key.hex()):
            _log.info("there is no keychain to keep the key of the disk cache: it lasts for this session")
        return key
