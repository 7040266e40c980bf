"""What is shown in place of an image, and what a presentation state of another program does to one."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian
from PySide6.QtGui import QImage, QTextBlock
from PySide6.QtWidgets import QApplication, QTextBrowser

from desktop_app.app import Program
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import LineKind, ObjectHead, OtherObject, Presentation, Report, ReportLine
from desktop_app.ui.objects.object_page import ObjectPage
from desktop_app.ui.objects.report_html import page, report_html
from desktop_app.ui.objects.report_text import ReportText
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.ui.viewport.canvas import ViewportCanvas
from tests.gui.program import run_program, until
from tests.gui.test_study_objects import _open, _stored, _study

_REF = FrameRef("1.2.3", "1.2.3.4", "1.2.3.4.5")
_WHITE_AT, _BLACK_AT = 4096, -4096


def test_a_long_report_begins_at_once_and_comes_whole(themed: QApplication, qtbot: object) -> None:
    lines = tuple(
        ReportLine(number % 3, LineKind.LINK if number % 5 == 0 else LineKind.VALUE, f"Item {number}", "7 mm", (_REF,))
        for number in range(1000))
    links: list[FrameRef] = []

    def link(ref: FrameRef) -> tuple[str, str]:
        links.append(ref)
        return f"image:{len(links) - 1}", ""

    text = ReportText()
    text.show_parts(report_html(Report(ObjectHead(_REF), lines, status="complete"), link))
    begun = text.toPlainText()
    assert "complete" in begun
    assert "Item 0" in begun
    assert "Item 500" not in begun
    qtbot.waitUntil(lambda: text.is_whole)          # type: ignore[attr-defined]
    words = text.toPlainText().splitlines()
    found = [line.split()[1] for line in words if line.startswith("Item")]
    assert found == [str(number) for number in range(1000)]
    assert len(links) == 200
    at_once = QTextBrowser()
    whole = report_html(Report(ObjectHead(_REF), lines, status="complete"), lambda ref: ("image:0", ""))
    at_once.setHtml(page("".join(whole)))
    formats = [(one.blockFormat().leftMargin(), one.blockFormat().topMargin()) for one in _blocks(text)]
    assert formats == [(one.blockFormat().leftMargin(), one.blockFormat().topMargin()) for one in _blocks(at_once)]

    # Another document takes the place of one that is still coming.
    text.show_parts(report_html(Report(ObjectHead(_REF), lines), link))
    text.show_parts(report_html(Report(ObjectHead(_REF), (ReportLine(0, LineKind.TEXT, text="Alone"),)), link))
    qtbot.waitUntil(lambda: text.is_whole)          # type: ignore[attr-defined]
    assert text.toPlainText().strip() == "Alone"
    text.deleteLater()
    at_once.deleteLater()


def _blocks(text: QTextBrowser) -> list[QTextBlock]:
    found, block = [], text.document().begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _presentation_for(path: Path) -> bytes:
    """As another program would write it: mirrored, inverted, a window that makes all grey, behind a shutter."""
    image = pydicom.dcmread(path, stop_before_pixels=True)
    state, series, sop, voi, layer, mark, words = (Dataset() for _ in range(7))
    for keyword in ("PatientID", "PatientName", "StudyInstanceUID", "StudyID", "StudyDate", "StudyTime"):
        setattr(state, keyword, image.get(keyword, ""))
    state.SOPClassUID, state.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.11.1", "1.2.826.0.1.3680043.8.498.7701"
    state.SeriesInstanceUID, state.Modality, state.SeriesNumber = "1.2.826.0.1.3680043.8.498.77", "PR", 7
    state.Manufacturer, state.ContentLabel, state.InstanceNumber = "Another", "SHUTTERED", 1
    state.PresentationCreationDate, state.PresentationCreationTime = "20260101", "120000"
    sop.ReferencedSOPClassUID, sop.ReferencedSOPInstanceUID = image.SOPClassUID, image.SOPInstanceUID
    series.SeriesInstanceUID, series.ReferencedImageSequence = image.SeriesInstanceUID, Sequence([sop])
    state.ReferencedSeriesSequence = Sequence([series])
    voi.WindowCenter, voi.WindowWidth = 0, _WHITE_AT - _BLACK_AT
    state.SoftcopyVOILUTSequence = Sequence([voi])
    state.PresentationLUTShape, state.ImageRotation, state.ImageHorizontalFlip = "INVERSE", 0, "Y"
    state.ShutterShape, state.ShutterPresentationValue = "RECTANGULAR", 0xFFFF
    state.ShutterLeftVerticalEdge, state.ShutterRightVerticalEdge = 101, 200
    state.ShutterUpperHorizontalEdge, state.ShutterLowerHorizontalEdge = 151, 400
    layer.GraphicLayer, layer.GraphicLayerOrder = "ONE", 1
    state.GraphicLayerSequence = Sequence([layer])
    words.UnformattedTextValue, words.AnchorPoint = "LOOK HERE", [150.0, 200.0]
    words.AnchorPointAnnotationUnits, words.AnchorPointVisibility = "PIXEL", "N"
    mark.GraphicLayer, mark.TextObjectSequence = "ONE", Sequence([words])
    state.GraphicAnnotationSequence = Sequence([mark])
    state.file_meta = FileMetaDataset()
    state.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = io.BytesIO()
    state.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _greys(canvas: ViewportCanvas) -> np.ndarray:
    picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : picture.width()]


def test_a_presentation_state_is_applied_with_its_shutter(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:2]
    made = tmp_path / "state.dcm"
    made.write_bytes(_presentation_for(files[0]))

    async def scenario(program: Program) -> None:
        program.window.resize(1300, 900)
        await _stored(program, [*files, made])
        viewer = await _open(program, _study(files[0]))
        await until(lambda: viewer.active.frame is not None, "the first image")
        await until(lambda: viewer.work.objects, "the presentation state")
        state = viewer.work.objects[0]
        assert isinstance(state, Presentation)
        canvas = program.window.findChild(ViewerPage).findChild(ViewportCanvas)
        viewer.work.apply(state)
        await until(lambda: viewer.active.state.flip_horizontal, "the state applied")
        await until(lambda: viewer.active.frame is not None, "the image")
        assert viewer.active.frame.ref.sop_instance_uid == state.refs[0].sop_instance_uid
        transform, frame = viewer.active.transform(), viewer.active.frame
        assert transform is not None
        greys = _greys(canvas)

        def grey(column: float, row: float) -> int:
            x, y = transform.to_view(column, row)
            return int(greys[round(y), round(x)])

        for column, row in ((90.0, 300.0), (210.0, 300.0), (150.0, 140.0), (150.0, 410.0)):
            assert grey(column, row) == 255, "behind the shutter"
        for column, row in ((110.5, 160.5), (190.5, 390.5), (150.5, 300.5)):
            value = frame.modality_value(int(column), int(row))
            expected = 255 - (value - _BLACK_AT) / (_WHITE_AT - _BLACK_AT) * 255
            assert grey(column, row) == pytest.approx(expected, abs=4), "inverted, in the window of the state"
        assert transform.to_view(110.0, 300.0)[0] > transform.to_view(190.0, 300.0)[0], "mirrored"
        drawn = viewer.work.overlay_of(frame.ref)
        assert [graphic.text for graphic in drawn.graphics] == ["LOOK HERE"]

        # The other image of the series is not spoken of: no shutter there.
        viewer.active.scroll_by(1)
        await until(lambda: viewer.active.frame is not None and viewer.active.frame.ref != frame.ref, "another image")
        assert viewer.work.overlay_of(viewer.active.frame.ref).shutter is None

    run_program(qapp, tmp_path, scenario)


def test_a_registration_and_an_unknown_object_are_cards_in_the_strip(
    qapp: QApplication, tmp_path: Path, samples: Path
) -> None:
    """Nothing that lies in a study is left out of the series strip."""
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:1]
    image = pydicom.dcmread(files[0], stop_before_pixels=True)
    made = []
    for number, (sop_class, modality) in enumerate((
            ("1.2.840.10008.5.1.4.1.1.66.1", "REG"), ("1.2.840.10008.5.1.4.1.1.66.5", "SURF"),
            ("1.2.826.0.1.3680043.8.498.9999", "OT"), ("1.2.840.10008.5.1.4.1.1.481.5", "RTPLAN")), start=1):
        whole = Dataset()
        whole.SOPClassUID, whole.SOPInstanceUID = sop_class, f"1.2.826.0.1.3680043.8.498.88.{number}.1"
        whole.StudyInstanceUID = image.StudyInstanceUID
        whole.SeriesInstanceUID = f"1.2.826.0.1.3680043.8.498.88.{number}"
        whole.PatientID, whole.PatientName, whole.Modality = image.PatientID, image.PatientName, modality
        whole.file_meta = FileMetaDataset()
        whole.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        path = tmp_path / f"{modality}.dcm"
        whole.save_as(path, enforce_file_format=True)
        made.append(path)

    async def scenario(program: Program) -> None:
        program.window.resize(1300, 900)
        await _stored(program, [*files, *made])
        viewer = await _open(program, _study(files[0]))
        await until(lambda: len(viewer.rail.cards) == 5, "every series in the strip")
        for card in viewer.rail.cards:
            viewer.show(card.key)
            if card.display_set.series.modality == "CT":
                await until(lambda: viewer.active.frame is not None, "the image")
                continue
            await until(lambda: isinstance(viewer.active.objects.object, OtherObject), "the card")
            page = program.window.findChild(ViewerPage).findChild(ObjectPage)
            assert page.isVisible()
            assert page.title.text()
            assert "does not draw objects of this kind" in page.text.toPlainText()

    run_program(qapp, tmp_path, scenario)
