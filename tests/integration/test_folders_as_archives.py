"""Folders on disk, written answers and archives with WADO-URI only: the same services read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from desktop_app.archive.archive import Archive
from desktop_app.archive.folder import FolderTransport
from desktop_app.archive.static_files import StaticFiles
from desktop_app.core.errors import AnswerError, DiskError
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import FOLDER_URL, Store, System
from desktop_app.core.study import Instance, Series, Study
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import Place, of_file, opened, search, services
from tests.support.static_layout import write_static

NAMES = ("CT_small.dcm", "MR_small.dcm", "JPEG2000.dcm", "emri_small_RLE.dcm", "SC_rgb_jpeg_gdcm.dcm")
FOLDER = Place(FOLDER_URL, System.LEARNED)


@pytest.fixture(scope="module")
def files(dicom_data: Path) -> list[Path]:
    return [next(iter(sorted(dicom_data.rglob(name)))) for name in NAMES]


@pytest.fixture
def disk(tmp_path: Path, files: list[Path]) -> Path:
    """A CD: some files in folders, one twice, one that is no DICOM, and a directory."""
    folder = tmp_path / "cd"
    for number, path in enumerate(files):
        target = folder / f"S{number}" / f"IM{number}"
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    shutil.copy(files[0], folder / "again.dcm")
    (folder / "README.TXT").write_text("no DICOM")
    (folder / "DICOMDIR").write_bytes(b"\0" * 128 + b"DICM")
    return folder


async def test_a_folder_is_searched_and_opened_like_any_archive(
    disk: Path, files: list[Path], tmp_path: Path
) -> None:
    transport = FolderTransport(disk, tmp_path / "indexes")
    async with services(FOLDER, transport) as (client, loader, _):
        everything = await search(client, StudyQuery())
        assert {study.study_instance_uid for study in everything} == {of_file(path)[0] for path in files}
        found = await search(client, StudyQuery(patient_name="Comp*", modality="CT"))
        assert [study.patient_id for study in found] == ["1CT1"]
        for path in files:
            study_uid, sop_uid, pixels = of_file(path)
            np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)
        with pytest.raises(AnswerError) as refused:
            await client.store([files[0]])
        assert refused.value.status == 405
        with pytest.raises(AnswerError):
            await client.delete(of_file(files[0])[0])
    assert len([path for path in disk.rglob("*") if path.is_file()]) == len(files) + 3, "nothing came, nothing went"


async def test_a_changed_folder_is_indexed_anew(disk: Path, files: list[Path], tmp_path: Path) -> None:
    async with services(FOLDER, FolderTransport(disk, tmp_path / "indexes")) as (client, _, _):
        before = await search(client, StudyQuery())
    (disk / "S0" / "IM0").unlink()
    (disk / "again.dcm").unlink()
    async with services(FOLDER, FolderTransport(disk, tmp_path / "indexes")) as (client, _, _):
        after = await search(client, StudyQuery())
    gone = {study.study_instance_uid for study in before} - {study.study_instance_uid for study in after}
    assert gone == {of_file(files[0])[0]}


async def test_a_large_folder_is_indexed_in_the_background(
    dicom_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.archive.folder._PATIENCE_S", 0.0)
    transport = FolderTransport(dicom_data, tmp_path / "indexes")
    async with services(FOLDER, transport) as (client, _, _):
        first = await client.search_studies(StudyQuery(), limit=500)
        assert first.items and first.more, "what was looked at is there, and the list does not claim to be whole"
        await transport.indexed()
        whole = await client.search_studies(StudyQuery(), limit=500)
        assert len(whole.items) > len(first.items)
        assert not whole.more


async def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    async with services(FOLDER, FolderTransport(tmp_path / "gone", tmp_path / "indexes")) as (client, _, _):
        with pytest.raises(DiskError, match="not there"):
            await client.search_studies(StudyQuery())


@pytest.mark.parametrize("given", ["/mnt/cd", "/mnt/cd/DICOMDIR", "file:///mnt/cd", "/mnt/cd/"])
def test_a_path_is_an_archive(given: str) -> None:
    store = Store.parse(given)
    assert (store.is_folder, store.folder, store.name) == (True, "/mnt/cd", "cd")
    assert Store.parse(store.url).url == store.url
    assert Store.parse("/mnt/my exams").folder == "/mnt/my exams"


@pytest.fixture
async def written(tmp_path: Path, files: list[Path]) -> Path:
    archive = await Archive.open(tmp_path / "archive")
    for path in files:
        await archive.store_bytes(path.read_bytes())
    await write_static(archive, tmp_path / "static")
    await archive.close()
    return tmp_path / "static"


async def test_written_answers_open_from_a_folder(written: Path, files: list[Path], tmp_path: Path) -> None:
    async with services(FOLDER, FolderTransport(written, tmp_path / "indexes")) as (client, loader, _):
        await read_all(client, loader, files)
        assert any("put together" in note for note in client.dialect.notes)


@pytest.mark.parametrize("system", [System.STATIC, System.LEARNED], ids=["told", "learned"])
async def test_written_answers_open_over_http(written: Path, files: list[Path], system: System) -> None:
    with AsgiServer(StaticFiles(written)) as server:
        async with services(Place(server.url, system)) as (client, loader, _):
            await read_all(client, loader, files)


async def read_all(client, loader, files: list[Path]) -> None:  # type: ignore[no-untyped-def]
    everything = await search(client, StudyQuery())
    assert {study.study_instance_uid for study in everything} == {of_file(path)[0] for path in files}
    assert [study.patient_id for study in await search(client, StudyQuery(text="1CT1"))] == ["1CT1"]
    for path in files:
        study_uid, sop_uid, pixels = of_file(path)
        np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels, err_msg=path.name)


async def test_no_path_leads_out_of_the_written_folder(written: Path) -> None:
    (written.parent / "secret.json").write_text("[]")
    with AsgiServer(StaticFiles(written)) as server:
        async with httpx.AsyncClient() as http:
            assert (await http.get(f"{server.url}/studies/%2e%2e/%2e%2e/secret")).status_code == 404
            assert (await http.post(f"{server.url}/studies")).status_code == 405


class UriOnly:
    """An archive from before DICOMweb: one object for each request, and it knows transferSyntax=* or not."""

    def __init__(self, files: list[Path], *, as_stored: bool) -> None:
        self._objects = {of_file(path)[1]: path.read_bytes() for path in files}
        self._as_stored = as_stored

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope).query_params
        data = self._objects.get(asked.get("objectUID", ""))
        if asked.get("requestType") != "WADO" or data is None:
            answer = Response("unknown", 404)
        elif asked.get("transferSyntax") == "*" and not self._as_stored:
            answer = Response("bad transferSyntax", 400)
        else:
            answer = Response(data, media_type="application/dicom")
        await answer(scope, receive, send)


@pytest.mark.parametrize("as_stored", [True, False], ids=["as stored", "without *"])
async def test_an_archive_with_wado_uri_only_is_read_by_a_manifest(files: list[Path], as_stored: bool) -> None:
    study_uid, sop_uid, pixels = of_file(files[0])
    with AsgiServer(UriOnly(files, as_stored=as_stored)) as server:
        async with services(Place(server.url + "/wado", System.WADO_URI)) as (client, loader, _):
            series = Series(study_uid, "1.2.3", "CT")
            client.know(Study(study_uid), [series], [Instance(
                study_uid, "1.2.3", sop_uid, "1.2.840.10008.5.1.4.1.1.2", rows=128, columns=128)])
            np.testing.assert_array_equal((await opened(client, loader, study_uid))[sop_uid], pixels)
            assert bool(client.dialect.notes) is not as_stored
            with pytest.raises(AnswerError, match="cannot be searched"):
                await client.search_studies(StudyQuery(text="Doe"))
