"""Facts: what a dataset says about its frames besides their stored values.

`read_object_facts` reads what all frames share, once; what a frame may say itself is looked up in its `FrameScope`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desktop_app.core.display_set import Stack
from desktop_app.core.frame import ImageFacts, LookupTable, Pixels
from desktop_app.core.geometry import ImagePlane, Vector, dot, orientation_letters, unit
from desktop_app.core.person_name import PersonName
from desktop_app.core.window import VoiFunction, Window
from desktop_app.core.words import figures, say
from desktop_app.imaging.elements import Elements, parse_number
from desktop_app.imaging.frame_scope import FrameScope
from desktop_app.imaging.pixel_format import PixelFormat
from desktop_app.imaging.spacing import read_regions, read_spacing, spacing_warnings
from desktop_app.imaging.study_values import date, time
from desktop_app.imaging.tiles import read_tiles

_X_RAY = frozenset(f"1.2.840.10008.5.1.4.1.1.12.{n}" for n in (1, 2, 3))       # angiography, fluoroscopy, biplane
RT_DOSE = "1.2.840.10008.5.1.4.1.1.481.2"
_LOSSY_ALWAYS = frozenset({"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.53",
                           "1.2.840.10008.1.2.4.55", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.111"})
# PET Units (0054,1001), PS3.3 C.8.9.1.1.3, and Rescale Type (0028,1054), as people write them.
_PET_UNITS = {"BQML": "Bq/ml", "CNTS": "counts", "GML": "SUVbw", "CM2ML": "SUVbsa", "PROPCNTS": "prop. counts",
              "PROPCPS": "prop. counts/s", "CPS": "counts/s", "NONE": "", "PCNT": "%"}
_SUV_TYPES = {"BSA": "SUVbsa", "BW": "SUVbw", "LBM": "SUVlbm", "LBMJANMA": "SUVlbm", "LBMJAMES128": "SUVlbm",
              "IBW": "SUVibw"}
_RESCALE_UNITS = {"HU": "HU", "OD": "10⁻³ OD", "HU_MOD": "modified HU", "US": "", "MGML": "mg/ml", "PCT": "%",
                  "ED": "10²³ e⁻/ml", "Z_EFF": "Z eff."}


@dataclass(frozen=True, slots=True)
class ModalityTransform:
    """Stored value → modality value: a line, or a table (PS3.3 C.11.1), and the unit of the result."""

    slope: float = 1.0
    intercept: float = 0.0
    lut: LookupTable | None = None
    unit: str = ""
    warnings: tuple[str, ...] = ()


def read_object_facts(
    elements: Elements, transfer_syntax_uid: str, frame_stacks: tuple[Stack, ...] = ()
) -> ImageFacts:
    """The facts that all frames of an object share; `frame_stacks` from `read_frame_stacks`."""
    return ImageFacts(
        patient_name=PersonName.parse(elements.text("PatientName")).display,
        patient_id=elements.text("PatientID"),
        patient_birth_date=date(elements.text("PatientBirthDate")),
        patient_sex=elements.text("PatientSex"),
        patient_age=elements.text("PatientAge"),
        institution=elements.text("InstitutionName"),
        study_description=elements.text("StudyDescription"),
        study_date=date(elements.text("StudyDate")),
        study_time=time(elements.text("StudyTime")),
        accession_number=elements.text("AccessionNumber"),
        series_number=elements.integer("SeriesNumber"),
        series_description=elements.text("SeriesDescription"),
        modality=elements.text("Modality"),
        body_part=elements.text("BodyPartExamined"),
        laterality=elements.text("ImageLaterality") or elements.text("Laterality"),
        contrast=elements.text("ContrastBolusAgent"),
        patient_orientation=elements.texts("PatientOrientation"),
        frame_time_ms=_frame_time(elements),
        tiles=read_tiles(elements),
        frame_stacks=frame_stacks,
        lossy=_lossy(elements, transfer_syntax_uid),
        frame_of_reference_uid=elements.text("FrameOfReferenceUID"),
        sop_class_uid=elements.text("SOPClassUID"),
        transfer_syntax_uid=transfer_syntax_uid,
    )


def with_frame_facts(facts: ImageFacts, scope: FrameScope, plane: ImagePlane | None) -> ImageFacts:
    """The shared facts with those of one frame."""
    spacing, source = read_spacing(scope)
    thickness = scope.numbers("PixelMeasuresSequence", "SliceThickness")
    location = scope.top.number("SliceLocation")
    orientation = facts.patient_orientation
    if not orientation:
        orientation = _orientation_of(scope)
    return replace(
        facts,
        spacing_mm=spacing,
        spacing_source=source,
        regions=read_regions(scope.top),
        warnings=(*facts.warnings, *spacing_warnings(scope)),
        pixel_aspect_ratio=_aspect_ratio(scope.top, spacing),
        rescale_origin=scope.origin("PixelValueTransformationSequence", "RescaleSlope", "ModalityLUTSequence"),
        window_origin=scope.origin("FrameVOILUTSequence", "WindowCenter", "VOILUTSequence"),
        slice_thickness_mm=thickness[0] if thickness else None,
        slice_location_mm=location if location is not None or plane is None else round(plane.location_mm, 3),
        patient_orientation=orientation,
    )


def read_plane(scope: FrameScope, frame_number: int) -> ImagePlane | None:
    """The plane of a frame, None where position, orientation or a spacing in the patient is not given."""
    position = scope.numbers("PlanePositionSequence", "ImagePositionPatient")
    orientation = scope.numbers("PlaneOrientationSequence", "ImageOrientationPatient")
    spacing = scope.numbers("PixelMeasuresSequence", "PixelSpacing")
    if len(position) != 3 or len(orientation) != 6 or len(spacing) < 2 or min(spacing[:2]) <= 0:
        return None
    try:
        row, column = unit(_vector(orientation[:3])), unit(_vector(orientation[3:]))
    except ValueError:
        return None
    if abs(dot(row, column)) > 0.05:                    # no plane at all
        return None
    plane = ImagePlane(_vector(position), row, column, spacing[0], spacing[1])
    offset = _grid_offset(scope.top, frame_number)
    if not offset:
        return plane
    moved = tuple(p + offset * n for p, n in zip(plane.position, plane.normal, strict=True))
    return replace(plane, position=_vector(moved))


def read_modality_transform(scope: FrameScope, fmt: PixelFormat) -> ModalityTransform:
    """Modality LUT or rescale of a frame. A slope of zero is no slope: the stored values are shown, with a warning."""
    top = scope.top
    modality = top.text("Modality")
    if modality == "RTDOSE" or top.text("SOPClassUID") == RT_DOSE:
        scaling = top.number("DoseGridScaling") or 0.0
        units = {"GY": "Gy", "RELATIVE": "relative"}.get(top.text("DoseUnits").upper(), "")
        if scaling > 0:
            return ModalityTransform(scaling, 0.0, None, units)
    for macro in scope.macros("PixelValueTransformationSequence") if not _leads_away_from_display(top) else ():
        lut = _first_lut(macro, "ModalityLUTSequence", signed=fmt.kind == "i")
        if lut is not None:
            item = macro.item("ModalityLUTSequence")
            kind = item.text("ModalityLUTType") if item is not None else ""
            return ModalityTransform(lut=lut, unit=_RESCALE_UNITS.get(kind.upper(), kind))
    slopes = scope.numbers("PixelValueTransformationSequence", "RescaleSlope")
    intercepts = scope.numbers("PixelValueTransformationSequence", "RescaleIntercept")
    kinds = scope.texts("PixelValueTransformationSequence", "RescaleType")
    slope, intercept = slopes[0] if slopes else 1.0, intercepts[0] if intercepts else 0.0
    warnings: tuple[str, ...] = ()
    if slope == 0:
        slope, warnings = 1.0, (say("imaging", "Rescale Slope is 0; it is ignored."),)
    return ModalityTransform(slope, intercept, None, _unit(top, kinds, rescaled=bool(slopes)), warnings)


def _leads_away_from_display(top: Elements) -> bool:
    """Whether the Modality LUT Sequence of an X-ray image is for calculations: from pixels made to be looked at back to
    intensities (PS3.3 C.8.7.1.1.2, PS3.4 N.2.1.2)."""
    return (top.text("SOPClassUID") in _X_RAY and "ModalityLUTSequence" in top
            and top.text("PixelIntensityRelationship").upper() in ("LOG", "DISP"))


def read_windows(scope: FrameScope) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """The windows of a frame, in the order of the file, and what was wrong with those left out."""
    for macro in scope.macros("FrameVOILUTSequence"):
        centers, widths = _aligned(macro, "WindowCenter"), _aligned(macro, "WindowWidth")
        if not centers or not widths:
            continue
        function = _function(macro.text("VOILUTFunction"))
        explanations = macro.texts("WindowCenterWidthExplanation")
        windows: list[Window] = []
        warnings: list[str] = []
        for index, (center, width) in enumerate(zip(centers, widths, strict=False)):
            if center is None or width is None:
                continue
            if width <= 0:
                warnings.append(say(
                    "imaging", "A window with the width {width:g} is left out.").format(width=width))
                continue
            explanation = explanations[index] if index < len(explanations) else ""
            windows.append(Window(center, width, function, explanation))
        if windows or warnings:
            return tuple(windows), tuple(warnings)
    return (), ()


def read_voi_luts(scope: FrameScope, *, signed: bool) -> tuple[LookupTable, ...]:
    """The VOI LUTs of a frame (PS3.3 C.11.2.1.1); those that cannot be read are left out."""
    for macro in scope.macros("FrameVOILUTSequence"):
        luts = tuple(lut for item in macro.items("VOILUTSequence") if (lut := _lut(item, signed=signed)) is not None)
        if luts:
            return luts
    return ()


def read_padding(elements: Elements, fmt: PixelFormat) -> tuple[float, float] | None:
    """Pixel Padding Value and Range Limit (PS3.3 C.7.5.1.1.2) as a range of stored values, low … high."""
    if fmt.kind == "f":
        keyword, limit = (("FloatPixelPaddingValue", "FloatPixelPaddingRangeLimit") if fmt.bits_allocated == 32 else
                          ("DoubleFloatPixelPaddingValue", "DoubleFloatPixelPaddingRangeLimit"))
        first, last = elements.number(keyword), elements.number(limit)
        return None if first is None else _ordered(first, first if last is None else last)
    signed = fmt.kind == "i"
    value = elements.integer("PixelPaddingValue", signed=signed)
    if value is None:
        return None
    end = elements.integer("PixelPaddingRangeLimit", signed=signed)
    first = _as_stored(value, fmt)
    return _ordered(first, first if end is None else _as_stored(end, fmt))


def shows_low_values_white(elements: Elements, photometric: str) -> tuple[bool, tuple[str, ...]]:
    """Polarity: MONOCHROME1 and Presentation LUT Shape INVERSE mean the same, and together still invert once.

    (PS3.3 C.7.6.3.1.2, C.11.6; where they contradict each other, the shape, which is the more specific one, decides.)
    """
    shape = elements.text("PresentationLUTShape").upper()
    by_photometric = photometric == "MONOCHROME1"
    if shape not in ("IDENTITY", "INVERSE"):
        return by_photometric, ()
    by_shape = shape == "INVERSE"
    if by_shape == by_photometric:
        return by_shape, ()
    return by_shape, (say(
        "imaging", "{photometric} and Presentation LUT Shape {shape} contradict each other; the shape is "
        "followed.").format(photometric=photometric, shape=shape),)


def read_notes(elements: Elements, fmt: PixelFormat, pixels: Pixels) -> tuple[str, ...]:
    """`ImageFacts.notes` of a grey frame."""
    if fmt.kind == "f":
        none = int(np.count_nonzero(~np.isfinite(pixels)))
        told = say(
            "imaging", "{none} of {size} pixels hold no finite number; those that are none are black.").format(
                none=none, size=pixels.size)
        return (told,) if none else ()
    if _leads_away_from_display(elements):
        return (say(
            "imaging", "The Modality LUT (0028,3000) leads from this X-ray image back to intensities; it is not for "
            "display and is left out."),)
    if fmt.photometric == "MONOCHROME1" and elements.text("PresentationLUTShape").upper() == "INVERSE":
        return (say(
            "imaging", "MONOCHROME1 and Presentation LUT Shape INVERSE (2050,0020) say the same: it is "
            "inverted once."),)
    return ()


def _unit(top: Elements, kinds: tuple[str, ...], *, rescaled: bool) -> str:
    modality = top.text("Modality")
    if modality == "PT":
        units = top.text("Units").upper()
        kind = top.text("SUVType").upper()
        if units == "GML" and kind:
            return _SUV_TYPES.get(kind, "SUV")
        return _PET_UNITS.get(units, units.lower())
    if kinds:
        return _RESCALE_UNITS.get(kinds[0].upper(), kinds[0])
    image_type = top.texts("ImageType")
    return "HU" if modality == "CT" and rescaled and "LOCALIZER" not in image_type[2:3] else ""


def _first_lut(macro: Elements, sequence: str, *, signed: bool) -> LookupTable | None:
    item = macro.item(sequence)
    return _lut(item, signed=signed) if item is not None else None


def _lut(item: Elements, *, signed: bool) -> LookupTable | None:
    descriptor = item.numbers("LUTDescriptor", signed=signed)
    return LookupTable.of(descriptor, item.raw("LUTData"), item.text("LUTExplanation"))


def _function(text: str) -> VoiFunction:
    return VoiFunction(text.upper()) if text.upper() in set(VoiFunction) else VoiFunction.LINEAR


def _aligned(macro: Elements, keyword: str) -> list[float | None]:
    """Numbers with the gaps kept, so that the second centre stays with the second width."""
    return [parse_number(text) for text in macro.texts(keyword)]


def _lossy(elements: Elements, transfer_syntax_uid: str) -> str:
    if elements.text("LossyImageCompression") != "01" and transfer_syntax_uid not in _LOSSY_ALWAYS:
        return ""
    ratios = elements.numbers("LossyImageCompressionRatio")
    if not ratios or ratios[-1] <= 1:
        return say("imaging", "lossy")
    return say("imaging", "lossy {ratio}:1").format(ratio=figures(f"{ratios[-1]:.3g}"))


def _frame_time(elements: Elements) -> float | None:
    single = elements.number("FrameTime")
    if single and single > 0:
        return single
    steps = [step for step in elements.numbers("FrameTimeVector") if step > 0]
    if steps:
        return sum(steps) / len(steps)
    rate = elements.number("CineRate") or elements.number("RecommendedDisplayFrameRate")
    return 1000.0 / rate if rate and rate > 0 else None


def _aspect_ratio(elements: Elements, spacing: tuple[float, float] | None) -> float:
    if spacing is not None:
        return spacing[0] / spacing[1]
    ratio = elements.numbers("PixelAspectRatio")
    return ratio[0] / ratio[1] if len(ratio) >= 2 and min(ratio[:2]) > 0 else 1.0


def _grid_offset(elements: Elements, frame_number: int) -> float:
    """Of a multi-frame dose, whose planes are offset along the normal (PS3.3 C.8.8.3.2)."""
    if elements.text("SOPClassUID") != RT_DOSE:
        return 0.0
    offsets = elements.numbers("GridFrameOffsetVector")
    if frame_number > len(offsets):
        return 0.0
    return offsets[frame_number - 1] - (offsets[0] if offsets[0] else 0.0)


def _orientation_of(scope: FrameScope) -> tuple[str, ...]:
    cosines = scope.numbers("PlaneOrientationSequence", "ImageOrientationPatient")
    if len(cosines) != 6:
        return ()
    return orientation_letters(_vector(cosines[:3])), orientation_letters(_vector(cosines[3:]))


def _vector(numbers: tuple[float, ...]) -> Vector:
    return float(numbers[0]), float(numbers[1]), float(numbers[2])


def _as_stored(value: int, fmt: PixelFormat) -> float:
    """Writers mix the signs up: 63536 in a signed 16-bit image means -2000."""
    bits = fmt.dtype.itemsize * 8
    value &= (1 << bits) - 1
    if fmt.kind == "i" and value >= 1 << (bits - 1):
        value -= 1 << bits
    return float(value)


def _ordered(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a <= b else (b, a)
