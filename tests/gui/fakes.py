"""Models for the frame of the interface: the same attributes and signals, made-up rows, notes of what was called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, Unreachable
from desktop_app.core.help_book import HelpBook, Page
from desktop_app.core.layout import Layout
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.load_times import LoadReport, Stage, StageTime
from desktop_app.core.person_name import PersonName
from desktop_app.core.policy import Policy
from desktop_app.core.query import StudyQuery
from desktop_app.core.session import SessionState
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.study import Study
from desktop_app.core.upload import UploadItem, UploadProgress, Verdict, reason_in_words
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.viewmodels.archive_ways import ArchiveWays
from desktop_app.viewmodels.archives import ArchiveRow, ArchiveState
from desktop_app.viewmodels.audit_record import AuditRecordModel
from desktop_app.viewmodels.crashes import CrashesModel
from desktop_app.viewmodels.linking import Linking
from desktop_app.viewmodels.measurements import Measurements
from desktop_app.viewmodels.models import Models
from desktop_app.viewmodels.notices import Notices
from desktop_app.viewmodels.priors import PriorsModel
from desktop_app.viewmodels.series_rail import SeriesCard
from desktop_app.viewmodels.session import Lock
from desktop_app.viewmodels.settings import SettingsModel
from desktop_app.viewmodels.store_search import Trouble
from desktop_app.viewmodels.study_work import StudyWork
from desktop_app.viewmodels.updates import UpdatesModel
from desktop_app.viewmodels.uploads import UploadRow
from desktop_app.viewmodels.worklist import COLUMNS, WorklistTable
from tests.gui import viewer_fakes
from tests.gui.viewer_fakes import stack, viewport_model

LOCAL = Store.local()
GOOGLE = Store("chest-ct", "https://healthcare.example.org/v1/projects/p/dicomWeb", SignInKind.GOOGLE, client_id="c")
ORTHANC = Store("Orthanc, room 3", "http://localhost:8042/dicom-web")
DCM4CHEE = Store("dcm4chee", "https://pacs.example.org/dicom-web", SignInKind.OIDC, "https://login.example.org", "c")


def _study(number: int, name: str, patient_id: str, born: str, when: str, modalities: str, description: str,
           accession: str, series: int | None, images: int | None) -> Study:
    date, _, time = when.partition(" ")
    return Study(f"1.2.826.0.1.3680043.8.498.{number}", PersonName.parse(name), patient_id, born, "", date, time,
                 tuple(modalities.split()), description, accession, PersonName(), "", series, images)


STUDIES = (
    _study(1, "STS^001", "STS_001", "", "20030310 105800", "CT PT RTSTRUCT", "PET/CT thigh", "7712", 3, 119),
    _study(2, "STS^001", "STS_001", "", "20030302 142000", "MR", "MR thigh T1", "7690", 1, 59),
    _study(3, "Anon^Echo", "US-0042", "1961", "20010121 083100", "US", "Adult echo", "1188", 4, 120),
    _study(4, "Yamada^Tarou=山田^太郎=やまだ^たろう", "JP-33", "1974", "20010112 110200",  # PS3.5 H.3's own example
           "MR", "Brain", "880", 6, 1204),
    _study(5, "CRLM-CT-1006", "CRLM-CT-1006", "", "19940417 091200", "CT", "CT abdomen, liver triphasic", "3819201",
           1, 51),
)
HERE = {STUDIES[0].study_instance_uid: "64 %", STUDIES[4].study_instance_uid: "✓ 51"}


def many_studies(count: int) -> list[Study]:
    """As many studies as wanted, newest first, each told apart by its number."""
    return [
        replace(STUDIES[number % 5], study_instance_uid=f"1.2.3.{number}", accession_number=str(100000 + number))
        for number in range(count)
    ]


def picture(seed: int = 0, edge: int = 96) -> Any:
    """A soft round grey thing, as a thumbnail."""
    y, x = np.mgrid[-1:1:edge * 1j, -1:1:edge * 1j]
    ring = np.exp(-((x**2 / 0.6 + y**2 / 0.35) - 0.45) ** 2 * 18) * 190
    filling = np.exp(-(x**2 + y**2) * 3) * (50 + 20 * (seed % 3))
    return np.clip(ring + filling, 0, 255).astype(np.uint8)


class Called(QObject):
    """Keeps what was called with what."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Any, ...]] = []

    def note(self, *call: Any) -> None:
        self.calls.append(call)

    def names(self) -> list[str]:
        return [call[0] for call in self.calls]


