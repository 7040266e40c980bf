"""LoopbackListener: where the browser brings the answer of a sign-in (RFC 8252 section 7.3).

It listens on 127.0.0.1 only (and on ::1 where the browser is told `localhost`, which may mean either), on a port that
the system chooses, while a sign-in is under way. A stray request (a
favicon, a port scanner, the answer to an earlier attempt) gets a page and changes nothing. The request that carries the
answer is kept open until the outcome is known, so that the page tells the truth: "you are signed in" is shown after
the code was exchanged, not before.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from desktop_app.core.errors import SignInFailed
from desktop_app.core.words import say

from . import pages
from .pages import Page

_HEAD_LIMIT = 32 * 1024
_HEAD_DEADLINE_S = 10.0
_LAST_PAGE_S = 0.5
_LOOPBACK, _LOOPBACK_6, _EITHER = "127.0.0.1", "::1", "localhost"
_TRIES = 5


def carries_state(state: str) -> Callable[[dict[str, str]], bool]:
    """A check that tells whether an answer carries `state`, in a time that does not depend on where they differ."""
    expected = state.encode()

    def check(parameters: dict[str, str]) -> bool:
        return hmac.compare_digest(parameters.get("state", "").encode("utf-8", "replace"), expected)

    return check


def parameters_of(url: str) -> dict[str, str]:
    """The query of an authorization response. A parameter that is there twice is no answer (RFC 6749 section 3.1),
    so all of it is dropped then."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    found = dict(pairs)
    return found if len(found) == len(pairs) else {}


class LoopbackListener:
    """An async context manager; `wait` gives the one answer that belongs here, `answer` tells the browser the outcome.

    `belongs` decides from the query whether an answer is the one expected; everything else is answered and forgotten.
    Leaving the context closes the port and every connection; a browser that still waits then sees "cancelled".
    """

    def __init__(
        self, belongs: Callable[[dict[str, str]], bool], *, path: str = "/", port: int = 0, host_name: str = _LOOPBACK
    ) -> None:
        self._belongs = belongs
        self._path = path if path.startswith("/") else "/" + path
        self._wanted_port = port
        self._host_name = host_name
        self._port = 0
        self._servers: list[asyncio.Server] = []
        self._connections: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[None]] = set()
        self._answer: asyncio.Future[str] | None = None
        self._outcome: asyncio.Future[Page] | None = None

    @property
    def redirect_uri(self) -> str:
        """Where the provider shall send the browser. Valid inside the context."""
        return f"http://{self._host_name}:{self._port}{self._path}"

    async def __aenter__(self) -> Self:
        """Open the port. Raises SignInFailed if the system gives none."""
        loop = asyncio.get_running_loop()
        self._answer = loop.create_future()
        self._outcome = loop.create_future()
        listening = _listening_sockets(self._wanted_port, both=self._host_name == _EITHER)
        self._port = int(listening[0].getsockname()[1])
        try:
            for one in listening:
                self._servers.append(await asyncio.start_server(self._on_connection, sock=one, limit=_HEAD_LIMIT))
        except OSError as error:
            for one in listening:
                one.close()
            raise _port_trouble(error, self._wanted_port) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._servers and self._outcome is not None and self._answer is not None
        for server in self._servers:
            server.close()
        if not self._outcome.done():
            self._outcome.set_result(pages.CANCELLED)
        self._answer.cancel()
        # A browser takes its page in milliseconds; one that does not read must not hold up the program.
        if self._answering:
            await asyncio.wait(self._answering, timeout=_LAST_PAGE_S)
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def wait(self) -> str:
        """The address with which the browser came back, with its query. Cancel it to give up."""
        assert self._answer is not None
        return await asyncio.shield(self._answer)

    def answer(self, page: Page) -> None:
        """Show `page` to the browser that brought the answer, and to those that bring it again."""
        assert self._outcome is not None
        if not self._outcome.done():
            self._outcome.set_result(page)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            # Only leaving the context cancels this task, and nobody waits for its result.
            with suppress(ConnectionError, TimeoutError, asyncio.CancelledError):
                # Browsers open connections ahead of need and leave them silent; those end by the deadline.
                async with asyncio.timeout(_HEAD_DEADLINE_S):
                    method, target, host = await _read_head(reader)
                self._answering.add(task)
                page = await self._page_for(method, target, host)
                writer.write(pages.response(page, with_body=method != "HEAD"))
                await writer.drain()
        finally:
            self._connections.discard(task)
            self._answering.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _page_for(self, method: str, target: str, host: str) -> Page:
        assert self._answer is not None and self._outcome is not None
        if method != "GET":
            return pages.BAD_REQUEST
        # Another name in Host means that somebody made a name of his own point here (DNS rebinding).
        if host.lower() not in (f"{_LOOPBACK}:{self._port}", f"localhost:{self._port}"):
            return pages.BAD_REQUEST
        if target.partition("?")[0] != self._path:
            return pages.NOT_FOUND
        parameters = parameters_of(target)
        if "code" not in parameters and "error" not in parameters:
            return pages.NOT_AN_ANSWER
        if not self._belongs(parameters):
            return pages.NOT_OURS
        if not self._answer.done():
            self._answer.set_result(f"http://{self._host_name}:{self._port}{target}")
        return await asyncio.shield(self._outcome)


async def _read_head(reader: asyncio.StreamReader) -> tuple[str, str, str]:
    """Method, target and Host of a request; empty strings if it is no HTTP/1 request."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        return "", "", ""
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError from error
    request_line, *lines = head.decode("latin-1").split("\r\n")
    words = request_line.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return "", "", ""
    host = next((line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:")), "")
    return words[0], words[1], host


def _listening_sockets(port: int, *, both: bool) -> list[socket.socket]:
    """A socket on 127.0.0.1, and one on ::1 at the same port if `both` are wanted and this computer has it: whoever
    listened there instead would get the answer. Raises SignInFailed."""
    for attempt in range(1, _TRIES + 1):
        first = _listening_socket(_LOOPBACK, port)
        if not both:
            return [first]
        try:
            return [first, _listening_socket(_LOOPBACK_6, int(first.getsockname()[1]))]
        except SignInFailed as error:
            cause = error.__cause__
            if not isinstance(cause, OSError) or cause.errno != errno.EADDRINUSE:
                return [first]                  # no IPv6 here
            first.close()
            if port or attempt == _TRIES:
                raise
    raise AssertionError("the last try returns or raises")


def _listening_socket(address: str, port: int) -> socket.socket:
    """A socket on a loopback address, shared with nobody. Raises SignInFailed."""
    try:
        listening = socket.socket(
            socket.AF_INET6 if address == _LOOPBACK_6 else socket.AF_INET, socket.SOCK_STREAM)
    except OSError as error:
        raise _port_trouble(error, port) from error
    try:
        if sys.platform == "win32":
            # Elsewhere an address in use is refused by itself; Windows lets another program take it over.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif port:
            # A fixed port shall not be blocked by the connection of the sign-in before.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _port_trouble(error, port) from error
    return listening


def _port_trouble(error: OSError, port: int) -> SignInFailed:
    detail = f"{type(error).__name__}: {error}"
    if port and error.errno == errno.EADDRINUSE:
        return SignInFailed(
            say(
                "auth", "Another program uses port {port} of this computer, which this sign-in needs. Close "
                "it, then try again; or ask your administrator for another port (redirect_port in "
                "archives.toml).").format(port=port), detail=detail)
    return SignInFailed(
        say(
            "auth", "Lightbox could not listen for the answer of the sign-in on this computer (127.0.0.1). A "
            "security program may forbid it; ask your administrator, then try again."), detail=detail)
