"""ArchivesModel: the archives one may choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, SignInNeeded, user_text
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network


class ArchiveState(StrEnum):
    UNKNOWN = "unknown"
    CHECKING = "checking"
    READY = "ready"
    SIGN_IN = "sign in"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One archive and whether it answers. `subtitle` says where it is, or why not."""

    store: Store
    state: ArchiveState = ArchiveState.UNKNOWN
    subtitle: str = ""


class ArchivesModel(QObject):
    """The local archive first, then those that the user added. `save` keeps the list."""

    changed = Signal()
    selected_changed = Signal()

    def __init__(
        self,
        network: Network[Backend],
        settings: Settings,
        save: Callable[[Settings], None],
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._settings, self._save, self._notices = network, settings, save, notices
        stores = (Store.local(), *settings.archives)
        self.rows: tuple[ArchiveRow, ...] = tuple(
            ArchiveRow(store, subtitle=_place(store)) for store in stores
        )
        self.selected = next((store for store in stores if store.key == settings.selected_archive), stores[0])
        self._jobs: dict[str, Job] = {}

    def select(self, store: Store) -> None:
        if store.key != self.selected.key:
            self.selected = store
            self._remember()
            self.selected_changed.emit()
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
    ) -> str:
        """Adds and selects an archive. Returns an empty text, or the sentence that says what is wrong."""
        from desktop_app.services.sign_ins import Secrets

        try:
            store = replace(
                Store.parse(address, name.strip()),
                sign_in=sign_in,
                issuer=issuer.strip(),
                client_id=client_id.strip(),
            )
        except ValueError as error:
            return str(error)
        if any(row.store.key == store.key for row in self.rows):
            return self.tr("This archive is in the list already.")
        secrets = Secrets(
            user=user,
            password=password,
            bearer_token=password if sign_in is SignInKind.BEARER else "",
            client_secret=client_secret,
        )

        async def remember(backend: Backend) -> None:
            backend.sign_ins.remember(store, secrets)

        self.rows = (*self.rows, ArchiveRow(store, subtitle=_place(store)))
        if sign_in is not SignInKind.NONE:
            self._network.submit(remember)
        self.changed.emit()
        self.select(store)
        return ""

    def remove(self, store: Store) -> None:
        """Takes an archive from the list; the local one stays."""
        if store.is_local:
            return
        self.rows = tuple(row for row in self.rows if row.store.key != store.key)
        self._network.submit(lambda backend: backend.disconnect(store))
        if self.selected.key == store.key:
            self.select(self.rows[0].store)
        self._remember()
        self.changed.emit()

    def check(self, store: Store) -> None:
        """Asks the archive whether it answers."""
        self._set(store, ArchiveState.CHECKING, _place(store))
        self._job(store).start(self._check(store))

    def sign_in(self, store: Store) -> None:
        """Opens the browser; the archive is asked again once the person is back."""
        self._set(store, ArchiveState.CHECKING, self.tr("waiting for the browser…"))
        self._job(store).start(self._sign_in(store))

    def sign_out(self, store: Store) -> None:
        async def leave(backend: Backend) -> None:
            backend.sign_ins.sign_out(store)
            await backend.disconnect(store)

        self._network.submit(leave)
        self._set(store, ArchiveState.SIGN_IN, self.tr("signed out"))

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
            await self._network.call(lambda backend: backend.connection(store).client.ping())
        except LightboxError as error:
            self.note_answer(store, error)
        else:
            self.note_answer(store, None)

    async def _sign_in(self, store: Store) -> None:
        try:
            account = await self._network.call(lambda backend: backend.sign_ins.sign_in(store))
            await self._network.call(lambda backend: backend.disconnect(store))
        except LightboxError as error:
            self._set(store, ArchiveState.SIGN_IN, user_text(error))
            self._notices.post_error(error, store.name, lambda: self.sign_in(store))
            return
        who = (
            self.tr("You are signed in to %s as %s.") % (store.name, account)
            if account
            else self.tr("You are signed in to %s.") % store.name
        )
        self._notices.post(Notice(who, NoticeKind.GOOD, key=store.name))
        await self._check(store)
        if store.key == self.selected.key:
            self.selected_changed.emit()

    def _job(self, store: Store) -> Job:
        if store.key not in self._jobs:
            self._jobs[store.key] = Job(
                self,
                lambda error: self.note_answer(
                    store, error if isinstance(error, LightboxError) else LightboxError(detail=repr(error))
                ),
            )
        return self._jobs[store.key]

    def _set(self, store: Store, state: ArchiveState, subtitle: str) -> None:
        rows = tuple(
            replace(row, state=state, subtitle=subtitle) if row.store.key == store.key else row
            for row in self.rows
        )
        if rows != self.rows:
            self.rows = rows
            self.changed.emit()

    def _remember(self) -> None:
        own = tuple(row.store for row in self.rows if not row.store.is_local)
        self._settings = replace(self._settings, archives=own, selected_archive=self.selected.key)
        self._save(self._settings)


def _place(store: Store) -> str:
    return "on this computer" if store.is_local else urlsplit(store.url).netloc
