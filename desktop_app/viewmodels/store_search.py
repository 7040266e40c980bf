"""StoreSearch: what one archive contributes to the worklist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.listed_study import ListedStudy, StudyKey
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study, lacks_facts
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import SearchPage
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

PAGE = 100
_PAGES_IN_VAIN = 20


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the studies of an archive are missing, or not all there."""

    store: Store
    error: LightboxError


class StoreSearch(QObject):
    """The pages of one archive. The rows at hand stay until the answer to a new question is here."""

    rows_changed = Signal()
    state_changed = Signal()                    # the error, or whether it is being asked
    filled = Signal(object)                     # Store: the first page of an answer is here
    failed = Signal(object, object)             # Store, and the LightboxError that came instead
    completed = Signal(object, object)          # a Study of which more was found out, and its Store

    def __init__(self, network: Network[Backend], store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self.store = network, store
        self.rows: dict[StudyKey, ListedStudy] = {}
        self.asked: StudyQuery | None = None    # the query that the rows answer
        self.more = False
        self.error: LightboxError | None = None
        self._next_offset = 0
        self._job = Job(self, self._failed)
        self._job.running_changed.connect(self.state_changed)
        self._complete_job = Job(self, lambda _error: None)     # rows that stay as they are need no sentence
        self._lacking: list[Study] = []
        self._again_job = Job(self, lambda _error: None)        # a row that stays as it is needs no sentence either

    @property
    def busy(self) -> bool:
        return self._job.running

    def answers(self, query: StudyQuery) -> bool:
        """Whether this is what the archive says to a query."""
        return self.asked == query and self.error is None

    def search(self, query: StudyQuery) -> None:
        """Asks from the beginning."""
        self.error = None
        self._job.start(self._search(query, 0))

    def load_more(self, query: StudyQuery) -> None:
        """The next page of what was asked; not while another question is about to be asked."""
        if self.more and not self.busy and self.asked == query:
            self._job.start(self._search(query, self._next_offset))

    def forget(self, error: LightboxError | None = None) -> None:
        """Nothing of this archive may be shown any more; `error` says why."""
        self._job.cancel()
        self._complete_job.cancel()
        self._again_job.cancel()
        self.rows.clear()
        self.asked, self.more, self._next_offset, self.error = None, False, 0, error

    async def _search(self, query: StudyQuery, offset: int) -> None:
        """One page, and further ones while they bring nothing new: the archive may ignore what it was asked for."""
        for number in range(_PAGES_IN_VAIN):
            page, rows = await self._network.call(partial(_page, store=self.store, query=query, offset=offset))
            if offset == 0:
                self.rows.clear()
            known = len(self.rows)
            self.rows.update(rows)
            self.more = page.more and page.next_offset > offset  # an archive that repeats itself has no more
            self._next_offset, self.asked, self.error = page.next_offset, query, None
            self.rows_changed.emit()
            if number == 0:
                self.filled.emit(self.store)
                self._complete_job.cancel()
            self._complete(page.items)
            if len(self.rows) > known or not self.more:
                return
            offset = page.next_offset

    def _complete(self, studies: Sequence[Study]) -> None:
        """Asks for what the rows lack, beside everything else. Only on archives whose searches leave it out."""
        self._lacking = [*(self._lacking if self._complete_job.running else []),
                         *(study for study in studies if lacks_facts(study))]
        if self._lacking:
            self._complete_job.start(self._take_completed(tuple(self._lacking)))

    async def _take_completed(self, studies: tuple[Study, ...]) -> None:
        async for batch in self._network.stream(lambda backend: backend.completed(self.store, studies)):
            known = {key: row for key, row in listed(batch, self.store).items() if key in self.rows}
            self._lacking = [study for study in self._lacking
                             if (self.store.key, study.study_instance_uid) not in known]
            self._take(known)

    def read_again(self, study_instance_uid: str) -> None:
        """Asks for one study of the list once more."""
        if (self.store.key, study_instance_uid) in self.rows:
            self._again_job.start(self._read_again(study_instance_uid))

    async def _read_again(self, study_instance_uid: str) -> None:
        store = self.store
        study = await self._network.call(
            lambda backend: backend.find_study(store, study_instance_uid=study_instance_uid))
        if not lacks_facts(study):
            self._take(listed((study,), store))
        else:
            async for batch in self._network.stream(lambda backend: backend.completed(store, (study,))):
                self._take(listed(batch, store))

    def _take(self, found: dict[StudyKey, ListedStudy]) -> None:
        changed = {key: row for key, row in found.items() if key in self.rows and row != self.rows[key]}
        if changed:
            self.rows.update(changed)
            self.rows_changed.emit()
        for row in changed.values():
            self.completed.emit(row.study, self.store)

    def _failed(self, error: Exception) -> None:
        self.error = as_ours(error)
        self.state_changed.emit()
        self.failed.emit(self.store, self.error)


async def _page(
    backend: Backend, store: Store, query: StudyQuery, offset: int
) -> tuple[SearchPage, dict[StudyKey, ListedStudy]]:
    """A page and its rows, which are made there too: there may be thousands."""
    page = await backend.connection(store).client.search_studies(query, offset=offset, limit=PAGE)
    return page, listed(page.items, store)


def listed(studies: Iterable[Study], store: Store) -> dict[StudyKey, ListedStudy]:
    """The rows of these studies."""
    return {row.key: row for row in (ListedStudy(study, store) for study in studies)}


def as_ours(error: Exception) -> LightboxError:
    """Any error with a sentence for people."""
    return error if isinstance(error, LightboxError) else LightboxError(user_text(error), detail=repr(error))
