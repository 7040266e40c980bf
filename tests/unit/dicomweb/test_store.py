"""Storing: the whole body, exactly announced, and a verdict from whatever comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from desktop_app.core.errors import (
    DiskError,
    Interrupted,
    LightboxError,
    NotAllowed,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TimedOut,
    TooBusy,
)
from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.multipart import MultipartReader
from desktop_app.dicomweb.store_body import READ_SIZE, SEND_SIZE, StreamedFile, store_body
from desktop_app.dicomweb.transport import build_http_client
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.unit.dicomweb.fake_archive import AT_ONCE

DICOM = b"\0" * 128 + b"DICM" + bytes(range(256)) * 4
STORED = {"00081199": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": ["1.1"]}}]}}
FAILED = {"00081198": {"vr": "SQ", "Value": [
    {"00081155": {"vr": "UI", "Value": ["1.2"]}, "00081197": {"vr": "US", "Value": [272]}},
]}}


@asynccontextmanager
async def client_to(url: str, auth: httpx.Auth | None = None,
    upload_idle_s: float = 60.0) -> AsyncIterator[DicomWebClient]:
    async with build_http_client(Store("test", url), auth=auth) as http:
        yield DicomWebClient(url, http, retry=AT_ONCE, upload_idle_s=upload_idle_s)


def files(folder: Path, *contents: bytes) -> list[Path]:
    paths = [folder / f"{number}.dcm" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


# -------------------------------------------------------------------------------------------------------------- request

async def test_files_and_bytes_arrive_byte_for_byte(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    misbehaving.script(Answer.of_json(STORED))
    large = bytes(range(256)) * (3 * READ_SIZE // 256) + b"odd"
    contents = [DICOM, b"", large, b"\r\n--", b"from memory" * 10_000]
    async with client_to(misbehaving.url) as client:
        response = await client.store([*files(tmp_path, *contents[:4]), contents[4]])
    assert response.stored_as("1.1")
    (request,) = misbehaving.requests
    assert (request.method, request.path) == ("POST", "/dicom-web/studies")
    reader = MultipartReader(request.headers["content-type"])
    parts = reader.feed(request.body) + reader.close()
    assert [part.data for part in parts] == contents
    assert {part.media_type.name for part in parts} == {"application/dicom"}
    assert reader.complete


async def test_the_length_is_announced_and_never_chunked(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    misbehaving.script(Answer.of_json(STORED))
    sent: list[int] = []
    async with client_to(misbehaving.url) as client:
        await client.store(files(tmp_path, DICOM, DICOM), on_bytes=sent.append)
    (request,) = misbehaving.requests
    assert "transfer-encoding" not in request.headers
    assert int(request.headers["content-length"]) == len(request.body) == sum(sent)
    assert request.headers["content-type"].startswith('multipart/related; type="application/dicom"; boundary=')
    assert request.headers["accept"] == "application/dicom+json"


async def test_the_body_is_bounded_whatever_the_size(tmp_path: Path) -> None:
    path = tmp_path / "large.dcm"
    with path.open("wb") as file:
        file.truncate(40 * 2**20)
    body = await store_body([path, bytes(10 * 2**20)])
    sizes = [len(chunk) async for chunk in body]
    assert max(sizes) <= SEND_SIZE
    assert sum(sizes) == body.length
    assert body.length > 50 * 2**20


async def test_nothing_to_store_is_a_mistake_of_the_caller(misbehaving: MisbehavingServer) -> None:
    async with client_to(misbehaving.url) as client:
        with pytest.raises(ValueError, match="nothing to store"):
            await client.store([])


async def test_a_file_that_is_gone(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    async with client_to(misbehaving.url) as client:
        with pytest.raises(DiskError) as caught:
            await client.store([tmp_path / "gone.dcm"])
    assert "gone.dcm" not in caught.value.user_text + caught.value.detail
    assert misbehaving.requests == []


async def test_a_file_that_shrinks_or_goes_while_it_is_sent(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    misbehaving.script(Answer.of_json(STORED))
    first, second = files(tmp_path, bytes(8 * 2**20), DICOM)

    def shrink(_: int) -> None:
        second.write_bytes(b"short")

    def remove(_: int) -> None:
        second.unlink(missing_ok=True)

    async with client_to(misbehaving.url) as client:
        with pytest.raises(DiskError, match="shorter"):
            await client.store([first, second], on_bytes=shrink)
        second.write_bytes(DICOM)
        with pytest.raises(DiskError, match="cannot be read"):
            await client.store([first, second], on_bytes=remove)


class SignInAgain(httpx.Auth):
    """Sends the request again with a new token after a 401, as bearer tokens do."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield request
        if response.status_code == 401:
            request.headers["Authorization"] = "Bearer new"
            yield request


