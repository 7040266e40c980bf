"""ArchivesModel: one archive or all of them at once, and where files go."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.core.errors import RequestRefused, SignInNeeded, Unreachable
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.settings import Settings
from desktop_app.core.store import Store, System
from desktop_app.viewmodels.archives import ArchivesModel, ArchiveState
from desktop_app.viewmodels.notices import Notices
from desktop_app.viewmodels.settings import SettingsModel
from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import DirectBackend, DirectNetwork, study

ONE = Store.parse("https://one.example/rs", "One")
CLOSED = Store.parse("https://closed.example/rs", "Closed")
UNLISTED = Store("Images", "https://images.example/x", system=System.MYHEALTH)


class AskableBackend(DirectBackend):
    def connection(self, store: Store) -> Any:
        async def ping() -> None:
            if store.key == CLOSED.key:
                raise SignInNeeded(status=401)

        return SimpleNamespace(client=SimpleNamespace(ping=ping))

    async def refusals(self, store: Store) -> tuple[str, str]:
        return "", ""

    async def deletion_offered(self, store: Store) -> bool:
        return store.key == ONE.key

    async def disconnect(self, store: Store, *, for_good: bool) -> None:
        pass

    @property
    def sign_ins(self) -> Any:
        async def nothing(*_: object) -> None:
            pass

        return SimpleNamespace(forget_secrets=nothing)


class Bench:
    def __init__(self, network: DirectNetwork, settings: Settings) -> None:
        self.saved: list[Settings] = []
        network.backend = AskableBackend()
        network.backend.archive.count_studies = self._count     # type: ignore[attr-defined]
        self.model = ArchivesModel(
            network, SettingsModel(settings, self.saved.append), Notices())     # type: ignore[arg-type]
        self.asked: list[tuple[Store, ...]] = []
        self.model.selected_changed.connect(lambda: self.asked.append(self.model.searched))

    async def _count(self) -> int:
        return 3

    def state_of(self, store: Store) -> ArchiveState:
        return next(row.state for row in self.model.rows if row.store == store)


@pytest.fixture
def bench(network: DirectNetwork) -> Bench:
    return Bench(network, Settings(archives=(ONE, CLOSED, UNLISTED)))


async def test_all_archives_are_those_that_have_a_list(bench: Bench) -> None:
    assert bench.model.searched == (Store.local(),)
    bench.model.select_all()
    bench.model.select_all()
    assert bench.asked == [(Store.local(), ONE, CLOSED)], "one that can only retrieve holds no list"
    await settle()
    assert [bench.state_of(store) for store in (ONE, CLOSED)] == [ArchiveState.READY, ArchiveState.SIGN_IN]
    assert bench.model.deletes_at(ONE), "what each archive can do is known before a row asks for it"
    bench.model.select(ONE)
    assert bench.asked[-1] == (ONE,)
    await settle()


async def test_it_is_remembered(bench: Bench, network: DirectNetwork) -> None:
    bench.model.select(ONE)
    bench.model.select_all()
    await settle()
    assert bench.saved[-1].all_archives
    again = Bench(network, bench.saved[-1])
    assert again.model.everywhere
    assert again.model.selected == ONE
    assert again.model.searched == (Store.local(), ONE, CLOSED)


async def test_files_go_to_the_row_s_archive_else_to_the_one_chosen_last(bench: Bench) -> None:
    row = ListedStudy(study(), CLOSED)
    assert bench.model.receiver(row).store == Store.local()
    bench.model.select(ONE)
    bench.model.select_all()
    assert bench.model.receiver(row).store == CLOSED
    assert bench.model.receiver(None).store == ONE
    await settle()


async def test_a_search_in_vain_is_seen_beside_the_archive(bench: Bench) -> None:
    bench.model.note_answer(ONE, None)
    bench.model.note_trouble(ONE, RequestRefused(status=400))
    assert bench.state_of(ONE) is ArchiveState.READY, "it answers; the question was odd"
    bench.model.note_trouble(ONE, Unreachable())
    assert bench.state_of(ONE) is ArchiveState.FAILED
    bench.model.note_answer(ONE, None)
    assert bench.state_of(ONE) is ArchiveState.READY
    bench.model.note_trouble(ONE, SignInNeeded(status=401))
    assert bench.state_of(ONE) is ArchiveState.SIGN_IN


async def test_an_archive_that_is_removed_leaves_the_list(bench: Bench) -> None:
    bench.model.select(ONE)
    bench.model.select_all()
    await settle()
    bench.model.remove(ONE)
    assert bench.model.everywhere
    assert bench.model.searched == (Store.local(), CLOSED)
    assert bench.model.receiver(None).store == Store.local()
    bench.model.remove(UNLISTED)
    bench.model.remove(CLOSED)
    assert not bench.model.everywhere, "one archive is no list of several"
    assert bench.model.searched == (Store.local(),)
    await settle()


async def test_with_one_archive_there_is_nothing_to_join(network: DirectNetwork) -> None:
    alone = Bench(network, Settings(all_archives=True))
    assert not alone.model.everywhere
    alone.model.select_all()
    assert not alone.model.everywhere
