"""Overlay: what is shown on an image besides the reader's own drawings."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.graphics import Shutter
from desktop_app.core.study_object import DisplayedArea, Graphic


@dataclass(frozen=True, slots=True)
class Overlay:
    """Drawings of other objects, the shutter of an applied presentation state, and whether it is a key image.

    `area` is the displayed area that graphics in units of the display belong to; None for the whole image.
    """

    graphics: tuple[Graphic, ...] = ()
    shutter: Shutter | None = None
    is_key: bool = False
    area: DisplayedArea | None = None
