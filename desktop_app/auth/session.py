"""Carry a sign-in on: renew it without asking where that is possible, else through the browser once more."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from desktop_app.core.errors import SignInFailed

from .credentials import Token
from .oidc_sign_in import SIGN_IN_TIMEOUT_S, UrlBuilder, authorization_url, settle, sign_in
from .provider import OidcConfig, discover
from .token_requests import refresh, revoke


async def renew(
    config: OidcConfig,
    http: httpx.AsyncClient,
    token: Token,
    open_browser: Callable[[str], object],
    *,
    timeout_s: float = SIGN_IN_TIMEOUT_S,
    on_url: Callable[[str], None] | None = None,
    build_url: UrlBuilder = authorization_url,
    clock: Callable[[], float] = time.time,
) -> Token:
    """The token after `token`: by its refresh token if it has one that still works, else by the same flow with
    `login_hint` and no prompt, which the browser passes through by itself while its session with the provider lives.

    Whether it belongs to the same person is for the caller to ask (`same_account`): another one may have signed in.
    """
    if token.refresh_token:
        try:
            return settle(config, await refresh(config, await discover(config, http), http, token, clock=clock))
        except SignInFailed:
            pass    # the provider ended the session; a person can begin a new one
    return await sign_in(
        config, http, open_browser, login_hint=token.account, timeout_s=timeout_s, on_url=on_url, build_url=build_url,
        clock=clock)


def renews_silently(token: Token) -> bool:
    """Whether `renew` needs no browser, so that nobody has to be asked first."""
    return bool(token.refresh_token)


async def sign_out(config: OidcConfig, http: httpx.AsyncClient, token: Token) -> bool:
    """Have the provider revoke `token`. Returns whether it confirmed; the caller forgets the token in any case."""
    try:
        endpoints = await discover(config, http)
    except Exception:  # signing out succeeds on this side even if the provider is gone
        return False
    return await revoke(config, endpoints, http, token)
