"""Workspace: the studies that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.deletion import DeletionTarget, Level
from desktop_app.core.interpolation import Interpolation
from desktop_app.core.key_set import Mouse
from desktop_app.core.listed_study import ListedStudy, StudyKey
from desktop_app.core.patient import colour_slot, namesakes, patient_key, slot_colour
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.viewmodels.key_sets import mouse

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.settings import SettingsModel
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.worklist import WorklistModel


class Workspace(QObject):
    """Opens a study once, and closes it with everything that it holds."""

    viewer_opened = Signal(object)
    viewer_closed = Signal(object)
    here_changed = Signal()
    stored = Signal(object, str)                # a Store, and the UID of the study of which it has more now

    def __init__(
        self, network: Network[Backend], frames: FrameCache, parent: QObject | None = None, *,
        settings: SettingsModel | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        if settings is not None:
            settings.changed.connect(self._take_settings)
        self._network, self._frames = network, frames
        self.viewers: tuple[ViewerModel, ...] = ()
        self._colours: dict[str, int] = {}          # of the patients who are open
        self.worklist: WorklistModel | None = None

    def open(self, study: Study, store: Store) -> ViewerModel:
        """The viewer of this study; one that is open already comes to the front."""
        for viewer in self.viewers:
            if viewer.study.study_instance_uid == study.study_instance_uid and viewer.store.key == store.key:
                self.viewer_opened.emit(viewer)
                return viewer
        from desktop_app.viewmodels.viewer import (
            ViewerModel,  # with numpy: the first window does not wait for it
        )

        viewer = ViewerModel(
            self._network, store, study, self._frames, self, interpolation=self._interpolation
        )
        viewer.set_mouse(self._mouse)
        self.viewers = (*self.viewers, viewer)
        self._tell_patients_apart()
        viewer.rail.changed.connect(self.here_changed)
        viewer.stored.connect(self.stored)
        self.viewer_opened.emit(viewer)
        return viewer

    @property
    def _interpolation(self) -> Interpolation:
        chosen = self._settings.value.interpolation if self._settings is not None else ""
        return Interpolation(chosen) if chosen in set(Interpolation) else Interpolation.BICUBIC

    @property
    def _mouse(self) -> Mouse:
        return mouse(self._settings.value) if self._settings is not None else Mouse()

    def _take_settings(self) -> None:
        for viewer in self.viewers:
            viewer.set_mouse(self._mouse)
            if viewer.interpolation is not self._interpolation:
                viewer.set_interpolation(self._interpolation)

    def note_study(self, study: Study, store: Store) -> None:
        """More is known of a study than when it was opened: whose it is, for one that was opened by its UID."""
        for viewer in self.viewers:
            if viewer.study.study_instance_uid == study.study_instance_uid and viewer.store.key == store.key:
                viewer.study = study
                self._tell_patients_apart()
                viewer.changed.emit()

    def close(self, viewer: ViewerModel) -> None:
        if viewer in self.viewers:
            self.viewers = tuple(other for other in self.viewers if other is not viewer)
            viewer.close()
            self._tell_patients_apart()
            self.viewer_closed.emit(viewer)
            self.here_changed.emit()
            viewer.deleteLater()

    def _tell_patients_apart(self) -> None:
        """A colour for each patient who is open, no two alike while there are enough; who shares a name is told."""
        keys = dict.fromkeys(patient_key(viewer.study) for viewer in self.viewers)
        self._colours = {key: slot for key, slot in self._colours.items() if key in keys}
        for key in keys:
            if key not in self._colours:
                self._colours[key] = colour_slot(key, self._colours.values())
        same_name = namesakes(viewer.study for viewer in self.viewers)
        for viewer in self.viewers:
            key = patient_key(viewer.study)
            viewer.set_patient(slot_colour(self._colours[key]), has_namesake=key in same_name)

    def close_stores(self, store_keys: frozenset[str]) -> None:
        """Closes every study of these stores."""
        for viewer in [viewer for viewer in self.viewers if viewer.store.key in store_keys]:
            self.close(viewer)

    def read_again(self, store: Store) -> None:
        """Reads the open studies of a store again: there may be more of them now."""
        for viewer in self.viewers:
            if viewer.store.key == store.key:
                viewer.open()

    def search_priors(self, stores: tuple[Store, ...], *, again: bool = False) -> None:
        """Asks these archives for the other studies of every patient who is open."""
        for viewer in self.viewers:
            viewer.priors.search(stores, again=again)

    def refresh(self, store: Store, study_instance_uids: frozenset[str]) -> None:
        """Something arrived for these studies: the open ones read their series again."""
        for viewer in self.viewers:
            if viewer.store.key == store.key and viewer.study.study_instance_uid in study_instance_uids:
                viewer.open()

    def note_deleted(self, store: Store, target: DeletionTarget, all_of_it: bool) -> None:
        """Something of a study was deleted: what is open of it follows, and closes when nothing is left."""
        for viewer in self.viewers:
            if viewer.store.key != store.key or viewer.study.study_instance_uid != target.study_instance_uid:
                continue
            if all_of_it and target.level is not Level.INSTANCE:
                viewer.drop_series(target.series_instance_uid)
            if all_of_it and not viewer.rail.cards:
                self.close(viewer)
            else:
                viewer.open()

    def here(self) -> dict[StudyKey, str]:
        """How much of each open study is on this machine, decoded: `64 %`, or `✓ 51` with the images as the list counts
        them: one of many frames is one."""
        shares: dict[StudyKey, str] = {}
        for viewer in self.viewers:
            received = sum(card.received for card in viewer.rail.cards)
            expected = sum(card.expected for card in viewer.rail.cards)
            if expected:
                share = f"✓ {_images(viewer)}" if received == expected else f"{100 * received // expected} %"
                shares[ListedStudy(viewer.study, viewer.store).key] = share
        return shares

    def step_study(self, viewer: ViewerModel, step: int) -> None:
        """Opens the study above or below this one in the worklist, and closes this one unless work on it is at risk."""
        if self.worklist is None:
            return
        row = self.worklist.neighbour(ListedStudy(viewer.study, viewer.store).key, step)
        if row is not None:
            self.open(row.study, row.store)
            if not viewer.work.is_at_risk:
                self.close(viewer)


def _images(viewer: ViewerModel) -> int:
    """How many objects the frames of the strip belong to; a slide brings one for each of its levels."""
    sets = [one for one in viewer.rail.display_sets if one.is_image]
    return len({ref.sop_instance_uid for one in sets for ref in (*one.frames, *(level.first for level in one.levels))})
