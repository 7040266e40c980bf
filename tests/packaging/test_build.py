"""The program's folder: built from the lock, and driven through its main job. Takes minutes."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.unit.imaging.objects import image
from tests.unit.imaging.test_codecs import LOSSLESS, SMOOTH

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


def test_the_tour_passes_in_the_built_program(built: Path, record_property: Callable[[str, object], None]) -> None:
    told = json.loads((ROOT / "build" / "package" / "tour" / "tour.json").read_text(encoding="utf-8"))
    record_property("steps", len(told["steps"]))
    assert told["passed"]
    assert (built / "lightbox").exists()


def test_it_starts_and_says_how_long_that_took(
    built: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    surroundings = {**os.environ, "LIGHTBOX_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    profiles = []
    for number in range(6):                 # the first start puts the samples there
        told = tmp_path / f"{number}.json"
        subprocess.run([built / "lightbox", "--profile-startup", told], env=surroundings, timeout=120, check=False)
        profiles.append(json.loads(told.read_text(encoding="utf-8")))
    for name, key in ("first window", "first_paint_ms"), ("worklist filled", "worklist_filled_ms"):
        record_property(name, f"{statistics.median(one[key] for one in profiles[1:]):.0f} ms (5 warm starts)")
    assert all(0 < one["first_paint_ms"] < one["worklist_filled_ms"] for one in profiles)


def test_every_codec_is_inside(built: Path, tmp_path: Path) -> None:
    """Beside what the build tries itself on real files: the syntaxes of which there is none, made here."""
    for number, (syntax, encode) in enumerate(LOSSLESS):
        path = tmp_path / f"{number}.dcm"
        path.write_bytes(image(SMOOTH, syntax=syntax, encoded=[encode(SMOOTH)]))
    answer = subprocess.run(
        [built / "lightbox", "check", "--json", tmp_path], capture_output=True, encoding="utf-8", check=False)
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {row["transferSyntax"] for row in rows if row["state"] == "shown"} == {syntax for syntax, _ in LOSSLESS}
    assert answer.returncode == 0


def test_it_runs_from_anywhere_without_python(built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "Place with spaces" / "lightbox"
    shutil.copytree(built, elsewhere, symlinks=True)
    answer = subprocess.run(
        [elsewhere / "lightbox", "--version"], cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": "/nowhere"},
        capture_output=True, encoding="utf-8", check=True,
    )
    assert answer.stdout.startswith("lightbox ")


def test_it_carries_licences_and_nothing_that_it_does_not_need(built: Path) -> None:
    names = {path.name for path in built.rglob("*")}
    assert (built / "LICENSE").exists()
    assert {path.name for path in (built / "licences").iterdir()} >= {"pydicom", "numpy", "httpx", "imagecodecs"}
    assert not [name for name in names if name.startswith(("libQt6Qml", "libQt6Quick", "libQt6Sql", "QtWebEngine"))]
    assert not [name for name in names if name.startswith("_libjpeg")]      # pylibjpeg-libjpeg: GPL-3
    assert sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink()) < 300e6


def test_no_library_of_the_folder_lacks_another(built: Path) -> None:
    if shutil.which("ldd") is None:
        pytest.skip("ldd is not installed")
    places = {str(path.parent) for path in built.rglob("*.so*")}
    lacking = set()
    for library in built.rglob("*.so*"):
        told = subprocess.run(
            ["ldd", library], capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "LD_LIBRARY_PATH": ":".join(sorted(places))},
        )
        lacking |= {f"{library.name}: {line.strip()}" for line in told.stdout.splitlines() if "not found" in line}
    assert lacking == set()
