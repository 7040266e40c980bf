"""WindowMemory: puts a window where it stood the last time these monitors were there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.core.window_places import Rectangle, WindowPlace, remembered, screens_key, with_place
from desktop_app.viewmodels.settings import SettingsModel

_SETTLED_MS = 700               # after the last movement
_EVENTS = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange})


class WindowMemory(QObject):
    """Follows one window. `name` tells it from the others: "main", "study 1"."""

    def __init__(self, window: QWidget, name: str, settings: SettingsModel) -> None:
        super().__init__(window)
        self._window, self._name, self._settings = window, name, settings
        self._later = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._later.timeout.connect(self.note)
        window.installEventFilter(self)

    def restore(self) -> bool:
        """Whether it was known where the window belongs; a window that was maximized is so again when it is shown."""
        place = remembered(self._settings.value.window_places, self._name, _screens())
        if place is None:
            return False
        self._window.setGeometry(*place.area)
        if place.maximized:
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowMaximized)
        return True

    def note(self) -> None:
        """Remembers where the window is now."""
        window = self._window
        if not window.isVisible() or window.isMinimized() or window.isFullScreen():
            return
        maximized = window.isMaximized()
        area = window.normalGeometry() if maximized else window.geometry()
        place = WindowPlace(self._name, screens_key(_screens()), _rectangle(area), maximized)
        self._settings.change(window_places=with_place(self._settings.value.window_places, place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _EVENTS and self._window.isVisible():
            self._later.start()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self._later.stop()
        return False


def other_screen(window: QWidget) -> QRect | None:
    """The room on a monitor where this window is not; None where there is one monitor only."""
    here = window.screen()
    others = [screen for screen in QGuiApplication.screens() if screen is not here]
    return others[0].availableGeometry() if others else None


def _screens() -> tuple[Rectangle, ...]:
    return tuple(_rectangle(screen.geometry()) for screen in QGuiApplication.screens())


def _rectangle(area: QRect) -> Rectangle:
    return area.x(), area.y(), area.width(), area.height()
