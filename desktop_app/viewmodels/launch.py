"""Launch: what the command line asked for, once the window stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.store import SignInKind, Store
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.models import Models


class Launch(QObject):
    """Selects the archive, fills the worklist, opens the study, begins the upload."""

    def __init__(self, network: Network[Backend], models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._models = network, models
        self._job = Job(self, lambda error: models.notices.post_error(error))
        self._suspects = Job(self, lambda error: None)
        self._samples = Job(self, lambda error: models.notices.post_error(error))

    def go(
        self, *, archive: str = "", study: str = "", accession: str = "", upload: Sequence[Path] = ()
    ) -> None:
        archives = self._models.archives
        is_chosen = not archive or self._select(archive)
        self._models.worklist.search_now()
        archives.check(archives.selected)
        self._samples.start(self._show_samples())
        self._suspects.start(self._offer_to_leave_out())
        if study or accession:
            self._job.start(self._open(archives.selected, study, accession))
        uploads = self._models.uploads
        uploads.take_up(
            lambda key: next((row.store for row in archives.rows if row.store.key == key), None)
        )
        if upload and is_chosen:  # never to another archive than the one that was named
            uploads.drop([path.absolute() for path in upload], archives.selected, ask=not archive)

    async def _offer_to_leave_out(self) -> None:
        """The last run ended in the middle of a codec: what it was reading may be left out from now on."""
        network, notices = self._network, self._models.notices

        async def suspects(backend: Backend) -> int:
            return len(backend.decoder.guard.suspects)

        async def leave_out(backend: Backend) -> None:
            backend.decoder.guard.leave_out_suspects()

        def act() -> None:
            network.submit(leave_out)
            notices.withdraw("suspects")

        count = await network.call(suspects)
        if count:
            text = self.tr("Lightbox ended while it was reading %d images. They can be left out from now on.") % count
            notices.post(Notice(text, NoticeKind.CAUTION, action_text=self.tr("Leave them out"), action=act,
                                key="suspects"))

    def _select(self, archive: str) -> bool:
        """By its name in the list, else as an address that is added. False when it is none."""
        archives = self._models.archives
        for row in archives.rows:
            if archive in (row.store.name, row.store.url):
                archives.select(row.store)
                return True
        at_google = "/dicomStores/" in archive
        problem = archives.add(archive, sign_in=SignInKind.GOOGLE if at_google else SignInKind.NONE)
        if problem:
            from desktop_app.core.errors import LightboxError

            self._models.notices.post_error(LightboxError(problem), archive)
        return not problem

    async def _show_samples(self) -> None:
        """At the first start the sample studies arrive while the list already stands."""
        if await self._network.call(lambda backend: backend.samples_are_there()):
            worklist, archives = self._models.worklist, self._models.archives
            if worklist.store.is_local:
                worklist.refresh()
            archives.check(archives.rows[0].store)
            self._models.workspace.read_again(archives.rows[0].store)   # opened meanwhile, it has its first images only

    async def _open(self, store: Store, study: str, accession: str) -> None:
        found = await self._network.call(
            lambda backend: backend.find_study(store, study_instance_uid=study, accession_number=accession),
        )
        self._models.workspace.open(found, store)
