"""A video plays in the viewer; what ended the last run can be left out with one button."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.services.decode_guard import DecodeGuard
from desktop_app.services.folders import Folders
from tests.gui.program import run_program, until


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="videos need OpenCV, an extra")
def test_a_video_plays(qapp: QApplication, tmp_path: Path, dicom_data: Path) -> None:
    folder = tmp_path / "video"
    folder.mkdir()
    name = "video_mpeg4_avc_hp41.dcm"
    (folder / name).write_bytes((dicom_data / "synthetic" / name).read_bytes())

    async def scenario(program: Program) -> None:
        models = program.models
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: viewer.active.frame is not None, "the first frame")
        page = program.window.page_of(viewer)
        assert page is not None and viewer.active.expected == 100
        hand.key(page.active_canvas, "End")
        await until(lambda: viewer.active.frame is not None and viewer.active.frame.ref.frame_number == 100, "the last")
        assert viewer.active.frame is not None and viewer.active.frame.is_colour
        hand.key(page.active_canvas, "Space")
        await until(lambda: 5 < viewer.active.state.index < 90, "the film goes on from its beginning")
        hand.key(page.active_canvas, "Space")

    run_program(qapp, tmp_path / "home", scenario, folder)


def test_what_ended_the_last_run_is_offered_to_be_left_out(
    qapp: QApplication, tmp_path: Path, samples: Path
) -> None:
    folder = tmp_path / "ct"
    folder.mkdir()
    (folder / "1-01.dcm").write_bytes((samples / "ct-abdomen" / "1-01.dcm").read_bytes())
    from desktop_app.imaging.decode import open_instance

    uid = open_instance(folder / "1-01.dcm").instance.sop_instance_uid
    folders = Folders.below(tmp_path / "home")
    decoding = DecodeGuard(folders.decoding).decoding(uid)
    decoding.__enter__()                                    # and the program ended here

    async def scenario(program: Program) -> None:
        models = program.models
        from desktop_app.viewmodels.launch import Launch

        Launch(program.network, models, program.window).go()
        await until(lambda: any(item.key == "suspects" for item in models.notices.items), "the offer")
        (offer,) = [item for item in models.notices.items if item.key == "suspects"]
        assert offer.action is not None and "1 image" in offer.text
        offer.action()
        await program.network.call(lambda backend: backend.samples_are_there())
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies, "the study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: viewer.active.error is not None, "why it is not shown")
        assert viewer.active.error is not None and "left out" in viewer.active.error.user_text
        models.network.read_left_out()
        viewer.active.retry()
        await until(lambda: viewer.active.frame is not None, "the image after all")

    run_program(qapp, tmp_path / "home", scenario, folder)
