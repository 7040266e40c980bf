"""Thumbnails of series, from whatever the store can do, on a small lane of their own."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.errors import (
    AnswerError,
    LightboxError,
    NotDicomWeb,
    ServerFailed,
    SignInNeeded,
    TooBusy,
)
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say
from desktop_app.services.decoder import Decoder

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.image_loader import ImageLoader

EDGE_PX = 160
_LANES = 2
_KEPT = 256  # of about 77 kB: a study seen in the worklist and then opened asks once
_REFUSED_ENOUGH = 2  # times, without ever having worked
Thumbnail = npt.NDArray[np.uint8]


class Thumbnails:
    """Pictures of at most EDGE_PX a side. Lives on the network thread."""

    def __init__(self, client: DicomWebClient, loader: ImageLoader, decoder: Decoder) -> None:
        self._client, self._loader, self._decoder = client, loader, decoder
        self._lanes = asyncio.Semaphore(_LANES)
        self._made: OrderedDict[FrameRef, Thumbnail] = OrderedDict()
        self._making: dict[FrameRef, asyncio.Lock] = {}
        self._drawn = [_Way("thumbnail", client.retrieve_thumbnail), _Way("rendered", client.retrieve_rendered)]

    async def of(self, ref: FrameRef) -> Thumbnail:
        """(rows, columns) or (rows, columns, 3) uint8. Raises a LightboxError when no way leads to a picture.

        From the decoded frame if it is here, else drawn by the archive if it can, else from the frame after all,
        which then disturbs nothing that is being loaded.
        """
        lock = self._making.setdefault(ref, asyncio.Lock())
        try:
            async with lock:
                kept = self._kept(ref)
                if kept is not None:
                    return kept
                async with self._lanes:
                    return self._keep(ref, await self._make(ref))
        finally:
            if not lock.locked():
                self._making.pop(ref, None)

    async def _make(self, ref: FrameRef) -> Thumbnail:
        frame = self._loader.cached(ref)
        if frame is None:
            for way in self._drawn:
                if way.is_worth_trying:
                    picture = await self._drawn_by(way, ref)
                    if picture is not None:
                        return picture
            frame = await self._loader.frame(ref, pressing=False)
        return await self._decoder.run(_of_frame, frame)

    async def _drawn_by(self, way: _Way, ref: FrameRef) -> Thumbnail | None:
        """The archive's picture, None when it has none. Raises what would be no better for another way."""
        uids = (ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid)
        frame_number = ref.frame_number if ref.frame_number > 1 else None
        try:
            data = await way.ask(*uids, frame=frame_number, viewport=(EDGE_PX, EDGE_PX))
            picture = await self._decoder.run(_picture, data)
        except (SignInNeeded, TooBusy):
            raise
        except ServerFailed as error:
            way.refused += error.status == 501
            return None  # this one cannot be drawn; another may be
        except (AnswerError, NotDicomWeb):
            way.refused += 1
            return None
        way.worked = True
        return picture

    def _kept(self, ref: FrameRef) -> Thumbnail | None:
        if ref in self._made:
            self._made.move_to_end(ref)
        return self._made.get(ref)

    def _keep(self, ref: FrameRef, picture: Thumbnail) -> Thumbnail:
        picture.setflags(write=False)  # it crosses threads
        self._made[ref] = picture
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return picture


class _Way:
    """A service that draws pictures, and whether this archive offers it."""

    def __init__(self, name: str, ask: Callable[..., Awaitable[bytes]]) -> None:
        self.name, self.ask = name, ask
        self.worked = False
        self.refused = 0

    @property
    def is_worth_trying(self) -> bool:
        return self.worked or self.refused < _REFUSED_ENOUGH


def _of_frame(frame: Frame) -> Thumbnail:
    """On a decode thread, the import too."""
    from desktop_app.imaging.thumbnail import thumbnail

    return thumbnail(frame, EDGE_PX)


def _picture(data: bytes) -> Thumbnail:
    import io

    from PIL import Image

    try:
        image: Any = Image.open(io.BytesIO(data))
        image.draft("RGB" if image.mode != "L" else "L", (EDGE_PX, EDGE_PX))
        if image.mode not in ("L", "RGB"):
            image = image.convert("RGB")
        image.thumbnail((EDGE_PX, EDGE_PX))
        return np.array(image, dtype=np.uint8)
    except MemoryError:
        raise LightboxError from None
    except Exception as error:  # Pillow's readers raise whatever the bytes make them
        raise NotDicomWeb(say(
            "services", "The archive sent a preview that is not a picture."), detail=repr(error)) from error
