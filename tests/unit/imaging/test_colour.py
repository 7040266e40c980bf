"""Colour: photometric interpretations, palettes, ICC profiles."""

from __future__ import annotations

import struct
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels import convert_color_space

from desktop_app.core.errors import DamagedDicom
from desktop_app.imaging.colour import expand_segmented, read_palette, to_srgb
from desktop_app.imaging.colour_maps import COLOUR_MAPS, colour_map, coloured
from desktop_app.imaging.decode import open_instance
from desktop_app.imaging.elements import Elements
from tests.unit.imaging.objects import decoded, header, image

RANDOM = np.random.default_rng(3)
RGB = RANDOM.integers(0, 255, (16, 18, 3), np.uint8)
FOUR = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [128, 128, 128]]], np.uint8)
BARS = FOUR.repeat(8, axis=0).repeat(8, axis=1)
SYNTAX = "1.2.840.10008.1.2.4.50"


def words(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}H", *values)


def palette(entries: int, first: int, bits: int, red: bytes, green: bytes, blue: bytes, **more: object) -> dict:
    attributes: dict = {"PhotometricInterpretation": "PALETTE COLOR", **more}
    for name, data in (("Red", red), ("Green", green), ("Blue", blue)):
        attributes[f"{name}PaletteColorLookupTableDescriptor"] = [entries, first, bits]
        attributes[f"{name}PaletteColorLookupTableData"] = data
    return attributes


# ------------------------------------------------------------------------------------------------ three samples

@pytest.mark.parametrize("planar", [0, 1])
def test_rgb_by_pixel_and_by_plane(planar: int) -> None:
    stored = RGB.transpose(2, 0, 1) if planar else RGB
    frame = decoded(image(RGB, PlanarConfiguration=planar, PixelData=stored.tobytes()))
    assert frame.is_colour and np.array_equal(frame.pixels, RGB)


def test_a_missing_planar_configuration_means_by_pixel() -> None:
    assert np.array_equal(decoded(image(RGB, PlanarConfiguration=None)).pixels, RGB)


def test_deep_colour_is_shown_with_its_upper_bits() -> None:
    deep = RGB.astype(np.uint16) * 16 + 7
    assert np.array_equal(decoded(image(deep, BitsStored=12, HighBit=11)).pixels, RGB)


def test_ybr_full_agrees_with_pydicom() -> None:
    ybr = convert_color_space(RGB, "RGB", "YBR_FULL")
    frame = decoded(image(ybr, PhotometricInterpretation="YBR_FULL"))
    assert np.array_equal(frame.pixels, convert_color_space(ybr, "YBR_FULL", "RGB"))
    assert np.abs(frame.pixels.astype(int) - RGB).max() <= 2


def test_ybr_422_native_shares_its_chrominance_between_two_pixels() -> None:
    ybr = convert_color_space(np.repeat(RGB[:, ::2], 2, axis=1), "RGB", "YBR_FULL")
    pairs = np.stack([ybr[:, 0::2, 0], ybr[:, 1::2, 0], ybr[:, 0::2, 1], ybr[:, 0::2, 2]], axis=-1)
    frame = decoded(image(ybr, PhotometricInterpretation="YBR_FULL_422", PixelData=pairs.tobytes()))
    assert np.array_equal(frame.pixels, convert_color_space(ybr, "YBR_FULL", "RGB"))


def test_ybr_partial_420_native() -> None:
    """Studio range: 16 is black, 235 white (ITU-R BT.601); chrominance of four pixels."""
    luma = np.array([[16, 235], [235, 16]], np.uint8)
    data = np.concatenate([luma.ravel(), [128, 128]]).astype(np.uint8)
    frame = decoded(image(np.zeros((2, 2, 3), np.uint8), PhotometricInterpretation="YBR_PARTIAL_420",
                          PixelData=data.tobytes()))
    assert frame.pixels[..., 0].tolist() == [[0, 255], [255, 0]]
    assert (frame.pixels[..., 0] == frame.pixels[..., 2]).all()


