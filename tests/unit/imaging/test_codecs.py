"""Codecs on made images: every transfer syntax that can be written here, every sign and depth; damage; threads."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.imaging import codecs, pydicom_plugin
from desktop_app.imaging.codecs import can_decode, decode_samples, sniff_transfer_syntax, unsupported_text
from desktop_app.imaging.decode import decode_frame, decode_frame_bytes, object_from_dataset, open_instance
from desktop_app.imaging.pixel_format import PixelFormat
from tests.unit.imaging.objects import decoded, header, image, opened

SYNTAX = "1.2.840.10008.1.2.4."
RANDOM = np.random.default_rng(7)
SMOOTH = (np.add.outer(np.arange(40), np.arange(56)) * 37 % 4096).astype(np.uint16)


def jpeg_lossless(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(pixels, lossless=True, bitspersample=8 * pixels.dtype.itemsize))


def jpeg_ls(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.jpegls_encode(pixels))


def jpeg_2000(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(pixels, level=0, codecformat="J2K", reversible=True))


def jpeg_2000_boxed(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(pixels, level=0, codecformat="JP2", reversible=True))


def htj2k(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.htj2k_encode(pixels))


def jpeg_xl(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(pixels, lossless=True))


def rle(pixels: np.ndarray) -> bytes:
    """PS3.5 Annex G, by its definition."""
    samples = pixels.reshape(*pixels.shape[:2], -1)
    size = pixels.dtype.itemsize
    segments = []
    for sample in range(samples.shape[2]):
        plane = np.ascontiguousarray(samples[..., sample]).astype(f">u{size}").view(np.uint8).reshape(-1, size)
        segments += [bytes(imagecodecs.packbits_encode(plane[:, byte].tobytes())) for byte in range(size)]
    segments = [segment + b"\0" * (len(segment) % 2) for segment in segments]
    offsets = [64 + sum(map(len, segments[:i])) for i in range(len(segments))]
    return struct.pack("<16I", len(segments), *offsets, *[0] * (15 - len(segments))) + b"".join(segments)


def deflated(pixels: np.ndarray) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(pixels.tobytes()) + deflater.flush()


LOSSLESS: list[tuple[str, Callable[[np.ndarray], bytes]]] = [
    (SYNTAX + "57", jpeg_lossless), (SYNTAX + "70", jpeg_lossless), (SYNTAX + "80", jpeg_ls),
    (SYNTAX + "90", jpeg_2000), (SYNTAX + "91", jpeg_2000), (SYNTAX + "90", jpeg_2000_boxed),
    (SYNTAX + "201", htj2k), (SYNTAX + "202", htj2k), (SYNTAX + "110", jpeg_xl),
    ("1.2.840.10008.1.2.5", rle), ("1.2.840.10008.1.2.8.1", deflated),
    ("1.2.840.10008.1.2.1.98", lambda pixels: pixels.tobytes()),
]
IDS = [f"{syntax[18:]}-{encode.__name__}" for syntax, encode in LOSSLESS]


@pytest.mark.parametrize(("syntax", "encode"), LOSSLESS, ids=IDS)
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_lossless_grey_comes_back_as_it_was(syntax: str, encode: Callable, dtype: str) -> None:
    pixels = (SMOOTH % 256).astype(dtype) if dtype == "uint8" else SMOOTH
    frame = decoded(image(pixels, syntax=syntax, encoded=[encode(pixels)]))
    assert frame.pixels.dtype == pixels.dtype
    assert np.array_equal(frame.pixels, pixels)


@pytest.mark.parametrize(("syntax", "encode"), LOSSLESS, ids=IDS)
def test_signed_values_are_signed_again(syntax: str, encode: Callable) -> None:
    """As writers do it: two's complement in the unsigned samples of codecs that know no sign."""
    values = (SMOOTH.astype(np.int16) - 2000)
    coded = encode(values if encode in (jpeg_2000, htj2k) else values.view(np.uint16))
    frame = decoded(image(values, syntax=syntax, encoded=[coded]))
    assert frame.pixels.dtype == np.int16
    assert np.array_equal(frame.pixels, values)


