"""AsgiTransport: an httpx transport that calls an ASGI application in the same process, streaming both ways.

httpx's own ASGITransport gathers the whole answer before it hands it over. Here the application runs as a task beside
the request: its answer passes through a queue of a few pieces, so that it waits when nobody reads, and closing the
answer (or cancelling the request) cancels the task, which lets go of whatever it holds.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

import httpx

_log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]
App = Callable[[MutableMapping[str, Any], Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
               Awaitable[None]]

_PUTS_AWAY_S = 10.0             # for an application whose sender went away in the middle
QUEUED_PIECES = 4
_PIECE = 1024 * 1024            # larger pieces are cut, so that the queue bounds the memory


class AsgiTransport(httpx.AsyncBaseTransport):
    """Answers every request of an httpx client with an ASGI application. Holds nothing between requests."""

    def __init__(self, app: App, *, root_path: str = "") -> None:
        self._app = app
        self._root_path = root_path

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response as soon as the application starts it; its body follows as it is read."""
        exchange = _Exchange(request)
        task = asyncio.create_task(self._run(exchange, self._scope(request)), name="in-process request")
        exchange.task = task
        try:
            status, headers = await exchange.started
        except BaseException:
            await exchange.aclose()
            raise
        return httpx.Response(status, headers=headers, stream=exchange)

    def _scope(self, request: httpx.Request) -> dict[str, Any]:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": request.url.scheme,
            "path": request.url.path,
            "raw_path": request.url.raw_path.split(b"?")[0],
            "query_string": request.url.query,
            "server": (request.url.host, request.url.port),
            "client": ("127.0.0.1", 0),
            "root_path": self._root_path,
        }

    async def _run(self, exchange: _Exchange, scope: dict[str, Any]) -> None:
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except asyncio.CancelledError:
            exchange.finish(None)           # wakes whoever still reads
            raise
        except Exception as error:
            exchange.finish(error)
        else:
            exchange.finish(None)


class _Pipe:
    """A queue of a few pieces with an end: `put` waits for room, `get` gives None once all is read."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._ended = False
        self._readable, self._writable = asyncio.Event(), asyncio.Event()

    async def put(self, piece: bytes) -> None:
        while len(self._pieces) >= QUEUED_PIECES:
            self._writable.clear()
            await self._writable.wait()
        self._pieces.append(piece)
        self._readable.set()

    async def get(self) -> bytes | None:
        while not self._pieces:
            if self._ended:
                return None
            self._readable.clear()
            await self._readable.wait()
        self._writable.set()
        return self._pieces.popleft()

    def end(self) -> None:
        self._ended = True
        self._readable.set()


class _Exchange(httpx.AsyncByteStream):
    """One request and its answer: the application's `receive` and `send`, and the body as httpx reads it."""

    def __init__(self, request: httpx.Request) -> None:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self._is_head = request.method == "HEAD"
        self._request_body: AsyncIterator[bytes] | None = aiter(request.stream)
        self._pipe = _Pipe()
        self._over = asyncio.Event()            # answered to the end, or nobody wants the rest
        self._is_closed = False
        self._broke_off = False                 # the sender failed; the application is putting away what came whole
        self._is_complete = False
        self._error: Exception | None = None
        self.started: asyncio.Future[tuple[int, Headers]] = asyncio.get_running_loop().create_future()
        self.task: asyncio.Task[None] | None = None

    async def receive(self) -> Message:
        if self._request_body is not None and not self._is_closed:
            try:
                return {"type": "http.request", "body": await anext(self._request_body), "more_body": True}
            except StopAsyncIteration:
                self._request_body = None
                return {"type": "http.request", "body": b"", "more_body": False}
            except Exception as error:
                # The body could not be read to its end: who sends it hears why, and the application that it broke off.
                self._request_body = None
                self._is_closed = self._broke_off = True
                if not self.started.done():
                    self.started.set_exception(error)
                return {"type": "http.disconnect"}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self._is_closed:
            raise OSError("nobody reads this answer any more")
        if message["type"] == "http.response.start":
            self._start(message["status"], list(message.get("headers", [])))
        elif message["type"] == "http.response.body":
            await self._put(message.get("body", b""))
            if not message.get("more_body", False):
                self._is_complete = True
                self._over.set()
                self._pipe.end()

    def _start(self, status: int, headers: Headers) -> None:
        if not self.started.done():
            self.started.set_result((status, headers))

    async def _put(self, body: bytes | memoryview) -> None:
        if self._is_head:
            return
        if isinstance(body, bytes) and len(body) <= _PIECE:
            if body:
                await self._pipe.put(body)
            return
        with memoryview(body) as view:
            for start in range(0, len(view), _PIECE):
                await self._pipe.put(bytes(view[start:start + _PIECE]))

    def finish(self, error: Exception | None) -> None:
        """The application has returned, or failed."""
        if error is not None and not self._is_closed:
            _log.error("The application failed while answering", exc_info=error)
        if not self.started.done():
            # As a server would: an application that dies without an answer is a 500.
            self._start(500, [(b"content-type", b"text/plain; charset=utf-8")])
            self._is_complete = True
        self._error = error
        self._over.set()
        self._pipe.end()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await self._pipe.get()) is not None:
            yield piece
        if not self._is_complete:
            raise httpx.RemoteProtocolError("The answer broke off before its end.") from self._error

    async def aclose(self) -> None:
        """Stop the application if it is still at work, and wait until it has let go of what it holds."""
        self._is_closed = True
        self._over.set()
        if self.task is not None and not self.task.done() and self._broke_off:
            await asyncio.wait({self.task}, timeout=_PUTS_AWAY_S)
        if self.task is not None and not self.task.done():
            self.task.cancel()
            await asyncio.wait({self.task})
