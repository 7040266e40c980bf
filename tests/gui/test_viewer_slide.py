"""A slide is one image that can be zoomed: what is seen is what was drawn, and only what is seen is fetched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.interpolation import Interpolation
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.viewport import ViewportModel
from tests.gui.program import run_program, until
from tests.support.slides import COLUMNS, ROWS, truth, write_pyramid


async def read_a_pixel(program: Program, viewer: ViewerModel, viewport: ViewportModel, canvas: QWidget) -> None:
    """The value under the pointer and the explanation are the tile's, in the pixels of its level."""
    place = QPoint(canvas.width() // 2 + 37, canvas.height() // 2 - 21)
    hand.move(canvas, place)
    transform = viewport.transform()
    assert transform is not None and viewport.frame is not None
    column, row = (int(at * COLUMNS / viewport.frame.columns) for at in transform.to_image(place.x(), place.y()))
    red, green, _ = truth(COLUMNS, ROWS)[row, column]
    assert viewport.hover_text == f"RGB {red} {green} 90 at ({column}, {row}) of {COLUMNS} × {ROWS}"
    hand.key(canvas, "X")
    explanation, page = viewport.explanation, program.window.page_of(viewer)
    assert explanation.place == (column, row) and explanation.story is not None
    assert explanation.story.grey == (red, green, 90) and page is not None and page.explain_panel.isVisible()
    explanation.compare()
    await until(lambda: "here" in explanation.server_text, "the archive's picture of the tile")
    assert "the same" in explanation.server_text or "1 apart" in explanation.server_text, explanation.server_text
    coarse = viewport.slide.pixel_at(1.0, 1.0)
    if coarse is not None:
        level = coarse.of
        assert level is not None and coarse.shown == (level[0] // 128, level[1] // 96)
    assert viewport.slide.pixel_at(-1.0, 1.0) is None
    hand.key(canvas, "Esc")
    assert not explanation.is_open


@pytest.mark.parametrize("sparse", [False, True], ids=["full", "sparse"])
def test_a_pyramid_is_one_image_and_its_tiles_come_where_one_looks(
    qapp: QApplication, tmp_path: Path, sparse: bool
) -> None:
    folder = tmp_path / "slide"
    folder.mkdir()
    write_pyramid(folder, sparse=sparse)

    async def scenario(program: Program) -> None:
        models = program.models
        program.window.resize(1200, 800)
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        viewport = viewer.active
        await until(lambda: viewport.frame is not None, "the slide")
        viewer.set_interpolation(Interpolation.BILINEAR)
        page = program.window.page_of(viewer)
        assert page is not None and viewport.display_set is not None and viewport.frame is not None
        assert [card.display_set for card in viewer.rail.cards] == [viewport.display_set]
        assert len(viewport.display_set.levels) == 3 and len(viewport.display_set.frames) == 1
        canvas, slide = page.active_canvas, viewport.slide
        assert viewport.frame.columns == COLUMNS, "the whole of this small slide is its picture"

        # As if only the smallest level were small enough, so that the others come as tiles.
        from desktop_app.viewmodels import slide as module

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_PICTURE_PIXELS", 128 * 96)
            viewport.frame = await slide.open(viewport.display_set)
            viewport.frame_changed.emit()
            assert viewport.frame.columns == COLUMNS // 16
            viewport.cycle_text()
            viewport.cycle_text()
            viewport.zoom_by(12, (canvas.width() * 0.45, canvas.height() * 0.4))
            await until(lambda: slide.tiles and slide._wanted and set(slide._wanted) <= set(slide._here), "the tiles")
            fetched = len(slide._here)
            assert 0 < fetched < 16, "only those of the view"
            transform = viewport.transform()
            assert transform is not None
            picture = canvas.picture()
            for x, y in ((200, 200), (canvas.width() // 2, canvas.height() // 2), (canvas.width() - 60, 300)):
                column, row = (at * 16 for at in transform.to_image(x + 0.5, y + 0.5))
                colour = picture.pixelColor(x, y)
                assert abs(colour.red() - column * 256 / COLUMNS) <= 2
                assert abs(colour.green() - row * 256 / ROWS) <= 2
            await read_a_pixel(program, viewer, viewport, canvas)
            blocks = np.array([picture.pixelColor(x, 200).red() for x in range(100, 400)])
            assert np.abs(np.diff(blocks)).max() <= 2, "no seams"
        viewport.fit()

    run_program(qapp, tmp_path / "home", scenario, folder)
