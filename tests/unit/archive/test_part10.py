from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence

from desktop_app.archive.part10 import PIXEL_DATA, UNDEFINED, Header, read_header
from desktop_app.core.errors import DamagedDicom, DicomError, NotDicom
from tests.unit.archive.objects import (
    DEFLATED,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    JPEG_LS,
    dataset,
    image,
    part10,
    with_pixels,
)


def _rich() -> pydicom.Dataset:
    made = dataset(PatientName="Doe^Jane", PixelRepresentation=1, SmallestImagePixelValue=-5)
    inner = pydicom.Dataset()
    inner.CodeValue, inner.CodingSchemeDesignator = "T-1", "SRT"
    outer = pydicom.Dataset()
    outer.ConceptNameCodeSequence = Sequence([inner, inner])
    made.ContentSequence = Sequence([outer])
    made.add_new(0x00090010, "LO", "A CREATOR")
    made.add_new(0x00091001, "UN", b"\x01\x02")
    return made


@pytest.mark.parametrize("syntax", [IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED])
def test_every_native_transfer_syntax_is_read_alike(syntax: str) -> None:
    header = read_header(part10(with_pixels(_rich(), np.arange(64, dtype=np.int16).reshape(8, 8)), syntax))
    assert header.transfer_syntax_uid == syntax
    assert header.text(0x00100010) == "Doe^Jane"
    assert header.integer(0x00280010) == 8
    assert header.integer(0x00280106) == -5         # US or SS: signed because the pixels are
    (outer,) = header.find(0x0040A730).items or ()  # type: ignore[union-attr]
    (codes,) = [element.items for element in outer if element.tag == 0x0040A043]
    assert codes is not None
    assert [header.value(item[0]).strip() for item in codes] == [b"T-1", b"T-1"]
    assert header.pixels is not None
    assert (header.pixels.length, header.pixels.is_cut, header.is_native) == (128, False, True)


def test_agrees_with_pydicom_on_real_files(dicom_data: Path) -> None:
    compared = 0
    for path in sorted(dicom_data.rglob("*")):
        try:
            theirs = pydicom.dcmread(path, stop_before_pixels=True)
            header = read_header(path.read_bytes())
        except (pydicom.errors.InvalidDicomError, DicomError, OSError, ValueError):
            continue
        expected = sorted(int(tag) for tag in list(theirs.keys()) if int(tag) & 0xFFFF and int(tag) >> 16 != 0x7FE0)
        assert [element.tag for element in header.elements if element.tag >> 16 != 0x7FE0] == expected, path.name
        for tag in (0x00080018, 0x0020000D, 0x00100020, 0x00080060):
            assert header.text(tag) == str(theirs.get(tag).value or "" if tag in theirs else "").strip(), path.name
        compared += 1
    assert compared > 400


def test_what_is_no_dicom_file_is_said_to_be_none() -> None:
    for data in (b"", b"hello" * 100, b"\0" * 128 + b"DICX", b"<!doctype html>" + b" " * 200):
        with pytest.raises(NotDicom):
            read_header(data)


def test_a_cut_anywhere_in_the_header_never_passes_for_the_whole() -> None:
    data = image()
    whole = read_header(data)
    assert whole.pixels is not None
    for end in range(132, whole.pixels.offset):
        try:
            header = read_header(data[:end])
        except DicomError:
            continue
        assert header.pixels is None                # cut exactly between two elements
        assert len(header.elements) < len(whole.elements) or end == whole.pixels.offset - 12


def test_cut_pixels_are_noticed() -> None:
    data = image()
    header = read_header(data[:-1])
    assert header.pixels is not None
    assert header.pixels.is_cut
    assert header.pixels.length == 16 * 16 * 2 - 1


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_raises_nothing_but_our_errors(data: st.DataObject) -> None:
    damaged = bytearray(_DAMAGEABLE)
    for at in data.draw(st.lists(st.integers(132, len(damaged) - 1), min_size=1, max_size=8)):
        damaged[at] = data.draw(st.integers(0, 255))
    try:
        header = read_header(bytes(damaged))
    except DicomError:
        return
    assert all(element.offset + element.length <= len(damaged) for element in header.elements)


_DAMAGEABLE = part10(with_pixels(_rich(), np.zeros((4, 4), np.int16)))


def test_encapsulated_pixels_have_no_length() -> None:
    made = with_pixels(dataset(), np.zeros((4, 4), np.uint16))
    made.PixelData = encapsulate([b"\xff\xd8\xff\xd9"])
    made["PixelData"].is_undefined_length = True
    header = read_header(part10(made, JPEG_LS))
    assert header.pixels is not None
    assert header.pixels.length is None
    assert not header.is_native


def test_a_wrong_label_is_not_believed() -> None:
    explicit = part10(dataset(PatientID="4711"))
    mislabelled = explicit.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2\0\0\0")
    assert mislabelled != explicit
    assert read_header(mislabelled).text(0x00100020) == "4711"


def _raw(tag: int, vr: bytes, value: bytes, length: int | None = None) -> bytes:
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr
    return head + b"\0\0" + struct.pack("<I", len(value) if length is None else length) + value


def _header_of(*elements: bytes) -> Header:
    return read_header(part10(dataset(instance="1.2.1.1.1")) + b"".join(elements))


def test_a_known_attribute_written_as_unknown_gets_its_vr() -> None:
    header = _header_of(_raw(0x00280010, b"UN", struct.pack("<H", 7)))
    element = header.find(0x00280010)
    assert element is not None
    assert (element.vr, header.integer(0x00280010)) == ("US", 7)


def test_unknown_of_undefined_length_holds_implicit_items() -> None:
    inner = struct.pack("<HHI", 0x0008, 0x0100, 4) + b"CODE"
    item = struct.pack("<HHI", 0xFFFE, 0xE000, len(inner)) + inner
    end = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    header = _header_of(_raw(0x00310001, b"UN", item + end, UNDEFINED), _raw(0x00320001, b"LO", b"")[:0])
    element = header.find(0x00310001)
    assert element is not None
    assert element.items is not None
    assert header.value(element.items[0][0]) == b"CODE"


def test_compressed_pixels_of_an_icon_are_stepped_over() -> None:
    fragments = struct.pack("<HHI", 0xFFFE, 0xE000, 0) + struct.pack("<HHI", 0xFFFE, 0xE000, 2) + b"\xff\xd8" \
        + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    inner = _raw(PIXEL_DATA, b"OB", fragments, UNDEFINED)
    item = struct.pack("<HHI", 0xFFFE, 0xE000, len(inner)) + inner
    header = _header_of(_raw(0x00880200, b"SQ", item), _raw(0x01000010, b"UT", b"after"))
    assert header.text(0x01000010) == "after"
    assert header.pixels is None


def test_endless_nesting_is_refused() -> None:
    data = b""
    for _ in range(200):
        data = _raw(0x0040A730, b"SQ", struct.pack("<HHI", 0xFFFE, 0xE000, len(data)) + data)
    with pytest.raises(DamagedDicom, match="without end"):
        _header_of(data)


def test_trailing_zeros_are_padding_and_trailing_garbage_is_not() -> None:
    assert _header_of(b"\0" * 64).elements
    with pytest.raises(DicomError):
        _header_of(b"\x28\x00\x10")
