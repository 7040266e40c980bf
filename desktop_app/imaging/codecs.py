"""Codecs: one compressed frame → samples, by transfer syntax.

imagecodecs goes first: it releases the interpreter's lock while it works, so that frames decode side by side, and
reads more than the others. pylibjpeg-openjpeg stands behind it. The header of the codestream is read before the codec
sees it, so that nothing is allocated that the dataset does not announce and the bytes do not justify.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import imagecodecs
import numpy as np
from pydicom import uid as dicom_uid

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.core.frame import Pixels
from desktop_app.core.words import say
from desktop_app.imaging.codestream import (
    CodestreamHeader,
    read_jpeg2000_header,
    read_jpeg_header,
    read_jpegxl_header,
)
from desktop_app.imaging.pixel_format import PixelFormat
from desktop_app.imaging.stored_values import Samples, native_samples, shape_samples

IMPLICIT_LITTLE = "1.2.840.10008.1.2"
EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
ENCAPSULATED_UNCOMPRESSED = "1.2.840.10008.1.2.1.98"
DEFLATED = "1.2.840.10008.1.2.1.99"
EXPLICIT_BIG = "1.2.840.10008.1.2.2"
DEFLATED_FRAME = "1.2.840.10008.1.2.8.1"
RLE = "1.2.840.10008.1.2.5"
NATIVE = frozenset({IMPLICIT_LITTLE, EXPLICIT_LITTLE, DEFLATED, EXPLICIT_BIG, "1.2.840.113619.5.2"})

# Enough for an empty mammogram; beyond it, the bytes of a frame must justify what decoding it would take.
_FREE_BYTES = 64 << 20
_MOST_EXPANSION = 2000
_MANY_PIXELS = 2 << 20              # from here on a frame of JPEG 2000 is worth several threads: half the time on two
_PADDING_RUN = 128                  # a segment may end in a run that only fills it up
_LOSSLESS_JPEG = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
_RGB_IDENTIFIERS = ((82, 71, 66), (114, 103, 98))

# What Samples.exact says of their samples. A name is safer than the codestream: a lossless process may be cut short.
_LOSSLESS = frozenset({"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.58", "1.2.840.10008.1.2.4.70",
                       "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.92",
                       "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.110",
                       RLE, DEFLATED_FRAME, ENCAPSULATED_UNCOMPRESSED})

Decoder = Callable[[bytes, PixelFormat], Samples]


def decode_samples(transfer_syntax_uid: str, data: bytes, fmt: PixelFormat) -> Samples:
    """Samples of one compressed frame.

    Raises CannotDecode for a transfer syntax that no codec here reads, DamagedDicom where the frame is damaged or is
    not what the dataset announces.
    """
    decoder = _DECODERS.get(transfer_syntax_uid)
    if decoder is None:
        raise CannotDecode(unsupported_text(transfer_syntax_uid), detail=f"transfer syntax {transfer_syntax_uid}")
    if not data:
        raise DamagedDicom(say(
            "imaging", "This frame is empty: its compressed data is missing. Fetch or export it again."))
    if fmt.decoded_bytes > max(_FREE_BYTES, _MOST_EXPANSION * len(data)):
        raise DamagedDicom(say(
            "imaging", "The image announces {columns} × {rows} pixels, but only {count} bytes are here. Fetch "
            "or export it again.").format(columns=fmt.columns, rows=fmt.rows, count=len(data)))
    samples = decoder(data, fmt)
    return samples if transfer_syntax_uid in _LOSSLESS else replace(samples, exact=False)


def can_decode(transfer_syntax_uid: str) -> bool:
    """Whether frames of this transfer syntax can be decoded here."""
    return transfer_syntax_uid in NATIVE or transfer_syntax_uid in _DECODERS


def unsupported_text(transfer_syntax_uid: str) -> str:
    """The sentence for a transfer syntax that cannot be read."""
    name = dicom_uid.UID(transfer_syntax_uid).name if transfer_syntax_uid else ""
    if name.startswith(("MPEG", "HEVC")):
        return say(
            "imaging", "This is a video ({name}), which cannot be read here. Open it in the viewer, or with "
            "another player.").format(name=name)
    if name and name != transfer_syntax_uid:
        return say("imaging", "This image is coded as “{name}”, which Lightbox cannot read.").format(name=name)
    return say("imaging", "This image is coded in a private way that Lightbox cannot read.")


def sniff_transfer_syntax(data: bytes) -> str:
    """The transfer syntax a codestream looks like, empty for none: for objects that do not name theirs."""
    jpeg = read_jpeg_header(data)
    if jpeg is not None:
        table = {0xF7: "1.2.840.10008.1.2.4.80", 0xC3: "1.2.840.10008.1.2.4.57", 0xC0: "1.2.840.10008.1.2.4.50"}
        return table.get(jpeg.process, "1.2.840.10008.1.2.4.51")
    if read_jpeg2000_header(data) is not None:
        return "1.2.840.10008.1.2.4.91"
    if read_jpegxl_header(data) is not None:
        return "1.2.840.10008.1.2.4.112"
    if len(data) >= 64 and struct.unpack_from("<II", data)[1] == 64 and 1 <= data[0] <= 15:
        return RLE
    return ""


def _jpeg(data: bytes, fmt: PixelFormat) -> Samples:
    header = _checked(read_jpeg_header(data), fmt)
    if header.process == 0xF7:
        return _jpeg_ls(data, fmt)
    lossless = header.process in _LOSSLESS_JPEG
    photometric = fmt.photometric
    coded = shown = None
    if header.components == 3:
        coded = shown = "RGB"                           # lossless knows no colour transform: samples as they are
        if not lossless:
            coded = "RGB" if _holds_rgb(header, fmt) else "YCBCR"
            photometric = "RGB"
    # imagecodecs' other lossless decoders (jpegsof3, ljpeg) read no file that this one cannot, and crash on damage.
    values = _shaped(_first([lambda: imagecodecs.jpeg8_decode(data, colorspace=coded, outcolorspace=shown)]), fmt)
    # libjpeg fills up what is missing and says nothing.
    ends = data.rfind(b"\xff\xd9", max(0, len(data) - 64)) >= 0
    warning = "" if ends else say("imaging", "The compressed image ends early; its lower part is missing.")
    return Samples(values, photometric, header.precision, fmt.bits_stored, warning=warning)


def _holds_rgb(header: CodestreamHeader, fmt: PixelFormat) -> bool:
    """Whether the components are R, G, B: what the stream says goes before what the dataset says."""
    if header.component_ids in _RGB_IDENTIFIERS:
        return True
    if header.adobe_transform is not None:
        return header.adobe_transform == 0
    return fmt.photometric == "RGB" and not header.jfif and not header.subsampled


def _jpeg_ls(data: bytes, fmt: PixelFormat) -> Samples:
    header = _checked(read_jpeg_header(data), fmt)
    # Without an end marker CharLS searches for seconds, so a cut stream is given one.
    values = _shaped(_first([lambda: imagecodecs.jpegls_decode(data + b"\xff\xd9")]), fmt)
    return Samples(values, fmt.photometric, header.precision, header.precision)


def _jpeg_2000(data: bytes, fmt: PixelFormat) -> Samples:
    """JPEG 2000 and HTJ2K, both by OpenJPEG.

    imagecodecs' own HTJ2K codec is twice as quick, but lets a lossy value that overshoots white wrap round to black,
    and returns whatever was in memory when the data is damaged (seen in 2026.3.6).
    """
    header = _checked(read_jpeg2000_header(data), fmt)
    threads = min(4, os.cpu_count() or 1) if fmt.pixels >= _MANY_PIXELS else 1
    attempts = [lambda: imagecodecs.jpeg2k_decode(data, numthreads=threads), lambda: _openjpeg(data)]
    values = _shaped(_first(attempts), fmt)
    photometric = fmt.photometric
    if photometric in ("YBR_RCT", "YBR_ICT") or header.multi_component_transform:
        photometric = "RGB"                             # the codec has undone the transform
    return Samples(values, photometric, header.precision, header.precision)


def _openjpeg(data: bytes) -> Pixels:
    # pylibjpeg-openjpeg; imported only where imagecodecs gave up.
    from openjpeg.utils import decode

    return decode(data)


def _jpeg_xl(data: bytes, fmt: PixelFormat) -> Samples:
    _checked(read_jpegxl_header(data), fmt)
    values = _first([lambda: imagecodecs.jpegxl_decode(data, keeporientation=True)])
    if values.ndim == 3 and values.shape[2] > fmt.samples:
        values = values[..., : fmt.samples]             # without the alpha channel
    values = _shaped(values, fmt)
    photometric = "RGB" if fmt.samples == 3 else fmt.photometric
    return Samples(values, photometric, fmt.bits_stored, fmt.bits_stored)


def _rle(data: bytes, fmt: PixelFormat) -> Samples:
    """PS3.5 Annex G: one PackBits segment for each byte of each sample, the most significant byte first."""
    if fmt.bits_allocated == 1:
        (segment,) = _rle_segments(data, 1, (fmt.pixels * fmt.samples + 7) // 8)
        return native_samples(segment, fmt)
    size = fmt.bits_allocated // 8
    segments = _rle_segments(data, size * fmt.samples, fmt.pixels)
    planes = np.empty((fmt.samples, fmt.pixels, size), np.uint8)
    for index, segment in enumerate(segments):
        sample, significance = divmod(index, size)
        planes[sample, :, size - 1 - significance] = np.frombuffer(segment, np.uint8, fmt.pixels)
    flat = planes.reshape(-1).view(f"<{fmt.kind}{size}").astype(fmt.dtype, copy=False)
    photometric = "YBR_FULL" if fmt.photometric.startswith("YBR_FULL") else fmt.photometric
    values = shape_samples(flat, fmt, planar=True)
    return Samples(values, photometric, fmt.bits_allocated, sign_bits=fmt.bits_stored)


def _rle_segments(data: bytes, count: int, length: int) -> list[bytes]:
    if len(data) < 64:
        raise DamagedDicom(say(
            "imaging", "The run-length coded image is cut off in its header. Fetch or export it again."))
    found, *offsets = struct.unpack_from("<16I", data)
    if found != count:
        raise DamagedDicom(say(
            "imaging", "The run-length coded image has {found} segments where its pixels need {count}.").format(
                found=found, count=count))
    ends = [*offsets[1:count], len(data)]
    segments = []
    for start, end in zip(offsets[:count], ends, strict=True):
        if not 64 <= start < end <= len(data):
            raise DamagedDicom(say(
                "imaging", "The run-length coded image is cut off, or its segments overlap. Fetch or export "
                "it again."))
        packed = data[start:end]
        if 64 * len(packed) < length:                   # two bytes give at most 128
            raise DamagedDicom(say(
                "imaging", "The run-length coded image is shorter than its rows and columns say."))
        try:
            segment = bytes(imagecodecs.packbits_decode(packed))
        except RuntimeError as error:
            raise DamagedDicom(say(
                "imaging", "The run-length coded image is damaged."), detail=str(error)) from error
        if not length <= len(segment) < length + _PADDING_RUN:
            raise DamagedDicom(say(
                "imaging", "The run-length coded image has another size than its rows and columns say."))
        segments.append(segment[:length])
    return segments


def _deflated_frame(data: bytes, fmt: PixelFormat) -> Samples:
    wanted = fmt.frame_bytes
    for window_bits in (-zlib.MAX_WBITS, zlib.MAX_WBITS):
        try:
            native = zlib.decompressobj(window_bits).decompress(data, wanted + 2)
        except zlib.error:
            continue
        if wanted <= len(native) <= wanted + 1:             # a byte may fill it up to an even length
            return native_samples(native[:wanted], fmt)
    raise DamagedDicom(say(
        "imaging", "The deflated image is damaged, or has another size than its rows and columns say."))


def _uncompressed(data: bytes, fmt: PixelFormat) -> Samples:
    if len(data) < fmt.frame_bytes:
        raise DamagedDicom(say(
            "imaging", "The pixel data is shorter than its rows and columns say. Fetch or export it again."))
    return native_samples(data[: fmt.frame_bytes], fmt)


def _checked(header: CodestreamHeader | None, fmt: PixelFormat) -> CodestreamHeader:
    if header is None:
        raise DamagedDicom(say(
            "imaging", "The compressed image has no readable header. Fetch or export it again."))
    if (header.rows, header.columns) != (fmt.rows, fmt.columns):
        raise DamagedDicom(say(
            "imaging", "The object announces {columns} × {rows} pixels, its compressed image has {columns_2} "
            "× {rows_2}.").format(
                columns=fmt.columns, rows=fmt.rows, columns_2=header.columns, rows_2=header.rows))
    if header.components and header.components != fmt.samples:
        raise DamagedDicom(say(
            "imaging", "The object announces {samples} samples per pixel, its compressed image has "
            "{components}.").format(samples=fmt.samples, components=header.components))
    return header


def _first(attempts: Sequence[Callable[[], Pixels]]) -> Pixels:
    failures: list[str] = []
    for attempt in attempts:
        try:
            return attempt()
        except Exception as error:                      # every codec has its own classes
            failures.append(f"{type(error).__name__}: {error}")
    raise DamagedDicom(say(
        "imaging", "The compressed image is damaged and cannot be decoded. Fetch or export it again."),
                       detail="; ".join(failures))


def _shaped(values: Pixels, fmt: PixelFormat) -> Pixels:
    shape = (fmt.rows, fmt.columns) if fmt.samples == 1 else (fmt.rows, fmt.columns, fmt.samples)
    if values.shape == shape:
        return values
    if values.size == fmt.pixels * fmt.samples:
        if fmt.samples > 1 and values.shape[:1] == (fmt.samples,):
            return np.ascontiguousarray(np.moveaxis(values, 0, -1))
        return values.reshape(shape)
    raise DamagedDicom(say(
        "imaging", "The compressed image has the shape {shape} instead of {shape_2}.").format(
            shape=values.shape, shape_2=shape))


_JPEG = tuple(f"1.2.840.10008.1.2.4.{n}" for n in (50, 51, 52, 53, 54, 55, 56, 57, 58, 70))
_DECODERS: dict[str, Decoder] = {
    **dict.fromkeys(_JPEG, _jpeg),
    **dict.fromkeys((f"1.2.840.10008.1.2.4.{n}" for n in (80, 81)), _jpeg_ls),
    **dict.fromkeys((f"1.2.840.10008.1.2.4.{n}" for n in (90, 91, 92, 93, 201, 202, 203)), _jpeg_2000),
    **dict.fromkeys((f"1.2.840.10008.1.2.4.{n}" for n in (110, 111, 112)), _jpeg_xl),
    RLE: _rle,
    DEFLATED_FRAME: _deflated_frame,
    ENCAPSULATED_UNCOMPRESSED: _uncompressed,
}
