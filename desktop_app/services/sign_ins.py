"""SignIns: who is signed in where. Tokens live here, in memory, and nowhere else."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from desktop_app.auth.bearer import BasicAuth, BearerAuth, FixedAuth, FixedBearerAuth
from desktop_app.auth.credentials import Token
from desktop_app.auth.provider import Endpoints, OidcConfig
from desktop_app.cloud.resource import GOOGLE_HOSTS, CloudHosts
from desktop_app.core.errors import SignInFailed, SignInNeeded
from desktop_app.core.session import SessionState
from desktop_app.core.settings import GoogleSettings, Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import header_pairs
from desktop_app.core.words import say, t
from desktop_app.services.keychain import Keychain, SecretDrawer, Secrets
from desktop_app.services.session import Session

if TYPE_CHECKING:
    import ssl

    from desktop_app.services.site_file import OAuthClient

_ENTER_AGAIN = t("services", "Enter the user name and password, or the token, of this archive again.")
_HEADER_AGAIN = t(
    "services", "The value of the header “%s” is not known any more. Remove this archive and add it again.")
Ready = Callable[[], Awaitable[Mapping[str, str]]]
MakeHttp = Callable[[Store, "ssl.SSLContext | None", Ready | None], httpx.AsyncClient]

_LOOK_AGAIN_S = 30.0            # a computer that slept does not notice that time went by
_TRUST_AT = "https://oauth2.googleapis.com"


class LateAuth(httpx.Auth):
    """Credentials that are looked up when the first request wants them: the keychain may ask a person first."""

    def __init__(self, find: Callable[[], Awaitable[httpx.Auth | None]]) -> None:
        self._find = find

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """httpx's hook: once, with the header if there is one."""
        auth = await self._find()
        if isinstance(auth, FixedAuth):
            for outgoing in auth.auth_flow(request):
                yield outgoing
        else:
            yield request


def hosts_of(settings: GoogleSettings) -> CloudHosts:
    """Google's services, or those that the settings name instead."""
    return CloudHosts(
        settings.resource_manager.rstrip("/") or GOOGLE_HOSTS.resource_manager,
        settings.healthcare.rstrip("/") or GOOGLE_HOSTS.healthcare)


