"""Attach credentials to requests, and only to those that go to the archive they belong to.

BearerAuth also carries a session past its end: a 401 parks the request, one renewal serves all that wait, and each is
sent once more. All of it lives on one event loop.
"""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable

import httpx

from desktop_app.core.errors import LightboxError, SignInNeeded
from desktop_app.core.words import say, t

from .credentials import Token

Renew = Callable[[Token], Awaitable[Token]]
Origin = tuple[str, str, int | None]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SIGNED_OUT = t("auth", "You are signed out. Sign in to go on.")


def origin_of(url: httpx.URL | str) -> Origin:
    """Scheme, host and port, comparable: lower case, default ports filled in."""
    url = httpx.URL(url)
    return url.scheme, url.host, url.port or _DEFAULT_PORTS.get(url.scheme)


class _OriginBound(httpx.Auth):
    """Attaches one Authorization header to requests for given origins and to no other.

    httpx itself takes the header away when a redirect leads to another origin.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origin_of(origin) for origin in origins)

    def covers(self, url: httpx.URL | str) -> bool:
        """Whether requests to `url` get the credentials."""
        return origin_of(url) in self._origins

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(sorted(host for _, host, _ in self._origins))})"


class FixedAuth(_OriginBound):
    """A header that never changes."""

    def __init__(self, header: str, origins: Iterable[str]) -> None:
        super().__init__(origins)
        self._header = header

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """httpx's hook: the request goes out once, with the header if it goes to the right place."""
        if self.covers(request.url):
            request.headers["Authorization"] = self._header
        yield request


class BasicAuth(FixedAuth):
    """User name and password (RFC 7617), in UTF-8. Raises ValueError with a sentence for what cannot be sent."""

    def __init__(self, user: str, password: str, origins: Iterable[str]) -> None:
        if ":" in user:
            raise ValueError(say("auth", "A user name cannot hold a colon."))
        if not (user + password).isprintable():
            raise ValueError(say(
                "auth", "User name and password cannot hold control characters. Type them instead of pasting."))
        super().__init__("Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii"), origins)


class FixedBearerAuth(FixedAuth):
    """A bearer token that an administrator handed out. Raises ValueError with a sentence if it is none."""

    def __init__(self, token: str, origins: Iterable[str]) -> None:
        token = token.strip()
        if token[:7].lower() == "bearer ":
            token = token[7:].strip()
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError(say(
                "auth", "This is not a bearer token. It is one word of letters, digits and signs."))
        super().__init__("Bearer " + token, origins)


