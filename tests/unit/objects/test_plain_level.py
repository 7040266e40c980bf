"""Long reports are read in one go; the outcome is that of pydicom, and what is odd is left to it."""

from __future__ import annotations

import io
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from desktop_app.objects.attributes import read, text
from desktop_app.objects.open_object import open_dataset, open_object
from desktop_app.objects.plain_level import PlainLevel, plain_level
from desktop_app.objects.structured_report import write_report
from tests.support.made_objects import MOMENT, measured, sources


def _plain(data: bytes) -> PlainLevel | None:
    return plain_level(data, lambda uid: True)


def _saved(dataset: Dataset, syntax: str, *, undefined: bool = False) -> bytes:
    for element in dataset.iterall():
        if element.VR == "SQ":
            element.is_undefined_length = undefined
            for item in element.value:
                item.is_undefined_length_sequence_item = undefined
    dataset.file_meta.TransferSyntaxUID = syntax
    out = io.BytesIO()
    little = syntax != ExplicitVRBigEndian
    dataset.save_as(out, implicit_vr=syntax == ImplicitVRLittleEndian, little_endian=little, enforce_file_format=True)
    return out.getvalue()


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_our_own_report_in_every_coding(syntax: str, undefined: bool) -> None:
    data = _saved(read(write_report(measured(), sources(), author="Ann Reader", moment=MOMENT)), syntax,
                  undefined=undefined)
    assert _plain(data) is not None
    found = open_object(data)
    assert found == open_dataset(read(data))
    assert len(found.graphics) >= len(measured())           # type: ignore[union-attr]


def test_reports_of_others_are_the_same_in_both_readings(dicom_data: Path) -> None:
    plain = 0
    names = ("sr.dcm", "sr_document.dcm", "sr_document_with_multiple_groups.dcm", "reportsi.dcm", "test-SR.dcm",
             "reportsi_with_empty_number_tags.dcm")
    for name in names:
        data = next(dicom_data.rglob(name)).read_bytes()
        assert open_object(data) == open_dataset(read(data)), name
        plain += _plain(data) is not None
    assert plain >= 4, "most of them are in order"


def test_names_in_another_alphabet_are_those_of_their_level() -> None:
    inner, outer = Dataset(), Dataset()
    inner.SpecificCharacterSet, inner.PersonName = "ISO_IR 144", "Люкceмбypг"
    outer.SpecificCharacterSet, outer.PatientName = "ISO_IR 192", "Wang^XiaoDong=王^小东"
    outer.SOPClassUID, outer.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.11", "1.2.3"
    outer.ContentSequence = Sequence([inner])
    outer.file_meta = pydicom.dataset.FileMetaDataset()
    level = _plain(_saved(outer, ExplicitVRLittleEndian))
    assert level is not None
    assert text(level, "PatientName") == "Wang^XiaoDong=王^小东"
    assert text(level.items(0x0040A730)[0], "PersonName") == "Люкceмбypг"


def test_what_is_odd_is_left_to_pydicom() -> None:
    report = write_report(measured(), sources(), moment=MOMENT)
    big = Dataset()
    big.SOPClassUID, big.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.11", "1.2.3"
    big.file_meta = pydicom.dataset.FileMetaDataset()
    assert _plain(_saved(big, ExplicitVRBigEndian)) is None
    deep = Dataset()
    for _ in range(200):
        outer = Dataset()
        outer.ContentSequence = Sequence([deep])
        deep = outer
    deep.SOPClassUID, deep.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.11", "1.2.3"
    deep.file_meta = pydicom.dataset.FileMetaDataset()
    assert _plain(_saved(deep, ExplicitVRLittleEndian)) is None
    assert plain_level(report, lambda uid: False) is None
    for stop in range(0, len(report), 997):
        level = _plain(report[:stop])           # cut anywhere: nothing, or what pydicom reads too
        if level is not None:
            assert text(level, "SOPInstanceUID") == text(read(report[:stop]), "SOPInstanceUID")
