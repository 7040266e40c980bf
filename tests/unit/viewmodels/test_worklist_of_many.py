"""WorklistModel over several archives: partial answers, a sentence for each that failed, and nothing hidden by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop_app.core.errors import ServerFailed, SignInNeeded
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.person_name import PersonName
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.viewmodels.worklist import COLUMNS, WorklistModel
from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import DirectBackend, DirectNetwork, SearchableArchive, fire, page, study

NEAR = Store.parse("https://near.example/rs", "Near")
FAR = Store.parse("https://far.example/rs", "Far")
LATE = Store.parse("https://late.example/rs", "Late")

NEW = study("1.2.1", "20260103", patient_name=PersonName("Berg^Anna"))
MIDDLE = study("1.2.2", "20260102", patient_name=PersonName("Adler^Otto"))
OLD = study("1.2.3", "20260101", patient_name=PersonName("Celan^Paul"))


class SeveralArchives(DirectBackend):
    """Each store has an archive of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.archives = {store.key: SearchableArchive() for store in (NEAR, FAR, LATE)}
        for archive in self.archives.values():
            archive.pages[0] = page()

    def connection(self, store: Store) -> Any:
        return SimpleNamespace(client=self.archives[store.key])


class Bench:
    def __init__(self, network: DirectNetwork) -> None:
        network.backend = self.backend = SeveralArchives()
        self.opened: list[tuple[Study, Store]] = []
        self.model = WorklistModel(
            network, (NEAR, FAR, LATE), lambda *of: self.opened.append(of))     # type: ignore[arg-type]
        self.near, self.far, self.late = (self.backend.archives[store.key] for store in (NEAR, FAR, LATE))

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [(row.store.name, row.study.study_instance_uid) for row in self.model.table.rows]

    async def search(self) -> None:
        self.model.search_now()
        await settle()



@pytest.fixture
async def bench(network: DirectNetwork) -> AsyncIterator[Bench]:
    first = network.backend
    made = Bench(network)
    made.near.pages[0] = page(NEW, OLD)
    made.far.pages[0] = page(MIDDLE)
    yield made
    made.model._silence.stop()
    made.model._preview_pause.stop()
    made.model.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    network.backend = first


async def test_one_list_sorted_over_all_archives(bench: Bench) -> None:
    await bench.search()
    assert bench.shown == [("Near", "1.2.1"), ("Far", "1.2.2"), ("Near", "1.2.3")]
    assert bench.model.status == "3 studies in 3 archives"
    bench.model.sort_by("archive", descending=False)
    assert bench.shown == [("Far", "1.2.2"), ("Near", "1.2.1"), ("Near", "1.2.3")]
    where = next(column for column in COLUMNS if column.id == "archive")
    assert [where.text(row) for row in bench.model.table.rows] == ["Far", "Near", "Near"]


async def test_the_same_study_in_two_archives_is_two_rows(bench: Bench) -> None:
    bench.far.pages[0] = page(NEW)
    await bench.search()
    assert bench.shown == [("Near", "1.2.1"), ("Far", "1.2.1"), ("Near", "1.2.3")]
    bench.model.select(ListedStudy(NEW, FAR))
    bench.model.open()
    assert bench.opened == [(NEW, FAR)], "what is done with a row is done in its own archive"


async def test_what_is_there_is_shown_while_others_are_slow(bench: Bench) -> None:
    bench.late.gate.open = False
    await bench.search()
    assert bench.shown == [("Near", "1.2.1"), ("Far", "1.2.2"), ("Near", "1.2.3")]
    assert bench.model.busy
    assert bench.model.status == "3 studies in 2 archives · still searching Late"
    bench.late.pages[0] = page(study("1.2.9", "20260104"))
    await bench.late.gate.let(("search", 0))
    assert bench.shown[0] == ("Late", "1.2.9")
    assert bench.model.status == "4 studies in 3 archives"
    assert not bench.model.busy


