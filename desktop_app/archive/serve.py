"""The archive on loopback for other DICOMweb clients: `lightbox --serve PORT`."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.errors import LightboxError

if TYPE_CHECKING:
    from starlette.applications import Starlette

_HOSTS = ("127.0.0.1", "localhost", "[::1]")


async def serve(archive: Archive, port: int, *, allow_origins: Sequence[str] = ()) -> None:
    """Serve until cancelled or interrupted, on 127.0.0.1 only; port 0 takes a free one.

    Raises LightboxError when the port is taken.
    """
    import uvicorn
    with listening_socket(port) as listener:
        config = uvicorn.Config(serving_app(archive, allow_origins), log_level="warning", access_log=False)
        await uvicorn.Server(config).serve(sockets=[listener])


def serving_app(archive: Archive, allow_origins: Sequence[str] = ()) -> Starlette:
    """The application for a socket: a web page could point a name of its own at 127.0.0.1 and read the archive, so only
    the names of this computer count."""
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    app = create_app(archive, allow_origins=allow_origins)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_HOSTS))
    return app


def listening_socket(port: int) -> socket.socket:
    """A socket that listens on the port on loopback. Raises LightboxError when the port is taken or not allowed."""
    listener = socket.socket()
    try:
        if os.name != "nt":                 # there the option lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)                # who connects early waits until the server is up
    except (OSError, OverflowError) as error:
        listener.close()
        raise LightboxError(f"Port {port} of this computer cannot be used: another program may have it. Choose"
                            " another one.", detail=str(error)) from error
    return listener
