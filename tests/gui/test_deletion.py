"""Deletion in the whole program: asked about by name and number, done, and gone from every list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.app import Program
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.ui.deletion_dialog import DeletionDialog
from desktop_app.viewmodels.deletion import DeletionState
from desktop_app.viewmodels.worklist import ListedRole
from tests.gui.program import run_program, until
from tests.support.ct_series import make_ct_series
from tests.support.orthanc import Orthanc

LOCAL = Store.local()


async def fill(program: Program, folder: Path) -> Study:
    models = program.models
    models.worklist.search_now()
    models.uploads.drop([folder], models.worklist.store, ask=False)
    await until(lambda: models.worklist.table.rowCount() == 1 and models.uploads.rows[0].finished, "the study")
    table = models.worklist.table
    row = table.data(table.index(0, 0), ListedRole)
    models.worklist.select(row)
    return row.study


async def asked(program: Program) -> DeletionDialog:
    await until(lambda: program.window.findChild(DeletionDialog), "the question")
    dialog: DeletionDialog = program.window.findChildren(DeletionDialog)[-1]
    await until(lambda: dialog._deletion.state is not DeletionState.LOOKING, "what would go")
    return dialog


def test_a_study_is_deleted_after_a_question_that_names_it(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 6)

    async def scenario(program: Program) -> None:
        models = program.models
        study = await fill(program, tmp_path / "in")
        viewer = models.workspace.open(study, LOCAL)
        await until(lambda: viewer.rail.cards, "the open study")
        program.window.show_worklist()
        program.window.actions_set.run("delete_study")
        dialog = await asked(program)
        assert study.patient_id in dialog.patient.text()
        assert study.description in dialog.study.text()
        assert dialog.count.text() == "6 objects"
        dialog.no.click()
        assert models.worklist.table.rowCount() == 1, "no is no"
        program.window.actions_set.run("delete_study")
        dialog = await asked(program)
        dialog.yes.click()
        await until(lambda: models.worklist.table.rowCount() == 0, "the study to go from the list")
        assert models.workspace.viewers == (), "its tab is closed"
        assert "Deleted from Local archive: 6 objects." in [notice.text for notice in models.notices.items]

    run_program(qapp, tmp_path / "home", scenario)


def test_an_image_and_a_series_go_and_the_open_study_follows(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 4)

    async def scenario(program: Program) -> None:
        models = program.models
        viewer = models.workspace.open(await fill(program, tmp_path / "in"), LOCAL)
        await until(lambda: viewer.active.display_set is not None, "the series")
        program.window.actions_set.run("delete_image")
        dialog = await asked(program)
        assert ", image " in dialog.what.text() and dialog.count.text() == "1 object"
        dialog.yes.click()
        await until(lambda: [card.expected for card in viewer.rail.cards] == [3], "three images left")
        page = program.window.page_of(viewer)
        assert page is not None
        page._show_series_menu(viewer.rail.cards[0], QPoint(0, 0))
        menu = page.findChildren(QMenu)[-1]
        menu.actions()[0].trigger()
        menu.close()
        dialog = await asked(program)
        assert dialog.count.text() == "3 objects"
        dialog.yes.click()
        await until(lambda: models.workspace.viewers == (), "the study to close: nothing of it is left")

    run_program(qapp, tmp_path / "home", scenario)


def test_where_an_archive_deletes_nothing_it_is_not_offered(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 2)

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        study = await fill(program, tmp_path / "in")
        models.archives._change(LOCAL, deletes=False)
        window.actions_set.refresh()
        window.worklist_page._show_menu(QPoint(0, 0))
        menu = window.worklist_page.findChildren(QMenu)[-1]
        assert [one.objectName() for one in menu.actions()] == ["open_study"]
        menu.close()
        viewer = models.workspace.open(study, LOCAL)
        await until(lambda: viewer.rail.cards and viewer.active.display_set is not None, "the series")
        page = window.page_of(viewer)
        before = len(page.findChildren(QMenu))
        page._show_series_menu(viewer.rail.cards[0], QPoint(0, 0))
        assert len(page.findChildren(QMenu)) == before
        deletions = [window.actions_set[name] for name in ("delete_study", "delete_series", "delete_image")]
        assert not any(action.isEnabled() for action in deletions)

    run_program(qapp, tmp_path / "home", scenario)


def test_orthanc_loses_a_study(qapp: QApplication, tmp_path: Path, empty_orthanc: Orthanc) -> None:
    make_ct_series(tmp_path / "in", 5)

    async def scenario(program: Program) -> None:
        models = program.models
        assert models.archives.add(empty_orthanc.url, "Orthanc") == ""
        await until(lambda: models.archives.selected_row.deletes, "what the archive can do")
        await until(lambda: models.worklist.store.name == "Orthanc" and not models.worklist.busy, "its list")
        await fill(program, tmp_path / "in")
        assert empty_orthanc.count() == 5
        program.window.actions_set.run("delete_study")
        (await asked(program)).yes.click()
        await until(lambda: models.worklist.table.rowCount() == 0, "the study to go from the list")
        assert empty_orthanc.count() == 0

    run_program(qapp, tmp_path / "home", scenario)
