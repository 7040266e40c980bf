"""More kinds of measurements, viewports that do things together, the cursor in the patient."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint

from desktop_app import hand
from desktop_app.core.geometry import dot
from desktop_app.tour.guide import Guide, Plan, Step
from desktop_app.ui.viewport.canvas import ViewportCanvas

_ROUND = 40                     # places of a hand that draws around something


class ComparingSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
            ("measure more kinds", self._measure_more),
            ("link", self._link),
            ("cross-reference", self._cross_reference),
        ]

    async def _measure_more(self, step: Step) -> None:
        """A path, a Cobb angle, two axes, an outline, a probe and a text, each as its hand makes it."""
        guide = self._guide
        guide.to_worklist()
        await guide.open_row(guide.row_of("CT"))
        await guide.first_image()
        annotations, canvas, viewport = guide.viewer.annotations, guide.canvas, guide.viewer.active
        hand.key(canvas, "Home")
        guide.check(viewport.state.index == 0, f"Home went to image {viewport.state.index + 1} of {viewport.expected}")
        await guide.first_image()
        guide.check(viewport.state.index == 0, f"image {viewport.state.index + 1} came in place of the first")
        before = {item.key for item in annotations.items}
        hand.key(canvas, "4")
        hand.key(canvas, "B")
        middle = hand.centre(canvas)
        hand.drag(canvas, middle + QPoint(-220, -120), middle + QPoint(-110, -70))
        hand.key(canvas, "Shift+A")
        hand.drag(canvas, middle + QPoint(60, -170), middle + QPoint(200, -150))
        hand.drag(canvas, middle + QPoint(70, -70), middle + QPoint(210, -110))
        hand.key(canvas, "Shift+L")
        for place in (QPoint(-250, 60), QPoint(-200, 110), QPoint(-120, 90)):
            hand.move(canvas, middle + place)
            hand.click(canvas, middle + place)
        hand.double_click(canvas, middle + QPoint(-80, 150))
        hand.key(canvas, "F")
        turns = [2 * math.pi * turn / _ROUND for turn in range(_ROUND + 1)]
        places = [
            middle + QPoint(140 + round(60 * math.cos(turn)), 70 + round(45 * math.sin(turn))) for turn in turns
        ]
        hand.press(canvas, places[0])
        for place in places[1:]:
            hand.move(canvas, place, hand.LEFT)
        hand.release(canvas, places[-1])
        hand.key(canvas, "D")
        hand.click(canvas, middle + QPoint(0, 10))
        hand.key(canvas, "Shift+T")
        hand.click(canvas, middle + QPoint(-60, -220))
        hand.type_text(canvas.question, "seen by the tour")
        hand.key(canvas.question, "Return")
        hand.key(canvas, "W")
        here = [item for item in annotations.items if item.ref == viewport.frame.ref]   # type: ignore[union-attr]
        made = [item for item in here if item.key not in before]
        guide.check(len(made) == 6, f"{len(made)} of 6 drawings are there: {', '.join(one.kind.value for one in made)}")
        guide.check(made == here, f"{len(here) - len(made)} drawings were on the first image already")
        for item in here:
            result = annotations.measurement(item)
            step.facts[item.kind.value] = result.headline if result is not None else item.text
        guide.check(guide.viewer.measurements.csv.count("\r\n") > 10, "the table of results is short")

    async def _link(self, step: Step) -> None:
        """CT, PET and MR of one frame of reference: one zoom and one place for all of them."""
        guide = self._guide
        guide.to_worklist()
        await guide.open_row(guide.row_of("PT"))
        await guide.first_image()
        viewer = guide.viewer
        hand.key(guide.canvas, "F4")
        guide.check(len(viewer.viewports) == 4, "F4 did not give four viewports")
        cards = {card.display_set.series.modality: card.key for card in viewer.rail.cards if card.display_set}
        for viewport, modality in zip(viewer.viewports, ("CT", "PT", "MR", "CT"), strict=True):
            viewer.show(cards[modality], viewport)
        viewer.activate(viewer.viewports[0])
        await self._all_images()
        hand.wheel(self._canvas(0), 3)
        hand.key(self._canvas(0), "Ctrl+Alt+Z")
        hand.key(self._canvas(0), "Ctrl+Alt+P")
        middle = hand.centre(self._canvas(0))
        hand.drag(self._canvas(0), middle, middle - QPoint(0, 50), hand.RIGHT)
        hand.drag(self._canvas(0), middle, middle + QPoint(30, -20), hand.MIDDLE)
        await self._all_images()
        sizes = []
        for viewport in viewer.viewports:
            transform, frame = viewport.transform(), viewport.frame
            if transform is not None and frame is not None and frame.facts.spacing_mm is not None:
                sizes.append(round(transform.scale / frame.facts.spacing_mm[1], 3))
        guide.check(len(sizes) == 4 and max(sizes) - min(sizes) < 0.01, f"a millimetre is {sizes} points large")
        step.facts["points a mm"] = sizes[0]

    async def _cross_reference(self, step: Step) -> None:
        """The 3D cursor: a drag in the CT takes every viewport to the place under the pointer."""
        guide, viewer = self._guide, self._guide.viewer
        canvas = self._canvas(0)
        hand.key(canvas, "C")
        middle = hand.centre(canvas)
        hand.drag(canvas, middle, middle + QPoint(45, 25))
        await self._all_images()
        guide.check(viewer.linking.cursor is not None, "the drag set no cursor")
        assert viewer.linking.cursor is not None
        _, point = viewer.linking.cursor
        offs = [
            abs(dot(point, viewport.frame.plane.normal) - viewport.frame.plane.location_mm)
            for viewport in viewer.viewports
            if viewport.frame is not None and viewport.frame.plane is not None
        ]
        guide.check(len(offs) == 4 and max(offs) < 3.5, f"the slices lie {offs} mm off")
        guide.check(
            all(viewer.linking.cursor_in(viewport) for viewport in viewer.viewports), "a viewport marks no cursor"
        )
        step.facts["farthest slice mm"] = round(max(offs), 2)
        await guide.photograph(step, "held")
        hand.key(canvas, "W")
        hand.key(canvas, "F2")

    def _canvas(self, place: int) -> ViewportCanvas:
        """The canvas of one of the viewports, in reading order."""
        viewport = self._guide.viewer.viewports[place]
        found = (one for one in self._guide.window.findChildren(ViewportCanvas) if one.viewport is viewport)
        return next(found)

    async def _all_images(self) -> None:
        await self._guide.until(
            lambda: all(one.frame is not None and one.transform() is not None for one in self._guide.viewer.viewports),
            "a viewport shows no image",
        )
