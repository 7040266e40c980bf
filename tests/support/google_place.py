"""Google in one place on loopback: sign-in, resource manager and stores, so that a window is driven as with Google."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from desktop_app.core.settings import GoogleSettings
from desktop_app.services.site_file import OAuthClient, Site
from tests.support.asgi_server import AsgiServer
from tests.support.google_like import GoogleLike
from tests.support.loopback_tls import Authority
from tests.support.oidc_fake import FakeProvider, visit

CLIENT_ID, CLIENT_SECRET = "desktop-client.example.org", "not-a-real-secret"


@dataclass
class GooglePlace:
    """`google` is the world of stores; `provider` signs people in. Tokens that the provider revoked are refused."""

    google: GoogleLike = field(default_factory=GoogleLike)
    provider: FakeProvider = field(default_factory=lambda: FakeProvider(
        client_id=CLIENT_ID, client_secret=CLIENT_SECRET, with_refresh_token=True, with_iss=False))
    ended: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    visits: list[asyncio.Task[object]] = field(default_factory=list)
    authority: Authority | None = None          # then it speaks TLS
    knows_clients: bool = False                 # and wants a certificate of the same authority

    def __enter__(self) -> Self:
        self.google.check_token = self._wrong_with
        self._app = self.google.app()
        certificate, key = self.authority.issue("place") if self.authority else (None, None)
        self._server = AsgiServer(
            self, certificate=certificate, key=key,
            clients_of=self.authority.file if self.authority and self.knows_clients else None)
        self._server.__enter__()
        self.url = self._server.url
        self.provider.issuer = f"{self.url}/id"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def site(self) -> Site:
        """As an administrator would set it up."""
        return Site(client=OAuthClient(CLIENT_ID, CLIENT_SECRET))

    def settings(self) -> GoogleSettings:
        root = self.provider.issuer         # only the browser goes to the authorization address, and it wants TLS there
        return GoogleSettings(
            resource_manager=self.url, healthcare=self.url, issuer=root,
            authorization=f"{root}/auth" if self.authority else "https://accounts.example.org/auth",
            token=f"{root}/token", revocation=f"{root}/revoke")

    def site_file(self) -> str:
        """`archives.toml` as an administrator would write it."""
        lines = [f'client_id = "{CLIENT_ID}"', f'client_secret = "{CLIENT_SECRET}"']
        lines += [f'ca_file = "{self.authority.file}"'] if self.authority else []
        names = ("resource_manager", "healthcare", "issuer", "authorization", "token", "revocation")
        lines += [f'{name} = "{getattr(self.settings(), name)}"' for name in names]
        return "[google]\n" + "\n".join(lines) + "\n"

    def store_url(self, project: str, location: str, dataset: str, store: str) -> str:
        path = f"projects/{project}/locations/{location}/datasets/{dataset}/dicomStores/{store}"
        return f"{self.url}/v1/{path}/dicomWeb"

    def open_browser(self, address: str) -> None:
        """What a person does who is signed in at the provider already: nothing. For the loop that it is called on."""
        self.opened.append(address)
        back = self.provider.authorize(address)
        self.visits.append(asyncio.ensure_future(visit(back)))

    def end_all_tokens(self) -> None:
        """Every token handed out until now has ended."""
        self.ended.update(self.provider.secrets)

    def _wrong_with(self, token: str) -> str:
        known = token in self.provider.secrets and token not in self.provider.revoked
        return "expired" if token in self.ended or not known else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/id/auth":     # whoever comes is signed in and agrees
            address = self.provider.authorize(str(Request(scope, receive).url))
            await RedirectResponse(address, 302)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/id/"):
            request = Request(scope, receive)
            answer = self.provider._answer(httpx.Request(
                request.method, str(request.url), content=await request.body(), headers=request.headers.raw))
            await Response(answer.content, answer.status_code, {"content-type": "application/json"})(
                scope, receive, send)
        else:
            await self._app(scope, receive, send)
