"""Bad input, one kind after the other: a sentence says what is wrong, what can be shown is shown, and no more memory is
taken than the bytes justify."""

from __future__ import annotations

import io
import struct
import tracemalloc
from collections.abc import Callable

import numpy as np
import pydicom
import pytest

from desktop_app.core.errors import DamagedDicom, DicomError
from desktop_app.core.frame import Frame
from desktop_app.core.window import Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.explain import explain_pixel
from desktop_app.imaging.render import render
from tests.unit.imaging.objects import decoded, header, image, part10

pytestmark = pytest.mark.filterwarnings("ignore")

GREY = np.arange(64, dtype=np.uint16).reshape(8, 8)
FEW_BYTES = 4 << 20                 # the files here have a few thousand
PIXEL_DATA = b"\xe0\x7f\x10\x00OW\0\0"
JPEG_2000, RLE = "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5"


def little(data: bytes, number: int = 1) -> Frame:
    """The frame, drawn once; reading it took little memory."""
    return bounded(lambda: _drawn(data, number))


def refused(data: bytes, sentence: str, number: int = 1) -> None:
    """It is told with this sentence, which is one for people, and cost little memory."""
    with pytest.raises(DicomError, match=sentence) as raised:
        bounded(lambda: _drawn(data, number))
    assert raised.value.user_text.endswith(".") and "Error" not in raised.value.user_text


def bounded(work: Callable[[], Frame]) -> Frame:
    tracemalloc.start()
    try:
        return work()
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < FEW_BYTES, f"{most} bytes"


def _drawn(data: bytes, number: int) -> Frame:
    frame = decode_frame(open_instance(data), number)
    assert render(frame).shape[:2] == (frame.rows, frame.columns)
    return frame


def with_pixel_length(data: bytes, length: int) -> bytes:
    at = data.index(PIXEL_DATA) + len(PIXEL_DATA)
    return data[:at] + struct.pack("<I", length) + data[at + 4 :]


def with_nothing_in(data: bytes) -> bytes:
    """Its fragment `none` is one of no bytes."""
    item = b"\xfe\xff\x00\xe0"
    return data.replace(item + b"\x04\0\0\0none", item + bytes(4))


def test_truncated_pixel_data() -> None:
    whole = image(GREY)
    frame = little(whole[:-20])
    assert frame.facts.warnings == ("The image is cut off: 20 of 128 bytes are missing and shown as zero.",)
    assert np.array_equal(frame.pixels.ravel()[:54], GREY.ravel()[:54]) and not frame.pixels.ravel()[54:].any()
    refused(whole[:-100], "cut off: 28 of 128 bytes are here")
    refused(with_nothing_in(image(GREY, syntax=JPEG_2000, encoded=[b"none"])), "empty")
    refused(image(GREY, syntax=RLE, encoded=[b"\1\0\0\0"]), "cut off in its header")


@pytest.mark.parametrize(("length", "sentence"), [
    (0xFFFFFFF0, ""), (1 << 31, ""), (64, "64 of 128 bytes"), (2, "2 of 128")])
def test_wrong_lengths_of_the_pixel_data(length: int, sentence: str) -> None:
    """A length beyond the file is not believed: what is there is shown."""
    data = with_pixel_length(image(GREY), length)
    if length > 128:
        assert np.array_equal(little(data).pixels, GREY)
    elif 2 * length >= 128:
        assert sentence in little(data).facts.warnings[0]
    else:
        refused(data, sentence)


@pytest.mark.parametrize("length", [0xFFFFFFF0, 1 << 30, 5000])
def test_wrong_lengths_in_the_header(length: int) -> None:
    """An element that swallows the pixels."""
    data = image(GREY, ImageComments="abcd").replace(b"LT\x04\0abcd", b"UT\0\0" + struct.pack("<I", length) + b"abcd")
    refused(data, "breaks off in its header")


@pytest.mark.parametrize(("attributes", "sentence"), [
    ({"BitsStored": 17}, "contradicts itself: 17 bits stored in 16"), ({"BitsStored": 0}, "0 bits stored in 16"),
    ({"BitsAllocated": 12}, "12 bits for each pixel"), ({"BitsAllocated": None}, "how many bits"),
    ({"SamplesPerPixel": 3}, "128 of 384")])
def test_bits_that_contradict(attributes: dict, sentence: str) -> None:
    refused(image(GREY, **attributes), sentence)


def test_bits_that_contradict_and_can_be_shown() -> None:
    frame = little(image(GREY, BitsAllocated=32, BitsStored=32, HighBit=31))
    assert "128 of 256 bytes are missing" in frame.facts.warnings[0]
    frame = little(image(GREY, HighBit=3))
    assert np.array_equal(frame.pixels, GREY)
    assert frame.facts.warnings == ("High Bit 3 does not fit 16 bits stored in 16; 15 is assumed.",)


@pytest.mark.parametrize("syntax", [
    "1.2.840.10008.1.2.1", JPEG_2000, RLE, "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.8.1"])
def test_65535_rows_and_columns_with_no_data(syntax: str) -> None:
    size = {"Rows": 65535, "Columns": 65535}
    if syntax == "1.2.840.10008.1.2.1":
        refused(image(GREY, **size), "128 of 8589672450 bytes")
        refused(image(GREY[:0], **size), "cut off")
    else:
        refused(image(GREY, syntax=syntax, encoded=[b"\xff\x4f\xff\x51" + bytes(200)], **size), "only 204 bytes")
        refused(with_nothing_in(image(GREY, syntax=syntax, encoded=[b"none"], **size)), "empty")


