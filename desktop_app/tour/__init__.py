"""The tour: the program drives itself through its main job, as a hand would, and keeps a picture of each step.

`tour.json` says of every step whether it passed, why not, how long it took, and how much was there of what should be.
A further part of the tour is a class with a `plan()`, in a file of its own, and a line in `_PARTS`.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app import __version__
from desktop_app.core.errors import user_text
from desktop_app.tour.archive_steps import ArchiveSteps
from desktop_app.tour.comparing_steps import ComparingSteps
from desktop_app.tour.google_steps import GoogleSteps
from desktop_app.tour.guide import Guide, Step, StepFailed, StepSkipped
from desktop_app.tour.hanging_steps import HangingSteps
from desktop_app.tour.help_steps import HelpSteps
from desktop_app.tour.object_steps import ObjectSteps
from desktop_app.tour.reading_steps import ReadingSteps
from desktop_app.tour.upload_steps import UploadSteps
from desktop_app.tour.worklist_steps import WorklistSteps
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow

_SIZE = (1600, 1000)
_PARTS = (
    WorklistSteps, ReadingSteps, ComparingSteps, HangingSteps, ObjectSteps, UploadSteps, ArchiveSteps, HelpSteps,
    GoogleSteps)
_NEEDED_BY_ALL = "worklist"     # without a list there is nowhere to go


class Tour(QObject):
    """Runs once. `ended` says whether every step passed."""

    ended = Signal(bool)

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._guide = Guide(window, folder)
        self._steps: list[Step] = []
        self._job = Job(self, self._broke)

    def start(self) -> None:
        self._guide.window.resize(*_SIZE)
        self._job.start(self._run())

    async def _run(self) -> None:
        plan = [entry for part in _PARTS for entry in part(self._guide).plan()]
        for number, (name, work) in enumerate(plan, start=1):
            step = Step(name, number)
            self._steps.append(step)
            began = time.perf_counter()
            try:
                await work(step)
                step.passed = True
            except StepSkipped as skipped:
                step.skipped, step.reason = True, str(skipped)
            except StepFailed as failed:
                step.reason = str(failed)
            except Exception as error:
                step.reason = f"{user_text(error)} ({type(error).__name__}: {error})"
            step.ms = round((time.perf_counter() - began) * 1000, 1)
            if step.skipped:
                continue
            await self._guide.photograph(step)
            if not step.passed and name == _NEEDED_BY_ALL:
                break
        self._finish()

    def _broke(self, error: Exception) -> None:
        self._steps.append(Step("tour", reason=repr(error)))
        self._finish()

    def _finish(self) -> None:
        passed = all(step.passed or step.skipped for step in self._steps)
        result = {
            "version": __version__,
            "archive": self._guide.models.archives.selected.name,
            "passed": passed,
            "steps": [asdict(step) for step in self._steps],
        }
        (self._guide.folder / "tour.json").write_text(json.dumps(result, indent=2), encoding="utf-8")
        for step in self._steps:
            verdict = "passed" if step.passed else "skipped" if step.skipped else "FAILED"
            line = f"{verdict}  {step.name:<22} {step.ms:8.0f} ms  {step.picture}  {step.reason}"
            print(line.rstrip(), flush=True)
        self.ended.emit(passed)
