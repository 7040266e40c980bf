"""Measurements: the drawings of a study as a list: where each lies, copies on other images, results to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from desktop_app.core.annotation import Annotation
from desktop_app.core.results import Result, as_csv, as_text

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.study import Study
    from desktop_app.viewmodels.annotations import AnnotationsModel


class Drawn(Protocol):
    """What must be known of the viewer whose drawings these are."""

    @property
    def annotations(self) -> AnnotationsModel: ...
    @property
    def study(self) -> Study: ...
    @property
    def known_sets(self) -> tuple[tuple[str, DisplaySet], ...]: ...
    def show_frame(self, ref: FrameRef) -> None: ...


class Measurements(QObject):
    def __init__(self, viewer: Drawn, parent: QObject) -> None:
        super().__init__(parent)
        self._viewer = viewer

    def display_set_of(self, annotation: Annotation) -> DisplaySet | None:
        """The one that the image lies in; None where the series is not there (any more)."""
        return next((one for _, one in self._viewer.known_sets if annotation.ref in one.frames), None)

    def title_of(self, display_set: DisplaySet) -> str:
        """Of a series of this study its own, of a prior with the date of that."""
        return next((title for title, one in self._viewer.known_sets if one.key == display_set.key), display_set.title)

    def is_of_other_study(self, annotation: Annotation) -> bool:
        """Whether it was drawn on another study of the patient, which was open beside."""
        return annotation.ref.study_instance_uid != self._viewer.study.study_instance_uid

    def go_to(self, key: int) -> bool:
        """Shows the image in the active viewport and selects what is drawn there; False when it is not there."""
        annotations = self._viewer.annotations
        item = annotations.item(key)
        if item is None:
            return False
        annotations.select(key)
        if self.display_set_of(item) is None:
            return False
        self._viewer.show_frame(item.ref)
        return True

    def results(self) -> list[Result]:
        """In the order of the series and images, not of drawing."""
        places = [(self._viewer.annotations.measurement(item), item, self.display_set_of(item))
                  for item in self._viewer.annotations.items]
        order = [one.key for _, one in self._viewer.known_sets]
        found = [
            (order.index(home.key) if home is not None else len(order),
             home.frames.index(item.ref) + 1 if home is not None else 0,
             self.title_of(home) if home is not None else "", item, measured)
            for measured, item, home in places
        ]
        found.sort(key=lambda row: row[:2])
        return [Result(item, measured, title, image) for _, image, title, item, measured in found]

    @property
    def text(self) -> str:
        return as_text(self.results())

    @property
    def csv(self) -> str:
        return as_csv(self.results())

    # -- copies ------------------------------------------------------------------------------------------------------

    @property
    def selected_range(self) -> tuple[int, int, int] | None:
        """(number of the image with the selected drawing, 1, number of images); None without a selection."""
        item = self._viewer.annotations.selected_item
        home = self.display_set_of(item) if item is not None else None
        return (home.frames.index(item.ref) + 1, 1, len(home.frames)) if home is not None and item is not None else None

    def copy_to(self, first: int, last: int) -> int:
        """Copies of the selected drawing on the images `first` to `last`, both counted from 1. How many were made."""
        item = self._viewer.annotations.selected_item
        home = self.display_set_of(item) if item is not None else None
        if home is None or item is None:
            return 0
        first, last = sorted((first, last))
        return len(self._viewer.annotations.copy_to(item.key, home.frames[max(first - 1, 0) : max(last, 0)]))

    def copy_on(self, step: int) -> None:
        """A copy of the selected drawing on the next (1) or previous (-1) image, which is then shown."""
        item = self._viewer.annotations.selected_item
        home = self.display_set_of(item) if item is not None else None
        if home is None or item is None:
            return
        place = home.frames.index(item.ref) + step
        if 0 <= place < len(home.frames):
            copies = self._viewer.annotations.copy_to(item.key, (home.frames[place],))
            if copies:
                self.go_to(copies[-1].key)
