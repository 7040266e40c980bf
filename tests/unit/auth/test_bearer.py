"""Where credentials go, and how requests outlive the end of a token."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from desktop_app.auth.bearer import BasicAuth, BearerAuth, FixedBearerAuth
from desktop_app.auth.credentials import Token, same_account
from desktop_app.core.errors import LightboxError, SignInFailed, SignInNeeded

STORE = "https://pacs.example.org/dicom-web"
OLD, NEW = Token("old-token-12345", account="reader"), Token("new-token-67890", account="reader")


class Server(httpx.AsyncBaseTransport):
    """Accepts one token; keeps what it was sent. It answers nobody until `together` requests are there."""

    def __init__(self, accepted: str = OLD.access_token, *, together: int = 1) -> None:
        self.accepted = accepted
        self.seen: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self._together = together
        self._all_here = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.bodies.append(b"".join([part async for part in request.stream]))
        self.seen.append(httpx.Request(request.method, request.url, headers=request.headers))
        if len(self.seen) >= self._together:
            self._all_here.set()
        await self._all_here.wait()
        if request.headers.get("Authorization") == f"Bearer {self.accepted}":
            return httpx.Response(200, text="image")
        return httpx.Response(401, text="no")

    def client(self, auth: httpx.Auth) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self, auth=auth)


class Renewal:
    """A renewal that ends when the test says so."""

    def __init__(self) -> None:
        self.asked: list[Token] = []
        self.outcome: asyncio.Future[Token] = asyncio.get_running_loop().create_future()

    async def __call__(self, token: Token) -> Token:
        self.asked.append(token)
        return await asyncio.shield(self.outcome)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


# ---- where they go

@pytest.mark.parametrize("auth", [
    BasicAuth("user", "pässword", [STORE]), FixedBearerAuth("fixed-token", [STORE]), BearerAuth(OLD, [STORE]),
], ids=lambda auth: type(auth).__name__)
@pytest.mark.parametrize(("url", "gets"), [
    (STORE + "/studies", True),
    ("https://PACS.example.org:443/elsewhere", True),
    ("http://pacs.example.org/dicom-web", False),
    ("https://pacs.example.org:8443/dicom-web", False),
    ("https://pacs.example.org.evil.example/dicom-web", False),
    ("https://evil.example/dicom-web", False),
])
async def test_credentials_go_to_the_origin_of_the_archive_and_nowhere_else(
    auth: httpx.Auth, url: str, gets: bool
) -> None:
    server = Server()
    async with server.client(auth) as http:
        await http.get(url)
    assert ("Authorization" in server.seen[0].headers) is gets
    assert len(server.seen) == 1


@pytest.mark.parametrize("auth", [
    BasicAuth("user", "password", [STORE]), FixedBearerAuth("fixed-token", [STORE]), BearerAuth(OLD, [STORE]),
], ids=lambda auth: type(auth).__name__)
async def test_a_redirect_to_another_origin_does_not_take_them_along(auth: httpx.Auth) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.host == "pacs.example.org":
            return httpx.Response(307, headers={"Location": "https://evil.example/collect"})
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=auth, follow_redirects=True) as http:
        await http.get(STORE)
    assert "Authorization" in seen[0].headers and seen[1].url.host == "evil.example"
    assert "Authorization" not in seen[1].headers


async def test_several_origins_may_belong_to_one_sign_in() -> None:
    server = Server()
    auth = BearerAuth(OLD, ["https://healthcare.example", "https://projects.example:444"])
    async with server.client(auth) as http:
        assert (await http.get("https://healthcare.example/v1")).status_code == 200
        assert (await http.get("https://projects.example:444/v3")).status_code == 200
        assert (await http.get("https://projects.example/v3")).status_code == 401


async def test_basic_is_sent_in_utf_8() -> None:
    server = Server()
    async with server.client(BasicAuth("wörk", "pass:word", [STORE])) as http:
        await http.get(STORE)
    assert server.seen[0].headers["Authorization"] == "Basic d8O2cms6cGFzczp3b3Jk"


@pytest.mark.parametrize("make", [
    lambda: BasicAuth("a:b", "c", [STORE]),
    lambda: BasicAuth("a", "b\r\nX-Evil: 1", [STORE]),
    lambda: FixedBearerAuth("", [STORE]),
    lambda: FixedBearerAuth("two words", [STORE]),
    lambda: FixedBearerAuth("tok\nen", [STORE]),
    lambda: FixedBearerAuth("tökén", [STORE]),
])
def test_what_cannot_be_sent_is_refused_with_a_sentence(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"cannot hold|not a bearer token"):
        make()


async def test_a_pasted_header_is_taken_for_the_token_in_it() -> None:
    server = Server("abc.def")
    async with server.client(FixedBearerAuth("  Bearer abc.def \n", [STORE])) as http:
        assert (await http.get(STORE)).status_code == 200


# ---- 401 in the middle of work

async def test_fifty_requests_wait_for_one_renewal_and_each_is_sent_once_more() -> None:
    server, renewal = Server(accepted=NEW.access_token, together=50), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        tasks = [asyncio.create_task(http.get(f"{STORE}/{number}")) for number in range(50)]
        await until(lambda: auth.parked == 50)
        assert len(server.seen) == 50 and not any(task.done() for task in tasks)
        renewal.outcome.set_result(NEW)
        answers = await asyncio.gather(*tasks)
    assert {answer.status_code for answer in answers} == {200}
    assert renewal.asked == [OLD] and len(server.seen) == 100 and auth.parked == 0
    assert sorted(request.url.path for request in server.seen[50:]) == sorted(
        request.url.path for request in server.seen[:50])


async def test_while_a_renewal_runs_new_requests_wait_without_being_sent_in_vain() -> None:
    server, renewal = Server(accepted=NEW.access_token), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        first = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        second = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 2)
        assert len(server.seen) == 1
        renewal.outcome.set_result(NEW)
        assert {(await first).status_code, (await second).status_code} == {200}
    assert len(server.seen) == 3


async def test_a_late_401_for_the_token_before_does_not_renew_again() -> None:
    gate = asyncio.Event()
    seen: list[str] = []
    renewals: list[Token] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        header = request.headers["Authorization"]
        seen.append(header)
        if request.url.path.endswith("slow") and header.endswith(OLD.access_token):
            await gate.wait()
        return httpx.Response(200 if header.endswith(NEW.access_token) else 401)

    async def renew(token: Token) -> Token:
        renewals.append(token)
        return NEW

    async with httpx.AsyncClient(
            transport=httpx.MockTransport(answer), auth=BearerAuth(OLD, [STORE], renew)) as http:
        slow = asyncio.create_task(http.get(STORE + "/slow"))
        await until(lambda: len(seen) == 1)
        assert (await http.get(STORE)).status_code == 200
        gate.set()
        assert (await slow).status_code == 200
    assert renewals == [OLD]


async def test_a_server_that_refuses_the_new_token_too_is_believed() -> None:
    server, renewals = Server(accepted="neither"), []

    async def renew(token: Token) -> Token:
        renewals.append(token)
        return NEW

    async with server.client(BearerAuth(OLD, [STORE], renew)) as http:
        assert (await http.get(STORE)).status_code == 401
    assert len(server.seen) == 2 and renewals == [OLD]


async def test_without_a_way_to_renew_a_401_is_passed_on() -> None:
    server = Server(accepted="another")
    async with server.client(BearerAuth(OLD, [STORE])) as http:
        assert (await http.get(STORE)).status_code == 401
    assert len(server.seen) == 1


async def test_a_failed_renewal_ends_all_that_wait_and_asks_no_one_again() -> None:
    server, renewal = Server(accepted=NEW.access_token, together=20), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        tasks = [asyncio.create_task(http.get(STORE)) for _ in range(20)]
        await until(lambda: auth.parked == 20)
        renewal.outcome.set_exception(SignInFailed("Access was not allowed.", detail="access_denied"))
        errors = await asyncio.gather(*tasks, return_exceptions=True)
        assert {(type(error), error.user_text) for error in errors} == {        # type: ignore[union-attr]
            (SignInNeeded, "Access was not allowed.")}
        with pytest.raises(SignInNeeded):           # the next one does not open the browser again
            await http.get(STORE)
        assert len(renewal.asked) == 1
        assert len(server.seen) == 20               # nor is it sent in vain
        auth.replace(NEW)                           # somebody signed in again
        assert (await http.get(STORE)).status_code == 200


async def test_after_a_failed_renewal_a_person_may_ask_for_another() -> None:
    server = Server(accepted=NEW.access_token)
    outcomes: list[LightboxError | Token] = [SignInFailed("no"), NEW]

    async def renew(token: Token) -> Token:
        outcome = outcomes.pop(0)
        if isinstance(outcome, LightboxError):
            raise outcome
        return outcome

    auth = BearerAuth(OLD, [STORE], renew)
    async with server.client(auth) as http:
        with pytest.raises(SignInNeeded):
            await http.get(STORE)
        assert await auth.renew_now() is NEW
        assert (await http.get(STORE)).status_code == 200


async def test_renewing_ahead_of_time_lets_requests_go_on() -> None:
    server, renewal = Server(), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        ahead = asyncio.create_task(auth.renew_now())
        await until(lambda: len(renewal.asked) == 1)
        assert (await http.get(STORE)).status_code == 200       # with the token that still lives
        server.accepted = NEW.access_token                      # and now it ends
        waiting = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        renewal.outcome.set_result(NEW)
        assert (await waiting).status_code == 200
        assert await ahead is NEW
    assert len(renewal.asked) == 1


async def test_a_renewal_ahead_of_time_that_failed_is_offered_again_at_the_end() -> None:
    server = Server()
    asked: list[Token] = []

    async def renew(token: Token) -> Token:
        asked.append(token)
        if len(asked) == 1:
            raise SignInFailed("The browser did not come back.")
        server.accepted = NEW.access_token
        return NEW

    auth = BearerAuth(OLD, [STORE], renew)
    async with server.client(auth) as http:
        with pytest.raises(SignInFailed):
            await auth.renew_now()
        assert (await http.get(STORE)).status_code == 200
        server.accepted = NEW.access_token
        assert (await http.get(STORE)).status_code == 200
    assert len(asked) == 2


async def test_one_who_gives_up_waiting_leaves_the_renewal_to_the_others() -> None:
    server, renewal = Server(accepted=NEW.access_token), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        impatient, patient = (asyncio.create_task(http.get(STORE)) for _ in range(2))
        await until(lambda: auth.parked == 2)
        impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
        renewal.outcome.set_result(NEW)
        assert (await patient).status_code == 200
    assert len(renewal.asked) == 1


async def test_signing_out_ends_what_waits_and_what_comes_later() -> None:
    server, renewal = Server(accepted=NEW.access_token), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        task = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        auth.sign_out()
        with pytest.raises(SignInNeeded, match="signed out"):
            await task
        renewal.outcome.set_result(NEW)         # too late: nobody is signed in by it
        with pytest.raises(SignInNeeded, match="signed out"):
            await http.get(STORE)
    assert auth.token is None and len(server.seen) == 1


async def test_a_renewal_that_does_not_notice_the_signing_out_has_no_effect() -> None:
    auth: BearerAuth

    async def stubborn(token: Token) -> Token:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return NEW
        raise AssertionError

    auth = BearerAuth(OLD, [STORE], stubborn)
    task = asyncio.create_task(auth.renew_now())
    await until(lambda: auth._renewal is not None)
    await asyncio.sleep(0)
    auth.sign_out()
    with pytest.raises(SignInNeeded):
        await task
    assert auth.token is None


async def test_a_token_that_came_another_way_frees_those_who_wait() -> None:
    server, renewal = Server(accepted=NEW.access_token), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        task = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        auth.replace(NEW)
        assert (await task).status_code == 200


async def test_a_401s_connection_is_free_while_a_person_is_asked() -> None:
    closed: list[bool] = []

    class Body(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"no"

        async def aclose(self) -> None:
            closed.append(True)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"].endswith(NEW.access_token):
            return httpx.Response(200)
        return httpx.Response(401, stream=Body())

    renewal = Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=auth) as http:
        task = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        assert closed == [True]
        renewal.outcome.set_result(NEW)
        await task


class Body:
    """A body that is made while it is sent, anew each time."""

    def __init__(self) -> None:
        self.passes = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.passes += 1
        yield b"part"


async def test_a_body_that_can_be_sent_once_only_is_not_sent_twice() -> None:
    server, body = Server(accepted=NEW.access_token), Body()

    async def renew(token: Token) -> Token:
        return NEW

    async with server.client(BearerAuth(OLD, [STORE], renew)) as http:
        answer = await http.post(STORE, content=aiter(body))      # a generator: used up by the first sending
        assert answer.status_code == 401                            # the caller makes the body anew
        assert body.passes == 1
        assert (await http.post(STORE, content=aiter(body))).status_code == 200


async def test_a_body_that_begins_anew_is_sent_again() -> None:
    server, body = Server(accepted=NEW.access_token), Body()

    async def renew(token: Token) -> Token:
        return NEW

    async with server.client(BearerAuth(OLD, [STORE], renew)) as http:
        answer = await http.post(STORE, content=body)
    assert answer.status_code == 200 and body.passes == 2
    assert server.bodies == [b"part", b"part"]


async def test_a_large_body_is_not_begun_with_a_token_known_to_have_ended() -> None:
    server = Server(accepted=NEW.access_token)

    async def renew(token: Token) -> Token:
        return NEW

    ended = Token("old-token-12345", expires_at=100.0)
    async with server.client(BearerAuth(ended, [STORE], renew, clock=lambda: 101.0)) as http:
        assert (await http.post(STORE, content=Body())).status_code == 200
    assert len(server.seen) == 1


async def test_nobody_is_asked_early_because_a_clock_jumped() -> None:
    server = Server()
    ended = Token(OLD.access_token, expires_at=100.0)
    auth = BearerAuth(ended, [STORE], lambda token: pytest.fail("asked"), clock=lambda: 10_000.0)
    async with server.client(auth) as http:
        assert (await http.get(STORE)).status_code == 200


async def test_an_unwatched_failed_renewal_is_not_reported_as_forgotten(caplog: pytest.LogCaptureFixture) -> None:
    server, renewal = Server(accepted=NEW.access_token), Renewal()
    auth = BearerAuth(OLD, [STORE], renewal)
    async with server.client(auth) as http:
        task = asyncio.create_task(http.get(STORE))
        await until(lambda: auth.parked == 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        renewal.outcome.set_exception(SignInFailed("no"))
        await until(lambda: auth._renewal is None)
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_a_synchronous_client_is_told_so() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    with httpx.Client(transport=transport, auth=BearerAuth(OLD, [STORE])) as http:
        with pytest.raises(RuntimeError, match="AsyncClient"):
            http.get(STORE)


# ---- what shows

async def test_no_secret_shows(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = Token("hidden-access", refresh_token="hidden-refresh", id_token="hidden-id", subject="hidden-subject")
    auths = [BearerAuth(token, [STORE]), BasicAuth("user", "hidden-word", [STORE]),
             FixedBearerAuth("hidden-fix", [STORE])]
    said = [repr(token), *(repr(auth) for auth in auths)]
    for auth in auths:
        async with Server().client(auth) as http:
            answer = await http.get(STORE)
            said += [repr(answer), repr(answer.request), repr(answer.request.headers)]
    said += [record.getMessage() for record in caplog.records]
    assert len(said) > 10 and "hidden" not in "\n".join(said).lower()
    assert repr(auths[0]) == "BearerAuth(pacs.example.org)"


# ---- tokens

@pytest.mark.parametrize(("lifetime_s", "notice_at"), [(3600.0, 3360.0), (300.0, 240.0), (10.0, 8.0), (None, 3360.0)])
def test_the_notice_comes_four_minutes_before_the_end_or_later_for_short_lives(
    lifetime_s: float | None, notice_at: float
) -> None:
    token = Token("t", expires_at=lifetime_s or 3600.0, lifetime_s=lifetime_s)
    assert token.notice_at == pytest.approx(notice_at)
    assert token.remaining_s(0.0) == token.expires_at and not token.is_expired(0.0) and token.is_expired(3601.0)


@pytest.mark.parametrize(("before", "after", "same"), [
    (Token("a", subject="i 1", account="a@b"), Token("b", subject="i 1", account="new@b"), True),
    (Token("a", subject="i 1", account="a@b"), Token("b", subject="i 2", account="a@b"), False),
    (Token("a", account="A@b"), Token("b", account="a@B"), True),
    (Token("a", account="a@b"), Token("b", account="c@b"), False),
    (Token("a", account="a@b"), Token("b"), True),
])
def test_another_account_is_noticed(before: Token, after: Token, same: bool) -> None:
    assert same_account(before, after) is same


@pytest.mark.parametrize(("project", "sent"), [("billing-1", "billing-1"), ("", None), ("a\r\nX-Other: b", None)])
async def test_a_quota_project_goes_along_to_its_own_origin_only(project: str, sent: str | None) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    auth = BearerAuth(Token("t"), [STORE], quota_project=lambda: project)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=auth) as http:
        await http.get(STORE)
        await http.get("https://elsewhere.example.org/")
    assert [request.headers.get("X-Goog-User-Project") for request in seen] == [sent, None]


async def test_a_token_that_is_still_to_be_fetched_is_not_tried() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(200)

    async def fetch(_none: Token) -> Token:
        return Token("fetched")

    auth = BearerAuth(Token(""), [STORE], fetch)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=auth) as http:
        await http.get(STORE)
    assert seen == ["Bearer fetched"]
