"""AuditRecordModel: the record of what was done at this workplace, saved where somebody wants it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.policy import Policy
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network


class AuditRecordModel(QObject):
    """`text` says what came of the last saving."""

    changed = Signal()

    def __init__(
        self, network: Network[Backend], policy: Policy, notices: Notices, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._policy, self._notices = network, policy, notices
        self._job = Job(self, notices.post_error)
        self.text = ""

    @property
    def refusal(self) -> str:
        """Why it may not be saved, or nothing."""
        return self._policy.audit_refusal

    def save(self, path: Path) -> None:
        """Writes all of it: as a table for spreadsheets, or, by the name's ending `.jsonl`, line by line as it is."""
        if not self.refusal:
            self._job.start(self._save(path))

    async def _save(self, path: Path) -> None:
        async def save(backend: Backend) -> tuple[int, int]:
            return await asyncio.to_thread(backend.audit.save, path)

        count, broken_at = await self._network.call(save)
        self.text = self.tr("%n entries were saved as {name}.", "", count).format(name=path.name)
        if broken_at:
            self.text += " " + self.tr("Line %d does not follow from the one before: the record was changed or damaged "
                                       "there.") % broken_at
            self._notices.post(Notice(self.text, NoticeKind.CAUTION, key="audit"))
        self.changed.emit()
