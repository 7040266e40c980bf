"""TagsModel: the attributes of one instance as a tree that is read level by level, and what a search finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.difference import TagDifference
from desktop_app.core.errors import user_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.tag_row import TagRow
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _Node:
    __slots__ = ("asked", "children", "number", "parent", "row")

    def __init__(self, row: TagRow | None, parent: _Node | None, number: int) -> None:
        self.row, self.parent, self.number = row, parent, number
        self.children: list[_Node] = []
        self.asked = False


class TagsModel(QAbstractItemModel):
    """Columns: tag, name, keyword, VR, value. `found` replaces the tree while something is searched for."""

    ended = Signal()                        # the first level is there, or `error` says why not
    searched = Signal()
    compared = Signal()

    def __init__(self, network: Network[Backend], store: Store, ref: FrameRef, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._store, self.ref = network, store, ref
        self.headings = (self.tr("Tag"), self.tr("Name"), self.tr("Keyword"), self.tr("VR"), self.tr("Value"))
        self.error = ""
        self.found: tuple[TagRow, ...] = ()
        self.differences: tuple[TagDifference, ...] = ()
        self.compare_error = ""
        self._tree: Any = None
        self._root = _Node(None, None, 0)
        self._opening, self._searching = Job(self, self._failed), Job(self, self._failed)
        self._comparing = Job(self, self._compare_failed)
        self._levels: list[_Node] = []
        self._filling = Job(self, self._failed)
        self._opening.start(self._open())

    @property
    def busy(self) -> bool:
        return self._opening.running or self._searching.running

    def close(self) -> None:
        for job in (self._opening, self._searching, self._comparing, self._filling):
            job.cancel()
        self.deleteLater()

    # -- what is asked -------------------------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Looks at every depth; an empty text ends the search."""
        self._searching.cancel()
        if not text.strip():
            self.found = ()
            self.searched.emit()
        elif self._tree is not None:
            self._searching.start(self._search(text))

    def compare_with(self, other: FrameRef) -> None:
        """What is different in another instance."""
        self._comparing.start(self._compare(other))

    def row_of(self, index: Index) -> TagRow | None:
        return index.internalPointer().row if index.isValid() else None

    def text_of(self, rows: list[TagRow]) -> str:
        """Rows as lines to be copied."""
        return "\n".join("\t".join((row.tag, row.vr, row.keyword or row.name, row.value)) for row in rows)

    async def _open(self) -> None:
        def open_tags(backend: Backend) -> Any:
            return backend.connection(self._store).objects.tags(self.ref)

        self._tree, rows = await self._network.call(open_tags)
        self._insert(self._root, rows)
        self.ended.emit()

    async def _search(self, text: str) -> None:
        tree = self._tree
        self.found = await self._network.call(lambda backend: backend.decoder.run(tree.search, text))
        self.searched.emit()

    async def _compare(self, other: FrameRef) -> None:
        self.differences, self.compare_error = await self._network.call(
            lambda backend: backend.connection(self._store).objects.differences(self.ref, other)), ""
        self.compared.emit()

    def _failed(self, error: Exception) -> None:
        self.error = user_text(error)
        self.ended.emit()

    def _compare_failed(self, error: Exception) -> None:
        self.differences, self.compare_error = (), user_text(error)
        self.compared.emit()

    async def _fill(self) -> None:
        tree = self._tree
        while self._levels:
            node = self._levels.pop(0)
            assert node.row is not None
            path = node.row.path
            rows = await self._network.call(lambda backend: backend.decoder.run(tree.rows, path))  # noqa: B023
            self._insert(node, rows)

    def _insert(self, node: _Node, rows: tuple[TagRow, ...]) -> None:
        if rows:
            self.beginInsertRows(self._index_of(node), 0, len(rows) - 1)
            node.children = [_Node(row, node, number) for number, row in enumerate(rows)]
            self.endInsertRows()

    def _index_of(self, node: _Node) -> QModelIndex:
        return _NOWHERE if node is self._root else self.createIndex(node.number, 0, node)

    # -- QAbstractItemModel --------------------------------------------------------------------------------------

    def _node(self, index: Index) -> _Node:
        return index.internalPointer() if index.isValid() else self._root

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(self.headings)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        row = self._node(parent).row
        return parent.column() <= 0 and (row is None or row.children > 0)

    def canFetchMore(self, parent: Index) -> bool:
        node = self._node(parent)
        return node.row is not None and node.row.children > 0 and not node.asked

    def fetchMore(self, parent: Index) -> None:
        node = self._node(parent)
        node.asked = True
        self._levels.append(node)
        if not self._filling.running:
            self._filling.start(self._fill())

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        children = self._node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else _NOWHERE

    def parent(self, index: Index) -> QModelIndex:      # type: ignore[override]
        node = self._node(index).parent
        return self._index_of(node) if node is not None else _NOWHERE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_of(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            value = row.trouble or row.value or _count(row)
            return (row.tag, row.name or self.tr("private"), row.keyword, row.vr, value)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.keyword or row.name, row.value, row.trouble) if part)
        return None


class FoundModel(QAbstractTableModel):
    """What a search found: the columns of the tree, and where it lies."""

    def __init__(self, headings: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings = (*headings, self.tr("Where"))
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, rows: tuple[TagRow, ...]) -> None:
        """Takes the place of what was shown before."""
        self.beginResetModel()
        self._rows = tuple((row.tag, row.name, row.keyword, row.vr, row.value, row.place) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None


def _count(row: TagRow) -> str:
    return f"{row.children} ×" if row.children and row.vr else ""
