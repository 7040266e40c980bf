"""Files that are no DICOM, dropped on a study or pasted: seen before, made, stored, and in the open study by itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.upload import Verdict
from desktop_app.services.folders import Folders
from desktop_app.ui.make_sheet import MakeSheet
from tests.gui.program import run_program, until
from tests.gui.test_deletion import fill
from tests.support.ct_series import make_ct_series
from tests.support.pictures import mp4_bytes, pattern, pdf_bytes, picture_bytes


async def sheet_of(program: Program) -> MakeSheet:
    await until(lambda: program.window.findChildren(MakeSheet), "the form")
    sheet: MakeSheet = program.window.findChildren(MakeSheet)[-1]
    await until(lambda: sheet._making.plans is not None, "what the files would become")
    return sheet


def test_files_dropped_on_an_open_study_become_part_of_it(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 3)
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "wound.jpg").write_bytes(picture_bytes(pattern(), "JPEG"))
    (drop / "letter.pdf").write_bytes(pdf_bytes())
    (drop / "gait.mp4").write_bytes(mp4_bytes())
    (drop / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    home = tmp_path / "home"

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        study = await fill(program, tmp_path / "in")
        viewer = models.workspace.open(study, models.worklist.store)
        await until(lambda: viewer.active.display_set is not None, "the open study")
        data = hand.drag_in(window, sorted(drop.iterdir()))
        assert window.drop_overlay.text == f"Drop to add to the study of {study.patient_name.display}"
        hand.let_go(window, data)
        sheet = await sheet_of(program)
        assert study.patient_id in sheet.patient.text()
        rows = [[sheet.table.data(sheet.table.index(row, column)) for column in range(4)] for row in range(4)]
        assert [row[1] for row in rows] == [
            "nothing", "Video Photographic Image", "Encapsulated PDF", "Secondary Capture"]
        assert "damaged" in rows[0][3] and rows[3][3] == "its own JPEG bytes"
        sheet.use.setCurrentIndex(1)
        assert sheet.table.data(sheet.table.index(3, 1)) == "VL Photographic Image"
        sheet.description.setText("From the ward")
        sheet.yes.click()
        await until(lambda: len(models.uploads.rows) == 2 and models.uploads.rows[0].finished, "the upload")
        assert models.uploads.rows[0].progress.totals == ((Verdict.STORED, 3),)
        await until(lambda: len(viewer.rail.cards) == 4, "the new series in the open study, by themselves")
        assert sum("From the ward" in card.title for card in viewer.rail.cards) == 3
        await until(lambda: not any(Folders.below(home).made.iterdir()), "what was made to go from this machine")

    run_program(qapp, home, scenario)


def test_a_picture_that_is_pasted_goes_to_the_selected_study(qapp: QApplication, tmp_path: Path) -> None:
    make_ct_series(tmp_path / "in", 3)

    async def scenario(program: Program) -> None:
        models = program.models
        await fill(program, tmp_path / "in")
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        QGuiApplication.clipboard().setImage(image)
        program.window.actions_set.run("paste")
        sheet = await sheet_of(program)
        assert sheet.table.data(sheet.table.index(0, 2)).startswith("40 × 30")
        sheet.yes.click()
        await until(lambda: len(models.uploads.rows) == 2 and models.uploads.rows[0].finished, "the upload")
        assert models.uploads.rows[0].progress.totals == ((Verdict.STORED, 1),)

    run_program(qapp, tmp_path / "home", scenario)


def test_what_has_no_study_to_go_to_is_uploaded_as_it_is(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    path.write_bytes(picture_bytes(pattern(), "JPEG"))

    async def scenario(program: Program) -> None:
        intake = program.window.intake
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        await until(lambda: not program.models.worklist.busy, "the empty list")
        target = intake.study_at(QPoint(5, 5))
        assert target is None
        taken = intake.look(data, target)
        assert (taken.files, taken.to_make) == ((path,), ())
        intake.take(taken, target)
        await until(lambda: program.models.uploads.rows and program.models.uploads.rows[0].progress.done, "its verdict")
        assert program.models.uploads.rows[0].progress.totals == ((Verdict.NOT_DICOM, 1),)
        program.models.uploads.cancel(program.models.uploads.rows[0].id)

    run_program(qapp, tmp_path / "home", scenario)
