"""SeriesStrip: whose study it is, the cards of its series, and the patient's other studies, beside the images."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.card_column import CardColumn
from desktop_app.ui.patient_card import PatientCard
from desktop_app.ui.prior_list import PriorList
from desktop_app.ui.series_card import CardButton
from desktop_app.ui.widgets import Spinner, label
from desktop_app.viewmodels.viewer import ViewerModel

STRIP_WIDTH = 152


class SeriesStrip(QFrame):
    """The cards of a viewer's rail and of its open priors; a click shows a series in the active viewport."""

    chosen = Signal(str)        # key of a display set that a person picked
    menu_requested = Signal(object, QPoint)     # SeriesCard, a place on the screen

    def __init__(self, viewer: ViewerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        tokens = theme.tokens()
        self.setObjectName("seriesStrip")
        self.setFixedWidth(STRIP_WIDTH)
        self._spinner = Spinner(14)
        self.column = CardColumn(viewer, viewer.rail, viewer.open)
        self.priors = PriorList(viewer)
        inner = QWidget()
        content = QVBoxLayout(inner)
        content.setContentsMargins(11, 0, 0, tokens.space_m)
        content.setSpacing(tokens.space_m)
        content.addWidget(self.column)
        content.addWidget(self.priors)
        content.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Series of the study"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.space_m, 1, 0)       # the hairline at the right stays free
        outer.setSpacing(tokens.space_s)
        head = QVBoxLayout()
        head.setContentsMargins(11, 0, 0, 0)
        head.addWidget(label(self.tr("SERIES"), kind="caption"))
        self.patient = PatientCard(viewer)
        outer.addWidget(self.patient)
        outer.addLayout(head)
        outer.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(scroll, 1)
        for part in (self.column, self.priors):
            part.chosen.connect(self.chosen)
            part.focused.connect(scroll.ensureWidgetVisible)
        self.column.menu_requested.connect(self.menu_requested)
        viewer.changed.connect(self._refresh)
        viewer.rail.changed.connect(self._refresh)
        self._refresh()

    @property
    def cards(self) -> tuple[CardButton, ...]:
        """The cards of the study itself, top to bottom."""
        return self.column.cards

    def _refresh(self) -> None:
        self._spinner.set_busy(self._viewer.busy and not self._viewer.rail.cards)
