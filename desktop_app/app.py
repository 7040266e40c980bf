"""The composition root: how the program starts, who gets to know whom, and how it ends.

The start, in order: Qt and the window (nothing slow is imported before it is painted); then the network thread, which
imports the rest, opens the local archive and puts the samples there at the first start; then the worklist is asked for.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.building import build_backend
from desktop_app.cli import Options
from desktop_app.core.errors import DiskError
from desktop_app.core.open_request import OpenRequest
from desktop_app.core.policy import Policy
from desktop_app.core.settings import Settings
from desktop_app.resources import resource_path
from desktop_app.services.cache_key import KeyFiles, lasting_key
from desktop_app.services.crash_reports import CrashReports
from desktop_app.services.folders import Folders
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.keychain import NoKeychain, SystemKeychain
from desktop_app.services.network import Network
from desktop_app.services.profile import open_profile
from desktop_app.services.session_record import SessionRecord
from desktop_app.services.settings_file import save_settings
from desktop_app.services.site_file import Site, load_site, site_folders
from desktop_app.single_instance import Instance, hand_over, socket_name
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.theme import apply_theme
from desktop_app.viewmodels.archive_test import ArchiveTest
from desktop_app.viewmodels.archives import ArchivesModel
from desktop_app.viewmodels.audit_record import AuditRecordModel
from desktop_app.viewmodels.crashes import CrashesModel
from desktop_app.viewmodels.deletion import DeletionsModel
from desktop_app.viewmodels.google_chooser import GoogleChooser
from desktop_app.viewmodels.haidef import HaidefModel
from desktop_app.viewmodels.hanging import HangingModel
from desktop_app.viewmodels.help import HelpModel
from desktop_app.viewmodels.hover import HoverModel
from desktop_app.viewmodels.language import start_language
from desktop_app.viewmodels.launch import Launch
from desktop_app.viewmodels.making import MakingsModel
from desktop_app.viewmodels.manifest_drop import ManifestDrop
from desktop_app.viewmodels.models import Models
from desktop_app.viewmodels.network_status import NetworkStatus
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices
from desktop_app.viewmodels.oauth_client import OAuthClientModel
from desktop_app.viewmodels.session import SessionModel
from desktop_app.viewmodels.session_keeper import SessionKeeper
from desktop_app.viewmodels.settings import SettingsModel
from desktop_app.viewmodels.updates import UpdatesModel
from desktop_app.viewmodels.uploads import UploadsModel
from desktop_app.viewmodels.worklist import WorklistModel
from desktop_app.viewmodels.workspace import Workspace

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.keychain import Keychain

_SWITCH_INTERVAL_S = 0.001  # long pure-Python work elsewhere must not hold the GUI up
_LAST_WORDS_S = 1.0
_FALLBACK_MEMORY = 8 * 2**30


def run_window(options: Options) -> int:
    """Runs the program with its window. Returns the exit code."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    if options.tour is not None:
        prepare_tour(options)
    folders = Folders.of_user()
    name = "" if options.is_alone else socket_name(folders.data)
    try:
        request, trouble = options.request, ""
    except ValueError as error:
        request, trouble = OpenRequest(), str(error)
        print(trouble, file=sys.stderr)
    if hand_over(name, request):
        return 2 if trouble else 0
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setApplicationName("Lightbox")
    application.setDesktopFileName("lightbox")
    apply_theme(application)

    import qasync

    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    site = load_site(site_folders(), options.oauth_client)
    try:
        profile = open_profile(folders, site.policy.first_settings())
    except DiskError as error:
        print(error.user_text, file=sys.stderr)
        if not options.is_alone:
            QMessageBox.critical(None, "Lightbox", error.user_text)
        return 1
    start_language(application, site.policy.apply(profile.settings).language)
    folders = profile.folders
    crashes = CrashReports(folders.crashes)
    crashes.begin(f"Qt {qVersion()}")
    program = build(folders, profile.settings, resource_path("samples"), keychain=SystemKeychain(), site=site,
                    troubles=profile.troubles, crashes=crashes)
    application.setQuitOnLastWindowClosed(False)
    program.window.closed.connect(loop.stop)
    program.window.show()
    launch = Launch(program.network, program.models, program.window)
    instance = Instance(name, launch.follow, program.window)
    launch.called.connect(program.window.come_forward)
    launch.worklist_wanted.connect(program.window.show_worklist)
    with loop:
        loop.call_soon(lambda: start(program, options, folders, loop.stop, launch, request))
        if trouble:
            loop.call_soon(lambda: launch.tell(trouble))
        instance.listen()
        loop.run_forever()
        instance.close()
        program.close()
        end_jobs(loop)
    crashes.end()
    profile.close()
    return program.exit_code


