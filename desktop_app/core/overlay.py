"""Overlay: what is shown on an image besides the reader's own drawings."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.study_object import DisplayedArea, Graphic, Presentation


@dataclass(frozen=True, slots=True)
class Overlay:
    """Drawings of other objects, the shutter of an applied presentation state, and whether it is a key image.

    `area` is the displayed area that graphics in units of the display belong to; None for the whole image. `planes` are
    bitmaps of the presentation state, `image_groups` those of the image's own that it shows, None for all.
    """

    graphics: tuple[Graphic, ...] = ()
    shutter: Shutter | None = None
    is_key: bool = False
    area: DisplayedArea | None = None
    planes: tuple[OverlayPlane, ...] = ()
    image_groups: frozenset[int] | None = None

    @classmethod
    def of(cls, graphics: tuple[Graphic, ...], applied: Presentation | None, ref: FrameRef, *, is_key: bool) -> Overlay:
        """What an image shows under a presentation state that is applied, if it speaks of that image."""
        if applied is None or not applied.speaks_of(ref):
            return cls(graphics, is_key=is_key)
        planes = tuple(one for one in applied.planes if one.frame_number in (0, ref.frame_number))
        return cls(graphics, applied.shutter, is_key, applied.area_for(ref), planes, applied.image_groups)
