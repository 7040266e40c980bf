"""What is kept of a study: measurements as a report, a key image; its tags; pictures, a page, DICOM on a medium."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from desktop_app import hand
from desktop_app.core.export import DicomForm
from desktop_app.core.study_object import Report
from desktop_app.tour.guide import Guide, Plan, Step
from desktop_app.viewmodels.export import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.ui.objects.export_dialog import ExportDialog


class ObjectSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
            ("key image", self._key_image),
            ("save as SR", self._save),
            ("the report opens", self._report),
            ("tags", self._tags),
            ("export", self._export),
        ]

    async def _key_image(self, step: Step) -> None:
        self._guide.to_worklist()
        await self._guide.open_row(self._guide.row_of("CT"))
        await self._guide.first_image()
        canvas, work = self._guide.canvas, self._guide.viewer.work
        before = len(work.key_images)
        hand.key(canvas, "K")
        self._guide.check(len(work.key_images) == before + 1, "K did not mark the image")
        step.facts["key images"] = len(work.key_images)

    async def _save(self, step: Step) -> None:
        viewer, canvas = self._guide.viewer, self._guide.canvas
        middle = hand.centre(canvas)
        hand.key(canvas, "L")
        hand.drag(canvas, middle + QPoint(-120, 130), middle + QPoint(60, 150))
        hand.key(canvas, "W")
        self._guide.check(viewer.work.is_unsaved, "there is nothing to save")
        hand.key(canvas, "Ctrl+S")
        await self._guide.until(lambda: not viewer.work.busy and not viewer.work.is_unsaved, self._why_not())
        await self._guide.until(lambda: self._report_card() is not None, "the report is not in the study's list")
        step.facts["drawings"] = len(viewer.annotations.items)

    def _why_not(self) -> str:
        notices = self._guide.models.notices.items
        return notices[-1].text if notices else "the work was not stored"

    def _report_card(self) -> str | None:
        return next((card.key for card in self._guide.viewer.rail.cards
                     if card.display_set and card.display_set.series.modality == "SR"), None)

    async def _report(self, step: Step) -> None:
        viewer = self._guide.viewer
        shown = viewer.active.display_set
        key = self._report_card()
        self._guide.check(key is not None, "there is no report")
        viewer.show(key or "")
        await self._guide.until(lambda: isinstance(viewer.active.objects.object, Report), "the report did not open")
        found = viewer.active.objects.object
        assert isinstance(found, Report)
        self._guide.check(found.head.is_ours and bool(found.graphics), "it is not the report that was stored")
        step.facts["lines"] = len(found.lines)
        await self._guide.photograph(step, "as a document")
        if shown is not None:
            viewer.show(shown.key)

    async def _tags(self, step: Step) -> None:
        from desktop_app.ui.objects.tags_dialog import TagsDialog

        await self._guide.first_image()
        hand.key(self._guide.canvas, "Ctrl+I")
        dialog = next(iter(self._guide.window.findChildren(TagsDialog)), None)
        self._guide.check(dialog is not None, "Ctrl+I did not open the tags")
        assert dialog is not None
        await self._guide.until(lambda: dialog.model.rowCount() > 0, "the attributes did not come")
        step.facts["attributes"] = dialog.model.rowCount()
        await self._guide.photograph(step, "all attributes", dialog)
        hand.type_text(dialog.search, "spacing")
        await self._guide.until(lambda: dialog.found.rowCount() > 0, "nothing was found")
        await self._guide.photograph(step, "found", dialog)
        dialog.accept()

    async def _export(self, step: Step) -> None:
        from desktop_app.ui.objects.export_dialog import ExportDialog

        folder = self._guide.folder / "exported"
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)         # of an earlier tour
        await asyncio.to_thread(folder.mkdir)
        hand.key(self._guide.canvas, "Ctrl+E")
        dialog = next(iter(self._guide.window.findChildren(ExportDialog)), None)
        self._guide.check(dialog is not None, "Ctrl+E did not open the export")
        assert dialog is not None
        dialog.names.setChecked(False)
        await self._written(dialog, "view", folder / "view.png")
        await self._written(dialog, "pdf", folder / "view.pdf")
        dialog.choose(dialog.scope, Scope.SERIES)
        dialog.choose(dialog.dicom_form, DicomForm.MEDIA)
        await self._written(dialog, "dicom", folder / "media")
        step.facts["files on the medium"] = dialog.model.progress.done
        await self._guide.photograph(step, "export", dialog)
        dialog.accept()

    async def _written(self, dialog: ExportDialog, what: str, path: Path) -> None:
        dialog.choose(dialog.what, what)
        dialog.export_to(path)
        await self._guide.until(lambda: bool(dialog.model.ended), "the export did not end")
        self._guide.check(not dialog.model.failed, dialog.model.ended)
