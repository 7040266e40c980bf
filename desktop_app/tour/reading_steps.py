"""Opening, scrolling, windowing, measuring, comparing."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QPoint

from desktop_app import hand
from desktop_app.tour.guide import Guide, Plan, Step

_CINE_S = 1.0


class ReadingSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
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
        ]

    async def _open_ct(self, step: Step) -> None:
        await self._guide.open_row(self._guide.row_of("CT"))
        step.facts["first image ms"] = await self._guide.first_image()

    async def _every_slice(self, step: Step) -> None:
        viewer = self._guide.viewer

        def everything() -> bool:
            return not viewer.busy and all(card.complete or not card.is_image for card in viewer.rail.cards)

        try:
            await self._guide.until(everything, "not every image of every series is here")
        finally:
            step.facts["received"] = sum(card.received for card in viewer.rail.cards)
            step.facts["expected"] = sum(card.expected for card in viewer.rail.cards)

    async def _window_by_drag(self, step: Step) -> None:
        viewport = self._guide.viewer.active
        before = viewport.window
        middle = hand.centre(self._guide.canvas)
        hand.drag(self._guide.canvas, middle, middle + QPoint(120, 60))
        after = viewport.window
        self._guide.check(after.width > before.width, "dragging right did not widen the window")
        self._guide.check(after.center > before.center, "dragging down did not darken the image")
        step.facts.update({"width before": before.width, "width after": round(after.width, 1)})

    async def _lung_preset(self, step: Step) -> None:
        hand.key(self._guide.canvas, "7")
        window = self._guide.viewer.active.window
        self._guide.check(
            (window.width, window.center) == (1500, -600), f"key 7 gave {window.width}/{window.center}"
        )

    async def _scroll(self, step: Step) -> None:
        viewer, viewport = self._guide.viewer, self._guide.viewer.active
        listed = max(card.expected for card in viewer.rail.cards)
        self._guide.check(viewport.expected == listed, f"the viewport holds {viewport.expected} of {listed} images")
        hand.key(self._guide.canvas, "Home")
        self._guide.check(viewport.state.index == 0, "Home did not go to the first image")
        slowest = 0.0
        for _ in range(viewport.expected):
            began = time.perf_counter()
            hand.wheel(self._guide.canvas, 1)
            self._guide.canvas.repaint()
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(0)
        await self._guide.until(lambda: viewport.frame is not None, "the last image is not shown")
        self._guide.check(
            viewport.state.index == viewport.expected - 1,
            "the wheel did not reach the last image, or went beyond",
        )
        step.facts.update(
            {"images": viewport.expected, "slowest wheel to paint ms": round(slowest * 1000, 1)}
        )
        for _ in range(viewport.expected // 2):
            hand.wheel(self._guide.canvas, -1)

    async def _zoom_and_pan(self, step: Step) -> None:
        viewport = self._guide.viewer.active
        middle = hand.centre(self._guide.canvas)
        hand.drag(self._guide.canvas, middle, middle - QPoint(0, 60), hand.RIGHT)
        hand.drag(self._guide.canvas, middle, middle + QPoint(50, 30), hand.MIDDLE)
        self._guide.check(viewport.state.zoom > 1.2, "dragging up with the right button did not enlarge")
        self._guide.check(viewport.state.pan[0] > 0, "dragging with the middle button did not move the image")
        hand.move(self._guide.canvas, middle)
        self._guide.check(bool(viewport.hover_text), "no value is shown under the pointer")
        step.facts["zoom"] = round(viewport.state.zoom, 2)

    async def _reset(self, step: Step) -> None:
        hand.key(self._guide.canvas, "Esc")
        self._guide.check(self._guide.viewer.active.state.zoom == 1.0, "Esc did not reset the viewport")

    async def _measure(self, step: Step) -> None:
        """A length by a drag, an angle by a drag and a click, an ellipse; then undone and done again."""
        annotations, canvas = self._guide.viewer.annotations, self._guide.canvas
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
        self._guide.check(len(annotations.items) == 3, f"{len(annotations.items)} of 3 measurements are there")
        results = [annotations.measurement(item) for item in annotations.items]
        self._guide.check(all(result is not None for result in results), "a measurement has no result")
        length, ellipse, angle = (result.headline for result in results if result is not None)
        self._guide.check(
            length.endswith("mm") and ellipse.endswith("HU") and angle.endswith("°"), "a unit is wrong"
        )
        step.facts.update({"length": length, "ellipse": ellipse, "angle": angle})
        hand.key(canvas, "Ctrl+Z")
        self._guide.check(len(annotations.items) == 2, "Ctrl+Z did not take the angle back")
        hand.key(canvas, "Ctrl+Y")
        self._guide.check(len(annotations.items) == 3, "Ctrl+Y did not bring the angle back")
        hand.key(canvas, "W")

    async def _side_by_side(self, step: Step) -> None:
        """PET beside CT: F3, and one wheel moves both to the same place of the patient."""
        self._guide.to_worklist()
        await self._guide.open_row(self._guide.row_of("PT"))
        await self._guide.first_image()
        viewer = self._guide.viewer
        await self._guide.until(lambda: not viewer.busy, "the study's series are not all listed")
        hand.key(self._guide.canvas, "F3")
        self._guide.check(len(viewer.viewports) == 2, "F3 did not give two viewports")
        keys = [
            card.key
            for card in viewer.rail.cards
            if card.display_set and card.display_set.series.modality in ("CT", "PT")
        ]
        for viewport, key in zip(viewer.viewports, keys, strict=False):
            viewer.show(key, viewport)
        hand.wheel(self._guide.canvas, 2)
        await self._guide.until(
            lambda: all(viewport.frame for viewport in viewer.viewports), "a viewport shows no image"
        )
        places = [
            viewport.frame.plane.location_mm
            for viewport in viewer.viewports
            if viewport.frame and viewport.frame.plane
        ]
        self._guide.check(len(places) == 2 and abs(places[0] - places[1]) < 5, f"the planes lie at {places} mm")
        step.facts.update({"left mm": round(places[0], 1), "right mm": round(places[1], 1)})

    async def _colour_loop(self, step: Step) -> None:
        self._guide.to_worklist()
        await self._guide.open_row(self._guide.row_of("US"))
        await self._guide.first_image()
        viewport = self._guide.viewer.active
        self._guide.check(viewport.frame is not None and viewport.frame.is_colour, "the loop is not in colour")
        await self._guide.until(
            lambda: viewport.loaded.count(1) == viewport.expected, "not every frame of the loop is here"
        )
        shown: set[int] = set()
        viewport.frame_changed.connect(lambda: shown.add(viewport.state.index))
        hand.key(self._guide.canvas, "Space")
        await asyncio.sleep(_CINE_S)
        hand.key(self._guide.canvas, "Space")
        self._guide.check(len(shown) > 5, f"the loop showed {len(shown)} frames in a second")
        self._guide.check(not viewport.cine.playing, "Space did not stop the loop")
        step.facts.update({"frames": viewport.expected, "frames shown in 1 s": len(shown)})
