from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from desktop_app.archive.in_process import QUEUED_PIECES, AsgiTransport

PIECE = 1024 * 1024
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
START = {"type": "http.response.start", "status": 200, "headers": [(b"x-made-by", b"test")]}


def _client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=AsgiTransport(app), base_url="http://local.test/service")


def _body(data: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


class Fountain:
    """An application that answers with any number of pieces and knows how many it has made."""

    def __init__(self, pieces: int, size: int = PIECE) -> None:
        self.pieces, self.size = pieces, size
        self.made = 0
        self.stopped = asyncio.Event()
        self.was_cancelled = False

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        try:
            await send(START)
            for _ in range(self.pieces):
                self.made += 1
                await send(_body(bytes(self.size), more=True))
            await send(_body(b"", more=False))
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        finally:
            self.stopped.set()


async def test_a_gigabyte_passes_in_bounded_memory() -> None:
    app, received, most_waiting = Fountain(1024), 0, 0
    async with _client(app) as client, client.stream("GET", "/") as response:
        async for piece in response.aiter_raw():
            received += len(piece)
            most_waiting = max(most_waiting, app.made * PIECE - received)
    assert received == 1024 * PIECE
    assert most_waiting <= (QUEUED_PIECES + 1) * PIECE
    assert not app.was_cancelled


async def test_nobody_reading_means_nobody_writing() -> None:
    app = Fountain(1000)
    async with _client(app) as client, client.stream("GET", "/"):
        for _ in range(50):
            await asyncio.sleep(0)
        assert app.made == QUEUED_PIECES + 1        # the last one waits for room


async def test_one_huge_piece_is_cut() -> None:
    app = Fountain(1, size=10 * PIECE + 5)
    async with _client(app) as client, client.stream("GET", "/") as response:
        sizes = [len(piece) async for piece in response.aiter_raw()]
    assert sizes == [PIECE] * 10 + [5]


async def test_closing_the_answer_stops_the_application() -> None:
    app = Fountain(1000)
    async with _client(app) as client:
        async with client.stream("GET", "/") as response:
            async for _ in response.aiter_raw():
                break
        assert app.was_cancelled
        assert app.made < 10


async def test_cancelling_while_reading_stops_the_application() -> None:
    app = Fountain(10 ** 9)
    async with _client(app) as client:
        task = asyncio.create_task(client.get("/"))
        while app.made < 20:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert app.was_cancelled


async def test_cancelling_before_the_answer_begins_stops_the_application() -> None:
    entered, let_go = asyncio.Event(), asyncio.Event()

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        entered.set()
        try:
            await asyncio.Event().wait()
        finally:
            let_go.set()

    async with _client(app) as client:
        task = asyncio.create_task(client.get("/"))
        await entered.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert let_go.is_set()


async def test_a_gigabyte_goes_up_in_bounded_memory() -> None:
    made = read = most_waiting = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal made
        for _ in range(1024):
            made += PIECE
            yield bytes(PIECE)

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        nonlocal read, most_waiting
        while True:
            message = await receive()
            read += len(message["body"])
            most_waiting = max(most_waiting, made - read)
            if not message["more_body"]:
                break
        await send(START)
        await send(_body(str(read).encode(), more=False))

    async with _client(app) as client:
        response = await client.post("/", content=body())
    assert response.text == str(1024 * PIECE)
    assert most_waiting == 0


async def test_a_body_that_cannot_be_read_is_the_senders_error() -> None:
    heard = []

    async def body() -> AsyncIterator[bytes]:
        yield b"begin"
        raise OSError("the file is gone")

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        heard.extend([(await receive())["type"], (await receive())["type"]])

    async with _client(app) as client:
        with pytest.raises(OSError, match="the file is gone"):
            await client.post("/", content=body())
    assert heard == ["http.request", "http.disconnect"]


async def test_an_application_that_fails_before_its_answer_is_a_500(caplog: pytest.LogCaptureFixture) -> None:
    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        raise RuntimeError("broken")

    async with _client(app) as client:
        assert (await client.get("/")).status_code == 500
    assert "failed while answering" in caplog.text


@pytest.mark.parametrize("fails", [True, False])
async def test_an_answer_that_breaks_off_is_noticed(fails: bool) -> None:
    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await send(START)
        await send(_body(b"half", more=True))
        if fails:
            raise RuntimeError("broken")

    received = b""
    async with _client(app) as client, client.stream("GET", "/") as response:
        with pytest.raises(httpx.RemoteProtocolError):
            async for piece in response.aiter_raw():
                received += piece
    assert received == b"half"                      # what came is not lost


async def test_the_application_sees_the_request_as_it_was_sent() -> None:
    seen: dict[str, Any] = {}

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        seen.update(scope)
        await send(START)
        await send(_body(b"body", more=False))
        assert (await receive())["type"] == "http.request"
        assert (await receive())["type"] == "http.disconnect"

    async with _client(app) as client:
        response = await client.get("/a%2Fb?q=%C3%A9", headers={"X-Test": "1"})
    assert (response.content, response.headers["x-made-by"]) == (b"body", "test")
    assert (seen["method"], seen["scheme"]) == ("GET", "http")
    assert (seen["path"], seen["raw_path"]) == ("/service/a/b", b"/service/a%2Fb")
    assert (seen["query_string"], seen["server"]) == (b"q=%C3%A9", ("local.test", None))
    assert (b"x-test", b"1") in seen["headers"]


async def test_head_has_no_body() -> None:
    async with _client(Fountain(3)) as client:
        response = await client.head("/")
    assert (response.status_code, response.content) == (200, b"")


async def test_many_requests_at_once_do_not_mix() -> None:
    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await send(START)
        for _ in range(20):
            await asyncio.sleep(0)
            await send(_body(scope["query_string"] * 100, more=True))
        await send(_body(b"", more=False))

    async with _client(app) as client:
        answers = await asyncio.gather(*[client.get(f"/?{number:03}") for number in range(64)])
    assert all(answer.content == f"{number:03}".encode() * 2000 for number, answer in enumerate(answers))
