"""CrashDialog: the last run ended badly: what was written down about it, and that nobody gets it but by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from desktop_app.core.crash_report import CrashReport
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.crashes import CrashesModel

_BOX_HEIGHT = 260


class CrashDialog(Dialog):
    """Closing it keeps the reports on this computer; they are not shown a second time."""

    def __init__(self, parent: QWidget | None, model: CrashesModel, reports: tuple[CrashReport, ...]) -> None:
        ended = any(report.is_fault for report in reports)
        title = (
            QCoreApplication.translate("CrashDialog", "Lightbox ended unexpectedly the last time") if ended
            else QCoreApplication.translate("CrashDialog", "Something went wrong in Lightbox the last time"))
        super().__init__(parent, title, width=600)
        self._model, self._reports = model, reports
        self.column.addWidget(label(self.tr(
            "It wrote down where in the program that was: versions, kinds of errors and places in the source; no "
            "patient, no file and no address is named. The report lies on this computer only, and Lightbox sends it to "
            "nobody. If you want help, save it and give it to your administrator."), tone="secondary", wrap=True))
        self.box = QPlainTextEdit(model.text(reports))
        self.box.setReadOnly(True)
        self.box.setAccessibleName(self.tr("The report"))
        self.box.setFixedHeight(_BOX_HEIGHT)
        self.box.setVisible(False)
        self.column.addWidget(self.box)
        self.show_it = button(self.tr("Show the report"), self._show)
        self.save = button(self.tr("Save…"), self._choose)
        self.remove = button(self.tr("Delete"), self._delete)
        self.add_buttons(self.save, self.remove, button(self.tr("Close"), self.accept, kind="primary"),
                         left=(self.show_it,))
        self._is_deleted = False
        self.finished.connect(lambda _code: None if self._is_deleted else model.keep(reports))

    def _show(self) -> None:
        self.box.setVisible(True)
        self.show_it.setEnabled(False)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("lightbox-report.txt")
        dialog.fileSelected.connect(lambda name: self._model.save(self._reports, Path(name)))
        dialog.open()

    def _delete(self) -> None:
        self._is_deleted = True
        self._model.delete(self._reports)
        self.accept()
