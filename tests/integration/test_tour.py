"""The tour, as `make tour` runs it: on the program's own archive, and on a real Orthanc."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from tests.conftest import ROOT
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import GooglePlace
from tests.support.loopback_tls import Authority
from tests.support.orthanc import Orthanc
from tests.support.traces import command_lines, found_in, identities

TOUR_TIMEOUT_S = 240


def run_tour(folder: Path, *arguments: str) -> dict[str, Any]:
    temporary = folder.parent / f"{folder.name}-temporary"
    temporary.mkdir()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-W", "error::RuntimeWarning", "-m", "desktop_app", "--tour", str(folder), "--verbose",
         *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )
    try:
        with command_lines(process.pid) as seen:
            out, err = process.communicate(timeout=TOUR_TIMEOUT_S)
    finally:
        process.kill()
    result: dict[str, Any] = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    failed = [f"{step['name']}: {step['reason']}" for step in result["steps"]
              if not step["passed"] and not step["skipped"]]
    assert not failed, failed
    assert process.returncode == 0, err[-2000:]
    assert "Traceback" not in err, err[-2000:]
    nobody_is_named(folder, temporary, out + err, seen)
    return result


def nobody_is_named(folder: Path, temporary: Path, printed: str, arguments: set[bytes]) -> None:
    """After the tour no name, ID, date of birth or accession number lies where it must not: logs, settings, journal,
    record, cache, reports, temporary files, names of files, arguments of processes, what was printed."""
    data = folder / "home" / "data"
    dropped = [path for path in folder.rglob("*.dcm") if data not in path.parents]
    words = identities([*(ROOT / "resources" / "samples").rglob("*.dcm"), *dropped])
    assert len(words) > 5 and "Tour^Upload" in words
    assert (folder / "home" / "state" / "lightbox.log").stat().st_size > 0
    where_they_belong = {data / "archive", data / "work", folder / "exported", *(path.parent for path in dropped)}
    assert found_in(folder, words, but=where_they_belong) == {}
    assert found_in(temporary, words) == {}
    told = [printed.encode(), *arguments]
    assert [number for number, word in enumerate(words) if any(word.encode() in text for text in told)] == []
    assert arguments or not Path("/proc/self/cmdline").exists()


def pictures_are_there(folder: Path, result: dict[str, Any]) -> None:
    for step in result["steps"]:
        if step["skipped"]:
            assert step["reason"] and not step["picture"]
            continue
        assert (folder / step["picture"]).stat().st_size > 10_000, step["picture"]


@pytest.mark.timeout(TOUR_TIMEOUT_S + 30)
def test_the_tour_passes_on_the_local_archive(tmp_path: Path) -> None:
    result = run_tour(tmp_path)
    pictures_are_there(tmp_path, result)
    facts = {step["name"]: step["facts"] for step in result["steps"]}
    assert facts["every slice loaded"] == {"received": 51, "expected": 51}


@pytest.mark.timeout(TOUR_TIMEOUT_S + 60)
def test_the_tour_passes_on_orthanc(tmp_path: Path, empty_orthanc: Orthanc, samples: Path) -> None:
    empty_orthanc.put_all(list(samples.rglob("*.dcm")))
    result = run_tour(tmp_path, "--archive", empty_orthanc.url)
    pictures_are_there(tmp_path, result)
    facts = {step["name"]: step["facts"] for step in result["steps"]}
    assert facts["uploaded"]["stored"] == 3


@pytest.mark.long
@pytest.mark.timeout(TOUR_TIMEOUT_S + 60)
def test_the_tour_reaches_the_first_image_of_a_google_like_store_with_four_inputs(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "far"))
    loop.run_until_complete(archive.store_bytes(min((samples / "ct-abdomen").glob("*.dcm")).read_bytes()))
    world = GoogleLike(
        projects=[GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})],
        dicom_web=create_app(archive))
    with GooglePlace(world, authority=Authority(tmp_path / "site")) as place:
        (tmp_path / "site" / "archives.toml").write_text(place.site_file(), encoding="utf-8")
        monkeypatch.setenv("LIGHTBOX_SITE", str(tmp_path / "site"))
        result = run_tour(tmp_path / "tour")
    loop.run_until_complete(archive.close())
    loop.close()
    pictures_are_there(tmp_path / "tour", result)
    steps = {step["name"]: step for step in result["steps"]}
    assert steps["first image of the store"]["passed"] and not steps["sign in"]["skipped"]
    assert steps["first image of the store"]["facts"]["inputs"] == 4
    assert steps["first image of what was typed"]["facts"]["inputs"] == 4


def test_a_tour_that_fails_says_so_by_its_exit_code(tmp_path: Path, refused_url: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--tour", str(tmp_path), "--archive", refused_url],
        env=environment, capture_output=True, encoding="utf-8", timeout=TOUR_TIMEOUT_S, check=False,
    )
    result = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert done.returncode == 1
    assert not result["passed"]
    assert "Nothing answers" in result["steps"][0]["reason"]
