"""How an upload ends when nobody listens, somebody cancels, or two files cannot be compared."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_app.core.errors import DamagedDicom, NotFound
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.services.same_instance import same_instance
from desktop_app.services.upload_journal import JournalUpload, UploadJournal
from desktop_app.services.upload_run import UploadRun
from desktop_app.services.upload_sender import Sender
from desktop_app.services.uploader import Uploader
from tests.unit.services.images import ThreadlessDecoder
from tests.unit.services.upload_fakes import FakeArchive, dicom_bytes, dicom_file


@pytest.fixture
async def journal() -> AsyncIterator[UploadJournal]:
    made = await UploadJournal.open(None)
    yield made
    await made.close()


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


@pytest.fixture
def uploader(archive: FakeArchive, journal: UploadJournal) -> Uploader:
    return Uploader(archive, ThreadlessDecoder(), journal)                      # type: ignore[arg-type]


async def test_a_request_that_never_began_gives_its_lane_back(archive: FakeArchive, journal: UploadJournal) -> None:
    sender = Sender(archive, ThreadlessDecoder())                               # type: ignore[arg-type]
    run = UploadRun(sender, journal, JournalUpload("u", "k", "", "", (), confirmed=True))

    async def work() -> None:
        raise AssertionError("it was cancelled before")

    async def begin_and_fail() -> None:
        async with asyncio.TaskGroup() as group:
            await run._start(group, work())
            raise NotFound(status=404)

    with pytest.raises(ExceptionGroup):
        await begin_and_fail()
    assert sender.lanes.busy == 0
    await run._journal.end("u")


async def test_uploads_cancelled_at_any_moment_leave_the_lanes_free(
    uploader: Uploader, archive: FakeArchive, tmp_path: Path
) -> None:
    for number in range(60):
        dicom_file(tmp_path, f"1.{number}")
    for turns in range(0, 120, 3):
        archive.held.clear()
        stream = uploader.upload([tmp_path], upload_id=f"u{turns}")
        reading = asyncio.ensure_future(anext(stream))
        for _ in range(turns):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await stream.aclose()                                                   # type: ignore[attr-defined]
        assert uploader._sender.lanes.busy == 0, f"after {turns} turns"
        assert uploader._runs == {}


async def test_verdicts_are_told_also_to_one_who_was_busy_meanwhile(
    uploader: Uploader, archive: FakeArchive, tmp_path: Path
) -> None:
    for number in range(5):
        dicom_file(tmp_path, f"1.{number}")
    archive.gate = asyncio.Event()
    stream = uploader.upload([tmp_path], upload_id="u")
    judged: list[UploadItem] = list((await anext(stream)).judged)
    run = uploader._runs["u"]
    archive.gate.set()
    while run.progress.done < 5:                                                # the reader does something else
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
    async for event in stream:
        judged += event.judged
    assert sorted(item.verdict or "" for item in judged) == [Verdict.STORED] * 5


def test_what_cannot_be_read_is_not_called_different() -> None:
    file = dicom_bytes("1.2")
    assert same_instance(file, file)
    assert same_instance(file, dicom_bytes("1.2"))
    assert not same_instance(file, dicom_bytes("1.2", note="changed"))
    with pytest.raises(DamagedDicom):
        same_instance(file, b"no DICOM")


async def test_a_conflict_is_claimed_only_when_it_was_seen(
    uploader: Uploader, archive: FakeArchive, tmp_path: Path
) -> None:
    dicom_file(tmp_path, "1.1")
    archive.held["1.1"] = b"what the archive hands out is no DICOM"
    items = [item async for event in uploader.upload([tmp_path]) for item in event.judged]
    assert [item.verdict for item in items] == [Verdict.NOT_SENT]
    assert "cannot be compared" in items[0].reason
