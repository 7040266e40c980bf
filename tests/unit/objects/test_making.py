"""Pictures, documents and films as DICOM: what is kept as it is, what is decoded, what is refused; and that others can
read what was made."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.encaps import generate_frames

from desktop_app.core.errors import CannotDecode
from desktop_app.core.making import FileKind, PictureUse, StudyContext
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.objects import encapsulated
from desktop_app.objects.jpeg_header import read_jpeg_header
from desktop_app.objects.mp4_header import read_mp4
from desktop_app.objects.secondary_capture import look_at_picture, picture_object
from tests.support.pictures import mp4_bytes, pattern, pdf_bytes, picture_bytes, tiff_pages, turned_jpeg

CONTEXT = StudyContext(
    "1.2.826.0.1.3680043.8.498.1", "Yamada^Tarou=山田^太郎=やまだ^たろう", "P-77", "", "19700101", "M", "20200102",
    "101500", "S1", "A-1", "Refer^Dr", "CT chest")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PLACE = {
    "series_instance_uid": "2.25.1", "series_number": 901, "instance_number": 1, "description": "Added", "now": NOW,
}

BASELINE = picture_bytes(pattern(), "JPEG", quality=90)
FULL_COLOUR = picture_bytes(pattern(), "JPEG", subsampling=0)
GREY_JPEG = picture_bytes(pattern(colour=False), "JPEG")
PROGRESSIVE = picture_bytes(pattern(), "JPEG", progressive=True)
CMYK = picture_bytes(pattern().convert("CMYK"), "JPEG")
PNG, GREY_PNG = picture_bytes(pattern(), "PNG"), picture_bytes(pattern(colour=False), "PNG")
DEEP_PNG = picture_bytes(Image.fromarray(np.arange(48 * 64, dtype=np.uint16).reshape(48, 64) * 20), "PNG")
PAGES = tiff_pages(pattern(), pattern(), pattern())
GREY_PAGES = tiff_pages(pattern(colour=False), pattern(colour=False))
MADE: dict[str, tuple[bytes, FileKind]] = {
    "baseline": (BASELINE, FileKind.JPEG), "full colour": (FULL_COLOUR, FileKind.JPEG),
    "grey jpeg": (GREY_JPEG, FileKind.JPEG), "progressive": (PROGRESSIVE, FileKind.JPEG), "cmyk": (CMYK, FileKind.JPEG),
    "turned": (turned_jpeg(), FileKind.JPEG), "png": (PNG, FileKind.PNG), "grey png": (GREY_PNG, FileKind.PNG),
    "16 bit png": (DEEP_PNG, FileKind.PNG), "pages": (PAGES, FileKind.TIFF), "grey pages": (GREY_PAGES, FileKind.TIFF),
}


def made(name: str, use: PictureUse = PictureUse.SECONDARY_CAPTURE) -> Dataset:
    data, kind = MADE[name]
    return picture_object(data, look_at_picture(data, kind), CONTEXT, use, **PLACE)     # type: ignore[arg-type]


def written(dataset: Dataset, folder: Path) -> Path:
    path = folder / "made.dcm"
    dataset.save_as(path, enforce_file_format=True)
    return path


def test_the_header_of_a_jpeg_tells_what_matters() -> None:
    found = [read_jpeg_header(data) for data in (BASELINE, FULL_COLOUR, GREY_JPEG, PROGRESSIVE, CMYK, turned_jpeg())]
    assert [(one.process, one.components, one.orientation, one.subsampled) for one in found if one] == [
        (0, 3, 1, True), (0, 3, 1, False), (0, 1, 1, False), (2, 3, 1, True), (0, 4, 1, False), (0, 3, 6, True)]
    assert (found[0].rows, found[0].columns) == (48, 64)       # type: ignore[union-attr]
    assert read_jpeg_header(PNG) is None
    assert all(read_jpeg_header(BASELINE[:cut]) is None for cut in range(0, 150, 7))


@pytest.mark.parametrize("name", ["baseline", "full colour", "grey jpeg"])
def test_a_baseline_jpeg_keeps_its_own_bytes(name: str, tmp_path: Path) -> None:
    dataset = pydicom.dcmread(written(made(name), tmp_path))
    (frame,) = generate_frames(dataset.PixelData, number_of_frames=1)
    original = MADE[name][0]
    assert frame[:len(original)] == original and len(frame) - len(original) <= 1
    assert dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.4.50"
    assert dataset.PhotometricInterpretation == ("MONOCHROME2" if name == "grey jpeg" else "YBR_FULL_422")
    assert dataset.LossyImageCompression == "01" and dataset.LossyImageCompressionMethod == "ISO_10918_1"


@pytest.mark.parametrize(("name", "reason"), [
    ("progressive", "progressive"), ("cmyk", "CMYK"), ("turned", "turned upright"), ("png", "without loss")])
def test_what_cannot_be_kept_as_it_is_is_decoded_and_says_why(name: str, reason: str, tmp_path: Path) -> None:
    data, kind = MADE[name]
    assert reason in look_at_picture(data, kind).how
    dataset = pydicom.dcmread(written(made(name), tmp_path))
    assert dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    lossy = kind is FileKind.JPEG
    assert dataset.get("LossyImageCompression") == ("01" if lossy else None), "what was lost before stays said"


def test_a_turned_picture_stands_upright(tmp_path: Path) -> None:
    dataset = made("turned")
    assert (dataset.Rows, dataset.Columns) == (64, 48)


@pytest.mark.parametrize("name", MADE)
def test_what_is_decoded_is_the_picture_value_for_value(name: str, tmp_path: Path) -> None:
    data = MADE[name][0]
    obj = open_instance(written(made(name), tmp_path))
    with Image.open(BytesIO(data)) as image:
        assert obj.frame_count == getattr(image, "n_frames", 1)
        if name in ("baseline", "full colour"):
            expected = imagecodecs.jpeg8_decode(data)
        else:
            from PIL import ImageOps

            plain = ImageOps.exif_transpose(image)
            expected = np.asarray(plain.convert("RGB") if plain.mode == "CMYK" else plain)
    pixels = decode_frame(obj, 1).pixels
    assert pixels.shape == expected.shape
    np.testing.assert_array_equal(pixels, expected.astype(pixels.dtype))


@pytest.mark.parametrize("name", MADE)
def test_patient_and_study_are_those_of_the_study_and_uids_say_nothing(name: str, tmp_path: Path) -> None:
    dataset = pydicom.dcmread(written(made(name), tmp_path))
    assert str(dataset.PatientName) == CONTEXT.patient_name
    assert (dataset.PatientID, dataset.PatientBirthDate, dataset.StudyDate) == ("P-77", "19700101", "20200102")
    assert dataset.StudyInstanceUID == CONTEXT.study_instance_uid
    assert re.fullmatch(r"2\.25\.\d+", dataset.SOPInstanceUID) and len(dataset.SOPInstanceUID) <= 64
    assert made(name).SOPInstanceUID != dataset.SOPInstanceUID


def test_a_photograph_is_one_when_asked(tmp_path: Path) -> None:
    dataset = made("baseline", PictureUse.PHOTOGRAPH)
    assert dataset.SOPClassUID.name == "VL Photographic Image Storage"
    assert made("16 bit png", PictureUse.PHOTOGRAPH).SOPClassUID.name == "Secondary Capture Image Storage"


@pytest.mark.parametrize(("data", "kind", "words"), [
    (PNG[:200], FileKind.PNG, "damaged"), (BASELINE[:-400], FileKind.JPEG, "damaged"),
    (b"\x89PNG but no more", FileKind.PNG, "damaged"),
    (tiff_pages(pattern(), pattern(20, 20)), FileKind.TIFF, "pages differ"),
    (imagecodecs.png_encode(np.zeros((8, 8, 3), np.uint16)), FileKind.PNG, "more than 8 bits"),
])
def test_what_would_lose_something_is_refused_with_the_reason(data: bytes, kind: FileKind, words: str) -> None:
    with pytest.raises(CannotDecode, match=words):
        look_at_picture(data, kind)


def test_what_is_transparent_lies_on_black() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    data = picture_bytes(clear, "PNG")
    dataset = picture_object(data, look_at_picture(data, FileKind.PNG), CONTEXT, PictureUse.SECONDARY_CAPTURE,
                             **PLACE)                           # type: ignore[arg-type]
    assert set(dataset.PixelData) == {0}


# -- documents and films -----------------------------------------------------------------------------------------------

def document(data: bytes) -> Dataset:
    return encapsulated.pdf_object(data, CONTEXT, title="Consent", **PLACE)     # type: ignore[arg-type]


def film(data: bytes) -> Dataset:
    return encapsulated.film_object(data, encapsulated.look_at_film(data), CONTEXT, **PLACE)    # type: ignore[arg-type]


def test_a_pdf_keeps_its_bytes_and_its_length(tmp_path: Path) -> None:
    data = pdf_bytes() + b"\n" * (1 - len(pdf_bytes()) % 2)
    dataset = pydicom.dcmread(written(document(data), tmp_path))
    assert dataset.EncapsulatedDocument[:dataset.EncapsulatedDocumentLength] == data
    assert (dataset.DocumentTitle, dataset.MIMETypeOfEncapsulatedDocument) == ("Consent", "application/pdf")
    assert encapsulated.look_at_pdf(data) == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing", b"not a pdf at all"])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(CannotDecode, match="damaged"):
        encapsulated.look_at_pdf(data)


def test_the_boxes_of_an_mp4_tell_what_matters() -> None:
    video = read_mp4(mp4_bytes())
    assert video is not None
    assert (video.codec, video.profile, video.level) == ("avc1", 100, 41)
    assert (video.rows, video.columns, video.frames, video.frames_per_second) == (480, 640, 50, 25.0)
    data = mp4_bytes()
    for cut in range(0, len(data) - 1032, 11):
        found = read_mp4(data[:cut])
        assert found is None or found.frames in (0, 50)


@pytest.mark.parametrize(("data", "syntax"), [
    (mp4_bytes(), "1.2.840.10008.1.2.4.102"), (mp4_bytes(profile=77, level=31), "1.2.840.10008.1.2.4.102"),
    (mp4_bytes(level=42), "1.2.840.10008.1.2.4.104"), (mp4_bytes(b"hvc1", 1, 120), "1.2.840.10008.1.2.4.107"),
])
def test_a_film_keeps_its_bytes_in_one_fragment(data: bytes, syntax: str, tmp_path: Path) -> None:
    dataset = pydicom.dcmread(written(film(data), tmp_path))
    assert dataset.file_meta.TransferSyntaxUID == syntax
    fragments = list(pydicom.encaps.generate_fragments(dataset.PixelData))
    assert fragments[-1][:len(data)] == data
    assert (dataset.NumberOfFrames, float(dataset.FrameTime)) == (50, 40.0)


@pytest.mark.parametrize(("data", "words"), [
    (mp4_bytes(profile=66), "Baseline"), (mp4_bytes(profile=122), "4:2:2"), (mp4_bytes(level=51), "level 5.1"),
    (mp4_bytes(b"hvc1", 2, 120), "H.265 in profile 2"), (mp4_bytes(b"vp09"), "vp09"), (b"no film", "no MP4"),
    (mp4_bytes(frames=0), "no MP4"),
])
def test_a_film_outside_the_profiles_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(CannotDecode, match=words):
        encapsulated.look_at_film(data)


# -- what others say ---------------------------------------------------------------------------------------------------

OBJECTS = {
    **{name: (lambda name=name: made(name)) for name in MADE},
    "photograph": lambda: made("baseline", PictureUse.PHOTOGRAPH), "pdf": lambda: document(pdf_bytes()),
    "film": lambda: film(mp4_bytes()),
}


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy is not installed (Debian package: dicom3tools)")
@pytest.mark.parametrize("name", OBJECTS)
def test_dciodvfy_finds_no_error(name: str, tmp_path: Path) -> None:
    path = written(OBJECTS[name](), tmp_path)
    done = subprocess.run(["dciodvfy", "-new", path], capture_output=True, encoding="utf-8", timeout=30, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error")]
    assert said == []


@pytest.mark.skipif(shutil.which("dcmdump") is None, reason="DCMTK is not installed")
@pytest.mark.parametrize("name", OBJECTS)
def test_dcmtk_reads_it_without_a_word(name: str, tmp_path: Path) -> None:
    path = written(OBJECTS[name](), tmp_path)
    done = subprocess.run(["dcmdump", "-q", path], capture_output=True, encoding="utf-8", timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("dcmj2pnm") is None, reason="DCMTK is not installed")
@pytest.mark.parametrize("name", ["baseline", "progressive", "grey png", "pages", "photograph"])
def test_dcmtk_draws_it(name: str, tmp_path: Path) -> None:
    path, drawn = written(OBJECTS[name](), tmp_path), tmp_path / "drawn.png"
    subprocess.run(["dcmj2pnm", "+on", path, drawn], capture_output=True, timeout=30, check=True)
    with Image.open(drawn) as image:
        theirs = np.asarray(image.convert("RGB")).astype(int)
    ours = decode_frame(open_instance(path), 1).pixels
    ours = ours if ours.ndim == 3 else np.dstack([ours] * 3)
    assert np.abs(theirs - ours).mean() < 4
