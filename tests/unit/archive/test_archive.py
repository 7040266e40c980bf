from __future__ import annotations

import asyncio
import errno
import itertools
import sqlite3
from pathlib import Path

import pytest

from desktop_app.archive import storage as storage_module
from desktop_app.archive.archive import Archive
from desktop_app.archive.attributes import Level
from desktop_app.archive.files import Files
from desktop_app.archive.matching import parse_search
from desktop_app.archive.storage import Incoming, Outcome
from desktop_app.core.errors import DiskError
from desktop_app.core.upload import Verdict
from tests.unit.archive.objects import image, instance


async def _uids(archive: Archive) -> list[str]:
    found = await archive.on_disk(archive.search_now, parse_search(Level.INSTANCE, []))
    return [row.sop_instance_uid for row in found.rows]


async def _bytes(archive: Archive, study: str = "1.2.1", series: str = "", sop: str = "") -> list[bytes]:
    return [await archive.read(one.path) for one in await archive.instances(study, series, sop)]


def _files(archive: Archive) -> list[Path]:
    return sorted(path for path in (archive.folder / "files").rglob("*") if path.is_file())


async def test_stores_byte_for_byte(archive: Archive) -> None:
    data = image() + b""
    outcome = await archive.store_bytes(data)
    assert outcome == Outcome(Verdict.STORED, "1.2.1", "1.2.1.1", "1.2.840.10008.5.1.4.1.1.2", "1.2.1.1.1")
    assert await _bytes(archive) == [data]
    assert (await archive.count(), await archive.count_studies()) == (1, 1)


async def test_file_names_tell_nothing(archive: Archive) -> None:
    await archive.store_bytes(image(PatientName="Doe^Jane", PatientID="4711"))
    (path,) = _files(archive)
    assert not any(word in str(path.relative_to(archive.folder)) for word in ("Doe", "4711", "1.2.1"))


async def test_the_same_bytes_again_change_nothing(archive: Archive) -> None:
    data = image()
    await archive.store_bytes(data)
    before = _files(archive)
    outcome = await archive.store_bytes(data)
    assert (outcome.verdict, outcome.reason) == (Verdict.ALREADY_THERE, 0)
    assert _files(archive) == before


async def test_other_bytes_under_the_same_uid_are_a_conflict_and_the_old_ones_stay(archive: Archive) -> None:
    old, new = image(PatientID="A"), image(PatientID="B")
    await archive.store_bytes(old)
    outcome = await archive.store_bytes(new)
    assert (outcome.verdict, outcome.reason) == (Verdict.CONFLICT, 0x0111)
    assert await _bytes(archive) == [old]


async def test_twins_inside_one_batch(archive: Archive) -> None:
    one, other = image(PatientID="A"), image(PatientID="B")
    outcomes = await archive.store([Incoming(one), Incoming(one), Incoming(other)])
    assert [outcome.verdict for outcome in outcomes] == [Verdict.STORED, Verdict.ALREADY_THERE, Verdict.CONFLICT]
    assert await archive.count() == 1


async def test_one_uid_in_two_studies_is_two_instances(archive: Archive) -> None:
    await archive.store([Incoming(instance("1.2.1", "1.2.1.1", "1.9")), Incoming(instance("1.2.2", "1.2.2.1", "1.9"))])
    assert await archive.count() == 2


@pytest.mark.parametrize(("data", "verdict", "reason"), [
    (b"", Verdict.NOT_DICOM, 0xC000),
    (b"<html>" * 100, Verdict.NOT_DICOM, 0xC000),
    (image()[:300], Verdict.UNREADABLE, 0xC000),
    (image()[:-10], Verdict.STORED_WITH_WARNING, 0xB007),
    (instance(study=""), Verdict.REFUSED, 0xA900),
    (instance(number="1.2/../3"), Verdict.REFUSED, 0xA900),
    (instance(number="9" * 65), Verdict.REFUSED, 0xA900),
])
@pytest.mark.filterwarnings("ignore")
async def test_bad_input_gets_a_verdict_and_a_sentence(archive: Archive, data: bytes, verdict: Verdict,
                                                       reason: int) -> None:
    outcomes = await archive.store([Incoming(image(study=7)), Incoming(data), Incoming(image(study=8))])
    assert (outcomes[1].verdict, outcomes[1].reason) == (verdict, reason)
    assert outcomes[1].text.endswith(".")
    assert [outcomes[0].verdict, outcomes[2].verdict] == [Verdict.STORED, Verdict.STORED]


