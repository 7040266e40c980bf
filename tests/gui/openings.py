"""Everything that can be opened, in one table: each entry opens one thing over the running program with a study open.

An entry stops at each of its states, to be looked at. `test_every_dialog_is_in_the_table` fails for a dialog of the
package that no entry opens.
"""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

import desktop_app.ui
from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.crash_report import CrashReport
from desktop_app.core.difference import DifferenceKind, InstanceDifference, PixelDifference, TagDifference
from desktop_app.core.errors import Unreachable
from desktop_app.core.haidef import Finding, Result, page
from desktop_app.core.making import FileToMake
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.upload import Verdict
from desktop_app.ui.archive_dialog import AddArchive
from desktop_app.ui.crash_dialog import CrashDialog
from desktop_app.ui.deletion_dialog import DeletionDialog
from desktop_app.ui.make_sheet import MakeSheet
from desktop_app.ui.objects.export_dialog import ExportDialog
from desktop_app.ui.objects.tags_dialog import TagsDialog
from desktop_app.ui.presend_dialog import PresendDialog
from desktop_app.ui.report_dialog import UploadReport
from desktop_app.ui.sign_in_dialog import SignInDialog
from desktop_app.ui.upload_sheet import UploadSheet
from desktop_app.viewmodels.archives import ArchiveRow, ArchiveState
from desktop_app.viewmodels.comparison import Comparison
from desktop_app.viewmodels.deletion import DeletionState
from desktop_app.viewmodels.notices import Notice, NoticeKind
from desktop_app.viewmodels.session import Lock
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import until
from tests.support.ct_series import make_ct_series
from tests.support.pictures import pattern, pdf_bytes, picture_bytes

BASES = frozenset({"Dialog"})               # opened only as something else
CLINIC = Store("HERLITZ", "https://pacs.invalid/dicom-web", SignInKind.BASIC)
BEARER = Store("HERLITZ", "https://pacs.invalid/dicom-web", SignInKind.BEARER)
OIDC = Store("HERLITZ", "https://pacs.invalid/dicom-web", SignInKind.OIDC, "https://login.invalid", "c")


@dataclass(frozen=True, slots=True)
class Stage:
    """The program with the sample studies listed and one of them open, and a folder for files to be made."""

    program: Program
    viewer: ViewerModel
    study: Any
    folder: Path

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def models(self) -> Any:
        return self.program.models

    @property
    def page(self) -> Any:
        return self.window.page_of(self.viewer)

    def run(self, action: str) -> None:
        self.window.actions_set.run(action)

    async def dialog(self, kind: type[QDialog]) -> Any:
        await until(lambda: any(one.isVisible() for one in self._all(kind)), kind.__name__)
        return next(one for one in reversed(self._all(kind)) if one.isVisible())

    def _all(self, kind: type[QDialog]) -> list[Any]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]


Looks = AsyncIterator[QWidget | None]       # None: whatever was opened
Opening = Callable[[Stage], Looks]
OPENINGS: dict[str, Opening] = {}


def opening(made: Opening) -> Opening:
    OPENINGS[made.__name__] = made
    return made


def _by_action(name: str) -> None:
    async def run(stage: Stage) -> Looks:
        stage.run(name)
        yield None
    OPENINGS[f"action {name}"] = run


for _name in ("about", "change_keys", "choose_layout", "keys", "loading_times", "settings", "test_pattern",
              "type_window", "help"):
    _by_action(_name)


@opening
async def all_commands(stage: Stage) -> Looks:
    stage.run("palette")
    yield stage.window.palette_box
    stage.window.palette_box.hide()


# -- archives ----------------------------------------------------------------------------------------------------------

