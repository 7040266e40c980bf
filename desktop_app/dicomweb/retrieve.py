"""Retrieving (WADO-RS, PS3.18 10.4): objects as they are stored, frames, metadata, rendered images, bulk data."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from desktop_app.core.errors import (
    AnswerError,
    Interrupted,
    LightboxError,
    NotAllowed,
    NotDicom,
    NotDicomWeb,
    NotFound,
)
from desktop_app.core.window import VoiFunction, Window
from desktop_app.core.words import say, t
from desktop_app.dicomweb import media_types, urls
from desktop_app.dicomweb.assembled import assemble, picture_as_object, uid_made_of
from desktop_app.dicomweb.conversation import AS_IT_IS, TEXT, Conversation, OnBytes
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.exchange import (
    chunks_of,
    content_type,
    datasets_of,
    first_part,
    parts_of,
    tell_length,
)
from desktop_app.dicomweb.frame_part import FramePart
from desktop_app.dicomweb.media_types import REFUSES_MEDIA_TYPE, Kind, MediaType, sniff
from desktop_app.dicomweb.multipart import Part
from desktop_app.dicomweb.transport import server_words
from desktop_app.dicomweb.zipped import objects_in_zip

_WINDOW_FUNCTIONS = {
    VoiFunction.LINEAR: "linear", VoiFunction.LINEAR_EXACT: "linear-exact", VoiFunction.SIGMOID: "sigmoid",
}
Uids = tuple[str, str, str]             # of study, series and instance

_NO_SUCH_SERVICE = frozenset({404, 405, 406, 501})
_FRAMES_AT_ONCE = 16
_ZIP_TYPES = frozenset({media_types.ZIP, "application/x-zip-compressed"})
_DRAWS_NOTHING = t("dicomweb", "This archive draws no pictures.")
_NO_OBJECT = t(
    "dicomweb", "The archive answered, but sent no object. It may have been deleted: refresh the list.")
_NO_IMAGE = t("dicomweb", "The archive answered, but sent no image.")
_OTHER_FRAMES = t(
    "dicomweb", "The archive sent other images of this object than those it was asked for. They are not "
    "shown.")
_NOT_ALL = t("dicomweb", "The archive could not hand out all objects. What arrived is kept.")


class Retrieve:
    """The retrievals of one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._talk = conversation
        self._series: tuple[tuple[str, str], list[DicomJsonDataset]] = ("", ""), []

    def _url(self, study_uid: str, series_uid: str | None = None, sop_uid: str | None = None) -> str:
        lenient = self._talk.dialect.lenient_uids
        return urls.resource_url(self._talk.root_url, study_uid, series_uid, sop_uid, lenient=lenient)

    async def instance(
        self, study_uid: str, series_uid: str, sop_uid: str, on_bytes: OnBytes | None, on_length: OnBytes | None = None
    ) -> bytes:
        uids = (study_uid, series_uid, sop_uid)
        dialect = self._talk.dialect
        if dialect.uri_only:
            return await self._talk.repeating(lambda: self._by_uri(uids, on_bytes, on_length=on_length))
        if not dialect.has_instances:
            return await self._assembled(uids, on_bytes)
        url = self._url(*uids)
        try:
            return await self._talk.repeating(lambda: self._one_object(url, uids, on_bytes, on_length))
        except AnswerError as error:
            offers_pieces = dialect.has_metadata and dialect.has_frames
            if error.status not in _NO_SUCH_SERVICE or not offers_pieces or self._talk.has_proven("instance"):
                raise
            try:
                data = await self._assembled(uids, on_bytes)
            except LightboxError:
                raise error from None
        self._talk.learn(
            "the server hands out frames and metadata, but no instances: they are put together here",
            has_instances=False)
        return data

    async def _one_object(
        self, url: str, uids: Uids, on_bytes: OnBytes | None, on_length: OnBytes | None
    ) -> bytes:
        async with self._talk.get("instance", media_types.INSTANCE_LADDER, url) as response:
            tell_length(response, on_length)
            part = await first_part(response, on_bytes, self._talk.note)
        if part is None:
            raise NotFound(say("dicomweb", _NO_OBJECT), status=200)
        return await self._object_of(part, uids)

    async def transcoded(self, study_uid: str, series_uid: str, sop_uid: str) -> bytes:
        if self._talk.dialect.uri_only:
            return await self._by_uri((study_uid, series_uid, sop_uid), None, media_types.PLAIN_SYNTAX)
        if not self._talk.dialect.has_instances:
            raise NotFound(say("dicomweb", _NO_OBJECT), status=404)
        url = self._url(study_uid, series_uid, sop_uid)

        async def attempt() -> bytes:
            async with self._talk.get("decompressed", media_types.DECOMPRESSED_LADDER, url) as response:
                part = await first_part(response, None, self._talk.note)
            if part is None:
                raise NotFound(say("dicomweb", _NO_OBJECT), status=200)
            return _dicom(part)
        return await self._talk.repeating(attempt)

    async def _object_of(self, part: Part, uids: Uids) -> bytes:
        """The object in a part; a picture becomes one."""
        if sniff(part.data) is not Kind.JPEG:
            return _dicom(part)
        self._talk.note("the server answers with pictures where objects were asked for: not for measurement")
        return await asyncio.to_thread(picture_as_object, part.data, *uids)

    async def _by_uri(
        self, uids: Uids, on_bytes: OnBytes | None, wanted: str = "", on_length: OnBytes | None = None
    ) -> bytes:
        """WADO-URI (PS3.18 9): one object, in the `wanted` transfer syntax, or as stored where the server knows how
        to."""
        known = self._talk.dialect.accept_for("uri")
        for syntax in (wanted,) if wanted else dict.fromkeys((known or media_types.STORED_SYNTAX, "")):
            params = [*_uri_params(uids), ("contentType", media_types.DICOM)]
            params += [("transferSyntax", syntax)] if syntax else []
            opening = self._talk.exchange.open(
                "GET", self._talk.root_url, params=params, headers={**AS_IT_IS, "Accept": "*/*"})
            try:
                async with opening as response:
                    tell_length(response, on_length)
                    part = await first_part(response, on_bytes, self._talk.note)
            except AnswerError as error:
                if not syntax or wanted or error.status not in REFUSES_MEDIA_TYPE:
                    raise
                self._talk.note("objects may come transcoded: the server does not take transferSyntax=*")
                continue
            if part is None:
                break
            return await self._object_of(part, uids)
        raise NotFound(say("dicomweb", _NO_OBJECT), status=200)

    async def _assembled(self, uids: Uids, on_bytes: OnBytes | None) -> bytes:
        """An object put together from its metadata and frames."""
        try:
            found = await self.instance_metadata(*uids)
        except NotFound:                # written beforehand for the series only
            found = [one for one in await self._series_once(*uids[:2]) if one.text("00080018") == uids[2]]
        if not found:
            raise NotFound(say("dicomweb", _NO_OBJECT), status=200)
        metadata = found[0]
        count = max(1, metadata.int("00280008") or 1) if metadata.int("00280010") else 0
        frames: list[FramePart] = []
        for first in range(1, count + 1, _FRAMES_AT_ONCE):
            numbers = range(first, min(first + _FRAMES_AT_ONCE, count + 1))
            frames += await self.frames(*uids, tuple(numbers))
            if on_bytes is not None:
                on_bytes(sum(len(frame.data) for frame in frames[-len(numbers):]))
        bulk = {}
        for tag in metadata.tags:
            uri = metadata.element(tag).bulk_data_uri
            is_private = int(tag[:4], 16) % 2 == 1
            if uri and not is_private and not tag.startswith("7FE0"):
                with suppress(NotFound, NotAllowed):        # not to be had: the object does without
                    bulk[tag] = await self.bulkdata(uri, self._url(*uids) + "/metadata")
        return await asyncio.to_thread(assemble, metadata, frames, bulk)

    async def many(self, study_uid: str, series_uid: str | None, on_bytes: OnBytes | None) -> AsyncIterator[bytes]:
        """Part 10 objects of a study or series, one at a time. Raises Interrupted when some are missing."""
        ladder = media_types.MANY_INSTANCES_LADDER
        async with self._talk.get("instances", ladder, self._url(study_uid, series_uid)) as response:
            if content_type(response).name in _ZIP_TYPES:
                async for data in objects_in_zip(chunks_of(response, on_bytes)):
                    yield data
            else:
                async for part in parts_of(response, on_bytes, self._talk.note):
                    async for data in self._objects_of(part, study_uid, series_uid or ""):
                        yield data
            if response.status_code == 206:
                raise Interrupted(say("dicomweb", _NOT_ALL), detail=response.headers.get("warning", "HTTP 206"))
            if "warning" in response.headers:
                self._talk.note("the server sends a warning along with objects")

    async def _objects_of(self, part: Part, study_uid: str, series_uid: str) -> AsyncIterator[bytes]:
        kind = sniff(part.data)
        if kind is Kind.ZIP:
            async for data in objects_in_zip(_in_one_piece(part.data)):
                yield data
        elif kind is Kind.JPEG:
            digest = hashlib.sha256(part.data).hexdigest()
            series = series_uid or uid_made_of(study_uid)
            yield await self._object_of(part, (study_uid, series, uid_made_of(series, digest)))
        else:
            yield _dicom(part)

    async def metadata(self, url: str) -> list[DicomJsonDataset]:
        async def attempt() -> list[DicomJsonDataset]:
            async with self._talk.get("metadata", media_types.JSON_LADDER, url, headers=TEXT) as response:
                return [dataset async for dataset in datasets_of(response)]
        return await self._talk.repeating(attempt)

    async def series_metadata(self, study_uid: str, series_uid: str) -> list[DicomJsonDataset]:
        return await self.metadata(self._url(study_uid, series_uid) + "/metadata")

    async def instance_metadata(self, study_uid: str, series_uid: str, sop_uid: str) -> list[DicomJsonDataset]:
        return await self.metadata(self._url(study_uid, series_uid, sop_uid) + "/metadata")

    async def _series_once(self, study_uid: str, series_uid: str) -> list[DicomJsonDataset]:
        """The metadata of a series, kept while its instances are asked for one after the other."""
        if self._series[0] != (study_uid, series_uid):
            self._series = (study_uid, series_uid), await self.series_metadata(study_uid, series_uid)
        return self._series[1]

    async def frames(
        self, study_uid: str, series_uid: str, sop_uid: str, numbers: Sequence[int], on_bytes: OnBytes | None = None,
        on_length: OnBytes | None = None,
    ) -> list[FramePart]:
        one_by_one = self._talk.dialect.frames_one_by_one and len(numbers) > 1
        if not one_by_one:
            try:
                found = await self._frames(study_uid, series_uid, sop_uid, numbers, on_bytes, on_length)
            except AnswerError as error:
                if len(numbers) == 1 or error.status not in (400, 404, 406, 501):
                    raise
                found = []
            if len(found) == len(numbers):
                return found
            if len(numbers) == 1:
                raise NotFound(say("dicomweb", _NO_IMAGE), status=200)
        single = [(await self._frames(study_uid, series_uid, sop_uid, [number], on_bytes))[:1] for number in numbers]
        if not one_by_one:
            self._talk.learn_frames_one_by_one()
        if not all(single):
            raise NotFound(say("dicomweb", "The archive answered, but did not send every image."), status=200)
        return [frame for frames in single for frame in frames]

    async def _frames(
        self, study_uid: str, series_uid: str, sop_uid: str, numbers: Sequence[int], on_bytes: OnBytes | None,
        on_length: OnBytes | None = None,
    ) -> list[FramePart]:
        lenient = self._talk.dialect.lenient_uids
        url = urls.frames_url(self._talk.root_url, study_uid, series_uid, sop_uid, numbers, lenient=lenient)

        async def attempt() -> list[FramePart]:
            async with self._talk.get("frames", media_types.FRAMES_LADDER, url) as response:
                outer = content_type(response)
                tell_length(response, on_length)
                parts = [part async for part in parts_of(response, on_bytes, self._talk.note)]
                if len(parts) > len(numbers):
                    raise NotDicomWeb(
                        say("dicomweb", _OTHER_FRAMES), detail=f"{len(parts)} frames instead of {len(numbers)}")
                return [_frame(number, part, outer) for number, part in zip(numbers, parts, strict=False)]
        return await self._talk.repeating(attempt)

    async def image(
        self, kind: str, study_uid: str, series_uid: str, sop_uid: str, frame: int | None,
        viewport: tuple[int, int] | None, window: Window | None,
    ) -> bytes:
        """A picture in JPEG, PNG or whatever the server draws; `kind` is `rendered` or `thumbnail` (PS3.18 8.3.5)."""
        url = self._url(study_uid, series_uid, sop_uid)
        url += f"/{kind}" if frame is None else f"/frames/{frame}/{kind}"
        dialect = self._talk.dialect
        if not (dialect.has_thumbnails if kind == "thumbnail" else dialect.has_rendered):
            raise NotFound(say("dicomweb", _DRAWS_NOTHING), status=404)
        heeded = dialect.rendered_params
        viewport = viewport if "viewport" in heeded else None
        window = window if "window" in heeded else None
        params: list[tuple[str, str]] = []
        if dialect.uri_only:
            url = self._talk.root_url
            params += [*_uri_params((study_uid, series_uid, sop_uid)), ("contentType", "image/jpeg")]
            params += [("frameNumber", str(frame))] if frame is not None else []
            viewport = window = None
        if viewport is not None:
            params.append(("viewport", f"{viewport[0]},{viewport[1]}"))
        if window is not None:
            function = _WINDOW_FUNCTIONS[window.function]
            params.append(("window", f"{window.center:g},{window.width:g},{function}"))

        async def attempt() -> bytes:
            async with self._talk.get(kind, media_types.RENDERED_LADDER, url, params=params) as response:
                part = await first_part(response, note=self._talk.note)
            if part is None:
                raise NotFound(say("dicomweb", _NO_IMAGE), status=200)
            return _picture(part)
        return await self._talk.repeating(attempt)

    async def bulkdata(self, uri: str, base: str) -> bytes:
        try:
            url = urls.rebased(self._talk.root_url, uri, base)
        except ValueError as error:
            raise NotAllowed(
                say(
                    "dicomweb", "A part of this object lies outside this archive. Lightbox does not fetch it "
                    "from there."),
                detail="BulkDataURI on another origin",
            ) from error

        async def attempt() -> bytes:
            async with self._talk.get("bulkdata", media_types.BULKDATA_LADDER, url) as response:
                part = await first_part(response, note=self._talk.note)
            return part.data if part is not None else b""
        return await self._talk.repeating(attempt)


