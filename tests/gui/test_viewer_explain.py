"""Explaining a pixel: the key, the panel, the archive's own picture beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.errors import NotFound
from desktop_app.core.window import Window
from tests.gui.program import run_program, until


def test_the_panel_follows_the_pixel_and_compares_it_with_the_archive(
    qapp: QApplication, tmp_path: Path, samples: Path
) -> None:
    folder = tmp_path / "ct"
    folder.mkdir()
    for name in ("1-01.dcm", "1-02.dcm"):
        (folder / name).write_bytes((samples / "ct-abdomen" / name).read_bytes())

    async def scenario(program: Program) -> None:
        models = program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: viewer.active.frame is not None, "the first image")
        page = program.window.page_of(viewer)
        assert page is not None and not page.explain_panel.isVisible()
        canvas, viewport = page.active_canvas, viewer.active
        hand.move(canvas, hand.centre(canvas) + QPoint(20, 10))
        pointed, frame = viewport.pointed, viewport.frame
        hand.key(canvas, "X")
        panel = page.explain_panel
        assert panel.isVisible() and pointed is not None and frame is not None
        place = int(pointed[0]), int(pointed[1])
        assert viewport.explanation.place == place
        value = frame.modality_value(*place)
        assert isinstance(value, float) and any(f"{value:g} HU" in line for line in panel.lines)

        viewport.set_window(Window(value, 400.0))
        assert any("not from the file" in line for line in panel.lines), "it follows the window"
        (compare,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Compare"]
        hand.click(compare)
        await until(lambda: "here" in panel.lines[-1], "the archive's picture")
        story = viewport.explanation.story
        assert story is not None and f"here {story.grey}" in panel.lines[-1]
        apart = panel.lines[-1]
        assert "the same" in apart or "1 apart" in apart or "2 apart" in apart, apart
        (copy,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Copy"]
        hand.click(copy)
        text = QGuiApplication.clipboard().text()
        assert "Stored value" in text and frame.facts.patient_id not in text

        async def refuse(*args: object, **kwargs: object) -> bytes:
            raise NotFound("This archive draws no pictures.", status=404)

        connection = await program.network.call(_connection_of(viewer.store))
        connection.client.retrieve_rendered = refuse                # type: ignore[method-assign]
        hand.click(compare)
        await until(lambda: "draws no pictures" in panel.lines[-1], "why there is no comparison")
        hand.key(canvas, "Esc")
        assert not panel.isVisible() and viewport.state.window is not None, "Esc closes the explanation only"

    run_program(qapp, tmp_path / "home", scenario, folder)


def _connection_of(store: object) -> object:
    async def find(backend: object) -> object:
        return backend.connection(store)                            # type: ignore[attr-defined]
    return find
