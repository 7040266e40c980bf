"""The key of the disk cache: in the keychain of the system, or for this session only. To forget it is the wipe."""

from __future__ import annotations

import asyncio
import logging

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
