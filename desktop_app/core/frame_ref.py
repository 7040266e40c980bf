"""FrameRef: which frame. Apart from Frame, because what only names images needs no numpy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameRef:
    """Which frame: the key of caches and queues. `frame_number` starts at 1, as in the standard."""

    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str
    frame_number: int = 1
