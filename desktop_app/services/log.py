"""The log: counts, sizes, times and short hashes; never a name, an ID, a date of birth or a token."""

from __future__ import annotations

import hashlib
import logging
import logging.handlers
import warnings
from pathlib import Path


def short_hash(uid: str) -> str:
    """Eight characters that tell two UIDs apart in a log without naming either."""
    return hashlib.blake2s(uid.encode(), digest_size=4).hexdigest()


def start_log(folder: Path, *, verbose: bool = False) -> None:
    """Writes to `lightbox.log` in the folder, at most 4 files of 1 MB.

    The HTTP libraries' own logs hold URLs and stay out.
    """
    handler = logging.handlers.RotatingFileHandler(
        folder / "lightbox.log", maxBytes=2**20, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("desktop_app")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    root.addHandler(handler)
    root.propagate = False
    # pydicom quotes values of the file, which may be a patient's.
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="pydicom")
    warnings.filterwarnings("ignore", module="highdicom")       # it quotes patients' names
