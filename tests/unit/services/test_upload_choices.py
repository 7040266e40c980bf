"""An upload that was chosen to go without names, or into a storage class: what leaves the machine."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest

from desktop_app.core.deidentify import DatesChoice, DeidentifyChoices
from desktop_app.core.upload import Verdict
from desktop_app.core.upload_choices import StorageClass, UploadChoices, takes_storage_class
from desktop_app.objects.deidentify import Deidentifier
from desktop_app.services.decoder import Decoder
from desktop_app.services.upload_journal import FileState, JournalUpload, UploadJournal
from desktop_app.services.upload_outgoing import load_key
from desktop_app.services.uploader import Uploader
from tests.unit.services.upload_fakes import FakeArchive, dicom_bytes, dicom_file, uid_of

KEY = bytes(range(32))
WITHOUT_NAMES = UploadChoices(DeidentifyChoices(DatesChoice.SHIFT))


async def confirmed(uploader: Uploader, folder: Path, choices: UploadChoices) -> dict[str, Verdict | None]:
    verdicts = {}
    async for event in uploader.upload([folder], upload_id="u", ask=True, ask_always=True):
        verdicts.update({item.sop_instance_uid: item.verdict for item in event.judged})
        if event.progress.asking and not event.progress.scanning:
            uploader.confirm("u", choices)
    return verdicts


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


async def test_what_names_someone_does_not_leave_this_machine(archive: FakeArchive, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        dicom_file(tmp_path, f"1.2.{number}", note="seen by Mustermann")
    decoder = Decoder(1)
    uploader = Uploader(archive, decoder, key=lambda: KEY)      # type: ignore[arg-type]
    verdicts = await confirmed(uploader, tmp_path, WITHOUT_NAMES)
    assert set(verdicts.values()) == {Verdict.STORED}
    names = Deidentifier(KEY, DeidentifyChoices(DatesChoice.SHIFT))
    assert set(archive.held) == {names.uid(f"1.2.{number}") for number in (1, 2, 3)}
    for uid, data in archive.held.items():
        assert b"P-1 " not in data and b"Mustermann" not in data and uid_of(data) == uid
    again = await confirmed(uploader, tmp_path, WITHOUT_NAMES)
    assert set(again.values()) == {Verdict.ALREADY_THERE}, "the same becomes the same"
    decoder.stop()


async def test_pixels_that_may_name_someone_are_warned_about(archive: FakeArchive, tmp_path: Path) -> None:
    path = dicom_file(tmp_path, "1.2.1")
    dataset = pydicom.dcmread(path)
    dataset.BurnedInAnnotation = "YES"
    dataset.save_as(path)
    decoder, reasons = Decoder(1), []
    uploader = Uploader(archive, decoder, key=lambda: KEY)      # type: ignore[arg-type]
    async for event in uploader.upload([path], upload_id="u", ask=True, ask_always=True):
        reasons += [(item.verdict, item.reason) for item in event.judged]
        if event.progress.asking and not event.progress.scanning:
            uploader.confirm("u", WITHOUT_NAMES)
    ((verdict, reason),) = reasons
    assert verdict is Verdict.STORED_WITH_WARNING and "marked as showing annotations" in reason
    decoder.stop()


async def test_after_a_crash_names_are_taken_out_as_well(archive: FakeArchive, tmp_path: Path) -> None:
    path = dicom_file(tmp_path, "1.2.1")
    journal = await UploadJournal.open(tmp_path / "journal.sqlite")
    upload = JournalUpload("u", "k", "n", "t", (path,), confirmed=True, choices=WITHOUT_NAMES.as_text())
    await journal.begin(upload)
    await journal.note("u", [], FileState.FOUND)
    decoder = Decoder(1)
    uploader = Uploader(archive, decoder, journal, key=lambda: KEY)     # type: ignore[arg-type]
    async for _ in uploader.go_on("u"):
        pass
    assert "1.2.1" not in archive.held and len(archive.held) == 1
    decoder.stop()
    await journal.close()


async def test_without_the_key_nothing_is_sent_at_all(archive: FakeArchive, tmp_path: Path) -> None:
    dicom_file(tmp_path, "1.2.1")

    def no_key() -> bytes:
        raise PermissionError

    decoder = Decoder(1)
    uploader = Uploader(archive, decoder, key=no_key)       # type: ignore[arg-type]
    verdicts = await confirmed(uploader, tmp_path, WITHOUT_NAMES)
    assert set(verdicts.values()) == {Verdict.NOT_SENT}
    assert archive.held == {}
    decoder.stop()


async def test_what_comes_back_otherwise_is_not_called_stored(archive: FakeArchive, tmp_path: Path) -> None:
    for number in (1, 2):
        dicom_file(tmp_path, f"1.2.{number}")
    decoder = Decoder(1)
    honest = archive.retrieve_instance

    async def changing(study: str, series: str, uid: str) -> bytes:
        return dicom_bytes(uid, note="changed") if uid == "1.2.2" else await honest(study, series, uid)

    archive.retrieve_instance = changing    # type: ignore[method-assign]
    verdicts = await confirmed(Uploader(archive, decoder), tmp_path, UploadChoices(verify=True))  # type: ignore[arg-type]
    assert verdicts == {"1.2.1": Verdict.STORED, "1.2.2": Verdict.CONFLICT}
    decoder.stop()


async def test_the_storage_class_goes_along(archive: FakeArchive, tmp_path: Path) -> None:
    dicom_file(tmp_path, "1.2.1")
    decoder = Decoder(1)
    await confirmed(Uploader(archive, decoder), tmp_path, UploadChoices(None, StorageClass.NEARLINE))  # type: ignore[arg-type]
    assert archive.storage_classes == ["NEARLINE"]
    decoder.stop()


@pytest.mark.parametrize("choices", [
    UploadChoices(), WITHOUT_NAMES, UploadChoices(None, StorageClass.ARCHIVE), UploadChoices(verify=True)])
def test_choices_survive_being_written(choices: UploadChoices) -> None:
    assert UploadChoices.from_text(choices.as_text()) == choices


def test_choices_that_are_not_understood_are_no_choice_to_send_names() -> None:
    with pytest.raises(ValueError):
        UploadChoices.from_text("something of a later version|")


def test_only_the_beta_knows_storage_classes() -> None:
    path = "projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"
    assert takes_storage_class(f"https://healthcare.googleapis.com/v1beta1/{path}")
    assert not takes_storage_class(f"https://healthcare.googleapis.com/v1/{path}")


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    key = load_key(tmp_path / "key")
    assert len(key) == 32 and load_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


async def test_a_journal_of_an_earlier_version_is_read_on(tmp_path: Path) -> None:
    import sqlite3

    database = sqlite3.connect(tmp_path / "old.sqlite")
    database.execute(
        "CREATE TABLE upload (id TEXT PRIMARY KEY, store_key TEXT NOT NULL, store_name TEXT NOT NULL, "
        "title TEXT NOT NULL, paths BLOB NOT NULL, began REAL NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0, "
        "scanned INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID")
    database.execute("INSERT INTO upload VALUES ('u','k','n','t',x'2f61',1,1,0,0)")
    database.commit()
    database.close()
    journal = await UploadJournal.open(tmp_path / "old.sqlite")
    (upload,) = await journal.unfinished()
    assert (upload.id, upload.choices) == ("u", "")
    await journal.close()
