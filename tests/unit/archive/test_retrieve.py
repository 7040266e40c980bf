"""Retrieve instances and metadata, delete (WADO-RS), PS3.18 10.4."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import numpy as np
import pydicom
import pytest
from pydicom.sequence import Sequence

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.archive.storage import Incoming
from desktop_app.dicomweb.media_types import parse_media_type
from tests.unit.archive.objects import (
    AS_STORED,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    JPEG_LS,
    dataset,
    image,
    part10,
    parts_of,
    path_of,
    store,
    with_pixels,
)

ONE = path_of(1, 1, 1)
UNCOMPRESSED = 'multipart/related; type="application/dicom"'
SAMPLE_JPEG_LS = "sts-001/mr/000000.dcm"


async def _get(client: httpx.AsyncClient, path: str, accept: str | None = None) -> httpx.Response:
    return await client.get(path, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize(("path", "count"), [(path_of(1), 3), (path_of(1, 1), 2), (path_of(1, 1, 1), 1)])
@pytest.mark.parametrize("accept", [AS_STORED, "*/*", "multipart/related", None,
                                    "multipart/related; type=application/dicom; transfer-syntax=*"])
async def test_studies_series_and_instances_come_as_they_were_stored(client: httpx.AsyncClient, path: str, count: int,
                                                                     accept: str | None) -> None:
    files = [image(1, 1, 1), image(1, 1, 2), image(1, 2, 1)]
    await store(client, *files, image(2, 1, 1))
    response = await _get(client, path, accept)
    assert response.status_code == 200
    assert "content-length" not in response.headers
    content_type = parse_media_type(response.headers["content-type"])
    assert (content_type.name, content_type.inner.name) == ("multipart/related", "application/dicom")
    parts = parts_of(response)
    assert [part.data for part in parts] == files[:count]
    for part in parts:
        assert part.media_type.name == "application/dicom"
        assert part.media_type.transfer_syntax_uid == EXPLICIT_LITTLE
        assert int(part.headers["content-length"]) == len(part.data)
    assert parts[0].location == f"http://local.test/dicom-web{ONE}"


async def test_one_instance_comes_bare_when_asked_so(client: httpx.AsyncClient) -> None:
    await store(client, image())
    response = await _get(client, ONE, "application/dicom; transfer-syntax=*")
    assert response.headers["content-type"] == f"application/dicom; transfer-syntax={EXPLICIT_LITTLE}"
    assert response.headers["content-length"] == str(len(response.content))
    assert response.content == image()
    head = await client.head(ONE, headers={"Accept": "application/dicom; transfer-syntax=*"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(image())))


@pytest.mark.parametrize(("path", "accept"), [
    (path_of(1), "application/dicom"), (path_of(1, 1), "application/dicom; transfer-syntax=*"),       # not bare
    (ONE, "application/zip"), (ONE, "text/html"), (ONE, 'multipart/related; type="image/jpeg"'),
    (ONE, 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90'),
    (ONE + "/metadata", "text/plain"),
])
async def test_what_is_not_offered_is_a_406(client: httpx.AsyncClient, path: str, accept: str) -> None:
    await store(client, image())
    response = await _get(client, path, accept)
    assert response.status_code == 406
    assert "available as" in response.text


@pytest.mark.parametrize("path", [
    path_of(9), path_of(1, 9), path_of(1, 1, 9), path_of(9) + "/metadata", path_of(1, 1, 9) + "/frames/1",
    path_of(1, 1, 9) + "/rendered", path_of(9) + "/thumbnail", path_of(1, 1, 9) + "/bulkdata/7FE00010", "/nowhere",
])
async def test_what_is_not_there_is_a_404(client: httpx.AsyncClient, path: str) -> None:
    await store(client, image())
    assert (await _get(client, path)).status_code == 404


async def test_the_best_of_several_ranges_is_taken(client: httpx.AsyncClient) -> None:
    await store(client, image())
    response = await _get(client, ONE, f"text/html, application/dicom; transfer-syntax=*;q=0.4, {AS_STORED};q=0.9")
    assert response.headers["content-type"].startswith("multipart/related")
    response = await client.get(ONE, params={"accept": "application/dicom;transfer-syntax=*"},
                                headers={"Accept": "text/html"})
    assert response.headers["content-type"].startswith("application/dicom")


@pytest.mark.parametrize("syntax", [IMPLICIT_LITTLE, EXPLICIT_BIG])
async def test_native_objects_in_the_default_transfer_syntax(client: httpx.AsyncClient, syntax: str) -> None:
    pixels = np.arange(256, dtype=">u2" if syntax == EXPLICIT_BIG else "<u2").reshape(16, 16)
    made = with_pixels(dataset(PatientID="4711"), pixels)
    made.add_new(0x00281201, "OW", b"\x01\x02\x03\x04")
    await store(client, part10(made, syntax))
    assert parts_of(await _get(client, ONE, AS_STORED))[0].media_type.transfer_syntax_uid == syntax
    (part,) = parts_of(await _get(client, ONE, UNCOMPRESSED))
    assert part.media_type.transfer_syntax_uid == EXPLICIT_LITTLE
    read = pydicom.dcmread(io.BytesIO(part.data))
    assert read.file_meta.TransferSyntaxUID == EXPLICIT_LITTLE
    assert np.array_equal(read.pixel_array, pixels)
    if syntax == EXPLICIT_BIG:
        assert read.RedPaletteColorLookupTableData == b"\x02\x01\x04\x03"


async def test_compressed_objects_in_the_default_transfer_syntax(client: httpx.AsyncClient, archive: Archive,
                                                                 samples: Path) -> None:
    data = (samples / SAMPLE_JPEG_LS).read_bytes()
    outcome = await archive.store_bytes(data)
    path = f"/studies/{outcome.study_uid}/series/{outcome.series_uid}/instances/{outcome.sop_instance_uid}"
    assert (await _get(client, path)).content.count(data) == 1
    assert parts_of(await _get(client, path, AS_STORED))[0].media_type.transfer_syntax_uid == JPEG_LS
    for accept in (UNCOMPRESSED, f"{UNCOMPRESSED}; transfer-syntax={EXPLICIT_LITTLE}"):
        (part,) = parts_of(await _get(client, path, accept))
        read = pydicom.dcmread(io.BytesIO(part.data))
        assert read.file_meta.TransferSyntaxUID == EXPLICIT_LITTLE
        assert read.SOPInstanceUID == outcome.sop_instance_uid
        assert (read.pixel_array.min(), read.pixel_array.max(), read.pixel_array.dtype) == (0, 1118, np.int16)
    bare = await _get(client, path, "application/dicom")
    assert bare.content == part.data


async def test_what_cannot_be_uncompressed_is_a_406_alone_and_comes_as_stored_among_others(
        client: httpx.AsyncClient, samples: Path) -> None:
    broken = with_pixels(dataset(number := 1, 1, 2), np.zeros((4, 4), np.uint16))
    broken.PixelData = pydicom.encaps.encapsulate([b"\xff\xd8no JPEG-LS\xff\xd9"])
    broken["PixelData"].is_undefined_length = True
    data = part10(broken, JPEG_LS)
    await store(client, image(), data)
    assert (await _get(client, path_of(number, 1, 2), "application/dicom")).status_code == 406
    parts = parts_of(await _get(client, path_of(1), UNCOMPRESSED))
    assert [part.media_type.transfer_syntax_uid for part in parts] == [EXPLICIT_LITTLE, JPEG_LS]
    assert parts[1].data == data


async def test_metadata_is_the_whole_header(client: httpx.AsyncClient) -> None:
    item = pydicom.Dataset()
    item.CodeValue = "T-1"
    made = with_pixels(dataset(PatientName="Doe^Jane", ProcedureCodeSequence=Sequence([item])),
                       np.zeros((4, 4), np.uint16))
    await store(client, part10(made), image(1, 1, 2), image(1, 2, 1))
    response = await _get(client, ONE + "/metadata")
    assert response.headers["content-type"] == "application/dicom+json"
    (row,) = response.json()
    assert row["00100010"]["Value"] == [{"Alphabetic": "Doe^Jane"}]
    assert row["00081032"]["Value"] == [{"00080100": {"vr": "SH", "Value": ["T-1"]}}]
    assert row["00083002"]["Value"] == [EXPLICIT_LITTLE]
    assert row["7FE00010"] == {"vr": "OW", "BulkDataURI": f"http://local.test/dicom-web{ONE}/bulkdata/7FE00010"}
    read = pydicom.Dataset.from_json(row, lambda *_: b"")
    assert read.PatientName == "Doe^Jane"
    for path, count in ((path_of(1, 1), 2), (path_of(1), 3)):
        rows = (await _get(client, path + "/metadata")).json()
        assert len({row["00080018"]["Value"][0] for row in rows}) == len(rows) == count


async def test_metadata_of_many_instances_is_one_list(client: httpx.AsyncClient, archive: Archive) -> None:
    await archive.store([Incoming(image(1, 1, number, edge=2)) for number in range(1, 124)])
    rows = (await _get(client, path_of(1, 1) + "/metadata", "application/json")).json()
    assert [row["00200013"]["Value"][0] for row in rows] == list(range(1, 124))


async def test_deleting(client: httpx.AsyncClient, archive: Archive) -> None:
    await store(client, image(1, 1, 1), image(1, 1, 2), image(1, 2, 1), image(2, 1, 1))
    for path in (path_of(1, 1, 2), path_of(1, 2), path_of(1)):
        assert (await client.delete(path)).status_code == 204
        assert (await client.get(path)).status_code == 404
        assert (await client.delete(path)).status_code == 404
    assert await archive.count() == 1


async def test_both_roots_answer_and_name_themselves(archive: Archive) -> None:
    await archive.store_bytes(image())
    transport = AsgiTransport(create_app(archive))
    for root in ("http://local.test", "https://elsewhere.test:8443/dicom-web"):
        async with httpx.AsyncClient(transport=transport) as http:
            (row,) = (await http.get(root + "/studies")).json()
            assert row["00081190"]["Value"] == [f"{root}/studies/1.2.1"]
            assert (await http.get(row["00081190"]["Value"][0])).status_code == 200


async def test_web_pages_may_use_it_only_when_that_is_asked_for(archive: Archive) -> None:
    origin = "https://viewer.test"
    for allowed, expected in (((), None), ((origin,), origin)):
        transport = AsgiTransport(create_app(archive, allow_origins=allowed))
        async with httpx.AsyncClient(transport=transport, base_url="http://local.test") as http:
            response = await http.get("/studies", headers={"Origin": origin})
            assert response.headers.get("access-control-allow-origin") == expected
            asked = await http.options("/studies", headers={"Origin": origin, "Access-Control-Request-Method": "POST",
                                                            "Access-Control-Request-Headers": "content-type"})
            assert (asked.status_code == 200) is bool(allowed)
            other = await http.get("/studies", headers={"Origin": "https://another.test"})
            assert "access-control-allow-origin" not in other.headers


async def test_methods_that_a_resource_does_not_have(client: httpx.AsyncClient) -> None:
    await store(client, image())
    assert (await client.put("/studies")).status_code == 405
    assert (await client.delete("/studies")).status_code == 405
    assert (await client.post(ONE + "/metadata")).status_code == 405


async def test_who_goes_away_stops_the_reading(client: httpx.AsyncClient, archive: Archive,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    await archive.store([Incoming(image(1, 1, number, edge=1024)) for number in range(1, 21)])      # 40 MB
    real, reads = archive.read, 0

    async def counted(path: str, offset: int = 0, size: int = -1) -> bytes:
        nonlocal reads
        reads += 1
        return await real(path, offset, size)

    monkeypatch.setattr(archive, "read", counted)
    async with client.stream("GET", path_of(1), headers={"Accept": AS_STORED}) as response:
        async for _ in response.aiter_raw():
            break
    before = reads
    assert 0 < before < 10
    assert await archive.count() == 20                  # the disk thread is free, and nothing more was read
    assert reads == before
    await archive.delete("1.2.1")                       # and no file is held open
    assert not list((archive.folder / "files").rglob("*.dcm"))


async def test_a_host_that_is_none_does_not_get_into_the_answers(archive: Archive) -> None:
    await archive.store_bytes(image())
    async with httpx.AsyncClient(transport=AsgiTransport(create_app(archive)), base_url="http://local.test") as http:
        (row,) = (await http.get("/studies", headers={"Host": 'a"b'})).json()
        assert row["00081190"]["Value"] == ["http://local.test/studies/1.2.1"]