@opening
async def adding_an_archive(stage: Stage) -> Looks:
    stage.run("add_archive")
    dialog = await stage.dialog(AddArchive)
    for kind in SignInKind:
        dialog.choose_kind(kind)
        yield None
    dialog.more.click()
    yield None
    dialog.choose_kind(SignInKind.NONE)
    dialog.fields["address"].setText("http://127.0.0.1:9/dicom-web")
    dialog.add_button.click()
    await until(lambda: stage.models.test.result is not None, "what was tried")
    yield None


@opening
async def choosing_a_store_of_google(stage: Stage) -> Looks:
    stage.run("choose_google")
    yield None


@opening
async def signing_in(stage: Stage) -> Looks:
    stage.models.archives.sign_in_began.emit(OIDC)
    dialog = await stage.dialog(SignInDialog)
    yield None
    dialog._ended(OIDC, Unreachable("").user_text)
    yield None


@opening
async def a_password(stage: Stage) -> Looks:
    for store in (CLINIC, BEARER):
        stage.models.archives.secret_wanted.emit(store)
        yield None


@opening
async def removing_an_archive(stage: Stage) -> Looks:
    stage.window._ask_remove(CLINIC)
    yield None


@opening
async def notes_on_an_archive(stage: Stage) -> Looks:
    notes = await stage.program.network.call(lambda backend: backend.conformance_notes(stage.viewer.store))
    stage.window._tell_conformance(CLINIC, notes)
    yield None


@opening
async def the_menu_of_an_archive(stage: Stage) -> Looks:
    for row in (ArchiveRow(OIDC, ArchiveState.READY), ArchiveRow(stage.viewer.store, ArchiveState.READY)):
        menu = stage.window.worklist_page.archives.menu_of(row)
        yield menu


# -- the worklist ------------------------------------------------------------------------------------------------------

@opening
async def a_range_of_dates(stage: Stage) -> Looks:
    stage.window._ask_dates()
    yield None


@opening
async def menus_of_the_worklist(stage: Stage) -> Looks:
    stage.window.show_worklist()
    page = stage.window.worklist_page
    page.table.selectRow(1)
    page._show_menu(QPoint(10, 10))
    yield None
    page.table._choose_columns(QPoint(10, 10))
    yield None


@opening
async def an_archive_in_trouble(stage: Stage) -> Looks:
    from desktop_app.viewmodels.store_search import Trouble

    stage.window.show_worklist()
    banner = stage.window.worklist_page.banner
    banner.show_troubles((Trouble(CLINIC, Unreachable("")),), named=True)
    yield stage.window
    banner.show_troubles((), named=True)


@opening
async def dragging_files_in(stage: Stage) -> Looks:
    overlay = stage.window.drop_overlay
    for refusal, into, is_manifest in (("", "", False), ("", "HERLITZ", False), ("", "", True)):
        overlay.show_for("HERLITZ", refusal, into, is_manifest)
        yield overlay
    overlay.hide()


@opening
async def a_notice(stage: Stage) -> Looks:
    notices = stage.models.notices
    for kind in NoticeKind:
        notices.post(Notice("HERLITZ", kind, "HERLITZ", key="walk"))
        yield stage.window.top_bar
    stage.window._tell_notice(Notice("HERLITZ", NoticeKind.ERROR, "HERLITZ"))
    yield None


# -- uploads and deletions ---------------------------------------------------------------------------------------------

@opening
async def an_upload(stage: Stage) -> Looks:
    make_ct_series(stage.folder / "up", 2, edge=32)
    (stage.folder / "up" / "HERLITZ.dat").write_text("HERLITZ")
    uploads = stage.models.uploads
    number = uploads.drop([stage.folder / "up"], stage.viewer.store, ask_always=True, title="HERLITZ")
    sheet = await stage.dialog(UploadSheet)
    await until(lambda: sheet.left_out.isVisible(), "what is left out")
    yield None
    sheet.choices.names.setChecked(True)
    yield None
    sheet.check.click()
    check = await stage.dialog(PresendDialog)
    await until(lambda: check._check.is_over, "the check")
    yield check
    check.accept()
    sheet.choices.names.setChecked(False)
    sheet.send.click()
    await until(lambda: uploads.rows[0].finished, "the upload")
    yield stage.window
    stage.window.show_report(number)
    await stage.dialog(UploadReport)
    yield None


