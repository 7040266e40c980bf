"""Headers made from the JSON of metadata say the same as those in the files."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from desktop_app.imaging.decode import decode_frame, decode_frame_bytes, object_from_dataset, open_instance
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.json_header import bulk_uris, dataset_from_json, with_frames

FILES = (
    "6_1.dcm", "CT_small.dcm", "examples_palette.dcm", "chrH31.dcm", "chrGerm.dcm", "emri_small_RLE.dcm",
    "JPEG-LL.dcm", "mf.dcm", "rtdose.dcm",
)


@pytest.mark.parametrize("name", FILES)
def test_a_header_from_json_explains_the_frames_as_the_file_does(dicom_data: Path, name: str) -> None:
    opened = open_instance(next(dicom_data.rglob(name)).read_bytes())
    raw = json.loads(json.dumps(opened.dataset.to_json_dict(bulk_data_threshold=1 << 30, suppress_invalid_tags=True)))
    common = dataset_from_json(raw, {})
    for number in {1, opened.frame_count}:
        expected = decode_frame(opened, number)
        header = object_from_dataset(with_frames(common, raw, [number], {}), opened.transfer_syntax_uid)
        frame = decode_frame_bytes(header, opened.transfer_syntax_uid, opened.frame_bytes(number)[0], number)
        assert np.array_equal(frame.pixels, expected.pixels)
        assert (frame.facts, frame.plane, frame.windows) == (expected.facts, expected.plane, expected.windows)
        assert (frame.ref, frame.slope, frame.intercept, frame.padding) == (
            expected.ref, expected.slope, expected.intercept, expected.padding)


def test_values_of_every_kind() -> None:
    raw = {
        "00280010": {"vr": "US", "Value": [512]}, "00280106": {"vr": "SS", "Value": [-3]},
        "00181149": {"vr": "IS", "Value": ["7", 8]}, "00281053": {"vr": "DS", "Value": [1.5, "2"]},
        "00100010": {"vr": "PN", "Value": [{"Alphabetic": "A^B", "Ideographic": "山田"}]},
        "00280009": {"vr": "AT", "Value": ["00181063"]}, "00720076": {"vr": "FL", "Value": [0.5]},
        "00281201": {"vr": "OW", "InlineBinary": base64.b64encode(b"ab").decode()},
        "00281202": {"vr": "OW", "BulkDataURI": "bulk/1"}, "00281203": {"vr": "OW", "BulkDataURI": "bulk/gone"},
        "00081030": {"vr": "LO"}, "00080060": {"vr": "CS", "Value": [None, "CT"]},
    }
    found = Elements(dataset_from_json(raw, {"bulk/1": b"cd"}))
    assert found.integer("Rows") == 512 and found.number("SmallestImagePixelValue", signed=True) == -3
    assert found.numbers(0x00181149) == (7, 8) and found.numbers("RescaleSlope") == (1.5, 2)
    assert found.text("PatientName") == "A^B=山田" and found.numbers(0x00720076) == (0.5,)
    assert found.raw(0x00280009) == b"\x18\x00\x63\x10"
    assert (found.raw(0x00281201), found.raw(0x00281202), 0x00281203 in found) == (b"ab", b"cd", False)
    assert found.text("StudyDescription") == "" and found.texts("Modality")[-1] == "CT"
    assert list(bulk_uris(raw)) == ["bulk/1", "bulk/gone"]


@pytest.mark.parametrize(
    "element",
    [None, 3, [], {"vr": "US", "Value": ["many"]}, {"vr": "US", "Value": [-1]}, {"vr": "SQ", "Value": 3},
     {"vr": "AT", "Value": ["zz"]}, {"vr": "OW", "InlineBinary": "*"}, {"vr": "US", "Value": [{}]}],
    ids=str,
)
def test_an_odd_element_loses_no_other(element: object) -> None:
    raw = {"00280010": element, "00280011": {"vr": "US", "Value": [3]}, "no tag": {"vr": "US"},
           "7FE00010": {"vr": "OW", "BulkDataURI": "pixels"}}
    dataset = dataset_from_json(raw, {})    # type: ignore[arg-type]
    assert Elements(dataset).integer("Columns") == 3 and "PixelData" not in dataset
    assert list(bulk_uris({"7FE00010": raw["7FE00010"]})) == []     # type: ignore[dict-item]
    with_frames(dataset, {"52009230": element}, [1], {})        # type: ignore[dict-item]
    assert "PerFrameFunctionalGroupsSequence" not in dataset    # what is shared stays as it is
