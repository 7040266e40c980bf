"""Layouts, hanging, other studies of the patient, a window of its own."""

from __future__ import annotations

import asyncio

from desktop_app import hand
from desktop_app.core.layout import MOST
from desktop_app.tour.files import make_prior
from desktop_app.tour.guide import Guide, Plan, Step, StepSkipped


class HangingSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
            ("layout", self._layout),
            ("hanging", self._hanging),
            ("prior", self._prior),
            ("own window", self._own_window),
        ]

    async def _layout(self, step: Step) -> None:
        """A grid from the chooser, one viewport alone, and back."""
        await self._open("PT")
        viewer, canvas = self._guide.viewer, self._guide.canvas
        viewer.set_layout(MOST, MOST)
        self._guide.check(len(viewer.viewports) == MOST * MOST, "there are not sixteen viewports")
        viewer.set_layout(2, 2)
        hand.double_click(canvas, hand.centre(canvas))
        self._guide.check(viewer.alone is not None, "a double click did not show one alone")
        hand.double_click(canvas, hand.centre(canvas))
        self._guide.check(viewer.alone is None, "a double click did not bring the others back")
        await self._painted()
        step.facts["viewports"] = len(viewer.viewports)

    async def _hanging(self, step: Step) -> None:
        viewer = self._guide.viewer
        viewer.set_layout(1, 1)
        hand.key(self._guide.canvas, "F8")
        shown = [one.display_set.series.modality for one in viewer.viewports if one.display_set is not None]
        self._guide.check(len(viewer.viewports) > 1, "F8 did not hang the study")
        await self._painted()
        step.facts["hung"] = " beside ".join(shown)

    async def _prior(self, step: Step) -> None:
        """The patient's other study, beside this one and scrolled with it."""
        viewer = self._guide.viewer
        await self._guide.until(lambda: not viewer.priors.busy, "the archives do not answer")
        if not viewer.priors.answer.priors:
            await self._store_prior()
        viewer.set_layout(1, 1)
        now = next((one for one in viewer.rail.display_sets if one.series.modality == "CT"), None)
        if now is not None:
            viewer.show(now.key)
        hand.key(self._guide.canvas, "F9")
        uid = viewer.priors.open_priors[0].study.study_instance_uid

        def is_shown() -> bool:
            return any(one.display_set is not None and one.display_set.series.study_instance_uid == uid
                       for one in viewer.viewports)

        await self._guide.until(is_shown, "the other study was not hung beside")
        await self._painted()
        beside = next(one for one in viewer.viewports if one is not viewer.active)
        before = beside.state.index
        hand.wheel(self._guide.canvas, 2)
        self._guide.check(beside.state.index != before, "the other study did not scroll with this one")
        await self._painted()
        step.facts["days"] = viewer.priors.answer.priors[0].days or 0

    async def _store_prior(self) -> None:
        """Another study of this patient in the same archive, made of the samples: they hold one study of each."""
        viewer, uploads = self._guide.viewer, self._guide.models.uploads
        folder, study = self._guide.folder / "earlier", viewer.study
        if not await asyncio.to_thread(make_prior, folder, study.patient_id, study.study_date):
            raise StepSkipped("no archive on this computer holds another study of this patient")
        uploads.drop([folder], viewer.store, ask=False)
        await self._guide.until(lambda: uploads.rows[0].finished, "the other study was not stored")
        self._guide.check(uploads.rows[0].ended_well, "the other study was not stored whole")
        await self._guide.until(lambda: bool(viewer.priors.answer.priors), "the other study was not found")

    async def _own_window(self, step: Step) -> None:
        window, viewer = self._guide.window, self._guide.viewer
        hand.key(self._guide.canvas, "F7")
        assert window.studies is not None
        own = window.studies.windows.get(viewer)
        self._guide.check(own is not None and own.isVisible(), "F7 gave no window")
        assert own is not None
        own.resize(1280, 900)
        await self._painted()
        await self._guide.photograph(step, "alone", own)
        own.close()
        self._guide.check(window.active_viewer is viewer, "the study did not come back into a tab")

    async def _open(self, modality: str) -> None:
        self._guide.to_worklist()
        await self._guide.open_row(self._guide.row_of(modality))
        await self._guide.first_image()
        await self._guide.until(lambda: not self._guide.viewer.busy, "the study's series are not all listed")

    async def _painted(self) -> None:
        viewer = self._guide.viewer
        await self._guide.until(
            lambda: all(one.frame is not None or one.display_set is None for one in viewer.viewports),
            "a viewport shows no image")
        await asyncio.sleep(0)