def _uri_params(uids: Uids) -> list[tuple[str, str]]:
    return [("requestType", "WADO"), *zip(("studyUID", "seriesUID", "objectUID"), uids, strict=True)]


async def _in_one_piece(data: bytes) -> AsyncIterator[bytes]:
    yield data


# What a body that was to be something else turns out to be, and the error for it.
_TEXT_KINDS = frozenset({Kind.HTML, Kind.JSON, Kind.XML, Kind.EMPTY})


def _dicom(part: Part) -> bytes:
    """The bytes of a Part 10 object. A file without its preamble is let through: the decoder knows better."""
    kind = sniff(part.data)
    if kind is Kind.EMPTY:
        raise NotFound(say("dicomweb", _NO_OBJECT), status=200)
    if kind in _TEXT_KINDS:
        raise NotDicomWeb(detail=f"{kind.value} instead of a DICOM object: {server_words(part.data)}")
    if kind not in (Kind.DICOM, Kind.UNKNOWN):
        raise NotDicom(say(
            "dicomweb", "The archive sent {value} instead of a DICOM object.").format(value=kind.value))
    return part.data


def _picture(part: Part) -> bytes:
    kind = sniff(part.data)
    if kind in _TEXT_KINDS:
        raise NotDicomWeb(detail=f"{kind.value} instead of a picture: {server_words(part.data)}")
    return part.data


def _frame(number: int, part: Part, outer: MediaType) -> FramePart:
    own = part.media_type
    kind = sniff(part.data)
    name = own.name
    if name in ("", media_types.OCTET_STREAM) and kind.value.startswith("image/"):
        name = kind.value
    syntax = own.transfer_syntax_uid or outer.transfer_syntax_uid
    return FramePart(number, name, syntax if syntax != media_types.STORED_SYNTAX else "", part.data)
