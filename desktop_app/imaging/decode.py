"""Decode: Part 10 bytes, or the bytes of one frame, → Frame. Safe in any thread.

`open_instance` reads the header only. `decode_frame` decodes one frame and no other; several threads may decode
frames of one object at once.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
from pydicom import Dataset

from desktop_app.core.display_set import Stack
from desktop_app.core.errors import CannotDecode, DamagedDicom, NoPixelData
from desktop_app.core.frame import ColourTable, Frame, ImageFacts, LookupTable, Pixels
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.video import VIDEO
from desktop_app.core.words import say, t
from desktop_app.imaging.codecs import (
    EXPLICIT_LITTLE,
    NATIVE,
    decode_samples,
    sniff_transfer_syntax,
)
from desktop_app.imaging.colour import Palette, optical_path_profile, read_palette, to_rgb, to_srgb
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.facts import (
    ModalityTransform,
    read_modality_transform,
    read_notes,
    read_object_facts,
    read_padding,
    read_plane,
    read_voi_luts,
    read_windows,
    shows_low_values_white,
    with_frame_facts,
)
from desktop_app.imaging.fragments import Extent, frames_of, scan_fragments
from desktop_app.imaging.frame_rows import read_frame_stacks
from desktop_app.imaging.frame_scope import FrameScope
from desktop_app.imaging.part10 import ParsedObject, PixelElement, parse
from desktop_app.imaging.pixel_format import PixelFormat, read_pixel_format
from desktop_app.imaging.source import BytesSource, EmptySource, FileSource
from desktop_app.imaging.stored_values import Samples, native_samples, stored_grey, unswapped
from desktop_app.imaging.study_values import (
    declared_frames,
    instance_from_dataset,
    instance_of,
    series_from_dataset,
    series_of,
    study_from_dataset,
    study_of,
)

__all__ = [
    "DicomObject", "decode_frame", "decode_frame_bytes", "instance_from_dataset", "object_from_dataset",
    "open_instance", "series_from_dataset", "study_from_dataset", "video_frame",
]

_SUPPLEMENTAL = "RedPaletteColorLookupTableDescriptor"
_AGAIN = t("imaging", "Fetch or export it again.")
_ENDS_EARLY = t("imaging", "The file ends early; the image may be incomplete.")


class DicomObject:
    """One SOP instance: its header, and where its pixels are.

    `dataset` is the pydicom dataset without the pixel data element; treat it as read-only.
    """

    def __init__(self, parsed: ParsedObject, frame_stacks: tuple[Stack, ...] | None = None) -> None:
        self._parsed, self._frame_stacks = parsed, frame_stacks
        self._elements = Elements(parsed.dataset)
        self._lock = threading.RLock()
        self._format: PixelFormat | None = None
        self._facts: ImageFacts | None = None
        self._palette: Palette | None = None
        self._extents: tuple[tuple[Extent, ...], ...] | None = None
        self._cut_off = False
        self._per_frame: list[Elements] | None = None

    @property
    def dataset(self) -> Dataset:
        return self._parsed.dataset

    @property
    def elements(self) -> Elements:
        """Tolerant access to the dataset."""
        return self._elements

    @property
    def transfer_syntax_uid(self) -> str:
        return self._parsed.transfer_syntax_uid

    @property
    def study(self) -> Study:
        return study_of(self._elements)

    @property
    def series(self) -> Series:
        return series_of(self._elements)

    @property
    def instance(self) -> Instance:
        return instance_of(self._elements, self.transfer_syntax_uid)

    @property
    def frame_count(self) -> int:
        """Frames that can be asked for: what Number of Frames says, at least 1, but no more than native bytes allow.

        0 for an object without pixel data.
        """
        if self._parsed.pixels is None and not isinstance(self._parsed.source, EmptySource):
            return 0
        declared = declared_frames(self._elements)
        pixels = self._parsed.pixels
        if pixels is None or pixels.length is None or declared == 1:
            return declared
        available = min(pixels.length, max(0, self._parsed.source.size - pixels.offset)) * 8
        try:
            return max(1, min(declared, -(-available // max(1, self.pixel_format.frame_bits))))
        except (DamagedDicom, CannotDecode):
            return 1

    @property
    def nbytes(self) -> int:
        """Bytes of the object: of its file, or of what a deflated one unpacks to."""
        return self._parsed.source.size

    @property
    def pixel_format(self) -> PixelFormat:
        """Raises DamagedDicom or CannotDecode (see read_pixel_format)."""
        if self._format is None:
            keyword = self._parsed.pixels.keyword if self._parsed.pixels is not None else "PixelData"
            self._format = read_pixel_format(self._elements, keyword=keyword)
        return self._format

    @property
    def shared_facts(self) -> ImageFacts:
        """The facts that all frames share."""
        if self._facts is None:
            stacks = read_frame_stacks(self._elements) if self._frame_stacks is None else self._frame_stacks
            self._facts = read_object_facts(self._elements, self.transfer_syntax_uid, stacks)
        return self._facts

    def palette(self) -> Palette:
        """The colour palette. Raises DamagedDicom."""
        if self._palette is None:
            self._palette = read_palette(
                self._elements, signed=self._elements.integer("PixelRepresentation") == 1)
        return self._palette

    @property
    def is_video(self) -> bool:
        """Whether all frames are in one stream (PS3.5 A.4.5), which `decode_frame` does not read: see `video_frame`."""
        return self.transfer_syntax_uid in VIDEO

    def video_bytes(self) -> bytes:
        """The stream that all frames of a video are in. Raises NoPixelData, DamagedDicom."""
        pixels = self._parsed.pixels
        if pixels is None:
            raise NoPixelData(_no_pixels_text(self._elements))
        if pixels.length is not None:
            return self._parsed.source.read(pixels.offset, pixels.length)
        extents = [extent for frame in self._frame_extents(pixels) for extent in frame]
        return b"".join(self._parsed.source.read(*extent) for extent in extents)

    def scope(self, frame_number: int) -> FrameScope:
        """Where the attributes of a frame (1-based) are looked for."""
        with self._lock:
            if self._per_frame is None:
                self._per_frame = self._elements.items("PerFrameFunctionalGroupsSequence")
        own = self._per_frame[frame_number - 1] if frame_number <= len(self._per_frame) else None
        return FrameScope(self._elements, self._elements.item("SharedFunctionalGroupsSequence"), own)

    def is_cut_off(self, frame_number: int) -> bool:
        """Whether the compressed data ends without its delimiter, and this frame is the last."""
        return self._cut_off and self._extents is not None and frame_number >= len(self._extents)

    def frame_bytes(self, frame_number: int) -> tuple[bytes, int]:
        """The bytes of one frame as they are stored, and the bit at which it begins in them (packed bits only).

        Raises NoPixelData, DamagedDicom.
        """
        pixels = self._parsed.pixels
        if pixels is None:
            if self._parsed.cut_off:
                raise DamagedDicom(say(
                    "imaging", "The file breaks off in its header, before any pixels. Fetch or export it "
                    "again."))
            raise NoPixelData(_no_pixels_text(self._elements))
        if pixels.length is None:
            extents = self._frame_extents(pixels)
            if frame_number > len(extents):
                raise DamagedDicom(say(
                    "imaging", "Frame {frame_number} is missing: the file is cut off after {count} frames. ").format(
                        frame_number=frame_number, count=len(extents))
                                   + say("imaging", _AGAIN))
            return b"".join(self._parsed.source.read(*extent) for extent in extents[frame_number - 1]), 0
        return self._native_bytes(pixels, frame_number)

    def _native_bytes(self, pixels: PixelElement, frame_number: int) -> tuple[bytes, int]:
        fmt = self.pixel_format
        first_bit = (frame_number - 1) * fmt.frame_bits
        start, skip = divmod(first_bit, 8)
        wanted = (skip + fmt.frame_bits + 7) // 8
        assert pixels.length is not None
        length = min(pixels.length, self._parsed.source.size - pixels.offset)
        if self._parsed.big_endian and pixels.vr == "OW" and fmt.bits_allocated <= 8:
            even = start // 2 * 2
            span = max(0, min(start - even + wanted + 1, length - even))
            words = self._parsed.source.read(pixels.offset + even, span)
            return unswapped(words)[start - even : start - even + wanted], skip
        return self._parsed.source.read(pixels.offset + start, max(0, min(wanted, length - start))), skip

    def _frame_extents(self, pixels: PixelElement) -> tuple[tuple[Extent, ...], ...]:
        with self._lock:
            if self._extents is None:
                fragments = scan_fragments(
                    self._parsed.source, pixels.offset,
                    extended_offsets=self._elements.raw("ExtendedOffsetTable"),
                    extended_lengths=self._elements.raw("ExtendedOffsetTableLengths"))
                self._cut_off = fragments.cut_off
                self._extents = frames_of(fragments, declared_frames(self._elements), self._parsed.source)
        return self._extents

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the object as a whole, though it can be read."""
        declared, here = declared_frames(self._elements), self.frame_count
        if not self.is_native or declared <= here:
            return self._parsed.warnings
        return (*self._parsed.warnings, say(
            "imaging", "The object announces {declared} frames, but its pixel data holds {here}.").format(
                declared=declared, here=here))

    @property
    def is_native(self) -> bool:
        """Whether the pixel data has a defined length."""
        return self._parsed.pixels is not None and self._parsed.pixels.length is not None

    @property
    def is_big_endian(self) -> bool:
        return self._parsed.big_endian


