"""Retrieve frames and bulk data (WADO-RS), PS3.18 10.4.1.1.5 and 10.4.1.1.6."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desktop_app.archive import multipart_body
from desktop_app.archive.accept import ANY_SYNTAX, NotAcceptable, Range
from desktop_app.archive.answers import Refused, instance_url, service_root
from desktop_app.archive.archive import Archive
from desktop_app.archive.bulk import BulkValue, bulk_value, parse_bulk_path
from desktop_app.archive.catalogue import StoredInstance
from desktop_app.archive.frames import (
    Decompressor,
    FrameLayout,
    layout_of,
    media_type_of,
    parse_frame_list,
    stored_frame,
)
from desktop_app.archive.multipart_body import OutPart
from desktop_app.archive.part10 import EXPLICIT_LITTLE, PIXEL_TAGS, Buffer
from desktop_app.archive.transcode import can_transcode
from desktop_app.archive.wado import instances_of, pieces, ranges_of, streamed
from desktop_app.core.errors import DicomError, NoPixelData
from desktop_app.dicomweb.media_types import OCTET_STREAM

_LAYOUTS_KEPT = 32


@dataclass(frozen=True, slots=True)
class _Plan:
    """How frames go out. `uncompressed`: decoded to native bytes, else as stored."""

    is_multipart: bool
    media_type: str
    transfer_syntax_uid: str
    uncompressed: bool = False


class FrameService:
    """Frames and bulk data of one instance."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._layouts: dict[str, FrameLayout] = {}          # by path, the least recently used first

    async def frames(self, request: Request) -> Response:
        (instance,) = await instances_of(self._archive, request)
        try:
            numbers = parse_frame_list(request.path_params["frames"])
        except ValueError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, f"The request cannot be understood: {error}.") from error
        return await self._answer(request, instance, numbers)

    async def bulkdata(self, request: Request) -> Response:
        (instance,) = await instances_of(self._archive, request)
        try:
            path = parse_bulk_path(request.path_params["path"])
        except ValueError as error:
            raise Refused(HTTPStatus.NOT_FOUND, "There is no such bulk data.") from error
        if path[0] in PIXEL_TAGS and len(path) == 1:
            return await self._pixel_data(request, instance)

        def find(data: Buffer) -> BulkValue | None:
            return bulk_value(data, path)

        value = await self._archive.with_bytes(instance.path, find)
        if value is None:
            raise Refused(HTTPStatus.NOT_FOUND, "There is no such bulk data.")
        offered = dict.fromkeys((OCTET_STREAM, value.media_type))
        for wanted in ranges_of(request):
            for media_type in offered:
                if wanted.covers(media_type) and wanted.transfer_syntax in ("", ANY_SYNTAX, EXPLICIT_LITTLE):
                    part = OutPart(media_type, len(value.data), pieces(value.data), str(request.url.replace(query="")))
                    return self._send(request, [part], media_type, is_multipart=wanted.is_multipart is True)
        raise NotAcceptable(f"This bulk data is available as {' or '.join(offered)}.")

    async def _pixel_data(self, request: Request, instance: StoredInstance) -> Response:
        """Pixel Data as one value when it is native, as its frames when it is compressed."""
        layout = await self._layout(instance)
        return await self._answer(request, instance, list(range(1, layout.count + 1)))

    async def _layout(self, instance: StoredInstance) -> FrameLayout:
        if (kept := self._layouts.pop(instance.path, None)) is None:
            try:
                kept = await self._archive.with_bytes(instance.path, layout_of)
            except NoPixelData as error:
                raise Refused(HTTPStatus.NOT_FOUND, "The instance holds no image.") from error
            except DicomError as error:
                raise Refused(HTTPStatus.NOT_FOUND, error.user_text) from error
        self._layouts[instance.path] = kept
        while len(self._layouts) > _LAYOUTS_KEPT:
            del self._layouts[next(iter(self._layouts))]
        return kept

    async def _answer(self, request: Request, instance: StoredInstance, numbers: Sequence[int]) -> Response:
        layout = await self._layout(instance)
        if max(numbers) > layout.count:
            raise Refused(HTTPStatus.NOT_FOUND, f"The instance has {layout.count} frames, not {max(numbers)}.")
        ranges = ranges_of(request)
        decodable = layout.can_be_uncompressed and any(one.transfer_syntax in ("", EXPLICIT_LITTLE) for one in ranges) \
            and await self._archive.on_render(can_transcode, layout.transfer_syntax_uid)
        plan = _plan(ranges, layout, is_one=len(numbers) == 1, decodable=decodable)
        parts = self._parts(instance, layout, plan, numbers, service_root(request))
        # The first frame decides: one that cannot be decoded is refused before the answer has begun.
        first = await anext(parts)
        if not plan.is_multipart:
            return self._send(request, [first], plan.media_type, is_multipart=False)
        return self._send(request, _chained(first, parts), plan.media_type, is_multipart=True)

    async def _parts(self, instance: StoredInstance, layout: FrameLayout, plan: _Plan, numbers: Sequence[int],
                     root: str) -> AsyncIterator[OutPart]:
        url = instance_url(root, instance.study_uid, instance.series_uid, instance.sop_instance_uid)
        content_type = f"{plan.media_type}; transfer-syntax={plan.transfer_syntax_uid}"
        decompressor = await self._decompressor(instance, layout) if plan.uncompressed else None
        for number in numbers:
            frame = await self._archive.with_bytes(instance.path, partial(stored_frame, layout=layout, number=number))
            if decompressor is not None:
                try:
                    frame = await self._archive.on_render(decompressor.native, frame)
                except DicomError as error:
                    raise NotAcceptable(f"{error.user_text} As stored it can be had.") from error
            yield OutPart(content_type, len(frame), pieces(frame), f"{url}/frames/{number}")

    async def _decompressor(self, instance: StoredInstance, layout: FrameLayout) -> Decompressor:
        head = await self._archive.read(instance.path, 0, layout.head_length)
        return await self._archive.on_render(Decompressor, head, layout.transfer_syntax_uid)

    def _send(self, request: Request, parts: Sequence[OutPart] | AsyncIterator[OutPart], media_type: str, *,
              is_multipart: bool) -> Response:
        if not is_multipart:
            assert isinstance(parts, Sequence)
            (part,) = parts
            headers = {"Content-Type": part.content_type, "Content-Length": str(part.length),
                       "Content-Location": part.location}
            return streamed(request, part.body, headers)
        boundary = multipart_body.new_boundary()
        body = multipart_body.write(boundary, _each(parts) if isinstance(parts, Sequence) else parts)
        return streamed(request, body, {"Content-Type": multipart_body.content_type(media_type, boundary)})


