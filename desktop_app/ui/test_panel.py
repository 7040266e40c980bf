"""What trying an archive showed: a line for each thing, and how much is there."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.archive_check import CheckId, CheckLine
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.widgets import Spinner, label
from desktop_app.viewmodels.archive_test import ArchiveTest

_WORDS: dict[CheckId, tuple[str, str]] = {
    CheckId.REACHABLE: (t("TestPanel", "It answers"), t("TestPanel", "It does not answer")),
    CheckId.SIGNED_IN: (t("TestPanel", "You are signed in"), t("TestPanel", "You are not signed in")),
    CheckId.SEARCH: (t("TestPanel", "You may search and read"), t("TestPanel", "You may not search")),
    CheckId.STORE: (t("TestPanel", "You may upload"), t("TestPanel", "You may not upload")),
}
_ICONS = {True: ("circle-check", "good"), False: ("circle-x", "error"), None: ("circle-question-mark", "secondary")}


class TestPanel(QFrame):
    """Shows ArchiveTest; empty as long as nothing was tried."""

    __test__ = False        # no test of pytest's

    def __init__(self, test: ArchiveTest) -> None:
        super().__init__()
        self._test = test
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().space_xs)
        self._spinner = Spinner(16)
        self._busy = label(self.tr("Trying it…"), tone="secondary")
        waiting = QHBoxLayout()
        waiting.setSpacing(theme.tokens().space_s)
        waiting.addWidget(self._spinner)
        waiting.addWidget(self._busy, 1)
        self._column.addLayout(waiting)
        self._rows: list[QWidget] = []
        test.changed.connect(self._show)
        self._show()

    @property
    def texts(self) -> list[str]:
        """The lines as they are read."""
        return [part.text() for row in self._rows for part in row.findChildren(QLabel) if part.text()]

    def _show(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self._spinner.set_busy(self._test.busy, at_once=True)
        self._busy.setVisible(self._test.busy)
        result = self._test.result
        if result is not None:
            for line in result.lines:
                self._add(*_ICONS[line.passed], self._words(line))
            if result.counts:
                self._add("database", "secondary", result.counts)
        self.setVisible(self._test.busy or bool(self._rows))

    def _words(self, line: CheckLine) -> str:
        yes, no = _WORDS[line.id]
        if line.passed is None:
            return self.tr("May you upload? %s") % line.reason
        return line.reason or self.tr(yes if line.passed else no)

    def _add(self, icon: str, tone: str, text: str) -> None:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.tokens().space_s)
        sign = QLabel()
        sign.setPixmap(theme.pixmap(icon, 16, tone, self.devicePixelRatioF()))
        layout.addWidget(sign)
        layout.addWidget(label(text, kind="small", wrap=True), 1)
        self._column.addWidget(row)
        self._rows.append(row)
