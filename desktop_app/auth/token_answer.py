"""Read the answer of a token endpoint (RFC 6749 section 5) and the ID token in it. Pure."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from desktop_app.core.errors import LightboxError, ServerFailed, SignInFailed, TooBusy
from desktop_app.core.words import say

from .credentials import Token
from .refusals import token_refused
from .trouble import host_of

_SKEW_ALLOWED_S = 300.0

# The same permission under two names: Google answers with the long ones.
_SCOPE_ALIASES = {
    "email": "https://www.googleapis.com/auth/userinfo.email",
    "profile": "https://www.googleapis.com/auth/userinfo.profile",
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What is used of an ID token (OpenID Connect Core section 2)."""

    issuer: str
    subject: str
    audience: tuple[str, ...]
    nonce: str
    expires_at: float | None
    account: str
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ID token must agree with."""

    issuer: str
    client_id: str
    nonce: str = ""


def token_from_answer(
    status: int, content_type: str, body: bytes, *, url: str, requested: Iterable[str], expected: Expected | None,
    now: float, server_date: str = "", secrets: Iterable[str] = (),
) -> Token:
    """The token in an answer of the endpoint `url`. `now` is this machine's clock (epoch seconds), `server_date` the
    answer's Date header: an ID token is held against the clock of the one who made it, so that ours may be wrong.

    Raises SignInFailed with the meaning of the error code, or ServerFailed/TooBusy. `secrets` never get into a message.
    """
    answer = _json_object(body)
    if status != 200 or answer is None or "error" in answer:
        raise _refusal(status, content_type, answer, url, secrets)
    access_token = answer.get("access_token")
    if not isinstance(access_token, str) or not _fits_a_header(access_token):
        raise _nonsense(url, "no access_token")
    kind = answer.get("token_type", "Bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _nonsense(url, "a token of a kind other than Bearer")
    lifetime = _seconds(answer.get("expires_in"))
    scope = answer.get("scope")
    id_token = answer.get("id_token")
    claims = None
    if isinstance(id_token, str) and id_token:
        claims = read_claims(id_token)
        if claims is None:
            raise _nonsense(url, "an ID token that cannot be read")
        if expected is not None:
            check_claims(claims, expected, _server_clock(server_date, now))
    refresh_token = answer.get("refresh_token")
    return Token(
        access_token=access_token,
        expires_at=None if lifetime is None else now + lifetime,
        scopes=tuple(scope.split()) if isinstance(scope, str) and scope.strip() else tuple(requested),
        account=claims.account if claims else "",
        subject=f"{claims.issuer} {claims.subject}" if claims and claims.subject else "",
        lifetime_s=lifetime,
        refresh_token=refresh_token if isinstance(refresh_token, str) else "",
        id_token=id_token if isinstance(id_token, str) else "",
    )


def missing_scopes(requested: Iterable[str], granted: Iterable[str]) -> tuple[str, ...]:
    """Those of `requested` that were not granted, whichever of its names a permission goes by."""
    have = {_SCOPE_ALIASES.get(scope, scope) for scope in granted}
    return tuple(scope for scope in requested if _SCOPE_ALIASES.get(scope, scope) not in have)


def read_claims(id_token: str) -> Claims | None:
    """The claims of an ID token; None if it cannot be read.

    The signature is not looked at: the token came from the token endpoint itself over TLS, which vouches for it
    (OpenID Connect Core 3.1.3.7, rule 6), and nothing but the name shown and the checks below depends on it.
    """
    parts = id_token.split(".")
    if len(parts) != 3:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    audience = found.get("aud")
    named = [found.get(key) for key in ("email", "preferred_username", "upn", "name", "sub")]
    return Claims(
        issuer=_text(found.get("iss")),
        subject=_text(found.get("sub")),
        audience=tuple(_text(item) for item in audience) if isinstance(audience, list) else (_text(audience),),
        nonce=_text(found.get("nonce")),
        expires_at=_seconds(found.get("exp")),
        account=next((name for name in named if isinstance(name, str) and name), ""),
        tenant=_text(found.get("tid")),
    )


def check_claims(claims: Claims, expected: Expected, server_now: float) -> None:
    """Raises SignInFailed unless the ID token is from the provider asked, for us, for this sign-in, not outdated."""
    issuer = expected.issuer.replace("{tenantid}", claims.tenant)
    # Google writes itself with and without the scheme.
    if claims.issuer.removeprefix("https://").rstrip("/") != issuer.removeprefix("https://").rstrip("/"):
        raise _foreign("issuer")
    if expected.client_id not in claims.audience:
        raise _foreign("audience")
    if expected.nonce and claims.nonce != expected.nonce:
        raise _foreign("nonce")
    if claims.expires_at is not None and claims.expires_at < server_now - _SKEW_ALLOWED_S:
        raise _foreign("expiry")


def _foreign(what: str) -> SignInFailed:
    return SignInFailed(
        say(
            "auth", "The provider's answer does not belong to this sign-in, so it was not used. Sign in "
            "again; if it happens again, tell your administrator."), detail=f"ID token: {what} does not agree")


def _refusal(
    status: int, content_type: str, answer: dict[str, Any] | None, url: str, secrets: Iterable[str]
) -> LightboxError:
    host = host_of(url)
    detail = f"POST {url} answered {status} ({content_type[:80] or 'no content type'})"
    if answer is not None and isinstance(answer.get("error"), str):
        return token_refused(answer["error"], _text(answer.get("error_description")), secrets=secrets)
    if status == 429 or status == 503:
        return TooBusy(say(
            "auth", "The sign-in server {host} is too busy at the moment. Wait a little and sign in again.").format(
                host=host),
                       status=status, detail=detail)
    if status >= 500:
        return ServerFailed(say(
            "auth", "The sign-in server {host} failed. Sign in again; if it happens again, tell its "
            "administrator.").format(host=host),
                            status=status, detail=detail)
    if status == 407:
        return SignInFailed(
            say(
                "auth", "The network's proxy did not let the sign-in reach {host}. Ask your administrator for "
                "the proxy settings.").format(host=host), detail=detail)
    if answer is None:
        return SignInFailed(
            say(
                "auth", "Something other than the sign-in server {host} answered, as a proxy or a sign-in "
                "page of the network does. Check the network; ask your administrator if it stays so.").format(
                    host=host), detail=detail)
    return SignInFailed(
        say(
            "auth", "The sign-in server {host} refused for a reason that it did not name. Sign in again.").format(
                host=host), detail=detail)


def _nonsense(url: str, what: str) -> SignInFailed:
    return SignInFailed(
        say(
            "auth", "The sign-in server {host} gave an answer that Lightbox cannot use. Sign in again; if it "
            "happens again, tell its administrator.").format(host=host_of(url)), detail=f"POST {url}: {what}")


def _fits_a_header(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable()


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _seconds(value: object) -> float | None:
    """A number of seconds, which some providers write as a string; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _server_clock(date: str, now: float) -> float:
    if not date:
        return now
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, IndexError, OverflowError):
        return now


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
