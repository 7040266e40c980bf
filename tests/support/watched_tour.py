"""`python -m tests.support.watched_tour FOLDER`: the tour, with every handler and paint measured.

Prints what took longer than it may, stage by stage, and writes the longest of each stage to FOLDER/stretches.json.
A stage is a step of the tour, or one of those that only this adds: it opens what the tour leaves closed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app import app as program
from desktop_app import hand, tour
from desktop_app.cli import parse
from desktop_app.tour import guide
from tests.support.watch import WatchedApplication, set_aside

HANDLER_MS, PAINT_MS = 8.0, 16.0
_REST_S = 0.3                   # after each stage: what it set off is done
# By their keys; the last one by its button.
_OPENED = (("settings", "Ctrl+,"), ("all commands", "Ctrl+K"), ("keys", "?"), ("why is it slow", ""))


class MoreSteps:
    """Opens, one after the other, what the tour leaves closed."""

    def __init__(self, led: guide.Guide) -> None:
        self._guide = led

    def plan(self) -> guide.Plan:
        return [*((name, self._open) for name, _ in _OPENED), ("search", self._search)]

    async def _open(self, step: guide.Step) -> None:
        window = self._guide.window
        keys = dict(_OPENED)[step.name]
        if keys:
            hand.key(self._guide.table, keys)
        else:
            hand.click(window.top_bar.network_chip)
        await asyncio.sleep(_REST_S)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        if window.palette_box.isVisible():
            window.palette_box.hide()

    async def _search(self, step: guide.Step) -> None:
        field = self._guide.window.worklist_page.search.text
        hand.type_text(field, "ct")
        hand.key(field, "Return")
        await asyncio.sleep(_REST_S)


def main(folder: Path) -> int:
    application = WatchedApplication([sys.argv[0]])
    _hook(application)
    failed = program.run_window(parse(["--tour", str(folder)]))
    found = [
        {"is_paint": is_paint, **asdict(one)}
        for is_paint in (False, True) for one in application.longest(is_paint=is_paint).values()]
    (folder / "stretches.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    for one in application.stretches:
        if one.cpu_ms > (PAINT_MS if one.is_paint else HANDLER_MS):
            print(f"{one.cpu_ms:7.1f} ms  {'paint  ' if one.is_paint else 'handler'}  {one.stage:<24} {one.what}")
    return failed


def _hook(application: WatchedApplication) -> None:
    """Has the program and its tour tell the application where they are; the tour's own work is set aside."""
    begin, run, shortcut = program.start, tour.Tour._run, hand._run_shortcut

    def start(*arguments: Any) -> None:
        application.stretches.clear()       # what was before the loop, the benchmark of the start measures
        begin(*arguments)

    async def warm(self: tour.Tour) -> None:
        window = self._guide.window
        while window._cold:                 # nobody opens a study in the first second
            await asyncio.sleep(_REST_S)
        await asyncio.sleep(_REST_S)
        await run(self)

    async def rest(_self: guide.Guide, _step: guide.Step, _suffix: str = "", _widget: QWidget | None = None) -> None:
        await asyncio.sleep(_REST_S)        # instead of a picture

    def by_key(widget: QWidget, sequence: QKeySequence) -> bool:
        with _named(application, f"key {sequence.toString()}"):
            return shortcut(widget, sequence)

    class Step(guide.Step):
        def __init__(self, name: str, *arguments: Any, **named: Any) -> None:
            super().__init__(name, *arguments, **named)
            application.stage = name

    program.start = start
    tour.Tour._run = set_aside(warm, application)           # type: ignore[method-assign]
    guide.Guide.photograph = rest                           # type: ignore[method-assign]
    hand._run_shortcut = by_key
    tour.Step = Step                                        # type: ignore[misc]
    tour._PARTS = (*tour._PARTS, MoreSteps)                 # type: ignore[misc]


@contextmanager
def _named(application: WatchedApplication, words: str) -> Iterator[None]:
    with application.stretch(lambda: words):
        yield


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