class SignIns:
    """One `httpx.Auth` per store. Lives on the network thread.

    `open_browser` may be called from this thread; it hands the address to the GUI's. `make_http(store, tls, ready)`
    gives the client for token requests there, with the same certificates and proxies as the images. `client` is an
    OAuth client for Google that came from a file, of the command line or of the administrator.
    """

    def __init__(
        self,
        open_browser: Callable[[str], object],
        make_http: MakeHttp,
        *,
        google: GoogleSettings = GoogleSettings(),  # noqa: B008  a frozen value
        client: OAuthClient | None = None,
        drawer: SecretDrawer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._open_browser, self._make_http, self._clock = open_browser, make_http, clock
        self.google, self._client = google, client
        self.drawer = drawer or SecretDrawer()
        self._sessions: dict[str, Session] = {}
        self._fixed: dict[str, FixedAuth] = {}
        self._defaults: dict[str, BearerAuth] = {}
        self._tls: dict[str, ssl.SSLContext] = {}
        self._with_certificate: set[str] = set()
        self._watchers: set[asyncio.Event] = set()

    # -- what connections ask for --------------------------------------------------------------------------------

    def auth(self, store: Store) -> httpx.Auth | None:
        """What attaches this store's credentials: the same object whoever signs in, None if none are needed."""
        if store.sign_in in (SignInKind.NONE, SignInKind.CERTIFICATE):
            return None
        if store.sign_in.in_browser:
            return self._joined(store).auth
        if store.sign_in is SignInKind.GOOGLE_DEFAULT:
            return self._default_auth(store)
        return LateAuth(lambda: self._lookup(store))

    def tls(self, store: Store) -> ssl.SSLContext | None:
        """The TLS context that will present this store's client certificate; None if it has none.

        The certificate is read when the first request is under way.
        """
        if not store.certificate:
            return None
        if store.key not in self._tls:
            from desktop_app.dicomweb.trust import trust_context

            self._tls[store.key] = trust_context()
        return self._tls[store.key]

    def ready(self, store: Store) -> Ready | None:
        """What each request to this store waits for: its client certificate, and the headers whose values are kept
        with the secrets. None if it has neither. Raises SignInNeeded when the values of such headers are not known."""
        if not store.certificate and not store.network.kept_headers:
            return None

        async def headers() -> Mapping[str, str]:
            secrets = await self.drawer.find(store.key)
            if store.certificate and store.key not in self._with_certificate:
                await self._load_certificate(store, secrets)
            found = dict(header_pairs(secrets.headers.splitlines()))
            missing = [name for name in store.network.kept_headers if name not in found]
            if missing:
                raise SignInNeeded(say("services", _HEADER_AGAIN) % missing[0], status=401)
            return found

        return headers

    def reached(self, store: Store) -> Store:
        """The store with what holds for all of Google, where it is one of Google's: the authority to trust."""
        if store.network.ca_file or not (self._is_at_google(store) or store.sign_in.at_google):
            return store
        return replace(store, network=replace(store.network, ca_file=self.google.ca_file))

    def _token_http(self, store: Store, address: str) -> httpx.AsyncClient:
        """What asks for tokens there: it trusts and presents what requests to the store do, without their headers."""
        network = self.reached(store).network.for_sign_in
        quiet = replace(store, network=network)
        return self._make_http(
            Store("sign-in", address, network=network), self.tls(quiet), self.ready(quiet))

    async def remember(self, store: Store, secrets: Secrets) -> None:
        """Keeps what a person typed in. Raises ValueError with a sentence for what cannot be sent."""
        auth = fixed_auth(store, secrets)
        self._fixed.pop(store.key, None)
        if auth is not None:
            self._fixed[store.key] = auth
        known = await self.drawer.find(store.key)       # a password that was asked for again loses nothing else
        await self.drawer.keep(store.key, replace(
            secrets, headers=secrets.headers or known.headers,
            certificate_password=secrets.certificate_password or known.certificate_password))

    async def use_once(self, store: Store, secrets: Secrets) -> None:
        """Secrets for this run only, kept nowhere. Raises ValueError with a sentence for what cannot be sent."""
        auth = fixed_auth(store, secrets)
        if auth is not None:
            self._fixed[store.key] = auth

    def forget_fixed(self, store: Store) -> None:
        """The next request looks for this store's secrets anew."""
        self._fixed.pop(store.key, None)
        if store.sign_in is SignInKind.GOOGLE_DEFAULT:
            self._defaults.pop(self._default_key(store), None)
        self._with_certificate.discard(store.key)
        self._tls.pop(store.key, None)

    async def keep_google_client(self, client_id: str, client_secret: str) -> None:
        """The secret of an OAuth client that the user set up."""
        await self.drawer.keep(google_client_key(client_id), Secrets(client_secret=client_secret))

    async def apply(self, settings: Settings, keychain: Keychain | None) -> None:
        """Other settings hold from now on. Secrets that shall not be kept any more leave the keychain."""
        self.google = settings.google
        if settings.keep_secrets:
            self.drawer.use(keychain)
        else:
            names = [store.key for store in settings.archives]
            await self.drawer.stop_keeping([*names, google_client_key(settings.google.client_id)])

    # -- sessions ------------------------------------------------------------------------------------------------

    def session(self, store: Store) -> Session:
        """The session that opens this store: one for all stores of Google's, else one for each store."""
        at_google = store.sign_in is SignInKind.GOOGLE and self._is_at_google(store)
        key = f"google {store.client_id}" if at_google else store.key
        if key not in self._sessions:
            origins = hosts_of(self.google).origins if at_google else (store.origin,)
            self._sessions[key] = self._make(key, store, origins)
        return self._sessions[key]

    def _joined(self, store: Store) -> Session:
        session = self.session(store)
        if store.key not in session.stores:
            session.stores.add(store.key)
            self._changed()
        return session

    def is_signed_in(self, store: Store) -> bool:
        """Whether requests get their answer without anybody going to the browser first."""
        return not store.sign_in.in_browser or self.session(store).is_active

    async def sign_in(self, store: Store, *, prompt: str = "") -> Token:
        """Runs the flow in the system's browser. Raises SignInFailed and NetworkErrors."""
        if not store.sign_in.in_browser:
            raise SignInFailed(say("services", _ENTER_AGAIN))
        return await self._joined(store).sign_in(prompt)

    async def give_up(self, store: Store) -> None:
        """Nobody waits for the browser any more; requests that waited for it end with a sentence."""
        self.session(store).give_up()

    def opened_with(self, store: Store) -> frozenset[str]:
        """The keys of the stores that the same sign-in opens, this one included."""
        if not store.sign_in.in_browser:
            return frozenset({store.key})
        return frozenset(self.session(store).stores | {store.key})

    async def sign_out(self, store: Store) -> None:
        """Forgets what this store is opened with, at once, and has it revoked where there is something to revoke."""
        if store.sign_in.in_browser:
            await self.session(store).sign_out()
            return
        await self.forget_secrets(store)

    async def forget_secrets(self, store: Store) -> None:
        """What a person typed for this store is nowhere any more."""
        self.forget_fixed(store)
        await self.drawer.forget(store.key)

    def by_key(self, key: str) -> Session | None:
        return self._sessions.get(key)

    async def watch(self) -> AsyncIterator[tuple[SessionState, ...]]:
        """All sessions, now and whenever something about them changes."""
        news = asyncio.Event()
        self._watchers.add(news)
        try:
            while True:
                news.clear()
                yield tuple(session.state for session in self._sessions.values())
                waits = [wait for session in self._sessions.values()
                         if (wait := session.seconds_until_news()) is not None]
                try:
                    async with asyncio.timeout(min([*waits, _LOOK_AGAIN_S])):
                        await news.wait()
                except TimeoutError:
                    pass
        finally:
            self._watchers.discard(news)

    def _changed(self) -> None:
        for news in self._watchers:
            news.set()

    def _make(self, key: str, store: Store, origins: tuple[str, ...]) -> Session:
        from desktop_app.auth.google_sign_in import google_authorization_url
        from desktop_app.auth.oidc_sign_in import authorization_url

        is_google = store.sign_in is SignInKind.GOOGLE
        return Session(
            key, "Google" if is_google else urlsplit(store.issuer).hostname or store.name, origins,
            config=lambda: self._config(store),
            http=lambda: self._token_http(store, self.google.token or _TRUST_AT if is_google else store.issuer),
            open_browser=self._open_browser, changed=self._changed,
            build_url=google_authorization_url if is_google else authorization_url, clock=self._clock,
            quota_project=(lambda: self.google.quota_project) if is_google else str)

    async def _config(self, store: Store) -> OidcConfig:
        from desktop_app.auth.google_sign_in import google_config

        secrets = await self.drawer.find(store.key)
        if store.sign_in is not SignInKind.GOOGLE:
            return OidcConfig(
                store.issuer, store.client_id, secrets.client_secret, scopes=store.ask.all_scopes,
                redirect_port=store.redirect_port, redirect_host=store.ask.host_for(store.issuer),
                extra=store.ask.parameters)
        client_id, secret = store.client_id, secrets.client_secret
        if client_id and not secret and client_id == self.google.client_id:
            secret = (await self.drawer.find(google_client_key(client_id))).client_secret
        if not client_id and self.google.client_id:
            client_id = self.google.client_id
            secret = (await self.drawer.find(google_client_key(client_id))).client_secret
        client = self._client
        if client is not None and (client.is_named or client_id in ("", client.client_id)):
            client_id, secret = client.client_id, client.client_secret
        return google_config(client_id, secret, endpoints=self._google_endpoints())

    def _google_endpoints(self) -> Endpoints:
        from desktop_app.auth.google_sign_in import GOOGLE_ENDPOINTS

        named = self.google
        return Endpoints(
            named.issuer or GOOGLE_ENDPOINTS.issuer, named.authorization or GOOGLE_ENDPOINTS.authorization,
            named.token or GOOGLE_ENDPOINTS.token, named.revocation or GOOGLE_ENDPOINTS.revocation)

    # -- credentials without a browser ---------------------------------------------------------------------------

    async def _lookup(self, store: Store) -> httpx.Auth | None:
        if store.key not in self._fixed:
            secrets = await self.drawer.find(store.key)
            try:
                auth = fixed_auth(store, secrets)
            except ValueError:
                auth = None
            if auth is None or secrets == Secrets():
                raise SignInNeeded(say("services", _ENTER_AGAIN), status=401)
            self._fixed[store.key] = auth
        return self._fixed[store.key]

    async def _load_certificate(self, store: Store, secrets: Secrets) -> None:
        context = self.tls(store)
        if context is None:
            return
        from desktop_app.auth.client_certificate import add_client_certificate

        password = secrets.certificate_password or (
            secrets.password if store.sign_in is SignInKind.CERTIFICATE else "")
        await asyncio.to_thread(add_client_certificate, context, Path(store.certificate), password=password)
        self._with_certificate.add(store.key)

    def _is_at_google(self, store: Store) -> bool:
        return store.origin in [origin.rstrip("/") for origin in hosts_of(self.google).origins]

    def _default_key(self, store: Store) -> str:
        """One token for all of Google, as there is one file."""
        return "google default" if self._is_at_google(store) else store.key

    def _default_auth(self, store: Store) -> BearerAuth:
        key = self._default_key(store)
        if key not in self._defaults:
            from desktop_app.auth.application_default import (
                credentials_file,
                default_token,
                read_default_credentials,
            )

            own_quota_project = ""

            async def renew(_ended: Token) -> Token:
                nonlocal own_quota_project
                path = credentials_file(os.environ, Path.home(), windows=sys.platform == "win32")
                credentials = await read_default_credentials(path, self.google.token)
                own_quota_project = credentials.quota_project
                async with self._token_http(store, credentials.token_uri) as http:
                    return await default_token(credentials, http, clock=self._clock)

            origins = {store.origin, *hosts_of(self.google).origins}
            self._defaults[key] = BearerAuth(
                Token(""), origins, renew, clock=self._clock,
                quota_project=lambda: self.google.quota_project or own_quota_project)
        return self._defaults[key]


def fixed_auth(store: Store, secrets: Secrets) -> FixedAuth | None:
    """The header for what a person typed in; None where none is sent. Raises ValueError with a sentence."""
    if store.sign_in is SignInKind.BASIC:
        return BasicAuth(secrets.user, secrets.password, [store.origin])
    if store.sign_in is SignInKind.BEARER:
        return FixedBearerAuth(secrets.bearer_token, [store.origin])
    return None


def google_client_key(client_id: str) -> str:
    """Under which name the keychain holds an OAuth client's secret."""
    return f"google-client:{client_id}"
