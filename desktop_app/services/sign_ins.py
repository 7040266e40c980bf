"""SignIns: who is signed in where. Secrets live here, in memory, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.core.errors import SignInFailed
from desktop_app.core.store import SignInKind, Store

if TYPE_CHECKING:
    import httpx

    from desktop_app.auth.bearer import BearerAuth
    from desktop_app.auth.credentials import Token
    from desktop_app.auth.provider import OidcConfig

_GOOGLE = "https://oauth2.googleapis.com"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a person typed in for one store. Never printed, never written to a file."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    bearer_token: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)


class SignIns:
    """One `httpx.Auth` per store. Lives on the network thread.

    `open_browser` may be called from this thread; it hands the address to the GUI's. `make_http(address)` gives the
    client for token requests there, with the same certificates and proxies as the images.
    """

    def __init__(
        self, open_browser: Callable[[str], object], make_http: Callable[[str], httpx.AsyncClient]
    ) -> None:
        self._open_browser, self._make_http = open_browser, make_http
        self._secrets: dict[str, Secrets] = {}
        self._auths: dict[str, httpx.Auth] = {}

    def remember(self, store: Store, secrets: Secrets) -> None:
        """For this session. Raises ValueError with a sentence for what cannot be sent."""
        self._secrets[store.key] = secrets
        auth = self._fixed(store, secrets)
        if auth is not None:
            self._auths[store.key] = auth

    def auth(self, store: Store) -> httpx.Auth | None:
        return self._auths.get(store.key)

    def is_signed_in(self, store: Store) -> bool:
        return store.sign_in is SignInKind.NONE or store.key in self._auths

    async def sign_in(self, store: Store) -> str:
        """Runs the flow in the system's browser; returns whose account it is. Raises SignInFailed and NetworkErrors."""
        if store.sign_in not in (SignInKind.OIDC, SignInKind.GOOGLE):
            raise SignInFailed("Enter the user name and password, or the token, of this archive again.")
        token = await self._flow(store)
        bearer = self._bearer(store, token)
        self._auths[store.key] = bearer
        return token.account

    def sign_out(self, store: Store) -> None:
        from desktop_app.auth.bearer import BearerAuth

        auth = self._auths.pop(store.key, None)
        self._secrets.pop(store.key, None)
        if isinstance(auth, BearerAuth):
            auth.sign_out()

    def _fixed(self, store: Store, secrets: Secrets) -> httpx.Auth | None:
        from desktop_app.auth.bearer import BasicAuth, FixedBearerAuth

        if store.sign_in is SignInKind.BASIC:
            return BasicAuth(secrets.user, secrets.password, [store.origin])
        if store.sign_in is SignInKind.BEARER:
            return FixedBearerAuth(secrets.bearer_token, [store.origin])
        return None

    def _bearer(self, store: Store, token: Token) -> BearerAuth:
        from desktop_app.auth.bearer import BearerAuth

        current = self._auths.get(store.key)
        if isinstance(current, BearerAuth):
            current.replace(token)
            return current

        async def renew(ended: Token) -> Token:
            return await self._flow(store, login_hint=ended.account)

        return BearerAuth(token, [store.origin], renew)

    async def _flow(self, store: Store, login_hint: str = "") -> Token:
        from desktop_app.auth.google_sign_in import google_sign_in
        from desktop_app.auth.oidc_sign_in import sign_in

        flow = google_sign_in if store.sign_in is SignInKind.GOOGLE else sign_in
        async with self._make_http(store.issuer or _GOOGLE) as http:
            return await flow(self._config(store), http, self._open_browser, login_hint=login_hint)

    def _config(self, store: Store) -> OidcConfig:
        from desktop_app.auth.google_sign_in import google_config
        from desktop_app.auth.provider import OidcConfig

        secret = self._secrets.get(store.key, Secrets()).client_secret
        if store.sign_in is SignInKind.GOOGLE:
            return google_config(store.client_id, secret)
        return OidcConfig(store.issuer, store.client_id, secret)
