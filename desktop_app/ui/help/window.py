"""HelpWindow: contents and search on the left, a page on the right. It stays open beside the images."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.help_book import HelpBook, Hit, Page, search
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.help.keys_page import NAME as KEYS
from desktop_app.ui.help.keys_page import keys_page
from desktop_app.ui.help.page_view import PageView
from desktop_app.ui.widgets import button, icon_button, label
from desktop_app.viewmodels.help import TEXT_SCHEME, HelpModel
from desktop_app.viewmodels.key_sets import mouse

_SIZE = (1064, 800)
_CONTENTS_PX = 256
_PlaceRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and a heading in it or its top."""

    page: str
    anchor: str = ""


class HelpWindow(Dialog):
    """One for the main window. `go` opens a page by its name, with or without the anchor of a heading."""

    def __init__(self, parent: QWidget, model: HelpModel, actions: ActionSet) -> None:
        super().__init__(parent, self.tr("Help"), width=_SIZE[0])
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._model, self._actions = model, actions
        self._wanted = Place("")
        self._visited: list[Place] = []
        self._at = -1
        self._texts: dict[str, Page] = {}
        self._keys = self._page_of_keys()
        self._build()
        room = parent.screen().availableSize()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 60))
        model.changed.connect(self._refill)
        model.text_ready.connect(self._show_text)
        actions.changed.connect(self._rekey)
        model.load()
        self._refill()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        tokens = theme.tokens()
        self.back = icon_button("arrow-left", self.tr("Back  (Alt+Left)"), lambda: self._step(-1), box=32)
        self.forward = icon_button("arrow-right", self.tr("Forward  (Alt+Right)"), lambda: self._step(1), box=32)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search in the help"))
        self.field.setAccessibleName(self.tr("Search in the help"))
        self.field.setToolTip(self.tr("Search in the help  (Ctrl+F)"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.installEventFilter(self)
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setIndentation(tokens.space_l)
        self.contents.setAccessibleName(self.tr("Contents"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.contents.itemClicked.connect(lambda item, _column: self._chosen(item))
        self.hits = QListWidget()
        self.hits.setObjectName("helpHits")
        self.hits.setWordWrap(True)
        self.hits.setAccessibleName(self.tr("What was found"))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.currentItemChanged.connect(lambda item, _before: self._show_hit(item))
        self.hits.itemClicked.connect(self._show_hit)
        self.count = label(kind="small", tone="secondary")
        self.left = QStackedWidget()
        self.left.addWidget(self.contents)
        self.left.addWidget(self.hits)
        bar = QHBoxLayout()
        bar.setSpacing(tokens.space_xs)
        for widget in (self.back, self.forward):
            bar.addWidget(widget)
        bar.addWidget(self.field, 1)
        side = QVBoxLayout()
        side.setSpacing(tokens.space_s)
        side.addLayout(bar)
        side.addWidget(self.count)
        side.addWidget(self.left, 1)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(_CONTENTS_PX)
        self.view = PageView()
        self.view.anchorClicked.connect(self._follow)
        whole = QHBoxLayout()
        whole.setSpacing(tokens.space_l)
        whole.addWidget(holder)
        whole.addWidget(self.view, 1)
        self.column.addLayout(whole, 1)
        self.add_buttons(button(self.tr("Close"), self.accept))
        for keys, what in (("Alt+Left", partial(self._step, -1)), ("Alt+Right", partial(self._step, 1)),
                           ("Ctrl+F", self._focus_search)):
            QShortcut(QKeySequence(keys), self, what)
        self.count.hide()
        self.contents.setFocus()

    # -- where to ----------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        return self._visited[self._at] if self._visited else Place("")

    def go(self, page: str = "", anchor: str = "") -> None:
        """Shows a page, the first one where `page` is empty; as soon as it is read, if it is not yet."""
        self._wanted = Place(page, anchor)
        found = self._page(page)
        if found is None:
            return
        self._wanted = Place("")
        place = Place(found.name, anchor)
        if place != self.place:
            del self._visited[self._at + 1:]
            self._visited.append(place)
            self._at = len(self._visited) - 1
        self._show(found, anchor)

    @property
    def book(self) -> HelpBook:
        """What was read, with the keys in force in place of those that come with the program."""
        return self._model.book.with_page(self._keys) if self._model.book.pages else self._model.book

    def _page(self, name: str) -> Page | None:
        book = self.book
        return self._texts.get(name) or (book.page(name) if name else next(iter(book.pages), None))

    def _show(self, page: Page, anchor: str) -> None:
        if self.view.page is not page:
            self.view.show_page(page, self.book)
            self.view.setAccessibleName(page.title)
        if anchor:
            self.view.go_to(anchor)
        else:
            self.view.verticalScrollBar().setValue(0)
        self._mark_contents(page.name, anchor)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._visited) - 1)

    def _step(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._visited) and (page := self._page(self._visited[at].page)) is not None:
            self._at = at
            self._show(page, self._visited[at].anchor)

    def _follow(self, link: QUrl) -> None:
        """A link of a page: another page, a heading of this one, or the licences of a part. None leads out."""
        text = link.toString()
        if text.startswith(TEXT_SCHEME):
            self._model.ask_text(text.removeprefix(TEXT_SCHEME))
            return
        name, _, anchor = text.partition("#")
        self.go(name or self.place.page, anchor)

    def _show_text(self, page: Page) -> None:
        self._texts[page.name] = page
        self.go(page.name)

    # -- contents ----------------------------------------------------------------------------------------------------

    def _refill(self) -> None:
        """The book came, or more of it."""
        if self._model.error:
            self.view.setPlainText(self._model.error)
            return
        self.contents.blockSignals(True)
        self.contents.clear()
        for page in self.book.pages:
            top = QTreeWidgetItem([page.title])
            top.setData(0, _PlaceRole, Place(page.name))
            top.setToolTip(0, page.title)
            for heading in page.headings:
                if heading.level == 2:
                    item = QTreeWidgetItem([heading.text])
                    item.setData(0, _PlaceRole, Place(page.name, heading.anchor))
                    item.setToolTip(0, heading.text)
                    top.addChild(item)
            self.contents.addTopLevelItem(top)
        self.contents.blockSignals(False)
        self.go(*self._now())

    def _now(self) -> tuple[str, str]:
        place = self._wanted if self._wanted.page else self.place
        return place.page, place.anchor

    def _rekey(self) -> None:
        """The keys in force, on their page."""
        made = self._page_of_keys()
        if made != self._keys:
            self._keys = made
            if self.place.page == KEYS:
                self._show(made, "")

    def _page_of_keys(self) -> Page:
        return keys_page(self._actions.table.values(), mouse(self._actions.commands.models.settings.value))

    def _mark_contents(self, name: str, anchor: str) -> None:
        self.contents.blockSignals(True)
        for row in range(self.contents.topLevelItemCount()):
            top = self.contents.topLevelItem(row)
            assert top is not None
            here = top.data(0, _PlaceRole).page == name
            top.setExpanded(here)
            if here:
                items = [top.child(child) for child in range(top.childCount())]
                found = (item for item in items if item is not None and item.data(0, _PlaceRole).anchor == anchor)
                self.contents.setCurrentItem(next(found, top))
        self.contents.blockSignals(False)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            place: Place = item.data(0, _PlaceRole)
            self.go(place.page, place.anchor)

    # -- search ------------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        text = self.field.text().strip()
        self.left.setCurrentWidget(self.hits if text else self.contents)
        self.count.setVisible(bool(text))
        self.hits.blockSignals(True)
        self.hits.clear()
        found = search(self.book, text)
        for hit in found:
            item = QListWidgetItem(f"{hit.title}\n{hit.words}")
            item.setData(_PlaceRole, hit)
            self.hits.addItem(item)
        self.hits.blockSignals(False)
        self.count.setText(
            self.tr("Nothing holds all these words.") if not found
            else self.tr("1 place") if len(found) == 1 else self.tr("%d places") % len(found))
        if not text:
            self.view.setExtraSelections([])

    def _show_hit(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            hit: Hit = item.data(_PlaceRole)
            self.go(hit.page, hit.anchor)
            self.view.mark(self.field.text(), hit.anchor)

    def _focus_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search field move in what was found; Esc empties the field first."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.hits.currentRow()
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hits.count():
                self.hits.setCurrentRow(min(row + 1, self.hits.count() - 1))
                return True
            if event.key() == Qt.Key.Key_Up and self.hits.count():
                self.hits.setCurrentRow(max(row - 1, 0))
                return True
        return super().eventFilter(watched, event)
