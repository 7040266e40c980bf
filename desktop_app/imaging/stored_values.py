"""Stored values: native bytes, or what a codec returned, as an array that means what the dataset says.

The result has the machine's byte order, the dataset's signedness, and nothing in the bits above Bits Stored
(PS3.5 8.1.1: they may hold anything).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.core.errors import DamagedDicom
from desktop_app.core.frame import Pixels
from desktop_app.core.words import say
from desktop_app.imaging.pixel_format import PixelFormat

_FULL_CHROMA = frozenset({"YBR_FULL_422", "YBR_PARTIAL_422", "YBR_PARTIAL_420"})


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples as decoded: (rows, columns) or (rows, columns, samples).

    `photometric` is what the samples are now. `precision` is how many bits of a sample count, `sign_bits` from how
    many the sign is to be extended. `exact`: bits above Bits Stored hold something else (overlays, filling) and are
    cleared; a lossy codec may overshoot Bits Stored a little instead, and is believed.
    """

    values: Pixels
    photometric: str
    precision: int
    sign_bits: int = 0
    exact: bool = True
    warning: str = ""


def native_samples(data: bytes, fmt: PixelFormat, *, big_endian: bool = False, skip_bits: int = 0) -> Samples:
    """Samples of one native frame. `data` is exactly the frame (PixelFormat.frame_bytes), zero-filled where it was cut.

    `skip_bits` is where a frame of packed bits begins within the first byte.
    """
    if fmt.bits_allocated == 1:
        bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
        wanted = fmt.pixels * fmt.samples
        flat: Pixels = bits[skip_bits : skip_bits + wanted]
        if flat.size < wanted:
            raise DamagedDicom(say(
                "imaging", "The pixel data is shorter than its rows and columns say. Fetch or export it "
                "again."))
    else:
        dtype = fmt.dtype.newbyteorder(">" if big_endian else "<")
        flat = np.frombuffer(data, dtype, fmt.frame_bits // fmt.bits_allocated).astype(fmt.dtype, copy=False)
    shaped = shape_samples(flat, fmt)
    return Samples(shaped, fmt.photometric, fmt.bits_allocated, sign_bits=fmt.bits_stored)


def shape_samples(flat: Pixels, fmt: PixelFormat, *, planar: bool | None = None) -> Pixels:
    """Native sample order → (rows, columns[, samples]); subsampled chrominance is repeated (PS3.3 C.7.6.3.1.2)."""
    rows, columns, samples = fmt.rows, fmt.columns, fmt.samples
    if samples == 1:
        return flat.reshape(rows, columns)
    if fmt.photometric in _FULL_CHROMA and planar is None:
        return _full_chroma(flat, fmt)
    if fmt.planar if planar is None else planar:
        return np.ascontiguousarray(flat.reshape(samples, rows, columns).transpose(1, 2, 0))
    return flat.reshape(rows, columns, samples)


def unswapped(words: bytes) -> bytes:
    """8-bit samples that were written as big endian 16-bit words, in their own order."""
    even = len(words) // 2 * 2
    return np.frombuffer(words, ">u2", even // 2).astype("<u2").tobytes() + words[even:]


def stored_grey(samples: Samples, fmt: PixelFormat) -> Pixels:
    """One sample per pixel → stored values with the dtype and the sign of the dataset."""
    values = samples.values
    if fmt.kind == "f":
        return values
    if values.dtype.kind == "f":
        return values.astype(np.float32, copy=False)
    unused_below = fmt.high_bit + 1 - fmt.bits_stored
    if unused_below and samples.precision > fmt.bits_stored:
        values = values >> unused_below
    dtype = _container(fmt, samples.precision)
    bits = min(fmt.bits_stored, samples.sign_bits or fmt.bits_stored)
    if fmt.kind == "i":
        if not samples.exact and values.dtype.kind == "i":
            return values.astype(dtype, copy=False)
        if values.dtype.kind == "i" and _within(values, -(1 << (bits - 1)), (1 << (bits - 1)) - 1):
            return values.astype(dtype, copy=False)
        return _sign_extended(values, bits, dtype)
    if values.dtype.kind == "i" and int(values.min(initial=0)) < 0:
        values = values.astype(np.int64) & ((1 << samples.precision) - 1)
    if samples.exact and not _within(values, 0, (1 << fmt.bits_stored) - 1):
        values = values & values.dtype.type((1 << fmt.bits_stored) - 1)
    return values.astype(dtype, copy=False)


def eight_bit(values: Pixels, bits: int) -> Pixels:
    """Unsigned colour samples of `bits` bits → uint8, by dropping low bits or spreading few of them."""
    if values.dtype == np.uint8 and bits == 8:
        return values
    if values.dtype.kind == "f":
        return np.clip(values * 255.0 + 0.5, 0, 255).astype(np.uint8)
    if values.dtype.kind == "i":
        values = values.view(f"u{values.dtype.itemsize}")
    if bits > 8:
        return (values >> (bits - 8)).astype(np.uint8)
    if bits == 8:
        return values.astype(np.uint8)
    top = (1 << bits) - 1
    return (values.astype(np.uint16) * 255 // top).astype(np.uint8)


def _container(fmt: PixelFormat, precision: int) -> np.dtype:
    size = max(fmt.dtype.itemsize, 1 if fmt.bits_stored <= 8 else 2 if fmt.bits_stored <= 16 else 4)
    return np.dtype(f"{fmt.kind}{size}") if precision <= 32 else fmt.dtype


def _within(values: Pixels, low: int, high: int) -> bool:
    info = np.iinfo(values.dtype)
    if low <= info.min and info.max <= high:
        return True
    return values.size == 0 or (int(values.min()) >= low and int(values.max()) <= high)


def _sign_extended(values: Pixels, bits: int, dtype: np.dtype) -> Pixels:
    size = max(values.dtype.itemsize, dtype.itemsize)
    spare = 8 * size - bits
    wide = values.astype(f"u{size}").view(f"i{size}")
    return ((wide << spare) >> spare).astype(dtype)


def _full_chroma(flat: Pixels, fmt: PixelFormat) -> Pixels:
    rows, columns = fmt.rows, fmt.columns
    if columns % 2 or (fmt.photometric == "YBR_PARTIAL_420" and rows % 2):
        raise DamagedDicom(say(
            "imaging", "The image halves its colour resolution, but has an odd number of columns or rows."))
    image = np.empty((rows, columns, 3), flat.dtype)
    if fmt.photometric == "YBR_PARTIAL_420":
        quads = flat.reshape(rows // 2, columns // 2, 6)
        image[0::2, 0::2, 0], image[0::2, 1::2, 0] = quads[..., 0], quads[..., 1]
        image[1::2, 0::2, 0], image[1::2, 1::2, 0] = quads[..., 2], quads[..., 3]
        image[..., 1:] = quads[..., 4:].repeat(2, axis=0).repeat(2, axis=1)
    else:
        pairs = flat.reshape(rows, columns // 2, 4)
        image[:, 0::2, 0], image[:, 1::2, 0] = pairs[..., 0], pairs[..., 1]
        image[..., 1:] = pairs[..., 2:].repeat(2, axis=1)
    return image
