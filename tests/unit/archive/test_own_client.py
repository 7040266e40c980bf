"""The program's own client over the in-process transport: the way every start of the program takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.samples import ensure_samples
from desktop_app.archive.server import create_app
from desktop_app.core.errors import NotFound
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.window import Window
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from tests.unit.archive.objects import JPEG_LS, image


@pytest.fixture
async def own_client(archive: Archive) -> AsyncIterator[DicomWebClient]:
    store = Store.local()
    async with build_http_client(store, transport=AsgiTransport(create_app(archive))) as http:
        yield DicomWebClient(store.url, http)


async def test_the_worklist_finds_the_samples(own_client: DicomWebClient, archive: Archive, samples: Path) -> None:
    await own_client.ping()
    assert (await own_client.search_studies(StudyQuery())).items == ()
    await ensure_samples(archive, samples)
    page = await own_client.search_studies(StudyQuery())
    assert (len(page.items), page.more) == (5, False)
    dates = [study.study_date for study in page.items]
    assert dates == sorted(dates, reverse=True)
    for query, expected in (
        (StudyQuery(text="sts_001"), ["20000907"]), (StudyQuery(text="abd"), []),
        (StudyQuery(text="liver"), ["19940417"]),
        (StudyQuery(patient_name="crlm*"), ["19940417"]), (StudyQuery(modality="US"), ["20160503"]),
        (StudyQuery(date_from="20040101", date_to="20161231", modality="CR"), ["20040826"]),
    ):
        assert [study.study_date for study in (await own_client.search_studies(query)).items] == expected, query
    first = await own_client.search_studies(StudyQuery(), limit=2)
    assert (len(first.items), first.more) == (2, True)


async def test_a_study_opens_completely(own_client: DicomWebClient, archive: Archive, samples: Path) -> None:
    await ensure_samples(archive, samples)
    (study,) = (await own_client.search_studies(StudyQuery(modality="PT"))).items
    assert (study.series_count, study.instance_count, study.modalities) == (5, 179, ("CT", "MR", "PT", "RTSTRUCT"))
    uid = study.study_instance_uid
    series = [one async for one in own_client.iter_series(uid)]
    assert {one.modality: one.instance_count for one in series} == {"CT": 59, "MR": 59, "PT": 59, "RTSTRUCT": 1}
    (ct,) = [one for one in series if one.modality == "CT"]
    instances = [one async for one in own_client.iter_instances(uid, ct.series_instance_uid)]
    assert [one.number for one in instances] == sorted(one.number or 0 for one in instances)
    assert len({one.image_position for one in instances}) == 59
    some = [one.sop_instance_uid for one in instances[:5]]
    assert await own_client.list_among(uid, ct.series_instance_uid, [*some, "9.9"]) == frozenset(some)
    assert {(one.rows, one.columns, one.transfer_syntax_uid) for one in instances} == {(202, 198, JPEG_LS)}
    files = {path.read_bytes() for path in (samples / "sts-001" / "ct").glob("*.dcm")}
    fetched = await asyncio.gather(*[
        own_client.retrieve_instance(uid, ct.series_instance_uid, one.sop_instance_uid) for one in instances])
    assert set(fetched) == files
    assert {data async for data in own_client.retrieve_series(uid, ct.series_instance_uid)} == files
    assert len(await own_client.series_metadata(uid, ct.series_instance_uid)) == 59
    address = (uid, ct.series_instance_uid, instances[0].sop_instance_uid)
    (frame,) = await own_client.retrieve_frames(*address, [1])
    assert (frame.transfer_syntax_uid, frame.data[:2]) == (JPEG_LS, b"\xff\xd8")
    assert (await own_client.retrieve_rendered(*address, viewport=(64, 64), window=Window(40, 400)))[:2] == b"\xff\xd8"
    assert (await own_client.retrieve_thumbnail(*address))[:2] == b"\xff\xd8"
    (metadata,) = await own_client.instance_metadata(*address)
    assert metadata.text("00080018") == address[2]


async def test_what_is_stored_is_there_and_what_is_deleted_is_gone(own_client: DicomWebClient, tmp_path: Path) -> None:
    file = tmp_path / "one.dcm"
    file.write_bytes(image(1, 1, 1))
    answer = await own_client.store([file, image(1, 1, 2), b"no DICOM" * 50])
    assert [one.sop_instance_uid for one in answer.stored] == ["1.2.1.1.1", "1.2.1.1.2"]
    assert [(one.sop_instance_uid, one.reason) for one in answer.failed] == [("", 0xC000)]
    again = await own_client.store([image(1, 1, 1, PatientID="another")])
    assert [(one.sop_instance_uid, one.reason) for one in again.failed] == [("1.2.1.1.1", 0x0111)]
    assert await own_client.retrieve_instance("1.2.1", "1.2.1.1", "1.2.1.1.1") == file.read_bytes()
    await own_client.delete("1.2.1", "1.2.1.1", "1.2.1.1.1")
    with pytest.raises(NotFound):
        await own_client.retrieve_instance("1.2.1", "1.2.1.1", "1.2.1.1.1")
    await own_client.delete("1.2.1")
    assert (await own_client.search_studies(StudyQuery())).items == ()
