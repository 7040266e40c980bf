"""Links of what is shown, by the rows of the actions table, in the running program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.store import Store
from tests.gui.program import run_program, until
from tests.support.asgi_server import AsgiServer


def test_links_of_study_series_image_and_frame_go_to_the_clipboard(
    qapp: QApplication, tmp_path: Path, samples: Path
) -> None:
    async def scenario(program: Program) -> None:
        archive = await Archive.open(tmp_path / "far")
        await archive.store_bytes(min((samples / "ct-abdomen").glob("*.dcm")).read_bytes())
        with AsgiServer(create_app(archive)) as server:             # type: ignore[arg-type]
            models, actions = program.models, program.window.actions_set
            assert not actions["copy_study_link"].isEnabled()
            store = replace(Store.parse(server.url, "Far"), web_viewer="https://viewer.example.org/{study}")
            assert models.archives.add_store(store) == ""
            await until(lambda: models.worklist.table.studies, "the list")
            study = models.worklist.table.studies[0]
            viewer = models.workspace.open(study, store)
            await until(lambda: viewer.active.frame is not None, "the image")
            await until(actions["copy_frame_link"].isEnabled, "the action")
            assert actions["open_in_browser"].isEnabled()
            copied = []
            for row in ("copy_study_link", "copy_series_link", "copy_image_link", "copy_frame_link"):
                actions[row].trigger()
                copied.append(QApplication.clipboard().text())
            assert copied[0] == f"{server.url}/studies/{study.study_instance_uid}"
            assert copied[1].startswith(copied[0] + "/series/") and copied[2].startswith(copied[1] + "/instances/")
            assert copied[3] == copied[2] + "/frames/1"
            assert any("holds no token" in notice.text for notice in models.notices.items)
            models.archives.remove(store)
            await until(lambda: models.workspace.viewers == (), "the viewer to go")
        await archive.close()

    run_program(qapp, tmp_path / "home", scenario)