async def test_instances_of_another_study_are_refused_when_one_is_named(archive: Archive) -> None:
    outcomes = await archive.store([Incoming(image(1)), Incoming(image(2))], study_uid="1.2.1")
    assert [outcome.verdict for outcome in outcomes] == [Verdict.STORED, Verdict.REFUSED]


async def test_a_full_disk_is_said_and_leaves_nothing_half_done(archive: Archive,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    await archive.store_bytes(image(1))
    with monkeypatch.context() as patch:
        patch.setattr(Files, "move_in", full)
        outcome = await archive.store_bytes(image(2))
        assert (outcome.verdict, outcome.reason) == (Verdict.REFUSED, 0xA700)
    with monkeypatch.context() as patch:
        patch.setattr(Files, "write_incoming", full)
        assert (await archive.store_bytes(image(2))).reason == 0xA700
    assert await _uids(archive) == ["1.2.1.1.1"]
    assert list((archive.folder / "incoming").iterdir()) == []
    assert (await archive.store_bytes(image(2))).verdict is Verdict.STORED


async def test_what_could_not_be_stored_is_not_there_already_for_its_twin(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    twins = [Incoming(image(1)), Incoming(image(1)), Incoming(image(1, PatientID="B"))]
    with monkeypatch.context() as patch:
        patch.setattr(Files, "move_in", full)
        outcomes = await archive.store(twins)
    assert [(outcome.verdict, outcome.reason) for outcome in outcomes] == [(Verdict.REFUSED, 0xA700)] * 3
    assert [one.verdict for one in await archive.store(twins)] == [
        Verdict.STORED, Verdict.ALREADY_THERE, Verdict.CONFLICT]


async def test_deleting_takes_rows_and_files_along(archive: Archive) -> None:
    await archive.store([Incoming(image(*each)) for each in itertools.product((1, 2), repeat=3)])
    assert await archive.delete("1.2.1", "1.2.1.1", "1.2.1.1.1") == 1
    assert await archive.delete("1.2.1", "1.2.1.2") == 2
    assert await archive.delete("1.2.2") == 4
    assert await archive.delete("1.2.2") == 0
    assert await _uids(archive) == ["1.2.1.1.2"]
    assert len(_files(archive)) == 1
    (study,) = (await archive.on_disk(archive.search_now, parse_search(Level.STUDY, []))).rows
    assert '"00201208":{"vr":"IS","Value":[1]}' in study.lines
    assert (await archive.store_bytes(image(2))).verdict is Verdict.STORED      # and may come again


async def test_opens_again_with_everything(tmp_path: Path) -> None:
    first = await Archive.open(tmp_path)
    await first.store([Incoming(image(1, 1, number)) for number in range(1, 4)])
    await first.close()
    assert not (tmp_path / "in-use").exists()
    second = await Archive.open(tmp_path)
    assert len(await _bytes(second)) == 3
    await second.close()
    await second.close()                            # twice is no error


async def _left_in_a_hurry(folder: Path) -> None:
    """An archive with two instances whose program was killed: it did not sign off."""
    archive = await Archive.open(folder)
    await archive.store([Incoming(image(1, 1, 1)), Incoming(image(1, 1, 2))])
    await archive.close()
    (folder / "in-use").touch()


async def test_half_written_files_are_swept_and_whole_ones_without_a_row_adopted(tmp_path: Path) -> None:
    await _left_in_a_hurry(tmp_path)
    (tmp_path / "incoming" / "half.part").write_bytes(image(3)[:200])
    (tmp_path / "files" / "00000" / ("a" * 32 + ".dcm")).write_bytes(image(4))
    (tmp_path / "files" / "00000" / ("b" * 32 + ".dcm")).write_bytes(b"not DICOM at all" * 20)
    archive = await Archive.open(tmp_path)
    assert sorted(await _uids(archive)) == ["1.2.1.1.1", "1.2.1.1.2", "1.2.4.1.1"]
    assert await _bytes(archive, "1.2.4") == [image(4)]
    assert list((tmp_path / "incoming").iterdir()) == []
    assert [path.name for path in (tmp_path / "set-aside").iterdir()] == ["b" * 32 + ".dcm"]
    await archive.close()


async def test_rows_whose_file_is_gone_or_damaged_are_not_listed(tmp_path: Path) -> None:
    await _left_in_a_hurry(tmp_path)
    first, second = sorted((tmp_path / "files").rglob("*.dcm"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:100])
    archive = await Archive.open(tmp_path)
    assert await _uids(archive) == []
    assert await archive.count_studies() == 0
    assert len(list((tmp_path / "set-aside").iterdir())) == 1          # nothing is thrown away
    await archive.close()


async def test_a_deletion_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    await _left_in_a_hurry(tmp_path)
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        (path,) = db.execute("SELECT path FROM instance WHERE uid = '1.2.1.1.2'").fetchone()
        db.execute("DELETE FROM instance WHERE uid = '1.2.1.1.2'")
        db.execute("INSERT INTO doomed VALUES (?)", (path,))
    db.close()
    archive = await Archive.open(tmp_path)
    assert await _uids(archive) == ["1.2.1.1.1"]
    assert not (tmp_path / path).exists()
    await archive.close()


@pytest.mark.parametrize("damage", ["garbage", "damaged inside", "another version", "lost"])
async def test_the_catalogue_is_made_anew_from_the_files(tmp_path: Path, damage: str) -> None:
    archive = await Archive.open(tmp_path)
    await archive.store([Incoming(image(1, 1, number, PatientName="Doe^Jane")) for number in range(1, 30)])
    await archive.close()
    catalogue = tmp_path / "catalogue.db"
    if damage == "garbage":
        catalogue.write_bytes(b"garbage" * 1000)
    elif damage == "damaged inside":
        data = bytearray(catalogue.read_bytes())
        data[8192:-8192] = bytes(reversed(data[8192:-8192]))
        catalogue.write_bytes(data)
        (tmp_path / "in-use").touch()
    elif damage == "another version":
        with sqlite3.connect(catalogue) as db:
            db.execute("PRAGMA user_version = 7")
        db.close()
    else:
        catalogue.unlink()
        (tmp_path / "in-use").touch()
    archive = await Archive.open(tmp_path)
    assert await archive.count() == 29
    found = await archive.on_disk(archive.search_now, parse_search(Level.STUDY, [("PatientName", "doe*")]))
    assert len(found.rows) == 1
    assert (await archive.store_bytes(image(1, 1, 5, PatientName="Doe^Jane"))).verdict is Verdict.ALREADY_THERE
    await archive.close()


async def test_two_programs_may_use_one_folder(tmp_path: Path) -> None:
    window = await Archive.open(tmp_path)
    await window.store_bytes(image(1))
    (tmp_path / "incoming" / "on-its-way.part").write_bytes(b"half")
    server = await Archive.open(tmp_path)           # sweeps nothing: the other may be writing it
    assert (tmp_path / "incoming" / "on-its-way.part").exists()
    await server.store_bytes(image(2))
    assert await _uids(window) == await _uids(server)
    await server.close()
    assert (tmp_path / "in-use").exists()
    assert await window.count() == 2
    await window.close()
    assert not (tmp_path / "in-use").exists()


async def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file is in the way")
    with pytest.raises(DiskError, match="local archive cannot be opened"):
        await Archive.open(tmp_path / "archive")


async def test_one_study_gathers_what_its_series_know(archive: Archive) -> None:
    await archive.store_bytes(image(1, 1, StudyDescription="", PatientID="4711"))
    await archive.store_bytes(image(1, 2, StudyDescription="Knee", PatientID="other", StudyDate="20240131"))
    for key, value in (("StudyDescription", "knee"), ("PatientID", "4711"), ("StudyDate", "20240131")):
        found = await archive.on_disk(archive.search_now, parse_search(Level.STUDY, [(key, value)]))
        assert len(found.rows) == 1, key
    found = await archive.on_disk(archive.search_now, parse_search(Level.STUDY, [("PatientID", "other")]))
    assert found.rows == ()


async def test_the_event_loop_is_free_while_the_disk_works(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()
    real = storage_module.read_header

    def slow(data: bytes) -> object:
        asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()       # the loop must run for it to go on
        return real(data)

    monkeypatch.setattr(storage_module, "read_header", slow)
    storing = asyncio.ensure_future(archive.store_bytes(image()))
    await asyncio.sleep(0)
    assert not storing.done()
    gate.set()
    assert (await storing).verdict is Verdict.STORED
