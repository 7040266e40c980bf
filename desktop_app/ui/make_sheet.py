"""Before files become DICOM: what will be written, of whom, and what cannot be."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHeaderView, QLineEdit, QWidget

from desktop_app.core.dates import date_text
from desktop_app.core.making import FileKind, MakeForm, MakePlan, PictureUse, StudyContext
from desktop_app.core.person_name import PersonName
from desktop_app.core.sizes import size_text
from desktop_app.core.words import say, t
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.widgets import button, label, plain_table, set_widths
from desktop_app.viewmodels.making import Making

_TITLES = (
    t("MakeTable", "File"), t("MakeTable", "Becomes"), t("MakeTable", "Content"), t("MakeTable", "How it is kept"),
)


class MakeTable(RowTable[MakePlan]):
    """One row per file. A photograph is named as one as soon as it is chosen."""

    titles = _TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._use = PictureUse.SECONDARY_CAPTURE

    def show_as(self, use: PictureUse) -> None:
        """What the pictures are to become."""
        self._use = use
        self.row_changed(0, len(self.rows) - 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        plan = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if plan.refusal:
                return (plan.file.name, self.tr("nothing"), "", plan.refusal)[index.column()]
            return (plan.file.name, self._becomes(plan), self._content(plan), plan.how)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and plan.refusal and index.column():
            return theme.colour("caution")
        return super().data(index, role)

    def _becomes(self, plan: MakePlan) -> str:
        photograph = self._use is PictureUse.PHOTOGRAPH and plan.sop_class == "Secondary Capture" and plan.bits == 8
        return "VL Photographic Image" if photograph else plan.sop_class

    def _content(self, plan: MakePlan) -> str:
        if plan.pages:
            pages = self.tr("1 page") if plan.pages == 1 else self.tr("%d pages") % plan.pages
            return f"{pages}, {size_text(plan.size)}"
        frames = self.tr(", %d frames") % plan.frames if plan.frames > 1 else ""
        return f"{plan.columns} × {plan.rows}{frames}, {size_text(plan.size)}"


class MakeSheet(Dialog):
    """Patient and study are those of the study and cannot be changed here; description, kind and title can."""

    def __init__(self, parent: QWidget | None, making: Making) -> None:
        super().__init__(parent, self.tr("Add files to this study?"), width=820)
        self._making = making
        tokens = theme.tokens()
        form = QFormLayout()
        form.setSpacing(tokens.space_s)
        self.patient, self.study = label(kind="strong", wrap=True), label(wrap=True)
        form.addRow(label(self.tr("Patient"), tone="secondary"), self.patient)
        form.addRow(label(self.tr("Study"), tone="secondary"), self.study)
        form.addRow(label(self.tr("Archive"), tone="secondary"), label(making.store.name, wrap=True))
        self.description = self._field(self.tr("Description of the new series"), 64)
        self.description.setText(self.tr("Added files"))
        form.addRow(label(self.tr("Series"), tone="secondary"), self.description)
        self.use = QComboBox()
        self.use.setAccessibleName(self.tr("What the pictures are"))
        self.use.addItem(
            self.tr("Pictures of a screen or a paper (Secondary Capture)"), PictureUse.SECONDARY_CAPTURE.value)
        self.use.addItem(self.tr("Photographs (VL Photographic Image)"), PictureUse.PHOTOGRAPH.value)
        self._use_label = label(self.tr("Pictures are"), tone="secondary")
        form.addRow(self._use_label, self.use)
        self.title = self._field(self.tr("Title of the documents"), 1024)
        self._title_label = label(self.tr("Document title"), tone="secondary")
        form.addRow(self._title_label, self.title)
        self.column.addLayout(form)
        self.table = MakeTable()
        self.table.setParent(self)
        self.view = plain_table(self.table, self.tr("Files and what they become"))
        self.view.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        set_widths(self.view, 190, 190, 170)
        self.view.setMinimumHeight(160)
        self.column.addWidget(self.view)
        self.said = label(wrap=True, tone="secondary")
        self.column.addWidget(self.said)
        self.no = button(self.tr("Cancel"), self.reject)
        self.yes = button(self.tr("Add to the study"), self._make, kind="primary")
        self.add_buttons(self.no, self.yes)
        self.use.currentIndexChanged.connect(lambda _index: self._show())
        making.changed.connect(self._show)
        making.made.connect(lambda _folder: self.accept())
        self.finished.connect(lambda _code: making.close())
        self._show()

    def _field(self, name: str, longest: int) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(longest)
        field.setAcceptDrops(False)
        return field

    def _show(self) -> None:
        making, plans = self._making, self._making.plans or ()
        self.patient.setText(patient_text(making.context))
        self.study.setText(study_text(making.context))
        kinds = {plan.kind for plan in plans if not plan.refusal and plan.kind is not None}
        for widget in (self.use, self._use_label):
            widget.setVisible(any(kind.is_picture for kind in kinds))
        for one in (self.title, self._title_label):
            one.setVisible(FileKind.PDF in kinds)
        self.table.show(plans)
        self.table.show_as(PictureUse(self.use.currentData()))
        if making.error:
            said = making.error
        elif making.plans is None:
            said = self.tr("Looking at the files…")
        elif making.busy:
            said = self.tr("Writing…")
        else:
            said = self.tr("Names and dates that are written inside a picture or a document stay in it.")
        self.said.setText(said)
        self.yes.setEnabled(making.count > 0 and not making.busy)

    def _make(self) -> None:
        use = PictureUse(self.use.currentData())
        self._making.make(MakeForm(self.description.text().strip(), use, self.title.text().strip()))


def patient_text(context: StudyContext) -> str:
    name = PersonName.parse(context.patient_name).display or say("making", "no name")
    return " · ".join(part for part in (name, context.patient_id, date_text(context.patient_birth_date)) if part)


def study_text(context: StudyContext) -> str:
    description = context.description or say("making", "study without a description")
    return " · ".join(part for part in (description, date_text(context.study_date), context.accession_number) if part)
