"""Facts: rescale, windows, padding, polarity, planes and spacings, from wherever a dataset says them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.window import VoiFunction, Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.render import render
from tests.unit.imaging.objects import decoded, header, image, part10

GREY = np.arange(12, dtype=np.int16).reshape(3, 4)
AXIAL = [1, 0, 0, 0, 1, 0]


def item(**attributes: Any) -> Dataset:
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    return dataset


# ------------------------------------------------------------------------------------------------ grey levels

def test_rescale_and_its_unit() -> None:
    frame = decoded(image(GREY, Modality="CT", RescaleSlope=2, RescaleIntercept=-1024))
    assert (frame.slope, frame.intercept, frame.facts.unit) == (2.0, -1024.0, "HU")
    assert frame.value_range == (-1024.0, -1002.0)
    assert frame.modality_value(3, 2) == -1002.0


@pytest.mark.parametrize(("attributes", "unit"), [
    ({"Modality": "CT", "RescaleSlope": 1, "RescaleType": "HU"}, "HU"),
    ({"Modality": "CT", "RescaleSlope": 1, "RescaleType": "US"}, ""),
    ({"Modality": "CT"}, ""),
    ({"Modality": "CT", "RescaleSlope": 1, "ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, ""),
    ({"Modality": "MR", "RescaleSlope": 1}, ""),
    ({"Modality": "PT", "Units": "BQML"}, "Bq/ml"),
    ({"Modality": "PT", "Units": "GML"}, "SUVbw"),
    ({"Modality": "PT", "Units": "GML", "SUVType": "LBM"}, "SUVlbm"),
    ({"Modality": "PT", "Units": "CNTS"}, "counts"),
])
def test_units(attributes: dict, unit: str) -> None:
    assert decoded(image(GREY, **attributes)).facts.unit == unit


def test_a_slope_of_zero_is_no_slope() -> None:
    frame = decoded(image(GREY, RescaleSlope=0, RescaleIntercept=5))
    assert frame.slope == 1.0 and "Slope is 0" in frame.facts.warnings[0]


def test_a_negative_slope_turns_the_range_round() -> None:
    assert decoded(image(GREY, RescaleSlope=-1, RescaleIntercept=0)).value_range == (-11.0, 0.0)


def test_the_scale_of_a_dose() -> None:
    frame = decoded(image(GREY.astype(np.uint16), Modality="RTDOSE", DoseGridScaling="0.001", DoseUnits="GY"))
    assert frame.slope == 0.001 and frame.facts.unit == "Gy"
    assert frame.value_range == pytest.approx((0.0, 0.011))


@pytest.mark.parametrize("data", [b"\x00\x00\x0a\x00\x14\x00", [0, 10, 20]])
def test_a_modality_lut(data: Any) -> None:
    lut = item(LUTDescriptor=[3, 2, 16], ModalityLUTType="OD")
    lut.add_new("LUTData", "OW" if isinstance(data, bytes) else "US", data)
    frame = decoded(image(np.array([[0, 2], [3, 9]], np.uint8), ModalityLUTSequence=[lut]))
    assert frame.modality_lut is not None and frame.modality_lut.first_mapped == 2
    assert [frame.modality_value(c, r) for r in (0, 1) for c in (0, 1)] == [0.0, 0.0, 10.0, 20.0]
    assert frame.value_range == (0.0, 20.0) and frame.facts.unit == "10⁻³ OD"


@pytest.mark.parametrize(("relationship", "kept"), [("LOG", False), ("DISP", False), ("LIN", True), (None, True)])
def test_a_modality_lut_of_an_angiogram_that_leads_back_to_intensities(relationship: str | None, kept: bool) -> None:
    """It is for calculations and not for display (PS3.3 C.8.7.1.1.2)."""
    lut = item(LUTDescriptor=[4, 0, 16], ModalityLUTType="US")
    lut.add_new("LUTData", "US", [0, 900, 20, 30])
    more = {"PixelIntensityRelationship": relationship} if relationship else {}
    frame = decoded(image(np.array([[0, 1], [2, 3]], np.uint16), SOPClassUID="1.2.840.10008.5.1.4.1.1.12.1",
                          ModalityLUTSequence=[lut], **more))
    assert frame.modality_value(1, 0) == (900.0 if kept else 1.0)
    assert any("not for display" in note for note in frame.facts.notes) is not kept


def test_a_voi_lut_and_its_name() -> None:
    lut = item(LUTDescriptor=[4, 0, 8], LUTExplanation="Bone")
    lut.add_new("LUTData", "OW", bytes([0, 100, 200, 255]))         # eight bits, packed
    frame = decoded(image(np.array([[0, 1], [2, 3]], np.uint8), VOILUTSequence=[lut]))
    assert [(v.explanation, v.bits) for v in frame.voi_luts] == [("Bone", 8)]
    assert render(frame).tolist() == [[0, 100], [200, 255]]


@pytest.mark.parametrize("descriptor", [[4, 0], [0, 0, 16], [4, 0, 99], []])
def test_a_lut_that_cannot_be_read_is_left_out(descriptor: list[int]) -> None:
    lut = item(LUTDescriptor=descriptor)
    lut.add_new("LUTData", "OW", b"")
    assert decoded(image(GREY, VOILUTSequence=[lut], ModalityLUTSequence=[lut])).voi_luts == ()


def test_a_lut_of_65536_entries_says_zero() -> None:
    lut = item(LUTDescriptor=[0, 0, 16])
    lut.add_new("LUTData", "OW", np.arange(65536, dtype=np.uint16).tobytes())
    frame = decoded(image(np.array([[65535]], np.uint16), VOILUTSequence=[lut]))
    assert len(frame.voi_luts[0].values) == 65536 and render(frame).tolist() == [[255]]


def test_the_first_value_of_a_voi_lut_is_signed_where_modality_values_are() -> None:
    lut = item(LUTDescriptor=[3, 65526, 8])                         # -10 as a signed word
    lut.add_new("LUTData", "OW", bytes([0, 128, 255, 0]))
    data = image(np.array([[0, 1, 2]], np.uint16), RescaleIntercept=-10, RescaleSlope=1, VOILUTSequence=[lut],
                 syntax="1.2.840.10008.1.2")
    assert render(decoded(data)).tolist() == [[0, 128, 255]]


# ----------------------------------------------------------------------------------------------------- windows

def test_several_windows_with_their_explanations() -> None:
    frame = decoded(image(GREY, WindowCenter=[40, -600], WindowWidth=[400, 1500], VOILUTFunction="SIGMOID",
                          WindowCenterWidthExplanation=["ABDOMEN", "LUNG"]))
    assert frame.windows == (Window(40, 400, VoiFunction.SIGMOID, "ABDOMEN"),
                             Window(-600, 1500, VoiFunction.SIGMOID, "LUNG"))


def test_windows_without_width_are_left_out_and_told() -> None:
    frame = decoded(image(GREY, WindowCenter=[40, 50, 60], WindowWidth=[0, 100, -5], VOILUTFunction="WHATEVER"))
    assert frame.windows == (Window(50, 100),)
    assert len([w for w in frame.facts.warnings if "width" in w]) == 2


def test_a_centre_without_a_width() -> None:
    assert decoded(image(GREY, WindowCenter=40)).windows == ()
    assert decoded(image(GREY, WindowCenter=[40, 50], WindowWidth=100)).windows == (Window(40, 100),)


# ----------------------------------------------------------------------------------------- padding, polarity

@pytest.mark.parametrize(("value", "limit", "expected"), [
    (-2000, None, (-2000.0, -2000.0)), (-2000, -1990, (-2000.0, -1990.0)), (-1990, -2000, (-2000.0, -1990.0))])
def test_padding(value: int, limit: int | None, expected: tuple[float, float]) -> None:
    pixels = np.array([[-2000, -1995], [0, 7]], np.int16)
    dataset = header(pixels)
    dataset.add_new("PixelPaddingValue", "SS", value)
    if limit is not None:
        dataset.add_new("PixelPaddingRangeLimit", "SS", limit)
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OW"
    frame = decoded(part10(dataset))
    assert frame.padding == expected
    assert frame.value_range[0] == (0.0 if limit is not None else -1995.0)


def test_padding_with_the_wrong_sign_is_understood() -> None:
    dataset = header(GREY)
    dataset.add_new("PixelPaddingValue", "US", 63536)
    dataset.PixelData = GREY.tobytes()
    dataset["PixelData"].VR = "OW"
    assert decoded(part10(dataset)).padding == (-2000.0, -2000.0)


def test_an_image_of_nothing_but_padding() -> None:
    dataset = header(GREY)
    dataset.add_new("PixelPaddingValue", "SS", 0)
    dataset.PixelData = bytes(GREY.nbytes)
    dataset["PixelData"].VR = "OW"
    frame = decoded(part10(dataset))
    assert frame.value_range == (0.0, 0.0) and not render(frame).any()


@pytest.mark.parametrize(("photometric", "shape", "white", "warned"), [
    ("MONOCHROME2", None, False, False), ("MONOCHROME1", None, True, False), ("MONOCHROME1", "INVERSE", True, False),
    ("MONOCHROME2", "IDENTITY", False, False), ("MONOCHROME2", "INVERSE", True, True),
    ("MONOCHROME1", "IDENTITY", False, True), ("MONOCHROME1", "LIN OD", True, False)])
def test_polarity_inverts_once(photometric: str, shape: str | None, white: bool, warned: bool) -> None:
    attributes = {"PresentationLUTShape": shape} if shape else {}
    frame = decoded(image(GREY, PhotometricInterpretation=photometric, **attributes))
    assert frame.monochrome1 is white
    assert bool(frame.facts.warnings) is warned


# --------------------------------------------------------------------------------------------------- geometry

def test_the_plane_of_a_slice() -> None:
    frame = decoded(image(GREY, ImagePositionPatient=[-100, -90, 30.5], ImageOrientationPatient=AXIAL,
                          PixelSpacing=[0.8, 0.7], SliceThickness=5))
    assert frame.plane is not None
    assert frame.plane.to_patient(1, 2) == pytest.approx((-99.3, -88.4, 30.5))
    assert (frame.plane.row_spacing_mm, frame.plane.column_spacing_mm) == (0.8, 0.7)
    facts = frame.facts
    assert (facts.spacing_mm, facts.spacing_source, facts.slice_thickness_mm) == ((0.8, 0.7), "pixel spacing", 5.0)
    assert facts.slice_location_mm == 30.5 and facts.patient_orientation == ("L", "P")
    assert facts.pixel_aspect_ratio == pytest.approx(0.8 / 0.7)


@pytest.mark.parametrize("attributes", [
    {"ImageOrientationPatient": [0, 0, 0, 0, 0, 0]}, {"ImageOrientationPatient": [1, 0, 0, 1, 0, 0]},
    {"ImageOrientationPatient": AXIAL[:5]}, {"ImagePositionPatient": [1, 2]}, {"PixelSpacing": [0, 0]},
    {"PixelSpacing": [-1, 1]}])
def test_a_plane_that_is_none(attributes: dict) -> None:
    whole = {"ImagePositionPatient": [0, 0, 0], "ImageOrientationPatient": AXIAL, "PixelSpacing": [1, 1], **attributes}
    assert decoded(image(GREY, **whole)).plane is None


def test_pixels_that_are_not_square() -> None:
    assert decoded(image(GREY, PixelAspectRatio=[4, 3])).facts.pixel_aspect_ratio == pytest.approx(4 / 3)
    assert decoded(image(GREY, PixelAspectRatio=[0, 3])).facts.pixel_aspect_ratio == 1.0


def test_planes_of_a_dose_follow_their_offsets(dicom_data: Path) -> None:
    obj = open_instance(dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/rtdose.dcm")
    first, second = decode_frame(obj, 1).plane, decode_frame(obj, 2).plane
    offsets = obj.elements.numbers("GridFrameOffsetVector")
    assert first is not None and second is not None
    assert second.location_mm - first.location_mm == pytest.approx(offsets[1] - offsets[0])


# ------------------------------------------------------------------------------------------- functional groups

def test_functional_groups_of_the_frame_come_before_shared_ones_and_the_top() -> None:
    frames = np.zeros((2, 3, 4), np.uint16)
    shared = item(
        PixelMeasuresSequence=[item(PixelSpacing=[2, 2], SliceThickness=3)],
        PlaneOrientationSequence=[item(ImageOrientationPatient=AXIAL)],
        FrameVOILUTSequence=[item(WindowCenter=10, WindowWidth=20)],
        PixelValueTransformationSequence=[item(RescaleSlope=3, RescaleIntercept=-5, RescaleType="US")])
    own = [item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])]) for z in (1, 2)]
    own[1].FrameVOILUTSequence = [item(WindowCenter=99, WindowWidth=50)]
    own[1].PixelValueTransformationSequence = [item(RescaleSlope=7, RescaleIntercept=0, RescaleType="US")]
    data = image(frames, frames=2, SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=own,
                 WindowCenter=1, WindowWidth=2)
    first, second = decoded(data, 1), decoded(data, 2)
    assert (first.windows, second.windows) == ((Window(10, 20),), (Window(99, 50),))
    assert (first.slope, first.intercept, second.slope, second.intercept) == (3.0, -5.0, 7.0, 0.0)
    assert first.plane is not None and second.plane is not None
    assert (first.plane.position[2], second.plane.position[2]) == (1.0, 2.0)
    assert second.facts.slice_thickness_mm == 3.0


def test_a_real_enhanced_mr(dicom_data: Path) -> None:
    path = dicom_data / "icometrix__dicom2nifti/tests/data/philips_enhanced/fmri/001/IM-0001-9600-0001.dcm"
    obj = open_instance(path)
    frames = [decode_frame(obj, number) for number in range(1, obj.frame_count + 1)]
    assert len(frames) == obj.instance.frames > 1
    assert all(frame.plane is not None and frame.windows and frame.slope != 1.0 for frame in frames)
    assert len({frame.plane.position for frame in frames if frame.plane}) > 1


# ----------------------------------------------------------------------------------------------------- the rest

@pytest.mark.filterwarnings("ignore:Invalid value")
def test_who_and_what() -> None:
    facts = decoded(image(GREY, PatientName="Doe^Jane", PatientBirthDate="1970.01.02", StudyTime="10:11:12",
                          SeriesNumber=4, BodyPartExamined="ABDOMEN", FrameTime="40", LossyImageCompression="01",
                          LossyImageCompressionRatio=["3", "12.5"])).facts
    assert (facts.patient_name, facts.patient_birth_date, facts.study_time) == ("Doe, Jane", "19700102", "101112")
    assert (facts.series_number, facts.body_part, facts.frame_time_ms) == (4, "ABDOMEN", 40.0)
    assert facts.lossy == "lossy 12.5:1" and facts.transfer_syntax_uid == "1.2.840.10008.1.2.1"


@pytest.mark.parametrize(("attributes", "milliseconds"), [
    ({"FrameTimeVector": [0, 30, 50]}, 40.0), ({"CineRate": 25}, 40.0), ({"RecommendedDisplayFrameRate": 10}, 100.0),
    ({"FrameTime": 0}, None), ({}, None)])
def test_how_quickly_frames_follow(attributes: dict, milliseconds: float | None) -> None:
    assert decoded(image(GREY, **attributes)).facts.frame_time_ms == milliseconds
