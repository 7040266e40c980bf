"""Overlay planes of their own data, and of spare bits of the pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_app.imaging.decode import open_instance
from desktop_app.imaging.overlay_planes import overlay_planes
from tests.unit.imaging.objects import header, image, opened, part10

GREY = np.zeros((4, 6), np.uint16)


def with_overlay(bitmap: np.ndarray, origin: tuple[int, int] = (1, 1), group: int = 0x6000, **more: object) -> bytes:
    dataset = header(GREY)
    rows, columns = bitmap.shape[-2:]
    packed = np.packbits(bitmap.ravel(), bitorder="little").tobytes()
    dataset.add_new((group, 0x10), "US", rows)
    dataset.add_new((group, 0x11), "US", columns)
    if bitmap.ndim == 3:
        dataset.add_new((group, 0x15), "IS", len(bitmap))
    dataset.add_new((group, 0x40), "CS", more.get("kind", "G"))
    dataset.add_new((group, 0x50), "SS", list(origin))
    dataset.add_new((group, 0x100), "US", 1)
    dataset.add_new((group, 0x102), "US", 0)
    if more.get("label"):
        dataset.add_new((group, 0x1500), "LO", more["label"])
    dataset.add_new((group, 0x3000), "OW", packed + b"\0" * (len(packed) % 2))
    dataset.PixelData = GREY.tobytes()
    dataset["PixelData"].VR = "OW"
    return part10(dataset)


def test_a_bitmap_lies_where_its_origin_says() -> None:
    bitmap = np.array([[1, 0, 1], [0, 1, 1]], np.uint8)
    (plane,) = overlay_planes(opened(with_overlay(bitmap, (2, 3), label="Marks")))
    expected = np.zeros((4, 6), bool)
    expected[1:3, 2:5] = bitmap
    assert np.array_equal(plane.mask, expected)
    assert plane.label == "Marks" and not plane.is_region


@pytest.mark.parametrize(("origin", "covered"), [((0, 0), 2), ((-1, -1), 1), ((4, 6), 1), ((9, 9), 0)])
def test_a_bitmap_may_hang_over_the_edge(origin: tuple[int, int], covered: int) -> None:
    (plane,) = overlay_planes(opened(with_overlay(np.eye(3, dtype=np.uint8), origin)))
    assert plane.mask.sum() == covered


def test_frames_of_an_overlay() -> None:
    frames = np.stack([np.full((4, 6), n % 2, np.uint8) for n in range(3)])
    obj = opened(with_overlay(frames, kind="R", group=0x6002))
    masks = [overlay_planes(obj, number) for number in (1, 2, 3, 4)]
    assert [m[0].mask.all() for m in masks[:3]] == [False, True, False] and masks[3] == []
    assert masks[0][0].is_region and masks[0][0].label == "Overlay 2"


def test_a_bit_of_the_pixels_is_an_overlay() -> None:
    pixels = np.arange(24, dtype=np.uint16).reshape(4, 6)
    marks = np.eye(4, 6, dtype=np.uint16)
    data = image(pixels | marks << 15, BitsStored=12, HighBit=11)
    dataset_end = data.index(b"\xe0\x7f\x10\x00OW")
    group = b"\x00\x60\x00\x01US\x02\x00\x10\x00" + b"\x00\x60\x02\x01US\x02\x00\x0f\x00"
    obj = opened(data[:dataset_end] + group + data[dataset_end:])
    (plane,) = overlay_planes(obj)
    assert np.array_equal(plane.mask, marks.astype(bool))
    from desktop_app.imaging.decode import decode_frame
    assert np.array_equal(decode_frame(obj).pixels, pixels)         # and not in the grey levels


def test_an_overlay_that_is_too_short_is_left_out() -> None:
    whole = with_overlay(np.ones((4, 6), np.uint8))
    rows = b"\x00\x60\x10\x00US\x02\x00"
    assert overlay_planes(opened(whole.replace(rows + b"\x04\x00", rows + b"\xff\x00"))) == []


def test_real_overlays(dicom_data: Path) -> None:
    path = dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/examples_overlay.dcm"
    one = overlay_planes(open_instance(path))
    assert [(p.mask.shape, int(p.mask.sum())) for p in one] == [((300, 484), 222)]
    path = next(dicom_data.glob("nroduit__weasis-dicom-tools/**/overlay.dcm"))
    assert [int(p.mask.sum()) for p in overlay_planes(open_instance(path))] == [532, 537, 603, 606]


def test_objects_without_pixels_have_none(dicom_data: Path) -> None:
    assert overlay_planes(open_instance(next(dicom_data.glob("**/rtstruct.dcm")))) == []
