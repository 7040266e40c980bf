"""Session: parked until somebody clicks, one browser at a time, nobody else's account without a question."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from desktop_app.core.errors import SignInFailed, SignInNeeded
from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.session import SessionPhase, SessionState
from desktop_app.core.store import SignInKind, Store
from desktop_app.services.keychain import Secrets
from desktop_app.services.sign_ins import SignIns
from tests.support.oidc_fake import ISSUER, FakeProvider, SocketBrowser

STORE = Store("Clinic", "https://pacs.example.org/dicom-web", SignInKind.OIDC, ISSUER, "lightbox")


class Clock:
    """A wall clock that a test moves."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Place:
    """A provider, a browser, and an archive that believes tokens which have not ended."""

    def __init__(self, *, with_refresh_token: bool = False) -> None:
        self.provider = FakeProvider(with_refresh_token=with_refresh_token)
        self.clock = Clock(self.provider.now)
        self.browser = SocketBrowser(self.provider)
        self.is_open = True
        self.dead: set[str] = set()
        self.asked: list[str] = []
        self.sign_ins = SignIns(self._open, lambda *_: self.provider.client(), clock=self.clock)

    def _open(self, address: str) -> None:
        if self.is_open:
            self.browser.open(address)

    def archive(self) -> httpx.AsyncClient:
        def answer(request: httpx.Request) -> httpx.Response:
            token = request.headers.get("authorization", "")
            self.asked.append(token)
            return httpx.Response(401 if token in self.dead or not token else 200)

        return httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=self.sign_ins.auth(STORE))

    def end_the_token(self) -> None:
        """The archive no longer believes the token in use."""
        token = self.sign_ins.session(STORE).auth.token
        assert token is not None
        self.dead.add(f"Bearer {token.access_token}")

    @property
    def state(self) -> SessionState:
        return self.sign_ins.session(STORE).state

    async def becomes(self, phase: SessionPhase) -> SessionState:
        async with asyncio.timeout(10), aclosing(self.sign_ins.watch()) as news:
            async for states in news:
                if any(state.phase is phase for state in states):
                    return next(state for state in states if state.phase is phase)
        raise AssertionError


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    made = Place()
    yield made
    await asyncio.gather(*made.browser.visits)


@pytest.fixture
async def silent() -> AsyncIterator[Place]:
    made = Place(with_refresh_token=True)
    yield made
    await asyncio.gather(*made.browser.visits)


async def test_nobody_is_signed_in_until_the_browser_came_back(place: Place) -> None:
    async with place.archive() as http:
        with pytest.raises(SignInNeeded):
            await http.get(STORE.url)
        assert place.asked == []                            # not even asked without a token
        await place.sign_ins.sign_in(STORE)
        assert (await http.get(STORE.url)).status_code == 200
    assert place.state.phase is SessionPhase.ACTIVE
    assert place.state.account == "reader@example.org"
    assert place.state.stores == (STORE.key,)


async def test_requests_wait_for_the_click_and_go_on_after_it(place: Place) -> None:
    await place.sign_ins.sign_in(STORE)
    place.end_the_token()
    async with place.archive() as http:
        waiting = [asyncio.ensure_future(http.get(STORE.url)) for _ in range(20)]
        state = await place.becomes(SessionPhase.ENDED)
        assert len(place.browser.opened) == 1               # only the first sign-in: nothing opens by itself
        session = place.sign_ins.by_key(state.key)
        assert session is not None
        await session.go_on()
        assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}
    assert len(place.browser.opened) == 2
    assert place.state.phase is SessionPhase.ACTIVE


async def test_the_notice_comes_four_minutes_before_the_end_and_goes_with_the_click(place: Place) -> None:
    await place.sign_ins.sign_in(STORE)
    session = place.sign_ins.session(STORE)
    assert place.state.phase is SessionPhase.ACTIVE
    assert session.seconds_until_news() == pytest.approx(3600 - 240)
    place.clock.now += 3600 - 239
    assert place.state.phase is SessionPhase.ENDING
    await session.go_on()
    assert place.state.phase is SessionPhase.ACTIVE
    place.clock.now += 3601
    assert place.state.phase is SessionPhase.ENDED


