"""De-identification: each action by what is left of it, for the whole test data, and nothing in the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pydicom
import pytest
from pydicom.datadict import dictionary_VR
from pydicom.dataset import Dataset

from desktop_app.core.deidentify import DatesChoice, DeidentifyChoices
from desktop_app.core.errors import DamagedDicom
from desktop_app.objects.deidentify import Deidentifier, may_show_a_name, shifted
from desktop_app.objects.deidentify_table import ACTIONS, DEVICE
from tests.unit.services.upload_fakes import dicom_bytes

KEY = b"0123456789abcdef"
BASIC = Deidentifier(KEY, DeidentifyChoices())
NAMING = frozenset({"PN", "LO", "SH", "DA", "UI"})


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[128:132] == b"DICM")


def elements(dataset: Dataset) -> Iterator[pydicom.DataElement]:
    for tag in list(dataset.keys()):
        try:
            element = dataset[tag]
        except Exception:
            continue
        yield element
        if element.VR == "SQ":
            for item in element.value:
                yield from elements(item)


def texts(element: pydicom.DataElement) -> list[str]:
    values = element.value if isinstance(element.value, pydicom.multival.MultiValue) else [element.value]
    return [str(value) for value in values if value not in (None, "")]


def test_for_the_whole_test_data_nothing_that_was_to_go_is_left(dicom_data: Path) -> None:
    looked_at = 0
    for path in files(dicom_data):
        try:
            cleaned = BASIC.file(path.read_bytes())
        except DamagedDicom:
            continue                    # such a file is not sent at all
        before = pydicom.dcmread(path)
        after = pydicom.dcmread(BytesIO(cleaned))
        looked_at += 1
        if "PixelData" in after:            # whatever word pixels spell, nobody wrote it
            cleaned = cleaned.replace(bytes(after.PixelData), b"")
        _every_action_has_had_its_effect(before, after)
        kept = {text for element in elements(after) if element.VR in ("CS", "AS", "IS", "DS", "TM")
                for text in texts(element)}
        coding = before.get("SpecificCharacterSet")
        for element in elements(before):
            if element.VR not in NAMING or _stays(element):
                continue
            for text in texts(element):
                word = text.strip()
                if len(word) < 5 or word in ("Removed", "19000101") or word.startswith("1.2.840.10008."):
                    continue
                if any(word in one for one in kept):
                    continue
                for raw in {word.encode("utf-8"), word.encode("latin-1", "replace")}:
                    if b"?" not in raw or "?" in word:
                        assert raw not in cleaned, (path.name, element.keyword, coding)
    assert looked_at > 300


def _stays(element: pydicom.DataElement) -> bool:
    """Attributes that the profile does not name: what they say is of the device, of codes or of the image."""
    if element.VR == "UI":
        return element.keyword.endswith(("ClassUID", "CodingSchemeUID", "ContextUID", "MappingResourceUID"))
    return int(element.tag) not in ACTIONS and element.VR in ("LO", "SH")


def _every_action_has_had_its_effect(before: Dataset, after: Dataset) -> None:
    for tag in list(before.keys()):
        action = ACTIONS.get(int(tag), "")
        if tag.is_private or 0x6000 <= tag.group <= 0x60FF or 0x5000 <= tag.group <= 0x50FF:
            assert tag not in after
        elif action == "X" and int(tag) not in _WRITTEN:
            assert tag not in after, tag
        elif action in ("Z", "X/Z") and int(tag) != 0x00100010:
            assert tag not in after or after[tag].is_empty, tag
        elif action == "U" and before[tag].value and tag in after:
            old, new = texts(before[tag]), texts(after[tag])
            assert [one.startswith(("2.25.", "1.2.840.10008.")) for one in new] == [True] * len(old), tag
    assert after.PatientIdentityRemoved == "YES"
    assert str(after.PatientName).startswith("ANON-") if "PatientName" in before else True


_WRITTEN = frozenset({0x00120062, 0x00120063, 0x00120064})


def test_our_table_and_that_of_another_program_agree() -> None:
    from dicomanonymizer.dicom_anonymization_databases import dicomfields_2024b as theirs

    names = {"X_TAGS": "X", "Z_TAGS": "Z", "D_TAGS": "D", "U_TAGS": "U", "X_Z_TAGS": "X/Z", "X_D_TAGS": "X/D",
             "Z_D_TAGS": "Z/D", "X_Z_D_TAGS": "X/Z/D", "X_Z_U_STAR_TAGS": "X/Z/U*"}
    second = {tag[0] << 16 | tag[1]: action for name, action in names.items() for tag in getattr(theirs, name)
              if len(tag) == 2}
    missing = {f"{tag:08X}" for tag in second if tag not in ACTIONS}
    assert missing == set()
    differing = {f"{tag:08X}": (ACTIONS[tag], action) for tag, action in second.items() if ACTIONS[tag] != action}
    assert len(differing) < 25, differing                   # editions change some of them


def test_every_tag_of_the_table_is_one_of_the_dictionary() -> None:
    unknown = []
    for tag in ACTIONS:
        try:
            dictionary_VR(tag)
        except KeyError:
            unknown.append(f"{tag:08X}")
    assert len(unknown) < 30, unknown                       # of newer editions than the dictionary
    assert len(ACTIONS) > 600 and len(DEVICE) > 30


@pytest.fixture
def full() -> Dataset:
    dataset = pydicom.dcmread(BytesIO(dicom_bytes("1.2.3.4.5.6")))
    dataset.PatientName, dataset.PatientID = "Mustermann^Erika=山田^太郎", "PID-4711"
    dataset.PatientBirthDate, dataset.PatientSex = "19640812", "F"
    dataset.StudyDate, dataset.AcquisitionDateTime = "20200110", "20200110120000.000000+0100"
    dataset.StationName, dataset.DeviceSerialNumber = "CT-ROOM-3", "SER-998877"
    dataset.SeriesDescription = "Thorax of Mustermann, native"
    dataset.Manufacturer = "Maker of Mustermann"
    dataset.ReferencedFrameOfReferenceUID = "1.2.3.4.99"
    dataset.add_new(0x00091001, "LO", "private Mustermann")
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "1.2.3.4.5.6"
    dataset.ReferencedImageSequence = [item]
    return dataset


def cleaned(dataset: Dataset, **choices: object) -> Dataset:
    target = BytesIO()
    dataset.save_as(target, enforce_file_format=True)
    made = Deidentifier(KEY, DeidentifyChoices(**choices)).file(target.getvalue())     # type: ignore[arg-type]
    assert b"Mustermann" not in made and b"PID-4711" not in made
    return pydicom.dcmread(BytesIO(made))


def test_uids_are_mapped_alike_everywhere_and_always(full: Dataset) -> None:
    after = cleaned(full)
    assert re.fullmatch(r"2\.25\.\d{1,39}", after.SOPInstanceUID)
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID
    assert after.SOPInstanceUID == BASIC.uid("1.2.3.4.5.6") == Deidentifier(KEY, DeidentifyChoices()).uid("1.2.3.4.5.6")
    assert after.SOPInstanceUID != Deidentifier(b"another key 1234", DeidentifyChoices()).uid("1.2.3.4.5.6")
    assert after.SOPClassUID == "1.2.840.10008.5.1.4.1.1.2"
    assert cleaned(full, keep_uids=True).SOPInstanceUID == "1.2.3.4.5.6"


def test_one_patient_stays_one_patient(full: Dataset) -> None:
    one, other = cleaned(full), cleaned(full)
    assert one.PatientID == other.PatientID == str(one.PatientName)
    full.PatientID = "someone else"
    assert cleaned(full).PatientID != one.PatientID


def test_dates_go_or_are_shifted_alike_or_stay(full: Dataset) -> None:
    gone = cleaned(full)
    assert gone.StudyDate == "" and gone.LongitudinalTemporalInformationModified == "REMOVED"
    moved = cleaned(full, dates=DatesChoice.SHIFT)
    days = BASIC.shift_days("PID-4711")
    assert moved.StudyDate == shifted("20200110", days) != "20200110"
    assert moved.AcquisitionDateTime == shifted("20200110", days) + "120000.000000+0100"
    assert moved.PatientBirthDate == "" and moved.LongitudinalTemporalInformationModified == "MODIFIED"
    assert cleaned(full, dates=DatesChoice.KEEP).StudyDate == "20200110"


@pytest.mark.parametrize(("text", "there"), [
    ("20200301", "20200229"), ("202003011230.5", "202002291230.5"), ("2020", ""), ("nonsense", ""), ("", "")])
def test_shifting_a_date(text: str, there: str) -> None:
    assert shifted(text, 1) == there


def test_descriptions_are_kept_without_the_words_that_name_someone(full: Dataset) -> None:
    assert "SeriesDescription" not in cleaned(full)
    kept = cleaned(full, keep_descriptions=True)
    assert kept.SeriesDescription == "Thorax of , native"
    assert kept.Manufacturer == "Maker of"


def test_devices_are_kept_when_wanted(full: Dataset) -> None:
    assert cleaned(full).DeviceSerialNumber != "SER-998877"
    kept = cleaned(full, keep_devices=True)
    assert (kept.DeviceSerialNumber, kept.StationName) == ("SER-998877", "CT-ROOM-3")
    codes = [item.CodeValue for item in kept.DeidentificationMethodCodeSequence]
    assert codes == ["113100", "113109"]


def test_what_the_pixels_may_show_is_warned_about(full: Dataset) -> None:
    assert may_show_a_name(full) == ""
    full.BurnedInAnnotation = "YES"
    assert "marked as showing" in may_show_a_name(full)
    full.BurnedInAnnotation, full.Modality = "NO", "US"
    assert may_show_a_name(full) == ""
    del full.BurnedInAnnotation
    assert "often show names" in may_show_a_name(full)


@pytest.mark.parametrize("data", [b"", b"no DICOM at all", dicom_bytes("1.1")[:140]])
def test_what_is_not_understood_is_not_sent(data: bytes) -> None:
    with pytest.raises(DamagedDicom, match="cannot be de-identified"):
        BASIC.file(data)


@pytest.mark.parametrize("choices", [
    DeidentifyChoices(), DeidentifyChoices(DatesChoice.SHIFT, True, False, True), DeidentifyChoices(DatesChoice.KEEP)])
def test_choices_survive_being_written(choices: DeidentifyChoices) -> None:
    assert DeidentifyChoices.from_text(choices.as_text()) == choices
    assert DeidentifyChoices.from_text("anything else") is None
