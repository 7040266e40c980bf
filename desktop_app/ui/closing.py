"""Closing: what is asked before a study or the program closes, while something would be lost or left undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel

_MOST_NAMED = 4
SAVE, KEEP, DISCARD, STAY, QUIT = "save", "keep", "discard", "stay", "quit"


class Closing(QObject):
    """Of the main window. It asks one question at a time."""

    def __init__(self, window: QMainWindow, models: Models) -> None:
        super().__init__(window)
        self._window, self._models = window, models
        self._asking = False
        self._uploads_may_stop = False
        self._waiting: set[ViewerModel] = set()
        self._then: Callable[[], object] = lambda: None

    def close_study(self, viewer: ViewerModel) -> None:
        """Closes a study, at once where nothing is at risk."""
        if viewer.work.is_at_risk:
            self._ask_work((viewer,), lambda: self.close_study(viewer))
        else:
            self._models.workspace.close(viewer)

    def may_quit(self) -> bool:
        """Whether the program may end now. If not, a question is open, and its answer closes the window."""
        at_risk = tuple(one for one in self._models.workspace.viewers if one.work.is_at_risk)
        if at_risk:
            self._ask_work(at_risk, self._window.close)
        elif self._models.uploads.busy and not self._uploads_may_stop:
            self._ask_uploads()
        else:
            return True
        return False

    def _ask_work(self, viewers: tuple[ViewerModel, ...], then: Callable[[], object]) -> None:
        from desktop_app.ui.dialogs import Answer, Question

        if self._asking or self._waiting:
            return
        self._asking = True
        dialog = Question(
            self._window, self.tr("Save your work before closing?"),
            self.tr("There are measurements or key images that the archive does not have, in %s. "
                    "“Keep for later” leaves them on this computer until the study is opened again. "
                    "“Discard” takes back what changed since the last time they were saved.") % (
                "; ".join(viewer.title for viewer in viewers) if len(viewers) <= _MOST_NAMED
                else self.tr("%n open studies", "", len(viewers))),
            (Answer(STAY, self.tr("Do not close"), is_safe=True), Answer(DISCARD, self.tr("Discard"), "danger"),
             Answer(KEEP, self.tr("Keep for later")), Answer(SAVE, self.tr("Save"), "primary")))
        dialog.answered.connect(lambda answer: self._work_answered(answer, viewers, then))
        dialog.open()

    def _work_answered(self, answer: str, viewers: tuple[ViewerModel, ...], then: Callable[[], object]) -> None:
        self._asking = False
        there = {one for one in viewers if one in self._models.workspace.viewers}
        if answer == DISCARD:
            for viewer in there:
                viewer.work.discard()
            then()
        elif answer in (SAVE, KEEP):
            self._waiting, self._then = there, then
            for viewer in there:
                viewer.work.ended.connect(self._ended)
            for viewer in there:
                if not viewer.work.busy:            # what is under way ends by itself, and is asked about again
                    viewer.work.save() if answer == SAVE else viewer.work.keep()

    def _ended(self, is_safe: bool) -> None:
        """One study is done. Where one could not be saved, everything stays open: its notice says why."""
        viewer = next((one for one in self._waiting if one.work is self.sender()), None)
        if viewer is None:
            return
        self._waiting.discard(viewer)
        viewer.work.ended.disconnect(self._ended)
        if not is_safe:
            self._forget()
        elif not self._waiting:
            then = self._then
            self._forget()
            then()

    def _forget(self) -> None:
        for viewer in self._waiting:
            viewer.work.ended.disconnect(self._ended)
        self._waiting, self._then = set(), lambda: None

    def _ask_uploads(self) -> None:
        from desktop_app.ui.dialogs import Answer, Question

        if self._asking:
            return
        self._asking = True
        dialog = Question(
            self._window, self.tr("Quit while files are being uploaded?"),
            self.tr("What is stored already stays stored. The rest is sent when Lightbox is started again; leave the "
                    "files where they are until then."),
            (Answer(QUIT, self.tr("Quit"), "danger"),
             Answer(STAY, self.tr("Keep uploading"), "primary", is_safe=True)))
        dialog.answered.connect(self._uploads_answered)
        dialog.open()

    def _uploads_answered(self, answer: str) -> None:
        self._asking = False
        if answer == QUIT:
            self._uploads_may_stop = True
            self._window.close()
