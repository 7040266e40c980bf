from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
import pyzipper

from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.services import upload_scan, upload_zip
from desktop_app.services.upload_scan import scan
from desktop_app.services.upload_zip import PasswordNeeded, Zips
from tests.unit.services.upload_fakes import dicom_bytes, dicom_file


def found(*paths: Path, zips: Zips | None = None, password: str | None = None) -> dict[str, UploadItem]:
    """What the scan says, by place below the first path or by member."""
    zips = zips or Zips()
    items = {}
    for item in scan(paths, zips):
        if isinstance(item, PasswordNeeded):
            zips.give_password(item.path, None if item.again else password)
        else:
            items[item.member or item.path.name] = item
    zips.close()
    return items


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_is_walked_and_every_file_told_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one = dicom_file(tmp_path, "1.1")
    dicom_file(tmp_path / "b", "1.2")
    items = found(tmp_path, one, tmp_path / "b")
    assert {name: (item.verdict, item.sop_instance_uid) for name, item in items.items()} == {
        "1.1.dcm": (None, "1.1"), "1.2.dcm": (None, "1.2"),
    }
    assert (items["1.1.dcm"].patient_id, items["1.1.dcm"].study_date) == ("P-1", "20200102")


def test_a_dicomdir_stands_for_its_medium(tmp_path: Path) -> None:
    (tmp_path / "IMAGES").mkdir()
    dicom_file(tmp_path / "IMAGES", "1.1")
    directory = tmp_path / "DICOMDIR"
    directory.write_bytes(b"\0" * 128 + b"DICM")
    items = found(directory)
    assert items["1.1.dcm"].verdict is None
    assert items["DICOMDIR"].verdict is not None


def test_several_media_at_once_are_told_apart(tmp_path: Path) -> None:
    directories = []
    for disc in ("1.1", "1.2"):
        (tmp_path / disc / "IMAGES").mkdir(parents=True)
        dicom_file(tmp_path / disc / "IMAGES", disc).rename(tmp_path / disc / "IMAGES" / "IM0001")
        directories.append(tmp_path / disc / "DICOMDIR")
        directories[-1].write_bytes(b"\0" * 128 + b"DICM")
    items = [item for item in scan([*directories, tmp_path / "1.1"], Zips()) if isinstance(item, UploadItem)]
    assert sorted((item.place, item.sop_instance_uid) for item in items if item.verdict is None) == [
        (str(tmp_path / "1.1" / "IMAGES" / "IM0001"), "1.1"), (str(tmp_path / "1.2" / "IMAGES" / "IM0001"), "1.2"),
    ], "each once, though one was dropped twice"


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    secret = dicom_file(outside, "1.1")
    (inside / "file.dcm").symlink_to(secret)
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    items = found(inside)
    assert {name: item.verdict for name, item in items.items()} == dict.fromkeys(
        ("file.dcm", "folder", "loop"), Verdict.UNREADABLE
    )
    assert not any(item.sop_instance_uid for item in items.values())


def test_what_is_no_ordinary_file_does_not_hang_the_scan(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path)["pipe"].verdict is Verdict.UNREADABLE


def test_a_path_that_is_gone_gets_a_verdict(tmp_path: Path) -> None:
    (item,) = found(tmp_path / "gone.dcm").values()
    assert (item.verdict, item.reason) == (Verdict.UNREADABLE, "The file is no longer there.")


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    dicom_file(tmp_path, "1.1")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)      # root may read everything
    items = found(tmp_path)
    assert items["1.1.dcm"].verdict is None
    assert items["locked"].reason == "The folder cannot be read: Permission denied."


# -- ZIPs --------------------------------------------------------------------------------------------------------------


def test_a_zip_is_read_without_being_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "disc.zip", {
        "a/1": dicom_bytes("1.1", filler=300_000), "a/": b"", "b/naïve 名.dcm": dicom_bytes("1.2"), "readme.txt": b"no",
        "inner.zip": b"PK\x03\x04" + b"\0" * 200, "cut.dcm": dicom_bytes("1.3")[:160],
    })
    items = found(path)
    assert {name: item.verdict for name, item in items.items()} == {
        "a/1": None, "b/naïve 名.dcm": None, "readme.txt": Verdict.NOT_DICOM, "inner.zip": Verdict.NOT_DICOM,
        "cut.dcm": Verdict.UNREADABLE,
    }
    assert items["a/1"].sop_instance_uid == "1.1"
    assert "Unpack the outer one" in items["inner.zip"].reason
    zips = Zips()
    assert zips.read(path, "a/1") == dicom_bytes("1.1", filler=300_000)
    zips.close()
    assert [file.name for file in tmp_path.iterdir()] == ["disc.zip"]


@pytest.mark.parametrize("name", ["../up.dcm", "/etc/absolute.dcm", "a/../../up.dcm", "C:/windows.dcm", "..\\up.dcm"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "disc.zip", {name: dicom_bytes("1.1"), "good": dicom_bytes("1.2")})
    items = found(path)
    assert items.pop("good").verdict is None
    ((_, item),) = items.items()
    assert (item.verdict, item.sop_instance_uid) == (Verdict.UNREADABLE, "")
    assert "leads out" in item.reason


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "disc.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link.dcm")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "link" in found(path)["link.dcm"].reason


