"""PatientCard and PatientFrame: whose images these are, beside them and around them, in the colour of the patient."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.dates import date_text
from desktop_app.ui import theme
from desktop_app.ui.widgets import ElidedLabel, label
from desktop_app.viewmodels.viewer import ViewerModel

_EDGE = 3.0             # px: the bar beside the names
_FRAME = 2              # px: the line around the images


class PatientCard(QFrame):
    """Name, ID and study, whatever the corner texts show; a caution when another open patient has this name."""

    def __init__(self, viewer: ViewerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        tokens = theme.tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.space_s + 2, 2, tokens.space_xs, 2)
        column.setSpacing(1)
        self.name = ElidedLabel(kind="strong")
        self.number = ElidedLabel(kind="small", tone="secondary")
        self.study = ElidedLabel(kind="small", tone="secondary")
        self.caution = label(self.tr("Another open patient has this name."), kind="small", tone="caution", wrap=True)
        for line in (self.name, self.number, self.study, self.caution):
            column.addWidget(line)
        viewer.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        study = self._viewer.study
        what = " ".join(part for part in ("/".join(study.modalities), date_text(study.study_date)) if part)
        described = " · ".join(part for part in (what, study.description) if part)
        self.name.setText(study.patient_name.display or self.tr("No name"))
        self.number.setText(study.patient_id or self.tr("No patient ID"))
        self.study.setText(described or self.tr("Study without description"))
        self.caution.setVisible(self._viewer.has_namesake)
        parts = [self.name.full_text(), self.number.full_text(), date_text(study.patient_birth_date), described]
        parts += [self.caution.text()] if self._viewer.has_namesake else []
        self.setToolTip("\n".join(part for part in parts if part))
        self.setAccessibleName(self.tr("Patient: {text}").format(text=", ".join(part for part in parts if part)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._viewer.patient_colour))
        painter.drawRoundedRect(QRectF(0, 2, _EDGE, self.height() - 4), _EDGE / 2, _EDGE / 2)


class PatientFrame(QWidget):
    """Holds the images of a page, within a line of the patient's colour."""

    def __init__(self, viewer: ViewerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        viewer.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("image"))        # where an image will come
        for place in range(self.layout().count()):
            one = self.layout().itemAt(place).widget()
            if one is not None and one.isVisible():
                painter.fillRect(one.geometry().adjusted(-1, -1, 1, 1), theme.colour("line"))   # between images
        painter.setPen(QPen(theme.colour(self._viewer.patient_colour), _FRAME))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
