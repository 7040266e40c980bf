"""WorklistModel: the studies of one archive or of several, searched, narrowed and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from desktop_app.core.errors import LightboxError, SignInNeeded
from desktop_app.core.listed_study import ListedStudy, StudyKey
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.words import counted, t
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.store_search import StoreSearch, Trouble, as_ours

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

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
    text: Callable[[ListedStudy], str]
    sort_key: Callable[[ListedStudy], Any]
    align_right: bool = False


def _count(value: int | None) -> str:
    return "" if value is None else counted(value)


COLUMNS: tuple[Column, ...] = (
    Column("patient", t("WorklistTable", "Patient"), 180,
           lambda r: r.study.patient_name.display, lambda r: r.study.patient_name.sort_key),
    Column("patient_id", t("WorklistTable", "ID"), 120,
           lambda r: r.study.patient_id, lambda r: r.study.patient_id.casefold()),
    Column("born", t("WorklistTable", "Born"), 96,
           lambda r: date_text(r.study.patient_birth_date), lambda r: r.study.patient_birth_date),
    Column("sex", t("WorklistTable", "Sex"), 44, lambda r: r.study.patient_sex, lambda r: r.study.patient_sex),
    Column("study_date", t("WorklistTable", "Study date"), 150,
           lambda r: f"{date_text(r.study.study_date)} {time_text(r.study.study_time)}".strip(),
           lambda r: (r.study.study_date, r.study.study_time)),
    Column("archive", t("WorklistTable", "Archive"), 120, lambda r: r.store.name, lambda r: r.store.name.casefold()),
    Column("modalities", t("WorklistTable", "Modality"), 130,
           lambda r: " ".join(r.study.modalities), lambda r: r.study.modalities),
    Column("description", t("WorklistTable", "Description"), 230,
           lambda r: r.study.description, lambda r: r.study.description.casefold()),
    Column("accession", t("WorklistTable", "Accession"), 110,
           lambda r: r.study.accession_number, lambda r: r.study.accession_number),
    Column("referring", t("WorklistTable", "Referring"), 130,
           lambda r: r.study.referring_physician.display, lambda r: r.study.referring_physician.sort_key),
    Column("series", t("WorklistTable", "Series"), 60,
           lambda r: _count(r.study.series_count), lambda r: r.study.series_count or 0, True),
    Column("images", t("WorklistTable", "Images"), 70,
           lambda r: _count(r.study.instance_count), lambda r: r.study.instance_count or 0, True),
    Column("here", t("WorklistTable", "Here"), 64, lambda r: "", lambda r: 0, True),
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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._here.get(row.key, "") if column.id == "here" else column.text(row)
        if role == SortRole:
            return column.sort_key(row)
        if role == ListedRole:
            return row
        if role == ChipsRole:
            return row.study.modalities if column.id == "modalities" else ()
        if role == Qt.ItemDataRole.TextAlignmentRole and column.align_right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)     # a narrow head is read in its tooltip
        if orientation == Qt.Orientation.Horizontal and role in shown:
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
    """The worklist of one archive, or of several asked at once. Newest first; sorting covers all that is loaded and is
    stable. What one archive does not answer hides nothing of the others: `troubles` names it."""

    status_changed = Signal()
    selected_changed = Signal()
    query_changed = Signal()
    scope_changed = Signal()                    # other archives are asked
    filled = Signal(object)                     # Store: its first page is here
    failed = Signal(object, object)             # Store, and the LightboxError that came instead
    completed = Signal(object, object)          # a Study of which more was found out, and its Store

    def __init__(
        self,
        network: Network[Backend],
        stores: tuple[Store, ...],
        open_study: Callable[[Study, Store], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._open_study = network, open_study
        self.stores = stores
        self.table = WorklistTable(self)
        self.preview = SeriesRail(network, self.store, self)
        self.query = StudyQuery()
        self.status = ""
        self.selected: ListedStudy | None = None
        self.sort_column, self.sort_descending = "study_date", True
        self._parts = tuple(self._part(store) for store in stores)
        self._waiting: frozenset[str] = frozenset()
        self._preview_job = Job(self, self._preview_failed)
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self.search_now)
        self._preview_pause = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview_pause.timeout.connect(self._fill_preview)

    @property
    def store(self) -> Store:
        """The archive of a list of one; of several, the first."""
        return self.stores[0]

    @property
    def is_of_many(self) -> bool:
        return len(self.stores) > 1

    def asks(self, store: Store) -> bool:
        """Whether this archive's studies are in the list."""
        return any(store.key == one.key for one in self.stores)

    @property
    def busy(self) -> bool:
        return any(part.busy for part in self._parts)

    @property
    def more(self) -> bool:
        return any(part.more for part in self._parts)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """The archives whose studies are missing, and why: one line each."""
        ended = self.tr("The sign-in has ended. Sign in again to see the studies.")
        return tuple(
            Trouble(part.store, part.error or SignInNeeded(ended, status=401)) for part in self._parts
            if part.error is not None or self._waits(part))

    @property
    def error(self) -> LightboxError | None:
        """The first of the troubles."""
        return next((trouble.error for trouble in self.troubles), None)

    @property
    def asking(self) -> tuple[Store, ...]:
        """The archives whose answer is under way."""
        return tuple(part.store for part in self._parts if part.busy and not self._waits(part))

    # -- asking --------------------------------------------------------------------------------------------------

    def set_stores(self, stores: tuple[Store, ...]) -> None:
        """Other archives, with the same question: those are asked that have not answered it."""
        known = {part.store: part for part in self._parts}
        left = [part for part in self._parts if part.store not in stores]
        is_other = stores != self.stores
        self._parts = tuple(known.get(store) or self._part(store) for store in stores)
        self.stores = stores
        for part in left:
            part.forget()
            part.deleteLater()
        if self.selected is not None and not self.asks(self.selected.store):
            self.select(None)
        if is_other:
            self.scope_changed.emit()
        self._silence.stop()
        for part in self._parts:
            if not part.answers(self.query):
                part.search(self.query)
        self._show()

    def clear(self, store_keys: frozenset[str]) -> None:
        """Nothing of these archives may be shown any more: somebody signed out."""
        signed_out = self.tr("You are signed out. Sign in to see the studies.")
        for part in self._parts:
            if part.store.key in store_keys:
                part.forget(SignInNeeded(signed_out, status=401))
        if self.selected is not None and self.selected.store.key in store_keys:
            self.select(None)
        self._show()

    def note_waiting(self, store_keys: frozenset[str]) -> None:
        """The archives whose sign-in has ended: what is asked there waits for a person."""
        if store_keys != self._waiting:
            self._waiting = store_keys
            self._say()

    def set_query(self, query: StudyQuery) -> None:
        """Narrows what is loaded at once, and asks the archives after a moment of silence."""
        if query != self.query:
            self.query = query
            self._show()
            self._silence.start()
            self.query_changed.emit()

    def search_now(self) -> None:
        """Asks from the beginning; the rows at hand stay until the answer is here."""
        self._silence.stop()
        for part in self._parts:
            part.search(self.query)

    def search_in(self, store: Store) -> None:
        """Asks one of the archives from the beginning."""
        for part in self._parts:
            if part.store.key == store.key:
                part.search(self.query)

    def read_again(self, store: Store, study_instance_uid: str) -> None:
        """There is more of one study now: its row follows, the others stay as they are."""
        for part in self._parts:
            if part.store.key == store.key:
                part.read_again(study_instance_uid)

    def refresh(self) -> None:
        self.search_now()

    def load_more(self) -> None:
        """The next page of each archive that has more."""
        for part in self._parts:
            part.load_more(self.query)

    def _part(self, store: Store) -> StoreSearch:
        part = StoreSearch(self._network, store, self)
        part.rows_changed.connect(self._show)
        part.state_changed.connect(self._say)
        part.filled.connect(self.filled)
        part.failed.connect(self.failed)
        part.completed.connect(self.completed)
        return part

    def _waits(self, part: StoreSearch) -> bool:
        return part.busy and part.store.key in self._waiting

    # -- showing -------------------------------------------------------------------------------------------------

    def sort_by(self, column_id: str, descending: bool) -> None:
        self.sort_column, self.sort_descending = column_id, descending
        self._show()

    def _show(self) -> None:
        rows: list[ListedStudy] = []
        for part in self._parts:
            if part.asked == self.query:    # its rows are the answer, also where a row does not tell why it matches
                rows += part.rows.values()
            else:
                rows += (row for row in part.rows.values() if self.query.matches(row.study))
        self.table.replace(self._sorted(rows))
        self._follow_selected()
        self._say()

    def _follow_selected(self) -> None:
        """The selected study is not what it was: what there is of it is looked at again."""
        selected, before = self.selected, self.selected.study if self.selected is not None else None
        part = next((part for part in self._parts if selected and part.store.key == selected.store.key), None)
        row = part.rows.get(selected.key) if part is not None and selected is not None else None
        if row is not None and before is not None and before.instance_count not in (None, row.study.instance_count):
            self.select(row)

    def _sorted(self, rows: Iterable[ListedStudy]) -> list[ListedStudy]:
        newest_first = sorted(rows, key=lambda row: (row.study.study_date, row.study.study_time), reverse=True)
        if self.sort_column == "study_date" and self.sort_descending:
            return newest_first
        return sorted(newest_first, key=COLUMNS[_COLUMN_OF[self.sort_column]].sort_key, reverse=self.sort_descending)

    def _say(self) -> None:
        self.status = self._status_of_many() if self.is_of_many else self._status()
        self.status_changed.emit()

    def _status(self) -> str:
        shown, loaded = len(self.table.rows), sum(len(part.rows) for part in self._parts)
        if self.asking and not loaded:
            return self.tr("Searching…")
        if self.error is not None:
            return self.error.user_text
        if not shown:
            if all(part.asked is None for part in self._parts):
                return ""
            empty = self.query == StudyQuery()
            return (
                self.tr("This archive holds no studies yet. Drop DICOM files here to store some.")
                if empty
                else self.tr("No study matches. Change or clear the filters.")
            )
        if self.more:
            return self.tr("First %d studies — more exist, scroll to load") % loaded
        return self._count(shown)

    def _status_of_many(self) -> str:
        """How many there are, and of which archives more is to come."""
        shown = len(self.table.rows)
        answered = sum(1 for part in self._parts if part.asked is not None and part.error is None)
        if not shown:
            if self.asking:
                return self.tr("Searching…")
            return self.tr("No study matches. Change or clear the filters.") if answered else ""
        said = [self.tr("%s in %d archives") % (self._count(shown), answered) if answered > 1 else self._count(shown)]
        if self.asking:
            said.append(self.tr("still searching %s") % _names(self.asking))
        more = tuple(part.store for part in self._parts if part.more and not part.busy)
        if more:
            said.append(self.tr("more exist in %s, scroll to load") % _names(more))
        return " · ".join(said)

    def _count(self, shown: int) -> str:
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
        self.preview.busy, self.preview.error = False, as_ours(error)
        self.preview.changed.emit()


def _names(stores: Iterable[Store]) -> str:
    return ", ".join(store.name for store in stores)
