"""What every step of the tour needs: finding things in the window, waiting for them, photographing them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from desktop_app import hand
from desktop_app.ui.study_table import StudyTable
from desktop_app.viewmodels.viewer import ViewerModel

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.viewport.canvas import ViewportCanvas

W = TypeVar("W", bound=QWidget)

_PATIENCE_S = 60.0
_LOOK_EVERY_S = 0.02


class StepFailed(Exception):
    """What the step waited for did not come."""


class StepSkipped(Exception):
    """There is nothing here with which the step could be gone; the reason says what."""


@dataclass(slots=True)
class Step:
    """One row of tour.json. Times in ms."""

    name: str
    number: int = 0
    passed: bool = False
    skipped: bool = False
    reason: str = ""
    ms: float = 0.0
    picture: str = ""
    facts: dict[str, float | int | str] = field(default_factory=dict)


Plan = list[tuple[str, Callable[[Step], Awaitable[None]]]]


class Guide:
    """Walks through one window. `viewer` is the study that a step opened last."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.models = window.models
        self._open: ViewerModel | None = None

    @property
    def table(self) -> StudyTable:
        return self.find(StudyTable)

    @property
    def viewer(self) -> ViewerModel:
        if self._open is None:
            raise StepFailed("no study is open")
        return self._open

    @property
    def canvas(self) -> ViewportCanvas:
        from desktop_app.ui.viewport.canvas import ViewportCanvas

        return self.find(ViewportCanvas)

    def find(self, kind: type[W]) -> W:
        """The visible widget of this kind."""
        for widget in self.window.findChildren(kind):
            if widget.isVisible():
                return widget
        raise StepFailed(f"the window shows no {kind.__name__}")

    def row_of(self, modality: str) -> int:
        """The row with this modality and the fewest others: the plain CT before the PET/CT."""
        studies = self.models.worklist.table.studies
        rows = [row for row, study in enumerate(studies) if modality in study.modalities]
        if not rows:
            raise StepFailed(f"the worklist has no {modality} study")
        return min(rows, key=lambda row: (len(studies[row].modalities), -(studies[row].instance_count or 0)))

    async def open_row(self, row: int) -> None:
        listed = self.models.worklist.table.rows[row]
        study, store = listed.study, listed.store
        hand.click_row(self.table, row, twice=True)
        workspace = self.models.workspace

        def opened() -> ViewerModel | None:
            here = (v for v in workspace.viewers if v.store.key == store.key)   # another archive may have it too
            return next((v for v in here if v.study.study_instance_uid == study.study_instance_uid), None)

        await self.until(lambda: opened() is not None, "a double click did not open the study")
        self._open = opened()

    async def first_image(self) -> float:
        """Milliseconds until an image was painted; fails with the reason that the viewport shows."""
        began = time.perf_counter()
        viewer = self.viewer

        def painted() -> bool:
            if viewer.error is not None:
                raise StepFailed(viewer.error.user_text)
            if viewer.active.error is not None:
                raise StepFailed(viewer.active.error.user_text)
            return viewer.active.frame is not None and self.canvas.shown_frame is viewer.active.frame

        await self.until(painted, "no image was painted")
        return round((time.perf_counter() - began) * 1000, 1)

    def to_worklist(self) -> None:
        self.window.show_worklist()

    @staticmethod
    def check(condition: bool, otherwise: str) -> None:
        if not condition:
            raise StepFailed(otherwise)

    @staticmethod
    async def until(condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise StepFailed(otherwise)
            await asyncio.sleep(_LOOK_EVERY_S)

    async def photograph(self, step: Step, suffix: str = "", widget: QWidget | None = None) -> None:
        await asyncio.sleep(0.15)  # what was asked to be repainted, is
        words = f"{step.name} {suffix}".strip().replace(" ", "-")
        step.picture = f"{step.number:02d}-{words}.png"
        (widget or self.window).grab().save(str(self.folder / step.picture))
