"""What runs on decode threads for the loader; the slow imports happen there too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.errors import ServerFailed
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say
from desktop_app.services.decode_guard import GUARD
from desktop_app.services.frame_parts import Part

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.imaging.decode import DicomObject
    from desktop_app.imaging.shown import ReadVideo


def import_codecs() -> None:
    """Brings the codecs in, so that the first image does not wait for them."""
    import desktop_app.imaging.shown  # noqa: F401


def open_object(data: bytes, sop_instance_uid: str) -> DicomObject:
    """The object in the bytes. Raises DicomErrors; ServerFailed when it is another than the one asked for."""
    from desktop_app.imaging.decode import open_instance

    dicom_object = open_instance(data)
    found = dicom_object.instance.sop_instance_uid
    if found and found != sop_instance_uid:
        raise ServerFailed(
            say(
                "services", "The archive sent another object than the one that was asked for. It is not "
                "shown."),
            status=200,
            detail="SOP Instance UID differs",
        )
    return dicom_object


def decode_shown(opened: DicomObject | Part, ref: FrameRef) -> Frame:
    """The frame as it is shown, with what belongs to it. Raises DicomErrors.

    On a decode thread it is marked as being decoded, and videos are read in a process of their own.
    """
    guard = GUARD.get()
    if guard is None:
        frame = _shown(opened, ref.frame_number)
    else:
        with guard.decoding(ref.sop_instance_uid):
            frame = _shown(opened, ref.frame_number, guard.codecs.read_video)
    return frame if frame.ref == ref else replace(frame, ref=ref)


def _shown(opened: DicomObject | Part, number: int, read_video: ReadVideo | None = None) -> Frame:
    from desktop_app.imaging.shown import shown_frame

    return opened.decode_shown(number) if isinstance(opened, Part) else shown_frame(opened, number, read_video)
