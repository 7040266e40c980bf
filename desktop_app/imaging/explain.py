"""Explain a pixel: how its stored value became the grey on the screen, step by step. Needs numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.core.frame import Frame
from desktop_app.core.window import Window
from desktop_app.core.words import figures, say, t
from desktop_app.imaging.luts import grey_table, initial_window, window_levels

_EIGHT = 255
_WHERE = {"frame": t("imaging", "of this frame alone"), "shared": t("imaging", "shared by all frames"), "image": ""}


@dataclass(frozen=True, slots=True)
class PixelStep:
    """One step: what it is, what came out, and by which rule of which attribute."""

    name: str
    value: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PixelStory:
    """The steps from the stored value to the grey level (0 … 255), and what may surprise on the way."""

    steps: tuple[PixelStep, ...]
    grey: int | tuple[int, int, int]
    warnings: tuple[str, ...] = ()


def explain_pixel(frame: Frame, column: int, row: int, window: Window | None = None, *, inverted: bool = False,
                  use_voi_lut: bool = False) -> PixelStory | None:
    """The story of the pixel at (column, row), None outside the image. The arguments are those of `render`."""
    if not (0 <= row < frame.rows and 0 <= column < frame.columns):
        return None
    if frame.is_colour:
        red, green, blue = (int(v) for v in frame.pixels[row, column])
        steps = (PixelStep(say("imaging", "Colour"), f"R {red}  G {green}  B {blue}",
                           say("imaging", "8-bit RGB; colour is not windowed")),)
        return PixelStory(steps, (red, green, blue), frame.facts.warnings)
    window_used = window or initial_window(frame)
    by_lut = (use_voi_lut and bool(frame.voi_luts)) or (window is None and frame.opens_by_voi_lut)
    table = grey_table(frame, window_used, inverted=inverted, use_voi_lut=by_lut)
    stored = frame.pixels[row, column]
    grey = int(table.levels(np.array([stored], frame.pixels.dtype))[0])
    story = (
        PixelStep(say("imaging", "Stored value"), f"{stored}", f"{frame.pixels.dtype.name} (7FE0,0010)"),
        _modality_step(frame, column, row),
        *([_padding_step(frame)] if _is_padding(frame, float(stored)) else
          [_voi_step(frame, window_used, column, row, by_lut), *_presentation_step(frame),
           _polarity_step(frame, inverted)]),
        PixelStep(say("imaging", "Grey on the screen"), _of(f"{grey}", _EIGHT)),
    )
    return PixelStory(story, grey, (*frame.facts.warnings, *_surprises(frame, window_used, by_lut, inverted)))


def _modality_step(frame: Frame, column: int, row: int) -> PixelStep:
    value = frame.modality_value(column, row)
    text = f"{figures(f'{value:.6g}')} {frame.facts.unit}".strip()
    where = _in_words(frame.facts.rescale_origin)
    stored = say("imaging", "stored")
    sign, rest = "+" if frame.intercept >= 0 else "−", figures(f"{abs(frame.intercept):.6g}")
    line = f"{stored} × {figures(f'{frame.slope:.6g}')} {sign} {rest}"
    quantity = next((one for one in frame.mappings if one.name == frame.mapped_by and not one.is_rescale), None)
    if quantity is not None:
        rule = (say("imaging", "its own table (0040,9212)") if quantity.table
                else say("imaging", "{line}, that leads to {name}").format(line=line, name=quantity.name))
        return PixelStep(say("imaging", "Value as {name}").format(name=quantity.name), text, rule)
    if frame.modality_lut is not None:
        return PixelStep(say("imaging", "Modality value"), text, "Modality LUT Sequence (0028,3000)" + where)
    if frame.slope == 1 and frame.intercept == 0 and not frame.facts.unit:
        return PixelStep(say("imaging", "Modality value"), text, say("imaging", "no rescale: the stored value itself"))
    return PixelStep(say("imaging", "Modality value"), text, f"{line}  (0028,1053), (0028,1052)" + where)


def _voi_step(frame: Frame, window: Window, column: int, row: int, by_lut: bool) -> PixelStep:
    value = frame.modality_value(column, row)
    assert isinstance(value, float)
    where = _in_words(frame.facts.window_origin)
    if by_lut:
        lut = frame.voi_luts[0]
        index = int(np.clip(np.floor(value + 0.5) - lut.first_mapped, 0, len(lut.values) - 1))
        name = f" “{lut.explanation}”" if lut.explanation else ""
        return PixelStep("VOI", _of(f"{int(lut.values[index])}", (1 << lut.bits) - 1),
                         say("imaging", "VOI LUT{name} (0028,3010), entry {entry} of {count}{where}").format(
                             name=name, entry=index + 1, count=len(lut.values), where=where))
    level = float(window_levels(np.array([value]), window)[0])
    added = next((one.windows for one in frame.mappings if one.name == frame.mapped_by), ())
    of_file = frame.windows[len(added):]
    place = next((say("imaging", ", window {n} of {count} in the file (0028,1050), (0028,1051){where}").format(
                      n=n, count=len(of_file), where=where)
                  for n, own in enumerate(of_file, 1) if own == window), "")
    no = say("imaging", ", not from the file")
    return PixelStep("VOI", _of(figures(f"{level:.2f}"), _EIGHT),
                     f"{window.function} {figures(f'{window.center:.6g} / {window.width:.6g}')}{place or no}")


def _presentation_step(frame: Frame) -> list[PixelStep]:
    lut = frame.presentation_lut
    if lut is None:
        return []
    return [PixelStep(say("imaging", "Presentation"), lut.explanation or say("imaging", "table"),
                      say(
        "imaging", "Presentation LUT Sequence (2050,0010), {count} entries of {bits} bits").format(
            count=len(lut.values), bits=lut.bits))]


def _polarity_step(frame: Frame, inverted: bool) -> PixelStep:
    white = frame.monochrome1 != inverted
    rule = "MONOCHROME1 or INVERSE" if frame.monochrome1 else "MONOCHROME2"
    return PixelStep(say("imaging", "Polarity"), say("imaging", "low values white") if white
                     else say("imaging", "low values black"),
                     f"{rule} (0028,0004)" + (say("imaging", ", inverted by you") if inverted else ""))


def _padding_step(frame: Frame) -> PixelStep:
    assert frame.padding is not None
    low, high = frame.padding
    span = figures(f"{low:g}" if low == high else f"{low:g} … {high:g}")
    return PixelStep(say("imaging", "Padding"), say("imaging", "black"), say(
        "imaging", "Pixel Padding Value (0028,0120): {span} is no part of the image").format(span=span))


def _is_padding(frame: Frame, stored: float) -> bool:
    return frame.padding is not None and frame.padding[0] <= stored <= frame.padding[1]


def _of(value: str, most: int) -> str:
    return say("imaging", "{value} of {most}").format(value=value, most=most)


def _in_words(origin: str) -> str:
    where = say("imaging", _WHERE.get(origin, ""))
    return f", {where}" if where else ""


def _surprises(frame: Frame, window: Window, by_lut: bool, inverted: bool) -> list[str]:
    found = list(frame.facts.notes)
    facts = frame.facts
    low, high = frame.value_range
    if by_lut:
        lut = frame.voi_luts[0]
        if len(lut.values) > 4 * max(high - low + 1, 1):
            found.append(say("imaging", "The VOI LUT is much wider than the values of this image."))
        if int(lut.values.max()) > (1 << lut.bits) - 1:
            found.append(say(
                "imaging", "The VOI LUT holds values of more than the {bits} bits it announces.").format(
                    bits=lut.bits))
    elif window.center + window.width / 2 < low or window.center - window.width / 2 > high:
        found.append(say("imaging", "The window lies outside the values of this image."))
    if frame.monochrome1 and inverted:
        found.append(say(
            "imaging", "The image shows low values white by itself and is inverted here: low values are "
            "black."))
    if frame.modality_lut is None and not facts.rescale_origin and frame.intercept != 0:
        found.append(say(
            "imaging", "Rescale Intercept is given without a Rescale Slope (0028,1053); 1 is assumed."))
    is_plain = frame.modality_lut is None and (frame.slope, frame.intercept) == (1.0, 0.0)
    if facts.modality == "CT" and is_plain and not facts.unit:
        found.append(say("imaging", "This CT image gives no rescale to HU; stored values are shown."))
    if facts.rescale_origin == "frame":
        found.append(say(
            "imaging", "The rescale is this frame's own: the same stored value may mean another in the next "
            "frame."))
    if facts.window_origin == "frame":
        found.append(say("imaging", "The window is this frame's own; others may open with another."))
    if len(frame.voi_luts) and len(frame.windows):
        found.append(say("imaging", "The image holds windows and VOI LUTs; either may be meant."))
    return found
