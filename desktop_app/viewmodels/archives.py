"""ArchivesModel: the archives one may choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import AnswerError, LightboxError, SignInNeeded, user_text
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.store import SignInKind, Store, System
from desktop_app.core.words import say
from desktop_app.viewmodels.archive_ways import ArchiveWays
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices
from desktop_app.viewmodels.settings import SettingsModel

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.keychain import Secrets
    from desktop_app.services.network import Network


class ArchiveState(StrEnum):
    UNKNOWN = "unknown"
    CHECKING = "checking"
    READY = "ready"
    SIGN_IN = "sign in"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One archive and whether it answers. `subtitle` says where it is, or why not.

    `is_fixed`: it came with the installation and cannot be removed. `upload_refusal` and `delete_refusal` are sentences
    where the archive is known to refuse that; empty when it is allowed, or not known before trying. `deletes`: whether
    it offers deletion at all.
    """

    store: Store
    state: ArchiveState = ArchiveState.UNKNOWN
    subtitle: str = ""
    is_fixed: bool = False
    upload_refusal: str = ""
    delete_refusal: str = ""
    deletes: bool = False


class ArchivesModel(QObject):
    """The local archive first, then those of the installation (`fixed`), then those that the user added.

    `sign_in_began` and `sign_in_ended` (with a sentence, empty when it succeeded) frame what happens in the browser.
    `close_studies` names the keys of stores of which nothing may be shown any more. `notes_ready` brings the
    conformance notes that were asked for.

    `everywhere`: the worklist asks all of them at once; `selected` is then the one that was chosen last, which takes
    what is dropped beside a study.
    """

    changed = Signal()
    selected_changed = Signal()
    sign_in_began = Signal(object)
    sign_in_ended = Signal(object, str)
    secret_wanted = Signal(object)
    close_studies = Signal(object)
    notes_ready = Signal(object, str)

    def __init__(
        self,
        network: Network[Backend],
        settings: SettingsModel,
        notices: Notices,
        fixed: tuple[Store, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._settings, self._notices = network, settings, notices
        taken = {store.key for store in fixed}
        own = tuple(store for store in settings.value.archives if store.key not in taken)
        stores = (Store.local(), *fixed, *own)
        self.rows: tuple[ArchiveRow, ...] = tuple(
            self._row(store, is_fixed=store.is_local or store.key in taken) for store in stores)
        wanted = settings.value.selected_archive
        self.selected = next((store for store in stores if store.key == wanted), stores[0])
        self.everywhere = settings.value.all_archives and len(stores) > 1
        self._jobs: dict[str, Job] = {}
        self._sign_in_job = Job(self, self._sign_in_broke)
        self._signing_in: Store | None = None
        self.sign_in_link = ""          # a page that helps where the last sign-in failed; empty if there is none
        self._notes_job = Job(self, notices.post_error)

    @property
    def selected_row(self) -> ArchiveRow:
        return self._row_of(self.selected)

    @property
    def signing_in(self) -> Store | None:
        """For which archive somebody is in the browser now; None for nobody, and while a session goes on there."""
        return self._signing_in if self._sign_in_job.running else None

    @property
    def answering(self) -> tuple[Store, ...]:
        """Those that can be asked without anybody signing in: this computer's own, and what has answered."""
        return tuple(row.store for row in self.rows if row.store.is_local or row.state is ArchiveState.READY)

    @property
    def searched(self) -> tuple[Store, ...]:
        """The archives that the worklist asks: the selected one, or all that can be searched."""
        if not self.everywhere:
            return (self.selected,)
        return tuple(row.store for row in self.rows if row.store.system.can_be_searched)

    def receiver(self, row: ListedStudy | None) -> ArchiveRow:
        """Where files go that are given to the program on this row of the worklist, or beside all."""
        return self._row_of(row.store) if self.everywhere and row is not None else self.selected_row

    def store_of(self, key: str) -> Store | None:
        """The archive of this key; None when it is not in the list."""
        return next((row.store for row in self.rows if row.store.key == key), None)

    def select(self, store: Store) -> None:
        if self.everywhere or store.key != self.selected.key:
            self.selected, self.everywhere = store, False
            self._remember()
            self.selected_changed.emit()
            self.check(store)

    def select_all(self) -> None:
        """The worklist asks all archives at once."""
        if not self.everywhere and len(self.rows) > 1:
            self.everywhere = True
            self._remember()
            self.selected_changed.emit()
            self.check_all()

    def check_all(self) -> None:
        """Asks those that the worklist asks, as far as they have not answered yet."""
        for store in self.searched:
            if self._row_of(store).state not in (ArchiveState.READY, ArchiveState.CHECKING):
                self.check(store)

    def add(
        self,
        address: str,
        name: str = "",
        sign_in: SignInKind = SignInKind.NONE,
        issuer: str = "",
        client_id: str = "",
        client_secret: str = "",
        user: str = "",
        password: str = "",
        certificate: str = "",
        system: System = System.LEARNED,
        ways: ArchiveWays = ArchiveWays(),  # noqa: B008  a frozen value
    ) -> str:
        """Adds and selects an archive. Returns an empty text, or the sentence that says what is wrong."""
        try:
            store, secrets = self.parse(
                address, name, sign_in, issuer, client_id, client_secret, user, password, certificate, system,
                ways)
        except ValueError as error:
            return str(error)
        return self.add_store(store, secrets)

    def parse(
        self, address: str, name: str, sign_in: SignInKind, issuer: str, client_id: str, client_secret: str,
        user: str, password: str, certificate: str, system: System = System.LEARNED,
        ways: ArchiveWays = ArchiveWays(),  # noqa: B008  a frozen value
    ) -> tuple[Store, Secrets]:
        """The store and the secrets that were typed in. Raises ValueError with a sentence."""
        from desktop_app.services.keychain import Secrets
        from desktop_app.services.sign_ins import fixed_auth

        store = replace(
            Store.parse(address, name.strip()),
            sign_in=sign_in,
            issuer=issuer.strip(),
            client_id=client_id.strip(),
            certificate=certificate.strip(),
            system=system,
        )
        secrets = Secrets(
            user=user,
            password=password,
            bearer_token=password if sign_in is SignInKind.BEARER else "",
            client_secret=client_secret.strip(),
        )
        fixed_auth(store, secrets)
        return ways.of(store, secrets)

    def add_store(self, store: Store, secrets: Secrets | None = None) -> str:
        """Adds and selects a store; begins the sign-in where there is one. Returns a sentence when it is known."""
        if any(row.store.key == store.key for row in self.rows):
            return self.tr("This archive is in the list already.")
        self.rows = (*self.rows, self._row(store))
        if secrets is not None:
            self.give_secrets(store, secrets)
        self.changed.emit()
        self.select(store)
        if store.sign_in.in_browser:
            self._job(store).cancel()
            self._sign_in_if_needed(store)
        return ""

    def give_secrets(self, store: Store, secrets: Secrets) -> None:
        """What a person typed in for a store, to be kept as the settings say."""
        if store.sign_in is not SignInKind.NONE or secrets.headers or secrets.certificate_password:
            self._network.submit(lambda backend: backend.sign_ins.remember(store, secrets))

    def give_password(self, store: Store, user: str, password: str) -> str:
        """A password or token that was asked for again; tries it. Returns the sentence for what cannot be sent."""
        from desktop_app.services.keychain import Secrets
        from desktop_app.services.sign_ins import fixed_auth

        secrets = Secrets(user, password, password if store.sign_in is SignInKind.BEARER else "")
        try:
            fixed_auth(store, secrets)
        except ValueError as error:
            return str(error)
        self.give_secrets(store, secrets)
        self.check(store)
        if store in self.searched:
            self.selected_changed.emit()
        return ""

    def remove(self, store: Store) -> None:
        """Takes an archive from the list; the local one and those of the installation stay."""
        if any(row.store.key == store.key and row.is_fixed for row in self.rows) or store.is_local:
            return
        if store.sign_in.has_secret or store.certificate or store.network.kept_headers:
            self._network.submit(lambda backend: backend.sign_ins.forget_secrets(store))
        self.close_studies.emit(frozenset({store.key}))
        self.rows = tuple(row for row in self.rows if row.store.key != store.key)
        self._network.submit(lambda backend: backend.disconnect(store, for_good=True))
        if self.everywhere and len(self.rows) > 1:
            self.selected = self.selected if self.selected.key != store.key else self.rows[0].store
        elif self.everywhere or self.selected.key == store.key:
            self.select(self.rows[0].store)
        self._remember()
        self.changed.emit()

    def check(self, store: Store) -> None:
        """Asks the archive whether it answers."""
        self._set(store, ArchiveState.CHECKING, _place(store))
        self._job(store).start(self._check(store))

    def ask_notes(self, store: Store) -> None:
        """Asks for what was worked around with an archive; `notes_ready` brings it."""

        async def ask() -> None:
            self.notes_ready.emit(store, await self._network.call(lambda backend: backend.conformance_notes(store)))

        self._notes_job.start(ask())

    def learn_anew(self, store: Store) -> None:
        """Forgets what was learned of an archive, and asks it again."""
        self._network.submit(lambda backend: backend.learn_anew(store))
        self.check(store)

    def sign_in(self, store: Store) -> None:
        """Opens the browser, or asks for the password; the archive is asked again once the person is back."""
        if not store.sign_in.in_browser:
            self.secret_wanted.emit(store)
            return
        self._set(store, ArchiveState.CHECKING, self.tr("waiting for the browser…"))
        self._signing_in, self.sign_in_link = store, ""
        self._sign_in_job.start(self._sign_in(store))
        self.sign_in_began.emit(store)

    def cancel_sign_in(self, store: Store) -> None:
        if self._sign_in_job.running:
            self._sign_in_job.cancel()
            self._network.submit(lambda backend: backend.sign_ins.give_up(store))
            self._set(store, ArchiveState.SIGN_IN, self.tr("sign in to use it"))
            self.sign_in_ended.emit(store, self.tr("The sign-in was cancelled."))

    def sign_out(self, store: Store) -> None:
        """Revokes, and takes everything of the archives that this sign-in opened from the screen and from memory."""
        self._job(store).start(self._sign_out(store))

    def note_rights(self, store: Store, upload_refusal: str, delete_refusal: str) -> None:
        """What the person signed in may not do with an archive, in sentences."""
        row = self._row(store)
        self._change(
            store, upload_refusal=row.upload_refusal or upload_refusal,
            delete_refusal=row.delete_refusal or delete_refusal)

    def deletes_at(self, store: Store) -> bool:
        """Whether this archive offers deletion at all, as far as it is known."""
        return any(row.deletes for row in self.rows if row.store.key == store.key)

    def note_answer(self, store: Store, error: LightboxError | None) -> None:
        """What another part learned of an archive while it used it."""
        row = next((row for row in self.rows if row.store.key == store.key), None)
        if error is None and row is not None and row.state is not ArchiveState.READY:
            self._set(store, ArchiveState.READY, _place(store))
        elif error is None:
            return
        elif isinstance(error, SignInNeeded):
            self._set(store, ArchiveState.SIGN_IN, self.tr("sign in to use it"))
        else:
            self._set(store, ArchiveState.FAILED, error.user_text)

    def note_trouble(self, store: Store, error: LightboxError) -> None:
        """A search failed. A question that the archive does not understand says nothing against the archive."""
        if isinstance(error, SignInNeeded) or not isinstance(error, AnswerError):
            self.note_answer(store, error)

    async def _check(self, store: Store) -> None:
        try:
            if store.is_local:
                count = await self._network.call(lambda backend: backend.archive.count_studies())
                self._set(
                    store,
                    ArchiveState.READY,
                    self.tr("on this computer · %n studies", "", count)
                    if count != 1
                    else self.tr("on this computer · 1 study"),
                )
                return
            upload, delete, deletes = await self._network.call(lambda backend: _look_at(backend, store))
            self.note_rights(store, upload, delete)
            self._change(store, deletes=deletes)
        except LightboxError as error:
            self.note_answer(store, error)
        else:
            self.note_answer(store, None)

    async def _sign_in(self, store: Store) -> None:
        try:
            token = await self._network.call(lambda backend: backend.sign_ins.sign_in(store))
        except LightboxError as error:
            self._signing_in, self.sign_in_link = None, error.link
            self._set(store, ArchiveState.SIGN_IN, user_text(error))
            self.sign_in_ended.emit(store, user_text(error))
            self._notices.post_error(error, store.name, lambda: self.sign_in(store))
            return
        await self._signed_in(store, token.account, token.notices)

    def _sign_in_if_needed(self, store: Store) -> None:
        """Another archive of the same provider may have been signed in to already."""

        async def look() -> None:
            if await self._network.call(lambda backend: _is_signed_in(backend, store)):
                self.check(store)
            else:
                self.sign_in(store)

        self._job(store).start(look())

    async def _signed_in(self, store: Store, account: str, notices: tuple[str, ...]) -> None:
        who = (
            self.tr("You are signed in to %s as %s.") % (store.name, account)
            if account
            else self.tr("You are signed in to %s.") % store.name
        )
        self._notices.withdraw(store.name)
        self._notices.post(Notice(who, NoticeKind.GOOD, key=store.name))
        for sentence in notices:
            self._notices.post(Notice(sentence, NoticeKind.CAUTION))
        self._signing_in = None
        self.sign_in_ended.emit(store, "")
        await self._check(store)
        if store in self.searched:
            self.selected_changed.emit()

    async def _sign_out(self, store: Store) -> None:
        keys = await self._network.call(lambda backend: _opened_with(backend, store))
        self.close_studies.emit(keys)
        for row in self.rows:
            if row.store.key in keys:
                self._set(row.store, ArchiveState.SIGN_IN, self.tr("signed out"))
                self.note_rights(row.store, "", "")
        await self._network.call(lambda backend: backend.sign_out(store))

    def _sign_in_broke(self, error: Exception) -> None:
        if self._signing_in is not None:
            self._set(self._signing_in, ArchiveState.SIGN_IN, user_text(error))
            self.sign_in_ended.emit(self._signing_in, user_text(error))
        self._notices.post_error(error)

    def _job(self, store: Store) -> Job:
        if store.key not in self._jobs:
            self._jobs[store.key] = Job(
                self,
                lambda error: self.note_answer(
                    store, error if isinstance(error, LightboxError) else LightboxError(detail=repr(error))
                ),
            )
        return self._jobs[store.key]

    def _row_of(self, store: Store) -> ArchiveRow:
        return next((row for row in self.rows if row.store.key == store.key), ArchiveRow(store))

    def _set(self, store: Store, state: ArchiveState, subtitle: str) -> None:
        self._change(store, state=state, subtitle=subtitle)

    def _row(self, store: Store, is_fixed: bool = False) -> ArchiveRow:
        """As it is before the archive was asked: what the workplace's policy forbids is known."""
        policy = self._settings.policy
        return ArchiveRow(
            store, subtitle=_place(store), is_fixed=is_fixed, deletes=store.is_local,
            upload_refusal="" if store.is_local else policy.upload_refusal, delete_refusal=policy.delete_refusal)

    def _change(self, store: Store, **changes: Any) -> None:
        rows = tuple(replace(row, **changes) if row.store.key == store.key else row for row in self.rows)
        if rows != self.rows:
            self.rows = rows
            self.changed.emit()

    def _remember(self) -> None:
        own = tuple(row.store for row in self.rows if not row.is_fixed)
        self._settings.change(archives=own, selected_archive=self.selected.key, all_archives=self.everywhere)


async def _is_signed_in(backend: Backend, store: Store) -> bool:
    return backend.sign_ins.is_signed_in(store)


async def _opened_with(backend: Backend, store: Store) -> frozenset[str]:
    return backend.opened_with(store)


def _place(store: Store) -> str:
    if store.is_local:
        return say("archives", "on this computer")
    if store.is_folder:
        return store.folder
    if store.sign_in is SignInKind.GOOGLE and (found := _GOOGLE_PLACE.search(store.url)):
        return f"Google · {found[1]} / {found[2]}"
    return urlsplit(store.url).netloc


_GOOGLE_PLACE = re.compile(r"/projects/([^/]+)/locations/[^/]+/datasets/([^/]+)/dicomStores/")


async def _look_at(backend: Backend, store: Store) -> tuple[str, str, bool]:
    """Whether it answers, what one may not do with it, and whether it deletes at all."""
    await backend.connection(store).client.ping()
    return (*await backend.refusals(store), await backend.deletion_offered(store))
