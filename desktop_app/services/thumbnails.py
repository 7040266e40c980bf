"""Thumbnails of series, from whatever the store can do, on a small lane of their own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.errors import AnswerError, LightboxError, NotDicomWeb, SignInNeeded, TooBusy
from desktop_app.core.frame_ref import FrameRef
from desktop_app.services.decoder import Decoder

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.image_loader import ImageLoader

EDGE_PX = 160
_LANES = 2
Thumbnail = npt.NDArray[np.uint8]


class Thumbnails:
    """Pictures of at most EDGE_PX a side. Lives on the network thread."""

    def __init__(self, client: DicomWebClient, loader: ImageLoader, decoder: Decoder) -> None:
        self._client, self._loader, self._decoder = client, loader, decoder
        self._lanes = asyncio.Semaphore(_LANES)
        self._ways = [self._from_thumbnail, self._from_rendered, self._from_frame]

    async def of(self, ref: FrameRef) -> Thumbnail:
        """(rows, columns) or (rows, columns, 3) uint8. Raises a LightboxError when no way leads to a picture."""
        async with self._lanes:
            for way in list(self._ways):
                try:
                    return await way(ref)
                except (SignInNeeded, TooBusy):
                    raise
                except (AnswerError, NotDicomWeb):
                    if way in self._ways and way != self._from_frame:
                        self._ways.remove(way)  # this store does not offer it: never asked again
            raise LightboxError("No picture of this series could be made.")

    async def _from_thumbnail(self, ref: FrameRef) -> Thumbnail:
        data = await self._client.retrieve_thumbnail(
            ref.study_instance_uid,
            ref.series_instance_uid,
            ref.sop_instance_uid,
            viewport=(EDGE_PX, EDGE_PX),
        )
        return await self._decoder.run(_picture, data)

    async def _from_rendered(self, ref: FrameRef) -> Thumbnail:
        data = await self._client.retrieve_rendered(
            ref.study_instance_uid,
            ref.series_instance_uid,
            ref.sop_instance_uid,
            viewport=(EDGE_PX, EDGE_PX),
        )
        return await self._decoder.run(_picture, data)

    async def _from_frame(self, ref: FrameRef) -> Thumbnail:
        from desktop_app.imaging.thumbnail import thumbnail

        frame = await self._loader.frame(ref)
        return await self._decoder.run(thumbnail, frame, EDGE_PX)


def _picture(data: bytes) -> Thumbnail:
    import io

    from PIL import Image, UnidentifiedImageError

    try:
        image: Any = Image.open(io.BytesIO(data))
        image.draft("RGB" if image.mode != "L" else "L", (EDGE_PX, EDGE_PX))
        if image.mode not in ("L", "RGB"):
            image = image.convert("RGB")
        image.thumbnail((EDGE_PX, EDGE_PX))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotDicomWeb("The archive sent a preview that is not a picture.", detail=repr(error)) from error
    return np.ascontiguousarray(np.asarray(image, dtype=np.uint8))