def test_odd_columns_cannot_share_chrominance() -> None:
    with pytest.raises(DamagedDicom, match="odd"):
        decoded(image(RGB[:, :17], PhotometricInterpretation="YBR_FULL_422", PixelData=bytes(16 * 17 * 2)))


@pytest.mark.parametrize(("arguments", "declared"), [
    ({}, "YBR_FULL_422"), ({}, "YBR_FULL"), ({}, "RGB"),                            # JFIF decides
    ({"colorspace": "RGB", "outcolorspace": "RGB"}, "RGB"),                         # Adobe: no transform
    ({"colorspace": "RGB", "outcolorspace": "RGB"}, "YBR_FULL_422"),
])
def test_jpeg_colours_are_what_the_codestream_says(arguments: dict, declared: str) -> None:
    """Whatever the dataset says, red stays red."""
    coded = bytes(imagecodecs.jpeg8_encode(BARS, level=99, subsampling="444", **arguments))
    frame = decoded(image(BARS, syntax=SYNTAX, encoded=[coded], PhotometricInterpretation=declared))
    assert np.abs(frame.pixels.astype(int) - BARS).max() <= 4


def test_rgb_in_a_jpeg_without_any_marker(dicom_data: Path) -> None:
    """Told RGB, but with halved chrominance: it can only be YCbCr. The same image, told rightly, stands beside it."""
    names = ("pydicom__pylibjpeg-data/ljdata/ds/JPEGBaseline/SC_rgb_jpeg_lossy_gdcm.dcm",
             "pydicom__pydicom/src/pydicom/data/test_files/SC_rgb_jpeg_lossy_gdcm.dcm")
    wrong, right = (decoded((dicom_data / name).read_bytes()).pixels for name in names)
    assert np.array_equal(wrong, right)
    assert np.abs(wrong[5, 5].astype(int) - [255, 0, 0]).max() <= 2


def test_colour_in_jpeg_2000_with_and_without_transform() -> None:
    for transform, photometric in ((True, "YBR_RCT"), (True, "RGB"), (False, "RGB")):
        coded = bytes(imagecodecs.jpeg2k_encode(RGB, level=0, codecformat="J2K", reversible=True, mct=transform))
        frame = decoded(image(RGB, syntax="1.2.840.10008.1.2.4.90", encoded=[coded],
                              PhotometricInterpretation=photometric))
        assert np.array_equal(frame.pixels, RGB)


# ------------------------------------------------------------------------------------------------------ palettes

def test_a_palette_of_16_bits() -> None:
    index = np.array([[0, 1], [2, 3]], np.uint8)
    attributes = palette(4, 0, 16, words(0, 65535, 0, 0x8000), words(0, 0, 65535, 0x8000), words(0, 0, 0, 0x8000))
    assert decoded(image(index, **attributes)).pixels.tolist() == [
        [[0, 0, 0], [255, 0, 0]], [[0, 255, 0], [128, 128, 128]]]


def test_a_palette_of_8_bits_packed_and_values_outside_of_it() -> None:
    index = np.array([[0, 10, 11, 12, 200]], np.uint8)
    attributes = palette(3, 10, 8, bytes([1, 2, 3, 0]), bytes([4, 5, 6, 0]), bytes([7, 8, 9, 0]))
    assert decoded(image(index, **attributes)).pixels.tolist() == [
        [[1, 4, 7], [1, 4, 7], [2, 5, 8], [3, 6, 9], [3, 6, 9]]]


def test_a_palette_of_8_bits_in_words() -> None:
    """Sixteen bits announced, but no entry above 255: the entries are meant as they are."""
    index = np.array([[0, 1]], np.uint8)
    attributes = palette(2, 0, 16, words(10, 255), words(20, 255), words(30, 255))
    assert decoded(image(index, **attributes)).pixels.tolist() == [[[10, 20, 30], [255, 255, 255]]]


