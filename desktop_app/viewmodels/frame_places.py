"""FramePlaces: where the slices of a multi-frame object lie, which no list tells and its frames do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.display_set import DisplaySet, SlicePlaces, places_of_planes
from desktop_app.viewmodels.presence import HERE

if TYPE_CHECKING:
    from desktop_app.services.frame_cache import FrameCache


class FramePlaces:
    """Reads only what is in memory, and each object once."""

    def __init__(self, frames: FrameCache) -> None:
        self._frames = frames
        self._known: dict[tuple[str, str], SlicePlaces | None] = {}

    def placed(self, store_key: str, display_set: DisplaySet, loaded: bytes) -> DisplaySet:
        """The display set with the places of its slices, as soon as all its frames are here; else as it is."""
        if display_set.slices is not None or len(display_set.frames) < 2 or display_set.levels:
            return display_set
        key = store_key, display_set.key
        if key not in self._known:
            if loaded.count(HERE) < len(display_set.frames):
                return display_set
            held = [self._frames.get((store_key, ref)) for ref in display_set.frames]
            planes = [(frame.facts.frame_of_reference_uid, frame.plane) for frame in held if frame is not None]
            if len(planes) < len(held):
                return display_set
            self._known[key] = places_of_planes(planes)
        slices = self._known[key]
        return display_set if slices is None else replace(display_set, slices=slices)
