"""The whole worklist, the dialog that adds an archive, the help: what the guide shows and the steps before did not."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop_app import hand
from desktop_app.tour.guide import Guide, Plan, Step

_PICTURED = "reading.md"


class HelpSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
            ("all studies", self._all_studies),
            ("how to add an archive", self._add_archive),
            ("help", self._help),
        ]

    async def _all_studies(self, step: Step) -> None:
        self._guide.to_worklist()
        worklist = self._guide.models.worklist
        field = self._guide.find(QLineEdit)
        field.clear()
        hand.key(field, "Return")
        await self._guide.until(
            lambda: not worklist.busy and len(worklist.table.studies) > 1, "the list did not come back whole")
        hand.click_row(self._guide.table, self._guide.row_of("CT"))
        await self._guide.until(
            lambda: bool(cards := [card for card in worklist.preview.cards if card.is_image])
            and all(worklist.preview.thumbnail(card.key) is not None for card in cards), "a preview picture is missing")
        step.facts["studies"] = len(worklist.table.studies)

    async def _add_archive(self, step: Step) -> None:
        from desktop_app.ui.archive_dialog import AddArchive

        self._guide.window.add_archive()
        dialog = next(iter(self._guide.window.findChildren(AddArchive)), None)
        self._guide.check(dialog is not None, "the dialog did not open")
        assert dialog is not None
        await self._guide.photograph(step, "dialog", dialog)
        dialog.reject()

    async def _help(self, step: Step) -> None:
        from desktop_app.ui.help.window import HelpWindow

        hand.key(self._guide.table, "F1")
        window = next(iter(self._guide.window.findChildren(HelpWindow)), None)
        self._guide.check(window is not None, "F1 did not open the help")
        assert window is not None
        await self._guide.until(lambda: window.book.page("licences.md") is not None, "the pages were not read")
        shown = window.book.page(_PICTURED)
        self._guide.check(shown is not None, "the page on reading is missing")
        window.go(_PICTURED)
        pictures = [picture for picture in window.book.pictures if shown is not None and picture.name in shown.text]
        self._guide.check(bool(pictures), "its pictures are missing")
        step.facts["pages"] = len(window.book.pages)
        await self._guide.photograph(step, "page", window)
        window.accept()
