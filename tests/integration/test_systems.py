"""The program's main job with every named system, through the program's own services."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.core.errors import AnswerError, LightboxError
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import System
from desktop_app.core.upload import Verdict
from desktop_app.services.study_facts import completed
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import Place, of_file, opened, search, services, upload
from tests.support.orthanc import Orthanc
from tests.support.systems import SYSTEMS, SystemServer
from tests.support.systems_table import ABSENT, BEGIN, END, ROWS, YES, table

ROOT = Path(__file__).resolve().parents[2]
FILES = ("CT_small.dcm", "MR_small.dcm", "JPEG2000.dcm", "emri_small_RLE.dcm", "SC_rgb_jpeg_gdcm.dcm")


@pytest.fixture(scope="session")
def files(dicom_data: Path) -> list[Path]:
    found = [next(iter(sorted(dicom_data.rglob(name))), None) for name in FILES]
    return [path for path in found if path is not None]


@contextmanager
def running(name: str, folder: Path) -> Iterator[Place]:
    ways = SYSTEMS[name]
    archive = asyncio.run(Archive.open(folder))
    server = SystemServer(ways, archive)
    try:
        with AsgiServer(server) as http:
            yield Place(http.url + ways.root, ways.system, archive, server)
    finally:
        asyncio.run(archive.close())


async def fill(place: Place, files: list[Path]) -> None:
    assert place.archive is not None
    for path in files:
        await place.archive.store_bytes(path.read_bytes())


@pytest.fixture(params=sorted(SYSTEMS))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Place]]:
    with running(request.param, tmp_path / "archive") as found:
        yield request.param, found


async def test_search_means_the_same_everywhere(place: tuple[str, Place], files: list[Path]) -> None:
    name, at = place
    await fill(at, files)
    expected = {of_file(path)[0] for path in files}
    async with services(at) as (client, _, _):
        if ROWS[name].search == ABSENT:
            with pytest.raises(AnswerError, match="cannot be searched"):
                await client.search_studies(StudyQuery(text="Doe"))
            await client.ping()
            return
        everything = await search(client, StudyQuery())
        assert {study.study_instance_uid for study in everything} == expected, "every page, each study once"
        ct = [study async for study in completed(client, everything)]
        whole = {study.study_instance_uid: study for study in (*everything, *ct)}
        assert all(study.modalities and study.instance_count for study in whole.values()), "counts and modalities"
        for query, keyword in (
            (StudyQuery(modality="CT"), "modality"), (StudyQuery(text="compressed"), "text"),
            (StudyQuery(patient_name="Comp*"), "name"), (StudyQuery(patient_id="1CT1"), "ID"),
        ):
            wanted = {uid for uid, study in whole.items() if query.matches(study)}
            answers = {study.study_instance_uid for study in await search(client, query)}
            assert answers == wanted, f"by {keyword} on {name}"
            assert wanted, f"the data have something to be found by {keyword}"
        assert await search(client, StudyQuery(text="nobody-of-this-name")) == []


async def test_a_study_opens_pixel_for_pixel(place: tuple[str, Place], files: list[Path]) -> None:
    name, at = place
    await fill(at, files)
    async with services(at) as (client, loader, _):
        for path in files:
            study_uid, sop_uid, pixels = of_file(path)
            shown = await opened(client, loader, study_uid)
            np.testing.assert_array_equal(shown[sop_uid], pixels, err_msg=f"{path.name} on {name}")


async def test_upload_tells_what_became_of_each_file(place: tuple[str, Place], files: list[Path]) -> None:
    name, at = place
    async with services(at) as (_, _, uploader):
        items = {item.path.name: item for item in await upload(uploader, files)}
        assert set(items) == {path.name for path in files}
        stored = {item.sop_instance_uid for item in items.values() if item.verdict is Verdict.STORED}
        assert at.archive is not None
        assert await at.archive.count() == len(stored), "stored is only said of what is there"
        if ROWS[name].upload == ABSENT:
            assert not stored
            assert all(item.reason for item in items.values())
        elif at.server is not None and at.server.ways.explicit_only:
            refused = [item for item in items.values() if item.verdict is not Verdict.STORED]
            assert all(item.verdict is Verdict.REFUSED and item.reason for item in refused)
            assert stored
        else:
            assert len(stored) == len(files), {n: (i.verdict, i.reason) for n, i in items.items()}
            again = await upload(uploader, files)
            assert {item.verdict for item in again} == {Verdict.ALREADY_THERE}


async def test_delete_where_it_is_offered(place: tuple[str, Place], files: list[Path]) -> None:
    name, at = place
    await fill(at, files[:2])
    study_uid, _, _ = of_file(files[0])
    async with services(at) as (client, _, _):
        assert at.archive is not None
        if ROWS[name].delete == ABSENT:
            with pytest.raises(LightboxError):
                await client.delete(study_uid)
            assert await at.archive.count() == 2
        else:
            await client.delete(study_uid)
            assert await at.archive.count() == 1


async def test_orthanc_itself(empty_orthanc: Orthanc, files: list[Path]) -> None:
    """Search, open, upload and delete on the real one; the other tests with it go deeper."""
    async with services(Place(empty_orthanc.url, System.ORTHANC)) as (client, loader, uploader):
        items = await upload(uploader, files)
        assert {item.verdict for item in items} == {Verdict.STORED}
        everything = await search(client, StudyQuery())
        assert {study.study_instance_uid for study in everything} == {of_file(path)[0] for path in files}
        assert [study.modalities for study in await search(client, StudyQuery(modality="CT"))] == [("CT",)]
        study_uid, sop_uid, pixels = of_file(files[0])
        np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)
        await client.delete(study_uid)
        assert empty_orthanc.count() == len(files) - 1


def test_the_readme_says_what_was_proved() -> None:
    text = (ROOT / "README.md").read_text()
    found = re.search(re.escape(BEGIN) + ".*?" + re.escape(END), text, re.DOTALL)
    assert found is not None
    assert found[0] == table(), "write tests/support/systems_table.py's table into the README"
    assert set(SYSTEMS) < set(ROWS)
    assert all(row.search in (YES, ABSENT) for row in ROWS.values())