async def test_an_archive_that_fails_is_named_and_hides_nothing(bench: Bench) -> None:
    bench.far.pages[0] = ServerFailed(status=500)
    bench.late.pages[0] = SignInNeeded(status=401)
    await bench.search()
    assert bench.shown == [("Near", "1.2.1"), ("Near", "1.2.3")]
    assert [(one.store, type(one.error)) for one in bench.model.troubles] == [
        (FAR, ServerFailed), (LATE, SignInNeeded)]
    assert bench.model.status == "2 studies", "what failed is not counted as answered"
    bench.far.pages[0] = page(MIDDLE)
    bench.model.search_in(FAR)
    await settle()
    assert [one.store for one in bench.model.troubles] == [LATE]
    assert len(bench.near.searches) == 1, "only the one that is tried again is asked again"
    assert ("Far", "1.2.2") in bench.shown


async def test_nothing_found_is_not_said_of_archives_that_failed(bench: Bench) -> None:
    for archive in bench.backend.archives.values():
        archive.pages[0] = ServerFailed(status=500)
    await bench.search()
    assert bench.model.status == ""
    assert len(bench.model.troubles) == 3
    bench.near.pages[0] = page()
    await bench.search()
    assert "No study matches" in bench.model.status


async def test_a_sign_in_that_ends_in_the_middle_names_the_archive(bench: Bench) -> None:
    """Requests wait for the person then, for as long as it takes: the list says so instead of searching for ever."""
    bench.late.gate.open = False
    await bench.search()
    bench.model.note_waiting(frozenset({LATE.key, "https://another.example/rs"}))
    assert [one.store for one in bench.model.troubles] == [LATE]
    assert isinstance(bench.model.troubles[0].error, SignInNeeded)
    assert bench.model.status == "3 studies in 2 archives"
    bench.model.note_waiting(frozenset())
    assert bench.model.troubles == ()
    assert bench.model.status.endswith("still searching Late")
    await bench.late.gate.let(("search", 0))


async def test_more_is_loaded_from_each_archive_that_has_more(bench: Bench) -> None:
    bench.near.pages = {0: page(NEW, more=True, next_offset=100), 100: page(OLD)}
    await bench.search()
    assert bench.model.status == "2 studies in 3 archives · more exist in Near, scroll to load"
    bench.model.load_more()
    bench.model.load_more()
    await settle()
    assert [offset for _, offset in bench.near.searches] == [0, 100]
    assert len(bench.far.searches) == 1
    assert bench.shown[-1] == ("Near", "1.2.3")
    assert bench.model.status == "3 studies in 3 archives"


async def test_typing_narrows_all_of_it_and_each_archive_is_asked_once(bench: Bench) -> None:
    await bench.search()
    bench.model.set_query(StudyQuery(text="adler"))
    assert bench.shown == [("Far", "1.2.2")]
    bench.near.pages[0] = page()
    await fire(bench.model._silence)
    assert [len(archive.searches) for archive in bench.backend.archives.values()] == [2, 2, 2]
    assert bench.shown == [("Far", "1.2.2")]


async def test_signing_out_of_one_takes_only_its_rows(bench: Bench) -> None:
    await bench.search()
    bench.model.select(ListedStudy(NEW, NEAR))
    bench.model.clear(frozenset({FAR.key}))
    assert bench.shown == [("Near", "1.2.1"), ("Near", "1.2.3")]
    assert bench.model.selected is not None
    assert [one.store for one in bench.model.troubles] == [FAR]
    bench.model.clear(frozenset({NEAR.key}))
    assert bench.shown == []
    assert bench.model.selected is None


async def test_going_to_one_archive_and_back_asks_only_those_that_are_new(bench: Bench) -> None:
    await bench.search()
    scopes: list[int] = []
    bench.model.scope_changed.connect(lambda: scopes.append(len(bench.model.stores)))
    bench.model.set_stores((NEAR,))
    assert bench.shown == [("Near", "1.2.1"), ("Near", "1.2.3")]
    assert not bench.model.busy
    assert bench.model.status == "2 studies"
    bench.model.set_stores((NEAR, FAR, LATE))
    await settle()
    assert len(bench.near.searches) == 1
    assert len(bench.far.searches) == 2
    assert len(bench.shown) == 3
    assert scopes == [1, 3]


async def test_the_neighbour_of_a_study_may_lie_in_another_archive(bench: Bench) -> None:
    await bench.search()
    assert bench.model.neighbour((NEAR.key, "1.2.1"), 1) == ListedStudy(MIDDLE, FAR)
