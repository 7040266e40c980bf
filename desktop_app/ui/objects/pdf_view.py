"""PdfView: the pages of an encapsulated PDF, below each other; drawn as they come into view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.study_object import PdfDocument
from desktop_app.ui import theme
from desktop_app.ui.widgets import image_of
from desktop_app.viewmodels.object_view import ObjectView

_WIDEST = 1100
_MOST_PAGES = 2000


class PdfView(QScrollArea):
    """Pages as wide as the view, at most 1100 points of the screen."""

    def __init__(self, view: ObjectView) -> None:
        super().__init__()
        self._view = view
        self._document: PdfDocument | None = None
        self.pages: list[QLabel] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Pages of the document"))
        self._fit = QTimer(self, interval=60, singleShot=True)
        self._fit.timeout.connect(self._lay_out)
        self.verticalScrollBar().valueChanged.connect(self._ask)
        view.page_changed.connect(self._show_page)

    def show_document(self, document: PdfDocument) -> None:
        self._document = document
        body = QWidget()
        column = QVBoxLayout(body)
        column.setSpacing(theme.tokens().space_l)
        self.pages = []
        for number in range(min(len(document.page_sizes), _MOST_PAGES)):
            page = QLabel()
            page.setScaledContents(True)        # a page of another width stands in until the right one is drawn
            page.setAccessibleName(self.tr("Page {number}").format(number=number + 1))
            page.setStyleSheet("background: #FFFFFF")
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)
        column.addStretch()
        self.setWidget(body)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._document is not None:
            self._fit.start()

    def _width(self) -> int:
        return max(min(self.viewport().width() - 24, _WIDEST), 80)

    def _lay_out(self) -> None:
        if self._document is None:
            return
        for page, (width, height) in zip(self.pages, self._document.page_sizes, strict=False):
            page.setFixedSize(self._width(), round(self._width() * height / max(width, 1.0)))
        QTimer.singleShot(0, self, self._ask)

    def _ask(self) -> None:
        """Asks for the pages that are seen, and the next one."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = [number for number, page in enumerate(self.pages)
                if page.y() + page.height() >= top and page.y() <= bottom + page.height()]
        for number in reversed(seen):
            self._view.want_page(number, round(self._width() * self.devicePixelRatioF()))

    def _show_page(self, number: int) -> None:
        pixels = self._view.page(number)
        if pixels is not None and number < len(self.pages):
            picture = QPixmap.fromImage(image_of(pixels))
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.pages[number].setPixmap(picture)
