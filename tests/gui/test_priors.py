"""Two studies of one patient: the earlier one is found, hung beside and linked, in the running program."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest
from pydicom.uid import generate_uid
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.ui.measurement_panel import MeasurementRow
from desktop_app.ui.prior_list import PriorList
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.viewport import ViewportModel
from tests.gui.program import run_program, until
from tests.support.ct_series import make_ct_series

_SLICES = 12


def visit(folder: Path, study_date: str, frame_of_reference_uid: str, first_mm: float) -> str:
    """The files of one visit of the patient, as a scanner sends them; returns the Study Instance UID."""
    study_uid, series_uid = generate_uid(), generate_uid()
    for number, file in enumerate(make_ct_series(folder, _SLICES, edge=128).files):
        dataset = pydicom.dcmread(file)
        dataset.StudyDate, dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study_date, study_uid, series_uid
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.FrameOfReferenceUID = frame_of_reference_uid
        x, y, _ = dataset.ImagePositionPatient
        dataset.ImagePositionPatient = [x, y, first_mm + number]
        dataset.save_as(file)
    return study_uid


async def read(program: Program, study_uid: str) -> ViewerModel:
    models = program.models
    models.worklist.search_now()
    await until(lambda: len(models.worklist.table.studies) == 2 and not models.worklist.busy, "both studies")
    study = next(one for one in models.worklist.table.studies if one.study_instance_uid == study_uid)
    viewer = models.workspace.open(study, models.worklist.store)
    await until(lambda: not viewer.busy and viewer.active.frame is not None, "the study, read")
    return viewer


async def beside(viewer: ViewerModel, study_uid: str) -> ViewportModel:
    """The viewport with the other study, as soon as its image is there."""
    def found() -> ViewportModel | None:
        return next((one for one in viewer.viewports if one.frame is not None and one.display_set is not None
                     and one.display_set.series.study_instance_uid == study_uid), None)

    await until(found, "the earlier study beside")
    shown = found()
    assert shown is not None
    return shown


@pytest.mark.parametrize("same_place", [True, False], ids=["one frame of reference", "two frames of reference"])
def test_the_earlier_study_is_hung_beside_and_linked(qapp: QApplication, tmp_path: Path, same_place: bool) -> None:
    here = generate_uid()
    there = here if same_place else generate_uid()
    now = visit(tmp_path / "in" / "now", "20250310", here, 0.0)
    earlier = visit(tmp_path / "in" / "earlier", "20240301", there, 3.0)

    async def scenario(program: Program) -> None:
        await program.network.call(lambda backend: backend.samples_are_there())
        viewer = await read(program, now)
        page = program.window.page_of(viewer)
        assert page is not None
        await until(lambda: page.findChildren(PriorList)[0].buttons, "the earlier study in the list")
        [listed] = page.findChildren(PriorList)[0].buttons
        assert listed.prior.days == -374 and "1 year before" in listed.text()
        hand.click(listed)
        other = await beside(viewer, earlier)
        first = viewer.active
        assert other is not first and viewer.layout.columns == 2
        assert viewer.linking.is_anchored is not same_place
        offset = other.state.index - first.state.index
        step = 1 if first.state.index < _SLICES // 2 + 1 else -1
        hand.wheel(page.active_canvas, step)
        await until(lambda: first.frame is not None and other.frame is not None, "both images")
        if same_place:
            assert first.frame is not None and other.frame is not None
            assert first.frame.plane is not None and other.frame.plane is not None
            assert first.frame.plane.location_mm == pytest.approx(other.frame.plane.location_mm)
        else:
            assert other.state.index - first.state.index == offset

        viewer.set_tool("length")
        canvas = next(one for one in page.canvases if one.viewport is other)
        hand.drag(canvas, hand.centre(canvas), hand.centre(canvas) + QPoint(40, 20))
        viewer.activate(first)
        viewer.annotations.changed.emit()
        [row] = page.findChildren(MeasurementRow)
        assert "01 Mar 2024" in row.accessibleName() and "any more" not in row.accessibleName()
        assert viewer.measurements.text.startswith("01 Mar 2024")
        shown = other.state.index
        other.go_to(0 if shown else 1)
        assert viewer.measurements.go_to(viewer.annotations.items[0].key)
        assert viewer.active is other and other.state.index == shown, "it leads to where that is shown already"
        assert first.display_set is not None and first.display_set.series.study_instance_uid == now

    run_program(qapp, tmp_path / "home", scenario, tmp_path / "in")


def test_a_study_that_arrives_later_joins_the_list(qapp: QApplication, tmp_path: Path) -> None:
    now = visit(tmp_path / "in", "20250310", generate_uid(), 0.0)
    earlier = visit(tmp_path / "more", "20240301", generate_uid(), 0.0)

    async def scenario(program: Program) -> None:
        models = program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: not viewer.busy and not viewer.priors.busy, "the study, read")
        assert viewer.study.study_instance_uid == now and viewer.priors.answer.priors == ()
        models.uploads.drop([tmp_path / "more"], models.worklist.store, ask=False)
        await until(lambda: viewer.priors.answer.priors, "the study that arrived")
        assert viewer.priors.answer.priors[0].study.study_instance_uid == earlier

    run_program(qapp, tmp_path / "home", scenario, tmp_path / "in")