def _plan(ranges: Sequence[Range], layout: FrameLayout, *, is_one: bool, decodable: bool) -> _Plan:
    """The best plan that a client takes (PS3.18 8.7.3, 8.7.7). Raises NotAcceptable."""
    stored, own_type = layout.sent_syntax_uid, media_type_of(layout.sent_syntax_uid)
    for wanted in ranges:
        if wanted.is_multipart is False and not is_one:
            continue
        is_multipart = wanted.is_multipart is not False
        if wanted.covers(own_type) and wanted.transfer_syntax in ("", ANY_SYNTAX, stored):
            return _Plan(is_multipart, own_type, stored)
        if not wanted.covers(OCTET_STREAM):
            continue
        if wanted.transfer_syntax in (ANY_SYNTAX, stored):
            return _Plan(is_multipart, OCTET_STREAM, stored)
        if wanted.transfer_syntax in ("", EXPLICIT_LITTLE) and decodable:
            return _Plan(is_multipart, OCTET_STREAM, EXPLICIT_LITTLE, uncompressed=True)
    raise NotAcceptable(f'Frames are available as multipart/related; type="{own_type}"; transfer-syntax={stored}.')


async def _each(parts: Sequence[OutPart]) -> AsyncIterator[OutPart]:
    for part in parts:
        yield part


async def _chained(first: OutPart, rest: AsyncIterator[OutPart]) -> AsyncIterator[OutPart]:
    yield first
    async for part in rest:
        yield part
