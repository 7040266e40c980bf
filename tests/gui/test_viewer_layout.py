"""More than one viewport: grid, keys, linked scrolling."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from tests.gui.program import run_program, until


def test_a_pet_and_its_ct_scroll_together_side_by_side(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "the study, read")
        page = program.window.page_of(viewer)
        assert page is not None
        first = viewer.active
        hand.key(page.active_canvas, "F3")
        assert [canvas.isVisible() for canvas in page.canvases] == [True, True]
        assert abs(page.canvases[0].width() - page.canvases[1].width()) <= 1
        second = viewer.viewports[1]
        pair = {viewport.display_set.series.modality for viewport in viewer.viewports if viewport.display_set}
        if pair != {"CT", "PT"}:
            wanted = "PT" if first.display_set is not None and first.display_set.series.modality == "CT" else "CT"
            key = next(c.key for c in viewer.rail.cards if c.display_set and c.display_set.series.modality == wanted)
            viewer.show(key, second)
        await until(lambda: second.frame is not None, "the second image")

        hand.wheel(page.canvases[0], 3)
        await until(lambda: second.frame is not None and first.frame is not None, "both images")
        assert first.frame is not None and second.frame is not None
        assert first.frame.plane is not None and second.frame.plane is not None
        assert abs(first.frame.plane.location_mm - second.frame.plane.location_mm) <= 3.3

        before = second.state.index
        viewer.linking.toggle("scroll")
        hand.wheel(page.canvases[0], 4)
        assert second.state.index == before, "not linked, not moved"

        hand.key(page.active_canvas, "Tab")
        assert viewer.active is second
        hand.key(page.active_canvas, "F2")
        assert viewer.viewports == (first,) and viewer.active is first

        viewer.linking.toggle("scroll")
        first.go_to(7)
        hand.key(page.active_canvas, "F3")
        opened = viewer.viewports[1]
        await until(lambda: opened.frame is not None and first.frame is not None, "both images")
        assert opened.frame is not None and first.frame is not None
        assert opened.frame.plane is not None and first.frame.plane is not None
        assert abs(opened.frame.plane.location_mm - first.frame.plane.location_mm) <= 3.3, "it opens where the first is"
        shown = first.display_set
        assert shown is not None and opened.display_set is not None
        hand.key(page.active_canvas, "Right" if shown.key == viewer.rail.cards[0].key else "Left")
        assert first.display_set is not None and first.display_set.key != shown.key
        assert opened.display_set.slices is not None and first.display_set.slices is not None
        places = [one.display_set.slices.locations_mm[one.state.index]
                  for one in (first, opened) if one.display_set and one.display_set.slices]
        assert abs(places[0] - places[1]) <= 3.3 and abs(places[1] - opened.frame.plane.location_mm) < 0.1, (
            "another series comes to where the others are, and moves none of them")

        viewer.set_tool("cursor")
        canvas = page.active_canvas
        hand.click(canvas, hand.centre(canvas))
        await until(lambda: viewer.linking.cursor is not None, "the cursor")
        viewer.set_tool("window")
        assert viewer.linking.cursor is None, "a tool that is put away leaves nothing behind"

    run_program(qapp, tmp_path / "home", scenario, samples / "sts-001")
