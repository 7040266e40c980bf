"""From "Add archive" to the first image of a Google-like store, with every input counted.

It is gone where the settings (of an administrator, say) name such a store on this computer, with a provider that asks
nothing: the tour then follows the address of the sign-in itself, as the browser of a person who is signed in would.
"""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import urlopen

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app import hand
from desktop_app.core.query import StudyQuery
from desktop_app.tour.guide import Guide, Plan, Step, StepSkipped

D = TypeVar("D", bound=QDialog)

MOST_INPUTS = 4
_HERE = ("127.0.0.1", "localhost", "::1")
_NONE_HERE = "no Google-like store on this computer is set up (archives.toml, [google])"


class GoogleSteps:
    """An input is a click, a double click, or a line that is typed and ended with Enter."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._inputs = 0
        self._begun = False
        self._typed = ""

    def plan(self) -> Plan:
        return [
            ("add an archive of Google", self._add),
            ("sign in", self._sign_in),
            ("choose a store", self._choose),
            ("first image of the store", self._open),
            ("choose a store by typing", self._type),
            ("first image of what was typed", self._open),
        ]

    async def _add(self, step: Step) -> None:
        google = self._guide.models.settings.value.google
        if any(urlsplit(url).hostname not in _HERE for url in (google.healthcare, google.authorization)):
            raise StepSkipped(_NONE_HERE)
        from desktop_app.ui.archive_dialog import AddArchive

        self._guide.to_worklist()
        self._guide.models.worklist.set_query(StudyQuery())         # as a new user finds it
        self._click(self._guide.window.worklist_page.archives.add_button)
        dialog = self._dialog(AddArchive)
        await self._guide.photograph(step, "dialog", dialog)
        self._click(dialog.google)
        self._begun = True

    async def _sign_in(self, step: Step) -> None:
        self._check_begun()
        from desktop_app.ui.sign_in_dialog import SignInDialog

        models = self._guide.models
        await self._guide.until(
            lambda: any(state.address for state in models.session.states) or models.chooser.error is not None,
            "no address to sign in at")
        self._guide.check(models.chooser.error is None, str(models.chooser.error))
        if dialogs := [one for one in self._guide.window.findChildren(SignInDialog) if one.isVisible()]:
            await self._guide.photograph(step, "dialog", dialogs[0])
        address = next(state.address for state in models.session.states if state.address)
        page = await asyncio.to_thread(_visit, address, models.settings.value.google.ca_file)
        self._guide.check("You are signed in" in page, "the browser was not told that one is signed in")
        await self._guide.until(lambda: models.chooser.signed_in, "the sign-in did not end")

    async def _choose(self, step: Step) -> None:
        self._check_begun()
        from desktop_app.ui.google_dialog import GoogleDialog

        chooser, dialog = self._guide.models.chooser, self._dialog(GoogleDialog)

        def store() -> QModelIndex:
            """The first DICOM store, where a single way leads there: then the tree has opened by itself."""
            nodes = (node for node in chooser.tree.root if node.resource is not None and len(node.resource.ids) == 4)
            return next((dialog.items.index_of(node) for node in nodes), QModelIndex())

        await self._guide.until(lambda: dialog.tree.visualRect(store()).isValid(), "the tree shows no DICOM store")
        await self._guide.photograph(step, "tree", dialog)
        self._inputs += 1
        resource = dialog.items.node_at(store()).resource
        self._typed = resource.typed if resource is not None else ""
        hand.double_click(dialog.tree.viewport(), dialog.tree.visualRect(store()).center())
        await self._added()

    async def _type(self, step: Step) -> None:
        """The same store once more, as one does who knows its name."""
        self._check_begun()
        self._guide.check(bool(self._typed), "no store was chosen before")
        from desktop_app.ui.archive_dialog import AddArchive
        from desktop_app.ui.google_dialog import GoogleDialog

        models = self._guide.models
        self._guide.to_worklist()
        models.archives.remove(models.archives.selected)
        self._guide.check(not models.archives.selected.sign_in.at_google, "the store stayed in the list")
        self._inputs = 0
        self._click(self._guide.window.worklist_page.archives.add_button)
        self._click(self._dialog(AddArchive).google)
        await self._guide.until(lambda: models.chooser.signed_in, "the sign-in is over already")
        dialog = self._dialog(GoogleDialog)
        self._inputs += 1
        hand.type_text(dialog.field, self._typed)
        await self._guide.until(lambda: dialog.list.isVisible() and dialog.list.count() > 0, "nothing was completed")
        await self._guide.photograph(step, "typed", dialog)
        hand.key(dialog.field, "Return")
        await self._added()

    async def _added(self) -> None:
        """The store was tried, is in the list of archives, and its studies are listed."""
        models, chooser = self._guide.models, self._guide.models.chooser
        tried = chooser.test
        await self._guide.until(
            lambda: models.archives.selected.sign_in.at_google or chooser.error is not None
            or (tried.result is not None and not tried.result.passed), "the store was not added")
        if tried.result is not None:
            self._guide.check(tried.result.passed, tried.result.reason)
        self._guide.check(chooser.error is None, str(chooser.error))
        await self._guide.until(lambda: bool(models.worklist.table.studies), "the store shows no study")

    async def _open(self, step: Step) -> None:
        self._check_begun()
        self._inputs += 1
        await self._guide.open_row(0)
        step.facts["first image ms"] = await self._guide.first_image()
        step.facts["inputs"] = self._inputs
        self._guide.check(self._inputs <= MOST_INPUTS, f"{self._inputs} inputs were needed")

    def _check_begun(self) -> None:
        if not self._begun:
            raise StepSkipped(_NONE_HERE)

    def _click(self, widget: QWidget) -> None:
        self._inputs += 1
        hand.click(widget)

    def _dialog(self, kind: type[D]) -> D:
        return self._guide.find(kind)


def _visit(address: str, ca_file: str) -> str:
    """The page at the end of the redirects. Blocking."""
    context = ssl.create_default_context(cafile=str(Path(ca_file)) if ca_file else None)
    with urlopen(address, timeout=30, context=context) as answer:  # noqa: S310 - the page of the sign-in under way
        return str(answer.read(1 << 20).decode("utf-8", "replace"))
