"""Session: one person's sign-in at one provider, from the browser to the end, and past it.

Nothing opens a browser that nobody asked for: when the token ends, requests wait in BearerAuth until the user clicks
"Continue". When somebody else comes back from the browser, they wait until the user decides.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from desktop_app.auth.bearer import BearerAuth
from desktop_app.auth.credentials import Token, same_account
from desktop_app.auth.oidc_sign_in import UrlBuilder, authorization_url, sign_in
from desktop_app.auth.session import renew, renews_silently, sign_out
from desktop_app.core.errors import LightboxError, SignInFailed
from desktop_app.core.session import SessionPhase, SessionState
from desktop_app.core.words import say, t

if TYPE_CHECKING:
    import httpx

    from desktop_app.auth.provider import OidcConfig

_CANCELLED = t("services", "You cancelled the sign-in. Sign in again when you want to go on.")
_NOT_TAKEN = t("services", "Another account came back from the browser, and it was not used. Sign in again.")


class Session:
    """Lives on the network thread. `auth` is the same object for as long as the session lives, whoever signs in."""

    def __init__(
        self,
        key: str,
        provider: str,
        origins: Iterable[str],
        *,
        config: Callable[[], Awaitable[OidcConfig]],
        http: Callable[[], AbstractAsyncContextManager[httpx.AsyncClient]],
        open_browser: Callable[[str], object],
        changed: Callable[[], None],
        build_url: UrlBuilder = authorization_url,
        clock: Callable[[], float] = time.time,
        quota_project: Callable[[], str] = str,
    ) -> None:
        self.key, self._provider = key, provider
        self._config, self._http, self._open_browser = config, http, open_browser
        self._changed, self._build_url, self._clock = changed, build_url, clock
        self.auth = BearerAuth(Token(""), origins, self._renew, clock=clock, quota_project=quota_project)
        self.auth.sign_out()                            # nobody is signed in yet
        self.stores: set[str] = set()
        self._last: Token | None = None                 # whose session it is, also while it has ended
        self._phase: SessionPhase | None = None         # what is being waited for; None when the token tells
        self._address, self._trouble, self._other = "", "", ""
        self._click: asyncio.Future[bool] | None = None
        self._asked_for = False
        self._attempt: asyncio.Task[Token] | None = None

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def state(self) -> SessionState:
        token = self.auth.token or self._last
        return SessionState(
            self.key, self._provider, self._phase or self._phase_of_token(), tuple(sorted(self.stores)),
            account=token.account if token else "", ends_at=token.expires_at if token else None,
            parked=self.auth.parked, address=self._address, other_account=self._other, trouble=self._trouble,
            notices=token.notices if token else ())

    @property
    def is_active(self) -> bool:
        """Whether somebody is signed in, and it has not ended."""
        return (self._phase or self._phase_of_token()) in (SessionPhase.ACTIVE, SessionPhase.ENDING)

    def seconds_until_news(self) -> float | None:
        """When the clock alone changes the state."""
        token = self.auth.token
        if token is None or token.notice_at is None or token.expires_at is None or renews_silently(token):
            return None
        now = self._clock()
        return next((moment - now for moment in (token.notice_at, token.expires_at) if moment > now), None)

    def _phase_of_token(self) -> SessionPhase:
        token, now = self.auth.token, self._clock()
        if token is None:
            return SessionPhase.FAILED if self._trouble else SessionPhase.SIGNED_OUT
        if token.notice_at is None or token.notice_at > now or renews_silently(token):
            return SessionPhase.ACTIVE
        return SessionPhase.ENDED if token.is_expired(now) else SessionPhase.ENDING

    def _say(self, phase: SessionPhase | None) -> None:
        self._phase = phase
        if phase is not SessionPhase.BROWSER:
            self._address = ""
        self._changed()

    # -- what a person does --------------------------------------------------------------------------------------

    async def sign_in(self, prompt: str = "") -> Token:
        """Runs the flow in the browser; `prompt` is OpenID Connect's. Raises SignInFailed and NetworkError's kin.

        A second call takes the place of the first; a renewal that waits for a click gets it, so that the requests
        behind it go on too.
        """
        if self._renewing is not None:
            return await self._finish_renewal()
        self.give_up()
        attempt = self._attempt = asyncio.ensure_future(self._sign_in(prompt))
        try:
            return await asyncio.shield(attempt)
        except asyncio.CancelledError:
            if attempt.cancelled():
                raise SignInFailed(say("services", _CANCELLED)) from None
            attempt.cancel()
            raise

    async def go_on(self) -> None:
        """The click on "Continue": renews, ahead of the end or after it. What comes of it stands in `state`."""
        self._asked_for = True
        self._answer(True)
        if self.auth.token is not None:
            try:
                await self.auth.renew_now()
            except LightboxError as error:
                self._trouble = error.user_text
            finally:
                self._asked_for = False
                self._changed()

    async def _finish_renewal(self) -> Token:
        if self._address:
            self._open_browser(self._address)           # the tab may have been closed
        await self.go_on()
        if self.auth.token is None or self._trouble:
            raise SignInFailed(self._trouble)
        return self.auth.token

    def decide(self, keep: bool) -> None:
        """About another account that came back."""
        if self._phase is SessionPhase.OTHER_ACCOUNT:
            self._answer(keep)

    def give_up(self) -> None:
        """Ends what waits for a person or the browser; requests that wait end with a sentence."""
        if self._attempt is not None and not self._attempt.done():
            self._attempt.cancel()
        self._attempt = None
        self._answer(False)
        if self._renewing is not None:
            self._renewing.cancel()

    async def sign_out(self) -> bool:
        """Forgets the token at once and has the provider revoke it; whether it confirmed."""
        token = self.auth.token or self._last
        self.give_up()
        self.auth.sign_out()
        self._last, self._trouble = None, ""
        self._say(None)
        if token is None:
            return False
        try:
            config = await self._config()
        except LightboxError:
            return False
        async with self._http() as http:
            return await sign_out(config, http, token)

    # -- the flows -----------------------------------------------------------------------------------------------

    async def _sign_in(self, prompt: str) -> Token:
        self._trouble = ""
        self._say(SessionPhase.BROWSER)
        try:
            config = await self._config()
            async with self._http() as http:
                hint = self._last.account if self._last else ""
                fresh = await sign_in(
                    config, http, self._open_browser, login_hint=hint, prompt=prompt,
                    on_url=self._show_address, build_url=self._build_url, clock=self._clock)
                await self._accept(fresh, config, http)
        except LightboxError as error:
            self._trouble = error.user_text
            raise
        finally:
            self._say(None)
        self.auth.replace(fresh)
        self._changed()
        return fresh

    _renewing: asyncio.Task[Token] | None = None

    async def _renew(self, ended: Token) -> Token:
        """For BearerAuth: the token after `ended`, silently if that can be, else after a click."""
        task = self._renewing = asyncio.ensure_future(self._next(ended))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():                        # by `give_up`
                self._trouble = say("services", _CANCELLED)
                raise SignInFailed(say("services", _CANCELLED)) from None
            task.cancel()
            raise
        except LightboxError as error:
            self._trouble = error.user_text
            raise
        finally:
            if self._renewing is task:
                self._renewing = None
                self._say(None)

    async def _next(self, ended: Token) -> Token:
        config = await self._config()
        async with self._http() as http:
            if renews_silently(ended):
                try:
                    return self._taken(await renew(config, http, ended, _nobody_asked, clock=self._clock))
                except SignInFailed:
                    ended = ended.without_refresh_token()
            if not self._asked_for and not await self._wait_for_click(SessionPhase.ENDED):
                raise SignInFailed(say("services", _CANCELLED))
            self._trouble = ""
            self._say(SessionPhase.BROWSER)
            fresh = await renew(
                config, http, ended, self._open_browser, on_url=self._show_address, build_url=self._build_url,
                clock=self._clock)
            return await self._accept(fresh, config, http)

    async def _accept(self, fresh: Token, config: OidcConfig, http: httpx.AsyncClient) -> Token:
        """`fresh`, if it is the same person's, or the user says so. Raises SignInFailed."""
        if self._last is not None and not same_account(self._last, fresh):
            self._other = fresh.account
            try:
                kept = await self._wait_for_click(SessionPhase.OTHER_ACCOUNT)
            finally:
                self._other = ""
            if not kept:
                await sign_out(config, http, fresh)
                raise SignInFailed(say("services", _NOT_TAKEN))
        return self._taken(fresh)

    def _taken(self, fresh: Token) -> Token:
        self._last, self._trouble = fresh, ""
        return fresh

    async def _wait_for_click(self, phase: SessionPhase) -> bool:
        click: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._click = click
        self._say(phase)
        try:
            return await click
        finally:
            self._click = None

    def _answer(self, answer: bool) -> None:
        if self._click is not None and not self._click.done():
            self._click.set_result(answer)

    def _show_address(self, address: str) -> None:
        self._address = address
        self._changed()


def _nobody_asked(_address: str) -> bool:
    """Stands for the browser in a silent renewal: there is none."""
    return False
