"""LastResort: a frame that nothing here can decode, decompressed by the archive, or drawn by it: a drawn one is to be
looked at, never to be measured in."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.errors import AnswerError, CannotDecode, LightboxError, NotDicomWeb
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say, t
from desktop_app.services.decode_work import decode_shown, open_object
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.frame_parts import Part
from desktop_app.services.wanted import InstanceKey, instance_of

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.imaging.decode import DicomObject
    from desktop_app.services.open_objects import Opened

_log = logging.getLogger(__name__)
NOT_FOR_MEASUREMENT = t("services", "Rendered by the archive: not for measurement")
DECOMPRESSED_THERE = t(
    "services", "Decompressed by the archive: Lightbox cannot read how this image is stored")
MOST_BYTES = 128 * 2**20        # of all frames of an object, decompressed: larger ones are drawn frame by frame


class LastResort:
    """Of one archive. Lives on the network thread. Keeps the latest decompressed object of several frames."""

    def __init__(self, client: DicomWebClient, decoder: Decoder) -> None:
        self._client, self._decoder = client, decoder
        self._refused: set[str] = set()             # transfer syntaxes that the archive does not decompress either
        self._kept: tuple[InstanceKey, DicomObject] | None = None
        self._turn = asyncio.Lock()                 # several frames of an object do not fetch it several times

    async def frame(self, dicom_object: DicomObject, ref: FrameRef, urgency: Urgency) -> Frame | None:
        """The frame with its values, else a picture of it; None where the archive gives neither."""
        if not dicom_object.is_video:
            async with self._turn:
                frame = await self._decompressed(dicom_object, ref, urgency)
            if frame is not None:
                return frame
        return await self._drawn(dicom_object, ref, urgency)

    async def _decompressed(self, dicom_object: DicomObject, ref: FrameRef, urgency: Urgency) -> Frame | None:
        """From the object in Explicit VR Little Endian (PS3.18 8.7.3.5.2)."""
        syntax, key = dicom_object.transfer_syntax_uid, instance_of(ref)
        try:
            if self._kept is None or self._kept[0] != key:
                wanted = dicom_object.pixel_format.decoded_bytes * dicom_object.frame_count
                if syntax in self._refused or wanted > MOST_BYTES:
                    return None
                found = await self._ask(key, urgency)
                if not found.is_native:
                    self._refused.add(syntax)
                    return None
                self._kept = (key, found)
            frame = await self._decoder.run(decode_shown, self._kept[1], ref, urgency=urgency)
            if dicom_object.frame_count <= 1:
                self._kept = None
        except LightboxError as error:
            if isinstance(error, AnswerError | NotDicomWeb):
                self._refused.add(syntax)
            _log.info("the archive does not help with %s: %s", syntax, type(error).__name__)
            return None
        warnings = (say("services", DECOMPRESSED_THERE), *frame.facts.warnings)
        return replace(frame, facts=replace(frame.facts, warnings=warnings))

    async def _ask(self, key: InstanceKey, urgency: Urgency) -> DicomObject:
        data = await self._client.retrieve_transcoded(
            key.study_instance_uid, key.series_instance_uid, key.sop_instance_uid)
        return await self._decoder.run(open_object, data, key.sop_instance_uid, urgency=urgency)

    async def _drawn(self, dicom_object: DicomObject, ref: FrameRef, urgency: Urgency) -> Frame | None:
        """The archive's picture with the facts of the object, without spacing or place."""
        uids = ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid
        try:
            picture = await self._client.retrieve_rendered(
                *uids, frame=ref.frame_number if dicom_object.frame_count > 1 else None)
            return await self._decoder.run(_frame_of, picture, dicom_object, ref, urgency=urgency)
        except LightboxError:
            return None         # why it cannot be decoded is what the person should read


async def decoded_somehow(
    last_resort: LastResort | None, decoder: Decoder, opened: Opened, ref: FrameRef, urgency: Urgency
) -> Frame:
    """The frame as it is shown; with the archive's help where nothing here can decode it. Raises DicomErrors."""
    try:
        return await decoder.run(decode_shown, opened, ref, urgency=urgency)
    except CannotDecode:
        frame = None
        if last_resort is not None and not isinstance(opened, Part):    # a part is tried again in its whole object
            frame = await last_resort.frame(opened, ref, urgency)
        if frame is None:
            raise
        return frame


def _frame_of(picture: bytes, dicom_object: DicomObject, ref: FrameRef) -> Frame:
    """On a decode thread. The grey levels are the archive's: no window of the file applies to them."""
    import io

    import numpy as np
    from PIL import Image

    from desktop_app.imaging.decode import video_frame

    try:
        rgb = np.array(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.uint8)
    except Exception as error:      # Pillow's readers raise whatever the bytes make them
        raise NotDicomWeb(detail=repr(error)) from error
    frame = video_frame(dicom_object, ref.frame_number, rgb)
    facts = replace(frame.facts, spacing_mm=None, spacing_source="", unit="",
                    warnings=(say("services", NOT_FOR_MEASUREMENT), *frame.facts.warnings))
    return replace(frame, ref=ref, plane=None, facts=facts)
