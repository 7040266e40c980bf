"""PixelFormat: how the stored values of an image are laid out (Image Pixel module, PS3.3 C.7.6.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.core.words import say
from desktop_app.imaging.elements import Elements

_CONTAINERS = (1, 8, 16, 32, 64)
_COLOUR = frozenset({"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT",
                     "XYB", "HSV", "ARGB", "CMYK"})
# Samples that native data holds for each pixel, where chrominance is subsampled (PS3.3 C.7.6.3.1.2).
_SUBSAMPLED = {"YBR_FULL_422": 2.0, "YBR_PARTIAL_422": 2.0, "YBR_PARTIAL_420": 1.5}


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """The Image Pixel module, checked. `kind` is `u` (unsigned), `i` (signed) or `f` (floating point)."""

    rows: int
    columns: int
    samples: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    kind: str
    photometric: str
    planar: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def pixels(self) -> int:
        return self.rows * self.columns

    @property
    def dtype(self) -> np.dtype:
        """Of a stored value, in the byte order of the machine."""
        return np.dtype(f"{self.kind}{max(1, self.bits_allocated // 8)}")

    @property
    def frame_bits(self) -> int:
        """Bits of one native (uncompressed) frame."""
        per_pixel = _SUBSAMPLED.get(self.photometric, float(self.samples)) if self.samples == 3 else self.samples
        return int(self.pixels * per_pixel) * self.bits_allocated

    @property
    def frame_bytes(self) -> int:
        """Bytes of one native frame, rounded up where bits are packed."""
        return (self.frame_bits + 7) // 8

    @property
    def decoded_bytes(self) -> int:
        """Bytes of the decoded array, chrominance at full size."""
        return self.pixels * self.samples * self.dtype.itemsize

def read_pixel_format(elements: Elements, *, keyword: str = "PixelData") -> PixelFormat:
    """The pixel format of a dataset whose pixels are in the element `keyword`.

    What can be repaired without guessing at grey levels is repaired and noted in `warnings`.
    Raises DamagedDicom where it contradicts itself, CannotDecode for layouts that are not supported.
    """
    warnings: list[str] = []
    rows, columns = elements.integer("Rows"), elements.integer("Columns")
    if not rows or not columns:
        raise DamagedDicom(say(
            "imaging", "The image does not say how many rows and columns it has. Fetch or export it again."))
    photometric = elements.text("PhotometricInterpretation").upper()
    samples = elements.integer("SamplesPerPixel") or (3 if photometric in _COLOUR else 1)
    if not photometric:
        photometric = "RGB" if samples == 3 else "MONOCHROME2"
        warnings.append(say(
            "imaging", "Photometric Interpretation is missing; {photometric} is assumed.").format(
                photometric=photometric))
    if samples not in (1, 3, 4):
        raise CannotDecode(say(
            "imaging", "The image has {samples} samples per pixel; Lightbox reads 1 and 3.").format(
                samples=samples))
    if samples == 3 and photometric not in _COLOUR:
        warnings.append(say(
            "imaging", "{photometric} with three samples per pixel is read as RGB.").format(
                photometric=photometric))
        photometric = "RGB"
    if samples == 1 and photometric in _COLOUR:
        warnings.append(say(
            "imaging", "{photometric} with one sample per pixel is read as MONOCHROME2.").format(
                photometric=photometric))
        photometric = "MONOCHROME2"
    planar = elements.integer("PlanarConfiguration") == 1
    if keyword != "PixelData":
        bits = 32 if keyword == "FloatPixelData" else 64
        return PixelFormat(rows, columns, samples, bits, bits, bits - 1, "f", photometric, planar, tuple(warnings))

    allocated = elements.integer("BitsAllocated")
    if allocated is None:
        raise DamagedDicom(say(
            "imaging", "The image does not say how many bits a pixel has. Fetch or export it again."))
    if allocated not in _CONTAINERS:
        raise CannotDecode(say(
            "imaging", "The image uses {allocated} bits for each pixel; Lightbox reads 1, 8, 16, 32 and 64.").format(
                allocated=allocated))
    stored = elements.integer("BitsStored")
    if stored is None:
        stored = allocated
    elif not 1 <= stored <= allocated:
        raise DamagedDicom(say(
            "imaging", "The image contradicts itself: {stored} bits stored in {allocated} bits allocated. "
            "Fetch or export it again.").format(stored=stored, allocated=allocated))
    high = elements.integer("HighBit")
    if high is None or not stored - 1 <= high < allocated:
        if high is not None:
            warnings.append(say(
                "imaging", "High Bit {high} does not fit {stored} bits stored in {allocated}; {stored_2} is "
                "assumed.").format(high=high, stored=stored, allocated=allocated, stored_2=stored - 1))
        high = stored - 1
    kind = "i" if elements.integer("PixelRepresentation") == 1 and samples == 1 else "u"
    return PixelFormat(rows, columns, samples, allocated, stored, high, kind, photometric, planar, tuple(warnings))
