"""Headers of codestreams, against the codecs that write them."""

from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from desktop_app.imaging.codestream import read_jpeg2000_header, read_jpeg_header, read_jpegxl_header

GREY = np.zeros((37, 53), np.uint8)
COLOUR = np.zeros((37, 53, 3), np.uint8)


def test_jpeg() -> None:
    header = read_jpeg_header(imagecodecs.jpeg8_encode(COLOUR))
    assert header is not None
    assert (header.rows, header.columns, header.components, header.precision) == (37, 53, 3, 8)
    assert header.process == 0xC0 and header.jfif and header.adobe_transform is None
    rgb = read_jpeg_header(imagecodecs.jpeg8_encode(COLOUR, colorspace="RGB", outcolorspace="RGB"))
    assert rgb is not None and rgb.adobe_transform == 0 and rgb.component_ids == (82, 71, 66)
    lossless = read_jpeg_header(imagecodecs.jpeg8_encode(GREY.astype(np.uint16), lossless=True, bitspersample=12))
    assert lossless is not None and (lossless.process, lossless.precision) == (0xC3, 12)


def test_subsampled_chrominance_is_noticed() -> None:
    full = read_jpeg_header(imagecodecs.jpeg8_encode(COLOUR, subsampling="444"))
    half = read_jpeg_header(imagecodecs.jpeg8_encode(COLOUR, subsampling="422"))
    assert full is not None and half is not None
    assert (full.subsampled, half.subsampled) == (False, True)


def test_jpeg_ls() -> None:
    header = read_jpeg_header(imagecodecs.jpegls_encode(np.full((37, 53), 4095, np.uint16)))
    assert header is not None
    assert (header.rows, header.columns, header.components, header.process) == (37, 53, 1, 0xF7)


@pytest.mark.parametrize("codecformat", ["J2K", "JP2"])
def test_jpeg_2000(codecformat: str) -> None:
    signed = read_jpeg2000_header(imagecodecs.jpeg2k_encode(GREY.astype(np.int16), codecformat=codecformat))
    assert signed is not None
    assert (signed.rows, signed.columns, signed.components, signed.precision, signed.signed) == (37, 53, 1, 16, True)
    colour = read_jpeg2000_header(imagecodecs.jpeg2k_encode(COLOUR, codecformat=codecformat, mct=True, reversible=True))
    assert colour is not None and colour.multi_component_transform and colour.reversible
    plain = read_jpeg2000_header(imagecodecs.jpeg2k_encode(COLOUR, codecformat=codecformat, mct=False))
    assert plain is not None and not plain.multi_component_transform


def test_htj2k() -> None:
    header = read_jpeg2000_header(imagecodecs.htj2k_encode(GREY))
    assert header is not None and (header.rows, header.columns, header.precision) == (37, 53, 8)


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize("shape", [(37, 53), (256, 256), (64, 128), (480, 640), (2000, 3000), (8, 8), (1, 5000)])
def test_jpeg_xl(shape: tuple[int, int], container: bool) -> None:
    header = read_jpegxl_header(imagecodecs.jpegxl_encode(np.zeros(shape, np.uint8), usecontainer=container))
    assert header is not None and (header.rows, header.columns) == shape


@pytest.mark.parametrize("read", [read_jpeg_header, read_jpeg2000_header, read_jpegxl_header])
def test_nothing_is_nothing_at_every_length(read) -> None:      # type: ignore[no-untyped-def]
    coded = (imagecodecs.jpeg8_encode(GREY), imagecodecs.jpeg2k_encode(GREY), imagecodecs.jpegxl_encode(GREY),
             bytes(64))
    for data in coded:
        for length in range(min(len(data), 200)):
            read(bytes(data[:length]))                  # never raises
    assert read(b"") is None and read(b"\xff" * 100) is None
