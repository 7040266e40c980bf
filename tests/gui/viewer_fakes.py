"""A study without a network: real view-models over scripted services, and images whose every pixel is known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.errors import LightboxError
from desktop_app.core.frame import Frame, ImageFacts
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.geometry import ImagePlane
from desktop_app.core.person_name import PersonName
from desktop_app.core.store import Store
from desktop_app.core.study import Series, Study
from desktop_app.core.study_object import LineKind, ObjectHead, Report, ReportLine
from desktop_app.core.window import Window
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.work_store import SaveResult
from desktop_app.viewmodels.viewport import ViewportModel

STORE = Store.local()
STUDY_UID = "1.2.826.0.1.3680043.8.498.1"
AXIAL = ImagePlane((-100.0, -90.0, -126.4), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), 0.5, 0.5)
FACTS = ImageFacts(
    patient_name="PHANTOM^ONE", patient_id="P-0001", patient_birth_date="19390203", patient_sex="F",
    patient_age="055Y", institution="Test hall", study_description="CT phantom", study_date="19940417",
    study_time="091200", accession_number="3819201", series_number=2, series_description="Portal venous",
    modality="CT", slice_thickness_mm=5.0, spacing_mm=(0.5, 0.5), spacing_source="pixel spacing", unit="HU",
)
GREY = Window(128.0, 256.0)       # stored 0 … 255 become grey 0 … 255


def study(modalities: tuple[str, ...] = ("CT",)) -> Study:
    return Study(STUDY_UID, PersonName("PHANTOM^ONE"), "P-0001", study_date="19940417", modalities=modalities)


def series(number: int = 2, description: str = "Portal venous", modality: str = "CT") -> Series:
    return Series(STUDY_UID, f"{STUDY_UID}.{number}", modality, number, description)


def display_set(count: int = 5, number: int = 2, description: str = "Portal venous", *, modality: str = "CT",
                is_volume: bool = False, is_image: bool = True) -> DisplaySet:
    """A series of single-frame instances."""
    of = series(number, description, modality)
    uid = of.series_instance_uid
    refs = tuple(FrameRef(STUDY_UID, uid, f"{uid}.{index}") for index in range(count))
    return DisplaySet(of.series_instance_uid, of, refs, is_volume, is_image)


def quadrants(size: int = 64) -> np.ndarray[Any, Any]:
    """Four flat quarters: 40 | 90 over 140 | 190 (upper left, upper right, lower left, lower right)."""
    pixels = np.empty((size, size), np.int16)
    half = size // 2
    pixels[:half, :half], pixels[:half, half:] = 40, 90
    pixels[half:, :half], pixels[half:, half:] = 140, 190
    return pixels


def frame(ref: FrameRef, pixels: np.ndarray[Any, Any] | None = None, **changes: Any) -> Frame:
    """A frame of quadrants whose stored values are its grey levels, unless told otherwise."""
    pixels = quadrants() if pixels is None else pixels
    values = {"windows": (GREY,), "plane": AXIAL, "facts": FACTS}
    values["value_range"] = (float(pixels.min()), float(pixels.max()))
    return Frame(ref=ref, pixels=pixels, **{**values, **changes})


class FakeLoader:
    """Gives what it was told to give, when it is told to; asks are counted."""

    def __init__(self) -> None:
        self.asked: list[FrameRef] = []
        self._answers: dict[FrameRef, asyncio.Future[Frame]] = {}

    def _answer(self, ref: FrameRef) -> asyncio.Future[Frame]:
        answer = self._answers.get(ref)
        if answer is None or (answer.done() and answer.exception() is not None):
            answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        return answer

    async def frame(self, ref: FrameRef, *, again: bool = False, pressing: bool = True) -> Frame:
        self.asked.append(ref)
        return await asyncio.shield(self._answer(ref))

    def give(self, found: Frame) -> None:
        self._answer(found.ref).set_result(found)

    def fail(self, ref: FrameRef, error: LightboxError) -> None:
        self._answer(ref).set_exception(error)

    async def arrivals(self, owner: str) -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield None


class FakeThumbnails:
    def __init__(self) -> None:
        self.pictures: dict[FrameRef, np.ndarray[Any, Any]] = {}

    async def of(self, ref: FrameRef) -> np.ndarray[Any, Any]:
        if ref not in self.pictures:
            raise LightboxError("no picture")
        return self.pictures[ref]


class FakeDecoder:
    """Does at once what it is asked."""

    async def run(self, work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return work(*arguments)


class FakeObjects:
    """Every object is the same report."""

    async def open(self, ref: FrameRef) -> Report:
        head = ObjectHead(ref, kind="Basic Text SR", modality="SR", title="A finding", author="Ann Reader")
        return Report(head, (ReportLine(0, LineKind.TEXT, "Conclusion", "Nothing of note."),))


class FakeWork:
    """Nothing was left behind; what is saved is stored."""

    def __init__(self) -> None:
        self.saved: list[Any] = []
        self.result = SaveResult(("1.2.3",))

    async def kept(self, study_instance_uid: str) -> tuple[Any, ...]:
        return ()

    async def save(self, work: Any) -> SaveResult:
        self.saved.append(work)
        return self.result

    async def send(self, study_instance_uid: str) -> SaveResult:
        return self.result


@dataclass
class FakeBackend:
    """The services, as far as a viewer asks them."""

    events: list[Any] = field(default_factory=list)
    error: LightboxError | None = None
    loader: FakeLoader = field(default_factory=FakeLoader)
    thumbnails: FakeThumbnails = field(default_factory=FakeThumbnails)
    decoder: FakeDecoder = field(default_factory=FakeDecoder)
    opened: int = 0
    objects: FakeObjects = field(default_factory=FakeObjects)
    work: FakeWork = field(default_factory=FakeWork)

    def connection(self, store: Store) -> FakeBackend:
        return self

    async def read_study(self, store: Store, uid: str) -> AsyncIterator[Any]:
        self.opened += 1
        if self.error is not None:
            raise self.error
        for event in self.events:
            yield event

    async def wish(self, *args: Any, **kwargs: Any) -> None: ...

    async def forget(self, *args: Any) -> None: ...


class FakeNetwork:
    """The bridge without the other bank: work runs on the test's own loop."""

    def __init__(self, backend: FakeBackend | None = None) -> None:
        self.backend = backend or FakeBackend()

    async def call(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        return await work(self.backend)

    def submit(self, work: Callable[[Any], Awaitable[Any]]) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(None)
        return done

    async def stream(self, work: Callable[[Any], AsyncIterator[Any]]) -> AsyncIterator[tuple[Any, ...]]:
        async for item in work(self.backend):
            yield (item,)


def viewport_model(shown: DisplaySet, frames: Iterable[Frame], network: FakeNetwork | None = None) -> ViewportModel:
    """A viewport that shows a display set whose frames are in memory, as far as they are given."""
    cache = FrameCache(1 << 30)
    for one in frames:
        cache.put((STORE.key, one.ref), one)
    model = ViewportModel(network or FakeNetwork(), STORE, cache)  # type: ignore[arg-type]
    model.show(shown)
    here = {index: 1 for index, ref in enumerate(shown.frames) if (STORE.key, ref) in cache}
    model.note_loaded(here)
    return model


def stack(count: int = 5, **changes: Any) -> tuple[DisplaySet, list[Frame]]:
    """A series whose image i is flat at grey 20 + 10·i, so that a glance tells which one is shown."""
    shown = display_set(count)
    frames = []
    for index, ref in enumerate(shown.frames):
        plane = replace(AXIAL, position=(-100.0, -90.0, -126.4 + 5 * index))
        pixels = np.full((64, 64), 20 + 10 * index, np.int16)
        frames.append(frame(ref, pixels, plane=plane, value_range=(0.0, 255.0), **changes))
    return shown, frames


class Hand:
    """A mouse over a widget: what the system would send for what a hand does."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self.held = Qt.MouseButton.NoButton

    def press(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        self.held |= button
        self._send(QEvent.Type.MouseButtonPress, x, y, button)

    def move(self, x: float, y: float) -> None:
        self._send(QEvent.Type.MouseMove, x, y, Qt.MouseButton.NoButton)

    def release(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        self.held &= ~button
        self._send(QEvent.Type.MouseButtonRelease, x, y, button)

    def drag(self, start: tuple[float, float], end: tuple[float, float],
             button: Qt.MouseButton = Qt.MouseButton.LeftButton, steps: int = 5) -> None:
        self.press(*start, button)
        for step in range(1, steps + 1):
            self.move(*(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)))
        self.release(*end, button)

    def double_click(self, x: float, y: float) -> None:
        self.press(x, y)
        self.release(x, y)
        self.held = Qt.MouseButton.LeftButton
        self._send(QEvent.Type.MouseButtonDblClick, x, y, Qt.MouseButton.LeftButton)
        self.release(x, y)

    def wheel(self, eighths: int, x: float = 100, y: float = 100, *, sideways: bool = False,
              held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Turns the wheel by eighths of a degree: 120 is one notch away from the hand."""
        place = QPointF(x, y)
        angle = QPoint(eighths, 0) if sideways else QPoint(0, eighths)
        event = QWheelEvent(place, QPointF(self.widget.mapToGlobal(place.toPoint())), QPoint(), angle,
                            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(self.widget, event)

    def _send(self, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton) -> None:
        place = QPointF(x, y)
        event = QMouseEvent(kind, place, QPointF(self.widget.mapToGlobal(place.toPoint())), button, self.held,
                            Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.widget, event)