@pytest.mark.parametrize("encode", [jpeg_2000, htj2k])
def test_the_sign_of_the_codestream_may_differ_from_the_dataset(encode: Callable) -> None:
    """Unsigned samples of 13 bits in a dataset that says signed, and the other way round."""
    values = (SMOOTH.astype(np.int16) - 2048)
    unsigned = values.view(np.uint16) & 0x1FFF
    coded = bytes(imagecodecs.jpeg2k_encode(unsigned, level=0, codecformat="J2K", reversible=True, bitspersample=13))
    frame = decoded(image(values, syntax=SYNTAX + "90", encoded=[coded], BitsStored=13, HighBit=12))
    assert np.array_equal(frame.pixels, values)
    signed = decoded(image(SMOOTH, syntax=SYNTAX + "90", encoded=[encode(SMOOTH.astype(np.int16))]))
    assert signed.pixels.dtype == np.uint16 and np.array_equal(signed.pixels, SMOOTH)


@pytest.mark.parametrize(("syntax", "encode"), [pair for pair in LOSSLESS if pair[1] is not jpeg_ls],
                         ids=[i for i in IDS if "jpeg_ls" not in i])
def test_lossless_colour_comes_back_as_it_was(syntax: str, encode: Callable) -> None:
    pixels = RANDOM.integers(0, 255, (24, 30, 3), np.uint8)
    frame = decoded(image(pixels, syntax=syntax, encoded=[encode(pixels)]))
    assert np.array_equal(frame.pixels, pixels)


@pytest.mark.parametrize(("syntax", "encode"), [
    ("92", jpeg_2000), ("93", jpeg_2000), ("203", htj2k), ("112", jpeg_xl), ("53", jpeg_lossless),
    ("55", jpeg_lossless)])
def test_names_that_allow_loss_lose_nothing_of_a_lossless_stream(syntax: str, encode: Callable) -> None:
    frame = decoded(image(SMOOTH, syntax=SYNTAX + syntax, encoded=[encode(SMOOTH)]))
    assert np.array_equal(frame.pixels, SMOOTH)


@pytest.mark.parametrize("bits", [10, 12])
def test_jpeg_xl_of_fewer_bits_than_its_container(bits: int) -> None:
    """Its decoders like to spread values over 16 bits."""
    pixels = SMOOTH >> (12 - bits)
    coded = bytes(imagecodecs.jpegxl_encode(pixels, lossless=True, bitspersample=bits))
    frame = decoded(image(pixels, syntax=SYNTAX + "110", encoded=[coded], BitsStored=bits, HighBit=bits - 1))
    assert np.array_equal(frame.pixels, pixels)


@pytest.mark.parametrize("shape", [(24, 30), (24, 30, 3)])
def test_a_jpeg_recompressed_as_jpeg_xl_is_the_same_picture(shape: tuple[int, ...]) -> None:
    pixels = np.broadcast_to((np.add.outer(np.arange(24), np.arange(30)) * 4).reshape(24, 30, *[1] * (len(shape) - 2)),
                             shape).astype(np.uint8)
    jpeg = bytes(imagecodecs.jpeg8_encode(pixels, level=90))
    coded = bytes(imagecodecs.jpegxl_encode_jpeg(jpeg))
    frame = decoded(image(pixels, syntax=SYNTAX + "111", encoded=[coded]))
    expected = decoded(image(pixels, syntax=SYNTAX + "50", encoded=[jpeg]))
    assert np.abs(frame.pixels.astype(int) - expected.pixels).max() <= 6 and frame.facts.lossy == "lossy"


