from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest

from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.services.upload_journal import FileState, JournalUpload, UploadJournal

UPLOAD = JournalUpload("u", "http://pacs/dicom-web", "PACS", "CT", (Path("/in/a"), Path("/in/b")), confirmed=True)


def item(name: str, **changes: object) -> UploadItem:
    return UploadItem(Path("/in") / name, 10, "1.2", "1.3", f"1.4.{len(name)}", "1.5", **changes)  # type: ignore[arg-type]


async def test_what_was_written_is_there_after_the_process_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "uploads.sqlite"
    first = await UploadJournal.open(file)
    await first.begin(UPLOAD)
    judged = item("b.dcm", member="x/y.dcm").judged(Verdict.REFUSED, "no room")
    await first.note("u", [item("a.dcm")], FileState.SENDING)
    await first.note("u", [judged], FileState.DONE)
    await first.scanned("u")
    await first.close()
    again = await UploadJournal.open(file)
    (upload,) = await again.unfinished()
    rows = {row.item.path.name: row for row in await again.rows("u")}
    await again.end("u")
    assert await again.unfinished() == ()
    await again.close()
    assert (upload.paths, upload.scanned, upload.store_key) == (UPLOAD.paths, True, UPLOAD.store_key)
    assert rows["a.dcm"].state is FileState.SENDING
    assert rows["b.dcm"].item == judged


async def test_what_nobody_agreed_to_is_forgotten_at_the_next_start(tmp_path: Path) -> None:
    journal = await UploadJournal.open(tmp_path / "uploads.sqlite")
    await journal.begin(JournalUpload("u", "k", "PACS", "CT", (Path("/in"),)))
    await journal.note("u", [item("a.dcm")], FileState.FOUND)
    await journal.close()
    again = await UploadJournal.open(tmp_path / "uploads.sqlite")
    assert await again.upload("u") is None
    assert await again.rows("u") == ()
    await again.close()


async def test_names_in_any_charset_come_back(tmp_path: Path) -> None:
    journal = await UploadJournal.open(tmp_path / "uploads.sqlite")
    path = Path(os.fsdecode(b"/in/\xff\xfe na\xc3\xafve.dcm"))
    await journal.begin(JournalUpload("u", "k", "PACS", str(path), (path,), confirmed=True))
    await journal.note("u", [UploadItem(path).judged(Verdict.NOT_DICOM, f"{path}")], FileState.DONE)
    ((row,), upload) = await journal.rows("u"), await journal.upload("u")
    await journal.close()
    assert upload is not None
    assert (row.item.path, upload.paths) == (path, (path,))


async def test_a_second_program_gets_a_journal_in_memory(tmp_path: Path) -> None:
    first = await UploadJournal.open(tmp_path / "uploads.sqlite")
    await first.begin(UPLOAD)
    second = await UploadJournal.open(tmp_path / "uploads.sqlite")
    assert (first.is_on_disk, second.is_on_disk) == (True, False)
    assert await second.unfinished() == (), "only one may go on with what is left"
    await second.close()
    await first.close()


async def test_a_broken_journal_is_moved_aside(tmp_path: Path) -> None:
    file = tmp_path / "uploads.sqlite"
    file.write_bytes(b"this is no database at all" * 100)
    journal = await UploadJournal.open(file)
    await journal.begin(UPLOAD)
    await journal.close()
    assert journal.is_on_disk
    assert (tmp_path / "uploads.sqlite.broken").exists()


@pytest.mark.skipif(os.name != "posix", reason="file permissions as POSIX has them")
async def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    journal = await UploadJournal.open(tmp_path / "new" / "uploads.sqlite")
    await journal.begin(UPLOAD)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "new").iterdir()}
    await journal.close()
    assert set(modes.values()) == {0o600}, modes


async def test_changes_that_come_together_are_committed_together(tmp_path: Path) -> None:
    journal = await UploadJournal.open(tmp_path / "uploads.sqlite")
    await journal.begin(UPLOAD)
    commits = 0
    commit = journal._commit

    def counted(changes: object) -> None:
        nonlocal commits
        commits += 1
        commit(changes)  # type: ignore[arg-type]

    journal._commit = counted  # type: ignore[method-assign]
    await asyncio.gather(*(journal.note("u", [item(f"{n}.dcm")], FileState.FOUND) for n in range(200)))
    assert len(await journal.rows("u")) == 200
    await journal.close()
    assert commits <= 3
