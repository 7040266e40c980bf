"""Put an ASGI application on loopback, in a thread of its own, for as long as a `with` lasts."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn

Application = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[MutableMapping[str, Any]]],
     Callable[[MutableMapping[str, Any]], Awaitable[None]]], Awaitable[None]]


class AsgiServer:
    """`url` is where it answers, on a port of the system's choice."""

    def __init__(
        self, app: Application, *, certificate: Path | None = None, key: Path | None = None,
        clients_of: Path | None = None,
    ) -> None:
        """`clients_of`: only clients with a certificate of this authority are let in."""
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="error", access_log=False, lifespan="off",
            ssl_certfile=certificate, ssl_keyfile=key, ssl_ca_certs=str(clients_of) if clients_of else None,
            ssl_cert_reqs=ssl.CERT_REQUIRED if clients_of else ssl.CERT_NONE, timeout_graceful_shutdown=1)
        self._scheme = "https" if certificate else "http"
        self._server = _Announcing(config)
        self._thread = threading.Thread(target=self._server.run, name="asgi-server", daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._server.is_up.wait(20):
            raise RuntimeError("the server did not start")
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"{self._scheme}://127.0.0.1:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(20)


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.is_up.set()
