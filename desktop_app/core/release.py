"""Release: a version that somebody's address tells of, and whether it is newer than this one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(?:[.-]?(?:dev|a|b|rc)(\d{1,6}))?$")
_FINAL = 10**7


@dataclass(frozen=True, slots=True)
class Release:
    """`page`: where it is told more about it, an https address or nothing; it is shown, never opened by itself."""

    version: str
    page: str = ""

    def is_newer_than(self, version: str) -> bool:
        """Versions as 1.2, 1.2.3 and 1.2.3rc1; a candidate comes before what it is one for."""
        return version_key(self.version) > version_key(version)


def version_key(version: str) -> tuple[int, int, int, int]:
    """By which versions are ordered. Raises ValueError for what is none."""
    match = _VERSION.match(version)
    if match is None:
        raise ValueError("that is no version")
    major, minor, patch, candidate = match.groups()
    return int(major), int(minor), int(patch or 0), int(candidate) if candidate else _FINAL
