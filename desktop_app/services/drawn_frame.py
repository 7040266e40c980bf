"""A frame that cannot be decoded here, drawn by the archive instead: to be looked at, never to be measured in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.errors import CannotDecode, LightboxError, NotDicomWeb
from desktop_app.core.frame_ref import FrameRef
from desktop_app.services.decode_work import decode_shown
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.frame_parts import Part

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.imaging.decode import DicomObject
    from desktop_app.services.open_objects import Opened

NOT_FOR_MEASUREMENT = "Rendered by the archive: not for measurement"

Draw = Callable[..., Awaitable[bytes]]          # DicomWebClient.retrieve_rendered


async def decoded_or_drawn(
    draw: Draw | None, decoder: Decoder, opened: Opened, ref: FrameRef, urgency: Urgency
) -> Frame:
    """The frame as it is shown; drawn by the archive where nothing here can decode it. Raises DicomErrors."""
    try:
        return await decoder.run(decode_shown, opened, ref, urgency=urgency)
    except CannotDecode:
        frame = None
        if draw is not None and not isinstance(opened, Part):       # a part is tried again in its whole object
            frame = await _drawn(draw, decoder, opened, ref, urgency)
        if frame is None:
            raise
        return frame


async def _drawn(
    draw: Draw, decoder: Decoder, dicom_object: DicomObject, ref: FrameRef, urgency: Urgency
) -> Frame | None:
    """The archive's picture with the facts of the object, without spacing or place; None when it draws none."""
    uids = ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid
    try:
        picture = await draw(*uids, frame=ref.frame_number if dicom_object.frame_count > 1 else None)
        return await decoder.run(_frame_of, picture, dicom_object, ref, urgency=urgency)
    except LightboxError:
        return None             # why it cannot be decoded is what the person should read


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
                    warnings=(NOT_FOR_MEASUREMENT, *frame.facts.warnings))
    return replace(frame, ref=ref, plane=None, facts=facts)
