"""StudyPlaces: where each open study is: in a tab of the main window, or in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from desktop_app.ui.window_memory import other_screen
from desktop_app.viewmodels.saving_note import SavingNote
from desktop_app.viewmodels.weakly import weakly

if TYPE_CHECKING:
    from desktop_app.ui.action_set import ActionSet
    from desktop_app.ui.closing import Closing
    from desktop_app.ui.study_window import HomeWindow, StudyWindow
    from desktop_app.ui.top_bar import StudyTabs
    from desktop_app.ui.viewer_page import ViewerPage
    from desktop_app.ui.worklist_page import WorklistPage
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel

_BESIDE = 60            # px: how far a new window stands from the main one, where there is one monitor


class StudyPlaces(QObject):
    """Tab 0 is the worklist; the studies in tabs follow in their order."""

    front_changed = Signal()

    def __init__(self, main: QMainWindow, models: Models, actions: ActionSet, tabs: StudyTabs, pages: QStackedWidget,
                 worklist_page: WorklistPage, closing: Closing) -> None:
        super().__init__(main)
        self._main, self._models, self._actions = main, models, actions
        self._tabs, self._stack, self._worklist_page, self._closing = tabs, pages, worklist_page, closing
        self._viewers: list[ViewerModel] = []           # in the order of their tabs, from tab 1 on
        self._pages: dict[ViewerModel, ViewerPage] = {}
        self.windows: dict[ViewerModel, StudyWindow] = {}
        tabs.currentChanged.connect(self.tab_changed)
        tabs.close_requested.connect(self.close_at)
        models.session.lock_changed.connect(self._lock)

    @property
    def front(self) -> ViewerModel | None:
        """The study in the front tab, None while the worklist is."""
        index = self._tabs.currentIndex() - 1
        return self._viewers[index] if 0 <= index < len(self._viewers) else None

    def page_of(self, viewer: ViewerModel | None) -> ViewerPage | None:
        if viewer in self.windows:
            return self.windows[viewer].page
        return self._pages.get(viewer) if viewer is not None else None

    def show(self, viewer: ViewerModel) -> None:
        """Brings a study to the front, wherever it is; a new one gets a tab."""
        if viewer in self.windows:
            self.windows[viewer].raise_()
            self.windows[viewer].activateWindow()
            return
        if viewer not in self._pages:
            viewer.changed.connect(weakly(self._retitle, viewer))
            viewer.work.told.connect(self._models.notices.post)
            SavingNote(viewer.work, self._models.notices)
            self._add_tab(viewer)
        self._tabs.setCurrentIndex(self._viewers.index(viewer) + 1)

    def forget(self, viewer: ViewerModel) -> None:
        """The study was closed."""
        if viewer in self.windows:
            self.windows.pop(viewer).finish()
        elif viewer in self._pages:
            self._remove_tab(viewer)

    def toggle_own_window(self) -> None:
        """The study in front gets a window of its own."""
        viewer = self.front
        if viewer is None:
            return
        from desktop_app.ui.study_window import StudyWindow

        self._remove_tab(viewer)
        taken = {window.objectName() for window in self.windows.values()}
        name = next(name for number in range(1, 100) if (name := f"study {number}") not in taken)
        window = self.windows[viewer] = StudyWindow(viewer, cast("HomeWindow", self._main), name)
        window.setObjectName(name)
        window.put_back.connect(lambda: self._put_back(viewer))
        if not window.memory.restore():
            room = other_screen(self._main)
            if room is not None:
                window.setGeometry(room)
            else:
                window.move(self._main.x() + _BESIDE, self._main.y() + _BESIDE)
        window.show()
        viewer.set_front(True)
        window.page.focus_image()

    def close_windows(self) -> None:
        """The program ends."""
        for window in self.windows.values():
            window.finish()
        self.windows.clear()

    def close_at(self, index: int) -> None:
        if 0 < index <= len(self._viewers):
            self._closing.close_study(self._viewers[index - 1])

    def tab_changed(self, _index: int = 0) -> None:
        front = self.front
        page = self._pages[front] if front is not None else self._worklist_page
        self._stack.setCurrentWidget(page)
        for viewer in self._viewers:
            viewer.set_front(viewer is front)
        self._actions.refresh()
        if front is not None:
            self._pages[front].focus_image()
        else:
            self._worklist_page.table.setFocus()
        self.front_changed.emit()

    def _put_back(self, viewer: ViewerModel) -> None:
        window = self.windows.pop(viewer, None)
        if window is not None:
            window.deleteLater()
            self._add_tab(viewer)
            self._tabs.setCurrentIndex(self._viewers.index(viewer) + 1)

    def _add_tab(self, viewer: ViewerModel) -> None:
        from desktop_app.ui.viewer_page import ViewerPage  # the first window does not wait for it

        page = self._pages[viewer] = ViewerPage(viewer, self._actions)
        self._stack.addWidget(page)
        self._viewers.append(viewer)
        self._tabs.add_study(viewer.title, viewer.patient_colour)

    def _remove_tab(self, viewer: ViewerModel) -> None:
        page = self._pages.pop(viewer)
        index = self._viewers.index(viewer)
        was_front = viewer is self.front
        self._viewers.remove(viewer)
        self._tabs.blockSignals(True)
        self._tabs.removeTab(index + 1)
        if was_front:                                   # back to the neighbour that was opened before, else to the list
            self._tabs.setCurrentIndex(index)
        self._tabs.blockSignals(False)
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        self.tab_changed()

    def _retitle(self, viewer: ViewerModel) -> None:
        if viewer in self._viewers:
            self._tabs.retitle(self._viewers.index(viewer) + 1, viewer.title, viewer.patient_colour)

    def _lock(self) -> None:
        locked = self._models.session.lock is not None
        for window in self.windows.values():
            window.set_locked(locked)
