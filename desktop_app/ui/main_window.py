"""The main window: top bar, pages, upload tray; and what happens to the window as a whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.haidef import Finding
from desktop_app.core.store import Store
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Commands
from desktop_app.ui.closing import Closing
from desktop_app.ui.drop_overlay import DropOverlay
from desktop_app.ui.guard import Guard
from desktop_app.ui.intake import Intake
from desktop_app.ui.page_commands import PageCommands
from desktop_app.ui.study_places import StudyPlaces
from desktop_app.ui.top_bar import TopBar
from desktop_app.ui.upload_tray import UploadTray
from desktop_app.ui.window_memory import WindowMemory
from desktop_app.ui.worklist_page import WorklistPage
from desktop_app.viewmodels.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from desktop_app.core.crash_report import CrashReport
    from desktop_app.ui.command_palette import CommandPalette
    from desktop_app.ui.viewer_page import ViewerPage
    from desktop_app.viewmodels.deletion import Deletion
    from desktop_app.viewmodels.making import Making
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel

_SIZE = (1600, 1000)
_FRAME_HEIGHT = 40                  # of the system's title bar, which is not known before the window stands
_LEAST = (1024, 600)
_IDLE_MS, _WARM_UP_MS = 1500, 60    # after this long the start is over; then one module at a time
# In the order in which they need each other, so that no step takes as long as all of them: a hand would feel that.
WARM_UP = (
    "desktop_app.core.frame", "desktop_app.viewmodels.viewport", "desktop_app.viewmodels.viewer",
    "desktop_app.viewmodels.corner_texts", "desktop_app.ui.viewport.paint_image",
    "desktop_app.ui.viewport.paint_text", "desktop_app.ui.viewport.canvas", "desktop_app.ui.series_card",
    "desktop_app.ui.series_strip",
    "desktop_app.ui.viewer_toolbar", "desktop_app.ui.dialogs", "desktop_app.ui.objects.export_dialog",
    "desktop_app.ui.objects.page_print", "desktop_app.ui.objects.object_page", "desktop_app.ui.objects.tags_dialog",
    "desktop_app.ui.viewer_page",
)


class MainWindow(QMainWindow):
    """Everything the program shows. It knows the models and nothing below them."""

    closed = Signal()

    def __init__(self, models: Models) -> None:
        super().__init__()
        self.models = models
        self.studies: StudyPlaces | None = None
        self.closing = Closing(self, models)
        self._cold = list(WARM_UP)
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._warm_up)
        self.setWindowTitle("Lightbox")
        self.setWindowIcon(theme.program_icon())
        self.setMinimumSize(*_LEAST)
        self.resize(*self._first_size())
        WindowMemory(self, "main", models.settings).restore()
        self.setAcceptDrops(True)

        self.on_page = PageCommands(self, models, lambda: self.active_page)
        self.actions_set = ActionSet(Commands(self, models), self)
        self.top_bar = TopBar(models.notices, models.network, self.actions_set, models.session)
        self.worklist_page = WorklistPage(models, self.actions_set)
        self.tray = UploadTray(models.uploads, lambda: self.active_viewer is not None)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.worklist_page)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.tray)
        self.guard = Guard(self, central, models, self.actions_set)
        self.setCentralWidget(self.guard.whole)
        models.session.came_back.connect(self.come_forward)
        self._palette: CommandPalette | None = None
        self.drop_overlay = DropOverlay(self)
        self.intake = Intake(self, models, self.worklist_page.table, lambda: self.active_viewer)

        self.studies = StudyPlaces(
            self, models, self.actions_set, self.top_bar.tabs, self.pages, self.worklist_page,
            self.closing)
        self.top_bar.notice.details_requested.connect(self._tell_notice)
        self.worklist_page.remove_archive_requested.connect(self._ask_remove)
        self.worklist_page.date_range_requested.connect(self._ask_dates)
        self.tray.report_requested.connect(self.show_report)
        self.tray.plan_requested.connect(self.show_plan)
        models.uploads.asked.connect(self.show_plan)
        models.uploads.password_asked.connect(self.ask_zip_password)
        models.deletions.asked.connect(self.ask_deletion)
        models.makings.asked.connect(self.show_making)
        models.archives.changed.connect(self.actions_set.refresh)
        models.archives.notes_ready.connect(self._tell_conformance)
        models.haidef.checked.connect(self._show_haidef)
        models.crashes.found.connect(self._show_crashes)
        self.guard.opened.connect(self.studies.tab_changed)
        self.top_bar.sign_out_requested.connect(models.session.sign_out_shown)
        models.workspace.viewer_opened.connect(self.studies.show)
        models.workspace.viewer_closed.connect(self.studies.forget)
        for viewer in models.workspace.viewers:
            self.studies.show(viewer)
        self.worklist_page.table.setFocus()

    def _first_size(self) -> tuple[int, int]:
        room = self.screen().availableSize()
        return min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - _FRAME_HEIGHT)

    # -- pages ---------------------------------------------------------------------------------------------------

    @property
    def active_viewer(self) -> ViewerModel | None:
        """The study in the front tab, None while the worklist is."""
        return self.studies.front if self.studies is not None else None

    @property
    def active_page(self) -> ViewerPage | None:
        return self.page_of(self.active_viewer)

    def page_of(self, viewer: ViewerModel | None) -> ViewerPage | None:
        return self.studies.page_of(viewer) if self.studies is not None else None

    # -- what actions ask for ------------------------------------------------------------------------------------

    def come_forward(self) -> None:
        """Another start of the program, or a link, asked for something; or the person is back from the browser."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def show_worklist(self) -> None:
        self.top_bar.tabs.setCurrentIndex(0)

    def step_tab(self, step: int) -> None:
        tabs = self.top_bar.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + step) % tabs.count())

    def close_tab(self) -> None:
        if self.studies is not None:
            self.studies.close_at(self.top_bar.tabs.currentIndex())

    def toggle_own_window(self) -> None:
        if self.studies is not None:
            self.studies.toggle_own_window()

    def has_own_window(self) -> bool:
        return False

    def focus_search(self) -> None:
        self.show_worklist()
        self.worklist_page.focus_search()

    def open_selected_study(self) -> None:
        if self.models.worklist.selected is not None:
            self.worklist_page.open_study(self.models.worklist.selected)

    def toggle_full_screen(self) -> None:
        if not self.leave_full_screen():
            self.showFullScreen()

    def leave_full_screen(self) -> bool:
        """False when the window was not in full screen."""
        if not self.isFullScreen():
            return False
        self.showNormal()
        return True

    def choose_layout(self) -> None:
        if self.active_page is not None:
            self.active_page.toolbar.layout_button.open()

    def copy_view(self) -> None:
        if self.active_page is not None:
            self.active_page.copy_view()
            self.say_copied()

    def say_copied(self) -> None:
        self.models.notices.post(Notice(self.tr("The view is on the clipboard."), NoticeKind.GOOD, key="copy_view"))

    @property
    def palette_box(self) -> CommandPalette:
        """The command palette, made when it is first asked for."""
        if self._palette is None:
            from desktop_app.ui.command_palette import CommandPalette

            self._palette = CommandPalette(self, self.actions_set)
        return self._palette

    def show_palette(self) -> None:
        self.palette_box.open()

    def show_keys(self) -> None:
        from desktop_app.ui.key_sheet import KeySheet

        KeySheet(self, self.actions_set, self.models.settings).open()

    def change_keys(self) -> None:
        from desktop_app.ui.keys_dialog import KeysDialog

        KeysDialog(self, self.actions_set, self.models.settings).open()

    def show_loading_times(self) -> None:
        from desktop_app.ui.loading_panel import LoadingPanel

        LoadingPanel(self, self.models.network, self.active_viewer).show()

    def show_about(self) -> None:
        from desktop_app.ui.about import About
        from desktop_app.viewmodels.help import LICENCES

        dialog = About(self)
        dialog.licences_requested.connect(lambda: self.show_help(LICENCES))
        dialog.open()

    def show_help(self, page: str = "") -> None:
        from desktop_app.ui.help.window import HelpWindow

        window = self.findChild(HelpWindow) or HelpWindow(self, self.models.help, self.actions_set)
        window.go(page)
        window.show()
        window.raise_()
        window.activateWindow()

    def show_report(self, number: int) -> None:
        from desktop_app.ui.report_dialog import UploadReport

        UploadReport(self, self.models.uploads, number).open()

    def show_plan(self, number: int) -> None:
        """What goes where, before anything is sent."""
        from desktop_app.ui.upload_sheet import UploadSheet

        UploadSheet(self, self.models.uploads, number).open()

    def ask_zip_password(self, number: int, name: str) -> None:
        from desktop_app.ui.upload_sheet import ZipPassword

        ZipPassword(self, self.models.uploads, number, name).open()

    def ask_deletion(self, deletion: Deletion) -> None:
        from desktop_app.ui.deletion_dialog import DeletionDialog

        DeletionDialog(self, deletion).open()

    def add_archive(self) -> None:
        from desktop_app.ui.archive_dialog import AddArchive

        self.show_worklist()
        dialog = AddArchive(self, self.models.archives, self.models.test)
        dialog.google_requested.connect(self.choose_google)
        dialog.open()

    def show_settings(self) -> None:
        from desktop_app.ui.settings_page import SettingsPage

        SettingsPage(self, self.models).open()

    def choose_archive_folder(self) -> None:
        """A folder on this machine, opened as an archive."""
        from PySide6.QtWidgets import QFileDialog

        self.show_worklist()
        dialog = QFileDialog(self, self.tr("Open a folder or a CD as an archive"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda names: self.models.archives.add(names[0]))
        dialog.open()

    def choose_google(self) -> None:
        from desktop_app.ui.google_dialog import GoogleDialog

        self.show_worklist()
        GoogleDialog(self, self.models.chooser).open()

    def choose_files(self) -> None:
        self._choose(self.tr("Upload files to %s"), folder=False)

    def choose_folder(self) -> None:
        self._choose(self.tr("Upload a folder to %s"), folder=True)

    def _choose(self, title: str, *, folder: bool) -> None:
        from PySide6.QtWidgets import QFileDialog

        store = self.intake.receiver(self.intake.study_at())
        dialog = QFileDialog(self, title % store.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        modes = QFileDialog.FileMode
        dialog.setFileMode(modes.Directory if folder else modes.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.models.uploads.drop(
            [Path(name) for name in names], store, ask_always=True))
        dialog.open()

    def quit(self) -> None:
        self.close()

    # -- dialogs -------------------------------------------------------------------------------------------------

    def _tell_notice(self, notice: Notice) -> None:
        from desktop_app.ui.dialogs import TextDetails

        TextDetails(self, self.tr("Notice"), notice.text, notice.detail).open()

    def _show_haidef(self, findings: tuple[Finding, ...], page: str) -> None:
        from desktop_app.ui.haidef_dialog import HaidefReport

        HaidefReport(self, findings, page).open()

    def _show_crashes(self, reports: tuple[CrashReport, ...]) -> None:
        from desktop_app.ui.crash_dialog import CrashDialog

        CrashDialog(self, self.models.crashes, reports).open()

    def _tell_conformance(self, store: Store, notes: str) -> None:
        from desktop_app.ui.dialogs import TextDetails

        text = self.tr("How %s turned out to speak DICOMweb, and what Lightbox works around; in English, for its "
                       "makers. Nothing here is about a patient.") % store.name
        TextDetails(self, self.tr("Conformance notes"), text, notes).open()

    def _ask_dates(self) -> None:
        from desktop_app.ui.dialogs import DateRange

        dialog = DateRange(self, self.worklist_page.search.dates)
        dialog.chosen.connect(self.worklist_page.search.set_range)
        dialog.open()

    def _ask_remove(self, store: Store) -> None:
        from desktop_app.ui.dialogs import Answer, Question

        dialog = Question(
            self, self.tr("Remove %s from the list?") % store.name,
            self.tr("Only the entry in this list goes. What the archive holds stays there, and you can add it again."),
            (Answer("keep", self.tr("Keep"), is_safe=True), Answer("remove", self.tr("Remove"), "primary")))
        dialog.answered.connect(lambda answer: self.models.archives.remove(store) if answer == "remove" else None)
        dialog.open()

    # -- closing -------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closing.may_quit():
            event.ignore()
            return
        self._idle.stop()
        event.accept()
        if self.studies is not None:
            self.studies.close_windows()
        self.closed.emit()

    # -- dropping files ------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drag(event)

    def _drag(self, event: QDragMoveEvent) -> None:
        target = self.intake.study_at(event.position().toPoint())
        taken = self.intake.look(event.mimeData(), target)
        if not taken:
            self.drop_overlay.hide()
            event.ignore()
            return
        refusal = self.intake.refusal(taken, target)
        event.setDropAction(Qt.DropAction.IgnoreAction if refusal else Qt.DropAction.CopyAction)
        event.accept()
        into = target.study.patient_name.display or target.study.patient_id if target and taken.to_make else ""
        self.drop_overlay.show_for(self.intake.receiver(target).name, refusal, into, taken.manifest is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_overlay.hide()
        target = self.intake.study_at(event.position().toPoint())
        taken = self.intake.look(event.mimeData(), target)
        if taken and not self.intake.refusal(taken, target):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.intake.take(taken, target)

    def paste(self) -> None:
        """Takes pictures and files of the clipboard."""
        if not self.intake.paste():
            self.models.notices.post(Notice(
                self.tr("There is no picture or file on the clipboard that could be added here."), key="paste"))

    def show_making(self, making: Making) -> None:
        from desktop_app.ui.make_sheet import MakeSheet

        MakeSheet(self, making).open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._idle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._idle.stop()

    def _warm_up(self) -> None:
        """Loads what the first study needs, a little at a time, while nobody waits for it."""
        if self._cold:
            import_module(self._cold.pop(0))
            self._idle.start(_WARM_UP_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drop_overlay.setGeometry(self.rect())
        if self._palette is not None:
            self._palette.fit()
