"""How a server matches text, found out with a name that it holds: by wildcards, by fuzzy matching, or exactly."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.study import Study
from desktop_app.dicomweb import urls
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.paging import Page, Pager, Refused
from desktop_app.dicomweb.query_params import Params, page_params
from desktop_app.dicomweb.rows import study_from_json

_LOOKED_AT = 5


async def probe_matching(pager: Pager, root: str, dialect: Dialect) -> Dialect:
    """The dialect with what three small searches showed; unchanged where they show nothing."""
    async def ask(*keys: tuple[str, str], limit: int = 1) -> Page[Study] | None:
        params: Params = [*keys, *page_params(0, limit, dialect)]
        try:
            return await pager.page(urls.studies_url(root), params, study_from_json)
        except Refused:
            return None

    some = await ask(limit=_LOOKED_AT)
    family = next((name for study in some.rows if len(name := study.patient_name.alphabetic.partition("^")[0]) > 1),
                  "") if some is not None else ""
    if not family:
        return dialect
    by_wildcard = await ask(("PatientName", family[:-1] + "*"))
    if by_wildcard is not None and by_wildcard.count:
        return replace(dialect, wildcards_seen=True)
    by_likeness = await ask(("fuzzymatching", "true"), ("PatientName", family))
    found = by_likeness is not None and bool(by_likeness.count)
    return replace(dialect, wildcards=False, fuzzy=found).noting(
        "the server knows no wildcards: names are matched fuzzily" if found
        else "the server knows no wildcards: lists are narrowed on this side")