async def test_a_refresh_token_renews_without_asking_anybody(silent: Place) -> None:
    await silent.sign_ins.sign_in(STORE)
    silent.end_the_token()
    async with silent.archive() as http:
        assert (await http.get(STORE.url)).status_code == 200
    assert len(silent.browser.opened) == 1
    silent.clock.now += 3600 - 100
    assert silent.state.phase is SessionPhase.ACTIVE         # nothing to ask, so nothing is said


async def test_a_refresh_token_that_was_withdrawn_leads_to_the_question(silent: Place) -> None:
    await silent.sign_ins.sign_in(STORE)
    silent.end_the_token()
    silent.provider.secrets.clear()
    async with silent.archive() as http:
        waiting = asyncio.ensure_future(http.get(STORE.url))
        await silent.becomes(SessionPhase.ENDED)
        await silent.sign_ins.session(STORE).go_on()
        assert (await waiting).status_code == 200
    assert len(silent.browser.opened) == 2


@pytest.mark.parametrize("keep", [True, False])
async def test_another_account_waits_for_the_user(place: Place, keep: bool) -> None:
    await place.sign_ins.sign_in(STORE)
    place.end_the_token()
    place.provider.account = "colleague@example.org"
    place.provider.claims = {"sub": "2002"}
    session = place.sign_ins.session(STORE)
    async with place.archive() as http:
        waiting = asyncio.ensure_future(http.get(STORE.url))
        await place.becomes(SessionPhase.ENDED)
        going_on = asyncio.ensure_future(session.go_on())
        state = await place.becomes(SessionPhase.OTHER_ACCOUNT)
        assert (state.account, state.other_account) == ("reader@example.org", "colleague@example.org")
        assert not waiting.done()
        session.decide(keep)
        await going_on
        if keep:
            assert (await waiting).status_code == 200
            assert place.state.account == "colleague@example.org"
        else:
            with pytest.raises(SignInNeeded, match="was not used"):
                await waiting
            assert len(place.provider.revoked) == 1          # what was not wanted is not left lying about
            assert "was not used" in place.state.trouble


async def test_giving_up_ends_the_wait_with_a_sentence_and_opens_nothing(place: Place) -> None:
    await place.sign_ins.sign_in(STORE)
    place.end_the_token()
    session = place.sign_ins.session(STORE)
    async with place.archive() as http:
        waiting = asyncio.ensure_future(http.get(STORE.url))
        await place.becomes(SessionPhase.ENDED)
        session.give_up()
        with pytest.raises(SignInNeeded, match="cancelled"):
            await waiting
        with pytest.raises(SignInNeeded):
            await http.get(STORE.url)
        assert len(place.browser.opened) == 1
        await session.go_on()                               # later the user may go on all the same
        assert (await http.get(STORE.url)).status_code == 200


async def test_a_provider_that_compares_the_port_gets_the_one_it_knows(place: Place) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = replace(STORE, redirect_port=port)
    await place.sign_ins.sign_in(store)
    assert parse_qs(urlsplit(place.browser.opened[0]).query)["redirect_uri"] == [f"http://127.0.0.1:{port}/"]


async def test_a_provider_is_asked_for_what_the_archive_wants_to_see(place: Place) -> None:
    scope = "https://dicom.healthcareapis.azure.com/.default"
    store = replace(STORE, ask=OidcAsk(scope, "https://pacs.example.org", "localhost"))
    await place.sign_ins.sign_in(store)
    asked = parse_qs(urlsplit(place.browser.opened[0]).query)
    assert asked["scope"] == [f"openid email {scope}"] and asked["audience"] == ["https://pacs.example.org"]
    assert urlsplit(asked["redirect_uri"][0]).hostname == "localhost"
    assert place.state.account == "reader@example.org"


