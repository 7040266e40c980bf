"""Colour: samples of any photometric interpretation → RGB, 8 bits (PS3.3 C.7.6.3.1.2, C.7.6.3.1.5, C.7.9)."""

from __future__ import annotations

from functools import lru_cache

import imagecodecs
import numpy as np

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.core.frame import Pixels, lut_entries, lut_length
from desktop_app.core.words import say
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.pixel_format import PixelFormat
from desktop_app.imaging.stored_values import Samples, eight_bit

_IS_RGB = frozenset({"RGB", "YBR_RCT", "YBR_ICT", "XYB"})
_FULL = np.array([[1.0, 0.0, 1.402], [1.0, -0.114 * 1.772 / 0.587, -0.299 * 1.402 / 0.587], [1.0, 1.772, 0.0]])
# ITU-R BT.601 with 219 and 224 levels.
_PARTIAL = _FULL * np.array([255 / 219, 255 / 224, 255 / 224])


def to_rgb(samples: Samples, fmt: PixelFormat) -> Pixels:
    """Three samples per pixel → (rows, columns, 3) uint8. Raises CannotDecode for other colour models."""
    values = eight_bit(samples.values[..., :3], _colour_bits(samples, fmt))
    photometric = samples.photometric
    if photometric in _IS_RGB:
        return np.ascontiguousarray(values)
    if photometric.startswith("YBR_FULL"):
        return _converted(values, _FULL, 0.0)
    if photometric.startswith("YBR_PARTIAL"):
        return _converted(values, _PARTIAL, 16.0)
    raise CannotDecode(say(
        "imaging", "Lightbox cannot show the colour model {photometric}.").format(photometric=photometric))


def _colour_bits(samples: Samples, fmt: PixelFormat) -> int:
    if samples.values.dtype.itemsize == 1:
        return min(8, samples.precision or 8, fmt.bits_stored)
    return fmt.bits_stored if samples.precision >= fmt.bits_stored else samples.precision


def _converted(values: Pixels, matrix: Pixels, black: float) -> Pixels:
    rows, columns, _ = values.shape
    rgb = np.empty((rows, columns, 3), np.uint8)
    weights = matrix.astype(np.float32)
    offset = (np.array([-black, -128.0, -128.0]) @ matrix.T + 0.5).astype(np.float32)
    for start in range(0, rows, 64):                    # in pieces that stay in the processor's cache
        block = values[start : start + 64].astype(np.float32) @ weights.T + offset
        np.clip(block, 0, 255, out=block)
        rgb[start : start + 64] = block
    return rgb


class Palette:
    """The three LUTs of PALETTE COLOR, as one table of RGB rows."""

    __slots__ = ("first_mapped", "colours", "warnings")

    def __init__(self, first_mapped: int, colours: Pixels, warnings: tuple[str, ...] = ()) -> None:
        self.first_mapped, self.warnings = first_mapped, warnings
        self.colours = colours                          # (entries, 3) uint8

    def apply(self, stored: Pixels) -> Pixels:
        """(rows, columns) stored values → (rows, columns, 3) uint8. Values outside take the nearest entry."""
        index = stored.astype(np.int32) - self.first_mapped if self.first_mapped else stored
        return np.take(self.colours, index, axis=0, mode="clip")


