"""One GET as another client would send it, and what came back: for checks that ask what a server can do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.errors import LightboxError
from desktop_app.dicomweb.conversation import AS_IT_IS, Conversation
from desktop_app.dicomweb.exchange import content_type, read_all
from desktop_app.dicomweb.multipart import MultipartReader


@dataclass(frozen=True, slots=True)
class Probe:
    """`status` 0: no answer. `media_type` of the whole answer; `parts`: their bytes, one for a single part."""

    status: int
    media_type: str = ""
    is_multipart: bool = False
    parts: tuple[bytes, ...] = ()


async def probe(talk: Conversation, url: str, accept: str) -> Probe:
    """Raises nothing of ours: a refusal is an answer too."""
    try:
        async with talk.exchange.open("GET", url, headers={**AS_IT_IS, "Accept": accept}) as response:
            declared = content_type(response)
            body = await read_all(response)
    except LightboxError as error:
        return Probe(getattr(error, "status", 0))
    if not declared.is_multipart:
        return Probe(response.status_code, declared.name, False, (body,) if body else ())
    reader = MultipartReader(declared)
    parts = tuple(part.data for part in reader.feed(body) + reader.close())
    return Probe(response.status_code, declared.inner.name, True, parts)
