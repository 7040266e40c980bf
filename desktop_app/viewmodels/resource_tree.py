"""ResourceTree: Google's tree as Qt's views want it; a level is asked for when it is opened, not before."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from desktop_app.cloud.resource import Resource

ResourceRole = Qt.ItemDataRole.UserRole + 1
HintRole = Qt.ItemDataRole.UserRole + 2
NodeRole = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


class Listing(StrEnum):
    """How far the children of a node are known."""

    CLOSED = "closed"
    UNDER_WAY = "under way"
    DONE = "done"
    FAILED = "failed"


class Node:
    """A resource, or a sentence in its place. Compared by identity: the tree is its only owner."""

    __slots__ = ("children", "hint", "is_leaf", "listing", "parent", "resource", "text")

    def __init__(
        self, parent: Node | None, resource: Resource | None = None, text: str = "", hint: str = "",
        is_leaf: bool = False,
    ) -> None:
        self.parent, self.resource, self.text, self.hint, self.is_leaf = parent, resource, text, hint, is_leaf
        self.children: list[Node] = []
        self.listing = Listing.CLOSED

    def __iter__(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child


class ResourceTree(QAbstractItemModel):
    """Projects, their locations (those that hold something), datasets and DICOM stores; favourites before all.

    `wanted` asks its owner for the children of a node; `grown` tells of one that should be opened by itself.
    """

    wanted = Signal(object)
    grown = Signal(QModelIndex)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Node(None)
        self._favourites = 0

    # -- what the owner does -------------------------------------------------------------------------------------

    def begin(self, favourites: tuple[Resource, ...], pinned: frozenset[str]) -> None:
        """Empty but for the stores that were used before."""
        self.beginResetModel()
        self.root = Node(None)
        self.root.children = [self._favourite(resource, pinned) for resource in favourites]
        self._favourites = len(favourites)
        self.endResetModel()

    def set_favourites(self, favourites: tuple[Resource, ...], pinned: frozenset[str]) -> None:
        if self._favourites:
            self.beginRemoveRows(QModelIndex(), 0, self._favourites - 1)
            del self.root.children[:self._favourites]
            self.endRemoveRows()
        self._favourites = len(favourites)
        if favourites:
            self.beginInsertRows(QModelIndex(), 0, len(favourites) - 1)
            self.root.children[:0] = [self._favourite(resource, pinned) for resource in favourites]
            self.endInsertRows()

    def set_listing(self, node: Node) -> None:
        node.listing = Listing.UNDER_WAY
        self._remove_notes(node)
        if node is not self.root:
            self._insert(node, [Node(node, text=self.tr("Listing…"), is_leaf=True)])

    def take(self, node: Node, items: tuple[Resource, ...]) -> None:
        """Children that came. Datasets of a project go under their locations."""
        fresh: dict[int, tuple[Node, list[Node]]] = {}
        for item in items:
            parent = self._home_of(node, item)
            if all(child.resource != item for child in parent.children):
                is_leaf = len(item.ids) == 4
                fresh.setdefault(id(parent), (parent, []))[1].append(Node(parent, item, is_leaf=is_leaf))
        for parent, nodes in fresh.values():
            self._insert(parent, sorted(nodes, key=lambda one: one.resource.id if one.resource else ""))
            if parent is not node:
                self.grown.emit(self.index_of(parent))

    def note_failure(self, node: Node, failed: Resource, text: str) -> None:
        self._insert(node, [Node(node, text=f"{failed.id}: {text}", is_leaf=True)])

    def listed(self, node: Node) -> None:
        """All children are here. An only child opens by itself: there is nothing to choose."""
        node.listing = Listing.DONE
        self._remove_notes(node, keep_failures=True)
        real = [child for child in node.children[self._favourites if node is self.root else 0:] if child.resource]
        if not real and not node.children:
            self._insert(node, [Node(node, text=self.tr("Nothing here"), is_leaf=True)])
        if len(real) == 1 and not real[0].is_leaf:
            only = real[0]
            if only.listing is Listing.CLOSED:
                self.wanted.emit(only)
            self.grown.emit(self.index_of(only))
            for dataset in only.children if len(only.children) == 1 else ():
                if dataset.listing is Listing.CLOSED and dataset.resource is not None and not dataset.is_leaf:
                    self.wanted.emit(dataset)
                    self.grown.emit(self.index_of(dataset))

    def failed(self, node: Node, text: str) -> None:
        node.listing = Listing.FAILED
        self._remove_notes(node)
        if node is not self.root:
            self._insert(node, [Node(node, text=text, is_leaf=True)])

    def resources(self) -> list[Resource]:
        """Everything that is known."""
        return [node.resource for node in self.root if node.resource is not None]

    def node_at(self, index: Index) -> Node:
        node = index.internalPointer() if index.isValid() else self.root
        assert isinstance(node, Node)
        return node

    def index_of(self, node: Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)

    def opened(self, index: Index) -> None:
        """The view shows the children of a node: they are asked for if nobody did."""
        node = self.node_at(index)
        if node.listing in (Listing.CLOSED, Listing.FAILED) and node.resource is not None and not node.is_leaf:
            self.wanted.emit(node)

    # -- as Qt's views want it -----------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        node = self.node_at(parent)
        return self.createIndex(row, column, node.children[row]) if row < len(node.children) else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # type: ignore[override]  # noqa: B008
        above = self.node_at(index).parent
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.node_at(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        node = self.node_at(parent)
        return bool(node.children) or (node.resource is not None and not node.is_leaf)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.text or (self._label(node.resource) if node.resource else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.resource.name if node.resource else node.text
        if role == ResourceRole:
            return node.resource
        if role == HintRole:
            return node.hint
        if role == NodeRole:
            return node
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.node_at(index).resource is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # -- helpers -------------------------------------------------------------------------------------------------

    @staticmethod
    def _label(resource: Resource) -> str:
        return f"{resource.id}  ·  {resource.title}" if resource.title not in ("", resource.id) else resource.id

    def _favourite(self, resource: Resource, pinned: frozenset[str]) -> Node:
        hint = "pinned" if resource.name in pinned else "recent"
        return Node(self.root, resource, f"{resource.id}  ·  {resource.typed}", hint, is_leaf=True)

    def _home_of(self, node: Node, item: Resource) -> Node:
        """The node that an item hangs below: its location's, when a project is being listed."""
        above = item.parent
        if node.resource is None or above is None or above.name == node.resource.name:
            return node
        for child in node.children:
            if child.resource is not None and child.resource.name == above.name:
                return child
        location = Node(node, above)
        location.listing = Listing.DONE
        self._insert(node, [location])
        return location

    def _insert(self, parent: Node, nodes: list[Node]) -> None:
        first = len(parent.children)
        self.beginInsertRows(self.index_of(parent), first, first + len(nodes) - 1)
        parent.children.extend(nodes)
        self.endInsertRows()

    def _remove_notes(self, node: Node, *, keep_failures: bool = False) -> None:
        for row in range(len(node.children) - 1, -1, -1):
            child = node.children[row]
            if child.resource is None and not (keep_failures and ":" in child.text):
                self.beginRemoveRows(self.index_of(node), row, row)
                del node.children[row]
                self.endRemoveRows()