def test_a_dark_channel_of_a_deep_palette_stays_dark() -> None:
    """That all its entries are below 256 says nothing when those of the other channels are not."""
    index = np.array([[0, 1]], np.uint8)
    attributes = palette(2, 0, 16, words(0, 65535), words(0, 0x8000), words(0, 255))
    assert decoded(image(index, **attributes)).pixels.tolist() == [[[0, 0, 0], [255, 128, 0]]]


def test_a_palette_that_announces_8_bits_and_holds_16() -> None:
    index = np.array([[0, 1]], np.uint8)
    attributes = palette(2, 0, 8, words(0x1000, 65535), words(0x2000, 0x8000), words(0, 0))
    assert decoded(image(index, **attributes)).pixels.tolist() == [[[0x10, 0x20, 0], [255, 128, 0]]]


def test_the_first_entry_of_a_palette_is_signed_where_the_pixels_are() -> None:
    """In an implicit transfer syntax nothing but the pixels says so."""
    index = np.array([[-3, -2, -1, 5]], np.int16)
    attributes = palette(3, -3, 16, words(0, 0x8000, 65535), words(0, 0, 0), words(0, 0, 0))
    data = image(index, syntax="1.2.840.10008.1.2", **attributes)
    assert decoded(data).pixels[..., 0].tolist() == [[0, 128, 255, 255]]


def test_a_palette_that_is_too_short_ends_early() -> None:
    index = np.array([[0, 1, 2, 255]], np.uint8)
    attributes = palette(256, 0, 16, words(0, 65535), words(0, 65535), words(0, 65535))
    assert decoded(image(index, **attributes)).pixels[..., 0].tolist() == [[0, 255, 255, 255]]


@pytest.mark.parametrize("missing", ["RedPaletteColorLookupTableData", "BluePaletteColorLookupTableDescriptor"])
def test_a_palette_that_is_missing_in_part(missing: str) -> None:
    attributes = palette(2, 0, 16, words(0, 1), words(0, 1), words(0, 1))
    del attributes[missing]
    with pytest.raises(DamagedDicom, match="palette"):
        decoded(image(np.zeros((2, 2), np.uint8), **attributes))


def test_segments_of_all_three_kinds() -> None:
    """PS3.3 C.7.9.2: discrete, linear, and a segment that repeats earlier ones."""
    data = words(0, 2, 10, 20,  1, 4, 60,  2, 1, 0, 0)
    assert expand_segmented(data, 8, 16).tolist() == [10, 20, 30, 40, 50, 60, 10, 20]
    assert expand_segmented(bytes([0, 2, 10, 20, 1, 4, 60]), 6, 8).tolist() == [10, 20, 30, 40, 50, 60]


@pytest.mark.parametrize("data", [words(9, 9, 9, 9), words(2, 1, 0, 0), words(0, 2, 1, 2, 2, 5, 0, 9)])
def test_segments_that_make_no_sense(data: bytes) -> None:
    try:
        assert expand_segmented(data, 100, 16).size <= 100
    except DamagedDicom as error:
        assert "palette" in error.user_text


@pytest.mark.parametrize(("file", "first", "last"), [
    ("fall", [255, 255, 0], [255, 0, 0]), ("winter", [0, 0, 255], [127, 255, 128]),
    ("spring", [255, 0, 255], [255, 255, 0])])
def test_the_segmented_palettes_of_the_standard(dicom_data: Path, file: str, first: list, last: list) -> None:
    path = dicom_data / "pydicom__pydicom/src/pydicom/data/palettes" / f"{file}.dcm"
    colours = read_palette(open_instance(path).elements).colours
    assert colours.shape == (256, 3)
    assert (colours[0].tolist(), colours[-1].tolist()) == (first, last)


# --------------------------------------------------------------------------------------------------- colour maps

@pytest.mark.parametrize(("file", "name"), [
    ("hotiron", "Hot Iron"), ("pet", "PET"), ("hotmetalblue", "Hot Metal Blue"), ("pet20step", "PET 20 Step")])
def test_colour_maps_agree_with_the_standards_palettes(dicom_data: Path, file: str, name: str) -> None:
    path = dicom_data / "pydicom__pydicom/src/pydicom/data/palettes" / f"{file}.dcm"
    theirs = read_palette(open_instance(path).elements).colours.astype(int)
    assert np.abs(colour_map(name).astype(int) - theirs).max() <= 1


