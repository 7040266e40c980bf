"""Conversation: what the verbs of one client share: root, exchange, patience, and what was learned so far."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from desktop_app.core.errors import AnswerError
from desktop_app.dicomweb.dialect import Dialect, Knowledge
from desktop_app.dicomweb.exchange import Exchange, Params, Refusal
from desktop_app.dicomweb.media_types import REFUSES_MEDIA_TYPE
from desktop_app.dicomweb.transport import RetryPolicy, retrying

T = TypeVar("T")
OnBytes = Callable[[int], None]

# Orthanc gzips pixel data when asked to: 18 times slower than sending it as it is.
AS_IT_IS: Mapping[str, str] = {"Accept-Encoding": "identity"}
TEXT: Mapping[str, str] = {"Accept-Encoding": "gzip"}


class Conversation:
    """Mutable in one respect only: `dialect` is replaced when something is learned."""

    def __init__(
        self, root_url: str, http: httpx.AsyncClient, knowledge: Knowledge, retry: RetryPolicy,
        refusal: Refusal | None = None,
    ) -> None:
        self.root_url = root_url
        self.exchange = Exchange(http, refusal)
        self.retry = retry
        self._knowledge = knowledge
        self._proven: set[str] = set()          # kinds of request whose remembered Accept has worked in this run

    @property
    def dialect(self) -> Dialect:
        return self._knowledge.dialect

    @dialect.setter
    def dialect(self, dialect: Dialect) -> None:
        self._knowledge.dialect = dialect

    def note(self, text: str) -> None:
        self.dialect = self.dialect.noting(text)

    def learn(self, note: str, **facts: Any) -> None:
        """Fields of the dialect that turned out otherwise, and the note that says so."""
        self.dialect = replace(self.dialect, **facts).noting(note)

    def has_proven(self, kind: str) -> bool:
        """Whether a request of this kind has been answered in this run."""
        return kind in self._proven

    def learn_frames_one_by_one(self) -> None:
        self.dialect = replace(self.dialect, frames_one_by_one=True)
        self.note("the server hands out frames one by one only")

    def learn_stores_one_by_one(self) -> None:
        self.dialect = replace(self.dialect, stores_one_by_one=True)
        self.note("the server takes files one by one only")

    def learn_stores_whole(self) -> None:
        self.learn("the server takes whole objects only, not metadata and bytes side by side", stores_apart="")

    async def repeating(self, action: Callable[[], Awaitable[T]]) -> T:
        """An idempotent action under this client's retry policy."""
        return await retrying(action, self.retry)

    @asynccontextmanager
    async def get(
        self,
        kind: str,
        ladder: Sequence[str],
        url: str,
        *,
        params: Params = (),
        headers: Mapping[str, str] = AS_IT_IS,
    ) -> AsyncIterator[httpx.Response]:
        """The answer to a GET whose Accept this server takes: the remembered one for `kind`, else down the ladder.

        A server that refuses every one gets its first refusal raised.
        """
        known = self.dialect.accept_for(kind)
        refusal: AnswerError | None = None
        for accept in _rungs(known, ladder):
            opening = self.exchange.open("GET", url, params=params, headers={**headers, "Accept": accept})
            try:
                response = await opening.__aenter__()
            except AnswerError as error:
                if not _may_be_the_accept(error, kind in self._proven, refusal):
                    raise
                refusal = refusal or error
                continue
            self._proven.add(kind)
            if accept != known:
                self.dialect = self.dialect.accepting(kind, accept)
                if refusal is not None:
                    self.note(f"for {kind} the server wants Accept: {accept}")
                if "transfer-syntax" in ladder[0] and "transfer-syntax" not in accept:
                    self.note(f"{kind} may come transcoded: the server does not take transfer-syntax=*")
            try:
                yield response
            finally:
                await opening.__aexit__(None, None, None)
            return
        assert refusal is not None
        raise refusal


def _rungs(known: str, ladder: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(([known] if known else []) + list(ladder)))


def _may_be_the_accept(error: AnswerError, proven: bool, refusal: AnswerError | None) -> bool:
    """Once an Accept has worked, a 400 is about the object asked for, not about the media type. One that is only
    remembered from an earlier run, or from a document, may have been overtaken by a new version of the server."""
    if error.status not in REFUSES_MEDIA_TYPE:
        return refusal is not None and error.status == 404
    return not proven or error.status != 400
