"""Files are dropped, stored, found and opened again."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QLineEdit

from desktop_app import hand
from desktop_app.core.study import Study
from desktop_app.core.upload import Verdict
from desktop_app.tour.files import DROPPED_IMAGES, TOUR_ACCESSION, make_drop
from desktop_app.tour.guide import Guide, Plan, Step
from desktop_app.ui.upload_sheet import UploadSheet


class UploadSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._dropped: Study | None = None

    def plan(self) -> Plan:
        return [
            ("drop files", self._drop),
            ("uploaded", self._uploaded),
            ("found again", self._found_again),
            ("opened again", self._open_dropped),
        ]

    async def _drop(self, step: Step) -> None:
        self._guide.to_worklist()
        folder = await asyncio.to_thread(make_drop, self._guide.folder / "dropped")
        data = hand.drag_in(self._guide.window, [folder])
        await asyncio.sleep(0.1)
        await self._guide.photograph(step, "held over the window")
        hand.let_go(self._guide.window, data)
        await self._guide.until(lambda: bool(self._guide.models.uploads.rows), "the drop was not taken")
        await self._guide.until(
            lambda: self._sheet() is not None, "nothing was asked about the files that cannot be sent"
        )
        sheet = self._sheet()
        assert sheet is not None
        await self._guide.photograph(step, "what goes where", sheet)
        hand.click(sheet.send)

    def _sheet(self) -> UploadSheet | None:
        from desktop_app.ui.upload_sheet import UploadSheet

        return next((sheet for sheet in self._guide.window.findChildren(UploadSheet) if sheet.isVisible()), None)

    async def _uploaded(self, step: Step) -> None:
        uploads = self._guide.models.uploads
        await self._guide.until(lambda: uploads.rows[0].finished, "the upload did not end")
        row = uploads.rows[0]
        self._guide.check(not row.error, row.error)
        totals = dict(row.progress.totals)
        step.facts.update({str(verdict): count for verdict, count in totals.items()})
        expected = {Verdict.STORED: DROPPED_IMAGES, Verdict.NOT_DICOM: 1, Verdict.UNREADABLE: 1}
        reasons = "; ".join(
            f"{item.verdict}: {item.reason}" for item in uploads.report(row.id) if item.reason
        )
        self._guide.check(totals == expected, f"the verdicts are {totals} and should be {expected}. {reasons}")

    async def _found_again(self, step: Step) -> None:
        field_ = self._guide.find(QLineEdit)
        field_.clear()
        hand.type_text(field_, TOUR_ACCESSION)
        hand.key(field_, "Return")
        studies = self._guide.models.worklist.table

        def found() -> bool:
            return (
                any(study.accession_number == TOUR_ACCESSION for study in studies.studies)
                and not self._guide.models.worklist.busy
            )

        await self._guide.until(found, "the uploaded study is not in the worklist")
        self._dropped = next(study for study in studies.studies if study.accession_number == TOUR_ACCESSION)
        step.facts["studies"] = len(studies.studies)

    async def _open_dropped(self, step: Step) -> None:
        self._guide.check(self._dropped is not None, "there is nothing to open")
        await self._guide.open_row(self._guide.models.worklist.table.studies.index(self._dropped))  # type: ignore[arg-type]
        await self._guide.first_image()
        viewer = self._guide.viewer
        await self._guide.until(
            lambda: sum(card.received for card in viewer.rail.cards) == DROPPED_IMAGES,
            "not every image came back",
        )
        step.facts["received"] = DROPPED_IMAGES
