"""Retrieve (WADO-RS), PS3.18 10.4: whole instances and metadata."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from desktop_app.archive import multipart_body
from desktop_app.archive.accept import ANY_SYNTAX, NotAcceptable, Range, parse_accept
from desktop_app.archive.answers import Refused, dataset_format, instance_url, service_root, xml_part
from desktop_app.archive.archive import Archive
from desktop_app.archive.catalogue import StoredInstance
from desktop_app.archive.header_json import join
from desktop_app.archive.multipart_body import OutPart
from desktop_app.archive.part10 import EXPLICIT_LITTLE
from desktop_app.archive.transcode import can_transcode, to_explicit_little
from desktop_app.core.errors import DicomError
from desktop_app.dicomweb.media_types import DICOM, DICOM_XML

_log = logging.getLogger(__name__)

PIECE = 1024 * 1024             # bytes read, sent and held at a time
_METADATA_BATCH = 50


async def instances_of(archive: Archive, request: Request) -> list[StoredInstance]:
    """The instances the path names. Raises Refused (404) when there is none."""
    path = request.path_params
    found = await archive.instances(path["study"], path.get("series", ""), path.get("instance", ""))
    if not found:
        raise Refused(HTTPStatus.NOT_FOUND, "The archive does not have this.")
    return found


def ranges_of(request: Request) -> tuple[Range, ...]:
    return parse_accept(request.headers.get("accept"), request.query_params.get("accept"))


async def file_pieces(archive: Archive, instance: StoredInstance) -> AsyncIterator[bytes]:
    """The bytes of an instance as they are stored. No file stays open between two pieces."""
    for offset in range(0, instance.size, PIECE):
        yield await archive.read(instance.path, offset, PIECE)


def streamed(request: Request, body: AsyncIterator[bytes], headers: Mapping[str, str]) -> Response:
    """A streaming answer; only its headers when only they were asked for."""
    if request.method == "HEAD":
        return Response(headers=headers)
    return StreamingResponse(body, headers=headers)


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    """Bytes in pieces of a bounded size."""
    for start in range(0, len(data), PIECE):
        yield data[start:start + PIECE]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How instances go out: in one message or as the only one; each as stored, or in Explicit VR Little Endian."""

    is_multipart: bool
    as_stored: bool


