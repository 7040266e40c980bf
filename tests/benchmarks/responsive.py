"""How long the interface is held up at a stretch: the longest event handler and the longest paint of each stage of the
tour, by the CPU time of the GUI's thread."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator

from tests.benchmarks.harness import Bench, Figure, benchmark, python

_HANDLER_MS, _PAINT_MS = 8, 16
_RUNS = 3
# What is a figure, and the stages of which it is the longest; those that are named nowhere are "all else".
_STAGES = {
    "worklist, search, preview": ("start", "worklist", "preview", "all studies", "found again", "search"),
    "opening a study": ("open the CT", "side by side", "colour loop", "key image", "opened again"),
    "reading": ("every slice loaded", "window by drag", "lung preset", "scroll through", "zoom and pan", "reset",
                "measure", "measure more kinds"),
    "layout, hanging, prior": ("link", "cross-reference", "layout", "hanging", "prior"),
    "a window of its own": ("own window",),
    "report and key objects": ("save as SR", "the report opens"),
    "tags": ("tags",),
    "export": ("export",),
    "drop and upload sheet": ("drop files", "uploaded"),
    "settings": ("settings",),
    "commands, keys, network": ("all commands", "keys", "why is it slow"),
    "help": ("help",),
}


@benchmark("responsive")
def responsive(bench: Bench) -> Iterator[Figure]:
    """Medians of a few tours: what is long once, because another program took the caches, is not so each time."""
    groups = {stage: group for group, stages in _STAGES.items() for stage in stages}
    longest: dict[tuple[bool, str], list[tuple[float, str]]] = defaultdict(list)
    for run in range(min(bench.repeats, _RUNS)):
        of_run: dict[tuple[bool, str], tuple[float, str]] = {}
        for row in _tour(bench, run):
            key = bool(row["is_paint"]), groups.get(str(row["stage"]), "all else")
            of_run[key] = max(of_run.get(key, (0.0, "")), (float(str(row["cpu_ms"])), str(row["what"])))
        for key, found in of_run.items():
            longest[key].append(found)
    for is_paint, kind, goal in ((False, "handler", _HANDLER_MS), (True, "paint", _PAINT_MS)):
        for group in (*_STAGES, "all else"):
            if found := longest.get((is_paint, group)):
                middle = statistics.median_low(ms for ms, _ in found)
                yield Figure(f"longest {kind}, CPU: {group}", middle, "ms", goal,
                             note="" if is_paint else next(what for ms, what in found if ms == middle))


def _tour(bench: Bench, run: int) -> list[dict[str, object]]:
    folder = bench.folder / f"tour-{run}"
    done = python("-m", "tests.support.watched_tour", str(folder))
    file = folder / "stretches.json"
    if done.returncode or not file.exists():
        raise RuntimeError(f"the tour failed: {done.stdout[-500:]} {done.stderr[-500:]}")
    rows: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return rows
