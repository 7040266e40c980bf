"""One httpx client per store over aiohttp, and the one place where foreign errors become ours.

Why aiohttp below httpx: httpx's own pool collapses with many requests at once. What aiohttp and the adapter do
differently from what one expects is undone here: errors that all look like ConnectTimeout, keep-alive of seconds,
proxies and certificates that are not handed down, a silent repeat of requests, cookies, an 8 kB limit of headers.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from desktop_app import __version__
from desktop_app.core import errors
from desktop_app.core.certificates import certificate_reason
from desktop_app.core.errors import LightboxError
from desktop_app.core.store import Store
from desktop_app.core.words import say, t
from desktop_app.dicomweb.trust import BeforeRequest, trust_context

KEEP_ALIVE_S = 60.0
CONNECT_TIMEOUT_S = 15.0
MAX_HEADER_BYTES = 64 * 1024
READ_CHUNK = 256 * 1024
_MAX_DETAIL = 500

T = TypeVar("T")


def build_http_client(
    store: Store,
    *,
    auth: httpx.Auth | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    max_connections: int = 160,
    idle_timeout_s: float = 30.0,
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
    ready: Callable[[], Awaitable[Mapping[str, str]]] | None = None,
) -> httpx.AsyncClient:
    """The client for one store. To be used on one event loop and closed with `aclose`.

    `tls` replaces the context that trusts what the system trusts: for one that presents a client certificate. What
    `store.network` says holds as well: further authorities to trust, headers for this origin. `ready` is awaited
    before each request; what it gives are headers for this origin too.

    Timeouts are idle times: connecting, and silence while an answer is awaited or read. There is no total one, and
    waiting for a free connection has no limit. Redirects are not followed here, cookies are neither kept nor sent.
    """
    context = tls or (
        trust_context() if store.url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    before = BeforeRequest(store, context, ready)
    return httpx.AsyncClient(
        transport=transport or _aiohttp_transport(store, max_connections, context),
        event_hooks={"request": [before] if before.is_needed else []},
        auth=auth,
        headers={"User-Agent": f"Lightbox/{__version__}", **(headers or {})},
        timeout=idle_times(idle_timeout_s),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=False,        # the transport gets the proxy; netrc and SSL variables are none of our business
    )


def idle_times(idle_timeout_s: float) -> httpx.Timeout:
    """Connecting, and silence; nothing limits a transfer as a whole, or waiting for a free connection."""
    return httpx.Timeout(connect=min(CONNECT_TIMEOUT_S, idle_timeout_s), read=idle_timeout_s, write=None, pool=None)


def _aiohttp_transport(
    store: Store, max_connections: int, context: ssl.SSLContext
) -> httpx.AsyncBaseTransport:
    import aiohttp
    import httpx_aiohttp
    from httpx_aiohttp.transport import AiohttpResponseStream

    proxy, needs_socks = environment_proxy(store.url), _named_proxy(store.url).startswith("socks")

    async def no_silent_repeat(
        request: aiohttp.ClientRequest, handler: Callable[[aiohttp.ClientRequest], Awaitable[aiohttp.ClientResponse]]
    ) -> aiohttp.ClientResponse:
        # aiohttp sends an idempotent request again when these escape. Repeating is decided by `retrying`, which counts.
        try:
            return await handler(request)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            raise aiohttp.ClientConnectionError(str(error)) from error

    def session() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=max_connections, limit_per_host=max_connections, keepalive_timeout=KEEP_ALIVE_S,
                ssl=context, happy_eyeballs_delay=0.25,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            read_bufsize=READ_CHUNK,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            middlewares=(no_silent_repeat,),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )

    class BigPieces(httpx_aiohttp.AiohttpTransport):
        """Bodies come in pieces of up to READ_CHUNK: with the adapter's 16 kB handing on takes a third longer."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            try:
                response = await super().handle_async_request(request)
            except httpx.TransportError as error:
                failure = translate(error)
                if needs_socks and isinstance(failure, errors.Unreachable):
                    raise errors.Unreachable(_ONLY_SOCKS, detail=failure.detail) from error
                raise
            if isinstance(response.stream, AiohttpResponseStream):
                response.stream.CHUNK_SIZE = READ_CHUNK
            return response

    return BigPieces(verify=context, trust_env=False, client=session, proxy=httpx.Proxy(proxy) if proxy else None)


def environment_proxy(url: str) -> str:
    """The proxy the system or the environment names for this URL; empty for none. Loopback is never proxied.

    One that speaks only SOCKS, which aiohttp does not, counts as none: who cannot be reached without it is told so.
    """
    proxy = _named_proxy(url)
    return proxy if proxy.startswith(("http://", "https://")) else ""


