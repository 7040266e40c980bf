"""The ready sets of keys and mouse buttons, from resources/keys."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from desktop_app.core.key_set import KeySet, Mouse, mouse_of
from desktop_app.core.settings import Settings
from desktop_app.resources import resource_path

OWN = "lightbox"


@cache
def key_sets() -> tuple[KeySet, ...]:
    """Lightbox's own first, the others by their names."""
    found = [_read(path) for path in sorted(resource_path("keys").glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.id != OWN, one.name)))


def key_set(name: str) -> KeySet:
    """The set of that id; Lightbox's own where there is none."""
    return next((one for one in key_sets() if one.id == name), key_sets()[0])


def mouse(settings: Settings) -> Mouse:
    """What buttons and wheel do."""
    return mouse_of(key_set(settings.shortcuts), settings.shortcut_changes)


def _read(path: Path) -> KeySet:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    keys = tuple((action, tuple(given)) for action, given in table.get("keys", {}).items())
    return KeySet(path.stem, table["name"], keys, Mouse(**table.get("mouse", {})))
