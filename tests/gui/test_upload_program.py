"""Uploads in the whole program: asked before, gone on with after a crash, worklist and open study follow."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pydicom
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.open_request import OpenRequest
from desktop_app.core.store import Store
from desktop_app.core.upload import Verdict
from desktop_app.services.folders import Folders
from desktop_app.services.upload_journal import FileState, JournalUpload, UploadJournal
from desktop_app.ui.dialogs import TextDetails
from desktop_app.ui.difference_dialog import DifferenceDialog
from desktop_app.ui.presend_dialog import PresendDialog
from desktop_app.ui.report_dialog import UploadReport
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.ui.upload_sheet import UploadSheet, ZipPassword
from desktop_app.viewmodels.launch import Launch
from desktop_app.viewmodels.worklist import ListedRole
from tests.gui.program import run_program, until
from tests.support.ct_series import make_ct_series
from tests.unit.services.upload_fakes import STUDY, dicom_bytes, dicom_file

LOCAL = Store.local()


def test_a_large_drop_is_asked_about_and_arrives_in_the_worklist(
    qapp: QApplication, tmp_path: Path
) -> None:
    series = make_ct_series(tmp_path / "in", 60)
    (tmp_path / "in" / "notes.txt").write_text("nothing")

    async def scenario(program: Program) -> None:
        uploads, window = program.models.uploads, program.window
        program.models.worklist.search_now()
        number = uploads.drop([tmp_path / "in"], LOCAL)
        await until(lambda: window.findChild(UploadSheet), "the question before sending")
        sheet = window.findChild(UploadSheet)
        await until(lambda: sheet.sums.text().startswith("60 files"), "the whole plan")
        assert sheet.left_out.text() == "Not sent: 1 not DICOM"
        sheet.send.click()
        await until(lambda: uploads.rows[0].finished, "the end of the upload")
        assert uploads.rows[0].progress.totals == ((Verdict.STORED, 60), (Verdict.NOT_DICOM, 1))
        await until(lambda: program.models.worklist.table.rowCount() == 1, "the study in the worklist")
        uploads.save_report(number, tmp_path / "report.csv")
        await until(lambda: not uploads._saving.running, "the saved report")

    run_program(qapp, tmp_path / "home", scenario)
    lines = (tmp_path / "report.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 62
    assert sum(series.series_instance_uid in line for line in lines) == 60


def test_two_folders_at_once_both_arrive(qapp: QApplication, tmp_path: Path) -> None:
    for folder, study in (("first", "1.2.1"), ("second", "1.2.2")):
        (tmp_path / folder).mkdir()
        for number in range(30):
            dicom_file(tmp_path / folder, f"{study}.9.{number}", study=study, series=f"{study}.9")

    async def scenario(program: Program) -> None:
        uploads = program.models.uploads
        program.models.worklist.search_now()
        for folder in ("first", "second"):
            uploads.drop([tmp_path / folder], LOCAL)
        await until(lambda: all(row.finished for row in uploads.rows), "the end of both uploads")
        assert [row.progress.totals for row in uploads.rows] == [((Verdict.STORED, 30),)] * 2
        await until(lambda: program.models.worklist.table.rowCount() == 2, "both studies in the worklist")

    run_program(qapp, tmp_path / "home", scenario)


def test_an_upload_that_a_crash_ended_goes_on_at_the_next_start(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 5)

    async def scenario(program: Program) -> None:
        uploads = program.models.uploads
        Launch(program.network, program.models, program.window).go()
        await until(lambda: uploads.rows and uploads.rows[0].finished, "the upload to go on and end")
        assert uploads.rows[0].title == "in"
        assert uploads.rows[0].progress.totals == ((Verdict.STORED, 5),)

    async def crash() -> None:
        journal = await UploadJournal.open(Folders.below(tmp_path / "home").uploads)
        await journal.begin(JournalUpload("u", LOCAL.key, LOCAL.name, "in", (tmp_path / "in",), confirmed=True))
        await journal.close()

    asyncio.run(crash())
    run_program(qapp, tmp_path / "home", scenario)


def test_what_the_archive_lost_from_the_list_is_said(qapp: QApplication, tmp_path: Path) -> None:
    async def crash() -> None:
        journal = await UploadJournal.open(Folders.below(tmp_path / "home").uploads)
        await journal.begin(JournalUpload("u", "https://gone.example.org", "PACS", "in", (tmp_path,), confirmed=True))
        await journal.note("u", [], FileState.FOUND)
        await journal.close()

    async def scenario(program: Program) -> None:
        uploads = program.models.uploads
        Launch(program.network, program.models, program.window).go()
        await until(lambda: uploads.rows, "the row of the upload")
        assert "no longer in the list" in uploads.rows[0].error
        uploads.clear_finished()
        assert uploads.rows == ()

    asyncio.run(crash())
    run_program(qapp, tmp_path / "home", scenario)


def test_a_zip_with_a_password(qapp: QApplication, tmp_path: Path) -> None:
    import pyzipper

    with pyzipper.AESZipFile(tmp_path / "disc.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("IMAGES/1", dicom_bytes("1.1"))

    async def scenario(program: Program) -> None:
        uploads, window = program.models.uploads, program.window
        uploads.drop([tmp_path / "disc.zip"], LOCAL)
        for typed in ("wrong", "secret"):
            await until(lambda: window.findChild(ZipPassword), "the question for the password")
            dialog = window.findChild(ZipPassword)
            dialog.field.setText(typed)
            dialog.use.click()
            await until(lambda: window.findChild(ZipPassword) is not dialog, "the end of the dialog")  # noqa: B023
        await until(lambda: uploads.rows[0].finished, "the end of the upload")
        assert uploads.rows[0].progress.totals == ((Verdict.STORED, 1),)

    run_program(qapp, tmp_path / "home", scenario)


def test_files_for_an_archive_that_is_none_go_nowhere(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 3)

    async def scenario(program: Program) -> None:
        models = program.models
        Launch(program.network, models, program.window).go(
            OpenRequest("no such place", upload=(str(tmp_path / "in"),)))
        await until(lambda: models.notices.items, "the sentence about the archive")
        assert models.uploads.rows == ()
        await until(lambda: not models.worklist.busy, "the list of the local archive")

    run_program(qapp, tmp_path / "home", scenario)


def test_what_differs_in_a_conflict_can_be_opened_from_the_report(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "other").mkdir()
    dicom_file(tmp_path / "first", "1.1", note="as it was")
    dicom_file(tmp_path / "other", "1.1", note="as it is")

    async def scenario(program: Program) -> None:
        uploads, window = program.models.uploads, program.window
        uploads.drop([tmp_path / "first"], LOCAL, ask=False)
        await until(lambda: uploads.rows[0].finished, "the end of the first upload")
        uploads.drop([tmp_path / "other"], LOCAL, ask=False)
        await until(lambda: uploads.rows[0].finished, "the end of the second upload")
        assert uploads.rows[0].progress.totals == ((Verdict.CONFLICT, 1),)
        window.show_report(uploads.rows[0].id)
        report = window.findChild(UploadReport)
        assert report.differs.isEnabled()
        report.differs.click()
        dialog = report.findChild(DifferenceDialog)
        await until(lambda: dialog.table.rows, "the difference")
        (row,) = dialog.table.rows
        assert (row.name, row.first, row.second) == ("Image Comments", "as it is", "as it was")
        dialog.accept()
        report.save_to(str(tmp_path / "no such folder" / "report.csv"))
        await until(lambda: report.findChild(TextDetails), "the sentence that it was not saved")
        report.findChild(TextDetails).accept()
        report.accept()

    run_program(qapp, tmp_path / "home", scenario)


def test_the_files_are_checked_before_sending_when_that_is_wanted(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, patient in (("1.1", "Doe^Jane"), ("1.2", "Someone^Else")):
        dataset = pydicom.dcmread(dicom_file(tmp_path / "in", name))
        dataset.PatientName = patient
        dataset.save_as(tmp_path / "in" / f"{name}.dcm")

    async def scenario(program: Program) -> None:
        uploads, window = program.models.uploads, program.window
        uploads.drop([tmp_path / "in"], LOCAL, ask_always=True)
        await until(lambda: window.findChild(UploadSheet), "the question")
        sheet = window.findChild(UploadSheet)
        await until(lambda: not uploads.rows[0].progress.scanning, "the end of the scan")
        sheet.check.click()
        dialog = sheet.findChild(PresendDialog)
        await until(lambda: dialog._check.is_over, "the end of the check")
        texts = [finding.text for finding in dialog.table.rows]
        assert any("another patient than 1.1.dcm" in text for text in texts)
        assert any("Modality (0008,0060) is missing" in text for text in texts)
        assert "You can send them all the same." in dialog.said.text()
        dialog.accept()
        sheet.cancel.click()

    run_program(qapp, tmp_path / "home", scenario)


def test_a_small_drop_shows_what_goes_where_when_that_is_wanted(qapp: QApplication, tmp_path: Path) -> None:
    one = dicom_file(tmp_path, "1.1")

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        window.show_settings()
        page = next(found for found in window.findChildren(SettingsPage) if found.isVisible())
        assert not page.show_before_upload.isChecked()
        page.show_before_upload.click()
        page.accept()
        hand.let_go(window, hand.drag_in(window, [one]))
        await until(lambda: window.findChild(UploadSheet), "the question")
        sheet = window.findChild(UploadSheet)
        await until(lambda: sheet.send.isEnabled() and not models.uploads.rows[0].progress.scanning, "the plan")
        assert sheet.windowTitle() == f"Upload to {models.archives.selected.name}?"
        assert sheet.choices.names.isVisibleTo(sheet) and sheet.check.isVisibleTo(sheet)
        assert not models.uploads.rows[0].progress.sent_bytes
        sheet.choices.names.setChecked(True)
        sheet.send.click()
        await until(lambda: models.uploads.rows[0].finished, "the end of the upload")
        assert models.uploads.rows[0].progress.totals == ((Verdict.STORED, 1),)
        models.worklist.search_now()
        await until(lambda: models.worklist.table.rowCount() == 1 and not models.worklist.busy, "the study")
        assert models.worklist.table.studies[0].study_instance_uid != STUDY, "it went without names"

    run_program(qapp, tmp_path / "home", scenario)


def test_an_open_study_shows_what_arrived_for_it(qapp: QApplication, tmp_path: Path) -> None:
    series = make_ct_series(tmp_path / "in", 6)
    later = tmp_path / "later"
    later.mkdir()
    for path in series.files[3:]:
        path.rename(later / path.name)

    async def scenario(program: Program) -> None:
        models = program.models
        models.worklist.search_now()
        models.uploads.drop([tmp_path / "in"], LOCAL)
        await until(lambda: models.worklist.table.rowCount() == 1, "the study in the worklist")
        table = models.worklist.table
        study = table.data(table.index(0, 0), ListedRole).study
        assert study.study_instance_uid == series.study_instance_uid
        viewer = models.workspace.open(study, LOCAL)
        await until(lambda: [card.expected for card in viewer.rail.cards] == [3], "three images")
        models.uploads.drop([later], LOCAL)
        await until(lambda: [card.expected for card in viewer.rail.cards] == [6], "the other three, by themselves")

    run_program(qapp, tmp_path / "home", scenario)
