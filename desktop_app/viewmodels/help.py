"""HelpModel: the help as pages, and the licences of what is inside. Nothing is read before somebody asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.help_book import HelpBook, Page
from desktop_app.core.part import Part
from desktop_app.core.words import language
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.parts import Inside

LICENCES = "licences.md"
TEXT_SCHEME = "licence:"            # a link to the licences of one part


class HelpModel(QObject):
    """`book` is empty until `changed`; `error` says why it stays so."""

    changed = Signal()
    text_ready = Signal(object)                 # a Page: the licences of one part

    def __init__(self, network: Network[Backend], folder: Path, licences: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._folder, self._licences = network, folder, licences
        self.book, self.error = HelpBook(), ""
        self._parts: dict[str, Part] = {}
        self._job, self._text_job = Job(self, self._failed), Job(self, self._failed)

    def load(self) -> None:
        """Reads the pages, if that was not done yet."""
        if not self.book.pages and not self._job.running:
            self.error = ""
            self._job.start(self._load())

    def ask_text(self, part_name: str) -> None:
        """The licences of a part, word for word; `text_ready` brings them."""
        part = self._parts.get(part_name)
        if part is not None:
            self._text_job.start(self._read_text(part))

    async def _load(self) -> None:
        from desktop_app.services.help_pages import read_book
        from desktop_app.services.parts import find_inside

        folder, licences, spoken = self._folder, self._licences, language()
        self.book = await self._network.read(lambda: read_book(folder, spoken))
        self.changed.emit()
        inside = await self._network.read(find_inside)
        words = await self._network.read(lambda: licences.read_text(encoding="utf-8"))
        self._parts = {part.name: part for part in inside.parts}
        licences_page = Page(LICENCES, words + self._table(inside))
        await self._network.read(lambda: licences_page.headings)        # the window need not look for them
        self.book = self.book.with_page(licences_page)
        self.changed.emit()

    async def _read_text(self, part: Part) -> None:
        texts = await self._network.read(
            lambda: [Path(path).read_text(encoding="utf-8", errors="replace") for path in part.texts])
        whole = "\n\n".join(f"```\n{text.strip()}\n```" for text in texts)
        self.text_ready.emit(Page(f"{TEXT_SCHEME}{part.name}", f"# {part.name} {part.version}\n\n{whole}\n"))

    def _table(self, inside: Inside) -> str:
        """The parts as a table in Markdown, each with a link to its licences."""
        if not inside.parts:
            return "\n\n" + self.tr("The list of parts is not where it should be. Install Lightbox again.") + "\n"
        where = (self.tr("The texts lie in {folder}.").format(folder=f"`{inside.folder}`") if inside.folder else
                 self.tr("Lightbox runs from source here: each text lies with its package in Python's folder."))
        heads = (self.tr("Part"), self.tr("Version"), self.tr("Licence"), self.tr("Text"))
        read = self.tr("read")
        rows = [
            (part.name, part.version, part.licence or "–", f"[{read}]({TEXT_SCHEME}{part.name})" if part.texts else "–")
            for part in inside.parts]
        lines = ["| " + " | ".join(row) + " |" for row in (heads, ("---",) * len(heads), *rows)]
        return f"\n\n## {self.tr('Every part')}\n\n{where}\n\n" + "\n".join(lines) + "\n"

    def _failed(self, error: Exception) -> None:
        self.error = user_text(error)
        self.changed.emit()
