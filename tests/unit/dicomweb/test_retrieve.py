"""Retrieving from servers with habits: what comes is judged by what it is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from desktop_app.core.errors import (
    Interrupted,
    LightboxError,
    NotAllowed,
    NotDicom,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
)
from desktop_app.core.store import Store
from desktop_app.core.window import VoiFunction, Window
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.media_types import FRAMES_LADDER, INSTANCE_LADDER
from desktop_app.dicomweb.transport import build_http_client
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.unit.dicomweb.fake_archive import AT_ONCE, ROOT, client_of, study

DICOM = b"\0" * 128 + b"DICM" + bytes(range(256)) * 4
OTHER = b"\0" * 128 + b"DICM" + b"other"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF a picture"
UIDS = ("1.2", "3.4", "5.6")
MULTIPART = 'multipart/related; type="application/dicom"; boundary=b'


def multipart(*bodies: bytes, headers: bytes = b"Content-Type: application/dicom\r\n",
    end: bytes = b"--b--\r\n") -> bytes:
    return b"".join(b"--b\r\n" + headers + b"\r\n" + body + b"\r\n" for body in bodies) + end


def answering(
    body: bytes, content_type: str = MULTIPART, status: int = 200, **headers: str
) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        fields = {"Content-Type": content_type} if content_type else {}
        return httpx.Response(status, content=body, headers={**fields, **headers})
    return answer


# ------------------------------------------------------------------------------------------------------------- instance

@pytest.mark.parametrize(("body", "content_type"), [
    (multipart(DICOM), MULTIPART),
    (multipart(DICOM, headers=b""), MULTIPART),
    (multipart(DICOM), "multipart/related"),
    (multipart(DICOM), "application/dicom"),
    (multipart(DICOM), ""),
    (DICOM, "application/dicom"),
    (DICOM, "application/octet-stream"),
    (DICOM, ""),
    (DICOM, MULTIPART),
    (DICOM, "text/plain"),
    (b"\r\n" + multipart(DICOM), MULTIPART),
    (multipart(DICOM, OTHER), MULTIPART),
])
async def test_an_object_is_an_object_in_whatever_wrapping(body: bytes, content_type: str) -> None:
    async with client_of(answering(body, content_type)) as client:
        assert await client.retrieve_instance(*UIDS) == DICOM


async def test_the_request_asks_for_stored_bytes_uncompressed() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering(multipart(DICOM))(request)

    async with client_of(answer) as client:
        await client.retrieve_instance(*UIDS)
    assert str(seen[0].url) == f"{ROOT}/studies/1.2/series/3.4/instances/5.6"
    assert seen[0].headers["accept"] == INSTANCE_LADDER[0]
    assert seen[0].headers["accept-encoding"] == "identity"


async def test_what_was_forgiven_is_noted() -> None:
    async with client_of(answering(multipart(DICOM), "multipart/related; boundary=another")) as client:
        assert await client.retrieve_instance(*UIDS) == DICOM
        assert any("boundary" in note for note in client.dialect.notes)


async def test_bytes_are_counted_as_they_come() -> None:
    counted: list[int] = []
    body = multipart(DICOM)
    async with client_of(answering(body)) as client:
        await client.retrieve_instance(*UIDS, on_bytes=counted.append)
    assert sum(counted) == len(body)


async def test_how_many_bytes_are_to_come_is_told_where_the_server_says_so() -> None:
    told: list[int] = []
    body = multipart(DICOM)
    async with client_of(answering(body)) as client:
        await client.retrieve_instance(*UIDS, on_length=told.append)
        await client.retrieve_frames(*UIDS, (1,), on_length=told.append)
    assert told == [len(body)] * 2

    def chunked(request: httpx.Request) -> httpx.Response:
        answer = httpx.Response(200, content=body, headers={"content-type": "multipart/related"})
        del answer.headers["content-length"]
        return answer

    async with client_of(chunked) as client:
        await client.retrieve_instance(*UIDS, on_length=told.append)
    assert len(told) == 2


@pytest.mark.parametrize("rung", range(len(INSTANCE_LADDER)))
@pytest.mark.parametrize("status", [400, 406, 415])
async def test_the_accept_a_server_takes_is_found_and_remembered(rung: int, status: int) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["accept"])
        taken = request.headers["accept"] == INSTANCE_LADDER[rung]
        return answering(multipart(DICOM))(request) if taken else httpx.Response(status)

    async with client_of(answer) as client:
        assert await client.retrieve_instance(*UIDS) == DICOM
        assert len(asked) == rung + 1
        assert await client.retrieve_instance(*UIDS) == DICOM
        assert len(asked) == rung + 2
        assert client.dialect.accept_for("instance") == INSTANCE_LADDER[rung]
        assert any("transcoded" in note for note in client.dialect.notes) == (rung >= 3)


async def test_a_dialect_can_be_handed_in() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["accept"])
        return answering(DICOM, "application/dicom")(request)

    async with client_of(answer, Dialect().accepting("instance", INSTANCE_LADDER[2])) as client:
        await client.retrieve_instance(*UIDS)
    assert asked == [INSTANCE_LADDER[2]]


async def test_a_server_that_refuses_everything_is_quoted_with_its_first_words() -> None:
    count = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return httpx.Response(400, json={"message": f"refusal {count}"})

    async with client_of(answer) as client:
        with pytest.raises(RequestRefused) as caught:
            await client.retrieve_instance(*UIDS)
        assert "refusal 1" in caught.value.detail
        assert client.dialect.accepts == ()


async def test_once_an_accept_has_worked_a_400_is_about_the_object() -> None:
    script = [answering(multipart(DICOM)), answering(b"", status=400)]
    count = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return script[min(count, 2) - 1](request)

    async with client_of(answer) as client:
        await client.retrieve_instance(*UIDS)
        with pytest.raises(RequestRefused):
            await client.retrieve_instance(*UIDS)
    assert count == 2


async def test_a_passing_trouble_while_the_accept_is_found_is_repeated() -> None:
    script = [httpx.Response(406), httpx.Response(503), httpx.Response(406)]

    def answer(request: httpx.Request) -> httpx.Response:
        return script.pop(0) if script else answering(multipart(DICOM))(request)

    async with client_of(answer) as client:
        assert await client.retrieve_instance(*UIDS) == DICOM


@pytest.mark.parametrize(("body", "content_type", "kind"), [
    (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "text/html", NotDicomWeb),
    (b"<html></html>", MULTIPART, NotDicomWeb),
    (multipart(b"<html><p>gateway</p></html>"), MULTIPART, NotDicomWeb),
    (b'{"message": "no"}', "application/json", NotDicomWeb),
    (b"<error/>", "application/xml", NotDicomWeb),
    (b"", MULTIPART, NotFound),
    (b"", "", NotFound),
    (b"--b--\r\n", MULTIPART, NotFound),
    (multipart(b""), MULTIPART, NotFound),
    (JPEG, "image/jpeg", NotDicom),
    (b"PK\x03\x04zip", "application/zip", NotDicom),
    (multipart(DICOM)[:-30], MULTIPART, Interrupted),
])
async def test_what_is_no_object_is_an_error_in_words(
    body: bytes, content_type: str, kind: type[LightboxError]
) -> None:
    async with client_of(answering(body, content_type)) as client:
        with pytest.raises(kind) as caught:
            await client.retrieve_instance(*UIDS)
        assert caught.value.user_text


async def test_an_object_without_a_preamble_is_left_to_the_decoder() -> None:
    bare = b"\x02\0\0\0UL\x04\0\x10\0\0\0\x02\0\x10\0UI"
    async with client_of(answering(multipart(bare))) as client:
        assert await client.retrieve_instance(*UIDS) == bare


async def test_a_whole_object_survives_a_missing_end() -> None:
    body = multipart(DICOM, headers=b"Content-Length: %d\r\n" % len(DICOM), end=b"")
    async with client_of(answering(body)) as client:
        assert await client.retrieve_instance(*UIDS) == DICOM


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_cut_body_is_fetched_again(misbehaving: MisbehavingServer, chunked: bool) -> None:
    whole = Answer(body=multipart(DICOM), content_type=MULTIPART, chunked=chunked)
    misbehaving.script(whole.cut(), Answer.connection_reset(), Answer.too_busy(0), whole)
    async with build_http_client(Store("test", misbehaving.url)) as http:
        client = DicomWebClient(misbehaving.url, http, retry=AT_ONCE)
        assert await client.retrieve_instance(*UIDS) == DICOM
    assert len(misbehaving.requests) == 4


async def test_what_is_not_there_is_not_asked_for_again(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.refuses(404))
    async with build_http_client(Store("test", misbehaving.url)) as http:
        with pytest.raises(NotFound):
            await DicomWebClient(misbehaving.url, http, retry=AT_ONCE).retrieve_instance(*UIDS)
    asked = [request.path.rpartition("/")[2] for request in misbehaving.requests]
    assert asked == ["5.6", "metadata", "metadata"], "once; then whether the instance or its series has it in pieces"


@pytest.mark.parametrize("chunked", [True, False])
async def test_the_connection_is_used_again(misbehaving: MisbehavingServer, chunked: bool) -> None:
    misbehaving.script(Answer(body=multipart(DICOM), content_type=MULTIPART, chunked=chunked))
    misbehaving.on("/studies/1.2/series/3.4/instances/5.6/rendered", Answer(body=JPEG, content_type="image/jpeg"))
    async with build_http_client(Store("test", misbehaving.url)) as http:
        client = DicomWebClient(misbehaving.url, http)
        for _ in range(5):
            await client.retrieve_instance(*UIDS)
            await client.retrieve_rendered(*UIDS)
            await client.retrieve_bulkdata("bulk/1")
            assert [item async for item in client.retrieve_series("1.2", "3.4")] == [DICOM]
            await client.delete(*UIDS)
    assert misbehaving.connections == 1


# ----------------------------------------------------------------------------------------------------- series and study

async def test_a_series_comes_one_object_at_a_time() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return answering(multipart(DICOM, OTHER))(request)

    async with client_of(answer) as client:
        assert [item async for item in client.retrieve_series("1.2", "3.4")] == [DICOM, OTHER]
        assert [item async for item in client.retrieve_study("1.2")] == [DICOM, OTHER]
    assert asked == ["/dicom-web/studies/1.2/series/3.4", "/dicom-web/studies/1.2"]


@pytest.mark.parametrize("body", [b"", b"--b--\r\n", b"\r\n"])
async def test_a_series_of_nothing_is_nothing(body: bytes) -> None:
    async with client_of(answering(body)) as client:
        assert [item async for item in client.retrieve_series("1.2", "3.4")] == []


async def received_before(kind: type[LightboxError], items: AsyncIterator[bytes]) -> list[bytes]:
    found = []
    with pytest.raises(kind):
        async for item in items:
            found.append(item)
    return found


async def test_a_series_that_breaks_off_keeps_what_was_whole(misbehaving: MisbehavingServer) -> None:
    body = multipart(DICOM, OTHER, DICOM)
    misbehaving.script(Answer(body=body, content_type=MULTIPART).cut(len(body) - 600))
    async with build_http_client(Store("test", misbehaving.url)) as http:
        client = DicomWebClient(misbehaving.url, http, retry=AT_ONCE)
        assert await received_before(Interrupted, client.retrieve_series("1.2", "3.4")) == [DICOM, OTHER]
    assert len(misbehaving.requests) == 1, "what was handed out cannot be taken back"


async def test_a_multipart_that_ends_too_early_keeps_what_was_whole() -> None:
    async with client_of(answering(multipart(DICOM, OTHER)[:-40])) as client:
        assert await received_before(Interrupted, client.retrieve_series("1.2", "3.4")) == [DICOM]


async def test_partial_content_is_told_after_what_came() -> None:
    async with client_of(answering(multipart(DICOM), status=206, Warning="299 x: 2 objects gone")) as client:
        assert await received_before(Interrupted, client.retrieve_series("1.2", "3.4")) == [DICOM]


async def test_a_series_left_early_closes_its_connection() -> None:
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\nContent-Type: " + MULTIPART.encode() + b"\r\n\r\n"
        writer.write(head + multipart(DICOM, DICOM, end=b""))
        await writer.drain()
        await reader.read()
        gone.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with build_http_client(Store("test", url)) as http:
        items = DicomWebClient(url, http).retrieve_series("1.2", "3.4")
        assert await anext(items) == DICOM
        await items.aclose()                    # type: ignore[attr-defined]
        await asyncio.wait_for(gone.wait(), 10)
    server.close()


# --------------------------------------------------------------------------------------------------------------- frames

FRAME_A, FRAME_B = b"\xff\xd8\xff\xe0 frame a", b"\0\1\2\3 frame b"


async def test_frames_come_in_the_order_asked_for() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/instances/5.6/frames/3,1")
        assert request.headers["accept"] == FRAMES_LADDER[0]
        assert request.headers["accept-encoding"] == "identity"
        return answering(multipart(
            FRAME_A, FRAME_B, headers=b"Content-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1\r\n"
        ))(request)

    async with client_of(answer) as client:
        frames = await client.retrieve_frames(*UIDS, [3, 1])
    assert [(frame.number, frame.data) for frame in frames] == [(3, FRAME_A), (1, FRAME_B)]
    assert frames[1].media_type == "application/octet-stream"
    assert frames[1].transfer_syntax_uid == "1.2.840.10008.1.2.1"


@pytest.mark.parametrize(("headers", "content_type", "media_type", "syntax"), [
    (b"", 'multipart/related; type="image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70"; boundary=b',
     "image/jpeg", "1.2.840.10008.1.2.4.70"),
    (b"Content-Type: application/octet-stream\r\n", "multipart/related; boundary=b", "image/jpeg", ""),
    (b"Content-Type: image/x-jls\r\n", "multipart/related; boundary=b; transfer-syntax=1.2.840.10008.1.2.4.80",
     "image/x-jls", "1.2.840.10008.1.2.4.80"),
    (b"Content-Type: image/jpeg; transfer-syntax=*\r\n", "multipart/related; boundary=b", "image/jpeg", ""),
])
async def test_type_and_syntax_of_a_frame_wherever_they_stand(
    headers: bytes, content_type: str, media_type: str, syntax: str
) -> None:
    async with client_of(answering(multipart(FRAME_A, headers=headers), content_type)) as client:
        (frame,) = await client.retrieve_frames(*UIDS, [1])
    assert (frame.media_type, frame.transfer_syntax_uid) == (media_type, syntax)


async def test_one_frame_in_one_piece() -> None:
    async with client_of(answering(FRAME_B, "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1")) as client:
        (frame,) = await client.retrieve_frames(*UIDS, [2])
    assert (frame.number, frame.data, frame.transfer_syntax_uid) == (2, FRAME_B, "1.2.840.10008.1.2.1")


@pytest.mark.parametrize("refusal", [httpx.Response(400), httpx.Response(200, content=multipart(FRAME_A),
                                                                          headers={"Content-Type": MULTIPART})])
async def test_a_server_that_hands_out_single_frames_only(refusal: httpx.Response) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        numbers = request.url.path.rpartition("/")[2]
        asked.append(numbers)
        if "," in numbers:
            return httpx.Response(refusal.status_code, content=refusal.content, headers=refusal.headers)
        return answering(multipart(b"frame " + numbers.encode()))(request)

    async with client_of(answer) as client:
        frames = await client.retrieve_frames(*UIDS, [1, 2, 3])
        assert [frame.data for frame in frames] == [b"frame 1", b"frame 2", b"frame 3"]
        asked.clear()
        await client.retrieve_frames(*UIDS, [4, 5])
        assert asked == ["4", "5"], "learned"


async def test_a_frame_that_does_not_exist() -> None:
    async with client_of(answering(b"", status=404)) as client:
        with pytest.raises(NotFound):
            await client.retrieve_frames(*UIDS, [1, 99])
        assert not client.dialect.frames_one_by_one
    async with client_of(answering(b"--b--")) as client:
        with pytest.raises(NotFound):
            await client.retrieve_frames(*UIDS, [1])


# ------------------------------------------------------------------------------------------------- metadata, pictures

async def test_metadata_of_a_series_and_of_an_instance() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=json.dumps([study(1), study(2)]))

    async with client_of(answer) as client:
        assert [item.text("0020000D") for item in await client.series_metadata("1.2", "3.4")] == ["1.2.1", "1.2.2"]
        assert len(await client.instance_metadata(*UIDS)) == 2
    assert [request.url.path for request in asked] == [
        "/dicom-web/studies/1.2/series/3.4/metadata", "/dicom-web/studies/1.2/series/3.4/instances/5.6/metadata",
    ]
    assert asked[0].headers["accept-encoding"] == "gzip"


async def test_a_picture_with_its_parameters() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answering(JPEG, "image/jpeg")(request)

    async with client_of(answer) as client:
        window = Window(40, 400.5, VoiFunction.LINEAR_EXACT)
        assert await client.retrieve_rendered(*UIDS, frame=2, viewport=(100, 80), window=window) == JPEG
        assert await client.retrieve_thumbnail(*UIDS) == JPEG
    assert asked[0].url.path.endswith("/instances/5.6/frames/2/rendered")
    assert dict(asked[0].url.params) == {"viewport": "100,80", "window": "40,400.5,linear-exact"}
    assert asked[0].headers["accept"] == "image/jpeg"
    assert asked[1].url.path.endswith("/instances/5.6/thumbnail")


async def test_a_picture_in_a_multipart_answer() -> None:
    async with client_of(answering(multipart(JPEG, headers=b"Content-Type: image/jpeg\r\n"))) as client:
        assert await client.retrieve_rendered(*UIDS) == JPEG


@pytest.mark.parametrize(("answer", "kind"), [
    (answering(b"", status=404), NotFound), (answering(b""), NotFound), (answering(b"<html>", "text/html"),
    NotDicomWeb),
    (answering(b"{}", "application/json"), NotDicomWeb), (answering(b"", status=501), ServerFailed),
])
async def test_no_picture(answer: Callable[[httpx.Request], httpx.Response], kind: type[LightboxError]) -> None:
    async with client_of(answer) as client:
        with pytest.raises(kind):
            await client.retrieve_thumbnail(*UIDS)


# ------------------------------------------------------------------------------------------------------------ bulk data

@pytest.mark.parametrize(("body", "content_type"), [
    (b"bulk", "application/octet-stream"), (multipart(b"bulk", headers=b""), MULTIPART), (b"bulk", ""),
])
async def test_bulk_data_in_one_piece_or_in_parts(body: bytes, content_type: str) -> None:
    async with client_of(answering(body, content_type)) as client:
        assert await client.retrieve_bulkdata(f"{ROOT}/studies/1.2/bulkdata/1") == b"bulk"


async def test_bulk_data_is_never_fetched_from_elsewhere() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answering(b"bulk", "application/octet-stream")(request)

    async with client_of(answer) as client:
        with pytest.raises(NotAllowed):
            await client.retrieve_bulkdata("https://evil.test/data")
        await client.retrieve_bulkdata("http://inside.local/rs/studies/1.2/bulk/9")
        await client.retrieve_bulkdata("../bulk/9", base=f"{ROOT}/studies/1.2/metadata")
    assert asked == [f"{ROOT}/studies/1.2/bulk/9", f"{ROOT}/studies/bulk/9"]


# --------------------------------------------------------------------------------------------------------------- delete

async def test_delete_at_every_level() -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            asked.append((request.method, request.url.path))
        return httpx.Response(204)

    async with client_of(answer) as client:
        await client.delete("1.2")
        await client.delete("1.2", "3.4")
        await client.delete(*UIDS)
    assert asked == [
        ("DELETE", "/dicom-web/studies/1.2"), ("DELETE", "/dicom-web/studies/1.2/series/3.4"),
        ("DELETE", "/dicom-web/studies/1.2/series/3.4/instances/5.6"),
    ]


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (405, RequestRefused), (403, NotAllowed)])
async def test_a_delete_that_is_refused(status: int, kind: type[LightboxError]) -> None:
    async with client_of(answering(b"", status=status)) as client:
        with pytest.raises(kind):
            await client.delete("1.2")