@opening
async def a_zip_with_a_password(stage: Stage) -> Looks:
    stage.window.ask_zip_password(1, "HERLITZ")
    yield None


@opening
async def what_differs(stage: Stage) -> Looks:
    from desktop_app.core.upload import UploadItem
    from desktop_app.ui.difference_dialog import DifferenceDialog

    item = UploadItem(Path("HERLITZ"), 1, verdict=Verdict.CONFLICT)
    comparison = Comparison(stage.program.network, stage.viewer.store, item)
    DifferenceDialog(stage.window, comparison).open()
    yield None
    rows = tuple(TagDifference("(0008,103E)", "HERLITZ", "LO", kind, "HERLITZ", "") for kind in DifferenceKind)
    for tags, pixels in ((rows, PixelDifference(2, 1, 3, 100, 4.0)), ((), PixelDifference())):
        comparison.result, comparison.error = InstanceDifference(tags, pixels), ""
        comparison.changed.emit()
        yield None


@opening
async def adding_files_to_a_study(stage: Stage) -> Looks:
    files = {"HERLITZ.png": picture_bytes(pattern(), "PNG"), "HERLITZ.pdf": pdf_bytes(), "HERLITZ.jpg": b"nothing"}
    for name, data in files.items():
        (stage.folder / name).write_bytes(data)
    making = stage.models.makings.begin(
        stage.viewer.store, stage.viewer.study, [FileToMake(stage.folder / name) for name in files])
    sheet = await stage.dialog(MakeSheet)
    await until(lambda: making.plans is not None, "what they become")
    yield None
    sheet.use.setCurrentIndex(1)
    yield None


@opening
async def a_deletion(stage: Stage) -> Looks:
    models, viewer = stage.models, stage.viewer
    for begin in (lambda: models.deletions.begin_study(viewer.store, viewer.study),
                  lambda: models.deletions.begin_shown(viewer.store, viewer.study, viewer.active.display_set, None),
                  lambda: models.deletions.begin_shown(viewer.store, viewer.study, viewer.active.display_set, 1)):
        deletion = begin()
        dialog = await stage.dialog(DeletionDialog)
        yield None
        await until(lambda deletion=deletion: deletion.state is DeletionState.ASKING, "the question")  # type: ignore[misc]
        yield None
        deletion.state = DeletionState.DELETING
        dialog._show()
        yield None
        deletion.state = DeletionState.ASKING
        dialog.reject()


@opening
async def closing_with_work_and_uploads(stage: Stage) -> Looks:
    closing = stage.window.closing
    for ask in (lambda: closing._ask_work((stage.viewer,), lambda: None),
                lambda: closing._ask_work((stage.viewer, stage.viewer), lambda: None), closing._ask_uploads):
        ask()
        for one in _dialogs():
            yield one
            one.reject()


@opening
async def what_the_last_run_left(stage: Stage) -> Looks:
    for is_fault in (True, False):
        CrashDialog(stage.window, stage.models.crashes, (CrashReport(stage.folder / "r", "", is_fault),)).open()
        yield None


@opening
async def a_check_for_haidef(stage: Stage) -> Looks:
    found = tuple(Finding("C1", "HERLITZ", result, "HERLITZ", "HERLITZ", "HERLITZ") for result in Result)
    stage.models.haidef.checked.emit(found, page("HERLITZ", found))
    yield None


# -- a study -----------------------------------------------------------------------------------------------------------

