"""The manifest of the test data: what independent decoders said of every file when it was made."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from desktop_app.imaging.decode import decode_frame, open_instance

DATA = Path(__file__).resolve().parents[2] / "data" / "dicom"
_MOST_FRAMES = 200
LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.53", "1.2.840.10008.1.2.4.55"}
_BIG_ENDIAN = "1.2.840.10008.1.2.2"


@dataclass(frozen=True)
class Row:
    file: str
    syntax: str
    photometric: str
    bits: int
    decode: str
    pixel_min_max: str
    pixel_md5: str
    rows: int
    columns: int

    @property
    def path(self) -> Path:
        return DATA / self.file

    @property
    def is_comparable(self) -> bool:
        """Whether its digest is of stored values as they are here: no lossy JPEG, no palette, no deeper colours."""
        return (self.decode == "ok" and self.syntax not in LOSSY and self.photometric != "PALETTE COLOR"
                and (self.bits <= 8 or not self.is_colour))

    @property
    def is_colour(self) -> bool:
        return not self.photometric.startswith("MONOCHROME")


@lru_cache(maxsize=1)
def manifest() -> tuple[Row, ...]:
    with (DATA / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Row(r["file"], r["transfer_syntax_uid"], r["photometric"], int(r["bits_allocated"] or 0), r["decode"],
                r["pixel_min_max"], r["pixel_md5"], int(r["rows"] or 0), int(r["cols"] or 0))
            for r in csv.DictReader(file))


READABLE = [row for row in manifest() if row.decode == "ok"]


@cache
def digest(file: str) -> str:
    """MD5 of all frames, as the manifest was made: in order, in the byte order of the file."""
    obj = open_instance(DATA / file)
    is_big = next(row.syntax for row in manifest() if row.file == file) == _BIG_ENDIAN
    digest = hashlib.md5(usedforsecurity=False)
    for number in range(1, min(obj.frame_count, _MOST_FRAMES) + 1):
        pixels = decode_frame(obj, number).pixels
        digest.update(pixels.astype(pixels.dtype.newbyteorder(">" if is_big else "=")).tobytes())
    return digest.hexdigest()
