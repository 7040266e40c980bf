"""Searching (QIDO-RS, PS3.18 10.6): studies by what a person typed, series and instances to the last page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TypeVar

from desktop_app.core.errors import AnswerError, NotDicomWeb, NotFound, RequestRefused, SignInNeeded
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.words import say, t
from desktop_app.dicomweb import urls
from desktop_app.dicomweb.conversation import TEXT, Conversation
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.exchange import read_all
from desktop_app.dicomweb.matching_probe import probe_matching
from desktop_app.dicomweb.media_types import JSON
from desktop_app.dicomweb.modality_search import series_pages, studies_of
from desktop_app.dicomweb.paging import REPEATS, Page, Pager, Refused
from desktop_app.dicomweb.query_params import keep, page_params, study_searches
from desktop_app.dicomweb.rows import (
    INSTANCE_FIELDS,
    SERIES_FIELDS,
    instance_from_json,
    series_from_json,
    study_from_json,
)

T = TypeVar("T")
_ENOUGH_TO_JUDGE = 10
NO_ARCHIVE_HERE = (
    t(
        "dicomweb", "A server answers, but there is no DICOMweb archive at this address. Check its path: it "
        "often ends in /dicom-web, /dicomweb or /rs.")
)
_NO_FURTHER = t("dicomweb", "This archive lists no more than this, though it has more. Narrow the search.")
NO_SEARCH = (
    t(
        "dicomweb", "This archive cannot be searched. Type or paste the Study Instance UID, or drop a "
        "manifest (FHIR ImagingStudy or Key Object Selection).")
)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Studies that answer a query. `more`: there are or may be others, ask again with `next_offset`.

    A page can be empty and still have more, when everything on it was sieved out here. A text search asks several
    keys at once, so a study can come on two pages: merge by UID.
    """

    items: tuple[Study, ...]
    more: bool
    next_offset: int


