"""Whom the connections of one archive trust, and what every request to it carries."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import httpx

from desktop_app.core.errors import DiskError, Unreachable
from desktop_app.core.store import Store
from desktop_app.core.words import say
from desktop_app.dicomweb.urls import same_origin


def trust_context() -> ssl.SSLContext:
    """A TLS context that trusts what the operating system trusts: hospitals install their own authorities there."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def add_authorities(context: ssl.SSLContext, ca_file: Path) -> None:
    """Trusts the authorities in a PEM or DER file as well.

    Blocking. Raises DiskError when the file cannot be read, Unreachable when it holds no certificate.
    """
    try:
        data = ca_file.read_bytes()
    except OSError as error:
        raise DiskError(
            say(
                "dicomweb", "The file of certificate authorities, {name}, cannot be read. Check its path and "
                "its permissions.").format(name=ca_file.name)
        ) from error
    try:
        context.load_verify_locations(cadata=data.decode("ascii") if b"-----BEGIN" in data else data)
    except (ssl.SSLError, ValueError) as error:
        raise Unreachable(
            say(
                "dicomweb", "{name} holds no certificate of an authority. Ask the archive's administrator for "
                "the right one.").format(name=ca_file.name),
            detail=type(error).__name__,
        ) from error


class BeforeRequest:
    """httpx's hook: reads the files that the first connection needs, off the event loop, and adds the headers of the
    archive to what goes to the archive's own origin. A file that could not be read is read again for the next."""

    def __init__(
        self, store: Store, context: ssl.SSLContext, ready: Callable[[], Awaitable[Mapping[str, str]]] | None
    ) -> None:
        self._url, self._context, self._ready = store.url, context, ready
        self._headers = store.network.header_pairs
        self._ca_file = store.network.ca_file if store.url.startswith("https:") else ""
        self._reading = asyncio.Lock()

    @property
    def is_needed(self) -> bool:
        return bool(self._headers or self._ca_file or self._ready)

    async def __call__(self, request: httpx.Request) -> None:
        """Raises the errors of `add_authorities` and of what `ready` does."""
        if self._ca_file:
            async with self._reading:
                if self._ca_file:
                    await asyncio.to_thread(add_authorities, self._context, Path(self._ca_file))
                    self._ca_file = ""
        late = await self._ready() if self._ready is not None else {}
        if same_origin(str(request.url), self._url):
            for name, value in (*self._headers, *late.items()):
                request.headers[name] = value
