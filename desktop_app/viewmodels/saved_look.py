"""How a viewport shows its series, as a presentation state says it, and the other way round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.saved_work import SavedView
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.imaging.quantities import from_rescale, mapped

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.study_object import Presentation
    from desktop_app.viewmodels.viewport import ViewportModel


def view_of(viewport: ViewportModel, saved: ViewState) -> SavedView | None:
    """The look of a viewport, None where it is as nobody touched it, or as it was saved."""
    shown, state, frame = viewport.display_set, viewport.state, viewport.frame
    if shown is None or not shown.is_image or not shown.frames or frame is None:
        return None
    look = replace(state, index=0, tilt=0.0)         # a presentation state knows quarter turns only (PS3.3 C.10.6)
    if look in (ViewState(), replace(saved, index=0, tilt=0.0)):
        return None
    area = None
    transform = viewport.transform()
    if transform is not None and (state.zoom, state.pan) != (1.0, (0.0, 0.0)):
        area = transform.seen(viewport.view_size)
    same_values = shown.series.modality != "PT"             # a slope per image: no window holds for all
    return SavedView(
        shown.frames, state.window if same_values else None, state.inverted != frame.monochrome1, state.rotation,
        state.flip_horizontal, state.flip_vertical, area)


def presented(state: ViewState, presentation: Presentation, frame: Frame, ref: FrameRef) -> ViewState:
    """The state that shows an image as a presentation state says, but for its displayed area.

    Its window is in the values of a rescale; where the image is shown in another unit, it is converted.
    """
    tables = presentation.tables_for(ref)
    seen = mapped(frame, state.unit) if state.unit else frame
    seen = tables.applied(seen) if tables is not None else seen
    window = presentation.window_for(ref)
    return replace(
        state, window=from_rescale(seen, window) if window is not None else None,
        inverted=presentation.inverted != frame.monochrome1, flip_horizontal=presentation.flip_horizontal,
        flip_vertical=False, rotation=presentation.rotation, tilt=0.0, zoom=1.0, pan=(0.0, 0.0), tables=tables)


def framed(
    state: ViewState, frame: Frame, view_size: tuple[float, float], box: tuple[float, float, float, float],
    scale: float | None,
) -> ViewState:
    """The state that shows a box of the image (left, top, right, bottom) in the whole of a viewport."""
    if min(view_size) <= 0:
        return state
    left, top, right, bottom = box
    size, aspect = (frame.columns, frame.rows), frame.facts.pixel_aspect_ratio
    plain = ViewTransform.of(state, size, view_size, aspect)
    wide, high = (right - left) * plain.scale, (bottom - top) * plain.scale * aspect
    if state.rotation % 2:
        wide, high = high, wide
    zoom = scale / plain.scale if scale else min(view_size[0] / max(wide, 1e-6), view_size[1] / max(high, 1e-6))
    zoomed = replace(state, zoom=min(max(zoom, 0.05), 64.0))
    x, y = ViewTransform.of(zoomed, size, view_size, aspect).to_view((left + right) / 2, (top + bottom) / 2)
    side = min(view_size)
    return replace(zoomed, pan=((view_size[0] / 2 - x) / side, (view_size[1] / 2 - y) / side))
