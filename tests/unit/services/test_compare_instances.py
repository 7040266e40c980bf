"""A conflict's two files side by side: attributes and pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
import pytest

from desktop_app.core.errors import DamagedDicom
from desktop_app.services.compare_instances import compare_instances
from tests.unit.services.upload_fakes import dicom_bytes


def written(dataset: pydicom.Dataset) -> bytes:
    target = BytesIO()
    dataset.save_as(target, enforce_file_format=True)
    return target.getvalue()


@pytest.fixture
def slice_file(samples: Path) -> bytes:
    return sorted((samples / "ct-abdomen").rglob("*.dcm"))[0].read_bytes()


def test_the_same_file_does_not_differ(slice_file: bytes) -> None:
    found = compare_instances(slice_file, slice_file)
    assert found.same and found.pixels is not None and found.pixels.frames == 1


def test_pixels_that_differ_are_counted_as_stored_values(slice_file: bytes) -> None:
    dataset = pydicom.dcmread(BytesIO(slice_file))
    dataset.decompress()
    values = np.frombuffer(dataset.PixelData, dataset.pixel_array.dtype).copy()
    values[:5] += 3
    dataset.PixelData = values.tobytes()
    found = compare_instances(slice_file, written(dataset))
    assert found.pixels is not None
    assert (found.pixels.different_values, found.pixels.largest) == (5, 3.0)
    assert not found.same


def test_another_compression_of_the_same_values_differs_in_its_transfer_syntax_only(slice_file: bytes) -> None:
    dataset = pydicom.dcmread(BytesIO(slice_file))
    dataset.decompress(generate_instance_uid=False)
    dataset.compress("1.2.840.10008.1.2.5", encoding_plugin="pydicom", generate_instance_uid=False)
    plain = pydicom.dcmread(BytesIO(slice_file))
    plain.decompress(generate_instance_uid=False)
    found = compare_instances(written(plain), written(dataset))
    assert [one.path for one in found.tags] == ["(0002,0010)"]
    assert found.pixels is not None and found.pixels.same


def test_a_file_without_an_image_says_so(slice_file: bytes) -> None:
    dataset = pydicom.dcmread(BytesIO(slice_file))
    del dataset.PixelData
    found = compare_instances(slice_file, written(dataset))
    assert found.pixels is not None and "Only one" in found.pixels.reason


def test_what_is_no_dicom_cannot_be_compared() -> None:
    with pytest.raises(DamagedDicom):
        compare_instances(dicom_bytes("1.1"), b"\x08\x00\x05")
