"""The three requests that carry secrets: exchange a code, renew, revoke. Over the same httpx client as everything else,
because a hospital's proxy and its certificates are set up there once."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from urllib.parse import quote_plus

import httpx

from .credentials import Token
from .provider import Endpoints, OidcConfig
from .token_answer import Expected, token_from_answer
from .trouble import network_error

_TIMEOUT = httpx.Timeout(30.0)
_FORM = "application/x-www-form-urlencoded"


async def exchange_code(
    config: OidcConfig, endpoints: Endpoints, http: httpx.AsyncClient, *, code: str, redirect_uri: str, verifier: str,
    nonce: str, clock: Callable[[], float] = time.time,
) -> Token:
    """The token for an authorization code (RFC 6749 section 4.1.3 with RFC 7636). Raises SignInFailed and
    NetworkError's kin."""
    from oauthlib.oauth2 import WebApplicationClient

    form = WebApplicationClient(config.client_id).prepare_request_body(
        code=code, redirect_uri=redirect_uri, code_verifier=verifier)
    return await _ask(
        config, endpoints, http, form, expected=Expected(endpoints.issuer, config.client_id, nonce),
        secrets=(code, verifier, config.client_secret), clock=clock)


async def refresh(
    config: OidcConfig, endpoints: Endpoints, http: httpx.AsyncClient, token: Token, *,
    clock: Callable[[], float] = time.time,
) -> Token:
    """A new token for one that may renew itself (RFC 6749 section 6). What the answer leaves out stays as it was."""
    from oauthlib.oauth2 import WebApplicationClient

    client = WebApplicationClient(config.client_id)
    form = client.prepare_refresh_body(refresh_token=token.refresh_token, client_id=config.client_id)
    fresh = await _ask(
        config, endpoints, http, form, expected=Expected(endpoints.issuer, config.client_id),
        secrets=(token.refresh_token, config.client_secret), clock=clock, requested=token.scopes)
    return Token(
        access_token=fresh.access_token, expires_at=fresh.expires_at, scopes=fresh.scopes,
        account=fresh.account or token.account, subject=fresh.subject or token.subject, lifetime_s=fresh.lifetime_s,
        refresh_token=fresh.refresh_token or token.refresh_token, id_token=fresh.id_token or token.id_token,
        notices=token.notices)


async def revoke(config: OidcConfig, endpoints: Endpoints, http: httpx.AsyncClient, token: Token) -> bool:
    """Tell the provider to forget `token` and what came with it (RFC 7009). Returns whether it said it did; never
    raises for the network's sake, because signing out must succeed on this side whatever happens on the other."""
    if not endpoints.revocation:
        return False
    form = {"token": token.refresh_token or token.access_token,
            "token_type_hint": "refresh_token" if token.refresh_token else "access_token"}
    if not (config.client_secret and endpoints.secret_in_header):
        form["client_id"] = config.client_id
        if config.client_secret:
            form["client_secret"] = config.client_secret
    try:
        answer = await http.post(
            endpoints.revocation, data=form, headers=_headers(config, endpoints), auth=httpx.Auth(),
            follow_redirects=False, timeout=_TIMEOUT)
    except Exception:
        return False
    return answer.status_code == 200


async def _ask(
    config: OidcConfig, endpoints: Endpoints, http: httpx.AsyncClient, form: str, *, expected: Expected,
    secrets: tuple[str, ...], clock: Callable[[], float], requested: tuple[str, ...] = (),
) -> Token:
    if config.client_secret and not endpoints.secret_in_header:
        form += "&client_secret=" + quote_plus(config.client_secret)
    try:
        answer = await http.post(
            endpoints.token, content=form.encode("ascii"), auth=httpx.Auth(), follow_redirects=False,
            timeout=_TIMEOUT, headers={"Content-Type": _FORM, **_headers(config, endpoints)})
    except Exception as error:      # the aiohttp transport lets errors of its own through
        raise network_error(error, endpoints.token) from error
    return token_from_answer(
        answer.status_code, answer.headers.get("content-type", ""), answer.content, url=endpoints.token,
        requested=requested or config.scopes, expected=expected, now=clock(),
        server_date=answer.headers.get("date", ""), secrets=secrets)


def _headers(config: OidcConfig, endpoints: Endpoints) -> dict[str, str]:
    headers = {"Accept": "application/json", "Cache-Control": "no-store"}
    if config.client_secret and endpoints.secret_in_header:
        # RFC 6749 section 2.3.1: both halves form-encoded first, then joined as in HTTP Basic.
        pair = f"{quote_plus(config.client_id)}:{quote_plus(config.client_secret)}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode("ascii")).decode("ascii")
    return headers
