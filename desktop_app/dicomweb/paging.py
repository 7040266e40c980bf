"""Pages of search answers: asked for in the words this server takes, and followed to the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import httpx

from desktop_app.core.errors import AnswerError, Interrupted
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.words import say, t
from desktop_app.dicomweb import media_types
from desktop_app.dicomweb.conversation import TEXT, Conversation
from desktop_app.dicomweb.dialect import Dialect, adopted
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.exchange import content_type, datasets_of, promised_length
from desktop_app.dicomweb.query_params import Params, after_refusal, include_params, page_params

T = TypeVar("T")
Row = TypeVar("Row", Study, Series, Instance)

PAGE_SIZE = 1000
REPEATS = "the server repeats pages: it seems to ignore offset"
_MORE_EXIST = t(
    "dicomweb", "The archive lists only the first of its objects and then the same again: more exist than are "
    "shown.")
_MAX_ADAPTATIONS = 8
_ABOUT_THE_PARAMETERS = frozenset({400, 413, 414})
# Page sizes at which servers cut a list off on their own: such a page does not prove that the list has ended.
_USUAL_CAPS = frozenset({10, 12, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000})


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page as the server sent it.

    `count` is its number of rows, also of those that could not be used. `more`: it was full, or the server said so.
    `doubtful`: of a size at which servers cut lists off by themselves.
    """

    params: Params
    rows: tuple[Row, ...]
    count: int
    more: bool
    doubtful: bool


class Refused(Exception):
    """A search was answered with 400: something in it must go."""

    def __init__(self, params: Params, error: AnswerError) -> None:
        super().__init__()
        self.params, self.error = params, error


class Pager:
    """Asks for pages within one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._talk = conversation

    async def all_rows(
        self,
        url: str,
        fields: Sequence[str],
        read: Callable[[DicomJsonDataset], Row | None],
        uid_of: Callable[[Row], str],
        limit: int | None,
    ) -> AsyncIterator[Row]:
        """Rows, each once, page by page until the server has no more or only repeats itself; at most `limit`.

        Raises Interrupted after the last row when the server said that more exist, and then only repeated itself.
        """
        seen: set[str] = set()
        offset, said_more = 0, False
        while limit is None or len(seen) < limit:
            wanted = PAGE_SIZE if limit is None else min(PAGE_SIZE, limit - len(seen))
            page = await self._page_at(url, fields, read, offset, wanted)
            before = len(seen)
            for row in page.rows:
                if uid_of(row) not in seen and (limit is None or len(seen) < limit):
                    seen.add(uid_of(row))
                    yield row
            offset += page.count
            if len(seen) == before:
                if page.rows:
                    self._talk.note(REPEATS)
                    if said_more:
                        raise Interrupted(say("dicomweb", _MORE_EXIST), detail=f"{len(seen)} rows, then the same again")
                return
            said_more = page.more
            if not (page.more or page.doubtful):
                return

    async def _page_at(
        self, url: str, fields: Sequence[str], read: Callable[[DicomJsonDataset], Row | None], offset: int, limit: int
    ) -> Page[Row]:
        def ask(dialect: Dialect) -> Awaitable[Page[Row]]:
            params = [*include_params(fields, dialect), *page_params(offset, limit, dialect)]
            return self.page(url, params, read)
        return await self.adapting(ask)

    async def page(
        self, url: str, params: Params, read: Callable[[DicomJsonDataset], Row | None]
    ) -> Page[Row]:
        """One page. Raises Refused when the server does not like the parameters."""
        try:
            return await self._talk.repeating(lambda: self.page_once(url, params, read))
        except AnswerError as error:
            if error.status in _ABOUT_THE_PARAMETERS:
                raise Refused(params, error) from error
            raise

    async def page_once(
        self, url: str, params: Params, read: Callable[[DicomJsonDataset], Row | None]
    ) -> Page[Row]:
        """One page, asked for once; every error as it is."""
        rows: list[Row] = []
        count = 0
        async with self._talk.get("search", media_types.JSON_LADDER, url, params=params, headers=TEXT) as response:
            async for dataset in datasets_of(response):
                count += 1
                if count == 1:                          # one row speaks for the server's way of writing all of them
                    for issue in dataset.issues:
                        self._talk.note(f"in searches {issue}")
                row = read(dataset)
                if row is not None:
                    rows.append(row)
            warned = "additional results" in response.headers.get("warning", "").lower()
            self._learn_of_answer(response, count)
            if response.status_code == 206:
                warned = True
                self._talk.note("the server answers a search in parts (206)")
        limit = int(dict(params).get("limit", "0"))
        if len(rows) < count:
            self._talk.note("some rows of a search had no UID and were left out")
        if limit and count > limit:
            self._talk.note("the server ignores limit")
        return Page(params, tuple(rows), count, count > 0 and (warned or count == limit), count in _USUAL_CAPS)

    def _learn_of_answer(self, response: httpx.Response, count: int) -> None:
        """How this server says that it found nothing, and what it writes though JSON was asked for."""
        dialect, kind = self._talk.dialect, content_type(response)
        if not count:
            sent = promised_length(response)
            said = "204" if response.status_code == 204 else "200 []" if sent or kind.name else "200"
            if dialect.empty_answer != said:
                self._talk.dialect = replace(dialect, empty_answer=said)
        elif "xml" in (kind.inner if kind.is_multipart else kind).name and not dialect.writes_xml:
            self._talk.dialect = replace(dialect, writes_xml=True).noting("searches are answered in XML, not JSON")

    async def adapting(self, action: Callable[[Dialect], Awaitable[T]]) -> T:
        """The result of a search, giving up bit by bit what the server refuses. What helped is remembered; when
        nothing does, the first refusal is raised."""
        start = dialect = self._talk.dialect
        first: AnswerError | None = None
        for _ in range(_MAX_ADAPTATIONS):
            try:
                result = await action(dialect)
            except Refused as refused:
                first = first or refused.error
                following = after_refusal(dialect, refused.params, refused.error.detail)
                if following is None:
                    break
                dialect = following
            else:
                self._talk.dialect = adopted(self._talk.dialect, start, dialect)
                return result
        assert first is not None
        raise first
