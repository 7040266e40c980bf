"""A small OpenID provider that answers through httpx.MockTransport, and a browser that is a socket.

It keeps the rules that matter (PKCE, redirect_uri, one use of a code), so that a sign-in which breaks them fails here
as it would outside. Every secret that it hands out is in `secrets`, for tests that look where secrets must not be.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

ISSUER = "https://id.example.org/realms/clinic"


def jwt(claims: dict[str, Any]) -> str:
    """An ID token with a signature nobody checks."""
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


@dataclass
class FakeProvider:
    """Discovery, token and revocation endpoints. `token_answer`, if set, replaces the answer of the token endpoint."""

    issuer: str = ISSUER
    client_id: str = "lightbox"
    client_secret: str = ""
    account: str = "reader@example.org"
    lifetime_s: int | None = 3600
    granted_scope: str | None = None
    with_refresh_token: bool = True
    with_iss: bool = True
    now: float = 1_800_000_000.0
    claims: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    token_answer: Callable[[httpx.Request], httpx.Response] | None = None
    asked: list[httpx.Request] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _count: int = 0

    def client(self, **options: Any) -> httpx.AsyncClient:
        """An httpx client that reaches this provider and nothing else."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer), **options)

    # ---- the part behind the browser

    def authorize(self, url: str, **override: str) -> str:
        """What the provider's pages do once a person agrees: the address it sends the browser back to."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        self._count += 1
        code = f"code-{self._count}-{'x' * 20}"
        self._codes[code] = asked
        self.secrets += [code, asked["state"]]
        answer = {"code": code, "state": asked["state"]}
        if self.with_iss:
            answer["iss"] = self.issuer
        answer |= override
        return asked["redirect_uri"] + "?" + urlencode({key: value for key, value in answer.items() if value})

    # ---- the part on the network

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        path = request.url.path
        if path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json={
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "revocation_endpoint": f"{self.issuer}/revoke",
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": self.with_iss,
            } | self.discovery)
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        if path.endswith("/revoke"):
            self.revoked.append(form["token"])
            return httpx.Response(200)
        if self.token_answer is not None:
            return self.token_answer(request)
        return self._token(form)

    def _token(self, form: dict[str, str]) -> httpx.Response:
        if self.client_secret and form.get("client_secret") != self.client_secret:
            return _error("invalid_request", "client_secret is missing.")
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.secrets:
                return _error("invalid_grant", "unknown refresh token")
            return self._grant({"scope": ""})
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None:
            return _error("invalid_grant", "Malformed auth code.")
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        self.secrets.append(form["code_verifier"])
        if challenge != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            return _error("invalid_grant", "PKCE does not agree")
        if form["redirect_uri"] != asked["redirect_uri"] or form["client_id"] != asked["client_id"]:
            return _error("invalid_grant", "another redirect_uri or client_id")
        return self._grant(asked)

    def _grant(self, asked: dict[str, str]) -> httpx.Response:
        self._count += 1
        access, refresh = f"ya29.access{self._count}" + "a" * 20, f"1//refresh{self._count}" + "r" * 20
        claims = {
            "iss": self.issuer, "aud": self.client_id, "sub": "1001", "email": self.account,
            "exp": self.now + 3600, "iat": self.now,
        }
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        id_token = jwt(claims | self.claims)
        self.secrets += [access, refresh, id_token]
        answer: dict[str, Any] = {"access_token": access, "token_type": "Bearer", "id_token": id_token}
        if self.lifetime_s is not None:
            answer["expires_in"] = self.lifetime_s
        if self.with_refresh_token:
            answer["refresh_token"] = refresh
        scope = self.granted_scope if self.granted_scope is not None else asked["scope"]
        if scope:
            answer["scope"] = scope
        return httpx.Response(200, json=answer)


def _error(code: str, description: str) -> httpx.Response:
    return httpx.Response(400, json={"error": code, "error_description": description})


class SocketBrowser:
    """A browser without pictures: opens an address, is sent back by the provider, and keeps the page it is shown."""

    def __init__(self, provider: FakeProvider, **override: str) -> None:
        self._provider = provider
        self.override = override
        self.opened: list[str] = []
        self.visits: list[asyncio.Task[Visit]] = []

    def open(self, url: str) -> None:
        """As the system would: returns at once, and the browser comes back in its own time."""
        self.opened.append(url)
        self.visits.append(asyncio.ensure_future(visit(self._provider.authorize(url, **self.override))))


@dataclass(frozen=True, slots=True)
class Visit:
    """What came back for one request."""

    status: int
    head: str
    body: str


async def visit(url: str, *, method: str = "GET", host: str = "", raw: bytes | None = None) -> Visit:
    """One request over a socket of its own."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    writer.write(raw or f"{method} {target} HTTP/1.1\r\nHost: {host or parts.netloc}\r\n\r\n".encode())
    await writer.drain()
    answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return Visit(int(head.split(" ")[1]) if head else 0, head, body)
