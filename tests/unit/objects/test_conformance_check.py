"""The check before sending: what is missing, what is not allowed, and silence about what is sound."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.presend import FindingKind
from desktop_app.objects.conformance_check import check_dataset
from tests.unit.services.upload_fakes import dicom_bytes


@pytest.fixture
def sound(samples: Path) -> Dataset:
    path = sorted((samples / "ct-abdomen").rglob("*.dcm"))[0]
    return pydicom.dcmread(BytesIO(path.read_bytes()), stop_before_pixels=True)


def found(dataset: Dataset, kind: FindingKind) -> list[str]:
    return [text for one, text in check_dataset(dataset) if one is kind]


def test_a_real_ct_has_what_a_ct_must_have(sound: Dataset) -> None:
    assert found(sound, FindingKind.CHARSET) == [] and found(sound, FindingKind.VALUE) == []


@pytest.mark.parametrize("keyword", ["Modality", "StudyInstanceUID", "Rows", "PatientID"])
def test_what_is_required_is_missed(sound: Dataset, keyword: str) -> None:
    before = found(sound, FindingKind.MISSING)
    del sound[keyword]
    (new,) = set(found(sound, FindingKind.MISSING)) - set(before)
    assert "is missing" in new


def test_an_empty_value_is_missed_where_one_must_be_and_not_elsewhere(sound: Dataset) -> None:
    sound.PatientID, sound.Modality = "", ""
    texts = found(sound, FindingKind.MISSING)
    assert any(text.startswith("Modality (0008,0060) is empty") for text in texts)
    assert not any(text.startswith("Patient ID") for text in texts)


@pytest.mark.parametrize(("tag", "vr", "value", "words"), [
    (0x00080020, "DA", "2020-01-02", "not allowed"), (0x0020000D, "UI", "1.2.x", "not allowed"),
    (0x00080060, "CS", "lower case", "not allowed"), (0x00280010, "LO", "512", "written as LO; it must be US"),
    (0x00280030, "DS", ["1", "1", "1"], "has 3 values; DICOM allows 2"),
    (0x00200037, "DS", ["1"] * 5, "has 5 values"),
])
def test_values_that_are_not_allowed_are_found(sound: Dataset, tag: int, vr: str, value: object, words: str) -> None:
    previous = pydicom.config.settings.reading_validation_mode, pydicom.config.settings.writing_validation_mode
    pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE
    try:
        sound.add_new(tag, vr, value)
    finally:
        pydicom.config.settings.reading_validation_mode, pydicom.config.settings.writing_validation_mode = previous
    assert any(words in text for text in found(sound, FindingKind.VALUE)), check_dataset(sound)


def of_bytes(charset: bytes, name: bytes) -> Dataset:
    dataset = pydicom.dcmread(BytesIO(dicom_bytes("1.1")))
    raw = pydicom.dataelem.RawDataElement
    tag = pydicom.tag.Tag
    if charset:
        dataset[0x00080005] = raw(tag(0x00080005), "CS", len(charset), charset, 0, False, True)
    dataset[0x00100010] = raw(tag(0x00100010), "PN", len(name), name, 0, False, True)
    return dataset


@pytest.mark.parametrize(("charset", "name", "words"), [
    (b"", b"M\xfcller", "no character set is declared"), (b"ISO_IR 192", b"M\xfcller", "not written in"),
    (b"ISO_IR 42", b"Mueller ", "does not know"), (b"ISO_IR 100", b"M\xfcller", ""),
    (b"ISO_IR 192", "Müller".encode(), ""), (b"", b"Mueller", ""),
])
def test_character_sets(charset: bytes, name: bytes, words: str) -> None:
    texts = found(of_bytes(charset, name), FindingKind.CHARSET)
    assert (len(texts) == 1 and words in texts[0]) if words else texts == []


def test_no_value_of_a_patient_is_in_any_sentence(sound: Dataset) -> None:
    sound.PatientName = "Mustermann^Erika"
    del sound.Modality
    assert not any("Mustermann" in text for _, text in check_dataset(sound))


def test_the_whole_test_data_is_checked_without_a_crash(dicom_data: Path) -> None:
    count = 0
    for path in sorted(dicom_data.rglob("*.dcm"))[::7]:
        try:
            dataset = pydicom.dcmread(path, stop_before_pixels=True)
        except Exception:
            continue
        check_dataset(dataset)
        count += 1
    assert count > 20
