"""Application Default Credentials: sign in with what this computer already holds for Google (AIP-4110).

`GOOGLE_APPLICATION_CREDENTIALS` names a file, or `gcloud auth application-default login` left one. The token is asked
for over our own httpx client, because the library's goes past the proxy and the certificates that are set up for us.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx

from desktop_app.core.errors import DiskError, SignInFailed
from desktop_app.core.words import say, t

from .credentials import Token
from .provider import require_secure
from .token_answer import token_from_answer
from .trouble import network_error

FILE_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
_TOKEN_URI = "https://oauth2.googleapis.com/token"      # noqa: S105  an address, no secret
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_LIFETIME_S = 3600
_CLOCK_OFF_S = 60.0
_TIMEOUT = httpx.Timeout(30.0)

HOW_TO_GET_THEM = t(
    "auth", "This computer holds no Google credentials of its own. Run “gcloud auth application-default "
    "login”, or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account.")
_NO_LONGER = {
    "authorized_user": t(
        "auth", "Google no longer accepts the credentials of this computer. Run “gcloud auth "
        "application-default login” again, then try again."),
    "service_account": t(
        "auth", "Google does not accept the key of this service account: it was deleted or disabled. Ask its "
        "owner for another file."),
}


@dataclass(frozen=True, slots=True)
class DefaultCredentials:
    """What a credentials file holds. `account` is for people; the rest is secret."""

    kind: str
    account: str
    token_uri: str
    client_id: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    private_key_id: str = field(default="", repr=False)
    quota_project: str = ""


def credentials_file(environment: Mapping[str, str], home: Path, *, windows: bool = False) -> Path:
    """Where the file is to be looked for: the variable's, else gcloud's own place."""
    if named := environment.get(FILE_VARIABLE, "").strip():
        return Path(named)
    if configured := environment.get("CLOUDSDK_CONFIG", "").strip():
        folder = Path(configured)
    elif windows and environment.get("APPDATA"):
        folder = Path(environment["APPDATA"]) / "gcloud"
    else:
        folder = home / ".config" / "gcloud"
    return folder / "application_default_credentials.json"


async def read_default_credentials(path: Path, token_uri: str = "") -> DefaultCredentials:
    """The credentials in a file; `token_uri` is where a token is asked for when the file does not say.

    Raises SignInFailed when there is none or it is of a kind that cannot be used, DiskError when it cannot be read.
    """
    try:
        text = await asyncio.to_thread(path.read_text, "utf-8")
    except FileNotFoundError as error:
        raise SignInFailed(say("auth", HOW_TO_GET_THEM)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DiskError(say(
            "auth", "The file with the Google credentials cannot be read. Check its path and its permissions.")
        ) from error
    return parse_default_credentials(text, token_uri)


def parse_default_credentials(text: str, token_uri: str = "") -> DefaultCredentials:
    """The same from the file's text. Pure."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise SignInFailed(say(
            "auth", "The file with the Google credentials is damaged. Fetch it again.")) from error
    if not isinstance(document, dict):
        raise SignInFailed(say("auth", "The file with the Google credentials is damaged. Fetch it again."))

    def value(key: str) -> str:
        found = document.get(key)
        return found if isinstance(found, str) else ""

    kind = value("type")
    if kind not in _GRANTS:
        raise SignInFailed(
            say(
                "auth", "Google credentials of the kind “{kind}” cannot be used here. Use “gcloud auth "
                "application-default login” or the file of a service account.").format(
                    kind=kind[:40] or 'unknown'))
    needed, _ = _GRANTS[kind]
    if lacking := [key for key in needed if not value(key)]:
        raise SignInFailed(say("auth", "The file with the Google credentials is not complete. Fetch it again."),
                           detail=f"missing: {', '.join(lacking)}")
    token_uri = value("token_uri") or token_uri or _TOKEN_URI
    require_secure(token_uri)
    return DefaultCredentials(
        kind=kind, account=value("client_email") or value("account"), token_uri=token_uri, client_id=value("client_id"),
        client_secret=value("client_secret"), refresh_token=value("refresh_token"), private_key=value("private_key"),
        private_key_id=value("private_key_id"), quota_project=value("quota_project_id"))


