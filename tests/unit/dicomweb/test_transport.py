"""The network below the client: every way it fails has its own sentence, and nothing happens behind one's back."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest

from desktop_app.core.errors import (
    AnswerError,
    Disconnected,
    Interrupted,
    LightboxError,
    NetworkError,
    NotAllowed,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TimedOut,
    TooBusy,
    Unreachable,
)
from desktop_app.core.store import Store
from desktop_app.dicomweb.exchange import Exchange, read_all
from desktop_app.dicomweb.transport import (
    KEEP_ALIVE_S,
    MAX_HEADER_BYTES,
    RetryPolicy,
    build_http_client,
    environment_proxy,
    error_for_status,
    is_foreign,
    retry_after_s,
    retrying,
    server_words,
    translate,
    worth_repeating,
)
from tests.support.misbehaving import Answer, MisbehavingServer

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def exchange(url: str, **options: object) -> AsyncIterator[Exchange]:
    async with build_http_client(Store("test", url), **options) as http:      # type: ignore[arg-type]
        yield Exchange(http)


async def get(url: str, *, headers: dict[str, str] | None = None, **options: object) -> bytes:
    async with exchange(url, **options) as talk, talk.open("GET", f"{url}/studies", headers=headers or {}) as response:
        return await read_all(response)


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A tiny server; yields its origin with http."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_head(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")


# ------------------------------------------------------------------------------------------- what goes wrong, in words

async def test_nothing_listens(refused_url: str) -> None:
    with pytest.raises(Unreachable, match="Nothing answers at this address"):
        await get(refused_url)


async def test_no_such_host() -> None:
    with pytest.raises(Unreachable, match="no server of this name"):
        await get("http://archive.invalid/dicom-web")


async def test_the_connection_is_reset(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.connection_reset())
    with pytest.raises(Interrupted):
        await get(misbehaving.url)


async def test_silence_before_the_answer() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(handler) as url:
        with pytest.raises(TimedOut):
            await get(url, idle_timeout_s=0.2)


async def test_silence_in_the_middle_of_the_body(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"x" * 100_000).stalling(after=50_000))
    with pytest.raises(TimedOut):
        await get(misbehaving.url, idle_timeout_s=0.2)


async def test_a_slow_answer_that_keeps_coming_is_waited_for() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        for _ in range(10):
            await asyncio.sleep(0.08)
            writer.write(b"x")
            await writer.drain()

    async with serving(handler) as url:
        assert await get(url, idle_timeout_s=0.5) == b"x" * 10       # 0.8 s in all, never 0.5 s of silence


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_body_that_breaks_off(misbehaving: MisbehavingServer, chunked: bool) -> None:
    misbehaving.script(Answer(body=b"x" * 1000, chunked=chunked).cut(500))
    with pytest.raises(Interrupted):
        await get(misbehaving.url)


async def test_a_peer_that_does_not_speak_http() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(b"220 mail.example ready\r\n")
        await writer.drain()

    async with serving(handler) as url:
        with pytest.raises(NotDicomWeb):
            await get(url)


async def test_damaged_compression() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Bytes(b"not gzip at all"))

    with pytest.raises(NotDicomWeb):
        await get("http://archive.test", transport=httpx.MockTransport(answer))


class Bytes(httpx.AsyncByteStream):
    def __init__(self, data: bytes) -> None:
        self.data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data


async def test_gzip_is_unpacked() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Bytes(gzip.compress(b"[]")))

    assert await get("http://archive.test", transport=httpx.MockTransport(answer)) == b"[]"


def test_an_error_of_ours_stays_what_it_is() -> None:
    ours = TooBusy(status=503)
    assert translate(ours) is ours
    wrapped = RuntimeError("around it")
    wrapped.__cause__ = ours
    assert translate(wrapped) is ours


def test_details_name_the_server_but_not_what_was_asked() -> None:
    error = httpx.ConnectTimeout("Connection timeout to host http://archive.test:8042/studies?PatientName=*secret*")
    detail = translate(error).detail
    assert "http://archive.test:8042" in detail
    assert "secret" not in detail
    assert "studies" not in detail


def test_a_bug_is_not_taken_for_the_network() -> None:
    assert not is_foreign(TypeError("a bug"))
    assert not is_foreign(RuntimeError("a bug"))
    assert is_foreign(httpx.ReadError("x"))


def test_a_cyclic_chain_of_causes_ends() -> None:
    error = OSError("a")
    error.__cause__ = second = OSError("b")
    second.__context__ = error
    assert isinstance(translate(error), Unreachable)


@pytest.mark.parametrize(("error", "kind"), [
    (httpx.ReadTimeout("x"), TimedOut),
    (httpx.ConnectTimeout("x"), Unreachable),
    (httpx.PoolTimeout("x"), Unreachable),
    (httpx.ReadError("x"), Interrupted),
    (httpx.RemoteProtocolError("x"), Interrupted),
    (httpx.ProxyError("x"), Unreachable),
    (httpx.UnsupportedProtocol("x"), Unreachable),
    (httpx.DecodingError("x"), NotDicomWeb),
    (BrokenPipeError(), Interrupted),
    (TimeoutError(), TimedOut),
    (OSError(101, "no route"), Unreachable),
    (Exception("anything"), NetworkError),
])
def test_plain_errors(error: Exception, kind: type[LightboxError]) -> None:
    assert type(translate(error)) is kind
    assert type(error).__name__ in translate(error).detail


# ------------------------------------------------------------------------------------------------------------- TLS

@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, in one PEM file."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography is not installed: no certificate can be made")
    import ipaddress

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test archive")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "archive.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    return path


async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_head(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")
    await writer.drain()
    await reader.read()


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_an_unknown_certificate_is_refused(certificate: Path) -> None:
    async with serving(hello, server_context(certificate)) as url:
        with pytest.raises(Unreachable, match="certificate is not trusted"):
            await get(url.replace("http:", "https:"))


async def test_a_certificate_the_system_trusts_is_accepted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with serving(hello, server_context(certificate)) as url:
        assert await get(url.replace("http:", "https:")) == b"[]"


async def test_https_where_http_is_spoken() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with serving(refuse) as url:
        with pytest.raises(Unreachable, match="No secure connection"):
            await get(url.replace("http:", "https:"))


# ------------------------------------------------------------------------------------------- nothing behind one's back

async def test_one_request_is_one_request(misbehaving: MisbehavingServer) -> None:
    """aiohttp alone would send an idempotent request a second time, unasked."""
    misbehaving.script(Answer.connection_reset())
    with pytest.raises(Interrupted):
        await get(misbehaving.url)
    assert len(misbehaving.requests) == 1


async def test_a_stale_connection_is_an_interruption_not_a_silent_repeat(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]"), Answer.connection_reset())
    async with exchange(misbehaving.url) as talk:
        async with talk.open("GET", f"{misbehaving.url}/studies") as response:
            await read_all(response)
        with pytest.raises(Interrupted):
            async with talk.open("GET", f"{misbehaving.url}/studies"):
                pass
    assert len(misbehaving.requests) == 2


async def test_connections_are_kept_alive(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]"))
    async with build_http_client(Store("test", misbehaving.url)) as http:
        for _ in range(3):
            async with Exchange(http).open("GET", f"{misbehaving.url}/studies") as response:
                await read_all(response)
        assert http._transport.client.connector._keepalive_timeout == KEEP_ALIVE_S      # type: ignore[attr-defined]
    assert misbehaving.connections == 1


async def test_as_many_connections_as_asked_for() -> None:
    arrived = 0
    all_here = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal arrived
        await read_head(reader)
        arrived += 1
        if arrived == 120:
            all_here.set()
        await all_here.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")
        await writer.drain()

    async def one(talk: Exchange, url: str) -> None:
        async with talk.open("GET", url):
            pass

    async with serving(handler) as url, exchange(url, max_connections=128) as talk:
        await asyncio.wait_for(asyncio.gather(*[one(talk, url) for _ in range(120)]), 30)
    assert arrived == 120


async def test_waiting_for_a_free_connection_is_no_timeout() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_head(reader)
            await asyncio.sleep(0.1)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")
            await writer.drain()

    async def one(talk: Exchange, url: str) -> bytes:
        async with talk.open("GET", url) as response:
            return await read_all(response)

    async with serving(handler) as url, exchange(url, max_connections=1, idle_timeout_s=0.3) as talk:
        assert await asyncio.gather(*[one(talk, url) for _ in range(6)]) == [b"[]"] * 6


async def test_cookies_are_neither_kept_nor_sent(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]", headers=(("Set-Cookie", "session=secret; Path=/"),)))
    async with build_http_client(Store("test", misbehaving.url)) as http:
        for _ in range(2):
            async with Exchange(http).open("GET", f"{misbehaving.url}/studies") as response:
                await read_all(response)
        assert not list(http.cookies.jar)
    assert all("cookie" not in request.headers for request in misbehaving.requests)


async def test_long_headers_are_read(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]", headers=(("X-Long", "x" * 40_000),)))
    assert await get(misbehaving.url) == b"[]"


async def test_headers_without_end_are_an_error_of_ours(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]", headers=(("X-Long", "x" * (MAX_HEADER_BYTES + 1000)),)))
    with pytest.raises(NotDicomWeb):
        await get(misbehaving.url)


async def test_accept_and_user_agent_are_ours_alone(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(body=b"[]"))
    await get(misbehaving.url, headers={"Accept-Encoding": "identity", "Accept": "application/dicom+json"})
    (request,) = misbehaving.requests
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["accept"] == "application/dicom+json"
    assert request.headers["user-agent"].startswith("Lightbox/")


async def test_parameters_arrive_as_they_were_meant(misbehaving: MisbehavingServer) -> None:
    """httpx quotes, aiohttp quotes again in its own way: the meaning must survive both."""
    misbehaving.script(Answer(body=b"[]"))
    params = [
        ("PatientName", "*O'Neil^Zoë+山田*"), ("PatientID", "a&b=c;d#e/f?g%25 h\\i"),
        ("includefield", "00081030,00080061"),
    ]
    async with exchange(misbehaving.url) as talk, talk.open("GET", f"{misbehaving.url}/studies", params=params):
        pass
    (request,) = misbehaving.requests
    assert parse_qsl(request.target.partition("?")[2], strict_parsing=True) == params


async def test_names_and_passwords_of_the_home_folder_are_not_used(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    misbehaving.script(Answer(body=b"[]"))
    await get(misbehaving.url)
    assert "authorization" not in misbehaving.requests[0].headers


async def test_a_cancelled_request_closes_its_connection() -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbeginning")
        await writer.drain()
        asked.set()
        await reader.read()
        gone.set()

    async with serving(handler) as url, exchange(url) as talk:
        async def read() -> None:
            async with talk.open("GET", url) as response:
                await read_all(response)

        task = asyncio.create_task(read())
        await asyncio.wait_for(asked.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(gone.wait(), 10)


# ----------------------------------------------------------------------------------------------------------- redirects

async def test_another_origin_is_not_followed(misbehaving: MisbehavingServer) -> None:
    with MisbehavingServer() as other:
        other.script(Answer(body=b"[]"))
        misbehaving.script(Answer(302, headers=(("Location", f"{other.url}/login"),)))
        with pytest.raises(NotDicomWeb, match="another server"):
            await get(misbehaving.url, headers={"Authorization": "Bearer secret"})
        assert other.requests == []


async def test_an_archive_that_wants_https_says_so(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(301, headers=(("Location", misbehaving.url.replace("http:", "https:")),)))
    with pytest.raises(NotDicomWeb, match="wants https"):
        await get(misbehaving.url)


async def test_the_same_origin_is_followed_with_its_headers(misbehaving: MisbehavingServer) -> None:
    misbehaving.on("/studies", Answer(307, headers=(("Location", "/dicom-web/moved/studies"),)))
    misbehaving.on("/moved", Answer(body=b"[]"))
    assert await get(misbehaving.url, headers={"Accept": "application/dicom+json"}) == b"[]"
    assert misbehaving.requests[-1].path == "/dicom-web/moved/studies"
    assert misbehaving.requests[-1].headers["accept"] == "application/dicom+json"


async def test_a_circle_of_redirects_ends(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(302, headers=(("Location", "/dicom-web/studies"),)))
    with pytest.raises(NotDicomWeb):
        await get(misbehaving.url)
    assert len(misbehaving.requests) < 10


# --------------------------------------------------------------------------------------------------------------- proxy

async def test_the_proxy_of_the_environment_is_used(
    misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", misbehaving.origin)
    misbehaving.script(Answer(body=b"[]"))
    assert await get("http://archive.test/dicom-web") == b"[]"
    assert misbehaving.requests[0].target == "http://archive.test/dicom-web/studies"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:httpx_aiohttp")
async def test_a_proxy_with_a_password(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", misbehaving.origin.replace("//", "//someone:secret@"))
    misbehaving.script(Answer(body=b"[]"))
    await get("http://archive.test/dicom-web")
    assert misbehaving.requests[0].headers["proxy-authorization"].startswith("Basic ")


async def test_a_proxy_that_is_down_is_named(refused_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", refused_url.removesuffix("/dicom-web"))
    with pytest.raises(Unreachable, match="proxy"):
        await get("http://archive.test/dicom-web")


async def test_a_proxy_that_refuses_a_tunnel_is_named(
    misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", misbehaving.origin)
    misbehaving.script(Answer.refuses(403))
    with pytest.raises(Unreachable, match="proxy"):
        await get("https://archive.test/dicom-web")


async def test_a_proxy_that_wants_to_know_who_asks_is_named(
    misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = b"<html><h1>Proxy Authentication Required</h1></html>"
    for name, address in (("https_proxy", "https://archive.test/dicom-web"), ("http_proxy", "http://archive.test/x")):
        monkeypatch.setenv(name, misbehaving.origin)
        misbehaving.script(Answer(407, page, "text/html"))
        with pytest.raises(LightboxError, match="proxy of this network did not let the request through"):
            await get(address)


def test_which_addresses_go_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "proxy.test:3128")
    monkeypatch.setenv("no_proxy", "inside.test")
    assert environment_proxy("http://archive.test/dicom-web") == "http://proxy.test:3128"
    assert environment_proxy("http://inside.test/dicom-web") == ""
    assert environment_proxy("http://127.0.0.1:8042/dicom-web") == ""
    assert environment_proxy("http://localhost/dicom-web") == ""
    assert environment_proxy("https://archive.test/dicom-web") == ""
    monkeypatch.setenv("https_proxy", "socks5://proxy.test:1080")
    assert environment_proxy("https://archive.test/dicom-web") == ""


async def test_a_proxy_that_speaks_only_socks_is_named_where_it_would_be_needed(
    refused_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", "socks5h://proxy.test:1080")
    for scheme in ("http", "https"):
        with pytest.raises(Unreachable, match="speaks only SOCKS") as caught:
            await get(f"{scheme}://archive.invalid/dicom-web")
        assert "proxy.test" not in str(caught.value)
    with pytest.raises(Unreachable, match="Nothing answers"):           # not needed on this machine: not blamed
        await get(refused_url)


# ------------------------------------------------------------------------------------------------------------- statuses

@pytest.mark.parametrize(("status", "kind"), [
    (400, RequestRefused), (401, SignInNeeded), (403, NotAllowed), (404, NotFound), (406, RequestRefused),
    (410, NotFound), (413, RequestRefused), (429, TooBusy), (500, ServerFailed), (501, ServerFailed), (503, TooBusy),
    (504, ServerFailed),
])
async def test_statuses_become_errors(misbehaving: MisbehavingServer, status: int, kind: type[AnswerError]) -> None:
    misbehaving.script(Answer(status, b'{"error": {"message": "the reason", "status": "SOME"}}', "application/json"))
    with pytest.raises(kind) as caught:
        await get(misbehaving.url)
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert "the reason" in caught.value.detail


@pytest.mark.parametrize(("body", "words"), [
    (b'{"error":{"code":403,"message":"denied","status":"PERMISSION_DENIED"}}', "denied PERMISSION_DENIED"),
    (b'[{"error":{"message":"in a list"}}]', "in a list"),
    (b'{"HttpError":"Bad Request","Message":"Bad file","Details":"no DICOM","HttpStatus":400}', "Bad file no DICOM"),
    (b'{"errorMessage":"No such archive"}', "No such archive"),
    (b'{"error":"invalid_token","error_description":"expired"}', "expired invalid_token"),
    (b"<html><head><style>p {x}</style></head><body><h1>502</h1><p>Bad  gateway</p></body></html>", "502 Bad gateway"),
    (b"plain words", "plain words"),
    (b"", ""),
    (b"\xff\xfe", "��"),
])
def test_the_words_of_the_server(body: bytes, words: str) -> None:
    assert server_words(body) == words


def test_a_long_error_page_is_cut() -> None:
    error = error_for_status(500, {}, b"x" * 100_000)
    assert len(error.detail) < 600


def test_retry_after_is_read() -> None:
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=90)
    assert retry_after_s("7") == 7.0
    assert 80 < (retry_after_s(format_datetime(later, usegmt=True)) or 0) <= 90
    assert retry_after_s(format_datetime(later - datetime.timedelta(days=1), usegmt=True)) == 0.0
    assert retry_after_s("soon") is None
    assert retry_after_s("") is None


# ---------------------------------------------------------------------------------------------------------------- retry

class Clock:
    """Takes the pauses instead of waiting them."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def repeated(*outcomes: LightboxError | str, policy: RetryPolicy | None = None) -> tuple[str, list[float]]:
    clock = Clock()
    script = list(outcomes)

    async def action() -> str:
        outcome = script.pop(0)
        if isinstance(outcome, LightboxError):
            raise outcome
        return outcome

    result = await retrying(action, policy or RetryPolicy(), sleep=clock.sleep, chance=lambda: 0.5)
    return result, clock.pauses


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_a_passing_trouble_is_repeated(status: int) -> None:
    assert await repeated(error_for_status(status, {}), "there") == ("there", [0.5])


