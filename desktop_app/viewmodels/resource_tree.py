"""ResourceTree: Google's tree as far as it is known; a level is asked for when it is opened, not before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop_app.cloud.resource import Resource


class Listing(StrEnum):
    """How far the children of a node are known."""

    CLOSED = "closed"
    UNDER_WAY = "under way"
    DONE = "done"
    FAILED = "failed"


class Mark(StrEnum):
    """Why a store stands above the projects."""

    NONE = ""
    PINNED = "pinned"
    RECENT = "recent"


class Node:
    """A resource, or a sentence in its place. Compared by identity: the tree is its only owner."""

    __slots__ = ("children", "keys", "listing", "mark", "parent", "resource", "text", "words")

    def __init__(
        self, parent: Node | None, text: str = "", resource: Resource | None = None, mark: Mark = Mark.NONE
    ) -> None:
        self.parent, self.text, self.resource, self.mark = parent, text, resource, mark
        self.words = f"{resource.id}\n{resource.title}".casefold() if resource is not None else ""
        self.children: list[Node] = []          # by their keys
        self.keys: list[tuple[int, str]] = []
        self.listing = Listing.CLOSED

    @property
    def is_leaf(self) -> bool:
        """Whether nothing can lie below it."""
        return self.resource is None or len(self.resource.ids) == 4

    def __iter__(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child


_FAVOURITE, _RESOURCE, _NOTE = range(3)         # what stands above what


class ResourceTree(QObject):
    """Projects, their locations (those that hold something), datasets and DICOM stores, by name; favourites before all.

    `wanted` asks its owner for the children of a node; `grown` tells of one that should be opened by itself. `begun`:
    all is new. `added` brings a node and the row where it is among its siblings, `removed` the parent and the row that
    is gone.
    """

    begun = Signal()
    added = Signal(object, int)
    removed = Signal(object, int)
    wanted = Signal(object)
    grown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Node(None)

    # -- what the owner does -------------------------------------------------------------------------------------

    def begin(self, pinned: tuple[Resource, ...] = (), recent: tuple[Resource, ...] = ()) -> None:
        """Empty but for the stores that were used before."""
        self.root = Node(None)
        self.begun.emit()
        self.set_favourites(pinned, recent)

    def set_favourites(self, pinned: tuple[Resource, ...], recent: tuple[Resource, ...]) -> None:
        """Stores to be offered above all, in this order."""
        self._remove(self.root, _FAVOURITE)
        marks = {**dict.fromkeys(recent, Mark.RECENT), **dict.fromkeys(pinned, Mark.PINNED)}
        for number, resource in enumerate(dict.fromkeys((*pinned, *recent))):
            key, text = (_FAVOURITE, f"{number:04}"), f"{resource.id}  ·  {resource.typed}"
            self._add(self.root, key, text, resource, marks[resource])

    def set_listing(self, node: Node) -> None:
        """Its children are being asked for."""
        node.listing = Listing.UNDER_WAY
        self._remove(node, _NOTE)
        if node is not self.root:
            self._note(node, self.tr("Listing…"))

    def take(self, node: Node, items: tuple[Resource, ...]) -> None:
        """Children that came. Datasets of a project go under their locations."""
        for item in items:
            home = self._home_of(node, item)
            self._add(home, (_RESOURCE, item.id), _label(item), item)

    def note_failure(self, node: Node, failed: Resource, text: str) -> None:
        """One of the places that were listed at once failed."""
        self._note(node, f"{failed.id}: {text}", failed.id)

    def listed(self, node: Node) -> None:
        """All children are here. An only child opens by itself: there is nothing to choose."""
        node.listing = Listing.DONE
        self._remove(node, _NOTE, "")
        real = [child for child, key in zip(node.children, node.keys, strict=True) if key[0] == _RESOURCE]
        if not node.children:
            self._note(node, self.tr("Nothing here"))
        if len(real) == 1 and not real[0].is_leaf:
            only = real[0]
            if only.listing is Listing.CLOSED:
                self.wanted.emit(only)
            self.grown.emit(only)
            for dataset in only.children if len(only.children) == 1 else ():
                if dataset.listing is Listing.CLOSED and dataset.resource is not None and not dataset.is_leaf:
                    self.wanted.emit(dataset)
                    self.grown.emit(dataset)

    def failed(self, node: Node, text: str) -> None:
        """Its children could not be listed; opening it once more asks again."""
        node.listing = Listing.FAILED
        self._remove(node, _NOTE)
        if node is not self.root:
            self._note(node, text)

    def resources(self) -> list[Resource]:
        """Everything that is known."""
        return [node.resource for node in self.root if node.resource is not None]

    def fitting(self, text: str) -> list[Resource]:
        """What is known and has `text` in its ID or title; first what is called so, then what begins so."""
        text = text.casefold()
        nodes = [node for node in self.root if node.resource is not None and text in node.words]
        nodes.sort(key=lambda node: 2 - node.words.startswith(text) - node.words.startswith(f"{text}\n"))
        return list(dict.fromkeys(node.resource for node in nodes if node.resource is not None))

    def opened(self, node: Node) -> None:
        """The view shows the children of a node: they are asked for if nobody did."""
        if node.listing in (Listing.CLOSED, Listing.FAILED) and not node.is_leaf:
            self.wanted.emit(node)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _home_of(self, node: Node, item: Resource) -> Node:
        """The node that an item hangs below: its location's, when a project is being listed."""
        above = item.parent
        if node.resource is None or above is None or above.name == node.resource.name:
            return node
        location = self._add(node, (_RESOURCE, above.id), _label(above), above)
        if location.listing is Listing.CLOSED:
            location.listing = Listing.DONE
            self.grown.emit(location)
        return location

    def _add(
        self, parent: Node, key: tuple[int, str], text: str, resource: Resource | None = None, mark: Mark = Mark.NONE
    ) -> Node:
        """A row at its place; the one that is there already, if it is the same."""
        row = bisect_left(parent.keys, key)
        if row < len(parent.keys) and parent.keys[row] == key:
            return parent.children[row]
        node = Node(parent, text, resource, mark)
        parent.children.insert(row, node)
        parent.keys.insert(row, key)
        self.added.emit(node, row)
        return node

    def _note(self, parent: Node, text: str, about: str = "") -> None:
        self._add(parent, (_NOTE, about), text)

    def _remove(self, node: Node, kind: int, about: str | None = None) -> None:
        """The rows of one kind; of notes only the one `about` something, if that is said."""
        for row in range(len(node.children) - 1, -1, -1):
            if node.keys[row][0] == kind and (about is None or node.keys[row][1] == about):
                del node.children[row], node.keys[row]
                self.removed.emit(node, row)


def _label(resource: Resource) -> str:
    return f"{resource.id}  ·  {resource.title}" if resource.title not in ("", resource.id) else resource.id
