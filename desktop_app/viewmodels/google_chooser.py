"""GoogleChooser: a DICOM store is found by looking through a lazy tree, or by typing. Nothing is listed unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.store import SignInKind, Store
from desktop_app.viewmodels.archive_test import ArchiveTest
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.resource_tree import Node, ResourceTree
from desktop_app.viewmodels.settings import SettingsModel

if TYPE_CHECKING:
    from desktop_app.cloud.resource import Resource
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.archives import ArchivesModel

_SILENCE_MS = 200
_RECENT = 8
_COMPLETIONS = 100
_AT_A_TIME = 100            # what comes by the thousand is taken in pieces, so that the window stays awake


class GoogleChooser(QObject):
    """`completions` answer `text`; `selected` is being tried by `test`. `added` when an archive was saved."""

    changed = Signal()
    added = Signal(object)

    def __init__(
        self,
        network: Network[Backend],
        archives: ArchivesModel,
        settings: SettingsModel,
        test: ArchiveTest,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._archives, self._settings, self.test = network, archives, settings, test
        self.tree = ResourceTree(self)
        self.tree.wanted.connect(self._list)
        self.text = ""
        self.completions: tuple[Resource, ...] = ()
        self.error: LightboxError | None = None
        self.selected: Resource | None = None
        self.signed_in = False
        self._google: Store | None = None
        self._take_first = False
        self._add_when_tried = False
        self._jobs: dict[Node, Job] = {}
        self._start_job = Job(self, self._failed)
        self._complete_job = Job(self, self._failed)
        self._complete_job.running_changed.connect(lambda _running: self.changed.emit())
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._complete)
        archives.sign_in_ended.connect(self._sign_in_ended)
        test.changed.connect(self._tried)

    @property
    def busy(self) -> bool:
        return self._complete_job.running or self._silence.isActive()

    @property
    def favourites(self) -> tuple[tuple[Resource, ...], tuple[Resource, ...]]:
        """Pinned stores, and recent ones."""
        from desktop_app.cloud.resource import Resource

        google = self._settings.value.google
        return tuple(map(Resource, google.pinned)), tuple(map(Resource, google.recent))

    # -- beginning -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Signs in if nobody is, then shows the projects."""
        self.error, self.selected = None, None
        self.set_text("")
        self.test.clear()
        self._start_job.start(self._start())

    def close(self) -> None:
        for job in (self._start_job, self._complete_job, *self._jobs.values()):
            job.cancel()
        self._jobs.clear()
        self._silence.stop()
        self.test.clear()

    async def _start(self) -> None:
        self._google = await self._network.call(_google_store)
        if await self._may_ask():
            self.changed.emit()
            self._show_projects()

    async def _may_ask(self) -> bool:
        """Whether somebody is signed in; else the browser is asked. A session may end while one looks around, and the
        notice that offers to go on lies below this window."""
        assert self._google is not None
        store = self._google
        self.signed_in = await self._network.call(lambda backend: _is_signed_in(backend, store))
        if not self.signed_in:
            self.sign_in()
        return self.signed_in

    def sign_in(self) -> None:
        """Opens the browser; also once more, after an attempt that came to nothing."""
        if self._google is not None:
            self.error = None
            self._archives.sign_in(self._google)
            self.changed.emit()

    def _sign_in_ended(self, store: Store, trouble: str) -> None:
        if self._google is not None and store.key == self._google.key and not self.signed_in:
            self.signed_in = not trouble
            self.error = LightboxError(trouble, link=self._archives.sign_in_link) if trouble else None
            if self.signed_in:
                self._show_projects()
                self._complete()                # what was typed meanwhile
            self.changed.emit()

    def _show_projects(self) -> None:
        self.tree.begin(*self.favourites)
        self._list(self.tree.root)

    # -- the tree ------------------------------------------------------------------------------------------------

    def _list(self, node: Node) -> None:
        job = self._jobs.setdefault(node, Job(self, lambda error: self._list_failed(node, error)))
        self.tree.set_listing(node)
        job.start(self._read(node))

    async def _read(self, node: Node) -> None:
        parent = node.resource
        if not await self._may_ask():
            return
        async for bunch in self._network.stream(lambda backend: backend.google.children(parent)):
            for batch in bunch:
                for items in _pieces(batch.items):
                    self.tree.take(node, items)
                    await asyncio.sleep(0)
                for failed, error in batch.failed:
                    self.tree.note_failure(node, failed, user_text(error))
        self.tree.listed(node)
        self.changed.emit()

    def _list_failed(self, node: Node, error: Exception) -> None:
        self.tree.failed(node, user_text(error))
        if node is self.tree.root:
            self._failed(error)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.error = error if isinstance(error, LightboxError) else LightboxError(detail=repr(error))
        self.changed.emit()

    # -- typing --------------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """Looks for what the text may become, after a moment of silence. Latest wins."""
        if text.strip() == self.text:
            return
        self.text = text.strip()
        self._take_first = False
        if self.selected is not None:           # something else is meant now
            self.selected = None
            self.test.clear()
        self._complete_job.cancel()
        self.completions = self._known(self.text)
        if self.text:
            self._silence.start()
        else:
            self._silence.stop()
        self.changed.emit()

    def enter(self) -> None:
        """Takes what is typed when it names one thing; waits for the answer if it is under way."""
        if self.busy:
            self._take_first = True
            if self._silence.isActive():
                self._silence.stop()
                self._complete()
        elif self.completions:
            self.take(self.completions[0], add=True)

    def take(self, resource: Resource, *, add: bool = False) -> None:
        """A store is selected and tried (`add`: saved when it can be read); anything else is typed further."""
        from desktop_app.cloud.resource import ResourceKind

        if resource.kind is not ResourceKind.DICOM_STORE:
            self.set_text(resource.typed + "/")
            return
        self.selected = resource
        self._add_when_tried = add
        self.test.run(self.store_of(resource))
        self.changed.emit()

    def _complete(self) -> None:
        if self.text and self.signed_in:
            self._complete_job.start(self._find(self.text))

    async def _find(self, text: str) -> None:
        from desktop_app.cloud.resource import parse_typed, rank

        if not await self._may_ask():
            return
        typed = parse_typed(text)
        last = typed.store or (typed.dataset if typed.depth == 1 else "") or (typed.project if not typed.depth else "")
        best = list(self._known(text))
        failed: LightboxError | None = None
        self.error = None
        async for bunch in self._network.stream(lambda backend: backend.google.completions(text)):
            for batch in bunch:
                for _place, error in batch.failed[:1]:
                    failed = failed or error
                for items in _pieces(batch.items):
                    both = dict.fromkeys((*best, *items))
                    best = sorted(both, key=lambda resource: rank(resource, last))[:_COMPLETIONS]
                    await asyncio.sleep(0)
            self.completions = tuple(best)
            self.changed.emit()
        if failed is not None:                  # what is shown may not be all
            self._failed(failed)
        if self._take_first and self.completions:
            self._take_first = False
            self.take(self.completions[0], add=True)

    def _known(self, text: str) -> tuple[Resource, ...]:
        """What has been listed already, or was used before, and fits the text: the names of datasets and stores."""
        if not text or "/" in text:
            return ()
        return tuple(islice(self.tree.fitting(text), _COMPLETIONS))

    # -- saving --------------------------------------------------------------------------------------------------

    def store_of(self, resource: Resource) -> Store:
        """The archive that a DICOM store becomes."""
        from desktop_app.services.sign_ins import hosts_of

        hosts = hosts_of(self._settings.value.google)
        return Store(resource.id, resource.dicom_web_url(hosts), SignInKind.GOOGLE)

    def add(self) -> str:
        """Saves the selected store. Returns the sentence for what is wrong."""
        if self.selected is None or self.test.store is None:
            return self.tr("Choose a DICOM store first.")
        trouble = self.test.add()
        if not trouble:
            google = self._settings.value.google
            recent = tuple(dict.fromkeys((self.selected.name, *google.recent)))[:_RECENT]
            self._settings.change(google=replace(google, recent=recent))
            self.added.emit(self.test.store)
        return trouble

    def toggle_pin(self, resource: Resource) -> None:
        google = self._settings.value.google
        pinned = tuple(name for name in google.pinned if name != resource.name)
        if len(pinned) == len(google.pinned):
            pinned = (resource.name, *pinned)
        self._settings.change(google=replace(google, pinned=pinned))
        self.tree.set_favourites(*self.favourites)
        self.changed.emit()

    def is_pinned(self, resource: Resource) -> bool:
        return resource.name in self._settings.value.google.pinned

    def _tried(self) -> None:
        result = self.test.result
        if self._add_when_tried and result is not None:
            self._add_when_tried = False
            if result.passed:
                self.error = LightboxError(trouble) if (trouble := self.add()) else None
        self.changed.emit()


def _pieces(items: tuple[Resource, ...]) -> Iterator[tuple[Resource, ...]]:
    return (items[first:first + _AT_A_TIME] for first in range(0, len(items), _AT_A_TIME))


async def _google_store(backend: Backend) -> Store:
    from desktop_app.services.google_stores import google_store

    return google_store(backend.google.hosts)


async def _is_signed_in(backend: Backend, store: Store) -> bool:
    return backend.sign_ins.is_signed_in(store)
