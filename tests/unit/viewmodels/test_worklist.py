"""WorklistModel: asking, narrowing, paging, sorting, and the preview of what is selected."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from shiboken6 import isValid

from desktop_app.core.errors import ServerFailed, SignInNeeded
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.person_name import PersonName
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.viewmodels.store_search import PAGE
from desktop_app.viewmodels.worklist import (
    _COLUMN_OF,
    COLUMNS,
    ChipsRole,
    ListedRole,
    SortRole,
    WorklistModel,
    WorklistTable,
)
from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import STORE, STUDY, DirectNetwork, fire, page, study

ONE = study("1.2.1", "20260103", patient_name=PersonName("Berg^Anna"), patient_id="7", modalities=("CT",))
TWO = study("1.2.2", "20260102", patient_name=PersonName("adler^Otto"), patient_id="8", modalities=("MR", "PR"))
THREE = study("1.2.3", "20260101", patient_name=PersonName("Celan^Paul"), patient_id="9", modalities=())


class Bench:
    def __init__(self, network: DirectNetwork) -> None:
        self.archive = network.backend.archive
        self.opened: list[tuple[Study, Store]] = []
        self.filled = 0
        self.model = WorklistModel(network, (STORE,), lambda *of: self.opened.append(of))      # type: ignore[arg-type]
        self.model.filled.connect(lambda _store: self._count())

    def _count(self) -> None:
        self.filled += 1

    @property
    def shown(self) -> list[str]:
        return [item.study_instance_uid for item in self.model.table.studies]

    async def search(self) -> None:
        self.model.search_now()
        await settle()


@pytest.fixture
async def bench(network: DirectNetwork) -> AsyncIterator[Bench]:
    made = Bench(network)
    made.archive.pages[0] = page(THREE, ONE, TWO)
    yield made
    made.model._silence.stop()
    made.model._preview_pause.stop()
    made.model.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_the_newest_first(bench: Bench) -> None:
    statuses: list[str] = []
    bench.model.status_changed.connect(lambda: statuses.append(bench.model.status))
    bench.model.search_now()
    assert bench.model.busy
    await settle()
    assert not bench.model.busy
    assert bench.shown == ["1.2.1", "1.2.2", "1.2.3"]
    assert statuses[0] == "Searching…"
    assert statuses[-1] == "3 studies"
    assert bench.filled == 1


async def test_typing_narrows_at_once_and_asks_after_a_silence(bench: Bench) -> None:
    await bench.search()
    bench.model.set_query(StudyQuery(text="ad"))
    bench.model.set_query(StudyQuery(text="adl"))
    assert bench.shown == ["1.2.2"]
    assert len(bench.archive.searches) == 1
    bench.archive.pages[0] = page(TWO)
    await fire(bench.model._silence)
    assert bench.archive.searches[1:] == [(StudyQuery(text="adl"), 0)]
    assert bench.shown == ["1.2.2"]


async def test_an_answer_is_not_sieved_again(bench: Bench) -> None:
    """An archive that never lists modalities found these by the modality: the rows cannot tell why."""
    bench.model.query = StudyQuery(modality="CT")
    bench.archive.pages[0] = page(THREE)
    await bench.search()
    assert bench.shown == ["1.2.3"]
    bench.model.sort_by("patient", descending=False)
    assert bench.shown == ["1.2.3"]


async def test_a_later_question_replaces_an_earlier_one(bench: Bench) -> None:
    bench.archive.gate.open = False
    bench.model.search_now()
    await settle()
    bench.model.set_query(StudyQuery(text="paul"))
    bench.model.search_now()
    assert not bench.model._silence.isActive()
    await settle()
    bench.archive.pages[0] = page(THREE)
    await bench.archive.gate.let(("search", 0))
    assert bench.shown == ["1.2.3"]
    assert bench.filled == 1


async def test_nothing_found_says_what_to_do(bench: Bench) -> None:
    bench.archive.pages[0] = page()
    await bench.search()
    assert "no studies yet" in bench.model.status
    bench.model.set_query(StudyQuery(text="nobody"))
    await fire(bench.model._silence)
    assert "No study matches" in bench.model.status


async def test_a_study_of_which_there_is_more_is_read_again_and_the_others_stay(
    bench: Bench, network: DirectNetwork
) -> None:
    known = replace(TWO, series_count=1, instance_count=5)
    bench.archive.pages[0] = page(THREE, ONE, known)
    await bench.search()
    bench.model.select(bench.model.table.rows[1])
    preview = bench.model.preview
    more, asked = replace(known, series_count=2, instance_count=6), []

    async def find(store: Store, *, study_instance_uid: str) -> Study:
        asked.append(study_instance_uid)
        return more

    network.backend.find_study = find                       # type: ignore[attr-defined]
    bench.model.read_again(STORE, "1.2.2")
    await settle()
    assert bench.shown == ["1.2.1", "1.2.2", "1.2.3"]
    assert bench.model.table.studies[1] == more
    assert bench.model.selected is not None and bench.model.selected.study == more
    assert bench.model.preview is not preview, "its new series are looked for"
    bench.model.read_again(STORE, "9.9.9")
    await settle()
    assert asked == ["1.2.2"], "what is not in the list is not asked for"


async def test_an_error_is_said_and_what_was_listed_stays(bench: Bench) -> None:
    await bench.search()
    failed: list[tuple[object, object]] = []
    bench.model.failed.connect(lambda *of: failed.append(of))
    bench.archive.pages[0] = ServerFailed(status=500)
    await bench.search()
    assert failed == [(STORE, bench.model.error)], "the list of archives shows it too"
    assert isinstance(bench.model.error, ServerFailed)
    assert bench.model.status == ServerFailed().user_text
    assert len(bench.shown) == 3
    bench.archive.pages[0] = page(ONE)
    await bench.search()
    assert bench.model.error is None
    assert bench.model.status == "1 study"


async def test_a_mistake_in_the_program_is_a_sentence_too(bench: Bench) -> None:
    bench.archive.pages[0] = KeyError("oops")
    await bench.search()
    assert "unexpected" in bench.model.status


# ------------------------------------------------------------------------------------------------------------- paging

async def test_more_is_loaded_on_demand(bench: Bench) -> None:
    bench.archive.pages = {0: page(ONE, more=True, next_offset=100), 100: page(TWO, THREE, next_offset=102)}
    await bench.search()
    assert bench.model.status == "First 1 studies — more exist, scroll to load"
    inserted: list[tuple[int, int]] = []
    bench.model.table.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    bench.model.load_more()
    bench.model.load_more()                                     # a scroll says so several times
    await settle()
    assert [offset for _, offset in bench.archive.searches] == [0, 100]
    assert inserted == [(1, 2)]                                 # the view keeps its place
    assert bench.model.status == "3 studies"
    bench.model.load_more()
    await settle()
    assert len(bench.archive.searches) == 2


async def test_pages_that_bring_nothing_are_passed_over(bench: Bench) -> None:
    bench.archive.pages = {
        0: page(more=True, next_offset=PAGE), PAGE: page(more=True, next_offset=2 * PAGE), 2 * PAGE: page(ONE),
    }
    await bench.search()
    assert bench.shown == ["1.2.1"]
    assert not bench.model.more


async def test_an_archive_that_repeats_itself_is_not_asked_for_ever(bench: Bench) -> None:
    bench.archive.pages = {0: page(ONE, more=True, next_offset=1), 1: page(ONE, more=True, next_offset=1)}
    await bench.search()
    bench.model.load_more()
    await settle()
    assert len(bench.archive.searches) == 2
    assert not bench.model.more


async def test_an_archive_that_never_ends_is_not_asked_for_ever(bench: Bench) -> None:
    class Endless(dict[int, object]):
        def __missing__(self, offset: int) -> object:
            return page(ONE, more=True, next_offset=offset + 100)

    bench.archive.pages = Endless()                             # type: ignore[assignment]
    bench.model.search_now()
    await settle()
    bench.model.load_more()
    await settle(300)
    assert not bench.model.busy
    assert len(bench.archive.searches) <= 22
    assert bench.model.more


async def test_no_page_of_the_old_question_is_added_to_the_new_one(bench: Bench) -> None:
    bench.archive.pages = {0: page(ONE, more=True, next_offset=100)}
    await bench.search()
    bench.model.set_query(StudyQuery(text="adler"))
    bench.model.load_more()
    await settle()
    assert len(bench.archive.searches) == 1


# ------------------------------------------------------------------------------------------------------------- table

@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.id)
async def test_every_column_has_text_and_order(bench: Bench, column: object) -> None:
    await bench.search()
    table, number = bench.model.table, COLUMNS.index(column)    # type: ignore[arg-type]
    for row in range(3):
        index = table.index(row, number)
        assert isinstance(table.data(index), str)
        assert table.data(index, SortRole) is not None
        assert table.data(index, ListedRole) == table.rows[row]
    for descending in (False, True):
        bench.model.sort_by(COLUMNS[number].id, descending)
        assert sorted(bench.shown) == ["1.2.1", "1.2.2", "1.2.3"]
    assert table.headerData(number, Qt.Orientation.Horizontal) == COLUMNS[number].title


async def test_sorting_ignores_case_and_keeps_the_newest_first_among_equals(bench: Bench) -> None:
    older = study("1.2.9", "20250101", patient_name=PersonName("Berg^Anna"))
    bench.archive.pages[0] = page(older, ONE, TWO, THREE)
    await bench.search()
    bench.model.sort_by("patient", descending=False)
    assert bench.shown == ["1.2.2", "1.2.1", "1.2.9", "1.2.3"]
    bench.model.sort_by("patient", descending=True)
    assert bench.shown == ["1.2.3", "1.2.1", "1.2.9", "1.2.2"]


async def test_chips_and_places(bench: Bench) -> None:
    await bench.search()
    table = bench.model.table
    assert table.data(table.index(1, _COLUMN_OF["modalities"]), ChipsRole) == ("MR", "PR")
    changes: list[object] = []
    table.dataChanged.connect(lambda first, last: changes.append((first.row(), last.row())))
    table.set_here({(STORE.key, "1.2.2"): "✓ 51"})
    table.set_here({(STORE.key, "1.2.2"): "✓ 51"})
    assert changes == [(0, 2)]
    assert table.data(table.index(1, _COLUMN_OF["here"])) == "✓ 51"


def test_a_row_that_is_gone_has_no_data(qapp: object) -> None:
    table = WorklistTable()
    table.replace([ListedStudy(ONE, STORE), ListedStudy(TWO, STORE)])
    index = table.index(1, 0)
    table.replace([ListedStudy(ONE, STORE)])
    assert table.data(index) is None
    assert table.rowCount(index) == table.columnCount(index) == 0


# ----------------------------------------------------------------------------------------------------- selecting, store

async def test_the_preview_follows_the_selection_after_a_pause(bench: Bench) -> None:
    bench.archive.hold_series(STUDY + ".1", 3)
    await bench.search()
    bench.model.select(ListedStudy(ONE, STORE))
    first = bench.model.preview
    assert first.busy
    assert first.cards == ()
    bench.model.select(ListedStudy(TWO, STORE))                                     # an arrow key held down
    assert bench.model.preview is not first
    await fire(bench.model._preview_pause)
    await settle(100)
    assert [card.expected for card in bench.model.preview.cards] == [3]
    assert not bench.model.preview.busy
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(first)                                   # the old ones are not kept


async def test_a_preview_that_fails_says_so(bench: Bench) -> None:
    bench.archive.series = None                                 # type: ignore[assignment]
    bench.model.select(ListedStudy(ONE, STORE))
    await fire(bench.model._preview_pause)
    assert not bench.model.preview.busy
    assert bench.model.preview.error is not None


async def test_leaving_a_study_ends_its_preview(bench: Bench) -> None:
    bench.archive.hold_series(STUDY + ".1", 3)
    bench.archive.gate.open = False
    bench.model.select(ListedStudy(ONE, STORE))
    await fire(bench.model._preview_pause)
    assert bench.archive.gate.waiting
    bench.model.select(None)
    await settle()
    assert bench.archive.gate.waiting == {}
    bench.model._preview_pause.stop()


async def test_another_store_begins_anew(bench: Bench) -> None:
    await bench.search()
    bench.model.select(ListedStudy(ONE, STORE))
    other = Store.parse("https://other.example/dicom-web")
    bench.archive.gate.open = False
    bench.model.set_stores((other,))
    assert bench.shown == []
    assert bench.model.selected is None
    assert bench.model.status == "Searching…"
    await settle()
    await bench.archive.gate.let(("search", 0))
    assert len(bench.shown) == 3


async def test_signed_out_shows_nothing(bench: Bench) -> None:
    await bench.search()
    bench.model.clear(frozenset({STORE.key}))
    assert bench.shown == []
    assert isinstance(bench.model.error, SignInNeeded)
    assert "Sign in" in bench.model.status


async def test_opening(bench: Bench) -> None:
    await bench.search()
    bench.model.open()
    bench.model.select(ListedStudy(TWO, STORE))
    bench.model.open()
    bench.model.open(ListedStudy(ONE, STORE))
    assert bench.opened == [(TWO, STORE), (ONE, STORE)]


async def test_neighbours(bench: Bench) -> None:
    await bench.search()
    assert bench.model.neighbour((STORE.key, "1.2.1"), 1) == ListedStudy(TWO, STORE)
    assert bench.model.neighbour((STORE.key, "1.2.1"), -1) is None
    assert bench.model.neighbour((STORE.key, "1.2.3"), 1) is None
    assert bench.model.neighbour((STORE.key, "unknown"), 1) is None
