"""ManifestDrop: a dropped file that names a study's objects opens that study; anything else is an upload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.store import Store, System
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.workspace import Workspace

_SUFFIXES = frozenset({".json", ".xml"})
_RETRIEVE_ONLY = frozenset({System.MYHEALTH, System.WADO_URI})


class ManifestDrop(QObject):
    """Decides what one dropped file is without reading it on this thread."""

    def __init__(
        self, network: Network[Backend], workspace: Workspace, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._network, self._workspace = network, workspace
        self._job = Job(self, notices.post_error)

    def may_take(self, paths: Sequence[Path], store: Store) -> bool:
        """Whether a drop on this archive is a manifest: by its name, or because nothing else can be meant."""
        return len(paths) == 1 and (paths[0].suffix.lower() in _SUFFIXES or store.system in _RETRIEVE_ONLY)

    def take(self, path: Path, store: Store) -> None:
        """Opens the study that the file names."""
        self._job.start(self._open(path, store))

    async def _open(self, path: Path, store: Store) -> None:
        study = await self._network.call(lambda backend: backend.take_manifest(store, path))
        self._workspace.open(study, store)
