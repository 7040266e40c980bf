"""Figures are judged as they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import harness
from tests.benchmarks.harness import Bench, Figure, Missing


@pytest.mark.parametrize(("figure", "met"), [
    (Figure("a", 400, "ms", 500), True),
    (Figure("a", 501, "ms", 500), False),
    (Figure("a", 400, "ms"), None),
    (Figure("a", 2.0, "GB/s", 1.0, more_is_better=True), True),
    (Figure("a", 0.5, "GB/s", 1.0, more_is_better=True), False),
    (Figure("a", 2.7, "s", 1.10, "line", 2.5, goal_is_ratio=True), True),
    (Figure("a", 2.8, "s", 1.10, "line", 2.5, goal_is_ratio=True), False),
    (Figure("a", 2.8, "s", 1.10, goal_is_ratio=True), None),
])
def test_met(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_a_run_keeps_what_it_measured_and_says_what_it_could_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    def good(_: Bench) -> Iterator[Figure]:
        yield Figure("repaint", 1.23456, "ms", 2, "bare", 1.0)

    def missing(_: Bench) -> Iterator[Figure]:
        raise Missing("curl is not installed")
        yield

    monkeypatch.setattr(harness, "BENCHMARKS", {"good": good, "missing": missing})
    monkeypatch.setattr(harness, "RESULTS", tmp_path / "bench" / "results.json")
    monkeypatch.setattr(harness, "ROOT", tmp_path)
    assert harness.run([], repeats=1) == 0
    (figure,) = json.loads((tmp_path / "bench" / "results.json").read_text())
    assert figure == {
        "name": "repaint", "value": 1.235, "unit": "ms", "goal": "≤ 2 ms", "peer": "bare", "peer_value": 1.0,
        "ratio": 1.235, "met": True, "note": "",
    }
    assert "missing: skipped, curl is not installed" in capsys.readouterr().out


def test_a_broken_benchmark_does_not_lose_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    def broken(_: Bench) -> Iterator[Figure]:
        yield Figure("first", 1, "ms")
        raise RuntimeError("no")

    monkeypatch.setattr(harness, "BENCHMARKS", {"broken": broken, "good": lambda _: [Figure("second", 2, "ms")]})
    monkeypatch.setattr(harness, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(harness, "ROOT", tmp_path)
    assert harness.run([], repeats=1) == 1
    assert [figure["name"] for figure in json.loads((tmp_path / "results.json").read_text())] == ["first", "second"]
