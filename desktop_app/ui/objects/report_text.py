"""ReportText: a document of any length: its beginning at once, the rest bit by bit while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from desktop_app.ui.objects.report_html import page

_PARTS_AT_ONCE = 24             # 2 to 4 ms


class ReportText(QTextBrowser):
    """Links are told by `anchorClicked`, never followed."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Text of the document"))
        self._parts: Iterator[str] = iter(())
        self._going_on = QTimer(self, interval=0)
        self._going_on.timeout.connect(self._go_on)

    @property
    def is_whole(self) -> bool:
        """Whether the end of the document is there."""
        return not self._going_on.isActive()

    def show_parts(self, parts: Iterator[str]) -> None:
        """Shows HTML that comes in parts, each of them paragraphs or a table."""
        self._parts = parts
        self.setHtml(page("".join(islice(parts, _PARTS_AT_ONCE))))
        self._going_on.start()

    def _go_on(self) -> None:
        more = "".join(islice(self._parts, _PARTS_AT_ONCE))
        if not more:
            self._going_on.stop()
            return
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        seam = end.position()
        end.insertHtml(page("<p>.</p>" + more))         # Qt lets the first paragraph flow into the last that is there
        end.setPosition(seam)
        end.deleteChar()