def open_instance(data: bytes | Path) -> DicomObject:
    """The object in a Part 10 file, or in its bytes. Only the header is read.

    Raises NotDicom for anything else, DamagedDicom where the header cannot be read, DiskError for an unreadable file.
    """
    return DicomObject(parse(FileSource(data) if isinstance(data, Path) else BytesSource(bytes(data))))


def object_from_dataset(
    dataset: Dataset, transfer_syntax_uid: str = "", frame_stacks: tuple[Stack, ...] = ()
) -> DicomObject:
    """An object of which only the header is known, e.g. from a metadata answer: for `decode_frame_bytes`.

    `frame_stacks`: what was read of its frames (`read_frame_stacks`), where `dataset` does not tell of all of them.
    """
    return DicomObject(ParsedObject(dataset, EmptySource(), transfer_syntax_uid, False, None), frame_stacks)


def decode_frame(obj: DicomObject, frame_number: int = 1) -> Frame:
    """Decodes one frame, 1-based, and no other.

    Native pixel data that is cut off is shown as far as it goes, with a warning in `facts.warnings`, when at least
    half of the frame is here. Raises NoPixelData, CannotDecode, DamagedDicom.
    """
    if frame_number < 1:
        raise ValueError("frames count from 1")
    data, skip = obj.frame_bytes(frame_number)
    fmt = obj.pixel_format
    native = obj.is_native
    if native and obj.transfer_syntax_uid not in NATIVE and obj.transfer_syntax_uid:
        # Compressed by its name, but written with a defined length: usually plain pixels under a wrong name.
        native = len(data) >= fmt.frame_bytes
        if not native:
            return _frame(obj, frame_number, decode_samples(obj.transfer_syntax_uid, data, fmt), ())
    if native:
        data, warnings = _completed(data, skip, fmt, obj.frame_count, frame_number)
        samples = native_samples(data, fmt, big_endian=obj.is_big_endian, skip_bits=skip)
        return _frame(obj, frame_number, samples, warnings)
    syntax = obj.transfer_syntax_uid
    if not syntax or syntax in NATIVE:                  # encapsulated, and the transfer syntax does not say how
        syntax = sniff_transfer_syntax(data)
    samples = decode_samples(syntax, data, fmt)
    return _frame(obj, frame_number, samples, (say("imaging", _ENDS_EARLY),) if obj.is_cut_off(frame_number) else ())