def test_colour_maps_in_general() -> None:
    grey = np.array([[0, 128, 255]], np.uint8)
    assert coloured(grey, "Grey").tolist() == [[[0] * 3, [128] * 3, [255] * 3]]
    for name in COLOUR_MAPS:
        assert colour_map(name).shape == (256, 3) and not colour_map(name).flags.writeable
    with pytest.raises(KeyError):
        colour_map("No such map")


# ------------------------------------------------------------------------------------------------------------ ICC

def test_a_profile_is_applied_and_srgb_is_left_alone() -> None:
    wide = bytes(imagecodecs.cms_profile("rgb", whitepoint=[0.3127, 0.3290, 1.0], gamma=1.0,
                                         primaries=[0.64, 0.33, 1.0, 0.30, 0.60, 1.0, 0.15, 0.06, 1.0]))
    linear = np.full((2, 2, 3), 55, np.uint8)
    assert to_srgb(linear, wide)[0, 0].tolist() == pytest.approx([128] * 3, abs=2)      # 21.6 % of light
    assert to_srgb(linear, bytes(imagecodecs.cms_profile("srgb"))).tolist() == linear.tolist()
    frame = decoded(image(np.repeat(linear, 2, 0), ICCProfile=wide))
    assert frame.pixels[0, 0, 0] == pytest.approx(128, abs=2)


def test_a_profile_is_applied_to_every_kind_of_colour_image() -> None:
    """As littleCMS has it: native, lossless and lossy compressed, a palette, and by the profile of an optical path."""
    wide = bytes(imagecodecs.cms_profile("rgb", whitepoint=[0.3127, 0.3290, 1.0], gamma=2.2,
                                         primaries=[0.64, 0.33, 1.0, 0.21, 0.71, 1.0, 0.15, 0.06, 1.0]))    # Adobe RGB
    given = np.empty((16, 16, 3), np.uint8)
    given[:] = (60, 180, 90)
    expected = imagecodecs.cms_transform(given, wide, bytes(imagecodecs.cms_profile("srgb")), colorspace="rgb",
                                         outcolorspace="rgb")[0, 0].astype(int)
    assert np.abs(expected - given[0, 0]).max() > 20, "it makes a difference"
    path = Dataset()
    path.ICCProfile = wide
    index = np.zeros((16, 16), np.uint8)
    colours = palette(1, 0, 16, words(60 * 257), words(180 * 257), words(90 * 257))
    jpeg = imagecodecs.jpeg8_encode(given, level=100, colorspace="RGB", outcolorspace="YCBCR")
    for near, data in (
        (0, image(given, ICCProfile=wide)), (0, image(given, OpticalPathSequence=[path])),
        (0, image(index, ICCProfile=wide, **colours)),
        (0, image(given, syntax="1.2.840.10008.1.2.4.90", encoded=[imagecodecs.jpeg2k_encode(given, level=0)],
                  ICCProfile=wide)),
        (3, image(given, syntax="1.2.840.10008.1.2.4.50", encoded=[jpeg], PhotometricInterpretation="YBR_FULL",
                  ICCProfile=wide)),
    ):
        assert np.abs(decoded(data).pixels[8, 8].astype(int) - expected).max() <= near


@pytest.mark.parametrize("profile", [
    b"", b"nonsense", b"\0" * 16 + b"RGB " + b"\0" * 400, b"\0" * 16 + b"GRAY" + b"\0" * 400])
def test_a_profile_that_cannot_be_used_changes_nothing(profile: bytes) -> None:
    assert np.array_equal(to_srgb(RGB, profile), RGB)


def test_the_profile_of_an_optical_path() -> None:
    from desktop_app.imaging.colour import optical_path_profile
    dataset, path = header(RGB), header(RGB)
    path.ICCProfile = b"abcd"
    dataset.OpticalPathSequence = [path]
    assert optical_path_profile(Elements(dataset)) == b"abcd"
