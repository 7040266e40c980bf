"""Google's tree in a view of Qt's: every row where it belongs, and nothing after the window is gone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QTreeView
from shiboken6 import delete

from desktop_app.cloud.resource import Resource
from desktop_app.ui.resource_items import ResourceItems
from desktop_app.viewmodels.resource_tree import Node, ResourceTree

CLINIC = Resource.of("clinic", title="Clinic")
STORE = Resource.of("clinic", "europe", "chest", "ct")


def rows(items: ResourceItems, parent: QModelIndex = QModelIndex()) -> list[object]:  # noqa: B008
    """The texts below a row, each with what lies below it."""
    found: list[object] = []
    for row in range(items.rowCount(parent)):
        index = items.index(row, 0, parent)
        found.append(index.data())
        if index.data() is not None and items.rowCount(index):
            found.append(rows(items, index))
    return found


def grown_tree() -> ResourceTree:
    tree = ResourceTree()
    tree.begin((STORE,))
    tree.take(tree.root, (Resource.of("zoo"), CLINIC))
    return tree


def clinic_of(tree: ResourceTree) -> Node:
    return next(node for node in tree.root if node.resource == CLINIC)


def test_rows_follow_the_tree(qapp: QApplication) -> None:
    tree = grown_tree()
    items = ResourceItems(tree)
    view = QTreeView()
    view.setModel(items)
    items.grown.connect(view.expand)
    clinic = clinic_of(tree)
    assert items.hasChildren(items.index_of(clinic))                        # there may be something
    tree.set_listing(clinic)
    assert rows(items)[1:3] == ["clinic  ·  Clinic", ["Listing…"]]
    tree.take(clinic, (Resource.of("clinic", "europe", "head"), Resource.of("clinic", "europe", "chest")))
    tree.listed(clinic)
    assert rows(items)[1:3] == ["clinic  ·  Clinic", ["europe", ["chest", [None], "head", [None]]]]
    europe = clinic.children[0]
    assert [items.node_at(items.index(row, 0, items.index_of(europe))).text for row in range(2)] == ["chest", "head"]
    assert view.isExpanded(items.index_of(europe))
    tree.begin()
    assert items.rowCount() == 0 and not items.index_of(clinic).isValid()


def test_a_view_that_comes_later_shows_all_that_is_known(qapp: QApplication) -> None:
    tree = grown_tree()
    tree.take(clinic_of(tree), (Resource.of("clinic", "europe", "chest"),))
    items = ResourceItems(tree)
    assert items.rowCount() == 3
    assert items.index_of(clinic_of(tree).children[0]).data() == "europe"


def test_a_tree_that_grows_after_its_window_is_gone_does_no_harm(qapp: QApplication) -> None:
    tree = grown_tree()
    items = ResourceItems(tree)
    delete(items)
    clinic = clinic_of(tree)
    tree.set_listing(clinic)
    tree.take(clinic, (Resource.of("clinic", "europe", "chest"),))
    tree.listed(clinic)
    assert ResourceItems(tree).rowCount() == 3
