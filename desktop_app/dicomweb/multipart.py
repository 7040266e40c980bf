"""multipart/related (RFC 2387; PS3.18 8.6.1.2) without I/O: bytes in, whole parts out, and the way back.

`MultipartReader` gathers whole parts. What is too large for memory is read with `MultipartEvents`, which lets the
bytes of a part pass as they come.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop_app.dicomweb.media_types import MediaType, parse_media_type
from desktop_app.dicomweb.multipart_events import (
    NO_HEADERS,
    MultipartEvents,
    PartBegin,
    PartData,
    PartEnd,
)

__all__ = [
    "MultipartEvents", "MultipartReader", "Part", "PartBegin", "PartData", "PartEnd",
    "closing", "new_boundary", "part_head", "write_multipart",
]


@dataclass(frozen=True, slots=True)
class Part:
    """One whole part."""

    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)
    data: bytes = b""

    @property
    def media_type(self) -> MediaType:
        return parse_media_type(self.headers.get("content-type"))

    @property
    def location(self) -> str:
        return self.headers.get("content-location", "")


class MultipartReader:
    """Whole parts out of pieces of a message: `feed` what arrives, `close` at its end.

    `content_type` is the header of the message (text or parsed). Parts come as soon as they are whole; a part that
    broke off never comes. `complete` says whether the closing delimiter was seen.
    """

    def __init__(self, content_type: MediaType | str | None) -> None:
        media_type = parse_media_type(content_type) if not isinstance(content_type, MediaType) else content_type
        self._machine = MultipartEvents(media_type.boundary, whole_parts=True)
        self._inner = media_type.parameters.get("type", "")
        self._headers: Mapping[str, str] = NO_HEADERS
        self._data: list[bytes] = []
        self.count = 0                   # whole parts so far

    @property
    def complete(self) -> bool:
        return self._machine.complete

    @property
    def is_single(self) -> bool:
        """The body was no multipart at all and is its own one part."""
        return self._machine.is_single

    @property
    def is_empty(self) -> bool:
        """Nothing but line ends has come."""
        return self._machine.is_blank

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._machine.notes)

    def feed(self, data: bytes | bytearray | memoryview) -> list[Part]:
        """The parts that became whole with this piece."""
        return self._gather(self._machine.feed(data))

    def close(self) -> list[Part]:
        """The parts that are whole because the message has ended."""
        return self._gather(self._machine.close())

    def _gather(self, events: Iterable[PartBegin | PartData | PartEnd]) -> list[Part]:
        parts = []
        for event in events:
            if isinstance(event, PartData):
                self._data.append(event.data)
            elif isinstance(event, PartBegin):
                self._headers, self._data = event.headers, []
            else:
                parts.append(Part(self._with_default_type(self._headers), b"".join(self._data)))
                self._headers, self._data = NO_HEADERS, []
        self.count += len(parts)
        return parts

    def _with_default_type(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        if "content-type" in headers or not self._inner:
            return headers
        return MappingProxyType({**headers, "content-type": self._inner})


def new_boundary() -> str:
    """A boundary that occurs in no payload, by its length."""
    return f"lightbox-{secrets.token_hex(20)}"


def part_head(boundary: str, headers: Mapping[str, str], *, first: bool) -> bytes:
    """The delimiter and the header block that open a part."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{'' if first else chr(13) + chr(10)}--{boundary}\r\n{lines}\r\n".encode()


def closing(boundary: str, *, first: bool = False) -> bytes:
    """The delimiter that ends a message; `first` when no part stands before it."""
    return f"{'' if first else chr(13) + chr(10)}--{boundary}--\r\n".encode()


async def write_multipart(
    parts: AsyncIterable[tuple[Mapping[str, str], bytes | AsyncIterable[bytes]]], boundary: str
) -> AsyncIterator[bytes]:
    """A multipart message in pieces. Each part is its headers and its bytes, at once or as they come."""
    first = True
    async for headers, data in parts:
        yield part_head(boundary, headers, first=first)
        first = False
        if isinstance(data, bytes):
            yield data
        else:
            async for chunk in data:
                yield chunk
    yield closing(boundary, first=first)
