"""Exporting from the whole program: pictures with and without names, a page whose bar measures right, DICOM."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.export import DicomForm
from desktop_app.ui.objects.page_print import MARGIN_MM, Sheet, prepare, to_pdf, to_printer
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.viewmodels.export import Scope
from tests.gui.program import run_program, until
from tests.gui.test_study_objects import _grab, _open, _stored, _study

_MM = 72 / 25.4         # points


def _bar(pdf: bytes) -> tuple[float, float]:
    """(left edge, length) in millimetres of the filled bar below the picture of a PDF's first page."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    found = []
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(thing, *edges)
        left, bottom, right, top = (edge.value / _MM for edge in edges)
        if 0.8 < top - bottom < 1.8:
            found.append((left, right - left))
    document.close()
    assert len(found) == 1, "one bar"
    return found[0]


@pytest.mark.parametrize(("mm_per_px", "enlargement", "expected"), [
    (0.5, 1.0, 100.0),          # life size: the bar is as long as it says
    (0.5, 0.5, 100.0),          # 200 mm of the patient at half size
    (0.1, 2.0, 100.0),          # 50 mm at twice the size
])
def test_the_bar_measures_right_in_the_pdf(
    themed: QApplication, mm_per_px: float, enlargement: float, expected: float
) -> None:
    picture = QImage(300, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor(40, 40, 40))
    left, length = _bar(to_pdf(Sheet(picture, mm_per_px, (), enlargement)))
    assert length == pytest.approx(expected, abs=0.1)
    assert left == pytest.approx(MARGIN_MM, abs=0.1)


def test_a_view_fitted_to_the_page_says_its_scale(themed: QApplication) -> None:
    import pypdfium2

    picture = QImage(360, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor(40, 40, 40))
    pdf = to_pdf(Sheet(picture, 1.0, ("Scale from: pixel spacing",)))
    # 360 px on 180 mm of paper: half size.
    _, length = _bar(pdf)
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    said = float(words.split(" mm")[0].split()[-1])
    assert length == pytest.approx(said * 0.5, abs=0.1)
    assert "× 0.5" in words


@pytest.mark.parametrize(("wide", "high"), [(300, 400), (400, 300)])
def test_the_bar_measures_right_on_paper(themed: QApplication, tmp_path: Path, wide: int, high: int) -> None:
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    picture = QImage(wide, high, QImage.Format.Format_RGB32)
    picture.fill(QColor(40, 40, 40))
    sheet, path = Sheet(picture, 0.5, (), 0.5), tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setOutputFileName(str(path))
    prepare(printer, sheet)
    assert to_printer(printer, sheet)
    left, length = _bar(path.read_bytes())
    assert length == pytest.approx(100.0, abs=0.1)          # 200 mm of the patient at half size
    assert left == pytest.approx(MARGIN_MM, abs=0.1)


def test_a_view_without_calibration_has_no_bar(themed: QApplication) -> None:
    import pypdfium2

    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor(40, 40, 40))
    document = pypdfium2.PdfDocument(to_pdf(Sheet(picture, None)))
    assert "no true scale" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_the_dialog_writes_what_it_offers(
    qapp: QApplication, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:4]
    out = tmp_path / "out"
    out.mkdir()

    async def scenario(program: Program) -> None:
        program.window.resize(1400, 900)
        await _stored(program, files)
        viewer = await _open(program, _study(files[0]))
        await until(lambda: viewer.active.frame is not None, "the first image")
        page = program.window.findChild(ViewerPage)
        dialog = page.show_export()

        async def export(path: Path) -> None:
            dialog.export_to(path)
            await until(lambda: dialog.model.ended, "the end of the export")
            assert not dialog.model.failed, dialog.model.ended

        dialog.names.setChecked(False)
        await export(out / "plain.png")
        dialog.names.setChecked(True)
        await export(out / "named.png")
        plain, named = (np.asarray(Image.open(out / f"{name}.png")).astype(int) for name in ("plain", "named"))
        assert plain.shape == named.shape
        name_lines = (slice(8, 42), slice(8, 200))              # upper left: name and ID
        assert named[name_lines].max() > 150
        assert (named[name_lines] > 150).sum() > 3 * (plain[name_lines] > 150).sum()

        dialog.choose(dialog.what, "pdf")
        dialog.choose(dialog.scale, "life")
        await export(out / "view.pdf")
        _, length = _bar((out / "view.pdf").read_bytes())
        assert any(length == pytest.approx(one, abs=0.1) for one in (100.0, 50.0))

        printed: list[tuple[bool, bool]] = []
        monkeypatch.setattr(dialog, "_to_paper", lambda names, life: printed.append((names, life)))
        dialog.choose(dialog.what, "print")
        assert dialog.go.text() == "Print…"
        dialog.go.click()
        assert printed == [(True, True)], "as it is chosen"

        dialog.choose(dialog.what, "pngs")
        await export(out / "pictures")
        assert len(list((out / "pictures").glob("*.png"))) == 4
        dialog.choose(dialog.what, "film")
        await export(out / "film.webp")
        assert Image.open(out / "film.webp").n_frames == 4

        dialog.choose(dialog.what, "dicom")
        dialog.choose(dialog.scope, Scope.STUDY)
        dialog.choose(dialog.dicom_form, DicomForm.MEDIA)
        await export(out / "media")
        _grab(dialog, "export")
        original = {pydicom.dcmread(path).SOPInstanceUID: path.read_bytes() for path in files}
        written = [path for path in (out / "media").rglob("*") if path.is_file() and path.name != "DICOMDIR"]
        held = {}
        for ref in dialog.model.refs(Scope.STUDY):
            held[ref.sop_instance_uid] = await program.network.call(
                lambda backend, ref=ref: backend.connection(viewer.store).objects.bytes_of(ref))
        assert {path.read_bytes() for path in written} == set(held.values())
        assert set(held) == set(original)

        (out / "no-folder").write_text("a file stands where a folder should be")
        dialog.export_to(out / "no-folder" / "deeper")
        await until(lambda: dialog.model.failed, "the refusal of the disk")
        assert "nothing was written" in dialog.model.ended
        dialog.accept()

    run_program(qapp, tmp_path, scenario)
