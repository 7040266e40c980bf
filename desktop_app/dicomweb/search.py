"""Searching (QIDO-RS, PS3.18 10.6): studies by what a person typed, series and instances to the last page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop_app.core.errors import AnswerError, NotDicomWeb, NotFound
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Instance, Series, Study
from desktop_app.dicomweb import media_types, urls
from desktop_app.dicomweb.conversation import TEXT, Conversation
from desktop_app.dicomweb.dialect import Dialect, adopted
from desktop_app.dicomweb.dicom_json import TAGS, DicomJsonDataset
from desktop_app.dicomweb.exchange import datasets_of
from desktop_app.dicomweb.query_params import (
    Params,
    after_refusal,
    include_params,
    keep,
    page_params,
    study_searches,
)
from desktop_app.dicomweb.rows import (
    INSTANCE_FIELDS,
    SERIES_FIELDS,
    instance_from_json,
    series_from_json,
    study_from_json,
)

T = TypeVar("T")

PAGE_SIZE = 1000
_MAX_ADAPTATIONS = 8
# Page sizes at which servers cut a list off on their own: a page of such a size does not prove that the list has ended.
_USUAL_CAPS = frozenset({10, 12, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000})
_ENOUGH_TO_JUDGE = 10
_REPEATS = "the server repeats pages: it seems to ignore offset"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Studies that answer a query. `more`: there may be others, ask again with `next_offset`.

    A page can be empty and still have more, when everything on it was sieved out here. A text search asks several
    keys at once, so a study can come on two pages: merge by UID.
    """

    items: tuple[Study, ...]
    more: bool
    next_offset: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """One page as the server sent it. `doubtful`: short, but of a size at which servers cut lists off by themselves."""

    params: Params
    datasets: list[DicomJsonDataset]
    more: bool
    doubtful: bool = False


class _Refused(Exception):
    """A search was answered with 400: something in it must go."""

    def __init__(self, params: Params, error: AnswerError) -> None:
        super().__init__()
        self.params, self.error = params, error


