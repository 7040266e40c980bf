"""AnnotationsModel: what was drawn in one study, with undo, and what it measures."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.annotation import Annotation
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Measurement, measure, pixels_inside
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_UNDO_STEPS = 200
_RESULTS_KEPT = 5_000
_AT_ONCE_PIXELS = 200_000       # more are measured on a decode thread
_keys = itertools.count(1)


class AnnotationsModel(QObject):
    """The annotations of a study, in the order they were drawn. A whole drag is one step to undo."""

    changed = Signal()

    def __init__(self, network: Network[Backend], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self.items: tuple[Annotation, ...] = ()
        self.selected: int = 0                              # key, 0 for none
        self._undo: list[tuple[Annotation, ...]] = []
        self._redo: list[tuple[Annotation, ...]] = []
        self._results: dict[Annotation, Measurement] = {}
        self._measuring = Job(self, lambda error: None)

    @staticmethod
    def new_key() -> int:
        return next(_keys)

    def of(self, ref: FrameRef) -> tuple[Annotation, ...]:
        """Those on one frame."""
        return tuple(item for item in self.items if item.ref == ref)

    def measurement(self, annotation: Annotation) -> Measurement | None:
        """The result as far as it is known; None while it is worked out, or while points are missing."""
        return self._results.get(annotation)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def select(self, key: int) -> None:
        if key != self.selected:
            self.selected = key
            self.changed.emit()

    def put(self, annotation: Annotation, frame: Frame) -> None:
        """A new annotation, or a new state of one: one step to undo."""
        self._step(self._with(annotation), annotation.key)
        self.measure(annotation, frame)

    def measure(self, annotation: Annotation, frame: Frame, *, wait: bool = True) -> None:
        """Works the result out: at once where that is quick, else beside the GUI (or not at all without `wait`)."""
        if annotation in self._results:
            return
        if pixels_inside(annotation) <= _AT_ONCE_PIXELS:
            self._keep(annotation, measure(annotation, frame))
        elif wait:
            self._measuring.start(self._measure_elsewhere(annotation, frame))

    def remove_selected(self) -> None:
        if any(item.key == self.selected for item in self.items):
            self._step(tuple(item for item in self.items if item.key != self.selected), 0)

    def undo(self) -> None:
        if self._undo:
            self._redo.append(self.items)
            self._show(self._undo.pop())

    def redo(self) -> None:
        if self._redo:
            self._undo.append(self.items)
            self._show(self._redo.pop())

    def text(self) -> str:
        """All results as lines of tab-separated values."""
        lines = []
        for item in self.items:
            result = self.measurement(item)
            if result is not None:
                lines.append("\t".join((item.kind, result.headline, result.details)))
        return "\n".join(lines)

    def close(self) -> None:
        self._measuring.cancel()

    async def _measure_elsewhere(self, annotation: Annotation, frame: Frame) -> None:
        result = await self._network.call(lambda backend: backend.decoder.run(measure, annotation, frame))
        self._keep(annotation, result)
        self.changed.emit()

    def _keep(self, annotation: Annotation, result: Measurement | None) -> None:
        if result is not None:
            self._results[annotation] = result
            while len(self._results) > _RESULTS_KEPT:
                del self._results[next(iter(self._results))]

    def _with(self, annotation: Annotation) -> tuple[Annotation, ...]:
        if any(item.key == annotation.key for item in self.items):
            return tuple(annotation if item.key == annotation.key else item for item in self.items)
        return (*self.items, annotation)

    def _step(self, items: tuple[Annotation, ...], selected: int) -> None:
        if items != self.items:
            self._undo = [*self._undo, self.items][-_UNDO_STEPS:]
            self._redo.clear()
        self.selected = selected
        self.items = items
        self.changed.emit()

    def _show(self, items: tuple[Annotation, ...]) -> None:
        self.items = items
        if not any(item.key == self.selected for item in items):
            self.selected = 0
        self.changed.emit()
