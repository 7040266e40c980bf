"""Colour maps for grey images: grey level 0 … 255 → RGB. Needs numpy only.

Those of PS3.6 Annex B carry its names and agree with its tables within one step of 255.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from desktop_app.core.frame import Pixels

_Points = tuple[tuple[float, float], ...]       # (grey level, intensity) where the line bends

_LINES: dict[str, tuple[_Points, _Points, _Points]] = {
    "Hot Iron": (
        ((0, 0), (128, 255)),
        ((128, 0), (254, 252), (255, 255)),
        ((191, 0), (254, 252), (255, 255)),
    ),
    "PET": (
        ((63, 0), (192, 255)),
        ((0, 0), (63, 128), (128, 0), (255, 255)),
        ((0, 0), (128, 255), (192, 0), (255, 255)),
    ),
    "Hot Metal Blue": (
        ((85, 0), (102, 50), (119, 90), (153, 190), (170, 255)),
        ((119, 0), (238, 224), (255, 255)),
        ((0, 0), (102, 200), (119, 150), (136, 50), (153, 0), (170, 0), (238, 200), (255, 255)),
    ),
    "Rainbow": (
        ((0, 0), (128, 0), (192, 255), (255, 255)),
        ((0, 0), (64, 255), (192, 255), (255, 0)),
        ((0, 255), (64, 255), (128, 0), (255, 0)),
    ),
}
_TWENTY_STEPS = (
    (0, 0, 0), (96, 0, 80), (48, 48, 80), (48, 48, 112), (80, 80, 128), (96, 96, 176), (112, 112, 192),
    (128, 128, 224), (48, 96, 48), (48, 144, 48), (80, 192, 80), (64, 224, 64), (224, 224, 80), (208, 208, 96),
    (208, 176, 64), (208, 144, 0), (192, 96, 0), (176, 48, 0), (255, 0, 0), (255, 255, 255),
)
_STEPS_AT = (13, 26, 39, 51, 64, 77, 90, 102, 115, 128, 141, 153, 166, 179, 192, 204, 217, 230, 243)
GREY_MAP = "Grey"
COLOUR_MAPS = (GREY_MAP, *_LINES, "PET 20 Step")


@lru_cache(maxsize=len(COLOUR_MAPS))
def colour_map(name: str) -> Pixels:
    """The map as (256, 3) uint8, read-only. Raises KeyError for a name that is not in COLOUR_MAPS."""
    levels = np.arange(256)
    table: Pixels
    if name == GREY_MAP:
        table = np.repeat(levels[:, None], 3, axis=1)
    elif name == "PET 20 Step":
        table = np.array(_TWENTY_STEPS)[np.searchsorted(_STEPS_AT, levels, side="right")]
    else:
        channels = [np.interp(levels, [at for at, _ in points], [to for _, to in points]) for points in _LINES[name]]
        table = np.floor(np.stack(channels, axis=1) + 0.5)
    colours: Pixels = table.astype(np.uint8)
    colours.setflags(write=False)
    return colours


def coloured(grey: Pixels, name: str) -> Pixels:
    """Grey levels (rows, columns) → (rows, columns, 3) uint8."""
    return np.take(colour_map(name), grey, axis=0)
