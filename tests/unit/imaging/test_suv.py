"""SUV: against the published values of a real patient, and against every way of not knowing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.errors import DicomError
from desktop_app.core.window import VoiFunction, Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.suv import SuvKind, in_suv, suv_scale
from tests.unit.imaging.objects import header, image, opened, part10

RAW = "oncoray__mirp/test/data/sts_images_raw/STS_001/FDG_PET/image"
PUBLISHED = "theibsi__data_sets/ibsi_validation/dicom/STS_001/PET/image"


def pet(drug: dict | None = None, **attributes: object) -> Dataset:
    dataset = header(np.full((2, 2), 1000, np.uint16))
    values = {"Modality": "PT", "Units": "BQML", "CorrectedImage": ["DECY", "ATTN"], "DecayCorrection": "START",
              "SeriesDate": "20200101", "SeriesTime": "120000", "AcquisitionDate": "20200101",
              "AcquisitionTime": "120500", "PatientWeight": "70", "PatientSize": "1.75", "PatientSex": "M",
              "RescaleSlope": 1, "RescaleIntercept": 0, **attributes}
    for keyword, value in values.items():
        if value is not None:
            setattr(dataset, keyword, value)
    item = Dataset()
    known = {"RadionuclideTotalDose": "3.5e8", "RadionuclideHalfLife": "6586.2",
             "RadiopharmaceuticalStartTime": "110000", **(drug or {})}
    for keyword, value in known.items():
        if value is not None:
            setattr(item, keyword, value)
    dataset.RadiopharmaceuticalInformationSequence = [item]
    return dataset


def scale(dataset: Dataset, kind: SuvKind = SuvKind.BODY_WEIGHT) -> float:
    return suv_scale(Elements(dataset), kind).factor


EXPECTED = 70_000 / (3.5e8 * 2 ** (-3600 / 6586.2))


def test_the_published_values_of_the_same_patient(dicom_data: Path) -> None:
    published = {}
    for path in (dicom_data / PUBLISHED).glob("*.dcm"):
        obj = open_instance(path)
        position = obj.instance.image_position
        assert position is not None
        published[round(position[2], 1)] = in_suv(decode_frame(obj), obj)
    compared = 0
    for path in (dicom_data / RAW).glob("*.dcm"):
        obj = open_instance(path)
        raw = in_suv(decode_frame(obj), obj)
        assert raw.plane is not None and raw.facts.unit == "SUVbw"
        theirs = published.get(round(raw.plane.position[2], 1))
        if theirs is None or theirs.plane is None:
            continue
        column, row = (round(value) for value in raw.plane.to_image(theirs.plane.position))
        ours = raw.pixels[row:row + theirs.rows, column:column + theirs.columns] * raw.slope + raw.intercept
        assert np.abs(ours - theirs.pixels * theirs.slope).max() < 0.001
        compared += 1
    assert compared == 20


def test_body_weight() -> None:
    assert scale(pet()) == pytest.approx(EXPECTED)


def test_lean_mass_and_surface() -> None:
    lean = 1000 * 9270 * 70 / (6680 + 216 * 70 / 1.75**2)
    assert scale(pet(), SuvKind.LEAN_BODY_MASS) == pytest.approx(EXPECTED / 70_000 * lean)
    surface = 0.007184 * 70**0.425 * 175**0.725 * 1e4
    assert scale(pet(), SuvKind.SURFACE_AREA) == pytest.approx(EXPECTED / 70_000 * surface)


def test_decay_corrected_to_the_injection() -> None:
    assert scale(pet(DecayCorrection="ADMIN")) == pytest.approx(70_000 / 3.5e8)


def test_injected_before_midnight() -> None:
    dataset = pet({"RadiopharmaceuticalStartTime": "233000"}, SeriesTime="003000", AcquisitionTime="003500")
    assert scale(dataset) == pytest.approx(EXPECTED)


@pytest.mark.parametrize(("stamp", "zone"), [
    ("20200101110000", None), ("20200101110000.00", "+0100"), ("20200101110000-0500", "-0500"),
    ("20200101160000+0000", "-0500"), ("20200101110000-0500", None)])
def test_a_full_date_and_time_of_injection_and_time_zones(stamp: str, zone: str | None) -> None:
    dataset = pet({"RadiopharmaceuticalStartDateTime": stamp, "RadiopharmaceuticalStartTime": "000000"},
                  TimezoneOffsetFromUTC=zone)
    assert scale(dataset) == pytest.approx(EXPECTED)


def test_a_series_written_after_its_acquisition_needs_the_makers_own_time() -> None:
    late = pet(SeriesTime="150000")
    with pytest.raises(DicomError, match="series time is later"):
        scale(late)
    late.add_new(0x0009100D, "DT", "20200101120000.00")
    assert scale(late) == pytest.approx(EXPECTED)


def test_philips_factors() -> None:
    counts = pet(Units="CNTS")
    with pytest.raises(DicomError, match="factor"):
        scale(counts)
    block = counts.private_block(0x7053, "Philips PET Private Group", create=True)
    block.add_new(0x09, "DS", "2.0")
    assert scale(counts) == pytest.approx(2 * EXPECTED)
    block.add_new(0x00, "DS", "0.000551")
    assert scale(counts) == pytest.approx(0.000551)


@pytest.mark.parametrize("others", [0, 1, 3])
def test_a_makers_elements_are_found_in_its_own_block_and_no_others_are_taken_for_them(others: int) -> None:
    counts = pet(Units="CNTS")
    for number in range(others):
        counts.private_block(0x7053, f"OTHER {number}", create=True).add_new(0x00, "DS", "9")
    if others:
        with pytest.raises(DicomError, match="factor"):
            scale(counts)
    counts.private_block(0x7053, "Philips PET Private Group", create=True).add_new(0x00, "DS", "0.000551")
    assert scale(counts) == pytest.approx(0.000551)


def test_a_factor_whose_creator_was_taken_away_is_still_found() -> None:
    counts = pet(Units="CNTS")
    counts.add_new(0x70531000, "DS", "0.000551")
    assert scale(counts) == pytest.approx(0.000551)


@pytest.mark.parametrize(("drug", "attributes", "reason"), [
    ({}, {"Units": "PROPCPS"}, "PROPCPS"), ({}, {"Units": None}, "not given"),
    ({}, {"CorrectedImage": ["ATTN"]}, "decay"), ({}, {"CorrectedImage": ["DECY"]}, "attenuation"),
    ({}, {"DecayCorrection": "NONE"}, "corrected to"), ({}, {"DecayCorrection": None}, "corrected to"),
    ({}, {"PatientWeight": None}, "weight"), ({}, {"PatientWeight": "0"}, "weight"),
    ({"RadionuclideTotalDose": None}, {}, "dose"), ({"RadionuclideTotalDose": "350"}, {}, "350"),
    ({"RadionuclideHalfLife": None}, {}, "half-life"), ({"RadiopharmaceuticalStartTime": None}, {}, "injection"),
    ({}, {"SeriesTime": None, "AcquisitionTime": None}, "start of the scan"),
    ({"RadiopharmaceuticalStartDateTime": "20191201110000"}, {}, "contradict"),
    ({}, {"Units": "GML", "SUVType": "LBM"}, "LBM"),
])
def test_it_refuses_to_guess_and_says_what_is_missing(drug: dict, attributes: dict, reason: str) -> None:
    with pytest.raises(DicomError, match=reason) as raised:
        scale(pet(drug, **attributes))
    assert raised.value.user_text.startswith("SUV cannot be computed")


def test_no_drug_no_suv() -> None:
    dataset = pet()
    del dataset.RadiopharmaceuticalInformationSequence
    with pytest.raises(DicomError, match="radiopharmaceutical"):
        scale(dataset)


def test_a_frame_in_suv() -> None:
    dataset = pet(WindowCenter=5000, WindowWidth=10000)
    dataset.PixelData = np.full((2, 2), 1000, np.uint16).tobytes()
    dataset["PixelData"].VR = "OW"
    obj = opened(part10(dataset))
    plain = decode_frame(obj)
    frame = in_suv(plain, obj)
    assert frame.facts.unit == "SUVbw" and plain.facts.unit == "Bq/ml"
    assert frame.modality_value(0, 0) == pytest.approx(1000 * EXPECTED)
    assert frame.windows[0] == Window(2.5, 5.0, VoiFunction.LINEAR_EXACT, "SUV 0–5")
    assert frame.windows[1].width == pytest.approx(10000 * EXPECTED)
    assert frame.value_range[1] == pytest.approx(1000 * EXPECTED)


def test_a_frame_that_cannot_be_in_suv_says_so_and_others_are_left_alone() -> None:
    dataset = pet(PatientWeight=None)
    dataset.PixelData = bytes(8)
    dataset["PixelData"].VR = "OW"
    obj = opened(part10(dataset))
    frame = in_suv(decode_frame(obj), obj)
    assert frame.facts.unit == "Bq/ml" and "weight" in frame.facts.warnings[-1]
    other = opened(image(np.zeros((2, 2), np.uint8)))
    untouched = decode_frame(other)
    assert in_suv(untouched, other) is untouched
