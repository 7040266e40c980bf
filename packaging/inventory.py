"""What is inside the program's folder: licences of every part, a bill of materials, and the sums of all files."""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from desktop_app.services.parts import (
    BILL,
    LICENCES,
    inventory_folder,
    licence_files,
    licence_of,
    python_licence,
)

SUMS = "FILES.sha256"
NOT_INSIDE = frozenset({"pyjpegls"})        # required by highdicom, and used by nothing here (contents.EXCLUDES)

# A GPL component in the product would put the whole of it under the GPL.
FORBIDDEN_FILES = re.compile(r"(?i)(readline|x264|x265|xvid|fdk|gnutls|_libjpeg\b|pylibjpeg_libjpeg|libgdbm|PyQt)")


def add_to_bundle(folder: Path, bundle: Path) -> None:
    """The same licences and bill for the application bundle of macOS; the sums of its files are its signature."""
    target = inventory_folder(bundle / "Contents" / "MacOS" / "lightbox")
    target.mkdir(parents=True, exist_ok=True)
    for name in ("LICENSE", BILL):
        shutil.copy(folder / name, target / name)
    shutil.copytree(folder / LICENCES, target / LICENCES, dirs_exist_ok=True)


def package_names(locked: set[str]) -> list[str]:
    """The locked packages that are installed on this system, sorted."""
    names = []
    for name in sorted(locked - NOT_INSIDE):
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue            # of another system
        names.append(name)
    return names


def add_licences(folder: Path, names: list[str]) -> None:
    """`licences/NAME/…` of every package and of every library of the system that is inside."""
    target = folder / LICENCES
    for name in names:
        for text, source in licence_files(metadata.distribution(name)):
            (target / name).mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name / text)
    for text in python_licence():
        (target / "Python").mkdir(parents=True, exist_ok=True)
        shutil.copy(text, target / "Python" / "LICENSE.txt")
    for package, text in system_packages(folder).items():
        (target / "system" / package).mkdir(parents=True, exist_ok=True)
        shutil.copy(text, target / "system" / package / "copyright")


def system_packages(folder: Path) -> dict[str, Path]:
    """Debian's packages of the libraries inside that come from this system, with the files of their licences."""
    if not sys.platform.startswith("linux") or shutil.which("dpkg") is None:
        return {}
    found: dict[str, Path] = {}
    for library in sorted({path.name for path in folder.rglob("*.so*")}):
        answer = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, encoding="utf-8", check=False)
        for line in answer.stdout.splitlines():
            package = line.split(":", 1)[0]
            text = Path("/usr/share/doc") / package / "copyright"
            if "-linux-gnu/" in line and text.is_file():
                found[package] = text.resolve()
                break
    return found


def write_bill(folder: Path, names: list[str], version: str) -> Path:
    """The bill of materials in CycloneDX 1.6: every package with its version and licence as its metadata says them."""
    program = Component(name="lightbox", version=version, type=ComponentType.APPLICATION, bom_ref="lightbox")
    bill = Bom()
    bill.metadata.component = program
    parts = [Component(
        name="Python", version=platform.python_version(), type=ComponentType.PLATFORM, bom_ref="python",
        licenses=_licences("PSF-2.0"), purl=PackageURL("generic", name="python", version=platform.python_version()))]
    for name in names:
        about = metadata.metadata(name)
        part = Component(
            name=name, version=about["Version"], type=ComponentType.LIBRARY, bom_ref=f"pypi:{name}",
            description=about["Summary"], licenses=_licences(licence_of(metadata.distribution(name))),
            purl=PackageURL("pypi", name=name.lower(), version=about["Version"]))
        parts.append(part)
    for package in system_packages(folder):
        answer = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, encoding="utf-8", check=False)
        parts.append(Component(
            name=package, version=answer.stdout, type=ComponentType.LIBRARY, bom_ref=f"deb:{package}",
            purl=PackageURL("deb", "debian", package, version=answer.stdout)))
    for part in parts:
        bill.components.add(part)
    bill.register_dependency(program, parts)
    path = folder / BILL
    path.write_text(JsonV1Dot6(bill).output_as_string(indent=2), encoding="utf-8")
    return path


def _licences(words: str) -> list[License]:
    return [LicenseFactory().make_from_string(words)] if words else []


def write_sums(folder: Path) -> Path:
    """The SHA-256 of every file, sorted by path: `sha256sum --check FILES.sha256` proves a copy."""
    sums = folder / SUMS
    sums.unlink(missing_ok=True)
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    sums.write_text("".join(lines), encoding="utf-8")
    return sums


def forbidden(folder: Path) -> list[str]:
    """Files whose names say that a component under the GPL came in."""
    return [path.name for path in folder.rglob("*") if path.is_file() and FORBIDDEN_FILES.search(path.name)
            and "licences" not in path.parts]
