"""Signing in as a person does: a real OpenID provider with TLS, a real browser, clicks."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.auth.bearer import BearerAuth
from desktop_app.auth.credentials import Token, same_account
from desktop_app.auth.google_sign_in import (
    HEALTHCARE_SCOPE,
    PROJECTS_SCOPE,
    google_authorization_url,
    google_config,
    google_sign_in,
)
from desktop_app.auth.oidc_sign_in import sign_in
from desktop_app.auth.provider import Endpoints, OidcConfig
from desktop_app.auth.session import renew, sign_out
from desktop_app.cloud.resource import CloudHosts, Resource
from desktop_app.cloud.resources import CloudResources
from desktop_app.core.errors import SignInFailed, SignInNeeded
from desktop_app.core.query import StudyQuery
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.imaging.decode import decode_frame, open_instance
from tests.support import oidc_real
from tests.support.asgi_server import AsgiServer
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.loopback_tls import Authority
from tests.support.oidc_real import SECRET, RealProvider, Robot

pytestmark = pytest.mark.skipif(bool(oidc_real.missing()), reason=oidc_real.missing() or "-")

READER, COLLEAGUE = "reader@example.org", "colleague@example.org"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def provider(authority: Authority) -> Iterator[RealProvider]:
    running = RealProvider(authority)
    yield running
    running.close()


@pytest.fixture
async def http(authority: Authority) -> AsyncIterator[httpx.AsyncClient]:
    """The way the program reaches hosts: the aiohttp transport, and the certificates of this place."""
    context = authority.client_context()
    async with httpx.AsyncClient(transport=AiohttpTransport(verify=context)) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Robot]:
    running = Robot()
    yield running
    running.close()


@pytest.fixture
async def robot(browser: Robot) -> Robot:
    """The browser as on its first day: no tabs, nobody signed in anywhere."""
    await browser.do("reset")
    return browser


@pytest.fixture
def config(provider: RealProvider) -> OidcConfig:
    return OidcConfig(issuer=provider.issuer, client_id="lightbox", scopes=("openid", "email", HEALTHCARE_SCOPE))


@pytest.fixture
def google(provider: RealProvider) -> OidcConfig:
    """Google's configuration with the real provider in Google's place."""
    root = provider.issuer
    return google_config("google-like", SECRET, endpoints=Endpoints(
        issuer=root, authorization=f"{root}/auth", token=f"{root}/token", revocation=f"{root}/token/revocation"))


class Person:
    """Does in the browser what the pages ask for, beginning with the address that the program opens."""

    def __init__(self, robot: Robot, *, account: str = READER, untick: str = "", refuse: bool = False) -> None:
        self._robot = robot
        self._account = account
        self._untick = untick
        self._refuse = refuse
        self.opened: list[str] = []
        self.work: list[asyncio.Task[None]] = []

    def open(self, url: str) -> None:
        """What the system does with an address: hands it to the browser and returns."""
        self.opened.append(url)
        self.work.append(asyncio.create_task(self.click_through(url)))

    async def click_through(self, url: str) -> None:
        await self._robot.do("open", url=url)
        await self._robot.do("fill", where="input[name=account]", text=self._account)
        await self._robot.do("click", where="#sign-in")
        await self._robot.do("wait", where="#allow")
        if self._untick:
            await self._robot.do("untick", where=f"input[value='{self._untick}']")
        await self._robot.do("click", where="#refuse" if self._refuse else "#allow")

    async def sees(self) -> str:
        """The page at the end."""
        await asyncio.gather(*self.work)
        await self._robot.do("wait", where="main h1")
        return await self._robot.text()


async def test_a_person_signs_in_with_a_real_browser(
    config: OidcConfig, http: httpx.AsyncClient, robot: Robot, tmp_path: Path
) -> None:
    person = Person(robot)
    token = await sign_in(config, http, person.open)
    page = await person.sees()
    assert "You are signed in." in page and "You may close this window." in page
    assert token.account == READER and token.lifetime_s == 3600
    assert set(token.scopes) == {"openid", "email", HEALTHCARE_SCOPE}
    # The code is gone from the address bar, and the page brought nothing from outside.
    assert "code" not in (await robot.do("url"))["url"]
    assert (await robot.do("run", script="document.fonts.status"))["value"] == "loaded"
    picture = tmp_path / "signed-in.png"
    await robot.do("picture", file=str(picture))
    assert picture.stat().st_size > 5000


async def test_the_provider_believes_the_token_and_forgets_it_after_signing_out(
    config: OidcConfig, provider: RealProvider, http: httpx.AsyncClient, robot: Robot
) -> None:
    person = Person(robot)
    token = await sign_in(config, http, person.open)
    await person.sees()
    me = await http.get(f"{provider.issuer}/me", auth=BearerAuth(token, [provider.issuer]))
    assert me.status_code == 200 and me.json()["sub"] == READER
    assert await sign_out(config, http, token)
    again = await http.get(f"{provider.issuer}/me", auth=BearerAuth(token, [provider.issuer]))
    assert again.status_code == 401


async def test_a_refusal_is_told_in_the_browser_and_in_the_program(
    config: OidcConfig, http: httpx.AsyncClient, robot: Robot
) -> None:
    person = Person(robot, refuse=True)
    with pytest.raises(SignInFailed, match="Access was not allowed"):
        await sign_in(config, http, person.open)
    page = await person.sees()
    assert "You are not signed in." in page and "Access was not allowed" in page


async def test_a_closed_tab_ends_with_the_time_limit_and_leaves_no_port(
    config: OidcConfig, http: httpx.AsyncClient, robot: Robot
) -> None:
    opened: list[str] = []
    closed = asyncio.Event()

    async def open_and_close(url: str) -> None:
        await robot.do("open", url=url)
        await robot.do("close")
        closed.set()

    work: list[asyncio.Task[None]] = []

    def open_browser(url: str) -> None:
        opened.append(url)
        work.append(asyncio.create_task(open_and_close(url)))

    with pytest.raises(SignInFailed, match="did not come back"):
        await sign_in(config, http, open_browser, timeout_s=3)
    await closed.wait()
    await asyncio.gather(*work)
    with pytest.raises(httpx.TransportError):
        await http.get(parse_qs(urlsplit(opened[0]).query)["redirect_uri"][0])


async def test_stray_requests_wrong_states_and_a_second_callback(
    config: OidcConfig, http: httpx.AsyncClient, robot: Robot
) -> None:
    """What else a browser may ask of the port: none of it ends the sign-in, none of it signs anybody in."""
    strays: list[tuple[int, str]] = []

    async def wander(url: str) -> None:
        back = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        for address in (f"{back}favicon.ico", back, f"{back}?code=forged&state=forged", f"{back}?error=access_denied"):
            answer = await robot.do("open", "stray", url=address)
            strays.append((answer["status"], await robot.text("stray")))

    person = Person(robot)

    async def wander_and_click(url: str) -> None:
        await wander(url)
        await person.click_through(url)

    token = await sign_in(config, http, lambda url: person.work.append(asyncio.create_task(wander_and_click(url))))
    assert [status for status, _ in strays] == [404, 400, 400, 400]
    assert "another sign-in" in strays[2][1]
    assert token.account == READER and "You are signed in." in await person.sees()


async def test_the_same_answer_brought_twice_signs_in_once(
    config: OidcConfig, authority: Authority, robot: Robot
) -> None:
    exchanged: list[httpx.Request] = []
    person = Person(robot)
    inner = AiohttpTransport(verify=authority.client_context())

    class BringsAgain(httpx.AsyncBaseTransport):
        """While the code is being exchanged, another tab comes with the same answer."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/token"):
                exchanged.append(request)
                form = parse_qs(request.content.decode())
                state = parse_qs(urlsplit(person.opened[0]).query)["state"][0]
                query = urlencode({"code": form["code"][0], "state": state, "iss": config.issuer})
                await robot.do("start", "second", url=f"{form['redirect_uri'][0]}?{query}")
            return await inner.handle_async_request(request)

        async def aclose(self) -> None:
            await inner.aclose()

    async with httpx.AsyncClient(transport=BringsAgain()) as http:
        token = await sign_in(config, http, person.open)
    assert token.account == READER and len(exchanged) == 1
    assert "You are signed in." in await person.sees()


