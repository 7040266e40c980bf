"""CardColumn: the cards of one rail, one above the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.series_card import CardButton
from desktop_app.ui.series_drag import SeriesDrag
from desktop_app.viewmodels.series_rail import SeriesRail
from desktop_app.viewmodels.viewer import ViewerModel


class CardColumn(QWidget):
    """A click shows a series in the active viewport; a card without a list asks for it again by `retry`."""

    chosen = Signal(str)        # key of a display set that a person picked
    menu_requested = Signal(object, QPoint)     # SeriesCard, a place on the screen
    focused = Signal(object)    # the card that a key went to

    def __init__(self, viewer: ViewerModel, rail: SeriesRail, retry: Callable[[], object]) -> None:
        super().__init__()
        self._viewer, self._rail, self._retry = viewer, rail, retry
        self._cards: dict[str, CardButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().space_s + 2)
        rail.changed.connect(self.refresh)
        rail.thumbnail_changed.connect(self._show_thumbnail)
        for signal in (viewer.changed, viewer.layout_changed, viewer.active_changed):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def cards(self) -> tuple[CardButton, ...]:
        """The cards, top to bottom."""
        found = (self._cards.get(card.key) for card in self._rail.cards)
        return tuple(card for card in found if card is not None)

    def refresh(self) -> None:
        keys = [card.key for card in self._rail.cards]
        if keys != list(self._cards):
            self._rearrange(keys)
        shown = {viewport.display_set.key for viewport in self._viewer.viewports if viewport.display_set is not None}
        active = self._viewer.active.display_set
        selected = active.key if active is not None else ""
        for card in self._rail.cards:
            self._cards[card.key].set_card(card, selected=card.key == selected, shown=card.key in shown)

    def _rearrange(self, keys: list[str]) -> None:
        for key in set(self._cards) - set(keys):
            gone = self._cards.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, key in enumerate(keys):
            if key not in self._cards:
                self._cards[key] = self._new_card(key)
            if self._column.indexOf(self._cards[key]) != place:
                self._column.removeWidget(self._cards[key])
                self._column.insertWidget(place, self._cards[key])
        self._cards = {key: self._cards[key] for key in keys}
        for first, second in pairwise(keys):
            QWidget.setTabOrder(self._cards[first], self._cards[second])

    def _new_card(self, key: str) -> CardButton:
        card = CardButton()
        card.drag_began.connect(lambda key=key: self._drag(key))
        card.clicked.connect(lambda _checked=False, key=key: self._choose(key))
        card.step_asked.connect(lambda step, key=key: self._step_focus(key, step))
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(
            lambda where, card=card: self.menu_requested.emit(card.card, card.mapToGlobal(where)))
        card.set_thumbnail(self._rail.thumbnail(key))
        return card

    def _choose(self, key: str) -> None:
        card = self._cards[key].card
        if card.display_set is not None:
            self._viewer.show(key)
            self.chosen.emit(key)
        elif card.warning:
            self._retry()

    def _drag(self, key: str) -> None:
        card = self._cards[key]
        if card.card.display_set is not None and card.card.is_image:
            card.carried = SeriesDrag(card, self._viewer, key, card.grab())

    def _step_focus(self, key: str, step: int) -> None:
        keys = list(self._cards)
        place = keys.index(key) + step
        if 0 <= place < len(keys):
            self._cards[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self.focused.emit(self._cards[keys[place]])

    def _show_thumbnail(self, key: str) -> None:
        if key in self._cards:
            self._cards[key].set_thumbnail(self._rail.thumbnail(key))
