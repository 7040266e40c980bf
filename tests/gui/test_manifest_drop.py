"""A manifest that is dropped on the window opens the study that it names, in the real program."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pydicom
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.core.store import System
from tests.gui.program import run_program, until
from tests.support.asgi_server import AsgiServer
from tests.support.systems import SYSTEMS, SystemServer


def test_a_dropped_imaging_study_opens_from_an_archive_that_only_retrieves(
    qapp: QApplication, tmp_path: Path, dicom_data: Path
) -> None:
    source = next(dicom_data.rglob("CT_small.dcm"))
    dataset = pydicom.dcmread(source, stop_before_pixels=True)
    named = {"resourceType": "ImagingStudy", "identifier": [
        {"system": "urn:dicom:uid", "value": f"urn:oid:{dataset.StudyInstanceUID}"}], "series": [
            {"uid": dataset.SeriesInstanceUID, "modality": {"code": "CT"}, "instance": [
                {"uid": dataset.SOPInstanceUID, "sopClass": {"code": f"urn:oid:{dataset.SOPClassUID}"}}]}]}
    manifest = tmp_path / "study.json"
    manifest.write_text(json.dumps(named))
    archive = asyncio.run(Archive.open(tmp_path / "archive"))
    asyncio.run(archive.store_bytes(source.read_bytes()))
    ways = SYSTEMS["MyHealth@EU Get Images"]
    server = SystemServer(ways, archive)

    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        assert models.archives.add(address, "MyHealth@EU", system=System.MYHEALTH) == ""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(manifest))])
        qapp.sendEvent(window, QDragEnterEvent(
            QPoint(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier))
        assert "names" in window.drop_overlay.text
        qapp.sendEvent(window, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data,
                                          Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
        await until(lambda: models.workspace.viewers, "the study opens")
        viewer = models.workspace.viewers[0]
        await until(lambda: viewer.active is not None and viewer.active.frame is not None, "its image is here")
        assert viewer.active.frame.facts.patient_id == "1CT1"
        assert not models.uploads.busy, "nothing was uploaded"

    with AsgiServer(server) as http:
        address = http.url + ways.root
        run_program(qapp, tmp_path / "home", scenario)
    asyncio.run(archive.close())
    asked = {path.partition("?")[0].rpartition("/")[2] for method, path in server.asked if "/instances/" in path}
    assert asked == {str(dataset.SOPInstanceUID)}, "one by one, as the manifest names them"