class Search:
    """The searches of one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._talk = conversation
        self._last_page: tuple[StudyQuery, frozenset[str]] = (StudyQuery(), frozenset())

    async def studies(self, query: StudyQuery, offset: int, limit: int) -> SearchPage:
        url = urls.studies_url(self._talk.root_url)

        async def ask(dialect: Dialect) -> list[_Rows]:
            return await _together([
                self._rows(url, params) for params in study_searches(query, dialect, offset=offset, limit=limit)
            ])
        answers = await self._adapting(ask)
        if not any(rows.datasets for rows in answers) and not offset:
            answers = await self._in_upper_case(query, ask) or answers
        if len(answers) > 1:
            answers = [rows for rows in answers if not self._was_ignored(query, rows)]
        answers = [await self._settled(url, rows, offset) for rows in answers]
        studies: dict[str, Study] = {}
        for rows in answers:
            for study in filter(None, map(study_from_json, rows.datasets)):
                studies.setdefault(study.study_instance_uid, study)
        if offset and studies and (query, frozenset(studies)) == self._last_page:
            self._talk.note(_REPEATS)
            return SearchPage((), more=False, next_offset=offset)
        self._last_page = query, frozenset(studies)
        unfinished = [len(rows.datasets) for rows in answers if rows.more]
        reached = min(unfinished) if unfinished else max((len(rows.datasets) for rows in answers), default=0)
        kept = tuple(study for study in studies.values() if keep(query, study))
        return SearchPage(kept, bool(unfinished), offset + reached)

    async def _in_upper_case(
        self, query: StudyQuery, ask: Callable[[Dialect], Awaitable[list[_Rows]]]
    ) -> list[_Rows]:
        """What the same search finds in capital letters, where a server tells them apart. Empty when nothing."""
        dialect = self._talk.dialect
        typed = query.text + query.patient_name
        if dialect.upper_case or typed == typed.upper():
            return []
        answers = await ask(replace(dialect, upper_case=True))
        if not any(rows.datasets for rows in answers):
            return []
        self._talk.dialect = replace(self._talk.dialect, upper_case=True).noting(
            "the server distinguishes upper and lower case in names"
        )
        return answers

    def _was_ignored(self, query: StudyQuery, rows: _Rows) -> bool:
        """Whether the server took the one key that many do not know without heeding it; then its rows are no answer."""
        if query.description:
            return False
        pattern = dict(rows.params).get("StudyDescription", "").strip("*").casefold()
        if not pattern or len(rows.datasets) < _ENOUGH_TO_JUDGE:
            return False
        heeded = sum(pattern in dataset.text(TAGS["StudyDescription"]).casefold() for dataset in rows.datasets)
        if heeded * 2 > len(rows.datasets):
            return False
        self._talk.dialect = self._talk.dialect.ignoring_key("StudyDescription").noting(
            "the server ignores StudyDescription in searches"
        )
        return True

    async def _settled(self, url: str, rows: _Rows, offset: int) -> _Rows:
        """The same page, with the doubt removed whether the server cut it off: one more row is asked for."""
        if not rows.doubtful or rows.more:
            return rows
        count = len(rows.datasets)
        others = [(name, value) for name, value in rows.params if name not in ("limit", "offset")]
        following = await self._rows(url, [*others, *page_params(offset + count, 1, self._talk.dialect)])
        known = {dataset.text(TAGS["StudyInstanceUID"]) for dataset in rows.datasets}
        more = any(dataset.text(TAGS["StudyInstanceUID"]) not in known for dataset in following.datasets)
        if more:
            self._talk.note(f"the server sends at most {count} rows at once")
        return replace(rows, more=more)

    async def series(self, study_uid: str) -> AsyncIterator[Series]:
        url = urls.study_url(self._talk.root_url, study_uid, lenient=self._talk.dialect.lenient_uids) + "/series"
        async for dataset in self._all_rows(url, SERIES_FIELDS, "SeriesInstanceUID", None):
            series = series_from_json(dataset, study_uid)
            if series is not None:
                yield series

    async def instances(self, study_uid: str, series_uid: str, limit: int | None) -> AsyncIterator[Instance]:
        lenient = self._talk.dialect.lenient_uids
        url = urls.series_url(self._talk.root_url, study_uid, series_uid, lenient=lenient) + "/instances"
        async for dataset in self._all_rows(url, INSTANCE_FIELDS, "SOPInstanceUID", limit):
            instance = instance_from_json(dataset, study_uid, series_uid)
            if instance is not None:
                yield instance

    async def ping(self) -> None:
        params = page_params(0, 1, self._talk.dialect)
        try:
            await self._rows_once(urls.studies_url(self._talk.root_url), params)
        except NotFound as error:
            raise NotDicomWeb(
                "A server answers, but there is no DICOMweb archive at this address. Check its path: "
                "it often ends in /dicom-web, /dicomweb or /rs.",
                detail=error.detail,
            ) from error

    async def _all_rows(
        self, url: str, fields: Sequence[str], uid_keyword: str, limit: int | None
    ) -> AsyncIterator[DicomJsonDataset]:
        """Rows with a UID, each once, page by page until the server has no more or only repeats itself."""
        seen: set[str] = set()
        offset = 0
        while limit is None or len(seen) < limit:
            wanted = PAGE_SIZE if limit is None else min(PAGE_SIZE, limit - len(seen))
            rows = await self._page(url, fields, offset, wanted)
            before = len(seen)
            for dataset in rows.datasets:
                uid = dataset.text(TAGS[uid_keyword])
                if uid and uid not in seen and (limit is None or len(seen) < limit):
                    seen.add(uid)
                    yield dataset
            offset += len(rows.datasets)
            if len(seen) == before:
                if rows.datasets:
                    self._talk.note(_REPEATS)
                return
            if not (rows.more or rows.doubtful):
                return

    async def _page(self, url: str, fields: Sequence[str], offset: int, limit: int) -> _Rows:
        return await self._adapting(lambda dialect: self._rows(
            url, [*include_params(fields, dialect), *page_params(offset, limit, dialect)]
        ))

    async def _rows(self, url: str, params: Params) -> _Rows:
        try:
            return await self._talk.repeating(lambda: self._rows_once(url, params))
        except AnswerError as error:
            if error.status in (400, 413, 414):
                raise _Refused(params, error) from error
            raise

    async def _rows_once(self, url: str, params: Params) -> _Rows:
        async with self._talk.get("search", media_types.JSON_LADDER, url, params=params, headers=TEXT) as response:
            datasets = await datasets_of(response)
            more = "additional results" in response.headers.get("warning", "").lower()
        count, limit = len(datasets), int(dict(params).get("limit", "0"))
        if limit and count > limit:
            self._talk.note("the server ignores limit")
        return _Rows(params, datasets, count > 0 and (more or count == limit), count in _USUAL_CAPS)

    async def _adapting(self, action: Callable[[Dialect], Awaitable[T]]) -> T:
        """The result of a search, giving up bit by bit what the server refuses. What helped is remembered."""
        start = dialect = self._talk.dialect
        first: AnswerError | None = None
        for _ in range(_MAX_ADAPTATIONS):
            try:
                result = await action(dialect)
            except _Refused as refused:
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


async def _together(coroutines: Sequence[Awaitable[T]]) -> list[T]:
    """All results; the first error ends the others, and nothing is left running."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
