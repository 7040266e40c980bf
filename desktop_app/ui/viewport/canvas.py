"""ViewportCanvas: paints one viewport and forwards to its model what hands do."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame import Frame
from desktop_app.core.load_times import Span
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.ui.screen_size import points_per_mm
from desktop_app.ui.viewport.loading_note import LoadingNote
from desktop_app.ui.viewport.paint_aids import Lens, paint_box, paint_cursor, paint_reference_line
from desktop_app.ui.viewport.paint_annotations import paint_annotations
from desktop_app.ui.viewport.paint_graphics import GraphicsPainter
from desktop_app.ui.viewport.paint_image import ImagePainter, Look
from desktop_app.ui.viewport.paint_overlay import paint_overlay
from desktop_app.ui.viewport.paint_pixel_mark import paint_pixel_mark
from desktop_app.ui.viewport.paint_slide import SlidePainter
from desktop_app.ui.viewport.paint_text import BAR_ROOM, TextPainter
from desktop_app.ui.viewport.question_field import QuestionField
from desktop_app.ui.viewport.resample import ScreenPatch
from desktop_app.ui.viewport.slice_bar import WIDTH as BAR_WIDTH
from desktop_app.ui.viewport.slice_bar import SliceBar
from desktop_app.ui.widgets import SHOW_BUSY_AFTER_MS, Message, button, copy_text
from desktop_app.viewmodels.corner_texts import CornerTexts, corner_texts, shown_window, shows_voi_lut
from desktop_app.viewmodels.linking import Linking
from desktop_app.viewmodels.pointer import PointerButton
from desktop_app.viewmodels.viewport import OverlayMode, ViewportModel

_BUTTONS = {
    Qt.MouseButton.LeftButton: PointerButton.LEFT,
    Qt.MouseButton.MiddleButton: PointerButton.MIDDLE,
    Qt.MouseButton.RightButton: PointerButton.RIGHT,
}
_NOTCH = 120                    # eighths of a degree, QWheelEvent.angleDelta
_TREMOR_PX = 3.0                # a hand that clicks moves this much; the middle button moves at once
_STALE_OPACITY = 0.45
_REST_MS = 60                   # without a change, until the fine interpolation is begun
_SMALLEST = QSize(120, 120)


class ViewportCanvas(QWidget):
    """One viewport on the screen.

    While an image loads, the last one of the same display set stays, marked as such, and nothing is written on it that
    belongs to another image.
    """

    menu_requested = Signal(QPoint)         # global position of a right click that was no drag
    alone_requested = Signal()              # double-click
    activated = Signal()

    def __init__(
        self, viewport: ViewportModel, parent: QWidget | None = None, *, linking: Linking | None = None
    ) -> None:
        super().__init__(parent)
        self.viewport, self._linking, self._lens = viewport, linking, Lens()
        self._images, self._graphics, self._texts = ImagePainter(), GraphicsPainter(), TextPainter()
        self._slide = SlidePainter()
        self._kept: Frame | None = None
        self._kept_key = ""
        self._is_active = False
        self.paint_time = Span()
        self._is_late = False
        self._busy_text = ""
        self._pressed: tuple[Qt.MouseButton, QPointF] | None = None
        self._last = QPointF()
        self._moved = False
        self._wheel_rest = 0
        self._page_error: tuple[LightboxError, Callable[[], None]] | None = None
        self.setObjectName("viewport")
        self.setMinimumSize(_SMALLEST)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.message = Message()
        self.message.setParent(self)
        self.message.hide()
        self.bar = SliceBar(viewport, self)
        self.note = LoadingNote(self)
        self.question = QuestionField(viewport.pen, viewport, self)
        self._refine = QTimer(self, singleShot=True, interval=_REST_MS)
        self._refine.timeout.connect(self._refine_now)
        self._late = QTimer(self, singleShot=True, interval=SHOW_BUSY_AFTER_MS)
        self._late.timeout.connect(self._become_late)
        viewport.frame_changed.connect(self._frame_changed)
        viewport.display_set_changed.connect(self._display_set_changed)
        viewport.state_changed.connect(self._state_changed)
        viewport.pen.changed.connect(self.update)
        viewport.pointer.hover_changed.connect(self.update)
        viewport.pointer.aid_changed.connect(self.update)
        viewport.cine.playing_changed.connect(self.update)
        viewport.cine.changed.connect(self.update)
        if linking is not None:
            linking.changed.connect(self.update)
            linking.marks_changed.connect(self.update)
        viewport.explanation.changed.connect(self.update)
        viewport.slide.changed.connect(self.update)
        viewport.loaded_changed.connect(self.update)
        self._display_set_changed()
        self._frame_changed()

    # -- what is on the screen ---------------------------------------------------------------------------------------

    @property
    def shown_frame(self) -> Frame | None:
        """The frame whose pixels are painted: the one asked for, or the last one while that loads."""
        if self.viewport.frame is not None:
            return self.viewport.frame
        return self._kept if self.viewport.error is None else None

    @property
    def is_stale(self) -> bool:
        """Whether the pixels on the screen are those of another image than the one asked for."""
        return self.viewport.frame is None and self.shown_frame is not None

    def corner_texts(self) -> CornerTexts:
        """What is written on the image now, before room decides."""
        shown = self.shown_frame
        scale = self._transform(shown).scale if shown is not None else 0.0
        return corner_texts(self.viewport, shown=shown, scale=scale, known=self._kept,
                            points_per_mm=self.viewport.points_per_mm)

    def set_active(self, active: bool) -> None:
        """Whether the frame of the active viewport is drawn around it."""
        if active != self._is_active:
            self._is_active = active
            self.update()

    def say_error(self, error: LightboxError | None, retry: Callable[[], None]) -> None:
        """An error of the whole study, said where its images would be; None takes it away."""
        self._page_error = (error, retry) if error is not None else None
        self._show_message()

    def say_busy(self, text: str) -> None:
        """What is going on before there is a series to show; empty takes it away."""
        self._busy_text = text
        self._await()

    def picture(self, *, names: bool = True) -> QImage:
        """The view as it stands, without bar and notes. Without `names` nothing says who the patient is."""
        before = self.viewport.text_mode, self.viewport.points_per_mm
        if not names and before[0] is OverlayMode.ALL:
            self.viewport.text_mode = OverlayMode.NO_NAMES
        self.viewport.points_per_mm = 0.0       # how large it is on this screen says nothing elsewhere
        try:
            return self._picture()
        finally:
            self.viewport.text_mode, self.viewport.points_per_mm = before

    def _picture(self) -> QImage:
        ratio = self.devicePixelRatioF()
        result = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        result.setDevicePixelRatio(ratio)
        painter = QPainter(result)
        self._paint(painter)
        painter.end()
        return result

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        began = perf_counter()
        painter = QPainter(self)
        self._paint(painter)
        self.paint_time.add(perf_counter() - began)
        if self._is_active:
            painter.setOpacity(1.0)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme.colour("image"))
        frame, state, ratio = self.shown_frame, self.viewport.state, self.devicePixelRatioF()
        if frame is not None:
            transform = self._transform(frame)
            look = Look(shown_window(frame, state), state.inverted, shows_voi_lut(frame, state), state.colour_map,
                        self.viewport.look.interpolation)
            painter.setOpacity(_STALE_OPACITY if self.is_stale and self._is_late else 1.0)
            self._images.paint(painter, frame, look, transform, (self.width(), self.height()), ratio)
            if self._images.wish is not None and not self.viewport.cine.playing:
                self._refine.start()            # once the hand rests
            if not self.is_stale:
                self._slide.paint(painter, self.viewport.slide.tiles, look, transform, (self.width(), self.height()))
            if not state.bare:
                self._graphics.paint(painter, frame, transform, self.viewport.overlay_of(frame.ref))
            painter.setOpacity(1.0)
            if not self.is_stale:
                self._paint_overlay(painter, frame, transform)
                size = (float(self.width()), float(self.height()))
                paint_annotations(painter, self.viewport.pen, transform, size, self._texts, ratio)
                self._paint_aids(painter, frame, look, transform, ratio)
                paint_pixel_mark(painter, self.viewport.explanation.pixel, transform)
        inset = BAR_ROOM if self.bar.isVisibleTo(self) else 0.0
        self._texts.paint(painter, self.corner_texts(), self.size(), ratio, right_inset=inset)
        if frame is not None and self.viewport.text_mode is not OverlayMode.NONE:
            self._texts.paint_scale(painter, frame, self._transform(frame), self.size(), ratio)

    def _refine_now(self) -> None:
        """Has the finer picture made elsewhere that a repaint has no time for."""
        wish = self._images.wish
        if wish is None:
            return

        def done(patch: ScreenPatch) -> None:
            if isValid(self):       # the study may have moved into another window meanwhile, with a canvas of its own
                self._images.take(wish, patch)
                self.update()

        self.viewport.look.refine(wish.work, done)

    def _paint_aids(
        self, painter: QPainter, frame: Frame, look: Look, transform: ViewTransform, ratio: float
    ) -> None:
        """Reference line and cursor of the other viewports, lens or box of a drag in this one."""
        if self._linking is not None:
            line, cursor = self._linking.reference_line(self.viewport), self._linking.cursor_in(self.viewport)
            if line is not None:
                paint_reference_line(painter, line, transform)
            if cursor is not None:
                paint_cursor(painter, cursor, transform)
        pointer = self.viewport.pointer
        if pointer.box is not None:
            paint_box(painter, pointer.box)
        if pointer.lens is not None:
            self._lens.paint(painter, frame, look, transform, pointer.lens, ratio)

    def _paint_overlay(self, painter: QPainter, frame: Frame, transform: ViewTransform) -> None:
        overlay = self.viewport.overlay_of(frame.ref)
        size = (float(self.width()), float(self.height()))
        says = self._texts if self.viewport.text_mode is not OverlayMode.NONE else None
        paint_overlay(painter, overlay, transform, (frame.columns, frame.rows), size, says)

    def _transform(self, frame: Frame) -> ViewTransform:
        size = (float(self.width()), float(self.height()))
        return ViewTransform.of(self.viewport.state, (frame.columns, frame.rows), size, frame.facts.pixel_aspect_ratio)

    # -- news of the model -------------------------------------------------------------------------------------------

    def _frame_changed(self) -> None:
        if self.viewport.frame is not None:
            self._kept = self.viewport.frame
        self._await()
        self._show_message()
        self.update()

    def _display_set_changed(self) -> None:
        display_set = self.viewport.display_set
        key = display_set.key if display_set is not None else ""
        if key != self._kept_key:
            self._kept, self._kept_key = None, key
        self.setAccessibleName(display_set.title if display_set is not None else self.tr("Empty viewport"))
        self._await()
        self._show_message()
        self.update()

    def _state_changed(self) -> None:
        self._await()
        self.update()

    def _awaited(self) -> str:
        """What this viewport waits for, in words; empty for nothing."""
        viewport = self.viewport
        display_set = viewport.display_set
        if display_set is None:
            return self._busy_text
        is_here = viewport.frame is not None or viewport.error is not None
        if is_here or not display_set.is_image or not display_set.frames:
            return ""
        return self.tr("Loading image {number} …").format(number=viewport.state.index + 1)

    def _await(self) -> None:
        """Says what is on its way, once that takes longer than an eye forgives."""
        awaited = self._awaited()
        if awaited and not self._is_late:
            if not self._late.isActive() and self.isVisible():
                self._late.start()
            return
        self._late.stop()
        self._is_late = bool(awaited)
        if awaited != self.note.text:
            self.note.set_text(awaited)
            self._place_children()

    def _become_late(self) -> None:
        self._is_late = True
        self._await()
        self.update()

    def _show_message(self) -> None:
        """Puts a sentence where the image would be: an error with its way out, or why there is no image."""
        display_set = self.viewport.display_set
        error, retry = self.viewport.error, self.viewport.retry
        if error is None and self._page_error is not None:
            error, retry = self._page_error
        if error is not None:
            self.message.tell(error.user_text, icon="image-off", buttons=self._error_buttons(error, retry))
        elif display_set is not None and not display_set.is_image:
            self.message.tell(self.tr("This series holds no images."), display_set.title, icon="file-text")
        self.message.setVisible(error is not None or (display_set is not None and not display_set.is_image))

    def _error_buttons(self, error: LightboxError, retry: Callable[[], None]) -> tuple[QPushButton, ...]:
        details = "\n".join(part for part in (type(error).__name__, error.user_text, error.detail) if part)
        tip = self.tr("Copy what a technician would ask for")
        return (
            button(self.tr("Try again"), retry, kind="primary"),
            button(self.tr("Copy details"), lambda: copy_text(details), tip=tip),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._await()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._late.stop()
        self._refine.stop()

    # -- size --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_size()
        self._place_children()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._tell_size()
        elif isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            place = event.position()
            self.viewport.zoom_by(1 + event.value(), (place.x(), place.y()))
            return True
        return super().event(event)

    def _tell_size(self) -> None:
        self.viewport.points_per_mm = points_per_mm(self.screen())
        self.viewport.set_view_size(self.width(), self.height(), self.devicePixelRatioF())

    def _place_children(self) -> None:
        margin = min(max(self.height() // 11, 24), 88)
        self.bar.setGeometry(self.width() - BAR_WIDTH, margin, BAR_WIDTH, max(self.height() - 2 * margin, 1))
        self.message.setGeometry(self.rect())
        self.question.place()
        self.note.adjustSize()
        self.note.move((self.width() - self.note.width()) // 2, round(self.height() * 0.5 - self.note.height() / 2))

    # -- hands -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pressed = _BUTTONS.get(event.button())
        if pressed is None:
            event.ignore()
            return
        self.activated.emit()
        if self._pressed is None:
            self._pressed = (event.button(), event.position())
            self._last = event.position()
            self._moved = event.button() == Qt.MouseButton.MiddleButton
            self.viewport.pointer.press(pressed, event.position().x(), event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self.viewport.pointer.hover(place.x(), place.y())
            return
        held, start = self._pressed
        if not event.buttons() & held:          # the release went to another window
            self._finish(self._last)
            return
        self._moved = self._moved or (place - start).manhattanLength() > _TREMOR_PX
        if self._moved:
            self._last = place
            self.viewport.pointer.move(place.x(), place.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != self._pressed[0]:
            return
        held, _ = self._pressed
        was_click = not self._moved
        self._finish(event.position())
        self.viewport.pointer.hover(event.position().x(), event.position().y())
        if was_click and held == Qt.MouseButton.RightButton:
            self.menu_requested.emit(event.globalPosition().toPoint())

    def _finish(self, place: QPointF) -> None:
        """Ends a drag at a place. A click was no drag, and leaves everything as it was."""
        moved, self._pressed, self._moved = self._moved, None, False
        if moved:
            self.viewport.pointer.release(place.x(), place.y())
        else:
            self.viewport.pointer.click(place.x(), place.y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            place = event.position()
            if not self.viewport.pen.double_click(place.x(), place.y()):
                self.alone_requested.emit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Counts whole notches. Touchpads and fine wheels send parts of one, which add up."""
        # Shift and Alt turn the wheel sideways on some systems.
        delta = event.angleDelta().y() or event.angleDelta().x()
        if delta * self._wheel_rest < 0:
            self._wheel_rest = 0
        self._wheel_rest += delta
        notches = int(self._wheel_rest / _NOTCH)
        self._wheel_rest -= notches * _NOTCH
        if notches:
            held = event.modifiers()
            self.viewport.pointer.wheel(
                -notches,
                shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
                ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
                x=event.position().x(),
                y=event.position().y(),
            )
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._wheel_rest = 0
        self.viewport.pointer.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key; a right click asks for its menu itself, when it is let go without a drag."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.mapToGlobal(self.rect().center()))
        event.accept()
