"""PriorList: the patient's other studies, and the series of those that are open beside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.core.dates import date_text
from desktop_app.core.prior import Prior
from desktop_app.ui import theme
from desktop_app.ui.card_column import CardColumn
from desktop_app.ui.widgets import label
from desktop_app.viewmodels.priors import OpenPrior, distance_text
from desktop_app.viewmodels.viewer import ViewerModel

_WIDTH = 128


class PriorList(QWidget):
    """A click opens a prior beside what is shown; its series then stand below it."""

    chosen = Signal(str)
    menu_requested = Signal(object, QPoint)
    focused = Signal(object)

    def __init__(self, viewer: ViewerModel) -> None:
        super().__init__()
        self._viewer = viewer
        self._buttons: dict[tuple[str, str], PriorButton] = {}
        self._columns: dict[tuple[str, str], CardColumn] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().space_s)
        self._heading = label(self.tr("OTHER STUDIES"), kind="caption")
        self._note = label(kind="small", tone="secondary", wrap=True)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._note)
        viewer.priors.changed.connect(self._refresh)
        self._refresh()

    @property
    def buttons(self) -> tuple[PriorButton, ...]:
        return tuple(self._buttons.values())

    def _refresh(self) -> None:
        priors = self._viewer.priors
        listed = [prior.key for prior in priors.answer.priors]
        for gone in set(self._buttons) - set(listed):
            self._buttons.pop(gone).deleteLater()
        for place, prior in enumerate(priors.answer.priors):
            if prior.key not in self._buttons:
                made = self._buttons[prior.key] = PriorButton(prior)
                made.clicked.connect(lambda _checked=False, prior=prior: self._viewer.priors.open(prior))
                self._column.insertWidget(1 + place, made)
        for opened in priors.open_priors:
            if opened.prior.key in self._buttons:
                self._show_open(opened)
        self._say()

    def _show_open(self, opened: OpenPrior) -> None:
        key = opened.prior.key
        self._buttons[key].tell(opened)
        if key not in self._columns:
            column = self._columns[key] = CardColumn(self._viewer, opened.rail, opened.open)
            column.chosen.connect(self.chosen)
            column.focused.connect(self.focused)
            self._column.insertWidget(self._column.indexOf(self._buttons[key]) + 1, column)

    def _say(self) -> None:
        priors = self._viewer.priors
        silent = "\n".join(f"{name}: {reason}" for name, reason in priors.answer.silent)
        note = self.tr("%n archive(s) did not answer", "", len(priors.answer.silent)) if silent else ""
        self._note.setText(note)
        self._note.setToolTip(silent)
        self._note.setVisible(bool(note))
        self._heading.setVisible(bool(self._buttons) or bool(note))


class PriorButton(QPushButton):
    """One prior in three lines: what and when, how far away, where it is."""

    def __init__(self, prior: Prior) -> None:
        super().__init__()
        self.prior = prior
        study = prior.study
        self.setObjectName("prior")
        self.setFixedWidth(_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        what = " ".join(part for part in ("/".join(study.modalities), date_text(study.study_date)) if part)
        self._lines = [what or self.tr("Study"), distance_text(prior.days)]
        details = [*self._lines, study.description, prior.store.name]
        self.setAccessibleName(self.tr("Other study: {text}").format(text=", ".join(part for part in details if part)))
        self._details = "\n".join(part for part in details if part)
        self.setToolTip(self._details)
        self._show()

    def tell(self, opened: OpenPrior) -> None:
        """The state of the prior: being read, open, or why it could not be opened."""
        self.setCheckable(True)
        self.setChecked(True)
        state = self.tr("reading …") if opened.busy else ""
        if opened.error is not None:
            state = self.tr("could not be opened")
            self.setToolTip(f"{self._details}\n{opened.error.user_text}")
        self._show(state)

    def _show(self, state: str = "") -> None:
        metrics = self.fontMetrics()
        room = _WIDTH - 16
        lines = [*self._lines, state or self.prior.study.description]
        right = Qt.TextElideMode.ElideRight
        elided = [metrics.elidedText(line, right, room).replace("&", "&&") for line in lines if line]
        self.setText("\n".join(elided))
