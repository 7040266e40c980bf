"""The archive on a real socket, used by clients that others wrote."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pydicom
import pytest
import uvicorn
from dicomweb_client.api import DICOMwebClient

from desktop_app.archive.archive import Archive
from desktop_app.archive.serve import listening_socket, serving_app
from desktop_app.archive.storage import Incoming
from desktop_app.core.errors import LightboxError
from tests.unit.archive.objects import CT, image, instance


@pytest.fixture
async def served(archive: Archive) -> AsyncIterator[str]:
    """The address of the archive on loopback."""
    listener = listening_socket(0)
    server = uvicorn.Server(uvicorn.Config(serving_app(archive), log_level="warning", access_log=False))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listener.close()


async def _in_thread(work: object, *args: object, **kwargs: object) -> object:
    return await asyncio.to_thread(work, *args, **kwargs)       # type: ignore[arg-type]


async def test_dicomweb_client_does_its_day(served: str, archive: Archive, samples: Path) -> None:
    client = DICOMwebClient(served + "/dicom-web")
    paths = sorted((samples / "sts-001" / "mr").glob("*.dcm"))[:3]
    loop = [pydicom.dcmread(path) for path in (samples / "ultrasound-loop").glob("*.dcm")]
    sent = [pydicom.dcmread(path) for path in paths] + loop
    answer = await _in_thread(client.store_instances, sent)
    assert len(answer.ReferencedSOPSequence) == 4
    assert "FailedSOPSequence" not in answer

    studies = await _in_thread(client.search_for_studies, search_filters={"PatientID": "STS_001"}, fields=["StudyDate"])
    (study,) = [pydicom.Dataset.from_json(row) for row in studies]
    assert (study.StudyDate, study.ModalitiesInStudy) == ("20000907", "MR")
    uid = study.StudyInstanceUID
    (series,) = await _in_thread(client.search_for_series, uid)
    series_uid = pydicom.Dataset.from_json(series).SeriesInstanceUID
    rows = await _in_thread(client.search_for_instances, uid, series_uid, limit=2)
    assert len(rows) == 2
    metadata = await _in_thread(client.retrieve_series_metadata, uid, series_uid)
    assert {row["00080018"]["Value"][0] for row in metadata} == {one.SOPInstanceUID for one in sent[:3]}

    received = await _in_thread(client.retrieve_series, uid, series_uid)
    assert {one.SOPInstanceUID for one in received} == {one.SOPInstanceUID for one in sent[:3]}
    first = sent[0]
    one = await _in_thread(client.retrieve_instance, uid, series_uid, first.SOPInstanceUID,
                           media_types=(("application/dicom", "*"),))
    assert one.PixelData == first.PixelData
    default = await _in_thread(client.retrieve_instance, uid, series_uid, first.SOPInstanceUID)
    assert default.SOPInstanceUID == first.SOPInstanceUID
    us = loop[0]
    address = (us.StudyInstanceUID, us.SeriesInstanceUID, us.SOPInstanceUID)
    frames = await _in_thread(client.retrieve_instance_frames, *address, [1, 30], media_types=("image/jpeg",))
    assert [frame[:2] for frame in frames] == [b"\xff\xd8", b"\xff\xd8"]
    rendered = await _in_thread(client.retrieve_instance_rendered, uid, series_uid, first.SOPInstanceUID,
                                media_types=("image/png",))
    assert rendered.startswith(b"\x89PNG")
    (bulk,) = await _in_thread(client.retrieve_bulkdata, f"{served}/dicom-web/studies/{uid}/series/{series_uid}"
                               f"/instances/{first.SOPInstanceUID}/bulkdata/7FE00010")
    assert bulk.startswith(b"\xff\xd8\xff") or len(bulk) == first.Rows * first.Columns * 2
    await _in_thread(client.delete_study, uid)
    assert await archive.count() == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
async def test_curl_puts_in_and_takes_out(served: str, archive: Archive, tmp_path: Path) -> None:
    data = image()
    file = tmp_path / "one.dcm"
    file.write_bytes(data)
    for arguments, expected in (
        (["-H", "Content-Type: application/dicom", "--data-binary", f"@{file}", f"{served}/studies"], b'"00081199"'),
        (["-H", "Accept: application/dicom; transfer-syntax=*",
          f"{served}/studies/1.2.1/series/1.2.1.1/instances/1.2.1.1.1"], data),
        (["-I", f"{served}/studies/1.2.1"], b"multipart/related"),
        (["-X", "DELETE", "-w", "%{http_code}", f"{served}/studies/1.2.1"], b"204"),
    ):
        process = await asyncio.create_subprocess_exec("curl", "-sS", *arguments, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0
        assert expected in output


async def test_only_names_of_this_computer_are_answered(served: str, archive: Archive) -> None:
    await archive.store_bytes(instance(SOPClassUID=CT))
    async with httpx.AsyncClient() as http:
        for host, status in (("127.0.0.1", 200), ("localhost:1234", 200), ("[::1]:1234", 200), ("evil.test", 400)):
            response = await http.get(served + "/studies", headers={"Host": host})
            assert response.status_code == status, host


async def test_many_clients_at_once(served: str, archive: Archive) -> None:
    files = {number: image(1, 1, number, edge=128) for number in range(1, 41)}
    async with httpx.AsyncClient(base_url=served, limits=httpx.Limits(max_connections=40), timeout=30) as http:
        bare = {"Content-Type": "application/dicom"}
        answers = await asyncio.gather(*[http.post("/studies", content=data, headers=bare) for data in files.values()])
        assert {answer.status_code for answer in answers} == {200}
        answers = await asyncio.gather(*[
            http.get(f"/studies/1.2.1/series/1.2.1.1/instances/1.2.1.1.{number}",
                     headers={"Accept": "application/dicom; transfer-syntax=*"}) for number in files])
    assert [answer.content for answer in answers] == list(files.values())


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(LightboxError, match="another program may have it"):
            listening_socket(other.getsockname()[1])
    with pytest.raises(LightboxError):
        listening_socket(70000)


async def test_a_client_that_hangs_up_costs_nothing_more(served: str, archive: Archive,
                                                         caplog: pytest.LogCaptureFixture) -> None:
    await archive.store([Incoming(image(1, 1, number, edge=1024)) for number in range(1, 31)])      # 60 MB
    real, reads = archive.read, []

    async def counted(path: str, offset: int = 0, size: int = -1) -> bytes:
        reads.append(path)
        return await real(path, offset, size)

    archive.read = counted                              # type: ignore[method-assign]
    port = int(served.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /studies/1.2.1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readuntil(b"DICM")
    writer.transport.abort()
    async with httpx.AsyncClient() as http:
        assert (await http.get(served + "/studies")).status_code == 200
    assert 0 < len(reads) < 20                          # of 90
    assert not caplog.records
