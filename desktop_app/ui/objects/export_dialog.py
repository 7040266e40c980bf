"""ExportDialog: what is to be written, in which form, with or without names, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QProgressBar, QWidget

from desktop_app.core.export import DicomForm, PictureForm
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.export import ExportModel, Scope

_WIDTH = 520


class ExportDialog(Dialog):
    """`picture(names)` paints the view as uint8 (rows, columns, 3); `pdf(names, life_size)` makes a page of it, and
    `to_paper(names, life_size)` has it printed."""

    def __init__(
        self, parent: QWidget | None, title: str, model: ExportModel, picture: Callable[[bool], object],
        pdf: Callable[[bool, bool], bytes], to_paper: Callable[[bool, bool], None],
    ) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.model, self._picture, self._pdf, self._to_paper = model, picture, pdf, to_paper
        self.what = self._choice(self.tr("What to export"), {
            "view": self.tr("This view as a picture"), "pdf": self.tr("This view as a PDF with a true scale"),
            "print": self.tr("This view on paper with a true scale"),
            "pngs": self.tr("This series as pictures (PNG)"), "film": self.tr("This series as a film (WebP)"),
            "dicom": self.tr("DICOM, as the archive holds it"),
        })
        self.form = self._choice(self.tr("Kind of picture"), {
            PictureForm.PNG.value: "PNG", PictureForm.JPEG.value: "JPEG", PictureForm.TIFF.value: "TIFF"})
        self.scale = self._choice(self.tr("Scale on paper"), {
            "fit": self.tr("Fit the page, scale given"), "life": self.tr("Life size")})
        self.scope = self._choice(self.tr("Which objects"), {
            Scope.IMAGE.value: self.tr("This image"), Scope.SERIES.value: self.tr("This series"),
            Scope.STUDY.value: self.tr("The whole study")})
        self.dicom_form = self._choice(self.tr("Form"), {
            DicomForm.FOLDER.value: self.tr("Folder"), DicomForm.ZIP.value: self.tr("ZIP file"),
            DicomForm.MEDIA.value: self.tr("Media folder with DICOMDIR")})
        self.names = QCheckBox(self.tr("With names and IDs"))
        self.names.setAccessibleName(self.names.text())
        self._rows = QFormLayout()
        for widget in (self.what, self.form, self.scale, self.scope, self.dicom_form):
            self._rows.addRow(widget.accessibleName(), widget)
        self._rows.addRow("", self.names)
        self.column.addLayout(self._rows)
        self.hint = label(tone="secondary", kind="small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.state = label(wrap=True)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.state)
        self.stop = button(self.tr("Stop"), model.cancel)
        self.stop.hide()
        self.go = button(self.tr("Export…"), self._ask_where, kind="primary")
        self.add_buttons(self.stop, button(self.tr("Close"), self.accept), self.go)
        self.what.currentIndexChanged.connect(self._arrange)
        model.changed.connect(self._refresh)
        self._arrange()
        self._refresh()

    def _choice(self, name: str, entries: dict[str, str]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        for key, text in entries.items():
            made.addItem(text, key)
        return made

    def choose(self, box: QComboBox, key: str) -> None:
        """Chooses the entry with this key."""
        box.setCurrentIndex(box.findData(key))

    def _arrange(self) -> None:
        """Shows the choices that belong to what is exported."""
        what = self.what.currentData()
        wanted = {"view": (self.form, self.names), "pdf": (self.scale, self.names), "print": (self.scale, self.names),
                  "dicom": (self.scope, self.dicom_form)}.get(what, ())
        for widget in (self.form, self.scale, self.scope, self.dicom_form, self.names):
            self._rows.setRowVisible(widget, widget in wanted)
        self.hint.setText({
            "pngs": self.tr("Each image at its own size, windowed and turned as now, without texts and drawings."),
            "film": self.tr("As the images are windowed and turned now, without texts and drawings."),
            "dicom": self.tr("The files hold the patient's name. They are byte for byte what the archive holds."),
        }.get(what, ""))
        self.go.setText(self.tr("Print…") if what == "print" else self.tr("Export…"))
        self.adjustSize()

    def _ask_where(self) -> None:
        what, form = self.what.currentData(), self.dicom_form.currentData()
        if what == "print":
            self._to_paper(self.names.isChecked(), self.scale.currentData() == "life")
            return
        is_folder = what == "pngs" or (what == "dicom" and form != DicomForm.ZIP)
        suffix = {"view": self.form.currentData(), "pdf": "pdf", "film": "webp"}.get(what, "zip")
        dialog = QFileDialog(self, self.tr("Export to"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDirectory(QDir.homePath())
        if is_folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
            dialog.selectFile(f"lightbox.{suffix}")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Exports what is chosen to this place."""
        what, model = self.what.currentData(), self.model
        if what == "view":
            model.save_picture(self._picture(self.names.isChecked()), path, PictureForm(self.form.currentData()))
        elif what == "pdf":
            model.save_bytes(self._pdf(self.names.isChecked(), self.scale.currentData() == "life"), path)
        elif what == "pngs":
            model.save_series_pictures(path)
        elif what == "film":
            model.save_film(path)
        else:
            model.save_dicom(Scope(self.scope.currentData()), DicomForm(self.dicom_form.currentData()), path)

    def _refresh(self) -> None:
        model = self.model
        self.bar.setVisible(model.busy)
        self.stop.setVisible(model.busy)
        self.go.setEnabled(not model.busy)
        self.bar.setRange(0, model.progress.total)
        self.bar.setValue(model.progress.done)
        self.state.setText(model.ended)
        self.state.setProperty("tone", "error" if model.failed else "good")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
