"""FramePart: one frame as a server sent it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FramePart:
    """One frame as the server sent it.

    `number` counts from 1. `media_type` is in lower case; `transfer_syntax_uid` is empty when the server did not say.
    """

    number: int
    media_type: str
    transfer_syntax_uid: str
    data: bytes
