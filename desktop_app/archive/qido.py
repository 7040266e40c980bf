"""Search (QIDO-RS), PS3.18 10.6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from desktop_app.archive.accept import choose, parse_accept
from desktop_app.archive.answers import DICOM_JSON, JSON, search_body, service_root, warning_headers
from desktop_app.archive.archive import Archive
from desktop_app.archive.attributes import Level
from desktop_app.archive.matching import parse_search


class SearchService:
    """The six search resources."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def studies(self, request: Request) -> Response:
        return await self._search(request, Level.STUDY)

    async def series(self, request: Request) -> Response:
        return await self._search(request, Level.SERIES)

    async def instances(self, request: Request) -> Response:
        return await self._search(request, Level.INSTANCE)

    async def _search(self, request: Request, level: Level) -> Response:
        ranges = parse_accept(request.headers.get("accept"), request.query_params.get("accept"))
        media_type = choose(ranges, (DICOM_JSON, JSON))
        root = service_root(request)
        body, warnings = await self._archive.on_disk(
            self._answer, level, request.query_params.multi_items(), request.path_params, root)
        response = Response(body, media_type=media_type)
        for name, value in warning_headers(root, warnings):
            response.headers.append(name, value)
        return response

    def _answer(self, level: Level, parameters: Sequence[tuple[str, str]], path: Mapping[str, str],
                root: str) -> tuple[bytes, list[str]]:
        """The body and its warnings, in one visit to the disk thread."""
        search = parse_search(level, parameters, study_uid=path.get("study", ""), series_uid=path.get("series", ""))
        found = self._archive.search_now(search)
        warnings = list(search.warnings)
        warnings += [f"The attribute {keyword} is not matched. It has been ignored." for keyword in found.ignored]
        if found.remaining:
            warnings.append(f"There are {found.remaining} additional results that can be requested")
        return search_body(found, root), warnings