class RetrieveService:
    """`GET` of studies, series and instances, and of their metadata."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def instances(self, request: Request) -> Response:
        found = await instances_of(self._archive, request)
        ranges, stored = ranges_of(request), {instance.transfer_syntax_uid for instance in found}
        # Asking imports the codecs, so it is done beside the loop, and only for who may want it.
        transcodable = any(map(_wants_default, ranges)) and await self._archive.on_render(_all_transcodable, stored)
        plan = _plan(ranges, stored, is_one="instance" in request.path_params, transcodable=transcodable)
        if not plan.is_multipart:
            return await self._single(request, found[0], plan)
        boundary = multipart_body.new_boundary()
        parts = self._parts(found, plan, service_root(request))
        return streamed(request, multipart_body.write(boundary, parts),
                        {"Content-Type": multipart_body.content_type(DICOM, boundary)})

    async def _single(self, request: Request, instance: StoredInstance, plan: _Plan) -> Response:
        part = await self._part(instance, plan, service_root(request))
        headers = {"Content-Type": part.content_type, "Content-Length": str(part.length),
                   "Content-Location": part.location}
        return streamed(request, part.body, headers)

    async def _parts(self, found: Sequence[StoredInstance], plan: _Plan, root: str) -> AsyncIterator[OutPart]:
        for instance in found:
            yield await self._part(instance, plan, root)

    async def _part(self, instance: StoredInstance, plan: _Plan, root: str) -> OutPart:
        location = instance_url(root, instance.study_uid, instance.series_uid, instance.sop_instance_uid)
        if not plan.as_stored and instance.transfer_syntax_uid != EXPLICIT_LITTLE:
            data = await self._transcoded(instance)
            if data is not None:
                return OutPart(f"{DICOM}; transfer-syntax={EXPLICIT_LITTLE}", len(data), pieces(data), location)
            if not plan.is_multipart:
                raise NotAcceptable("The instance cannot be sent uncompressed; as stored it can.")
        return OutPart(f"{DICOM}; transfer-syntax={instance.transfer_syntax_uid}", instance.size,
                       file_pieces(self._archive, instance), location)

    async def _transcoded(self, instance: StoredInstance) -> bytes | None:
        """The instance in Explicit VR Little Endian. None when that fails: among others it then goes out as it is
        stored, which its part says, rather than not at all."""
        data = await self._archive.read(instance.path)
        try:
            return await self._archive.on_render(to_explicit_little, data)
        except DicomError as error:
            _log.warning("An instance could not be transcoded: %s", error.detail)
            return None

    async def metadata(self, request: Request) -> Response:
        media_type = dataset_format(ranges_of(request))
        found = await instances_of(self._archive, request)
        objects = self._header_objects(found, service_root(request))
        if media_type != DICOM_XML:
            return streamed(request, _json_pieces(objects), {"Content-Type": media_type})
        boundary = multipart_body.new_boundary()
        return streamed(request, multipart_body.write(boundary, self._xml_parts(objects)),
                        {"Content-Type": multipart_body.content_type(DICOM_XML, boundary)})

    async def _header_objects(self, found: Sequence[StoredInstance], root: str) -> AsyncIterator[list[str]]:
        """The headers of instances as DICOM JSON objects, some at a time."""
        for start in range(0, len(found), _METADATA_BATCH):
            yield await self._archive.on_disk(self._compose, found[start:start + _METADATA_BATCH], root)

    def _compose(self, batch: Sequence[StoredInstance], root: str) -> list[str]:
        lines = self._archive.header_lines_now([instance.id for instance in batch])
        return [
            join(lines[one.id].split("\n"), instance_url(root, one.study_uid, one.series_uid, one.sop_instance_uid))
            for one in batch if one.id in lines
        ]

    async def _xml_parts(self, batches: AsyncIterator[list[str]]) -> AsyncIterator[OutPart]:
        async for batch in batches:
            for each in batch:
                yield await self._archive.on_render(xml_part, each)


async def _json_pieces(batches: AsyncIterator[list[str]]) -> AsyncIterator[bytes]:
    opening = "["
    async for batch in batches:
        if batch:
            yield (opening + ",\n".join(batch)).encode("utf-8", "replace")
            opening = ",\n"
    yield b"[]" if opening == "[" else b"]"


def _syntax_wanted(wanted: Range) -> str:
    """Who names the type without a transfer syntax gets the default one (PS3.18 8.7.3.5.2); who takes anything,
    anything."""
    return wanted.transfer_syntax or (ANY_SYNTAX if "*" in wanted.name else EXPLICIT_LITTLE)


def _wants_default(wanted: Range) -> bool:
    return _syntax_wanted(wanted) == EXPLICIT_LITTLE


def _all_transcodable(transfer_syntax_uids: Iterable[str]) -> bool:
    return all(map(can_transcode, transfer_syntax_uids))


def _plan(ranges: Sequence[Range], stored: set[str], *, is_one: bool, transcodable: bool) -> _Plan:
    """The best plan that a client takes (PS3.18 8.7.7). Raises NotAcceptable."""
    for wanted in ranges:
        if not wanted.covers(DICOM) or (wanted.is_multipart is False and not is_one):
            continue
        syntax = _syntax_wanted(wanted)
        if syntax == ANY_SYNTAX or stored == {syntax}:
            return _Plan(wanted.is_multipart is not False, as_stored=True)
        if syntax == EXPLICIT_LITTLE and transcodable:
            return _Plan(wanted.is_multipart is not False, as_stored=False)
    raise NotAcceptable('Instances are available as multipart/related; type="application/dicom"; transfer-syntax=*.')
