"""WorklistModel: the studies of an archive, searched, narrowed and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop_app.core.dates import date_text, time_text
from desktop_app.core.errors import LightboxError, SignInNeeded, user_text
from desktop_app.core.listed_study import ListedStudy, StudyKey
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study, lacks_facts
from desktop_app.core.words import counted
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.series_rail import SeriesRail

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import SearchPage
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

PAGE = 100
_PAGES_IN_VAIN = 20
_SILENCE_MS = 300
_PREVIEW_MS = 150

SortRole = Qt.ItemDataRole.UserRole + 1
ListedRole = Qt.ItemDataRole.UserRole + 2
ChipsRole = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its text, what it is sorted by, and how wide it begins (px)."""

    id: str
    title: str
    width: int
    text: Callable[[Study], str]
    sort_key: Callable[[Study], Any]
    align_right: bool = False


def _count(value: int | None) -> str:
    return "" if value is None else counted(value)


COLUMNS: tuple[Column, ...] = (
    Column("patient", "Patient", 180, lambda s: s.patient_name.display, lambda s: s.patient_name.sort_key),
    Column("patient_id", "ID", 120, lambda s: s.patient_id, lambda s: s.patient_id.casefold()),
    Column("born", "Born", 96, lambda s: date_text(s.patient_birth_date), lambda s: s.patient_birth_date),
    Column("sex", "Sex", 44, lambda s: s.patient_sex, lambda s: s.patient_sex),
    Column(
        "study_date",
        "Study date",
        150,
        lambda s: f"{date_text(s.study_date)} {time_text(s.study_time)}".strip(),
        lambda s: (s.study_date, s.study_time),
    ),
    Column("modalities", "Modality", 130, lambda s: " ".join(s.modalities), lambda s: s.modalities),
    Column("description", "Description", 230, lambda s: s.description, lambda s: s.description.casefold()),
    Column("accession", "Accession", 110, lambda s: s.accession_number, lambda s: s.accession_number),
    Column(
        "referring",
        "Referring",
        130,
        lambda s: s.referring_physician.display,
        lambda s: s.referring_physician.sort_key,
    ),
    Column("series", "Series", 60, lambda s: _count(s.series_count), lambda s: s.series_count or 0, True),
    Column("images", "Images", 70, lambda s: _count(s.instance_count), lambda s: s.instance_count or 0, True),
    Column("here", "Here", 64, lambda s: "", lambda s: 0, True),
)
_COLUMN_OF = {column.id: number for number, column in enumerate(COLUMNS)}


def _is_same_row(one: ListedStudy, other: ListedStudy) -> bool:
    return one.key == other.key


