"""Pen: the hand that draws and edits annotations in one viewport."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.lengths import parse_length_mm
from desktop_app.core.tools.draw import DRAW_KINDS, WRITTEN, Drawing, Grip, grip_at, is_speck
from desktop_app.core.tools.shapes import aspect_of
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

    A shape is drawn by one drag, or by clicks with the point following the pointer in between; one whose number of
    points is open ends with a double click or `finish`. Every method that takes a place answers whether the place was
    its business. What needs words is not there before they came: `question` is the annotation they are asked for.
    """

    changed = Signal()
    asked = Signal()                                    # there is a question, or there is none any more

    def __init__(self, viewport: ImageView, annotations: AnnotationsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self.annotations = annotations
        self.hot = 0                                    # key of what the pointer would take hold of
        self.question: Annotation | None = None
        self._drawing: Drawing | None = None
        self._is_fresh = False                          # begun by the button that is still down
        self._is_held = False                           # the button is down
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
        if self._drawing is not None:
            return (*items, self._drawing.annotation)
        if self.question is not None and self.question.key not in {item.key for item in items}:
            return (*items, self.question)
        return items

    @property
    def can_finish(self) -> bool:
        """Whether a shape is under way whose number of points the reader decides."""
        return self._drawing is not None and self._drawing.is_open

    def press(self, tool: str, x: float, y: float) -> bool:
        transform, frame = self._viewport.transform(), self._viewport.frame
        if transform is None or frame is None:
            return False
        self.dismiss()
        self._is_held = True
        place = transform.to_image(x, y)
        if self._drawing is not None:
            if self._drawing.begins_anew:
                self._drawing, self._is_fresh = self._drawing.place(place), True
                self.changed.emit()
            return True                                 # the release places its next point
        self._grip = grip_at(self.annotations.of(frame.ref), (x, y), transform)
        if self._grip is not None:
            self.annotations.select(self._grip.annotation.key)
            return True
        self.annotations.select(0)
        kind = DRAW_KINDS.get(tool)
        if kind is None:
            return False
        self._drawing = Drawing.begin(self.annotations.new_key(), kind, frame.ref, place)
        self._is_fresh = True
        self.changed.emit()
        return True

    def move(self, x: float, y: float) -> bool:
        transform = self._viewport.transform()
        if transform is None:
            return False
        place = transform.to_image(x, y)
        if self._drawing is not None:
            if self._is_held and self._drawing.annotation.kind is AnnotationKind.FREEHAND:
                self._drawing = self._drawing.stroke(place, transform.scale)
            else:
                self._drawing = self._drawing.follow(place, aspect=aspect_of(transform))
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
        self._is_held = False
        if self._grip is not None:
            return self._end_edit()
        if self._drawing is not None and self._drawing.annotation.kind is AnnotationKind.FREEHAND and self._is_fresh:
            return self.finish()
        return self._place_point(x, y)

    def click(self, x: float, y: float) -> bool:
        """Down and up at one place: the first click of a shape leaves its point following the pointer."""
        self._is_held = False
        if self._grip is not None:
            self._grip = self._edited = None
            return True
        if self._drawing is not None and self._is_fresh and self._drawing.placed:
            self._is_fresh = False
            return True
        return self._place_point(x, y)

    def double_click(self, x: float, y: float) -> bool:
        """Ends an open shape, or asks for other words of what is drawn there."""
        if self.can_finish:
            return self.finish()
        self.cancel()                                   # the first click of the two began nothing that was meant
        transform, frame = self._viewport.transform(), self._viewport.frame
        if transform is None or frame is None:
            return False
        found = grip_at(self.annotations.of(frame.ref), (x, y), transform)
        if found is None or found.annotation.kind is AnnotationKind.PROBE:
            return False
        self._ask(found.annotation)
        return True

    def finish(self) -> bool:
        """Ends a shape whose number of points the reader decides; False when there is none."""
        frame, transform = self._viewport.frame, self._viewport.transform()
        if self._drawing is None or not self._drawing.is_open or frame is None or transform is None:
            return False
        whole, self._drawing = self._drawing.finished(transform.scale), None
        if whole is not None and not is_speck(whole, transform):
            self.annotations.put(whole, frame)
        self.changed.emit()
        return True

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
        if self._drawing is None and self._grip is None and self.question is None:
            return False
        self._drawing = self._grip = self._edited = None
        self._is_held = False
        self.dismiss()
        self.changed.emit()
        return True

    # -- words -------------------------------------------------------------------------------------------------------

    def answer(self, text: str) -> bool:
        """The words that were asked for. False when they cannot be understood: then the question stays.

        A calibration takes a length, as `50`, `50 mm` or `5 cm`; everything else takes any words.
        """
        asked, frame = self.question, self._viewport.frame
        if asked is None or frame is None:
            return True
        words = text.strip()
        if asked.kind is AnnotationKind.CALIBRATION:
            length = parse_length_mm(words)
            if length is None:
                return False
            self.dismiss()
            self.annotations.put(replace(asked, true_length_mm=length), frame)
        elif self.annotations.item(asked.key) is None:
            self.dismiss()
            if words:
                self.annotations.put(replace(asked, text=words), frame)
        else:
            self.dismiss()
            self.annotations.write(asked.key, words)
        return True

    def dismiss(self) -> None:
        """No answer: what exists only for its words goes."""
        if self.question is not None:
            self.question = None
            self.asked.emit()
            self.changed.emit()

    def _ask(self, annotation: Annotation) -> None:
        self.question = annotation
        self.asked.emit()
        self.changed.emit()

    # ----------------------------------------------------------------------------------------------------------------

    def _place_point(self, x: float, y: float) -> bool:
        frame, transform = self._viewport.frame, self._viewport.transform()
        if self._drawing is None or frame is None or transform is None:
            return False
        self._is_fresh = False
        place = transform.to_image(x, y)
        if self._closes(place, transform):
            return self.finish()
        self._drawing = self._drawing.place(place, aspect=aspect_of(transform))
        if self._drawing.is_done:
            annotation, self._drawing = self._drawing.annotation, None
            if not is_speck(annotation, transform):
                if annotation.kind in WRITTEN:
                    self._ask(annotation)
                else:
                    self.annotations.put(annotation, frame)
        self.changed.emit()
        return True

    def _closes(self, place: Point, transform: ViewTransform) -> bool:
        """Whether a click on its first point ends an outline."""
        drawing = self._drawing
        if drawing is None or drawing.annotation.kind is not AnnotationKind.FREEHAND or drawing.placed < 3:
            return False
        return math.dist(place, drawing.annotation.points[0]) * transform.scale < _CLOSING_PX

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


_CLOSING_PX = 8.0
