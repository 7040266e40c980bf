"""Content negotiation (PS3.18 8.3.3, 8.7): what a client would take, from its Accept header or `accept` parameter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.dicomweb.media_types import MULTIPART_RELATED, MediaType, parse_media_type

ANY_SYNTAX = "*"


class NotAcceptable(Exception):
    """Nothing of what the client would take can be given (406). Its text says what could be."""


@dataclass(frozen=True, slots=True)
class Range:
    """One media range. `name` is the type of the payload, of the parts for a multipart; wildcards stay.

    `is_multipart`: True or False when the client said which, None for `*/*`. `transfer_syntax` is empty when not given.
    """

    name: str
    is_multipart: bool | None
    transfer_syntax: str = ""
    quality: float = 1.0

    def covers(self, media_type: str) -> bool:
        """Whether `type/subtype` falls into this range."""
        mine, theirs = self.name.partition("/"), media_type.partition("/")
        return mine[0] in ("*", theirs[0]) and mine[2] in ("*", theirs[2])


def parse_accept(header: str | None, parameter: str | None = None) -> tuple[Range, ...]:
    """The media ranges a client would take, best first; `*/*` when it says nothing. The parameter goes before the
    header (PS3.18 8.3.3.1)."""
    ranges = [found for text in _members(parameter or header or "") if (found := _range(parse_media_type(text)))]
    taken = sorted((one for one in ranges if one.quality > 0), key=lambda one: -one.quality)
    return tuple(taken) if ranges else (Range("*/*", None),)


def _members(header: str) -> Iterable[str]:
    """The members of a comma-separated list; commas in quotes belong to their member."""
    start, quoted, escaped = 0, False, False
    for at, char in enumerate(header):
        if escaped:
            escaped = False
        elif char == "\\" and quoted:
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            yield header[start:at]
            start = at + 1
    yield header[start:]


def _range(media_type: MediaType) -> Range | None:
    if not media_type.name:
        return None
    quality = _quality(media_type.parameters.get("q", "1"))
    syntax = media_type.transfer_syntax_uid
    if media_type.name == "*/*":
        return Range("*/*", None, syntax, quality)
    if media_type.is_multipart:
        if media_type.name not in (MULTIPART_RELATED, "multipart/*"):
            return None
        return Range(media_type.inner.name or "*/*", True, syntax, quality)
    return Range(media_type.name, False, syntax, quality)


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


def choose(ranges: Sequence[Range], offered: Sequence[str]) -> str:
    """The first of the single-part media types offered that the client would take. Raises NotAcceptable."""
    for wanted in ranges:
        for media_type in offered:
            if wanted.is_multipart is not True and wanted.covers(media_type):
                return media_type
    raise NotAcceptable(f"This resource is available as {', '.join(offered)}.")
