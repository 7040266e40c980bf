"""`lightbox --serve PORT`: the local archive for other programs on this computer, without a window."""

from __future__ import annotations

import asyncio
import sys

from desktop_app.cli import Options
from desktop_app.core.errors import user_text
from desktop_app.services.folders import Folders


def serve_local_archive(options: Options) -> int:
    """Serves until interrupted. Returns the exit code."""
    try:
        asyncio.run(_serve(options))
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        print(user_text(error), file=sys.stderr)  # noqa: T201
        return 1
    return 0


async def _serve(options: Options) -> None:
    from desktop_app.archive.archive import Archive
    from desktop_app.archive.samples import ensure_samples
    from desktop_app.archive.serve import Serving, serve
    from desktop_app.resources import resource_path

    assert options.serve is not None
    token = await asyncio.to_thread(options.serve_token_file.read_text) if options.serve_token_file else ""
    how = Serving(options.serve, options.serve_host, token.strip(), options.serve_certificate, options.serve_key,
                  options.serve_allow_origin)
    folders = Folders.of_user()
    folders.make()
    archive = await Archive.open(folders.archive)
    try:
        await ensure_samples(archive, resource_path("samples"))
        await serve(archive, how, _tell)
    finally:
        await archive.close()


def _tell(address: str) -> None:
    print(f"The local archive answers at {address} until this is interrupted.", flush=True)  # noqa: T201
