"""SUV: standardised uptake values of PET images.

By the QIBA profile's vendor-neutral way: decay-corrected activity concentration, divided by the dose that is left at
the time the image was corrected to, times body weight (or lean mass, or surface). Nothing is guessed: what is missing
is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Frame
from desktop_app.core.value_mapping import ValueMapping
from desktop_app.core.window import VoiFunction, Window
from desktop_app.core.words import say
from desktop_app.imaging.decode import DicomObject
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.quantities import mapped

# Private elements that the QIBA profile names: group, creator, number in the creator's block.
_PHILIPS_SUV_FACTOR = (0x7053, "Philips PET Private Group", 0x00)
_PHILIPS_ACTIVITY_FACTOR = (0x7053, "Philips PET Private Group", 0x09)
_GE_SCAN_TIME = (0x0009, "GEMS_PETD_01", 0x0D)
_FIRST_PRESET = 5.0
_LONGEST_UPTAKE = timedelta(hours=24)
_DATE_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?(\.\d+)?\s*([-+]\d{4})?")
_TIME = re.compile(r"(\d{2}):?(\d{2})?:?(\d{2})?(\.\d+)?")


class SuvKind(StrEnum):
    """What the uptake is normalised by."""

    BODY_WEIGHT = "SUVbw"
    LEAN_BODY_MASS = "SUVlbm"
    SURFACE_AREA = "SUVbsa"


@dataclass(frozen=True, slots=True)
class SuvScale:
    """SUV = modality value × factor."""

    factor: float
    kind: SuvKind = SuvKind.BODY_WEIGHT


def suv_scale(elements: Elements, kind: SuvKind = SuvKind.BODY_WEIGHT) -> SuvScale:
    """The factor from the modality values of a PET image to SUV. Raises DicomError that says what is missing."""
    units = elements.text("Units").upper()
    if units == "GML":                                  # SUVbw already, unless SUV Type says otherwise
        stated = elements.text("SUVType").upper() or "BW"
        if stated != "BW" or kind is not SuvKind.BODY_WEIGHT:
            return SuvScale(_same_kind(stated, kind), kind)
        return SuvScale(1.0)
    if units == "CNTS":
        return _from_counts(elements, kind)
    if units != "BQML":
        raise _refusal(f"its unit is {units}, which does not tell activity" if units else "its unit is not given")
    return SuvScale(_from_activity(elements) * _normaliser(elements, kind), kind)


def in_suv(frame: Frame, obj: DicomObject, kind: SuvKind = SuvKind.BODY_WEIGHT) -> Frame:
    """A PET frame in SUV: its modality values, windows and unit; 0 to 5 is its first window.

    Its mappings are all kinds of SUV that the data allows, and its own unit. Frames that are no PET, or whose SUV
    cannot be computed, come back in their own unit, with the reason among the warnings.
    """
    if frame.facts.modality != "PT" or frame.is_colour or frame.modality_lut is not None:
        return frame
    first = (suv_window(_FIRST_PRESET),)
    found: dict[SuvKind, ValueMapping] = {}
    refused: dict[SuvKind, str] = {}
    for each in SuvKind:
        try:
            factor = suv_scale(obj.elements, each).factor
        except DicomError as error:
            refused[each] = error.user_text
        else:
            found[each] = ValueMapping(str(each), str(each), frame.slope * factor, frame.intercept * factor, first)
    warnings = (*frame.facts.warnings, refused[kind]) if kind in refused else frame.facts.warnings
    unit = frame.facts.unit
    own = () if unit in found else (ValueMapping(unit, unit, frame.slope, frame.intercept, is_rescale=True),)
    base = replace(frame, mappings=(*found.values(), *own), facts=replace(frame.facts, warnings=warnings))
    return mapped(base, str(kind)) if kind in found else replace(base, mapped_by=unit)


def suv_window(top: float) -> Window:
    """The window 0 … `top`."""
    return Window(top / 2, top, VoiFunction.LINEAR_EXACT, f"SUV 0–{top:g}")


def _from_counts(elements: Elements, kind: SuvKind) -> SuvScale:
    """Philips: a factor to SUVbw, or else one to Bq/ml, in private elements."""
    to_suv = elements.number(elements.private(*_PHILIPS_SUV_FACTOR))
    if to_suv and to_suv > 0 and kind is SuvKind.BODY_WEIGHT:
        return SuvScale(to_suv)
    to_activity = elements.number(elements.private(*_PHILIPS_ACTIVITY_FACTOR))
    if not to_activity or to_activity <= 0:
        raise _refusal("its unit is counts, and the factor to activity is missing")
    return SuvScale(to_activity * _from_activity(elements) * _normaliser(elements, kind), kind)


def _from_activity(elements: Elements) -> float:
    """1 / dose left, in 1/Bq."""
    corrected = {text.upper() for text in elements.texts("CorrectedImage")}
    if not {"ATTN", "DECY"} <= corrected:
        raise _refusal("it is not corrected for attenuation and decay")
    drug = elements.item("RadiopharmaceuticalInformationSequence")
    if drug is None:
        raise _refusal("the radiopharmaceutical is not described")
    dose = drug.number("RadionuclideTotalDose")
    if not dose or dose <= 0:
        raise _refusal("the injected dose is missing")
    if dose < 1e5:                                      # MBq by mistake: no patient gets 0.1 MBq of a PET tracer
        raise _refusal(f"the injected dose of {dose:g} Bq cannot be right")
    correction = elements.text("DecayCorrection").upper()
    if correction == "ADMIN":
        return 1.0 / dose
    if correction != "START":
        raise _refusal("the time its decay was corrected to is not given")
    half_life = drug.number("RadionuclideHalfLife")
    if not half_life or half_life <= 0:
        raise _refusal("the half-life is missing")
    uptake = _scan_start(elements) - _injection(elements, drug)
    if not timedelta(0) <= uptake <= _LONGEST_UPTAKE:
        raise _refusal("the times of injection and scan contradict each other")
    return 1.0 / (dose * math.pow(2.0, -uptake.total_seconds() / half_life))


def _scan_start(elements: Elements) -> datetime:
    """Series time, or GE's own scan time where the series was written after its acquisition began."""
    series = _moment(elements.text("SeriesDate"), elements.text("SeriesTime"))
    acquired = _moment(elements.text("AcquisitionDate"), elements.text("AcquisitionTime"))
    private = _date_time(elements.text(elements.private(*_GE_SCAN_TIME)), "")
    if series is not None and (acquired is None or series <= acquired):
        return series
    if private is not None:
        return private
    raise _refusal("the start of the scan is not given" if series is None else
                   "the series time is later than the acquisition, so that the start of the scan is not known")


