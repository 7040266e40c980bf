"""One request and its answer: statuses become errors, redirects stay at home, bodies are read in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from urllib.parse import urljoin, urlsplit

import httpx

from desktop_app.core.errors import AnswerError, Interrupted, NotDicomWeb, TimedOut
from desktop_app.core.words import say, t
from desktop_app.dicomweb.answers import datasets_in
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.media_types import SNIFF_LENGTH, Kind, MediaType, parse_media_type, sniff
from desktop_app.dicomweb.multipart import MultipartReader, Part
from desktop_app.dicomweb.transport import (
    error_for_status,
    is_foreign,
    retry_after_s,
    server_words,
    translate,
)
from desktop_app.dicomweb.urls import same_origin

Params = Sequence[tuple[str, str]]

_MAX_ERROR_BODY = 64 * 1024
MAX_LIST_BYTES = 512 * 2**20        # of a search or metadata answer: what is longer is no list that anybody can read
_MAX_REDIRECTS = 5
_PAUSE_AFTER_S = 0.004              # how long parsing may keep the loop to itself
_TOO_LONG = t("dicomweb", "The archive answers with a list that is too long to be read. Narrow the search.")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


# Method, status, body and Retry-After of an answer that means no → what it means, None if it is not understood.
Refusal = Callable[[str, int, bytes, float | None], AnswerError | None]


class Exchange:
    """Sends requests over one httpx client. Raises only errors of core.errors (and CancelledError).

    `refusal` knows the words in which a certain server refuses, and is asked first.
    """

    def __init__(self, http: httpx.AsyncClient, refusal: Refusal | None = None) -> None:
        self._http, self._refusal = http, refusal

    def error(self, method: str, status: int, headers: Mapping[str, str], body: bytes) -> AnswerError:
        """What a status that means no stands for."""
        known = self._refusal and self._refusal(method, status, body, retry_after_s(headers.get("retry-after", "")))
        return known or error_for_status(status, headers, body)

    @asynccontextmanager
    async def open(
        self,
        method: str,
        url: str,
        *,
        params: Params = (),
        headers: Mapping[str, str] | None = None,
        body: AsyncIterable[bytes] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """A response with a status that means yes, its body still to be read. Leaving closes the connection when the
        body was not read to its end."""
        response = await self._send(method, url, params, headers or {}, body)
        try:
            if response.status_code >= 300:
                raise self.error(method, response.status_code, response.headers, await _error_body(response))
            yield response
        finally:
            await _close(response)

    async def send_watched(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: AsyncIterable[bytes],
        idle_s: float,
        on_bytes: Callable[[int], None] | None = None,
    ) -> tuple[int, MediaType, bytes]:
        """Sends a body and reads the whole answer, whatever its status. Raises TimedOut when the peer takes no bytes
        for `idle_s` seconds: neither aiohttp nor httpx would ever notice."""
        watch = _Watch(body, on_bytes)
        task = asyncio.ensure_future(self._answer(method, url, headers, watch))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=watch.left(idle_s))
                if not task.done() and watch.left(idle_s) <= 0:
                    raise TimedOut(say(
                        "dicomweb", "The archive stopped taking data. Try again; what it has confirmed is "
                        "stored."))
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    async def _answer(
        self, method: str, url: str, headers: Mapping[str, str], body: AsyncIterable[bytes]
    ) -> tuple[int, MediaType, bytes]:
        response = await self._send(method, url, (), headers, body)
        try:
            return response.status_code, content_type(response), await read_all(response)
        finally:
            await _close(response)

    async def _send(
        self, method: str, url: str, params: Params, headers: Mapping[str, str], body: AsyncIterable[bytes] | None
    ) -> httpx.Response:
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                request = self._http.build_request(
                    method, url, params=list(params) or None, headers=dict(headers), content=body
                )
                response = await self._http.send(request, stream=True)
            except Exception as error:
                if not is_foreign(error):
                    raise
                raise translate(error) from error
            if response.status_code not in _REDIRECTS:
                return response
            await _close(response)
            target = urljoin(str(request.url), response.headers.get("location", ""))
            if method != "GET" or not same_origin(target, str(request.url)):
                raise _moved(str(request.url), target)
            url, params = target, ()
        raise NotDicomWeb(say(
            "dicomweb", "The archive sends every request on to another address. Check its address."))


class _Watch:
    """The bytes of a body on their way out, with the time of the last one taken."""

    def __init__(self, body: AsyncIterable[bytes], on_bytes: Callable[[int], None] | None) -> None:
        self._body, self._on_bytes = body, on_bytes
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._sending = False           # not yet, and no longer: then connecting and reading have their own limits

    def left(self, idle_s: float) -> float:
        """Seconds until the peer counts as stuck; as long as nothing is being sent, always all of them."""
        return self._last + idle_s - self._loop.time() if self._sending else idle_s

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._last, self._sending = self._loop.time(), True
        async for chunk in self._body:
            self._last = self._loop.time()
            yield chunk
            if self._on_bytes is not None:
                self._on_bytes(len(chunk))
        self._sending = False


def _moved(source: str, target: str) -> NotDicomWeb:
    old, new = urlsplit(source), urlsplit(target)
    if new.hostname == old.hostname and new.scheme == "https":
        return NotDicomWeb("This archive wants https. Change its address to begin with https://.")
    return NotDicomWeb(
        say(
            "dicomweb", "The archive sends you on to another server ({hostname}), perhaps to a sign-in page. "
            "Lightbox does not follow. Check the address and how to sign in.").format(
                hostname=new.hostname or 'unknown')
    )


def content_type(response: httpx.Response) -> MediaType:
    return parse_media_type(response.headers.get("content-type"))


def promised_length(response: httpx.Response) -> int | None:
    """How many bytes the body is going to have; None where the server does not say so."""
    promised = response.headers.get("content-length", "").strip()
    return int(promised) if promised.isascii() and promised.isdigit() else None


def tell_length(response: httpx.Response, on_length: Callable[[int], None] | None) -> None:
    """Hands the promised length on, where there is one."""
    length = promised_length(response)
    if on_length is not None and length is not None:
        on_length(length)


async def chunks_of(response: httpx.Response, on_bytes: Callable[[int], None] | None = None) -> AsyncIterator[bytes]:
    """The body as it arrives, errors translated. `on_bytes` gets the size of each piece."""
    iterator = response.aiter_bytes()
    try:
        async for chunk in iterator:
            if on_bytes is not None:
                on_bytes(len(chunk))
            yield chunk
    except Exception as error:
        if not is_foreign(error):
            raise
        raise translate(error) from error


async def read_all(response: httpx.Response, on_bytes: Callable[[int], None] | None = None) -> bytes:
    return b"".join([chunk async for chunk in chunks_of(response, on_bytes)])


async def parts_of(
    response: httpx.Response,
    on_bytes: Callable[[int], None] | None = None,
    note: Callable[[str], None] | None = None,
) -> AsyncIterator[Part]:
    """The parts of a multipart answer as they become whole; an answer in one piece is one part. `note` hears what had
    to be forgiven.

    Raises Interrupted when the answer broke off, after every whole part was given, and NotDicomWeb for a page of text.
    """
    declared = content_type(response)
    reader = MultipartReader(declared if declared.is_multipart else None)
    head = b""
    async for chunk in chunks_of(response, on_bytes):
        if len(head) < SNIFF_LENGTH:
            head += chunk[:SNIFF_LENGTH]
        for part in reader.feed(chunk):
            yield _checked(part, declared, reader)
    for part in reader.close():
        yield _checked(part, declared, reader)
    if note is not None:
        for text in reader.notes:
            note(text)
    if not reader.complete and not reader.is_empty:
        if reader.count == 0 and sniff(head) in (Kind.HTML, Kind.JSON, Kind.XML):
            raise NotDicomWeb(detail=server_words(head))
        raise Interrupted(detail="The multipart answer ends before its closing delimiter.")


async def first_part(
    response: httpx.Response,
    on_bytes: Callable[[int], None] | None = None,
    note: Callable[[str], None] | None = None,
) -> Part | None:
    """The first part of an answer, None when it has none.

    What follows is read to its end as well, so that the connection can carry the next request; a second part ends it.
    """
    first: Part | None = None
    try:
        async for part in parts_of(response, on_bytes, note):
            if first is not None:
                break
            first = part
    except Interrupted:
        if first is None:
            raise
    return first


def _checked(part: Part, declared: MediaType, reader: MultipartReader) -> Part:
    kind = sniff(part.data)
    if kind is Kind.HTML:
        raise NotDicomWeb(detail=server_words(part.data))
    if reader.is_single and declared.name and not declared.is_multipart:
        parameters = "".join(f'; {name}="{value}"' for name, value in declared.parameters.items())
        return Part({"content-type": declared.name + parameters}, part.data)
    return part


async def datasets_of(response: httpx.Response) -> AsyncIterator[DicomJsonDataset]:
    """The data sets of a search or metadata answer: JSON, XML or either in multipart; nothing at all is none.

    One by one, with pauses that count what the consumer does with them: a long answer holds neither loop nor GIL.
    """
    body = b"" if response.status_code == 204 else await _read_list(response)
    started = perf_counter()
    for dataset in datasets_in(content_type(response), body):
        yield dataset
        if perf_counter() - started > _PAUSE_AFTER_S:
            await asyncio.sleep(0)
            started = perf_counter()


async def _read_list(response: httpx.Response) -> bytes:
    """The whole body. Raises NotDicomWeb as soon as it is known to be longer than any list."""
    pieces, length = [], promised_length(response) or 0
    if length <= MAX_LIST_BYTES:
        length = 0
        async for chunk in chunks_of(response):
            pieces.append(chunk)
            length += len(chunk)
            if length > MAX_LIST_BYTES:
                break
    if length > MAX_LIST_BYTES:
        raise NotDicomWeb(say("dicomweb", _TOO_LONG), detail=f"more than {MAX_LIST_BYTES} bytes")
    return b"".join(pieces)


async def _error_body(response: httpx.Response) -> bytes:
    """The beginning of an error's body; a body that breaks off says what it can."""
    body = b""
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) >= _MAX_ERROR_BODY:
                break
    except Exception as error:
        if not is_foreign(error):
            raise
    return body[:_MAX_ERROR_BODY]


async def _close(response: httpx.Response) -> None:
    try:
        await response.aclose()
    except Exception as error:
        if not is_foreign(error):
            raise
