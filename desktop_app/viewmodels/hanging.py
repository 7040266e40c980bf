"""HangingModel: hangs a study when it is listed, learns how its reader arranges, and does it again with one key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.hanging import (
    Hung,
    Learned,
    Rule,
    by_rules,
    learned_from,
    like_last_time,
    with_learned,
)
from desktop_app.core.layout import Layout
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, Notices
from desktop_app.viewmodels.weakly import weakly

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.settings import SettingsModel
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.workspace import Workspace

_LEARN_AFTER_MS = 3000          # after the last change: who tries things out teaches nothing


class HangingModel(QObject):
    """A study that its reader has touched already, or that comes back from an earlier session, is left as it is."""

    def __init__(self, network: Network[Backend], workspace: Workspace, notices: Notices, rules_file: Path,
                 learned_file: Path, settings: SettingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._network, self._workspace, self._notices = network, workspace, notices
        self._rules_file, self._learned_file = rules_file, learned_file
        self._rules: tuple[Rule, ...] = ()
        self.learned: tuple[Learned, ...] = ()
        self._hung: dict[ViewerModel, Layout] = {}          # how each was hung, empty grid while it was not
        self._first: dict[ViewerModel, str] = {}            # the display set that was shown by itself
        self._arranged: dict[ViewerModel, None] = {}        # what is to be learned from
        self._load_job = Job(self, notices.post_error)
        self._later = QTimer(self, singleShot=True, interval=_LEARN_AFTER_MS)
        self._later.timeout.connect(self.learn_now)
        workspace.viewer_opened.connect(self._follow)
        workspace.viewer_closed.connect(self._closed)

    def start(self) -> None:
        self._load_job.start(self._load())

    def hang(self, viewer: ViewerModel) -> bool:
        """Like the last time, else by the rules; False where neither fits."""
        hung = self._found(viewer)
        if hung is None:
            self._notices.post(Notice(self.tr("No rule of hanging fits this study."), key="hanging"))
            return False
        self._apply(viewer, hung)
        for viewport in viewer.viewports:
            viewport.fit()
        text = self.tr("Hung by the rule “{name}”.").format(name=hung.name) if hung.name else self.tr(
            "Hung like the last time.")
        self._notices.post(Notice(text, key="hanging"))
        return True

    def remember(self, viewer: ViewerModel) -> None:
        """Learns this arrangement now."""
        self._learn(viewer)
        self._notices.post(Notice(self.tr("Studies like this one will be hung like this."), key="hanging"))

    def learn_now(self) -> None:
        """Learns from what was arranged by hand."""
        self._later.stop()
        for viewer in self._arranged:
            self._learn(viewer)
        self._arranged.clear()

    async def _load(self) -> None:
        from desktop_app.services.hanging_file import load_learned, load_rules

        rules_file, learned_file = self._rules_file, self._learned_file

        async def read(_: Backend) -> tuple[tuple[Rule, ...], tuple[Learned, ...]]:
            return await asyncio.to_thread(load_rules, rules_file), await asyncio.to_thread(load_learned, learned_file)

        self._rules, self.learned = await self._network.call(read)
        for viewer in self._workspace.viewers:
            self._follow(viewer)
            self._consider(viewer)

    def _follow(self, viewer: ViewerModel) -> None:
        if viewer not in self._hung:
            self._hung[viewer] = Layout(0, 0, ())
            viewer.changed.connect(weakly(self._consider, viewer))
            viewer.layout_changed.connect(weakly(self._watch, viewer))

    def _closed(self, viewer: ViewerModel) -> None:
        if viewer in self._arranged:
            self._learn(viewer)
            del self._arranged[viewer]
        self._hung.pop(viewer, None)
        self._first.pop(viewer, None)

    def _consider(self, viewer: ViewerModel) -> None:
        """Hangs it once, when everything is listed and nobody has chosen anything yet."""
        hung = self._hung.get(viewer)
        if hung is None or hung.rows or not self._rules:
            return
        shown = viewer.active.display_set
        if shown is not None:
            self._first.setdefault(viewer, shown.key)
        if viewer.busy or viewer.error is not None or not viewer.rail.display_sets:
            return
        is_touched = (
            len(viewer.viewports) > 1 or viewer.arranger.used
            or (shown is not None and shown.key != self._first.get(viewer))
        )
        hangs = self._settings.value.hang_on_opening and not is_touched
        found = self._found(viewer) if hangs else None
        if found is not None and len(found.layout.shown) > 1:
            self._apply(viewer, found)
        else:
            self._hung[viewer] = viewer.layout

    def _found(self, viewer: ViewerModel) -> Hung | None:
        sets = viewer.rail.display_sets
        return like_last_time(self.learned, viewer.study, sets) or by_rules(self._rules, sets)

    def _apply(self, viewer: ViewerModel, hung: Hung) -> None:
        self._hung[viewer] = hung.layout
        viewer.arranger.want(hung.layout, places=hung.places)
        self._arranged.pop(viewer, None)

    def _watch(self, viewer: ViewerModel) -> None:
        hung = self._hung.get(viewer)
        if hung is None or not hung.rows or viewer.layout.alone >= 0:
            return
        same_grid = (viewer.layout.rows, viewer.layout.columns) == (hung.rows, hung.columns)
        if same_grid and (len(hung.shown) == 1 or viewer.layout.shown == hung.shown):
            self._arranged.pop(viewer, None)            # going through the series of one viewport teaches nothing
            return
        self._arranged[viewer] = None
        self._later.start()

    def _learn(self, viewer: ViewerModel) -> None:
        shown = [
            (viewport.display_set, viewport.state) if viewport.display_set is not None else None
            for viewport in viewer.viewports
        ]
        if not any(shown):
            return
        self.learned = learned = with_learned(self.learned, learned_from(viewer.study, viewer.layout, shown))
        file = self._learned_file

        async def write(_: Backend) -> None:
            from desktop_app.services.hanging_file import save_learned

            await asyncio.to_thread(save_learned, file, learned)

        self._network.submit(write)
