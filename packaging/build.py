"""Builds the program's folder, dist/lightbox, for the system this runs on, and proves that it works.

    python packaging/build.py               build, add licences, run the tour in it
    python packaging/build.py --no-smoke    build only

It is built from the environment it runs in, which must hold exactly the versions of packaging/requirements.lock: then
the same commit gives the same program. The folder needs no Python and may be copied anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import contents
import inventory

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "lightbox"
BUNDLE = ROOT / "dist" / "Lightbox.app"             # made on macOS only
WORK = ROOT / "build" / "package"
PROGRAM = FOLDER / ("lightbox.exe" if sys.platform == "win32" else "lightbox")

_MB = 1_000_000
_VIDEO = re.compile(r"1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?")


def locked_versions() -> dict[str, set[str]]:
    """Names and versions of the lock; a package may have one for older and one for newer Pythons."""
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def check_environment() -> None:
    """Exits with what differs from the lock."""
    wrong = []
    for name, versions in locked_versions().items():
        try:
            here = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue            # of another system
        if here not in versions:
            wrong.append(f"{name} is {here}, the lock says {' or '.join(sorted(versions))}")
    if wrong:
        sys.exit("This environment is not the locked one:\n  " + "\n  ".join(wrong))


def build() -> None:
    for made in FOLDER, BUNDLE:
        shutil.rmtree(made, ignore_errors=True)
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYINSTALLER_CONFIG_DIR": str(WORK / "cache")}
    environment.setdefault("SOURCE_DATE_EPOCH", _time_of_commit())
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", str(FOLDER.parent), "--workpath", str(WORK), str(ROOT / "packaging" / "program.spec"),
        ],
        cwd=ROOT, env=environment, check=True,
    )


def strip_debug_information() -> None:
    """A tenth of the folder. Wheels that bring a folder NAME.libs were repaired after linking, and strip would break
    their files; Qt's come stripped."""
    if not (sys.platform.startswith("linux") and shutil.which("strip")):
        return
    inside = FOLDER / "_internal"
    left_out = {"PySide6", "shiboken6", "fallback", *(path.name for path in inside.glob("*.libs"))}
    left_out |= {name.removesuffix(".libs") for name in left_out}
    libraries = [*inside.glob("libpython3*.so*"), *inside.glob("**/*.so")]
    for library in libraries:
        if library.relative_to(inside).parts[0] not in left_out and not library.is_symlink():
            subprocess.run(["strip", "--strip-unneeded", library], check=True)


def add_inventory() -> None:
    """The licence of the program and those of everything in it, the bill of materials, the sums of the files."""
    shutil.copy(ROOT / "LICENSE", FOLDER / "LICENSE")
    names = inventory.package_names(set(locked_versions()))
    inventory.add_licences(FOLDER, names)
    inventory.write_bill(FOLDER, names, contents.version())
    if intruders := inventory.forbidden(FOLDER):
        sys.exit("Components under the GPL came in: " + ", ".join(sorted(intruders)))
    inventory.write_sums(FOLDER)
    if BUNDLE.is_dir():
        inventory.add_to_bundle(FOLDER, BUNDLE)


def smoke() -> None:
    """The frozen program drives itself through its main job, with an empty home and none of our environment."""
    with tempfile.TemporaryDirectory(prefix="lightbox-smoke-") as folder:
        pictures = WORK / "tour"
        shutil.rmtree(pictures, ignore_errors=True)
        kept = {"PATH", "SYSTEMROOT", "TEMP", "TMP"}            # without them a Windows program finds nothing
        environment = {name: value for name, value in os.environ.items() if name in kept}
        environment |= {"HOME": folder, "USERPROFILE": folder, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        version = subprocess.run(
            [PROGRAM, "--version"], cwd=folder, env=environment, capture_output=True, encoding="utf-8",
            timeout=60, check=True,
        )
        print(version.stdout.strip())
        done = subprocess.run([PROGRAM, "--tour", pictures], cwd=folder, env=environment, timeout=600, check=False)
        check_codecs(folder, environment)
    if done.returncode != 0 or not (pictures / "tour.json").exists():
        sys.exit(f"The tour of the frozen program failed (exit code {done.returncode}).")
    print(f"the tour passed in the frozen program; pictures in {pictures.relative_to(ROOT)}")


def check_codecs(folder: str, environment: Mapping[str, str]) -> None:
    """Exits unless the frozen program opens every kind of file that this environment opens, of every transfer syntax;
    videos apart: their decoder is an extra that is not inside."""
    opened = {}
    for name, command in (("here", [sys.executable, "-m", "desktop_app"]), ("frozen", [PROGRAM])):
        answer = subprocess.run(
            [*command, "check", "--json", ROOT / "tests" / "data" / "dicom"], env=environment, capture_output=True,
            cwd=ROOT if name == "here" else folder, encoding="utf-8", timeout=600, check=False)
        rows = [json.loads(line) for line in answer.stdout.splitlines()]
        opened[name] = {
            (row["state"], row["transferSyntax"]) for row in rows if not _VIDEO.fullmatch(row["transferSyntax"])}
    missing = {f"{state} in {uid}" for state, uid in opened["here"] - opened["frozen"]}
    if missing or not opened["frozen"]:
        sys.exit("The frozen program does not open " + (", ".join(sorted(missing)) or "anything") + ".")
    decoded = {uid for state, uid in opened["frozen"] if state == "shown"}
    print(f"files of {len(decoded)} transfer syntaxes decoded in the frozen program, every other kind of object opened")


def report() -> None:
    """Its size, and what takes the most."""
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    sizes = Counter({str(path.relative_to(FOLDER)): path.stat().st_size for path in files})
    print(f"{FOLDER.relative_to(ROOT)}: {sum(sizes.values()) / _MB:.0f} MB in {len(files)} files; the largest:")
    for name, size in sizes.most_common(10):
        print(f"  {size / _MB:6.1f} MB  {name}")


def _time_of_commit() -> str:
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return answer.stdout.strip() or "0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-smoke", action="store_true", help="do not run the tour in what was built")
    options = parser.parse_args()
    check_environment()
    build()
    strip_debug_information()
    add_inventory()
    report()
    if not options.no_smoke:
        smoke()


if __name__ == "__main__":
    main()
