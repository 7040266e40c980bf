"""The upload tray and the report: what is said of each file, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.deidentify import DatesChoice, DeidentifyChoices
from desktop_app.core.store import Store
from desktop_app.core.upload import StudyGroup, UploadPlan, UploadProgress, Verdict
from desktop_app.core.upload_choices import StorageClass, UploadChoices
from desktop_app.ui.choices_panel import ChoicesPanel
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.report_dialog import UploadReport
from desktop_app.ui.upload_sheet import UploadSheet, ZipPassword
from desktop_app.ui.upload_tray import UploadTray, counts_text, trouble_text
from desktop_app.viewmodels.uploads import UploadRow
from tests.gui.fakes import DONE, REPORT, STUDIES, UNDER_WAY, FakeUploads


@pytest.fixture
def tray(window: MainWindow) -> UploadTray:
    return window.tray


@pytest.fixture
def uploads(window: MainWindow) -> FakeUploads:
    return window.models.uploads  # type: ignore[return-value]


@pytest.fixture
def report(window: MainWindow, uploads: FakeUploads) -> Iterator[UploadReport]:
    uploads.items[DONE.id] = REPORT
    uploads.show(DONE)
    window.show_report(DONE.id)
    dialog = window.findChild(UploadReport)
    yield dialog
    dialog.reject()


def row(progress: UploadProgress, **changes: object) -> UploadRow:
    return replace(UploadRow(1, "CT chest", "Orthanc"), progress=progress, **changes)  # type: ignore[arg-type]


def test_it_is_there_only_while_it_has_something_to_say(tray: UploadTray, uploads: FakeUploads) -> None:
    assert not tray.isVisible()
    uploads.show(UNDER_WAY)
    assert tray.isVisible()
    uploads.show()
    assert not tray.isVisible()


@pytest.mark.parametrize(("progress", "changes", "said"), [
    (UploadProgress(scanning=True, found=12), {}, "looking for DICOM files… 12 found"),
    (UNDER_WAY.progress, {}, "412 of 600 stored · 4 already there"),
    (replace(UNDER_WAY.progress, scanning=True), {}, "412 of at least 600 stored · 4 already there"),
    (DONE.progress, {"finished": True}, "59 of 59 stored"),
    (UNDER_WAY.progress, {"finished": True, "cancelled": True}, "412 of 600 stored · 4 already there · cancelled"),
    (UploadProgress(scanning=False), {"finished": True}, "no files found"),
    (DONE.progress, {"finished": True, "error": "The archive cannot be reached."}, "The archive cannot be reached."),
])
def test_what_is_said_is_what_is_known(
    progress: UploadProgress, changes: dict[str, object], said: str,
) -> None:
    assert counts_text(row(progress, **changes)) == said


def test_trouble_is_named_and_leads_to_the_report(
    window: MainWindow, tray: UploadTray, uploads: FakeUploads, qtbot: QtBot,
) -> None:
    totals = ((Verdict.NOT_DICOM, 3), (Verdict.REFUSED, 2), (Verdict.STORED, 5))
    assert trouble_text(row(UploadProgress(totals=totals))) == "2 refused · 3 not DICOM — why?"
    assert trouble_text(DONE) == ""
    uploads.items[UNDER_WAY.id] = REPORT
    uploads.show(UNDER_WAY)
    view = tray.row_of(UNDER_WAY.id)
    assert view is not None
    assert view.trouble.text() == "2 refused — why?"
    qtbot.mouseClick(view.trouble, Qt.MouseButton.LeftButton)
    dialog = window.findChild(UploadReport)
    assert dialog.isVisible()
    dialog.reject()


def test_an_upload_is_cancelled_and_cleared_away(tray: UploadTray, uploads: FakeUploads, qtbot: QtBot) -> None:
    uploads.show(UNDER_WAY, DONE)
    view, done = tray.row_of(UNDER_WAY.id), tray.row_of(DONE.id)
    assert view is not None
    assert done is not None
    qtbot.mouseClick(view.cancel, Qt.MouseButton.LeftButton)
    assert uploads.calls == [("cancel", UNDER_WAY.id)]
    assert not done.cancel.isVisibleTo(tray)
    qtbot.mouseClick(tray.clear_button, Qt.MouseButton.LeftButton)
    assert tray.row_of(DONE.id) is None
    assert tray.row_of(UNDER_WAY.id) is view
    assert not tray.clear_button.isVisible()


def test_the_bar_follows_the_bytes(tray: UploadTray, uploads: FakeUploads) -> None:
    uploads.show(UNDER_WAY)
    view = tray.row_of(UNDER_WAY.id)
    assert view is not None
    assert view._bar.value() == round(1000 * 218 / 315)
    assert view._rate.text().startswith("218 MB of 315 MB · ")
    uploads.show(replace(UNDER_WAY, progress=UploadProgress(found=3)))
    assert view._bar.maximum() == 0                     # how much there is, is not known yet
    uploads.show(replace(DONE, id=UNDER_WAY.id))
    assert view._bar.value() == view._bar.maximum() == 1000
    assert view._rate.text() == ""


def test_many_uploads_do_not_push_the_page_away(tray: UploadTray, uploads: FakeUploads) -> None:
    uploads.show(*(replace(DONE, id=number) for number in range(20)))
    QApplication.processEvents()
    assert tray.height() < 200


# -- the report --------------------------------------------------------------------------------------------------------


def rows_of(report: UploadReport) -> list[list[str]]:
    table = report.table
    return [[table.data(table.index(row, column)) for column in range(3)] for row in range(table.rowCount())]


def test_the_report_begins_with_what_went_wrong(report: UploadReport) -> None:
    assert report.verdict.currentText() == "refused (1)"
    assert rows_of(report) == [["refused", "c.dcm", "the archive does not take this kind of object (code 0122H)"]]


def test_the_report_is_narrowed_by_verdict_and_word(report: UploadReport, qtbot: QtBot) -> None:
    report.verdict.setCurrentIndex(0)
    assert [line[0] for line in rows_of(report)] == ["stored", "already there", "refused", "not DICOM"]
    qtbot.keyClicks(report.words, "notes")
    assert [line[1] for line in rows_of(report)] == ["notes.txt"]


def test_the_report_is_copied_whole(report: UploadReport) -> None:
    next(button for button in report.findChildren(QPushButton) if button.text() == "Copy the report").click()
    assert QApplication.clipboard().text().count("\n") == len(REPORT)
    assert "notes.txt\tThis is not a DICOM file." in QApplication.clipboard().text()


def test_the_report_is_saved_whole(report: UploadReport, uploads: FakeUploads) -> None:
    report.save_to("/out/report.csv")
    assert uploads.calls == [("save_report", DONE.id, Path("/out/report.csv"))]


# -- pausing, sending again, the question before -----------------------------------------------------------------------


def test_pause_and_resume_are_one_button(tray: UploadTray, uploads: FakeUploads, qtbot: QtBot) -> None:
    uploads.show(UNDER_WAY)
    view = tray.row_of(UNDER_WAY.id)
    assert view is not None
    qtbot.mouseClick(view.pause, Qt.MouseButton.LeftButton)
    uploads.show(replace(UNDER_WAY, paused=True))
    assert view.pause.text() == "Resume"
    qtbot.mouseClick(view.pause, Qt.MouseButton.LeftButton)
    assert uploads.calls == [("pause", UNDER_WAY.id, True), ("pause", UNDER_WAY.id, False)]


def test_what_failed_is_sent_again_with_one_button(tray: UploadTray, uploads: FakeUploads, qtbot: QtBot) -> None:
    failed = replace(DONE, progress=UploadProgress(3, 3, totals=((Verdict.STORED, 1), (Verdict.NOT_SENT, 2))))
    uploads.show(DONE)
    assert not tray.row_of(DONE.id).again.isVisibleTo(tray)  # type: ignore[union-attr]
    uploads.show(failed)
    view = tray.row_of(DONE.id)
    assert view is not None
    assert view.trouble.text() == "2 not sent — why?"
    qtbot.mouseClick(view.again, Qt.MouseButton.LeftButton)
    assert uploads.calls == [("send_again", DONE.id)]


PLAN = UploadPlan(
    (StudyGroup("1.2", "Doe^Jane", "P-1", "20200102", "CT chest", 600, 315_000_000),), ((Verdict.NOT_DICOM, 3),)
)
ASKING = UploadRow(7, "CT chest", "Orthanc, room 3", UploadProgress(603, 3, asking=True, scanning=False), plan=PLAN)


def sheet_of(window: MainWindow, uploads: FakeUploads) -> UploadSheet:
    uploads.show(ASKING)
    uploads.asked.emit(ASKING.id)
    sheet: UploadSheet = window.findChild(UploadSheet)
    return sheet


def test_before_sending_it_is_said_what_goes_where(window: MainWindow, uploads: FakeUploads, qtbot: QtBot) -> None:
    sheet = sheet_of(window, uploads)
    assert sheet.windowTitle() == "Upload to Orthanc, room 3?"
    assert sheet.sums.text() == "600 files, 315 MB · 1 study of 1 patient"
    assert sheet.left_out.text() == "Not sent: 3 not DICOM"
    cells = [sheet.table.data(sheet.table.index(0, column)) for column in range(6)]
    assert cells[1:3] + cells[4:] == ["P-1", "CT chest", "600", "315 MB"]
    qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
    assert uploads.calls == [("confirm", ASKING.id)]


def test_names_are_taken_out_when_that_is_chosen(window: MainWindow, uploads: FakeUploads, qtbot: QtBot) -> None:
    sheet = sheet_of(window, uploads)
    panel = sheet.choices
    assert not panel.dates.isVisibleTo(sheet) and not panel.storage.isVisibleTo(sheet)
    panel.names.setChecked(True)
    panel.dates.setCurrentIndex(1)
    panel.devices.setChecked(True)
    assert panel.warning.isVisibleTo(sheet)
    qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
    chosen = UploadChoices(DeidentifyChoices(DatesChoice.SHIFT, keep_devices=True))
    assert uploads.calls == [("confirm", ASKING.id, chosen)]


def test_the_storage_class_is_offered_where_it_is_known(qtbot: QtBot) -> None:
    path = "projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"
    panel = ChoicesPanel(Store("s", f"https://healthcare.googleapis.com/v1beta1/{path}"))
    qtbot.addWidget(panel)
    assert panel.storage.isVisibleTo(panel)
    panel.storage.setCurrentIndex(2)
    assert panel.choices == UploadChoices(None, StorageClass.NEARLINE)


def test_no_means_that_nothing_is_sent(window: MainWindow, uploads: FakeUploads, qtbot: QtBot) -> None:
    sheet = sheet_of(window, uploads)
    qtbot.mouseClick(sheet.cancel, Qt.MouseButton.LeftButton)
    assert uploads.calls == [("cancel", ASKING.id)]


def test_esc_leaves_the_question_to_the_tray(window: MainWindow, uploads: FakeUploads, qtbot: QtBot) -> None:
    sheet = sheet_of(window, uploads)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert uploads.calls == []
    view = window.tray.row_of(ASKING.id)
    assert view is not None
    assert view._counts.full_text() == "603 files found · nothing is sent yet"
    assert not view.pause.isVisibleTo(window)
    with qtbot.waitSignal(window.tray.plan_requested):
        qtbot.mouseClick(view.ask, Qt.MouseButton.LeftButton)
    for again in window.findChildren(UploadSheet):
        again.reject()


@pytest.mark.parametrize(("typed", "given"), [("secret", "secret"), (None, None)])
def test_a_zip_is_opened_with_its_password_or_left_out(
    window: MainWindow, uploads: FakeUploads, qtbot: QtBot, typed: str | None, given: str | None,
) -> None:
    uploads.password_asked.emit(3, "disc.zip")
    dialog = window.findChild(ZipPassword)
    if typed:
        qtbot.keyClicks(dialog.field, typed)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert uploads.calls == [("give_password", 3, given)]


def test_what_ended_well_leaves_the_foot_of_an_open_study(
    tray: UploadTray, window: MainWindow, uploads: FakeUploads
) -> None:
    refused = replace(DONE, id=5, progress=UploadProgress(2, 2, totals=((Verdict.STORED, 1), (Verdict.REFUSED, 1))))
    uploads.show(DONE, refused)
    assert window.tray.leaving.isActive()
    window.tray.leave_if_reading()
    assert uploads.rows == (DONE, refused), "on the worklist it stays"
    window.models.workspace.open(STUDIES[4], window.models.worklist.store)
    window.tray.leave_if_reading()
    assert uploads.rows == (refused,), "what went wrong stays"
    assert not window.tray.leaving.isActive()
