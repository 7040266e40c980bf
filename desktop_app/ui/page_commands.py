"""PageCommands: what actions do with the study in front of a window: tags, export, print, true size, test pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.viewmodels.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from desktop_app.ui.viewer_page import ViewerPage
    from desktop_app.viewmodels.models import Models


class PageCommands(QObject):
    """Of one window; `page` is None while that shows no study."""

    def __init__(self, window: QWidget, models: Models, page: Callable[[], ViewerPage | None]) -> None:
        super().__init__(window)
        self._window, self._models, self._page = window, models, page

    def show_tags(self) -> None:
        if page := self._page():
            page.show_tags()

    def show_export(self) -> None:
        if (page := self._page()) and self._may_export():
            page.show_export()

    def print_view(self) -> None:
        if (page := self._page()) and self._may_export():
            page.print_view()

    def show_true_size(self) -> None:
        """Shows the active image in true size, or says what is missing for that."""
        page = self._page()
        if page is None or page.viewer.active.true_size():
            return
        knows = page.viewer.active.points_per_mm > 0
        why = self.tr("the image has no calibration") if knows else self.tr("this monitor does not say how large it is")
        text = self.tr("True size cannot be shown: {why}.").format(why=why)
        self._models.notices.post(Notice(text, NoticeKind.CAUTION, key="true size"))

    def show_test_pattern(self) -> None:
        from desktop_app.ui.monitor_pattern import MonitorPattern

        MonitorPattern(self._window).showFullScreen()

    def _may_export(self) -> bool:
        refusal = self._models.settings.policy.export_refusal
        if refusal:
            self._models.notices.post(Notice(refusal, NoticeKind.CAUTION, key="export"))
        return not refusal