@opening
async def drawings_and_their_panels(stage: Stage) -> Looks:
    stage.models.workspace.open(stage.study, stage.viewer.store)
    canvas = stage.page.active_canvas
    for tool in ("length", "rectangle", "ellipse"):
        stage.viewer.set_tool(tool)
        hand.drag(canvas, hand.centre(canvas), hand.centre(canvas) + QPoint(60, 40))
    stage.run("key_image")
    await asyncio.sleep(0)
    yield stage.page
    stage.run("copy_to_range")
    yield None
    stage.viewer.set_tool("window")


@opening
async def a_pixel_explained(stage: Stage) -> Looks:
    hand.move(stage.page.active_canvas, hand.centre(stage.page.active_canvas))
    stage.run("explain_pixel")
    await asyncio.sleep(0)
    yield stage.page
    stage.run("explain_pixel")


@opening
async def menus_of_a_study(stage: Stage) -> Looks:
    stage.page._show_menu(QPoint(10, 10))
    yield None
    stage.page._show_series_menu(stage.viewer.rail.cards[0], QPoint(10, 10))
    yield None


@opening
async def a_narrow_window(stage: Stage) -> Looks:
    size = stage.window.size()
    stage.window.resize(stage.window.minimumSizeHint())
    await asyncio.sleep(0)
    yield stage.window
    stage.window.show_worklist()
    await asyncio.sleep(0)
    yield stage.window
    stage.window.resize(size)
    stage.models.workspace.open(stage.study, stage.viewer.store)


@opening
async def the_attributes_of_an_image(stage: Stage) -> Looks:
    stage.run("tags")
    dialog = await stage.dialog(TagsDialog)
    await until(lambda: dialog.model.rowCount(), "the attributes")
    yield None
    dialog.search.setText("HERLITZ")
    dialog.model.search("HERLITZ")
    await until(lambda: dialog.pages.currentWidget() is dialog.table, "what was found")
    yield None


@opening
async def an_export(stage: Stage) -> Looks:
    stage.run("export")
    dialog = await stage.dialog(ExportDialog)
    for number in range(dialog.what.count()):
        dialog.what.setCurrentIndex(number)
        yield None


@opening
async def a_locked_screen(stage: Stage) -> Looks:
    session, guard = stage.models.session, stage.window.guard
    session.lock_now()
    yield stage.window
    for lock in (Lock("HERLITZ", "HERLITZ", "k"), Lock("HERLITZ", "HERLITZ", "k", is_other=True),
                 Lock("HERLITZ", "HERLITZ", "k", busy=True)):
        session.lock = lock
        guard.page._show()
        yield guard.page
    session.unlock()


# -- the walk ----------------------------------------------------------------------------------------------------------

async def walk(stage: Stage, look: Callable[[str, QWidget], None]) -> set[str]:
    """Opens everything and has it looked at; the names of all classes of dialogs that were seen."""
    seen: set[str] = set()
    for name, opens in OPENINGS.items():
        before = _in_sight()
        async for root in opens(stage):
            await asyncio.sleep(0)
            roots = [root] if root is not None else [one for one in _in_sight() if one not in before]
            assert roots, f"{name} opened nothing"
            for one in roots:
                seen.update(type(part).__name__ for part in (one, *one.findChildren(QDialog)))
                look(name, one)
        for one in _in_sight():
            if one not in before:
                one.reject() if isinstance(one, QDialog) else one.close()
        await asyncio.sleep(0)
    return seen


def classes_of_dialogs() -> set[str]:
    """Every dialog that the package defines."""
    for module in pkgutil.walk_packages(desktop_app.ui.__path__, "desktop_app.ui."):
        importlib.import_module(module.name)
    found, waiting = set(), [QDialog]
    while waiting:
        for made in waiting.pop().__subclasses__():
            waiting.append(made)
            if made.__module__.startswith("desktop_app."):
                found.add(made.__name__)
    return found - BASES


def _in_sight() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets()
            if one.isVisible() and (isinstance(one, QDialog | QMenu) or one.isWindow())]


def _dialogs() -> list[QDialog]:
    return [one for one in _in_sight() if isinstance(one, QDialog)]