def test_a_million_frames() -> None:
    data = image(GREY, NumberOfFrames=1_000_000)
    assert open_instance(data).frame_count == 1
    frame = little(data)
    assert np.array_equal(frame.pixels, GREY)
    assert frame.facts.warnings == ("The object announces 1000000 frames, but its pixel data holds 1.",)
    refused(data, "cut off", number=2)
    encoded = image(GREY, NumberOfFrames=1_000_000, syntax="1.2.840.10008.1.2.1.98", encoded=[GREY.tobytes()] * 2)
    assert np.array_equal(little(encoded).pixels, GREY)
    refused(encoded, "after 2 frames", number=3)


@pytest.mark.parametrize("defined", [True, False], ids=["defined length", "undefined length"])
def test_sequences_a_thousand_deep(defined: bool) -> None:
    item, tag = b"", b"\x40\x00\x30\xa7SQ\0\0"
    for _ in range(1000):
        if defined:
            inner = b"\xfe\xff\x00\xe0" + struct.pack("<I", len(item)) + item
            item = tag + struct.pack("<I", len(inner)) + inner
        else:
            item = tag + b"\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff" + item + \
                b"\xfe\xff\x0d\xe0\0\0\0\0" + b"\xfe\xff\xdd\xe0\0\0\0\0"
    whole = image(GREY)
    at = whole.index(PIXEL_DATA)
    deep = whole[:at] + item + whole[at:]
    if defined:                         # it can be stepped over, so the image is shown
        assert np.array_equal(little(deep).pixels, GREY)
    else:
        refused(deep, "header of this DICOM file is damaged")


@pytest.mark.parametrize("vr", [b"QQ", b"??", b"\0\0", b"zz"])
def test_unknown_vrs(vr: bytes) -> None:
    """The image is shown, or a sentence says that the header cannot be read."""
    data = image(GREY, ImageComments="abcd").replace(b"LT\x04\x00abcd", vr + b"\x04\x00abcd")
    try:
        assert np.array_equal(little(data).pixels, GREY)
    except DamagedDicom as error:
        assert error.user_text.endswith(".")


@pytest.mark.parametrize("implicit", [True, False])
def test_missing_file_meta(implicit: bool) -> None:
    dataset = header(GREY)
    dataset.PixelData = GREY.tobytes()
    dataset["PixelData"].VR = "OW"
    bare = io.BytesIO()
    pydicom.dcmwrite(bare, dataset, implicit_vr=implicit, little_endian=True)
    frame = little(bare.getvalue())
    assert np.array_equal(frame.pixels, GREY)
    assert [text for text in frame.facts.warnings if "File Meta Information is missing" in text]


@pytest.mark.parametrize("attributes", [{"Rows": None}, {"Columns": None}, {"Rows": 0}])
def test_missing_rows(attributes: dict) -> None:
    refused(image(GREY, **attributes), "does not say how many rows and columns")


def test_a_palette_too_short() -> None:
    index = np.array([[0, 1], [2, 255]], np.uint8)
    colours = {f"{c}PaletteColorLookupTable{part}": value for c in ("Red", "Green", "Blue")
               for part, value in (("Descriptor", [256, 0, 16]), ("Data", struct.pack("<2H", 0, 65535)))}
    frame = little(image(index, PhotometricInterpretation="PALETTE COLOR", **colours))
    assert frame.pixels[..., 0].tolist() == [[0, 255], [255, 255]]
    assert frame.facts.warnings == (
        "The palette is too short: 2 of 256 colours are here; the rest is shown in the last one.",)
    colours["BluePaletteColorLookupTableData"] = b""
    refused(image(index, PhotometricInterpretation="PALETTE COLOR", **colours), "palette is missing or incomplete")


def test_zero_window_width() -> None:
    frame = little(image(GREY, WindowCenter=40, WindowWidth=0))
    assert frame.windows == () and any("width" in text for text in frame.facts.warnings)
    assert len(np.unique(render(frame))) > 30, "the whole range is shown instead"
    frame = little(image(GREY, WindowCenter=[40, 32], WindowWidth=[0, 64]))
    assert frame.windows == (Window(32, 64),)


@pytest.mark.parametrize(("dtype", "keyword"), [("f4", "FloatPixelData"), ("f8", "DoubleFloatPixelData")])
def test_nan_in_float_data(dtype: str, keyword: str) -> None:
    values = np.linspace(0, 1, 64, dtype=dtype).reshape(8, 8)
    values[0, :3] = np.nan, np.inf, -np.inf
    none = {"BitsStored": None, "HighBit": None, "PixelRepresentation": None}
    frame = little(image(values, **none, **{keyword: values.tobytes()}))
    assert frame.value_range == (pytest.approx(3 / 63), 1.0), "what is no number is no part of the range"
    levels = render(frame)
    assert levels.reshape(8, 8, -1)[0, 0, 0] == 0 and levels.max() == 255
    story = explain_pixel(frame, 0, 0)
    assert story is not None and any("3 of 64 pixels hold no finite number" in text for text in story.warnings)


def test_all_of_it_nan() -> None:
    values = np.full((8, 8), np.nan, "f4")
    none = {"BitsStored": None, "HighBit": None, "PixelRepresentation": None}
    frame = little(image(values, **none, FloatPixelData=values.tobytes()))
    assert frame.value_range == (0.0, 0.0) and not render(frame).any()


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert decoded(image(GREY)).facts.warnings == () and decoded(part10_of(GREY)).facts.warnings == ()


def part10_of(pixels: np.ndarray) -> bytes:
    dataset = header(pixels)
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OW"
    return part10(dataset)
