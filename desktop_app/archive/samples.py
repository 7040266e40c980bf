"""The sample studies that come with the program: into the archive at its first start, and never again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from desktop_app.archive.archive import Archive
from desktop_app.archive.storage import Incoming
from desktop_app.core.errors import DiskError

_log = logging.getLogger(__name__)

MARKER = "samples-imported"
_BATCH = 16                     # small, so that searches get their turn on the disk thread in between


async def ensure_samples(archive: Archive, folder: Path) -> int:
    """Store the samples below `folder` unless that was done before. Returns how many instances were stored.

    A marker in the archive's folder remembers it, so that deleting a sample does not bring it back. Interrupted, it
    begins again at the next start. Raises DiskError when the samples cannot be read.
    """
    marker = archive.folder / MARKER
    try:
        paths = await archive.on_disk(_samples, marker, folder)
        stored = 0
        for start in range(0, len(paths), _BATCH):
            data = await archive.on_disk(_read, paths[start:start + _BATCH])
            outcomes = await archive.store([Incoming(one) for one in data])
            stored += sum(outcome.reason == 0 for outcome in outcomes)
        if paths:
            await archive.on_disk(marker.touch)
            _log.info("%d sample instances stored", stored)
    except OSError as error:
        raise DiskError("The sample studies cannot be read. Install Lightbox again to get them back.",
                        detail=str(error)) from error
    return stored


def _samples(marker: Path, folder: Path) -> list[Path]:
    return [] if marker.exists() else sorted(folder.rglob("*.dcm"))


def _read(paths: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]