class FakeArchives(Called):
    changed = Signal()
    selected_changed = Signal()
    sign_in_began = Signal(object)
    sign_in_ended = Signal(object, str)
    secret_wanted = Signal(object)
    notes_ready = Signal(object, str)
    sign_in_link = ""
    signing_in = None
    close_studies = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows = (
            ArchiveRow(LOCAL, ArchiveState.READY, "on this computer · 5 studies"),
            ArchiveRow(GOOGLE, ArchiveState.READY, "Google · radiology-prod / europe-west4"),
            ArchiveRow(ORTHANC, ArchiveState.FAILED, Unreachable.default_text),
            ArchiveRow(DCM4CHEE, ArchiveState.SIGN_IN, "sign in to use it"),
        )
        self.selected = LOCAL
        self.everywhere = False
        self.trouble = ""

    @property
    def selected_row(self) -> ArchiveRow:
        return next((row for row in self.rows if row.store.key == self.selected.key), ArchiveRow(self.selected))

    @property
    def searched(self) -> tuple[Store, ...]:
        return tuple(row.store for row in self.rows) if self.everywhere else (self.selected,)

    def receiver(self, row: ListedStudy | None) -> ArchiveRow:
        key = row.store.key if self.everywhere and row is not None else self.selected.key
        return next((one for one in self.rows if one.store.key == key), ArchiveRow(self.selected))

    def select_all(self) -> None:
        self.note("select_all")
        self.everywhere = True
        self.selected_changed.emit()

    def deletes_at(self, store: Store) -> bool:
        return any(row.deletes for row in self.rows if row.store.key == store.key)

    def cancel_sign_in(self, store: Store) -> None:
        self.note("cancel_sign_in", store)

    def give_password(self, store: Store, user: str, password: str) -> str:
        self.note("give_password", store, user, password)
        return self.trouble

    def select(self, store: Store) -> None:
        self.note("select", store)
        self.selected, self.everywhere = store, False
        self.selected_changed.emit()

    def add(self, address: str, name: str = "", sign_in: SignInKind = SignInKind.NONE, issuer: str = "",
            client_id: str = "", client_secret: str = "", user: str = "", password: str = "",
            certificate: str = "", system: str = "", ways: ArchiveWays = ArchiveWays()) -> str:  # noqa: B008
        self.note("add", address, name, sign_in, issuer, client_id, client_secret, user, password, certificate, system,
                  ways)
        return self.trouble

    def remove(self, store: Store) -> None:
        self.note("remove", store)
        self.rows = tuple(row for row in self.rows if row.store.key != store.key)
        self.changed.emit()

    def check(self, store: Store) -> None:
        self.note("check", store)

    def sign_in(self, store: Store) -> None:
        self.note("sign_in", store)

    def sign_out(self, store: Store) -> None:
        self.note("sign_out", store)


class FakeSession(Called):
    changed = Signal()
    lock_changed = Signal()
    came_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.account = ""
        self.lock: Lock | None = None
        self.state: SessionState | None = None

    def say(self, account: str) -> None:
        self.account = account
        self.changed.emit()

    def set_lock(self, lock: Lock | None) -> None:
        self.lock = lock
        self.lock_changed.emit()

    def state_of(self, store: Store) -> SessionState | None:
        return self.state

    def lock_now(self) -> None:
        self.note("lock_now")

    def sign_out_shown(self) -> None:
        self.note("sign_out_shown")

    def unlock(self) -> None:
        self.note("unlock")

    def sign_out_and_unlock(self) -> None:
        self.note("sign_out_and_unlock")

    def decide(self, key: str, keep: bool) -> None:
        self.note("decide", key, keep)


