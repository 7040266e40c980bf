"""Launch: what the command line or a link asks for, at the beginning and while the program runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, NotFound
from desktop_app.core.open_request import OpenRequest
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.study import Study
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.models import Models


class Launch(QObject):
    """Selects the archive, fills the worklist, opens the study, begins the upload.

    `called`: the window shall come to the front; `worklist_wanted`: with the worklist.
    """

    called = Signal()
    worklist_wanted = Signal()

    def __init__(self, network: Network[Backend], models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._network, self._models = network, models
        self._job = Job(self, lambda error: models.notices.post_error(error))
        self._suspects = Job(self, lambda error: None)
        self._troubles = Job(self, lambda error: None)          # that there is no archive, the worklist says
        self._samples = Job(self, lambda error: models.notices.post_error(error))

    def go(self, request: OpenRequest = OpenRequest()) -> None:  # noqa: B008 - a frozen value
        """The beginning: fills the worklist, and does what was asked for."""
        archives = self._models.archives
        is_chosen = self._choose(request)
        self._models.worklist.search_now()
        archives.check(archives.selected)
        if archives.everywhere:
            archives.check_all()
        self._samples.start(self._show_samples())
        self._suspects.start(self._offer_to_leave_out())
        self._troubles.start(self._tell_troubles())
        self._models.uploads.take_up(
            lambda key: next((row.store for row in archives.rows if row.store.key == key), None))
        if is_chosen:
            self._show(request)

    def follow(self, request: OpenRequest) -> None:
        """Another start, or a link, asks the running program."""
        self.called.emit()
        if self._models.session.lock is not None:
            return                      # whoever unlocks the screen may ask again
        if self._choose(request):
            self._show(request)

    def tell(self, sentence: str) -> None:
        """What is wrong with a link."""
        self._models.notices.post(Notice(sentence, NoticeKind.CAUTION, key="link"))

    def _show(self, request: OpenRequest) -> None:
        archives, worklist = self._models.archives, self._models.worklist
        if request.studies or request.accessions:
            self._job.start(self._open(request))
        elif request.patient:
            self.worklist_wanted.emit()
            worklist.set_query(StudyQuery(patient_id=request.patient))
            worklist.search_now()
        if request.upload and not request.is_link:
            paths = [Path(path) for path in request.upload]
            self._models.uploads.drop(paths, archives.selected, ask=not request.archive,
                                      ask_always=self._models.settings.value.show_before_upload)

    def _choose(self, request: OpenRequest) -> bool:
        """Selects the archive. False when there is none: then nothing is shown or sent anywhere else."""
        if not request.archive:
            return True
        if not request.is_link:
            return self._select(request.archive)
        wanted = _known_address(request.archive)
        for row in self._models.archives.rows:
            if row.store.is_called(request.archive) or wanted == row.store.url:
                self._models.archives.select(row.store)
                return True
        self.tell(self.tr("A link asks for an archive that is not in your list. Add it first if you trust it."))
        return False

    async def _tell_troubles(self) -> None:
        for sentence in await self._network.call(lambda backend: backend.troubles()):
            self._models.notices.post(Notice(sentence, NoticeKind.CAUTION))

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
            if row.store.is_called(archive):
                archives.select(row.store)
                return True
        at_google = "/dicomStores/" in archive
        problem = archives.add(archive, sign_in=SignInKind.GOOGLE if at_google else SignInKind.NONE)
        if problem:
            self._models.notices.post_error(LightboxError(problem), archive)
        return not problem

    async def _show_samples(self) -> None:
        """At the first start the sample studies arrive while the list already stands."""
        if await self._network.call(lambda backend: backend.samples_are_there()):
            worklist, archives = self._models.worklist, self._models.archives
            local = archives.rows[0].store
            worklist.search_in(local)
            archives.check(local)
            self._models.workspace.read_again(local)   # opened meanwhile, it has its first images only

    async def _open(self, request: OpenRequest) -> None:
        for uid, accession in (*((uid, "") for uid in request.studies), *(("", one) for one in request.accessions)):
            store, study = await self._find(request, uid, accession)
            self._models.workspace.open(study, store)

    async def _find(self, request: OpenRequest, uid: str, accession: str) -> tuple[Store, Study]:
        """In the archive that was named, else in the selected one and then in the others that are open to us."""
        archives = self._models.archives
        stores = [archives.selected]
        if not request.archive:
            stores += [row.store for row in archives.rows if row.store.key != archives.selected.key]
        refusal: LightboxError | None = None
        for store in stores:
            try:
                return store, await self._network.call(lambda backend, store=store: _find_study(  # type: ignore[misc]
                    backend, store, uid, accession, asked_for=store is stores[0]))
            except LightboxError as error:
                refusal = refusal or error
        assert refusal is not None
        raise refusal


async def _find_study(backend: Backend, store: Store, uid: str, accession: str, *, asked_for: bool) -> Study:
    if not asked_for and not backend.sign_ins.is_signed_in(store):
        raise NotFound              # no link opens a browser at an archive that nobody named
    return await backend.find_study(store, study_instance_uid=uid, accession_number=accession)


def _known_address(text: str) -> str:
    try:
        return Store.parse(text).url
    except ValueError:
        return ""
