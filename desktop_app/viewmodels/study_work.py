"""StudyWork: what was made of a study: key images, reports and presentation states, ours and others'; and saving it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.annotation import Annotation
from desktop_app.core.display_set import DisplaySet
from desktop_app.core.drawn import UNMEASURED, drawings_of, is_same_drawing, standing
from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.overlay import Overlay
from desktop_app.core.saved_work import SavedAnnotation, SavedView, SavedWork
from desktop_app.core.study_object import KeyImages, Presentation, Report, StudyObject, is_on
from desktop_app.core.view_state import ViewState
from desktop_app.viewmodels.image_words import image_words
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind
from desktop_app.viewmodels.saved_look import framed, presented, view_of

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.work_store import SaveResult
    from desktop_app.viewmodels.viewport import ViewportModel
    from desktop_app.viewmodels.work_viewer import Viewer

_READ_AT_ONCE = frozenset({"SR", "PR", "KO"})
_MOST_OPENED = 200
KEY_IMAGES = "key-images"


class StudyWork(QObject):
    """Of one open study. `objects` are the reports, presentation states and key objects that were opened by now."""

    changed = Signal()
    told = Signal(object)               # a Notice
    ended = Signal(bool)                # saving or keeping: whether everything is stored or kept on this computer now

    def __init__(self, network: Network[Backend], viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._viewer, self._store = network, viewer, viewer.store
        self.objects: tuple[StudyObject, ...] = ()
        self.key_images: tuple[FrameRef, ...] = ()
        self.shown: frozenset[str] = frozenset()            # SOP Instance UIDs of others' objects that are drawn
        self.applied: Presentation | None = None
        self._tracking: dict[int, str] = {}                 # key of a drawing → tracking UID
        self._saved_items: tuple[Annotation, ...] = ()
        self._saved_keys: tuple[FrameRef, ...] = ()
        self._kept: tuple[tuple[Annotation, ...], tuple[FrameRef, ...]] | None = None    # as it lies on this computer
        self._knows_stored = False
        self._saved_views: dict[str, ViewState] = {}
        self._reports: tuple[FrameRef, ...] = ()            # ours in the archive, but those that were replaced
        self._asked: set[str] = set()
        self._waiting: list[FrameRef] = []
        self._before_keys: str = ""
        self._reading = Job(self, lambda error: None)
        self._measuring = Job(self, lambda error: None)
        self._saving = Job(self, self._save_failed)
        self._applying = Job(self, self._apply_failed)
        self._saving.running_changed.connect(self.changed)
        viewer.rail.changed.connect(self._look)
        viewer.annotations.changed.connect(self.changed)
        self._looked_for_kept = False

    # -- what there is -------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether it is being saved."""
        return self._saving.running

    @property
    def is_read(self) -> bool:
        """Whether it is known what the archive and this computer have of it."""
        return self._looked_for_kept and not self._reading.running

    @property
    def is_unsaved(self) -> bool:
        """Whether there are drawings or key images that the archive does not have."""
        return self._viewer.annotations.items != self._saved_items or self.key_images != self._saved_keys

    @property
    def is_at_risk(self) -> bool:
        """Whether closing the study would lose what neither the archive nor this computer has."""
        return self.is_unsaved and self._looked_for_kept and self._kept != self._made

    @property
    def _made(self) -> tuple[tuple[Annotation, ...], tuple[FrameRef, ...]]:
        return self._viewer.annotations.items, self.key_images

    @property
    def can_save(self) -> bool:
        return not self.busy and (self.is_unsaved or any(self._view_of(one) for one in self._viewer.viewports))

    @property
    def others(self) -> tuple[StudyObject, ...]:
        """Others' reports with drawings, presentation states and key objects, and our presentation states, newest
        first."""
        found = [one for one in self.objects if isinstance(one, Presentation) or (
            not one.head.is_ours and (isinstance(one, KeyImages) or (isinstance(one, Report) and one.graphics)))]
        return tuple(sorted(found, key=lambda one: one.head.moment, reverse=True))

    def overlay_of(self, ref: FrameRef) -> Overlay:
        """What is drawn on an image besides the reader's own drawings."""
        graphics = tuple(
            graphic for one in self.objects
            if one.head.ref.sop_instance_uid in self.shown and isinstance(one, (Report, Presentation))
            and not one.head.is_ours                        # those can be edited, and are drawn as such
            for graphic in one.graphics if is_on(graphic.refs, ref, one))
        return Overlay.of(graphics, self.applied, ref, is_key=ref in self.key_images)

    def close(self) -> None:
        for job in (self._reading, self._measuring, self._saving, self._applying):
            job.cancel()

    # -- key images ----------------------------------------------------------------------------------------------

    def toggle_key_image(self) -> None:
        """Marks the image that is looked at, or takes the mark away."""
        viewport = self._viewer.active
        if viewport.display_set is None or not viewport.display_set.is_image or not viewport.display_set.frames:
            return
        ref = viewport.display_set.frames[viewport.state.index]
        marked = ref in self.key_images
        self.key_images = tuple(one for one in self.key_images if one != ref) if marked else (*self.key_images, ref)
        self._changed()

    @property
    def shows_key_images(self) -> bool:
        shown = self._viewer.active.display_set
        return shown is not None and shown.key.startswith(KEY_IMAGES)

    def toggle_key_filter(self) -> None:
        """Shows the key images alone in the active viewport, or again what was there before."""
        if self.shows_key_images:
            self._viewer.show(self._before_keys)
        elif self.key_images:
            self.show_only(self.key_images, self.tr("Key images"))

    def show_only(self, refs: tuple[FrameRef, ...], title: str, key: str = KEY_IMAGES) -> None:
        """Some images alone. Those that the study does not list are left out, and it is said how many."""
        here = tuple(found for ref in refs if (found := self._known(ref)) is not None)
        if len(here) < len(refs):
            away = len(refs) - len(here)
            sentence = self.tr("%n of these images is not in the study that the archive lists.", "", away)
            self._tell(sentence, NoticeKind.CAUTION)
        viewport = self._viewer.active
        if not here:
            return
        if viewport.display_set is not None and not viewport.display_set.key.startswith(KEY_IMAGES):
            self._before_keys = viewport.display_set.key
        place = self._viewer.loading.place_of(here[0])
        series = next(one.series for one in self._viewer.rail.display_sets if place and one.key == place[0])
        chosen = DisplaySet(key, replace(series, description=title, number=None), here)
        viewport.show(chosen)
        self._viewer.layout_changed.emit()

    def go_to(self, ref: FrameRef) -> None:
        """The image that a report or a key object points to; said when it is not there."""
        known = self._known(ref)
        if known is None:
            self._tell(self.tr("The image that this points to is not in the study that the archive lists."),
                       NoticeKind.CAUTION)
        else:
            self._viewer.show_frame(known)

    def words_of(self, ref: FrameRef) -> str:
        return image_words(self._viewer, ref)

    def _known(self, ref: FrameRef) -> FrameRef | None:
        """The frame as the study lists it, whatever series the pointer names."""
        wanted = max(ref.frame_number, 1)
        for display_set in self._viewer.rail.display_sets:
            for frame in display_set.frames:
                if frame.sop_instance_uid == ref.sop_instance_uid and frame.frame_number == wanted:
                    return frame if display_set.is_image else None
        return None

    # -- others' work --------------------------------------------------------------------------------------------

    def show_object(self, sop_instance_uid: str, shown: bool) -> None:
        """Draws what an object says on its images, or stops drawing it."""
        self.shown = self.shown | {sop_instance_uid} if shown else self.shown - {sop_instance_uid}
        if not shown and self.applied is not None and self.applied.head.ref.sop_instance_uid == sop_instance_uid:
            self.applied = None
        self._changed()

    def apply(self, presentation: Presentation) -> None:
        """Shows an image as a presentation state says, and draws its graphics."""
        target = self._target(presentation)
        if target is None:
            self._tell(self.tr("This presentation state is for images that are not in this study."), NoticeKind.CAUTION)
            return
        self.applied = presentation
        self.shown = self.shown | {presentation.head.ref.sop_instance_uid}
        self._viewer.show_frame(target)
        self._applying.start(self._apply(presentation, target, self._viewer.active))
        self._changed()

    def _target(self, presentation: Presentation) -> FrameRef | None:
        viewport = self._viewer.active
        frames = viewport.display_set.frames if viewport.display_set is not None else ()
        current = frames[viewport.state.index] if viewport.state.index < len(frames) else None
        if current is not None and presentation.speaks_of(current):
            return current
        drawn = [ref for graphic in presentation.graphics for ref in graphic.refs]
        return next((found for ref in (*drawn, *presentation.refs) if (found := self._known(ref)) is not None), None)

    async def _apply(self, presentation: Presentation, ref: FrameRef, viewport: ViewportModel) -> None:
        frame = await self._frame(ref)
        state = presented(viewport.state, presentation, frame, ref)
        area = presentation.area_for(ref)
        if area is not None:
            box = (area.top_left[0] - 1, area.top_left[1] - 1, *area.bottom_right)
            scale = area.magnification if area.size_mode == "MAGNIFY" else None
            state = framed(state, frame, viewport.view_size, box, scale)
        viewport.set_state(state)
        for sentence in presentation.head.warnings:
            self._tell(sentence, NoticeKind.CAUTION)

    def _apply_failed(self, error: Exception) -> None:
        self._tell(user_text(error), NoticeKind.ERROR)

    # -- reading what is stored ----------------------------------------------------------------------------------

    def _look(self) -> None:
        """Opens reports, presentation states and key objects as the series strip gets to know them."""
        fresh = [
            ref for one in self._viewer.rail.display_sets
            if not one.is_image and one.series.modality in _READ_AT_ONCE for ref in one.frames
            if ref.sop_instance_uid not in self._asked]
        self._asked |= {ref.sop_instance_uid for ref in fresh}
        self._waiting += fresh[:_MOST_OPENED]
        if self._waiting and not self._reading.running:
            self._reading.start(self._read())

    async def _read(self) -> None:
        while self._waiting:
            ref = self._waiting.pop(0)
            try:
                found = await self._network.call(lambda backend: backend.connection(self._store).objects.open(ref))  # noqa: B023
            except LightboxError:
                continue                    # its card says it when it is looked at
            self.objects = (*self.objects, found)
        if not self._looked_for_kept:
            self._looked_for_kept = True
            uid = self._viewer.study.study_instance_uid
            kept: tuple[StudyObject, ...] = ()
            try:
                kept = await self._network.call(lambda backend: backend.connection(self._store).work.kept(uid))
            except LightboxError as error:      # what the archive has is taken up all the same
                self._tell(error.user_text, NoticeKind.ERROR)
            if kept:
                self._take_ours((*self.objects, *kept))
                self._kept = self._made
                self._tell_kept(self.tr("Work on this study is still on this computer and not in the archive."))
        self._take_ours(self.objects, stored=True)
        self._changed()

    def look_for_kept(self) -> None:
        """Asks whether work of an earlier attempt is still here; done once, also where the study has no objects."""
        if not self._looked_for_kept and not self._reading.running:
            self._reading.start(self._read())

    def _take_ours(self, objects: tuple[StudyObject, ...], *, stored: bool = False) -> None:
        """Makes our own drawings and key images editable again: of the newest report and key object."""
        ours = sorted((one for one in objects if one.head.is_ours), key=lambda one: one.head.moment)
        bound: set[int] = set()             # keys of drawings that lie in one of these objects as they are here
        adopted: list[Annotation] = []
        for drawing, uid in drawings_of(ours):
            twin = next((one for one in self._viewer.annotations.items if is_same_drawing(one, drawing)), None)
            if twin is not None:                # given back after a crash, or drawn here and stored just now
                self._tracking[twin.key] = uid
                bound.add(twin.key)
            elif uid not in self._tracking.values():
                mine = replace(drawing, key=self._viewer.annotations.new_key())
                self._tracking[mine.key] = uid
                bound.add(mine.key)
                adopted.append(mine)
        if adopted:
            self._viewer.annotations.adopt(tuple(adopted))
            self._measuring.start(self._measure())
        if stored and all(item.key in bound for item in self._viewer.annotations.items) and (
                self._knows_stored or len(bound) == len(drawings_of(ours))):
            self._saved_items = self._viewer.annotations.items
        elif stored and not self._knows_stored:
            keys_of = {uid: key for key, uid in self._tracking.items()}
            self._saved_items = tuple(
                replace(drawing, key=keys_of.get(uid) or self._viewer.annotations.new_key())
                for drawing, uid in drawings_of(ours))
        self._knows_stored = self._knows_stored or stored
        if stored:
            self._reports = tuple(report.head.ref for report in standing(ours))
        keys = [one for one in ours if isinstance(one, KeyImages)]
        listed = tuple(dict.fromkeys(self._known(ref) or ref for ref in keys[-1].refs)) if keys else ()
        if keys and self.key_images == self._saved_keys:
            self.key_images = listed
        if keys and stored and (self.key_images == listed or not self._saved_keys):
            self._saved_keys = listed

    async def _measure(self) -> None:
        """Works out what the drawings measure, whose images nobody looked at yet."""
        annotations = self._viewer.annotations
        for item in annotations.items:
            if annotations.measurement(item) is None:
                try:
                    frame = await self._frame(item.ref)
                except LightboxError:
                    continue
                annotations.measure(item, frame)
                annotations.changed.emit()

    async def _frame(self, ref: FrameRef) -> Frame:
        return await self._network.call(lambda backend: backend.connection(self._store).loader.frame(ref))

    # -- saving --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Stores drawings, key images and views in the archive, beside the images."""
        if self.can_save:
            self._saving.start(self._save())

    def send_again(self) -> None:
        """Sends what the archive did not take before."""
        self._saving.start(self._send_again())

    def keep(self) -> None:
        """Writes drawings and key images down on this computer, without sending them yet."""
        if not self.busy:
            self._saving.start(self._keep())

    def discard(self) -> None:
        """Takes back what was made since the work was last stored, or kept on this computer."""
        items, keys = self._kept or (self._saved_items, self._saved_keys)
        self.key_images = keys
        self._viewer.annotations.put_back(items)
        self._changed()

    async def _keep(self) -> None:
        await self._measure()
        work, made = self._work(with_views=False), self._made
        left_out = await self._network.call(lambda backend: backend.connection(self._store).work.keep(work))
        if left_out:
            self._tell(left_out, NoticeKind.CAUTION)
        self._kept = made
        self._changed()
        self.ended.emit(True)

    async def _save(self) -> None:
        await self._measure()
        work = self._work()
        items, keys = self._made
        states = {one.display_set.key: one.state for one in self._viewer.viewports if one.display_set is not None}
        if any(one.state.tilt for one in self._viewer.viewports if one.display_set is not None):
            self._tell(self.tr("A stored view keeps quarter turns only; the free angle is lost."), NoticeKind.CAUTION)
        result = await self._network.call(lambda backend: backend.connection(self._store).work.save(work))
        if result.left_out:
            self._tell(result.left_out, NoticeKind.CAUTION)
        if not result.kept:
            self._saved_items, self._saved_keys = items, keys
            self._saved_views.update(states)
            self._kept, self._knows_stored = None, True
        else:
            self._kept = items, keys
        self._tell_result(result)
        self.ended.emit(True)

    async def _send_again(self) -> None:
        uid = self._viewer.study.study_instance_uid
        sent = self._kept or self._made
        result = await self._network.call(lambda backend: backend.connection(self._store).work.send(uid))
        if not result.kept:
            self._saved_items, self._saved_keys = sent
            self._kept = None
        self._tell_result(result)

    def _tell_result(self, result: SaveResult) -> None:
        if result.kept:
            sentence = self.tr("The archive did not take your work: %s It is kept on this computer.")
            self._tell_kept(sentence % result.reason)
        elif result.stored:
            self._tell(self.tr("Your work is stored in %s.") % self._store.name, NoticeKind.GOOD)
        if result.stored:
            self._viewer.note_stored()
        self._changed()

    def _tell_kept(self, sentence: str) -> None:
        self.told.emit(Notice(
            sentence, NoticeKind.ERROR, action_text=self.tr("Send again"), action=self.send_again, key="saved work"))

    def _save_failed(self, error: Exception) -> None:
        self.told.emit(Notice(
            self.tr("Your work was not saved: %s It is still in this window.") % user_text(error), NoticeKind.ERROR,
            error.detail if isinstance(error, LightboxError) else repr(error), self.tr("Try again"), self.save,
            "saved work"))
        self.ended.emit(False)

    def _work(self, *, with_views: bool = True) -> SavedWork:
        annotations = self._viewer.annotations
        items = tuple(
            SavedAnnotation(item, annotations.measurement(item), self._tracking_of(item.key))
            for item in annotations.items if item.is_complete)
        views = [view for one in self._viewer.viewports if with_views and (view := self._view_of(one)) is not None]
        seen = {ref for view in views for ref in view.refs}
        changed = set(annotations.items) ^ set(self._saved_items)
        unmeasured = [item.annotation for item in items if item.measurement is None]
        gone = [one for one in self._saved_items if one in changed and one.kind in UNMEASURED]
        for one in (*unmeasured, *gone):    # arrows and texts have no other home than a presentation state
            place = self._viewer.loading.place_of(one.ref)
            if one in changed and one.ref not in seen and place:
                refs = next(here.frames for here in self._viewer.rail.display_sets if here.key == place[0])
                views.append(SavedView(refs))
                seen |= set(refs)
        whole = all(item.measurement is not None or item.annotation.kind in UNMEASURED for item in items)
        is_changed = annotations.items != self._saved_items
        return SavedWork(
            self._viewer.study.study_instance_uid, items if is_changed or views else (), self.key_images, tuple(views),
            "", self._reports if is_changed and whole else (),
            self.key_images != self._saved_keys)

    def _tracking_of(self, key: int) -> str:
        import uuid

        return self._tracking.setdefault(key, f"2.25.{uuid.uuid4().int}")

    def _view_of(self, viewport: ViewportModel) -> SavedView | None:
        """How a viewport shows its series, None where nobody changed that since it was saved."""
        shown = viewport.display_set
        if shown is None or shown.key.startswith(KEY_IMAGES):
            return None
        return view_of(viewport, self._saved_views.get(shown.key, ViewState()))

    def _tell(self, sentence: str, kind: NoticeKind) -> None:
        self.told.emit(Notice(sentence, kind, key="saved work" if kind is NoticeKind.GOOD else ""))

    def _changed(self) -> None:
        self.changed.emit()
        for viewport in self._viewer.viewports:
            viewport.state_changed.emit()       # it is painted again
