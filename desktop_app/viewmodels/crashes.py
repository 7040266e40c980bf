"""CrashesModel: what earlier runs wrote down when they ended badly, for the person to see first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from desktop_app.core.crash_report import CrashReport
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.crash_reports import CrashReports
    from desktop_app.services.network import Network


class CrashesModel(QObject):
    """`found` (a tuple of CrashReport, newest first) is emitted once, when there is any. Nothing is sent anywhere."""

    found = Signal(object)

    def __init__(
        self, network: Network[Backend], reports: CrashReports | None, notices: Notices, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._reports, self._notices = network, reports, notices
        self._looking = Job(self, lambda error: None)
        self._saving = Job(self, lambda error: notices.post_error(error))

    def look(self) -> None:
        """Looks for what earlier runs left."""
        if self._reports is not None:
            self._looking.start(self._look(self._reports))

    def text(self, reports: tuple[CrashReport, ...]) -> str:
        """All of them, as they lie on the disk."""
        return "\n\n".join(report.text.strip() for report in reports) + "\n"

    def save(self, reports: tuple[CrashReport, ...], path: Path) -> None:
        """Writes them where the person wants them."""
        data = self.text(reports).encode()

        async def write() -> None:
            await self._work(lambda: path.write_bytes(data))
            self._notices.post(Notice(self.tr("The report was saved as %s.") % path.name, key="crash report"))

        self._saving.start(write())

    def keep(self, reports: tuple[CrashReport, ...]) -> None:
        """They were seen; the latest few stay on this computer, and are not shown again."""
        self._each(reports, lambda keeper, report: keeper.keep(report))

    def delete(self, reports: tuple[CrashReport, ...]) -> None:
        self._each(reports, lambda keeper, report: keeper.delete(report))

    def _each(
        self, reports: tuple[CrashReport, ...], do: Callable[[CrashReports, CrashReport], object],
    ) -> None:
        keeper = self._reports
        if keeper is None:
            return

        async def work(_: Backend) -> None:
            for report in reports:
                await asyncio.to_thread(do, keeper, report)

        self._network.submit(work)

    async def _look(self, keeper: CrashReports) -> None:
        reports = cast("tuple[CrashReport, ...]", await self._work(keeper.waiting))
        if reports:
            self.found.emit(reports)

    async def _work(self, do: Callable[[], object]) -> object:
        async def work(_: Backend) -> object:
            return await asyncio.to_thread(do)

        return await self._network.call(work)
