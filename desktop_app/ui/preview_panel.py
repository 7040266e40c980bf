"""The panel at the right of the worklist: the selected study's series, and the button that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.dates import date_text, time_text
from desktop_app.core.study import Study
from desktop_app.ui import theme
from desktop_app.ui.widgets import ElidedLabel, Picture, Spinner, button, label, restyle

if TYPE_CHECKING:
    from desktop_app.viewmodels.series_rail import SeriesCard, SeriesRail
    from desktop_app.viewmodels.worklist import WorklistModel

_PICTURE = 64


class SeriesCardView(QFrame):
    """One series: picture, title, what it holds, how much of it is here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        tokens = theme.tokens()
        self.picture = Picture(_PICTURE)
        self._title = ElidedLabel(kind="strong")
        self._subtitle = label(kind="small", tone="secondary", wrap=True)
        self._warning = label(kind="small", tone="caution", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        for part in (self._title, self._subtitle, self._warning):
            words.addWidget(part)
        words.addSpacing(2)
        words.addWidget(self._bar)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_s, tokens.space_s, tokens.space_m, tokens.space_s)
        row.setSpacing(tokens.space_m)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_card(self, card: SeriesCard) -> None:
        self._title.setText(card.title)
        self._subtitle.setText(card.subtitle)
        self._subtitle.setVisible(bool(card.subtitle))
        self._warning.setText(card.warning)
        self._warning.setVisible(bool(card.warning))
        self._bar.setVisible(card.is_image and card.received > 0)
        self._bar.setRange(0, max(card.expected, 1))
        self._bar.setValue(card.received)
        restyle(self._bar, "tone", "good" if card.complete else "")
        self.setAccessibleName(", ".join(part for part in (card.title, card.subtitle, card.warning) if part))
        if not card.is_image:
            self.picture.set_icon("file-text")


class PreviewPanel(QFrame):
    """Shows WorklistModel.selected and its preview."""

    open_requested = Signal(object)             # ListedStudy

    def __init__(self, worklist: WorklistModel, open_key: str) -> None:
        super().__init__()
        self.setObjectName("previewPanel")
        self.setAccessibleName(self.tr("Preview of the selected study"))
        self._worklist = worklist
        self._rail: SeriesRail | None = None
        self._cards: dict[str, SeriesCardView] = {}
        tokens = theme.tokens()

        self._caption = ElidedLabel(kind="caption")
        self._facts = label(kind="small", tone="secondary", wrap=True)
        self._spinner = Spinner(14)
        self._note = label(kind="small", tone="secondary", wrap=True)
        self.open_button = button(self.tr("Open"), self._open, kind="primary",
                                  tip=self.tr("Open this study  (%s)") % open_key)
        self._hint = label(self.tr("Select a study to see its series here."), tone="secondary", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.space_s)
        self._list.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._area = _FittingScrollArea(holder)

        head = QHBoxLayout()
        head.addWidget(self._caption, 1)
        head.addWidget(self._spinner)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.space_l, tokens.space_l, tokens.space_l, tokens.space_l)
        column.setSpacing(tokens.space_m)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self._area)
        column.addWidget(self._note)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hint)
        column.addStretch(1)
        worklist.selected_changed.connect(self._show_study)
        self._show_study()

    def card(self, key: str) -> SeriesCardView | None:
        return self._cards.get(key)

    def _open(self) -> None:
        if self._worklist.selected is not None:
            self.open_requested.emit(self._worklist.selected)

    def _show_study(self) -> None:
        row = self._worklist.selected
        study = row.study if row is not None else None
        if self._rail is not None:
            self._rail.changed.disconnect(self._show_cards)
            self._rail.thumbnail_changed.disconnect(self._show_picture)
        self._rail = self._worklist.preview
        self._rail.changed.connect(self._show_cards)
        self._rail.thumbnail_changed.connect(self._show_picture)
        for part in (self._caption, self._facts, self._area, self.open_button):
            part.setVisible(study is not None)
        self._hint.setVisible(study is None)
        if study is not None:
            self._caption.setText(_caption(study).upper())
            where = row.store.name if row is not None and self._worklist.is_of_many else ""
            facts = " · ".join(part for part in (_facts(study), where) if part)
            self._facts.setText(facts)
            self._facts.setVisible(bool(facts))
        self._show_cards()

    def _show_cards(self) -> None:
        assert self._rail is not None
        cards = self._rail.cards if self._worklist.selected is not None else ()
        for key in [key for key in self._cards if key not in {card.key for card in cards}]:
            gone = self._cards.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, card in enumerate(cards):
            view = self._cards.get(card.key)
            if view is None:
                view = self._cards[card.key] = SeriesCardView()
                view.picture.set_pixels(self._rail.thumbnail(card.key))
            if self._list.indexOf(view) != place:
                self._list.insertWidget(place, view)
            view.show_card(card)
        busy = self._worklist.selected is not None and self._rail.busy
        self._spinner.set_busy(busy)
        error = self._rail.error
        self._note.setText(error.user_text if error else "")
        if self._worklist.selected is not None and not cards and not busy and error is None:
            self._note.setText(self.tr("The archive lists no series in this study. It may still be arriving."))
        self._note.setVisible(bool(self._note.text()))
        restyle(self._note, "tone", "error" if error else "secondary")
        self._area.setVisible(bool(cards))
        self._area.updateGeometry()

    def _show_picture(self, key: str) -> None:
        if self._rail is not None and key in self._cards:
            self._cards[key].picture.set_pixels(self._rail.thumbnail(key))


class _FittingScrollArea(QScrollArea):
    """As high as its content, as long as there is room: what follows stands right below the last card."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Series"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        width = self.viewport().width()
        content = self.widget()
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _caption(study: Study) -> str:
    what = study.description or "/".join(study.modalities)
    return ", ".join(part for part in (what, date_text(study.study_date)) if part)


def _facts(study: Study) -> str:
    """The line below: who, and what the table has no room for."""
    parts = (study.patient_name.display, study.patient_id, time_text(study.study_time), study.institution)
    return " · ".join(dict.fromkeys(part for part in parts if part))