async def test_going_on_needs_no_click_while_the_browser_session_lives(
    google: OidcConfig, http: httpx.AsyncClient, robot: Robot
) -> None:
    person = Person(robot)
    token = await google_sign_in(google, http, person.open)
    await person.sees()
    opened: list[asyncio.Task[object]] = []
    fresh = await renew(
        google, http, token, lambda url: opened.append(asyncio.create_task(robot.do("open", url=url))),
        build_url=google_authorization_url)
    await asyncio.gather(*opened)
    assert fresh.access_token != token.access_token and same_account(token, fresh)
    assert "You are signed in." in await robot.text()


async def test_another_account_that_comes_back_is_noticed(
    google: OidcConfig, http: httpx.AsyncClient, robot: Robot
) -> None:
    person = Person(robot)
    token = await google_sign_in(google, http, person.open)
    await person.sees()
    await robot.do("forget")
    other = Person(robot, account=COLLEAGUE)
    fresh = await renew(google, http, token, other.open, build_url=google_authorization_url)
    await other.sees()
    assert fresh.account == COLLEAGUE and not same_account(token, fresh)


async def test_google_like_with_everything_ticked(google: OidcConfig, http: httpx.AsyncClient, robot: Robot) -> None:
    person = Person(robot)
    token = await google_sign_in(google, http, person.open)
    await person.sees()
    asked = parse_qs(urlsplit(person.opened[0]).query)
    assert asked["access_type"] == ["online"] and asked["code_challenge_method"] == ["S256"]
    assert token.account == READER and token.notices == ()
    assert token.refresh_token == ""            # the provider sent one


