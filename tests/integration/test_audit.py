"""What is opened, sent, exported and deleted in the running program stands in the record, without names and UIDs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.audit import AuditKind, hashed_uid
from desktop_app.core.deletion import DeletionTarget
from desktop_app.core.export import DicomForm
from desktop_app.services.audit import Audit
from desktop_app.services.backend import Backend
from tests.gui.program import run_program, until


def test_a_day_of_work_stands_in_the_record(qapp: QApplication, tmp_path: Path, samples: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    studies: list[str] = []

    async def scenario(program: Program) -> None:
        models = program.models
        local = models.archives.rows[0].store
        models.uploads.drop((samples / "radiograph",), local)
        await until(lambda: models.uploads.rows and models.uploads.rows[0].finished, "the upload")
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies and not models.worklist.busy, "the study")
        study = models.worklist.table.studies[0]
        studies.append(study.study_instance_uid)
        viewer = models.workspace.open(study, local)
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "its image")
        viewer.open()
        await until(lambda: not viewer.busy, "it again")
        assert viewer.active.display_set is not None
        refs = viewer.active.display_set.frames

        async def export_and_delete(backend: Backend) -> None:
            async for _ in backend.connection(local).exporter.dicom(refs, out, DicomForm.FOLDER):
                pass
            async for _ in backend.delete(local, DeletionTarget(study.study_instance_uid)):
                pass

        await program.network.call(export_and_delete)

    run_program(qapp, home, scenario)
    record = Audit(home / "data" / "audit.jsonl").read()
    assert [event.kind for event in record.events] == [
        AuditKind.SENT, AuditKind.OPENED, AuditKind.EXPORTED, AuditKind.DELETED]
    assert {event.study for event in record.events} == {hashed_uid(studies[0])} and record.broken_at == 0
    assert studies[0] not in (home / "data" / "audit.jsonl").read_text(encoding="utf-8")
