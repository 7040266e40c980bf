"""PixelExplanation: the story of one pixel of a viewport, and what the archive's own picture shows there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.imaging.explain import PixelStory, explain_pixel
from desktop_app.imaging.quantities import in_rescale
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.core.store import Store
    from desktop_app.core.view_state import ViewState
    from desktop_app.core.window import Window
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.server_grey import ServerGrey
    from desktop_app.viewmodels.pixel_place import PixelPlace

_WHITE = 255


def _has_own_window(frame: Frame) -> bool:
    """Whether it opens with a window that is not in the file, as PET in SUV does."""
    return any(one.name == frame.mapped_by and one.windows for one in frame.mappings)


class ExplainedView(Protocol):
    """What must be known of the viewport."""

    @property
    def frame(self) -> Frame | None: ...
    @property
    def state(self) -> ViewState: ...
    @property
    def window(self) -> Window: ...
    @property
    def pointed(self) -> tuple[float, float] | None: ...
    def pixel_at(self, x: float, y: float) -> PixelPlace | None: ...


class PixelExplanation(QObject):
    """Nothing until `explain`; then it follows the pixel through other windows and images until `close`."""

    changed = Signal()

    def __init__(self, viewport: ExplainedView, network: Network[Backend], store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport, self._network, self._store = viewport, network, store
        self._spot: tuple[float, float] | None = None   # in the picture that is shown
        self.pixel: PixelPlace | None = None            # what lies there
        self.story: PixelStory | None = None
        self.server_text = ""
        self._asked: tuple[object, ...] = ()
        self._job = Job(self, self._failed)

    @property
    def is_open(self) -> bool:
        return self._spot is not None

    @property
    def place(self) -> tuple[int, int] | None:
        """(column, row) as people read it."""
        if self.pixel is not None or self._spot is None:
            return self.pixel.shown if self.pixel is not None else None
        return int(self._spot[0] // 1), int(self._spot[1] // 1)

    def explain(self) -> None:
        """The pixel under the pointer, or the middle one; the same pixel again closes it."""
        frame = self._viewport.frame
        spot = self._viewport.pointed
        if spot is None and frame is not None and not self.is_open:
            spot = (frame.columns // 2 + 0.5, frame.rows // 2 + 0.5)
        pixel = self._viewport.pixel_at(*spot) if spot is not None else None
        if spot is None or spot == self._spot or (pixel is not None and pixel.shown == self.place):
            self.close()
            return
        self._spot, self._asked = spot, ()
        self.refresh()

    def close(self) -> None:
        if self._spot is not None:
            self._job.cancel()
            self._spot = self.pixel = self.story = None
            self.server_text, self._asked = "", ()
            self.changed.emit()

    def refresh(self) -> None:
        """The story as the viewport shows the pixel now."""
        if self._spot is None:
            return
        state, story = self._viewport.state, None
        self.pixel = pixel = self._viewport.pixel_at(*self._spot)
        if pixel is not None:
            story = explain_pixel(pixel.frame, pixel.column, pixel.row, state.window, inverted=state.inverted)
        asked = (pixel and pixel.frame.ref, self.place, state.window, state.inverted)
        if story == self.story and asked == self._asked:
            return
        self.story = story
        if asked != self._asked:
            self._asked = asked
            self._job.cancel()
            self.server_text = self.tr("not asked") if story is not None else ""
        self.changed.emit()

    def compare(self) -> None:
        """Asks the archive for its own picture of this image, made with the same window."""
        pixel, story = self.pixel, self.story
        if pixel is None or story is None:
            return
        self.server_text = self.tr("asking …")
        self._job.start(self._compare(pixel, story))
        self.changed.emit()

    async def _compare(self, pixel: PixelPlace, story: PixelStory) -> None:
        frame, place, size = pixel.frame, (pixel.column, pixel.row), pixel.size
        window = None                                   # colour, and the image's own first window
        if not frame.is_colour and (self._viewport.state.window is not None or _has_own_window(frame)):
            window = in_rescale(frame, self._viewport.window)
        store = self._store
        found = await self._network.call(lambda backend: backend.server_grey(store, frame.ref, place, size, window))
        self.server_text = self._in_words(found, story, size)
        self.changed.emit()

    def _in_words(self, found: ServerGrey, story: PixelStory, size: tuple[int, int]) -> str:
        ours = story.grey
        if self._viewport.state.inverted and isinstance(ours, int):
            ours = _WHITE - ours                        # the archive is not told to invert
        if isinstance(found.value, int) and isinstance(ours, int):
            apart = abs(found.value - ours)
            text = self.tr("grey {theirs}, here {ours}").format(theirs=found.value, ours=ours)
        else:
            theirs = found.value if isinstance(found.value, tuple) else (found.value,) * 3
            here = ours if isinstance(ours, tuple) else (ours,) * 3
            apart = max(abs(a - b) for a, b in zip(theirs, here, strict=True))
            text = self.tr("RGB {theirs}, here {ours}").format(
                theirs=" ".join(map(str, theirs)), ours=" ".join(map(str, here))
            )
        lines = [text + " · " + (self.tr("the same") if apart == 0 else self.tr("{n} apart").format(n=apart))]
        if (found.columns, found.rows) != size:
            lines.append(self.tr("its picture has {columns} × {rows} pixels").format(
                columns=found.columns, rows=found.rows))
        if found.is_lossy and apart:
            lines.append(self.tr("its picture is a JPEG, which is not exact"))
        return "; ".join(lines)

    def _failed(self, error: Exception) -> None:
        self.server_text = user_text(error)
        self.changed.emit()

    def text(self) -> str:
        """The whole story for the clipboard, without anything that names the patient."""
        if self.story is None or self.place is None:
            return ""
        lines = [self.tr("Pixel at column {column}, row {row}").format(column=self.place[0], row=self.place[1])]
        lines += [f"{step.name}: {step.value}" + (f"  ({step.rule})" if step.rule else "") for step in self.story.steps]
        lines += [f"! {warning}" for warning in self.story.warnings]
        lines.append(self.tr("The archive's own picture") + f": {self.server_text}")
        return "\n".join(lines)