@pytest.mark.parametrize(("untick", "sentence"), [(PROJECTS_SCOPE, "Type the project's ID")])
async def test_an_unticked_box_is_told(
    google: OidcConfig, http: httpx.AsyncClient, robot: Robot, untick: str, sentence: str
) -> None:
    person = Person(robot, untick=untick)
    token = await google_sign_in(google, http, person.open)
    assert "You are signed in." in await person.sees()
    assert len(token.notices) == 1 and sentence in token.notices[0]


async def test_without_the_healthcare_box_nothing_would_work(
    google: OidcConfig, http: httpx.AsyncClient, robot: Robot, tmp_path: Path
) -> None:
    person = Person(robot, untick=HEALTHCARE_SCOPE)
    with pytest.raises(SignInFailed, match="no DICOM store can be opened"):
        await google_sign_in(google, http, person.open)
    assert "tick “Cloud Healthcare”" in await person.sees()


async def test_a_wrong_secret_is_said(google: OidcConfig, provider: RealProvider, http: httpx.AsyncClient,
                                      robot: Robot) -> None:
    wrong = google_config("google-like", "wrong", endpoints=google.endpoints)       # type: ignore[arg-type]
    person = Person(robot)
    with pytest.raises(SignInFailed, match="client ID or secret") as caught:
        await google_sign_in(wrong, http, person.open)
    assert "client ID or secret" in await person.sees() and "wrong" not in caught.value.detail


async def test_an_unknown_certificate_is_said_in_words(config: OidcConfig) -> None:
    async with httpx.AsyncClient(transport=AiohttpTransport(verify=ssl.create_default_context())) as http:
        with pytest.raises(Exception, match="does not know; ask your administrator"):
            await sign_in(config, http, lambda url: pytest.fail("the browser was opened"))


# ---- a store that checks tokens at the provider

@pytest.fixture
async def store(
    provider: RealProvider, authority: Authority, tmp_path: Path
) -> AsyncIterator[tuple[GoogleLike, str]]:
    """A Google-like store with TLS that asks the provider whether a token lives, in front of a real archive."""
    introspect = httpx.Client(verify=authority.client_context(), auth=None)

    def check(token: str) -> str:
        answer = introspect.post(f"{provider.issuer}/token/introspection", data={
            "token": token, "client_id": "google-like", "client_secret": SECRET}).json()
        return "" if answer.get("active") else "expired"

    archive = await Archive.open(tmp_path / "archive")
    google = GoogleLike(
        projects=[GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})], check_token=check,
        dicom_web=create_app(archive))
    certificate, key = authority.issue("store")
    with introspect, AsgiServer(google.app(), certificate=certificate, key=key) as server:
        yield google, server.url
    await archive.close()


