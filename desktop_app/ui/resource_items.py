"""ResourceItems: Google's tree as a view of Qt's wants it.

The rows are Qt's own items: a view asks for every row of a level whenever one more comes, and thousands of answers
from Python each time would stop the window.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.viewmodels.resource_tree import Mark, Node, ResourceTree

_ICONS = {Mark.PINNED: "star", Mark.RECENT: "database"}
_WORDS = {Mark.PINNED: t("ResourceItems", "pinned"), Mark.RECENT: t("ResourceItems", "used before")}
_NodeRole = Qt.ItemDataRole.UserRole + 1


class ResourceItems(QStandardItemModel):
    """Follows `tree`. `grown` tells of a row that should be opened by itself."""

    grown = Signal(QModelIndex)

    def __init__(self, tree: ResourceTree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = tree
        self._items: dict[Node, QStandardItem] = {}
        tree.begun.connect(self._begin)
        tree.added.connect(self._add)
        tree.removed.connect(self._remove)
        tree.grown.connect(self._grow)
        self._begin()

    def node_at(self, index: QModelIndex) -> Node:
        """What stands in a row."""
        node = index.data(_NodeRole)
        assert isinstance(node, Node)
        return node

    def index_of(self, node: Node) -> QModelIndex:
        """Where it stands; nowhere if it is not of this tree."""
        item = self._items.get(node)
        return item.index() if item is not None else QModelIndex()

    def _begin(self) -> None:
        self.clear()
        self._items = {}
        self._add_below(self._tree.root)

    def _grow(self, node: Node) -> None:
        self.grown.emit(self.index_of(node))

    def _add_below(self, node: Node) -> None:
        for row, child in enumerate(node.children):
            self._add(child, row)
            self._add_below(child)

    def _add(self, node: Node, row: int) -> None:
        # A row without an item below: there may be something, and nobody asked yet.
        item = QStandardItem() if node.is_leaf else QStandardItem(1)
        item.setText(node.text)
        item.setToolTip(node.resource.name if node.resource is not None else node.text)
        item.setData(node, _NodeRole)
        if node.mark:
            item.setIcon(theme.icon(_ICONS[node.mark]))
            item.setAccessibleText(f"{node.text}, {self.tr(_WORDS[node.mark])}")
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | (
            Qt.ItemFlag.ItemIsSelectable if node.resource is not None else Qt.ItemFlag.NoItemFlags))
        self._items[node] = item
        above = self._above(node.parent)
        if node.parent is not None and len(node.parent.children) == 1 and above.rowCount() == 1:
            above.removeRow(0)                  # that row
        above.insertRow(row, item)

    def _remove(self, parent: Node, row: int) -> None:
        above = self._above(parent)
        item = above.child(row)
        self._items.pop(item.data(_NodeRole), None)
        above.removeRow(row)

    def _above(self, parent: Node | None) -> QStandardItem:
        return self._items.get(parent, self.invisibleRootItem()) if parent is not None else self.invisibleRootItem()
