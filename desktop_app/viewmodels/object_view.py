"""ObjectView: what a viewport shows in place of an image: the object that is looked at, and pages of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, NoPixelData
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import PdfDocument, StudyObject
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.store import Store
    from desktop_app.core.view_state import ViewState
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_PAGES_KEPT = 12


class Viewed(Protocol):
    """What is read of the viewport."""

    display_set: DisplaySet | None
    state: ViewState
    error: LightboxError | None
    display_set_changed: Any
    state_changed: Any
    frame_changed: Any


class ObjectView(QObject):
    """Follows a viewport. `ref` is None while that shows images; then nothing is fetched."""

    changed = Signal()
    page_changed = Signal(int)

    def __init__(
        self, network: Network[Backend], store: Store, viewport: Viewed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._network, self._store, self._viewport = network, store, viewport
        self.ref: FrameRef | None = None
        self.object: StudyObject | None = None
        self.error: LightboxError | None = None
        self._pages: dict[int, Any] = {}
        self._wanted: list[tuple[int, int]] = []
        self._opening = Job(self, self._failed)
        self._drawing = Job(self, lambda error: None)
        self._opening.running_changed.connect(self.changed)
        for signal in (viewport.display_set_changed, viewport.state_changed, viewport.frame_changed):
            signal.connect(self._look)

    @property
    def busy(self) -> bool:
        return self._opening.running

    @property
    def place(self) -> tuple[int, int]:
        """Which object of how many, from 1."""
        shown = self._viewport.display_set
        return self._viewport.state.index + 1, len(shown.frames) if shown is not None else 0

    def page(self, number: int) -> Any:
        """uint8 (rows, columns, 3), None while it is not drawn."""
        return self._pages.get(number)

    def want_page(self, number: int, width_px: int) -> None:
        """Draws a page of a PDF, when it is not there in this width yet."""
        known = self._pages.get(number)
        if known is not None and abs(known.shape[1] - width_px) <= 2:
            return
        self._wanted = [one for one in self._wanted if one[0] != number]
        self._wanted.append((number, width_px))
        if not self._drawing.running:
            self._drawing.start(self._draw())

    def close(self) -> None:
        self._opening.cancel()
        self._drawing.cancel()

    def _look(self) -> None:
        shown, index = self._viewport.display_set, self._viewport.state.index
        ref = None
        # An object whose class is not known may turn out to hold no image: then it is a card.
        without_pixels = isinstance(self._viewport.error, NoPixelData)
        if shown is not None and (not shown.is_image or without_pixels) and index < len(shown.frames):
            ref = shown.frames[index]
        if ref == self.ref:
            return
        self.ref, self.object, self.error = ref, None, None
        self._pages.clear()
        self._drawing.cancel()
        if ref is not None:
            self._opening.start(self._open(ref))
        else:
            self._opening.cancel()
        self.changed.emit()

    async def _open(self, ref: FrameRef) -> None:
        found = await self._network.call(lambda backend: backend.connection(self._store).objects.open(ref))
        if ref == self.ref:
            self.object = found
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.error = error if isinstance(error, LightboxError) else LightboxError(detail=repr(error))
        self.changed.emit()

    async def _draw(self) -> None:
        while self._wanted:
            number, width = self._wanted.pop()
            document = self.object
            if not isinstance(document, PdfDocument):
                return
            data = document.data
            picture = await self._network.call(
                lambda backend: backend.connection(self._store).objects.page(data, number, width))      # noqa: B023
            self._pages[number] = picture
            while len(self._pages) > _PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            self.page_changed.emit(number)
