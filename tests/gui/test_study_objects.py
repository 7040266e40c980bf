"""In the whole program: work is stored beside the images and comes back; everything in a study opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.store import Store
from desktop_app.core.study_object import PdfDocument, Presentation, Report, Waveforms
from desktop_app.core.window import Window
from desktop_app.ui.objects.object_page import ObjectPage
from desktop_app.ui.objects.tags_dialog import TagsDialog
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.viewmodels.viewer import ViewerModel
from tests.gui.program import run_program, until


async def _stored(program: Program, files: list[Path]) -> None:
    uploaded = await program.network.call(lambda backend: _upload(backend, files))
    assert uploaded == len(files)


async def _upload(backend: object, files: list[Path]) -> int:
    uploader = backend.connection(Store.local()).uploader        # type: ignore[attr-defined]
    return len([item async for event in uploader.upload(files) for item in event.judged])


async def _open(program: Program, study_uid: str) -> ViewerModel:
    study = await program.network.call(lambda backend: backend.find_study(Store.local(), study_instance_uid=study_uid))
    viewer = program.models.workspace.open(study, Store.local())
    await until(lambda: not viewer.busy and viewer.rail.cards, "the study's series")
    return viewer


def _study(path: Path) -> str:
    return str(pydicom.dcmread(path, stop_before_pixels=True).StudyInstanceUID)


def _picture(program: Program, name: str, folder: Path) -> None:
    if folder.is_dir():
        program.window.grab().save(str(folder / f"{name}.png"))


PICTURES = Path("/tmp/objects-pictures")        # looked at by hand, when it is there


def test_work_is_stored_and_comes_back(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:5]

    async def scenario(program: Program) -> None:
        program.window.resize(1400, 900)
        await _stored(program, files)
        program.models.worklist.search_now()
        rows = program.models.worklist.table
        await until(lambda: [row.series_count for row in rows.studies] == [1], "the study in the list")
        viewer = await _open(program, _study(files[0]))
        await until(lambda: viewer.active.frame is not None, "the first image")
        ref, frame = viewer.active.frame.ref, viewer.active.frame
        keys = viewer.annotations.new_key
        kinds = AnnotationKind
        drawn = (
            Annotation(keys(), kinds.LENGTH, ref, ((100.25, 100.5), (300.0, 140.0))),
            Annotation(keys(), kinds.ELLIPSE, ref, ((200.0, 200.0), (260.0, 240.0))),
            Annotation(keys(), kinds.ARROW, ref, ((50.0, 60.0), (80.0, 90.0)), "here"),
        )
        for one in drawn:
            viewer.annotations.put(one, frame)
        numbers = [viewer.annotations.measurement(one) for one in drawn]
        viewer.work.toggle_key_image()
        viewer.active.set_window(Window(40.0, 400.0))
        assert viewer.work.is_unsaved
        assert viewer.work.can_save
        viewer.work.save()
        await until(lambda: not viewer.work.busy, "the end of saving")
        await until(lambda: not viewer.work.is_unsaved, "everything stored")
        await until(lambda: len(viewer.rail.cards) == 4, "report, presentation state and key object in the strip")
        assert "stored" in program.models.notices.items[-1].text
        assert viewer.annotations.items == drawn, "nothing twice"
        await until(lambda: [row.series_count for row in rows.studies] == [4], "the list to know of what was stored")
        program.models.workspace.close(viewer)

        again = await _open(program, _study(files[0]))
        await until(lambda: len(again.annotations.items) == 3, "the drawings of before")
        await until(lambda: again.active.frame is not None, "the image")
        back = {one.kind: one for one in again.annotations.items}
        assert all((back[one.kind].points, back[one.kind].text) == (one.points, one.text) for one in drawn)
        await until(lambda: again.annotations.measurement(back[kinds.ELLIPSE]) is not None, "the numbers")
        assert again.annotations.measurement(back[kinds.LENGTH]) == numbers[0]
        assert again.annotations.measurement(back[kinds.ELLIPSE]) == numbers[1]
        assert again.work.key_images == (ref,)
        assert not again.work.is_unsaved

        state = next(one for one in again.work.objects if isinstance(one, Presentation))
        again.work.apply(state)
        await until(lambda: again.active.state.window is not None, "the window of the presentation state")
        assert (again.active.state.window.center, again.active.state.window.width) == (40.0, 400.0)
        again.show_frame(ref)
        _picture(program, "work", PICTURES)
        again.work.toggle_key_filter()
        assert again.active.expected == 1
        again.work.toggle_key_filter()
        assert again.active.expected == 5

        report = next(card for card in again.rail.cards if card.display_set.series.modality == "SR")
        image = again.active.display_set.key
        again.show(report.key)
        text = program.window.findChild(ViewerPage).findChild(ObjectPage).text
        await until(lambda: text.is_whole and "image " in text.toPlainText(), "the report as a document")
        assert "image 3" in text.toPlainText(), "a link in the words of this study"
        again.show(image)

        # A later report takes the place of the first.
        again.annotations.select(back[kinds.LENGTH].key)
        again.annotations.remove_selected()
        again.work.save()
        await until(lambda: not again.work.busy and not again.work.is_unsaved, "the second report")
        program.models.workspace.close(again)
        third = await _open(program, _study(files[0]))
        await until(lambda: len(third.work.objects) >= 4, "all objects")
        await until(lambda: len(third.annotations.items) == 2, "what is left")
        assert {one.kind for one in third.annotations.items} == {kinds.ELLIPSE, kinds.ARROW}

    run_program(qapp, tmp_path, scenario)


def test_a_refusal_loses_nothing(qapp: QApplication, tmp_path: Path, samples: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.core.errors import NotAllowed
    from desktop_app.dicomweb.client import DicomWebClient

    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:2]

    async def scenario(program: Program) -> None:
        await _stored(program, files)
        viewer = await _open(program, _study(files[0]))
        await until(lambda: viewer.active.frame is not None, "the first image")
        frame = viewer.active.frame
        one = Annotation(viewer.annotations.new_key(), AnnotationKind.LENGTH, frame.ref, ((1.0, 1.0), (30.0, 40.0)))
        viewer.annotations.put(one, frame)
        honest = DicomWebClient.store

        async def refuse(*_: object, **__: object) -> None:
            raise NotAllowed("You may not store here. Ask the owner.", status=403)

        monkeypatch.setattr(DicomWebClient, "store", refuse)
        viewer.work.save()
        await until(lambda: not viewer.work.busy, "the refusal")
        notice = program.models.notices.items[-1]
        assert "did not take your work" in notice.text
        assert "You may not store into this archive" in notice.text
        assert viewer.annotations.items == (one,)
        assert viewer.work.is_unsaved
        assert len(list((tmp_path / "data" / "work").rglob("*.dcm"))) == 1
        program.models.workspace.close(viewer)

        monkeypatch.setattr(DicomWebClient, "store", honest)
        again = await _open(program, _study(files[0]))
        await until(lambda: len(again.annotations.items) == 1, "the drawing that was kept")
        assert again.work.is_unsaved
        assert "still on this computer" in program.models.notices.items[-1].text
        again.work.send_again()
        await until(lambda: not again.work.busy and not again.work.is_unsaved, "sent again")
        assert list((tmp_path / "data" / "work").rglob("*.dcm")) == []
        await until(lambda: len(again.rail.cards) == 2, "the report in the strip")

    run_program(qapp, tmp_path, scenario)


@pytest.mark.parametrize(("name", "kind", "words"), [
    ("waveform_ecg.dcm", Waveforms, "12-lead ECG"),
    ("encapsulated_pdf.dcm", PdfDocument, "Encapsulated PDF"),
    ("sr_document_with_multiple_groups.dcm", Report, "Comprehensive 3D SR"),
])
def test_an_object_opens_in_place_of_an_image(
    qapp: QApplication, tmp_path: Path, dicom_data: Path, name: str, kind: type, words: str,
) -> None:
    path = next(dicom_data.rglob(name))

    async def scenario(program: Program) -> None:
        program.window.resize(1400, 900)
        await _stored(program, [path])
        viewer = await _open(program, _study(path))
        viewer.show(viewer.rail.cards[0].key)
        await until(lambda: isinstance(viewer.active.objects.object, kind), "the opened object")
        page = program.window.findChild(ViewerPage)
        shown = page.findChild(ObjectPage)
        assert shown.isVisible()
        assert words in shown.subtitle.text()
        if kind is PdfDocument:
            await until(lambda: viewer.active.objects.page(0) is not None, "the first page")
            paper = shown.pdf.pages[0].grab().toImage()
            dark = [(x, y) for y in range(paper.height() // 8) for x in range(paper.width())
                    if paper.pixelColor(x, y).lightness() < 120]
            assert len(dark) > 200, "the words at the top of the page are seen"
        _picture(program, path.stem, PICTURES)
        page.show_tags()
        dialog = page.findChild(TagsDialog)
        await until(lambda: dialog.model.rowCount() > 10, "the attributes")
        dialog.search.setText("Modality")
        await until(lambda: dialog.found.rowCount() > 0, "what was found")
        assert dialog.found.index(0, 0).data() == "(0008,0060)"
        _grab(dialog, f"{path.stem}-tags")
        dialog.accept()

    run_program(qapp, tmp_path, scenario)


def _grab(widget: object, name: str) -> None:
    if PICTURES.is_dir():
        grab: Callable[[], object] = widget.grab        # type: ignore[attr-defined]
        grab().save(str(PICTURES / f"{name}.png"))      # type: ignore[attr-defined]
