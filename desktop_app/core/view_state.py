"""ViewState: how a display set is looked at. A value; changing it means replacing it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.presentation_tables import PresentationTables
from desktop_app.core.window import Window

MIN_ZOOM, MAX_ZOOM = 0.05, 256.0


@dataclass(frozen=True, slots=True)
class ViewState:
    """What the user did to the picture.

    `zoom` is relative to fit (1.0 fills the viewport), `pan` moves the image, in fractions of the viewport's smaller
    side, so that both survive a change of size. `window` None means the image's own first window. `rotation` is in
    quarter turns clockwise, applied after the flips; `tilt` is what is added to them, in degrees clockwise, from -45 to
    45. `align` lays the fitted image against an edge of the viewport:
    left, right, or in its middle; `hung_flipped`: it was turned round for that, so that a reset leaves it so.
    `colour_map` is a name of imaging/colour_maps.py, `unit` that of one of the frame's
    mappings, empty for the one it comes with. `bare`: without the image's own overlays and shutter. `tables` are those
    of an applied presentation state.
    """

    index: int = 0
    window: Window | None = None
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    inverted: bool = False
    flip_horizontal: bool = False
    flip_vertical: bool = False
    rotation: int = 0
    tilt: float = 0.0
    align: str = ""
    hung_flipped: bool = False
    colour_map: str = "Grey"
    unit: str = ""
    bare: bool = False
    tables: PresentationTables | None = None


def flips_on_screen(state: ViewState) -> tuple[bool, bool]:
    """Whether left and right, top and bottom are changed round, as the screen shows them.

    Flips come before the rotation: in a picture turned by 90° the screen's left and right are rows.
    """
    flips = (state.flip_horizontal, state.flip_vertical)
    return flips if state.rotation % 2 == 0 else (flips[1], flips[0])


def flipped_on_screen(state: ViewState, *, horizontal: bool) -> ViewState:
    """The state with the screen's left and right (or top and bottom) changed round."""
    state = replace(state, tilt=-state.tilt)
    if horizontal == (state.rotation % 2 == 0):
        return replace(state, flip_horizontal=not state.flip_horizontal)
    return replace(state, flip_vertical=not state.flip_vertical)