def video_frame(obj: DicomObject, frame_number: int, rgb: Pixels) -> Frame:
    """The frame whose picture, RGB (rows, columns, 3) uint8, was read or drawn elsewhere."""
    fmt = replace(obj.pixel_format, samples=3, bits_allocated=8, bits_stored=8, high_bit=7, kind="u", photometric="RGB")
    return _frame(obj, frame_number, Samples(rgb, "RGB", 8, exact=False), (), fmt=fmt)


def decode_frame_bytes(header: DicomObject, transfer_syntax_uid: str, data: bytes, frame_number: int = 1) -> Frame:
    """A bare frame of a frames answer (PS3.18 10.4) → Frame; `header` tells everything that is not in the bytes.

    Native frames are little endian. Raises CannotDecode, DamagedDicom.
    """
    fmt = header.pixel_format
    syntax = transfer_syntax_uid or EXPLICIT_LITTLE
    if syntax in NATIVE:
        data, warnings = _completed(data, 0, fmt, 1, frame_number)
        return _frame(header, frame_number, native_samples(data, fmt), warnings)
    return _frame(header, frame_number, decode_samples(syntax, data, fmt), (), syntax)


def _completed(data: bytes, skip: int, fmt: PixelFormat, frame_count: int, frame_number: int
               ) -> tuple[bytes, tuple[str, ...]]:
    """Exactly one native frame; what is cut off becomes zeros where most of it is here."""
    wanted = (skip + fmt.frame_bits + 7) // 8
    if len(data) >= wanted:
        return data[:wanted] if len(data) > wanted else data, ()
    which = say("imaging", "The image")
    if frame_count > 1:
        which = say("imaging", "Frame {number}").format(number=frame_number)
    if 2 * len(data) < wanted:
        raise DamagedDicom(say(
            "imaging", "{which} is cut off: {count} of {wanted} bytes are here. {again}").format(
                which=which, count=len(data), wanted=wanted, again=say("imaging", _AGAIN)))
    missing = wanted - len(data)
    warning = say(
        "imaging", "{which} is cut off: {missing} of {wanted} bytes are missing and shown as zero.").format(
            which=which, missing=missing, wanted=wanted)
    return data + bytes(missing), (warning,)


