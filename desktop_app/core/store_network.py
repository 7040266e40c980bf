"""StoreNetwork: how requests reach one store, beside what the system says for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.words import say

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")      # a token (RFC 9110 5.6.2)
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})
_OURS = frozenset({
    "accept", "accept-encoding", "accept-charset", "connection", "content-length", "content-type", "expect", "host",
    "keep-alive", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade",
})
_SECRET = re.compile(r"token|secret|password|passwd|api-?_?key|credential|auth|session", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StoreNetwork:
    """`ca_file`: a PEM file of authorities that are trusted beside the system's.

    `headers` are lines `Name: value`, sent to the store's own origin and nowhere else. `kept_headers` are the names of
    further ones, whose values are secrets and therefore not here.
    """

    ca_file: str = ""
    headers: tuple[str, ...] = ()
    kept_headers: tuple[str, ...] = ()

    @property
    def header_pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values. Raises ValueError with a sentence for a line that is no header."""
        return header_pairs(self.headers)

    @property
    def for_sign_in(self) -> StoreNetwork:
        """What also holds for the provider one signs in at: whom to trust, but no header of the archive's."""
        return StoreNetwork(self.ca_file)


def header_pairs(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Names and values of lines `Name: value`; empty lines do not count.

    Raises ValueError with a sentence for what is no header (RFC 9110 5), what the program sets itself, and what
    carries credentials in a way that signing in has a place for.
    """
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if not line.strip():
            continue
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise ValueError(say("core", "A header is written as “Name: value”, in plain letters."))
        if name.lower() in _CREDENTIALS:
            raise ValueError(say(
                "core", "“{name}” belongs to signing in. Choose how to sign in instead.").format(name=name))
        if name.lower() in _OURS:
            raise ValueError(say("core", "“{name}” is set by Lightbox itself. Leave it out.").format(name=name))
        if name.lower() in (known.lower() for known, _ in pairs):
            raise ValueError(say("core", "“{name}” is there twice. Give each header once.").format(name=name))
        pairs.append((name, value))
    return tuple(pairs)


def is_secret(header_name: str) -> bool:
    """Whether a header of this name holds what others must not read (a key, a token)."""
    return _SECRET.search(header_name) is not None
