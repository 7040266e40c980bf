"""The tour: the program drives itself through its main job, as a hand would, and keeps a picture of each step.

`tour.json` says of every step whether it passed, why not, how long it took, and how much was there of what should be.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app import __version__, hand
from desktop_app.core.errors import user_text
from desktop_app.core.study import Study
from desktop_app.core.upload import Verdict
from desktop_app.tour_files import DROPPED_IMAGES, TOUR_ACCESSION, make_drop
from desktop_app.ui.study_table import StudyTable
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.viewer import ViewerModel

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.upload_sheet import UploadSheet
    from desktop_app.ui.viewport.canvas import ViewportCanvas

W = TypeVar("W", bound=QWidget)

_SIZE = (1600, 1000)
_PATIENCE_S = 60.0
_LOOK_EVERY_S = 0.02
_CINE_S = 1.0


class StepFailed(Exception):
    """What the step waited for did not come."""


@dataclass(slots=True)
class Step:
    """One row of tour.json. Times in ms."""

    name: str
    passed: bool = False
    reason: str = ""
    ms: float = 0.0
    picture: str = ""
    facts: dict[str, float | int | str] = field(default_factory=dict)


class Tour(QObject):
    """Runs once. `ended` says whether every step passed."""

    ended = Signal(bool)

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder
        self._models = window.models
        self._steps: list[Step] = []
        self._viewer: ViewerModel | None = None
        self._dropped: Study | None = None
        self._job = Job(self, self._broke)

    def start(self) -> None:
        self._window.resize(*_SIZE)
        self._job.start(self._run())

    async def _run(self) -> None:
        for name, work in self._plan():
            step = Step(name)
            self._steps.append(step)
            began = time.perf_counter()
            try:
                await work(step)
                step.passed = True
            except StepFailed as failed:
                step.reason = str(failed)
            except Exception as error:
                step.reason = f"{user_text(error)} ({type(error).__name__}: {error})"
            if not step.passed and work == self._worklist:
                await self._photograph(step)
                break  # without a list there is nowhere to go
            step.ms = round((time.perf_counter() - began) * 1000, 1)
            await self._photograph(step)
        self._finish()

    def _plan(self) -> list[tuple[str, Callable[[Step], Awaitable[None]]]]:
        return [
            ("worklist", self._worklist),
            ("preview", self._preview),
            ("open the CT", self._open_ct),
            ("every slice loaded", self._every_slice),
            ("window by drag", self._window_by_drag),
            ("lung preset", self._lung_preset),
            ("scroll through", self._scroll),
            ("zoom and pan", self._zoom_and_pan),
            ("reset", self._reset),
            ("measure", self._measure),
            ("side by side", self._side_by_side),
            ("colour loop", self._colour_loop),
            ("drop files", self._drop),
            ("uploaded", self._uploaded),
            ("found again", self._found_again),
            ("opened again", self._open_dropped),
        ]

    # -- the steps -----------------------------------------------------------------------------------------------

    async def _worklist(self, step: Step) -> None:
        worklist = self._models.worklist
        await self._until(
            lambda: bool(worklist.table.studies) or worklist.error is not None,
            "no study appeared in the worklist",
        )
        if worklist.error is not None:
            raise StepFailed(worklist.error.user_text)
        step.facts["studies"] = len(worklist.table.studies)

    async def _preview(self, step: Step) -> None:
        hand.click_row(self._table, self._row_of("CT"))
        rail = self._models.worklist
        await self._until(
            lambda: any(card.display_set for card in rail.preview.cards), "the preview shows no series"
        )
        images = [card for card in rail.preview.cards if card.is_image]
        await self._until(
            lambda: all(rail.preview.thumbnail(card.key) is not None for card in images),
            "a preview picture is missing",
        )
        step.facts["series"] = len(rail.preview.cards)

    async def _open_ct(self, step: Step) -> None:
        await self._open_row(self._row_of("CT"))
        step.facts["first image ms"] = await self._first_image()

    async def _every_slice(self, step: Step) -> None:
        viewer = self._open_viewer

        def everything() -> bool:
            return not viewer.busy and all(card.complete or not card.is_image for card in viewer.rail.cards)

        try:
            await self._until(everything, "not every image of every series is here")
        finally:
            step.facts["received"] = sum(card.received for card in viewer.rail.cards)
            step.facts["expected"] = sum(card.expected for card in viewer.rail.cards)

    async def _window_by_drag(self, step: Step) -> None:
        viewport = self._open_viewer.active
        before = viewport.window
        middle = hand.centre(self._canvas)
        hand.drag(self._canvas, middle, middle + QPoint(120, 60))
        after = viewport.window
        self._check(after.width > before.width, "dragging right did not widen the window")
        self._check(after.center > before.center, "dragging down did not darken the image")
        step.facts.update({"width before": before.width, "width after": round(after.width, 1)})

    async def _lung_preset(self, step: Step) -> None:
        hand.key(self._canvas, "7")
        window = self._open_viewer.active.window
        self._check(
            (window.width, window.center) == (1500, -600), f"key 7 gave {window.width}/{window.center}"
        )

    async def _scroll(self, step: Step) -> None:
        viewport = self._open_viewer.active
        hand.key(self._canvas, "Home")
        self._check(viewport.state.index == 0, "Home did not go to the first image")
        slowest = 0.0
        for _ in range(viewport.expected):
            began = time.perf_counter()
            hand.wheel(self._canvas, 1)
            self._canvas.repaint()
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(0)
        await self._until(lambda: viewport.frame is not None, "the last image is not shown")
        self._check(
            viewport.state.index == viewport.expected - 1,
            "the wheel did not reach the last image, or went beyond",
        )
        step.facts.update(
            {"images": viewport.expected, "slowest wheel to paint ms": round(slowest * 1000, 1)}
        )
        for _ in range(viewport.expected // 2):
            hand.wheel(self._canvas, -1)

    async def _zoom_and_pan(self, step: Step) -> None:
        viewport = self._open_viewer.active
        middle = hand.centre(self._canvas)
        hand.drag(self._canvas, middle, middle - QPoint(0, 60), hand.RIGHT)
        hand.drag(self._canvas, middle, middle + QPoint(50, 30), hand.MIDDLE)
        self._check(viewport.state.zoom > 1.2, "dragging up with the right button did not enlarge")
        self._check(viewport.state.pan[0] > 0, "dragging with the middle button did not move the image")
        hand.move(self._canvas, middle)
        self._check(bool(viewport.hover_text), "no value is shown under the pointer")
        step.facts["zoom"] = round(viewport.state.zoom, 2)

    async def _reset(self, step: Step) -> None:
        hand.key(self._canvas, "Esc")
        self._check(self._open_viewer.active.state.zoom == 1.0, "Esc did not reset the viewport")

    async def _measure(self, step: Step) -> None:
        """A length by a drag, an angle by a drag and a click, an ellipse; then undone and done again."""
        annotations, canvas = self._open_viewer.annotations, self._canvas
        middle = hand.centre(canvas)
        hand.key(canvas, "4")
        hand.key(canvas, "L")
        hand.drag(canvas, middle + QPoint(-170, -60), middle + QPoint(-60, -20))
        hand.key(canvas, "E")
        hand.drag(canvas, middle + QPoint(-230, 20), middle + QPoint(-140, 90))
        hand.key(canvas, "A")
        hand.drag(canvas, middle + QPoint(160, 40), middle + QPoint(60, 100))
        hand.move(canvas, middle + QPoint(170, 150))
        hand.click(canvas, middle + QPoint(170, 150))
        self._check(len(annotations.items) == 3, f"{len(annotations.items)} of 3 measurements are there")
        results = [annotations.measurement(item) for item in annotations.items]
        self._check(all(result is not None for result in results), "a measurement has no result")
        length, ellipse, angle = (result.headline for result in results if result is not None)
        self._check(
            length.endswith("mm") and ellipse.endswith("HU") and angle.endswith("°"), "a unit is wrong"
        )
        step.facts.update({"length": length, "ellipse": ellipse, "angle": angle})
        hand.key(canvas, "Ctrl+Z")
        self._check(len(annotations.items) == 2, "Ctrl+Z did not take the angle back")
        hand.key(canvas, "Ctrl+Y")
        self._check(len(annotations.items) == 3, "Ctrl+Y did not bring the angle back")
        hand.key(canvas, "W")

    async def _side_by_side(self, step: Step) -> None:
        """PET beside CT: F3, and one wheel moves both to the same place of the patient."""
        self._to_worklist()
        await self._open_row(self._row_of("PT"))
        await self._first_image()
        viewer = self._open_viewer
        await self._until(lambda: not viewer.busy, "the study's series are not all listed")
        hand.key(self._canvas, "F3")
        self._check(len(viewer.viewports) == 2, "F3 did not give two viewports")
        keys = [
            card.key
            for card in viewer.rail.cards
            if card.display_set and card.display_set.series.modality in ("CT", "PT")
        ]
        for viewport, key in zip(viewer.viewports, keys, strict=False):
            viewer.show(key, viewport)
        hand.wheel(self._canvas, 2)
        await self._until(
            lambda: all(viewport.frame for viewport in viewer.viewports), "a viewport shows no image"
        )
        places = [
            viewport.frame.plane.location_mm
            for viewport in viewer.viewports
            if viewport.frame and viewport.frame.plane
        ]
        self._check(len(places) == 2 and abs(places[0] - places[1]) < 5, f"the planes lie at {places} mm")
        step.facts.update({"left mm": round(places[0], 1), "right mm": round(places[1], 1)})

    async def _colour_loop(self, step: Step) -> None:
        self._to_worklist()
        await self._open_row(self._row_of("US"))
        await self._first_image()
        viewport = self._open_viewer.active
        self._check(viewport.frame is not None and viewport.frame.is_colour, "the loop is not in colour")
        await self._until(
            lambda: viewport.loaded.count(1) == viewport.expected, "not every frame of the loop is here"
        )
        shown: set[int] = set()
        viewport.frame_changed.connect(lambda: shown.add(viewport.state.index))
        hand.key(self._canvas, "Space")
        await asyncio.sleep(_CINE_S)
        hand.key(self._canvas, "Space")
        self._check(len(shown) > 5, f"the loop showed {len(shown)} frames in a second")
        self._check(not viewport.playing, "Space did not stop the loop")
        step.facts.update({"frames": viewport.expected, "frames shown in 1 s": len(shown)})

    async def _drop(self, step: Step) -> None:
        self._to_worklist()
        folder = await asyncio.to_thread(make_drop, self._folder / "dropped")
        data = hand.drag_in(self._window, [folder])
        await asyncio.sleep(0.1)
        await self._photograph(step, "held over the window")
        hand.let_go(self._window, data)
        await self._until(lambda: bool(self._models.uploads.rows), "the drop was not taken")
        await self._until(lambda: self._sheet() is not None, "nothing was asked about the files that cannot be sent")
        sheet = self._sheet()
        assert sheet is not None
        await self._photograph(step, "what goes where", sheet)
        hand.click(sheet.send)

    def _sheet(self) -> UploadSheet | None:
        from desktop_app.ui.upload_sheet import UploadSheet

        return next((sheet for sheet in self._window.findChildren(UploadSheet) if sheet.isVisible()), None)

    async def _uploaded(self, step: Step) -> None:
        uploads = self._models.uploads
        await self._until(lambda: uploads.rows[0].finished, "the upload did not end")
        row = uploads.rows[0]
        self._check(not row.error, row.error)
        totals = dict(row.progress.totals)
        step.facts.update({str(verdict): count for verdict, count in totals.items()})
        expected = {Verdict.STORED: DROPPED_IMAGES, Verdict.NOT_DICOM: 1, Verdict.UNREADABLE: 1}
        reasons = "; ".join(
            f"{item.verdict}: {item.reason}" for item in uploads.report(row.id) if item.reason
        )
        self._check(totals == expected, f"the verdicts are {totals} and should be {expected}. {reasons}")

    async def _found_again(self, step: Step) -> None:
        field_ = self._find(QLineEdit)
        field_.clear()
        hand.type_text(field_, TOUR_ACCESSION)
        hand.key(field_, "Return")
        studies = self._models.worklist.table

        def found() -> bool:
            return (
                any(study.accession_number == TOUR_ACCESSION for study in studies.studies)
                and not self._models.worklist.busy
            )

        await self._until(found, "the uploaded study is not in the worklist")
        self._dropped = next(study for study in studies.studies if study.accession_number == TOUR_ACCESSION)
        step.facts["studies"] = len(studies.studies)

    async def _open_dropped(self, step: Step) -> None:
        self._check(self._dropped is not None, "there is nothing to open")
        await self._open_row(self._models.worklist.table.studies.index(self._dropped))  # type: ignore[arg-type]
        await self._first_image()
        viewer = self._open_viewer
        await self._until(
            lambda: sum(card.received for card in viewer.rail.cards) == DROPPED_IMAGES,
            "not every image came back",
        )
        step.facts["received"] = DROPPED_IMAGES

    # -- helpers of the steps ------------------------------------------------------------------------------------

    @property
    def _table(self) -> StudyTable:
        return self._find(StudyTable)

    @property
    def _open_viewer(self) -> ViewerModel:
        if self._viewer is None:
            raise StepFailed("no study is open")
        return self._viewer

    @property
    def _canvas(self) -> ViewportCanvas:
        from desktop_app.ui.viewport.canvas import ViewportCanvas

        return self._find(ViewportCanvas)

    def _find(self, kind: type[W]) -> W:
        """The visible widget of this kind."""
        for widget in self._window.findChildren(kind):
            if widget.isVisible():
                return widget
        raise StepFailed(f"the window shows no {kind.__name__}")

    def _row_of(self, modality: str) -> int:
        """The row with this modality and the fewest others: the plain CT before the PET/CT."""
        studies = self._models.worklist.table.studies
        rows = [row for row, study in enumerate(studies) if modality in study.modalities]
        if not rows:
            raise StepFailed(f"the worklist has no {modality} study")
        return min(rows, key=lambda row: (len(studies[row].modalities), -(studies[row].instance_count or 0)))

    async def _open_row(self, row: int) -> None:
        study = self._models.worklist.table.studies[row]
        hand.click_row(self._table, row, twice=True)
        workspace = self._models.workspace

        def opened() -> ViewerModel | None:
            return next(
                (v for v in workspace.viewers if v.study.study_instance_uid == study.study_instance_uid), None
            )

        await self._until(lambda: opened() is not None, "a double click did not open the study")
        self._viewer = opened()

    async def _first_image(self) -> float:
        """Milliseconds until an image was painted; fails with the reason that the viewport shows."""
        began = time.perf_counter()
        viewer = self._open_viewer

        def painted() -> bool:
            if viewer.error is not None:
                raise StepFailed(viewer.error.user_text)
            if viewer.active.error is not None:
                raise StepFailed(viewer.active.error.user_text)
            return viewer.active.frame is not None and self._canvas.shown_frame is viewer.active.frame

        await self._until(painted, "no image was painted")
        return round((time.perf_counter() - began) * 1000, 1)

    def _to_worklist(self) -> None:
        self._window.show_worklist()

    @staticmethod
    def _check(condition: bool, otherwise: str) -> None:
        if not condition:
            raise StepFailed(otherwise)

    @staticmethod
    async def _until(condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise StepFailed(otherwise)
            await asyncio.sleep(_LOOK_EVERY_S)

    # -- keeping -------------------------------------------------------------------------------------------------

    async def _photograph(self, step: Step, suffix: str = "", widget: QWidget | None = None) -> None:
        await asyncio.sleep(0.15)  # what was asked to be repainted, is
        words = f"{step.name} {suffix}".strip().replace(" ", "-")
        step.picture = f"{len(self._steps):02d}-{words}.png"
        (widget or self._window).grab().save(str(self._folder / step.picture))

    def _broke(self, error: Exception) -> None:
        self._steps.append(Step("tour", reason=repr(error)))
        self._finish()

    def _finish(self) -> None:
        passed = all(step.passed for step in self._steps)
        result = {
            "version": __version__,
            "archive": self._models.archives.selected.name,
            "passed": passed,
            "steps": [asdict(step) for step in self._steps],
        }
        (self._folder / "tour.json").write_text(json.dumps(result, indent=2), encoding="utf-8")
        for step in self._steps:
            verdict = "passed" if step.passed else "FAILED"
            line = f"{verdict}  {step.name:<22} {step.ms:8.0f} ms  {step.picture}  {step.reason}"
            print(line.rstrip(), flush=True)
        self.ended.emit(passed)