def end_jobs(loop: asyncio.AbstractEventLoop) -> None:
    """What the window still waited for ends before its loop does."""
    deadline = time.monotonic() + _LAST_WORDS_S
    while (waiting := asyncio.all_tasks(loop)) and time.monotonic() < deadline:
        for task in waiting:
            task.cancel()
        loop.run_until_complete(asyncio.wait(waiting, timeout=_LAST_WORDS_S))   # a timer of Qt's may begin another one


@dataclass(slots=True)
class Program:
    """What was built, and what must be ended."""

    network: Network[Backend]
    models: Models
    window: MainWindow
    browser: Browser
    keeper: SessionKeeper
    record: SessionRecord
    crashes: CrashReports | None = None
    exit_code: int = 0

    def close(self) -> None:
        self.models.session.stop()
        self.models.hanging.learn_now()
        self.keeper.end()
        self.record.close()
        for viewer in self.models.workspace.viewers:
            viewer.close()
        self.network.stop(lambda backend: backend.close())


class Browser(QObject):
    """Opens the system's browser, whichever thread asks for it."""

    _asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))

    def open(self, address: str) -> None:
        self._asked.emit(address)


def build(
    folders: Folders, settings: Settings, samples: Path | None = None, *, keychain: Keychain | None = None,
    site: Site = Site(),  # noqa: B008  a frozen value
    troubles: tuple[str, ...] = (), crashes: CrashReports | None = None,
) -> Program:
    """All parts, wired. Nothing runs yet but Qt. `samples`: studies for an archive that was never filled; `troubles`:
    sentences about the start so far."""
    settings = replace(settings, google=settings.google.completed_by(site.google))
    browser = Browser()
    in_force = site.policy.apply(settings)
    frames = FrameCache(in_force.frame_cache_bytes or _memory_bytes() // 4)
    network: Network[Backend] = Network(
        lambda: build_backend(
            folders, samples, frames, lambda address: browser.open(address), in_force, keychain, site))
    notices = Notices()

    def save(changed: Settings) -> None:
        own = replace(changed, google=changed.google.beside(site.google))

        async def write(_: Backend) -> None:
            await asyncio.to_thread(save_settings, folders.settings, own)

        network.submit(write)

    chosen = SettingsModel(settings, save, site.policy)
    archives = ArchivesModel(network, chosen, notices, site.archives)
    workspace = Workspace(network, frames, settings=chosen)
    test = ArchiveTest(network, archives)
    chooser = GoogleChooser(network, archives, chosen, ArchiveTest(network, archives))
    session = SessionModel(network, archives, notices, workspace)
    worklist = WorklistModel(network, archives.searched, workspace.open)
    uploads = UploadsModel(network)
    status = NetworkStatus(network, frames, lambda: archives.receiver(worklist.selected).store)
    oauth = OAuthClientModel(network, chosen, site.client)
    chosen.changed.connect(
        lambda: network.submit(lambda backend: backend.apply(chosen.value, keychain)))
    for sentence in (*site.troubles, *troubles):
        notices.post(Notice(sentence, NoticeKind.CAUTION))
    deletions = DeletionsModel(network, notices)
    _wire(archives, worklist, workspace, uploads, session, deletions)
    hanging = HangingModel(network, workspace, notices, resource_path("hanging.toml"), folders.hanging, chosen)
    models = Models(
        notices, archives, worklist, uploads, status, workspace, session, chosen, test, chooser, oauth, deletions,
        MakingsModel(network, uploads), ManifestDrop(network, workspace, notices), HaidefModel(network, notices),
        hanging, CrashesModel(network, crashes, notices), UpdatesModel(network, site.policy, notices),
        AuditRecordModel(network, site.policy, notices),
        HelpModel(network, resource_path("help"), resource_path("licences", "README.md")))
    secrets = keychain if settings.keep_secrets and keychain is not None else NoKeychain()
    record = SessionRecord(folders.session, lambda: _record_key(secrets, folders, site.policy))
    keeper = SessionKeeper(record, network, workspace, notices, archives.store_of)
    window = MainWindow(models)
    window.worklist_page.table.hovered.connect(HoverModel(network, chosen, worklist).over)
    return Program(network, models, window, browser, keeper, record, crashes)


def _wire(
    archives: ArchivesModel, worklist: WorklistModel, workspace: Workspace, uploads: UploadsModel,
    session: SessionModel, deletions: DeletionsModel,
) -> None:
    """Who hears of what: models know nothing of each other but what is handed to them."""
    workspace.worklist = worklist
    workspace.here_changed.connect(lambda: worklist.table.set_here(workspace.here()))
    worklist.filled.connect(lambda: worklist.table.set_here(workspace.here()))
    worklist.completed.connect(workspace.note_study)
    archives.selected_changed.connect(lambda: worklist.set_stores(archives.searched))
    archives.changed.connect(
        lambda: worklist.set_stores(archives.searched) if archives.searched != worklist.stores else None)
    worklist.filled.connect(lambda store: archives.note_answer(store, None))
    worklist.failed.connect(archives.note_trouble)
    session.changed.connect(lambda: worklist.note_waiting(session.ended))
    uploads.stored.connect(worklist.search_in)
    uploads.stored.connect(archives.check)
    workspace.stored.connect(worklist.read_again)
    workspace.stored.connect(lambda store, _uid: archives.check(store))
    uploads.arrived.connect(workspace.refresh)
    archives.close_studies.connect(workspace.close_stores)
    archives.close_studies.connect(worklist.clear)
    archives.sign_in_ended.connect(lambda store, trouble: None if trouble else workspace.read_again(store))
    archives.sign_in_ended.connect(lambda store, trouble: None if trouble else uploads.go_on_with(store))
    workspace.viewer_opened.connect(lambda viewer: viewer.priors.search(archives.answering))
    archives.changed.connect(lambda: workspace.search_priors(archives.answering))
    uploads.stored.connect(lambda _store: workspace.search_priors(archives.answering, again=True))
    deletions.deleted.connect(workspace.note_deleted)
    deletions.deleted.connect(lambda store, _target, _all: worklist.search_in(store))
    deletions.deleted.connect(lambda store, _target, _all: archives.check(store))


def _record_key(secrets: Keychain, folders: Folders, policy: Policy) -> bytes:
    """Of the session record; none where nothing of a patient may stay on this computer."""
    name = "session record"
    return (lasting_key(secrets, name) or lasting_key(KeyFiles(folders.keys), name)) if policy.may_cache else b""


def start(
    program: Program, options: Options, folders: Folders, stop: Callable[[], None], launch: Launch, request: OpenRequest
) -> None:
    """The window stands: everything else begins."""
    from desktop_app.services.log import catch_uncaught, start_log

    start_log(folders.state, verbose=options.verbose)
    catch_uncaught(*(() if program.crashes is None else (program.crashes.note,)))
    profile = StartupProfile(program, options.profile_startup, stop) if options.profile_startup else None
    program.network.start()
    program.keeper.start()
    program.models.hanging.start()
    launch.go(request)
    program.models.network.start()
    program.models.session.start()
    program.models.crashes.look()
    program.models.updates.start()
    if profile is not None:
        profile.start()
    if options.tour is not None:
        from desktop_app.tour import Tour

        tour = Tour(program.window, options.tour)

        def ended(passed: bool) -> None:
            program.exit_code = 0 if passed else 1
            stop()

        tour.ended.connect(ended)
        tour.start()


def prepare_tour(options: Options) -> None:
    """A tour begins as a new user would: with nothing, and it leaves nothing behind but its pictures."""
    assert options.tour is not None
    options.tour.mkdir(parents=True, exist_ok=True)
    home = options.tour / "home"
    if home.exists():
        import shutil

        shutil.rmtree(home)
    os.environ["LIGHTBOX_HOME"] = str(home)
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class StartupProfile(QObject):
    """Measures from the beginning of the process: first paint, filled worklist, the longest gap between ticks."""

    _TICK_MS = 8
    _AFTER_FILLED_MS = 1500

    def __init__(self, program: Program, file: Path, stop: Callable[[], None]) -> None:
        super().__init__(program.window)
        self._program, self._file, self._stop = program, file, stop
        self._process_began = _process_start_s()
        self._ticks = QTimer(self, interval=self._TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._last_tick = 0.0
        self._result: dict[str, float] = {"max_tick_ms": 0.0}

    def start(self) -> None:
        self._program.window.installEventFilter(self)
        self._last_tick = time.monotonic()
        self._ticks.start()
        self._program.models.worklist.filled.connect(self._filled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint:
            self._program.window.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)         # when the widgets inside have been painted too
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self._result["first_paint_ms"] = self._now_ms()

    def _now_ms(self) -> float:
        return round((time.time() - self._process_began) * 1000, 1)

    def _tick(self) -> None:
        now = time.monotonic()
        gap = round((now - self._last_tick) * 1000, 1)
        self._last_tick = now
        self._result["max_tick_ms"] = max(self._result["max_tick_ms"], gap)

    def _filled(self) -> None:
        if "worklist_filled_ms" not in self._result:
            self._result["worklist_filled_ms"] = self._now_ms()
            QTimer.singleShot(self._AFTER_FILLED_MS, self._write)

    def _write(self) -> None:
        import json

        self._file.write_text(json.dumps(self._result), encoding="utf-8")
        self._stop()


def _process_start_s() -> float:
    """When this process began, in seconds since the epoch (Linux; elsewhere: now)."""
    try:
        ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19])
        uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
        return time.time() - uptime + ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.time()


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return _FALLBACK_MEMORY
