"""Answers as the makers of servers have published them, rebuilt from their facts: dcm4chee's and Google's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from desktop_app.core.person_name import PersonName
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import System
from desktop_app.core.study import Study
from desktop_app.dicomweb.dicom_json import read_dataset
from desktop_app.dicomweb.media_types import parse_media_type
from desktop_app.dicomweb.multipart import MultipartReader
from desktop_app.dicomweb.presets import PRESETS
from desktop_app.dicomweb.rows import instance_from_json
from desktop_app.dicomweb.store_metadata import MetadataForm, SplitObject
from desktop_app.dicomweb.store_response import StoredInstance, StoreResponse, parse_store_response
from desktop_app.imaging.json_header import bulk_uris, dataset_from_json
from tests.unit.dicomweb.fake_archive import ROOT, client_of

INSIDE = "http://localhost:8080/dcm4chee-arc/aets/DCM4CHEE/rs"      # how the archive calls itself behind a proxy
STUDY = "2.16.840.1.113995.3.110.3.0.10118.6000009.497166.721604"
SERIES = "2.16.840.1.113995.3.110.3.0.10118.6000009.258169"
INSTANCE = f"{SERIES}.1"
SLIDE_CLASS = "1.2.840.10008.5.1.4.1.1.77.1.6"
JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
FILE = b"\0" * 128 + b"DICM" + b"\x02\0\0\0UL\x04\0" + bytes(200)

# Of one study: tag, VR, keyword, value; None where the element is there and empty.
STUDY_ROW: tuple[tuple[str, str, str, str | None], ...] = (
    ("00080005", "CS", "SpecificCharacterSet", None), ("00080020", "DA", "StudyDate", "20220928"),
    ("00080030", "TM", "StudyTime", "214137.000"), ("00080050", "SH", "AccessionNumber", None),
    ("00080054", "AE", "RetrieveAETitle", "DCM4CHEE"), ("00080056", "CS", "InstanceAvailability", "ONLINE"),
    ("00080061", "CS", "ModalitiesInStudy", "SM"), ("00080090", "PN", "ReferringPhysicianName", None),
    ("00080201", "SH", "TimezoneOffsetFromUTC", None),
    ("00081190", "UR", "RetrieveURL", f"{INSIDE}/studies/{STUDY}"), ("00100010", "PN", "PatientName", "Zeta^Zachary"),
    ("00100020", "LO", "PatientID", "ccbaf3d29596b6d2"), ("00100030", "DA", "PatientBirthDate", "19830606"),
    ("00100040", "CS", "PatientSex", "M"), ("0020000D", "UI", "StudyInstanceUID", STUDY),
    ("00200010", "SH", "StudyID", "Case-F"), ("00201206", "IS", "NumberOfStudyRelatedSeries", "1"),
    ("00201208", "IS", "NumberOfStudyRelatedInstances", "1"),
)
FOUND = Study(
    STUDY, PersonName("Zeta^Zachary"), "ccbaf3d29596b6d2", "19830606", "M", "20220928", "214137.000", ("SM",),
    series_count=1, instance_count=1)


def as_json(rows: tuple[tuple[str, str, str, str | None], ...]) -> bytes:
    def element(vr: str, value: str | None) -> dict[str, Any]:
        given: object = {"Alphabetic": value} if vr == "PN" else value      # counts are strings here
        return {"vr": vr} if value is None else {"vr": vr, "Value": [given]}

    return json.dumps([{tag: element(vr, value) for tag, vr, _, value in rows}]).encode()


def as_xml(rows: tuple[tuple[str, str, str, str | None], ...], gap: str = "") -> bytes:
    """`gap` stands between the elements and around the values, as a printer of XML may put it there."""
    def inner(vr: str, value: str) -> str:
        if vr != "PN":
            return f'<Value number="1">{gap}{value}{gap}</Value>'
        family, given = value.split("^")
        return (f'<PersonName number="1">{gap}<Alphabetic><FamilyName>{family}</FamilyName>{gap}'
                f"<GivenName>{given}</GivenName></Alphabetic></PersonName>")

    made = "".join(
        f'{gap}<DicomAttribute keyword="{keyword}" tag="{tag}" vr="{vr}"'
        + ("/>" if value is None else f">{inner(vr, value)}</DicomAttribute>") for tag, vr, keyword, value in rows)
    return (f'<?xml version="1.0" encoding="UTF-8"?><NativeDicomModel xml:space="preserve">{made}{gap}'
            "</NativeDicomModel>").encode()


def resteasy(body: bytes, kind: str, syntax: str = "") -> tuple[str, bytes]:
    """Content-Type and bytes of a message with one part, its parameters in the order in which dcm4chee has them."""
    boundary, start = "31a077d1-31cc-4c93-9190-0a5c98661f38", "fdb89c06-15e4-45cc-a9b2-2e48ba0d8ed0@resteasy-multipart"
    said = f";transfer-syntax={syntax}" if syntax else ""
    head = f'multipart/related;start="<{start}>"{said};type="{kind}"; boundary={boundary}'
    part = f"--{boundary}\r\nContent-ID: <{start}>\r\nContent-Type: {kind}{said}\r\n\r\n".encode()
    return head, part + body + f"\r\n--{boundary}--".encode()


def answering(content_type: str, body: bytes) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(200, content=body, headers={"Content-Type": content_type})


# ------------------------------------------------------------------------------------------------------------- search

@pytest.mark.parametrize("answer", [
    ("application/dicom+json", as_json(STUDY_ROW)),
    resteasy(as_xml(STUDY_ROW), "application/dicom+xml"),
    resteasy(as_xml(STUDY_ROW, "\n  "), "application/dicom+xml"),
], ids=["JSON", "XML", "XML with line breaks"])
async def test_a_search_says_the_same_in_json_and_in_xml(answer: tuple[str, bytes]) -> None:
    async with client_of(answering(*answer), PRESETS[System.DCM4CHEE]) as client:
        (study,) = (await client.search_studies(StudyQuery(patient_name="Zeta^*", date_from="20220928",
                                                           date_to="20220928"))).items
    assert study == FOUND


async def test_the_search_is_asked_for_as_it_was_published() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=as_json(STUDY_ROW), headers={"Content-Type": "application/dicom+json"})

    async with client_of(answer, PRESETS[System.DCM4CHEE]) as client:
        await client.search_studies(StudyQuery(patient_name="Zeta^*", date_from="20220928", date_to="20220928"))
    params = asked[0].url.params
    assert (params["PatientName"], params["StudyDate"]) == ("Zeta^*", "20220928")
    assert asked[0].headers["accept"].startswith("application/dicom+json")


def test_an_instance_of_a_search_may_tell_little() -> None:
    """Google's example lists an instance without the UIDs of its study and series."""
    instance = instance_from_json(read_dataset({
        "00080016": {"vr": "UI", "Value": [SLIDE_CLASS]}, "00080018": {"vr": "UI", "Value": [INSTANCE]},
        "00080060": {"vr": "CS", "Value": ["SM"]}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "Anonymized"}]},
    }), STUDY, SERIES)
    assert instance is not None
    assert (instance.study_instance_uid, instance.series_instance_uid) == (STUDY, SERIES)
    assert instance.frames == 1


