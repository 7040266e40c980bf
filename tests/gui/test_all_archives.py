"""All archives at once in the running program: Orthanc, a dcm4chee-like one, the local one, slow and closed ones."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from starlette.types import Receive, Scope, Send

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.ui.deletion_dialog import DeletionDialog
from desktop_app.viewmodels.archives import ArchiveState
from desktop_app.viewmodels.deletion import DeletionState
from desktop_app.viewmodels.worklist import COLUMNS
from tests.gui.program import run_program, until
from tests.support.asgi_server import Application, AsgiServer
from tests.support.ct_series import make_ct_series
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import GooglePlace
from tests.support.orthanc import Orthanc
from tests.support.systems import SYSTEMS, SystemServer

ARCHIVE_COLUMN = next(number for number, column in enumerate(COLUMNS) if column.id == "archive")
LOCAL = Store.local()


@contextmanager
def filled(folder: Path, files: Path) -> Iterator[Archive]:
    """An archive of our own with these files."""
    archive = asyncio.run(_fill(folder, files))
    try:
        yield archive
    finally:
        asyncio.run(archive.close())


async def _fill(folder: Path, files: Path) -> Archive:
    archive = await Archive.open(folder)
    for path in sorted(files.glob("*.dcm")):
        await archive.store_bytes(path.read_bytes())
    return archive


class Held:
    """An application in front of another one that answers nothing until it is let go."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.let_go = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while not self.let_go.is_set():
            await asyncio.sleep(0.01)
        await self._application(scope, receive, send)


def where(program: Program) -> dict[str, list[str]]:
    """The studies of each archive, as the rows on the screen say."""
    found: dict[str, list[str]] = {}
    table = program.models.worklist.table
    for number, row in enumerate(table.rows):
        name = table.index(number, ARCHIVE_COLUMN).data()
        found.setdefault(name, []).append(row.study.study_instance_uid)
    return found


def row_in(program: Program, name: str) -> ListedStudy:
    return next(row for row in program.models.worklist.table.rows if row.store.name == name)


async def press(program: Program, words: str) -> None:
    """The button of a line above the list, as soon as it stands there."""
    def found() -> list[QPushButton]:
        banner = program.window.worklist_page.banner
        return [one for one in banner.findChildren(QPushButton) if one.text() == words and one.isVisible()]

    await until(found, words)
    hand.click(found()[0])


def choose_all(program: Program) -> None:
    hand.click(program.window.worklist_page.archives.all_button)
    assert program.models.archives.everywhere


def test_what_is_done_with_a_row_is_done_in_its_own_archive(
    qapp: QApplication, tmp_path: Path, empty_orthanc: Orthanc
) -> None:
    """Found in three archives in one list; opened, beside its prior of another archive; stored, and deleted."""
    there = make_ct_series(tmp_path / "there", 3, name="there", edge=64)
    far = make_ct_series(tmp_path / "far", 3, name="far", edge=64)
    new = make_ct_series(tmp_path / "new", 2, name="new", edge=64)
    empty_orthanc.put_all(list(there.files))
    ways = SYSTEMS["dcm4chee-arc 5"]
    with filled(tmp_path / "dcm4chee", tmp_path / "far") as archive, AsgiServer(SystemServer(ways, archive)) as server:
        settings = Settings(archives=(Store("Orthanc", empty_orthanc.url), Store("dcm4chee", server.url + ways.root)))

        async def scenario(program: Program) -> None:
            models, page = program.models, program.window.worklist_page
            choose_all(program)
            both = {"Orthanc": [there.study_instance_uid], "dcm4chee": [far.study_instance_uid]}
            await until(lambda: where(program) == both and not models.worklist.busy, "the studies of both")
            assert not page.table.isColumnHidden(ARCHIVE_COLUMN)
            assert models.worklist.troubles == ()
            assert models.worklist.status == "2 studies in 3 archives"

            number = models.worklist.table.rows.index(row_in(program, "Orthanc"))
            hand.click_row(page.table, number, twice=True)
            viewer = models.workspace.viewers[0]
            assert viewer.store.name == "Orthanc"
            await until(lambda: viewer.active.frame is not None, "an image of Orthanc's")
            await until(lambda: [prior.store.name for prior in viewer.priors.answer.priors] == ["dcm4chee"],
                        "the patient's study in the other archive")
            program.window.show_worklist()

            models.worklist.select(row_in(program, "Orthanc"))
            assert program.window.intake.receiver(models.worklist.selected).name == "Orthanc"
            models.uploads.drop([tmp_path / "new"], program.window.intake.receiver(models.worklist.selected), ask=False)
            await until(lambda: new.study_instance_uid in where(program).get("Orthanc", []), "what was stored")
            assert empty_orthanc.count() == 5
            assert await archive.count() == 3

            models.worklist.select(row_in(program, "dcm4chee"))
            await until(lambda: models.archives.deletes_at(row_in(program, "dcm4chee").store), "what it offers")
            program.window.actions_set.run("delete_study")
            await until(lambda: program.window.findChild(DeletionDialog), "the question")
            dialog = program.window.findChildren(DeletionDialog)[-1]
            await until(lambda: dialog._deletion.state is not DeletionState.LOOKING, "what would go")
            dialog.yes.click()
            await until(lambda: "dcm4chee" not in where(program), "the row to go")
            assert await archive.count() == 0
            assert empty_orthanc.count() == 5

        run_program(qapp, tmp_path / "home", scenario, settings=settings)


