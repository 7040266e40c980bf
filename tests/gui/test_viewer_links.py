"""Viewports that do something together: slices, window, zoom, place, reference lines, the cursor in the patient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.core.display_set import DisplaySet, SlicePlaces, places_of_planes
from desktop_app.core.geometry import ImagePlane, cross, dot
from desktop_app.core.sync import patient_point
from desktop_app.core.window import Window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.linking import Linking
from desktop_app.viewmodels.viewport import ViewportModel
from tests.gui.fakes import STUDIES
from tests.gui.viewer_fakes import FACTS, frame, series, viewport_model

SIDE = 320
AXIAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
CORONAL = ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0))
SAGITTAL = ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0))


def volume(number: int, count: int, axes: Any, *, step: float = 5.0, spacing: float = 2.0, uid: str = "1.9",
           modality: str = "CT", origin: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> ViewportModel:
    """A volume of 32×32 pixels. Axial slices go up from z = 0, others along their own normal."""
    from desktop_app.core.frame_ref import FrameRef

    of = series(number, modality=modality)
    row, column = axes
    normal = cross(row, column)
    places = [tuple(o + n * step * index for o, n in zip(origin, normal, strict=True)) for index in range(count)]
    refs = tuple(FrameRef(of.study_instance_uid, of.series_instance_uid, f"{of.series_instance_uid}.{index}")
                 for index in range(count))
    slices = SlicePlaces(uid, normal, tuple(dot(place, normal) for place in places)) if uid else None  # type: ignore[arg-type]
    facts = replace(FACTS, spacing_mm=(spacing, spacing), frame_of_reference_uid=uid, modality=modality)
    pixels = np.arange(32 * 32, dtype=np.int16).reshape(32, 32)
    frames = [frame(ref, pixels, facts=facts, plane=ImagePlane(place, row, column, spacing, spacing))  # type: ignore[arg-type]
              for ref, place in zip(refs, places, strict=True)]
    model = viewport_model(DisplaySet(of.series_instance_uid, of, refs, True, slices=slices), frames)
    model.set_view_size(SIDE, SIDE)
    return model


@dataclass(eq=False)
class Grid(QObject):
    viewports: tuple[ViewportModel, ...]
    active: ViewportModel = field(init=False)

    def __post_init__(self) -> None:
        super().__init__()
        self.active = self.viewports[0]
        self.linking = Linking(self, self)
        for viewport in self.viewports:
            viewport.state_changed.connect(lambda viewport=viewport: self.linking.lead(viewport))
            viewport.frame_changed.connect(lambda viewport=viewport: self.linking.take_frame(viewport))
            viewport.pointer.pointed.connect(lambda x, y, v=viewport: self.linking.point_at(v, x, y))
            viewport.pointer.pointing_ended.connect(lambda off: self.linking.end_pointing(cancelled=off))
            self.linking.lead(viewport)


@pytest.fixture(autouse=True)
def application(themed: QApplication) -> None:
    """Everything here needs one."""


def test_without_a_frame_of_reference_in_common_nothing_moves_until_slices_are_linked() -> None:
    one, other = volume(1, 20, AXIAL), volume(2, 40, AXIAL, step=2.5, uid="1.8")
    grid = Grid((one, other))
    one.go_to(12)
    assert other.state.index == 20, "another frame of reference: no place in common"
    other.go_to(4)
    assert one.state.index == 12, "only the active one leads"

    grid.linking.link_here()
    assert grid.linking.is_anchored
    one.go_to(14)
    assert other.state.index == 8, "two slices of 5 mm are four of 2.5 mm"
    one.go_to(0)
    assert other.state.index == 0, "it stops at the end …"
    one.go_to(12)
    assert other.state.index == 4, "… and comes back to where it was linked"

    grid.linking.unlink_here()
    one.go_to(0)
    assert other.state.index == 4


def test_by_hand_without_places_the_images_are_counted() -> None:
    one, other = volume(1, 20, AXIAL, uid=""), volume(2, 9, AXIAL, uid="")
    grid = Grid((one, other))
    other.go_to(3)
    grid.linking.link_here()
    one.go_to(one.state.index + 2)
    assert other.state.index == 5


def test_frames_of_one_object_scroll_by_their_places_too() -> None:
    one, other = volume(1, 20, AXIAL), volume(2, 39, AXIAL, step=2.5)
    for viewport in (one, other):
        assert viewport.display_set is not None
        viewport.show(replace(viewport.display_set, key=viewport.display_set.key + "/object", slices=None))
        assert viewport.placed_set is viewport.display_set, "not before every frame is here"
        viewport.note_loaded(dict.fromkeys(range(viewport.expected), 1))
        assert viewport.placed_set is not None and viewport.placed_set.slices is not None
    grid = Grid((one, other))
    assert grid.active is one
    one.go_to(3)
    assert other.state.index == 6
    one.go_to(17)
    assert other.state.index == 34


def test_the_value_under_the_pointer_is_never_that_of_the_series_before() -> None:
    ct, pet = volume(1, 3, AXIAL), volume(2, 3, AXIAL, modality="PT")
    ct.pointer.hover(100.0, 100.0)
    assert ct.hover_text
    ct.show(pet.display_set)
    assert ct.frame is None and ct.hover_text == "", "its image is not here yet"


def test_frames_that_come_back_to_a_place_are_no_stack() -> None:
    planes = [("1.9", ImagePlane((0.0, 0.0, z), *AXIAL, 1.0, 1.0)) for z in (0.0, 5.0, 10.0, 0.0, 5.0, 10.0)]
    assert places_of_planes(planes) is None
    rising = places_of_planes(planes[:3])
    assert rising is not None and rising.locations_mm == (0.0, 5.0, 10.0)
    assert places_of_planes(planes[2::-1]) is not None
    for bad in ([("", planes[0][1]), *planes[1:3]], [*planes[:2], ("1.8", planes[2][1])], [*planes[:2], ("1.9", None)],
                [*planes[:2], ("1.9", ImagePlane((0.0, 9.0, 0.0), *CORONAL, 1.0, 1.0))]):
        assert places_of_planes(bad) is None


def test_each_link_can_be_switched_by_itself() -> None:
    one, other = volume(1, 20, AXIAL), volume(2, 20, AXIAL)
    grid = Grid((one, other))
    linking = grid.linking
    one.set_window(Window(10, 20))
    one.zoom_by(2)
    assert (other.state.window, other.state.zoom) == (None, 1)

    linking.toggle("window")
    assert other.state.window == Window(10, 20), "what is switched on is the same at once"
    one.set_window(Window(50, 60))
    assert other.state.window == Window(50, 60)
    linking.toggle("zoom")
    one.zoom_by(1.5)
    assert other.state.zoom == pytest.approx(3)
    linking.toggle("scroll")
    one.go_to(3)
    assert other.state.index == 10
    linking.toggle("window")
    one.set_window(Window(1, 2))
    assert other.state.window == Window(50, 60)


def test_a_linked_zoom_gives_a_millimetre_one_size() -> None:
    one, other = volume(1, 5, AXIAL, spacing=2.0), volume(2, 5, AXIAL, spacing=1.0, uid="1.8")
    grid = Grid((one, other))
    grid.linking.toggle("zoom")
    here, there = one.transform(), other.transform()
    assert here is not None and there is not None
    assert there.scale / 1.0 == pytest.approx(here.scale / 2.0)


def test_a_linked_position_shows_the_same_place_of_the_patient() -> None:
    one, other = volume(1, 5, AXIAL), volume(2, 5, AXIAL, spacing=1.0, origin=(10.0, 4.0, 0.0))
    grid = Grid((one, other))
    grid.linking.toggle("pan")
    one.set_state(replace(one.state, pan=(0.1, -0.05)))

    def middle(model: ViewportModel) -> tuple[float, ...]:
        transform = model.transform()
        assert transform is not None and model.frame is not None and model.frame.plane is not None
        return patient_point(model.frame.plane, transform.to_image(SIDE / 2, SIDE / 2))

    assert middle(other)[:2] == pytest.approx(middle(one)[:2])
    apart = volume(3, 5, AXIAL, uid="1.8")
    Grid((one, apart)).linking.toggle("pan")
    assert apart.state.pan == one.state.pan


def test_a_ct_window_does_not_go_to_a_pet() -> None:
    one, other = volume(1, 5, AXIAL), volume(2, 5, AXIAL, modality="PT")
    grid = Grid((one, other))
    grid.linking.toggle("window")
    one.set_window(Window(40, 400))
    assert other.state.window is None


def test_another_series_in_the_leader_takes_no_window_along() -> None:
    one, other, third = volume(1, 20, AXIAL), volume(2, 20, AXIAL), volume(3, 20, AXIAL)
    grid = Grid((one, other))
    grid.linking.toggle("window")
    other.set_window(Window(5, 6))
    one.show(third.display_set)
    assert other.state.window == Window(5, 6)


def test_reference_lines_lie_where_the_planes_cut() -> None:
    axial, coronal = volume(1, 20, AXIAL), volume(2, 10, CORONAL, origin=(0.0, 0.0, 62.0))
    grid = Grid((axial, coronal))
    axial.go_to(8)                                      # z = 40 mm
    line = grid.linking.reference_line(coronal)
    assert line is not None
    rows = {round(y, 6) for _, y in line}
    assert rows == {(62 - 40) / 2 + 0.5}, "rows go down from z = 62 mm in steps of 2 mm"
    assert sorted(x for x, _ in line) == pytest.approx([0, 32])
    assert grid.linking.reference_line(axial) is None, "the leader has none of itself"
    grid.linking.toggle_lines()
    assert grid.linking.reference_line(coronal) is None


def test_parallel_planes_and_other_frames_of_reference_have_no_line() -> None:
    axial = volume(1, 20, AXIAL)
    for other in (volume(2, 20, AXIAL), volume(3, 20, CORONAL, uid="1.8"),
                  volume(4, 10, CORONAL, origin=(0.0, 0.0, -500.0))):
        assert Grid((axial, other)).linking.reference_line(other) is None


# -- with a hand ---------------------------------------------------------------------------------------------------


def canvas_of(grid: Grid, place: int, qtbot: QtBot) -> ViewportCanvas:
    canvas = ViewportCanvas(grid.viewports[place], linking=grid.linking)
    qtbot.addWidget(canvas)
    canvas.resize(SIDE, SIDE)
    canvas.show()
    QApplication.processEvents()
    return canvas


def test_the_cursor_moves_every_viewport_to_its_place(qtbot: QtBot) -> None:
    axial = volume(1, 13, AXIAL)
    coronal = volume(2, 13, CORONAL, origin=(0.0, 0.0, 62.0))
    sagittal = volume(3, 13, SAGITTAL, origin=(62.0, 0.0, 62.0))
    apart = volume(4, 13, AXIAL, uid="1.8")
    grid = Grid((axial, coronal, sagittal, apart))
    canvas, other = canvas_of(grid, 0, qtbot), canvas_of(grid, 1, qtbot)
    before = [viewport.state.index for viewport in grid.viewports]
    axial.tool = "cursor"
    hand.drag(canvas, QPoint(100, 100), QPoint(105, 205))
    assert grid.linking.cursor is not None
    uid, point = grid.linking.cursor
    assert uid == "1.9" and point == pytest.approx((20.0, 40.0, 30.0), abs=0.11), "column 10.5 and row 20.5 of 2 mm"
    for viewport in (coronal, sagittal):
        assert viewport.frame is not None and viewport.frame.plane is not None
        plane = viewport.frame.plane
        assert abs(dot(plane.normal, point) - plane.location_mm) <= 2.5, "the slice nearest to the point"
        assert grid.linking.cursor_in(viewport) is not None
    assert apart.state.index == before[3] and grid.linking.cursor_in(apart) is None
    mark = grid.linking.cursor_in(coronal)
    assert mark == pytest.approx((10.5, 16.5), abs=0.06)
    with_cursor = other.grab().toImage()
    assert grid.linking.drop_cursor()
    assert other.grab().toImage() != with_cursor


def test_a_cancelled_cursor_puts_every_viewport_back(qtbot: QtBot) -> None:
    axial, coronal = volume(1, 13, AXIAL), volume(2, 13, CORONAL, origin=(0.0, 0.0, 62.0))
    grid = Grid((axial, coronal))
    canvas = canvas_of(grid, 0, qtbot)
    before = coronal.state.index
    axial.tool = "cursor"
    hand.press(canvas, QPoint(100, 100))
    hand.move(canvas, QPoint(100, 30), hand.LEFT)
    assert coronal.state.index != before
    assert axial.pointer.cancel_drag()
    assert coronal.state.index == before and grid.linking.cursor is None


def test_a_click_sets_the_cursor_too(qtbot: QtBot) -> None:
    axial, coronal = volume(1, 13, AXIAL), volume(2, 13, CORONAL, origin=(0.0, 0.0, 62.0))
    grid = Grid((axial, coronal))
    canvas = canvas_of(grid, 0, qtbot)
    axial.tool = "cursor"
    hand.click(canvas, QPoint(105, 25))
    assert grid.linking.cursor is not None
    assert coronal.frame is not None and coronal.frame.plane is not None
    assert coronal.frame.plane.position[1] == pytest.approx(5.0, abs=2.6)


def test_the_line_of_the_active_image_is_painted_in_the_others(qtbot: QtBot) -> None:
    axial, coronal = volume(1, 13, AXIAL), volume(2, 13, CORONAL, origin=(0.0, 0.0, 62.0))
    grid = Grid((axial, coronal))
    other = canvas_of(grid, 1, qtbot)
    with_line = other.grab().toImage()
    axial.go_to(2)
    assert other.grab().toImage() != with_line, "it moves with the active image"
    grid.linking.toggle_lines()
    without = other.grab().toImage()
    axial.go_to(9)
    assert other.grab().toImage() == without


def test_cancel_takes_the_cursor_away_before_it_resets_anything(window: MainWindow) -> None:
    viewer = window.models.workspace.open(STUDIES[4], window.models.worklist.store)
    viewer.linking.cursor = ("1.9", (0.0, 0.0, 0.0))
    viewer.active.zoom_by(2)
    window.actions_set.run("cancel")
    assert viewer.linking.cursor is None and viewer.active.state.zoom == 2
    window.actions_set.run("cancel")
    assert viewer.active.state.zoom == 1