class Search:
    """The searches of one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._talk = conversation
        self._pager = Pager(conversation)
        self._last_page: tuple[StudyQuery, int, frozenset[str]] = (StudyQuery(), 0, frozenset())

    async def studies(self, query: StudyQuery, offset: int, limit: int) -> SearchPage:
        dialect = self._talk.dialect
        if dialect.max_offset is not None and offset > dialect.max_offset:
            self._talk.note(f"the server lists nothing beyond {dialect.max_offset} rows")
            raise RequestRefused(say("dicomweb", _NO_FURTHER), status=400)
        if query.modality and dialect.modality_by_series:
            return await self._by_modality(query, offset, limit)
        pages = await self._pager.adapting(lambda dialect: self._ask(query, dialect, offset, limit))
        if not offset and not any(page.count for page in pages):
            pages = await self._in_upper_case(query, limit) or await self._as_it_matches(query, pages, limit) or pages
        elif any("*" in value for page in pages if page.count for _, value in page.params):
            self._talk.dialect = replace(self._talk.dialect, wildcards_seen=True)
        if len(pages) > 1 and not query.description:
            pages = [page for page in pages if not self._was_ignored(page)]
        pages = [await self._settled(page, offset) for page in pages]
        studies = {study.study_instance_uid: study for page in reversed(pages) for study in reversed(page.rows)}
        last_query, last_offset, last_studies = self._last_page
        if studies and last_offset < offset and (last_query, last_studies) == (query, frozenset(studies)):
            self._talk.note(REPEATS)
            return SearchPage((), more=False, next_offset=offset)
        self._last_page = query, offset, frozenset(studies)
        unfinished = [page.count for page in pages if page.more]
        reached = min(unfinished) if unfinished else max((page.count for page in pages), default=0)
        kept = tuple(study for study in reversed(studies.values()) if keep(query, study))
        return SearchPage(kept, bool(unfinished), offset + reached)

    async def _ask(self, query: StudyQuery, dialect: Dialect, offset: int, limit: int) -> list[Page[Study]]:
        url = urls.studies_url(self._talk.root_url)
        searches = study_searches(query, dialect, offset=offset, limit=limit)
        return await _together([self._pager.page(url, params, study_from_json) for params in searches])

    async def _by_modality(self, query: StudyQuery, offset: int, limit: int) -> SearchPage:
        """Pages count series here: `next_offset` is of them."""
        root = self._talk.root_url
        pages = await series_pages(self._pager, root, query, offset, limit)
        series = [one for page in pages for one in page.rows]
        studies = await studies_of(self._pager, root, series, query.modality)
        self._talk.note("studies are not searchable by modality: series are searched instead")
        unfinished = [page.count for page in pages if page.more or page.doubtful]
        reached = min(unfinished) if unfinished else max((page.count for page in pages), default=0)
        kept = tuple(study for study in studies if keep(query, study))
        return SearchPage(kept, bool(unfinished), offset + reached)

    async def _as_it_matches(self, query: StudyQuery, pages: list[Page[Study]], limit: int) -> list[Page[Study]]:
        """Nothing was found by wildcards, and nothing ever was: whether the server knows any, and what it finds
        otherwise. Empty when that changes nothing."""
        before = self._talk.dialect
        asked = any("*" in value for page in pages for _, value in page.params)
        if not asked or not before.wildcards or before.wildcards_seen:
            return []
        after = await probe_matching(self._pager, self._talk.root_url, before)
        self._talk.dialect = replace(
            self._talk.dialect, wildcards=after.wildcards, wildcards_seen=after.wildcards_seen, fuzzy=after.fuzzy,
            notes=tuple(dict.fromkeys((*self._talk.dialect.notes, *after.notes))))
        if after.wildcards:
            return []
        return await self._pager.adapting(lambda dialect: self._ask(query, dialect, 0, limit))

    async def _in_upper_case(self, query: StudyQuery, limit: int) -> list[Page[Study]]:
        """What the same search finds in capital letters, where a server tells them apart. Empty when nothing."""
        dialect = self._talk.dialect
        typed = query.text + query.patient_name
        if dialect.upper_case or typed == typed.upper():
            return []
        try:
            pages = await self._ask(query, replace(dialect, upper_case=True), 0, limit)
        except Refused:
            return []
        if any(page.count for page in pages):
            self._talk.dialect = replace(self._talk.dialect, upper_case=True)
            self._talk.note("the server distinguishes upper and lower case in names")
            return pages
        return []

    def _was_ignored(self, page: Page[Study]) -> bool:
        """Whether the server took the one key that many do not know without heeding it: then its rows are no answer."""
        pattern = dict(page.params).get("StudyDescription", "").strip("*").casefold()
        if not pattern or page.count < _ENOUGH_TO_JUDGE:
            return False
        if sum(pattern in study.description.casefold() for study in page.rows) * 2 > page.count:
            return False
        self._talk.dialect = self._talk.dialect.ignoring_key("StudyDescription")
        self._talk.note("the server ignores StudyDescription in searches")
        return True

    async def _settled(self, page: Page[Study], offset: int) -> Page[Study]:
        """The same page, with the doubt removed whether the server cut it off: one more row is asked for."""
        if page.more or not page.doubtful:
            return page
        others = [(name, value) for name, value in page.params if name not in ("limit", "offset")]
        params = [*others, *page_params(offset + page.count, 1, self._talk.dialect)]
        try:
            following = await self._pager.page(urls.studies_url(self._talk.root_url), params, study_from_json)
        except Refused:
            return page
        known = {study.study_instance_uid for study in page.rows}
        more = any(study.study_instance_uid not in known for study in following.rows)
        if more:
            self._talk.note(f"the server sends at most {page.count} rows at once")
        return replace(page, more=more)

    def series(self, study_uid: str) -> AsyncIterator[Series]:
        url = urls.study_url(self._talk.root_url, study_uid, lenient=self._talk.dialect.lenient_uids) + "/series"
        read = partial(series_from_json, study_uid=study_uid)
        return self._pager.all_rows(url, SERIES_FIELDS, read, attrgetter("series_instance_uid"), None)

    def instances(
        self, study_uid: str, series_uid: str, limit: int | None, *, only_uids: bool = False
    ) -> AsyncIterator[Instance]:
        lenient = self._talk.dialect.lenient_uids
        url = urls.series_url(self._talk.root_url, study_uid, series_uid, lenient=lenient) + "/instances"
        read = partial(instance_from_json, study_uid=study_uid, series_uid=series_uid)
        fields = () if only_uids else INSTANCE_FIELDS
        return self._pager.all_rows(url, fields, read, attrgetter("sop_instance_uid"), limit)

    async def among(self, study_uid: str, series_uid: str, uids: Sequence[str]) -> frozenset[str]:
        """What the server lists when asked for these instances only (PS3.4 C.2.2.2.2, a list of UIDs)."""
        lenient = self._talk.dialect.lenient_uids
        url = urls.series_url(self._talk.root_url, study_uid, series_uid, lenient=lenient) + "/instances"
        params = [("SOPInstanceUID", ",".join(uids)), *page_params(0, len(uids), self._talk.dialect)]
        try:
            page = await self._pager.page(
                url, params, partial(instance_from_json, study_uid=study_uid, series_uid=series_uid))
        except Refused as refused:
            raise refused.error from refused
        return frozenset(row.sop_instance_uid for row in page.rows)

    async def metrics(self, study_uid: str) -> tuple[int | None, int | None]:
        url = urls.study_url(self._talk.root_url, study_uid, lenient=self._talk.dialect.lenient_uids)

        async def attempt() -> tuple[int | None, int | None]:
            async with self._talk.get("metrics", (JSON,), f"{url}:getStudyMetrics", headers=TEXT) as response:
                return _metrics(await read_all(response))
        return await self._talk.repeating(attempt)

    async def ping(self) -> None:
        if not self._talk.dialect.searches:
            await self._knock()
            return
        params = page_params(0, 1, self._talk.dialect)
        try:
            await self._pager.page_once(urls.studies_url(self._talk.root_url), params, study_from_json)
        except NotFound as error:
            raise NotDicomWeb(say("dicomweb", NO_ARCHIVE_HERE), detail=error.detail) from error


    async def _knock(self) -> None:
        """For a server that has no search: any answer but one that asks for a sign-in will do."""
        try:
            async with self._talk.get("knock", ("*/*",), urls.study_url(self._talk.root_url, "1.2.3")):
                pass
        except SignInNeeded:
            raise
        except AnswerError:
            return


def _metrics(body: bytes) -> tuple[int | None, int | None]:
    """`seriesCount` and `instanceCount`, which come as text."""
    try:
        found = json.loads(body)
        return tuple(int(found[name]) if name in found else None        # type: ignore[return-value]
                     for name in ("seriesCount", "instanceCount"))
    except (ValueError, TypeError):
        return None, None


async def _together(coroutines: Sequence[Awaitable[T]]) -> list[T]:
    """All results; the first error ends the others, and nothing is left running."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
