"""SavedWork: what a reader made of a study, as it is handed over to be stored."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.annotation import Annotation
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Measurement
from desktop_app.core.window import Window


@dataclass(frozen=True, slots=True)
class SavedAnnotation:
    """A drawing and what it measures. `tracking_uid` stays the same in every later version (PS3.16 TID 4108)."""

    annotation: Annotation
    measurement: Measurement | None
    tracking_uid: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """How a viewport shows a series, in the terms of a presentation state.

    `area` is (left, top, right, bottom) in continuous image coordinates, None for the whole image. `rotation` is in
    quarter turns clockwise, after the flips.
    """

    refs: tuple[FrameRef, ...]
    window: Window | None = None
    inverted: bool = False
    rotation: int = 0
    flip_horizontal: bool = False
    flip_vertical: bool = False
    area: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class SavedWork:
    """Everything of one study that is to be stored now.

    `replaces`: the reports that this one takes the place of; an empty report does where nothing is measured any more.
    `key_images_changed`: whether the key images are to be written too.
    """

    study_instance_uid: str
    annotations: tuple[SavedAnnotation, ...] = ()
    key_images: tuple[FrameRef, ...] = ()
    views: tuple[SavedView, ...] = ()
    author: str = ""
    replaces: tuple[FrameRef, ...] = ()
    key_images_changed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.annotations or self.key_images_changed or self.views or self.replaces)
