"""The Native DICOM Model: the same data sets as from JSON, and nothing that XML can be abused for."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import NotDicomWeb
from desktop_app.core.person_name import PersonName
from desktop_app.dicomweb.native_xml import read_native_xml


def attributes(inner: str, root: str = "NativeDicomModel") -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><{root}>{inner}</{root}>'.encode()


def test_values_keep_their_numbers_and_lose_their_white_space() -> None:
    (data,) = read_native_xml(attributes(
        '<DicomAttribute tag="00080061" vr="CS"><Value number="2"> MR </Value>'
        '<Value number="1">\nCT\n</Value></DicomAttribute>'
        '<DicomAttribute tag="0008103e" vr="LO"><Value>Chest</Value></DicomAttribute>'
        '<DicomAttribute tag="00080050" vr="SH"/>'
    ))
    assert data.texts("00080061") == ("CT", "MR")
    assert data.text("0008103E") == "Chest"
    assert data.text("00080050") == ""
    assert "00080050" in data


def test_a_name_has_components_in_three_groups() -> None:
    (data,) = read_native_xml(attributes(
        '<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1">'
        "<Alphabetic><FamilyName>Yamada</FamilyName><GivenName>Tarou</GivenName></Alphabetic>"
        "<Ideographic><FamilyName>山田</FamilyName><GivenName>太郎</GivenName></Ideographic>"
        "</PersonName></DicomAttribute>"
    ))
    assert data.person_name("00100010") == PersonName("Yamada^Tarou", "山田^太郎")


def test_middle_names_and_missing_components_keep_their_places() -> None:
    (data,) = read_native_xml(attributes(
        '<DicomAttribute tag="00100010" vr="PN"><PersonName number="1"><Alphabetic>'
        "<NameSuffix>Jr</NameSuffix><FamilyName>Doe</FamilyName></Alphabetic></PersonName></DicomAttribute>"
    ))
    assert data.person_name("00100010") == PersonName("Doe^^^^Jr")


def test_bulk_data_inline_binary_and_prefixed_names() -> None:
    inner = (
        '<n:DicomAttribute tag="7FE00010" vr="OW"><n:BulkData uri="http://a/bulk/1"/></n:DicomAttribute>'
        '<n:DicomAttribute tag="00420011" vr="OB"><n:InlineBinary>AQID</n:InlineBinary></n:DicomAttribute>'
    )
    xml = f'<n:NativeDicomModel xmlns:n="http://dicom.nema.org/PS3.19/models/NativeDICOM">{inner}</n:NativeDicomModel>'
    (data,) = read_native_xml(xml.encode())
    assert data.element("7FE00010").bulk_data_uri == "http://a/bulk/1"
    assert data.binary("00420011") == b"\1\2\3"


def test_several_models_under_one_root() -> None:
    uid = '<DicomAttribute tag="0020000D" vr="UI"><Value>1.{}</Value></DicomAttribute>'
    model = f"<NativeDicomModel>{uid}</NativeDicomModel>"
    found = read_native_xml(attributes(model.format(1) + model.format(2), root="results"))
    assert [data.text("0020000D") for data in found] == ["1.1", "1.2"]


def test_private_attributes_without_a_keyword_and_attributes_without_a_tag() -> None:
    (data,) = read_native_xml(attributes(
        '<DicomAttribute tag="00091097" vr="UT" privateCreator="X"><Value>words</Value></DicomAttribute>'
        '<DicomAttribute keyword="PatientID" vr="LO"><Value>ID1</Value></DicomAttribute>'
        '<DicomAttribute vr="LO"><Value>lost</Value></DicomAttribute>'
    ))
    assert data.text("00091097") == "words"
    assert data.text("00100020") == "ID1"


@pytest.mark.parametrize("xml", [
    b"", b"<", b"plain", b"<a>", b"<other/>", b"<html><body/></html>",
    b'<!DOCTYPE a [<!ENTITY b "c">]><NativeDicomModel>&b;</NativeDicomModel>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><NativeDicomModel/>',
    b"<NativeDicomModel>" + b"<a>" * 1000 + b"</a>" * 1000 + b"</NativeDicomModel>",
])
def test_what_is_no_model_is_refused(xml: bytes) -> None:
    with pytest.raises(NotDicomWeb):
        read_native_xml(xml)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(xml: bytes) -> None:
    with contextlib.suppress(NotDicomWeb):
        read_native_xml(b"<NativeDicomModel>" + xml + b"</NativeDicomModel>")
