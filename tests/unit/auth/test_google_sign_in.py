"""Google's flavour: its URL, its scopes, and no refresh token whatever Google sends."""

from __future__ import annotations

import json
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop_app.auth.credentials import Token
from desktop_app.auth.google_sign_in import (
    GOOGLE_ENDPOINTS,
    GOOGLE_SCOPES,
    HEALTHCARE_SCOPE,
    PROJECTS_SCOPE,
    google_client_from_json,
    google_config,
    google_sign_in,
)
from desktop_app.auth.provider import Endpoints, OidcConfig
from desktop_app.auth.session import renew
from desktop_app.core.errors import SignInFailed
from tests.support.oidc_fake import FakeProvider, SocketBrowser

ISSUER = "https://accounts.google.example"
ENDPOINTS = Endpoints(issuer=ISSUER, authorization=f"{ISSUER}/o/oauth2/v2/auth", token=f"{ISSUER}/token",
                      revocation=f"{ISSUER}/revoke")
ALL = " ".join(GOOGLE_SCOPES)


@pytest.fixture
def google() -> FakeProvider:
    return FakeProvider(issuer=ISSUER, client_id="42.apps.example", client_secret="GOCSPX-none", with_iss=False)


@pytest.fixture
def google_setup() -> OidcConfig:
    return google_config("42.apps.example", "GOCSPX-none", endpoints=ENDPOINTS)


async def enter(google: FakeProvider, config: OidcConfig, **options: str) -> tuple[Token, dict[str, list[str]]]:
    browser = SocketBrowser(google)
    async with google.client() as http:
        token = await google_sign_in(
            config, http, browser.open, clock=lambda: google.now, **options)      # type: ignore[arg-type]
    await browser.visits[0]
    assert browser.opened[0].startswith(ENDPOINTS.authorization + "?")
    return token, parse_qs(urlsplit(browser.opened[0]).query)


async def test_a_reader_signs_in_at_google(google: FakeProvider, google_setup: OidcConfig) -> None:
    token, asked = await enter(google, google_setup, login_hint="reader@example.org", prompt="select_account")
    assert token.account == "reader@example.org" and token.notices == ()
    assert asked["access_type"] == ["online"]
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert asked["scope"] == [ALL]
    assert asked["login_hint"] == ["reader@example.org"] and asked["prompt"] == ["select_account"]
    assert {"state", "nonce"} <= asked.keys()
    assert not any("discovery" in str(r.url) or "well-known" in str(r.url) for r in google.asked)


async def test_a_refresh_token_is_dropped_at_once(google: FakeProvider, google_setup: OidcConfig) -> None:
    token, _ = await enter(google, google_setup)
    assert any(secret.startswith("1//refresh") for secret in google.secrets)        # it came
    assert token.refresh_token == ""                                                # and is gone


async def test_renewal_at_google_goes_through_the_browser(google: FakeProvider, google_setup: OidcConfig) -> None:
    token, _ = await enter(google, google_setup)
    browser = SocketBrowser(google)
    async with google.client() as http:
        fresh = await renew(google_setup, http, token, browser.open, clock=lambda: google.now)
    await browser.visits[0]
    assert fresh.access_token != token.access_token and fresh.refresh_token == ""


async def test_googles_long_names_are_the_same_scopes(google: FakeProvider, google_setup: OidcConfig) -> None:
    google.granted_scope = f"https://www.googleapis.com/auth/userinfo.email openid {PROJECTS_SCOPE} {HEALTHCARE_SCOPE}"
    token, _ = await enter(google, google_setup)
    assert token.notices == () and HEALTHCARE_SCOPE in token.scopes


async def test_an_unticked_projects_scope_is_lived_with(google: FakeProvider, google_setup: OidcConfig) -> None:
    google.granted_scope = f"openid {HEALTHCARE_SCOPE}"
    token, _ = await enter(google, google_setup)
    assert len(token.notices) == 1 and "Type the project's ID" in token.notices[0]


async def test_an_unticked_healthcare_scope_ends_the_sign_in_with_what_to_do(
    google: FakeProvider, google_setup: OidcConfig
) -> None:
    google.granted_scope = f"openid {PROJECTS_SCOPE}"
    browser = SocketBrowser(google)
    async with google.client() as http:
        with pytest.raises(SignInFailed, match="tick “Cloud Healthcare”"):
            await google_sign_in(google_setup, http, browser.open, clock=lambda: google.now)
    assert "tick “Cloud Healthcare”" in (await browser.visits[0]).body


async def test_the_secret_that_google_wants_is_sent_in_the_body_only(
    google: FakeProvider, google_setup: OidcConfig
) -> None:
    await enter(google, google_setup)
    assert b"client_secret=GOCSPX-none" in google.asked[-1].content
    assert all("GOCSPX" not in str(request.url) for request in google.asked)


def test_googles_own_addresses() -> None:
    assert GOOGLE_ENDPOINTS.authorization == "https://accounts.google.com/o/oauth2/v2/auth"
    assert GOOGLE_ENDPOINTS.token == "https://oauth2.googleapis.com/token"
    assert GOOGLE_ENDPOINTS.revocation == "https://oauth2.googleapis.com/revoke"


def test_without_a_client_the_way_to_make_one_is_told() -> None:
    with pytest.raises(SignInFailed, match="Desktop app") as caught:
        google_config(" ", "")
    assert caught.value.link.startswith("https://console.cloud.google.com/")


def test_a_downloaded_client_file_is_read() -> None:
    client = google_client_from_json(json.dumps(
        {"installed": {"client_id": "42.apps", "client_secret": "GOCSPX-1", "redirect_uris": ["http://localhost"]}}))
    assert (client.client_id, client.client_secret) == ("42.apps", "GOCSPX-1")
    assert "GOCSPX" not in repr(client)


@pytest.mark.parametrize(("text", "sentence"), [
    ("not json", "not the file of an OAuth client"),
    ("[]", "not the file of an OAuth client"),
    ('{"web": {}}', "web server"),
    ('{"type": "service_account"}', "service account"),
    ('{"installed": {"client_id": "42"}}', "lacks its ID or its secret"),
])
def test_other_files_are_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(SignInFailed, match=sentence):
        google_client_from_json(text)


def test_importing_the_room_loads_nothing_slow() -> None:
    code = ("import sys; import desktop_app.auth.google_sign_in, desktop_app.auth.bearer, desktop_app.auth.session; "
            "print([n for n in ('google_auth_oauthlib', 'oauthlib', 'requests', 'google.auth') if n in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
