"""Before sending: what goes where. And the password of a ZIP, when it has one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from desktop_app.core.dates import date_text
from desktop_app.core.person_name import PersonName
from desktop_app.core.sizes import size_text
from desktop_app.core.upload import StudyGroup, UploadPlan, verdict_text
from desktop_app.core.words import counted, say, t
from desktop_app.ui.choices_panel import ChoicesPanel
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.widgets import button, label, plain_table, set_widths
from desktop_app.viewmodels.uploads import UploadRow, UploadsModel

_TITLES = (
    t("PlanTable", "Patient"), t("PlanTable", "ID"), t("PlanTable", "Study"), t("PlanTable", "Date"),
    t("PlanTable", "Files"), t("PlanTable", "Size"),
)


class PlanTable(RowTable[StudyGroup]):
    """One row per study."""

    titles = _TITLES
    numbers = (4, 5)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            study = self.rows[index.row()]
            name = PersonName.parse(study.patient_name).display if study.patient_name else self.tr("no name")
            return (
                name, study.patient_id, study.study_description, date_text(study.study_date), counted(study.files),
                size_text(study.size),
            )[index.column()]
        return super().data(index, role)


class UploadSheet(Dialog):
    """Where it goes, how many files of which patients and studies, how large, and what is left out.

    It fills while files are still being looked for. Esc leaves the question open: the tray asks it again.
    """

    def __init__(self, parent: QWidget | None, uploads: UploadsModel, number: int) -> None:
        row = next((row for row in uploads.rows if row.id == number), None)
        where = row.store_name if row is not None else ""
        super().__init__(parent, self.tr("Upload to %s?") % where, width=760)
        self._uploads, self._number = uploads, number
        self.sums = label(wrap=True)
        self.left_out = label(tone="caution", wrap=True)
        self.table = PlanTable()
        self.table.setParent(self)
        self.view = plain_table(self.table, self.tr("Studies that would be sent"))
        self.view.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        set_widths(self.view, 160, 120, 100, 120, 70, 90)
        self.view.setMinimumHeight(220)
        for widget in (self.sums, self.left_out, self.view):
            self.column.addWidget(widget)
        self.choices = ChoicesPanel(uploads.store_of(number))
        self.column.addWidget(self.choices)
        self.details = button(self.tr("Which, and why?"), self._show_report, kind="link")
        self.check = button(self.tr("Check the files…"), self._show_check, kind="link", tip=self.tr(
            "Look for missing attributes, values that are not allowed, duplicates, and names that do not fit"))
        self.cancel = button(self.tr("Do not upload"), self._refuse)
        self.send = button(self.tr("Upload to %s") % where, self._agree, kind="primary")
        self.add_buttons(self.cancel, self.send, left=(self.details, self.check))
        uploads.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        row = next((row for row in self._uploads.rows if row.id == self._number), None)
        if row is None or row.finished:
            self.reject()
            return
        if row.plan is not None:
            self.table.show(row.plan.studies)
            self.sums.setText(sums_text(row.plan, row))
            left_out = left_out_text(row.plan)
            self.left_out.setText(left_out)
            self.left_out.setVisible(bool(left_out))
            self.details.setVisible(bool(left_out))
            self.send.setEnabled(row.plan.files > 0)

    def _agree(self) -> None:
        self._uploads.confirm(self._number, self.choices.choices)
        self.accept()

    def _refuse(self) -> None:
        self._uploads.cancel(self._number)
        self.reject()

    def _show_check(self) -> None:
        check = self._uploads.check(self._number)
        if check is not None:
            from desktop_app.ui.presend_dialog import PresendDialog

            PresendDialog(self, check).open()

    def _show_report(self) -> None:
        from desktop_app.ui.report_dialog import UploadReport

        UploadReport(self, self._uploads, self._number).open()


def sums_text(plan: UploadPlan, row: UploadRow) -> str:
    """"600 files, 315 MB · 2 studies of 1 patient", and whether more are being looked for."""
    files = say("uploads", "1 file") if plan.files == 1 else say("uploads", "%s files") % counted(plan.files)
    studies = (say("uploads", "1 study") if plan.study_count == 1
               else say("uploads", "%s studies") % counted(plan.study_count))
    patients = (say("uploads", "1 patient") if plan.patients == 1
                else say("uploads", "%s patients") % counted(plan.patients))
    text = say("uploads", "%s, %s · %s of %s") % (files, size_text(plan.size), studies, patients)
    return say("uploads", "%s · still looking") % text if row.progress.scanning else text


def left_out_text(plan: UploadPlan) -> str:
    """"Not sent: 3 not DICOM · 1 could not be read", empty when nothing is left out."""
    said = [verdict_text(verdict, count) for verdict, count in plan.left_out]
    return say("uploads", "Not sent: %s") % " · ".join(said) if said else ""


class ZipPassword(Dialog):
    """Asks for the password of a ZIP. It is kept in memory, for this upload only."""

    def __init__(self, parent: QWidget | None, uploads: UploadsModel, number: int, name: str) -> None:
        super().__init__(parent, self.tr("This ZIP has a password"))
        self._answer: str | None = None
        text = self.tr("%s is protected. Its password is kept for this upload only. A wrong one is asked for again.")
        self.column.addWidget(label(text % name, tone="secondary", wrap=True))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password of the ZIP"))
        self.field.setAcceptDrops(False)
        self.column.addWidget(self.field)
        self.skip = button(self.tr("Leave it out"), self.reject)
        self.use = button(self.tr("Open"), self._use, kind="primary")
        self.add_buttons(self.skip, self.use)
        self.field.setFocus()
        self.finished.connect(lambda _code: uploads.give_password(number, self._answer))

    def _use(self) -> None:
        self._answer = self.field.text()
        self.accept()
