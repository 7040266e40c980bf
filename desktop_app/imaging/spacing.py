"""Spacing: what gives an image its millimetres, and in which words (PS3.3 10.7, C.8.5.5, C.8.19.6.9)."""

from __future__ import annotations

from desktop_app.core.scale import AT_DETECTOR
from desktop_app.core.scale_region import ScaleRegion
from desktop_app.core.words import figures, say, t
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.frame_scope import FrameScope

Spacing = tuple[float, float]

_MILLIMETRES_IN_CM = 10.0
_SAME = 1e-3                        # spacings that differ by less are written in other digits only
# Physical Units (PS3.3 C.8.5.5.1.15): centimetres are told in millimetres.
_UNITS = {1: "%", 2: "dB", 3: "mm", 4: "s", 5: "Hz", 6: "dB/s", 7: "cm/s", 8: "cm²", 9: "cm²/s", 10: "cm³",
          11: "cm³/s", 12: "°"}
_CENTIMETRES = 3
# Region Spatial Format (0018,6012) and Region Data Type (0018,6014), as people say them.
_FORMATS = {
    2: t("imaging", "M-mode"), 3: t("imaging", "spectrum"), 4: t("imaging", "waveform"), 5: t("imaging", "graphics")}
_LOW_PRIORITY = 1                   # Region Flags (0018,6016), bit 0: 1 is low
_CALIBRATED = {
    "GEOMETRY": t("imaging", "calibrated by the geometry of the exposure"),
    "FIDUCIAL": t("imaging", "calibrated by a marker")}


def read_spacing(scope: FrameScope) -> tuple[Spacing | None, str]:
    """(between rows, between columns) in mm and where it comes from; None where the image is not calibrated.

    A projection image is larger at the detector than its object. Where the file names the magnification (Estimated
    Radiographic Magnification Factor), it is taken out, and the source says so; where it does not, the source says that
    the size is the one at the detector. Of a slice, Pixel Spacing is in the patient whatever else is given (PS3.3
    C.7.6.2).
    """
    beam = _pair(scope.numbers("ProjectionPixelCalibrationSequence", "ObjectPixelSpacingInCenterOfBeam"))
    if beam is not None:
        return beam, say("imaging", "calibrated at the centre of the beam")
    found = _pair(scope.numbers("PixelMeasuresSequence", "PixelSpacing"))
    detector = _pair(scope.numbers("FramePixelDataPropertiesSequence", "ImagerPixelSpacing"))
    kind = scope.top.text("PixelSpacingCalibrationType").upper()
    is_slice = len(scope.numbers("PlaneOrientationSequence", "ImageOrientationPatient")) == 6
    if found is not None and (kind in _CALIBRATED or detector is None or is_slice):
        return found, say("imaging", _CALIBRATED.get(kind, t("imaging", "pixel spacing")))
    if found is not None and detector is not None and not _close(found, detector):
        return found, say("imaging", "calibrated, the file does not say how")
    if detector is not None:
        return _without_magnification(scope.top, detector)
    nominal = _pair(scope.numbers("PixelMeasuresSequence", "NominalScannedPixelSpacing"))
    if nominal is not None:
        return nominal, say("imaging", "nominal, of the scanner")
    return _of_regions(read_regions(scope.top))


def spacing_warnings(scope: FrameScope) -> tuple[str, ...]:
    """What a reader must be told of a spacing that is there and says nothing."""
    keywords = (
        ("Pixel Spacing", "PixelMeasuresSequence", "PixelSpacing"),
        ("Imager Pixel Spacing", "FramePixelDataPropertiesSequence", "ImagerPixelSpacing"),
    )
    return tuple(
        say("imaging", "{name} is {found:g}; it is ignored.").format(name=name, found=min(found[:2]))
        for name, sequence, keyword in keywords
        if (found := scope.numbers(sequence, keyword)) and min(found[:2]) <= 0
    )


def read_regions(elements: Elements) -> tuple[ScaleRegion, ...]:
    """The regions of an ultrasound image with units of their own; those that cannot be read are left out."""
    found = (_region(item) for item in elements.items("SequenceOfUltrasoundRegions"))
    return tuple(region for region in found if region is not None)


def _without_magnification(elements: Elements, detector: Spacing) -> tuple[Spacing, str]:
    factor = elements.number("EstimatedRadiographicMagnificationFactor")
    if factor is None or factor <= 0:
        return detector, say("core", AT_DETECTOR)
    if factor == 1:
        return detector, say("imaging", "{source}, magnification 1").format(source=say("core", AT_DETECTOR))
    return (detector[0] / factor, detector[1] / factor), say(
        "imaging", "magnification {factor} taken out (ERMF)").format(factor=figures(f"{factor:.4g}"))


def _region(item: Elements) -> ScaleRegion | None:
    edges = [item.integer(f"RegionLocation{edge}") for edge in ("MinX0", "MinY0", "MaxX1", "MaxY1")]
    step_x, step_y = item.number("PhysicalDeltaX"), item.number("PhysicalDeltaY")
    if any(edge is None for edge in edges) or not step_x or not step_y:
        return None
    left, top, right, bottom = (float(edge or 0) for edge in edges)
    if right < left or bottom < top:
        return None
    units = item.integer("PhysicalUnitsXDirection") or 0, item.integer("PhysicalUnitsYDirection") or 0
    factors = [_MILLIMETRES_IN_CM if unit == _CENTIMETRES else 1.0 for unit in units]
    form = item.integer("RegionSpatialFormat") or 0
    x0, y0 = item.integer("ReferencePixelX0", signed=True), item.integer("ReferencePixelY0", signed=True)
    values = item.number("ReferencePixelPhysicalValueX"), item.number("ReferencePixelPhysicalValueY")
    # The reference pixel is counted from the corner of its region (PS3.3 C.8.5.5.1.9).
    reference = (left + x0 + 0.5, top + y0 + 0.5) if x0 is not None and y0 is not None else None
    return ScaleRegion(
        left, top, right + 1, bottom + 1, step_x * factors[0], step_y * factors[1],
        _UNITS.get(units[0], ""), _UNITS.get(units[1], ""), say("imaging", _FORMATS.get(form, "")), reference,
        ((values[0] or 0.0) * factors[0], (values[1] or 0.0) * factors[1]),
        not (item.integer("RegionFlags") or 0) & _LOW_PRIORITY,
    )


def _of_regions(regions: tuple[ScaleRegion, ...]) -> tuple[Spacing | None, str]:
    """One spacing for the whole image, where every region is of the body and has the same scale."""
    if not all(region.is_spatial and not region.name for region in regions):
        return None, ""
    scales = {(round(abs(region.row_step), 6), round(abs(region.column_step), 6)) for region in regions}
    return (scales.pop(), say("core", "ultrasound region")) if len(scales) == 1 else (None, "")


def _pair(numbers: tuple[float, ...]) -> Spacing | None:
    return (numbers[0], numbers[1]) if len(numbers) >= 2 and min(numbers[:2]) > 0 else None


def _close(one: Spacing, other: Spacing) -> bool:
    return all(abs(a - b) <= _SAME * b for a, b in zip(one, other, strict=True))