def _named_proxy(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in ("localhost", "127.0.0.1", "::1") or proxy_bypass(parts.netloc.rpartition("@")[2]) or proxy_bypass(host):
        return ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return proxy


# ------------------------------------------------------------------------------------------------------------- errors

def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or getattr(current, "os_error", None) or current.__context__
    return chain


def translate(error: BaseException) -> LightboxError:
    """Any error of httpx, aiohttp or the socket as one of ours, with the technical words in `detail`.

    The whole chain of causes is looked at: behind httpx-aiohttp a refused connection, an unknown host and a reset all
    look like ConnectTimeout. An error of ours stays what it is.
    """
    chain = _causes(error)
    ours = next((cause for cause in chain if isinstance(cause, LightboxError)), None)
    if ours is not None:
        return ours
    said = dict.fromkeys(f"{type(cause).__name__}: {_without_paths(str(cause))}"[:200] for cause in chain)
    detail = "; ".join(said)[:_MAX_DETAIL]
    names = {name for cause in chain for name in _class_names(cause)}
    if reason := certificate_reason(error):
        return errors.Unreachable(say(
            "dicomweb", "The archive's certificate is not trusted: it {reason}.").format(
                reason=reason), detail=detail)
    for matches, make in _TRANSLATIONS:
        if matches(chain, names):
            return make(detail)
    return errors.NetworkError(detail=detail)


def _without_paths(text: str) -> str:
    """URLs cut down to their origin: paths hold UIDs, queries what was searched for."""
    return re.sub(r"(https?://[^/\s'\"?]+)[^\s'\"]*", r"\1/…", text)


_FOREIGN_MODULES = ("httpx", "httpcore", "aiohttp", "httpx_aiohttp", "ssl", "zlib")


def is_foreign(error: BaseException) -> bool:
    """Whether an error comes from the network libraries or the system, and is to be translated."""
    if isinstance(error, OSError | EOFError):
        return True
    return _is_closed(error) or any(cls.__module__.partition(".")[0] in _FOREIGN_MODULES for cls in type(error).__mro__)


def _is_closed(error: BaseException) -> bool:
    """Whether a request was made over a client that had been closed already."""
    return isinstance(error, RuntimeError) and "closed" in str(error)


def _class_names(error: BaseException) -> list[str]:
    return [cls.__name__ for cls in type(error).__mro__]


def _is_a(*kinds: type[BaseException]) -> Callable[[list[BaseException], set[str]], bool]:
    return lambda chain, names: any(isinstance(cause, kinds) for cause in chain)


def _named(*wanted: str) -> Callable[[list[BaseException], set[str]], bool]:
    return lambda chain, names: not names.isdisjoint(wanted)


def _error(kind: type[LightboxError], text: str = "") -> Callable[[str], LightboxError]:
    return lambda detail: kind(say("dicomweb", text), detail=detail)


_ONLY_SOCKS = (
    "The archive cannot be reached directly, and the proxy of this system speaks only SOCKS, which Lightbox does not. "
    "Name an HTTP proxy in the system's settings.")
_PROXY_REFUSED = t(
    "dicomweb", "The proxy of this network did not let the request through. Check the proxy settings of the "
    "system.")

# First match wins. aiohttp's classes go by name: it is not imported before it is needed.
_TRANSLATIONS: tuple[
    tuple[Callable[[list[BaseException], set[str]], bool], Callable[[str], LightboxError]], ...
] = (
    (lambda chain, names: _is_closed(chain[0]), _error(errors.Disconnected)),
    (_named("ClientHttpProxyError", "ClientProxyConnectionError", "ProxyError"), _error(
        errors.Unreachable, _PROXY_REFUSED)),
    (_is_a(ssl.SSLError), _error(
        errors.Unreachable,
        t(
            "dicomweb", "No secure connection to the archive came about. Check whether its address begins "
            "with http or https."),
    )),
    (_named("ClientConnectorDNSError", "gaierror"), _error(
        errors.Unreachable, t(
            "dicomweb", "There is no server of this name. Check the address of the archive for a typing "
            "error."),
    )),
    (_is_a(ConnectionRefusedError), _error(
        errors.Unreachable, t(
            "dicomweb", "Nothing answers at this address. Check host and port, and whether the archive is "
            "running."),
    )),
    (_named("SocketTimeoutError", "ReadTimeout", "WriteTimeout"), _error(errors.TimedOut)),
    (_named("ConnectionTimeoutError", "PoolTimeout"), _error(errors.Unreachable)),
    (_named("ClientConnectorError", "ConnectError"), _error(errors.Unreachable)),
    (_named("InvalidURL", "UnsupportedProtocol", "InvalidUrlClientError", "NonHttpUrlClientError"), _error(
        errors.Unreachable, t("dicomweb", "This is no web address. Correct the address of the archive."),
    )),
    (_named("ClientPayloadError"), _error(errors.Interrupted)),
    (_named("HttpProcessingError", "ClientResponseError", "DecodingError"), _error(errors.NotDicomWeb)),
    (_is_a(ConnectionResetError, BrokenPipeError, ConnectionAbortedError), _error(errors.Interrupted)),
    (_named(
        "ServerDisconnectedError", "ClientOSError", "ClientConnectionError", "ReadError",
        "WriteError", "RemoteProtocolError", "CloseError", "LocalProtocolError",
    ), _error(errors.Interrupted)),
    (_is_a(TimeoutError), _error(errors.TimedOut)),
    (_named("ConnectTimeout", "TransportError"), _error(errors.Unreachable)),
    (_is_a(socket.error, OSError), _error(errors.Unreachable)),
)

_STATUS_ERRORS: Mapping[int, type[errors.AnswerError]] = {
    401: errors.SignInNeeded, 403: errors.NotAllowed, 404: errors.NotFound, 410: errors.NotFound,
    429: errors.TooBusy, 503: errors.TooBusy,
}


def error_for_status(status: int, headers: Mapping[str, str], body: bytes = b"") -> errors.AnswerError:
    """The error for an HTTP status that means no; `detail` has the server's own words as far as they are words."""
    kind = _STATUS_ERRORS.get(status) or (errors.ServerFailed if status >= 500 else errors.RequestRefused)
    words = server_words(body)
    detail = f"HTTP {status}" + (f": {words}" if words else "")
    if status == 407:
        return errors.RequestRefused(say("dicomweb", _PROXY_REFUSED), status=status, detail=detail)
    return kind(status=status, detail=detail, retry_after_s=retry_after_s(headers.get("retry-after", "")))


def server_words(body: bytes) -> str:
    """What an error body says: the message of a JSON error (Google, Orthanc, dcm4chee and others), else its text."""
    text = body[:8192].decode("utf-8", "replace").strip()
    try:
        said = _said(json.loads(text))
    except ValueError:
        said = ""
    if not said:
        text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", text)
        said = re.sub(r"(?s)<[^>]*>", " ", text) if "<" in text else text
    return " ".join(said.split())[:_MAX_DETAIL]


_MESSAGE_KEYS = (
    "message", "errormessage", "details", "detail", "error_description", "orthancerror", "title", "error", "reason",
    "status",
)


def _said(value: object) -> str:
    if isinstance(value, list):
        return _said(value[0]) if value else ""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    lowered = {str(key).lower(): inner for key, inner in value.items()}
    if isinstance(lowered.get("error"), dict):
        return _said(lowered["error"])
    parts = [lowered[key] for key in _MESSAGE_KEYS if isinstance(lowered.get(key), str)]
    return " ".join(dict.fromkeys(part for part in parts if part))


def retry_after_s(value: str) -> float | None:
    """`Retry-After` (RFC 9110 10.2.3) in seconds from now; None when there is none or it cannot be read."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


# -------------------------------------------------------------------------------------------------------------- retry

RETRIED_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently an idempotent request is repeated. Times in seconds."""

    attempts: int = 4
    first_pause_s: float = 0.5
    max_pause_s: float = 32.0

    def pause_s(self, repeat: int, retry_after: float | None, chance: float) -> float:
        """The pause before repeat number `repeat` (from 1): exponential with jitter, never before Retry-After."""
        exponential: float = min(self.max_pause_s, self.first_pause_s * 2 ** (repeat - 1)) * (0.5 + chance)
        return max(exponential, min(retry_after, self.max_pause_s)) if retry_after is not None else exponential


NO_RETRY = RetryPolicy(attempts=1)


def worth_repeating(error: BaseException) -> bool:
    """Whether the same request may succeed a moment later."""
    if isinstance(error, errors.AnswerError):
        return error.status in RETRIED_STATUSES
    return isinstance(error, errors.Interrupted) or type(error) is errors.NetworkError


async def retrying(
    action: Callable[[], Awaitable[T]],
    policy: RetryPolicy | None = None,
    *,
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    chance: Callable[[], float] = random.random,
    on_repeat: Callable[[LightboxError], None] | None = None,
) -> T:
    """The result of an idempotent action, repeated while `worth_repeating`. The last error is raised as it is.

    After a first interruption it is repeated at once, then with pauses.
    """
    policy = policy or RetryPolicy()
    repeat = 0
    while True:
        try:
            return await action()
        except LightboxError as error:
            repeat += 1
            if repeat >= policy.attempts or not worth_repeating(error):
                raise
            if on_repeat is not None:
                on_repeat(error)
            if repeat > 1 or not isinstance(error, errors.Interrupted):     # a kept connection may just have been stale
                await sleep(policy.pause_s(repeat, getattr(error, "retry_after_s", None), chance()))
