"""Window presets for CT, from resources/presets.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app.core.window import Window
from desktop_app.resources import resource_path


@dataclass(frozen=True, slots=True)
class Preset:
    """A named window on a number key."""

    key: int
    name: str
    window: Window


@cache
def ct_presets() -> tuple[Preset, ...]:
    """The presets in the order of their keys."""
    table = tomllib.loads(resource_path("presets.toml").read_text(encoding="utf-8"))
    presets = (
        Preset(row["key"], row["name"], Window(row["level"], row["width"], explanation=row["name"]))
        for row in table["ct"]
    )
    return tuple(sorted(presets, key=lambda preset: preset.key))
