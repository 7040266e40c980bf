"""Secrets: in the system's keychain if it encrypts, else for this session; never in a file."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from desktop_app.services.keychain import SecretDrawer, Secrets, SystemKeychain, has_system_keychain

SECRETS = Secrets("reader", "a pass word", client_secret="shh")


class Memory(KeyringBackend):
    """A keychain that a test looks into."""

    priority = 1.0                                              # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringError("locked")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringError("locked")
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError("not there")
        del self.held[service, username]


class Trusted(Memory):
    """The same, as if it were the desktop's."""


Trusted.__module__ = "keyring.backends.SecretService"


@pytest.fixture
def before() -> Iterator[None]:
    kept = keyring.get_keyring()
    yield
    keyring.set_keyring(kept)


def use(backend: Memory) -> Memory:
    keyring.set_keyring(backend)
    return backend


async def test_what_is_kept_is_found_by_the_next_start(before: None) -> None:
    use(Trusted())
    assert await SecretDrawer(SystemKeychain()).keep("https://a", SECRETS)
    later = SecretDrawer(SystemKeychain())
    assert await later.find("https://a") == SECRETS
    assert await later.find("https://b") == Secrets()
    await later.forget("https://a")
    assert await SecretDrawer(SystemKeychain()).find("https://a") == Secrets()


@pytest.mark.parametrize("backend", [Memory(), keyring.backends.fail.Keyring()])
async def test_a_keychain_that_is_not_the_systems_own_gets_nothing(before: None, backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    assert not has_system_keychain()
    drawer = SecretDrawer(SystemKeychain())
    assert not await drawer.keep("https://a", SECRETS)
    assert await drawer.find("https://a") == SECRETS            # for this session
    assert not getattr(backend, "held", {})
    assert await SecretDrawer(SystemKeychain()).find("https://a") == Secrets()


async def test_a_locked_keychain_is_like_none(before: None, caplog: pytest.LogCaptureFixture) -> None:
    use(Trusted()).locked = True
    drawer = SecretDrawer(SystemKeychain())
    assert not await drawer.keep("https://a", SECRETS)
    assert await SecretDrawer(SystemKeychain()).find("https://a") == Secrets()
    assert "a pass word" not in caplog.text and "KeyringError" in caplog.text


async def test_damaged_entries_are_no_secrets(before: None) -> None:
    backend = use(Trusted())
    for text in ("{", "[1]", '{"unknown": "x"}'):
        backend.held["Lightbox", "https://a"] = text
        assert await SecretDrawer(SystemKeychain()).find("https://a") == Secrets()


async def test_without_a_keychain_secrets_last_for_the_session() -> None:
    drawer = SecretDrawer()
    assert not await drawer.keep("https://a", SECRETS)
    assert await drawer.find("https://a") == SECRETS
    assert await SecretDrawer().find("https://a") == Secrets()


def test_secrets_do_not_show_themselves() -> None:
    assert "pass word" not in repr(SECRETS) and "shh" not in repr(SECRETS)