def test_twelve_bit_jpeg() -> None:
    pixels = np.clip(SMOOTH, 0, 4095)
    coded = bytes(imagecodecs.jpeg8_encode(pixels, level=98, bitspersample=12))
    frame = decoded(image(pixels, syntax=SYNTAX + "51", encoded=[coded], BitsStored=12, HighBit=11))
    assert frame.pixels.dtype == np.uint16
    assert np.abs(frame.pixels.astype(int) - pixels).mean() < 40 and frame.facts.lossy == "lossy"


def test_near_lossless_jpeg_ls_stays_near() -> None:
    pixels = SMOOTH
    coded = bytes(imagecodecs.jpegls_encode(pixels, level=3))
    frame = decoded(image(pixels, syntax=SYNTAX + "81", encoded=[coded]))
    assert np.abs(frame.pixels.astype(int) - pixels).max() <= 3


def test_lossy_values_above_bits_stored_are_not_wrapped_to_black() -> None:
    """A wavelet overshoots white a little; cut to 12 bits it would become black."""
    pixels = np.full((16, 16), 4150, np.uint16)
    frame = decoded(image(pixels, syntax=SYNTAX + "91", encoded=[jpeg_2000(pixels)], BitsStored=12, HighBit=11))
    assert frame.pixels.min() == 4150
    exact = decoded(image(pixels, syntax=SYNTAX + "90", encoded=[jpeg_2000(pixels)], BitsStored=12, HighBit=11))
    assert exact.pixels.max() == 4150 - 4096        # lossless: whatever is above Bits Stored is not the image


@pytest.mark.parametrize("bits", [1, 8, 12, 16, 32])
@pytest.mark.parametrize("signed", [False, True])
def test_native_values_keep_nothing_above_bits_stored(bits: int, signed: bool) -> None:
    size = 8 if bits <= 8 else 16 if bits <= 16 else 32
    raw = RANDOM.integers(0, 2**size, (6, 5), np.uint64).astype(f"u{size // 8}")
    data = image(raw, BitsStored=bits, HighBit=bits - 1, PixelRepresentation=int(signed))
    pixels = decoded(data).pixels
    expected = raw.astype(np.int64) & ((1 << bits) - 1)
    if signed:
        expected = np.where(expected >= 1 << (bits - 1), expected - (1 << bits), expected)
    assert pixels.dtype.kind == ("i" if signed else "u")
    assert np.array_equal(pixels.astype(np.int64), expected)


def test_a_high_bit_above_the_stored_ones() -> None:
    raw = (np.arange(12, dtype=np.uint16).reshape(3, 4) << 4) | 0xF
    assert np.array_equal(decoded(image(raw, BitsStored=12, HighBit=15)).pixels, np.arange(12).reshape(3, 4))


@pytest.mark.parametrize("shape", [(8, 8), (5, 7), (3, 3)])
def test_single_bits_of_frames_that_do_not_begin_on_a_byte(shape: tuple[int, int]) -> None:
    frames = RANDOM.integers(0, 2, (5, *shape), np.uint8)
    packed = np.packbits(frames.ravel(), bitorder="little").tobytes()
    packed += b"\0" * (len(packed) % 2)
    data = image(frames, frames=5, BitsAllocated=1, BitsStored=1, HighBit=0, PixelData=packed)
    for number in range(1, 6):
        assert np.array_equal(decoded(data, number).pixels, frames[number - 1])


@pytest.mark.parametrize(("dtype", "keyword"), [("float32", "FloatPixelData"), ("float64", "DoubleFloatPixelData")])
def test_floating_point_pixels(dtype: str, keyword: str) -> None:
    pixels = np.array([[0.5, -1.5], [np.nan, 1e30]], dtype)
    data = image(pixels, BitsStored=None, HighBit=None, PixelRepresentation=None, **{keyword: pixels.tobytes()})
    frame = decoded(data)
    assert frame.pixels.dtype == pixels.dtype
    assert np.array_equal(frame.pixels, pixels, equal_nan=True)
    assert frame.value_range == (-1.5, pytest.approx(1e30))