class FakeRail(QObject):
    changed = Signal()
    thumbnail_changed = Signal(str)

    def __init__(self, cards: Sequence[SeriesCard] = ()) -> None:
        super().__init__()
        self.cards = tuple(cards)
        self.busy = False
        self.error: LightboxError | None = None
        self.display_sets = tuple(card.display_set for card in cards if card.display_set is not None)

    def thumbnail(self, key: str) -> Any:
        return picture(hash(key) % 3)


class WatchedTable(WorklistTable):
    """Notes which rows a view asks for, while it is told to."""

    asked: set[int] | None = None

    def data(self, index: Any, role: int = 0) -> Any:
        if self.asked is not None:
            self.asked.add(index.row())
        return super().data(index, role)


class FakeWorklist(Called):
    status_changed = Signal()
    selected_changed = Signal()
    query_changed = Signal()
    scope_changed = Signal()

    def __init__(self, open_study: Callable[[Study, Store], object]) -> None:
        super().__init__()
        self._open_study = open_study
        self.stores: tuple[Store, ...] = (LOCAL,)
        self.table = WatchedTable(self)
        self.preview = FakeRail()
        self.query = StudyQuery()
        self.troubles: tuple[Trouble, ...] = ()
        self.asking: tuple[Store, ...] = ()
        self.status = ""
        self.selected: ListedStudy | None = None
        self.sort_column, self.sort_descending = "study_date", True

    def fill(self, studies: Sequence[Study], status: str = "") -> None:
        """What an answer does."""
        self.table.replace([ListedStudy(study, self.store) for study in studies])
        self.say(status or f"{len(studies)} studies")

    def say(self, status: str = "", *, busy: bool = False, error: LightboxError | None = None) -> None:
        self.status, self.asking = status, self.stores if busy else ()
        self.troubles = (Trouble(self.store, error),) if error is not None else ()
        self.status_changed.emit()

    def say_only(self, status: str) -> None:
        self.status = status
        self.status_changed.emit()

    @property
    def store(self) -> Store:
        return self.stores[0]

    @property
    def is_of_many(self) -> bool:
        return len(self.stores) > 1

    def set_stores(self, *stores: Store) -> None:
        self.stores = stores
        self.scope_changed.emit()

    def search_in(self, store: Store) -> None:
        self.note("search_in", store)

    def set_query(self, query: StudyQuery) -> None:
        self.note("set_query", query)
        self.query = query
        self.query_changed.emit()

    def search_now(self) -> None:
        self.note("search_now")

    def refresh(self) -> None:
        self.note("refresh")

    def load_more(self) -> None:
        self.note("load_more")

    def sort_by(self, column_id: str, descending: bool) -> None:
        self.note("sort_by", column_id, descending)
        self.sort_column, self.sort_descending = column_id, descending
        key = next(column.sort_key for column in COLUMNS if column.id == column_id)
        self.table.replace(sorted(self.table.rows, key=key, reverse=descending))

    def select(self, row: ListedStudy | None) -> None:
        if row != self.selected:
            self.selected = row
            self.preview = FakeRail(CARDS if row is not None else ())
            self.selected_changed.emit()

    def open(self, row: ListedStudy | None = None) -> None:
        self.note("open", row)
        row = row or self.selected
        if row is not None:
            self._open_study(row.study, row.store)


CARDS = (
    SeriesCard("a", "2 · Portal venous", "CT · 51 images", 51, 51, True),
    SeriesCard("b", "3 · Lung", "CT · 312 images", 212, 312),
    SeriesCard("c", "4 · Dose report", "SR · no images", is_image=False),
)


