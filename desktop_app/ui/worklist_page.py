"""The worklist: archives at the left, search and studies in the middle, the selected study at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import SignInNeeded
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind
from desktop_app.core.words import say
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions.action import Scope
from desktop_app.ui.archive_list import ArchiveList
from desktop_app.ui.preview_panel import PreviewPanel
from desktop_app.ui.search_bar import SearchBar
from desktop_app.ui.study_table import StudyTable
from desktop_app.ui.trouble_banner import TroubleBanner
from desktop_app.ui.widgets import (
    SHOW_BUSY_AFTER_MS,
    ElidedLabel,
    Message,
    Spinner,
    button,
    copy_text,
    icon_button,
    label,
)
from desktop_app.viewmodels.store_search import Trouble

if TYPE_CHECKING:
    from desktop_app.viewmodels.models import Models

_ARCHIVES_WIDTH, _PREVIEW_WIDTH = 224, 292


class WorklistPage(QWidget):
    """Shows WorklistModel and ArchivesModel. Every state of the list has a sentence and what to do next."""

    remove_archive_requested = Signal(object)       # Store
    date_range_requested = Signal()

    def __init__(self, models: Models, actions: ActionSet) -> None:
        super().__init__()
        self.setObjectName("page")
        self._models, self._actions = models, actions
        self._hint_wanted = True
        worklist = models.worklist
        tokens = theme.tokens()

        self.archives = ArchiveList(models.archives, actions.row("add_archive").tooltip)
        self.search = SearchBar(actions.row("search_field").key_text)
        self.table = StudyTable(worklist)
        self.table.addActions([actions[one.id] for one in actions.table.values() if one.scope is Scope.TABLE])
        self.preview = PreviewPanel(worklist, actions.row("open_study").key_text)
        self.message = Message()
        self.banner = TroubleBanner(self._remedies)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.message)
        self._busy_after = QTimer(self, interval=SHOW_BUSY_AFTER_MS, singleShot=True)
        self._busy_after.timeout.connect(self._waited_long)
        self._waited = False

        self.status = ElidedLabel(kind="small", tone="secondary")
        self._spinner = Spinner(14)
        self.hint = self._make_hint()
        footer = QHBoxLayout()
        footer.setContentsMargins(tokens.space_l, 0, tokens.space_l, 0)
        footer.setSpacing(tokens.space_s)
        footer.addWidget(self._spinner)
        footer.addWidget(self.status, 1)
        self._footer = QWidget()
        self._footer.setLayout(footer)
        self._footer.setFixedHeight(tokens.row)

        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        column.addWidget(self.hint)
        column.addWidget(self._footer)

        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)       # Qt widens the place to grab by itself
        self.archives.setMinimumWidth(160)
        self.preview.setMinimumWidth(200)
        for part in (self.archives, middle, self.preview):
            self._splitter.addWidget(part)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_ARCHIVES_WIDTH, 1084, _PREVIEW_WIDTH])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self.setTabOrder(self.search.search_button, self.table)

        self.archives.add_requested.connect(lambda: actions.run("add_archive"))
        self.archives.remove_requested.connect(self.remove_archive_requested)
        self.search.query_edited.connect(worklist.set_query)
        self.search.search_requested.connect(worklist.search_now)
        self.search.range_requested.connect(self.date_range_requested)
        self.search.leave_requested.connect(self.table.focus_first)
        self.table.open_requested.connect(self.open_study)
        self.table.menu_requested.connect(self._show_menu)
        self.preview.open_requested.connect(self.open_study)
        worklist.query_changed.connect(lambda: self.search.show_query(worklist.query))
        worklist.status_changed.connect(self._show_state)
        worklist.selected_changed.connect(actions.refresh)
        worklist.scope_changed.connect(self._show_state)
        self.search.show_query(worklist.query)
        self._show_state()

    def open_study(self, row: ListedStudy) -> None:
        self._hint_wanted = False
        self._models.worklist.open(row)
        self._show_hint()

    def focus_search(self) -> None:
        self.search.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.text.selectAll()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)               # what is greyed out says why
        for name in ("open_study", "delete_study"):
            if self._actions[name].isEnabled() or self._actions.refusal(name):
                menu.addAction(self._actions[name])
        menu.popup(place)

    # -- states --------------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        worklist = self._models.worklist
        has_rows = worklist.table.rowCount() > 0
        troubles, asking = worklist.troubles, bool(worklist.asking)
        self._spinner.set_busy(asking and has_rows)
        beside = has_rows or worklist.is_of_many           # what is wrong stands above what is right
        self.status.setText(worklist.status if has_rows and (worklist.is_of_many or not troubles) else "")
        self.banner.show_troubles(troubles if beside else (), named=worklist.is_of_many)
        self._show_hint()
        if not asking:
            self._busy_after.stop()
            self._waited = False
        if has_rows:
            self._stack.setCurrentWidget(self.table)
        elif asking and not self._waited:
            if not self._busy_after.isActive():
                self._busy_after.start()        # a quick answer shall not make the page flicker
        else:
            self._say_why_empty()
            self._stack.setCurrentWidget(self.message)

    def _waited_long(self) -> None:
        self._waited = True
        self._show_state()

    def _say_why_empty(self) -> None:
        worklist = self._models.worklist
        count, troubles = len(worklist.stores), worklist.troubles
        where = self.tr("%d archives") % count if worklist.is_of_many else worklist.store.name
        if worklist.asking:
            names = ", ".join(store.name for store in worklist.asking)
            self.message.tell(self.tr("Searching %s…") % names, busy=True)
        elif troubles and not worklist.is_of_many:
            error = troubles[0].error
            icon = "log-in" if isinstance(error, SignInNeeded) else "triangle-alert"
            tone = "caution" if isinstance(error, SignInNeeded) else "error"
            self.message.tell(error.user_text, where, icon=icon, tone=tone, buttons=self._remedies(troubles[0]))
        elif not worklist.status:               # nothing was asked yet, or nobody answered
            self.message.tell(self.tr("None of the archives could be searched.") if troubles else "",
                              self.tr("Above stands what each of them needs.") if troubles else "")
        elif worklist.query != StudyQuery():
            self.message.tell(
                self.tr("No study in %s matches.") % where,
                self.tr("Change the search, or look at everything there is."),
                icon="search", buttons=(button(self.tr("Clear all filters"), self.search.clear),))
        else:
            self.message.tell(
                self.tr("%d archives hold no studies yet.") % count if worklist.is_of_many
                else self.tr("%s holds no studies yet.") % where,
                self.tr("Drop DICOM files or folders anywhere in this window to store some."),
                icon="inbox", buttons=(self._action_button("open_files"), self._action_button("open_folder")))

    def _remedies(self, trouble: Trouble) -> tuple[QPushButton, ...]:
        """The buttons that help with an error of an archive."""
        archives, worklist = self._models.archives, self._models.worklist
        store, error = trouble.store, trouble.error
        first = "" if worklist.is_of_many else "primary"        # one button stands out, or none
        again = button(self.tr("Try again"), lambda: worklist.search_in(store), kind=first)
        offers: list[QPushButton] = [again]
        if isinstance(error, SignInNeeded) and store.sign_in not in (SignInKind.NONE, SignInKind.GOOGLE_DEFAULT):
            again.setProperty("kind", "")
            offers.insert(0, button(self.tr("Sign in"), lambda: archives.sign_in(store), kind=first))
        if error.link:
            open_page = lambda: QDesktopServices.openUrl(QUrl(error.link))  # noqa: E731
            offers.append(button(self.tr("Open the page that helps"), open_page, icon="external-link", tip=error.link))
        if error.detail:
            text = f"{error.user_text}\n{store.name} {store.url}\n{error.detail}"
            offers.append(button(self.tr("Copy details"), lambda: copy_text(text)))
        return tuple(offers)

    def _action_button(self, action_id: str) -> QPushButton:
        row = self._actions.row(action_id)
        return button(row.short_title if row.label else row.title, lambda: self._actions.run(action_id),
                      icon=row.icon, tip=row.tooltip)

    # -- the first hint ------------------------------------------------------------------------------------------

    def _make_hint(self) -> QFrame:
        tokens = theme.tokens()
        bar = QFrame()
        bar.setObjectName("hintBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(tokens.space_l, 6, tokens.space_s, 6)
        row.setSpacing(tokens.space_xs)
        hint = self.tr("Double-click a study to read it. Drop DICOM files here to store them.")
        row.addWidget(label(hint, tone="secondary", wrap=True), 3)
        add = self._actions.row("add_archive")
        row.addWidget(button(self.tr("Add an archive"), lambda: self._actions.run("add_archive"), kind="link",
                             tip=add.tooltip))
        row.addWidget(self._action_link("help"))
        row.addStretch(1)
        row.addWidget(label(say("core", NOT_FOR_DIAGNOSIS), kind="small", tone="secondary", wrap=True), 3)
        row.addWidget(icon_button("x", self.tr("Do not show this any more"), self._dismiss_hint, edge=14))
        return bar

    def _action_link(self, action_id: str) -> QPushButton:
        row = self._actions.row(action_id)
        return button(row.title, lambda: self._actions.run(action_id), kind="link", tip=row.tooltip)

    def _show_hint(self) -> None:
        worklist = self._models.worklist
        shown = self._hint_wanted and worklist.store.is_local and not worklist.is_of_many
        self.hint.setVisible(shown and self._models.worklist.table.rowCount() > 0)

    def _dismiss_hint(self) -> None:
        self._hint_wanted = False
        self._show_hint()