# ----------------------------------------------------------------------------------------------------------- retrieve

async def test_an_instance_comes_in_a_part_whose_syntax_stands_twice() -> None:
    async with client_of(
        answering(*resteasy(FILE, "application/dicom", JPEG_BASELINE)), PRESETS[System.DCM4CHEE]
    ) as client:
        assert await client.retrieve_instance(STUDY, SERIES, INSTANCE) == FILE


def test_the_boundary_is_found_behind_the_other_parameters() -> None:
    content_type, body = resteasy(FILE, "application/dicom", JPEG_BASELINE)
    media_type = parse_media_type(content_type)
    assert media_type.inner.name == "application/dicom"
    for size in (1, 7, len(body)):
        reader = MultipartReader(content_type)
        parts = [part for at in range(0, len(body), size) for part in reader.feed(body[at:at + size])]
        (part,) = parts + reader.close()
        assert part.data == FILE
        assert part.media_type.transfer_syntax_uid == JPEG_BASELINE
        assert reader.complete, "the line end after the last delimiter is missing, and nothing else"


def test_wado_uri_names_the_syntax_in_the_type() -> None:
    media_type = parse_media_type(f"application/dicom;transfer-syntax={JPEG_BASELINE}")
    assert (media_type.name, media_type.transfer_syntax_uid) == ("application/dicom", JPEG_BASELINE)


# ----------------------------------------------------------------------------------------------------- a slide's header

PROFILE = f"{INSIDE}/studies/{STUDY}/series/{SERIES}/instances/{INSTANCE}/bulkdata/00480105/0/00282000"


def of(vr: str, *values: object) -> dict[str, object]:
    return {"vr": vr, "Value": list(values)} if values else {"vr": vr}


def code(value: str, scheme: str, meaning: str) -> dict[str, object]:
    return {"00080100": of("SH", value), "00080102": of("SH", scheme), "00080104": of("LO", meaning)}


