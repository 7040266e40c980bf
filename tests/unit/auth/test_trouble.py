"""What keeps a request from the sign-in server, told apart with real sockets over both of httpx's transports."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from desktop_app.auth.provider import OidcConfig, discover
from desktop_app.auth.trouble import network_error
from desktop_app.core.errors import LightboxError, NetworkError, SignInFailed, TimedOut, Unreachable
from tests.support.loopback_tls import Authority

Transport = Callable[[ssl.SSLContext], httpx.AsyncBaseTransport]

TRANSPORTS: dict[str, Transport] = {
    "aiohttp": lambda context: AiohttpTransport(verify=context),
    "httpcore": lambda context: httpx.AsyncHTTPTransport(verify=context),
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> Transport:
    return TRANSPORTS[request.param]


@asynccontextmanager
async def serving(answer: bytes, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that says `answer` to everyone and hangs up."""
    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await reader.readexactly(1) != b"\x16":      # a TLS hello waits for an answer at once
                await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0, ssl=context)
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def error_at(url: str, transport: httpx.AsyncBaseTransport, **options: object) -> LightboxError:
    async with httpx.AsyncClient(transport=transport, **options) as http:      # type: ignore[arg-type]
        with pytest.raises(LightboxError) as caught:
            await discover(OidcConfig(issuer=url, client_id="lightbox"), http)
    return caught.value


async def test_nothing_listens_there(transport: Transport, refused_url: str) -> None:
    error = await error_at(refused_url, transport(ssl.create_default_context()))
    assert isinstance(error, Unreachable) and "Nothing answers at 127.0.0.1" in error.user_text


@pytest.mark.parametrize(("options", "sentence"), [
    ({"days_left": -0.5, "age_days": 2}, "has expired"),
    ({"age_days": -0.5, "days_left": 1}, "is not valid yet"),
    ({"hosts": ("elsewhere.example",)}, "belongs to another"),
])
async def test_a_bad_certificate(
    transport: Transport, authority: Authority, options: dict[str, object], sentence: str
) -> None:
    async with serving(b"", authority.server_context("bad", **options)) as url:
        error = await error_at(url, transport(authority.client_context()))
    assert isinstance(error, Unreachable) and sentence in error.user_text and "127.0.0.1" in error.user_text


async def test_a_certificate_of_an_unknown_authority(
    transport: Transport, authority: Authority, tmp_path: Path
) -> None:
    async with serving(b"", authority.server_context()) as url:
        error = await error_at(url, transport(Authority(tmp_path).client_context()))
    assert isinstance(error, Unreachable) and "does not know; ask your administrator" in error.user_text


async def test_no_tls_where_it_should_be(transport: Transport) -> None:
    async with serving(b"HTTP/1.1 200 OK\r\n\r\n") as url:
        error = await error_at(url.replace("http:", "https:"), transport(ssl.create_default_context()))
    assert isinstance(error, NetworkError) and "127.0.0.1" in error.user_text


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"SSH-2.0-x\r\n\r\n"])
async def test_an_answer_that_breaks_off(transport: Transport, answer: bytes) -> None:
    async with serving(answer) as url:
        error = await error_at(url, transport(ssl.create_default_context()))
    assert isinstance(error, NetworkError) and "broke off" in error.user_text


async def test_html_from_a_proxy(transport: Transport) -> None:
    body = b"<html><script>login</script></html>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    async with serving(head + body) as url:
        error = await error_at(url, transport(ssl.create_default_context()))
    assert isinstance(error, SignInFailed) and "does not answer as a sign-in server" in error.user_text


async def test_a_proxy_that_wants_to_know_who_asks() -> None:
    async with serving(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as proxy:
        error = await error_at(
            "https://id.example.org", httpx.AsyncHTTPTransport(proxy=httpx.Proxy(proxy)))
        also = await error_at("https://id.example.org", AiohttpTransport(proxy=httpx.Proxy(proxy)))
    for one in (error, also):
        assert "proxy did not let the sign-in reach id.example.org" in one.user_text


def raised_by(inner: BaseException) -> Exception:
    """As httpx-aiohttp passes it on: a connect time-out, whatever happened."""
    try:
        try:
            raise inner
        except BaseException as error:
            raise httpx.ConnectTimeout(str(error)) from error
    except httpx.ConnectTimeout as outer:
        return outer


@pytest.mark.parametrize(("error", "kind", "sentence"), [
    (raised_by(socket.gaierror(-2, "Name or service not known")), Unreachable, "unknown to this network"),
    (raised_by(ConnectionRefusedError()), Unreachable, "Nothing answers"),
    (httpx.ReadTimeout("slow"), TimedOut, "did not answer in time"),
    (httpx.ConnectTimeout("slow"), TimedOut, "did not answer in time"),
    (httpx.UnsupportedProtocol("x"), Unreachable, "not the address of a sign-in server"),
    (httpx.ReadError("reset"), NetworkError, "broke off"),
])
def test_the_chain_of_causes_tells_what_happened(error: Exception, kind: type[LightboxError], sentence: str) -> None:
    found = network_error(error, "https://id.example.org/token?code=hidden")
    assert type(found) is kind and sentence in found.user_text and "id.example.org" in found.user_text
    assert "hidden" not in found.user_text + found.detail


@pytest.fixture(autouse=True)
def _no_proxy_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    yield
