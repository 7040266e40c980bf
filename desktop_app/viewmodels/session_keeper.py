"""SessionKeeper: records what is drawn and arranged, and gives it back: at the next start, and when a study is opened
again."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.plain import to_text
from desktop_app.core.session_state import (
    DRAWN,
    LAYOUT,
    LINKS,
    OPEN,
    PLACE,
    TOOL,
    VIEW,
    Drawn,
    Entry,
    Replay,
    StudyState,
)
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices
from desktop_app.viewmodels.weakly import weakly

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.core.annotation import Annotation
    from desktop_app.core.store import Store
    from desktop_app.core.study import Study
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.workspace import Workspace

_WRITE_AFTER_MS = 1000          # a crash loses at most this, and what the disk needs
_NO_KEYCHAIN = "no keychain"


class Record(Protocol):
    """services.session_record.SessionRecord: appends in its own thread."""

    trouble: str

    def load(self) -> Future[Replay]: ...
    def append(self, entries: tuple[Entry, ...]) -> None: ...


class SessionKeeper(QObject):
    """Follows the workspace. Nothing is written before the record of the last session was read."""

    def __init__(self, record: Record, network: Network[Backend], workspace: Workspace, notices: Notices,
                 store_of: Callable[[str], Store | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record, self._network, self._workspace = record, network, workspace
        self._notices, self._store_of = notices, store_of
        self._known: dict[tuple[str, str], dict[str, str]] = {}         # study → part → value, as recorded
        self._left: dict[tuple[str, str], StudyState] = {}              # as read at the start
        self._names: dict[int, str] = {}                                # key of an annotation → its name in the record
        self._texts: dict[Annotation, str] = {}
        self._changed: dict[ViewerModel, None] = {}
        self._told_lost: set[str] = set()
        self._told_volatile = False
        self._is_read = self._has_worked = self._asked_back = False
        self._run = secrets.token_hex(4)
        self._load_job = Job(self, lambda error: None)
        self._reopen_job = Job(self, notices.post_error)
        self._later = QTimer(self, singleShot=True, interval=_WRITE_AFTER_MS)
        self._later.timeout.connect(self.write)
        workspace.viewer_opened.connect(self._follow)
        workspace.viewer_closed.connect(self._closed)
        self._followed: set[ViewerModel] = set()

    def start(self) -> None:
        self._load_job.start(self._load())

    def write(self) -> None:
        """Records what has changed since the last time; at once, as when the program ends."""
        self._later.stop()
        if not self._is_read:
            return
        entries: list[Entry] = []
        for viewer in self._changed:
            study = (viewer.store.key, viewer.study.study_instance_uid)
            entries += self._differences(study, self._parts(viewer))
        self._changed.clear()
        self._record.append(tuple(entries))
        here = {item for viewer in self._followed for item in viewer.annotations.items}
        self._texts = {item: text for item, text in self._texts.items() if item in here}

    def end(self) -> None:
        """The program ends. Who worked on other studies, and did not ask for those of before, is not offered them again
        and again: what is offered next time is what is open now."""
        if self._is_read and self._has_worked and not self._asked_back:
            now_open = {(viewer.store.key, viewer.study.study_instance_uid) for viewer in self._workspace.viewers}
            for study, left in self._left.items():
                if left.is_open and study not in now_open:
                    self._record.append(tuple(self._differences(study, {**self._known[study], OPEN: to_text(False)})))
        self.write()

    # -- reading -------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        replay = await asyncio.wrap_future(self._record.load())
        self._left = {study.key: study for study in replay.studies}
        self._known = {study.key: study.entries() for study in replay.studies}
        self._is_read = True
        for viewer in self._workspace.viewers:
            self._follow(viewer)
            self._give_drawings(viewer)
        self._tell(replay)
        self._later.start()

    def _tell(self, replay: Replay) -> None:
        if replay.damaged or replay.broke_off:
            text = (self.tr("The record of your last session breaks off. Everything before that is back.")
                    if replay.broke_off and not replay.damaged else
                    self.tr("A part of the record of your last session cannot be read. Everything else is back."))
            kept = self.tr("The file as it was is kept as {name}.").format(name=replay.kept_aside)
            detail = kept if replay.kept_aside else ""
            self._notices.post(Notice(text, NoticeKind.CAUTION, detail, key="session record"))
        left_open = [study for study in replay.studies if study.is_open]
        if left_open:
            self._notices.post(Notice(
                self.tr("%n study(ies) were open when Lightbox ended.", "", len(left_open)), NoticeKind.INFO,
                action_text=self.tr("Open again"), action=self.reopen, key="session"))

    def reopen(self) -> None:
        """Opens the studies of the last session, each as it was left."""
        self._notices.withdraw("session")
        self._asked_back = True
        self._reopen_job.start(self._reopen())

    async def _reopen(self) -> None:
        from desktop_app.core.errors import LightboxError

        for study in [study for study in self._left.values() if study.is_open]:
            store = self._store_of(study.store_key)
            if store is None:
                self._notices.post(Notice(
                    self.tr("A study of the last session is in an archive that is no longer in the list."),
                    NoticeKind.CAUTION, study.store_key))
                continue
            try:
                found = await self._find(store, study.study_instance_uid)
            except LightboxError as error:
                self._notices.post_error(error, store.name)
                continue
            viewer = self._workspace.open(found, store)
            self._left.pop(study.key, None)
            if study.links is not None:
                viewer.linking.restore(study.links)
            if study.layout is not None:
                viewer.arranger.want(study.layout, study.views, study.places)
            viewer.set_tool(study.tool)

    async def _find(self, store: Store, uid: str) -> Study:
        return await self._network.call(lambda backend: backend.find_study(store, study_instance_uid=uid))

    # -- following -----------------------------------------------------------------------------------------------

    def _follow(self, viewer: ViewerModel) -> None:
        if viewer in self._followed:
            return
        self._followed.add(viewer)
        self._has_worked = True
        note = weakly(self._note, viewer)
        for signal in (viewer.tool_changed, viewer.active_changed, viewer.annotations.changed):
            signal.connect(note)
        viewer.layout_changed.connect(weakly(self._watch_viewports, viewer))
        viewer.annotations.changed.connect(self._say_volatile)
        viewer.changed.connect(weakly(self._name_lost, viewer))
        self._watch_viewports(viewer)
        if self._is_read:
            self._give_drawings(viewer)

    def _watch_viewports(self, viewer: ViewerModel) -> None:
        for viewport in viewer.viewports:
            if not viewport.property("recorded"):
                viewport.setProperty("recorded", True)
                viewport.state_changed.connect(weakly(self._note, viewer))
        self._note(viewer)

    def _note(self, viewer: ViewerModel) -> None:
        self._changed[viewer] = None
        if not self._later.isActive():
            self._later.start()

    def _closed(self, viewer: ViewerModel) -> None:
        self._note(viewer)
        self.write()
        self._followed.discard(viewer)
        for item in viewer.annotations.items:
            self._names.pop(item.key, None)
            self._texts.pop(item, None)
        study = (viewer.store.key, viewer.study.study_instance_uid)
        self._left.pop(study, None)
        if self._is_read:
            self._record.append(tuple(self._differences(study, {**self._known[study], OPEN: to_text(False)})))

    def _give_drawings(self, viewer: ViewerModel) -> None:
        """What was drawn on this study before, in this session or an earlier one."""
        from desktop_app.core.plain import from_text

        study = (viewer.store.key, viewer.study.study_instance_uid)
        known = {part: text for part, text in self._known.get(study, {}).items() if part.startswith(DRAWN)}
        if known:
            viewer.annotations.restore(from_text(Drawn, text).annotation for text in known.values())
            for part, item in zip(known, viewer.annotations.items, strict=False):
                self._names[item.key] = part.removeprefix(DRAWN)

    # -- writing -------------------------------------------------------------------------------------------------

    def _parts(self, viewer: ViewerModel) -> dict[str, str]:
        parts = {OPEN: to_text(True), LAYOUT: to_text(viewer.layout), TOOL: to_text(viewer.tool),
                 LINKS: to_text(viewer.linking.state)}
        study = (viewer.store.key, viewer.study.study_instance_uid)
        parts |= {part: text for part, text in self._known.get(study, {}).items() if part.startswith(VIEW)}
        for place, viewport in enumerate(viewer.viewports):
            if viewport.display_set is not None:
                parts[VIEW + viewport.display_set.key] = parts[f"{PLACE}{place}"] = to_text(
                    replace(viewport.state, tables=None))   # of an object of the study, which can be applied again
        for item in viewer.annotations.items:
            if item.is_complete:
                parts[DRAWN + self._name_of(item)] = self._text_of(item, viewer)
        return parts

    def _differences(self, study: tuple[str, str], parts: dict[str, str]) -> list[Entry]:
        before = self._known.get(study, {})
        self._known[study] = parts
        changed = [Entry(*study, part, text) for part, text in parts.items() if before.get(part) != text]
        return changed + [Entry(*study, part) for part in before if part not in parts]

    def _name_of(self, annotation: Annotation) -> str:
        return self._names.setdefault(annotation.key, f"{self._run}-{annotation.key}")

    def _text_of(self, annotation: Annotation, viewer: ViewerModel) -> str:
        home = viewer.measurements.display_set_of(annotation)
        if home is None:            # its series is not there (any more): what is known of it stays as it is
            study = (viewer.store.key, viewer.study.study_instance_uid)
            known = self._known.get(study, {}).get(DRAWN + self._name_of(annotation))
            if known is not None:
                return known
        text = self._texts.get(annotation)
        if text is None:
            text = self._texts[annotation] = to_text(Drawn(annotation, home.title if home is not None else ""))
        return text

    # -- what is said --------------------------------------------------------------------------------------------

    def _name_lost(self, viewer: ViewerModel) -> None:
        """Drawings whose images are not in the study any more are kept, and named."""
        uid = viewer.study.study_instance_uid
        is_whole = not viewer.busy and viewer.error is None and all(card.display_set for card in viewer.rail.cards)
        if uid in self._told_lost or not is_whole or not viewer.rail.cards:
            return
        measurements = viewer.measurements
        lost = [item for item in viewer.annotations.items
                if measurements.display_set_of(item) is None and not measurements.is_of_other_study(item)]
        if lost:
            self._told_lost.add(uid)
            from desktop_app.core.plain import from_text

            known = self._known.get((viewer.store.key, uid), {})
            texts = [known.get(DRAWN + self._name_of(item), "") for item in lost]
            titles = dict.fromkeys(from_text(Drawn, text).series_title for text in texts if text)
            named = ", ".join(title for title in titles if title)
            self._notices.post(Notice(
                self.tr("%n drawing(s) lie on images that this study no longer holds ({series}). They are kept.", "",
                        len(lost)).format(series=named or self.tr("series unknown")),
                NoticeKind.CAUTION, "\n".join(item.ref.series_instance_uid for item in lost), key=f"lost {uid}"))

    def _say_volatile(self) -> None:
        if self._record.trouble and not self._told_volatile and self._is_read:
            self._told_volatile = True
            why = (self.tr("Nothing of a patient may stay on this computer, or the key of the record cannot be kept.")
                   if self._record.trouble == _NO_KEYCHAIN else self._record.trouble)
            self._notices.post(Notice(
                self.tr("What you draw is lost when Lightbox ends: it cannot be kept here."), NoticeKind.CAUTION, why,
                key="session record"))
