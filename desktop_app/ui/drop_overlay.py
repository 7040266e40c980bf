"""What hangs over the window while files do, and what a drop holds."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme


class DropOverlay(QWidget):
    """Says where a drop goes, over the whole window, while something hangs over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._archive, self._refusal, self._study, self._is_manifest = "", "", "", False
        self.hide()

    @property
    def text(self) -> str:
        if self._is_manifest:
            return self.tr("Drop to open the study that this file names, from %s") % self._archive
        if self._study and not self._refusal:
            return self.tr("Drop to add to the study of %s") % self._study
        return self._refusal or self.tr("Drop to upload to %s") % self._archive

    def show_for(self, archive: str, refusal: str = "", study: str = "", is_manifest: bool = False) -> None:
        """`refusal`: the sentence that says why nothing can be uploaded there. `study`: whose study it is added to.
        `is_manifest`: the file names a study, which opens."""
        said = archive, refusal, study, is_manifest
        if self.isVisible() and said == (self._archive, self._refusal, self._study, self._is_manifest):
            return
        self._archive, self._refusal, self._study, self._is_manifest = said
        self.update()
        self.setAccessibleName(self.text)
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.colour("window", 0.82))
        painter.setPen(QPen(tokens.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(tokens.colour("accent", 0.06))
        painter.drawRoundedRect(self.rect().adjusted(24, 24, -24, -24), 12, 12)
        middle = self.rect().center()
        sign = theme.pixmap("upload", 40, "accent", self.devicePixelRatioF())
        painter.drawPixmap(middle.x() - 20, middle.y() - 56, sign)
        painter.setPen(tokens.colour("text"))
        painter.setFont(theme.font(20, QFont.Weight.DemiBold))
        painter.drawText(QRect(40, middle.y(), self.width() - 80, 32), Qt.AlignmentFlag.AlignCenter, self.text)
        painter.setFont(theme.font())
        painter.setPen(tokens.colour("secondary"))
        painter.drawText(QRect(40, middle.y() + 34, self.width() - 80, 24), Qt.AlignmentFlag.AlignCenter,
                         self.tr("FHIR ImagingStudy or Key Object Selection") if self._is_manifest else
                         self.tr("Pictures, documents and films become DICOM") if self._study
                         else self.tr("DICOM files and folders"))
