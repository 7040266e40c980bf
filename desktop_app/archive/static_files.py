"""A folder of answers that were written beforehand (static-wado's layout) as a DICOMweb service.

A resource is a file of its name, with or without `.gz`, or the `index.json` of the folder of its name. Frames are whole
multipart messages; what they are is said by their first line. Nothing is searched: who asks narrows the list.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from desktop_app.dicomweb.media_types import Kind, sniff

_ENDINGS = ("", ".gz", ".json", ".json.gz", ".mht", ".mht.gz", "/index.json", "/index.json.gz", "/index.mht",
            "/index.mht.gz")
_FIRST_LINE = 200
Message = MutableMapping[str, Any]


def is_static_layout(folder: Path) -> bool:
    """Whether a folder holds written answers rather than DICOM files."""
    return any((folder / "studies" / name).is_file() for name in ("index.json", "index.json.gz"))


class StaticFiles:
    """The ASGI application over one such folder. Reads only below it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        path = str(scope["path"]).removeprefix("/dicom-web").strip("/")
        found = None
        if scope["method"] in ("GET", "HEAD"):
            found = await asyncio.to_thread(self._read, path)
        status = 200 if found is not None else 404 if scope["method"] in ("GET", "HEAD") else 405
        body, media_type = found or (b'{"error": "nothing here"}', "application/json")
        await send({"type": "http.response.start", "status": status, "headers": [
            (b"content-type", media_type.encode("latin-1")), (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _read(self, path: str) -> tuple[bytes, str] | None:
        for ending in _ENDINGS:
            file = (self._folder / (path + ending)).resolve()
            if file.is_relative_to(self._folder) and file.is_file():
                data = file.read_bytes()
                data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
                return data, _media_type(data)
        return None


def _media_type(data: bytes) -> str:
    kind = sniff(data)
    if kind is Kind.JSON:
        return "application/json"
    if kind is Kind.MULTIPART:
        first = data[:_FIRST_LINE].splitlines()[0].decode("latin-1").strip()
        return f'multipart/related; type="application/octet-stream"; boundary="{first[2:]}"'
    return "application/dicom" if kind is Kind.DICOM else "application/octet-stream"