async def test_from_signing_in_to_the_pixels_of_a_store(
    google: OidcConfig, store: tuple[GoogleLike, str], http: httpx.AsyncClient, authority: Authority, robot: Robot,
    samples: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    person = Person(robot)
    token = await google_sign_in(google, http, person.open)
    await person.sees()
    hosts = CloudHosts(resource_manager=store[1], healthcare=store[1])
    transport = AiohttpTransport(verify=authority.client_context())
    slice_file = min((samples / "ct-abdomen").glob("*.dcm"))
    async with httpx.AsyncClient(transport=transport, auth=BearerAuth(token, hosts.origins)) as signed_in:
        cloud = CloudResources(signed_in, hosts)
        projects = [project async for page in cloud.list_children() for project in page]
        stores = [found async for batch in cloud.list_stores(projects[0]) for found in batch.items]
        rights = await cloud.store_rights(stores[0])
        client = DicomWebClient(stores[0].dicom_web_url(hosts), signed_in)
        await client.store([slice_file])
        study = (await client.search_studies(StudyQuery())).items[0]
        series = await anext(client.iter_series(study.study_instance_uid))
        fetched = [data async for data in client.retrieve_series(study.study_instance_uid, series.series_instance_uid)]
    assert [project.id for project in projects] == ["clinic"]
    assert client.root_url.endswith("/datasets/chest/dicomStores/ct/dicomWeb") and rights.may_write
    assert fetched == [slice_file.read_bytes()]
    frame = decode_frame(open_instance(fetched[0]), 1)
    assert frame.pixels.shape == (512, 512)
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert "HTTP Request" in logged and token.access_token not in logged and SECRET not in logged


async def test_fifty_requests_outlive_a_token(
    provider: RealProvider, store: tuple[GoogleLike, str], authority: Authority, http: httpx.AsyncClient, robot: Robot
) -> None:
    """Fifty are under way when the token ends after ten seconds: one click-free renewal, nothing lost."""
    config = OidcConfig(issuer=provider.issuer, client_id="short-lived", scopes=("openid", "email"))
    person = Person(robot)
    token = await sign_in(config, http, person.open)
    await person.sees()
    assert token.lifetime_s == 10
    renewals: list[Token] = []
    opened: list[asyncio.Task[object]] = []

    async def renew_now(ended: Token) -> Token:
        renewals.append(ended)
        fresh = await renew(config, http, ended,
                            lambda url: opened.append(asyncio.create_task(robot.do("open", url=url))))
        assert same_account(ended, fresh)
        return fresh

    async def until_it_has_ended() -> None:
        while token.expires_at is not None and time.time() < token.expires_at + 0.5:
            await asyncio.sleep(0.1)

    google, hosts = store[0], CloudHosts(resource_manager=store[1], healthcare=store[1])
    google.pause = until_it_has_ended
    auth = BearerAuth(token, hosts.origins, renew_now)
    transport = AiohttpTransport(verify=authority.client_context())
    address = f"{store[1]}/v1/{Resource.of('clinic', 'europe-west4', 'chest').name}/dicomStores"
    async with httpx.AsyncClient(transport=transport, auth=auth, timeout=30) as signed_in:
        answers = await asyncio.gather(*(signed_in.get(address) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200} and google.most_running == 50
    assert len(google.asked) == 100
    assert renewals == [token] and auth.token is not None and auth.token.access_token != token.access_token
    await asyncio.gather(*opened)


async def test_a_refused_renewal_ends_the_wait_with_a_sentence(
    provider: RealProvider, store: tuple[GoogleLike, str], authority: Authority, http: httpx.AsyncClient, robot: Robot
) -> None:
    config = OidcConfig(issuer=provider.issuer, client_id="lightbox", scopes=("openid", "email"))
    person = Person(robot)
    token = await sign_in(config, http, person.open)
    await person.sees()
    await sign_out(config, http, token)         # revoked elsewhere, in the middle of work
    await robot.do("forget")
    refusing = Person(robot, refuse=True)
    auth = BearerAuth(token, [store[1]], lambda ended: renew(config, http, ended, refusing.open))
    transport = AiohttpTransport(verify=authority.client_context())
    async with httpx.AsyncClient(transport=transport, auth=auth) as signed_in:
        answers = await asyncio.gather(
            *(signed_in.get(f"{store[1]}/v3/projects:search") for _ in range(10)), return_exceptions=True)
    assert {type(answer) for answer in answers} == {SignInNeeded}
    assert len(refusing.opened) == 1 and "Access was not allowed" in str(answers[0])
    await refusing.sees()