@pytest.mark.parametrize("error", [
    *(error_for_status(status, {}) for status in (400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 501)),
    Unreachable(), TimedOut(), NotDicomWeb(),
])
async def test_what_would_fail_again_is_not_repeated(error: LightboxError) -> None:
    assert not worth_repeating(error)
    with pytest.raises(type(error)):
        await repeated(error, "never asked")


async def test_pauses_grow_and_the_last_error_is_told() -> None:
    busy = error_for_status(503, {})
    result, pauses = await repeated(busy, busy, busy, "there")
    assert (result, pauses) == ("there", [0.5, 1.0, 2.0])
    with pytest.raises(ServerFailed) as caught:
        await repeated(*[error_for_status(500 + n, {}) for n in (0, 2, 0, 4)], "never asked")
    assert caught.value.status == 504


async def test_after_a_first_interruption_there_is_no_pause() -> None:
    """The server may have closed a kept connection at the same moment: nobody should wait for that."""
    assert await repeated(Interrupted(), "there") == ("there", [])
    assert await repeated(Interrupted(), Interrupted(), "there") == ("there", [1.0])


async def test_retry_after_is_honoured_within_reason() -> None:
    assert await repeated(error_for_status(429, {"retry-after": "7"}), "x") == ("x", [7.0])
    assert await repeated(error_for_status(503, {"retry-after": "0"}), "x") == ("x", [0.5])
    assert await repeated(error_for_status(503, {"retry-after": "86400"}), "x") == ("x", [32.0])


def test_pauses_have_an_upper_limit_and_jitter() -> None:
    policy = RetryPolicy(first_pause_s=1.0, max_pause_s=8.0)
    assert policy.pause_s(10, None, 0.5) == 8.0
    assert policy.pause_s(1, None, 0.0) < policy.pause_s(1, None, 1.0)


async def test_repeats_are_reported() -> None:
    seen: list[LightboxError] = []
    outcomes: list[LightboxError | None] = [Interrupted(), TooBusy(status=429), None]

    async def action() -> None:
        if (outcome := outcomes.pop(0)) is not None:
            raise outcome

    await retrying(action, sleep=Clock().sleep, on_repeat=seen.append)
    assert [type(error) for error in seen] == [Interrupted, TooBusy]


async def test_a_client_that_was_closed_on_this_side_is_said_to_be() -> None:
    http = build_http_client(Store("test", "http://127.0.0.1:9/dicom-web"))
    await http.aclose()
    with pytest.raises(Disconnected, match="signed out"):
        async with Exchange(http).open("GET", "http://127.0.0.1:9/dicom-web/studies"):
            pass