class WorklistTable(QAbstractTableModel):
    """The rows that are shown, as Qt's views want them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ListedStudy] = []
        self._here: dict[StudyKey, str] = {}  # "✓ 51", "64 %"

    @property
    def studies(self) -> list[Study]:
        """Of the rows, in their order."""
        return [row.study for row in self.rows]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        study = row.study
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._here.get(row.key, "") if column.id == "here" else column.text(study)
        if role == SortRole:
            return column.sort_key(study)
        if role == ListedRole:
            return row
        if role == ChipsRole:
            return study.modalities if column.id == "modalities" else ()
        if role == Qt.ItemDataRole.TextAlignmentRole and column.align_right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMNS[section].title)
        return None

    def replace(self, rows: list[ListedStudy]) -> None:
        """Other rows. Appended ones are inserted, so that the view keeps its place and its selection."""
        shared = len(self.rows)
        if shared and len(rows) > shared and rows[:shared] == self.rows:
            self.beginInsertRows(QModelIndex(), shared, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        elif shared and len(rows) == shared and all(map(_is_same_row, rows, self.rows)):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(shared - 1, len(COLUMNS) - 1))
        elif rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def set_here(self, here: dict[StudyKey, str]) -> None:
        """What of each study is on this machine, in words."""
        if here != self._here:
            self._here = here
            if self.rows:
                column = _COLUMN_OF["here"]
                self.dataChanged.emit(self.index(0, column), self.index(len(self.rows) - 1, column))


class WorklistModel(QObject):
    """One archive's worklist. Newest first; sorting covers all that is loaded and is stable."""

    status_changed = Signal()
    selected_changed = Signal()
    query_changed = Signal()
    filled = Signal()
    completed = Signal(object, object)          # a Study of which more was found out, and its Store

    def __init__(
        self,
        network: Network[Backend],
        store: Store,
        open_study: Callable[[Study, Store], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._open_study = network, open_study
        self.store = store
        self.table = WorklistTable(self)
        self.preview = SeriesRail(network, store, self)
        self.query = StudyQuery()
        self.error: LightboxError | None = None
        self.status = ""
        self.selected: ListedStudy | None = None
        self.more = False
        self.sort_column, self.sort_descending = "study_date", True
        self._loaded: dict[StudyKey, ListedStudy] = {}
        self._next_offset = 0
        self._asked: StudyQuery | None = None  # the query that the loaded rows answer
        self._search_job = Job(self, self._failed)
        self._search_job.running_changed.connect(self._say)
        self._preview_job = Job(self, self._preview_failed)
        self._complete_job = Job(self, lambda _error: None)     # rows that stay as they are need no sentence
        self._lacking: list[Study] = []
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self.search_now)
        self._preview_pause = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview_pause.timeout.connect(self._fill_preview)

    @property
    def busy(self) -> bool:
        return self._search_job.running

    # -- asking --------------------------------------------------------------------------------------------------

    def set_store(self, store: Store) -> None:
        """Another archive: its list begins anew, with the same question."""
        self.store = store
        self._forget()
        self.select(None)
        self.search_now()

    def clear(self) -> None:
        """Nothing of this archive may be shown any more: somebody signed out."""
        self._forget()
        self.select(None)
        self.error = SignInNeeded(self.tr("You are signed out. Sign in to see the studies."), status=401)
        self._say()

    def set_query(self, query: StudyQuery) -> None:
        """Narrows what is loaded at once, and asks the archive after a moment of silence."""
        if query != self.query:
            self.query = query
            self._show()
            self._silence.start()
            self.query_changed.emit()

    def search_now(self) -> None:
        """Asks the archive from the beginning; the rows at hand stay until the answer is here."""
        self._silence.stop()
        self.error = None
        self._search_job.start(self._search(self.query, 0))
        self._say()

    def refresh(self) -> None:
        self.search_now()

    def load_more(self) -> None:
        """The next page of what was asked; not while another question is about to be asked."""
        if self.more and not self.busy and self._asked == self.query:
            self._search_job.start(self._search(self.query, self._next_offset))
            self._say()

    async def _search(self, query: StudyQuery, offset: int) -> None:
        """One page, and further ones while they bring nothing new: the archive may ignore what it was asked for."""
        store = self.store
        for number in range(_PAGES_IN_VAIN):
            page = await self._page(store, query, offset)
            if offset == 0:
                self._loaded.clear()
            known = len(self._loaded)
            self._take(page.items, store)
            self.more = page.more and page.next_offset > offset  # an archive that repeats itself has no more
            self._next_offset, self._asked, self.error = page.next_offset, query, None
            self._show()
            if number == 0:
                self.filled.emit()
                self._complete_job.cancel()
            self._complete(page.items, store)
            if len(self._loaded) > known or not self.more:
                return
            offset = page.next_offset

    def _take(self, studies: Iterable[Study], store: Store) -> None:
        self._loaded.update({row.key: row for row in (ListedStudy(study, store) for study in studies)})

    def _complete(self, studies: Sequence[Study], store: Store) -> None:
        """Asks for what the rows lack, beside everything else. Only on archives whose searches leave it out."""
        self._lacking = [*(self._lacking if self._complete_job.running else []),
                         *(study for study in studies if lacks_facts(study))]
        if self._lacking:
            self._complete_job.start(self._take_completed(store, tuple(self._lacking)))

    async def _take_completed(self, store: Store, studies: tuple[Study, ...]) -> None:
        async for batch in self._network.stream(lambda backend: backend.completed(store, studies)):
            known = {row.key: row for row in (ListedStudy(study, store) for study in batch) if row.key in self._loaded}
            self._lacking = [study for study in self._lacking if (store.key, study.study_instance_uid) not in known]
            changed = {key: row for key, row in known.items() if row != self._loaded[key]}
            if changed:
                self._loaded.update(changed)
                self._show()
            for row in changed.values():
                self.completed.emit(row.study, store)

    async def _page(self, store: Store, query: StudyQuery, offset: int) -> SearchPage:
        return await self._network.call(
            lambda backend: backend.connection(store).client.search_studies(query, offset=offset, limit=PAGE)
        )

    def _failed(self, error: Exception) -> None:
        self.error = _ours(error)
        self._say()

    def _forget(self) -> None:
        self._search_job.cancel()
        self._complete_job.cancel()
        self._loaded.clear()
        self._asked, self.more, self._next_offset, self.error = None, False, 0, None
        self.table.replace([])

    # -- showing -------------------------------------------------------------------------------------------------

    def sort_by(self, column_id: str, descending: bool) -> None:
        self.sort_column, self.sort_descending = column_id, descending
        self._show()

    def _show(self) -> None:
        loaded = list(self._loaded.values())
        if self.query != self._asked:  # else they are the answer, also where a row does not tell why it matches
            loaded = [row for row in loaded if self.query.matches(row.study)]
        self.table.replace(self._sorted(loaded))
        self._say()

    def _sorted(self, rows: Iterable[ListedStudy]) -> list[ListedStudy]:
        sort_key = COLUMNS[_COLUMN_OF[self.sort_column]].sort_key
        newest_first = sorted(rows, key=lambda row: (row.study.study_date, row.study.study_time), reverse=True)
        return sorted(newest_first, key=lambda row: sort_key(row.study), reverse=self.sort_descending)

    def _say(self) -> None:
        self.status = self._status()
        self.status_changed.emit()

    def _status(self) -> str:
        shown, loaded = len(self.table.rows), len(self._loaded)
        if self.busy and not loaded:
            return self.tr("Searching…")
        if self.error is not None:
            return self.error.user_text
        if not shown:
            if self._asked is None:
                return ""
            empty = self.query == StudyQuery()
            return (
                self.tr("This archive holds no studies yet. Drop DICOM files here to store some.")
                if empty
                else self.tr("No study matches. Change or clear the filters.")
            )
        if self.more:
            return self.tr("First %d studies — more exist, scroll to load") % loaded
        return self.tr("%n studies", "", shown) if shown != 1 else self.tr("1 study")

    # -- the selected study --------------------------------------------------------------------------------------

    def select(self, row: ListedStudy | None) -> None:
        if row != self.selected:
            self.selected = row
            self._preview_job.cancel()
            self.preview.close()
            self.preview.deleteLater()
            self.preview = SeriesRail(self._network, row.store if row is not None else self.store, self)
            self.preview.busy = row is not None
            self.selected_changed.emit()
            self._preview_pause.start()

    def open(self, row: ListedStudy | None = None) -> None:
        row = row or self.selected
        if row is not None:
            self._open_study(row.study, row.store)

    def neighbour(self, key: StudyKey, step: int) -> ListedStudy | None:
        """The row `step` below the one of this study, None past the ends."""
        keys = [row.key for row in self.table.rows]
        position = keys.index(key) + step if key in keys else -1
        return self.table.rows[position] if 0 <= position < len(keys) else None

    def _fill_preview(self) -> None:
        if self.selected is not None:
            self._preview_job.start(self._read_preview(self.selected, self.preview))

    async def _read_preview(self, row: ListedStudy, rail: SeriesRail) -> None:
        store, uid = row.store, row.study.study_instance_uid
        async for events in self._network.stream(lambda backend: backend.open_study(store, uid)):
            rail.take(events)
        rail.busy = False
        rail.changed.emit()

    def _preview_failed(self, error: Exception) -> None:
        self.preview.busy, self.preview.error = False, _ours(error)
        self.preview.changed.emit()


def _ours(error: Exception) -> LightboxError:
    return error if isinstance(error, LightboxError) else LightboxError(user_text(error), detail=repr(error))
