"""Foreign exceptions on the way to a sign-in server, as ours.

The aiohttp transport reports a refused connection, an unknown host and a bad certificate alike as a connect time-out,
and httpcore hides what it translates; what happened is told only by the chain of causes, so that is what is read here.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from desktop_app.core.certificates import certificate_reason
from desktop_app.core.errors import LightboxError, NetworkError, TimedOut, Unreachable
from desktop_app.core.words import say

from .redact import redact


def host_of(url: str) -> str:
    """The host a sentence may name."""
    try:
        return httpx.URL(url).host or say("auth", "the sign-in server")
    except httpx.InvalidURL:
        return say("auth", "the sign-in server")


def network_error(error: Exception, url: str) -> LightboxError:
    """The sentence for an exception that kept a request from its answer. One of ours passes unchanged. Pure."""
    if isinstance(error, LightboxError):
        return error
    host = host_of(url)
    detail = redact("; ".join(f"{type(link).__name__}: {link}" for link in _chain(error)))
    if reason := certificate_reason(error):
        return Unreachable(say(
            "auth", "The certificate of the sign-in server {host} {reason}.").format(
                host=host, reason=reason), detail=detail)
    for link in _chain(error):
        if isinstance(link, ssl.SSLError):
            return Unreachable(
                say(
                    "auth", "No secure connection to {host} came about. Check its address; a proxy may be in "
                    "the way.").format(host=host),
                detail=detail)
        if isinstance(link, httpx.ProxyError) or type(link).__name__ in _PROXY_ERRORS:
            return Unreachable(
                say(
                    "auth", "The network's proxy did not let the sign-in reach {host}. Ask your administrator "
                    "for the proxy settings.").format(host=host),
                detail=detail)
        os_error = getattr(link, "os_error", link)
        if isinstance(os_error, socket.gaierror):
            return Unreachable(
                say(
                    "auth", "The sign-in server {host} is unknown to this network. Check its address and the "
                    "connection.").format(host=host),
                detail=detail)
        if isinstance(os_error, ConnectionRefusedError):
            return Unreachable(say(
                "auth", "Nothing answers at {host}. Check the address of the sign-in server.").format(
                    host=host), detail=detail)
    if isinstance(error, httpx.TimeoutException) and _waited_in_vain(error):
        return TimedOut(say(
            "auth", "The sign-in server {host} did not answer in time. Try again.").format(
                host=host), detail=detail)
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return Unreachable(say(
            "auth", "“{host}” is not the address of a sign-in server. Check it in the settings.").format(
                host=host), detail=detail)
    return NetworkError(
        say(
            "auth", "The connection to the sign-in server {host} broke off. Check the network, then try "
            "again.").format(host=host), detail=detail)


_PROXY_ERRORS = frozenset({"ClientHttpProxyError", "ClientProxyConnectionError"})


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error = error.__cause__ or error.__context__
        seen += 1


def _waited_in_vain(error: httpx.TimeoutException) -> bool:
    causes = list(_chain(error))[1:]
    return not causes or any(isinstance(cause, TimeoutError) for cause in causes)
