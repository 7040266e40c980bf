"""Metadata and bytes side by side: what Google and dcm4chee document of it, and that both our readers understand it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import httpx
import pydicom
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.errors import DicomError
from desktop_app.core.making import FileKind, PictureUse, StudyContext
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.multipart import MultipartReader
from desktop_app.dicomweb.native_xml import read_native_xml
from desktop_app.dicomweb.store_metadata import MetadataForm, split_object
from desktop_app.objects.encapsulated import pdf_object
from desktop_app.objects.secondary_capture import look_at_picture, picture_object
from tests.support.pictures import pattern, pdf_bytes, picture_bytes

CONTEXT = StudyContext("1.2.3", "Yamada^Tarou=山田^太郎", "P & <1>")
PLACE = {"series_instance_uid": "2.25.1", "series_number": 901, "instance_number": 1, "description": "Added",
         "now": datetime(2026, 1, 2, tzinfo=UTC)}
JPEG, PDF = picture_bytes(pattern(), "JPEG"), pdf_bytes()


def picture(data: bytes = JPEG, kind: FileKind = FileKind.JPEG) -> Dataset:
    return picture_object(data, look_at_picture(data, kind), CONTEXT, PictureUse.PHOTOGRAPH, **PLACE)  # type: ignore[arg-type]


def document() -> Dataset:
    return pdf_object(PDF, CONTEXT, title="Letter", **PLACE)    # type: ignore[arg-type]


def test_google_gets_an_array_of_one_and_the_jpeg() -> None:
    split = split_object(picture(), MetadataForm.JSON)
    (model,) = json.loads(split.metadata)
    assert model["00080005"]["Value"] == ["ISO_IR 192"]
    assert model["00020010"]["Value"] == ["1.2.840.10008.1.2.4.50"]
    assert [key for key, value in model.items() if "BulkDataURI" in value] == ["7FE00010"]
    assert model["7FE00010"]["BulkDataURI"] == split.location
    assert model["00100010"]["Value"] == [{"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"}]
    assert split.bulk[:len(JPEG)] == JPEG and split.bulk_type == "image/jpeg"


def test_dcm4chee_gets_a_model_in_xml_and_the_pdf() -> None:
    split = split_object(document(), MetadataForm.XML)
    (model,) = read_native_xml(split.metadata)
    assert model.text("00100020") == "P & <1>"
    assert model.person_name("00100010").ideographic == "山田^太郎"
    assert model.text("00020010") == "1.2.840.10008.1.2.1" and model.text("00420010") == "Letter"
    assert f'<BulkData uri="{split.location}"/>'.encode() in split.metadata
    assert split.bulk == PDF and split.bulk_type == "application/pdf"


def test_the_parts_of_the_request_name_each_other() -> None:
    split = split_object(picture(), MetadataForm.JSON)
    kind, body = split.body("cut")
    assert kind == 'multipart/related; type="application/dicom+json"; boundary=cut'
    reader = MultipartReader(kind)
    first, second = reader.feed(body) + reader.close()
    assert first.media_type.name == "application/dicom+json" and first.data == split.metadata
    assert second.headers["content-location"] == split.location and second.data == split.bulk


@pytest.mark.parametrize("dataset", [picture(picture_bytes(pattern(), "PNG"), FileKind.PNG)])
def test_what_is_not_compressed_is_stored_whole(dataset: Dataset) -> None:
    with pytest.raises(DicomError, match="stored whole"):
        split_object(dataset, MetadataForm.JSON)


async def test_the_client_sends_it_and_takes_the_verdict() -> None:
    dataset, asked = picture(), []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.headers["content-type"], len(request.read())))
        return httpx.Response(200, json={"00081199": {"vr": "SQ", "Value": [
            {"00081155": {"vr": "UI", "Value": [str(dataset.SOPInstanceUID)]}}]}})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        client = DicomWebClient("http://archive.test/dicom-web", http)
        response = await client.store_split(split_object(dataset, MetadataForm.JSON))
    assert response.stored_as(str(dataset.SOPInstanceUID))
    assert re.match(r'multipart/related; type="application/dicom\+json"', asked[0][0])
    assert asked[0][1] > len(JPEG)
    assert pydicom.uid.UID(str(dataset.SOPInstanceUID)).is_valid