async def test_after_signing_in_again_the_whole_body_is_sent_again(misbehaving: MisbehavingServer,
    tmp_path: Path) -> None:
    misbehaving.script(Answer.refuses(401), Answer.of_json(STORED))
    async with client_to(misbehaving.url, SignInAgain()) as client:
        assert (await client.store(files(tmp_path, DICOM, b"x" * 200_000))).stored_as("1.1")
    first, second = misbehaving.requests
    assert first.body == second.body
    assert second.headers["authorization"] == "Bearer new"


# --------------------------------------------------------------------------------------------------------------- answer

@pytest.mark.parametrize("status", [200, 202, 400, 409])
async def test_the_body_is_read_whatever_the_status(misbehaving: MisbehavingServer, status: int) -> None:
    misbehaving.script(Answer.of_json({**STORED, **FAILED}, status))
    async with client_to(misbehaving.url) as client:
        response = await client.store([DICOM])
    assert response.status == status
    assert response.stored_as("1.1")
    failure = response.reason_for("1.2")
    assert failure is not None
    assert failure.reason == 272


async def test_an_answer_in_xml(misbehaving: MisbehavingServer) -> None:
    uid = '<DicomAttribute tag="00081155" vr="UI"><Value number="1">1.1</Value></DicomAttribute>'
    stored = f'<DicomAttribute tag="00081199" vr="SQ"><Item number="1">{uid}</Item></DicomAttribute>'
    xml = f"<NativeDicomModel>{stored}</NativeDicomModel>"
    misbehaving.script(Answer(200, xml.encode(), "application/dicom+xml"))
    async with client_to(misbehaving.url) as client:
        assert (await client.store([DICOM])).stored_as("1.1")


@pytest.mark.parametrize("answer", [Answer.nothing(), Answer(200, b""), Answer(200, b"stored"), Answer(202, b"{}")])
async def test_a_yes_that_names_nothing_is_not_taken_for_more(misbehaving: MisbehavingServer, answer: Answer) -> None:
    misbehaving.script(answer)
    async with client_to(misbehaving.url) as client:
        response = await client.store([DICOM])
    assert not response.understood
    assert response.stored == ()


@pytest.mark.parametrize(("status", "kind"), [
    (400, RequestRefused), (401, SignInNeeded), (403, NotAllowed), (404, NotFound), (405, RequestRefused),
    (409, RequestRefused),
    (413, RequestRefused), (415, RequestRefused), (429, TooBusy), (500, ServerFailed), (503, TooBusy),
])
async def test_a_no_to_the_whole_request(misbehaving: MisbehavingServer, status: int,
    kind: type[LightboxError]) -> None:
    misbehaving.script(Answer(status, b'{"message": "words of the server"}', "application/json"))
    async with client_to(misbehaving.url) as client:
        with pytest.raises(kind) as caught:
            await client.store([DICOM])
    assert "words of the server" in caught.value.detail
    sent = 2 if status == 415 else 1        # one file may be taken as it is where multipart is not
    assert len(misbehaving.requests) == sent, "a store is never repeated unasked"


async def test_a_redirected_store_is_not_followed(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(307, headers=(("Location", "/dicom-web/elsewhere"),)))
    async with client_to(misbehaving.url) as client:
        with pytest.raises(NotDicomWeb):
            await client.store([DICOM])
    assert len(misbehaving.requests) == 1


