from __future__ import annotations

from pathlib import Path

import httpx
import pydicom
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.samples import ensure_samples
from desktop_app.core.errors import DiskError
from tests.unit.archive.objects import image, search, values


async def test_the_first_start_brings_them_and_no_later_one(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    (folder / "deep").mkdir(parents=True)
    for number in range(1, 20):
        (folder / "deep" / f"{number}.dcm").write_bytes(image(1, 1, number))
    (folder / "LICENSES.md").write_text("licences")
    assert await ensure_samples(archive, folder) == 19
    assert await archive.count() == 19
    await archive.delete("1.2.1")
    assert await ensure_samples(archive, folder) == 0
    assert await archive.count() == 0


async def test_an_interrupted_first_start_is_taken_up_again(archive: Archive, tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "samples"
    folder.mkdir()
    for number in range(1, 40):
        (folder / f"{number:02}.dcm").write_bytes(image(1, 1, number))
    real, calls = archive.store, 0

    async def interrupted(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError("out of power")
        return await real(*args, **kwargs)              # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(archive, "store", interrupted)
        with pytest.raises(DiskError):
            await ensure_samples(archive, folder)
    assert 0 < await archive.count() < 39
    await ensure_samples(archive, folder)
    assert await archive.count() == 39


async def test_a_missing_folder_is_no_first_start(archive: Archive, tmp_path: Path) -> None:
    assert await ensure_samples(archive, tmp_path / "nowhere") == 0
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "1.dcm").write_bytes(image())
    assert await ensure_samples(archive, tmp_path / "nowhere") == 1


async def test_the_samples_that_ship(archive: Archive, client: httpx.AsyncClient, samples: Path) -> None:
    files = sorted(samples.rglob("*.dcm"))
    assert sum(path.stat().st_size for path in files) < 25_000_000
    assert await ensure_samples(archive, samples) == len(files) == 233
    studies = await search(client, "/studies")
    assert len(studies) == 5
    (patient,) = await search(client, "/studies", PatientID="STS_001")
    assert patient["00080061"]["Value"] == ["CT", "MR", "PT", "RTSTRUCT"]
    assert patient["00201208"]["Value"] == [179]
    rows = await search(client, "/series")
    assert sorted(values(rows, "00080060")) == ["CR", "CT", "CT", "MR", "MR", "PT", "RTSTRUCT", "RTSTRUCT", "US"]
    frames = await search(client, "/instances", includefield="NumberOfFrames", Modality="US,MR")
    assert {30, 32} <= set(values(frames, "00280008"))


def test_every_sample_is_whole_and_has_its_licence(samples: Path) -> None:
    licences = (samples / "LICENSES.md").read_text()
    for path in samples.rglob("*.dcm"):
        folder = path.parent.relative_to(samples).as_posix()
        assert f"`{folder}`" in licences
        read = pydicom.dcmread(path, stop_before_pixels=True)
        assert read.file_meta.MediaStorageSOPInstanceUID == read.SOPInstanceUID
        assert read.file_meta.MediaStorageSOPClassUID == read.SOPClassUID
        assert not read.get("PatientBirthDate") or folder in ("radiograph", "enhanced-mr")