def _injection(elements: Elements, drug: Elements) -> datetime:
    stamped = _date_time(drug.text("RadiopharmaceuticalStartDateTime"), elements.text("TimezoneOffsetFromUTC"))
    if stamped is not None:
        return stamped
    start = _scan_start(elements)
    moment = _moment(start.strftime("%Y%m%d"), drug.text("RadiopharmaceuticalStartTime"))
    if moment is None:
        raise _refusal("the time of injection is missing")
    return moment - timedelta(days=1) if moment > start else moment     # injected before midnight


def _normaliser(elements: Elements, kind: SuvKind) -> float:
    """Grams (or cm² of surface) that the dose spreads over."""
    weight = elements.number("PatientWeight")
    if not weight or weight <= 0:
        raise _refusal("the patient's weight is missing")
    return _NORMALISERS[kind](elements, weight)


def _lean(elements: Elements, weight: float) -> float:
    """Janmahasatian (2005), as PS3.16 CID 85 names it."""
    index = weight / _height(elements) ** 2
    sex = elements.text("PatientSex").upper()
    if sex not in ("M", "F"):
        raise _refusal("the patient's sex is missing")
    return 1000.0 * 9270.0 * weight / (6680.0 + 216.0 * index if sex == "M" else 8780.0 + 244.0 * index)


def _surface(elements: Elements, weight: float) -> float:
    """Du Bois; in cm²."""
    return 1e4 * 0.007184 * weight ** 0.425 * (100.0 * _height(elements)) ** 0.725


def _height(elements: Elements) -> float:
    height = elements.number("PatientSize")
    if not height or height <= 0:
        raise _refusal("the patient's height is missing")
    return height


_NORMALISERS: dict[SuvKind, Callable[[Elements, float], float]] = {
    SuvKind.BODY_WEIGHT: lambda _, weight: 1000.0 * weight,
    SuvKind.LEAN_BODY_MASS: _lean,
    SuvKind.SURFACE_AREA: _surface,
}
_STATED = {"BW": SuvKind.BODY_WEIGHT, "LBM": SuvKind.LEAN_BODY_MASS, "LBMJANMA": SuvKind.LEAN_BODY_MASS,
           "BSA": SuvKind.SURFACE_AREA}


def _same_kind(stated: str, kind: SuvKind) -> float:
    if _STATED.get(stated) is kind:
        return 1.0
    raise _refusal(f"its values are normalised another way ({stated}) already")


def _refusal(reason: str) -> DicomError:
    return DicomError(say("imaging", "SUV cannot be computed for this image: {reason}.").format(reason=reason))


def _moment(date: str, time: str) -> datetime | None:
    match = _TIME.match(time)
    return _date_time(date.replace(".", "") + "".join((g or "00") for g in match.groups()[:3])
                      + (match.group(4) or ""), "") if match and date else None


def _date_time(text: str, local_offset: str) -> datetime | None:
    """DT as a naive local moment (told as UTC). An offset in the text counts only where the local one is known."""
    match = _DATE_TIME.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
                          tzinfo=UTC)
    except ValueError:
        return None
    moment += timedelta(seconds=float(fraction or 0))
    if offset and re.fullmatch(r"[-+]\d{4}", local_offset):
        moment += _offset(local_offset) - _offset(offset)
    return moment


def _offset(text: str) -> timedelta:
    minutes = int(text[1:3]) * 60 + int(text[3:5])
    return timedelta(minutes=-minutes if text[0] == "-" else minutes)
