"""StudyWindow: one open study in a window of its own, for another monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Commands, WindowCommands
from desktop_app.ui.page_commands import PageCommands
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.ui.window_memory import WindowMemory
from desktop_app.viewmodels.viewer import ViewerModel

if TYPE_CHECKING:
    from desktop_app.ui.closing import Closing
    from desktop_app.ui.command_palette import CommandPalette
    from desktop_app.viewmodels.models import Models

_SIZE = (1280, 900)
_LEAST = (800, 500)


class HomeWindow(Protocol):
    """What the windows of studies must know of the main one."""

    @property
    def models(self) -> Models: ...
    @property
    def closing(self) -> Closing: ...
    def show_worklist(self) -> None: ...
    def activateWindow(self) -> None: ...
    def say_copied(self) -> None: ...


class StudyWindow(QMainWindow):
    """Its × puts the study back into a tab: a closed window loses nothing."""

    put_back = Signal()

    def __init__(self, viewer: ViewerModel, main: HomeWindow, name: str) -> None:
        super().__init__()
        self.viewer = viewer
        self._palette: CommandPalette | None = None
        self._is_done = False
        self.setWindowIcon(theme.program_icon())
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        commands = cast(WindowCommands, _StudyCommands(self, main))
        self.actions_set = ActionSet(Commands(commands, main.models), self)
        self.page = ViewerPage(viewer, self.actions_set)
        self.setCentralWidget(self.page)
        self.memory = WindowMemory(self, name, main.models.settings)
        viewer.changed.connect(self._retitle)
        self._retitle()

    @property
    def palette_box(self) -> CommandPalette:
        if self._palette is None:
            from desktop_app.ui.command_palette import CommandPalette

            self._palette = CommandPalette(self, self.actions_set)
        return self._palette

    def set_locked(self, locked: bool) -> None:
        """Locked, the window is not seen at all: it holds nothing but a patient's images."""
        self.actions_set.set_locked(locked)
        self.setVisible(not locked)

    def finish(self) -> None:
        """Goes, without putting the study back."""
        self._is_done = True
        self.close()
        self.deleteLater()

    def _retitle(self) -> None:
        self.setWindowTitle(f"{self.viewer.title} – Lightbox")

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._is_done:
            self.put_back.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.fit()


class _StudyCommands:
    """What actions ask of a study's window; what is not its own business, the main window does."""

    def __init__(self, window: StudyWindow, main: HomeWindow) -> None:
        self._window, self._main = window, main
        self.on_page = PageCommands(window, main.models, lambda: window.page)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._main, name)

    @property
    def active_viewer(self) -> ViewerModel | None:
        return self._window.viewer

    @property
    def active_page(self) -> ViewerPage | None:
        return self._window.page

    def choose_layout(self) -> None:
        self._window.page.toolbar.layout_button.open()

    def close_tab(self) -> None:
        self._main.closing.close_study(self._window.viewer)

    def toggle_own_window(self) -> None:
        self._window.close()

    def has_own_window(self) -> bool:
        return True

    def show_worklist(self) -> None:
        self._main.show_worklist()
        self._main.activateWindow()

    def copy_view(self) -> None:
        self._window.page.copy_view()
        self._main.say_copied()

    def show_palette(self) -> None:
        self._window.palette_box.open()

    def toggle_full_screen(self) -> None:
        if not self.leave_full_screen():
            self._window.showFullScreen()

    def leave_full_screen(self) -> bool:
        if not self._window.isFullScreen():
            return False
        self._window.showNormal()
        return True
