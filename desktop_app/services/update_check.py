"""Asks the one address that an administrator named whether there is a newer version. Without one, nobody is asked.

Nothing is sent but the request itself, nothing is downloaded and nothing installed: a sentence is all that comes of it.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from desktop_app.core.errors import LightboxError
from desktop_app.core.release import Release, version_key
from desktop_app.core.words import t

_MOST_BYTES = 64 * 1024
_MOST_PAGE = 300
_IDLE_S = 10.0


class NoRelease(LightboxError):
    """The address told of no version."""

    default_text = t(
        "core", "The address for newer versions did not tell of one. Ask your administrator to look at it.")



async def newest_release(address: str, ca_file: str = "") -> Release:
    """What the JSON object at an https address says: `{"version": "1.2.0", "page": "https://…"}`.

    Runs on the network thread. Raises NoRelease for whatever goes wrong; redirects are not
    followed, and no more than 64 kB is read.
    """
    import asyncio

    import httpx

    from desktop_app.core.store import Store
    from desktop_app.core.store_network import StoreNetwork
    from desktop_app.dicomweb.transport import build_http_client, is_foreign, translate

    store = Store("updates", address, network=StoreNetwork(ca_file))
    try:
        async with asyncio.timeout(2 * _IDLE_S), build_http_client(
            store, idle_timeout_s=_IDLE_S, max_connections=1, headers={"Accept-Encoding": "identity"},
        ) as http, http.stream("GET", address, headers={"Accept": "application/json"}) as answer:
            if answer.status_code != httpx.codes.OK:
                raise NoRelease(detail=f"HTTP {answer.status_code}")
            body = b""
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > _MOST_BYTES:
                    raise NoRelease(detail="more than 64 kB")
        return read_release(body)
    except NoRelease:
        raise
    except LightboxError as error:
        raise NoRelease(detail=error.detail) from error
    except Exception as error:
        if not (is_foreign(error) or isinstance(error, TimeoutError)):
            raise
        raise NoRelease(detail=translate(error).detail) from error


def read_release(body: bytes) -> Release:
    """Raises NoRelease for what is no such object."""
    try:
        told = json.loads(body)
        version, page = told["version"], told.get("page", "")
        version_key(version)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoRelease(detail=type(error).__name__) from error
    parts = urlsplit(page) if isinstance(page, str) and len(page) <= _MOST_PAGE and page.isprintable() else None
    return Release(version, page if parts is not None and parts.scheme == "https" and parts.hostname else "")
