"""The difference of two data sets as values."""

from __future__ import annotations

from copy import deepcopy

import pydicom
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.difference import DifferenceKind
from desktop_app.objects.difference import differences


@pytest.fixture
def report() -> Dataset:
    dataset = Dataset()
    dataset.PatientID, dataset.StudyDate = "one", "20200102"
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    item = Dataset()
    item.CodeValue, item.CodeMeaning = "121071", "Finding"
    dataset.ConceptNameCodeSequence = [item]
    dataset.PixelData = b"\0\1"
    dataset["PixelData"].VR = "OW"
    return dataset


def test_a_copy_does_not_differ(report: Dataset) -> None:
    assert differences(report, deepcopy(report)) == ()


def test_each_kind_of_difference_is_told_with_its_place(report: Dataset) -> None:
    other = deepcopy(report)
    other.PatientID = "two"
    del other.StudyDate
    other.AccessionNumber = "17"
    other.ConceptNameCodeSequence[0].CodeMeaning = "Impression"
    found = {one.path: one for one in differences(report, other)}
    assert set(found) == {"(0010,0020)", "(0008,0020)", "(0008,0050)", "(0040,A043)[1].(0008,0104)"}
    changed = found["(0010,0020)"]
    assert (changed.kind, changed.name, changed.vr) == (DifferenceKind.CHANGED, "Patient ID", "LO")
    assert (changed.first, changed.second) == ("one", "two")
    assert found["(0008,0020)"].kind is DifferenceKind.ONLY_FIRST
    assert found["(0008,0050)"].kind is DifferenceKind.ONLY_SECOND
    assert found["(0040,A043)[1].(0008,0104)"].second == "Impression"


def test_items_more_or_less_are_told_by_their_number(report: Dataset) -> None:
    other = deepcopy(report)
    other.ConceptNameCodeSequence.append(Dataset())
    (found,) = differences(report, other)
    assert (found.first, found.second) == ("1 item", "2 items")


def test_pixels_are_compared_only_when_asked_for(report: Dataset) -> None:
    other = deepcopy(report)
    other.PixelData = b"\0\2"
    assert differences(report, other) == ()
    (found,) = differences(report, other, pixels=True)
    assert found.name == "Pixel Data" and "2 bytes" in found.first and found.first != found.second


def test_an_empty_value_is_the_same_however_it_is_empty(report: Dataset) -> None:
    other = deepcopy(report)
    report.StudyDescription, other.StudyDescription = "", None
    assert differences(report, other) == ()


def test_what_cannot_be_read_is_compared_all_the_same() -> None:
    def broken(value: bytes) -> Dataset:
        dataset = Dataset()
        dataset[0x00200013] = pydicom.dataelem.RawDataElement(
            pydicom.tag.Tag(0x00200013), "IS", len(value), value, 0, False, True)
        return dataset

    assert differences(broken(b"no"), broken(b"no")) == ()
    assert len(differences(broken(b"no"), broken(b"12"))) == 1


def test_long_values_are_cut() -> None:
    one, other = Dataset(), Dataset()
    one.ImageComments, other.ImageComments = "a" * 9000, "b" * 9000
    (found,) = differences(one, other)
    assert len(found.first) < 500
