"""Overlay planes and bitmap shutters on the screen: the image's own, and those of an applied presentation state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.frame import Frame
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.overlay import Overlay
from desktop_app.core.study_object import Presentation
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui.viewport.paint_graphics import GraphicsPainter
from tests.gui.program import run_program, until
from tests.gui.test_study_objects import _open, _picture, _stored, _study

SIZE = (40, 40)
PICTURES = Path("/tmp/objects-pictures")


def mask(row: int, column: int) -> np.ndarray:
    made = np.zeros((4, 4), bool)
    made[row, column] = True
    return made


def painted(frame: Frame, overlay: Overlay) -> set[tuple[int, int]]:
    """(row, column) of the image's pixels that something was painted on."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(0)
    brush = QPainter(image)
    GraphicsPainter().paint(brush, frame, ViewTransform.of(ViewState(), (4, 4), SIZE), overlay)
    brush.end()
    return {(row, column) for row in range(4) for column in range(4)
            if image.pixelColor(10 * column + 5, 10 * row + 5).value()}


@pytest.mark.parametrize(("groups", "expected"), [
    (None, {(0, 0), (3, 3), (1, 2)}), (frozenset({0x6002}), {(3, 3), (1, 2)}), (frozenset(), {(1, 2)})])
def test_planes_of_the_image_as_the_state_wants_and_its_own(
        qapp: QApplication, groups: frozenset[int] | None, expected: set) -> None:
    frame = Frame(FrameRef("1", "2", "3"), np.zeros((4, 4), np.uint8), overlays=(
        OverlayPlane(mask(0, 0), group=0x6000), OverlayPlane(mask(3, 3), group=0x6002)))
    own = OverlayPlane(np.ones((1, 1), bool), group=0x6000, top=1, left=2)
    assert painted(frame, Overlay(planes=(own,), image_groups=groups)) == expected


def test_a_bitmap_shutter_covers_in_its_grey(qapp: QApplication) -> None:
    frame = Frame(FrameRef("1", "2", "3"), np.zeros((4, 4), np.uint8))
    hiding = OverlayPlane(np.ones((2, 9), bool), top=3, left=1)         # reaches over the edge of the image
    assert painted(frame, Overlay(shutter=Shutter(grey=90, bitmap=hiding))) == {(3, 1), (3, 2), (3, 3)}


def test_a_state_s_overlays_are_seen_when_it_is_applied(qapp: QApplication, tmp_path: Path, dicom_data: Path) -> None:
    folder = next(dicom_data.rglob("prOverlay.dcm")).parent
    files = [folder / "overlay.dcm", folder / "prOverlay.dcm"]

    async def scenario(program: Program) -> None:
        program.window.resize(1400, 900)
        await _stored(program, files)
        viewer = await _open(program, _study(files[0]))
        await until(lambda: viewer.active.frame is not None, "the image")
        await until(lambda: viewer.work.objects, "the presentation state")
        frame = viewer.active.frame
        assert len(frame.overlays) == 4 and viewer.work.overlay_of(frame.ref).planes == ()
        (state,) = viewer.work.objects
        assert isinstance(state, Presentation)
        viewer.work.apply(state)
        await until(lambda: viewer.work.overlay_of(frame.ref).planes, "the overlays of the state")
        assert viewer.active.overlay_of(frame.ref).image_groups == {0x6000, 0x6002, 0x6004, 0x6006}
        _picture(program, "state-overlays", PICTURES)

    run_program(qapp, tmp_path, scenario)