def test_slow_and_dead_archives_hide_nothing(qapp: QApplication, tmp_path: Path, refused_url: str) -> None:
    near = make_ct_series(tmp_path / "near", 2, name="near", edge=64)
    late = make_ct_series(tmp_path / "late", 2, name="late", edge=64)
    with filled(tmp_path / "one", tmp_path / "near") as one, filled(tmp_path / "two", tmp_path / "late") as two:
        held = Held(create_app(two))
        with AsgiServer(create_app(one)) as quick, AsgiServer(held) as slow:
            settings = Settings(all_archives=True, archives=(
                Store("Near", quick.url), Store("Slow", slow.url), Store("Gone", refused_url)))

            async def scenario(program: Program) -> None:
                models, page = program.models, program.window.worklist_page
                assert models.archives.everywhere, "as it was left the last time"
                models.worklist.search_now()
                await until(lambda: where(program) == {"Near": [near.study_instance_uid]}, "what is quick")
                await until(lambda: models.worklist.troubles, "the one that is gone")
                partly = "1 study in 2 archives · still searching Slow"
                await until(lambda: models.worklist.status == partly, "the local archive's answer, too")
                assert page.status.full_text() == models.worklist.status
                assert page.banner.isVisible()
                assert page.banner.text.startswith("Gone: ")
                held.let_go.set()
                await until(lambda: not models.worklist.busy, "the slow one")
                assert where(program) == {"Near": [near.study_instance_uid], "Slow": [late.study_instance_uid]}
                assert [trouble.store.name for trouble in models.worklist.troubles] == ["Gone"]

            run_program(qapp, tmp_path / "home", scenario, settings=settings)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[GooglePlace]:
    make_ct_series(tmp_path / "google", 2, name="google", edge=64)
    clinic = GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})
    with filled(tmp_path / "far", tmp_path / "google") as archive, GooglePlace(
        GoogleLike(projects=[clinic], dicom_web=create_app(archive))
    ) as made:
        yield made


def test_closed_archives_are_named_with_a_way_in_also_when_a_session_ends(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    near = make_ct_series(tmp_path / "near", 2, name="near", edge=64)
    google = make_ct_series(tmp_path / "google", 2, name="google", edge=64)
    closed = Store("CT at Google", place.store_url("clinic", "europe-west4", "chest", "ct"), SignInKind.GOOGLE)
    with filled(tmp_path / "one", tmp_path / "near") as one, AsgiServer(create_app(one)) as quick:
        settings = Settings(archives=(Store("Near", quick.url), closed), google=place.settings())
        everything = {"Near": [near.study_instance_uid], "CT at Google": [google.study_instance_uid]}

        async def scenario(program: Program) -> None:
            models, page = program.models, program.window.worklist_page
            choose_all(program)
            await until(lambda: models.worklist.troubles and not models.worklist.busy, "the one that is closed")
            assert page.banner.text.startswith("CT at Google: ")
            assert place.opened == [], "no browser opens that nobody asked for"
            assert where(program) == {"Near": [near.study_instance_uid]}
            await press(program, "Sign in")
            await until(lambda: where(program) == everything, "its studies, after the sign-in")
            assert models.worklist.troubles == ()
            await until(lambda: all(row.state is ArchiveState.READY for row in models.archives.rows), "all of them")

            place.end_all_tokens()
            models.worklist.refresh()
            await until(lambda: models.worklist.troubles, "the session that ended in the middle of a search")
            assert "sign-in has ended" in page.banner.text
            assert page.banner.text.startswith("CT at Google: ")
            assert where(program) == everything, "what is on the screen stays"
            await press(program, "Sign in")
            await until(lambda: not models.worklist.busy, "the search that waited")
            assert models.worklist.troubles == ()
            assert where(program) == everything

            await until(program.window.top_bar.account_button.isVisible, "whose sessions are in use, in the bar")
            program.window.top_bar.sign_out_requested.emit()
            await until(lambda: place.provider.revoked, "the revocation")
            assert where(program) == {"Near": [near.study_instance_uid]}
            assert "signed out" in page.banner.text

        run_program(qapp, tmp_path / "home", scenario, settings=settings, site=place.site(),
                    browser=place.open_browser)
