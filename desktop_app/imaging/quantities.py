"""Quantities: showing a frame in another unit that its stored values stand for. Needs numpy only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop_app.core.frame import Frame, LookupTable
from desktop_app.core.value_mapping import ValueMapping
from desktop_app.core.window import VoiFunction, Window


def mapped(frame: Frame, name: str) -> Frame:
    """The frame with its values in the quantity of that name; itself where it has no such mapping, or shows it already.

    The pixels are the same; windows of the file are converted, so that they show the same grey.
    """
    mapping = next((one for one in frame.mappings if one.name == name), None)
    if mapping is None or frame.modality_lut is not None or not frame.slope or frame.mapped_by == name:
        return frame
    facts = replace(frame.facts, unit=mapping.unit)
    if mapping.table:
        return _by_table(replace(frame, facts=facts, mapped_by=name), mapping)
    current = next((one for one in frame.mappings if one.name == frame.mapped_by), None)
    own = frame.windows[len(current.windows) if current is not None else 0:]
    factor = mapping.slope / frame.slope
    shift = mapping.intercept - frame.intercept * factor
    low, high = (value * factor + shift for value in frame.value_range)
    windows = own if (factor, shift) == (1.0, 0.0) else tuple(_converted(one, factor, shift) for one in own)
    return replace(
        frame, slope=mapping.slope, intercept=mapping.intercept, windows=(*mapping.windows, *windows),
        value_range=(min(low, high), max(low, high)), mapped_by=name, facts=facts)


def in_rescale(frame: Frame, window: Window) -> Window:
    """A window in the frame's quantity as one in the values of the file's own rescale: what others understand."""
    own = next((one for one in frame.mappings if one.is_rescale), None)
    if own is None or not frame.slope or frame.mapped_by == own.name or frame.modality_lut is not None:
        return window
    factor = own.slope / frame.slope
    return _converted(window, factor, own.intercept - frame.intercept * factor)


def from_rescale(frame: Frame, window: Window) -> Window:
    """The way back of `in_rescale`: a window of others, in the frame's quantity."""
    own = next((one for one in frame.mappings if one.is_rescale), None)
    if own is None or not own.slope or frame.mapped_by == own.name or frame.modality_lut is not None:
        return window
    factor = frame.slope / own.slope
    return _converted(window, factor, frame.intercept - own.intercept * factor)


def _by_table(frame: Frame, mapping: ValueMapping) -> Frame:
    assert mapping.span is not None
    values = np.array(mapping.table, np.float64)
    values.setflags(write=False)
    return replace(frame, slope=1.0, intercept=0.0, modality_lut=LookupTable(int(mapping.span[0]), values),
                   windows=mapping.windows, value_range=(float(values.min()), float(values.max())))


def _converted(window: Window, factor: float, shift: float) -> Window:
    """LINEAR is defined in steps of one (PS3.3 C.11.2.1.2.1), which another unit does not keep."""
    function = VoiFunction.LINEAR_EXACT if window.function is VoiFunction.LINEAR else window.function
    return replace(window, center=window.center * factor + shift, width=window.width * abs(factor), function=function)
