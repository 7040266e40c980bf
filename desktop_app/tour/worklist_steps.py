"""The worklist and its preview."""

from __future__ import annotations

from desktop_app import hand
from desktop_app.tour.guide import Guide, Plan, Step, StepFailed


class WorklistSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def plan(self) -> Plan:
        return [
            ("worklist", self._worklist),
            ("preview", self._preview),
        ]

    async def _worklist(self, step: Step) -> None:
        worklist = self._guide.models.worklist
        await self._guide.until(
            lambda: bool(worklist.table.studies) or worklist.error is not None,
            "no study appeared in the worklist",
        )
        if worklist.error is not None:
            raise StepFailed(worklist.error.user_text)
        step.facts["studies"] = len(worklist.table.studies)

    async def _preview(self, step: Step) -> None:
        hand.click_row(self._guide.table, self._guide.row_of("CT"))
        rail = self._guide.models.worklist
        await self._guide.until(
            lambda: any(card.display_set for card in rail.preview.cards), "the preview shows no series"
        )
        images = [card for card in rail.preview.cards if card.is_image]
        await self._guide.until(
            lambda: all(rail.preview.thumbnail(card.key) is not None for card in images),
            "a preview picture is missing",
        )
        step.facts["series"] = len(rail.preview.cards)