def _frame(obj: DicomObject, frame_number: int, samples: Samples, warnings: tuple[str, ...],
           transfer_syntax_uid: str = "", fmt: PixelFormat | None = None) -> Frame:
    fmt, scope = fmt or obj.pixel_format, obj.scope(frame_number)
    plane = read_plane(scope, frame_number)
    facts = with_frame_facts(obj.shared_facts, scope, plane)
    if transfer_syntax_uid:
        facts = replace(facts, transfer_syntax_uid=transfer_syntax_uid)
    instance = obj.elements
    ref = FrameRef(instance.text("StudyInstanceUID"), instance.text("SeriesInstanceUID"),
                   instance.text("SOPInstanceUID"), frame_number)
    warnings = (*facts.warnings, *fmt.warnings, *warnings, *((samples.warning,) if samples.warning else ()),
                *obj.warnings)
    if fmt.samples > 1 or fmt.photometric == "PALETTE COLOR":
        rgb = _colour_pixels(obj, samples, fmt)
        warnings += obj.palette().warnings if fmt.samples == 1 else ()
        rgb.setflags(write=False)
        return Frame(ref, rgb, value_range=(0.0, 255.0), plane=plane, facts=replace(facts, warnings=warnings))
    pixels = stored_grey(samples, fmt)
    pixels.setflags(write=False)
    transform = read_modality_transform(scope, fmt)
    windows, window_warnings = read_windows(scope)
    white, polarity_warnings = shows_low_values_white(obj.elements, fmt.photometric)
    padding = read_padding(obj.elements, fmt)
    may_be_negative = fmt.kind == "i" or transform.intercept < 0 or transform.slope < 0
    warnings = (*warnings, *transform.warnings, *window_warnings, *polarity_warnings)
    supplement, supplement_warnings = _supplement(obj)
    warnings = (*warnings, *supplement_warnings)
    return Frame(
        ref=ref,
        pixels=pixels,
        slope=transform.slope,
        intercept=transform.intercept,
        modality_lut=transform.lut,
        windows=windows,
        voi_luts=read_voi_luts(scope, signed=may_be_negative and transform.lut is None),
        monochrome1=white,
        padding=padding,
        value_range=modality_range(pixels, transform, padding),
        plane=plane,
        supplement=supplement,
        facts=replace(facts, unit=transform.unit, warnings=warnings, notes=read_notes(obj.elements, fmt, pixels)),
    )


