"""AnnotationsModel: what was drawn in one study, with undo, and what it measures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.errors import LightboxError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Measurement, measure, pixels_inside
from desktop_app.core.scale import Calibration
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_UNDO_STEPS = 200
_RESULTS_KEPT = 5_000
_AT_ONCE_PIXELS = 200_000       # more are measured on a decode thread
_WITHOUT_RESULT = frozenset({AnnotationKind.ARROW, AnnotationKind.TEXT})
_keys = itertools.count(1)

# A result belongs to an annotation and to the calibration line of its image, if there is one.
_ResultKey = tuple[Annotation, "Annotation | None"]


class AnnotationsModel(QObject):
    """The annotations of a study, in the order they were drawn. A whole drag is one step to undo.

    With `store`, images that are not in memory are fetched for what was drawn on them: of what is copied to other
    slices, or comes back from an earlier session, or stands on an image that got another calibration.
    """

    changed = Signal()

    def __init__(
        self, network: Network[Backend], parent: QObject | None = None, *, store: Store | None = None
    ) -> None:
        super().__init__(parent)
        self._network, self._store = network, store
        self.items: tuple[Annotation, ...] = ()
        self.selected: int = 0                              # key, 0 for none
        self._undo: list[tuple[Annotation, ...]] = []
        self._redo: list[tuple[Annotation, ...]] = []
        self._results: dict[_ResultKey, Measurement] = {}
        self._unmeasurable: set[_ResultKey] = set()         # whose image could not be had
        self._under_way: _ResultKey | None = None           # what `_measuring` works on
        self._measuring = Job(self, lambda error: None)
        self._missing = Job(self, lambda error: None)

    @staticmethod
    def new_key() -> int:
        return next(_keys)

    def of(self, ref: FrameRef) -> tuple[Annotation, ...]:
        """Those on one frame."""
        return tuple(item for item in self.items if item.ref == ref)

    def item(self, key: int) -> Annotation | None:
        return next((item for item in self.items if item.key == key), None)

    @property
    def selected_item(self) -> Annotation | None:
        return self.item(self.selected) if self.selected else None

    def measurement(self, annotation: Annotation) -> Measurement | None:
        """The result as far as it is known; None while it is worked out, or while points are missing."""
        return self._results.get((annotation, self._calibration_line(annotation.ref)))

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
        self._change(self._with(annotation), annotation.key)
        self.measure(annotation, frame)
        if annotation.kind is AnnotationKind.CALIBRATION:
            for item in self.of(frame.ref):
                self.measure(item, frame, wait=False)       # the others of the image follow it
        self._tell()

    def write(self, key: int, text: str) -> None:
        """Other words for an annotation; a text without words is no text."""
        item = self.item(key)
        if item is None or item.text == text:
            return
        if not text and item.kind is AnnotationKind.TEXT:
            self._step(tuple(one for one in self.items if one.key != key), 0)
            return
        fresh = replace(item, text=text)
        line = self._calibration_line(item.ref)
        if (item, line) in self._results:
            self._results[(fresh, line)] = self._results[(item, line)]
        self._step(self._with(fresh), key)

    def copy_to(self, key: int, refs: Iterable[FrameRef]) -> tuple[Annotation, ...]:
        """Copies of an annotation at the same place of other images, the last one selected: one step to undo."""
        item = self.item(key)
        if item is None:
            return ()
        copies = tuple(replace(item, key=self.new_key(), ref=ref) for ref in refs if ref != item.ref)
        if copies:
            self._step((*self.items, *copies), copies[-1].key)
        return copies

    def restore(self, items: Iterable[Annotation]) -> None:
        """What was drawn in an earlier session, in front of what there is; nothing to undo."""
        self.items = (*(replace(item, key=self.new_key()) for item in items), *self.items)
        self._tell()

    def measure(self, annotation: Annotation, frame: Frame, *, wait: bool = True) -> None:
        """Works the result out: at once where that is quick, else beside the GUI (or not at all without `wait`)."""
        line = self._calibration_line(annotation.ref)
        if (annotation, line) in self._results:
            return
        if pixels_inside(annotation) <= _AT_ONCE_PIXELS:
            self._keep((annotation, line), measure(annotation, frame, _calibration(line, frame)))
        elif wait:
            self._under_way = (annotation, line)
            self._measuring.start(self._measure_elsewhere(annotation, line, frame))

    def adopt(self, items: tuple[Annotation, ...]) -> None:
        """Drawings that were stored before: added to the others, and no step that undo takes back."""
        self._show((*self.items, *items))
        self._undo = [(*before, *items) for before in self._undo]
        self._redo = [(*after, *items) for after in self._redo]

    def put_back(self, items: tuple[Annotation, ...]) -> None:
        """These instead of all that there is; a step that undo takes back."""
        if items != self.items:
            self._step(items, 0)

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

    def close(self) -> None:
        self._measuring.cancel()
        self._missing.cancel()

    def _calibration_line(self, ref: FrameRef) -> Annotation | None:
        """The line of known length that was drawn last on an image; it counts for all frames of its instance."""
        uid = ref.sop_instance_uid
        return next((item for item in reversed(self.items)
                     if item.kind is AnnotationKind.CALIBRATION and item.ref.sop_instance_uid == uid), None)

    async def _measure_elsewhere(self, annotation: Annotation, line: Annotation | None, frame: Frame) -> None:
        calibration = _calibration(line, frame)
        result = await self._network.call(lambda backend: backend.decoder.run(measure, annotation, frame, calibration))
        self._keep((annotation, line), result)
        self.changed.emit()

    def _without_result(self) -> list[_ResultKey]:
        keys = ((item, self._calibration_line(item.ref)) for item in self.items if item.kind not in _WITHOUT_RESULT)
        known = self._results.keys() | self._unmeasurable
        return [key for key in keys if key not in known and not (self._measuring.running and key == self._under_way)]

    async def _measure_missing(self) -> None:
        while waiting := self._without_result():
            key = waiting[0]
            try:
                result = await self._measured(*key)
            except LightboxError:
                result = None                           # the drawing stays; its image is not to be had
            if result is None:
                self._unmeasurable.add(key)
            self._keep(key, result)
            self.changed.emit()

    async def _measured(self, annotation: Annotation, line: Annotation | None) -> Measurement | None:
        store = self._store
        assert store is not None
        frame: Frame = await self._network.call(
            lambda backend: backend.connection(store).loader.frame(annotation.ref, pressing=False))
        calibration = _calibration(line, frame)
        return await self._network.call(lambda backend: backend.decoder.run(measure, annotation, frame, calibration))

    def _keep(self, key: _ResultKey, result: Measurement | None) -> None:
        if result is not None:
            self._results[key] = result
            while len(self._results) > _RESULTS_KEPT:
                del self._results[next(iter(self._results))]

    def _with(self, annotation: Annotation) -> tuple[Annotation, ...]:
        if any(item.key == annotation.key for item in self.items):
            return tuple(annotation if item.key == annotation.key else item for item in self.items)
        return (*self.items, annotation)

    def _step(self, items: tuple[Annotation, ...], selected: int) -> None:
        self._change(items, selected)
        self._tell()

    def _change(self, items: tuple[Annotation, ...], selected: int) -> None:
        if items != self.items:
            self._undo = [*self._undo, self.items][-_UNDO_STEPS:]
            self._redo.clear()
        self.selected = selected
        self.items = items

    def _show(self, items: tuple[Annotation, ...]) -> None:
        self.items = items
        if not any(item.key == self.selected for item in items):
            self.selected = 0
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        if self._store is not None and not self._missing.running and self._without_result():
            self._missing.start(self._measure_missing())


def _calibration(line: Annotation | None, frame: Frame) -> Calibration | None:
    return Calibration.of(line, frame.facts.pixel_aspect_ratio) if line is not None else None
