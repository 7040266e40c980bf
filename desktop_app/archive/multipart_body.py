"""Writing multipart/related bodies (PS3.18 8.6.1.2.1), piece by piece, without a length known beforehand."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutPart:
    """One part to send. `body` gives its `length` bytes."""

    content_type: str
    length: int
    body: AsyncIterator[bytes]
    location: str = ""


async def once(data: bytes) -> AsyncIterator[bytes]:
    """Bytes in one piece."""
    yield data


def new_boundary() -> str:
    """A boundary that no payload will contain."""
    return f"lightbox-{secrets.token_hex(16)}"


def content_type(part_type: str, boundary: str) -> str:
    """The Content-Type of the whole message. The type of the parts holds a slash, so it is quoted."""
    return f'multipart/related; type="{part_type}"; boundary={boundary}'


async def write(boundary: str, parts: AsyncIterator[OutPart]) -> AsyncIterator[bytes]:
    """The body. The head of a part travels with its first bytes, so that a small part is one piece."""
    delimiter = f"--{boundary}\r\n"
    async for part in parts:
        head = f"{delimiter}Content-Type: {part.content_type}\r\nContent-Length: {part.length}\r\n"
        if part.location:
            head += f"Content-Location: {part.location}\r\n"
        waiting = (head + "\r\n").encode("latin-1")
        async for piece in part.body:
            yield waiting + piece if waiting else piece
            waiting = b""
        if waiting:
            yield waiting
        delimiter = f"\r\n--{boundary}\r\n"
    # A message without parts still has its closing delimiter.
    yield f"\r\n--{boundary}--\r\n".encode("latin-1")
