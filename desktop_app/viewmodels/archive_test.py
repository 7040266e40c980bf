"""ArchiveTest: an archive is tried before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.archive_check import ArchiveCheck
from desktop_app.core.store import Store
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.keychain import Secrets
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.archives import ArchivesModel


class ArchiveTest(QObject):
    """One trial at a time. A sign-in that is needed is begun, and the trial goes on after it."""

    changed = Signal()

    def __init__(self, network: Network[Backend], archives: ArchivesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._archives = network, archives
        self.store: Store | None = None
        self.secrets: Secrets | None = None
        self.result: ArchiveCheck | None = None
        self._signing_in = False
        self._job = Job(self, lambda error: self._end(ArchiveCheck()))
        archives.sign_in_ended.connect(self._sign_in_ended)

    @property
    def busy(self) -> bool:
        return self.store is not None and self.result is None

    def run(self, store: Store, secrets: Secrets | None = None) -> None:
        self.store, self.secrets, self.result, self._signing_in = store, secrets, None, False
        self._job.start(self._run(store, secrets))
        self.changed.emit()

    def clear(self) -> None:
        """Nothing is tried any more."""
        self._job.cancel()
        self.store, self.secrets, self.result = None, None, None
        self.changed.emit()

    def add(self) -> str:
        """Saves what was tried. Returns the sentence for what is wrong."""
        assert self.store is not None
        trouble = self._archives.add_store(self.store, self.secrets)
        if not trouble and self.result is not None:
            self._archives.note_rights(self.store, self.result.upload_refusal, self.result.delete_refusal)
        return trouble

    async def _run(self, store: Store, secrets: Secrets | None) -> None:
        if not await self._network.call(lambda backend: _prepare(backend, store, secrets)):
            self._signing_in = True
            self._archives.sign_in(store)
            return
        self._end(await self._network.call(lambda backend: backend.check(store)))

    def _sign_in_ended(self, store: Store, trouble: str) -> None:
        if not self._signing_in or self.store is None or store.key != self.store.key:
            return
        self._signing_in = False
        self._job.start(self._after_sign_in(store))

    async def _after_sign_in(self, store: Store) -> None:
        self._end(await self._network.call(lambda backend: backend.check(store)))

    def _end(self, result: ArchiveCheck) -> None:
        self.result = result
        self.changed.emit()


async def _prepare(backend: Backend, store: Store, secrets: Secrets | None) -> bool:
    """Puts the secrets at hand, not into the keychain yet. Whether nobody has to sign in first."""
    if secrets is not None:
        await backend.disconnect(store)
        backend.sign_ins.forget_fixed(store)
        backend.sign_ins.drawer.put_at_hand(store.key, secrets)
    return backend.sign_ins.is_signed_in(store)
