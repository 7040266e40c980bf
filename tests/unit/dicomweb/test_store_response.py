"""Store responses in JSON and XML, as Google, Orthanc, dcm4chee and Azure write them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.dicomweb.store_response import FailedInstance, StoredInstance, parse_store_response

CT = "1.2.840.10008.5.1.4.1.1.2"


def text(vr: str, *values: object) -> dict[str, object]:
    return {"vr": vr, "Value": list(values)}


def item(uid: str, **tags: object) -> dict[str, object]:
    return {"00081150": text("UI", CT), "00081155": text("UI", uid), **{f"{key:0>8}": value for key,
        value in tags.items()}}


def body(stored: list[object], failed: list[object]) -> dict[str, object]:
    return {"00081199": {"vr": "SQ", "Value": stored}, "00081198": {"vr": "SQ", "Value": failed}}


MIXED = body(
    [item("1.1", **{"00081190": text("UR", "http://a/1.1")}), item("1.2", **{"00081196": text("US", 45056)})],
    [item("1.3", **{"00081197": text("US", 272)})],
)
EXPECTED_STORED = (StoredInstance("1.1", CT, "http://a/1.1"), StoredInstance("1.2", CT, "", 45056))
EXPECTED_FAILED = (FailedInstance("1.3", CT, 272),)


@pytest.mark.parametrize("value", [MIXED, [MIXED]])
@pytest.mark.parametrize("content_type", ["application/dicom+json", "application/json", "", "text/plain"])
@pytest.mark.parametrize("status", [200, 202, 400, 409])
def test_the_body_decides_whatever_status_and_type_say(value: object, content_type: str, status: int) -> None:
    response = parse_store_response(status, content_type, json.dumps(value).encode())
    assert response.status == status
    assert response.stored == EXPECTED_STORED
    assert response.failed == EXPECTED_FAILED
    assert response.understood
    assert response.stored_as("1.2")
    assert not response.stored_as("1.3")
    assert response.reason_for("1.3") == EXPECTED_FAILED[0]
    assert response.reason_for("1.1") is None


XML = """<?xml version="1.0" encoding="UTF-8"?>
<NativeDicomModel{namespace}>
  <DicomAttribute tag="00081190" vr="UR" keyword="RetrieveURL"><Value number="1">http://a</Value></DicomAttribute>
  <DicomAttribute tag="00081198" vr="SQ" keyword="FailedSOPSequence">
    <Item number="1">
      <DicomAttribute tag="00081150" vr="UI"><Value number="1">1.2.840.10008.5.1.4.1.1.2</Value></DicomAttribute>
      <DicomAttribute tag="00081155" vr="UI"><Value number="1">
        1.3
      </Value></DicomAttribute>
      <DicomAttribute tag="00081197" vr="US"><Value number="1">272</Value></DicomAttribute>
    </Item>
  </DicomAttribute>
  <DicomAttribute tag="00081199" vr="SQ" keyword="ReferencedSOPSequence">
    <Item number="1">
      <DicomAttribute tag="00081150" vr="UI"><Value number="1">1.2.840.10008.5.1.4.1.1.2</Value></DicomAttribute>
      <DicomAttribute tag="00081155" vr="UI"><Value number="1">1.1</Value></DicomAttribute>
      <DicomAttribute tag="00081190" vr="UR"><Value number="1">
         http://a/1.1 </Value></DicomAttribute>
    </Item>
    <Item number="2">
      <DicomAttribute tag="00081150" vr="UI"><Value number="1">1.2.840.10008.5.1.4.1.1.2</Value></DicomAttribute>
      <DicomAttribute tag="00081155" vr="UI"><Value number="1">1.2</Value></DicomAttribute>
      <DicomAttribute tag="00081196" vr="US"><Value number="1">45056</Value></DicomAttribute>
    </Item>
  </DicomAttribute>
</NativeDicomModel>
"""
NAMESPACE = ' xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM"'


@pytest.mark.parametrize("namespace", ["", NAMESPACE])
@pytest.mark.parametrize("content_type", ["application/dicom+xml", "text/xml; charset=utf-8", ""])
def test_xml_with_and_without_its_namespace(namespace: str, content_type: str) -> None:
    response = parse_store_response(409, content_type, XML.replace("{namespace}", namespace).encode())
    assert response.stored == EXPECTED_STORED
    assert response.failed == EXPECTED_FAILED


def test_xml_in_a_multipart_answer() -> None:
    part = b"--b\r\nContent-Type: application/dicom+xml\r\n\r\n" + XML.replace("{namespace}",
        "").encode() + b"\r\n--b--\r\n"
    response = parse_store_response(200, 'multipart/related; type="application/dicom+xml"; boundary=b', part)
    assert response.stored == EXPECTED_STORED


def test_orthanc_lists_only_the_good_one_with_400_and_no_content_type() -> None:
    answer = {"00080005": text("CS", "ISO_IR 100"), "00081198": {"vr": "SQ"}, "00081199": {"vr": "SQ",
        "Value": [item("1.1")]}}
    response = parse_store_response(400, "", json.dumps(answer).encode())
    assert response.understood
    assert response.stored_as("1.1")
    assert response.failed == ()


def test_orthanc_names_nothing_when_nothing_was_good() -> None:
    answer = {"00080005": text("CS", "ISO_IR 100"), "00081198": {"vr": "SQ"}, "00081199": {"vr": "SQ"}}
    response = parse_store_response(400, "", json.dumps(answer).encode())
    assert not response.understood


def test_google_puts_its_words_into_private_attributes() -> None:
    answer = body([], [item("1.3", **{"00081197": text("US", 272), "00091097": text("UT", "instance already exists")})])
    assert parse_store_response(409, "application/dicom+json", json.dumps(answer).encode()).failed[0].detail == (
        "instance already exists"
    )


def test_azure_puts_its_words_into_failed_attributes() -> None:
    comment = {"vr": "SQ", "Value": [{"00000902": text("LO", "DICOM100: bad date")}]}
    answer = body([item("1.1", **{"00081196": text("US", 1), "00741048": comment})], [])
    (stored,) = parse_store_response(202, "application/dicom+json", json.dumps(answer).encode()).stored
    assert stored.warning_reason == 1
    assert stored.detail == "DICOM100: bad date"


def test_parts_that_were_no_dicom_are_failures_without_a_uid() -> None:
    answer = {"0008119A": {"vr": "SQ", "Value": [{"00081197": text("US", "49152")}]}}
    assert parse_store_response(202, "", json.dumps(answer).encode()).failed == (FailedInstance("", "", 49152),)


@pytest.mark.parametrize("answer", [
    b"", b"  ", b"OK", b"<html><body>Bad gateway</body></html>", b"[]", b"{}", b"{broken", b"<broken", b"\x00\x01",
    b'<!DOCTYPE x [<!ENTITY a "b">]><NativeDicomModel/>', b"<other/>",
    b'{"00081199": 5, "00081198": {"vr":"SQ","Value":[null]}}',
])
def test_what_cannot_be_read_is_not_understood(answer: bytes) -> None:
    response = parse_store_response(200, "application/dicom+json", answer)
    assert not response.understood
    assert response.stored == response.failed == ()


@given(answer=st.binary(max_size=64), content_type=st.sampled_from(["", "application/dicom+json",
    "multipart/related; boundary=b"]))
def test_no_answer_is_too_strange_to_be_read(answer: bytes, content_type: str) -> None:
    parse_store_response(200, content_type, answer)
