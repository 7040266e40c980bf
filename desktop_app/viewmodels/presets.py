"""Windows one can choose: those of the file, the full range, and the presets of resources/presets.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.core.window import VoiFunction, Window
from desktop_app.resources import resource_path

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.frame import Frame


@dataclass(frozen=True, slots=True)
class Preset:
    """A named window on a number key."""

    key: int
    name: str
    window: Window


@cache
def ct_presets() -> tuple[Preset, ...]:
    """The presets of CT, in Hounsfield units, in the order of their keys."""
    return _presets("ct", VoiFunction.LINEAR)


@cache
def suv_presets() -> tuple[Preset, ...]:
    """The presets of PET, in SUV, in the order of their keys."""
    return _presets("pet", VoiFunction.LINEAR_EXACT)


def presets_for(frame: Frame | None, display_set: DisplaySet | None) -> tuple[Preset, ...]:
    """The presets that mean something for the values of an image of a display set."""
    if frame is None or frame.is_colour:
        return ()
    if frame.facts.unit.startswith("SUV"):
        return suv_presets()
    return ct_presets() if display_set is not None and display_set.series.modality == "CT" else ()


def window_names(frame: Frame, display_set: DisplaySet | None) -> tuple[tuple[str, Window], ...]:
    """The file's own windows, the full range, then the presets."""
    from desktop_app.imaging.luts import auto_window

    own = tuple(
        (window.explanation or QCoreApplication.translate("presets", "Window %d of the image") % (number + 1), window)
        for number, window in enumerate(frame.windows)
    )
    presets = tuple((preset.name, preset.window) for preset in presets_for(frame, display_set))
    return (*own, (QCoreApplication.translate("presets", "Full range"), auto_window(frame)), *presets)


def _presets(modality: str, function: VoiFunction) -> tuple[Preset, ...]:
    table = tomllib.loads(resource_path("presets.toml").read_text(encoding="utf-8"))
    presets = (
        Preset(row["key"], row["name"], Window(row["level"], row["width"], function, row["name"]))
        for row in table[modality]
    )
    return tuple(sorted(presets, key=lambda preset: preset.key))
