"""Exported files are what the archive holds, whole or not there; a media folder is one that others read."""

from __future__ import annotations

import errno
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.fileset import FileSet

from desktop_app.core.audit import AuditKind, hashed_uid
from desktop_app.core.errors import DiskError
from desktop_app.core.export import DicomForm, ExportProgress, PictureForm
from desktop_app.core.frame import Frame
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.services.audit import Audit
from desktop_app.services.decoder import Decoder
from desktop_app.services.exporter import Exporter


class _Objects:
    def __init__(self, paths: list[Path]) -> None:
        self.refs: list[FrameRef] = []
        self._data: dict[str, bytes] = {}
        for path in paths:
            header = pydicom.dcmread(path, stop_before_pixels=True)
            ref = FrameRef(header.StudyInstanceUID, header.SeriesInstanceUID, header.SOPInstanceUID)
            self.refs.append(ref)
            self._data[ref.sop_instance_uid] = path.read_bytes()

    async def bytes_of(self, ref: FrameRef, *, keep: bool = True) -> bytes:
        return self._data[ref.sop_instance_uid]

    @property
    def all(self) -> set[bytes]:
        return set(self._data.values())


class _Loader:
    async def frame(self, ref: FrameRef, *, pressing: bool = True) -> Frame:
        pixels = np.arange(12, dtype=np.int16).reshape(3, 4) * 20 + 8 * ref.frame_number
        return Frame(ref, pixels, value_range=(0.0, 255.0))


@pytest.fixture
def objects(samples: Path, dicom_data: Path) -> _Objects:
    more = [next(dicom_data.rglob(name)) for name in ("encapsulated_pdf.dcm", "ko_sts001_ct.dcm", "sr_document.dcm",
                                                      "gsps_graphics_sts001_ct.dcm", "waveform_ecg.dcm", "RS.dcm")]
    return _Objects(sorted((samples / "ct-abdomen").glob("*.dcm"))[:4] + more)


@pytest.fixture
def decoder() -> Decoder:
    made = Decoder(threads=1)
    yield made      # type: ignore[misc]
    made.stop()


def _exporter(objects: _Objects, decoder: Decoder) -> Exporter:
    return Exporter(objects, _Loader(), decoder)        # type: ignore[arg-type]


async def test_the_audit_record_knows_what_left_in_whatever_form(
    objects: _Objects, decoder: Decoder, tmp_path: Path
) -> None:
    audit = Audit(tmp_path / "audit.jsonl")
    exporter = Exporter(objects, _Loader(), decoder, audit, "Local")      # type: ignore[arg-type]
    one, two = FrameRef("1.1", "2", "3"), FrameRef("1.2", "2", "4")
    view = ViewState(window=Window(128, 256))
    stopped = exporter.series((one, one, two), view, tmp_path / "pictures")
    async for progress in stopped:
        if progress.done == 2:
            break
    await stopped.aclose()      # type: ignore[attr-defined]
    await exporter.picture(np.zeros((2, 2), np.uint8), tmp_path / "one.png", PictureForm.PNG, "1.3")
    await exporter.file(b"%PDF", tmp_path / "page.pdf", "1.4")
    with pytest.raises(DiskError):
        await exporter.file(b"%PDF", tmp_path / "nowhere" / "page.pdf", "1.5")
    told = [(event.kind, event.study, event.count) for event in audit.read().events]
    assert told == [(AuditKind.EXPORTED, hashed_uid(uid), count) for uid, count in (("1.1", 2), ("1.3", 1), ("1.4", 1))]


async def _run(objects: _Objects, decoder: Decoder, target: Path, form: DicomForm) -> list[ExportProgress]:
    return [one async for one in _exporter(objects, decoder).dicom(objects.refs, target, form)]


async def test_a_folder_holds_what_the_archive_holds(objects: _Objects, decoder: Decoder, tmp_path: Path) -> None:
    said = await _run(objects, decoder, tmp_path / "out", DicomForm.FOLDER)
    assert said[-1].done == said[-1].total == 10
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.read_bytes() for path in files} == objects.all
    assert all(path.suffix == ".dcm" for path in files)


async def test_a_zip_holds_what_the_archive_holds(objects: _Objects, decoder: Decoder, tmp_path: Path) -> None:
    await _run(objects, decoder, tmp_path / "out.zip", DicomForm.ZIP)
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert {packed.read(name) for name in packed.namelist()} == objects.all


async def test_a_media_folder_is_read_by_pydicom_and_dcmtk(
    objects: _Objects, decoder: Decoder, tmp_path: Path
) -> None:
    target = tmp_path / "media"
    await _run(objects, decoder, target, DicomForm.MEDIA)
    listed = FileSet(target / "DICOMDIR")
    assert {Path(instance.path).read_bytes() for instance in listed} == objects.all
    assert not list(target.rglob("*.part"))
    dcmdump, dcmqridx = shutil.which("dcmdump"), shutil.which("dcmqridx")
    if dcmdump is None or dcmqridx is None:
        pytest.skip("DCMTK is not here (Debian: dcmtk)")
    command = [dcmdump, "+P", "0004,1500", target / "DICOMDIR"]
    dumped = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    places = [line.split("[")[1].split("]")[0] for line in dumped.stdout.splitlines() if "[" in line]
    assert len(places) == 10
    index = tmp_path / "index"
    index.mkdir()
    for place in places:
        path = target.joinpath(*place.split("\\"))
        subprocess.run([dcmdump, "-q", path], capture_output=True, check=True)
        subprocess.run([dcmqridx, "-q", index, path], capture_output=True, check=True)


