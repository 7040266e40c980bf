"""Geometry against an independent reading of the same files: places, lengths, angles, areas, values, letters (ITK)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.frame import Frame
from desktop_app.core.geometry import dot, orientation_letters
from desktop_app.core.measure import Measurement, measure
from desktop_app.core.sync import image_point, patient_point
from desktop_app.core.view_state import ViewState
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.viewmodels.corner_texts import edge_letters

ICOMETRIX = "icometrix__dicom2nifti/tests/data"
FOLDERS = {
    "axial, cubes": "theibsi__data_sets/ibsi_2_digital_phantom/dicom/orientation",
    "sagittal": f"{ICOMETRIX}/failing/slicecount/001",
    "sheared stack": f"{ICOMETRIX}/failing/gantrytilting/001",
    "oblique, unequal": f"{ICOMETRIX}/generic/anatomical/002_non_isotropic",
    "oblique": f"{ICOMETRIX}/hitachi/anatomical/001",
    "colour": f"{ICOMETRIX}/generic/rgb/001",
}
# Directions of rows and columns of hand-made images.
PLANES = {
    "axial": ((1, 0, 0), (0, 1, 0)),
    "sagittal": ((0, 1, 0), (0, 0, -1)),
    "coronal": ((1, 0, 0), (0, 0, -1)),
    "head first, from below": ((-1, 0, 0), (0, 1, 0)),
    "oblique": ((math.cos(0.5), math.sin(0.5), 0.0),
                (-math.sin(0.5) * math.cos(0.35), math.cos(0.5) * math.cos(0.35), -math.sin(0.35))),
}
WIDTH_MM, HEIGHT_MM = 0.5, 2.0


@pytest.fixture(params=FOLDERS, ids=lambda name: name)
def pair(request: pytest.FixtureRequest, dicom_data: Path) -> tuple[Frame, sitk.Image]:
    """Our reading and ITK's of a file in the middle of a folder."""
    files = sorted((dicom_data / FOLDERS[request.param]).glob("*.dcm"))
    file = files[len(files) // 2]
    return decode_frame(open_instance(file), 1), sitk.ReadImage(str(file))


def written(folder: Path, axes: Any, pixels: np.ndarray) -> tuple[Frame, sitk.Image]:
    """An image that ITK wrote: pixels 0.5 mm wide and 2 mm high."""
    row, column = (np.array(one, float) for one in axes)
    image = sitk.GetImageFromArray(pixels[np.newaxis])
    image.SetSpacing((WIDTH_MM, HEIGHT_MM, 5.0))
    image.SetDirection(np.column_stack((row, column, np.cross(row, column))).ravel().tolist())
    image.SetOrigin((-31.25, 17.5, 42.0))
    image.SetMetaData("0008|0060", "CT")
    image.SetMetaData("0020|000d", "1.2.826.0.1.3680043.8.498.77")
    image.SetMetaData("0020|000e", "1.2.826.0.1.3680043.8.498.77.1")
    image.SetMetaData("0020|0032", "\\".join(f"{value:.6f}" for value in image.GetOrigin()))
    image.SetMetaData("0020|0037", "\\".join(f"{value:.9f}" for value in (*row, *column)))
    file = folder / "written.dcm"
    writer = sitk.ImageFileWriter()
    writer.KeepOriginalImageUIDOn()
    writer.SetFileName(str(file))
    writer.Execute(image)
    return decode_frame(open_instance(file), 1), sitk.ReadImage(str(file))


def place(image: sitk.Image, point: Point) -> np.ndarray:
    """ITK's patient mm of continuous image coordinates, whose (0.5, 0.5) is the centre of the first pixel."""
    return np.array(image.TransformContinuousIndexToPhysicalPoint((point[0] - 0.5, point[1] - 0.5, 0.0)))


def found(kind: AnnotationKind, frame: Frame, *points: Point) -> Measurement:
    result = measure(Annotation(1, kind, frame.ref, points), frame)
    assert result is not None
    return result


def test_every_pixel_lies_where_itk_puts_it(pair: tuple[Frame, sitk.Image]) -> None:
    frame, image = pair
    if frame.plane is None:
        pytest.skip("a secondary capture without a plane")
    for point in ((0.5, 0.5), (frame.columns - 0.5, 0.5), (7.25, 19.5), (frame.columns, frame.rows)):
        there = place(image, point)
        assert patient_point(frame.plane, point) == pytest.approx(there, abs=2e-3)
        assert image_point(frame.plane, tuple(there)) == pytest.approx(point, abs=2e-3)


def test_lengths_angles_and_areas_are_those_of_the_places(pair: tuple[Frame, sitk.Image]) -> None:
    frame, image = pair
    if frame.facts.spacing_mm is None:
        pytest.skip("a secondary capture without a spacing")
    a, b, c = (2.0, 3.0), (frame.columns - 4.5, 9.0), (11.0, frame.rows - 2.25)
    in_mm = [place(image, point) for point in (a, b, c)]
    assert found(AnnotationKind.LENGTH, frame, a, b).value == pytest.approx(math.dist(in_mm[0], in_mm[1]), rel=1e-5)
    path = math.dist(in_mm[0], in_mm[1]) + math.dist(in_mm[1], in_mm[2])
    assert found(AnnotationKind.POLYLINE, frame, a, b, c).value == pytest.approx(path, rel=1e-5)
    one, other = in_mm[0] - in_mm[1], in_mm[2] - in_mm[1]
    angle = math.degrees(math.acos(one @ other / np.linalg.norm(one) / np.linalg.norm(other)))
    assert found(AnnotationKind.ANGLE, frame, a, b, c).value == pytest.approx(angle, abs=1e-3)
    area = np.linalg.norm(np.cross(in_mm[1] - in_mm[0], in_mm[2] - in_mm[0])) / 2
    assert found(AnnotationKind.FREEHAND, frame, a, b, c).value == pytest.approx(area, rel=1e-5)


def test_values_inside_are_those_that_itk_reads(pair: tuple[Frame, sitk.Image]) -> None:
    frame, image = pair
    if frame.is_colour:
        pytest.skip("colours have no modality values")
    left, top, right, bottom = 3, 5, 15, 12
    # ITK hands single files over as (1, rows, columns), modality values already.
    there = sitk.GetArrayFromImage(image)[0, top:bottom, left:right].astype(float)
    values = found(AnnotationKind.RECTANGLE, frame, (left, top), (right, bottom)).statistics
    assert values is not None and values.count == there.size
    expected = (there.mean(), there.std(), there.min(), there.max())
    assert (values.mean, values.deviation, values.lowest, values.highest) == pytest.approx(expected, abs=1e-6)
    assert found(AnnotationKind.PROBE, frame, (7.5, 9.5)).value == pytest.approx(image.GetPixel(7, 9, 0))


def test_letters_are_those_of_itk(pair: tuple[Frame, sitk.Image]) -> None:
    frame, image = pair
    if frame.plane is None:
        pytest.skip("a secondary capture without a plane")
    _compare_letters(frame, image)


def _compare_letters(frame: Frame, image: sitk.Image) -> None:
    assert frame.plane is not None
    code = sitk.DICOMOrientImageFilter.GetOrientationFromDirectionCosines(image.GetDirection())
    along_row, along_column = (letter.replace("S", "H").replace("I", "F") for letter in code[:2])
    assert orientation_letters(frame.plane.row_direction)[0] == along_row
    assert orientation_letters(frame.plane.column_direction)[0] == along_column
    edges = edge_letters(frame, ViewState())
    assert (edges.right[0], edges.bottom[0]) == (along_row, along_column)
    turned = edge_letters(frame, ViewState(rotation=1))
    assert (turned.bottom[0], turned.left[0]) == (along_row, along_column), "a quarter turn clockwise"


@pytest.mark.parametrize("name", PLANES)
def test_hand_made_planes_with_unequal_spacing(name: str, tmp_path: Path) -> None:
    pixels = np.arange(40 * 80, dtype=np.int16).reshape(40, 80)
    frame, image = written(tmp_path, PLANES[name], pixels)
    assert frame.facts.spacing_mm == (HEIGHT_MM, WIDTH_MM)
    _compare_letters(frame, image)
    for point in ((0.5, 0.5), (79.5, 0.5), (12.25, 31.0)):
        assert frame.plane is not None
        assert patient_point(frame.plane, point) == pytest.approx(place(image, point), abs=1e-4)
    line = ((4.0, 30.0), (64.0, 2.5))
    truth = math.hypot(60 * WIDTH_MM, 27.5 * HEIGHT_MM)
    assert found(AnnotationKind.LENGTH, frame, *line).value == pytest.approx(truth)
    assert math.dist(place(image, line[0]), place(image, line[1])) == pytest.approx(truth, rel=1e-6)


@pytest.mark.parametrize("name", ["axial", "oblique"])
def test_a_disc_of_known_size_is_measured_right_whatever_its_pixels(name: str, tmp_path: Path) -> None:
    radius, middle = 15.0, (20.0, 40.0)                             # mm
    columns, rows = np.meshgrid((np.arange(80) + 0.5) * WIDTH_MM, (np.arange(40) + 0.5) * HEIGHT_MM)
    inside = (columns - middle[0]) ** 2 + (rows - middle[1]) ** 2 <= radius**2
    frame, _ = written(tmp_path, PLANES[name], np.where(inside, 100, -900).astype(np.int16))
    box = ((middle[0] - radius) / WIDTH_MM, (middle[1] - radius) / HEIGHT_MM), (
        (middle[0] + radius) / WIDTH_MM, (middle[1] + radius) / HEIGHT_MM)
    ellipse = found(AnnotationKind.ELLIPSE, frame, *box)
    assert ellipse.value == pytest.approx(math.pi * radius**2)
    assert ellipse.statistics is not None
    assert (ellipse.statistics.lowest, ellipse.statistics.highest) == (100, 100), "the disc and nothing else"
    assert ellipse.statistics.count == int(inside.sum())
    turns = np.linspace(0, 2 * math.pi, 181)[:-1]
    outline = [((middle[0] + radius * math.cos(turn)) / WIDTH_MM, (middle[1] + radius * math.sin(turn)) / HEIGHT_MM)
               for turn in turns]
    drawn = found(AnnotationKind.FREEHAND, frame, *outline)
    assert drawn.value == pytest.approx(math.pi * radius**2, rel=1e-3)
    assert abs(drawn.value - inside.sum() * WIDTH_MM * HEIGHT_MM) < ellipse.tolerance, "± is no less than a pixel's rim"
    assert found(AnnotationKind.LENGTH, frame, outline[0], outline[90]).value == pytest.approx(2 * radius)


def test_the_slices_of_a_stack_lie_as_itk_stacks_them(dicom_data: Path) -> None:
    folder = dicom_data / FOLDERS["axial, cubes"]
    names = sitk.ImageSeriesReader.GetGDCMSeriesFileNames(str(folder))
    volume = sitk.ReadImage(names)
    frames = [decode_frame(open_instance(Path(name)), 1) for name in names]
    places = [frame.plane.location_mm for frame in frames if frame.plane is not None]
    assert np.diff(places) == pytest.approx(np.full(len(names) - 1, volume.GetSpacing()[2]))
    array = sitk.GetArrayFromImage(volume)
    for index in (0, 20, 63):
        frame = frames[index]
        assert frame.modality_value(5, 7) == array[index, 7, 5]
        assert frame.plane is not None
        there = volume.TransformIndexToPhysicalPoint((5, 7, index))
        assert frame.plane.to_patient(5, 7) == pytest.approx(there)


def test_a_place_of_the_sheared_stack_is_found_in_the_slice_it_lies_in(dicom_data: Path) -> None:
    """The slices follow the table, not their normal; scrolling and the cursor go by the normal."""
    files = sorted((dicom_data / FOLDERS["sheared stack"]).glob("*.dcm"))
    frames = sorted((decode_frame(open_instance(file), 1) for file in files),
                    key=lambda frame: frame.plane.location_mm if frame.plane else 0.0)
    planes = [frame.plane for frame in frames if frame.plane is not None]
    first, second = (np.array(plane.position) for plane in planes[:2])
    along = (second - first) / np.linalg.norm(second - first)
    assert abs(float(along @ np.array(planes[0].normal))) < 0.98, "it is sheared"
    gaps = np.diff([plane.location_mm for plane in planes])
    assert gaps == pytest.approx(np.full(3, 5.0 * abs(planes[0].normal[2])), abs=1e-6)
    for plane in planes:
        point = plane.to_patient(100, 200)
        offs = [abs(dot(point, other.normal) - other.location_mm) for other in planes]
        assert offs.index(min(offs)) == planes.index(plane) and min(offs) < 1e-6
