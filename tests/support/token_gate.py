"""A proxy that checks bearer tokens in front of a server that knows none."""

from __future__ import annotations

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_HOP_BY_HOP = frozenset({"connection", "content-length", "host", "keep-alive", "transfer-encoding", "authorization"})


class TokenGate:
    """An ASGI application. The first of `tokens` is good for `last` requests, then the next one is wanted.

    `refused` counts the requests that came with another. What is passed on carries no token.
    """

    def __init__(self, target: str, tokens: tuple[str, ...], last: int) -> None:
        self._target, self._tokens, self._last = target.rstrip("/"), list(tokens), last
        self.refused = self.passed = 0
        self._http = httpx.AsyncClient(timeout=30, verify=False, trust_env=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self._takes(request.headers.get("authorization", "")):
            answer = await self._forward(request)
        else:
            self.refused += 1
            answer = Response("Unauthorized", 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        await answer(scope, receive, send)

    def _takes(self, credentials: str) -> bool:
        if len(self._tokens) > 1 and self._last <= self.passed:
            del self._tokens[0]
        if credentials != f"Bearer {self._tokens[0]}":
            return False
        self.passed += 1
        return True

    async def _forward(self, request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name not in _HOP_BY_HOP}
        address = f"{self._target}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
        found = await self._http.request(request.method, address, headers=headers, content=await request.body())
        kept = {name: value for name, value in found.headers.items()
                if name not in _HOP_BY_HOP and name != "content-encoding"}
        return Response(found.content, found.status_code, kept)
