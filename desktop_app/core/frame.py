"""Frame: the decoded pixels of one frame, and the facts that are needed to read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.display_set import Stack
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.geometry import ImagePlane
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.scale_region import ScaleRegion
from desktop_app.core.slide import TileGrid
from desktop_app.core.value_mapping import ValueMapping
from desktop_app.core.window import Window

Pixels = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class LookupTable:
    """A LUT of the standard: values[0] answers for first_mapped and everything below it."""

    first_mapped: int
    values: Pixels = field(compare=False)
    bits: int = 16
    explanation: str = ""

    @classmethod
    def of(cls, descriptor: Sequence[float], data: bytes, explanation: str = "") -> LookupTable | None:
        """From LUT Descriptor (0028,3002) and LUT Data (little endian); None where they are no table
        (PS3.3 C.11.1.1)."""
        if len(descriptor) < 3:
            return None
        entries, first, bits = lut_length(descriptor), int(descriptor[1]), int(descriptor[2])
        values = lut_entries(data, entries, bits).astype(np.uint16)
        if values.size == 0 or not 1 <= bits <= 16:
            return None
        values.setflags(write=False)
        return cls(first, values, bits, explanation)


def lut_length(descriptor: Sequence[float]) -> int:
    """The number of entries that a LUT Descriptor announces: 0 stands for 65536, and some write it with a sign."""
    return int(descriptor[0]) & 0xFFFF or 1 << 16


def lut_entries(data: bytes, entries: int, bits: int) -> Pixels:
    """LUT data as uint16, or uint8 where they are packed as bytes (the last of which may be padding); no more than
    `entries`, and fewer where the data end early."""
    if bits <= 8 and len(data) < 2 * entries:
        return np.frombuffer(data, np.uint8)[:entries]
    return np.frombuffer(data, "<u2", len(data) // 2)[:entries]


@dataclass(frozen=True, slots=True)
class ColourTable:
    """Colours of stored values: colours[0] is that of first_mapped, and the last one that of all above."""

    first_mapped: int
    colours: Pixels = field(compare=False)              # (entries, 3) uint8


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What the corner texts and the tools tell of an image besides its grey levels. Empty means not given."""

    patient_name: str = ""
    patient_id: str = ""
    patient_birth_date: str = ""
    patient_sex: str = ""
    patient_age: str = ""
    institution: str = ""
    study_description: str = ""
    study_date: str = ""
    study_time: str = ""
    accession_number: str = ""
    series_number: int | None = None
    series_description: str = ""
    modality: str = ""
    body_part: str = ""
    laterality: str = ""
    contrast: str = ""
    slice_thickness_mm: float | None = None
    slice_location_mm: float | None = None
    patient_orientation: tuple[str, ...] = ()
    spacing_mm: tuple[float, float] | None = None       # (between rows, between columns)
    spacing_source: str = ""                            # "pixel spacing", "at the detector" …: see imaging/spacing.py
    regions: tuple[ScaleRegion, ...] = ()               # parts of an ultrasound image with units of their own
    pixel_aspect_ratio: float = 1.0                     # height of a pixel / its width
    frame_time_ms: float | None = None
    tiles: TileGrid | None = None                       # of a whole-slide level: where its frames lie
    frame_stacks: tuple[Stack, ...] = field(default=(), compare=False, repr=False)      # all frames of the object
    lossy: str = ""                                     # "lossy 10:1", empty when lossless
    unit: str = ""                                      # of modality values: HU, SUVbw, Bq/ml; empty when none
    frame_of_reference_uid: str = ""
    sop_class_uid: str = ""
    transfer_syntax_uid: str = ""
    rescale_origin: str = ""                            # where slope or LUT are: "image", "shared", "frame"; "" nowhere
    window_origin: str = ""                             # the same of the window or VOI LUT
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()                         # nothing is wrong, but it may surprise who looks into it


@dataclass(frozen=True, slots=True)
class Frame:
    """One decoded frame, read-only.

    `pixels` is (rows, columns) of stored values for grey images, any integer or float dtype, or
    (rows, columns, 3) uint8 RGB for colour. A modality value is `stored * slope + intercept`, or what
    `modality_lut` says. `monochrome1` means that the lowest value is shown white.
    """

    ref: FrameRef
    pixels: Pixels = field(compare=False)
    slope: float = 1.0
    intercept: float = 0.0
    modality_lut: LookupTable | None = None
    windows: tuple[Window, ...] = ()
    voi_luts: tuple[LookupTable, ...] = ()
    monochrome1: bool = False
    padding: tuple[float, float] | None = None          # stored values of pixel padding, low … high
    value_range: tuple[float, float] = (0.0, 0.0)       # lowest and highest modality value, padding left out
    plane: ImagePlane | None = None
    facts: ImageFacts = ImageFacts()
    supplement: ColourTable | None = None               # stored values from its first on are in colour (C.7.6.23)
    mappings: tuple[ValueMapping, ...] = ()             # other quantities that the stored values stand for …
    mapped_by: str = ""                                 # … and the name of the one in use; "" the rescale's own
    presentation_lut: LookupTable | None = None         # from what the window gave to P-values (PS3.3 C.11.6)
    shutter: Shutter | None = None
    overlays: tuple[OverlayPlane, ...] = ()

    def __post_init__(self) -> None:
        self.pixels.setflags(write=False)       # frames cross threads

    @property
    def rows(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def columns(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def is_colour(self) -> bool:
        return self.pixels.ndim == 3

    @property
    def nbytes(self) -> int:
        return int(self.pixels.nbytes) + sum(int(plane.mask.nbytes) for plane in self.overlays)

    @property
    def opens_by_voi_lut(self) -> bool:
        """Whether it opens with its first VOI LUT: it has no window, and shows the values that the LUT is for, which
        are those of the rescale (PS3.3 C.11.2.1.1)."""
        own = next((one for one in self.mappings if one.is_rescale), None)
        return bool(self.voi_luts) and not self.windows and (own is None or self.mapped_by in ("", own.name))

    def modality_value(self, column: int, row: int) -> float | tuple[int, int, int] | None:
        """The modality value at a pixel, RGB for colour, None outside the image.

        Not a number where the quantity in use does not reach the stored value.
        """
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            return None
        if self.is_colour:
            red, green, blue = (int(value) for value in self.pixels[row, column])
            return red, green, blue
        return float(self.modality_values(self.pixels[row : row + 1, column])[0])

    def modality_values(self, stored: Pixels) -> npt.NDArray[np.float64]:
        """The modality values (float64) of stored values of a grey image, in their shape.

        Not a number where the quantity in use does not reach.
        """
        if self.modality_lut is not None:
            lut = self.modality_lut
            places = np.clip(stored.astype(np.int64) - lut.first_mapped, 0, len(lut.values) - 1)
            values = np.asarray(lut.values[places], dtype=np.float64)
        else:
            values = stored.astype(np.float64) * self.slope + self.intercept
        for mapping in self.mappings:
            if self.mapped_by and mapping.name == self.mapped_by and mapping.span is not None:
                first, last = mapping.span
                values[(stored < first) | (stored > last)] = np.nan
        return values
