"""Bad files, bad names, a disk without room: each ends in a verdict and a sentence."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from pathlib import Path

import pytest

from desktop_app.core.deidentify import DeidentifyChoices
from desktop_app.core.errors import DamagedDicom, DiskError, RequestRefused
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.dicomweb.store_response import StoredInstance, StoreResponse
from desktop_app.services import upload_sender, upload_twins
from desktop_app.services.uploader import Uploader
from tests.unit.services.test_uploader import World, folder, verdicts, world
from tests.unit.services.upload_fakes import dicom_bytes, dicom_file

__all__ = ["folder", "world"]       # fixtures
LARGE = 5 * 2**30


async def confirmed_after(world: World, folder: Path, change: object) -> dict[str, UploadItem]:
    """An upload whose files change after they were found and before they are sent."""
    items: dict[str, UploadItem] = {}
    async with aclosing(world.uploader.upload([folder], upload_id="u", ask=True, ask_always=True)) as events:
        async for event in events:
            items |= {item.name: item for item in event.judged}
            if event.progress.asking and not event.progress.scanning:
                change()        # type: ignore[operator]
                world.uploader.confirm("u")
    return items


async def test_a_file_that_vanished_before_it_was_sent_is_said_to(world: World, folder: Path) -> None:
    gone = dicom_file(folder, "1.1")
    dicom_file(folder, "1.2")
    items = await confirmed_after(world, folder, gone.unlink)
    assert verdicts(items) == {"1.1.dcm": Verdict.UNREADABLE, "1.2.dcm": Verdict.STORED}
    assert items["1.1.dcm"].reason == "The file is no longer there."


async def test_a_file_that_became_another_before_it_was_sent_is_not_sent(world: World, folder: Path) -> None:
    path = dicom_file(folder, "1.1")
    dicom_file(folder, "1.2")
    items = await confirmed_after(world, folder, lambda: path.write_bytes(dicom_bytes("1.3", note="of somebody else")))
    assert verdicts(items) == {"1.1.dcm": Verdict.UNREADABLE, "1.2.dcm": Verdict.STORED}
    assert "changed after it was found" in items["1.1.dcm"].reason
    assert set(world.archive.sent) == {"1.2"}
    assert verdicts(await world.go_on(failed_too=True))["1.1.dcm"] is Verdict.STORED
    assert set(world.archive.held) == {"1.2", "1.3"}


async def test_a_file_that_changes_while_it_is_sent_is_not_called_stored(world: World, folder: Path) -> None:
    path = dicom_file(folder, "1.1")

    def meanwhile(_uids: list[str]) -> StoreResponse | None:
        with path.open("ab") as file:
            file.write(b"\0\0")
        return None

    world.archive.answers = [meanwhile]
    items = await world.upload(folder)
    assert verdicts(items) == {"1.1.dcm": Verdict.UNREADABLE}
    assert items["1.1.dcm"].reason == "The file changed while it was being sent. Send it again when it is complete."


@pytest.mark.parametrize("name", [
    b"\xff\xfe\x80.dcm", "Grüße.dcm".encode("latin-1"), "画像.dcm".encode("shift-jis"), "صورة.dcm".encode(),
    b"two\nlines\t.dcm",
], ids=["no text at all", "Latin 1", "Shift JIS", "Arabic", "control characters"])
async def test_names_in_any_charset_are_sent(world: World, folder: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.write_bytes(dicom_bytes("1.1"))
    (item,) = (await world.upload(folder)).values()
    assert (item.verdict, item.path) == (Verdict.STORED, path)
    assert world.archive.held == {"1.1": path.read_bytes()}
    (row,) = await world.journal.rows("u")
    assert row.item.path == path


async def test_five_gigabytes_that_the_archive_refuses(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dicom_file(folder, "1.1").open("r+b") as file:
        file.truncate(LARGE)                # sparse
    asked: list[object] = []

    async def refuse(instances: list[object], **_options: object) -> StoreResponse:
        asked.extend(instances)
        raise RequestRefused("The request was refused.", status=413, detail="Too large.")

    monkeypatch.setattr(world.archive, "store", refuse)
    (item,) = (await world.upload(folder)).values()
    assert item.verdict is Verdict.REFUSED and item.reason == "The request was refused. Too large."
    assert asked == [item.path], "handed over by its path, never read into memory"


async def test_five_gigabytes_with_the_uid_of_another_are_not_compared_and_not_sent(world: World, folder: Path) -> None:
    with dicom_file(folder, "1.1").open("r+b") as file:
        file.truncate(LARGE)
    world.archive.held = {"1.1": dicom_bytes("1.1")}
    (item,) = (await world.upload(folder)).values()
    assert item.verdict is Verdict.NOT_SENT and "too large to be compared" in item.reason
    assert not world.archive.requests


async def test_two_of_five_gigabytes_with_one_uid_are_not_read_into_memory(world: World, folder: Path) -> None:
    for name in ("a.dcm", "b.dcm"):
        with dicom_file(folder, "1.1").rename(folder / name).open("r+b") as file:
            file.truncate(LARGE)

    async def store(instances: list[object], **_options: object) -> StoreResponse:
        world.archive.held["1.1"] = b""
        return StoreResponse(200, (StoredInstance("1.1"),))

    world.archive.store = store         # type: ignore[assignment, method-assign]
    items = await world.upload(folder)
    assert verdicts(items) == {"a.dcm": Verdict.STORED, "b.dcm": Verdict.NOT_SENT}
    assert "has the UID of a.dcm in this upload, which was sent" in items["b.dcm"].reason


async def test_five_gigabytes_do_not_lose_their_names_in_memory(world: World, folder: Path) -> None:
    with dicom_file(folder, "1.1").open("r+b") as file:
        file.truncate(LARGE)
    choices = UploadChoices(deidentify=DeidentifyChoices())
    uploader = Uploader(world.archive, world.decoder, world.journal, key=lambda: b"k" * 32)     # type: ignore[arg-type]
    (item,) = [item async for event in uploader.upload([folder], choices=choices) for item in event.judged]
    assert item.verdict is Verdict.NOT_SENT and "too large to take out what names someone" in item.reason
    assert not world.archive.requests


async def test_few_large_files_are_compared_at_the_same_time(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_sender, "_LARGE", 10)
    for number in range(12):
        path = dicom_file(folder, f"1.{number}")
        world.archive.held[f"1.{number}"] = path.read_bytes()
    together: list[int] = []
    under_way = 0

    async def retrieve(_study: str, _series: str, uid: str) -> bytes:
        nonlocal under_way
        under_way += 1
        together.append(under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return world.archive.held[uid]

    world.archive.retrieve_instance = retrieve      # type: ignore[method-assign]
    items = await world.upload(folder)
    assert set(verdicts(items).values()) == {Verdict.ALREADY_THERE}
    assert len(together) == 12 and max(together) == 2


async def test_a_second_file_that_cannot_be_compared_does_not_end_the_upload(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, note in (("a.dcm", "one"), ("b.dcm", "other")):
        dicom_file(folder, "1.1", note=note).rename(folder / name)

    def damaged(_ours: bytes, _theirs: bytes) -> bool:
        raise DamagedDicom("It cannot be compared: one of the two is damaged.")

    monkeypatch.setattr(upload_twins, "same_instance", damaged)
    items = await world.upload(folder)
    assert verdicts(items) == {"a.dcm": Verdict.STORED, "b.dcm": Verdict.NOT_SENT}
    assert items["b.dcm"].reason.endswith("It cannot be compared: one of the two is damaged.")


async def test_a_disk_that_fills_up_under_the_journal(world: World, folder: Path) -> None:
    """SQLite says the same of a file that may not grow as of a disk without room (SQLITE_FULL)."""
    for number in range(1, 301):
        dicom_file(folder, f"1.{number}")
    database = world.journal._database
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(DiskError, match="Check the free space") as error:
        await world.upload(folder)
    assert "full" in error.value.detail
    before = sum(world.archive.sent.values())
    assert before < 300, "nothing is sent that the journal does not know of"
    database.execute("PRAGMA max_page_count=1073741823")
    items = await world.go_on()
    assert set(verdicts(items).values()) == {Verdict.STORED} and len(items) == 300
    assert len(world.archive.held) == 300
