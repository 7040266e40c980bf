"""Search (QIDO-RS), PS3.18 10.6."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from desktop_app.archive import multipart_body
from desktop_app.archive.accept import parse_accept
from desktop_app.archive.answers import (
    dataset_format,
    json_list,
    row_objects,
    service_root,
    warning_headers,
    xml_part,
)
from desktop_app.archive.archive import Archive
from desktop_app.archive.attributes import Level
from desktop_app.archive.matching import parse_search
from desktop_app.archive.multipart_body import OutPart
from desktop_app.archive.wado import streamed
from desktop_app.dicomweb.media_types import DICOM_XML


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
        media_type, root = dataset_format(ranges), service_root(request)
        objects, warnings = await self._archive.on_disk(
            self._answer, level, request.query_params.multi_items(), request.path_params, root)
        if media_type == DICOM_XML:
            boundary = multipart_body.new_boundary()
            response = streamed(request, multipart_body.write(boundary, self._xml_parts(objects)),
                                {"Content-Type": multipart_body.content_type(DICOM_XML, boundary)})
        else:
            response = Response(json_list(objects), media_type=media_type)
        for name, value in warning_headers(root, warnings):
            response.headers.append(name, value)
        return response

    def _answer(self, level: Level, parameters: Sequence[tuple[str, str]], path: Mapping[str, str],
                root: str) -> tuple[list[str], list[str]]:
        """The rows and the warnings, in one visit to the disk thread."""
        search = parse_search(level, parameters, study_uid=path.get("study", ""), series_uid=path.get("series", ""))
        found = self._archive.search_now(search)
        warnings = list(search.warnings)
        warnings += [f"The attribute {keyword} is not matched. It has been ignored." for keyword in found.ignored]
        if found.remaining:
            warnings.append(f"There are {found.remaining} additional results that can be requested")
        return row_objects(found, root), warnings

    async def _xml_parts(self, objects: Sequence[str]) -> AsyncIterator[OutPart]:
        for each in objects:
            yield await self._archive.on_render(xml_part, each)
