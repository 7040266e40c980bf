"""What every installer needs: the program's folder, its version, its time, and the sums of what was made."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM_FOLDER = ROOT / "dist" / "lightbox"
OUT = ROOT / "dist" / "installers"
WORK = ROOT / "build" / "installers"


class CannotBuild(Exception):
    """What is missing on this machine, as a sentence."""


def version() -> str:
    """The one place that says it is desktop_app/__init__.py."""
    text = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def time_of_commit() -> int:
    """Seconds since the epoch; every file of an installer carries it, so that two builds of a commit are equal."""
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return int(os.environ.get("SOURCE_DATE_EPOCH") or answer.stdout.strip() or 0)


def payload() -> Path:
    """The program's folder; built when it is not there. Raises CannotBuild."""
    if not PROGRAM_FOLDER.exists():
        subprocess.run([sys.executable, "packaging/build.py"], cwd=ROOT, check=True)
    return PROGRAM_FOLDER


def need(program: str, package: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise CannotBuild(f"{program} is not here (Debian's package {package})")
    return found


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def set_times(folder: Path) -> None:
    """Every file gets the time of the commit, and modes that do not depend on who builds."""
    seconds = time_of_commit()
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)


def write_sums() -> Path:
    """SHA256SUMS beside the installers, in the form that `sha256sum --check` reads."""
    lines = []
    for path in sorted(OUT.iterdir()):
        if path.name != "SHA256SUMS" and path.is_file():
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    sums = OUT / "SHA256SUMS"
    sums.write_text("".join(lines), encoding="ascii")
    return sums
