"""Opening: what is DICOM, what is not, and what is broken."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pydicom
import pytest

import desktop_app.imaging.part10 as imaging_part10
from desktop_app.core.errors import CannotDecode, DamagedDicom, DicomError, DiskError, NoPixelData, NotDicom
from desktop_app.imaging.decode import decode_frame, open_instance
from tests.unit.imaging.objects import decoded, header, image, opened, part10

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")

GREY = np.arange(64, dtype=np.uint16).reshape(8, 8)
META_LENGTH = 132


@pytest.mark.parametrize(("data", "hint"), [
    (b"", "empty"), (b"%PDF-1.7 " * 50, "PDF"), (b"\xff\xd8\xff\xe0" + b"x" * 300, "JPEG"),
    (b"PK\x03\x04" + b"0" * 300, "ZIP"),
    (b"\x89PNG\r\n\x1a\n" + b"0" * 300, "PNG"), (b"hello world " * 40, ""), (bytes(400), ""), (b"DICM" * 10, ""),
    (b"<!DOCTYPE html>" + b" " * 300, "web page")])
def test_what_is_not_dicom_says_so(data: bytes, hint: str) -> None:
    with pytest.raises(NotDicom) as raised:
        open_instance(data)
    assert hint in raised.value.user_text


def test_a_missing_file_is_a_matter_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        open_instance(tmp_path / "gone.dcm")


def test_a_file_that_goes_away_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"
    path.write_bytes(image(GREY))
    obj = open_instance(path)
    path.unlink()
    with pytest.raises(DiskError):
        decode_frame(obj)


def test_without_preamble_and_meta() -> None:
    """A bare dataset, in each of the byte orders, as old archives hold them."""
    for implicit, little in ((True, True), (False, True), (False, False)):
        target = io.BytesIO()
        dataset = header(GREY)
        dataset.PixelData = (GREY if little else GREY.astype(">u2")).tobytes()
        dataset["PixelData"].VR = "OW"
        pydicom.dcmwrite(target, dataset, implicit_vr=implicit, little_endian=little)
        frame = decoded(target.getvalue())
        assert np.array_equal(frame.pixels, GREY), (implicit, little)


def test_a_header_without_transfer_syntax_is_guessed() -> None:
    dataset = header(GREY)
    dataset.PixelData = GREY.tobytes()
    whole = part10(dataset)
    meta = pydicom.dcmread(io.BytesIO(whole)).file_meta
    del meta.TransferSyntaxUID
    target = io.BytesIO()
    pydicom.filewriter.write_file_meta_info(target, meta, enforce_standard=False)
    body = whole[whole.index(struct.pack("<HH", 8, 0x16)):]
    frame = decoded(bytes(128) + b"DICM" + target.getvalue() + body)
    assert np.array_equal(frame.pixels, GREY)


def test_a_deflated_object() -> None:
    plain = image(GREY)
    dataset = pydicom.dcmread(io.BytesIO(plain))
    frame = decoded(part10(dataset, "1.2.840.10008.1.2.1.99"))
    assert np.array_equal(frame.pixels, GREY)
    assert frame.facts.transfer_syntax_uid == "1.2.840.10008.1.2.1.99"


def test_a_deflated_object_that_is_no_deflate_stream() -> None:
    whole = bytearray(part10(pydicom.dcmread(io.BytesIO(image(GREY))), "1.2.840.10008.1.2.1.99"))
    whole[-200:] = b"\xff" * 200
    with pytest.raises(DicomError):
        decoded(bytes(whole))


def test_a_deflate_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging_part10, "_FREE_INFLATION", 1 << 20)
    meta = part10(header(GREY), "1.2.840.10008.1.2.1.99")
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    start = meta.index(b"1.2.840.10008.1.2.1.99")
    bomb = meta[: start + 22] + deflater.compress(bytes(4 << 20)) + deflater.flush()
    with pytest.raises(DamagedDicom, match="unpacks to more than 1 MB"):
        open_instance(bomb)


@pytest.mark.parametrize("keep", [140, 200, 330])
def test_cut_off_in_the_header(keep: int) -> None:
    whole = image(GREY)
    with pytest.raises((DamagedDicom, NoPixelData)):
        decoded(whole[:keep])


def test_cut_off_anywhere_never_raises_anything_else() -> None:
    """At every byte: a frame, or one of our errors with a sentence."""
    whole = image(GREY, NumberOfFrames=1, PatientName="A^B", WindowCenter=[40, 50], WindowWidth=[400, 1])
    shown = 0
    for length in range(len(whole)):
        try:
            frame = decoded(whole[:length])
        except DicomError as error:
            assert error.user_text.endswith(".")
        else:
            shown += 1
            assert frame.facts.warnings
    assert shown == GREY.nbytes // 2            # the second half of the pixel data may be missing, not more


def test_pixels_cut_off_are_shown_as_far_as_they_go_and_said_so() -> None:
    whole = image(GREY)
    frame = decoded(whole[:-10])
    assert "10 of 128 bytes are missing" in frame.facts.warnings[0]
    assert np.array_equal(frame.pixels.ravel()[:-5], GREY.ravel()[:-5])
    assert frame.pixels.ravel()[-5:].tolist() == [0] * 5
    with pytest.raises(DamagedDicom, match="63 of 128 bytes"):
        decoded(whole[:-65])


def test_an_image_without_its_pixels() -> None:
    with pytest.raises(NoPixelData, match="describes an image"):
        decoded(part10(header(GREY)))


def test_an_object_that_is_no_image() -> None:
    dataset = header(GREY)
    for keyword in ("Rows", "Columns"):
        delattr(dataset, keyword)
    obj = opened(part10(dataset))
    assert obj.frame_count == 0
    with pytest.raises(NoPixelData, match="holds no image"):
        decode_frame(obj)


@pytest.mark.parametrize(("attributes", "error", "sentence"), [
    ({"Rows": None}, DamagedDicom, "rows and columns"),
    ({"Rows": 0}, DamagedDicom, "rows and columns"),
    ({"BitsAllocated": None}, DamagedDicom, "how many bits"),
    ({"BitsAllocated": 12}, CannotDecode, "12 bits"),
    ({"BitsStored": 17}, DamagedDicom, "17 bits stored in 16"),
    ({"SamplesPerPixel": 7}, CannotDecode, "7 samples"),
    ({"Rows": 65535, "Columns": 65535}, DamagedDicom, "cut off"),
    ({"PhotometricInterpretation": "PALETTE COLOR"}, DamagedDicom, "palette"),
])
def test_headers_that_contradict_themselves(attributes: dict, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        decoded(image(GREY, **attributes))


def test_what_can_be_repaired_is_repaired_and_told() -> None:
    frame = decoded(image(GREY, HighBit=40, PhotometricInterpretation=None))
    assert np.array_equal(frame.pixels, GREY)
    assert any("High Bit 40" in warning for warning in frame.facts.warnings)
    assert any("Photometric" in warning for warning in frame.facts.warnings)


def test_a_million_frames_are_no_more_than_the_bytes_hold() -> None:
    obj = opened(image(GREY, NumberOfFrames=1_000_000))
    assert obj.frame_count == 1
    assert np.array_equal(decode_frame(obj).pixels, GREY)
    with pytest.raises(DamagedDicom):
        decode_frame(obj, 2)


def test_a_huge_compressed_image_of_few_bytes_is_not_allocated() -> None:
    siz = struct.pack(">HHHIIIIIIIIHBBB", 0xFF51, 41, 0, 65535, 65535, 0, 0, 65535, 65535, 0, 0, 1, 7, 1, 1)
    stream = b"\xff\x4f" + siz + bytes(200)
    data = image(np.zeros((4, 4), np.uint8), syntax="1.2.840.10008.1.2.4.90", encoded=[stream],
                 Rows=65535, Columns=65535)
    with pytest.raises(DamagedDicom, match="only"):
        decoded(data)


def test_sequences_a_thousand_deep() -> None:
    item = b""
    for _ in range(1000):
        item = b"\xfe\xff\x00\xe0\xff\xff\xff\xff" + b"\x40\x00\x30\xa7SQ\0\0\xff\xff\xff\xff" + item + \
            b"\xfe\xff\xdd\xe0\0\0\0\0" + b"\xfe\xff\x0d\xe0\0\0\0\0"
    whole = image(GREY)
    at = whole.index(b"\xe0\x7f\x10\x00OW")
    deep = whole[:at] + b"\x40\x00\x30\xa7SQ\0\0\xff\xff\xff\xff" + item + b"\xfe\xff\xdd\xe0\0\0\0\0" + whole[at:]
    with pytest.raises(DamagedDicom):
        decoded(deep)


def test_an_unknown_vr_does_not_hide_the_image() -> None:
    whole = image(GREY, ImageComments="abcd")
    assert np.array_equal(decoded(whole.replace(b"LT\x04\x00abcd", b"QQ\x04\x00abcd")).pixels, GREY)


def test_values_that_cannot_be_read_are_left_out_one_by_one() -> None:
    whole = image(GREY, InstanceNumber=7, SeriesNumber=12, SliceThickness="2.5")
    broken = whole.replace(b"IS\x02\x007 ", b"IS\x02\x00?!").replace(b"DS\x04\x002.5 ", b"DS\x04\x00\xff\xfe\xfd\xfc")
    obj = opened(broken)
    assert obj.instance.number is None and obj.series.number == 12
    assert decode_frame(obj).facts.slice_thickness_mm is None


def test_opening_does_not_read_the_pixels(tmp_path: Path) -> None:
    """A file of which only the head is there yet opens all the same; its pixels are missed when they are asked for."""
    whole = image(np.zeros((2000, 2000), np.uint16))
    path = tmp_path / "a.dcm"
    path.write_bytes(whole[:4096])
    obj = open_instance(path)
    assert obj.instance.rows == 2000
    with pytest.raises(DamagedDicom):
        decode_frame(obj)