def test_big_endian_words_and_bytes() -> None:
    for pixels in (SMOOTH, (SMOOTH % 251).astype(np.uint8)[:, :55][:39]):        # an odd number of bytes, too
        stored = pixels.astype(">u2").tobytes() if pixels.dtype.itemsize == 2 else \
            np.frombuffer(pixels.tobytes() + b"\0", ">u2").astype("<u2").tobytes()
        data = image(pixels, syntax="1.2.840.10008.1.2.2", PixelData=stored)
        raw = data.replace(b"\x7f\xe0\x00\x10OB", b"\x7f\xe0\x00\x10OW")
        assert np.array_equal(decoded(raw).pixels, pixels)


# ---------------------------------------------------------------------------------------------- what goes wrong

def test_names_of_what_cannot_be_read() -> None:
    pixels = np.zeros((4, 4), np.uint8)
    for syntax, word in ((SYNTAX + "103", "video"), (SYNTAX + "94", "JPIP"), ("1.2.3.4.5", "private")):
        assert not can_decode(syntax) and word in unsupported_text(syntax)
        with pytest.raises(CannotDecode, match=word):
            decoded(image(pixels, syntax=syntax, encoded=[b"abcd"]))


@pytest.mark.parametrize(("syntax", "encode"), LOSSLESS[:-1], ids=IDS[:-1])
@pytest.mark.parametrize("keep", [0.02, 0.5, 0.97])
def test_a_codestream_that_is_cut_off_is_an_error_or_a_warning(syntax: str, encode: Callable, keep: float) -> None:
    coded = encode(SMOOTH)
    data = image(SMOOTH, syntax=syntax, encoded=[coded[: int(len(coded) * keep)]])
    try:
        frame = decoded(data)
    except DamagedDicom as error:
        assert error.user_text.endswith(".")
    else:
        assert frame.facts.warnings


@pytest.mark.parametrize("attributes", [{"Rows": 41}, {"Columns": 28}, {"SamplesPerPixel": 3}])
@pytest.mark.parametrize(("syntax", "encode"), LOSSLESS[:-1], ids=IDS[:-1])
def test_a_codestream_of_another_size_is_refused(syntax: str, encode: Callable, attributes: dict) -> None:
    with pytest.raises(DamagedDicom):
        decoded(image(SMOOTH, syntax=syntax, encoded=[encode(SMOOTH)], **attributes))


def test_empty_frames_and_no_codestream() -> None:
    with pytest.raises(DamagedDicom, match="empty"):
        decode_samples(SYNTAX + "90", b"", opened(image(SMOOTH)).pixel_format)
    with pytest.raises(DamagedDicom, match="header"):
        decoded(image(SMOOTH, syntax=SYNTAX + "90", encoded=[b"nothing at all, but long enough to look at"]))


def test_no_more_memory_than_the_bytes_justify(monkeypatch: pytest.MonkeyPatch) -> None:
    fmt = PixelFormat(60000, 60000, 1, 16, 16, 15, "u", "MONOCHROME2")
    monkeypatch.setattr(imagecodecs, "jpeg2k_decode", lambda _, **__: pytest.fail("the codec was asked"))
    with pytest.raises(DamagedDicom, match="only 1000 bytes"):
        decode_samples(SYNTAX + "90", bytes(1000), fmt)


def test_run_lengths_that_lie() -> None:
    good = rle(SMOOTH)
    for broken in (good[:40], struct.pack("<I", 3) + good[4:], good[:4] + struct.pack("<I", 9999) + good[8:]):
        with pytest.raises(DamagedDicom):
            decoded(image(SMOOTH, syntax="1.2.840.10008.1.2.5", encoded=[broken]))


# ---------------------------------------------------------------------------------------------------- the rest

@pytest.mark.parametrize(("encode", "syntax"), [
    (jpeg_ls, SYNTAX + "80"), (jpeg_2000, SYNTAX + "91"), (jpeg_xl, SYNTAX + "112"), (rle, "1.2.840.10008.1.2.5"),
    (jpeg_lossless, SYNTAX + "57"), (lambda p: bytes(imagecodecs.jpeg8_encode(p.astype(np.uint8))), SYNTAX + "50")])
