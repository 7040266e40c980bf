"""Elements: text in every script, numbers in every spelling, nothing that raises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag

from desktop_app.core.person_name import PersonName
from desktop_app.imaging.decode import (
    instance_from_dataset,
    open_instance,
    series_from_dataset,
    study_from_dataset,
)
from desktop_app.imaging.elements import Elements, parse_number
from tests.unit.imaging.objects import header, opened, part10

CHARSETS = "pydicom__pydicom/src/pydicom/data/charset_files"


@pytest.mark.parametrize(("file", "name"), [
    ("chrArab", PersonName("قباني^لنزار")),
    ("chrFren", PersonName("Buc^Jérôme")),
    ("chrGerm", PersonName("Äneas^Rüdiger")),
    ("chrGreek", PersonName("Διονυσιος")),
    ("chrH31", PersonName("Yamada^Tarou", "山田^太郎", "やまだ^たろう")),
    ("chrH32", PersonName("ﾔﾏﾀﾞ^ﾀﾛｳ", "山田^太郎", "やまだ^たろう")),
    ("chrHbrw", PersonName("שרון^דבורה")),
    ("chrI2", PersonName("Hong^Gildong", "洪^吉洞", "홍^길동")),
    ("chrRuss", PersonName("Люкceмбypг")),
    ("chrX1", PersonName("Wang^XiaoDong", "王^小東")),
    ("chrX2", PersonName("Wang^XiaoDong", "王^小东")),
])
def test_names_in_every_script(dicom_data: Path, file: str, name: PersonName) -> None:
    assert open_instance(dicom_data / CHARSETS / f"{file}.dcm").study.patient_name == name


@pytest.mark.parametrize(("text", "number"), [
    ("12", 12.0), (" -1.5e3 ", -1500.0), ("1A", 1.0), ("3,5", 3.5), (".5", 0.5), ("", None), ("x", None), ("nan", None),
    ("inf", None), ("1e999", None), ("\x1e7", 7.0), ("٣", 3.0)])
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    assert parse_number(text) == number


def test_binary_numbers_in_both_byte_orders_and_of_either_sign() -> None:
    for syntax in ("1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2"):
        dataset = header(np.zeros((3, 300), np.uint16))
        dataset.add_new("SmallestImagePixelValue", "SS", -5)
        dataset.add_new("PixelPaddingValue", "US", 65000)
        dataset.add_new("FrameAcquisitionDuration", "FD", 2.5)
        elements = opened(part10(dataset, syntax)).elements
        assert elements.integer("Columns") == 300
        assert elements.number("FrameAcquisitionDuration") == 2.5
        assert elements.integer("PixelPaddingValue", signed=False) == 65000
        assert elements.integer("SmallestImagePixelValue", signed=True) == -5


def test_what_is_not_there_is_empty() -> None:
    elements = Elements(Dataset())
    assert elements.text("PatientName") == "" and elements.texts("ImageType") == ()
    assert elements.number("Rows") is None and elements.numbers("PixelSpacing") == ()
    assert elements.items("VOILUTSequence") == [] and elements.item("VOILUTSequence") is None
    assert elements.raw("PixelData") == b""
    assert "Rows" not in elements
    with pytest.raises(KeyError):
        elements.text("NoSuchKeyword")


def test_a_wrong_type_is_empty() -> None:
    dataset = Dataset()
    wrong = (("VOILUTSequence", "DS", b"12.5"), ("PixelSpacing", "SQ", b"\x01"), ("Rows", "US", b"\x05"))
    for keyword, vr, value in wrong:
        tag = Tag(keyword)
        dataset[tag] = RawDataElement(tag, vr, len(value), value, 0, False, True)
    elements = Elements(dataset)
    assert elements.items("VOILUTSequence") == elements.items("PixelSpacing") == []
    assert elements.numbers("Rows") == ()


def test_datasets_that_were_built_in_memory() -> None:
    dataset = header(np.zeros((3, 4), np.uint16), PatientName="A^B", PixelSpacing=[0.5, 0.25], InstanceNumber=9,
                     ImageType=["ORIGINAL", "PRIMARY"], StudyDate="20200102", ImagePositionPatient=[1, 2, 3],
                     ImageOrientationPatient=[1, 0, 0, 0, 1, 0], AcquisitionNumber=2, NumberOfFrames="6")
    assert study_from_dataset(dataset).patient_name.alphabetic == "A^B"
    assert study_from_dataset(dataset).study_date == "20200102"
    assert series_from_dataset(dataset).series_instance_uid == "1.2.3.1"
    instance = instance_from_dataset(dataset)
    assert (instance.rows, instance.columns, instance.frames, instance.number) == (3, 4, 6, 9)
    assert instance.image_position == (1.0, 2.0, 3.0) and instance.acquisition_number == 2
    assert instance.image_type == ("ORIGINAL", "PRIMARY")
    assert Elements(dataset).numbers("PixelSpacing") == (0.5, 0.25)


def test_values_of_an_empty_dataset() -> None:
    assert study_from_dataset(Dataset()).study_instance_uid == ""
    assert series_from_dataset(Dataset()).number is None
    assert instance_from_dataset(Dataset()).frames == 1


def test_reading_leaves_the_dataset_as_it_was(dicom_data: Path) -> None:
    obj = open_instance(dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/CT_small.dcm")
    _ = obj.study, obj.series, obj.instance
    untouched = open_instance(dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/CT_small.dcm")
    tags = list(obj.dataset.keys())
    assert len(tags) > 100
    assert [type(obj.dataset.get_item(tag)) for tag in tags] == [type(untouched.dataset.get_item(tag)) for tag in tags]
