"""Pen: the hand that draws and edits annotations in one viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.annotation import Annotation, Point
from desktop_app.core.tools.draw import DRAW_KINDS, Drawing, Grip, grip_at, is_speck
from desktop_app.viewmodels.annotations import AnnotationsModel

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.view_transform import ViewTransform


class ImageView(Protocol):
    """What the pen must know of the viewport it draws in."""

    @property
    def frame(self) -> Frame | None: ...
    def transform(self) -> ViewTransform | None: ...


class Pen(QObject):
    """Takes the left button where a drawing tool is active, or where the pointer is on something drawn.

    A shape is drawn by one drag, or by clicks with the point following the pointer in between. Every method that takes
    a place answers whether the place was its business.
    """

    changed = Signal()

    def __init__(self, viewport: ImageView, annotations: AnnotationsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self.annotations = annotations
        self.hot = 0                                    # key of what the pointer would take hold of
        self._drawing: Drawing | None = None
        self._is_fresh = False                          # begun by the button that is still down
        self._grip: Grip | None = None
        self._edited: Annotation | None = None
        annotations.changed.connect(self.changed)

    @property
    def shown(self) -> tuple[Annotation, ...]:
        """The annotations of the image in the viewport, as they are drawn or edited at this moment."""
        frame = self._viewport.frame
        if frame is None:
            return ()
        items = self.annotations.of(frame.ref)
        if self._edited is not None:
            items = tuple(self._edited if item.key == self._edited.key else item for item in items)
        return (*items, self._drawing.annotation) if self._drawing is not None else items

    def press(self, tool: str, x: float, y: float) -> bool:
        transform, frame = self._viewport.transform(), self._viewport.frame
        if transform is None or frame is None:
            return False
        if self._drawing is not None:
            return True                                 # the release places its next point
        self._grip = grip_at(self.annotations.of(frame.ref), (x, y), transform)
        if self._grip is not None:
            self.annotations.select(self._grip.annotation.key)
            return True
        self.annotations.select(0)
        kind = DRAW_KINDS.get(tool)
        if kind is None:
            return False
        place = transform.to_image(x, y)
        self._drawing = Drawing.begin(self.annotations.new_key(), kind, frame.ref, place)
        self._is_fresh = True
        self.changed.emit()
        return True

    def move(self, x: float, y: float) -> bool:
        place = self._place(x, y)
        if place is None:
            return False
        if self._drawing is not None:
            self._drawing = self._drawing.follow(place)
            self._estimate(self._drawing.annotation)
        elif self._grip is not None:
            self._edited = self._grip.dragged(place)
            self._estimate(self._edited)
        else:
            return False
        self.changed.emit()
        return True

    def release(self, x: float, y: float) -> bool:
        """The end of a drag."""
        self.move(x, y)
        if self._grip is not None:
            return self._end_edit()
        return self._place_point(x, y)

    def click(self, x: float, y: float) -> bool:
        """Down and up at one place: the first click of a shape leaves its point following the pointer."""
        if self._grip is not None:
            self._grip = self._edited = None
            return True
        if self._drawing is not None and self._is_fresh:
            self._is_fresh = False
            return True
        return self._place_point(x, y)

    def hover(self, x: float, y: float) -> None:
        """The pointer moves with no button down."""
        if self._drawing is not None:
            self.move(x, y)
            return
        transform, frame = self._viewport.transform(), self._viewport.frame
        found = None
        if transform is not None and frame is not None:
            found = grip_at(self.annotations.of(frame.ref), (x, y), transform)
        hot = found.annotation.key if found is not None else 0
        if hot != self.hot:
            self.hot = hot
            self.changed.emit()

    def cancel(self) -> bool:
        """Leaves everything as it was before; False when nothing was going on."""
        if self._drawing is None and self._grip is None:
            return False
        self._drawing = self._grip = self._edited = None
        self.changed.emit()
        return True

    def _place(self, x: float, y: float) -> Point | None:
        transform = self._viewport.transform()
        return transform.to_image(x, y) if transform is not None else None

    def _place_point(self, x: float, y: float) -> bool:
        place, frame, transform = self._place(x, y), self._viewport.frame, self._viewport.transform()
        if self._drawing is None or place is None or frame is None or transform is None:
            return False
        self._is_fresh = False
        self._drawing = self._drawing.place(place)
        if self._drawing.is_done:
            annotation, self._drawing = self._drawing.annotation, None
            if not is_speck(annotation, transform):
                self.annotations.put(annotation, frame)
        self.changed.emit()
        return True

    def _end_edit(self) -> bool:
        edited, frame = self._edited, self._viewport.frame
        self._grip = self._edited = None
        if edited is not None and frame is not None:
            self.annotations.put(edited, frame)
        return True

    def _estimate(self, annotation: Annotation) -> None:
        """What it would measure now, where that is quick enough for a drag."""
        if self._viewport.frame is not None:
            self.annotations.measure(annotation, self._viewport.frame, wait=False)