class FakeUploads(Called):
    changed = Signal()
    stored = Signal(object)
    arrived = Signal(object, object)
    asked = Signal(int)
    password_asked = Signal(int, str)
    saving_failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[UploadRow, ...] = ()
        self.items: dict[int, tuple[UploadItem, ...]] = {}

    @property
    def busy(self) -> bool:
        return any(not row.finished for row in self.rows)

    def show(self, *rows: UploadRow) -> None:
        self.rows = rows
        self.changed.emit()

    def drop(self, paths: Sequence[Path], store: Store, **options: bool) -> int:
        self.note("drop", tuple(paths), store, *(["asks"] if options.get("ask_always") else []))
        return 1

    def store_of(self, number: int) -> Store | None:
        return LOCAL

    def confirm(self, number: int, choices: UploadChoices = UploadChoices()) -> None:  # noqa: B008
        self.note("confirm", number, *([choices] if choices != UploadChoices() else []))

    def pause(self, number: int, paused: bool) -> None:
        self.note("pause", number, paused)

    def send_again(self, number: int) -> None:
        self.note("send_again", number)

    def give_password(self, number: int, password: str | None) -> None:
        self.note("give_password", number, password)

    def save_report(self, number: int, path: Path) -> None:
        self.note("save_report", number, path)

    def cancel(self, number: int) -> None:
        self.note("cancel", number)

    def clear_all_well(self) -> None:
        self.note("clear_all_well")
        self.show(*(row for row in self.rows if not row.ended_well))

    def clear_finished(self) -> None:
        self.note("clear_finished")
        self.show(*(row for row in self.rows if not row.finished))

    def report(self, number: int) -> tuple[UploadItem, ...]:
        return self.items.get(number, ())

    def report_text(self, number: int) -> str:
        lines = (f"{item.verdict}\t{item.path}\t{item.reason}" for item in self.report(number))
        return "\n".join(("verdict\tfile\treason", *lines))


UNDER_WAY = UploadRow(
    1, "CT chest", "Orthanc, room 3",
    UploadProgress(600, 418, 315_000_000, 218_000_000, False,
                   ((Verdict.STORED, 412), (Verdict.ALREADY_THERE, 4), (Verdict.REFUSED, 2))), "38 MB/s", "5 s left")
DONE = UploadRow(2, "MR thigh", "Local archive",
                 UploadProgress(59, 59, 30_000_000, 30_000_000, False, ((Verdict.STORED, 59),)), finished=True)
REPORT = (
    UploadItem(Path("/in/a.dcm"), 10, verdict=Verdict.STORED),
    UploadItem(Path("/in/b.dcm"), 10, verdict=Verdict.ALREADY_THERE),
    UploadItem(Path("/in/c.dcm"), 10, verdict=Verdict.REFUSED, reason=reason_in_words(0x0122)),
    UploadItem(Path("/in/notes.txt"), 10, verdict=Verdict.NOT_DICOM, reason="This is not a DICOM file."),
)


