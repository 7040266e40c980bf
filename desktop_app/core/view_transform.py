"""ViewTransform: image points to viewport points and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.core.view_state import MAX_ZOOM, MIN_ZOOM, ViewState

Point = tuple[float, float]
_SIDE = {"left": -1, "right": 1}


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """An affine map: x = a·column + c·row + e, y = b·column + d·row + f, with pixel centres at whole numbers + 0.5.

    Image coordinates here are continuous: (0, 0) is the upper left corner of the first pixel.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(
        cls, state: ViewState, image_size: tuple[int, int], view_size: tuple[float, float], pixel_aspect: float = 1.0,
    ) -> ViewTransform:
        """The map for an image of (columns, rows) in a viewport of (width, height).

        `pixel_aspect` is the height of a pixel / its width. A viewport without area gives a map that is tiny, but
        still invertible.
        """
        columns, rows = image_size
        width, height = view_size
        turned = state.rotation % 2 == 1
        shown_w, shown_h = float(columns), rows * pixel_aspect
        fit = min(width / max(shown_h if turned else shown_w, 1e-9), height / max(shown_w if turned else shown_h, 1e-9))
        scale = max(fit, 1e-6) * state.zoom
        sx = scale * (-1 if state.flip_horizontal else 1)
        sy = scale * pixel_aspect * (-1 if state.flip_vertical else 1)
        cos, sin = _cos_sin(state)
        a, b, c, d = sx * cos, sx * sin, -sy * sin, sy * cos
        side = min(width, height)
        centre_x, centre_y = width / 2 + state.pan[0] * side, height / 2 + state.pan[1] * side
        spare = (width - (shown_h if turned else shown_w) * scale / state.zoom) / 2
        centre_x += spare * state.zoom * _SIDE.get(state.align, 0)
        return cls(a, b, c, d, centre_x - a * columns / 2 - c * rows / 2, centre_y - b * columns / 2 - d * rows / 2)

    @property
    def scale(self) -> float:
        """Screen pixels for one image column."""
        return float((self.a**2 + self.b**2) ** 0.5)

    @property
    def pixel_aspect(self) -> float:
        """Height of a pixel / its width, on the screen."""
        return float((self.c**2 + self.d**2) ** 0.5) / self.scale

    @property
    def is_tilted(self) -> bool:
        """Whether rows and columns lie aslant on the screen."""
        return self.a * self.b != 0.0

    def to_view(self, column: float, row: float) -> Point:
        return self.a * column + self.c * row + self.e, self.b * column + self.d * row + self.f

    def to_image(self, x: float, y: float) -> Point:
        det = self.a * self.d - self.b * self.c
        x, y = x - self.e, y - self.f
        return (self.d * x - self.c * y) / det, (self.a * y - self.b * x) / det

    def seen(self, view_size: tuple[float, float]) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of what a viewport of (width, height) shows, in image coordinates."""
        width, height = view_size
        corners = [self.to_image(x, y) for x in (0.0, width) for y in (0.0, height)]
        columns, rows = zip(*corners, strict=True)
        return min(columns), min(rows), max(columns), max(rows)

    def direction_to_view(self, column: float, row: float) -> Point:
        """Where a direction of the image points on the screen."""
        return self.a * column + self.c * row, self.b * column + self.d * row


def turned_by(state: ViewState, degrees: float, snap: float = 0.0) -> ViewState:
    """The state turned clockwise about the middle of the viewport; within `snap` of upright it stands upright."""
    whole = 90.0 * state.rotation + state.tilt + degrees
    quarters = math.floor(whole / 90.0 + 0.5)
    tilt = whole - 90.0 * quarters
    if abs(tilt) <= max(snap, 1e-9):
        degrees, tilt = degrees - tilt, 0.0
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = state.pan
    return replace(state, rotation=quarters % 4, tilt=tilt, pan=(x * cos - y * sin, x * sin + y * cos))


def _cos_sin(state: ViewState) -> tuple[float, float]:
    """Of the angle on the screen; whole numbers for quarter turns, so that these stay exact."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[state.rotation % 4]
    if not state.tilt:
        return cos, sin
    more, across = math.cos(math.radians(state.tilt)), math.sin(math.radians(state.tilt))
    return cos * more - sin * across, sin * more + cos * across


def zoomed_about(state: ViewState, factor: float, anchor: Point, view_size: tuple[float, float]) -> ViewState:
    """The state zoomed by a factor so that what lies under the anchor (viewport pixels) stays there."""
    zoom = min(max(state.zoom * factor, MIN_ZOOM), MAX_ZOOM)
    factor = zoom / state.zoom
    width, height = view_size
    side = min(width, height) or 1.0
    centre = (width / 2 + state.pan[0] * side, height / 2 + state.pan[1] * side)
    moved = (anchor[0] + (centre[0] - anchor[0]) * factor, anchor[1] + (centre[1] - anchor[1]) * factor)
    return replace(state, zoom=zoom, pan=((moved[0] - width / 2) / side, (moved[1] - height / 2) / side))
