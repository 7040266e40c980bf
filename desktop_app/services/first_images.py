"""The first images of a study that someone may open: fetched before it is, and no more once they turn away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.services.prefetch_order import around
from desktop_app.services.study_opener import SeriesOpened, open_study

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.image_loader import ImageLoader

OWNER = "hover"
_IMAGES = 8


async def wish_first_images(client: DicomWebClient, loader: ImageLoader, study_instance_uid: str) -> int:
    """Wishes for the images that the study would open with, behind all other wishes; how many there are."""
    async for event in open_study(client, study_instance_uid, loader.expect):
        for display_set in event.display_sets if isinstance(event, SeriesOpened) else ():
            if display_set.is_image:
                order = around(display_set.start_index, len(display_set.frames))
                refs = [display_set.frames[index] for index in order[:_IMAGES]]
                loader.wish(OWNER, refs)
                return len(refs)
    return 0
