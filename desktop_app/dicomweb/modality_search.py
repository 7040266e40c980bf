"""Studies by modality where only series can be searched by it: series first, then the study of each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Series, Study
from desktop_app.dicomweb import urls
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.paging import Page, Pager
from desktop_app.dicomweb.query_params import Params, include_params, page_params, study_searches
from desktop_app.dicomweb.rows import STUDY_FIELDS, series_from_json, study_from_json

_AT_ONCE = 8
_NOT_FOR_SERIES = frozenset({"includefield", "limit", "offset"})


async def series_pages(pager: Pager, root: str, query: StudyQuery, offset: int, limit: int) -> list[Page[Series]]:
    """A page of series of the modality, for every key that the text may stand in."""
    async def ask(dialect: Dialect) -> list[Page[Series]]:
        found = []
        for study_params in study_searches(replace(query, modality=""), dialect, offset=0, limit=limit):
            keys: Params = [pair for pair in study_params if pair[0] not in _NOT_FOR_SERIES]
            params = [*keys, ("Modality", query.modality.strip()), *include_params(("StudyInstanceUID",), dialect),
                      *page_params(offset, limit, dialect)]
            found.append(await pager.page(f"{root}/series", params, series_from_json))
        return found
    return await pager.adapting(ask)


async def studies_of(pager: Pager, root: str, series: Sequence[Series], modality: str) -> list[Study]:
    """The studies of these series, each once, in the order of the series."""
    uids = list(dict.fromkeys(one.study_instance_uid for one in series if one.study_instance_uid))
    lanes = asyncio.Semaphore(_AT_ONCE)

    async def one(uid: str) -> Study | None:
        async def ask(dialect: Dialect) -> Page[Study]:
            params = [("StudyInstanceUID", uid), *include_params(STUDY_FIELDS, dialect)]
            return await pager.page(urls.studies_url(root), params, study_from_json)
        async with lanes:
            page = await pager.adapting(ask)
        study = next((row for row in page.rows if row.study_instance_uid == uid), None)
        return study if study is None or study.modalities else replace(study, modalities=(modality.strip().upper(),))

    tasks = [asyncio.ensure_future(one(uid)) for uid in uids]
    try:
        return [study for study in await asyncio.gather(*tasks) if study is not None]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
