"""Fine interpolation for a viewport: what is to be computed on a decode thread, and what comes back. No Qt.

Values are interpolated before the window wherever one grey table answers for all of them; else the finished grey
levels are made, from interpolated values too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.frame import Frame
from desktop_app.core.interpolation import Interpolation
from desktop_app.imaging.interpolate import (
    interpolated,
    interpolated_around_padding,
    slanting,
    slanting_around_padding,
)
from desktop_app.imaging.luts import GreyTable
from desktop_app.ui.viewport.resample import Cover, ScreenPatch, Slant, reduced

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class FineRequest:
    """`work` gives the patch for `key`; safe in any thread."""

    key: tuple[Any, ...]
    work: Callable[[], ScreenPatch] = field(compare=False)


def fine_values(frame: Frame, kind: Interpolation, cover: Cover) -> ScreenPatch:
    """Stored values at the places of the screen, in the type of the image: a window drag only looks them up."""
    image = frame.pixels.T if cover.turned else frame.pixels
    values = interpolated(image, kind, cover.box, cover.size)
    limits = np.iinfo(frame.pixels.dtype)
    whole = np.clip(np.rint(values), limits.min, limits.max).astype(frame.pixels.dtype)
    return cover.placed(whole)


def fine_levels(frame: Frame, kind: Interpolation, cover: Cover, table: GreyTable) -> ScreenPatch:
    """Grey levels (uint8) at the places of the screen."""
    image = frame.pixels.T if cover.turned else frame.pixels
    if frame.padding is not None:
        values = interpolated_around_padding(image, frame.padding, cover.box, cover.size)
    else:
        values = interpolated(image, kind, cover.box, cover.size)
    return cover.placed(table.levels(values), is_finished=True)


def fine_colours(frame: Frame, kind: Interpolation, cover: Cover, *, inverted: bool) -> ScreenPatch:
    """RGB (uint8) at the places of the screen."""
    image = frame.pixels.transpose(1, 0, 2) if cover.turned else frame.pixels
    values = interpolated(image, kind, cover.box, cover.size)
    return cover.placed(255 - values if inverted else values, is_finished=True)


def slanting_levels(frame: Frame, kind: Interpolation, place: Slant, factor: int, table: GreyTable | None, *,
                    inverted: bool) -> ScreenPatch:
    """What lies aslant: grey levels by the table, RGB without one. `factor` pixels are averaged into one before."""
    image = reduced(frame.pixels, factor)
    a, b, c, d, e, f = (step / factor for step in place.inverse)
    inverse = (a, b, c, d, e, f)
    everywhere = np.broadcast_to(np.float32(1), image.shape[:2])
    outside = slanting(everywhere, Interpolation.NEAREST, inverse, place.size) == 0
    if table is None:
        colours = slanting(image, kind, inverse, place.size)
        finished = 255 - colours if inverted else colours.copy()
        finished[outside] = 0
        return ScreenPatch(place.left, place.top, finished, is_finished=True)
    if frame.padding is not None:
        values = slanting_around_padding(image, frame.padding, inverse, place.size)
    else:
        values = slanting(image, kind, inverse, place.size)
    levels = table.levels(values)
    levels[outside] = 0                                 # whatever the polarity
    return ScreenPatch(place.left, place.top, levels, is_finished=True)
