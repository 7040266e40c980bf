"""The tag browser's tree: every attribute at every depth, also of what is damaged."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from desktop_app.core.errors import NotDicom
from desktop_app.core.tag_row import TagPath, TagRow
from desktop_app.objects.tag_tree import TagTree


def _bytes(dataset: Dataset, syntax: str = ExplicitVRLittleEndian) -> bytes:
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "1.2.3"
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _nested(*, undefined: bool) -> Dataset:
    inner, outer, whole = Dataset(), Dataset(), Dataset()
    inner.CodeMeaning = "Liver"
    outer.AnatomicRegionSequence = Sequence([inner])
    outer.PatientName = "MÜLLER^JÖRG"
    whole.SpecificCharacterSet = "ISO_IR 100"
    whole.SharedFunctionalGroupsSequence = Sequence([outer, Dataset()])
    block = whole.private_block(0x0029, "LIGHTBOX TEST", create=True)
    block.add_new(0x01, "LO", "own value")
    if undefined:
        whole["SharedFunctionalGroupsSequence"].is_undefined_length = True
        outer["AnatomicRegionSequence"].is_undefined_length = True
        outer.is_undefined_length_sequence_item = True
    return whole


def all_rows(tree: TagTree, path: TagPath = ()) -> Iterator[TagRow]:
    for row in tree.rows(path):
        yield row
        if row.children:
            yield from all_rows(tree, row.path)


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_nested_and_private_attributes(undefined: bool, syntax: str) -> None:
    tree = TagTree(_bytes(_nested(undefined=undefined), syntax))
    groups = next(row for row in tree.rows() if row.keyword == "SharedFunctionalGroupsSequence")
    assert (groups.vr, groups.children) == ("SQ", 2)
    first, second = tree.rows(groups.path)
    assert (first.name, first.children, second.children) == ("Item 1", 2, 0)
    values = {row.keyword: row for row in tree.rows(first.path)}
    assert values["PatientName"].value == "MÜLLER^JÖRG"           # the character set is that of the level above
    item = tree.rows(values["AnatomicRegionSequence"].path)[0]
    assert [row.value for row in tree.rows(item.path)] == ["Liver"]
    private = [row for row in tree.rows() if row.is_private]
    assert [(row.tag, row.name) for row in private] == [("(0029,0010)", "Private Creator"), ("(0029,1001)", "")]
    if syntax == ExplicitVRLittleEndian:
        assert private[1].value == "own value"
    found = tree.search("liver")
    assert [row.place for row in found] == [
        "Shared Functional Groups Sequence [1] › Anatomic Region Sequence [1]"]
    assert [row.tag for row in tree.search("00080060")] == []
    assert tree.search("CodeMeaning")[0].value == "Liver"


def test_the_same_attributes_as_pydicom(dicom_data: Path) -> None:
    names = ("waveform_ecg.dcm", "sr_document.dcm", "rtplan.dcm", "wave_dfl", "RS.dcm", "sm_annotations.dcm")
    for name in names:
        path = next(dicom_data.rglob(name))
        expected = [element.tag for element in pydicom.dcmread(path).iterall()]
        tree = TagTree(path.read_bytes())
        found = [row for row in all_rows(tree) if row.vr or not row.name.startswith("Item ")]
        tags = [int(row.tag[1:5] + row.tag[6:10], 16) for row in found]
        assert [tag for tag in tags if tag >> 16 != 2] == [int(tag) for tag in expected], name


def test_a_wrong_length_is_said_and_what_comes_before_is_read() -> None:
    whole = Dataset()
    whole.PatientID = "P-1"
    whole.private_block(0x0029, "LIGHTBOX TEST", create=True).add_new(0x01, "LO", "abcd")
    data = bytearray(_bytes(whole))
    at = data.rindex(struct.pack("<HH2sH", 0x0029, 0x1001, b"LO", 4))
    data[at + 6 : at + 8] = struct.pack("<H", 4000)
    tree = TagTree(bytes(data))
    last = tree.rows()[-1]
    assert last.tag == "(0029,1001)"
    assert "Announces 4000 bytes, but 4 are left" in last.trouble
    assert next(row for row in tree.rows() if row.keyword == "PatientID").value == "P-1"


def test_a_value_that_its_vr_does_not_allow_is_shown_as_bytes() -> None:
    whole = Dataset()
    whole.Rows = 7
    data = bytearray(_bytes(whole))
    at = data.rindex(struct.pack("<HH2sH", 0x0028, 0x0010, b"US", 2))
    tree = TagTree(bytes(data[: at + 6]) + struct.pack("<H", 1) + b"\x07")
    row = next(row for row in tree.rows() if row.keyword == "Rows")
    assert row.value.endswith("07")


def test_what_a_uid_of_the_standard_stands_for_is_said(dicom_data: Path) -> None:
    rows = {row.keyword: row for row in TagTree(next(dicom_data.rglob("sr_document.dcm")).read_bytes()).rows()}
    assert rows["SOPClassUID"].value.endswith(".88.34 (Comprehensive 3D SR Storage)")
    assert "(" not in rows["SOPInstanceUID"].value


@pytest.mark.parametrize(("wanted", "keyword"), [
    ("comprehensive 3d", "SOPClassUID"), ("ContentSequence", "ContentSequence"), ("(0040,a730)", "ContentSequence"),
    ("0040A730", "ContentSequence"), ("measurement group", "CodeMeaning"),
])
def test_a_search_finds_by_tag_name_keyword_value_and_what_a_uid_stands_for(
    dicom_data: Path, wanted: str, keyword: str
) -> None:
    found = TagTree(next(dicom_data.rglob("sr_document.dcm")).read_bytes()).search(wanted)
    assert keyword in {row.keyword for row in found}


def test_a_search_finds_numbers_and_words_of_other_alphabets() -> None:
    whole, inner = Dataset(), Dataset()
    inner.Rows, inner.ImagePositionPatient, inner.PatientComments = 517, [1.5, 2, 3], "Люкceмбypг"
    inner.SpecificCharacterSet = "ISO_IR 144"
    whole.SOPClassUID, whole.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "1.2.3"
    whole.SpecificCharacterSet, whole.PatientName = "ISO_IR 192", "山田^太郎"
    whole.private_block(0x7777, "LIGHTBOX TEST", create=True).add_new(0x01, "FL", 2.5)
    whole.ReferencedImageSequence = Sequence([inner])
    tree = TagTree(_bytes(whole))

    def found(text: str) -> list[str]:
        return [row.keyword or row.tag for row in tree.search(text)]

    assert found("517") == ["Rows"]
    assert found("люкc") == ["PatientComments"]
    assert found("太郎") == ["PatientName"]
    assert found("1.5\\2") == ["ImagePositionPatient"]
    assert "(7777,1001)" in found("2.5")
    assert found("no such") == []
    assert tree.search("517")[0].place == "Referenced Image Sequence [1]"


def test_items_without_an_end_are_read_to_the_end_of_the_file() -> None:
    data = _bytes(_nested(undefined=True))
    cut = TagTree(data[:-60])
    assert any(row.children for row in cut.rows())


@pytest.mark.parametrize("data", [b"", b"GIF89a and more", b"\xff" * 300])
def test_what_is_no_dicom_is_refused(data: bytes) -> None:
    with pytest.raises(NotDicom):
        TagTree(data)


def test_every_prefix_of_a_file_ends(dicom_data: Path) -> None:
    data = next(dicom_data.rglob("sr_document.dcm")).read_bytes()
    for end in range(140, min(len(data), 6000), 37):
        assert TagTree(data[:end]).search("anything at all") == ()
