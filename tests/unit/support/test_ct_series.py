"""The made series is one volume of real slices."""

from __future__ import annotations

from pathlib import Path

import pydicom

from tests.support.ct_series import make_ct_series


def test_slices_are_whole_unique_and_in_place(tmp_path: Path) -> None:
    series = make_ct_series(tmp_path, 60)
    slices = [pydicom.dcmread(path) for path in series.files]
    assert len({str(dataset.SOPInstanceUID) for dataset in slices}) == 60
    assert {str(dataset.SeriesInstanceUID) for dataset in slices} == {series.series_instance_uid}
    assert [dataset.InstanceNumber for dataset in slices] == list(range(1, 61))
    assert [float(dataset.ImagePositionPatient[2]) for dataset in slices] == [float(index) for index in range(60)]
    assert all(dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1" for dataset in slices)
    assert all(dataset.pixel_array.shape == (512, 512) for dataset in slices[::20])
    assert 0.5e6 < series.nbytes / 60 < 0.6e6


def test_the_same_name_gives_the_same_series(tmp_path: Path) -> None:
    one, other = make_ct_series(tmp_path / "a", 2), make_ct_series(tmp_path / "b", 2)
    assert one.sop_instance_uids == other.sop_instance_uids
    assert one.files[1].read_bytes() == other.files[1].read_bytes()
    assert make_ct_series(tmp_path / "c", 2, name="other").study_instance_uid != one.study_instance_uid
