"""OidcConfig: how to sign in at one provider. Endpoints: where (OpenID Connect Discovery 1.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx

from desktop_app.core.errors import LightboxError, ServerFailed, SignInFailed
from desktop_app.core.words import say

from .trouble import host_of, network_error

_DISCOVERY_PATH = "/.well-known/openid-configuration"
_TIMEOUT = httpx.Timeout(20.0)
_ANSWER_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The provider's addresses. `issuer` as the provider itself writes it."""

    issuer: str
    authorization: str
    token: str
    revocation: str = ""
    end_session: str = ""
    secret_in_header: bool = False      # it takes a client secret by HTTP Basic only
    names_itself: bool = False          # it promises `iss` in every authorization response (RFC 9207)


@dataclass(frozen=True, slots=True)
class OidcConfig:
    """A provider and the client that Lightbox is there.

    `endpoints` are given where they are known beforehand; else they are discovered from `issuer`. `redirect_port` 0
    lets the system choose, as RFC 8252 wants it; a number is for providers that compare the port. `extra` goes into
    the authorization URL as it is. `essential_scopes` are those without which nothing works, each with the sentence
    that says so; `useful_scopes` those whose lack is told and lived with.
    """

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ("openid", "email")
    endpoints: Endpoints | None = None
    redirect_path: str = "/"
    redirect_port: int = 0
    redirect_host: str = "127.0.0.1"
    extra: tuple[tuple[str, str], ...] = ()
    keep_refresh_token: bool = True
    essential_scopes: tuple[tuple[str, str], ...] = ()
    useful_scopes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.client_id.strip():
            raise SignInFailed(say(
                "auth", "No client ID is set for this sign-in. Ask your administrator for one and enter it in "
                "the settings."))
        if self.redirect_host not in ("127.0.0.1", "localhost"):
            raise SignInFailed(say(
                "auth", "The answer of a sign-in comes back to this computer only: 127.0.0.1 or localhost."))
        require_secure(self.issuer)
        if self.endpoints is not None:
            require_secure(self.endpoints.authorization)
            require_secure(self.endpoints.token)


def is_loopback(url: str) -> bool:
    """Whether the host of `url` is this computer."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def require_secure(url: str) -> None:
    """Raises SignInFailed unless `url` is https, or http on this computer: codes and tokens travel there."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise SignInFailed(
            say(
                "auth", "The address of the sign-in server is not a web address. It looks like "
                "https://host/realms/name; check it in the settings."))
    if parts.scheme == "http" and not is_loopback(url):
        raise SignInFailed(
            say(
                "auth", "The sign-in server {hostname} is set up without encryption (http). Lightbox signs in "
                "over https only; correct the address in the settings.").format(hostname=parts.hostname))


async def discover(config: OidcConfig, http: httpx.AsyncClient) -> Endpoints:
    """The provider's endpoints, asked from its issuer unless the configuration names them.

    Raises NetworkError's kin when the provider cannot be reached, SignInFailed when what answers is no provider.
    """
    if config.endpoints is not None:
        return config.endpoints
    issuer = config.issuer.rstrip("/")
    url = issuer if issuer.endswith(_DISCOVERY_PATH) else issuer + _DISCOVERY_PATH
    document = await get_json(http, url)
    return _endpoints_from(document, issuer.removesuffix(_DISCOVERY_PATH), url)


async def get_json(http: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """The JSON object at `url`. Sends no credentials and follows no redirect."""
    try:
        answer = await http.get(
            url, headers={"Accept": "application/json"}, auth=httpx.Auth(), follow_redirects=False, timeout=_TIMEOUT)
    except Exception as error:      # the aiohttp transport lets errors of its own through
        raise network_error(error, url) from error
    if answer.status_code != 200:
        raise _no_provider(url, answer)
    try:
        document = json.loads(answer.content[:_ANSWER_LIMIT])
    except ValueError as error:
        raise _no_provider(url, answer) from error
    if not isinstance(document, dict):
        raise _no_provider(url, answer)
    return document


def _no_provider(url: str, answer: httpx.Response) -> LightboxError:
    host, status = host_of(url), answer.status_code
    kind = answer.headers.get("content-type", "no content type")
    detail = f"GET {url} answered {status} ({kind[:80]})"
    if status >= 500:
        return ServerFailed(say(
            "auth", "The sign-in server {host} failed. Try again; if it happens again, tell its "
            "administrator.").format(host=host),
                            status=status, detail=detail)
    if status == 407:
        return SignInFailed(
            say(
                "auth", "The network's proxy did not let the sign-in reach {host}. Ask your administrator for "
                "the proxy settings.").format(host=host), detail=detail)
    if 300 <= status < 400:
        return SignInFailed(
            say(
                "auth", "{host} sends the sign-in on to another address. Enter the address of the provider "
                "itself; a proxy's own sign-in page may be in the way.").format(host=host), detail=detail)
    return SignInFailed(
        say(
            "auth", "{host} does not answer as a sign-in server (OpenID Connect). Check the issuer's address: "
            "it looks like https://host/realms/name, before Keycloak 18 https://host/auth/realms/name.").format(
                host=host), detail=detail)


def _endpoints_from(document: dict[str, Any], issuer: str, url: str) -> Endpoints:
    def text(key: str) -> str:
        value = document.get(key, "")
        return value if isinstance(value, str) else ""

    def names(key: str) -> tuple[str, ...]:
        value = document.get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    if not text("authorization_endpoint") or not text("token_endpoint"):
        raise SignInFailed(
            say(
                "auth", "{host} does not answer as a sign-in server (OpenID Connect). Check the issuer's "
                "address.").format(host=host_of(url)),
            detail=f"{url} names no authorization and token endpoint")
    if not _same_issuer(text("issuer"), issuer):
        raise SignInFailed(
            say(
                "auth", "{host} says it is another sign-in server than the one in the settings. Enter its "
                "address as it names itself.").format(host=host_of(url)),
            detail=f"issuer {text('issuer')[:200]} instead of {issuer}")
    for key in ("authorization_endpoint", "token_endpoint"):
        require_secure(text(key))
    if not is_loopback(issuer) and is_loopback(text("token_endpoint")):
        raise SignInFailed(say(
            "auth", "{host} sends the sign-in to this computer instead of to itself. Tell its administrator.").format(
                host=host_of(url)))
    methods = names("code_challenge_methods_supported")
    if methods and "S256" not in methods:
        raise SignInFailed(
            say(
                "auth", "The sign-in server {host} cannot protect the sign-in of a desktop program (PKCE with "
                "S256). Ask its administrator to switch it on.").format(host=host_of(url)))
    secrets = names("token_endpoint_auth_methods_supported")
    return Endpoints(
        issuer=text("issuer"),
        authorization=text("authorization_endpoint"),
        token=text("token_endpoint"),
        revocation=text("revocation_endpoint"),
        end_session=text("end_session_endpoint"),
        secret_in_header=bool(secrets) and "client_secret_post" not in secrets and "client_secret_basic" in secrets,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _same_issuer(named: str, expected: str) -> bool:
    """Exactly equal (Discovery 4.3), but for a slash at the end and Entra's placeholder for the tenant."""
    if "{tenantid}" in named:
        before, _, after = named.partition("{tenantid}")
        return expected.startswith(before) and expected.endswith(after.rstrip("/"))
    return named.rstrip("/") == expected.rstrip("/")