class BearerAuth(_OriginBound):
    """A person's token, renewed when it ends.

    `renew` gets the token that ended and returns the next; it may take as long as a person takes to click. It runs at
    most once at a time however many requests wait, and is not asked again after it failed until `replace` brings a new
    token or `renew_now` is called: a refused renewal must not open the browser a hundred times.
    A token with an empty `access_token` is one that `renew` still has to fetch. Without `renew` a 401 is passed on to
    the caller. Use from one event loop only.

    `quota_project` names the Google project against whose quota each request counts; empty: the client's own.
    """

    def __init__(
        self, token: Token, origins: Iterable[str], renew: Renew | None = None, *,
        clock: Callable[[], float] = time.time, quota_project: Callable[[], str] = str,
    ) -> None:
        super().__init__(origins)
        self._quota_project = quota_project
        self._token: Token | None = token
        self._renew = renew
        self._clock = clock
        # The server said no to this one; one that is still to be fetched is not tried at all.
        self._rejected: Token | None = None if token.access_token else token
        self._failure: LightboxError | None = None          # why the last renewal gave nothing
        self._renewal: asyncio.Task[Token] | None = None
        self._parked = 0

    @property
    def token(self) -> Token | None:
        """The token in use; None after signing out."""
        return self._token

    @property
    def parked(self) -> int:
        """How many requests wait for a renewal."""
        return self._parked

    def replace(self, token: Token) -> None:
        """Use `token` from now on; requests that wait are sent with it."""
        self._token, self._rejected, self._failure = token, None, None
        self._drop_renewal()

    def sign_out(self) -> None:
        """Forget the token. Requests that wait, and later ones, end with SignInNeeded."""
        self._token = None
        self._drop_renewal()

    async def renew_now(self) -> Token:
        """Renew before the end, or once more after a renewal failed. Requests go on with the present token meanwhile.
        Raises what `renew` raised, SignInNeeded when signed out."""
        self._failure = None
        return await self._renewed(self._require_token())

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """httpx's hook: send, and after a 401 wait for the renewal and send once more."""
        if not self.covers(request.url):
            yield request
            return
        token = self._require_token()
        repeatable = _may_repeat(request)
        # A large body is not begun in vain: there the clock is believed beforehand.
        streams = not isinstance(request.stream, httpx.ByteStream)
        ended = token is self._rejected or (streams and token.is_expired(self._clock()))
        if ended and self._renew is not None:
            token = await self._parked_until_renewed(token)
        request.headers["Authorization"] = f"Bearer {token.access_token}"
        quota_project = self._quota_project()
        if re.fullmatch(r"[A-Za-z0-9.:_-]+", quota_project):
            request.headers["X-Goog-User-Project"] = quota_project
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED or self._renew is None:
            return
        # The connection goes back to the pool first: waiting for a person may take minutes.
        await response.aread()
        if token is self._token:
            self._rejected = token
        fresh = await self._parked_until_renewed(token)
        if not repeatable:
            return
        request.headers["Authorization"] = f"Bearer {fresh.access_token}"
        yield request

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Not offered: waiting for a renewal needs an event loop."""
        raise RuntimeError("BearerAuth works with httpx.AsyncClient only")

    def _require_token(self) -> Token:
        if self._token is None:
            raise SignInNeeded(say("auth", _SIGNED_OUT), status=401)
        return self._token

    async def _parked_until_renewed(self, stale: Token) -> Token:
        self._parked += 1
        try:
            return await self._renewed(stale)
        except SignInNeeded:
            raise
        except LightboxError as error:
            raise _sign_in_needed(error) from error
        finally:
            self._parked -= 1

    async def _renewed(self, stale: Token) -> Token:
        """The token after `stale`. Raises what the renewal raised."""
        while True:
            current = self._require_token()
            if current is not stale:
                return current
            if self._failure is not None:
                raise _sign_in_needed(self._failure)
            if self._renewal is None:
                assert self._renew is not None
                self._renewal = asyncio.create_task(self._run_renewal(self._renew, stale))
                self._renewal.add_done_callback(_retrieve)
            # One who gives up waiting does not take the renewal away from the others.
            renewal = self._renewal
            await asyncio.wait((renewal,))
            if not renewal.cancelled() and renewal.exception() is None:
                return renewal.result()
            if not renewal.cancelled():
                error = renewal.exception()
                assert error is not None
                raise error
            # Cancelled: by a token that came another way, or by signing out. Look again.

    async def _run_renewal(self, renew: Renew, stale: Token) -> Token:
        me = asyncio.current_task()
        try:
            fresh = await renew(stale)
        except LightboxError as error:
            # An attempt ahead of time that failed may be offered again when the token has really ended.
            if self._renewal is me and self._rejected is stale:
                self._failure = error
            raise
        else:
            if self._renewal is not me:             # signed out, or another token came, and `renew` did not notice
                raise asyncio.CancelledError
            self._token, self._rejected, self._failure = fresh, None, None
            return fresh
        finally:
            if self._renewal is me:
                self._renewal = None

    def _drop_renewal(self) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
            self._renewal = None


def _retrieve(task: asyncio.Task[Token]) -> None:
    """Look at a renewal's error even if nobody waits any more, so that asyncio does not report it as forgotten."""
    if not task.cancelled():
        task.exception()


def _sign_in_needed(error: LightboxError) -> SignInNeeded:
    return SignInNeeded(error.user_text, status=401, detail=error.detail, link=error.link)


def _may_repeat(request: httpx.Request) -> bool:
    """Whether the body can be sent again: bytes can, and so can what begins anew each time it is iterated over.
    A generator is used up; httpx knows which it was given, but keeps it to itself."""
    return isinstance(request.stream, httpx.ByteStream) or not getattr(request.stream, "_is_generator", True)
