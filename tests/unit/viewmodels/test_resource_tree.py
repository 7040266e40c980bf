"""Google's tree as far as it is known: in order, each once, nothing asked for before it is opened."""

from __future__ import annotations

import pytest

from desktop_app.cloud.resource import Resource
from desktop_app.viewmodels.resource_tree import Listing, Mark, Node, ResourceTree

PROJECT = Resource.of("clinic", title="Clinic")


@pytest.fixture
def tree() -> ResourceTree:
    made = ResourceTree()
    made.begin()
    return made


def names(node: Node) -> list[str]:
    return [child.resource.id if child.resource else f"({child.text})" for child in node.children]


def mirrored(tree: ResourceTree) -> dict[Node, list[Node]]:
    """What somebody believes who only listens: the nodes below each, as they were told."""
    rows: dict[Node, list[Node]] = {}

    def add(node: Node, row: int) -> None:
        assert node.parent is not None
        rows.setdefault(node.parent, []).insert(row, node)

    tree.added.connect(add)
    tree.removed.connect(lambda parent, row: rows[parent].pop(row))
    return rows


def test_pages_are_put_in_order_and_nothing_is_there_twice(tree: ResourceTree) -> None:
    tree.take(tree.root, tuple(Resource.of(name) for name in ("c", "a", "e")))
    tree.take(tree.root, tuple(Resource.of(name) for name in ("d", "a", "b")))
    assert names(tree.root) == ["a", "b", "c", "d", "e"]


def test_thousands_are_taken_without_comparing_each_with_each(
    tree: ResourceTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []
    same = Resource.__eq__

    def counted(one: Resource, other: object) -> bool:
        compared.append(1)
        return same(one, other)

    monkeypatch.setattr(Resource, "__eq__", counted)
    for first in (0, 1000, 2000):
        tree.take(tree.root, tuple(Resource.of(f"ward-{first + number}") for number in range(1000)))
    assert len(tree.root.children) == 3000
    assert len(compared) < 10_000


def test_who_only_listens_knows_all_rows(tree: ResourceTree) -> None:
    rows = mirrored(tree)
    tree.set_favourites((Resource.of("x", "y", "z", "s"),), ())
    tree.take(tree.root, (PROJECT, Resource.of("another")))
    clinic = tree.root.children[2]
    tree.set_listing(clinic)
    tree.take(clinic, (Resource.of("clinic", "europe", "chest"), Resource.of("clinic", "asia", "head")))
    tree.note_failure(clinic, Resource.of("clinic", "us"), "denied")
    tree.listed(clinic)
    tree.set_favourites((), ())
    assert rows[tree.root] == tree.root.children and rows[clinic] == clinic.children
    assert names(tree.root) == ["another", "clinic"]
    assert names(clinic) == ["asia", "europe", "(us: denied)"]


def test_pinned_stores_come_first_then_recent_ones_each_once(tree: ResourceTree) -> None:
    one, two, three = (Resource.of("p", "l", "d", name) for name in ("one", "two", "three"))
    tree.take(tree.root, (Resource.of("a"),))
    tree.set_favourites((two,), (three, two, one))
    assert names(tree.root) == ["two", "three", "one", "a"]
    assert [node.mark for node in tree.root.children] == [Mark.PINNED, Mark.RECENT, Mark.RECENT, Mark.NONE]


def test_datasets_go_below_their_locations_which_open_by_themselves(tree: ResourceTree) -> None:
    grown: list[Node] = []
    tree.grown.connect(grown.append)
    tree.take(tree.root, (PROJECT,))
    clinic = tree.root.children[0]
    tree.take(clinic, (Resource.of("clinic", "europe", "head"),))
    tree.take(clinic, (Resource.of("clinic", "europe", "chest"),))
    assert names(clinic) == ["europe"] and names(clinic.children[0]) == ["chest", "head"]
    assert grown == [clinic.children[0]]


def test_a_level_is_asked_for_when_it_is_opened_and_once_only(tree: ResourceTree) -> None:
    wanted: list[Node] = []
    tree.wanted.connect(wanted.append)
    tree.take(tree.root, (PROJECT, Resource.of("another")))
    tree.listed(tree.root)
    assert wanted == []
    clinic = tree.root.children[1]
    tree.opened(clinic)
    tree.set_listing(clinic)
    tree.opened(clinic)
    assert wanted == [clinic] and clinic.children[0].text == "Listing…"
    tree.failed(clinic, "You may not.")
    assert names(clinic) == ["(You may not.)"] and clinic.listing is Listing.FAILED
    tree.opened(clinic)
    assert wanted == [clinic, clinic]


def test_a_single_way_is_gone_by_itself(tree: ResourceTree) -> None:
    wanted: list[Node] = []
    tree.wanted.connect(wanted.append)
    tree.take(tree.root, (PROJECT,))
    tree.listed(tree.root)
    assert wanted == [tree.root.children[0]]


def test_what_is_empty_says_so(tree: ResourceTree) -> None:
    tree.take(tree.root, (PROJECT,))
    clinic = tree.root.children[0]
    tree.set_listing(clinic)
    tree.listed(clinic)
    assert names(clinic) == ["(Nothing here)"]


def test_what_is_known_is_found_by_a_part_of_its_name_or_title(tree: ResourceTree) -> None:
    tree.set_favourites((), (Resource.of("p", "l", "d", "chest"),))
    tree.take(tree.root, (
        Resource.of("old-chest"), Resource.of("chest-2"), Resource.of("other", title="Chest Ward"), Resource.of("p")))
    assert [found.id for found in tree.fitting("CHEST")] == ["chest", "chest-2", "old-chest", "other"]
    assert tree.fitting("nothing") == []
