"""Overlay planes of presentation states: which are drawn, where, in what order, and which hide."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.graphics import Shutter
from desktop_app.core.overlay import Overlay
from desktop_app.core.study_object import ObjectHead, Presentation
from desktop_app.objects.open_object import open_object
from desktop_app.objects.state_overlays import read_state_overlays

CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


def plane(dataset: Dataset, group: int, bitmap: np.ndarray, layer: str | None = "ONE", origin: tuple[int, int] = (1, 1),
          **more: int) -> Dataset:
    packed = np.packbits(bitmap.ravel(), bitorder="little").tobytes()
    dataset.add_new((group, 0x10), "US", bitmap.shape[-2])
    dataset.add_new((group, 0x11), "US", bitmap.shape[-1])
    if bitmap.ndim == 3:
        dataset.add_new((group, 0x15), "IS", len(bitmap))
        dataset.add_new((group, 0x51), "US", more.get("first", 1))
    dataset.add_new((group, 0x40), "CS", "G")
    dataset.add_new((group, 0x50), "SS", list(origin))
    if layer is not None:
        dataset.add_new((group, 0x1001), "CS", layer)
    dataset.add_new((group, 0x3000), "OW", packed + b"\0" * (len(packed) % 2))
    return dataset


def test_a_real_state_with_two_of_its_own_and_four_of_the_image(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("prOverlay.dcm")).read_bytes())
    assert isinstance(found, Presentation) and not found.head.warnings
    assert [(one.group, one.mask.shape, int(one.mask.sum())) for one in found.planes] == [
        (0x6008, (512, 512), 680), (0x600A, (512, 512), 680)]
    assert found.image_groups == {0x6000, 0x6002, 0x6004, 0x6006}


def test_a_plane_lies_where_its_origin_says_and_layers_have_an_order() -> None:
    dataset = plane(plane(Dataset(), 0x6000, CROSS, "UPPER", (3, 5)), 0x6002, CROSS, "LOWER", (-1, 0))
    found = read_state_overlays(dataset, {"UPPER": 2.0, "LOWER": 1.0})
    assert [(one.group, one.top, one.left) for one in found.planes] == [(0x6002, -2, -1), (0x6000, 2, 4)]
    assert np.array_equal(found.planes[0].mask, CROSS.astype(bool))
    assert found.image_groups == frozenset()


def test_a_plane_without_a_layer_is_not_drawn_nor_is_the_image_s_own() -> None:
    dataset = plane(plane(Dataset(), 0x6000, CROSS, ""), 0x6004, CROSS, None)
    dataset.add_new((0x6002, 0x1001), "CS", "")
    found = read_state_overlays(dataset, {})
    assert found.planes == () and found.image_groups == frozenset() and found.unread == 0
    assert read_state_overlays(Dataset(), {}).image_groups is None


def test_a_bitmap_shutter_hides_and_is_not_drawn() -> None:
    dataset = plane(Dataset(), 0x6000, CROSS, None)
    dataset.ShutterShape, dataset.ShutterOverlayGroup, dataset.ShutterPresentationValue = "BITMAP", 0x6000, 0x4000
    found = read_state_overlays(dataset, {})
    assert found.planes == () and found.shutter is not None and found.shutter.mask.sum() == 5
    shutter = Shutter.of(["BITMAP"], presentation_value=0x4000, bitmap=found.shutter)
    assert shutter == Shutter(grey=64, bitmap=found.shutter)
    del dataset.ShutterShape
    assert read_state_overlays(dataset, {}).shutter is None


def test_frames_of_a_plane_belong_to_frames_of_the_image() -> None:
    bitmaps = np.stack([CROSS, 1 - CROSS])
    found = read_state_overlays(plane(Dataset(), 0x6000, bitmaps, first=4), {})
    assert [one.frame_number for one in found.planes] == [4, 5]
    image = FrameRef("1", "2", "3")
    state = Presentation(ObjectHead(FrameRef("1", "2", "9")), (FrameRef("1", "2", "3", 0),), planes=found.planes,
                         image_groups=found.image_groups)
    shown = [Overlay.of((), state, FrameRef("1", "2", "3", number), is_key=False).planes for number in (3, 4, 5)]
    assert [len(planes) for planes in shown] == [0, 1, 1] and shown[2][0].mask.sum() == 4
    assert Overlay.of((), state, FrameRef("1", "2", "other"), is_key=True) == Overlay(is_key=True)
    assert Overlay.of((), None, image, is_key=False) == Overlay()


def test_what_cannot_be_read_is_said_and_the_rest_is_shown() -> None:
    dataset = plane(plane(Dataset(), 0x6000, CROSS), 0x6002, CROSS)
    dataset[0x6000, 0x10].value = 999
    found = read_state_overlays(dataset, {})
    assert [one.group for one in found.planes] == [0x6002] and found.unread == 1
