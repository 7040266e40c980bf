"""What is said of an upload against what a real archive holds, byte for byte, also through a line that breaks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desktop_app.core.store import Store
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from desktop_app.services.decoder import Decoder
from desktop_app.services.uploader import Uploader
from tests.support.ct_series import make_ct_series
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.orthanc import Orthanc
from tests.unit.services.upload_fakes import SERIES, STUDY, dicom_file


@asynccontextmanager
async def uploader(url: str) -> AsyncIterator[Uploader]:
    decoder = Decoder(2)
    async with build_http_client(Store("archive", url)) as http:
        try:
            yield Uploader(DicomWebClient(url, http), decoder)
        finally:
            decoder.stop()


async def upload(url: str, *paths: Path) -> list[UploadItem]:
    async with uploader(url) as made:
        return [item async for event in made.upload(paths) for item in event.judged]


def held_by(server: Orthanc) -> dict[str, bytes]:
    """SOP Instance UID → the bytes that the archive has, by its own interface."""
    entries = json.loads(server._rest("GET", "/instances?expand"))
    assert len(entries) == server.count()
    return {one["MainDicomTags"]["SOPInstanceUID"]: server.file(one["ID"]) for one in entries}


@pytest.mark.timeout(200)
async def test_every_verdict_is_true_byte_for_byte(empty_orthanc: Orthanc, dicom_data: Path) -> None:
    items = await upload(empty_orthanc.url, dicom_data)
    held = held_by(empty_orthanc)
    files = [path for path in dicom_data.rglob("*") if path.is_file()]
    assert Counter(item.path for item in items) == Counter(files), "every file has one verdict"
    stored = [item for item in items if item.verdict in (Verdict.STORED, Verdict.STORED_WITH_WARNING)]
    assert len(stored) > 300
    different = [item.name for item in stored if held[item.sop_instance_uid] != item.path.read_bytes()]
    assert different == []
    assert set(held) == {item.sop_instance_uid for item in stored}, "nothing else is there"
    for item in items:
        if item.verdict in (Verdict.ALREADY_THERE, Verdict.CONFLICT):
            assert item.sop_instance_uid in held
        elif item.verdict is Verdict.REFUSED:
            assert held.get(item.sop_instance_uid) != item.path.read_bytes()
        assert item.verdict in (Verdict.STORED, Verdict.ALREADY_THERE) or item.reason, item.name


async def test_orthanc_is_asked_for_some_of_a_series(empty_orthanc: Orthanc, tmp_path: Path) -> None:
    uids = [f"1.2.{number}" for number in range(6)]
    empty_orthanc.put_all([dicom_file(tmp_path, uid).read_bytes() for uid in uids])
    async with build_http_client(Store("archive", empty_orthanc.url)) as http:
        client = DicomWebClient(empty_orthanc.url, http)
        assert await client.list_among(STUDY, SERIES, [*uids[:4], "9.9"]) == frozenset(uids[:4])


@pytest.mark.timeout(120)
async def test_a_line_that_breaks_loses_nothing(
    empty_orthanc: Orthanc, far_away: Callable[..., str], tmp_path: Path
) -> None:
    series = make_ct_series(tmp_path / "in", 60)
    items = await upload(far_away(empty_orthanc.url, rtt_ms=5, fault=0.1), tmp_path / "in")
    assert Counter(item.verdict for item in items) == {Verdict.STORED: 60}
    held = held_by(empty_orthanc)
    assert set(held) == set(series.sop_instance_uids)
    assert all(held[item.sop_instance_uid] == item.path.read_bytes() for item in items)


LISTED = Answer.of_json([{"00080018": {"vr": "UI", "Value": ["1.1"]}, "00080016": {"vr": "UI", "Value": ["1.2"]}}])
TOOK = {"00081199": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": ["1.1"]}}]}}
BAD = {"00081198": {"vr": "SQ", "Value": [{
    "00081155": {"vr": "UI", "Value": ["1.1"]}, "00081197": {"vr": "US", "Value": [0xA700]}}]}}


@pytest.mark.parametrize(("answers", "verdict", "words"), [
    pytest.param([Answer.too_busy(0), Answer.too_busy(0, 503), Answer.of_json(TOOK)], Verdict.STORED, "", id="busy"),
    pytest.param([Answer.connection_reset(), Answer.of_json(TOOK)], Verdict.STORED, "", id="reset"),
    pytest.param([Answer.of_json(TOOK).cut(), Answer.of_json(TOOK)], Verdict.STORED, "", id="cut answer"),
    pytest.param([Answer.of_json(BAD, 409)], Verdict.REFUSED, "no room left", id="409 that says why"),
    pytest.param([Answer.refuses(409)], Verdict.REFUSED, "409", id="409 that does not"),
    pytest.param([Answer.refuses(415), Answer.of_json(TOOK)], Verdict.STORED, "", id="no multipart"),
    pytest.param([Answer(200, b"")], Verdict.STORED, "", id="200 and nothing"),
    pytest.param([Answer.refuses(403)], Verdict.NOT_SENT, "may not store", id="403"),
])
async def test_servers_that_misbehave(
    misbehaving: MisbehavingServer, tmp_path: Path, answers: list[Answer], verdict: Verdict, words: str
) -> None:
    misbehaving.on("studies", *answers)
    misbehaving.on(f"studies/{STUDY}/series/{SERIES}/instances", Answer.empty_list(), LISTED)
    (item,) = await upload(misbehaving.url, dicom_file(tmp_path, "1.1"))
    assert item.verdict is verdict, item.reason
    assert words in item.reason


async def test_a_server_that_takes_no_multipart_gets_files_as_they_are(
    misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    misbehaving.on("studies", Answer.refuses(415), Answer.of_json(TOOK))
    misbehaving.on(f"studies/{STUDY}/series/{SERIES}/instances", Answer.empty_list(), LISTED)
    path = dicom_file(tmp_path, "1.1")
    await upload(misbehaving.url, path)
    last = [request for request in misbehaving.requests if request.method == "POST"][-1]
    assert last.headers["content-type"] == "application/dicom"
    assert last.body == path.read_bytes()
