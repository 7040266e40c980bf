"""What the archive itself shows at a pixel: its own rendered picture (PS3.18 10.4.1.1.3), to compare with."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.core.errors import LightboxError, NotDicomWeb
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say
from desktop_app.services.decoder import Decoder, Urgency

if TYPE_CHECKING:
    from desktop_app.core.window import Window
    from desktop_app.dicomweb.client import DicomWebClient


@dataclass(frozen=True, slots=True)
class ServerGrey:
    """One pixel of the archive's picture: grey, or red, green and blue; and the size of that picture."""

    value: int | tuple[int, int, int]
    columns: int
    rows: int
    is_lossy: bool


async def server_grey(
    client: DicomWebClient, decoder: Decoder, ref: FrameRef, place: tuple[int, int], size: tuple[int, int],
    window: Window | None,
) -> ServerGrey:
    """The pixel at `place` (column, row) of an image of `size` (columns, rows), in the archive's picture.

    `window` is what the picture is asked to be made with, None for the archive's own choice. A picture of another size
    is read at the same place in proportion. Raises a LightboxError where the archive draws no pictures.
    """
    uids = (ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid)
    number = ref.frame_number if ref.frame_number > 1 else None
    data = await client.retrieve_rendered(*uids, frame=number, window=window)
    return await decoder.run(_pixel, data, place, size, urgency=Urgency.VISIBLE)


def _pixel(data: bytes, place: tuple[int, int], size: tuple[int, int]) -> ServerGrey:
    from PIL import Image

    try:
        picture: Any = Image.open(io.BytesIO(data))
        lossy = picture.format == "JPEG"
        if picture.mode not in ("L", "RGB"):
            picture = picture.convert("RGB")
        columns, rows = picture.size
        at = (min(place[0] * columns // size[0], columns - 1), min(place[1] * rows // size[1], rows - 1))
        value = picture.getpixel(at)
    except MemoryError:
        raise LightboxError from None
    except Exception as error:  # Pillow's readers raise whatever the bytes make them
        raise NotDicomWeb(say(
            "services", "The archive sent a picture that cannot be read."), detail=repr(error)) from error
    if isinstance(value, tuple) and len(set(value)) == 1:
        value = value[0]
    return ServerGrey(value, columns, rows, lossy)
