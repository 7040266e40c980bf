"""Settings as a JSON file that a person can read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from desktop_app.core.errors import DiskError
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store


def load_settings(path: Path) -> Settings:
    """The settings; defaults where the file is missing.

    A file that cannot be read is moved aside, never overwritten.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return _settings(raw)
    except FileNotFoundError:
        return Settings()
    except (ValueError, TypeError, KeyError, AttributeError):
        path.replace(path.with_suffix(".broken.json"))
        return Settings()
    except OSError as error:
        raise DiskError(
            f"The settings in {path} cannot be read. Check the permissions of that file."
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Writes the file whole or not at all, readable by the user only."""
    fresh = path.with_suffix(".new.json")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2)
        fresh.replace(path)
    except OSError as error:
        raise DiskError(
            f"The settings cannot be saved in {path.parent}. Check the free space and the permissions."
        ) from error


def _settings(raw: dict[str, Any]) -> Settings:
    known = {field.name for field in fields(Settings)}
    values = {name: value for name, value in raw.items() if name in known}
    values["archives"] = tuple(_store(item) for item in raw.get("archives", ()))
    return Settings(**values)


def _store(raw: dict[str, Any]) -> Store:
    known = {field.name for field in fields(Store)}
    values = {name: value for name, value in raw.items() if name in known}
    values["sign_in"] = SignInKind(values.get("sign_in", SignInKind.NONE))
    return Store(**values)
