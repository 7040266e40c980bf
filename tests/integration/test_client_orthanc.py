"""The DICOMweb client against a real Orthanc: stored, found, and brought back byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pydicom
import pytest
from pydicom.encaps import generate_frames

from desktop_app.core.errors import (
    AnswerError,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    SignInNeeded,
    Unreachable,
)
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Instance
from desktop_app.core.window import Window
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, RetryPolicy, build_http_client
from tests.support.orthanc import Orthanc


@dataclass(frozen=True)
class Stored:
    """A file and the identifiers it was stored under."""

    path: Path
    study: str
    series: str
    instance: str

    @property
    def uids(self) -> tuple[str, str, str]:
        return self.study, self.series, self.instance

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()


@cache
def in_folder(folder: Path) -> tuple[Stored, ...]:
    found = []
    for path in sorted(folder.rglob("*.dcm")):
        dataset = pydicom.dcmread(path, specific_tags=["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"])
        found.append(Stored(path, dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID))
    assert found, folder
    return tuple(found)


@asynccontextmanager
async def client_of(url: str, **options: object) -> AsyncIterator[DicomWebClient]:
    async with build_http_client(Store("Orthanc", url)) as http:
        yield DicomWebClient(url, http, **options)          # type: ignore[arg-type]


@pytest.fixture
async def client(empty_orthanc: Orthanc) -> AsyncIterator[DicomWebClient]:
    async with client_of(empty_orthanc.url) as made:
        yield made


@pytest.fixture
async def ct(client: DicomWebClient, samples: Path) -> tuple[Stored, ...]:
    """A CT series of 51 slices, stored by the client itself."""
    files = in_folder(samples / "ct-abdomen")
    sent: list[int] = []
    response = await client.store([file.path for file in files], on_bytes=sent.append)
    assert {item.sop_instance_uid for item in response.stored} == {file.instance for file in files}
    assert response.failed == ()
    assert sum(sent) > sum(len(file.data) for file in files)
    return files


# --------------------------------------------------------------------------------------------------------------- search

async def test_what_was_stored_is_found(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    dataset = pydicom.dcmread(ct[0].path, stop_before_pixels=True)
    (study,) = (await client.search_studies(StudyQuery())).items
    assert study.study_instance_uid == ct[0].study
    assert study.patient_name.alphabetic == str(dataset.PatientName)
    assert study.patient_id == dataset.PatientID
    assert study.study_date == dataset.StudyDate
    assert study.description == dataset.StudyDescription
    assert study.modalities == ("CT",)
    assert (study.series_count, study.instance_count) == (1, len(ct))
    (series,) = [item async for item in client.iter_series(study.study_instance_uid)]
    assert series.series_instance_uid == ct[0].series
    assert series.number == dataset.SeriesNumber
    assert series.instance_count == len(ct)


async def test_every_way_to_type_it(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    dataset = pydicom.dcmread(ct[0].path, stop_before_pixels=True)
    name, words = str(dataset.PatientName), str(dataset.StudyDescription).split()
    day = dataset.StudyDate
    for query in (
        StudyQuery(text=name), StudyQuery(text=name.lower()[:6]), StudyQuery(text=dataset.PatientID[-4:]),
        StudyQuery(text=f"{words[-1].lower()} {name.lower()}"), StudyQuery(text=words[0]), StudyQuery(text=ct[0].study),
        StudyQuery(patient_name=name[:3] + "*"), StudyQuery(patient_id=dataset.PatientID), StudyQuery(modality="CT"),
        StudyQuery(date_from=day), StudyQuery(date_to=day), StudyQuery(date_from=day, date_to=day),
        StudyQuery(text=name, modality="CT", date_from="19000101", date_to="20991231"),
    ):
        assert [item.study_instance_uid for item in (await client.search_studies(query)).items] == [ct[0].study], query
    for query in (
        StudyQuery(text="nobody"), StudyQuery(text=f"{name} nobody"), StudyQuery(modality="MR"),
        StudyQuery(date_from="20990101"), StudyQuery(date_to="19000101"), StudyQuery(patient_id="no*"),
        StudyQuery(text="1.2.3.4.5.6.7"),
    ):
        page = await client.search_studies(query)
        assert (page.items, page.more) == ((), False), query


async def test_every_study_comes_once_over_many_pages(client: DicomWebClient, dicom_data: Path) -> None:
    folder = dicom_data / "pydicom__pydicom"
    files = [path for path in sorted(folder.rglob("*.dcm")) if path.stat().st_size < 20_000]
    response = await client.store(files)
    expected = {_uid(path, "StudyInstanceUID") for path in files if response.stored_as(_uid(path, "SOPInstanceUID"))}
    assert len(expected) > 10
    everything = {item.study_instance_uid for item in (await client.search_studies(StudyQuery(), limit=1000)).items}
    found: list[str] = []
    offset, more = 0, True
    while more:
        page = await client.search_studies(StudyQuery(), offset=offset, limit=3)
        found += [item.study_instance_uid for item in page.items]
        offset, more = page.next_offset, page.more
    assert len(found) == len(set(found))
    assert set(found) == everything == expected


def _uid(path: Path, keyword: str) -> str:
    return str(pydicom.dcmread(path, force=True, stop_before_pixels=True).get(keyword, ""))


async def test_names_in_every_alphabet_lose_no_row(client: DicomWebClient, dicom_data: Path) -> None:
    folder = dicom_data / "pydicom__pydicom" / "src" / "pydicom" / "data" / "charset_files"
    files = [path for path in sorted(folder.glob("*.dcm")) if _uid(path, "SOPInstanceUID")]
    response = await client.store(files)
    studies = {item.study_instance_uid: item for item in (await client.search_studies(StudyQuery())).items}
    for path in files:
        dataset = pydicom.dcmread(path)
        if response.stored_as(dataset.SOPInstanceUID):
            assert dataset.StudyInstanceUID in studies, path.name
            if str(dataset.PatientName).isascii():
                assert studies[dataset.StudyInstanceUID].patient_name.alphabetic == str(dataset.PatientName)


async def test_instances_have_what_is_needed_to_order_them(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    found = {item.sop_instance_uid: item async for item in client.iter_instances(ct[0].study, ct[0].series)}
    assert len(found) == len(ct)
    for file in ct:
        dataset = pydicom.dcmread(file.path, stop_before_pixels=True)
        item = found[file.instance]
        assert item.number == dataset.InstanceNumber
        assert (item.rows, item.columns, item.frames) == (dataset.Rows, dataset.Columns, 1)
        assert item.sop_class_uid == dataset.SOPClassUID
        assert item.image_position == pytest.approx(tuple(dataset.ImagePositionPatient))
        assert item.image_orientation == pytest.approx(tuple(dataset.ImageOrientationPatient))
        assert item.frame_of_reference_uid == dataset.FrameOfReferenceUID
        assert item.image_type == tuple(dataset.ImageType)
    few = [item async for item in client.iter_instances(ct[0].study, ct[0].series, limit=7)]
    assert len(few) == 7


async def test_the_frames_of_a_loop_are_counted(client: DicomWebClient, samples: Path) -> None:
    (loop,) = in_folder(samples / "ultrasound-loop")
    await client.store([loop.path])
    (item,) = [item async for item in client.iter_instances(loop.study, loop.series)]
    assert isinstance(item, Instance)
    assert item.frames == pydicom.dcmread(loop.path, stop_before_pixels=True).NumberOfFrames > 1


# ------------------------------------------------------------------------------------------------------------- retrieve

async def test_objects_come_back_byte_for_byte_many_at_once(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    received: list[int] = []
    wanted = [file for file in ct for _ in range(2)]
    found = await asyncio.gather(
        *[client.retrieve_instance(*file.uids, on_bytes=received.append) for file in wanted]
    )
    assert all(data == file.data for data, file in zip(found, wanted, strict=True))
    assert sum(received) > sum(len(data) for data in found)
    assert client.dialect.notes == ()


async def test_a_series_and_a_study_come_whole(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    expected = {file.data for file in ct}
    assert {item async for item in client.retrieve_series(ct[0].study, ct[0].series)} == expected
    assert {item async for item in client.retrieve_study(ct[0].study)} == expected


async def test_compressed_frames_come_as_they_are_stored(client: DicomWebClient, samples: Path,
    ct: tuple[Stored, ...]) -> None:
    for file in (ct[0], *in_folder(samples / "enhanced-mr"), *in_folder(samples / "ultrasound-loop")):
        await client.store([file.path])
        dataset = pydicom.dcmread(file.path)
        count = int(dataset.get("NumberOfFrames", 1))
        syntax = dataset.file_meta.TransferSyntaxUID
        if syntax.is_compressed:
            stored = list(generate_frames(dataset.PixelData, number_of_frames=count))
        else:
            size = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * dataset.BitsAllocated // 8
            stored = [dataset.PixelData[at:at + size] for at in range(0, count * size, size)]
        numbers = [count, 1] if count > 1 else [1]
        frames = await client.retrieve_frames(*file.uids, numbers)
        assert [frame.number for frame in frames] == numbers
        for frame in frames:
            assert frame.data.rstrip(b"\0") == stored[frame.number - 1].rstrip(b"\0"), file.path.name
            assert frame.transfer_syntax_uid in ("", syntax)


async def test_metadata_of_a_whole_series(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    datasets = await client.series_metadata(ct[0].study, ct[0].series)
    assert {item.text("00080018") for item in datasets} == {file.instance for file in ct}
    dataset = pydicom.dcmread(ct[0].path, stop_before_pixels=True)
    (found,) = await client.instance_metadata(*ct[0].uids)
    assert found.floats("00280030") == pytest.approx(tuple(dataset.PixelSpacing))
    assert found.texts("00080008") == tuple(dataset.ImageType)
    assert found.issues == ()


async def test_pictures_drawn_by_the_server(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    whole = await client.retrieve_rendered(*ct[0].uids)
    small = await client.retrieve_rendered(*ct[0].uids, frame=1, viewport=(64, 64), window=Window(40, 400))
    assert whole[:2] == small[:2] == b"\xff\xd8"
    assert len(small) < len(whole)
    with suppress(NotFound):                        # before version 1.19 of its plug-in Orthanc has none
        assert (await client.retrieve_thumbnail(*ct[0].uids))[:2] == b"\xff\xd8"


async def test_what_is_not_there(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    with pytest.raises(NotFound):
        await client.retrieve_instance(ct[0].study, ct[0].series, "1.2.3")
    with pytest.raises(NotFound):
        await client.retrieve_instance("1.2", "3.4", "5.6")
    with pytest.raises(AnswerError):
        await client.retrieve_frames(*ct[0].uids, [99])
    assert [item async for item in client.iter_series("1.2.3")] == []
    assert await client.retrieve_instance(*ct[0].uids) == ct[0].data, "the client has not learned the wrong thing"


# -------------------------------------------------------------------------------------------------------- store, delete

async def test_good_ones_among_bad_ones_are_known(client: DicomWebClient, samples: Path) -> None:
    good = in_folder(samples / "ct-abdomen")[0]
    response = await client.store([b"not DICOM at all", good.path, b"\0" * 200])
    assert response.stored_as(good.instance)
    assert await client.retrieve_instance(*good.uids) == good.data


async def test_nothing_but_bad_ones_is_a_refusal(client: DicomWebClient) -> None:
    try:
        response = await client.store([b"not DICOM at all"])
    except RequestRefused as error:
        assert error.status in (400, 409)
    else:
        assert response.stored == ()


async def test_storing_again_changes_nothing(client: DicomWebClient, samples: Path) -> None:
    good = in_folder(samples / "ct-abdomen")[0]
    for _ in range(2):
        assert (await client.store([good.path])).stored_as(good.instance)
    (study,) = (await client.search_studies(StudyQuery())).items
    assert study.instance_count == 1


async def test_a_delete_is_done_or_refused_in_words(client: DicomWebClient, ct: tuple[Stored, ...]) -> None:
    try:
        await client.delete(ct[0].study)
    except RequestRefused as error:
        assert error.status == 405                  # Orthanc offers it on a route of its own
        assert (await client.search_studies(StudyQuery())).items
    else:
        assert (await client.search_studies(StudyQuery())).items == ()


# -------------------------------------------------------------------------------------------------------------- trouble

async def test_an_address_is_right_or_wrong(orthanc: Orthanc, refused_url: str) -> None:
    async with client_of(orthanc.url) as client:
        await client.ping()
    async with client_of(f"{orthanc.rest_url}/nowhere") as client:
        with pytest.raises(NotDicomWeb):
            await client.ping()
    async with client_of(f"{orthanc.rest_url}/app") as client:
        with pytest.raises(NotDicomWeb):
            await client.ping()
    async with client_of(refused_url) as client:
        with pytest.raises(Unreachable):
            await client.ping()


async def test_a_line_that_breaks_again_and_again_loses_nothing(
    client: DicomWebClient, ct: tuple[Stored, ...], far_away: Callable[..., str], empty_orthanc: Orthanc
) -> None:
    line = far_away(empty_orthanc.url, rtt_ms=2, fault=0.5)
    retry = RetryPolicy(attempts=20, first_pause_s=0.01, max_pause_s=0.05)
    async with client_of(line, retry=retry) as distant:
        found = await asyncio.gather(*[distant.retrieve_instance(*file.uids) for file in ct])
        listed = [item async for item in distant.iter_instances(ct[0].study, ct[0].series)]
    assert all(data == file.data for data, file in zip(found, ct, strict=True))
    assert len(listed) == len(ct)


async def test_a_password_is_asked_for_and_taken(tmp_path: Path, samples: Path, orthanc: Orthanc) -> None:
    settings = {"AuthenticationEnabled": True, "RegisteredUsers": {"reader": "secret"}}
    good = in_folder(samples / "ct-abdomen")[0]
    with Guarded(tmp_path / "guarded", settings=settings) as guarded:
        async with client_of(guarded.url, retry=NO_RETRY) as client:
            with pytest.raises(SignInNeeded):
                await client.ping()
            with pytest.raises(SignInNeeded):
                await client.store([good.path])
        async with build_http_client(Store("Orthanc", guarded.url), auth=httpx.BasicAuth("reader", "secret")) as http:
            client = DicomWebClient(guarded.url, http)
            assert (await client.store([good.path])).stored_as(good.instance)
            assert await client.retrieve_instance(*good.uids) == good.data


class Guarded(Orthanc):
    """An Orthanc that answers 401 until a password is given: that it answers at all means it is ready."""

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/studies?limit=1", trust_env=False).status_code == 401
        except httpx.TransportError:
            return False