def test_a_codestream_without_a_name_is_recognised(encode: Callable, syntax: str) -> None:
    assert sniff_transfer_syntax(encode(SMOOTH)) == syntax
    assert sniff_transfer_syntax(b"no codestream" * 9) == ""


def test_encapsulated_pixels_under_a_native_name_are_decoded_all_the_same() -> None:
    whole = image(SMOOTH, syntax=SYNTAX + "80", encoded=[jpeg_ls(SMOOTH)])
    wrong = whole.replace(b"1.2.840.10008.1.2.4.80", b"1.2.840.10008.1.2.1\0\0\0")
    assert np.array_equal(decoded(wrong).pixels, SMOOTH)


def test_bare_frames_of_a_frames_answer() -> None:
    known = object_from_dataset(header(SMOOTH, RescaleIntercept=-1024, RescaleSlope=1))
    native = SMOOTH.tobytes()
    for syntax, data in (("1.2.840.10008.1.2.1", native), (SYNTAX + "80", jpeg_ls(SMOOTH)), ("", native)):
        frame = decode_frame_bytes(known, syntax, data, 1)
        assert np.array_equal(frame.pixels, SMOOTH) and frame.intercept == -1024
    assert decode_frame_bytes(known, SYNTAX + "80", jpeg_ls(SMOOTH)).facts.transfer_syntax_uid == SYNTAX + "80"
    with pytest.raises(DamagedDicom):
        decode_frame_bytes(known, "", SMOOTH.tobytes()[:100])


def test_many_threads_may_decode_one_object() -> None:
    frames = RANDOM.integers(0, 4096, (24, 32, 40), np.uint16)
    for syntax, encoded in ((SYNTAX + "80", [jpeg_ls(f) for f in frames]), ("1.2.840.10008.1.2.1", None)):
        obj = opened(image(frames, syntax=syntax, frames=24, encoded=encoded))
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(decode_frame, repeat(obj), list(range(1, 25)) * 4))
        for number, frame in zip(list(range(1, 25)) * 4, results, strict=True):
            assert frame.ref.frame_number == number and np.array_equal(frame.pixels, frames[number - 1])


def test_one_frame_is_decoded_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = RANDOM.integers(0, 4096, (9, 16, 16), np.uint16)
    obj = opened(image(frames, syntax=SYNTAX + "80", frames=9, encoded=[jpeg_ls(f) for f in frames]))
    asked = []
    real = codecs._DECODERS[SYNTAX + "80"]
    monkeypatch.setitem(codecs._DECODERS, SYNTAX + "80", lambda data, fmt: asked.append(1) or real(data, fmt))
    assert np.array_equal(decode_frame(obj, 7).pixels, frames[6])
    assert len(asked) == 1


def test_the_second_codec_is_asked_when_the_first_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(_: bytes, **__: int) -> np.ndarray:
        raise RuntimeError("no")
    monkeypatch.setattr(imagecodecs, "jpeg2k_decode", gives_up)
    assert np.array_equal(decoded(image(SMOOTH, syntax=SYNTAX + "90", encoded=[jpeg_2000(SMOOTH)])).pixels, SMOOTH)


def test_pydicom_decodes_through_the_same_codecs(dicom_data: Path) -> None:
    assert pydicom_plugin.register() == pydicom_plugin.register() >= 10
    files = dicom_data / "pydicom__pydicom" / "src" / "pydicom" / "data" / "test_files"
    for name in ("MR_small_jpeg_ls_lossless.dcm", "MR_small_RLE.dcm", "J2K_pixelrep_mismatch.dcm"):
        theirs = pydicom.dcmread(files / name).pixel_array
        assert np.array_equal(theirs, decode_frame(open_instance(files / name)).pixels)
