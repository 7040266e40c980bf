"""Google's flavour of the sign-in: its endpoints, its scopes, no refresh token."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from desktop_app.core.errors import SignInFailed
from desktop_app.core.words import say, t

from .credentials import Token
from .oidc_sign_in import SIGN_IN_TIMEOUT_S, AuthorizationRequest, sign_in
from .provider import Endpoints, OidcConfig

HEALTHCARE_SCOPE = "https://www.googleapis.com/auth/cloud-healthcare"
PROJECTS_SCOPE = "https://www.googleapis.com/auth/cloud-platform.read-only"
EMAIL_SCOPE = "https://www.googleapis.com/auth/userinfo.email"

GOOGLE_SCOPES = ("openid", EMAIL_SCOPE, HEALTHCARE_SCOPE, PROJECTS_SCOPE)

GOOGLE_ENDPOINTS = Endpoints(
    issuer="https://accounts.google.com",
    authorization="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",  # noqa: S106  an address, no secret
    revocation="https://oauth2.googleapis.com/revoke",
)

_ESSENTIAL = ((
    HEALTHCARE_SCOPE,
    t(
        "auth", "Lightbox was not allowed to see your Healthcare data, so no DICOM store can be opened. Sign "
        "in again and tick “Cloud Healthcare” on Google's page.")),)
_USEFUL = ((
    PROJECTS_SCOPE,
    t(
        "auth", "Lightbox was not allowed to list your Google Cloud projects. Type the project's ID instead "
        "of choosing it, or sign in again and tick “View your data across Google Cloud services”.")),)

HOW_TO_MAKE_A_CLIENT = t(
    "auth", "Google signs in people through a client ID of your own organisation. In the Google Cloud "
    "console open APIs & Services, Credentials; choose Create credentials, OAuth client ID, type Desktop "
    "app; then enter its ID and secret in the settings of Lightbox, or choose there the file that the console "
    "offers for download.")


@dataclass(frozen=True, slots=True)
class GoogleClient:
    """An OAuth client of the type “Desktop app”. Its secret is no real one (every copy of the program holds it), but
    Google wants it all the same."""

    client_id: str
    client_secret: str = field(repr=False)


def google_client_from_json(text: str) -> GoogleClient:
    """The client in a file downloaded from Google's console. Raises SignInFailed when it is another kind of file."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise SignInFailed(say(
            "auth", "This is not the file of an OAuth client. ") + say("auth", HOW_TO_MAKE_A_CLIENT)) from error
    installed = document.get("installed") if isinstance(document, dict) else None
    if not isinstance(installed, dict):
        if isinstance(document, dict) and "web" in document:
            raise SignInFailed(say(
                "auth", "This OAuth client is made for a web server. Make one of the type “Desktop app”."))
        if isinstance(document, dict) and document.get("type") == "service_account":
            raise SignInFailed(
                say(
                    "auth", "This is the key of a service account, not an OAuth client. Choose “Application "
                    "Default Credentials” to use it."))
        raise SignInFailed(say("auth", "This is not the file of an OAuth client. ") + say("auth", HOW_TO_MAKE_A_CLIENT))
    client_id, client_secret = installed.get("client_id"), installed.get("client_secret")
    if not isinstance(client_id, str) or not client_id or not isinstance(client_secret, str) or not client_secret:
        raise SignInFailed(say(
            "auth", "This OAuth client lacks its ID or its secret. Download the file again from Google's "
            "console."))
    return GoogleClient(client_id, client_secret)


def google_config(
    client_id: str, client_secret: str, *,
    scopes: tuple[str, ...] = GOOGLE_SCOPES, endpoints: Endpoints = GOOGLE_ENDPOINTS,
) -> OidcConfig:
    """Google's configuration. `endpoints` are a setting, so that a test or a private cloud can stand in for Google.
    Raises SignInFailed with the way to make a client if there is none."""
    if not client_id.strip():
        raise SignInFailed(say("auth", HOW_TO_MAKE_A_CLIENT), link="https://console.cloud.google.com/apis/credentials")
    return OidcConfig(
        issuer=endpoints.issuer,
        client_id=client_id.strip(),
        client_secret=client_secret.strip(),
        scopes=scopes,
        endpoints=endpoints,
        extra=(("access_type", "online"),),
        # Google sends installed programs a refresh token even for access_type=online.
        keep_refresh_token=False,
        essential_scopes=tuple((scope, text) for scope, text in _ESSENTIAL if scope in scopes),
        useful_scopes=tuple((scope, text) for scope, text in _USEFUL if scope in scopes),
    )


def google_authorization_url(config: OidcConfig, endpoints: Endpoints, request: AuthorizationRequest) -> str:
    """The address that the browser opens, built by Google's own library for installed programs.

    Only this step is left to it: it waits for the answer in a way that cannot be cancelled and takes the first stray
    request for the answer, and it exchanges the code past the proxy and the certificates that are set up for us.
    """
    from google_auth_oauthlib.flow import InstalledAppFlow

    client = {"client_id": config.client_id, "auth_uri": endpoints.authorization, "token_uri": endpoints.token}
    flow = InstalledAppFlow.from_client_config(
        {"installed": client}, scopes=list(config.scopes),
        code_verifier=request.verifier, autogenerate_code_verifier=False)
    flow.redirect_uri = request.redirect_uri
    parameters = {**dict(config.extra), "state": request.state, "nonce": request.nonce}
    if request.login_hint:
        parameters["login_hint"] = request.login_hint
    if request.prompt:
        parameters["prompt"] = request.prompt
    url, _ = flow.authorization_url(**parameters)
    return str(url)


async def google_sign_in(
    config: OidcConfig,
    http: httpx.AsyncClient,
    open_browser: Callable[[str], object],
    *,
    login_hint: str = "",
    prompt: str = "",
    timeout_s: float = SIGN_IN_TIMEOUT_S,
    on_url: Callable[[str], None] | None = None,
    clock: Callable[[], float] = time.time,
) -> Token:
    """`sign_in` at Google: same promises, and the token holds no refresh token whatever Google sent."""
    return await sign_in(
        config, http, open_browser, login_hint=login_hint, prompt=prompt, timeout_s=timeout_s, on_url=on_url,
        build_url=google_authorization_url, clock=clock)
