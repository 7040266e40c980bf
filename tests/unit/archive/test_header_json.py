from __future__ import annotations

import base64
import json
import struct
import warnings
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom.sequence import Sequence

from desktop_app.archive.header_json import BULK_MARK, header_elements, join, line, tag_of_line
from desktop_app.archive.part10 import read_header
from desktop_app.core.errors import DicomError
from tests.unit.archive.objects import EXPLICIT_BIG, dataset, image, instance, part10


def _elements(data: bytes) -> dict[str, Any]:
    return {f"{tag:08X}": element for tag, element in header_elements(read_header(data)).items()}


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, float) or isinstance(theirs, float):
        return ours is not None and theirs is not None and float(ours) == pytest.approx(float(theirs), rel=1e-12)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours == theirs.strip(" ")            # spaces are no part of a code string (PS3.5 6.2)
    return bool((ours or None) == (theirs or None))


_VRS_ALIKE = ("AE", "AS", "CS", "DA", "DS", "FD", "IS", "LO", "PN", "SH", "SL", "SS", "TM", "UI", "UL", "US", "AT")


def test_agrees_with_pydicom_on_real_files(dicom_data: Path) -> None:
    compared, different = 0, []
    for path in sorted(dicom_data.rglob("*.dcm")):
        try:
            ours = _elements(path.read_bytes())
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = pydicom.dcmread(path, stop_before_pixels=True)
                for element in theirs:
                    tag = f"{int(element.tag):08X}"
                    if element.VR not in _VRS_ALIKE or element.tag.element == 0 or element.is_empty:
                        continue
                    if element.tag.is_private and ours[tag]["vr"] == "UN":
                        continue                # implicit VR: pydicom knows many private dictionaries
                    compared += 1
                    if not _same(ours[tag].get("Value"), element.to_json_dict(None, 1024)["Value"]):
                        different.append(f"{path.name} {tag} {element.VR}")
        except (DicomError, pydicom.errors.InvalidDicomError, ValueError, TypeError, OSError):
            continue
    assert compared > 20_000
    assert not different


def test_names_in_every_character_set(dicom_data: Path) -> None:
    folder = dicom_data / "pydicom__pydicom/src/pydicom/data/charset_files"
    read = {path.name: _elements(path.read_bytes()).get("00100010", {}).get("Value", [None])[0]
            for path in sorted(folder.glob("*.dcm"))}
    assert read["chrArab.dcm"] == {"Alphabetic": "قباني^لنزار"}
    assert read["chrFren.dcm"] == {"Alphabetic": "Buc^Jérôme"}
    assert read["chrRuss.dcm"] == {"Alphabetic": "Люкceмбypг"}
    assert read["chrH31.dcm"] == {"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎", "Phonetic": "やまだ^たろう"}
    assert read["chrH32.dcm"] == {"Alphabetic": "ﾔﾏﾀﾞ^ﾀﾛｳ", "Ideographic": "山田^太郎", "Phonetic": "やまだ^たろう"}
    assert read["chrI2.dcm"] == {"Alphabetic": "Hong^Gildong", "Ideographic": "洪^吉洞", "Phonetic": "홍^길동"}
    assert read["chrX1.dcm"] == {"Alphabetic": "Wang^XiaoDong", "Ideographic": "王^小東"}
    assert read["chrX2.dcm"] == {"Alphabetic": "Wang^XiaoDong", "Ideographic": "王^小东"}
    assert read["chrGreek.dcm"] == {"Alphabetic": "Διονυσιος"}


@pytest.mark.filterwarnings("ignore:Unknown encoding")
@pytest.mark.parametrize(("label", "raw", "text"), [
    (b"ISO_IR 192", "Grün".encode(), "Grün"),
    (b"ISO IR 192", "Grün".encode(), "Grün"),                   # a label that occurs
    (b"", "Grün".encode(), "Grün"),                             # not declared, UTF-8
    (b"", "Grün".encode("latin-1"), "Grün"),                    # not declared, Latin-1
    (b"ISO_IR 192", "Grün".encode("latin-1"), "Gr\ufffdn"),     # a label that lies
    (b"ISO_IR 101", "Łódź".encode("iso8859-2"), "Łódź"),
    (b"GB18030", "王".encode("gb18030"), "王"),
])
def test_text_by_its_label(label: bytes, raw: bytes, text: str) -> None:
    made = dataset()
    made.add_new(0x00080005, "CS", "X" * len(label) or None)
    made.add_new(0x00081030, "LO", "Y" * len(raw))
    data = part10(made).replace(b"X" * len(label), label).replace(b"Y" * len(raw), raw)
    assert _elements(data)["00081030"]["Value"] == [text]