class FakeNetwork(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text, self.cache_text = "", ""
        self.trouble = ""

    def report(self, viewer: object, painted: object = ()) -> LoadReport:
        return LoadReport((StageTime(Stage.DECODE, 3, 2.0, 4.0, 0.006),), in_flight=32, limit=64)

    def say(self, text: str, cache_text: str) -> None:
        self.text, self.cache_text = text, cache_text
        self.changed.emit()


class FakeWorkspace(Called):
    viewer_opened = Signal(object)
    viewer_closed = Signal(object)

    def __init__(self, make_viewer: Callable[[Study, Store], Any] | None = None) -> None:
        super().__init__()
        self.viewers: tuple[Any, ...] = ()
        self._make = make_viewer

    def open(self, study: Study, store: Store) -> Any:
        self.note("open", study, store)
        if self._make is None:
            return None
        for viewer in self.viewers:
            if viewer.study == study:
                self.viewer_opened.emit(viewer)
                return viewer
        viewer = self._make(study, store)
        self.viewers = (*self.viewers, viewer)
        self.viewer_opened.emit(viewer)
        return viewer

    def close(self, viewer: Any) -> None:
        self.note("close", viewer)
        self.viewers = tuple(other for other in self.viewers if other is not viewer)
        self.viewer_closed.emit(viewer)

    def step_study(self, viewer: Any, step: int) -> None:
        self.note("step_study", viewer, step)


class FakeDeletions(Called):
    asked = Signal(object)
    deleted = Signal(object, object, bool)

    def begin_study(self, *what: Any) -> None:
        self.note("begin_study", *what)

    def begin_shown(self, *what: Any) -> None:
        self.note("begin_shown", *what)


class FakeMakings(Called):
    asked = Signal(object)

    def begin(self, *what: Any) -> None:
        self.note("begin", *what)


class FakeManifests(Called):
    def may_take(self, paths: Any, store: Store) -> bool:
        return len(paths) == 1 and paths[0].suffix == ".json"

    def take(self, path: Any, store: Store) -> None:
        self.note("take", path, store)


class FakeHaidef(Called):
    checked = Signal(object, str)


class FakeHelp(Called):
    changed = Signal()
    text_ready = Signal(object)
    error = ""

    def __init__(self) -> None:
        super().__init__()
        self.book = HelpBook((
            Page("index.md", "# First\n\nSee [reading](reading.md#films) and [keys](keys.md).\n\n## Begin\n\nHere."),
            Page("reading.md",
                 "# Reading\n\nWords.\n\n## Films\n\nA film plays.\n\n" + "More.\n\n" * 60 + "## Last\n\nEnd."),
            Page("keys.md", "# Keys and mouse\n")))

    def load(self) -> None:
        self.note("load")

    def ask_text(self, part_name: str) -> None:
        self.note("ask_text", part_name)


def fake_models(make_viewer: Callable[[Study, Store], Any] | None = None) -> Models:
    """All models, filled as in the middle of a working day is not: no studies, no uploads, no notices yet."""
    workspace = FakeWorkspace(make_viewer)
    worklist, archives = FakeWorklist(workspace.open), FakeArchives()
    archives.selected_changed.connect(lambda: worklist.set_stores(*archives.searched))
    return Models(Notices(), archives, worklist, FakeUploads(), FakeNetwork(), workspace,  # type: ignore[arg-type]
                  FakeSession(), SettingsModel(Settings(), lambda _settings: None),  # type: ignore[arg-type]
                  None, None, None, FakeDeletions(), FakeMakings(), FakeManifests(), FakeHaidef(), None,  # type: ignore[arg-type]
                  CrashesModel(None, None, Notices()), UpdatesModel(None, Policy(), Notices()),  # type: ignore[arg-type]
                  AuditRecordModel(None, Policy(), Notices()), FakeHelp())  # type: ignore[arg-type]


class FakeViewer(Called):
    """An open study whose one viewport is the real model over images in memory."""

    changed = Signal()
    tool_changed = Signal()
    active_changed = Signal()
    layout_changed = Signal()

    def __init__(self, study: Study, store: Store) -> None:
        super().__init__()
        self.study, self.store = study, store
        self.rail = FakeRail(CARDS[:1])
        self.viewports = (viewport_model(*stack(5)),)
        self.active = self.viewports[0]
        self.annotations = self.active.pen.annotations
        self.work = StudyWork(viewer_fakes.FakeNetwork(), self)          # type: ignore[arg-type]
        self.layout = Layout()
        self.priors = PriorsModel(None, self, None, self)  # type: ignore[arg-type]
        self.tool = "window"
        self.linking = Linking(self, self)
        self.measurements = Measurements(self, self)
        self.error: LightboxError | None = None
        self.busy = False
        self.is_front = False

    @property
    def title(self) -> str:
        return f"{self.study.patient_id} · {'/'.join(self.study.modalities)}"

    @property
    def known_sets(self) -> tuple[Any, ...]:
        return tuple((one.title, one) for one in self.rail.display_sets)

    patient_colour = "#e5b454"
    has_namesake = False
    alone = None

    def set_tool(self, key: str) -> None:
        self.tool = key
        self.tool_changed.emit()

    def next_series(self, step: int) -> None:
        self.note("next_series", step)

    def show(self, key: str, viewport: Any = None) -> None:
        self.note("show", key)

    def activate(self, viewport: Any) -> None:
        self.note("activate")

    def set_front(self, is_front: bool) -> None:
        self.is_front = is_front

    def open(self) -> None:
        self.note("open")
