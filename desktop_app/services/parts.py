"""What is inside: every part with its version, its licence and where the licence's text lies.

An installed program carries a bill of materials and a folder of licences, which packaging/inventory.py makes. Run from
source, the same is told of the installed packages that the lock, or else the program's own metadata, names.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from desktop_app.core.part import Part, licence_words
from desktop_app.resources import resource_path

BILL, LICENCES = "lightbox.cdx.json", "licences"
_OWN_NAME = "lightbox-dicom"
_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice|authors|copyright)")


@dataclass(frozen=True, slots=True)
class Inside:
    """The parts, and the folder where their licences lie (empty: each in its own place)."""

    parts: tuple[Part, ...]
    folder: str


def find_inside() -> Inside:
    """Of the program that runs. Raises OSError or ValueError where the bill of an installed program is damaged."""
    if getattr(sys, "frozen", False):
        return of_installed(inventory_folder(Path(sys.executable).resolve()))
    return Inside(of_source(Path(__file__).resolve().parents[2]), "")


def inventory_folder(program: Path) -> Path:
    """Where the bill and the licences of a built program lie: beside it, in a bundle of macOS with its resources."""
    folder = program.parent
    return folder.parent / "Resources" if folder.parts[-2:] == ("Contents", "MacOS") else folder


def of_installed(folder: Path) -> Inside:
    """What the bill in the folder of an installed program lists; nothing where there is none."""
    bill = folder / BILL
    if not bill.is_file():
        return Inside((), "")
    listed: list[dict[str, Any]] = json.loads(bill.read_text(encoding="utf-8")).get("components", [])
    licences, parts = folder / LICENCES, []
    for one in listed:
        name = str(one.get("name", ""))
        parts.append(Part(name, str(one.get("version", "")), _listed_licence(one),
                          _texts_in(licences / name, licences / "system" / name)))
    return Inside(tuple(sorted(parts, key=lambda part: part.name.casefold())), str(licences))


def of_source(root: Path) -> tuple[Part, ...]:
    """Python, and the installed packages that the program needs."""
    lock = root / "packaging" / "requirements.lock"
    names = locked_names(lock.read_text(encoding="utf-8")) if lock.is_file() else _needed(_OWN_NAME)
    parts = [Part("Python", platform.python_version(), "PSF-2.0", tuple(str(path) for path in python_licence()))]
    for name in sorted(names):
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue                                # of another system
        parts.append(part_of(found))
    return tuple(sorted(parts, key=lambda part: part.name.casefold()))


def part_of(found: metadata.Distribution) -> Part:
    """One installed package, as its metadata says."""
    about: Any = found.metadata                     # an email.message.Message
    texts = tuple(str(path) for _, path in licence_files(found))
    return Part(about["Name"], about["Version"], licence_of(found), texts)


def licence_of(found: metadata.Distribution) -> str:
    """The licence of an installed package, in its own words."""
    about: Any = found.metadata
    return licence_words(
        about.get("License-Expression") or "", about.get("License") or "", about.get_all("Classifier") or [])


def licence_files(found: metadata.Distribution) -> list[tuple[str, Path]]:
    """The texts of its licences: under which name to keep each, and where it lies.

    Those of Qt and PySide6 lie with this program's own resources: their packages carry none.
    """
    texts = []
    for file in found.files or []:
        place = PurePosixPath(file.as_posix())
        if not place.parts[0].endswith(".dist-info"):
            continue
        path = Path(str(file.locate()))
        if place.parts[1] in ("licenses", "licences") and path.is_file():
            texts.append(("-".join(place.parts[2:]), path))
        elif len(place.parts) == 2 and _TEXT.match(place.name) and path.is_file():
            texts.append((place.name, path))
    if not texts and re.match(r"(?i)(pyside6|shiboken6)", str(found.metadata["Name"])):
        folder = resource_path("licences")
        texts = [(path.name, path) for path in sorted(folder.glob("*GPL*.txt"))]
    return texts


def python_licence() -> list[Path]:
    """Python's own licence, where this Python came with its text."""
    places = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt",
              Path("/usr/share/doc") / f"python{sys.version_info.major}.{sys.version_info.minor}" / "copyright")
    return [path for path in places if path.is_file()][:1]


def locked_names(lock: str) -> set[str]:
    """The names of the packages in a lock file."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE))


def _needed(name: str) -> set[str]:
    """A package's requirements, and theirs; without those of extras."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        try:
            lines = metadata.requires(waiting.pop()) or []
        except metadata.PackageNotFoundError:
            continue
        for line in lines:
            named = re.match(r"[A-Za-z0-9._-]+", line)
            if named and "extra ==" not in line and named[0] not in found:
                found.add(named[0])
                waiting.append(named[0])
    return found


def _listed_licence(component: dict[str, Any]) -> str:
    words: Iterable[str] = (
        str(one.get("expression") or one.get("license", {}).get("id") or one.get("license", {}).get("name") or "")
        for one in component.get("licenses", []))
    return ", ".join(word for word in words if word)


def _texts_in(*folders: Path) -> tuple[str, ...]:
    here = (folder for folder in folders if folder.is_dir())
    return tuple(str(path) for folder in here for path in sorted(folder.iterdir()) if path.is_file())
