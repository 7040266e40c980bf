"""KeyPointer: a pointer on the image that keys move and press, for those who read without a mouse."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.viewmodels.pointer import Pointer, PointerButton


class KeyPointer(QObject):
    """It appears in the middle of the viewport with the first step, and does what a mouse at its place would do."""

    changed = Signal()

    def __init__(self, pointer: Pointer, parent: QObject) -> None:
        super().__init__(parent)
        self._pointer = pointer
        self.place: tuple[float, float] | None = None           # points of the viewport; None while it is not used

    def step(self, right: float, down: float, view_size: tuple[float, float]) -> None:
        """By so many points, never out of the viewport."""
        width, height = view_size
        x, y = self.place or (width / 2, height / 2)
        self.place = min(max(x + right, 0.0), max(width - 1, 0.0)), min(max(y + down, 0.0), max(height - 1, 0.0))
        self._pointer.hover(*self.place)
        self.changed.emit()

    def click(self, view_size: tuple[float, float]) -> None:
        """Sets the next point of a drawing, or takes hold of what lies there."""
        if self.place is None:
            self.step(0, 0, view_size)
        assert self.place is not None
        self._pointer.press(PointerButton.LEFT, *self.place)
        self._pointer.click(*self.place)
        self._pointer.hover(*self.place)

    def hide(self) -> None:
        if self.place is not None:
            self.place = None
            self._pointer.leave()
            self.changed.emit()