def _supplement(obj: DicomObject) -> tuple[ColourTable | None, tuple[str, ...]]:
    """The colours of some stored values of a grey image (Supplemental Palette Color LUT, PS3.3 C.7.6.19)."""
    elements = obj.elements
    if elements.text("PixelPresentation") not in ("COLOR", "MIXED") or _SUPPLEMENTAL not in elements:
        return None, ()
    try:
        palette = obj.palette()
    except DamagedDicom:
        return None, (say(
            "imaging", "This image gives some of its values a colour of their own, but its palette is "
            "damaged; they are shown grey."),)
    return ColourTable(palette.first_mapped, palette.colours), ()


def _colour_pixels(obj: DicomObject, samples: Samples, fmt: PixelFormat) -> Pixels:
    if fmt.samples == 1:
        rgb = obj.palette().apply(stored_grey(samples, fmt))
    else:
        rgb = to_rgb(samples, fmt)
    return to_srgb(rgb, optical_path_profile(obj.elements))


def modality_range(pixels: Pixels, transform: ModalityTransform, padding: tuple[float, float] | None
                   ) -> tuple[float, float]:
    """Lowest and highest modality value of the pixels, padding and what is not finite left out; (0, 0) for none."""
    low, high = stored_range(pixels, padding)
    lut: LookupTable | None = transform.lut
    if lut is not None:
        first = int(np.clip(low - lut.first_mapped, 0, len(lut.values) - 1))
        last = int(np.clip(high - lut.first_mapped, 0, len(lut.values) - 1))
        part = lut.values[first : last + 1]
        return float(part.min()), float(part.max())
    a, b = low * transform.slope + transform.intercept, high * transform.slope + transform.intercept
    return (a, b) if a <= b else (b, a)


def stored_range(pixels: Pixels, padding: tuple[float, float] | None) -> tuple[float, float]:
    """Lowest and highest stored value, padding and what is not finite left out; (0, 0) for none."""
    if pixels.size == 0:
        return 0.0, 0.0
    low, high = float(pixels.min()), float(pixels.max())
    finite = np.isfinite(low) and np.isfinite(high)
    inside = padding is not None and (padding[0] <= low <= padding[1] or padding[0] <= high <= padding[1])
    if finite and not inside:
        return low, high
    keep = np.isfinite(pixels) if pixels.dtype.kind == "f" else np.ones(pixels.shape, bool)
    if padding is not None:
        keep &= (pixels < padding[0]) | (pixels > padding[1])
    kept = pixels[keep]
    return (float(kept.min()), float(kept.max())) if kept.size else (0.0, 0.0)


def _no_pixels_text(elements: Elements) -> str:
    if elements.integer("Rows") and elements.integer("Columns"):
        return say(
            "imaging", "This object describes an image, but its pixel data is missing. Fetch or export it "
            "again.")
    return say("core", NoPixelData.default_text)
