"""The Native DICOM Model for clients that ask for XML (PS3.19 A.1.6, PS3.18 8.7.3.4)."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

import httpx
import pydicom
from pydicom.sequence import Sequence

from desktop_app.archive.native_model import native_model
from desktop_app.dicomweb.native_xml import read_native_xml
from tests.unit.archive.objects import (
    MULTIPART_DICOM,
    dataset,
    image,
    message,
    part10,
    parts_of,
    path_of,
    store,
)

XML_PARTS = 'multipart/related; type="application/dicom+xml"'
SPACE = "{http://dicom.nema.org/PS3.19/models/NativeDICOM}"


async def test_searches_and_metadata_answer_in_parts(client: httpx.AsyncClient) -> None:
    await store(client, image(1, 1, 1, PatientName="Doe^Jane"), image(1, 1, 2, PatientName="Doe^Jane"))
    for path, count in (("/studies", 1), ("/instances", 2), (path_of(1) + "/metadata", 2)):
        response = await client.get(path, headers={"Accept": XML_PARTS})
        parts = parts_of(response)
        assert [part.media_type.name for part in parts] == ["application/dicom+xml"] * count
        (read,) = read_native_xml(parts[0].data)
        assert read.text("0020000D") == "1.2.1"
        assert read.person_name("00100010").alphabetic == "Doe^Jane"
    response = await client.get("/studies?PatientID=nobody", headers={"Accept": XML_PARTS})
    assert parts_of(response) == []


async def test_storing_answers_bare(client: httpx.AsyncClient) -> None:
    response = await client.post("/studies", content=message([image()]),
                                 headers={"Content-Type": MULTIPART_DICOM, "Accept": "application/dicom+xml"})
    assert response.headers["content-type"] == "application/dicom+xml"
    (read,) = read_native_xml(response.content)
    (item,) = read.sequence("00081199")
    assert item.text("00081155") == "1.2.1.1.1"


async def test_an_xml_document_alone_is_not_offered_for_lists(client: httpx.AsyncClient) -> None:
    assert (await client.get("/studies", headers={"Accept": "application/dicom+xml"})).status_code == 406


def test_every_kind_of_value() -> None:
    item = {"00080100": {"vr": "SH", "Value": ["T-1"]}}
    document = ElementTree.fromstring(native_model({
        "00090010": {"vr": "LO", "Value": ["A & B"]},
        "00091001": {"vr": "UN", "InlineBinary": base64.b64encode(b"\x01").decode()},
        "00100010": {"vr": "PN", "Value": [{"Alphabetic": "Doe^Jane^^Dr", "Ideographic": "山田^太郎"}]},
        "00081032": {"vr": "SQ", "Value": [item, {}]},
        "00104000": {"vr": "LT", "Value": ["a < b\x0bc"]},
        "00281050": {"vr": "DS", "Value": [40, None, 1.5]},
        "7FE00010": {"vr": "OW", "BulkDataURI": "http://x/1?a=1&b=2"},
        "00100020": {"vr": "LO"},
    }))
    found = {node.get("tag"): node for node in document}
    assert list(found) == sorted(found)
    assert (found["00100010"].get("keyword"), found["00091001"].get("privateCreator")) == ("PatientName", "A & B")
    name = found["00100010"][0]
    assert [part.text for part in name[0]] == ["Doe", "Jane", "Dr"]
    assert name[0][2].tag == SPACE + "NamePrefix"
    assert [part.text for part in name[1]] == ["山田", "太郎"]
    assert [len(each) for each in found["00081032"]] == [1, 0]
    assert found["00104000"][0].text == "a < b\ufffdc"
    numbers = [(value.get("number"), value.text) for value in found["00281050"]]
    assert numbers == [("1", "40"), ("2", None), ("3", "1.5")]
    assert found["7FE00010"][0].get("uri") == "http://x/1?a=1&b=2"
    assert len(found["00100020"]) == 0


async def test_xml_says_what_json_says(client: httpx.AsyncClient) -> None:
    code = pydicom.Dataset()
    code.CodeValue, code.CodeMeaning = "T-1", "Körper"
    made = dataset(SpecificCharacterSet="ISO_IR 192", PatientName="Müller^Änne=山田^太郎", WindowCenter=["40", "50.5"],
                   ProcedureCodeSequence=Sequence([code]), ImageComments="zwei\r\nZeilen")
    await store(client, part10(made))
    (row,) = (await client.get(path_of(1) + "/metadata")).json()
    (part,) = parts_of(await client.get(path_of(1) + "/metadata", headers={"Accept": XML_PARTS}))
    (read,) = read_native_xml(part.data)
    assert read.person_name("00100010").ideographic == row["00100010"]["Value"][0]["Ideographic"]
    assert list(read.floats("00281050")) == row["00281050"]["Value"]
    assert read.sequence("00081032")[0].text("00080104") == "Körper"
    assert read.text("0020000D") == row["0020000D"]["Value"][0]
