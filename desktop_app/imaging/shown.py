"""Shown: a frame with all that is shown of it: quantities of its values, overlays, shutter. Safe in any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.core.frame import Frame, Pixels
from desktop_app.core.value_mapping import ValueMapping
from desktop_app.imaging.decode import DicomObject, decode_frame, decode_frame_bytes, video_frame
from desktop_app.imaging.overlay_planes import overlay_planes
from desktop_app.imaging.real_world import RealWorldMapping, real_world_mappings
from desktop_app.imaging.shutters import read_shutter
from desktop_app.imaging.suv import in_suv

ReadVideo = Callable[[DicomObject, int], Pixels]


def shown_frame(obj: DicomObject, frame_number: int = 1, read_video: ReadVideo | None = None) -> Frame:
    """`decode_frame` and what belongs to it: PET in SUV where that can be had, with the reason where it cannot.

    `read_video` gives the RGB pixels of a frame of a video.
    """
    if obj.is_video and read_video is not None:
        return video_frame(obj, frame_number, read_video(obj, frame_number))
    return with_belongings(decode_frame(obj, frame_number), obj, frame_number)


def shown_frame_bytes(header: DicomObject, transfer_syntax_uid: str, data: bytes, frame_number: int = 1) -> Frame:
    """`decode_frame_bytes` and what belongs to the frame."""
    return with_belongings(decode_frame_bytes(header, transfer_syntax_uid, data, frame_number), header, frame_number)


def with_belongings(frame: Frame, obj: DicomObject, frame_number: int) -> Frame:
    """The frame with its shutter, its overlays and the quantities its values stand for."""
    scope = obj.scope(frame_number)
    shutter, overlays = read_shutter(scope), tuple(overlay_planes(obj, frame_number))
    if shutter is not None or overlays:
        frame = replace(frame, shutter=shutter, overlays=overlays)
    if frame.is_colour or frame.modality_lut is not None:
        return frame
    found = real_world_mappings(scope, signed=frame.pixels.dtype.kind == "i")
    return _with_real_world(in_suv(frame, obj), found)


def _with_real_world(frame: Frame, found: tuple[RealWorldMapping, ...]) -> Frame:
    if not found:
        return frame
    unit = frame.facts.unit
    own = frame.mappings or (ValueMapping(unit, unit, frame.slope, frame.intercept, is_rescale=True),)
    mappings = list(own)
    for one in found:
        name = " ".join(part for part in (one.label, one.unit) if part)
        if any(name == known.name for known in mappings):
            continue
        mappings.append(ValueMapping(name, one.unit, one.slope, one.intercept, span=(one.first, one.last),
                                     table=one.table))
    same = next((one for one in mappings[len(own):] if not one.table and not frame.facts.unit
                 and (one.slope, one.intercept) == (frame.slope, frame.intercept)), None)
    if same is not None:        # the values are these already: only their unit was told elsewhere
        return replace(frame, facts=replace(frame.facts, unit=same.unit),
                       mappings=tuple(one for one in mappings if one not in own), mapped_by=same.name)
    return replace(frame, mappings=tuple(mappings), mapped_by=frame.mapped_by or own[0].name)
