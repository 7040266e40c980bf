"""The archive on loopback for other DICOMweb clients: `lightbox --serve PORT`."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app

_HOSTS = ("127.0.0.1", "localhost", "[::1]")


async def serve(archive: Archive, port: int, *, allow_origins: Sequence[str] = ()) -> None:
    """Serve until cancelled or interrupted, on 127.0.0.1 only. Raises OSError when the port is taken."""
    import uvicorn
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    app = create_app(archive, allow_origins=allow_origins)
    # A web page could point a name of its own at 127.0.0.1 and read the archive: only the names of this computer count.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_HOSTS))
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    await uvicorn.Server(config).serve()
