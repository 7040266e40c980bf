"""The tour, as `make tour` runs it: on the program's own archive, and on a real Orthanc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.orthanc import Orthanc

TOUR_TIMEOUT_S = 240


def run_tour(folder: Path, *arguments: str) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-m", "desktop_app", "--tour", str(folder), *arguments],
        env=environment, capture_output=True, text=True, timeout=TOUR_TIMEOUT_S, check=False,
    )
    result: dict[str, Any] = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    failed = [f"{step['name']}: {step['reason']}" for step in result["steps"] if not step["passed"]]
    assert not failed, failed
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return result


def pictures_are_there(folder: Path, result: dict[str, Any]) -> None:
    for step in result["steps"]:
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


def test_a_tour_that_fails_says_so_by_its_exit_code(tmp_path: Path, refused_url: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--tour", str(tmp_path), "--archive", refused_url],
        env=environment, capture_output=True, text=True, timeout=TOUR_TIMEOUT_S, check=False,
    )
    result = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert done.returncode == 1
    assert not result["passed"]
    assert "Nothing answers" in result["steps"][0]["reason"]
