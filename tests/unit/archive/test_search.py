"""Searching through the catalogue: the same answers as matching every object by hand."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.archive import matching
from desktop_app.archive.archive import Archive
from desktop_app.archive.attributes import Level
from desktop_app.archive.catalogue import Catalogue, NewInstance
from desktop_app.archive.header_json import header_elements
from desktop_app.archive.part10 import read_header
from desktop_app.archive.record import make_record
from desktop_app.archive.storage import Incoming
from tests.unit.archive.objects import dataset, image, instance, part10, path_of, search, store, values

STUDY, SERIES, SOP = "0020000D", "0020000E", "00080018"

PEOPLE = ["Doe^Jane", "Doe^John^^Dr", "doe", "Müller^Änne", "Wang^XiaoDong=王^小东", "[x]*?", ""]
DATES = ["20240101", "20240102", "20240103", "2024.01.02", ""]
TIMES = ["09", "1030", "103059.5", "", "235959.999999"]
DESCRIPTIONS = ["CT Abdomen", "ct abdomen", "Knee, left", "a_b%c", ""]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, list[dict[int, dict]]]:
    """A catalogue of one-instance studies in every combination, and the same objects as elements."""
    folder: Path = tmp_path_factory.mktemp("mixed")
    catalogue, objects, new = Catalogue(folder / "catalogue.db"), [], []
    number = 0
    for name in PEOPLE:
        for date, time in zip(DATES, TIMES, strict=True):
            for description in DESCRIPTIONS:
                number += 1
                made = dataset(number, SpecificCharacterSet="ISO_IR 192", PatientName=name, StudyTime=time,
                               StudyDescription=description, SeriesNumber=number % 7, PatientID=f"P{number % 11}",
                               Modality=["CT", "MR"][number % 2])
                made.add_new(0x00080020, "DA", None)
                data = part10(made).replace(b"\x08\x00\x20\x00DA\x00\x00", _da(date))
                header = read_header(data)
                objects.append(header_elements(header))
                new.append(NewInstance(make_record(header), f"files/{number}", len(data), b""))
    with catalogue.transaction():
        catalogue.add(new)
    yield catalogue, objects
    catalogue.close()


def _da(date: str) -> bytes:
    raw = date.encode()
    return b"\x08\x00\x20\x00DA" + len(raw).to_bytes(2, "little") + raw


_FRAGMENTS = st.sampled_from(["*", "?", "doe", "^", "j", "Müller", "王", "CT", "abdomen", ",", "[", "%", "_", "P1"])
_TEXTS = st.lists(_FRAGMENTS, min_size=1, max_size=4).map("".join)
_MOMENTS = st.sampled_from(["20240101", "20240101-20240102", "-20240102", "20240102-", "2024", "20240103-20240103"])
_CLOCKS = st.sampled_from(["10", "0930-1030", "1030-", "-1030", "2359", "00-23"])
_KEYS = st.one_of(
    st.tuples(st.sampled_from(["PatientName", "StudyDescription", "PatientID", "Modality", "AccessionNumber"]), _TEXTS),
    st.tuples(st.just("StudyDate"), _MOMENTS),
    st.tuples(st.just("StudyTime"), _CLOCKS),
    st.tuples(st.just("SeriesNumber"), st.sampled_from(["1", "2,3", "007", "99"])),
    st.tuples(st.sampled_from(["StudyInstanceUID", "SeriesInstanceUID", "SOPClassUID"]),
              st.sampled_from(["1.2.3", "1.2.3,1.2.4", "1.2.3.1", "1.2.840.10008.5.1.4.1.1.2", "9"])),
    st.tuples(st.sampled_from(["InstanceNumber", "00200013"]), st.sampled_from(["1", "2"])),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_KEYS, min_size=1, max_size=3, unique_by=lambda key: key[0]), st.sampled_from(list(Level)))
def test_the_index_answers_as_the_rules_say(mixed: tuple[Catalogue, list[dict[int, dict]]],
                                            keys: list[tuple[str, str]], level: Level) -> None:
    catalogue, objects = mixed
    wanted = matching.parse_search(level, keys)
    found = catalogue.find(wanted, 5000)
    expected = {elements[0x0020000D]["Value"][0] for elements in objects
                if all(matching.matches(key, elements) for key in wanted.keys)}
    assert {row.study_uid for row in found.rows} == expected
    assert len(found.rows) == len(expected)


async def _fill(client: httpx.AsyncClient) -> None:
    await store(
        client,
        image(1, 1, 1, PatientName="Doe^Jane", StudyDate="20240101", StudyTime="0900", Modality="CT", SeriesNumber=2),
        image(1, 1, 2, PatientName="Doe^Jane", StudyDate="20240101", StudyTime="0900", Modality="CT", SeriesNumber=2),
        image(1, 2, 1, PatientName="Doe^Jane", StudyDate="20240101", StudyTime="0900", Modality="PT", SeriesNumber=1),
        image(2, 1, 1, PatientName="Roe^Richard", StudyDate="20240301", Modality="MR"),
        instance(3, 1, 1, PatientName="Poe^Edgar", Modality="SR", SOPClassUID="1.2.840.10008.5.1.4.1.1.88.33"),
    )


async def test_studies_come_newest_first_with_their_counts(client: httpx.AsyncClient) -> None:
    await _fill(client)
    rows = await search(client, "/studies")
    assert values(rows, STUDY) == ["1.2.2", "1.2.1", "1.2.3"]
    assert rows[1]["00080061"] == {"vr": "CS", "Value": ["CT", "PT"]}
    assert values(rows, "00201206") == [1, 2, 1]
    assert values(rows, "00201208") == [1, 3, 1]
    assert values(rows, "00080056") == ["ONLINE"] * 3
    assert values(rows, "00081190")[0] == "http://local.test/dicom-web/studies/1.2.2"
    assert all(list(row) == sorted(row) for row in rows)


@pytest.mark.parametrize(("path", "keys", "expected"), [
    ("/studies", {"ModalitiesInStudy": "PT"}, ["1.2.1"]),
    ("/studies", {"ModalitiesInStudy": "PT,MR"}, ["1.2.2", "1.2.1"]),
    ("/studies", {"ModalitiesInStudy": "PT\\SR"}, ["1.2.1", "1.2.3"]),
    ("/studies", {"SOPClassesInStudy": "1.2.840.10008.5.1.4.1.1.88.33"}, ["1.2.3"]),
    ("/studies", {"Modality": "MR"}, ["1.2.2"]),
    ("/studies", {"SeriesInstanceUID": "1.2.1.2"}, ["1.2.1"]),
    ("/studies", {"SOPInstanceUID": "1.2.1.1.2"}, ["1.2.1"]),
    ("/studies", {"Rows": "16"}, ["1.2.2", "1.2.1"]),
    ("/studies", {"StudyDate": "20240201-"}, ["1.2.2"]),
    ("/studies", {"PatientName": "*oe*", "StudyDate": "-20240115"}, ["1.2.1"]),
    ("/series", {"ModalitiesInStudy": "CT"}, ["1.2.1", "1.2.1"]),
    ("/series", {"PatientName": "roe*"}, ["1.2.2"]),
    ("/instances", {"PatientName": "doe*", "Modality": "CT"}, ["1.2.1", "1.2.1"]),
    ("/instances", {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.88.33"}, ["1.2.3"]),
])
async def test_keys_of_other_levels(client: httpx.AsyncClient, path: str, keys: dict[str, str],
                                    expected: list[str]) -> None:
    await _fill(client)
    assert values(await search(client, path, **keys), STUDY) == expected


async def test_series_and_instances_in_their_order(client: httpx.AsyncClient) -> None:
    await _fill(client)
    rows = await search(client, "/studies/1.2.1/series")
    assert values(rows, SERIES) == ["1.2.1.2", "1.2.1.1"]               # by series number
    assert values(rows, "00201209") == [1, 2]
    assert "00100010" not in rows[0]                                    # the study is in the address
    assert values(await search(client, "/studies/1.2.1/instances"), SOP) == ["1.2.1.2.1", "1.2.1.1.1", "1.2.1.1.2"]
    rows = await search(client, "/studies/1.2.1/series/1.2.1.1/instances")
    assert values(rows, SOP) == ["1.2.1.1.1", "1.2.1.1.2"]
    assert values(rows, "00280010") == [16, 16]
    assert values(rows, "00083002") == ["1.2.840.10008.1.2.1"] * 2
    assert values(rows, "00081190")[0].endswith("/dicom-web/studies/1.2.1/series/1.2.1.1/instances/1.2.1.1.1")
    names = [name["Alphabetic"] for name in values(await search(client, "/series"), "00100010")]
    assert names == ["Roe^Richard", "Doe^Jane", "Doe^Jane", "Poe^Edgar"]
    assert values(await search(client, "/instances"), "00080060") == ["MR", "PT", "CT", "CT", "SR"]


async def test_fields_beyond_the_usual_ones(client: httpx.AsyncClient) -> None:
    await store(client, image(WindowCenter=40, ContrastBolusAgent="water", StudyComments="x", PatientName="Doe"))
    path = "/studies/1.2.1/series/1.2.1.1/instances"
    (row,) = await search(client, path)
    assert not {"00281050", "00180010", "00100010"} & row.keys()
    (row,) = await search(client, path, includefield="WindowCenter,00180010,PatientName")
    assert values([row], "00281050") == [40]
    assert values([row], "00180010") == ["water"]           # not kept at hand: from the whole header
    assert values([row], "00100010") == [{"Alphabetic": "Doe"}]
    (row,) = await search(client, path, includefield="all")
    assert {"00181050", "00324000"} & row.keys() == {"00324000"}
    assert row["7FE00010"]["BulkDataURI"].endswith("/instances/1.2.1.1.1/bulkdata/7FE00010")
    (row,) = await search(client, path, ContrastBolusAgent="wat*")
    assert values([row], "00180010") == ["water"]           # what is asked for is answered with
    assert await search(client, path, ContrastBolusAgent="air") == []


async def test_paging_tells_what_remains(client: httpx.AsyncClient) -> None:
    await store(client, *[instance(number, StudyDate=f"202401{number:02}") for number in range(1, 8)])
    pages, warnings = [], []
    for offset in (0, 3, 6, 9):
        response = await client.get("/studies", params={"limit": 3, "offset": offset})
        pages.append(values(response.json(), STUDY))
        warnings.append(response.headers.get("warning", ""))
    assert pages == [["1.2.7", "1.2.6", "1.2.5"], ["1.2.4", "1.2.3", "1.2.2"], ["1.2.1"], []]
    assert warnings == [f'299 http://local.test/dicom-web: "There are {n} additional results that can be requested"'
                        for n in (4, 1)] + ["", ""]
    assert (await client.get("/studies?limit=0")).json() == []


async def test_an_empty_archive_answers_with_an_empty_list(client: httpx.AsyncClient) -> None:
    for path in ("/studies", "/series", "/instances", path_of(1) + "/series", path_of(1, 1) + "/instances"):
        assert await search(client, path) == []


async def test_warnings_and_refusals(client: httpx.AsyncClient) -> None:
    response = await client.get("/studies?fuzzymatching=true&NumberOfStudyRelatedSeries=2")
    assert response.status_code == 200
    assert len(response.headers.get_list("warning")) == 2
    for query in ("limit=x", "PatentName=x", "StudyDate=soon"):
        response = await client.get(f"/studies?{query}")
        assert response.status_code == 400
        assert response.text.startswith("The search cannot be understood: ")


@pytest.mark.parametrize(("accept", "status", "media_type"), [
    (None, 200, "application/dicom+json"),
    ("*/*", 200, "application/dicom+json"),
    ("application/json", 200, "application/json"),
    ("application/dicom+json, application/json;q=0.5", 200, "application/dicom+json"),
    ("text/html, application/json;q=0.1", 200, "application/json"),
    ("text/html", 406, "text/plain; charset=utf-8"),
    ("application/dicom+json;q=0", 406, "text/plain; charset=utf-8"),
])
async def test_media_types(client: httpx.AsyncClient, accept: str | None, status: int, media_type: str) -> None:
    response = await client.get("/studies", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["content-type"]) == (status, media_type)
    assert (await client.get("/studies?accept=application/json")).headers["content-type"] == "application/json"


async def test_six_hundred_instances_are_listed_from_what_is_ready(archive: Archive, client: httpx.AsyncClient) -> None:
    files = [image(1, 1, number, edge=2, ImagePositionPatient=[0, 0, number]) for number in range(1, 601)]
    await archive.store([Incoming(data) for data in files])
    rows = await search(client, path_of(1, 1) + "/instances", includefield="ImagePositionPatient")
    assert values(rows, "00200013") == list(range(1, 601))
    assert [row["00200032"]["Value"][2] for row in rows] == list(range(1, 601))
