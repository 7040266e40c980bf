"""Backend: all that lives on the network thread, as the view-models may ask for it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.archive.archive import Archive
from desktop_app.archive.folder import FolderTransport, drop_index
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.core.archive_check import ArchiveCheck
from desktop_app.core.audit import AuditKind
from desktop_app.core.deletion import DeletionOffer, DeletionProgress, DeletionTarget
from desktop_app.core.errors import NotFound, SwitchedOff
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.haidef import Finding
from desktop_app.core.load_times import LoadReport
from desktop_app.core.making import StudyContext
from desktop_app.core.policy import Policy
from desktop_app.core.prior import PriorsAnswer
from desktop_app.core.query import StudyQuery
from desktop_app.core.settings import LoadingSettings
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.words import say, t
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY, build_http_client, idle_times
from desktop_app.services.archive_check import check_archive, refusals
from desktop_app.services.conformance_notes import conformance_notes
from desktop_app.services.decoder import Decoder
from desktop_app.services.deletion import delete, offer_of
from desktop_app.services.exporter import Exporter
from desktop_app.services.fetch_queue import QueueStatus
from desktop_app.services.first_images import OWNER as FIRST_IMAGES
from desktop_app.services.first_images import wish_first_images
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.google_stores import GoogleStores, refusal_in_words
from desktop_app.services.haidef_check import check_series
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.last_resort import LastResort
from desktop_app.services.local_state import LocalState
from desktop_app.services.maker import Maker, context_of
from desktop_app.services.manifest import read_manifest
from desktop_app.services.priors import find_priors
from desktop_app.services.server_grey import ServerGrey, server_grey
from desktop_app.services.sign_ins import SignIns, hosts_of
from desktop_app.services.study_facts import completed
from desktop_app.services.study_objects import StudyObjects
from desktop_app.services.study_opener import StudyEvent, open_study
from desktop_app.services.thumbnails import Thumbnails
from desktop_app.services.upload_journal import JournalUpload
from desktop_app.services.uploader import Uploader
from desktop_app.services.work_store import WorkStore

if TYPE_CHECKING:
    import httpx

    from desktop_app.core.settings import Settings
    from desktop_app.core.window import Window
    from desktop_app.services.keychain import Keychain

_UNKNOWN_STUDY = t(
    "services", "This archive has no such study. Check the Study Instance UID or the accession number.")


@dataclass(frozen=True, slots=True)
class Connection:
    """One store, and what talks to it."""

    store: Store
    http: httpx.AsyncClient
    client: DicomWebClient
    loader: ImageLoader
    thumbnails: Thumbnails
    uploader: Uploader
    objects: StudyObjects
    work: WorkStore
    exporter: Exporter


class Backend:
    """Connections are made when first asked for, one per store, and live as long as the program."""

    def __init__(
        self,
        archive: Archive,
        decoder: Decoder,
        frames: FrameCache,
        sign_ins: SignIns,
        state: LocalState | None = None,
        *,
        filling: asyncio.Task[int] | None = None,
        loading: LoadingSettings = LoadingSettings(),  # noqa: B008  a frozen value
        policy: Policy = Policy(),
    ) -> None:
        """`filling`: the task that puts sample studies into the archive, where there is one; it ends with this."""
        state = state or LocalState()
        self.archive, self.decoder, self.sign_ins, self.policy = archive, decoder, sign_ins, policy
        self.audit, self.dialects = state.audit, state.dialects
        self.maker = state.maker or Maker(Path(tempfile.gettempdir()) / "lightbox-made", decoder)
        self._frames, self._filling, self._loading = frames, filling, loading
        self._journal, self._work, self._deidentify_key = state.journal, state.work, state.deidentify_key
        self._indexes = state.indexes or archive.folder.with_name("folders")
        self._disk, self._cache_key = state.disk, state.cache_key
        self._opening = asyncio.ensure_future(self._cache_key.open(self._disk)) if self._disk is not None else None
        self._noted: set[tuple[str, str]] = set()          # studies opened in this session
        self._connections: dict[str, Connection] = {}
        self._google: GoogleStores | None = None
        self._left: dict[GoogleStores, asyncio.Task[None]] = {}  # Google's tree at hosts that were left

    async def conformance_notes(self, store: Store) -> str:
        """How this archive was found to speak, as a page of text."""
        return conformance_notes(store, self.dialects.of(store).dialect)

    async def learn_anew(self, store: Store) -> None:
        """Forgets what was learned of this archive."""
        self.dialects.forget(store)

    async def troubles(self) -> tuple[str, ...]:
        """Sentences about what had to be mended when the program began, or could not be."""
        found = (self.archive.trouble, self._journal.trouble if self._journal is not None else "")
        return tuple(sentence for sentence in found if sentence)

    async def samples_are_there(self) -> bool:
        """Waits for the sample studies of a first start; whether any were stored just now."""
        return bool(await asyncio.shield(self._filling)) if self._filling is not None else False

    def connection(self, store: Store) -> Connection:
        existing = self._connections.get(store.key)
        if existing is None:
            existing = self._connections[store.key] = self._connect(store)
        return existing

    async def read_study(self, store: Store, study_instance_uid: str) -> AsyncIterator[StudyEvent]:
        """`open_study` for somebody who reads it: that is noted, once a session."""
        if (store.key, study_instance_uid) not in self._noted:
            self._noted.add((store.key, study_instance_uid))
            await self.audit.note(AuditKind.OPENED, store.name, study_instance_uid)
        async for event in self.open_study(store, study_instance_uid):
            yield event

    def open_study(self, store: Store, study_instance_uid: str) -> AsyncIterator[StudyEvent]:
        """What lies in a study, series by series."""
        connection = self.connection(store)
        connection.loader.warm_up()
        times = connection.loader.times.of(study_instance_uid)
        return open_study(connection.client, study_instance_uid, connection.loader.expect, times)

    async def check_haidef(
        self, store: Store, study_uid: str, series_uid: str, sop_uids: Sequence[str]
    ) -> tuple[Finding, ...]:
        """Whether a series is ready for HAI-DEF. Raises what reading it raises."""
        return await check_series(store, self.connection(store).client, study_uid, series_uid, sop_uids)

    async def take_manifest(self, store: Store, path: Path) -> Study:
        """The study of a manifest; its objects are listed without a search from now on. Raises NotDicom, DiskError."""
        manifest = await asyncio.to_thread(read_manifest, path)
        client = self.connection(store).client
        if not client.dialect.searches:
            client.know(manifest.study, manifest.series, manifest.instances)
        return manifest.study

    def completed(self, store: Store, studies: Sequence[Study]) -> AsyncIterator[Study]:
        """Studies of a list with what the archive's searches do not tell, as it is found out."""
        return completed(self.connection(store).client, studies)

    async def find_study(
        self, store: Store, *, study_instance_uid: str = "", accession_number: str = ""
    ) -> Study:
        """The study with this UID, or the newest with this accession number. Raises NotFound."""
        client = self.connection(store).client
        if study_instance_uid and not client.dialect.searches:
            return await client.retrieved_study(study_instance_uid)
        query = (
            StudyQuery(text=study_instance_uid)
            if study_instance_uid
            else StudyQuery(accession_number=accession_number)
        )
        page = await client.search_studies(query, limit=10)
        found = [study for study in page.items if study_instance_uid in ("", study.study_instance_uid)]
        studies = sorted(found, key=lambda study: (study.study_date, study.study_time))
        if not studies:
            raise NotFound(say("services", _UNKNOWN_STUDY), status=404)
        return studies[-1]

    async def study_context(self, store: Store, first: StudyContext) -> StudyContext:
        """What every object of a study says of patient and study."""
        return await context_of(self.connection(store).client, first)

    async def find_priors(self, study: Study, stores: Sequence[Store]) -> PriorsAnswer:
        """The patient's other studies in these archives, the nearest in time first."""
        return await find_priors(study, stores, lambda store: self.connection(store).client)

    async def unfinished_uploads(self) -> tuple[JournalUpload, ...]:
        """Uploads that an earlier run of the program could not end."""
        unfinished = await self._journal.unfinished() if self._journal is not None else ()
        await self.maker.sweep(frozenset(path for upload in unfinished for path in upload.paths))
        return unfinished

    async def forget_upload(self, upload_id: str) -> None:
        """An upload is over for good: no later run goes on with it."""
        if self._journal is not None:
            await self._journal.end(upload_id)

    async def wish(self, store: Store, owner: str, refs: Sequence[FrameRef], *, first: bool) -> None:
        self.connection(store).loader.wish(owner, refs, first=first)

    async def try_again(self, store: Store, owner: str) -> None:
        """Asks once more for the images of a viewer that could not be had."""
        self.connection(store).loader.try_again(owner)

    async def server_grey(
        self, store: Store, ref: FrameRef, place: tuple[int, int], size: tuple[int, int], window: Window | None
    ) -> ServerGrey:
        """A pixel of the archive's own picture of an image. Raises a LightboxError where it draws none."""
        return await server_grey(self.connection(store).client, self.decoder, ref, place, size, window)

    async def forget(self, store: Store, owner: str, study_instance_uid: str) -> None:
        """A viewer was closed: its network work ends and its frames go."""
        connection = self._connections.get(store.key)
        if connection is not None:
            connection.loader.forget(owner)
        self._frames.drop_study(store.key, study_instance_uid)

    async def disconnect(self, store: Store, *, for_good: bool = False) -> None:
        """Ends all work for a store; the next request connects anew, where it is not left `for_good`."""
        connection = self._connections.pop(store.key, None)
        if connection is not None:
            try:
                await connection.loader.close()
            finally:
                await connection.http.aclose()
        if for_good and store.is_folder:
            await asyncio.to_thread(drop_index, Path(store.folder), self._indexes)

    async def apply(self, settings: Settings, keychain: Keychain | None) -> None:
        """Other settings hold from now on."""
        trusted = self.sign_ins.google.ca_file
        await self.sign_ins.apply(settings, keychain)
        await self._apply_loading(settings)
        if settings.google.ca_file != trusted:          # connections keep what they were made with
            self._leave_google()
            for connection in [one for one in self._connections.values() if one.store.sign_in.at_google]:
                await self.disconnect(connection.store)

    async def _apply_loading(self, settings: Settings) -> None:
        self._loading = settings.loading
        for connection in self._connections.values():
            connection.loader.allow(self._loading.transfers_at_once)
            connection.http.timeout = idle_times(self._loading.idle_timeout_s)
        if settings.frame_cache_bytes:
            self._frames.budget_bytes = settings.frame_cache_bytes
        if self._disk is not None:
            self._disk.budget_bytes = settings.disk_cache_bytes
            if not settings.disk_cache_bytes and self._disk.nbytes:
                await self.wipe_disk_cache()

    async def wish_first_images(self, store: Store, study_instance_uid: str) -> int:
        """A study that may be opened next: its first images, until `forget_first_images`."""
        connection = self.connection(store)
        return await wish_first_images(connection.client, connection.loader, study_instance_uid)

    async def forget_first_images(self, store: Store) -> None:
        connection = self._connections.get(store.key)
        if connection is not None:
            connection.loader.forget(FIRST_IMAGES)

    def _leave_google(self) -> None:
        if self._google is not None:
            left, self._google = self._google, None
            self._left[left] = asyncio.ensure_future(left.close())
            self._left[left].add_done_callback(lambda done: None if done.cancelled() else self._left.pop(left, None))

    @property
    def google(self) -> GoogleStores:
        """Google's tree, with the hosts of the settings."""
        if self._google is None or self._google.hosts != hosts_of(self.sign_ins.google):
            self._leave_google()
            self._google = GoogleStores(
                hosts_of(self.sign_ins.google),
                lambda store: build_http_client(
                    self.sign_ins.reached(store), auth=self.sign_ins.auth(store), max_connections=32))
        return self._google

    async def check(self, store: Store) -> ArchiveCheck:
        """Tries an archive, in the list or not yet."""
        return await check_archive(store, self.connection(store).client, self.google)

    async def refusals(self, store: Store) -> tuple[str, str]:
        """Why one may not store into this archive and not delete from it, as far as it can be known beforehand."""
        upload, deletion = await refusals(store, self.google, self.dialects.of(store).dialect)
        return self.upload_refusal(store) or upload, self.policy.delete_refusal or deletion

    def upload_refusal(self, store: Store) -> str:
        """Why nothing may be sent there from this workplace, or nothing. The embedded archive is always open."""
        return "" if store.is_local else self.policy.upload_refusal

    async def deletion_offered(self, store: Store) -> bool:
        """Whether this archive deletes at all, as far as it tells. Raises nothing of LightboxError."""
        return store.is_local or (await self.connection(store).client.deletion_way()).is_offered

    async def deletion_offer(self, store: Store, target: DeletionTarget) -> DeletionOffer:
        """What a deletion would do, and whether it may be. The rights are asked for anew."""
        _, refusal = await self.refusals(store)
        return await offer_of(self.connection(store).client, target, refusal)

    async def delete(self, store: Store, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        """Deletes from the archive and from this machine; leaving early stops it at the archive too."""
        if self.policy.delete_refusal:
            raise SwitchedOff(self.policy.delete_refusal)
        disk = None if store.is_local else self._disk
        async with aclosing(delete(self.connection(store).client, store.key, target, disk)) as steps:
            async for progress in steps:
                yield progress
        await self.audit.note(AuditKind.DELETED, store.name, target.study_instance_uid, outcome=target.level.value)
        self._frames.drop_study(store.key, target.study_instance_uid)

    def opened_with(self, store: Store) -> frozenset[str]:
        """The keys of the stores that the same sign-in opens, this one included."""
        return self.sign_ins.opened_with(store)

    async def sign_out(self, store: Store) -> None:
        """Ends the work for all stores that this sign-in opened, wipes what is held of them, and has it revoked."""
        await self.wipe(self.opened_with(store))
        await self.sign_ins.sign_out(store)

    async def wipe(self, store_keys: frozenset[str]) -> None:
        """Forgets everything of these stores that is on this machine."""
        for connection in [made for key, made in self._connections.items() if key in store_keys]:
            await self.disconnect(connection.store)
        for key in store_keys:
            self._frames.drop_store(key)
        await self.wipe_disk_cache()

    async def wipe_disk_cache(self) -> None:
        """Nothing that was kept on disk can be read any more."""
        if self._disk is not None and self._opening is not None:
            await asyncio.gather(self._opening, return_exceptions=True)
            await self._cache_key.wipe(self._disk)
        await asyncio.to_thread(shutil.rmtree, self._indexes, True)     # there are names in these lists

    def disk_bytes(self) -> int:
        """Bytes that are kept on disk. May be called from any thread."""
        return self._disk.nbytes if self._disk is not None else 0

    async def take_other_account(self, session_key: str) -> None:
        """The user goes on as the person who came back: what the first one saw goes before that."""
        session = self.sign_ins.by_key(session_key)
        if session is not None:
            await self.wipe(frozenset(session.stores))
            await self.wipe_disk_cache()
            session.decide(True)

    def traffic(self) -> QueueStatus:
        """The queues of all stores, added up. May be called from any thread."""
        all_of = [connection.loader.status for connection in list(self._connections.values())]
        return QueueStatus(
            sum(s.in_flight for s in all_of),
            sum(s.waiting for s in all_of),
            sum(s.limit for s in all_of),
            sum(s.bytes_received for s in all_of),
            sum(s.retries for s in all_of),
            next((s.trouble for s in all_of if s.trouble and s.waiting), ""),
        )

    def loading_report(self, store: Store, study_instance_uid: str = "") -> LoadReport:
        """Where the time of loading a study went, or all of an archive. May be called from any thread."""
        connection = self._connections.get(store.key)
        if connection is None:
            return LoadReport()
        now = connection.loader.status
        return LoadReport(
            connection.loader.times.stages(study_instance_uid), now.in_flight, now.limit, now.bytes_per_s,
            now.bytes_received, now.retries, now.waiting, now.trouble)

    async def close(self) -> None:
        """Ends everything; a part that does not end well does not keep the others."""
        ending = [self.disconnect(connection.store) for connection in list(self._connections.values())]
        begun = [task for task in (self._filling, self._opening) if task is not None]
        for task in begun:
            task.cancel()
        self._leave_google()
        # Closed once more: whoever ends the loop's tasks may have cancelled the closing before it began.
        ending += [left.close() for left in self._left]
        await asyncio.gather(*begun, *ending, *self._left.values(), return_exceptions=True)
        if self._disk is not None:
            await asyncio.to_thread(self._disk.close)
        await self.dialects.close()
        try:
            await asyncio.to_thread(self.decoder.stop)
        finally:
            if self._journal is not None:
                await self._journal.close()
            await self.archive.close()
            if not self.policy.may_cache:
                await asyncio.to_thread(shutil.rmtree, self._indexes, True)

    def _transport(self, store: Store) -> httpx.AsyncBaseTransport | None:
        """What answers in this process; None for what is reached over the network."""
        if store.is_local:
            return AsgiTransport(create_app(self.archive))
        return FolderTransport(Path(store.folder), self._indexes) if store.is_folder else None

    def _connect(self, store: Store) -> Connection:
        transport = self._transport(store)
        http = build_http_client(
            self.sign_ins.reached(store), auth=self.sign_ins.auth(store), transport=transport,
            tls=self.sign_ins.tls(store), ready=self.sign_ins.ready(store), idle_timeout_s=self._loading.idle_timeout_s)
        client = DicomWebClient(store.root_url, http, self.dialects.of(store), refusal=refusal_in_words(store))
        # The queue decides itself what is tried again, and hears of every refusal: it has to slow down.
        for_images = client.with_retry(NO_RETRY)
        disk = None if store.is_local or store.is_folder else self._disk
        helped = None if store.is_local or store.is_folder else LastResort(client, self.decoder)
        loader = ImageLoader(store.key, for_images, self.decoder, self._frames, disk=disk, last_resort=helped)
        objects = StudyObjects(client, self.decoder, disk, store.key)
        loader.allow(self._loading.transfers_at_once)
        return Connection(
            store,
            http,
            client,
            loader,
            Thumbnails(client, loader, self.decoder),
            Uploader(client, self.decoder, self._journal, store_key=store.key, store_name=store.name,
                     key=self._deidentify_key, audit=self.audit, refusal=self.upload_refusal(store)),
            objects,
            WorkStore(client, self.decoder, objects, self._work, store.key, self.upload_refusal(store)),
            Exporter(objects, loader, self.decoder, self.audit, store.name, self.policy.export_refusal),
        )
