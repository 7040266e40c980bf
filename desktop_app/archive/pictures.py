"""Retrieve rendered (WADO-RS), PS3.18 10.4.1.1.3, and thumbnails, 10.4.1.1.4."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desktop_app.archive import multipart_body
from desktop_app.archive.accept import NotAcceptable, choose
from desktop_app.archive.answers import Refused, service_root, warning_headers
from desktop_app.archive.archive import Archive
from desktop_app.archive.catalogue import StoredInstance
from desktop_app.archive.frames import parse_frame_list
from desktop_app.archive.multipart_body import OutPart
from desktop_app.archive.rendering import (
    OFFERED,
    PictureRequest,
    ignored_parameters,
    parse_picture,
    picture,
)
from desktop_app.archive.wado import instances_of, pieces, ranges_of, streamed
from desktop_app.core.errors import DicomError, DiskError, NoPixelData, NotFound

_NOT_HERE = (NoPixelData, NotFound, DiskError)


class PictureService:
    """Instances and frames as JPEG or PNG; thumbnails of these, and of series and studies."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def rendered(self, request: Request) -> Response:
        return await self._answer(request, is_thumbnail=False)

    async def thumbnail(self, request: Request) -> Response:
        return await self._answer(request, is_thumbnail=True)

    async def _answer(self, request: Request, *, is_thumbnail: bool) -> Response:
        found = await instances_of(self._archive, request)
        try:
            numbers = parse_frame_list(request.path_params["frame"]) if "frame" in request.path_params else [1]
            ranges = ranges_of(request)
            media_type = self._media_type(request, several=len(numbers) > 1)
            wish = parse_picture(request.query_params, media_type, is_thumbnail=is_thumbnail)
        except ValueError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, f"The request cannot be understood: {error}.") from error
        instance = found[0] if len(found) == 1 else await self._representative(found)
        if len(numbers) == 1 and any(one.is_multipart is not True and one.covers(media_type) for one in ranges):
            data = await self._picture(instance, numbers[0], wish)
            response = streamed(request, pieces(data), {"Content-Type": media_type, "Content-Length": str(len(data))})
        else:
            boundary = multipart_body.new_boundary()
            body = multipart_body.write(boundary, self._parts(instance, numbers, wish))
            response = streamed(request, body, {"Content-Type": multipart_body.content_type(media_type, boundary)})
        texts = [f"The {name} parameter is not supported. It has been ignored."
                 for name in ignored_parameters(request.query_params)]
        for name, value in warning_headers(service_root(request), texts):
            response.headers.append(name, value)
        return response

    @staticmethod
    def _media_type(request: Request, *, several: bool) -> str:
        ranges = ranges_of(request)
        try:
            if not several:
                return choose(ranges, OFFERED)
        except NotAcceptable:
            pass
        for wanted in ranges:
            for media_type in OFFERED:
                if wanted.is_multipart is not False and wanted.covers(media_type):
                    return media_type
        raise NotAcceptable(f"This is available as {' or '.join(OFFERED)}.")

    async def _representative(self, found: Sequence[StoredInstance]) -> StoredInstance:
        """The middle image of the first series that has images."""
        images = await self._archive.images_among([instance.id for instance in found])
        shown = [instance for instance in found if instance.id in images]
        if not shown:
            raise Refused(HTTPStatus.NOT_FOUND, "There is no image to show.")
        series = [instance for instance in shown if instance.series_uid == shown[0].series_uid]
        return series[len(series) // 2]

    async def _picture(self, instance: StoredInstance, number: int, wish: PictureRequest) -> bytes:
        try:
            return await self._archive.on_render(picture, self._archive.path_of(instance), number, wish)
        except _NOT_HERE as error:
            raise Refused(HTTPStatus.NOT_FOUND, error.user_text) from error
        except DicomError as error:
            raise NotAcceptable(error.user_text) from error

    async def _parts(self, instance: StoredInstance, numbers: Sequence[int],
                     wish: PictureRequest) -> AsyncIterator[OutPart]:
        for number in numbers:
            data = await self._picture(instance, number, wish)
            yield OutPart(wish.media_type, len(data), pieces(data))
