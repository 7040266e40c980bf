"""The whole flow against a provider that keeps the rules: what goes out, what comes back, and each way it can end."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from desktop_app.auth.credentials import Token
from desktop_app.auth.oidc_sign_in import sign_in
from desktop_app.auth.provider import OidcConfig
from desktop_app.auth.session import renew, sign_out
from desktop_app.core.errors import LightboxError, ServerFailed, SignInFailed, TooBusy
from tests.support.oidc_fake import ISSUER, FakeProvider, SocketBrowser, Visit, visit


async def enter(provider: FakeProvider, config: OidcConfig, **override: str) -> tuple[Token, SocketBrowser]:
    browser = SocketBrowser(provider, **override)
    async with provider.client() as http:
        token = await sign_in(config, http, browser.open, clock=lambda: provider.now)
    return token, browser


async def refused(provider: FakeProvider, config: OidcConfig, **override: str) -> tuple[LightboxError, Visit]:
    """The error of a sign-in that must fail, and the page that the browser was shown."""
    browser = SocketBrowser(provider, **override)
    async with provider.client() as http:
        with pytest.raises(LightboxError) as caught:
            await sign_in(config, http, browser.open, clock=lambda: provider.now)
    assert len(browser.visits) == 1
    return caught.value, await browser.visits[0]


async def test_a_person_signs_in(provider: FakeProvider, config: OidcConfig) -> None:
    token, browser = await enter(provider, config)
    assert token.access_token in provider.secrets
    assert token.account == "reader@example.org"
    assert token.expires_at == provider.now + 3600
    assert token.scopes == ("openid", "email")
    assert token.refresh_token in provider.secrets      # kept, in memory, for providers other than Google
    assert "You are signed in." in (await browser.visits[0]).body


async def test_the_authorization_url_has_what_the_standards_ask(provider: FakeProvider, config: OidcConfig) -> None:
    browser = SocketBrowser(provider)
    async with provider.client() as http:
        await sign_in(config, http, browser.open, login_hint="reader@example.org", prompt="select_account",
                      clock=lambda: provider.now)
    url = urlsplit(browser.opened[0])
    asked = parse_qs(url.query)
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{ISSUER}/auth"
    assert asked["response_type"] == ["code"] and asked["client_id"] == ["lightbox"]
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 43 and len(asked["nonce"][0]) >= 43
    assert asked["state"] != asked["nonce"]
    assert asked["scope"] == ["openid email"]
    assert asked["login_hint"] == ["reader@example.org"] and asked["prompt"] == ["select_account"]
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert "code_verifier" not in asked


async def test_every_attempt_has_secrets_of_its_own(provider: FakeProvider, config: OidcConfig) -> None:
    one, two = [(await enter(provider, config))[1].opened[0] for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert parse_qs(urlsplit(one).query)[name] != parse_qs(urlsplit(two).query)[name]


async def test_a_public_client_sends_no_secret_and_a_confidential_one_does(provider: FakeProvider) -> None:
    await enter(provider, OidcConfig(issuer=ISSUER, client_id="lightbox"))
    assert b"client_secret" not in provider.asked[-1].content
    provider.client_secret = "s3cr&t"
    await enter(provider, OidcConfig(issuer=ISSUER, client_id="lightbox", client_secret="s3cr&t"))
    assert b"client_secret=s3cr%26t" in provider.asked[-1].content


async def test_a_provider_that_wants_the_secret_in_the_header_gets_it_there(provider: FakeProvider) -> None:
    provider.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    await enter(provider, OidcConfig(issuer=ISSUER, client_id="lightbox", client_secret="a b"))
    assert provider.asked[-1].headers["Authorization"] == "Basic bGlnaHRib3g6YSti"      # lightbox:a+b
    assert b"client_secret" not in provider.asked[-1].content


async def test_the_clients_own_credentials_and_cookies_stay_out_of_the_sign_in(
    provider: FakeProvider, config: OidcConfig
) -> None:
    async with provider.client(auth=("store", "password")) as http:
        await sign_in(config, http, SocketBrowser(provider).open, clock=lambda: provider.now)
    assert all("Authorization" not in request.headers for request in provider.asked)


@pytest.mark.parametrize(("code", "sentence"), [
    ("access_denied", "Access was not allowed in the browser"),
    ("admin_policy_enforced", "organisation's policy"),
    ("org_internal", "another organisation"),
    ("redirect_uri_mismatch", "Desktop app"),
    ("login_required", "session with the provider has ended"),
    ("temporarily_unavailable", "too busy"),
    ("made_up", "does not know"),
])
async def test_a_refusal_in_the_browser_is_said_there_and_here(
    provider: FakeProvider, config: OidcConfig, code: str, sentence: str
) -> None:
    error, page = await refused(provider, config, code="", error=code, error_description="Call <i>now</i>: 555")
    assert isinstance(error, SignInFailed) and sentence in error.user_text
    assert "You are not signed in." in page.body and page.status == 200
    assert "555" not in page.body and "555" not in error.user_text      # anyone can write a description
    assert code in error.detail
    assert not any(request.url.path.endswith("/token") for request in provider.asked)


async def test_an_answer_with_the_wrong_state_is_not_ours_and_the_right_one_still_counts(
    provider: FakeProvider, config: OidcConfig
) -> None:
    pages: list[Visit] = []

    async def go(url: str) -> None:
        pages.append(await visit(provider.authorize(url, state="forged", code="forged")))
        pages.append(await visit(provider.authorize(url)))

    tasks: list[asyncio.Task[None]] = []
    async with provider.client() as http:
        token = await sign_in(
            config, http, lambda url: tasks.append(asyncio.create_task(go(url))), clock=lambda: provider.now)
    await tasks[0]
    assert pages[0].status == 400 and "another sign-in" in pages[0].body
    assert pages[1].status == 200 and token.access_token
    assert sum(request.url.path.endswith("/token") for request in provider.asked) == 1


async def test_a_code_is_exchanged_once_though_the_browser_brings_it_twice(
    provider: FakeProvider, config: OidcConfig
) -> None:
    tasks: list[asyncio.Task[Visit]] = []

    def open_twice(url: str) -> None:
        back = provider.authorize(url)
        tasks.extend(asyncio.create_task(visit(back)) for _ in range(2))

    async with provider.client() as http:
        await sign_in(config, http, open_twice, clock=lambda: provider.now)
    # The second one may come when the port is closed already; what it must not do is exchange the code again.
    shown = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(shown[0], Visit) and "You are signed in." in shown[0].body
    assert sum(request.url.path.endswith("/token") for request in provider.asked) == 1


@pytest.mark.parametrize("iss", ["https://evil.example", ""])
async def test_another_providers_answer_is_not_used(provider: FakeProvider, config: OidcConfig, iss: str) -> None:
    error, page = await refused(provider, config, iss=iss)
    assert "another provider" in error.user_text and "not signed in" in page.body
    assert not any(request.url.path.endswith("/token") for request in provider.asked)


async def test_a_closed_tab_ends_with_the_time_limit(provider: FakeProvider, config: OidcConfig) -> None:
    async with provider.client() as http:
        with pytest.raises(SignInFailed, match="did not come back within"):
            await sign_in(config, http, lambda url: None, timeout_s=0.01)


async def test_cancelling_ends_it_at_once_and_closes_the_port(provider: FakeProvider, config: OidcConfig) -> None:
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with provider.client() as http:
        task = asyncio.create_task(sign_in(config, http, opened.set_result))
        uri = parse_qs(urlsplit(await opened).query)["redirect_uri"][0]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    with pytest.raises(OSError):
        await visit(uri)


async def test_cancelling_during_the_exchange_tells_the_browser(provider: FakeProvider, config: OidcConfig) -> None:
    asked, never = asyncio.Event(), asyncio.Event()

    async def hang(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            asked.set()
            await never.wait()
        return provider._answer(request)

    browser = SocketBrowser(provider)
    async with httpx.AsyncClient(transport=httpx.MockTransport(hang)) as http:
        task = asyncio.create_task(sign_in(config, http, browser.open))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert "cancelled in Lightbox" in (await browser.visits[0]).body


def raise_error(url: str) -> None:
    raise OSError("could not locate runnable browser")


@pytest.mark.parametrize("open_browser", [raise_error, lambda url: False])
async def test_no_browser_is_said_at_once(provider: FakeProvider, config: OidcConfig, open_browser: object) -> None:
    async with provider.client() as http:
        with pytest.raises(SignInFailed, match="No web browser"):
            await sign_in(config, http, open_browser)       # type: ignore[arg-type]


async def test_without_a_browser_the_address_can_be_opened_by_hand(provider: FakeProvider, config: OidcConfig) -> None:
    by_hand = SocketBrowser(provider)
    async with provider.client() as http:
        token = await sign_in(config, http, raise_error, on_url=by_hand.open, clock=lambda: provider.now)
    assert token.account == "reader@example.org"
    await by_hand.visits[0]


@pytest.mark.parametrize(("status", "content_type", "body", "kind", "sentence"), [
    (400, "application/json", b'{"error":"invalid_grant","error_description":"Bad Request"}', SignInFailed,
     "check the clock"),
    (401, "application/json", b'{"error":"invalid_client"}', SignInFailed, "client ID or secret"),
    (400, "application/json", b'{"error":"invalid_request","error_description":"client_secret is missing."}',
     SignInFailed, "wants a client secret"),
    (400, "application/json", b'{"error":"brand_new"}', SignInFailed, "does not know"),
    (200, "text/html", b"<html>Welcome to the guest network</html>", SignInFailed, "Something other than the sign-in"),
    (407, "text/html", b"<html>Proxy</html>", SignInFailed, "proxy"),
    (403, "application/json", b"{}", SignInFailed, "did not name"),
    (200, "application/json", b"[]", SignInFailed, "Something other"),
    (200, "application/json", b'{"token_type":"Bearer"}', SignInFailed, "cannot use"),
    (200, "application/json", b'{"access_token":"a\\nb","token_type":"Bearer"}', SignInFailed, "cannot use"),
    (200, "application/json", b'{"access_token":"abc","token_type":"mac"}', SignInFailed, "cannot use"),
    (200, "application/json", b'{"access_token":"abc","id_token":"x.y"}', SignInFailed, "cannot use"),
    (500, "text/html", b"<html>", ServerFailed, "failed"),
    (503, "", b"", TooBusy, "too busy"),
    (302, "text/html", b"", SignInFailed, "Something other"),
])
async def test_every_bad_answer_to_the_exchange_has_a_sentence(
    provider: FakeProvider, config: OidcConfig, status: int, content_type: str, body: bytes, kind: type[LightboxError],
    sentence: str,
) -> None:
    provider.token_answer = lambda request: httpx.Response(status, content=body, headers={"content-type": content_type})
    error, page = await refused(provider, config)
    assert isinstance(error, kind) and sentence in error.user_text
    assert "You are not signed in." in page.body


async def test_a_token_of_unknown_lifetime_has_no_end(provider: FakeProvider, config: OidcConfig) -> None:
    provider.lifetime_s = None
    token, _ = await enter(provider, config)
    assert token.expires_at is None and not token.is_expired(provider.now + 10**6) and token.notice_at is None


async def test_the_end_is_told_by_this_machines_clock_though_it_is_wrong_by_an_hour(
    provider: FakeProvider, config: OidcConfig
) -> None:
    wrong = provider.now + 3600 * 2         # the ID token's exp lies in this clock's past
    answer = provider._token

    def dated(request: httpx.Request) -> httpx.Response:
        response = answer({key: values[0] for key, values in parse_qs(request.content.decode()).items()})
        response.headers["Date"] = "Fri, 15 Jan 2027 08:00:00 GMT"      # = provider.now
        return response

    provider.token_answer = dated
    browser = SocketBrowser(provider)
    async with provider.client() as http:
        token = await sign_in(config, http, browser.open, clock=lambda: wrong)
    assert token.expires_at == wrong + 3600


@pytest.mark.parametrize("claims", [
    {"iss": "https://evil.example"}, {"aud": "another"}, {"nonce": "another"}, {"exp": 1_000_000_000},
])
async def test_an_id_token_of_another_sign_in_is_not_used(
    provider: FakeProvider, config: OidcConfig, claims: dict[str, object]
) -> None:
    provider.claims = claims
    error, _ = await refused(provider, config)
    assert "does not belong to this sign-in" in error.user_text


@pytest.mark.parametrize(("claims", "account"), [
    ({"email": "a@b.c"}, "a@b.c"),
    ({"email": None, "preferred_username": "ward3"}, "ward3"),
    ({"email": None, "name": "Ward 3"}, "Ward 3"),
    ({"email": None}, "1001"),
    ({"aud": ["other", "lightbox"], "email": "a@b.c"}, "a@b.c"),
])
async def test_the_account_shown_is_the_best_name_there_is(
    provider: FakeProvider, config: OidcConfig, claims: dict[str, object], account: str
) -> None:
    provider.claims = claims
    token, _ = await enter(provider, config)
    assert token.account == account


# ---- discovery

@pytest.mark.parametrize(("discovery", "sentence"), [
    ({"issuer": "https://other.example"}, "another sign-in server"),
    ({"token_endpoint": ""}, "does not answer as a sign-in server"),
    ({"authorization_endpoint": 7}, "does not answer as a sign-in server"),
    ({"token_endpoint": "http://id.example.org/token"}, "without encryption"),
    ({"token_endpoint": "http://127.0.0.1:9/token"}, "to this computer instead"),
    ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
])
async def test_a_provider_that_cannot_be_trusted_is_not_asked(
    provider: FakeProvider, config: OidcConfig, discovery: dict[str, object], sentence: str
) -> None:
    provider.discovery = discovery
    async with provider.client() as http:
        with pytest.raises(SignInFailed, match=sentence):
            await sign_in(config, http, lambda url: pytest.fail("the browser was opened"))


async def test_entras_placeholder_for_the_tenant_is_understood(provider: FakeProvider) -> None:
    provider.discovery = {"issuer": "https://login.example/{tenantid}/v2.0"}
    provider.with_iss = False
    provider.claims = {"iss": "https://login.example/abc-1/v2.0", "tid": "abc-1"}
    token, _ = await enter(provider, OidcConfig(issuer="https://login.example/common/v2.0", client_id="lightbox"))
    assert token.account == "reader@example.org"


@pytest.mark.parametrize(("status", "headers", "body", "sentence"), [
    (404, {}, b"", "before Keycloak 18"),
    (200, {"content-type": "text/html"}, b"<html>", "does not answer as a sign-in server"),
    (200, {}, b"[1]", "does not answer as a sign-in server"),
    (302, {"location": "https://portal.example"}, b"", "another address"),
    (407, {}, b"", "proxy"),
    (502, {}, b"", "failed"),
])
async def test_what_is_no_provider_is_said_in_words(
    config: OidcConfig, status: int, headers: dict[str, str], body: bytes, sentence: str
) -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(status, headers=headers, content=body))
    async with httpx.AsyncClient(transport=answer) as http:
        with pytest.raises(LightboxError, match=sentence):
            await sign_in(config, http, lambda url: pytest.fail("the browser was opened"))


@pytest.mark.parametrize(("issuer", "sentence"), [
    ("http://id.example.org", "without encryption"),
    ("id.example.org", "not a web address"),
    ("ftp://id.example.org", "not a web address"),
    ("", "not a web address"),
])
def test_an_issuer_without_encryption_is_refused(issuer: str, sentence: str) -> None:
    with pytest.raises(SignInFailed, match=sentence):
        OidcConfig(issuer=issuer, client_id="lightbox")


def test_a_configuration_without_client_id_or_with_a_foreign_redirect_is_refused() -> None:
    with pytest.raises(SignInFailed, match="No client ID"):
        OidcConfig(issuer=ISSUER, client_id=" ")
    with pytest.raises(SignInFailed, match="this computer only"):
        OidcConfig(issuer=ISSUER, client_id="lightbox", redirect_host="example.org")


async def test_localhost_may_be_named_for_providers_that_know_nothing_else(provider: FakeProvider) -> None:
    browser = SocketBrowser(provider)
    config = OidcConfig(issuer=ISSUER, client_id="lightbox", redirect_host="localhost", redirect_path="/signed-in")
    back: list[asyncio.Task[Visit]] = []

    def open_browser(url: str) -> None:
        # What a browser does with localhost where it resolves to 127.0.0.1.
        address = provider.authorize(url)
        assert address.startswith("http://localhost:") and "/signed-in?" in address
        back.append(asyncio.create_task(visit(address.replace("localhost", "127.0.0.1", 1),
                                              host=urlsplit(address).netloc)))

    async with provider.client() as http:
        await sign_in(config, http, open_browser, clock=lambda: provider.now)
    assert (await back[0]).status == 200 and not browser.opened


# ---- going on, and ending

async def test_renewal_by_refresh_token_needs_no_browser(provider: FakeProvider, config: OidcConfig) -> None:
    token, _ = await enter(provider, config)
    async with provider.client() as http:
        fresh = await renew(config, http, token, lambda url: pytest.fail("the browser was opened"),
                            clock=lambda: provider.now + 3000)
    assert fresh.access_token != token.access_token and fresh.account == token.account
    assert fresh.expires_at == provider.now + 6600 and fresh.scopes == token.scopes


async def test_renewal_without_one_runs_the_flow_with_the_account_as_hint(
    provider: FakeProvider, config: OidcConfig
) -> None:
    token, _ = await enter(provider, config)
    browser = SocketBrowser(provider)
    async with provider.client() as http:
        await renew(config, http, token.without_refresh_token(), browser.open, clock=lambda: provider.now)
    asked = parse_qs(urlsplit(browser.opened[0]).query)
    assert asked["login_hint"] == ["reader@example.org"] and "prompt" not in asked
    await browser.visits[0]


async def test_a_withdrawn_refresh_token_leads_back_to_the_browser(provider: FakeProvider, config: OidcConfig) -> None:
    token, _ = await enter(provider, config)
    browser = SocketBrowser(provider)
    async with provider.client() as http:
        fresh = await renew(config, http, replace(token, refresh_token="withdrawn"), browser.open,
                            clock=lambda: provider.now)
    assert len(browser.opened) == 1 and fresh.access_token != token.access_token
    await browser.visits[0]


async def test_signing_out_revokes(provider: FakeProvider, config: OidcConfig) -> None:
    token, _ = await enter(provider, config)
    async with provider.client() as http:
        assert await sign_out(config, http, token)
        assert await sign_out(config, http, token.without_refresh_token())
    assert provider.revoked == [token.refresh_token, token.access_token]
    assert all(token.access_token not in str(request.url) for request in provider.asked)


async def test_signing_out_succeeds_here_though_the_provider_is_gone(config: OidcConfig) -> None:
    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("gone")
    async with httpx.AsyncClient(transport=httpx.MockTransport(gone)) as http:
        assert await sign_out(config, http, Token("abc")) is False


# ---- secrets

async def test_no_secret_is_in_a_log_a_repr_an_error_or_an_address(
    provider: FakeProvider, config: OidcConfig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    token, browser = await enter(provider, config)
    said += [repr(token), str(token), f"{token}", repr(config), *(str(request.url) for request in provider.asked)]
    said.append((await browser.visits[0]).body)

    def echo(request: httpx.Request) -> httpx.Response:
        form = request.content.decode()
        bare = " ".join(values[0] for values in parse_qs(form).values())
        return httpx.Response(400, json={"error": "invalid_grant", "error_description": f"bad: {bare} in {form}"[:390]})

    provider.token_answer = echo
    secret = replace(config, client_secret="very-secret-client")
    error, page = await refused(provider, secret)
    provider.secrets += [values[0] for name, values in parse_qs(provider.asked[-1].content.decode()).items()
                         if name in ("code", "code_verifier")]
    said += [str(error), repr(error), error.user_text, error.detail, page.body, page.head, repr(secret)]
    said += [record.getMessage() for record in caplog.records]
    text = "\n".join(said)
    assert "invalid_grant" in text      # it was said, only without the secrets
    for hidden in [*provider.secrets, "very-secret-client"]:
        assert hidden not in text