@pytest.mark.parametrize("form", list(DicomForm))
async def test_a_full_disk_names_what_was_written_and_leaves_nothing_half(
    objects: _Objects, decoder: Decoder, tmp_path: Path, form: DicomForm, monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = [3]
    honest, honest_zip = Path.write_bytes, zipfile.ZipFile.writestr

    def spend() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def write_bytes(path: Path, data: bytes) -> int:
        if left[0] <= 0:
            honest(path, data[:100])        # a full disk takes a little before it says so
        spend()
        return honest(path, data)

    def writestr(packed: zipfile.ZipFile, *arguments: object) -> None:
        spend()
        honest_zip(packed, *arguments)      # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", writestr)
    target = tmp_path / ("out.zip" if form is DicomForm.ZIP else "out")
    with pytest.raises(DiskError, match="The disk is full: 3 of 10 files were written"):
        await _run(objects, decoder, target, form)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.read_bytes() in objects.all for path in files)
    assert len(files) == (3 if form is DicomForm.FOLDER else 0)


async def test_a_full_disk_ends_a_series_of_pictures_and_leaves_whole_ones(
    decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, left = Path.write_bytes, [2]

    def write_bytes(path: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            honest(path, data[:20])         # a full disk takes a little before it says so
            raise OSError(errno.ENOSPC, "No space left on device")
        return honest(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    refs, target = [FrameRef("1", "2", "3", number) for number in range(1, 6)], tmp_path / "pictures"
    exporter = _exporter(_Objects([]), decoder)
    with pytest.raises(DiskError, match="The disk is full: 2 of 5 files were written to pictures"):
        assert [one async for one in exporter.series(refs, ViewState(), target)]
    assert [Image.open(path).size for path in sorted(target.iterdir())] == [(4, 3)] * 2
    with pytest.raises(DiskError, match="nothing was written"):
        assert [one async for one in exporter.film(refs, ViewState(), tmp_path / "film.webp", 40.0)]
    with pytest.raises(DiskError, match="nothing was written"):
        await exporter.picture(np.zeros((4, 4, 3), np.uint8), tmp_path / "view.png", PictureForm.PNG, "1")
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"], "nothing half-written"


async def test_a_folder_with_a_dicomdir_is_not_written_over(
    objects: _Objects, decoder: Decoder, tmp_path: Path
) -> None:
    (tmp_path / "DICOMDIR").write_bytes(b"of another")
    with pytest.raises(DiskError, match="DICOMDIR in this folder already"):
        await _run(objects, decoder, tmp_path, DicomForm.MEDIA)
    assert (tmp_path / "DICOMDIR").read_bytes() == b"of another"


async def test_a_series_as_pictures_is_windowed_and_turned(decoder: Decoder, tmp_path: Path) -> None:
    refs = [FrameRef("1", "2", "3", number) for number in (1, 2)]
    state = ViewState(window=Window(127.5, 256.0), rotation=1, flip_horizontal=True)
    exporter = _exporter(_Objects([]), decoder)
    said = [one async for one in exporter.series(refs, state, tmp_path / "pictures")]
    assert said[-1].done == 2
    shown = np.asarray(Image.open(tmp_path / "pictures" / "image-00001.png"))
    plain = np.arange(12, dtype=np.int16).reshape(3, 4) * 20 + 8
    assert shown.shape == (4, 3)
    expected = np.rot90(plain[:, ::-1], -1)
    assert np.abs(shown.astype(int) - expected).max() <= 1


async def test_a_film_has_every_frame_and_its_pace(decoder: Decoder, tmp_path: Path) -> None:
    refs = [FrameRef("1", "2", "3", number) for number in range(1, 6)]
    path = tmp_path / "film.webp"
    assert [one async for one in _exporter(_Objects([]), decoder).film(refs, ViewState(), path, 40.0)]
    film = Image.open(path)
    assert film.n_frames == 5
    film.seek(1)
    film.load()
    assert film.info["duration"] == 40


@pytest.mark.parametrize("form", list(PictureForm))
async def test_a_picture_in_every_form(decoder: Decoder, tmp_path: Path, form: PictureForm) -> None:
    pixels = np.zeros((20, 30, 3), np.uint8)
    pixels[:, :15] = (200, 100, 50)
    path = tmp_path / f"view.{form.value}"
    await _exporter(_Objects([]), decoder).picture(pixels, path, form, "1")
    back = np.asarray(Image.open(path).convert("RGB")).astype(int)
    assert np.abs(back - pixels).max() <= (6 if form is PictureForm.JPEG else 0)