def read_palette(elements: Elements, *, signed: bool = False) -> Palette:
    """The palette of a dataset. Raises DamagedDicom where a LUT is missing or cannot be read.

    A LUT that is shorter than announced ends early: stored values beyond it take its last colour.
    """
    channels: list[Pixels] = []
    first = announced = depth = 0
    for colour in ("Red", "Green", "Blue"):
        descriptor = elements.numbers(f"{colour}PaletteColorLookupTableDescriptor", signed=signed)
        if len(descriptor) < 3:
            raise DamagedDicom(say(
                "imaging", "The image needs a colour palette, but its palette is missing or incomplete."))
        entries = lut_length(descriptor)
        announced = max(announced, entries)
        first, bits = int(descriptor[1]), int(descriptor[2])
        data = elements.raw(f"{colour}PaletteColorLookupTableData")
        segmented = elements.raw(f"Segmented{colour}PaletteColorLookupTableData")
        if data:
            channel = lut_entries(data, entries, bits)
        elif segmented:
            channel = expand_segmented(segmented, entries, bits)
        else:
            raise DamagedDicom(say(
                "imaging", "The image needs a colour palette, but its palette is missing or incomplete."))
        channels.append(channel)
        depth = max(depth, bits)
    length = min(len(channel) for channel in channels)
    if length == 0:
        raise DamagedDicom(say("imaging", "The image needs a colour palette, but its palette is empty."))
    colours = _eight(np.stack([channel[:length] for channel in channels], axis=1), depth)
    warning = say(
        "imaging", "The palette is too short: {length} of {announced} colours are here; the rest is shown in "
        "the last one.").format(length=length, announced=announced)
    return Palette(first, colours, (warning,) if length < announced else ())


def expand_segmented(data: bytes, entries: int, bits: int) -> Pixels:
    """Segmented palette data (PS3.3 C.7.9.2) → uint16 entries, no more than `entries`."""
    if bits <= 8 and len(data) >= 4 and data[1] != 0:   # written as bytes: in words every second byte of a head is 0
        words = list(data)
    else:
        words = np.frombuffer(data, "<u2", len(data) // 2).tolist()
    table: list[int] = []
    _expand(words, 0, table, entries)
    return np.array(table[:entries], np.uint16)


def _expand(words: list[int], start: int, table: list[int], entries: int, most_segments: int | None = None) -> None:
    position, segments, stop = start, 0, len(words)
    while position + 1 < stop and len(table) < entries and (most_segments is None or segments < most_segments):
        opcode, length = words[position], words[position + 1]
        segments += 1
        if opcode == 0:                                 # discrete
            table.extend(words[position + 2 : position + 2 + length])
            position += 2 + length
        elif opcode == 1 and position + 2 < stop:       # linear, from the last value on
            begin, end = (table[-1] if table else 0), words[position + 2]
            table.extend(round(begin + (end - begin) * (i + 1) / length) for i in range(min(length, entries)))
            position += 3
        elif opcode == 2 and position + 3 < stop and most_segments is None:
            place = (words[position + 2] | words[position + 3] << 16) // 2
            _expand(words, place, table, entries, length)
            position += 4
        else:
            raise DamagedDicom(say("imaging", "The colour palette of the image is damaged."))


def _eight(colours: Pixels, bits: int) -> Pixels:
    """Entries of `bits` bits as uint8. Writers announce 16 bits and mean 8, or the other way round: the three channels
    together show it, one alone may be dark."""
    if colours.dtype == np.uint8:
        return colours
    if int(colours.max()) <= 255:
        return colours.astype(np.uint8)
    return (colours >> ((min(bits, 16) if bits > 8 else 16) - 8)).clip(0, 255).astype(np.uint8)


def to_srgb(rgb: Pixels, profile: bytes) -> Pixels:
    """RGB in the colour space of an ICC profile → sRGB; unchanged where the profile is sRGB already or unusable."""
    if not profile or b"sRGB" in profile[:1024] or profile[16:20] != b"RGB ":
        return rgb
    try:
        return imagecodecs.cms_transform(rgb, profile, _srgb(), colorspace="rgb", outcolorspace="rgb")
    except (RuntimeError, ValueError, TypeError):
        return rgb


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    return bytes(imagecodecs.cms_profile("srgb"))


def optical_path_profile(elements: Elements) -> bytes:
    """The ICC profile of an image: of the image, or of its first optical path (PS3.3 C.11.15, C.8.12.5)."""
    own = elements.raw("ICCProfile")
    if own:
        return own
    path = elements.item("OpticalPathSequence")
    return path.raw("ICCProfile") if path is not None else b""

