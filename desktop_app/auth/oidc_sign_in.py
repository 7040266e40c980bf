"""Sign in with an OpenID Connect provider as a desktop program does: authorization code with PKCE in the system's own
browser, the answer on loopback (RFC 6749, 7636, 8252, 9207; OpenID Connect Core 3.1)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import httpx

from desktop_app.core.errors import LightboxError, SignInFailed
from desktop_app.core.words import say

from . import pages
from .credentials import Token
from .loopback import LoopbackListener, carries_state, parameters_of
from .provider import Endpoints, OidcConfig, discover
from .refusals import authorization_refused
from .token_answer import missing_scopes
from .token_requests import exchange_code

SIGN_IN_TIMEOUT_S = 300.0


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """One attempt: where it comes back, and the three secrets that tie the answer to it."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    login_hint: str = field(default="", repr=False)
    prompt: str = ""

    @property
    def challenge(self) -> str:
        """The S256 code challenge (RFC 7636 section 4.2)."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


UrlBuilder = Callable[[OidcConfig, Endpoints, AuthorizationRequest], str]


def authorization_url(config: OidcConfig, endpoints: Endpoints, request: AuthorizationRequest) -> str:
    """The address that the browser opens."""
    from oauthlib.oauth2 import WebApplicationClient

    parameters = dict(config.extra)
    if "openid" in config.scopes:
        parameters["nonce"] = request.nonce
    if request.login_hint:
        parameters["login_hint"] = request.login_hint
    if request.prompt:
        parameters["prompt"] = request.prompt
    return str(WebApplicationClient(config.client_id).prepare_request_uri(
        endpoints.authorization, redirect_uri=request.redirect_uri, scope=list(config.scopes), state=request.state,
        code_challenge=request.challenge, code_challenge_method="S256", **parameters))


async def sign_in(
    config: OidcConfig,
    http: httpx.AsyncClient,
    open_browser: Callable[[str], object],
    *,
    login_hint: str = "",
    prompt: str = "",
    timeout_s: float = SIGN_IN_TIMEOUT_S,
    on_url: Callable[[str], None] | None = None,
    build_url: UrlBuilder = authorization_url,
    clock: Callable[[], float] = time.time,
) -> Token:
    """A token for whoever signs in in the browser. Cancel the coroutine to give up; the port closes with it.

    `open_browser` gets the address; False or an exception means that there is no browser. `on_url` gets it before that,
    to be shown for copying: then a missing browser does not end the attempt, because a person may open the address by
    hand. `prompt` is OpenID Connect's ("", "none", "select_account", "consent").
    Raises SignInFailed with a sentence, and NetworkError's kin when the provider cannot be reached.
    """
    endpoints = await discover(config, http)
    state = secrets.token_urlsafe(32)
    listener = LoopbackListener(
        carries_state(state), path=config.redirect_path, port=config.redirect_port, host_name=config.redirect_host)
    async with listener:
        request = AuthorizationRequest(
            redirect_uri=listener.redirect_uri, state=state, nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64), login_hint=login_hint, prompt=prompt)
        _open(build_url(config, endpoints, request), open_browser, on_url)
        try:
            async with asyncio.timeout(timeout_s):
                answer = parameters_of(await listener.wait())
        except TimeoutError as error:
            raise SignInFailed(
                say(
                    "auth", "The browser did not come back within {minutes}. Sign in again, and finish in the "
                    "window that opens.").format(minutes=_minutes(timeout_s))
            ) from error
        try:
            token = await _redeem(config, endpoints, http, request, answer, clock)
        except LightboxError as error:
            listener.answer(pages.refusal(error.user_text))
            raise
        listener.answer(pages.SIGNED_IN)
    return token


async def _redeem(
    config: OidcConfig, endpoints: Endpoints, http: httpx.AsyncClient, request: AuthorizationRequest,
    answer: dict[str, str], clock: Callable[[], float],
) -> Token:
    # Another provider's answer, smuggled in, is known by its name (RFC 9207 section 2.4).
    named = answer.get("iss", "" if endpoints.names_itself else endpoints.issuer)
    if named.rstrip("/") != endpoints.issuer.rstrip("/"):
        raise SignInFailed(
            say(
                "auth", "The answer in the browser came from another provider than the one asked, so it was "
                "not used. Sign in again."),
            detail="iss in the authorization response does not agree")
    if "error" in answer:
        raise authorization_refused(answer["error"], answer.get("error_description", ""))
    token = await exchange_code(
        config, endpoints, http, code=answer["code"], redirect_uri=request.redirect_uri, verifier=request.verifier,
        nonce=request.nonce if "openid" in config.scopes else "", clock=clock)
    return settle(config, token)


def settle(config: OidcConfig, token: Token) -> Token:
    """`token` as it will be kept: without a refresh token where none is wanted, and with a sentence for each useful
    scope that was not granted. Raises SignInFailed when an essential one is missing."""
    if not config.keep_refresh_token:
        token = token.without_refresh_token()
    wanted = (scope for scope, _ in config.essential_scopes + config.useful_scopes)
    missing = frozenset(missing_scopes(wanted, token.scopes))
    for scope, text in config.essential_scopes:
        if scope in missing:
            raise SignInFailed(text, detail=f"scope not granted: {scope}")
    return replace(token, notices=tuple(say("auth", text) for scope, text in config.useful_scopes if scope in missing))


def _open(url: str, open_browser: Callable[[str], object], on_url: Callable[[str], None] | None) -> None:
    if on_url is not None:
        on_url(url)
    try:
        opened = open_browser(url) is not False
    except Exception as error:  # whatever a desktop's launcher raises, it means that there is no browser
        if on_url is None:
            raise _no_browser() from error
        return
    if not opened and on_url is None:
        raise _no_browser()


def _no_browser() -> SignInFailed:
    return SignInFailed(say(
        "auth", "No web browser could be started on this computer. Set a default browser, then sign in again."))


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return say("auth", "{count} seconds").format(count=round(seconds))
    return say("auth", "one minute") if minutes == 1 else say("auth", "{count} minutes").format(count=minutes)
