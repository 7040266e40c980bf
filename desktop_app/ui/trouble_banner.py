"""TroubleBanner: what is wrong beside rows that are still good."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import SignInNeeded
from desktop_app.ui import theme
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.store_search import Trouble

_SHOWN_AT_FIRST = 3             # the rows of the other archives keep their room


class TroubleBanner(QFrame):
    """A line for each archive that did not answer, with what helps. `remedies` makes the buttons of a line."""

    def __init__(self, remedies: Callable[[Trouble], tuple[QPushButton, ...]]) -> None:
        super().__init__()
        self.setObjectName("errorBanner")
        self._remedies = remedies
        self._troubles: tuple[Trouble, ...] = ()
        self._named = self._all_wanted = False
        tokens = theme.tokens()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_l, tokens.space_s)
        self._lines.setSpacing(tokens.space_s)
        self.hide()

    @property
    def text(self) -> str:
        """What the lines say, one under the other."""
        return "\n".join(self._sentence(trouble) for trouble in self._troubles)

    def show_troubles(self, troubles: tuple[Trouble, ...], *, named: bool) -> None:
        """`named`: with the name of the archive in front of each sentence."""
        if (troubles, named) == (self._troubles, self._named):
            return                              # a button that has the focus keeps it
        self._all_wanted = self._all_wanted and bool(troubles)
        self._troubles, self._named = troubles, named
        self._fill()

    def _sentence(self, trouble: Trouble) -> str:
        return f"{trouble.store.name}: {trouble.error.user_text}" if self._named else trouble.error.user_text

    def _fill(self) -> None:
        while self._lines.count():
            old = self._lines.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        shown = self._troubles if self._all_wanted else self._troubles[:_SHOWN_AT_FIRST]
        for trouble in shown:
            self._lines.addWidget(self._line(trouble))
        left = len(self._troubles) - len(shown)
        if left:
            more = self.tr("%d more archives could not be searched") if left > 1 else (
                self.tr("%d more archive could not be searched"))
            self._lines.addWidget(button(more % left, self._show_all, kind="link"))
        self.setVisible(bool(self._troubles))

    def _line(self, trouble: Trouble) -> QWidget:
        tokens = theme.tokens()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space_m)
        icon, text = label(), label(self._sentence(trouble), wrap=True)
        asks = isinstance(trouble.error, SignInNeeded)
        icon.setPixmap(theme.pixmap("log-in" if asks else "triangle-alert", 18, "caution" if asks else "error",
                                    self.devicePixelRatioF()))
        row.addWidget(icon)
        row.addWidget(text, 1)
        for one in self._remedies(trouble):
            row.addWidget(one)
        return line

    def _show_all(self) -> None:
        self._all_wanted = True
        self._fill()