async def test_a_consent_that_was_revoked_is_told_and_asked_for_again(place: Place) -> None:
    await place.sign_ins.sign_in(STORE)
    place.end_the_token()                                   # taken back on the provider's page for connected programs
    session = place.sign_ins.session(STORE)
    place.browser.override = {"error": "access_denied", "code": ""}     # and not given again
    async with place.archive() as http:
        waiting = asyncio.ensure_future(http.get(STORE.url))
        await place.becomes(SessionPhase.ENDED)
        await session.go_on()
        with pytest.raises(SignInNeeded, match="Access was not allowed in the browser"):
            await waiting
        place.browser.override = {}
        await session.go_on()
        assert (await http.get(STORE.url)).status_code == 200


async def test_a_sign_in_can_be_cancelled_and_its_address_copied(place: Place) -> None:
    place.is_open = False
    signing_in = asyncio.ensure_future(place.sign_ins.sign_in(STORE))
    state = await place.becomes(SessionPhase.BROWSER)
    while not (state := place.state).address:
        await asyncio.sleep(0)
    assert state.address.startswith(ISSUER) and state.address not in repr(state)
    place.sign_ins.session(STORE).give_up()
    with pytest.raises(SignInFailed, match="cancelled"):
        await signing_in
    assert place.state.address == ""


async def test_signing_out_revokes_and_leaves_nothing(place: Place) -> None:
    await place.sign_ins.sign_in(STORE)
    token = place.sign_ins.session(STORE).auth.token
    assert token is not None
    assert place.sign_ins.opened_with(STORE) == {STORE.key}
    await place.sign_ins.sign_out(STORE)
    assert place.provider.revoked == [token.access_token]
    assert place.state.phase is SessionPhase.SIGNED_OUT and place.state.account == ""
    async with place.archive() as http:
        with pytest.raises(SignInNeeded):
            await http.get(STORE.url)


async def test_a_failed_sign_in_is_told_and_can_be_tried_again(place: Place) -> None:
    place.provider.token_answer = lambda request: httpx.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(SignInFailed):
        await place.sign_ins.sign_in(STORE)
    assert place.state.phase is SessionPhase.FAILED and place.state.trouble
    place.provider.token_answer = None
    await place.sign_ins.sign_in(STORE)
    assert place.state.phase is SessionPhase.ACTIVE and not place.state.trouble


async def test_all_stores_of_google_share_one_session(place: Place) -> None:
    root = "https://healthcare.googleapis.com/v1/projects/p/locations/l/datasets/d/dicomStores"
    stores = [Store(name, f"{root}/{name}/dicomWeb", SignInKind.GOOGLE, client_id="c") for name in "ab"]
    auths = {place.sign_ins.auth(store) for store in stores}
    assert len(auths) == 1
    assert place.sign_ins.opened_with(stores[0]) == {store.key for store in stores}
    auth = auths.pop()
    assert auth.covers("https://cloudresourcemanager.googleapis.com/v3/projects:search")    # type: ignore[union-attr]
    elsewhere = Store("x", "https://other.example.org/dicomWeb", SignInKind.GOOGLE, client_id="c")
    assert place.sign_ins.auth(elsewhere) is not auth
    assert not place.sign_ins.auth(elsewhere).covers(stores[0].url)                         # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "secrets", "header"), [
    (SignInKind.BASIC, Secrets("reader", "pass"), "Basic cmVhZGVyOnBhc3M="),
    (SignInKind.BEARER, Secrets(bearer_token="handed.out"), "Bearer handed.out"),
])
async def test_what_was_typed_in_goes_to_its_archive_only(
    place: Place, kind: SignInKind, secrets: Secrets, header: str
) -> None:
    store = Store("Clinic", "https://pacs.example.org/dicom-web", kind)
    seen: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, request.headers.get("authorization", "")))
        return httpx.Response(200)

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(answer), auth=place.sign_ins.auth(store)) as http:
        with pytest.raises(SignInNeeded, match="again"):
            await http.get(store.url)
        await place.sign_ins.remember(store, secrets)
        await http.get(store.url)
        await http.get("https://elsewhere.example.org/")
        await place.sign_ins.sign_out(store)
        with pytest.raises(SignInNeeded):
            await http.get(store.url)
    assert seen == [("pacs.example.org", header), ("elsewhere.example.org", "")]
    assert secrets.password not in repr(secrets) or not secrets.password