SLIDE: dict[str, Any] = {
    "00080008": of("CS", "DERIVED", "PRIMARY", "VOLUME", "RESAMPLED"), "00080016": of("UI", SLIDE_CLASS),
    "00080018": of("UI", INSTANCE), "00080050": of("SH", "MODIFIED"), "00080060": of("CS", "SM"),
    "00080090": of("PN"), "00100010": of("PN", {"Alphabetic": "Zeta^Zachary"}),
    "0020000D": of("UI", STUDY), "0020000E": of("UI", SERIES), "00200013": of("IS", "1"),
    "00200052": of("UI", f"{SERIES}.0.1"), "00209311": of("CS", "TILED_FULL"),
    "00280002": of("US", 3), "00280004": of("CS", "YBR_FULL_422"), "00280008": of("IS", "1"),
    "00280010": of("US", 1280), "00280011": of("US", 1280), "00280100": of("US", 8), "00280101": of("US", 8),
    "00280102": of("US", 7), "00280103": of("US", 0), "00282112": of("DS", "10"),
    "00480001": of("FL", 14.878604888916016), "00480002": of("FL", 25.200210571289062),
    "00480006": of("UL", 520), "00480007": of("UL", 880), "00400555": of("SQ"),
    "00480008": of("SQ", {"0040072A": of("DS", "5.989978"), "0040073A": of("DS", "30.823605")}),
    "00480102": of("DS", "1", "0", "0", "0", "-1", "0"),
    "00480105": of("SQ", {
        "00220016": of("SQ", code("111744", "DCM", "Brightfield illumination")),
        "00282000": {"vr": "OB", "BulkDataURI": PROFILE}, "00480106": of("SH", "1"),
        "00480108": of("SQ", code("414298005", "SCT", "Full Spectrum")),
    }),
    "52009229": of("SQ", {"00289110": of("SQ", {
        "00180050": of("DS", "0.001000"), "00280030": of("DS", "0.029760", "0.029760")})}),
    "7FE00010": {"vr": "OB", "BulkDataURI": f"{INSIDE}/studies/{STUDY}/series/{SERIES}/instances/{INSTANCE}/pixeldata"},
}


def test_the_header_of_a_slide_becomes_an_instance() -> None:
    instance = instance_from_json(read_dataset(SLIDE))
    assert instance is not None
    assert (instance.sop_class_uid, instance.sop_instance_uid) == (SLIDE_CLASS, INSTANCE)
    assert (instance.rows, instance.columns, instance.frames) == (1280, 1280, 1)
    assert instance.image_type == ("DERIVED", "PRIMARY", "VOLUME", "RESAMPLED")
    assert instance.frame_of_reference_uid == f"{SERIES}.0.1"
    assert instance.transfer_syntax_uid == "", "this archive tells it of files only"


def test_the_header_of_a_slide_becomes_a_dataset_with_its_colour_profile() -> None:
    assert list(bulk_uris(SLIDE)) == [PROFILE], "the profile lies within a sequence; pixels are fetched otherwise"
    dataset = dataset_from_json(SLIDE, {PROFILE: b"profile."})
    assert dataset.OpticalPathSequence[0].ICCProfile == b"profile."
    assert dataset.OpticalPathSequence[0].IlluminationTypeCodeSequence[0].CodeValue == "111744"
    assert (dataset.TotalPixelMatrixColumns, dataset.TotalPixelMatrixRows) == (520, 880)
    assert [float(value) for value in dataset.ImageOrientationSlide] == [1, 0, 0, 0, -1, 0]
    assert float(dataset.TotalPixelMatrixOriginSequence[0].YOffsetInSlideCoordinateSystem) == 30.823605
    shared = dataset.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
    assert [float(value) for value in shared.PixelSpacing] == [0.02976, 0.02976]
    assert "PixelData" not in dataset


async def test_bulk_data_of_an_inner_host_is_asked_for_at_the_archive_itself() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=b"profile.", headers={"Content-Type": "application/octet-stream"})

    async with client_of(answer, PRESETS[System.DCM4CHEE]) as client:
        assert await client.retrieve_bulkdata(PROFILE) == b"profile."
    assert asked == [PROFILE.replace(INSIDE, ROOT)]


# -------------------------------------------------------------------------------------------------------------- store

PDF_CLASS, PDF = "1.2.840.10008.5.1.4.1.1.104.1", "2.25.51802425333713119956607409902530115960"