def test_a_bomb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_zip, "_SUSPICIOUS_SIZE", 2**20)
    path = zipped(tmp_path / "disc.zip", {"bomb": b"\0" * 4 * 2**20, "image": dicom_bytes("1.1", filler=10_000)})
    items = found(path)
    assert items["image"].verdict is None
    assert items["bomb"].verdict is Verdict.UNREADABLE
    assert "would unpack 4.2 MB out of" in items["bomb"].reason


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    """One piece of data under many names: every one of them would unpack it again."""
    path = zipped(tmp_path / "disc.zip", {"a": b"\0" * 100_000, "b": b"\0" * 100_000})
    data = bytearray(path.read_bytes())
    entries = [at for at in range(len(data)) if data[at:at + 4] == b"PK\x01\x02"]
    struct.pack_into("<I", data, entries[1] + 42, 0)
    path.write_bytes(data)
    (item,) = found(path).values()
    assert item.verdict is Verdict.UNREADABLE
    assert "overlap" in item.reason


@pytest.mark.parametrize("harm", [
    lambda data: data[:-30],
    lambda data: data[:40],
    lambda data: b"PK\x03\x04" + b"\xff" * 500,
    lambda data: data[:60] + bytes(len(data) - 160) + data[-100:],
])
def test_a_damaged_zip_ends_in_a_verdict(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = zipped(tmp_path / "disc.zip", {"a": dicom_bytes("1.1", filler=50_000)})
    path.write_bytes(harm(path.read_bytes()))
    items = found(path)
    assert [item.verdict for item in items.values()] == [Verdict.UNREADABLE]
    assert all(item.reason.endswith((".", ")")) for item in items.values())


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    path = tmp_path / "disc.zip"
    with pyzipper.AESZipFile(path, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword("geheim ß".encode())
        archive.writestr("a", dicom_bytes("1.1", filler=5000))
        archive.writestr("b", dicom_bytes("1.2", filler=9000))
    return path


def test_the_right_password_opens_an_aes_zip(protected: Path) -> None:
    assert [item.sop_instance_uid for item in found(protected, password="geheim ß").values()] == ["1.1", "1.2"]


@pytest.mark.parametrize("password", ["wrong", None])
def test_without_the_password_every_file_says_so(protected: Path, password: str | None) -> None:
    items = found(protected, password=password)
    assert {item.reason for item in items.values()} == {"The ZIP is protected, and no password was given."}


def test_files_that_a_disc_names_and_does_not_hold_are_said(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    dicom_file(tmp_path / "images", "1.1").rename(tmp_path / "images" / "im1")
    directory = pydicom.Dataset()
    directory.file_meta = pydicom.dataset.FileMetaDataset()
    directory.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1"
    directory.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    directory.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    records = []
    for file_id in (["IMAGES", "IM1"], ["IMAGES", "IM2"], ["..", "..", "etc", "passwd"], None):
        record = pydicom.Dataset()
        if file_id:
            record.ReferencedFileID = file_id
        records.append(record)
    directory.DirectoryRecordSequence = records
    directory.save_as(tmp_path / "DICOMDIR", enforce_file_format=True)
    found = [item for item in scan([tmp_path / "DICOMDIR"], Zips()) if isinstance(item, UploadItem)]
    missing = [item for item in found if "table of contents names this file" in item.reason]
    assert [item.path.relative_to(tmp_path).as_posix() for item in missing] == ["IMAGES/IM2", "etc/passwd"]
    assert all(item.verdict is Verdict.UNREADABLE for item in missing)
    assert [item.sop_instance_uid for item in found if item.verdict is None] == ["1.1"]


def test_five_gigabytes_are_looked_at_by_their_header_only(tmp_path: Path) -> None:
    large = dicom_file(tmp_path, "1.1")
    with large.open("r+b") as file:
        file.truncate(5 * 2**30)                # sparse: it takes no room, and reading it whole would take minutes
    (item,) = found(large).values()
    assert (item.sop_instance_uid, item.size, item.verdict) == ("1.1", 5 * 2**30, None)


def test_thousands_of_files_that_are_no_dicom_each_get_their_verdict(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * (number % 300))
    items = found(tmp_path)
    assert len(items) == 3000
    assert {item.verdict for item in items.values()} == {Verdict.NOT_DICOM}
    assert items["0.txt"].reason == "The file is empty."


def test_a_zip_in_a_zip_is_told_what_to_do(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("one", dicom_bytes("1.1"))
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as made:
        made.write(inner, "inner.zip")
    item = found(tmp_path / "outer.zip")["inner.zip"]
    assert item.verdict is Verdict.NOT_DICOM and "Unpack the outer one" in item.reason


def test_the_quick_look_sees_what_the_patient_one_sees(dicom_data: Path) -> None:
    quick = 0
    for path in sorted(dicom_data.rglob("*.dcm")):
        with path.open("rb") as file:
            head = file.read(64 * 1024)
        found = upload_scan._at_the_beginning(head)
        if found is None:
            continue
        quick += 1
        with path.open("rb") as file:
            uids, description = upload_scan._with_patience(file)
        assert found[0] == uids
        assert found[1] == [text.strip() for text in description]
    assert quick > 20
