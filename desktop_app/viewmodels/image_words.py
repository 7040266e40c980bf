"""Which image of an open study is meant, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.words import say

if TYPE_CHECKING:
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.viewmodels.work_viewer import Viewer


def image_words(viewer: Viewer, ref: FrameRef) -> str:
    """`image 30`, or `series 2, image 30` where there are several series of images; empty for what is not listed."""
    place = viewer.loading.place_of(ref)
    if place is None:
        return ""
    images = [one for one in viewer.rail.display_sets if one.is_image]
    shown = next((one for one in images if one.key == place[0]), None)
    if shown is None:
        return ""
    image = say("report", "image {number}").format(number=place[1] + 1)
    if len(images) == 1 or shown.series.number is None:
        return image
    series = say("report", "series {number}").format(number=shown.series.number)
    return f"{series}, {image}"
