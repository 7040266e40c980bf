"""All archives in one list: a folder is opened as an archive, and both are searched at once."""

from __future__ import annotations

from desktop_app import hand
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.resources import resource_path
from desktop_app.tour.guide import Guide, Plan, Step, StepFailed

_FOLDER = "ct-abdomen"


class ArchiveSteps:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._folder: Store | None = None

    def plan(self) -> Plan:
        return [("all archives at once", self._all), ("one archive again", self._one)]

    async def _all(self, step: Step) -> None:
        archives, worklist = self._guide.models.archives, self._guide.models.worklist
        self._guide.to_worklist()
        worklist.set_query(StudyQuery())
        sentence = archives.add(str(resource_path("samples") / _FOLDER), "Folder")
        if sentence:
            raise StepFailed(sentence)
        folder = self._folder = archives.selected
        hand.click(self._guide.window.worklist_page.archives.all_button)

        def found() -> list[ListedStudy]:
            return [row for row in worklist.table.rows if row.store.key == folder.key]

        await self._guide.until(lambda: bool(found()) and not worklist.busy, "the folder's study is not in the list")
        others = len(worklist.table.rows) - len(found())
        self._guide.check(others > 0, "the list shows one archive only")
        self._guide.check(not worklist.troubles, "an archive could not be searched")
        step.facts["archives"], step.facts["studies"] = len(worklist.stores), len(worklist.table.rows)
        hand.click_row(self._guide.table, worklist.table.rows.index(found()[0]))

    async def _one(self, step: Step) -> None:
        archives, worklist = self._guide.models.archives, self._guide.models.worklist
        if self._folder is None:
            raise StepFailed("no folder was opened")
        archives.remove(self._folder)
        self._guide.check(not any(row.store == self._folder for row in worklist.table.rows), "its rows stayed")
        archives.select(archives.rows[0].store)
        await self._guide.until(lambda: not worklist.busy, "the list of the first archive")
        self._guide.check(not worklist.is_of_many, "one archive is still a list of several")
        step.facts["studies"] = len(worklist.table.rows)
