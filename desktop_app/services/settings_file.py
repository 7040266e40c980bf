"""Settings as a JSON file that a person can read."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from desktop_app.core.errors import DiskError
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store, System
from desktop_app.core.web_viewer import checked_template
from desktop_app.core.words import say

T = TypeVar("T")

_writing = threading.Lock()


def load_settings(path: Path, first: Settings = Settings()) -> Settings:
    """The settings; those of `first` where the file is missing, or a value in it is not of the kind that belongs there.

    A file that makes no sense as a whole is moved aside, never overwritten. Raises DiskError when it cannot be read.
    """
    try:
        return _settings(json.loads(path.read_text(encoding="utf-8")), first)
    except FileNotFoundError:
        return first
    except (ValueError, RecursionError):
        _move_aside(path)
        return first
    except OSError as error:
        raise DiskError(
            say(
                "services", "The settings in {path} cannot be read. Check the permissions of that file.").format(
                    path=path)
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Writes the file whole or not at all, readable by the user only. From any thread; raises DiskError."""
    try:
        write_whole(path, json.dumps(asdict(settings), indent=2))
    except DiskError as error:
        raise DiskError(
            say(
                "services", "The settings cannot be saved in {parent}. Check the free space and the "
                "permissions.").format(parent=path.parent)
        ) from error


def write_whole(path: Path, text: str) -> None:
    """A small file of the program, whole or not at all, readable by the user only. From any thread; DiskError."""
    try:
        with _writing:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(".new", path.stem, path.parent)  # mode 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise DiskError(
            say(
                "services", "Nothing can be saved in {parent}. Check the free space and the permissions.").format(
                    parent=path.parent)
        ) from error


def _move_aside(path: Path) -> None:
    aside = path.with_suffix(".broken.json")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".broken-{number}.json")
    try:
        path.replace(aside)
    except OSError as error:
        raise DiskError(
            say(
                "services", "The settings in {path} are damaged and cannot be moved aside. Check the "
                "permissions of that folder.").format(path=path)
        ) from error


def _settings(raw: Any, first: Settings) -> Settings:
    if not isinstance(raw, dict):
        raise ValueError("settings are an object")  # noqa: TRY004 - as json says it of what it cannot read
    archives = raw.get("archives")
    stores = (_store(item) for item in (archives if isinstance(archives, list) else []))
    return replace(_fitting({**raw, "archives": None}, first), archives=tuple(s for s in stores if s is not None))


def _store(raw: Any) -> Store | None:
    """None for what is no archive."""
    try:
        kinds = {"sign_in": SignInKind(raw.get("sign_in", SignInKind.NONE)), "system": System(raw.get("system", ""))}
        store = _fitting({**raw, **kinds}, Store("", ""))
        if not (store.name and Store.parse(store.url).url == store.url):
            return None
        store.network.header_pairs  # noqa: B018 - raises for what is none
        checked_template(store.web_viewer)
        return store
    except (ValueError, TypeError, AttributeError):
        return None


def _fitting(raw: Any, default: T) -> T:
    """What was written, as far as it is of the kind of the default; a group of settings value by value."""
    if is_dataclass(default) and not isinstance(default, type):
        given = raw if isinstance(raw, dict) else {}
        known = [field.name for field in fields(default) if field.name in given]
        return replace(default, **{name: _fitting(given[name], getattr(default, name)) for name in known})
    if isinstance(default, tuple):
        found: Any = tuple(item for item in raw if isinstance(item, str)) if isinstance(raw, list) else default
        return cast(T, found)
    return raw if type(raw) is type(default) else default
