"""The soak in short: the real program against Orthanc over a line that breaks, at random; the whole of it is
`make soak`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support import orthanc

_ROUNDS, _LONG_MIN = 9, 10


def soaked(result: Path, *options: str, limit_s: float) -> dict[str, Any]:
    if reason := orthanc.missing():
        pytest.skip(reason)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.soak", "--quiet", "--json", str(result), *options], cwd=ROOT,
        capture_output=True, text=True, timeout=limit_s, check=False)
    assert result.exists(), done.stderr[-3000:]
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    assert found["complaints"] == []
    return found


@pytest.mark.timeout(300)
def test_a_short_soak_leaves_nothing_behind_and_complains_of_nothing(tmp_path: Path) -> None:
    found = soaked(tmp_path / "soak.json", "--rounds", str(_ROUNDS), "--acts", "8", "--seed", "5", limit_s=280)
    assert found["rounds"] == _ROUNDS and found["done"]["upload"] >= 2 and found["done"]["open"] >= _ROUNDS
    # Pools of threads and connections still fill up in so few rounds.
    assert not set(found["grown"]) & {"widgets", "qt_objects", "tasks"}, found["more_of"]


@pytest.mark.long
@pytest.mark.timeout(_LONG_MIN * 60 + 300)
def test_a_long_soak_grows_by_nothing(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    found = soaked(tmp_path / "soak.json", "--minutes", str(_LONG_MIN), limit_s=_LONG_MIN * 60 + 240)
    record_property("rounds", found["rounds"])
    record_property("acts", sum(found["done"].values()))
    record_property("complaints", len(found["complaints"]))
    record_property("grown", ", ".join(found["grown"]) or "nothing")
    assert found["grown"] == {}, found["more_of"]
