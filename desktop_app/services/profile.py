"""Profile: the folders and settings of this run, also where the home cannot be written or was damaged.

The program must be of use to somebody who has to read an image now: what cannot be kept is said, and the rest works.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass, fields, replace
from pathlib import Path

from desktop_app.core.errors import DiskError
from desktop_app.core.settings import Settings
from desktop_app.core.words import say
from desktop_app.services.folders import Folders
from desktop_app.services.settings_file import load_settings

_PROBE = bytes(16 * 1024)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})


@dataclass(frozen=True, slots=True)
class Profile:
    """`troubles` are sentences for the person. `passing` is a folder that ends with this run, where there had to be
    one."""

    folders: Folders
    settings: Settings
    troubles: tuple[str, ...] = ()
    passing: Path | None = None

    def close(self) -> None:
        """What could not be kept goes. Last of all."""
        if self.passing is not None:
            shutil.rmtree(self.passing, ignore_errors=True)


def open_profile(folders: Folders, first: Settings) -> Profile:
    """Makes the folders and reads the settings. A folder that cannot be written to is replaced by one that lasts as
    long as this run. Blocking. Raises DiskError where nothing at all can be written."""
    troubles: list[str] = []
    settings = _settings(folders, first, troubles)
    refused: dict[str, OSError] = {}
    for entry in fields(folders):
        try:
            _make(getattr(folders, entry.name))
        except OSError as error:
            refused[entry.name] = error
    if not refused:
        return Profile(folders, settings, tuple(troubles))
    troubles.append(_sentence({getattr(folders, name): error for name, error in refused.items()}))
    passing: Path | None = None
    try:
        passing = Path(tempfile.mkdtemp(prefix="lightbox-"))        # 0700
        instead = replace(folders, **{name: passing / name for name in refused})
        for name in refused:
            _make(getattr(instead, name))
    except OSError as error:
        if passing is not None:
            shutil.rmtree(passing, ignore_errors=True)
        raise DiskError(say("services", "Lightbox can write nothing on this computer, neither in your home nor for "
                            "temporary files. Free some space, or ask your administrator.")) from error
    return Profile(instead, settings, tuple(troubles), passing)


def _settings(folders: Folders, first: Settings, troubles: list[str]) -> Settings:
    try:
        return load_settings(folders.settings, first, tell=troubles.append)
    except DiskError as error:
        troubles.append(error.user_text)
        return first


def _make(folder: Path) -> None:
    """There, this user's alone, and with room for a little. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix" and folder.stat().st_mode & 0o077 and folder.stat().st_uid == os.getuid():
        folder.chmod(0o700)
    probe = folder / f".probe-{secrets.token_hex(8)}"
    try:
        probe.write_bytes(_PROBE)
    finally:
        probe.unlink(missing_ok=True)


def _sentence(refused: dict[Path, OSError]) -> str:
    where = ", ".join(str(folder) for folder in refused)
    if any(error.errno in _FULL for error in refused.values()):
        return say(
            "services", "The disk is full: nothing can be written into {folders}. Lightbox works, but what it would "
            "keep there ends with it, and what lies there is not shown. Free some space and start it again.").format(
                folders=where)
    return say(
        "services", "Nothing can be written into {folders}. Lightbox works, but what it would keep there ends with it, "
        "and what lies there is not shown. Check the permissions of these folders and start it again.").format(
            folders=where)