async def default_token(
    credentials: DefaultCredentials, http: httpx.AsyncClient, *, scopes: tuple[str, ...] = (_SCOPE,),
    clock: Callable[[], float] = time.time,
) -> Token:
    """An access token for these credentials; ask again when it ends. Raises SignInFailed and NetworkError's kin."""
    _, grant = _GRANTS[credentials.kind]
    return await grant(credentials, http, scopes, clock)


async def _as_person(
    credentials: DefaultCredentials, http: httpx.AsyncClient, scopes: tuple[str, ...], clock: Callable[[], float]
) -> Token:
    form = {"grant_type": "refresh_token", "client_id": credentials.client_id,
            "client_secret": credentials.client_secret, "refresh_token": credentials.refresh_token}
    answer = await _post(credentials, http, form)
    return _token(credentials, answer, (), clock())


async def _as_service_account(
    credentials: DefaultCredentials, http: httpx.AsyncClient, scopes: tuple[str, ...], clock: Callable[[], float]
) -> Token:
    """RFC 7523. The assertion carries times, so that a wrong clock is refused; then Google's own is used."""
    async def attempt(now: float) -> httpx.Response:
        assertion = await asyncio.to_thread(signed_assertion, credentials, scopes, now)
        return await _post(credentials, http, {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion})

    answer = await attempt(clock())
    theirs = _date(answer)
    if answer.status_code == 400 and theirs is not None and abs(theirs - clock()) > _CLOCK_OFF_S:
        answer = await attempt(theirs)
    return _token(credentials, answer, scopes, clock())


_Grant = Callable[
    [DefaultCredentials, httpx.AsyncClient, tuple[str, ...], Callable[[], float]], Awaitable[Token]]

# Kind of file → what it must hold, how a token is got with it.
_GRANTS: dict[str, tuple[tuple[str, ...], _Grant]] = {
    "authorized_user": (("client_id", "client_secret", "refresh_token"), _as_person),
    "service_account": (("client_email", "private_key"), _as_service_account),
}


def signed_assertion(credentials: DefaultCredentials, scopes: tuple[str, ...], now: float) -> str:
    """The JSON Web Token with which a service account proves itself (RS256). Raises SignInFailed for a bad key."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    try:
        key = serialization.load_pem_private_key(credentials.private_key.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise SignInFailed(
            say(
                "auth", "The key in the file with the Google credentials is damaged. Fetch the file again.")) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SignInFailed(say(
            "auth", "The key in the file with the Google credentials is of an unknown kind. Fetch the file "
            "again."))
    header: dict[str, Any] = {"alg": "RS256", "typ": "JWT"}
    if credentials.private_key_id:
        header["kid"] = credentials.private_key_id
    claims = {"iss": credentials.account, "scope": " ".join(scopes), "aud": credentials.token_uri,
              "iat": int(now), "exp": int(now) + _LIFETIME_S}
    signed = f"{_part(header)}.{_part(claims)}"
    signature = key.sign(signed.encode("ascii"), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode('ascii')}"


async def _post(credentials: DefaultCredentials, http: httpx.AsyncClient, form: dict[str, str]) -> httpx.Response:
    try:
        return await http.post(
            credentials.token_uri, data=form, auth=httpx.Auth(), follow_redirects=False, timeout=_TIMEOUT,
            headers={"Accept": "application/json"})
    except Exception as error:      # the aiohttp transport lets errors of its own through
        raise network_error(error, credentials.token_uri) from error


def _token(credentials: DefaultCredentials, answer: httpx.Response, scopes: tuple[str, ...], now: float) -> Token:
    try:
        token = token_from_answer(
            answer.status_code, answer.headers.get("content-type", ""), answer.content, url=credentials.token_uri,
            requested=scopes, expected=None, now=now,
            secrets=(credentials.refresh_token, credentials.client_secret, credentials.private_key))
    except SignInFailed as error:
        # Nobody can "sign in again" here: what can be done is said instead.
        if error.detail.startswith("invalid_grant"):
            raise SignInFailed(say("auth", _NO_LONGER[credentials.kind]), detail=error.detail) from error
        raise
    return replace(token.without_refresh_token(), account=credentials.account or token.account)


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode("ascii")


def _date(answer: httpx.Response) -> float | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except (ValueError, TypeError, IndexError):
        return None
