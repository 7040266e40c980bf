"""The Google chooser: one field that completes, one tree that lists what is opened, and what trying a store showed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeView,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.resource_items import ResourceItems
from desktop_app.ui.test_panel import TestPanel
from desktop_app.ui.widgets import Message, button, label
from desktop_app.viewmodels.google_chooser import GoogleChooser

_STORE_DEPTH = 4
_MOVES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class GoogleDialog(Dialog):
    """A double click, or Enter after typing, takes a store; a click tries it first."""

    def __init__(self, parent: QWidget | None, chooser: GoogleChooser) -> None:
        super().__init__(parent, self.tr("Choose a DICOM store of Google Cloud"), width=640)
        self._chooser = chooser
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("project, or project/dataset/store, or paste an address"))
        self.field.setAccessibleName(self.tr("Project, dataset or store"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.tree = QTreeView()
        self.items = ResourceItems(chooser.tree, self)
        self.tree.setModel(self.items)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(self.tr("Projects, locations, datasets and DICOM stores"))
        self.tree.setExpandsOnDoubleClick(True)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(16, 16))
        self.list.setAccessibleName(self.tr("What the text may mean"))
        self.message = Message()
        self._stack = QStackedWidget()
        for page in (self.tree, self.list, self.message):
            self._stack.addWidget(page)
        self._stack.setMinimumHeight(320)
        self._sentence = label(kind="small", tone="error", wrap=True)
        self.panel = TestPanel(chooser.test)
        for part in (self.field, self._stack, self._sentence, self.panel):
            self.column.addWidget(part)
        self.pin = button(self.tr("Pin"), self._pin, icon="star", tip=self.tr("Keep this store at the top of the tree"))
        self.link = button(self.tr("Open Google's page"), self._open_link, kind="link", icon="external-link")
        self.cancel = button(self.tr("Cancel"), self.reject)
        self.add = button(self.tr("Add"), self._add, kind="primary")
        self.add_buttons(self.cancel, self.add, left=(self.pin, self.link))

        self.field.textEdited.connect(chooser.set_text)
        self.tree.expanded.connect(lambda index: chooser.tree.opened(self.items.node_at(index)))
        self.tree.clicked.connect(lambda index: self._take(index, add=False))
        self.tree.doubleClicked.connect(lambda index: self._take(index, add=True))
        self.tree.activated.connect(lambda index: self._take(index, add=True))
        self.items.grown.connect(self.tree.expand)
        self.list.itemClicked.connect(lambda item: self._take_item(item, add=False))
        self.list.itemActivated.connect(lambda item: self._take_item(item, add=True))
        chooser.changed.connect(self._show)
        chooser.added.connect(self.accept)
        self.finished.connect(lambda _code: chooser.close())
        chooser.start()
        self._show()
        self.field.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(640, 620)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field walk through what it may mean; Enter takes it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.field:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self.list.currentItem()
                if self._stack.currentWidget() is self.list and item is not None:
                    self._take_item(item, add=True)
                elif self._chooser.text:
                    self._chooser.enter()
                return True
            if event.key() in _MOVES and self._stack.currentWidget() is self.list and self.list.count():
                step = 1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _take(self, index: QModelIndex, *, add: bool) -> None:
        resource = self.items.node_at(index).resource
        if resource is not None and len(resource.ids) == _STORE_DEPTH:
            self._take_resource(resource, add=add)

    def _take_item(self, item: QListWidgetItem, *, add: bool) -> None:
        self._take_resource(item.data(Qt.ItemDataRole.UserRole), add=add)

    def _take_resource(self, resource: Any, *, add: bool) -> None:
        self._chooser.take(resource, add=add)
        if self.field.text() != self._chooser.text and len(resource.ids) < _STORE_DEPTH:
            self.field.setText(self._chooser.text)
            self.field.setFocus()

    def _add(self) -> None:
        if self._chooser.selected is None and self._chooser.text:
            self._chooser.enter()
        else:
            self._sentence.setText(self._chooser.add())

    def _pin(self) -> None:
        if self._chooser.selected is not None:
            self._chooser.toggle_pin(self._chooser.selected)

    def _open_link(self) -> None:
        if self._chooser.error is not None:
            QDesktopServices.openUrl(QUrl(self._chooser.error.link))

    def _show(self) -> None:
        chooser, selected = self._chooser, self._chooser.selected
        result = chooser.test.result
        passed = result is not None and result.passed
        self.add.setEnabled(passed or (selected is None and bool(chooser.text)))
        self.pin.setVisible(selected is not None)
        pinned = selected is not None and chooser.is_pinned(selected)
        self.pin.setText(self.tr("Unpin") if pinned else self.tr("Pin"))
        self.link.setVisible(chooser.error is not None and bool(chooser.error.link))
        self._sentence.setText(chooser.error.user_text if chooser.error is not None else "")
        self._sentence.setVisible(bool(self._sentence.text()))
        if chooser.text and chooser.signed_in:
            self._show_completions()
        elif not chooser.signed_in:
            waits = chooser.error is None
            self.message.tell(
                self.tr("Sign in to Google"),
                self.tr("Your browser shows Google's page. Your stores appear here.") if waits
                else self.tr("Your stores appear here once you are signed in."),
                busy=waits, icon="" if waits else "cloud",
                buttons=() if waits else (button(self.tr("Sign in"), chooser.sign_in, kind="primary"),))
            self._stack.setCurrentWidget(self.message)
        else:
            self._stack.setCurrentWidget(self.tree)

    def _show_completions(self) -> None:
        found = self._chooser.completions
        if not found:
            busy = self._chooser.busy
            self.message.tell(
                self.tr("Looking…") if busy else self.tr("Nothing fits"),
                "" if busy else self.tr("Check the spelling, or type project/dataset/store in full."), busy=busy)
            self._stack.setCurrentWidget(self.message)
            return
        shown = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        if shown != list(found):
            self.list.clear()
            for resource in found:
                self.list.addItem(self._item(resource))
        self._stack.setCurrentWidget(self.list)

    def _item(self, resource: Any) -> QListWidgetItem:
        ids = resource.ids
        place = resource.title if len(ids) == 1 and resource.title != ids[0] else ids[1] if len(ids) > 1 else ""
        item = QListWidgetItem(theme.icon(_ICONS[len(ids)]), f"{resource.typed}   {place}".rstrip())
        item.setData(Qt.ItemDataRole.UserRole, resource)
        item.setToolTip(resource.name)
        return item


_ICONS = {1: "cloud", 2: "server", 3: "folder-open", 4: "database"}