def stored_as_xml(root: str, sop_class: str, instance: str, *, declared: bool, tag_first: bool, gap: str) -> bytes:
    """The answer to storing one object: `tag_first` and no declaration as Google writes it, else as dcm4chee does."""
    study, whole = f"{root}/studies/{STUDY}", f"{root}/studies/{STUDY}/series/{SERIES}/instances/{instance}"

    def attribute(tag: str, vr: str, keyword: str, inner: str) -> str:
        named = f'tag="{tag}" vr="{vr}" keyword="{keyword}"' if tag_first else (
            f'keyword="{keyword}" tag="{tag}" vr="{vr}"')
        return f"{gap}<DicomAttribute {named}>{inner}</DicomAttribute>"

    def value(text: str) -> str:
        return f'{gap}<Value number="1">{gap}{text}{gap}</Value>{gap}'

    item = attribute("00081150", "UI", "ReferencedSOPClassUID", value(sop_class)) + attribute(
        "00081155", "UI", "ReferencedSOPInstanceUID", value(instance)) + attribute(
        "00081190", "UR", "RetrieveURL", value(whole))
    inner = attribute("00081190", "UR", "RetrieveURL", value(study)) + attribute(
        "00081199", "SQ", "ReferencedSOPSequence", f'{gap}<Item number="1">{item}</Item>')
    declaration = '<?xml version="1.0" encoding="UTF-8"?>' if declared else ""
    return f"{declaration}<NativeDicomModel>{inner}{gap}</NativeDicomModel>".encode()


GOOGLE = "https://healthcare.googleapis.com/{version}/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"


@pytest.mark.parametrize("gap", ["", " ", "\n"])
@pytest.mark.parametrize(("root", "google"), [
    (INSIDE, False), (GOOGLE.format(version="v1"), True), (GOOGLE.format(version="v1beta1"), True)])
@pytest.mark.parametrize(("sop_class", "instance"), [(SLIDE_CLASS, INSTANCE), (PDF_CLASS, PDF)])
@pytest.mark.parametrize("content_type", ["application/dicom+xml", ""])
def test_what_was_stored_stands_in_the_answer(
    root: str, google: bool, sop_class: str, instance: str, content_type: str, gap: str
) -> None:
    body = stored_as_xml(root, sop_class, instance, declared=not google, tag_first=google, gap=gap)
    response = parse_store_response(200, content_type, body)
    url = f"{root}/studies/{STUDY}/series/{SERIES}/instances/{instance}"
    assert response == StoreResponse(200, (StoredInstance(instance, sop_class, url),))


def test_metadata_and_a_jpeg_are_one_message_as_google_takes_it() -> None:
    """Their example, byte for byte where bytes matter: its headers, its line ends, no line end after the last line."""
    metadata = json.dumps([{"00020010": of("UI", JPEG_BASELINE),
                            "7FE00010": {"vr": "OB", "BulkDataURI": "jpeg-image"}}]).encode()
    jpeg = b"\xff\xd8\xff\xe0" + bytes(range(256)) + b"\r\n--DICOM\xff\xd9"
    theirs = (
        b"--DICOMwebBoundary\r\nContent-Type: application/dicom+json\r\n\r\n" + metadata
        + b"\r\n--DICOMwebBoundary\r\nContent-Location: jpeg-image\r\nContent-Type: image/jpeg; transfer-syntax="
        + JPEG_BASELINE.encode() + b"\r\n\r\n" + jpeg + b"\r\n--DICOMwebBoundary--")
    head, ours = SplitObject(MetadataForm.JSON, metadata, jpeg, "image/jpeg", "jpeg-image").body("DICOMwebBoundary")
    assert head == 'multipart/related; type="application/dicom+json"; boundary=DICOMwebBoundary'
    for message in (theirs, ours):
        reader = MultipartReader(head)
        first, second = reader.feed(message) + reader.close()
        assert (first.media_type.name, first.data) == ("application/dicom+json", metadata)
        assert (second.media_type.name, second.location, second.data) == ("image/jpeg", "jpeg-image", jpeg)
        assert second.media_type.transfer_syntax_uid == JPEG_BASELINE
        assert reader.complete


def test_metadata_and_a_pdf_are_one_message_as_dcm4chee_takes_it() -> None:
    metadata, location = b'<NativeDicomModel><BulkData uri="bulk/1"/></NativeDicomModel>', "bulk/1"
    head, ours = SplitObject(MetadataForm.XML, metadata, b"%PDF-1.4", "application/pdf", location).body("myboundary")
    assert head == 'multipart/related; type="application/dicom+xml"; boundary=myboundary'
    reader = MultipartReader(head)
    first, second = reader.feed(ours) + reader.close()
    assert (first.media_type.name, first.data) == ("application/dicom+xml", metadata)
    assert (second.media_type.name, second.location) == ("application/pdf", location)
