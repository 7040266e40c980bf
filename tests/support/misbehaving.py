"""An HTTP server whose answers are scripted, for everything that goes wrong in the world."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
from collections import defaultdict
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

_HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>"


@dataclass(frozen=True)
class Answer:
    """One scripted answer.

    `cut_after`: the connection ends after so many bytes of the body, though all were promised. `stall_after`: silence
    after so many bytes, until the client goes. `reset`: the connection is reset instead of answered.
    `reads_body=False`: the body of the request is never taken from the socket. `hold`: nothing is answered before this
    event is set. `chunked`: no Content-Length.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/dicom+json"
    headers: tuple[tuple[str, str], ...] = ()
    cut_after: int | None = None
    stall_after: int | None = None
    reset: bool = False
    reads_body: bool = True
    chunked: bool = False
    hold: threading.Event | None = None

    @classmethod
    def of_json(cls, value: Any, status: int = 200) -> Answer:
        return cls(status, json.dumps(value).encode())

    @classmethod
    def html(cls, status: int = 200) -> Answer:
        """A sign-in page where DICOM was asked for."""
        return cls(status, _HTML, "text/html; charset=utf-8")

    @classmethod
    def refuses(cls, status: int, **headers: str) -> Answer:
        """A bare status; header names are written with underscores."""
        fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return cls(status, b'{"error": "refused"}', "application/json", fields)

    @classmethod
    def too_busy(cls, retry_after_s: int = 1, status: int = 429) -> Answer:
        return cls.refuses(status, Retry_After=str(retry_after_s))

    @classmethod
    def empty_list(cls) -> Answer:
        return cls(200, b"[]")

    @classmethod
    def nothing(cls) -> Answer:
        return cls(204, b"")

    @classmethod
    def wrong_content(cls) -> Answer:
        """DICOM+JSON by its header, something else by its bytes."""
        return cls(200, b"\x89PNG\r\n\x1a\n not JSON at all")

    @classmethod
    def connection_reset(cls) -> Answer:
        return cls(reset=True)

    def cut(self, after: int | None = None) -> Answer:
        return replace(self, cut_after=len(self.body) // 2 if after is None else after)

    def stalling(self, after: int = 0) -> Answer:
        return replace(self, stall_after=after)


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class MisbehavingServer:
    """Answers from a script, on a thread of its own, so that tests of every kind can use it.

    `script(…)` gives the answers of every path in turn, the last one for ever; `on("/studies", …)` those of one path
    (or of everything below it). What was asked is in `requests`.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self._scripts: dict[str, list[Answer]] = defaultdict(list)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="misbehaving-server")
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address to hand to a client as its service root."""
        return f"{self.origin}/dicom-web"

    def script(self, *answers: Answer) -> None:
        self._scripts[""] = list(answers)

    def on(self, path: str, *answers: Answer) -> None:
        """Answers for one path below the service root, longest match first."""
        self._scripts[path.strip("/")] = list(answers)

    def __enter__(self) -> MisbehavingServer:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the scripted server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        assert self._loop is not None and self._stopped is not None
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)

    async def _run(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.connections += 1
            task = asyncio.ensure_future(self._serve(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopped.wait()
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answers one request; True when the connection may carry another."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        answer = self._next(target)
        body = await _read_body(reader, headers) if answer.reads_body else b""
        self.requests.append(Request(method, target, headers, body))
        while answer.hold is not None and not answer.hold.is_set():
            await asyncio.sleep(0.005)
        if answer.reset:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        data = b"" if method == "HEAD" else answer.body
        writer.write(_head(answer))
        end = min(value for value in (answer.cut_after, answer.stall_after, len(data)) if value is not None)
        if data:
            writer.write(_chunk(data[:end]) if answer.chunked else data[:end])
        await writer.drain()
        if answer.cut_after is not None:
            writer.write_eof()
            return False
        if answer.stall_after is not None or not answer.reads_body:
            with contextlib.suppress(ConnectionError):
                while not answer.reads_body or await reader.read(65536):
                    await asyncio.sleep(0.02)
            return False
        if answer.chunked:
            writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    def _next(self, target: str) -> Answer:
        path = target.partition("?")[0].removeprefix("/dicom-web").strip("/")
        matches = [key for key in self._scripts if key and (path == key or path.startswith(key + "/"))]
        answers = self._scripts[max(matches, key=len) if matches else ""]
        if not answers:
            return Answer.refuses(404)
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} Scripted"]
    if answer.status not in (204, 304):
        lines.append(f"Content-Type: {answer.content_type}")
        lines.append("Transfer-Encoding: chunked" if answer.chunked else f"Content-Length: {len(answer.body)}")
    lines += [f"{name}: {value}" for name, value in answer.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n" if data else b""


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = bytearray()
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readuntil(b"\r\n")
        return bytes(body)
    return await reader.readexactly(int(headers.get("content-length", 0)))
