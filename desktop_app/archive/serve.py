"""The archive for other DICOMweb clients: `lightbox --serve PORT`, on loopback unless a token and TLS are given."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.errors import LightboxError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OPEN_TO_ALL = ("Other computers may reach the archive only with a token and TLS: give --serve-token-file, "
                "--serve-certificate and --serve-key, or leave --serve-host out.")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the archive listens. Beyond loopback only with `token` and `certificate`. Port 0 takes a free one."""

    port: int
    host: str = "127.0.0.1"
    token: str = field(default="", repr=False)
    certificate: Path | None = None
    key: Path | None = None
    allow_origins: Sequence[str] = ()

    @property
    def is_loopback(self) -> bool:
        return self.host in _LOOPBACK


async def serve(archive: Archive, how: Serving, tell: Callable[[str], object] = lambda _address: None) -> None:
    """Serve until cancelled or interrupted; `tell` hears the DICOMweb address, which names the port that was free.

    Raises LightboxError when the port is taken, or others could come in.
    """
    import uvicorn
    if not how.is_loopback and not (how.token and how.certificate):
        raise LightboxError(_OPEN_TO_ALL)
    with listening_socket(how.port, how.host) as listener:
        config = uvicorn.Config(
            serving_app(archive, how), log_level="warning", access_log=False, ssl_certfile=how.certificate,
            ssl_keyfile=how.key)
        host = f"[{how.host}]" if ":" in how.host else how.host
        tell(f"{'https' if how.certificate else 'http'}://{host}:{listener.getsockname()[1]}/dicom-web")
        await uvicorn.Server(config).serve(sockets=[listener])


def serving_app(archive: Archive, how: Serving | None = None) -> Starlette:
    """The application for a socket. On loopback a web page could point a name of its own at 127.0.0.1 and read the
    archive, so only the names of this computer count there; with a token who does not have it reads nothing."""
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    how = how or Serving(0)
    app = create_app(archive, allow_origins=how.allow_origins)
    if how.token:
        app.add_middleware(_TokenNeeded, token=how.token)
    if how.is_loopback:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_HOSTS))
    return app


class _TokenNeeded:
    """Answers 401 to every request without the bearer token (RFC 6750)."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._wanted = app, f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
            if not secrets.compare_digest(given, self._wanted):
                from starlette.responses import JSONResponse
                refusal = JSONResponse({"error": "A bearer token is needed."}, HTTPStatus.UNAUTHORIZED,
                                       {"WWW-Authenticate": 'Bearer realm="lightbox"'})
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def listening_socket(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A socket that listens on the port. Raises LightboxError when it is taken or not allowed."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name != "nt":                 # there the option lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)                # who connects early waits until the server is up
    except (OSError, OverflowError) as error:
        listener.close()
        raise LightboxError(f"Port {port} of this computer cannot be used: another program may have it. Choose"
                            " another one.", detail=str(error)) from error
    return listener