@pytest.mark.parametrize("answer", [Answer.connection_reset(), Answer.of_json(STORED).cut(10)])
async def test_a_connection_that_breaks(misbehaving: MisbehavingServer, answer: Answer) -> None:
    misbehaving.script(answer)
    async with client_to(misbehaving.url) as client:
        with pytest.raises(Interrupted):
            await client.store([DICOM])
    assert len(misbehaving.requests) == 1


@asynccontextmanager
async def tiny_server(handler: object) -> AsyncIterator[str]:
    connections: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        try:
            await handler(reader, writer)           # type: ignore[operator]
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in connections:
            writer.transport.abort()
        await asyncio.sleep(0)


async def test_an_early_no_is_heard_while_the_body_is_still_on_its_way() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        await reader.read(2**20)

    async with tiny_server(refuse) as url, client_to(url) as client:
        with pytest.raises(RequestRefused) as caught:
            await client.store([bytes(30 * 2**20)])
    assert caught.value.status == 413


# ------------------------------------------------------------------------------------------------------------- watchdog

async def test_a_peer_that_stops_reading_is_noticed() -> None:
    gone = asyncio.Event()

    async def stop_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.pause_reading()            # type: ignore[attr-defined]
        await gone.wait()

    async with tiny_server(stop_reading) as url, client_to(url, upload_idle_s=0.3) as client:
        with pytest.raises(TimedOut, match="stopped taking data"):
            await client.store([bytes(64 * 2**20)])
        gone.set()
    assert len(asyncio.all_tasks()) <= 2


async def test_a_slow_peer_that_keeps_reading_is_waited_for() -> None:
    async def read_slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        left = int(head.lower().partition(b"content-length:")[2].split()[0])
        while left:
            left -= len(await reader.read(2**20))
            await asyncio.sleep(0.02)
        body = json.dumps(STORED).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()

    async with tiny_server(read_slowly) as url, client_to(url, upload_idle_s=1.0) as client:
        assert (await client.store([bytes(30 * 2**20)])).stored_as("1.1")


async def test_a_server_that_thinks_long_after_the_last_byte_is_not_cut_off_by_the_watchdog() -> None:
    async def think(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split()[0]))
        await asyncio.sleep(0.6)
        body = json.dumps(STORED).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()

    async with tiny_server(think) as url, client_to(url, upload_idle_s=0.2) as client:
        assert (await client.store([DICOM])).stored_as("1.1")


class SlowSignIn(httpx.Auth):
    """A person signs in before the first request and again after a 401."""

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        await asyncio.sleep(0.5)
        response = yield request
        if response.status_code == 401:
            await asyncio.sleep(0.5)
            yield request


async def test_signing_in_is_not_taken_for_a_stuck_peer(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.refuses(401), Answer.of_json(STORED))
    async with client_to(misbehaving.url, SlowSignIn(), upload_idle_s=0.2) as client:
        assert (await client.store([DICOM])).stored_as("1.1")


async def test_a_cancelled_store_closes_its_connection() -> None:
    begun, gone = asyncio.Event(), asyncio.Event()

    async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        while await reader.read(2**16):
            await asyncio.sleep(0.001)
        gone.set()

    async with tiny_server(read) as url, client_to(url) as client:
        task = asyncio.create_task(client.store([bytes(200 * 2**20)]))
        await asyncio.wait_for(begun.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(gone.wait(), 20)


async def test_what_lies_in_an_archive_file_is_streamed_and_not_held(tmp_path: Path) -> None:
    import tracemalloc
    import zipfile

    size = 64 * 2**20
    with zipfile.ZipFile(tmp_path / "large.zip", "w") as made, made.open("one", "w", force_zip64=True) as member:
        for _ in range(size // 2**20):
            member.write(bytes(2**20))
    with zipfile.ZipFile(tmp_path / "large.zip") as opened:
        body = await store_body([StreamedFile(size, lambda: opened.open("one"))])       # type: ignore[arg-type]
        tracemalloc.start()
        try:
            sent = 0
            async for block in body:
                sent += len(block)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert sent == body.length
    assert peak < 8 * 2**20
