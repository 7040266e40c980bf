"""MyHealth@EU Get Images: three retrievals and nothing else. Studies open by their UID or by a manifest."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.uid import generate_uid
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from desktop_app.core.errors import NotDicom
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import System
from desktop_app.core.study import Study
from desktop_app.dicomweb.multipart import closing, part_head
from desktop_app.services.manifest import read_manifest
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import Place, of_file, opened, services

# Its statement's transfer syntaxes, each by a file that has it.
SYNTAXES = {
    "1.2.840.10008.1.2": "rtdose.dcm", "1.2.840.10008.1.2.1": "CT_small.dcm",
    "1.2.840.10008.1.2.2": "SC_rgb_small_odd_big_endian.dcm", "1.2.840.10008.1.2.4.50": "SC_rgb_jpeg_dcmtk.dcm",
    "1.2.840.10008.1.2.4.70": "SC_rgb_jpeg_gdcm.dcm", "1.2.840.10008.1.2.4.90": "emri_small_jpeg_2k_lossless.dcm",
    "1.2.840.10008.1.2.4.91": "JPEG2000.dcm", "1.2.840.10008.1.2.5": "MR_small_RLE.dcm",
}
CLASSES = {
    "CT": "1.2.840.10008.5.1.4.1.1.2", "MR": "1.2.840.10008.5.1.4.1.1.4", "US": "1.2.840.10008.5.1.4.1.1.6.1",
    "SC": "1.2.840.10008.5.1.4.1.1.7", "MG": "1.2.840.10008.5.1.4.1.1.1.2", "PT": "1.2.840.10008.5.1.4.1.1.128",
    "enhanced MR": "1.2.840.10008.5.1.4.1.1.4.1",
}


class GetImages:
    """Answers a path with what was put there; refuses everything else, and every media type that it does not have."""

    def __init__(self, answers: dict[str, Response]) -> None:
        self.answers, self.asked = answers, [""][1:]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path, accept = request.url.path, request.headers["accept"]
        self.asked.append(path)
        answer = self.answers.get(path, Response("unknown", 404))
        if accept not in ("application/dicom", "application/octet-stream", "image/jpeg", "*/*"):
            answer = Response("no such media type", 406)
        await answer(scope, receive, send)


def study_path(study_uid: str) -> str:
    return f"/studies/{study_uid}"


def multipart(*objects: bytes, media_type: str = "application/dicom") -> Response:
    body = b"".join(part_head("b", {"Content-Type": media_type}, first=not number) + data
                    for number, data in enumerate(objects)) + closing("b")
    return Response(body, media_type=f'multipart/related; type="{media_type}"; boundary=b')


def one_stream(*objects: bytes) -> Response:
    return Response(objects[0], media_type="application/octet-stream")


def zipped(*objects: bytes) -> Response:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("DICOMDIR", b"\0" * 128 + b"DICM")
        for number, data in enumerate(objects):
            archive.writestr(f"IMAGES/{number}", data)
    return Response(file.getvalue(), media_type="application/zip")


@pytest.fixture(scope="module")
def of_name(dicom_data: Path) -> Callable[[str], Path]:
    return lambda name: next(iter(sorted(dicom_data.rglob(name))))


@pytest.fixture
def serving() -> Iterator[Callable[[dict[str, Response]], Place]]:
    servers = []

    def serve(answers: dict[str, Response]) -> Place:
        server = AsgiServer(GetImages(answers))
        server.__enter__()
        servers.append(server)
        return Place(server.url, System.MYHEALTH)

    yield serve
    for server in servers:
        server.__exit__(None, None, None)


@pytest.mark.parametrize("answer", [multipart, one_stream, zipped])
@pytest.mark.parametrize("syntax", SYNTAXES)
async def test_every_transfer_syntax_in_every_form(
    syntax: str, answer: Callable[..., Response], of_name: Callable[[str], Path], serving: Callable[..., Place]
) -> None:
    path = of_name(SYNTAXES[syntax])
    assert pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID == syntax
    study_uid, sop_uid, pixels = of_file(path)
    async with services(serving({study_path(study_uid): answer(path.read_bytes())})) as (client, loader, _):
        page = await client.search_studies(StudyQuery(text=study_uid))
        assert [study.study_instance_uid for study in page.items] == [study_uid], "a UID that was typed is believed"
        np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)


@pytest.mark.parametrize("name", CLASSES)
async def test_every_sop_class_is_listed_as_an_image(
    name: str, of_name: Callable[[str], Path], serving: Callable[..., Place], tmp_path: Path
) -> None:
    source = of_name("emri_small.dcm" if name == "enhanced MR" else "MR_small.dcm")
    dataset = pydicom.dcmread(source)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = CLASSES[name]
    dataset.save_as(tmp_path / "object.dcm")
    study_uid, sop_uid, pixels = of_file(tmp_path / "object.dcm")
    data = (tmp_path / "object.dcm").read_bytes()
    async with services(serving({study_path(study_uid): multipart(data)})) as (client, loader, _):
        np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)


async def test_a_study_of_several_is_retrieved_once_and_each_image_is_there(
    of_name: Callable[[str], Path], serving: Callable[..., Place], tmp_path: Path
) -> None:
    source = pydicom.dcmread(of_name("CT_small.dcm"))
    objects = []
    for number in range(5):
        source.SOPInstanceUID = source.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        source.SeriesInstanceUID = f"1.2.3.{number % 2}"
        source.save_as(tmp_path / "one.dcm")
        objects.append((tmp_path / "one.dcm").read_bytes())
    place = serving({study_path(str(source.StudyInstanceUID)): multipart(*objects)})
    async with services(place) as (client, loader, _):
        shown = await opened(client, loader, str(source.StudyInstanceUID))
        assert len(shown) == 5
        study = await client.retrieved_study(str(source.StudyInstanceUID))
        assert (study.patient_id, study.modalities) == ("1CT1", ("CT",))
        counts = [series.instance_count async for series in client.iter_series(study.study_instance_uid)]
        assert sorted(counts) == [2, 3]


async def test_a_jpeg_in_place_of_an_object_is_shown_and_said_to_be_no_measure(serving: Callable[..., Place]) -> None:
    file = io.BytesIO()
    Image.fromarray(np.arange(64 * 48, dtype=np.uint8).reshape(64, 48)).save(file, "JPEG")
    place = serving({study_path("1.2.3"): Response(file.getvalue(), media_type="image/jpeg")})
    async with services(place) as (client, loader, _):
        (pixels,) = (await opened(client, loader, "1.2.3")).values()
        assert pixels.shape[:2] == (64, 48)
        assert any("not for measurement" in note for note in client.dialect.notes)


def fhir(study_uid: str, series_uid: str, sop_uid: str) -> dict[str, Any]:
    return {
        "resourceType": "ImagingStudy", "status": "available", "subject": {"reference": "Patient/1"},
        "identifier": [{"system": "urn:dicom:uid", "value": f"urn:oid:{study_uid}"}],
        "started": "2026-01-02T03:04:05Z", "description": "Head",
        "series": [{"uid": series_uid, "number": 2, "modality": {"code": "CT"}, "description": "axial", "instance": [
            {"uid": sop_uid, "number": 7, "sopClass": {"system": "urn:ietf:rfc:3986",
                                                       "code": "urn:oid:1.2.840.10008.5.1.4.1.1.2"}}]}]}


def as_xml(value: dict[str, Any]) -> str:
    def inner(found: dict[str, Any]) -> str:
        text = ""
        for key, one in found.items():
            for item in one if isinstance(one, list) else [one]:
                if isinstance(item, dict):
                    text += f"<{key}>{inner(item)}</{key}>"
                elif key != "resourceType":
                    text += f'<{key} value="{item}"/>'
        return text
    return f'<ImagingStudy xmlns="http://hl7.org/fhir">{inner(value)}</ImagingStudy>'


@pytest.fixture(params=["json", "r5", "bundle", "xml", "key objects"])
def manifest(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str, str, str], Path]:
    def write(study_uid: str, series_uid: str, sop_uid: str) -> Path:
        named = fhir(study_uid, series_uid, sop_uid)
        if request.param == "xml":
            (tmp_path / "m.xml").write_text(as_xml(named))
            return tmp_path / "m.xml"
        if request.param == "key objects":
            return key_objects(tmp_path / "m.dcm", study_uid, series_uid, sop_uid)
        if request.param == "r5":
            named["series"][0]["modality"] = {"coding": [{"code": "CT"}]}
        if request.param == "bundle":
            entries = [{"resource": {"resourceType": "Patient"}}, {"resource": named}]
            named = {"resourceType": "Bundle", "entry": entries}
        (tmp_path / "m.json").write_text(json.dumps(named))
        return tmp_path / "m.json"
    return write


def key_objects(path: Path, study_uid: str, series_uid: str, sop_uid: str) -> Path:
    dataset = pydicom.Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.59", generate_uid()
    item, series, study = pydicom.Dataset(), pydicom.Dataset(), pydicom.Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = CLASSES["CT"], sop_uid
    series.SeriesInstanceUID, series.ReferencedSOPSequence = series_uid, [item]
    study.StudyInstanceUID, study.ReferencedSeriesSequence = study_uid, [series]
    dataset.CurrentRequestedProcedureEvidenceSequence = [study]
    dataset.file_meta = pydicom.dataset.FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    dataset.save_as(path, enforce_file_format=True)
    return path


async def test_a_manifest_names_what_is_retrieved_one_by_one(
    manifest: Callable[[str, str, str], Path], of_name: Callable[[str], Path], serving: Callable[..., Place]
) -> None:
    path = of_name("CT_small.dcm")
    study_uid, sop_uid, pixels = of_file(path)
    series_uid = str(pydicom.dcmread(path, stop_before_pixels=True).SeriesInstanceUID)
    named = await asyncio.to_thread(read_manifest, manifest(study_uid, series_uid, sop_uid))
    assert (named.study.study_instance_uid, len(named.series), len(named.instances)) == (study_uid, 1, 1)
    place = serving({f"/studies/{study_uid}/series/{series_uid}/instances/{sop_uid}": one_stream(path.read_bytes())})
    async with services(place) as (client, loader, _):
        client.know(named.study, named.series, named.instances)
        np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)
        assert [study.study_instance_uid for study in (await client.search_studies(StudyQuery())).items] == [study_uid]


@pytest.mark.parametrize("text", [
    "", "{", "[]", "{}", '{"resourceType": "Patient"}', "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "no manifest"])
def test_what_is_no_manifest_is_said_in_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(NotDicom, match="names no images"):
        read_manifest(tmp_path / "m.json")


async def test_an_unknown_study_is_an_error_and_not_an_empty_one(serving: Callable[..., Place]) -> None:
    from desktop_app.core.errors import LightboxError
    async with services(serving({})) as (client, loader, _):
        with pytest.raises(LightboxError):
            await opened(client, loader, "1.2.3")
        assert (await client.search_studies(StudyQuery(text="1.2.3.4.5.6"))).items == (Study("1.2.3.4.5.6"),)