def test_numbers_that_are_none_become_empty_and_cost_nothing_else() -> None:
    data = instance(ImageComments="1\\2").replace(b"LT\x04\x001\\2 ", b"IS\x04\x00A\\2 ")
    elements = _elements(data)
    assert elements["00204000"] == {"vr": "IS", "Value": [None, 2]}
    assert elements["00080060"]["Value"] == ["CT"]


@pytest.mark.parametrize(("text", "value"), [
    ("1.50", 1.5), ("+2", 2), ("1e3", 1000.0), (".5", 0.5), ("007", 7), ("NaN", None), ("0,5", None), ("", None),
])
def test_decimal_strings(text: str, value: float | None) -> None:
    made = dataset()
    made.add_new(0x00180050, "LO", text or None)
    raw = text.encode() + b" " * (len(text) % 2)
    data = part10(made).replace(b"\x18\x00\x50\x00LO" + struct.pack("<H", len(raw)) + raw,
                                b"\x18\x00\x50\x00DS" + struct.pack("<H", len(raw)) + raw)
    expected = {"vr": "DS"} if value is None else {"vr": "DS", "Value": [value]}
    assert _elements(data)["00180050"] == expected


def test_numbers_that_json_does_not_have_are_null() -> None:
    made = dataset()
    made.add_new(0x00189087, "FD", [1.5, float("nan"), float("inf")])
    element = _elements(part10(made))["00189087"]
    assert element == {"vr": "FD", "Value": [1.5, None, None]}
    assert "NaN" not in line(0x00189087, element)


def test_big_values_travel_by_address_and_small_ones_inside() -> None:
    made = dataset(PixelRepresentation=0)
    made.add_new(0x00281201, "OW", b"\x01\x02" * 1000)
    made.add_new(0x00091001, "OB", b"\x00\xff")
    item = pydicom.Dataset()
    item.add_new(0x54001010, "OW", bytes(4000))
    made.WaveformSequence = Sequence([pydicom.Dataset(), item])
    elements = _elements(part10(made))
    assert elements["00281201"]["BulkDataURI"] == BULK_MARK + "00281201"
    assert base64.b64decode(elements["00091001"]["InlineBinary"]) == b"\x00\xff"
    assert elements["54000100"]["Value"][1]["54001010"]["BulkDataURI"] == BULK_MARK + "54000100/2/54001010"
    whole = join((line(int(tag, 16), element) for tag, element in elements.items()), "http://x/instances/1")
    assert json.loads(whole)["00281201"]["BulkDataURI"] == "http://x/instances/1/bulkdata/00281201"
    assert BULK_MARK not in whole


def test_words_of_big_endian_files_are_turned() -> None:
    made = dataset()
    made.add_new(0x00281201, "OW", b"\x01\x02\x03\x04")
    made.SmallestImagePixelValue = 258
    made.PixelRepresentation = 0
    elements = _elements(part10(made, EXPLICIT_BIG))
    assert base64.b64decode(elements["00281201"]["InlineBinary"]) == b"\x02\x01\x04\x03"
    assert elements["00280106"]["Value"] == [258]


def test_pixel_data_is_an_address_and_group_lengths_are_left_out() -> None:
    elements = _elements(image())
    assert elements["7FE00010"] == {"vr": "OW", "BulkDataURI": BULK_MARK + "7FE00010"}
    assert not [tag for tag in elements if tag.endswith("0000") or tag.startswith("0002")]


def test_lines_hold_no_line_breaks_and_join_in_order() -> None:
    data = instance(StudyDescription="one\ttwo", ImageComments="first\r\nsecond\x01third")
    lines = [line(tag, element) for tag, element in header_elements(read_header(data)).items()]
    assert not any("\n" in text or BULK_MARK in text for text in lines)
    whole = json.loads(join(reversed(lines)))
    assert list(whole) == sorted(map(tag_of_line, lines))
    assert whole["00204000"]["Value"] == ["first\r\nsecond\x01third"]
