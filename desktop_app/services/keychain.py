"""Where secrets are kept: the keychain of the operating system, or this session's memory. Never a file of our own."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Protocol

_log = logging.getLogger(__name__)

_SERVICE = "Lightbox"
# Those of keyring's backends that encrypt; others (null, fail, plain text files) are none of ours.
_TRUSTED = (
    "keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
    "keyring.backends.macOS", "keyring.backends.Windows",
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a person typed in for one store. Never printed, never written to a file."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    bearer_token: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    certificate_password: str = field(default="", repr=False)
    headers: str = field(default="", repr=False)        # lines `Name: value` whose values others must not read


class Keychain(Protocol):
    """Blocking; called on a thread that may wait, because the system may ask the person to unlock it."""

    def get(self, name: str) -> str: ...
    def set(self, name: str, secret: str) -> bool: ...
    def delete(self, name: str) -> None: ...


class NoKeychain:
    """Keeps nothing: secrets last for this session."""

    def get(self, name: str) -> str:
        return ""

    def set(self, name: str, secret: str) -> bool:
        return False

    def delete(self, name: str) -> None:
        pass


class SystemKeychain:
    """The operating system's, if it has one that encrypts. A keychain that refuses is like none."""

    def get(self, name: str) -> str:
        import keyring
        from keyring.errors import KeyringError

        if not has_system_keychain():
            return ""
        try:
            return keyring.get_password(_SERVICE, name) or ""
        except (KeyringError, OSError, RuntimeError) as error:
            _log.warning("the keychain gave nothing: %s", type(error).__name__)
            return ""

    def set(self, name: str, secret: str) -> bool:
        """Whether it was kept."""
        import keyring
        from keyring.errors import KeyringError

        if not has_system_keychain():
            return False
        try:
            keyring.set_password(_SERVICE, name, secret)
        except (KeyringError, OSError, RuntimeError) as error:
            _log.warning("the keychain took nothing: %s", type(error).__name__)
            return False
        return True

    def delete(self, name: str) -> None:
        import keyring
        from keyring.errors import KeyringError

        if has_system_keychain():
            with suppress(KeyringError, OSError, RuntimeError):     # not there: that is what was wanted
                keyring.delete_password(_SERVICE, name)


def has_system_keychain() -> bool:
    """Whether this computer has a keychain that encrypts. Blocking."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend = keyring.get_keyring()
    inner = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    return bool(inner) and all(type(one).__module__.startswith(_TRUSTED) for one in inner)


class SecretDrawer:
    """Secrets by the key of a store: in memory, and in the keychain if that is wanted."""

    def __init__(self, keychain: Keychain | None = None) -> None:
        self._keychain: Keychain = keychain or NoKeychain()
        self._known: dict[str, Secrets] = {}

    def use(self, keychain: Keychain | None) -> None:
        """What is kept from now on goes there."""
        self._keychain = keychain or NoKeychain()

    async def stop_keeping(self, keys: list[str]) -> None:
        """Takes these secrets out of the keychain, to last for this session only."""
        for key in keys:
            await self.find(key)
            await asyncio.to_thread(self._keychain.delete, key)
        self._keychain = NoKeychain()

    def put_at_hand(self, key: str, secrets: Secrets) -> None:
        self._known[key] = secrets

    async def keep(self, key: str, secrets: Secrets) -> bool:
        """For this session, and beyond it if the keychain takes it; whether it did."""
        self._known[key] = secrets
        if secrets == Secrets():
            return False
        return await asyncio.to_thread(self._keychain.set, key, json.dumps(asdict(secrets)))

    async def find(self, key: str) -> Secrets:
        """What is known for this key; empty secrets if nothing is."""
        if key not in self._known:
            self._known[key] = _read(await asyncio.to_thread(self._keychain.get, key))
        return self._known[key]

    async def forget(self, key: str) -> None:
        self._known[key] = Secrets()
        await asyncio.to_thread(self._keychain.delete, key)


def _read(text: str) -> Secrets:
    try:
        found = json.loads(text) if text else {}
        return Secrets(**{name: str(value) for name, value in found.items()})
    except (ValueError, TypeError, AttributeError):
        return Secrets()
