"""What stands in the corners of an image: the lines of the IHE Basic Image Review profile, from a viewport's state.

Everything here is a function of values, so that each line can be tested without a screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.dates import date_text, time_text
from desktop_app.core.frame import Frame, ImageFacts
from desktop_app.core.geometry import opposite_letters, orientation_letters
from desktop_app.core.person_name import PersonName
from desktop_app.core.scale import AT_DETECTOR
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.words import figures, say, t
from desktop_app.imaging.colour_maps import GREY_MAP
from desktop_app.imaging.luts import initial_window
from desktop_app.viewmodels.stack_words import check_texts
from desktop_app.viewmodels.viewport import OverlayMode

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.window import Window

_AGE_UNITS = {"D": t("corner", "d"), "W": t("corner", "wk"), "M": t("corner", "mo"), "Y": t("corner", "y")}
_SIDES = {"L": t("corner", "left"), "R": t("corner", "right"), "B": t("corner", "both sides")}
_AXES = ("x", "y", "z")
_NEARLY_PARALLEL = 0.985  # cos 10°: closer to an axis than this, the place is named by that axis
_BODY_LETTERS = frozenset("APRLHF")


@dataclass(frozen=True, slots=True)
class CornerLine:
    """One line. A higher `importance` stays longer when room is short.

    `short` is what may stand instead where `text` is too wide. Only lines that `may_elide` are ever cut: half a number
    would be a wrong number.
    """

    text: str
    importance: int
    tone: str = ""  # "", "caution" or "good"
    short: str = ""
    may_elide: bool = False


@dataclass(frozen=True, slots=True)
class CornerTexts:
    """The lines of the four corners, top to bottom, and the letters at the middle of the edges."""

    top_left: tuple[CornerLine, ...] = ()
    top_right: tuple[CornerLine, ...] = ()
    bottom_left: tuple[CornerLine, ...] = ()
    bottom_right: tuple[CornerLine, ...] = ()
    top: str = ""
    bottom: str = ""
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class EdgeLetters:
    """Where the edges of the viewport lie in the patient: `A`, `PL` …; empty when unknown."""

    top: str = ""
    bottom: str = ""
    left: str = ""
    right: str = ""


class Viewed(Protocol):
    """What is read of a viewport's model."""

    @property
    def display_set(self) -> DisplaySet | None: ...
    @property
    def state(self) -> ViewState: ...
    @property
    def frame(self) -> Frame | None: ...
    @property
    def error(self) -> object | None: ...
    @property
    def loaded(self) -> bytes: ...
    @property
    def expected(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def hover_text(self) -> str: ...
    @property
    def text_mode(self) -> OverlayMode: ...
    @property
    def film_text(self) -> str: ...


def corner_texts(
    view: Viewed, *, shown: Frame | None = None, scale: float = 0.0, known: Frame | None = None,
    points_per_mm: float = 0.0,
) -> CornerTexts:
    """The lines and letters for a viewport.

    `shown` is the frame whose pixels are on the screen: while the next image loads it is an earlier one of the same
    display set, which then still answers for patient, study and series, but for nothing that belongs to one image.
    `known` answers for those while no pixels are on the screen at all. `scale` is screen pixels for one image column,
    0 when nothing is shown; `points_per_mm` is the screen's, 0 when that does not say.
    """
    display_set = view.display_set
    if view.text_mode is OverlayMode.NONE or display_set is None:
        return CornerTexts()
    names = view.text_mode is OverlayMode.ALL
    shown = view.frame or shown
    source = shown or known
    facts = source.facts if source is not None else ImageFacts()
    letters = edge_letters(shown, view.state) if shown is not None else EdgeLetters()
    return CornerTexts(
        top_left=_patient(facts, names=names),
        top_right=_study(facts, names=names),
        bottom_left=_image(view, shown, scale, points_per_mm),
        bottom_right=_series(view, display_set, facts),
        **{field.name: getattr(letters, field.name) for field in fields(letters)},
    )


def shows_voi_lut(frame: Frame, state: ViewState) -> bool:
    """Whether the image is shown through its own VOI LUT (PS3.3 C.11.2.1.1): it has one, and no window of any kind."""
    return state.window is None and frame.opens_by_voi_lut


def shown_window(frame: Frame, state: ViewState) -> Window:
    """The window in effect for the frame on the screen: the user's, else the frame's own first."""
    return state.window if state.window is not None else initial_window(frame)


def edge_letters(frame: Frame, state: ViewState) -> EdgeLetters:
    """Letters for the edges of the viewport, after flips and turns.

    From the plane of the image (PS3.3 C.7.6.2), else from Patient Orientation (0020,0020), else none.
    """
    along_row, along_column = _directions(frame)
    if not along_row and not along_column:
        return EdgeLetters()
    if state.tilt:
        return _slanting_letters(frame, state)
    unturned = ViewTransform.of(state, (1, 1), (1.0, 1.0))
    found = {}
    for letters, direction in ((along_row, (1.0, 0.0)), (along_column, (0.0, 1.0))):
        x, y = unturned.direction_to_view(*direction)
        far, near = ("right", "left") if abs(x) > abs(y) else ("bottom", "top")
        if (x if abs(x) > abs(y) else y) < 0:
            far, near = near, far
        found[far], found[near] = letters, _opposite(letters)
    return EdgeLetters(**found)


def _slanting_letters(frame: Frame, state: ViewState) -> EdgeLetters:
    """In a picture that lies aslant: from its plane. The letters of a projection say nothing between two of them."""
    if frame.plane is None:
        return EdgeLetters()
    aspect = frame.facts.pixel_aspect_ratio
    transform = ViewTransform.of(state, (1, 1), (1.0, 1.0), aspect)
    origin, found = transform.to_image(0.0, 0.0), []
    for step in ((1.0, 0.0), (0.0, 1.0)):
        column, row = transform.to_image(*step)
        across, down = column - origin[0], (row - origin[1]) * aspect
        length = math.hypot(across, down)
        x, y, z = (
            (r * across + c * down) / length
            for r, c in zip(frame.plane.row_direction, frame.plane.column_direction, strict=True)
        )
        found.append(orientation_letters((x, y, z)))
    right, bottom = found
    return EdgeLetters(opposite_letters(bottom), bottom, opposite_letters(right), right)


def _directions(frame: Frame) -> tuple[str, str]:
    """Letters towards higher columns and towards higher rows."""
    if frame.plane is not None:
        return orientation_letters(frame.plane.row_direction), orientation_letters(frame.plane.column_direction)
    given = frame.facts.patient_orientation
    return (given[0].strip().upper(), given[1].strip().upper()) if len(given) == 2 else ("", "")


def _opposite(letters: str) -> str:
    # Animals have codes of several letters (LE, RT, CD: PS3.3 C.7.6.1.1.1) whose opposite cannot be told by letter.
    return opposite_letters(letters) if set(letters) <= _BODY_LETTERS else ""


def _patient(facts: ImageFacts, *, names: bool) -> tuple[CornerLine, ...]:
    lines = []
    name = PersonName.parse(facts.patient_name).display
    if names and name:
        lines.append(CornerLine(name, 95, may_elide=True))
    if names and facts.patient_id:
        lines.append(CornerLine(say("corner", "ID {id}").format(id=facts.patient_id), 80, may_elide=True))
    age = age_text(facts.patient_age) or _age_between(facts.patient_birth_date, facts.study_date)
    parts = [facts.patient_sex, age]
    short = _joined(*parts)
    if names and facts.patient_birth_date:
        parts.append(say("corner", "born {date}").format(date=date_text(facts.patient_birth_date)))
    if any(parts):
        lines.append(CornerLine(_joined(*parts), 50, short=short))
    return tuple(lines)


def _study(facts: ImageFacts, *, names: bool) -> tuple[CornerLine, ...]:
    lines = []
    if facts.institution:
        lines.append(CornerLine(facts.institution, 10, may_elide=True))
    if facts.study_description:
        lines.append(CornerLine(facts.study_description, 40, may_elide=True))
    if facts.study_date:
        date = date_text(facts.study_date)
        lines.append(CornerLine(f"{date} {time_text(facts.study_time)}".strip(), 85, short=date))
    if names and facts.accession_number:
        text = say("corner", "Acc {number}").format(number=facts.accession_number)
        lines.append(CornerLine(text, 20, may_elide=True))
    return tuple(lines)


def _image(view: Viewed, shown: Frame | None, scale: float, points_per_mm: float) -> tuple[CornerLine, ...]:
    display_set = view.display_set
    assert display_set is not None
    count = max(view.expected, len(display_set.frames))
    lines = []
    if count and display_set.is_image:
        number = min(view.state.index, count - 1) + 1
        multi_frame = len({ref.sop_instance_uid for ref in display_set.frames}) == 1 and len(display_set.frames) > 1
        in_file = ""
        if multi_frame and any(ref.frame_number != at for at, ref in enumerate(display_set.frames, start=1)):
            in_file = say("corner", "frame {number}").format(number=display_set.frames[number - 1].frame_number)
        word = say("corner", "Frame") if multi_frame and not in_file else say("corner", "Image")
        place = f"{number} / {count}"
        if view.frame is None and view.error is None:
            text = say("corner", "Loading {what} {place} …").format(what=word.lower(), place=place)
            lines.append(CornerLine(text, 100, "caution", short=f"… {number}/{count}"))
        else:
            text = _joined(f"{word} {place}", in_file, view.film_text)
            lines.append(CornerLine(text, 100, short=f"{number}/{count}"))
    if shown is not None:
        zoom = say("corner", "zoom {factor}×").format(factor=_factor(scale)) if scale > 0 else ""
        spacing = shown.facts.spacing_mm
        if zoom and points_per_mm and spacing is not None:
            life = _factor(scale / (spacing[1] * points_per_mm))
            zoom = _joined(zoom, say("corner", "{factor}× life size").format(factor=life))
        if view.state.tilt:
            turned = number_text(_angle(view.state), 0)
            zoom = _joined(zoom, say("corner", "turned {degrees}°").format(degrees=turned))
        grey = "" if shown.is_colour else _window_text(view, shown)
        if grey or zoom:
            lines.append(CornerLine(_joined(grey, zoom), 90, short=grey or zoom))
    if view.hover_text and view.frame is not None:
        lines.append(CornerLine(_true_minus(view.hover_text), 60))
    return tuple(lines)


def _angle(state: ViewState) -> float:
    """How far the picture is turned clockwise, from -180 to 180 degrees."""
    return (90.0 * state.rotation + state.tilt + 180.0) % 360.0 - 180.0


def _window_text(view: Viewed, shown: Frame) -> str:
    coloured = say("corner", view.state.colour_map) if view.state.colour_map != GREY_MAP else ""
    if shows_voi_lut(shown, view.state):
        return _joined(shown.voi_luts[0].explanation or say("corner", "VOI LUT"), coloured)
    window = shown_window(shown, view.state)
    unit = shown.facts.unit if len(shown.mappings) > 1 else ""          # where it is a choice
    return _joined(f"W {number_text(window.width)} L {number_text(window.center)} {unit}".rstrip(), coloured)


def _series(view: Viewed, display_set: DisplaySet, facts: ImageFacts) -> tuple[CornerLine, ...]:
    series = display_set.series
    lines = []
    number = facts.series_number if facts.series_number is not None else series.number
    described = facts.series_description or series.description
    name = described or facts.body_part or series.body_part or series.modality
    title = " ".join(part for part in (f"S{number}" if number is not None else "", name) if part)
    if title:
        lines.append(CornerLine(title, 75, may_elide=True))
    side = say("corner", _SIDES.get(facts.laterality or series.laterality, ""))
    contrast = say("corner", "contrast {agent}").format(agent=facts.contrast) if facts.contrast else ""
    shown_as = _joined(side, display_set.view.view_position)          # "right · CC"
    if shown_as or contrast:
        lines.append(CornerLine(_joined(shown_as, contrast), 70 if shown_as else 15, short=shown_as,
                                may_elide=not shown_as))
    if display_set.split_reason and not shown_as:               # else four times of one series look the same
        lines.append(CornerLine(display_set.split_reason, 72, may_elide=True))
    lines.extend(_this_image(view.frame))
    lines.extend(_completeness(view, display_set))
    return tuple(lines)


def _this_image(frame: Frame | None) -> list[CornerLine]:
    """What belongs to one image, and is therefore not told while another one's pixels stand in its place."""
    if frame is None:
        return []
    facts = frame.facts
    lines = []
    place = _place(frame)
    thickness = figures(f"{facts.slice_thickness_mm:.1f} mm") if facts.slice_thickness_mm else ""
    if place or thickness:
        lines.append(CornerLine(_joined(thickness, place), 65, short=place))
    if facts.lossy:
        lines.append(CornerLine(facts.lossy, 72))
    if facts.spacing_mm is None:
        lines.append(CornerLine(say("corner", "not calibrated"), 55))
    elif facts.spacing_source.startswith(say("core", AT_DETECTOR)):
        lines.append(CornerLine(say("corner", "size at detector"), 55))
    lines.extend(CornerLine(warning, 74, "caution", may_elide=True) for warning in facts.warnings[:2])
    return lines


def _completeness(view: Viewed, display_set: DisplaySet) -> list[CornerLine]:
    found = check_texts(display_set.check)
    return [*_loaded(view, display_set), *(CornerLine(text, 91, "caution", may_elide=True) for text in found)]


def _loaded(view: Viewed, display_set: DisplaySet) -> list[CornerLine]:
    expected = max(view.expected, len(display_set.frames))
    here = view.loaded.count(1)
    if view.failed:
        text = say("corner", "{here} of {expected} · {failed} failed").format(
            here=here, expected=expected, failed=view.failed)
        return [CornerLine(text, 92, "caution", short=f"{here}/{expected}")]
    if here < expected:
        text = say("corner", "{here} of {expected} loaded").format(here=here, expected=expected)
        return [CornerLine(text, 88, "caution", short=f"{here}/{expected}")]
    if expected > 1:
        sound = display_set.check.missing == 0
        mark = " ✓" if sound else ""
        text = say("corner", "{here} of {expected}").format(here=here, expected=expected) + mark
        return [CornerLine(text, 68, "good" if sound else "", short=f"{here}/{expected}{mark}")]
    return []


def _place(frame: Frame) -> str:
    """Where the slice lies: along the patient axis it is perpendicular to, else along its own normal."""
    plane = frame.plane
    if plane is not None:
        for axis, position, share in zip(_AXES, plane.position, plane.normal, strict=True):
            if abs(share) > _NEARLY_PARALLEL:
                return f"{axis} {number_text(position, 1)}"
        return say("corner", "place {mm}").format(mm=number_text(plane.location_mm, 1))
    if frame.facts.slice_location_mm is not None:
        return say("corner", "place {mm}").format(mm=number_text(frame.facts.slice_location_mm, 1))
    return ""


def age_text(age: str) -> str:
    """An AS value (`055Y`) as `55 y`; empty when it is none."""
    value, unit = age[:-1].strip(), age[-1:].upper()
    return f"{int(value)} " + say("corner", _AGE_UNITS[unit]) if value.isdigit() and unit in _AGE_UNITS else ""


def number_text(value: float, decimals: int | None = None) -> str:
    """A number with a true minus sign. Without `decimals`: as many as its size needs (`400`, `−62.5`, `0.0031`)."""
    if decimals is None:
        size = abs(value)
        if size >= 100 or value == round(value):
            decimals = 0
        else:
            decimals = 1 if size >= 10 else 2 if size >= 0.1 else min(8, 1 - math.floor(math.log10(size)))
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return figures(text.replace("-", "−"))


def _true_minus(text: str) -> str:
    return "−" + text[1:] if text.startswith("-") else text


def _age_between(birth_date: str, study_date: str) -> str:
    if not (len(birth_date) == len(study_date) == 8 and birth_date.isdigit() and study_date.isdigit()):
        return ""
    years = int(study_date[:4]) - int(birth_date[:4]) - (study_date[4:] < birth_date[4:])
    return f"{years} " + say("corner", "y") if 0 <= years < 130 else ""


def _factor(scale: float) -> str:
    return figures(f"{scale:.0f}" if scale >= 10 else f"{scale:.1f}" if scale >= 0.95 else f"{scale:.2f}")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
