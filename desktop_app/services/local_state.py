"""LocalState: what the services keep on this computer beside the local archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.services.audit import Audit
from desktop_app.services.cache_key import CacheKey
from desktop_app.services.dialects import Dialects
from desktop_app.services.disk_cache import DiskCache
from desktop_app.services.maker import Maker
from desktop_app.services.upload_journal import UploadJournal


@dataclass(frozen=True, slots=True)
class LocalState:
    """Handed to a Backend, which closes what has to be closed. What is left out is not kept: nothing outlives the run.

    `disk` holds encrypted images by `cache_key`; `indexes` is the folder of the lists of opened folders, `work` that of
    readers' work which an archive has not taken yet. `deidentify_key` is read when an upload begins.
    """

    journal: UploadJournal | None = None
    disk: DiskCache | None = None
    cache_key: CacheKey = field(default_factory=CacheKey)
    dialects: Dialects = field(default_factory=Dialects)
    audit: Audit = field(default_factory=lambda: Audit(None))
    maker: Maker | None = None
    indexes: Path | None = None
    work: Path | None = None
    deidentify_key: Callable[[], bytes] = lambda: b""
