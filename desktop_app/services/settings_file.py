"""Settings as a JSON file that a person can read."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable
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


# Of the file. A newer program may write what this one does not know, and would lose by saving.
VERSION = 1


def load_settings(
    path: Path, first: Settings = Settings(), tell: Callable[[str], object] = lambda sentence: None,
) -> Settings:
    """The settings; those of `first` where the file is missing, or a value in it is not of the kind that belongs there.

    A file that makes no sense as a whole is moved aside, never overwritten; one of a newer program is copied aside
    before anything is saved over it. `tell` gets a sentence about either. Raises DiskError when it cannot be read.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = _settings(raw, first)
    except (FileNotFoundError, NotADirectoryError):
        return first
    except (ValueError, RecursionError):
        aside = _aside(path, "broken")
        tell(say("services", "The settings were damaged, so Lightbox begins with new ones. The damaged file is kept as "
                 "{path}.").format(path=aside))
        return first
    except OSError as error:
        raise DiskError(
            say(
                "services", "The settings in {path} cannot be read. Check the permissions of that file.").format(
                    path=path)
        ) from error
    if type(raw.get("version")) is int and raw["version"] > VERSION:
        try:
            aside = _aside(path, "newer", keep=True)
        except DiskError:
            tell(say("services", "The settings were written by a newer Lightbox. This one uses what it knows of them; "
                     "the rest is lost when something is changed here, because it cannot be kept beside."))
        else:
            tell(say("services", "The settings were written by a newer Lightbox. This one uses what it knows of them; "
                     "all of them are kept in {path}.").format(path=aside))
    return found


def save_settings(path: Path, settings: Settings) -> None:
    """Writes the file whole or not at all, readable by the user only. From any thread; raises DiskError."""
    try:
        write_whole(path, json.dumps({"version": VERSION, **asdict(settings)}, indent=2))
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


def _aside(path: Path, word: str, *, keep: bool = False) -> Path:
    """Moves the file beside itself under another name, or copies it (`keep`), once for the same content."""
    number, aside = 1, path.with_suffix(f".{word}.json")
    try:
        data = path.read_bytes()
        while aside.exists():
            if keep and aside.read_bytes() == data:
                return aside
            number += 1
            aside = path.with_suffix(f".{word}-{number}.json")
        if keep:
            write_whole(aside, data.decode("utf-8"))
        else:
            path.replace(aside)
    except OSError as error:
        raise DiskError(
            say(
                "services", "The settings in {path} are damaged and cannot be moved aside. Check the "
                "permissions of that folder.").format(path=path)
        ) from error
    return aside


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
        store.ask.check()
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
